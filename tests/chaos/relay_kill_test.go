package chaos_test

import (
	"bufio"
	"context"
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
	"ayumi/infra/bus"
	"ayumi/infra/kurrentdb"
	"ayumi/tests/standin"
)

// relayChild names, in the environment, what a child relays: this test binary run
// again, "KurrentDB NATS index".
const relayChild = "AYUMI_CHAOS_RELAY"

func init() {
	if line := os.Getenv(relayChild); line != "" {
		f := strings.Fields(line)
		os.Exit(relay(f[0], f[1], f[2]))
	}
}

// relay carries KurrentDB to NATS until it is killed. It prints a line when it has begun.
func relay(from, to, index string) int {
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	store, err := kurrentdb.Open(context.Background(), kurrentdb.Options{URL: from, Index: index, Logger: log})
	if err == nil {
		_, err = bus.Start(context.Background(), bus.Config{Store: store, URL: to, Patience: 2 * time.Second, Log: log})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	fmt.Println("begun")
	select {}
}

// runRelay starts a child and answers when it has begun.
func runRelay(t *testing.T, from, to, index string) *exec.Cmd {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), relayChild+"="+from+" "+to+" "+index)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Error("a relay did not begin")
	}
	return child
}

// TestRelaysAreKilled: three processes relay one log at once, each is killed again and
// again at any moment, a hundred times in all, and one of them always begins without
// an index; meanwhile commands go on, to one stream and to several. NATS then holds
// every event once, in order, at its position.
func TestRelaysAreKilled(t *testing.T) {
	kills := int64(100)
	if testing.Short() {
		kills = 12
	}
	log := standin.NewLog()
	log.Noise = true
	source, err := standin.Start(log)
	require.NoError(t, err)
	t.Cleanup(source.Stop)
	target := serve(t, t.TempDir(), 0)
	store, err := kurrentdb.Open(t.Context(), kurrentdb.Options{URL: source.URL(), Index: filepath.Join(t.TempDir(), "index.db")})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })

	var killed atomic.Int64
	var relays sync.WaitGroup
	for slot := range 3 {
		dir := t.TempDir()
		relays.Go(func() {
			for n := 0; killed.Load() < kills; n++ {
				index := filepath.Join(dir, "index.db")
				if slot == 0 {
					index = filepath.Join(dir, fmt.Sprint(n))
				}
				child := runRelay(t, source.URL(), target.ClientURL(), index)
				time.Sleep(time.Duration(rand.IntN(200)) * time.Millisecond)
				if err := child.Process.Kill(); err != nil {
					t.Error(err)
				}
				child.Wait() //nolint:errcheck // it was killed
				killed.Add(1)
			}
		})
	}
	recorded := 0
	for ; killed.Load() < kills; time.Sleep(2 * time.Millisecond) {
		record(t, store, 3, 50)
		_, err := store.Append(context.Background(), apart(), apart(), apart())
		require.NoError(t, err)
		recorded += 6
	}
	relays.Wait()
	carried := len(onStream(t, target))
	require.Positive(t, carried, "the relays that were killed have done some of the work")
	whole(t, startBus(t, bus.Config{Store: store, URL: target.ClientURL()}))
	want := contents(t, store)
	require.Len(t, want, recorded)
	require.Equal(t, want, onStream(t, target))
	t.Logf("%d events, %d relays killed, %d events carried by then", recorded, killed.Load(), carried)

	anew, err := kurrentdb.Open(t.Context(), kurrentdb.Options{URL: source.URL(), Index: filepath.Join(t.TempDir(), "index.db")})
	require.NoError(t, err)
	require.Equal(t, want, contents(t, anew), "counted from nothing, every event has its position")
	require.NoError(t, anew.Close())
}

// apart is a commit of one event to a stream of its own.
func apart() domain.Commit {
	e := event(domain.StreamName("case", uuid.NewString()), 1, 20)
	return domain.Commit{Stream: e.Stream, Events: []domain.Recorded{e}}
}
