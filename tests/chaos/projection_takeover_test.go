package chaos_test

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/bus"
	"ayumi/infra/memory"
	"ayumi/projections"
	"ayumi/tests/readmodels"
)

var (
	takeovers = flag.Int("takeovers", 3, "how often the instance that writes the read models is killed")
	heirs     = flag.Int("takeover-events", 2000, "events in the log before that")
)

// afar is a log that another process keeps.
type afar struct {
	domain.EventStore // nothing else is asked
	url               string
}

func (a afar) read(ctx context.Context, path string, each func(*gob.Decoder) error) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.url+path, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	for d := gob.NewDecoder(res.Body); err == nil; {
		err = each(d)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func (a afar) Head(ctx context.Context) (r domain.Recorded, err error) {
	return r, a.read(ctx, "/head", func(d *gob.Decoder) error { return d.Decode(&r) })
}

func (a afar) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		err := a.read(ctx, "/all?after="+strconv.FormatUint(after, 10), func(d *gob.Decoder) error {
			var r domain.Recorded
			if err := d.Decode(&r); err != nil {
				return err
			}
			if !yield(r, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(domain.Recorded{}, err)
		}
	}
}

var errEnough = errors.New("enough")

func (a afar) Grown(position uint64) <-chan struct{} {
	grown := make(chan struct{})
	go func() {
		defer close(grown)
		for {
			if head, err := a.Head(context.Background()); err == nil && head.Position > position {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	return grown
}

// lend lets other processes read a log.
func lend(t *testing.T, store domain.EventStore) string {
	mux := http.NewServeMux()
	mux.HandleFunc("/head", func(w http.ResponseWriter, r *http.Request) {
		if head, err := store.Head(r.Context()); err == nil {
			_ = gob.NewEncoder(w).Encode(head)
		}
	})
	mux.HandleFunc("/all", func(w http.ResponseWriter, r *http.Request) {
		after, _ := strconv.ParseUint(r.FormValue("after"), 10, 64)
		e := gob.NewEncoder(w)
		for rec, err := range store.All(r.Context(), after) {
			if err != nil || e.Encode(rec) != nil {
				return
			}
		}
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

const instanceOf = "AYUMI_INSTANCE_OF" // log, bus and place of an instance, by commas

// TestInstanceChild is one of several instances that keep the same read models. It
// does nothing unless it was started for that.
func TestInstanceChild(t *testing.T) {
	of := strings.Split(os.Getenv(instanceOf), ",")
	if len(of) != 3 {
		t.Skip("only as a child of TestAnotherInstanceTakesOver")
	}
	ctx := context.Background()
	store := afar{url: of[0]}
	b, err := bus.Start(ctx, bus.Config{Store: store, URL: of[1]})
	require.NoError(t, err)
	db, err := readmodels.OpenShared(ctx, of[2])
	require.NoError(t, err)
	r := projections.NewRunner(projections.Config{
		Feed: b, Head: store.Head, Database: db.Database(),
		Projections: []*projections.Projection{projections.NewJourneys().Projection,
			projections.NewIndicators().Projection, projections.NewAuditTrail().Projection},
		Report: func(what string, err error) { fmt.Fprintln(os.Stderr, what, err) },
	})
	go func() { require.NoError(t, r.Run(ctx)) }()
	for {
		var at projections.Status
		for i, s := range r.Status() {
			if i == 0 || s.Position < at.Position {
				at = s
			}
		}
		fmt.Printf("%d %v\n", at.Position, r.Leads())
		time.Sleep(10 * time.Millisecond)
	}
}

// instance is a child and what it says of itself.
type instance struct {
	cmd   *exec.Cmd
	mu    sync.Mutex
	at    uint64
	leads bool
}

func startInstance(t *testing.T, of string) *instance {
	c := &instance{cmd: exec.Command(os.Args[0], "-test.run=^TestInstanceChild$")}
	c.cmd.Env = append(os.Environ(), instanceOf+"="+of)
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.cmd.Start())
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var at uint64
			var leads bool
			if _, err := fmt.Sscan(lines.Text(), &at, &leads); err == nil {
				c.mu.Lock()
				c.at, c.leads = at, leads
				c.mu.Unlock()
			}
		}
	}()
	t.Cleanup(func() { _ = c.cmd.Process.Kill(); _ = c.cmd.Wait() })
	return c
}

func (c *instance) now() (at uint64, leads bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at, c.leads
}

// Two instances keep the same read models, fed by one bus, while 200 events a second
// are recorded. The one that writes is killed: the other takes over and its lag is
// under a second again within five. In the end the rows equal a rebuild.
func TestAnotherInstanceTakesOver(t *testing.T) {
	readmodels.NeedPostgres(t)
	w := newWriter(t, 92, true)
	w.store = memory.New()
	w.write(*heirs)
	s, err := server.NewServer(&server.Options{JetStream: true, StoreDir: t.TempDir(), Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true})
	require.NoError(t, err)
	go s.Start()
	require.True(t, s.ReadyForConnections(10*time.Second))
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	path := filepath.Join(t.TempDir(), "read")
	of := lend(t, w.store) + "," + s.ClientURL() + "," + path
	pair := []*instance{startInstance(t, of), startInstance(t, of)}
	current := func(c *instance) bool {
		head, err := w.store.Head(context.Background())
		at, _ := c.now()
		return err == nil && head.Position < at+200 // a second's events
	}
	recording, stop := context.WithCancel(context.Background())
	var writing sync.WaitGroup
	writing.Go(func() {
		for tick := time.NewTicker(50 * time.Millisecond); recording.Err() == nil; <-tick.C {
			w.write(10)
		}
	})
	defer writing.Wait()
	defer stop()
	for range *takeovers {
		var leader, other *instance
		require.Eventually(t, func() bool {
			_, one := pair[0].now()
			_, two := pair[1].now()
			leader, other = pair[0], pair[1]
			if two {
				leader, other = other, leader
			}
			return one != two && current(leader) && current(other)
		}, time.Minute, 10*time.Millisecond)
		require.NoError(t, leader.cmd.Process.Kill())
		killed := time.Now()
		require.EqualError(t, leader.cmd.Wait(), "signal: killed")
		require.Eventually(t, func() bool { _, leads := other.now(); return leads && current(other) }, time.Minute, 10*time.Millisecond)
		t.Logf("taken over after %s", time.Since(killed).Round(10*time.Millisecond))
		require.Less(t, time.Since(killed), 5*time.Second)
		pair = []*instance{other, startInstance(t, of)}
	}
	stop()
	writing.Wait()
	head, err := w.store.Head(context.Background())
	require.NoError(t, err)
	for _, c := range pair {
		require.Eventually(t, func() bool { at, _ := c.now(); return at == head.Position }, time.Minute, 10*time.Millisecond)
	}
	t.Setenv("READ_MODELS", "postgres")
	db, err := readmodels.Open(context.Background(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	require.Equal(t, rebuilt(t, w.store), dump(t, db))
	t.Logf("%d kills, %d events", *takeovers, head.Position)
}
