package paper_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/domain/jobbook"
	"ayumi/infra/web/locale"
	"ayumi/tests/pdftext"
)

// A book goes on over as many pages as it takes, with its heads on each; nothing of it
// is lost, and the same book is the same file.
func TestABookLosesNothing(t *testing.T) {
	for _, language := range []locale.Language{locale.Japanese, locale.English} {
		b := jobbook.Book{Kind: jobbook.Seekers, Controller: "31", Year: 2019, Made: japan.On(2020, 4, 1), Language: string(language), Sample: true}
		for i := range 90 {
			b.Seekers = append(b.Seekers, jobbook.Seeker{Number: fmt.Sprintf("求-%03d", i), Person: "P-00001", Name: "見本 花子", Address: "鳥取市見本町一丁目二番三号 見本ハイツ百一号室", Received: japan.On(2019, 5, 1), Until: japan.On(2019, 10, 31),
				Introduced: []jobbook.Introduction{{On: japan.On(2019, 6, 1), Other: "見本製作所 " + fmt.Sprint(i), State: "declined", Over: japan.On(2019, 6, 9)}}})
		}
		file, err := press(t).Book(b)
		require.NoError(t, err)
		again, err := press(t).Book(b)
		require.NoError(t, err)
		require.True(t, bytes.Equal(file, again))
		doc := readBack(t, file)
		w := locale.In(language)
		for i := range 90 {
			require.Contains(t, doc.All(), fmt.Sprintf("求-%03d", i))
		}
		for _, want := range []string{w.Books.Titles["seekers"], w.Books.Kept, w.Books.SampleFoot} {
			require.Contains(t, doc.All(), pdftext.Bare(want), language)
		}
		require.Greater(t, len(doc.Pages), 2)
	}
}
