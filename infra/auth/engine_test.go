package auth

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/sqldb"
	"ayumi/tests/postgres"
)

// engine is what keeps the tables of a test.
type engine interface {
	open(t *testing.T) (*Store, *clock)
}

// onEach tries a test on every engine.
func onEach(t *testing.T, test func(*testing.T, engine)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteEngine{t.TempDir()}) })
	t.Run("postgres", func(t *testing.T) { test(t, postgresEngine{postgres.Open(t)}) })
}

func begun(t *testing.T) *clock {
	t.Helper()
	newCost = cost{memory: 64, time: 1, lanes: 1}
	return &clock{at: time.Date(2020, 3, 16, 0, 0, 0, 0, time.UTC)}
}

type sqliteEngine struct{ dir string }

func (e sqliteEngine) open(t *testing.T) (*Store, *clock) {
	t.Helper()
	c := begun(t)
	s, err := Open(filepath.Join(e.dir, "sign in?#.db"), c.now)
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return s, c
}

type postgresEngine struct{ postgres.Base }

func (e postgresEngine) open(t *testing.T) (*Store, *clock) {
	t.Helper()
	c := begun(t)
	return e.at(t, c), c
}

// at opens one of several instances that have the same clock.
func (e postgresEngine) at(t *testing.T, c *clock) *Store {
	t.Helper()
	db, err := sqldb.OpenSchema(t.Context(), e.App, e.Owner, sqldb.Schema{Name: "signin", Tables: Tables, Of: "log"})
	require.NoError(t, err)
	s, err := OpenTables(db, c.now)
	require.NoError(t, err)
	require.NoError(t, s.Seal([32]byte{1}))
	t.Cleanup(func() { s.Close() })
	return s
}
