package chaos_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/infra/memory"
)

// Rows of a definition that the tables do not keep are made from the log: at any
// known position, asked in any order and while the log grows, they are those of
// the pure fold. Without a log such a definition is refused.
func TestTrialRowsEqualTheFold(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 71, true)
	w.write(300)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	okayama := indicator.Usual()
	okayama.ClassRule = "oka-cls-1"
	_, err := m.figures.RowsAt(ctx, 100, okayama, "", everyDay)
	require.Error(t, err)
	m.figures.Log = storeFeed{w.store}
	for _, known := range []uint64{120, 300, 7, 299, 410} {
		if known > 300 {
			w.write(200)
			m.reach()
		}
		state := indicator.NewState()
		for e, err := range w.store.All(ctx, 0) {
			require.NoError(t, err)
			if e.Position > known {
				break
			}
			facts, err := domain.FactsOf(e.Body)
			require.NoError(t, err)
			_, err = state.Fold(e.Position, e.Type, e.Stream, facts.Glance())
			require.NoError(t, err)
		}
		got, err := m.figures.RowsAt(ctx, known, okayama, "", everyDay)
		require.NoError(t, err)
		require.ElementsMatch(t, state.Rows(okayama), got, known)
	}
	kept, err := m.figures.RowsAt(ctx, 410, indicator.Usual(), "", everyDay)
	require.NoError(t, err)
	trial, err := m.figures.RowsAt(ctx, 410, okayama, "", everyDay)
	require.NoError(t, err)
	require.NotEqual(t, kept, trial, "the history holds no marriage")
}

// A log that cannot be read refuses the trial and leaves nothing half counted.
func TestTrialOverAnUnreadableEventBeginsAgain(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 72, true)
	w.write(120)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	okayama := indicator.Usual()
	okayama.ClassRule = "oka-cls-1"
	m.figures.Log = storeFeed{spoiled{w.store.(*memory.Store), 60}}
	_, err := m.figures.RowsAt(ctx, 120, okayama, "", everyDay)
	require.ErrorContains(t, err, "60")
	m.figures.Log = storeFeed{w.store}
	got, err := m.figures.RowsAt(ctx, 120, okayama, "", everyDay)
	require.NoError(t, err)
	require.NotEmpty(t, got)
}
