package attachments_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/attachments"
	"ayumi/infra/keyring"
	"ayumi/tests/given"
)

var (
	ctx          = context.Background()
	owner, other = given.ID("person"), given.ID("other")
	document     = given.ID("document")
	resume       = []byte("履歴書　髙橋 例子　090-0000-0001")
)

func open(t *testing.T) (*attachments.Store, *keyring.Keyring, string) {
	t.Helper()
	keys, err := keyring.Open(t.TempDir(), keyring.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, keys.Close()) })
	dir := filepath.Join(t.TempDir(), "attachments")
	s, err := attachments.Open(dir, keys, "log")
	require.NoError(t, err)
	return s, keys, dir
}

func files(t *testing.T, dir string) (out []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, path)
		}
		return err
	}))
	return out
}

func TestAFileComesBackAndLiesEncrypted(t *testing.T) {
	s, _, dir := open(t)
	digest, err := s.Put(ctx, owner, document, resume)
	require.NoError(t, err)
	got, err := s.Get(ctx, owner, document, digest)
	require.NoError(t, err)
	require.Equal(t, resume, got)
	again, err := s.Put(ctx, owner, document, resume)
	require.NoError(t, err)
	require.NotEqual(t, digest, again, "the same file twice is two ciphertexts")
	list := files(t, dir)
	require.Len(t, list, 2)
	for _, path := range list {
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NotContains(t, string(raw), "髙橋")
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077)
	}
}

func TestAFileOpensAsNothingElse(t *testing.T) {
	s, _, dir := open(t)
	digest, err := s.Put(ctx, owner, document, resume)
	require.NoError(t, err)
	_, err = s.Put(ctx, other, document, resume)
	require.NoError(t, err)
	for what, try := range map[string]func() error{
		"another person":   func() error { _, err := s.Get(ctx, other, document, digest); return err },
		"another document": func() error { _, err := s.Get(ctx, owner, given.ID("x"), digest); return err },
	} {
		require.ErrorIs(t, try(), attachments.ErrDamaged, what)
	}
	for _, none := range []string{"", "../../keys", string(bytes.Repeat([]byte("0"), 64)), string(bytes.Repeat([]byte("/"), 64))} {
		_, err := s.Get(ctx, owner, document, none)
		require.ErrorIs(t, err, attachments.ErrMissing, none)
	}
	for _, path := range files(t, dir) {
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		raw[len(raw)/2] ^= 1
		require.NoError(t, os.WriteFile(path, raw, 0o600))
	}
	_, err = s.Get(ctx, owner, document, digest)
	require.ErrorIs(t, err, attachments.ErrDamaged)
	_, err = s.Put(ctx, owner, document, make([]byte, attachments.Most+1))
	require.ErrorIs(t, err, attachments.ErrTooLarge)
}

func TestWithTheKeyTheFileIsGone(t *testing.T) {
	s, keys, _ := open(t)
	digest, err := s.Put(ctx, owner, document, resume)
	require.NoError(t, err)
	require.NoError(t, keys.Destroy(ctx, owner))
	_, err = s.Get(ctx, owner, document, digest)
	require.ErrorIs(t, err, domain.ErrErased)
	_, err = s.Put(ctx, owner, document, resume)
	require.ErrorIs(t, err, domain.ErrErased)
}
