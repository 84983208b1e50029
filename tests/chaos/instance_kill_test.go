package chaos_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/kurrentdb"
	"ayumi/tests/conformance"
	"ayumi/tests/standin"
)

// instanceChild names, in the environment, what a child writes to: this test binary
// run again, "KurrentDB index".
const instanceChild = "AYUMI_CHAOS_INSTANCE"

func init() {
	if line := os.Getenv(instanceChild); line != "" {
		f := strings.Fields(line)
		os.Exit(kurrentInstance(f[0], f[1]))
	}
}

// kurrentInstance writes with four writers to three streams that everybody wants, and to
// streams of its own, until it is killed. It prints "id position" for each event, only
// after it was acknowledged.
func kurrentInstance(url, index string) int {
	ctx := context.Background()
	s, err := kurrentdb.Open(ctx, kurrentdb.Options{URL: url, Index: index, Patience: 30 * time.Second, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	var say sync.Mutex
	for w := range 4 {
		go func() {
			for {
				commits := []domain.Commit{conformance.Next("own-"+uuid.NewString(), domain.Token{}, "w", 1)}
				for _, n := range rand.Perm(3)[:rand.IntN(3)] {
					stream := fmt.Sprintf("wanted-%d", n)
					at, err := ending(ctx, s, stream)
					if err != nil {
						fmt.Fprintln(os.Stderr, err)
						os.Exit(2)
					}
					commits = append(commits, conformance.Next(stream, at, fmt.Sprint(os.Getpid(), w), 1))
				}
				tokens, err := s.Append(ctx, commits...)
				if errors.Is(err, domain.ErrConflict) {
					continue
				}
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(2)
				}
				say.Lock()
				for i, c := range commits {
					fmt.Println(c.Events[0].ID, tokens[i].Position)
				}
				say.Unlock()
			}
		}()
	}
	select {}
}

// ending is where a stream stands.
func ending(ctx context.Context, s domain.EventStore, stream string) (at domain.Token, err error) {
	for e, err := range s.Stream(ctx, stream, 0) {
		if err != nil {
			return at, err
		}
		at = domain.Token{Version: e.Version, Position: e.Position}
	}
	return at, nil
}

// TestInstancesAreKilled: three processes write at once, each is killed again and again
// in the middle of it, and KurrentDB goes away twice. What was acknowledged stands in
// the log, once, where it was said to stand; whoever counts anew comes to the same.
func TestInstancesAreKilled(t *testing.T) {
	log := standin.NewLog()
	log.Noise = true
	server, err := standin.Start(log)
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	var mu sync.Mutex
	acknowledged := map[uuid.UUID]uint64{}
	hear := func(line string) { // written at once, so never cut off by a kill
		var id string
		var position uint64
		if _, err := fmt.Sscan(line, &id, &position); err != nil {
			t.Error(line, err)
		}
		mu.Lock()
		defer mu.Unlock()
		acknowledged[uuid.MustParse(id)] = position
	}
	var killed atomic.Int64
	var instances sync.WaitGroup
	for range 3 {
		index := filepath.Join(t.TempDir(), "index.db")
		instances.Go(func() {
			for killed.Load() < 15 {
				child := exec.Command(os.Args[0])
				child.Env = append(os.Environ(), instanceChild+"="+server.URL()+" "+index)
				child.Stderr = os.Stderr
				out, err := child.StdoutPipe()
				if err != nil || child.Start() != nil {
					t.Error("an instance does not start")
					return
				}
				var timer sync.Once
				lines := bufio.NewScanner(out)
				for lines.Scan() {
					timer.Do(func() {
						time.AfterFunc(time.Duration(rand.IntN(800))*time.Millisecond, func() { child.Process.Kill() })
					})
					hear(lines.Text())
				}
				child.Wait() //nolint:errcheck // it was killed
				if killed.Add(1)%6 == 0 {
					server.Stop()
					time.Sleep(100 * time.Millisecond)
					if err := server.Start(); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	instances.Wait()
	s, err := kurrentdb.Open(t.Context(), kurrentdb.Options{URL: server.URL(), Index: filepath.Join(t.TempDir(), "index.db")})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	var all []domain.Recorded
	at := map[uuid.UUID]uint64{}
	for e, err := range s.All(t.Context(), 0) {
		require.NoError(t, err)
		all = append(all, e)
		at[e.ID] = e.Position
	}
	require.NoError(t, conformance.Sound(all))
	require.Greater(t, len(acknowledged), 100)
	for id, position := range acknowledged {
		require.Equal(t, position, at[id], "event %s", id)
	}
	require.NoError(t, s.IntegrityCheck(t.Context()))
	t.Logf("%d kills, %d events acknowledged, %d in the log, %d entries in KurrentDB", killed.Load(), len(acknowledged), len(all), len(log.Entries()))
}
