package projections

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
)

// Whatever the period, no row that touches it is left out, and the order stays.
func TestBlocksLeaveNothingOut(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var s spans
	var from, to []int32
	for i := range int32(5000) {
		a := 17_000 + i/4 - r.Int32N(40)*r.Int32N(40) // mostly in order, some long ago
		b := a + r.Int32N(2)*r.Int32N(60)
		from, to = append(from, a), append(to, b)
		s.add(i, a, b)
	}
	require.Len(t, s.blocks, 10)
	skipped := 0
	for range 2000 {
		first := 15_000 + r.Int32N(4000)
		p := japan.Period{From: japan.Date(first), To: japan.Date(first + r.Int32N(400))}
		var want, got []int32
		seen := 0
		for i := range from {
			if from[i] <= int32(p.To) && to[i] >= int32(p.From) {
				want = append(want, int32(i))
			}
		}
		for i := range s.touching(p) {
			seen++
			got = append(got, i)
		}
		require.Equal(t, want, got)
		require.True(t, slices.IsSorted(got))
		if seen < len(from) {
			skipped++
		}
	}
	require.NotZero(t, skipped)
}
