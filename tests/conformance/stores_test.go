package conformance_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/memory"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/conformance"
)

func TestMemory(t *testing.T) {
	conformance.Suite(t, conformance.Subject{Open: func(*testing.T) domain.EventStore { return memory.New() }})
}

func openSQLite(t *testing.T, path string) *sqlitestore.Store {
	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestSQLite(t *testing.T) {
	paths := map[domain.EventStore]string{}
	open := func(t *testing.T, path string) domain.EventStore {
		s := openSQLite(t, path)
		paths[s] = path
		return s
	}
	conformance.Suite(t, conformance.Subject{
		Open: func(t *testing.T) domain.EventStore { return open(t, filepath.Join(t.TempDir(), "log.db")) },
		Reopen: func(t *testing.T, s domain.EventStore) domain.EventStore {
			require.NoError(t, s.(*sqlitestore.Store).Close())
			return open(t, paths[s])
		},
	})
}
