package faults_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/kurrentdb"
	"ayumi/infra/memory"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/conformance"
	"ayumi/tests/faults"
	"ayumi/tests/standin"
)

// wrapped is the contract's subject: a faulty store behind a client that retries.
func wrapped(open func(t *testing.T) domain.EventStore) conformance.Subject {
	seed := uint64(0)
	return conformance.Subject{Open: func(t *testing.T) domain.EventStore {
		seed++
		s := faults.New(open(t), seed)
		t.Cleanup(s.Land)
		return faults.Retry{Store: s}
	}}
}

func TestMemoryKeepsTheContractUnderFaults(t *testing.T) {
	conformance.Suite(t, wrapped(func(*testing.T) domain.EventStore { return memory.New() }))
}

func TestSQLiteKeepsTheContractUnderFaults(t *testing.T) {
	conformance.Suite(t, wrapped(func(t *testing.T) domain.EventStore {
		s, err := sqlitestore.Open(filepath.Join(t.TempDir(), "log.db"), sqlitestore.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		return s
	}))
}

func TestKurrentDBKeepsTheContractUnderFaults(t *testing.T) {
	conformance.Suite(t, wrapped(func(t *testing.T) domain.EventStore {
		server, err := standin.Start(standin.NewLog())
		require.NoError(t, err)
		t.Cleanup(server.Stop)
		s, err := kurrentdb.Open(t.Context(), kurrentdb.Options{URL: server.URL(), Index: filepath.Join(t.TempDir(), "index.db")})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		return s
	}))
}

func TestEveryFaultIsMet(t *testing.T) {
	inner := memory.New()
	s := faults.New(inner, 1)
	at := domain.Token{}
	for range 200 {
		tokens, err := faults.Retry{Store: s}.Append(context.Background(), conformance.Next("a-1", at, "w", 1))
		require.NoError(t, err)
		at = tokens[0]
		for range s.All(context.Background(), 0) {
		}
		s.Head(context.Background())
	}
	s.Land()
	for _, fault := range []string{"before", "after", "delay", "cut", "no read", "cut read", "no head", "none"} {
		require.Greater(t, s.Met()[fault], 10, fault)
	}
	head, err := inner.Head(context.Background())
	require.NoError(t, err)
	require.Equal(t, uint64(200), head.Position)
}
