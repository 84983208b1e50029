package keyring_test

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/keyring"
)

var ctx = context.Background()

func kekPath(dir string) string { return filepath.Join(dir, "kek", "kek-1.key") }

func TestWhatIsSealedOpensAfterAStart(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir, keyring.Options{})
	kc, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	require.Len(t, kc, 64)
	box, err := k.Seal(ctx, "p1", [12]byte{1}, []byte("住所"), []byte("aad"))
	require.NoError(t, err)
	require.Equal(t, byte(1), box[0], "the nonce stands first")
	require.Len(t, box, 12+len("住所")+16)
	require.NoError(t, k.Close())

	k = open(t, dir, keyring.Options{})
	again, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	require.Equal(t, kc, again)
	plain, err := k.Open(ctx, "p1", box, []byte("aad"))
	require.NoError(t, err)
	require.Equal(t, "住所", string(plain))
	other, err := k.Ensure(ctx, "p2")
	require.NoError(t, err)
	require.NotEqual(t, kc, other)
}

func TestABoxOpensOnlyInItsPlaceAndWhole(t *testing.T) {
	k := open(t, t.TempDir(), keyring.Options{})
	for _, owner := range []string{"p1", "p2"} {
		_, err := k.Ensure(ctx, owner)
		require.NoError(t, err)
	}
	box, err := k.Seal(ctx, "p1", [12]byte{}, []byte("x"), []byte("here"))
	require.NoError(t, err)
	_, err = k.Open(ctx, "p1", box, []byte("there"))
	require.ErrorContains(t, err, "does not open")
	_, err = k.Open(ctx, "p2", box, []byte("here"))
	require.ErrorContains(t, err, "does not open")
	for i := range box {
		bad := bytes.Clone(box)
		bad[i] ^= 1
		_, err := k.Open(ctx, "p1", bad, []byte("here"))
		require.ErrorContains(t, err, "does not open")
		_, err = k.Open(ctx, "p1", box[:i], []byte("here"))
		require.ErrorContains(t, err, "does not open")
	}
}

func TestAnOwnerWithoutKey(t *testing.T) {
	k := open(t, t.TempDir(), keyring.Options{})
	_, err := k.Seal(ctx, "p1", [12]byte{}, nil, nil)
	require.ErrorContains(t, err, "p1: no key was ever made")
	require.NotErrorIs(t, err, domain.ErrErased)
	_, err = k.Open(ctx, "p1", make([]byte, 40), nil)
	require.Error(t, err)
}

func TestDestroyedIsErasedForGood(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir, keyring.Options{})
	_, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	box, err := k.Seal(ctx, "p1", [12]byte{}, []byte("x"), nil)
	require.NoError(t, err)
	wrapped := wrappedOf(t, dir, "p1")
	require.Len(t, wrapped, 60)
	require.NoError(t, k.Destroy(ctx, "p1"))
	require.NoError(t, k.Destroy(ctx, "p1"), "twice is once")
	require.NoError(t, k.Destroy(ctx, "never"))
	for range 2 {
		for _, owner := range []string{"p1", "never"} {
			_, err = k.Ensure(ctx, owner)
			require.ErrorIs(t, err, domain.ErrErased)
			_, err = k.Open(ctx, owner, box, nil)
			require.ErrorIs(t, err, domain.ErrErased)
			_, err = k.Seal(ctx, owner, [12]byte{}, nil, nil)
			require.ErrorIs(t, err, domain.ErrErased)
		}
		holdsNot(t, dir, wrapped)
		require.NoError(t, k.Close())
		k = open(t, dir, keyring.Options{})
	}
}

func TestTheKEKIsReadableByItsOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, open(t, dir, keyring.Options{}).Close())
	info, err := os.Stat(kekPath(dir))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.NoError(t, os.Chmod(kekPath(dir), 0o644))
	_, err = try(t, dir, keyring.Options{})
	require.ErrorContains(t, err, "can be read by others")
}

func TestAWrongOrMissingKEKIsRefused(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir, keyring.Options{})
	_, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	require.NoError(t, k.Close())
	right, err := os.ReadFile(kekPath(dir))
	require.NoError(t, err)
	for text, sentence := range map[string]string{
		hex.EncodeToString(make([]byte, 32)): "is not the kek of this key table",
		string(right[:40]):                   "is damaged",
		"":                                   "is damaged",
	} {
		require.NoError(t, os.WriteFile(kekPath(dir), []byte(text), 0o600))
		_, err := try(t, dir, keyring.Options{})
		require.ErrorContains(t, err, sentence)
	}
	require.NoError(t, os.Remove(kekPath(dir)))
	_, err = try(t, dir, keyring.Options{})
	require.ErrorContains(t, err, "put it back from its escrow copy")
	require.NoError(t, os.WriteFile(kekPath(dir), right, 0o600))
	open(t, dir, keyring.Options{})
}

func TestAFirstStartThatWasCutGoesOn(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	require.NoError(t, open(t, other, keyring.Options{}).Close())
	require.NoError(t, os.CopyFS(filepath.Join(dir, "kek"), os.DirFS(filepath.Join(other, "kek"))))
	require.NoError(t, os.Chmod(kekPath(dir), 0o600))
	before, err := os.ReadFile(kekPath(dir))
	require.NoError(t, err)
	open(t, dir, keyring.Options{})
	after, err := os.ReadFile(kekPath(dir))
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestDamagedAndExchangedRecordsAreNamed(t *testing.T) {
	for name, value := range map[string][2]string{
		"a flipped bit":    {"CAST(substr(wrapped, 1, 59) || x'00' AS BLOB)", `substr(wrapped, 1, 59) || '\x00'::bytea`},
		"cut short":        {"CAST(substr(wrapped, 1, 59) AS BLOB)", "substr(wrapped, 1, 59)"},
		"of another owner": {"(SELECT wrapped FROM keys WHERE owner = 'p2')", "(SELECT wrapped FROM keys WHERE owner = 'p2')"},
	} {
		dir := t.TempDir()
		k := open(t, dir, keyring.Options{})
		for _, owner := range []string{"p1", "p2"} {
			_, err := k.Ensure(ctx, owner)
			require.NoError(t, err)
		}
		require.NoError(t, k.Close())
		edit(t, dir, "UPDATE keys SET wrapped = "+value[0]+" WHERE owner = 'p1'", "UPDATE keys SET wrapped = "+value[1]+" WHERE owner = 'p1'")
		k = open(t, dir, keyring.Options{})
		_, err := k.Ensure(ctx, "p1")
		require.ErrorContains(t, err, "key record of p1 (epoch 1) is damaged", name)
		_, err = k.Ensure(ctx, "p2")
		require.NoError(t, err)
	}
	dir := t.TempDir()
	require.NoError(t, open(t, dir, keyring.Options{}).Close())
	edit(t, dir, "UPDATE epochs SET probe = zeroblob(length(probe))", `UPDATE epochs SET probe = decode(repeat('00', length(probe)), 'hex')`)
	_, err := try(t, dir, keyring.Options{})
	require.ErrorContains(t, err, "one of them is damaged")
	edit(t, dir, "PRAGMA user_version=9", "COMMENT ON SCHEMA ayumi_keys IS 'keys 9 of x'")
	_, err = try(t, dir, keyring.Options{})
	require.ErrorContains(t, err, "version 9 of the key table is not known")
}

func TestManyMakeTheSameKeyOnce(t *testing.T) {
	k := open(t, t.TempDir(), keyring.Options{})
	var group sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]map[string]bool{}
	for range 16 {
		group.Go(func() {
			for i := range 20 {
				owner := fmt.Sprint("p", i)
				kc, err := k.Ensure(ctx, owner)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				if seen[owner] == nil {
					seen[owner] = map[string]bool{}
				}
				seen[owner][kc] = true
				mu.Unlock()
			}
		})
	}
	group.Wait()
	require.Len(t, seen, 20)
	for owner, commitments := range seen {
		require.Len(t, commitments, 1, owner)
	}
}

func TestSeededKeysAreTheSameAgain(t *testing.T) {
	seed := []byte("demo")
	commitmentOf := func(o keyring.Options, owner string) string {
		kc, err := open(t, t.TempDir(), o).Ensure(ctx, owner)
		require.NoError(t, err)
		return kc
	}
	one := commitmentOf(keyring.Options{Seed: seed}, "p1")
	require.Equal(t, one, commitmentOf(keyring.Options{Seed: seed}, "p1"))
	require.NotEqual(t, one, commitmentOf(keyring.Options{Seed: seed}, "p2"))
	require.NotEqual(t, one, commitmentOf(keyring.Options{Seed: []byte("other")}, "p1"))
	require.NotEqual(t, one, commitmentOf(keyring.Options{}, "p1"))

	key, err := hkdf.Key(sha256.New, seed, nil, "scenario key of p1", 32)
	require.NoError(t, err)
	kc, err := hkdf.Key(sha256.New, key, nil, "person-key commitment v1", 32)
	require.NoError(t, err)
	require.Equal(t, hex.EncodeToString(kc), one)
}

func TestRandomness(t *testing.T) {
	a, b := uuid.MustParse("00000000-0000-4000-8000-000000000001"), uuid.MustParse("00000000-0000-4000-8000-000000000002")
	s := keyring.Seeded("demo")
	require.Equal(t, s.Salt(a), s.Salt(a))
	require.NotEqual(t, s.Salt(a), s.Salt(b))
	require.NotEqual(t, s.Nonce(a, 0), s.Nonce(a, 1))
	require.NotEqual(t, s.Nonce(a, 0), s.Nonce(b, 0))
	require.NotEqual(t, s.Nonce(a, 0), keyring.Seeded("x").Nonce(a, 0))
	require.NotEqual(t, keyring.Random{}.Salt(a), keyring.Random{}.Salt(a))
	require.NotEqual(t, keyring.Random{}.Nonce(a, 0), keyring.Random{}.Nonce(a, 0))
}

func TestEndedContextAndClosed(t *testing.T) {
	k := open(t, t.TempDir(), keyring.Options{})
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err := k.Ensure(ended, "p1")
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, k.Close())
	_, err = k.Ensure(ctx, "p1")
	require.ErrorContains(t, err, "keyring is closed")
}

func BenchmarkOpen(b *testing.B) {
	k := open(b, b.TempDir(), keyring.Options{})
	_, err := k.Ensure(ctx, "p1")
	require.NoError(b, err)
	box, err := k.Seal(ctx, "p1", [12]byte{}, make([]byte, 200), []byte("aad"))
	require.NoError(b, err)
	for b.Loop() {
		if _, err := k.Open(ctx, "p1", box, []byte("aad")); err != nil {
			b.Fatal(err)
		}
	}
}
