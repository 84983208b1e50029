package app

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain/viewing"
	"ayumi/infra/keyring"
	"ayumi/tests/postgres"
	"ayumi/tests/readmodels"
)

// keysShared tells whether key tables of these tests lie in PostgreSQL: KEYS=postgres.
func keysShared() bool { return os.Getenv("KEYS") == "postgres" }

// keysOf is the address of the key table of a house; "": it lies in the house.
func keysOf(t testing.TB, dir string) string {
	t.Helper()
	if !keysShared() {
		return ""
	}
	readmodels.NeedPostgres(t)
	return postgres.Database(t, dir)
}

// copyHouse copies a house that nobody is in, with its key table.
func copyHouse(t *testing.T, from, to string, parts ...string) {
	t.Helper()
	if len(parts) == 0 {
		parts = []string{"."}
	}
	for _, part := range parts {
		require.NoError(t, os.CopyFS(filepath.Join(to, part), os.DirFS(filepath.Join(from, part))))
	}
	tight(t, to)
	if keysShared() {
		postgres.Copy(t, from, to)
	}
}

// putBackKeys puts the key table of a backup in the place of that of a house.
func putBackKeys(t *testing.T, backup, dir string) {
	t.Helper()
	if keysShared() {
		postgres.Copy(t, backup, dir)
		return
	}
	keys := filepath.Join(dir, "data", "keys")
	require.NoError(t, os.RemoveAll(keys))
	require.NoError(t, os.CopyFS(keys, os.DirFS(filepath.Join(backup, "data", "keys"))))
}

// openBackup opens the key table of a backup with KEKs that lie elsewhere.
func openBackup(t *testing.T, backup string, o keyring.Options) error {
	t.Helper()
	o.Database = keysOf(t, backup)
	_, err := keyring.Open(filepath.Join(backup, "data", "keys"), o)
	return err
}

// wrappedKey is an owner's record in the key table of a house; nil without one.
func wrappedKey(t *testing.T, dir, owner string) (out []byte) {
	t.Helper()
	if keysShared() {
		for _, text := range postgres.Rows(t, keysOf(t, dir), "SELECT encode(wrapped, 'hex') FROM ayumi_keys.keys WHERE wrapped IS NOT NULL AND owner = '"+owner+"'") {
			var err error
			out, err = hex.DecodeString(text)
			require.NoError(t, err)
		}
		return out
	}
	onKeys(t, dir, "SELECT wrapped FROM keys WHERE owner = ? AND wrapped IS NOT NULL", func(row *sqlite.Stmt) {
		out = make([]byte, row.ColumnLen(0))
		row.ColumnBytes(0, out)
	}, owner)
	return out
}

// keyRows is how many keys there are.
func keyRows(t *testing.T, dir string) (n int) {
	t.Helper()
	if keysShared() {
		n, err := strconv.Atoi(postgres.Rows(t, keysOf(t, dir), "SELECT count(wrapped)::text FROM ayumi_keys.keys")[0])
		require.NoError(t, err)
		return n
	}
	onKeys(t, dir, "SELECT count(*) FROM keys WHERE wrapped IS NOT NULL", func(row *sqlite.Stmt) { n = row.ColumnInt(0) })
	return n
}

func onKeys(t *testing.T, dir, query string, take func(*sqlite.Stmt), args ...any) {
	t.Helper()
	c, err := sqlite.OpenConn(filepath.Join(dir, "data", "keys", "keys.db"))
	require.NoError(t, err)
	require.NoError(t, sqlitex.Execute(c, query, &sqlitex.ExecOptions{Args: args, ResultFunc: func(row *sqlite.Stmt) error { take(row); return nil }}))
	require.NoError(t, c.Close())
}

// Who was erased by another instance is not shown by a search, though the index of this
// one has not heard of it.
func TestASearchAsksTheKeys(t *testing.T) {
	h := build(t)
	a := h.open()
	who := h.actor(a, h.co)
	found, err := finder{a}.Search(ctx, who, plantedName, 5)
	require.NoError(t, err)
	require.Len(t, found.Hits, 1)
	other := a.Keys
	if keysShared() {
		other, err = keyring.Open(t.TempDir(), keyring.Options{Database: keysOf(t, h.dir), KEKDir: filepath.Join(h.dir, "kek"), Now: h.clock.now})
		require.NoError(t, err)
		defer other.Close()
	}
	require.NoError(t, other.Destroy(ctx, h.person))
	indexed, err := a.People.Search(who, plantedName, 5)
	require.NoError(t, err)
	require.Len(t, indexed.Hits, 1, "the index knows nothing of it")
	found, err = finder{a}.Search(ctx, who, plantedName, 5)
	require.NoError(t, err)
	require.Empty(t, found.Hits)
	list, err := a.Access.Find(ctx, viewing.Filter{Limit: 1})
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Empty(t, list[0].People)
}
