package keyring_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/keyring"
	"ayumi/tests/postgres"
)

// A key table that is carried into a database and back is the same, and its old place
// holds nothing of it.
func TestAKeyTableIsCarriedAndBack(t *testing.T) {
	several(t)
	dir := t.TempDir()
	inFile, inDatabase := keyring.Options{}, at(t, dir, keyring.Options{Log: "log"})
	k, err := keyring.Open(dir, inFile)
	require.NoError(t, err)
	boxes := map[string][]byte{}
	for i := range 50 {
		owner := fmt.Sprint("p", i)
		_, err := k.Ensure(ctx, owner)
		require.NoError(t, err)
		boxes[owner], err = k.Seal(ctx, owner, [12]byte{}, []byte(owner), nil)
		require.NoError(t, err)
	}
	_, err = k.Rotate(ctx)
	require.NoError(t, err)
	for _, owner := range []string{"p7", "never", "p3"} {
		require.NoError(t, k.Destroy(ctx, owner))
	}
	mark := keyring.Mark{Position: 9, Event: "e"}
	require.NoError(t, k.KeepMark(ctx, mark))
	require.NoError(t, k.Close())
	whole := func(o keyring.Options) {
		t.Helper()
		k, err := keyring.Open(dir, o)
		require.NoError(t, err)
		require.Empty(t, k.Returned())
		require.Equal(t, int64(2), k.Current().Epoch)
		for owner, box := range boxes {
			plain, err := k.Open(ctx, owner, box, nil)
			if owner == "p3" || owner == "p7" {
				require.ErrorIs(t, err, domain.ErrErased)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, owner, string(plain))
		}
		_, err = k.Ensure(ctx, "never")
		require.ErrorIs(t, err, domain.ErrErased)
		m, err := k.Mark(ctx)
		require.NoError(t, err)
		require.Equal(t, mark, m)
		require.NoError(t, k.Close())
	}
	o := inDatabase
	o.Begun = true
	_, err = keyring.Open(dir, o)
	require.ErrorIs(t, err, keyring.ErrEmpty, "no keys are made in the place of those in the file")

	kept, err := os.ReadFile(filepath.Join(dir, "keys.db"))
	require.NoError(t, err)
	_, err = keyring.Migrate(ctx, dir, inDatabase, "moon")
	require.ErrorContains(t, err, "moon")
	n, err := keyring.Migrate(ctx, dir, inDatabase, keyring.InDatabase)
	require.NoError(t, err)
	require.Equal(t, 51, n)
	require.NoFileExists(t, filepath.Join(dir, "keys.db"))
	whole(inDatabase)
	n, err = keyring.Migrate(ctx, dir, inDatabase, keyring.InDatabase)
	require.NoError(t, err, "carried before")
	require.Equal(t, 51, n)

	// What a cut leaves: the database holds all, the file is there still.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "keys.db"), kept, 0o600))
	_, err = keyring.Migrate(ctx, dir, inDatabase, keyring.InDatabase)
	require.NoError(t, err)
	require.NoFileExists(t, filepath.Join(dir, "keys.db"))

	// While an instance is open nothing is carried; what differs is not written over.
	k, err = keyring.Open(dir, inDatabase)
	require.NoError(t, err)
	_, err = keyring.Migrate(ctx, dir, inDatabase, keyring.InDirectory)
	require.ErrorIs(t, err, keyring.ErrOpen)
	_, err = k.Ensure(ctx, "more")
	require.NoError(t, err)
	require.NoError(t, k.Close())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "keys.db"), kept, 0o600))
	_, err = keyring.Migrate(ctx, dir, inDatabase, keyring.InDatabase)
	require.ErrorIs(t, err, keyring.ErrOccupied)
	require.FileExists(t, filepath.Join(dir, "keys.db"))
	require.NoError(t, os.Remove(filepath.Join(dir, "keys.db")))

	n, err = keyring.Migrate(ctx, dir, inDatabase, keyring.InDirectory)
	require.NoError(t, err)
	require.Equal(t, 52, n)
	whole(inFile)
	require.Empty(t, postgres.Rows(t, inDatabase.Database, "SELECT nspname FROM pg_namespace WHERE nspname = 'ayumi_keys'"))
	_, err = keyring.Open(dir, o)
	require.ErrorIs(t, err, keyring.ErrEmpty)
}
