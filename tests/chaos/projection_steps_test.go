package chaos_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
)

// What held at one position, changed by the steps up to another, is what holds
// there.
func TestStepsLeadFromRowsToRows(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 7, true)
	w.write(400)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	rule := indicator.Usual()
	for _, family := range []indicator.Family{indicator.Sessions, indicator.Firsts, indicator.Outcomes} {
		for _, between := range [][2]uint64{{0, 400}, {0, 1}, {57, 58}, {120, 333}, {333, 400}, {400, 400}, {400, 500}} {
			rows, err := m.figures.RowsAt(ctx, between[0], rule, family, everyDay)
			require.NoError(t, err)
			steps, err := m.figures.Steps(ctx, between[0], between[1], rule, family, everyDay)
			require.NoError(t, err)
			for _, s := range steps {
				if !s.Removed {
					rows = append(rows, s.Row)
					continue
				}
				i := slices.Index(rows, s.Row)
				require.GreaterOrEqual(t, i, 0, "%v %s: %+v", between, family, s)
				rows = slices.Delete(rows, i, i+1)
			}
			want, err := m.figures.RowsAt(ctx, between[1], rule, family, everyDay)
			require.NoError(t, err)
			require.ElementsMatch(t, want, rows, "%v %s", between, family)
		}
	}
}
