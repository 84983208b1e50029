package chaos_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/japan"
	"ayumi/domain/monitor"
	"ayumi/infra/memory"
	"ayumi/projections"
	"ayumi/tests/history"
)

// What holds a year open and who had a hand in what, as the read models know it,
// is at every position what the whole log up to there says.
func TestGatesEqualTheLogAtEveryPosition(t *testing.T) {
	ctx := context.Background()
	seen := map[string]int{}
	for seed := range uint64(*logs) {
		store, tokens := memory.New(), map[string]domain.Token{}
		book := &history.Waiting{Book: history.New(seed, true)}
		write := func(n int) {
			events := make([]domain.Recorded, n)
			for i := range events {
				events[i] = book.Next()
			}
			for _, c := range history.Commits(events, tokens) {
				_, err := store.Append(ctx, c)
				require.NoError(t, err)
			}
		}
		write(150)
		closing := projections.NewClosing()
		m := readModels(t, store, file(t), closing.Projection)
		m.reach() // the first part in bulk, the rest live
		for range 25 {
			write(10)
			m.reach()
		}
		gates := &projections.Gates{Closing: closing, Figures: m.figures, Journeys: m.journeys}
		whole := gate.NewLog()
		var deeds []monitor.Deed
		for e, err := range store.All(ctx, 0) {
			require.NoError(t, err)
			require.NoError(t, whole.Take(e))
			facts := mustFacts(t, e)
			if d, ok := monitor.DeedOf(e.Position, e.Type, e.Stream, facts.Glance()); ok {
				deeds = append(deeds, d)
			}
			at, err := japan.ParseInstant(facts.Text("recorded_at"))
			require.NoError(t, err)
			for _, year := range []japan.FiscalYear{2018, 2019} {
				q := gate.Question{Controller: "31", Period: year.Whole(), Known: japan.DateOf(at)}
				want := whole.Judge(q)
				got, err := gates.Judge(ctx, q, e.Position)
				require.NoError(t, err)
				require.Equal(t, want, got, "seed %d position %d %s", seed, e.Position, e.Type)
				held, err := closing.Deeds(ctx, "31", year.Whole(), e.Position)
				require.NoError(t, err)
				require.Equal(t, monitor.Watch(deeds, year.Whole()), monitor.Watch(held, year.Whole()), "seed %d position %d", seed, e.Position)
				for _, g := range want.Items {
					seen[g.Gate]++
				}
			}
		}
		m.end()
	}
	for _, g := range domain.Codes["gate"] {
		require.NotZero(t, seen[g], g)
	}
}

func mustFacts(t *testing.T, e domain.Recorded) domain.Facts {
	t.Helper()
	facts, err := domain.FactsOf(e.Body)
	require.NoError(t, err)
	return facts
}
