package access_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/access"
	"ayumi/infra/sqldb"
	"ayumi/tests/postgres"
)

// place is where a log of a test lies.
type place interface {
	// open opens the log, which is the same whenever it is opened.
	open(t *testing.T) *access.Log
	// raw is the place as one who has the disk sees it.
	raw(t *testing.T) *sql.DB
	// lift takes the rules away that refuse changes.
	lift() []string
	// fresh is an empty place of the same kind.
	fresh(t *testing.T) place
	// words are a statement of SQLite as the place wants it.
	words(statement string) string
}

// onEach tries a test in every engine.
func onEach(t *testing.T, test func(*testing.T, place)) {
	t.Run("sqlite", func(t *testing.T) { test(t, file{t.TempDir()}) })
	t.Run("postgres", func(t *testing.T) { test(t, base(t)) })
}

// change does what nobody should.
func change(t *testing.T, p place, statements ...string) {
	t.Helper()
	db := p.raw(t)
	for _, all := range append(p.lift(), statements...) {
		for _, each := range strings.Split(all, "; ") {
			_, err := db.Exec(p.words(each))
			require.NoError(t, err, each)
		}
	}
	require.NoError(t, db.Close())
}

type file struct{ dir string }

func (f file) path() string { return filepath.Join(f.dir, "access.db") }

func (f file) open(t *testing.T) *access.Log { return openLog(t, f.path()) }

func (f file) raw(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", OmitHost: true, Path: f.path(), RawQuery: "_pragma=busy_timeout(5000)"}).String())
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func (f file) lift() (out []string) {
	for _, trigger := range []string{"line_never_changes", "about_never_changes", "hash_never_changes", "hash_stays", "line_stays", "about_stays"} {
		out = append(out, "drop trigger if exists "+trigger)
	}
	return out
}

func (f file) fresh(t *testing.T) place { return file{t.TempDir()} }

func (f file) words(statement string) string { return statement }

// tables is a database that several instances share, each with its copy of one secret.
type tables struct {
	postgres.Base
	dir string
}

func base(t *testing.T) tables {
	t.Helper()
	return tables{postgres.Open(t), t.TempDir()}
}

func (p tables) key() string { return filepath.Join(p.dir, "access.key") }

func (p tables) open(t *testing.T) *access.Log {
	t.Helper()
	log, err := p.with(t, p.key())
	require.NoError(t, err)
	t.Cleanup(func() { log.Close() })
	return log
}

func (p tables) with(t *testing.T, key string) (*access.Log, error) {
	t.Helper()
	db, err := sqldb.OpenSchema(t.Context(), p.App, p.Owner, sqldb.Schema{Name: "access", Tables: access.Tables, Grant: access.Grant, Of: "log"})
	require.NoError(t, err)
	return access.OpenTables(t.Context(), db, access.Options{Key: key})
}

func (p tables) raw(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", p.Owner+"&search_path=access")
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func (p tables) lift() (out []string) {
	for _, table := range []string{"line", "about", "hash"} {
		out = append(out, "alter table "+table+" disable trigger user")
	}
	return out
}

// fresh spares the server another database.
func (p tables) fresh(t *testing.T) place {
	postgres.Exec(t, p.Owner, "DROP SCHEMA IF EXISTS access CASCADE")
	return tables{p.Base, t.TempDir()}
}

func (p tables) words(statement string) string {
	return strings.NewReplacer("zeroblob(32)", "decode(repeat('00', 32), 'hex')", "cast(replace(cast(facts as text),", "convert_to(replace(convert_from(facts, 'UTF8'),", ") as blob)", "), 'UTF8')").Replace(statement)
}
