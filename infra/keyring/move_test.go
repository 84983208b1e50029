package keyring_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/keyring"
)

func TestKEKsAreMovedWholeAndLeaveNothing(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "away", "kek")
	k, err := try(t, dir, keyring.Options{})
	require.NoError(t, err)
	commitment, err := k.Ensure(t.Context(), "p1")
	require.NoError(t, err)
	_, err = k.Rotate(t.Context())
	require.NoError(t, err)
	require.NoError(t, k.Close())
	from := filepath.Join(dir, "kek")
	key, err := os.ReadFile(filepath.Join(from, "kek-2.key"))
	require.NoError(t, err)

	// A cut after the first file: doing it again ends it.
	require.NoError(t, os.MkdirAll(to, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(to, "kek-2.key"), key, 0o600))
	require.NoError(t, keyring.Move(t.Context(), from, to, at(t, dir, keyring.Options{}).Database))
	require.NoDirExists(t, from)
	_, err = try(t, dir, keyring.Options{})
	require.ErrorContains(t, err, "escrow copy", "without its place the keys are not made anew")
	k, err = try(t, dir, keyring.Options{KEKDir: to})
	require.NoError(t, err)
	again, err := k.Ensure(t.Context(), "p1")
	require.NoError(t, err)
	require.Equal(t, commitment, again)
	list, err := k.Epochs()
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.NoError(t, k.Close())
	info, err := os.Stat(filepath.Join(to, "kek-1.key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	// Nothing is written over.
	require.ErrorContains(t, keyring.Move(t.Context(), from, to, at(t, dir, keyring.Options{}).Database), "holds no key-encryption key")
	other := filepath.Join(t.TempDir(), "other")
	require.NoError(t, os.MkdirAll(other, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(other, "kek-2.key"), []byte("x"), 0o600))
	require.ErrorIs(t, keyring.Move(t.Context(), to, other, at(t, dir, keyring.Options{}).Database), keyring.ErrOccupied)
	require.FileExists(t, filepath.Join(to, "kek-2.key"))
}
