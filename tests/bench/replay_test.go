//go:build linux

package bench

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/bus"
	"ayumi/infra/sqlitestore"
	"ayumi/projections"
	"ayumi/tests/history"
	"ayumi/tests/readmodels"
)

var (
	replayEvents = flag.Int("events", 100_000, "events in the log of the replay benchmarks")
	logDir       = flag.String("log", "", "where BenchmarkLog leaves its log")
)

// replayed is a log with its bus and read models.
type replayed struct {
	store    domain.EventStore
	book     *history.Book
	tokens   map[string]domain.Token
	bus      *bus.Bus
	db       readmodels.DB
	journeys *projections.Journeys
	figures  *projections.Indicators
	audit    *projections.AuditTrail
	runner   *projections.Runner
	stop     func()
	gate     sync.RWMutex
	known    int // events, where there is no store
}

func (x *replayed) write(b *testing.B, n int) {
	var open []domain.Commit // one append: no stream twice
	in := map[string]bool{}
	flush := func() {
		_, err := x.store.Append(context.Background(), open...)
		require.NoError(b, err)
		open = open[:0]
		clear(in)
	}
	for c := range x.commits(n) {
		if in[c.Stream] || len(open) == 400 {
			flush()
		}
		open, in[c.Stream] = append(open, c), true
	}
	flush()
}

// commits yields the next n events of the book as commits.
func (x *replayed) commits(n int) iter.Seq[domain.Commit] {
	return func(yield func(domain.Commit) bool) {
		for n > 0 {
			take := min(n, 50_000)
			n -= take
			for _, c := range history.Commits(x.book.Take(take), x.tokens) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// newReplayed opens a log of some events and a bus that holds it.
func newReplayed(b *testing.B, dir string, events int) *replayed {
	x := openLog(b, dir)
	for range x.commits(events) { // the book goes on from there
	}
	require.Equal(b, events, x.events(b))
	return x
}

// alone runs a benchmark once in a process of its own on the log of a folder, and
// answers its figures by unit: what a rebuild takes after a start must not hang on the
// memory that writing left behind.
func alone(b *testing.B, name, dir string, events int) map[string]float64 {
	out, err := exec.Command(os.Args[0], "-test.run", "xxx", "-test.bench", "^"+name+"$", "-test.benchtime", "1x",
		"-events", strconv.Itoa(events), "-log", dir).CombinedOutput()
	require.NoError(b, err, "%s", out)
	figures := map[string]float64{}
	fields := strings.Fields(string(out))
	for i := range fields[1:] {
		if n, err := strconv.ParseFloat(fields[i], 64); err == nil {
			figures[fields[i+1]] = n
		}
	}
	return figures
}

// openLog opens the log and the bus of a folder. The log is a file, as in the product:
// one in memory would be swept with every collection of garbage.
func openLog(b *testing.B, dir string) *replayed {
	s, err := sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, s.Close()) })
	x := &replayed{store: s, book: history.New(1, false), tokens: map[string]domain.Token{}}
	x.bus, err = bus.Start(context.Background(), bus.Config{Store: s, Dir: filepath.Join(dir, "bus")})
	require.NoError(b, err)
	b.Cleanup(x.bus.Close)
	x.relayed(b)
	return x
}

// BenchmarkLog writes a log of -events events, and waits until the bus holds it.
func BenchmarkLog(b *testing.B) {
	for range b.N {
		dir := *logDir
		if dir == "" {
			dir = b.TempDir()
		}
		x := openLog(b, dir)
		begun := time.Now()
		x.write(b, *replayEvents)
		x.relayed(b)
		b.ReportMetric(float64(*replayEvents)/time.Since(begun).Seconds(), "write-events/s")
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkRebuild makes all three read models from the whole log over NATS, in a
// process that has just begun.
func BenchmarkRebuild(b *testing.B) {
	dir := *logDir
	if dir == "" {
		dir = b.TempDir()
		alone(b, "BenchmarkLog", dir, *replayEvents)
	}
	x := openLog(b, dir)
	for range b.N {
		begun := time.Now()
		worked, waited := cpuTime()
		x.open(b, filepath.Join(b.TempDir(), "read"))
		x.reach(b)
		n := float64(x.events(b))
		b.ReportMetric(n/time.Since(begun).Seconds(), "rebuild-events/s")
		own, kernel := cpuTime()
		b.ReportMetric(float64((own-worked).Microseconds())/n, "rebuild-user-us/event")
		b.ReportMetric(float64((kernel-waited).Microseconds())/n, "rebuild-kernel-us/event")
		x.stop()
	}
	b.ReportMetric(0, "ns/op")
}

func (x *replayed) relayed(b *testing.B) {
	for {
		s := x.bus.Status(context.Background())
		if s.Proven >= s.Store && s.Bus >= s.Store {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// open begins to project into a database, new or old.
func (x *replayed) open(b *testing.B, path string) { x.openOver(b, path, gated{x.bus, &x.gate}) }

func (x *replayed) openOver(b *testing.B, path string, feed projections.Feed) {
	var err error
	x.db, err = readmodels.Open(context.Background(), path)
	require.NoError(b, err)
	x.journeys, x.figures, x.audit = projections.NewJourneys(), projections.NewIndicators(), projections.NewAuditTrail()
	x.runner = projections.NewRunner(projections.Config{
		Feed: feed, Head: x.store.Head, Database: x.db.Database(),
		Projections: []*projections.Projection{x.journeys.Projection, x.figures.Projection, x.audit.Projection},
		Hurry:       app.Hurry,
		Report:      func(what string, err error) { b.Log(what, err) },
	})
	require.NoError(b, x.runner.Open(context.Background()))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- x.runner.Run(ctx) }()
	x.stop = func() {
		cancel()
		require.NoError(b, <-ended)
		require.NoError(b, x.db.Close())
	}
}

func (x *replayed) reach(b *testing.B) {
	head, err := x.store.Head(context.Background())
	require.NoError(b, err)
	require.NoError(b, x.runner.Wait(context.Background(), head.Position))
}

// BenchmarkReplay makes all three read models from the whole log over NATS, five times
// in processes of their own, and reports the fastest; then once here, to catch up with
// a tenth as many new events, start again and ask. Beside it stands what the client
// library's own ordered consumer reads of the same bodies, without headers and doing
// nothing with them.
func BenchmarkReplay(b *testing.B) {
	dir := b.TempDir()
	alone(b, "BenchmarkLog", dir, *replayEvents)
	best := map[string]float64{}
	for range 5 {
		if got := alone(b, "BenchmarkRebuild", dir, *replayEvents); got["rebuild-events/s"] > best["rebuild-events/s"] {
			best = got
		}
	}
	for _, unit := range []string{"rebuild-events/s", "rebuild-user-us/event", "rebuild-kernel-us/event"} {
		b.ReportMetric(best[unit], unit)
	}
	x := newReplayed(b, dir, *replayEvents)
	_, raw := rawNATS(b, x.bodies(b))
	b.ReportMetric(raw, "raw-consume/s")
	b.ReportMetric(best["rebuild-events/s"]/raw, "rebuild/raw")
	for range b.N {
		path := filepath.Join(b.TempDir(), "read")
		before := inUse()
		x.open(b, path)
		x.reach(b)
		b.ReportMetric((float64(inUse())-float64(before))/1e6/float64(len(x.people(b)))*1e5, "MB/100k-persons")
		x.stop()
		x.write(b, *replayEvents/10)
		x.relayed(b)
		x.open(b, path)
		begun := time.Now()
		x.reach(b)
		b.ReportMetric(time.Since(begun).Seconds()*1000, "catchup-with-start-ms")
		x.queries(b)
		x.explained(b)
		x.live(b)
		x.stop()
	}
	b.ReportMetric(0, "ns/op")
}

// live measures catching up, while following, with events that all lie ready.
func (x *replayed) live(b *testing.B) {
	x.gate.Lock()
	n := *replayEvents / 10
	x.write(b, n)
	x.relayed(b)
	begun := time.Now()
	x.gate.Unlock()
	x.reach(b)
	b.ReportMetric(float64(n)/time.Since(begun).Seconds(), "catchup-events/s")
}

// gated is a feed that stands still while the gate is locked.
type gated struct {
	projections.Feed
	gate *sync.RWMutex
}

func (g gated) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range g.Feed.Events(ctx, after) {
			g.gate.RLock()
			more := yield(e, err)
			g.gate.RUnlock()
			if !more {
				return
			}
		}
	}
}

func (x *replayed) events(b *testing.B) int {
	if x.store == nil {
		return x.known
	}
	head, err := x.store.Head(context.Background())
	require.NoError(b, err)
	return int(head.Position)
}

// bodies are at most 300,000 bodies of the log.
func (x *replayed) bodies(b *testing.B) [][]byte {
	var out [][]byte
	for r, err := range x.store.All(context.Background(), 0) {
		require.NoError(b, err)
		if out = append(out, r.Body); len(out) == 300_000 {
			break
		}
	}
	return out
}

func (x *replayed) people(b *testing.B) []projections.PersonRef {
	list, err := x.journeys.People(context.Background(), 0, 1<<30)
	require.NoError(b, err)
	return list
}

// cpuTime is what the process, with the bus in it, has worked on all cores, and
// what the kernel has worked for it: files, and memory touched for the first time.
func cpuTime() (own, kernel time.Duration) {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano()), time.Duration(u.Stime.Nano())
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// queries measures what pages ask.
func (x *replayed) queries(b *testing.B) {
	ctx := context.Background()
	people := x.people(b)
	b.ReportMetric(p99(b, 2000, func(i int) error {
		_, err := x.journeys.Journey(ctx, people[i*7919%len(people)].ID, projections.Newest)
		return err
	}), "journey-p99-us")
	b.ReportMetric(p99(b, 500, func(i int) error {
		_, err := x.journeys.Summary(ctx, people[i*7919%len(people)].ID, projections.Newest)
		return err
	}), "summary-p99-us")
	b.ReportMetric(p99(b, 500, func(i int) error {
		_, err := x.audit.Trail(ctx, projections.AuditFilter{Before: uint64(i * 997 % x.events(b))})
		return err
	}), "audit-p99-us")
	x.asked(b)
}

// asked measures a year's figures.
func (x *replayed) asked(b *testing.B) {
	ctx := context.Background()
	book, err := indicator.Shipped()
	require.NoError(b, err)
	year, err := japan.ParsePeriod("FY2018")
	require.NoError(b, err)
	for _, name := range []string{"C1", "P0", "K1"} {
		d, ok := book.InForce(name, year.From)
		if !ok {
			d, _ = book.Named(name, "tot-2019.1")
		}
		q := indicator.Question{Definition: d, Scope: "D-TKY", Period: year}
		measured := func(what string, n int, ask func(known uint64) error) {
			b.ReportMetric(p99(b, n, func(i int) error { return ask(uint64(x.events(b) - i*97)) })/1000, name+what+"-p99-ms") // another knowledge each time
		}
		measured("", 100, func(known uint64) error { // with what a page lists of it
			lists, err := x.figures.Lists(ctx, known, q)
			if err != nil {
				return err
			}
			l := lists[0]
			if _, err = x.figures.Aside(ctx, q, l, known, year.To); err == nil && len(l.Members(0, 50)) == 0 {
				err = fmt.Errorf("%s has no members", name)
			}
			for clause := range l.Missed() {
				l.NearMisses(clause, 0, 50)
			}
			return err
		})
		measured("-value", 100, func(known uint64) error {
			_, err := x.figures.Value(ctx, q, known)
			return err
		})
		measured("-spelled", 20, func(known uint64) error { // every member and near miss
			_, err := x.figures.Figure(ctx, q, known, year.To)
			return err
		})
	}
}

func p99(b *testing.B, n int, ask func(i int) error) float64 {
	took := make([]time.Duration, n)
	for i := range took {
		begun := time.Now()
		require.NoError(b, ask(i))
		took[i] = time.Since(begun)
	}
	slices.Sort(took)
	return float64(took[n*99/100].Microseconds())
}

// explained measures the difference of a year's figure between two years of
// knowledge.
func (x *replayed) explained(b *testing.B) {
	ctx := context.Background()
	book, err := indicator.Shipped()
	require.NoError(b, err)
	year, err := japan.ParsePeriod("FY2018")
	require.NoError(b, err)
	last, err := x.figures.PositionAt(ctx, year.To)
	require.NoError(b, err)
	for _, name := range []string{"C1", "P0", "K1"} {
		d, _ := book.Named(name, "tot-2019.1")
		q := indicator.Question{Definition: d, Scope: "D-TKY", Period: year}
		b.ReportMetric(p99(b, 20, func(int) error {
			_, err := x.figures.Explain(ctx, indicator.Known{Question: q, Position: last * 9 / 10}, indicator.Known{Question: q, Position: uint64(x.events(b))})
			return err
		})/1000, "explain-"+name+"-ms")
	}
}
