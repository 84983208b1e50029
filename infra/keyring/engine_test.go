package keyring_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/infra/keyring"
	"ayumi/tests/postgres"
)

// shared tells whether key tables of the running tests lie in PostgreSQL.
var shared bool

// TestMain runs every test with key tables in files, then in PostgreSQL.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childOf); dir != "" {
		fmt.Fprintln(os.Stderr, child(dir, os.Getenv(childName)))
		os.Exit(1)
	}
	code := m.Run()
	switch there, required := postgres.There(); {
	case there:
		fmt.Println("on PostgreSQL:")
		shared = true
		code = max(code, m.Run())
	case required:
		fmt.Println("REQUIRE=postgres: POSTGRES_URL is not set")
		code = 1
	default:
		fmt.Println(postgres.Missing)
	}
	os.Exit(code)
}

// at completes options with the key table of a directory.
func at(t testing.TB, dir string, o keyring.Options) keyring.Options {
	t.Helper()
	if shared {
		o.Database = postgres.Database(t, dir)
	}
	return o
}

func try(t testing.TB, dir string, o keyring.Options) (*keyring.Keyring, error) {
	t.Helper()
	return keyring.Open(dir, at(t, dir, o))
}

func open(t testing.TB, dir string, o keyring.Options) *keyring.Keyring {
	t.Helper()
	k, err := try(t, dir, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, k.Close()) })
	return k
}

// edit changes the closed key table behind the keyring's back.
func edit(t *testing.T, dir, inFile, inDatabase string) {
	t.Helper()
	if shared {
		postgres.Exec(t, postgres.Database(t, dir), "SET search_path = ayumi_keys; "+inDatabase)
		return
	}
	c, err := sqlite.OpenConn(filepath.Join(dir, "keys.db"))
	require.NoError(t, err)
	require.NoError(t, sqlitex.Execute(c, inFile, nil))
	require.NoError(t, c.Close())
}

// wrappedOf is an owner's key as it lies in the table.
func wrappedOf(t *testing.T, dir, owner string) (wrapped []byte) {
	t.Helper()
	if shared {
		row := postgres.Rows(t, postgres.Database(t, dir), "SELECT coalesce(encode(wrapped, 'hex'), '') FROM ayumi_keys.keys WHERE owner = '"+owner+"'")
		require.Len(t, row, 1)
		wrapped, err := hex.DecodeString(row[0])
		require.NoError(t, err)
		return wrapped
	}
	c, err := sqlite.OpenConn(filepath.Join(dir, "keys.db"))
	require.NoError(t, err)
	require.NoError(t, sqlitex.Execute(c, "SELECT wrapped FROM keys WHERE owner = ?", &sqlitex.ExecOptions{
		Args: []any{owner},
		ResultFunc: func(row *sqlite.Stmt) error {
			wrapped = make([]byte, row.ColumnLen(0))
			row.ColumnBytes(0, wrapped)
			return nil
		},
	}))
	require.NoError(t, c.Close())
	return wrapped
}

// holdsNot searches every file of a directory, and every row and row version of its
// database, for bytes, raw and in hex.
func holdsNot(t *testing.T, dir string, planted []byte) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		require.False(t, bytes.Contains(raw, planted), path)
		require.False(t, bytes.Contains(raw, []byte(hex.EncodeToString(planted))), path)
		return nil
	}))
	if shared { // a row version stays while anybody on the server might read it
		require.Eventually(t, func() bool {
			for _, version := range versions(t, dir) {
				if strings.Contains(version, hex.EncodeToString(planted)) {
					postgres.Exec(t, postgres.Database(t, dir), "VACUUM ayumi_keys.keys")
					return false
				}
			}
			return true
		}, time.Minute, 50*time.Millisecond)
	}
}

// versions are all versions of the rows of keys that the table holds, in hex, those
// that nobody reads any more with them.
func versions(t *testing.T, dir string) []string {
	t.Helper()
	url := postgres.Database(t, dir)
	postgres.Exec(t, url, "CREATE EXTENSION IF NOT EXISTS pageinspect")
	return postgres.Rows(t, url, `SELECT encode(t_data, 'hex') FROM generate_series(0, pg_relation_size('ayumi_keys.keys') / current_setting('block_size')::int - 1) AS n,
		LATERAL heap_page_items(get_raw_page('ayumi_keys.keys', n::int)) WHERE t_data IS NOT NULL`)
}

// keep takes a copy of the closed key table, and answers how it is put back.
func keep(t *testing.T, dir string) (putBack func()) {
	t.Helper()
	if shared {
		kept := dir + "/kept"
		postgres.Copy(t, dir, kept)
		return func() { postgres.Copy(t, kept, dir) }
	}
	backup, err := os.ReadFile(filepath.Join(dir, "keys.db"))
	require.NoError(t, err)
	return func() {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "keys.db"), backup, 0o600))
		for _, more := range []string{"keys.db-wal", "keys.db-shm"} {
			require.NoError(t, os.RemoveAll(filepath.Join(dir, more)))
		}
	}
}
