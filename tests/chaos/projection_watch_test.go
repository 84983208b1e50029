package chaos_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/projections"
	"ayumi/tests/readmodels"
)

// Of two runners that share a database, one writes. The other answers the same from
// the same tables, goes over to tables that are made anew, and writes when the first
// is gone.
func TestTheOtherRunnerWatchesAndTakesOver(t *testing.T) {
	readmodels.NeedPostgres(t)
	ctx := t.Context()
	w := newWriter(t, 91, true)
	path := file(t)
	first := sharedModels(t, w.store, path)
	require.Eventually(t, first.runner.Leads, 10*time.Second, 10*time.Millisecond)
	second := sharedModels(t, w.store, path)
	defer second.end()
	for range 5 {
		w.write(200)
		first.reach()
		second.reach()
		require.False(t, second.runner.Leads())
		sameAnswers(t, first, second)
	}
	require.ErrorIs(t, second.runner.Rebuild(ctx), projections.ErrWatches)
	require.NoError(t, first.runner.Rebuild(ctx))
	w.write(100)
	second.reach()
	sameAnswers(t, first, second)
	first.end()
	w.write(100)
	second.reach()
	require.True(t, second.runner.Leads())
	require.NoError(t, second.runner.Rebuild(ctx))
	w.write(100)
	second.reach()
	require.Equal(t, rebuilt(t, w.store), dump(t, second.db))
}

// sharedModels are read models in PostgreSQL, whatever the other tests run on.
func sharedModels(t *testing.T, store domain.EventStore, path string) *models {
	t.Setenv("READ_MODELS", "postgres")
	return readModels(t, store, path)
}

func sameAnswers(t *testing.T, one, other *models) {
	t.Helper()
	ctx := t.Context()
	head, err := one.store.Head(ctx)
	require.NoError(t, err)
	book, err := indicator.Shipped()
	require.NoError(t, err)
	year, err := japan.ParsePeriod("FY2018")
	require.NoError(t, err)
	counted := 0
	for _, name := range []string{"C1", "P0", "K1"} {
		d, ok := book.Named(name, "tot-2019.1")
		require.True(t, ok)
		for _, known := range []uint64{head.Position, head.Position / 2} {
			q := indicator.Question{Definition: d, Scope: "D-TKY", Period: year}
			a, err := one.figures.Figure(ctx, q, known, year.To)
			require.NoError(t, err)
			b, err := other.figures.Figure(ctx, q, known, year.To)
			require.NoError(t, err)
			require.Equal(t, a, b)
			counted += a.Value
		}
	}
	require.NotZero(t, counted)
	people, err := one.journeys.People(ctx, 0, 10)
	require.NoError(t, err)
	again, err := other.journeys.People(ctx, 0, 10)
	require.NoError(t, err)
	require.Equal(t, people, again)
	for _, p := range people {
		a, err := one.journeys.Journey(ctx, p.ID, projections.Newest)
		require.NoError(t, err)
		b, err := other.journeys.Journey(ctx, p.ID, projections.Newest)
		require.NoError(t, err)
		require.Equal(t, a, b)
	}
}
