package sqldb_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/sqldb"
	"ayumi/tests/postgres"
)

// What nobody can have recorded is not found, and is no fault of the database.
func TestWhatCannotBeHeldIsNotFound(t *testing.T) {
	ctx, base := t.Context(), postgres.Open(t)
	db, err := sqldb.OpenSchema(ctx, base.App, base.Owner, sqldb.Schema{Name: "notes", Tables: notes, Of: "log"})
	require.NoError(t, err)
	defer db.Close()
	_, err = db.ExecContext(ctx, `INSERT INTO note VALUES ($1, 1, $2)`, "髙橋", []byte{0, 0xff})
	require.NoError(t, err)
	prepared, err := db.PrepareContext(ctx, `SELECT count(*) FROM note WHERE id = $1`)
	require.NoError(t, err)
	defer prepared.Close()
	for text, n := range map[string]int{"髙橋": 1, "髙橋\x00": 0, "\x00": 0, "\xff": 0, "\xe9\xab": 0, "": 0} {
		var got int
		require.NoError(t, db.QueryRowContext(ctx, `SELECT count(*) FROM note WHERE id = $1 OR ',' || $1 || ',' = ',髙橋,'`, text).Scan(&got), "%q", text)
		require.Equal(t, n, got, "%q", text)
		require.NoError(t, prepared.QueryRowContext(ctx, text).Scan(&got), "%q", text)
		require.Equal(t, n, got, "%q", text)
	}
	var box []byte
	require.NoError(t, db.QueryRowContext(ctx, `SELECT box FROM note`).Scan(&box))
	require.Equal(t, []byte{0, 0xff}, box)
}
