package access_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/infra/access"
	"ayumi/infra/ledgerfile"
	"ayumi/tests/flow"
)

// sealedLog is an access log whose tree heads are signed with the keys of a log of
// events.
type sealedLog struct {
	dir string
	log *access.Log
	*ledgerfile.Sealer
}

func openSealed(t *testing.T, at place, dir string) *sealedLog {
	t.Helper()
	s := &sealedLog{dir: dir, log: at.open(t)}
	s.seal(t)
	return s
}

// seal opens the ledger, as a start does.
func (s *sealedLog) seal(t *testing.T) {
	t.Helper()
	desk := flow.Open(t)
	events, err := ledgerfile.Open(ledgerfile.Config{Store: desk.Store, Dir: filepath.Join(s.dir, "ledger"), Origin: "o1"})
	require.NoError(t, err)
	require.NoError(t, events.Close())
	s.Sealer, err = ledgerfile.Open(ledgerfile.Config{Leaves: s.log, Dir: filepath.Join(s.dir, "access"), Origin: "o1-access", Keys: filepath.Join(s.dir, "ledger")})
	require.NoError(t, err)
	t.Cleanup(func() { s.Sealer.Close() })
}

func TestTheTreeHeadIsSignedByTheKeysOfTheLog(t *testing.T) {
	onEach(t, testTheTreeHeadIsSignedByTheKeysOfTheLog)
}

func testTheTreeHeadIsSignedByTheKeysOfTheLog(t *testing.T, at place) {
	s := openSealed(t, at, t.TempDir())
	fill(t, s.log, 40)
	signed, err := s.Once(t.Context())
	require.NoError(t, err)
	key, err := ledger.NewVerifier(s.Status().Key)
	require.NoError(t, err)
	lattice, err := ledgerfile.NewVerifier(s.Status().LatticeKey)
	require.NoError(t, err)
	require.Equal(t, "o1-access", key.Name())
	head, seen, err := ledger.OpenTreeHead(s.Status().Published, []note.Verifier{key}, []note.Verifier{lattice})
	require.NoError(t, err)
	require.Equal(t, 1, seen, "ML-DSA-44 too")
	require.Equal(t, s.log.Head().Root, [32]byte(head.Hash))
	require.Contains(t, string(s.Status().Published), strings.SplitN(string(signed), "\n\n", 2)[0])

	// The same public key as that of the events, under another name.
	public, err := os.ReadFile(filepath.Join(s.dir, "ledger", "log.vkey"))
	require.NoError(t, err)
	last := func(key string) string { return strings.SplitN(strings.TrimSpace(key), "+", 3)[2] }
	require.Equal(t, last(string(public)), last(s.Status().Key))
	under, err := ledgerfile.KeyUnder(strings.TrimSpace(string(public)), "o1-access")
	require.NoError(t, err)
	require.Equal(t, s.Status().Key, under)
	require.NoFileExists(t, filepath.Join(s.dir, "access", "log.key"))

	// It grows, ends its retention, and goes on.
	kept := s.Status().Tree
	_, err = s.log.Prune(t.Context(), japan.On(2019, 9, 1), flow.At("2021-06-01", 9))
	require.NoError(t, err)
	_, err = s.Once(t.Context())
	require.NoError(t, err)
	require.NoError(t, s.Follows(kept))
	require.NoError(t, s.Close())
	s.seal(t)
	_, err = s.Once(t.Context())
	require.NoError(t, err, "compared from the first entry again, though the oldest are gone")
	require.Nil(t, s.Status().Fork)
	require.NoError(t, s.log.Check(t.Context()))
}

func TestAnAccessLogThatWasChangedIsAFork(t *testing.T) {
	onEach(t, testAnAccessLogThatWasChangedIsAFork)
}

func testAnAccessLogThatWasChangedIsAFork(t *testing.T, at place) {
	for name, c := range map[string]struct {
		edit        []string
		first, last int64
	}{
		"an entry edited":            {[]string{`update line set facts = cast(replace(cast(facts as text), 'co1', 'co2') as blob) where no = (select min(no) from line where account = 'co1')`}, 0, 0},
		"an entry deleted":           {[]string{`delete from line where no = 17`}, 17, 17},
		"the newest deleted":         {[]string{`delete from line where no = 40`}, 40, 40},
		"deleted as if past":         {[]string{`insert into gone(upto) values(5)`, `delete from line where no <= 5`}, 1, 1},
		"entries of somebody else's": {[]string{`update line set salt = zeroblob(32) where no = 9`}, 9, 9},
	} {
		t.Run(name, func(t *testing.T) {
			at := at.fresh(t)
			s := openSealed(t, at, t.TempDir())
			fill(t, s.log, 40)
			_, err := s.Once(t.Context())
			require.NoError(t, err)
			require.NoError(t, s.Close())
			change(t, at, c.edit...)
			s.seal(t)
			_, err = s.Once(t.Context())
			var fork *ledgerfile.Fork
			require.ErrorAs(t, err, &fork)
			require.Positive(t, fork.First)
			if c.first > 0 {
				require.Equal(t, []int64{c.first, c.last}, []int64{fork.First, fork.Last})
			}
			before := s.Status().Tree
			require.NoError(t, s.log.Record(t.Context(), access.Entry{At: flow.At("2021-06-01", 9), Account: "co1", Act: "view"}), "the office goes on")
			_, err = s.Once(t.Context())
			require.ErrorAs(t, err, &fork, "nothing is signed any more")
			require.Equal(t, before, s.Status().Tree)
		})
	}
}

// An old copy put back is shorter than what was signed.
func TestAnOldAccessLogIsAFork(t *testing.T) {
	at := file{t.TempDir()}
	s := openSealed(t, at, at.dir)
	fill(t, s.log, 20)
	require.NoError(t, s.log.Close())
	files, old := []string{"access.db", "access.db-wal"}, map[string][]byte{}
	for _, name := range files {
		raw, err := os.ReadFile(filepath.Join(s.dir, name))
		require.NoError(t, err)
		old[name] = raw
	}
	s.log = openLog(t, filepath.Join(s.dir, "access.db"))
	s.seal(t)
	fill(t, s.log, 30)
	_, err := s.Once(t.Context())
	require.NoError(t, err)
	require.NoError(t, s.log.Close())
	require.NoError(t, s.Close())
	restored := t.TempDir()
	require.NoError(t, os.CopyFS(restored, os.DirFS(s.dir)))
	require.NoError(t, os.Remove(filepath.Join(restored, "access.db-shm")))
	for _, name := range files {
		require.NoError(t, os.WriteFile(filepath.Join(restored, name), old[name], 0o600))
	}
	s.dir = restored
	s.log = openLog(t, filepath.Join(s.dir, "access.db"))
	s.seal(t)
	_, err = s.Once(t.Context())
	var fork *ledgerfile.Fork
	require.ErrorAs(t, err, &fork)
	require.Equal(t, []int64{50, 20}, []int64{fork.Signed, fork.Found})
}

// What was not signed yet and does not fit the tree the log keeps is not signed.
func TestAnEntryChangedBeforeItWasSignedIsNotSigned(t *testing.T) {
	onEach(t, testAnEntryChangedBeforeItWasSignedIsNotSigned)
}

func testAnEntryChangedBeforeItWasSignedIsNotSigned(t *testing.T, at place) {
	s := openSealed(t, at, t.TempDir())
	fill(t, s.log, 10)
	_, err := s.Once(t.Context())
	require.NoError(t, err)
	fill(t, s.log, 10)
	change(t, at, `update line set salt = zeroblob(32) where no = 15`)
	before := s.Status().Tree
	_, err = s.Once(t.Context())
	require.ErrorContains(t, err, "do not give the tree")
	require.Equal(t, before, s.Status().Tree)
	require.ErrorContains(t, s.Status().Fault, "do not give the tree")
	require.Error(t, s.log.Check(t.Context()))
}
