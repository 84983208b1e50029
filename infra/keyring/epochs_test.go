package keyring_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/keyring"
)

// clock is set by the test.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

const week = keyring.EpochLength

// turn rotates and retires as a week's work does.
func turn(t *testing.T, k *keyring.Keyring) []int64 {
	t.Helper()
	_, err := k.Rotate(ctx)
	require.NoError(t, err)
	gone, err := k.Retire(ctx)
	require.NoError(t, err)
	return gone
}

func TestEveryWeekTheTableIsUnderANewKEKAndFiveAreKept(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	k := open(t, dir, keyring.Options{Now: c.now})
	kc, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	box, err := k.Seal(ctx, "p1", [12]byte{}, []byte("word"), nil)
	require.NoError(t, err)
	require.False(t, k.Due())
	var gone []int64
	for i := int64(2); i <= 8; i++ {
		c.pass(week)
		require.True(t, k.Due())
		before := wrappedOf(t, dir, "p1")
		gone = append(gone, turn(t, k)...)
		require.False(t, k.Due())
		require.Equal(t, i, k.Current().Epoch)
		require.NotEqual(t, before, wrappedOf(t, dir, "p1"))
		holdsNot(t, dir, before)
		plain, err := k.Open(ctx, "p1", box, nil)
		require.NoError(t, err)
		require.Equal(t, "word", string(plain))
		again, err := k.Ensure(ctx, "p1")
		require.NoError(t, err)
		require.Equal(t, kc, again, "the key itself stays")
		there, err := k.Epochs()
		require.NoError(t, err)
		require.LessOrEqual(t, len(there), keyring.EpochsKept)
	}
	require.Equal(t, []int64{1, 2, 3}, gone)
	list, err := k.Gone()
	require.NoError(t, err)
	require.Equal(t, gone, list)
	require.NoError(t, k.Close())
	k = open(t, dir, keyring.Options{Now: c.now})
	plain, err := k.Open(ctx, "p1", box, nil)
	require.NoError(t, err)
	require.Equal(t, "word", string(plain))
}

func TestAServerThatStoodStillRetiresByTheClock(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	k := open(t, dir, keyring.Options{Now: c.now})
	require.Equal(t, c.now().Add(35*24*time.Hour), k.Current().Ends)
	c.pass(10 * week)
	require.Equal(t, []int64{1}, turn(t, k), "one rewriting, and the old kek is past its day")
	require.Equal(t, int64(2), k.Current().Epoch)
}

func TestABackupOpensForFiveWeeksAndThenNeverAgain(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	k := open(t, dir, keyring.Options{Now: c.now})
	_, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	box, err := k.Seal(ctx, "p1", [12]byte{}, []byte("word"), nil)
	require.NoError(t, err)
	require.NoError(t, k.Close())
	putBack := keep(t, dir)
	restore := func() (*keyring.Keyring, error) {
		putBack()
		return try(t, dir, keyring.Options{Now: c.now})
	}
	for range 4 {
		k = open(t, dir, keyring.Options{Now: c.now})
		c.pass(week)
		turn(t, k)
		require.NoError(t, k.Close())
	}
	k, err = restore()
	require.NoError(t, err)
	require.Equal(t, int64(6), k.Current().Epoch, "what was put back goes under a new kek at once")
	plain, err := k.Open(ctx, "p1", box, nil)
	require.NoError(t, err)
	require.Equal(t, "word", string(plain))
	require.NoError(t, k.Destroy(ctx, "p1"))
	require.NoError(t, k.Close())

	k, err = restore()
	require.NoError(t, err)
	require.Equal(t, []string{"p1"}, k.Returned())
	_, err = k.Open(ctx, "p1", box, nil)
	require.ErrorIs(t, err, domain.ErrErased, "an old table brings no destroyed key back")
	_, err = k.Ensure(ctx, "p1")
	require.ErrorIs(t, err, domain.ErrErased)
	c.pass(week)
	require.Contains(t, append(turn(t, k), mustGone(t, k)...), int64(1))
	require.NoError(t, k.Close())
	_, err = restore()
	require.ErrorContains(t, err, "put it back from its escrow copy", "the kek of that backup is destroyed")
}

func mustGone(t *testing.T, k *keyring.Keyring) []int64 {
	t.Helper()
	list, err := k.Gone()
	require.NoError(t, err)
	return list
}

func TestReadersAndWritersGoOnWhileTheTableIsRewritten(t *testing.T) {
	k := open(t, t.TempDir(), keyring.Options{})
	_, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	box, err := k.Seal(ctx, "p1", [12]byte{}, []byte("word"), nil)
	require.NoError(t, err)
	stop := make(chan struct{})
	var group sync.WaitGroup
	for n := range 4 {
		group.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := k.Open(ctx, "p1", box, nil); err != nil {
					t.Error(err)
					return
				}
				if _, err := k.Ensure(ctx, strings.Repeat("q", n+1)+string(rune('a'+i%26))); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 20 {
		_, err := k.Rotate(ctx)
		require.NoError(t, err)
	}
	close(stop)
	group.Wait()
}

func TestARewritingThatWasCutIsDoneAgain(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir, keyring.Options{})
	kc, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	require.NoError(t, k.Close())
	// The KEK of the next epoch was written, the table was not.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "kek", "kek-2.key"), []byte(strings.Repeat("ab", 32)+"\n"), 0o600))
	k = open(t, dir, keyring.Options{})
	again, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	require.Equal(t, kc, again)
	require.Equal(t, int64(3), k.Current().Epoch)
}

// What a cut leaves of destroying KEKs and of making one is ended by the next retirement,
// and no KEK in use is touched.
func TestARetirementThatWasCutIsEnded(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir, keyring.Options{})
	kc, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	_, err = k.Rotate(ctx)
	require.NoError(t, err)
	at := func(name string) string { return filepath.Join(dir, "kek", name) }
	require.NoError(t, os.WriteFile(at("kek-0.key.gone"), []byte("half overwritten"), 0o600))
	require.NoError(t, os.Link(at("kek-2.key"), at("kek-2.key.UNFINISHED")))
	require.NoError(t, os.WriteFile(at("kek-3.key.new"), []byte(strings.Repeat("ab", 32)+"\n"), 0o600))
	_, err = k.Retire(ctx)
	require.NoError(t, err)
	list, err := filepath.Glob(at("kek-*"))
	require.NoError(t, err)
	require.Equal(t, []string{at("kek-1.key"), at("kek-2.key")}, list)
	require.NoError(t, k.Close())
	again, err := open(t, dir, keyring.Options{}).Ensure(ctx, "p1")
	require.NoError(t, err)
	require.Equal(t, kc, again)
}

func TestTheKEKMayBeGuardedByAnEnvironmentFileOrACredential(t *testing.T) {
	env := filepath.Join(t.TempDir(), "ayumi.env")
	require.NoError(t, os.WriteFile(env, []byte("# guard\nOTHER=1\nexport "+keyring.GuardName+"='"+strings.Repeat("0a", 32)+"'\n"), 0o600))
	credentials := t.TempDir()
	t.Setenv("CREDENTIALS_DIRECTORY", credentials)
	require.NoError(t, os.WriteFile(filepath.Join(credentials, "kek"), []byte(strings.Repeat("0b", 32)+"\n"), 0o400))
	for _, guard := range []string{"env:" + env, "credential:kek"} {
		dir := t.TempDir()
		k := open(t, dir, keyring.Options{Guard: guard})
		kc, err := k.Ensure(ctx, "p1")
		require.NoError(t, err)
		turn(t, k)
		require.NoError(t, k.Close())
		text, err := os.ReadFile(filepath.Join(dir, "kek", "kek-2.key"))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(text), "guarded:"))
		again, err := open(t, dir, keyring.Options{Guard: guard}).Ensure(ctx, "p1")
		require.NoError(t, err)
		require.Equal(t, kc, again)
		_, err = try(t, dir, keyring.Options{})
		require.ErrorContains(t, err, "set option kek-guard")
	}
	require.NoError(t, os.Chmod(env, 0o644))
	for guard, sentence := range map[string]string{
		"env:" + env: "can be read by others", "env:/nowhere": "kek-guard", "credential:none": "kek-guard",
		"credential:../x": "no name of a credential", "vault:x": "neither env:FILE nor credential:NAME",
	} {
		_, err := keyring.ReadGuard(guard)
		require.ErrorContains(t, err, sentence)
	}
}

func TestTwoOfThreeOfficersBringTheKEKsBack(t *testing.T) {
	var identities, recipients []string
	for range 3 {
		id, err := age.GenerateX25519Identity()
		require.NoError(t, err)
		identities, recipients = append(identities, id.String()), append(recipients, id.Recipient().String())
	}
	dir, c := t.TempDir(), newClock()
	k := open(t, dir, keyring.Options{Now: c.now})
	require.ErrorIs(t, k.Escrow(recipients[:2]), keyring.ErrOfficers)
	require.ErrorIs(t, k.Escrow([]string{recipients[0], recipients[1], recipients[1]}), keyring.ErrOfficers)
	require.ErrorIs(t, k.Escrow([]string{"x", "y", "z"}), keyring.ErrOfficers)
	require.NoError(t, k.Escrow(recipients))
	kc, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	old := copyOf(t, dir, "1-2")
	c.pass(week)
	turn(t, k)
	require.NotEqual(t, old, copyOf(t, dir, "1-2"), "the copies follow the keks")
	require.NoError(t, k.Close())

	boxes := map[string][]byte{"1-2": copyOf(t, dir, "1-2"), "1-3": copyOf(t, dir, "1-3"), "2-3": copyOf(t, dir, "2-3")}
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "kek")))
	o := keyring.Options{Now: c.now}
	for _, alone := range identities {
		for _, box := range boxes {
			_, err := keyring.Recover(o, dir, box, []string{alone})
			require.ErrorContains(t, err, "those of two officers")
		}
	}
	_, err = keyring.Recover(o, dir, boxes["1-2"][:90], identities)
	require.Error(t, err)
	for pair, ids := range map[string][]string{"1-2": {identities[1], identities[0]}, "1-3": {identities[0], identities[2]}, "2-3": {identities[1], identities[2]}} {
		require.NoError(t, os.RemoveAll(filepath.Join(dir, "kek")))
		got, err := keyring.Recover(o, dir, boxes[pair], ids)
		require.NoError(t, err, pair)
		require.Equal(t, []int64{1, 2}, got)
		k = open(t, dir, o)
		again, err := k.Ensure(ctx, "p1")
		require.NoError(t, err)
		require.Equal(t, kc, again)
		require.NoError(t, k.Close())
	}
	// The age command alone opens a copy: the outer layer is the first officer's.
	one, err := age.ParseX25519Identity(identities[0])
	require.NoError(t, err)
	two, err := age.ParseX25519Identity(identities[1])
	require.NoError(t, err)
	outer, err := age.Decrypt(bytes.NewReader(boxes["1-2"]), one)
	require.NoError(t, err)
	inner, err := age.Decrypt(outer, two)
	require.NoError(t, err)
	text, err := io.ReadAll(inner)
	require.NoError(t, err)
	require.Len(t, strings.Split(strings.TrimSpace(string(text)), "\n"), 2)
}

func copyOf(t *testing.T, dir, pair string) []byte {
	t.Helper()
	box, err := os.ReadFile(filepath.Join(dir, "kek", "escrow", pair+".age"))
	require.NoError(t, err)
	return box
}

func TestARetiredKEKLeavesTheEscrowCopiesToo(t *testing.T) {
	var recipients, identities []string
	for range 3 {
		id, err := age.GenerateX25519Identity()
		require.NoError(t, err)
		recipients, identities = append(recipients, id.Recipient().String()), append(identities, id.String())
	}
	dir, c := t.TempDir(), newClock()
	k := open(t, dir, keyring.Options{Now: c.now})
	require.NoError(t, k.Escrow(recipients))
	for range 5 {
		c.pass(week)
		turn(t, k)
	}
	other := t.TempDir()
	got, err := keyring.Recover(keyring.Options{}, other, copyOf(t, dir, "1-2"), identities)
	require.NoError(t, err)
	require.Equal(t, []int64{2, 3, 4, 5, 6}, got)
}

func FuzzEscrowCopy(f *testing.F) {
	f.Add([]byte("age-encryption.org/v1\n"))
	f.Add([]byte{})
	id, err := age.GenerateX25519Identity()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, box []byte) {
		_, err := keyring.Recover(keyring.Options{}, t.TempDir(), box, []string{id.String()})
		require.Error(t, err)
	})
}
