package chaos

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/conformance"
)

// ledgerDir names, in the environment, the data directory of a child that writes
// and seals until it is killed.
const ledgerDir = "AYUMI_CHAOS_LEDGER"

func init() {
	if dir := os.Getenv(ledgerDir); dir != "" {
		os.Exit(ledgerChild(dir))
	}
}

func openLedger(dir string) (*sqlitestore.Store, *ledgerfile.Sealer, error) {
	store, err := sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	if err != nil {
		return nil, nil, err
	}
	sealer, err := ledgerfile.Open(ledgerfile.Config{
		Store: store, Dir: filepath.Join(dir, "ledger"), Origin: "o1", Every: time.Millisecond,
		Report: func(what string, err error) { fmt.Fprintln(os.Stderr, what, err) },
	})
	return store, sealer, err
}

// ledgerChild appends with several writers, seals every millisecond, and prints each
// checkpoint it sees.
func ledgerChild(dir string) int {
	store, sealer, err := openLedger(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	ctx := context.Background()
	for w := range storeWriters {
		go func() {
			for n := 0; ; n++ {
				stream := fmt.Sprintf("l-%d-%d-%d", os.Getpid(), w, n)
				if _, err := store.Append(ctx, conformance.Next(stream, domain.Token{}, "w", 3)); err != nil {
					return
				}
			}
		}()
	}
	go func() { _ = sealer.Run(ctx) }()
	for seen := int64(0); ; time.Sleep(200 * time.Microsecond) {
		st := sealer.Status()
		if st.Fork != nil {
			return 3
		}
		if st.Tree.N > seen {
			seen = st.Tree.N
			fmt.Println(base64.StdEncoding.EncodeToString(st.Signed))
		}
	}
}

// TestKilledSealerNeverContradictsItself kills a sealing process at random moments.
// Every checkpoint that anybody saw is of a tree the log still has, and the next
// process goes on from it.
func TestKilledSealerNeverContradictsItself(t *testing.T) {
	var dir string
	var seen [][]byte
	var key string
	total := 0
	for round := range *rounds {
		if round%10 == 0 {
			dir, seen, key = t.TempDir(), nil, ""
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), ledgerDir+"="+dir)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, child.Start())
		t.Cleanup(func() { _ = child.Process.Kill() })
		seen = append(seen, checkpointsOf(out, func() {
			time.AfterFunc(time.Duration(rand.Int64N(int64(200*time.Millisecond))), func() { _ = child.Process.Kill() })
		})...)
		_ = child.Wait()
		require.NotEqual(t, 3, child.ProcessState.ExitCode(), "a fork of its own making")
		total += len(seen)
		if again := checkSealed(t, dir, seen); key != "" {
			require.Equal(t, key, again, "the key stays")
		} else {
			key = again
		}
	}
	t.Logf("%d kills, %d comparisons of checkpoints", *rounds, total)
}

// checkpointsOf reads what a child prints until it is dead; begun is called once.
func checkpointsOf(out io.Reader, begun func()) (seen [][]byte) {
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return seen
		}
		if signed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(line)); err == nil {
			if seen = append(seen, signed); len(seen) == 1 {
				begun()
			}
		}
	}
}

func checkSealed(t *testing.T, dir string, seen [][]byte) string {
	t.Helper()
	store, sealer, err := openLedger(dir)
	require.NoError(t, err)
	defer func() {
		require.NoError(t, sealer.Close())
		require.NoError(t, store.Close())
	}()
	ctx := context.Background()
	signed, err := sealer.Once(ctx)
	require.NoError(t, err)
	key, err := ledger.NewVerifier(sealer.Status().Key)
	require.NoError(t, err)
	roots := map[int64]tlog.Hash{}
	var f ledger.Frontier
	for rec, err := range store.All(ctx, 0) {
		require.NoError(t, err)
		leaf, err := domain.Leaf(rec.Body)
		require.NoError(t, err)
		f.Append(leaf)
		roots[f.Size] = f.Root()
	}
	before := int64(0)
	for _, s := range append(seen, signed) {
		head, _, err := ledger.OpenTreeHead(s, []note.Verifier{key}, nil)
		require.NoError(t, err)
		require.GreaterOrEqual(t, head.N, before)
		require.Equal(t, roots[head.N], head.Hash, "checkpoint of %d events", head.N)
		require.NoError(t, sealer.Follows(head.Tree))
		before = head.N
	}
	return sealer.Status().Key
}
