package chaos_test

import (
	"context"
	"flag"
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
	period, err := japan.ParsePeriod("FY2018")
	require.NoError(t, err)
	positions, figures := 0, 0
	seeds := []uint64{747} // one event assists at two desks: either row could stand for the member
	for seed := range uint64(*logs) {
		seeds = append(seeds, seed)
	}
	for _, seed := range seeds {
		w := newWriter(t, seed, true)
		w.write(100)
		m := readModels(t, w.store, file(t))
		m.reach() // the first part in bulk, the rest live
		for range 8 {
			w.write(20)
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
			require.Equal(t, len(want), len(got), "seed %d position %d %s", seed, e.Position, e.Type)
			held := make(map[indicator.Row]bool, len(want))
			for _, r := range want {
				held[r] = true
			}
			for _, r := range got {
				require.True(t, held[r], "seed %d position %d %s: %+v", seed, e.Position, e.Type, r)
			}
			positions++
			if e.Position%60 != 20 {
				continue
			}
			for _, d := range book.All() {
				for _, scope := range []string{"D-TKY", "D-FKC", "31", "TKC"} {
					q := indicator.Question{Definition: d, Scope: scope, Period: period}
					want := indicator.Answer(want, q, japan.On(2020, 4, 1))
					got, err := m.figures.Figure(ctx, q, e.Position, japan.On(2020, 4, 1))
					require.NoError(t, err)
					require.Equal(t, want, got, "seed %d known %d %s", seed, e.Position, q)
					value, err := m.figures.Value(ctx, q, e.Position)
					require.NoError(t, err)
					require.Equal(t, want.Result(), value, "seed %d known %d %s", seed, e.Position, q)
					figures++
				}
			}
		}
		d, _ := book.Named("N2", "tot-2019.1") // one whole, by the function itself
		q := indicator.Question{Definition: d, Scope: "31", Period: period}
		measured, err := indicator.Measure(folded(t, w), 200, q, japan.On(2020, 4, 1))
		require.NoError(t, err)
		kept, err := m.figures.Figure(ctx, q, 200, japan.On(2020, 4, 1))
		require.NoError(t, err)
		require.Equal(t, measured, kept)
		m.end()
	}
	t.Logf("%d logs, %d positions, %d figures", *logs, positions, figures)
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
