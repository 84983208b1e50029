package paper_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/domain/letter"
	"ayumi/infra/web/locale"
	"ayumi/tests/pdftext"
)

func introduction(text string) letter.Printing {
	return letter.Printing{Number: 2214, On: japan.On(2020, 2, 15), To: "見本市 移住担当", Desk: "D-TKY", Purpose: "housing", Basis: "within_purpose", Fields: []string{"name", "phone"},
		DueOn: japan.On(2020, 2, 22), Text: text, Flag: true, Clerk: "森下 例子", Language: "ja", Sample: true}
}

// The paper says what was shared, word for word, in both languages; the same letter
// is the same file.
func TestLetterHoldsWhatWasShared(t *testing.T) {
	for _, language := range []locale.Language{locale.Japanese, locale.English} {
		p := introduction("氏名：智頭 けんじ\n電話：090-0000-0001\n家賃5万円まで。")
		p.Language = string(language)
		file, err := press(t).Letter(p)
		require.NoError(t, err)
		again, err := press(t).Letter(p)
		require.NoError(t, err)
		require.True(t, bytes.Equal(file, again))
		said := readBack(t, file).All()
		w := locale.In(language)
		for _, want := range []string{"見本市移住担当", "氏名：智頭けんじ", "090-0000-0001", "家賃5万円まで。", "森下例子", w.Letter.Confidential, w.Letter.Handling, w.Code("basis", "within_purpose"), w.Date(p.DueOn)} {
			require.Contains(t, said, pdftext.Bare(want), language)
		}
		p.Flag, p.Clerk = false, ""
		file, err = press(t).Letter(p)
		require.NoError(t, err)
		require.NotContains(t, readBack(t, file).All(), pdftext.Bare(w.Letter.Confidential))
	}
}

// A long letter goes on over as many pages as it takes, and nothing of it is lost.
func TestLongLetterLosesNothing(t *testing.T) {
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "第%d行です。\n", i)
	}
	file, err := press(t).Letter(introduction(text.String()))
	require.NoError(t, err)
	doc := readBack(t, file)
	for i := range 200 {
		require.Contains(t, doc.All(), fmt.Sprintf("第%d行です。", i))
	}
	require.Greater(t, len(doc.Pages), 3)
}

func readBack(t *testing.T, file []byte) pdftext.Document {
	t.Helper()
	doc, err := pdftext.Read(file)
	require.NoError(t, err)
	return doc
}
