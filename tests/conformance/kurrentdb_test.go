package conformance_test

import (
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/kurrentdb"
	"ayumi/tests/conformance"
	"ayumi/tests/standin"
)

// kurrentServer is an empty KurrentDB that writes events of its own between ours.
func kurrentServer(t testing.TB) *standin.Server {
	log := standin.NewLog()
	log.Noise = true
	s, err := standin.Start(log)
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	return s
}

func openKurrentDB(t testing.TB, o kurrentdb.Options) *kurrentdb.Store {
	if o.Index == "" {
		o.Index = filepath.Join(t.TempDir(), "index.db")
	}
	s, err := kurrentdb.Open(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// kurrentSubject opens stores on what fresh answers; with lose the index is lost
// whenever a store is opened again.
func kurrentSubject(fresh func(t *testing.T) kurrentdb.Options, lose bool) conformance.Subject {
	at := map[domain.EventStore]kurrentdb.Options{}
	open := func(t *testing.T, o kurrentdb.Options) domain.EventStore {
		if o.Index == "" || lose {
			o.Index = filepath.Join(t.TempDir(), uuid.NewString())
		}
		s := openKurrentDB(t, o)
		at[s] = o
		return s
	}
	return conformance.Subject{
		Open: func(t *testing.T) domain.EventStore { return open(t, fresh(t)) },
		Reopen: func(t *testing.T, s domain.EventStore) domain.EventStore {
			require.NoError(t, s.(*kurrentdb.Store).Close())
			return open(t, at[s])
		},
	}
}

func TestKurrentDBStandIn(t *testing.T) {
	conformance.Suite(t, kurrentSubject(func(t *testing.T) kurrentdb.Options {
		return kurrentdb.Options{URL: kurrentServer(t).URL()}
	}, false))
}

func TestKurrentDBStandInWithoutIndex(t *testing.T) {
	conformance.Suite(t, kurrentSubject(func(t *testing.T) kurrentdb.Options {
		return kurrentdb.Options{URL: kurrentServer(t).URL(), Log: "office-1"}
	}, true))
}

func TestPublicSuiteOnKurrentDB(t *testing.T) {
	publicSuite(t, func(t *testing.T) domain.EventStore {
		return openKurrentDB(t, kurrentdb.Options{URL: kurrentServer(t).URL()})
	})
}
