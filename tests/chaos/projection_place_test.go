package chaos_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/sqldb"
)

// What a crash has left of a place is made again: one that answers but lost its
// checkpoint in a power cut, and one that was under construction.
func TestWhatACrashLeftOfAPlaceIsMadeAgain(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 81, true)
	w.write(200)
	path := file(t)
	m := readModels(t, w.store, path)
	m.reach()
	m.end()
	db, err := sqldb.Open(ctx, path, sqldb.Options{})
	require.NoError(t, err)
	place, err := db.Database().Open(ctx, "journeys-1")
	require.NoError(t, err)
	_, err = place.Write.ExecContext(ctx, "DELETE FROM projection_checkpoint")
	require.NoError(t, err)
	_, err = db.Database().Registry.ExecContext(ctx, "INSERT INTO projection_place VALUES ('audit', 7, 1, 0)")
	require.NoError(t, err)
	half := filepath.Join(path, "audit-7.db")
	require.NoError(t, os.WriteFile(half, []byte("half a page"), 0o600))
	require.NoError(t, db.Close())
	m = readModels(t, w.store, path)
	defer m.end()
	m.reach()
	require.Equal(t, rebuilt(t, w.store), dump(t, m.db))
	require.NoFileExists(t, half)
	require.NoFileExists(t, filepath.Join(path, "journeys-1.db"))
}
