//go:build linux

package bench

import (
	"context"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/projections"
	"ayumi/tests/history"
)

// stored is the log as it lies in a store.
type stored struct{ domain.EventStore }

func (s stored) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return s.All(ctx, after)
}

// followed is a log that a runner follows to its end and then waits at.
type followed struct{ stored }

func (f followed) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for rec, err := range f.stored.Events(ctx, after) {
			if !yield(rec, err) {
				return
			}
		}
		<-ctx.Done()
	}
}

// BenchmarkDefinition counts by a definition whose rows the tables do not keep: the
// first figure, which reads the whole log, and the second, which does not.
func BenchmarkDefinition(b *testing.B) {
	x := &replayed{store: openStore(b), book: history.New(1, false), tokens: map[string]domain.Token{}}
	x.write(b, *replayEvents)
	x.openOver(b, filepath.Join(b.TempDir(), "read"), followed{stored{x.store}})
	defer x.stop()
	x.reach(b)
	book, err := indicator.Shipped()
	require.NoError(b, err)
	year, err := japan.ParsePeriod("FY2018")
	require.NoError(b, err)
	d, _ := book.Named("K1", "tot-2019.1")
	for i := range b.N {
		x.figures.Log = app.Hurried{Store: x.store}
		candidate := d
		candidate.Parameters = map[string]string{}
		for name, v := range d.Parameters {
			candidate.Parameters[name] = v
		}
		candidate.Parameters["attribution_months"] = []string{"24", "12", "18", "30"}[i%4]
		ask := func() time.Duration {
			begun := time.Now()
			_, err := x.figures.Value(context.Background(), indicator.Question{Definition: candidate, Scope: "D-TKY", Period: year}, projections.Newest)
			require.NoError(b, err)
			return time.Since(begun)
		}
		worked, waited := cpuTime()
		first := ask()
		own, kernel := cpuTime()
		b.ReportMetric(float64((own-worked+kernel-waited).Microseconds())/float64(x.events(b)), "cpu-us/event")
		b.ReportMetric(first.Seconds(), "first-figure-s")
		b.ReportMetric(float64(x.events(b))/first.Seconds(), "events/s")
		b.ReportMetric(float64(ask().Microseconds())/1000, "second-figure-ms")
	}
	b.ReportMetric(0, "ns/op")
}
