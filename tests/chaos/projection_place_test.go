package chaos_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/projections"
	"ayumi/tests/readmodels"
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
	db, err := readmodels.Open(ctx, path)
	require.NoError(t, err)
	place, err := db.Database().Open(ctx, "journeys-1")
	require.NoError(t, err)
	_, err = place.Write.ExecContext(ctx, "DELETE FROM projection_checkpoint")
	require.NoError(t, err)
	_, err = db.Database().Registry.ExecContext(ctx, "INSERT INTO projection_place VALUES ('audit', 7, 1, 0)")
	require.NoError(t, err)
	half, err := db.Database().Build(ctx, "audit-7", projections.NewAuditTrail().Projection)
	require.NoError(t, err)
	require.NoError(t, half.Exec(ctx, "CREATE TABLE half (a INTEGER)"))
	require.NoError(t, db.Close())
	m = readModels(t, w.store, path)
	defer m.end()
	m.reach()
	require.Equal(t, rebuilt(t, w.store), dump(t, m.db))
	if readmodels.Postgres() { // others might still read what was replaced, until tables are made again
		require.NoError(t, m.runner.Rebuild(ctx, "journeys"))
	}
	for _, name := range []string{"audit-7", "journeys-1"} {
		place, err := m.db.Database().Open(ctx, name)
		require.NoError(t, err)
		rows, err := place.Read.Query("SELECT * FROM " + map[string]string{"audit-7": "half", "journeys-1": "projection_checkpoint"}[name])
		if err == nil {
			require.NoError(t, rows.Close())
		}
		require.Error(t, err, name)
	}
}
