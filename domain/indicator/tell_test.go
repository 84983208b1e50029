package indicator_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/vectors"
)

// A figure told without its rows is the figure of its rows.
func TestTellEqualsAnswer(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	period := japan.FiscalYear(2019).Whole()
	for seed := range uint64(12) {
		s := indicator.NewState()
		vectors.Log(t, random(seed))(func(pos uint64, typ, stream string, f domain.Facts) bool {
			_, err := s.Fold(pos, typ, stream, f.Glance())
			require.NoError(t, err)
			return true
		})
		for _, d := range book.All() {
			for _, scope := range []string{"D-TKY", "31", "TKC"} {
				q := indicator.Question{Definition: d, Scope: scope, Period: period}
				var sides []indicator.Figure
				for _, side := range q.Sides() {
					sides = append(sides, indicator.Answer(s.Rows(side.Definition.Params()), side, period.To))
				}
				want, members := sides[0], len(sides[0].Members)
				if d.Ratio() {
					want = indicator.Share(q, sides[0], sides[1])
					members += len(sides[1].Members)
				}
				got := indicator.Tell(s, q)
				require.Equal(t, indicator.Bare{Result: want.Result(), Members: members, Digest: want.Digest()}, got, "seed %d %s", seed, q)
			}
		}
	}
}
