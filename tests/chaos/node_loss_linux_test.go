package chaos_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/sqlitestore"
	"ayumi/projections"
	"ayumi/tests/natscluster"
	"ayumi/tests/readmodels"
)

var everyNode = flag.Bool("nodes", false, "every NATS server is lost, for ten seconds each")

// load is an office that records 200 commands a second, and what is seen of it.
type load struct {
	mu      sync.Mutex
	heads   []moment // when the log first held how much
	slowest time.Duration
	lags    []moment
}

// moment is a position or a lag at a time.
type moment struct {
	at       time.Time
	position uint64
	lag      time.Duration
}

// record writes until ctx ends, one command each 5 ms.
func (l *load) record(ctx context.Context, w *writer) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		begun := time.Now()
		w.write(1)
		took := time.Since(begun)
		head, err := w.store.Head(context.Background())
		require.NoError(w.t, err)
		l.mu.Lock()
		l.slowest = max(l.slowest, took)
		l.heads = append(l.heads, moment{at: time.Now(), position: head.Position})
		l.mu.Unlock()
		<-tick.C
	}
}

// watch measures until ctx ends how old the oldest event is that is not yet in the
// read model that has least.
func (l *load) watch(ctx context.Context, r *projections.Runner) {
	for next := 0; ctx.Err() == nil; time.Sleep(10 * time.Millisecond) {
		least := ^uint64(0)
		for _, s := range r.Status() {
			least = min(least, s.Position)
		}
		l.mu.Lock()
		for next < len(l.heads) && l.heads[next].position <= least {
			next++
		}
		m := moment{at: time.Now(), position: least}
		if next < len(l.heads) {
			m.lag = m.at.Sub(l.heads[next].at)
		}
		l.lags = append(l.lags, m)
		l.mu.Unlock()
	}
}

// since answers the longest lag after an instant, and how long after it the lag was
// last a second or more; false until it has been under that for a while.
func (l *load) since(begun time.Time) (longest, back time.Duration, settled bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := len(l.lags) - 1; i >= 0 && l.lags[i].at.After(begun); i-- {
		m := l.lags[i]
		longest = max(longest, m.lag)
		if m.lag >= time.Second && back == 0 {
			back = m.at.Sub(begun)
		}
	}
	return longest, back, time.Since(begun) > back+time.Second
}

// Two instances relay one log over three servers while 200 commands a second are
// recorded. Servers are killed and come back, are cut off from each other and from
// everybody, all fall at once, and are restarted one after the other in order. No
// command waits, nothing is lost or doubled, and soon after each return the read
// models are current again.
func TestNodesAreLost(t *testing.T) {
	if natscluster.Again(t, fmt.Sprintf("-nodes=%t", *everyNode)) {
		return
	}
	away, limit := 10*time.Second, 10*time.Second
	if !*everyNode {
		away, limit = time.Second, time.Minute // it is the machine of everybody
	}
	cuttable := natscluster.Cuttable()
	var c *natscluster.Nodes
	if cuttable {
		c = natscluster.StartCuttable(t)
	} else {
		c = natscluster.Start(t)
	}
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "log.db"), sqlitestore.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	w := newWriter(t, 47, true)
	w.store = store
	w.write(500)
	usual := c.Config(store)
	usual.Patience = 5 * time.Second // as by default
	b, other := startBus(t, usual), startBus(t, usual)

	path := file(t)
	db, err := readmodels.Open(t.Context(), path)
	require.NoError(t, err)
	m := fed(t, b, store, db)
	var everything fold
	reading, stopReading := context.WithCancel(context.Background())
	var readers sync.WaitGroup
	readers.Go(func() {
		for reading.Err() == nil {
			everything.run(t, reading, other, -1)
		}
	})

	l := &load{}
	recording, stop := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { l.record(recording, w) })
	working.Go(func() { l.watch(recording, m.runner) })
	defer working.Wait()
	defer stop()
	time.Sleep(2 * time.Second)

	lose := func(what string, begin, end func()) {
		begun := time.Now()
		begin()
		time.Sleep(away)
		longest, _, _ := l.since(begun)
		returning := time.Now()
		end()
		after := time.Now()
		require.Eventually(t, func() bool { _, _, settled := l.since(returning); return settled }, 2*time.Minute, 20*time.Millisecond, what)
		worst, back, _ := l.since(returning)
		t.Logf("%-38s lag up to %5.2f s, after the return %5.2f s, under 1 s after %5.2f s (the return took %.2f s)",
			what, longest.Seconds(), worst.Seconds(), back.Seconds(), after.Sub(returning).Seconds())
		require.Less(t, back, limit, what)
		c.Healthy(t)
	}
	for i, n := range c.All[:some(3)] {
		lose(n.Name+" is killed", func() { c.Kill(i) }, func() { c.Begin(t, i) })
	}
	if cuttable {
		for i, n := range c.All[:some(3)] {
			lose(n.Name+" is cut off from the others", func() { c.Cut(t, i, "s", "down") }, func() { c.Cut(t, i, "s", "up") })
		}
		lose("nats-1 is cut off from everybody", func() { c.Cut(t, 0, "s", "down"); c.Cut(t, 0, "p", "down") },
			func() { c.Cut(t, 0, "s", "up"); c.Cut(t, 0, "p", "up") })
	}
	lose("nats-2 is frozen", func() { c.Signal(1, syscall.SIGSTOP) }, func() { c.Signal(1, syscall.SIGCONT) })
	lose("all three are killed", func() {
		for i := range c.All {
			c.Kill(i)
		}
	}, func() {
		for i := range c.All {
			c.Begin(t, i)
		}
	})
	restarting := time.Now()
	for i := range some(3) {
		c.End(i, syscall.SIGUSR2) // lame duck: it hands its leaderships over and sees its clients off
		c.Begin(t, i)
		c.Healthy(t)
	}
	longest, _, _ := l.since(restarting)
	t.Logf("a rolling restart took %.1f s, lag up to %.2f s", time.Since(restarting).Seconds(), longest.Seconds())
	stop()
	working.Wait()

	want := contents(t, store)
	m.reach()
	require.Eventually(t, func() bool { return len(everything.list()) == len(want) }, time.Minute, 10*time.Millisecond)
	stopReading()
	readers.Wait()
	require.Equal(t, want, everything.list())
	whole(t, b)
	whole(t, other)
	require.Equal(t, want, holds(t, c))
	got := dump(t, m.db)
	m.end()
	require.Equal(t, rebuilt(t, store), got)
	require.Less(t, l.slowest, time.Second, "a command waited")
	t.Logf("%d events, the slowest command took %s", len(want), l.slowest.Round(time.Millisecond))
}

// some is all of n, or one where not every one is asked for.
func some(n int) int {
	if !*everyNode {
		return 1
	}
	return n
}
