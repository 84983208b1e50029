package chaos_test

import (
	"context"
	"fmt"
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

// Rows of counting that do not come back as they were written, or an end of a row
// that is not there, are made again from the log; no figure is counted from them.
func TestDamagedRowsOfCountingAreMadeAgain(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 82, true)
	w.write(200)
	path := file(t)
	m := readModels(t, w.store, path)
	m.reach()
	m.end()
	for n, damage := range []string{
		"UPDATE indicator_run SET sum = sum + 1 WHERE first = 1",
		"DELETE FROM indicator_run WHERE first = 1",
		"INSERT INTO indicator_end VALUES (1000000, 1, 1)",
		"INSERT INTO indicator_end SELECT id, position, why FROM indicator_end",
	} {
		db, err := readmodels.Open(ctx, path)
		require.NoError(t, err)
		place, err := db.Database().Open(ctx, fmt.Sprintf("indicators-%d", n+1))
		require.NoError(t, err)
		done, err := place.Write.ExecContext(ctx, damage)
		require.NoError(t, err)
		changed, err := done.RowsAffected()
		require.NoError(t, err)
		require.Positive(t, changed, damage)
		require.NoError(t, db.Close())
		m = readModels(t, w.store, path)
		m.reach()
		require.Equal(t, rebuilt(t, w.store), dump(t, m.db), damage)
		m.end()
	}
}
