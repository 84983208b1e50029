package flow_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/bus"
	"ayumi/infra/sqlitestore"
	"ayumi/projections"
	"ayumi/tests/readmodels"
	"ayumi/tests/vectors"
)

// The vectors of counting.md 13 as they are counted in the product: events lie in
// the SQLite store, the relay carries them over NATS, the read model folds them,
// and figures and differences are answered from there.
func TestVectorsThroughStoreBusAndReadModel(t *testing.T) {
	vectors.Run(t, func(l *vectors.Logbook) vectors.Counter { return &readModel{l: l} })
}

// readModel answers from a read model over a real log. A log that only grew is
// written on; one whose past was rewritten by the test is begun anew.
type readModel struct {
	l       *vectors.Logbook
	written []domain.Recorded
	store   *sqlitestore.Store
	figures *projections.Indicators
	runner  *projections.Runner
	end     func()
}

func (p *readModel) follow() {
	p.l.T().Helper()
	log := p.l.Events()
	if p.end == nil || !begins(log, p.written) {
		p.open()
	}
	tokens := map[string]domain.Token{}
	for i, e := range log {
		if i >= len(p.written) {
			_, err := p.store.Append(context.Background(), domain.Commit{Stream: e.Stream, At: tokens[e.Stream], Events: []domain.Recorded{e}})
			require.NoError(p.l.T(), err, e.Type)
		}
		tokens[e.Stream] = domain.Token{Version: e.Version, Position: e.Position}
	}
	p.written = log
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	require.NoError(p.l.T(), p.runner.Wait(ctx, uint64(len(log))))
}

// begins tells whether a log begins with what was written.
func begins(log, written []domain.Recorded) bool {
	if len(log) < len(written) {
		return false
	}
	for i, e := range written {
		if string(log[i].Body) != string(e.Body) {
			return false
		}
	}
	return true
}

func (p *readModel) open() {
	t := p.l.T()
	if p.end != nil {
		p.end()
	}
	dir := t.TempDir()
	var err error
	p.store, err = sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	require.NoError(t, err)
	b, err := bus.Start(context.Background(), bus.Config{Store: p.store, Dir: filepath.Join(dir, "bus")})
	require.NoError(t, err)
	db, err := readmodels.Open(context.Background(), filepath.Join(dir, "read"))
	require.NoError(t, err)
	p.written, p.figures = nil, projections.NewIndicators()
	p.figures.Log = b
	p.runner = projections.NewRunner(projections.Config{Feed: b, Head: p.store.Head, Database: db.Database(),
		Projections: []*projections.Projection{p.figures.Projection}})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.runner.Run(ctx) }()
	closed := false
	p.end = func() {
		if closed {
			return
		}
		closed = true
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, db.Close())
		b.Close()
		require.NoError(t, p.store.Close())
	}
	t.Cleanup(p.end)
}

// Figure asks as a page does: the day is resolved to a position by the read model.
func (p *readModel) Figure(q indicator.Question, known japan.Date) indicator.Figure {
	t := p.l.T()
	t.Helper()
	p.follow()
	ctx := context.Background()
	position, err := p.figures.PositionAt(ctx, known)
	require.NoError(t, err)
	f, err := p.figures.Figure(ctx, q, position, known)
	require.NoError(t, err)
	alone, err := p.figures.Value(ctx, q, position)
	require.NoError(t, err)
	require.Equal(t, f.Result(), alone, "counted alone")
	require.Equal(t, vectors.Pure(p.l).Figure(q, known), f, "the read model and the pure function")
	return f
}

func (p *readModel) Explain(a, b indicator.Known) indicator.Difference {
	p.l.T().Helper()
	p.follow()
	d, err := p.figures.Explain(context.Background(), a, b)
	require.NoError(p.l.T(), err)
	return d
}
