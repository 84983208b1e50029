//go:build linux

package bench

import (
	"context"
	"flag"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/projections"
	"ayumi/tests/history"
	"ayumi/tests/readmodels"
)

var (
	yearEvents = flag.Int("year-events", 1_000_000, "events of the log whose figures are measured")
	yearBusy   = flag.Int("year-busy", 1, "hundred thousands of events in a year")
)

// made is a log that is made anew each time it is read: ten million events need no
// disk.
type made struct{ events int }

func (m made) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		if after >= uint64(m.events) || m.write(after, yield) {
			<-ctx.Done()
		}
	}
}

// write makes the events and forgets how. Nothing is made while figures are asked:
// what is measured is not the maker.
func (m made) write(after uint64, yield func(domain.Recorded, error) bool) bool {
	book := history.New(1, false)
	book.Busy = *yearBusy
	for n := uint64(1); n <= uint64(m.events); n++ {
		if e := book.Next(); n > after && !yield(e, nil) {
			return false
		}
	}
	return true
}

func (m made) Head(context.Context) (domain.Recorded, error) {
	return domain.Recorded{Position: uint64(m.events), ID: uuid.NewSHA1(uuid.Nil, nil)}, nil
}

// BenchmarkYear asks what pages ask of a fiscal year, at many knowledge dates, of
// logs of any size: lists, values, differences.
func BenchmarkYear(b *testing.B) {
	log := made{*yearEvents}
	db, err := readmodels.Open(context.Background(), filepath.Join(b.TempDir(), "read"))
	require.NoError(b, err)
	defer func() { require.NoError(b, db.Close()) }()
	x := &replayed{figures: projections.NewIndicators(), known: log.events}
	runner := projections.NewRunner(projections.Config{
		Feed: log, Head: log.Head, Database: db.Database(),
		Projections: []*projections.Projection{x.figures.Projection},
		Report:      func(what string, err error) { b.Log(what, err) },
	})
	require.NoError(b, runner.Open(context.Background()))
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- runner.Run(ctx) }()
	for b.Loop() {
		begun := time.Now()
		require.NoError(b, runner.Wait(ctx, uint64(log.events)))
		b.ReportMetric(float64(log.events)/time.Since(begun).Seconds(), "fold-events/s")
		x.asked(b)
		x.explained(b)
		b.ReportMetric(float64(inUse())/1e6, "MB")
	}
	stop()
	require.NoError(b, <-ended)
	b.ReportMetric(0, "ns/op")
}
