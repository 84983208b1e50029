package keyring_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/keyring"
)

// office is a keyring in a file, whatever the other tests run on.
func office(t testing.TB, dir string) *keyring.Keyring {
	t.Helper()
	k, err := keyring.Open(dir, keyring.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { k.Close() })
	return k
}

func copied(t testing.TB, dir string) (*keyring.Copied, []byte) {
	t.Helper()
	spool, err := os.CreateTemp(t.TempDir(), "spool")
	require.NoError(t, err)
	defer spool.Close()
	c, err := keyring.Copy(ctx, dir, keyring.Options{}, spool)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, c.Records(&text))
	return c, text.Bytes()
}

// putBack makes a keyring of a copy elsewhere.
func putBack(t testing.TB, c *keyring.Copied, text []byte) (*keyring.Keyring, *keyring.Returning) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range c.Files {
		path := filepath.Join(dir, "kek", name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, content, 0o600))
	}
	r, err := keyring.Return(dir, keyring.Options{}, c.Files)
	require.NoError(t, err)
	require.NoError(t, r.Read(bytes.NewReader(text)))
	require.NoError(t, r.Close())
	return office(t, dir), r
}

// A table is copied while others make keys, destroy some and rewrite the whole of it:
// every key that was made before is in the copy and is the same, and none that was
// destroyed before.
func TestAKeyTableIsCopiedWhileItChanges(t *testing.T) {
	dir := t.TempDir()
	k := office(t, dir)
	made := map[string]string{}
	for i := range 3000 {
		owner := fmt.Sprintf("p%04d", i)
		kc, err := k.Ensure(ctx, owner)
		require.NoError(t, err)
		made[owner] = kc
	}
	for i := range 10 {
		require.NoError(t, k.Destroy(ctx, fmt.Sprintf("p%04d", i)))
	}
	stop := make(chan struct{})
	var others sync.WaitGroup
	others.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := k.Ensure(ctx, fmt.Sprintf("new%d", n)); err != nil {
				t.Error(err)
			}
			if n%40 == 1 && n < 2000 {
				if err := k.Destroy(ctx, fmt.Sprintf("p%04d", 100+n/40)); err != nil {
					t.Error(err)
				}
			}
			if n == 30 || n == 60 {
				if _, err := k.Rotate(ctx); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for range 5 {
		c, text := copied(t, dir)
		again, r := putBack(t, c, text)
		for i := range 3000 {
			owner := fmt.Sprintf("p%04d", i)
			kc, err := again.Commitment(ctx, owner)
			require.NoError(t, err)
			switch {
			case i < 10:
				require.Empty(t, kc, owner)
				_, destroyed := r.Has(owner)
				require.True(t, destroyed)
			case i < 100 || i > 150:
				require.Equal(t, made[owner], kc, owner)
			}
		}
	}
	close(stop)
	others.Wait()
	require.NoError(t, k.Destroy(ctx, "p2999"), "copying held nobody up")
}

func TestAKeyDestroyedWhileItIsCopiedIsNotInTheCopy(t *testing.T) {
	dir := t.TempDir()
	k := office(t, dir)
	_, err := k.Ensure(ctx, "p1")
	require.NoError(t, err)
	_, before := copied(t, dir)
	require.NotContains(t, string(before), "key p1 1 -")
	// The list beside the KEKs is written first, so it may be ahead of the table.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "kek", "erased.txt"), []byte("p1\n"), 0o600))
	c, text := copied(t, dir)
	require.Contains(t, string(text), "key p1 1 -")
	again, r := putBack(t, c, text)
	kc, err := again.Commitment(ctx, "p1")
	require.NoError(t, err)
	require.Empty(t, kc)
	require.Equal(t, []string{"p1"}, r.Destroyed())
}

// A copy that is not one, or not with its KEKs, is refused by name.
func TestACopyIsReadBackWithItsKEKsOnly(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	_, err := office(t, dir).Ensure(ctx, "p1")
	require.NoError(t, err)
	_, err = office(t, other).Ensure(ctx, "p1")
	require.NoError(t, err)
	c, text := copied(t, dir)
	theirs, _ := copied(t, other)
	for name, one := range map[string]struct {
		files map[string][]byte
		text  string
	}{
		"kek of another":   {theirs.Files, string(text)},
		"no kek":           {map[string][]byte{}, string(text)},
		"damaged kek":      {map[string][]byte{"kek-1.key": []byte("ff\n")}, string(text)},
		"moved to another": {c.Files, strings.Replace(string(text), "key p1 ", "key p2 ", 1)},
		"no record":        {c.Files, string(text) + "nothing\n"},
		"torn":             {c.Files, string(text[:len(text)-9]) + "\n"},
		"no epoch":         {c.Files, ""},
	} {
		r, err := keyring.Return("", keyring.Options{}, one.files)
		if err == nil {
			err = r.Read(strings.NewReader(one.text))
		}
		if err == nil {
			err = r.Close()
		}
		require.ErrorIs(t, err, keyring.ErrCopy, name)
	}
}

func FuzzReturning(f *testing.F) {
	dir := f.TempDir()
	_, err := office(f, dir).Ensure(ctx, "p1")
	require.NoError(f, err)
	c, text := copied(f, dir)
	f.Add(string(text))
	f.Add("key a 1 -\nmark 1 x\nepoch 1 AA==\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := keyring.Return("", keyring.Options{}, c.Files)
		require.NoError(t, err)
		if r.Read(strings.NewReader(text)) == nil {
			keys, destroyed := r.Count()
			require.LessOrEqual(t, keys+destroyed, strings.Count(text, "key"))
		}
	})
}

// The fuzzer is slow beside an engine this large, so a copy is hurt at random as well: a
// key is never taken for that of another owner or epoch.
func TestAHurtCopyIsRefused(t *testing.T) {
	dir := t.TempDir()
	k := office(t, dir)
	for _, owner := range []string{"p1", "p2"} {
		_, err := k.Ensure(ctx, owner)
		require.NoError(t, err)
	}
	c, text := copied(t, dir)
	chance := rand.New(rand.NewPCG(7, 8))
	for range 5000 {
		bad := bytes.Clone(text)
		at := chance.IntN(len(bad))
		bad[at] = byte(32 + chance.IntN(95))
		r, err := keyring.Return("", keyring.Options{}, c.Files)
		require.NoError(t, err)
		if bytes.Equal(bad, text) || r.Read(bytes.NewReader(bad)) != nil {
			continue
		}
		keys, _ := r.Count()
		require.True(t, keys < 2 || sameKeys(bad, text), "%s", bad)
	}
}

// sameKeys tells whether both copies hold the same keys, but for what base64 leaves open.
func sameKeys(a, b []byte) bool {
	of := func(text []byte) (out []string) {
		for line := range strings.Lines(string(text)) {
			if cells := strings.Fields(line); cells[0] == "key" {
				raw, err := base64.StdEncoding.DecodeString(cells[3])
				out = append(out, cells[1], cells[2], string(raw), fmt.Sprint(err))
			}
		}
		return out
	}
	return slices.Equal(of(a), of(b))
}
