package sqldb_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/sqldb"
	"ayumi/tests/postgres"
)

const notes = `CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, at INTEGER NOT NULL, box BLOB) STRICT, WITHOUT ROWID;`

// Tables are made once by their owner; the role of the application has rows only.
func TestTablesAreMadeByTheirOwner(t *testing.T) {
	ctx, base := t.Context(), postgres.Open(t)
	s := sqldb.Schema{Name: "notes", Tables: notes, Of: "log'1"}
	_, err := sqldb.OpenSchema(ctx, base.App, "", sqldb.Schema{Name: "notes", Tables: notes})
	require.ErrorIs(t, err, sqldb.ErrNoTables)
	_, err = sqldb.OpenSchema(ctx, base.App, "", s)
	require.ErrorIs(t, err, sqldb.ErrNeedsOwner)
	for range 2 {
		db, err := sqldb.OpenSchema(ctx, base.App, base.Owner, s)
		require.NoError(t, err)
		for _, statement := range []string{"CREATE TABLE more (a BIGINT)", "DROP TABLE note", "ALTER TABLE note ADD COLUMN a BIGINT", "CREATE SCHEMA more", "TRUNCATE note"} {
			_, err := db.ExecContext(ctx, statement)
			require.Error(t, err, statement)
		}
		_, err = db.ExecContext(ctx, `INSERT INTO note VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET at = note.at + 1`, "a", int64(1)<<40, []byte{0})
		require.NoError(t, err)
		var durable string
		require.NoError(t, db.QueryRowContext(ctx, "SHOW synchronous_commit").Scan(&durable))
		require.Equal(t, "on", durable)
		require.NoError(t, db.Close())
	}
	db, err := sqldb.OpenSchema(ctx, base.App, "", s)
	require.NoError(t, err, "the owner is not needed once the tables are there")
	require.NoError(t, db.Close())
	db, err = sqldb.OpenSchema(ctx, base.App, "", sqldb.Schema{Name: "notes", Tables: notes})
	require.NoError(t, err)
	require.NoError(t, db.Close())

	next := s
	next.Tables += "CREATE TABLE IF NOT EXISTS word (id TEXT PRIMARY KEY) STRICT;"
	_, err = sqldb.OpenSchema(ctx, base.App, "", next)
	require.ErrorIs(t, err, sqldb.ErrNeedsOwner, "a newer version has more tables")
	db, err = sqldb.OpenSchema(ctx, base.App, base.Owner, next)
	require.NoError(t, err)
	var n int
	require.NoError(t, db.QueryRowContext(ctx, `SELECT count(*) FROM note, word`).Scan(&n))
	require.NoError(t, db.Close())

	other := next
	other.Of = "log'2"
	_, err = sqldb.OpenSchema(ctx, base.App, base.Owner, other)
	require.ErrorAs(t, err, &sqldb.OtherLog{})
	require.ErrorContains(t, err, "belongs to log log'1, not to log'2")
}

// Instances that begin at once make the tables once.
func TestInstancesBeginAtOnce(t *testing.T) {
	ctx, base := t.Context(), postgres.Open(t)
	faults := make(chan error, 4)
	for range cap(faults) {
		go func() {
			db, err := sqldb.OpenSchema(ctx, base.App, base.Owner, sqldb.Schema{Name: "notes", Tables: notes, Of: "log"})
			if err == nil {
				err = db.Close()
			}
			faults <- err
		}()
	}
	for range cap(faults) {
		require.NoError(t, <-faults)
	}
}
