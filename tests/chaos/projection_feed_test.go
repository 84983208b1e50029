package chaos_test

import (
	"context"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/memory"
	"ayumi/projections"
	"ayumi/tests/history"
	"ayumi/tests/readmodels"
)

// storeFeed hands out a store's own log, live.
type storeFeed struct{ domain.EventStore }

func (f storeFeed) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for ctx.Err() == nil {
			for e, err := range f.All(ctx, after) {
				e.Leaf = [32]byte{} // as from the bus
				if ctx.Err() != nil || !yield(e, err) || err != nil {
					return
				}
				after = e.Position
			}
			select {
			case <-f.Grown(after):
			case <-ctx.Done():
			}
		}
	}
}

// models are the three read models over one log.
type models struct {
	t        testing.TB
	store    domain.EventStore
	db       readmodels.DB
	journeys *projections.Journeys
	figures  *projections.Indicators
	audit    *projections.AuditTrail
	runner   *projections.Runner
	end      func()
}

// read opens the read models at path and lets them follow the store.
func readModels(t testing.TB, store domain.EventStore, path string, more ...*projections.Projection) *models {
	t.Helper()
	db, err := readmodels.Open(context.Background(), path)
	require.NoError(t, err)
	return over(t, store, db, more...)
}

// over lets read models in an open database follow the store.
func over(t testing.TB, store domain.EventStore, db readmodels.DB, more ...*projections.Projection) *models {
	t.Helper()
	return fed(t, storeFeed{store}, store, db, more...)
}

// fed lets read models in an open database follow a feed of the store.
func fed(t testing.TB, feed projections.Feed, store domain.EventStore, db readmodels.DB, more ...*projections.Projection) *models {
	t.Helper()
	m := &models{t: t, store: store, db: db, journeys: projections.NewJourneys(),
		figures: projections.NewIndicators(), audit: projections.NewAuditTrail()}
	m.runner = projections.NewRunner(projections.Config{
		Feed: feed, Head: store.Head, Database: db.Database(),
		Projections: append([]*projections.Projection{m.journeys.Projection, m.figures.Projection, m.audit.Projection}, more...),
		Report:      func(what string, err error) { t.Log(what, err) },
	})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- m.runner.Run(ctx) }()
	m.end = func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, db.Close())
	}
	return m
}

// reach waits until the read models hold the whole store.
func (m *models) reach(names ...string) {
	m.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	head, err := m.store.Head(ctx)
	require.NoError(m.t, err)
	require.NoError(m.t, m.runner.Wait(ctx, head.Position, names...))
}

// writer appends a history to a store.
type writer struct {
	t      testing.TB
	store  domain.EventStore
	book   *history.Book
	tokens map[string]domain.Token
}

func newWriter(t testing.TB, seed uint64, lively bool) *writer {
	return &writer{t: t, store: memory.New(), book: history.New(seed, lively), tokens: map[string]domain.Token{}}
}

func (w *writer) write(n int) {
	w.t.Helper()
	for _, c := range history.Commits(w.book.Take(n), w.tokens) {
		_, err := w.store.Append(context.Background(), c)
		require.NoError(w.t, err)
	}
}

func file(t testing.TB) string { return filepath.Join(t.TempDir(), "read") }
