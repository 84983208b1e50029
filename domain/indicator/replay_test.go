package indicator_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// long is a log of one receipt, again and again.
type long struct {
	domain.EventStore
	n uint64
}

func (l long) All(_ context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for p := after + 1; p <= l.n; p++ {
			rec := domain.Recorded{Position: p, Stream: "reception-r1", Type: "reception.enquiry_logged", Body: []byte(fmt.Sprintf(`{"facts":{"position":%d},"salt":"","sealed":[]}`, p))}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// A replay tells how far it is, of the last event that anything asks for.
func TestAReplayTellsHowFarItIs(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	var seen []int
	asked := []domain.Asked{{Indicator: "C1@D-TKY", Version: "tot-2019.1", Period: japan.FiscalYear(2019).Whole(), KnownAt: japan.On(2020, 4, 1), Position: 3500}}
	out, err := indicator.Replay(context.Background(), long{n: 9000}, book, asked, func(done, all int) {
		require.Equal(t, 3500, all)
		seen = append(seen, done)
	})
	require.NoError(t, err)
	require.Equal(t, []int{1000, 2000, 3000}, seen)
	require.EqualValues(t, 3500, out.Read, "nothing is read beyond what is asked")
	quiet, err := indicator.Replay(context.Background(), long{n: 9000}, book, asked, nil)
	require.NoError(t, err)
	require.Equal(t, out, quiet)
}
