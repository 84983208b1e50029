package chaos_test

import (
	"context"
	"flag"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

var logs = flag.Int("logs", 4, "random logs held against the pure counting function")

// everyDay is every day there is.
var everyDay = japan.Period{From: 1, To: japan.On(9999, 12, 31)}

// At every position, what the read model answers is what the pure function
// answers over the events up to there: rows, and every shipped figure.
func TestIndicatorRowsEqualMeasureAtEveryPosition(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	ctx := context.Background()
	for seed := range uint64(*logs) {
		w := newWriter(t, seed, true)
		w.write(150)
		m := readModels(t, w.store, file(t))
		m.reach() // the first part in bulk, the rest live
		for range 25 {
			w.write(10)
			m.reach()
		}
		state := indicator.NewState()
		rule := indicator.Usual()
		for e, err := range w.store.All(ctx, 0) {
			require.NoError(t, err)
			facts, err := domain.FactsOf(e.Body)
			require.NoError(t, err)
			_, err = state.Fold(e.Position, e.Type, e.Stream, facts.Glance())
			require.NoError(t, err)
			got, err := m.figures.RowsAt(ctx, e.Position, rule, "", everyDay)
			require.NoError(t, err)
			want := state.Rows(rule)
			require.Len(t, got, len(want), "seed %d position %d %s", seed, e.Position, e.Type)
			for _, r := range got {
				require.True(t, slices.Contains(want, r), "seed %d position %d %s: %+v", seed, e.Position, e.Type, r)
			}
		}
		period, err := japan.ParsePeriod("FY2018")
		require.NoError(t, err)
		for known := uint64(20); known <= 400; known += 95 {
			for _, d := range book.All() {
				for _, scope := range []string{"D-TKY", "D-FKC", "31", "TKC"} {
					q := indicator.Question{Definition: d, Scope: scope, Period: period}
					want, err := indicator.Measure(folded(t, w), known, q, japan.On(2020, 4, 1))
					require.NoError(t, err)
					got, err := m.figures.Figure(ctx, q, known, japan.On(2020, 4, 1))
					require.NoError(t, err)
					require.Equal(t, want, got, "seed %d known %d %s", seed, known, q)
					value, err := m.figures.Value(ctx, q, known)
					require.NoError(t, err)
					require.Equal(t, want.Result(), value, "seed %d known %d %s", seed, known, q)
				}
			}
		}
		m.end()
	}
}

// folded hands the log to indicator.Measure.
func folded(t testing.TB, w *writer) func(func(uint64, string, string, domain.Facts) bool) {
	return func(yield func(uint64, string, string, domain.Facts) bool) {
		for e, err := range w.store.All(context.Background(), 0) {
			require.NoError(t, err)
			facts, err := domain.FactsOf(e.Body)
			require.NoError(t, err)
			if !yield(e.Position, e.Type, e.Stream, facts) {
				return
			}
		}
	}
}
