package ledgerfile_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	_ "modernc.org/sqlite"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/conformance"
)

var ctx = context.Background()

// house is a log on disk with its ledger.
type house struct {
	t      *testing.T
	dir    string
	store  *sqlitestore.Store
	sealer *ledgerfile.Sealer
	said   []string
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, dir: t.TempDir()}
	h.open()
	return h
}

func (h *house) in(name string) string { return filepath.Join(h.dir, name) }

func (h *house) open() {
	h.t.Helper()
	var err error
	h.store, err = sqlitestore.Open(h.in("log.db"), sqlitestore.Options{})
	require.NoError(h.t, err)
	h.t.Cleanup(func() { _ = h.store.Close() })
	require.NoError(h.t, h.ledger())
}

func (h *house) ledger() error {
	sealer, err := ledgerfile.Open(ledgerfile.Config{
		Store: h.store, Dir: h.in("ledger"), Origin: "o1",
		Report: func(what string, err error) { h.said = append(h.said, what+": "+err.Error()) },
	})
	if err == nil {
		h.sealer = sealer
		h.t.Cleanup(func() { _ = sealer.Close() })
	}
	return err
}

func (h *house) close() {
	h.t.Helper()
	require.NoError(h.t, errors.Join(h.sealer.Close(), h.store.Close()))
}

func (h *house) again() {
	h.t.Helper()
	h.close()
	h.open()
}

// write appends n events to a stream of its own.
func (h *house) write(stream string, n int) {
	h.t.Helper()
	at := domain.Token{}
	for range n {
		tokens, err := h.store.Append(ctx, conformance.Next(stream, at, "w", 1))
		require.NoError(h.t, err)
		at = tokens[0]
	}
}

func (h *house) seal() ledger.TreeHead {
	h.t.Helper()
	signed, err := h.sealer.Once(ctx)
	require.NoError(h.t, err)
	head := h.head(signed)
	require.Equal(h.t, h.root(head.N), head.Hash)
	return head
}

func (h *house) key() note.Verifier {
	v, err := ledger.NewVerifier(h.sealer.Status().Key)
	require.NoError(h.t, err)
	return v
}

func (h *house) head(signed []byte) ledger.TreeHead {
	h.t.Helper()
	head, _, err := ledger.OpenTreeHead(signed, []note.Verifier{h.key()}, nil)
	require.NoError(h.t, err)
	return head
}

// root reckons the tree anew from the log.
func (h *house) root(n int64) tlog.Hash {
	h.t.Helper()
	var f ledger.Frontier
	for rec, err := range h.store.All(ctx, 0) {
		require.NoError(h.t, err)
		leaf, err := domain.Leaf(rec.Body)
		require.NoError(h.t, err)
		if f.Append(leaf); f.Size == n {
			return f.Root()
		}
	}
	return tlog.Hash{}
}

// outside changes the log behind the store's back.
func (h *house) outside(query string) {
	h.t.Helper()
	h.close()
	db, err := sql.Open("sqlite", h.in("log.db"))
	require.NoError(h.t, err)
	_, err = db.Exec("DROP TRIGGER IF EXISTS events_are_not_changed; DROP TRIGGER IF EXISTS events_are_not_removed; " + query)
	require.NoError(h.t, errors.Join(err, db.Close()))
	h.open()
}

func (h *house) copy(from, to string) {
	h.t.Helper()
	body, err := os.ReadFile(h.in(from))
	require.NoError(h.t, err)
	require.NoError(h.t, os.WriteFile(h.in(to), body, 0o600))
}

func (h *house) refuses() *ledgerfile.Fork {
	h.t.Helper()
	before, err := os.ReadFile(h.in("ledger/checkpoint"))
	require.NoError(h.t, err)
	_, err = h.sealer.Once(ctx)
	var fork *ledgerfile.Fork
	require.ErrorAs(h.t, err, &fork)
	require.ErrorContains(h.t, err, "refusing to sign")
	h.write("after", 3)
	_, err = h.sealer.Once(ctx)
	require.ErrorAs(h.t, err, &fork, "nor ever again")
	after, err := os.ReadFile(h.in("ledger/checkpoint"))
	require.NoError(h.t, err)
	require.Equal(h.t, before, after)
	require.Equal(h.t, fork, h.sealer.Status().Fork)
	require.NotEmpty(h.t, h.said)
	_, err = h.sealer.Prove(1)
	require.ErrorAs(h.t, err, &fork)
	return fork
}

func TestEveryCheckpointIsTheLogs(t *testing.T) {
	h := newHouse(t)
	_, err := h.sealer.Once(ctx)
	require.ErrorIs(t, err, ledgerfile.ErrEmpty)
	var kept []ledger.TreeHead
	for i, stream := range []string{"a", "b", "c", "d", "e"} {
		h.write(stream, 1+i*97)
		if kept = append(kept, h.seal()); i%2 == 1 {
			h.again()
		}
		require.Equal(t, kept[i], h.seal(), "nothing grew: the same tree")
	}
	require.Equal(t, int64(5+10*97), kept[4].N)
	for _, old := range kept {
		require.NoError(t, h.sealer.Follows(old.Tree))
		old.Hash[3]++
		var fork *ledgerfile.Fork
		require.ErrorAs(t, h.sealer.Follows(old.Tree), &fork)
	}
	i := int64(0)
	for rec, err := range h.store.All(ctx, 0) {
		require.NoError(t, err)
		p, err := h.sealer.Prove(rec.Position)
		require.NoError(t, err)
		leaf, err := domain.Leaf(rec.Body)
		require.NoError(t, err)
		require.Equal(t, i, p.Index)
		_, _, err = p.Check(leaf, []note.Verifier{h.key()}, nil)
		require.NoError(t, err)
		i++
	}
	_, err = h.sealer.Prove(uint64(i) + 1)
	require.ErrorIs(t, err, ledgerfile.ErrNotUnder)
	require.Empty(t, h.said)
}

func TestAnEditedEventIsNamed(t *testing.T) {
	h := newHouse(t)
	h.write("a", 40)
	h.seal()
	h.write("b", 40)
	h.seal()
	h.outside("UPDATE events SET body = (SELECT body FROM events WHERE position = 7) WHERE position = 52")
	fork := h.refuses()
	require.Equal(t, [2]int64{52, 52}, [2]int64{fork.First, fork.Last})
}

func TestAnEditedEventIsFoundWithoutTheFileOfHashes(t *testing.T) {
	h := newHouse(t)
	h.write("a", 40)
	h.seal()
	h.write("b", 40)
	h.seal()
	h.outside("UPDATE events SET body = (SELECT body FROM events WHERE position = 7) WHERE position = 52")
	require.NoError(t, os.Truncate(h.in("ledger/hashes"), 0))
	h.again()
	fork := h.refuses()
	require.Equal(t, [2]int64{41, 80}, [2]int64{fork.First, fork.Last}, "between two checkpoints")
}

func TestAnOldBackupIsAFork(t *testing.T) {
	h := newHouse(t)
	h.write("a", 20)
	h.seal()
	h.close()
	h.copy("log.db", "backup")
	h.open()
	h.write("b", 20)
	h.seal()
	h.close()
	h.copy("backup", "log.db")
	h.open()
	fork := h.refuses()
	require.Equal(t, &ledgerfile.Fork{Signed: 40, Found: 20}, fork)

	h.write("another", 40) // grown past it with other events
	h.again()
	fork = h.refuses()
	require.Equal(t, int64(21), fork.First)
}

func TestAKeptCheckpointFindsAnOldCopyOfEverything(t *testing.T) {
	h := newHouse(t)
	h.write("a", 20)
	h.seal()
	h.close()
	for _, name := range []string{"log.db", "ledger/hashes", "ledger/journal", "ledger/checkpoint"} {
		h.copy(name, name+".old")
	}
	h.open()
	h.write("b", 20)
	kept := h.seal()
	h.close()
	for _, name := range []string{"log.db", "ledger/hashes", "ledger/journal", "ledger/checkpoint"} {
		h.copy(name+".old", name)
	}
	h.open()
	h.seal() // nothing in the house knows better
	var fork *ledgerfile.Fork
	require.ErrorAs(t, h.sealer.Follows(kept.Tree), &fork)
	h.write("c", 30)
	h.seal()
	require.ErrorAs(t, h.sealer.Follows(kept.Tree), &fork)
}

func TestFilesThatWereCutOrDamagedAreMended(t *testing.T) {
	for name, harm := range map[string]func(h *house){
		"hashes emptied":   func(h *house) { require.NoError(h.t, os.Truncate(h.in("ledger/hashes"), 0)) },
		"hashes cut":       func(h *house) { require.NoError(h.t, os.Truncate(h.in("ledger/hashes"), 777)) },
		"hashes gone":      func(h *house) { require.NoError(h.t, os.Remove(h.in("ledger/hashes"))) },
		"a hash flipped":   func(h *house) { h.flip("ledger/hashes", 1000) },
		"a node flipped":   func(h *house) { h.flip("ledger/hashes", 64) },
		"journal torn":     func(h *house) { h.add("ledger/journal", "99 AAAA") },
		"journal gone":     func(h *house) { require.NoError(h.t, os.Remove(h.in("ledger/journal"))) },
		"checkpoint gone":  func(h *house) { require.NoError(h.t, os.Remove(h.in("ledger/checkpoint"))) },
		"a half-made file": func(h *house) { h.add("ledger/checkpoint.new", "half") },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.write("a", 30)
			before := h.seal()
			h.close()
			harm(h)
			h.open()
			require.Equal(t, before, h.seal())
			h.write("b", 30)
			after := h.seal()
			h.again()
			require.Equal(t, after, h.seal())
			require.NoError(t, h.sealer.Follows(before.Tree))
			for position := range uint64(60) {
				_, err := h.sealer.Prove(position + 1)
				require.NoError(t, err)
			}
		})
	}
}

func (h *house) flip(name string, at int64) {
	h.t.Helper()
	body, err := os.ReadFile(h.in(name))
	require.NoError(h.t, err)
	body[at] ^= 1
	require.NoError(h.t, os.WriteFile(h.in(name), body, 0o600))
}

func (h *house) add(name, text string) {
	h.t.Helper()
	f, err := os.OpenFile(h.in(name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	require.NoError(h.t, err)
	_, err = f.WriteString(text)
	require.NoError(h.t, errors.Join(err, f.Close()))
}

func TestWhatCannotBeTrustedIsRefusedAtTheStart(t *testing.T) {
	for name, harm := range map[string]func(h *house){
		"journal edited":      func(h *house) { h.flip("ledger/journal", 5) },
		"checkpoint edited":   func(h *house) { h.flip("ledger/checkpoint", 3) },
		"the key lost":        func(h *house) { require.NoError(h.t, os.Remove(h.in("ledger/log.key"))) },
		"the key of another":  func(h *house) { h.add("ledger/log.key", "x") },
		"a directory instead": func(h *house) { h.turn("ledger/hashes") },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.write("a", 30)
			h.seal()
			require.NoError(t, h.sealer.Close())
			harm(h)
			cause := h.ledger()
			require.Error(t, cause)
			broken := ledgerfile.Broken(cause)
			_, err := broken.Checkpoint(ctx)
			require.ErrorIs(t, err, cause)
			_, err = broken.Prove(1)
			require.ErrorIs(t, err, cause)
			require.ErrorIs(t, broken.Status().Fault, cause)
			require.NoError(t, broken.Close())
		})
	}
}

func (h *house) turn(name string) {
	h.t.Helper()
	require.NoError(h.t, errors.Join(os.Remove(h.in(name)), os.Mkdir(h.in(name), 0o700)))
}

// A fault of the disk stops the sealing and is shown; when it is over, the sealing
// goes on by itself.
func TestAFaultOfTheDiskIsTriedAgain(t *testing.T) {
	h := newHouse(t)
	h.write("a", 30)
	h.seal()
	require.NoError(t, os.Mkdir(h.in("ledger/checkpoint.new"), 0o700)) // nothing can be put in its place
	h.write("b", 30)
	_, err := h.sealer.Once(ctx)
	require.Error(t, err)
	require.Error(t, h.sealer.Status().Fault)
	require.Nil(t, h.sealer.Status().Fork)
	require.Equal(t, int64(30), h.sealer.Status().Tree.N)
	h.write("c", 5) // the office goes on
	require.NoError(t, os.Remove(h.in("ledger/checkpoint.new")))
	require.Equal(t, int64(65), h.seal().N)
	require.NoError(t, h.sealer.Status().Fault)
}

func TestTheSealerFollowsByItself(t *testing.T) {
	h := newHouse(t)
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	require.NoError(t, h.sealer.Close())
	var err error
	h.sealer, err = ledgerfile.Open(ledgerfile.Config{Store: h.store, Dir: h.in("ledger"), Origin: "o1", Every: time.Millisecond})
	require.NoError(t, err)
	go func() { ended <- h.sealer.Run(running) }()
	h.write("a", 100)
	require.Eventually(t, func() bool { return h.sealer.Status().Tree.N == 100 }, time.Minute, time.Millisecond)
	h.write("b", 1)
	signed, err := h.sealer.Checkpoint(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(101), h.head(signed).N)
	stop()
	require.NoError(t, <-ended)
}

func TestTheKeyIsTheOwnersOnly(t *testing.T) {
	h := newHouse(t)
	info, err := os.Stat(h.in("ledger/log.key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.Contains(t, h.sealer.Status().Key, "o1+")
}
