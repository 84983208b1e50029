package chaos

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/keyring"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/conformance"
)

// childDir names, in the environment, the data directory of a child: this test
// binary run again to write until it is killed or its disk fails.
const childDir = "AYUMI_CHAOS_STORE"

const storeWriters = 8

func init() {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(storeChild(dir))
	}
}

// storeChild writes with 8 writers and prints each acknowledgement only after it
// has it: "E stream version position" for an event, "K owner commitment" for a
// key. A failed store ends it with "F" and exit code 3.
func storeChild(dir string) int {
	limitFileSize()
	store, err := sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	keys, err := keyring.Open(dir, keyring.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	var print sync.Mutex
	say := func(format string, args ...any) {
		print.Lock()
		defer print.Unlock()
		fmt.Printf(format+"\n", args...)
	}
	var group sync.WaitGroup
	for w := range storeWriters {
		group.Go(func() { storeWriter(store, keys, w, say) })
	}
	group.Wait()
	if again := appendAgain(store); !errors.Is(again, domain.ErrStoreFailed) {
		fmt.Fprintln(os.Stderr, "a failed store took another append:", again)
		return 2
	}
	say("F")
	return 3
}

// appendAgain asks a failed store once more: it must refuse.
func appendAgain(store *sqlitestore.Store) error {
	_, err := store.Append(context.Background(), conformance.Next("late-1", domain.Token{}, "w", 1))
	return err
}

// storeWriter goes on with the first of its streams that is not full. It ends
// when store or keyring fail.
func storeWriter(store domain.EventStore, keys domain.Keyring, w int, say func(string, ...any)) {
	ctx := context.Background()
	for n := 0; ; n++ {
		stream := fmt.Sprintf("k-%d-%d", w, n)
		kc, err := keys.Ensure(ctx, stream)
		if err != nil {
			return
		}
		say("K %s %s", stream, kc)
		at := domain.Token{}
		for e, err := range store.Stream(ctx, stream, 0) {
			if err != nil {
				return
			}
			at = domain.Token{Version: e.Version, Position: e.Position}
		}
		for at.Version < 40 {
			tokens, err := store.Append(ctx, conformance.Next(stream, at, "w", 1+n%3))
			if err != nil {
				return
			}
			for v := at.Version + 1; v <= tokens[0].Version; v++ {
				say("E %s %d %d", stream, v, tokens[0].Position-(tokens[0].Version-v))
			}
			at = tokens[0]
		}
	}
}

// acks is everything that children of one directory have been told.
type acks struct {
	events map[uint64]string // position → "stream version"
	keys   map[string]string // owner → commitment
	failed bool              // the last child said that its store had failed
}

func newAcks() *acks { return &acks{events: map[uint64]string{}, keys: map[string]string{}} }

// hear reads what a child prints until its end. A line cut short was not said.
func (a *acks) hear(t *testing.T, out io.Reader, heard func()) {
	t.Helper()
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		var stream, kc string
		var version, position uint64
		switch {
		case line == "F\n":
			a.failed = true
		case scan(line, "K %s %s", &stream, &kc):
			if known := a.keys[stream]; known != "" {
				require.Equal(t, known, kc, "the key of %s has changed", stream)
			}
			a.keys[stream] = kc
		case scan(line, "E %s %d %d", &stream, &version, &position):
			a.events[position] = fmt.Sprint(stream, " ", version)
			heard()
		default:
			t.Fatalf("child said %q", line)
		}
	}
}

func scan(line, format string, into ...any) bool {
	n, err := fmt.Sscanf(strings.TrimSuffix(line, "\n"), format, into...)
	return err == nil && n == len(into)
}

// check opens what is left and holds it against what was acknowledged.
func (a *acks) check(t *testing.T, dir string) (events int) {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, store.Close()) }()
	require.NoError(t, store.IntegrityCheck(context.Background()))
	var log []domain.Recorded
	for e, err := range store.All(context.Background(), 0) {
		require.NoError(t, err)
		require.Equal(t, conformance.Event(e.Stream, e.Version, "w").Body, e.Body)
		log = append(log, e)
	}
	require.NoError(t, conformance.Sound(log))
	for position, want := range a.events {
		require.LessOrEqual(t, position, uint64(len(log)), "acknowledged event %s is lost", want)
		e := log[position-1]
		require.Equal(t, want, fmt.Sprint(e.Stream, " ", e.Version), "position %d", position)
	}
	keys, err := keyring.Open(dir, keyring.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, keys.Close()) }()
	for owner, want := range a.keys {
		kc, err := keys.Ensure(context.Background(), owner)
		require.NoError(t, err)
		require.Equal(t, want, kc, "the acknowledged key of %s", owner)
	}
	return len(log)
}

// startChild runs this binary again on dir; out is what it prints.
func startChild(t *testing.T, dir string, env ...string) (child *exec.Cmd, out io.Reader) {
	t.Helper()
	child = exec.Command(os.Args[0])
	child.Env = append(append(os.Environ(), childDir+"="+dir), env...)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	t.Cleanup(func() { child.Process.Kill() })
	return child, out
}
