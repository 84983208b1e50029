package kurrentdb_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/infra/kurrentdb"
	"ayumi/tests/standin"
)

// A probe finds the log among what else lies there, names it, and says when nobody leads.
func TestAProbeNamesTheLog(t *testing.T) {
	log := standin.NewLog()
	log.Noise = true
	server, err := standin.Start(log)
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	o := kurrentdb.Options{URL: server.URL()}
	l, err := kurrentdb.Probe(t.Context(), o)
	require.NoError(t, err)
	require.Empty(t, l.Origin)
	require.True(t, l.Local)
	require.False(t, l.TLS)

	c := app.Default()
	c.Data, c.Engine, c.KurrentDB, c.KurrentLog, c.Origin = filepath.Join(t.TempDir(), "other"), app.KurrentDB, server.URL(), "second", "other.example"
	begin(t, c)
	l, err = kurrentdb.Probe(t.Context(), o)
	require.NoError(t, err)
	require.Empty(t, l.Origin, "another log lies there")
	c.Data, c.KurrentLog, c.Origin = filepath.Join(t.TempDir(), "mine"), "", "mine.example"
	begin(t, c)
	l, err = kurrentdb.Probe(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, "mine.example", l.Origin)

	server.Stop()
	short, stop := context.WithTimeout(t.Context(), 3*time.Second)
	defer stop()
	_, err = kurrentdb.Probe(short, o)
	require.Error(t, err)
}

func begin(t *testing.T, c app.Config) {
	t.Helper()
	l, err := app.OpenLedger(t.Context(), c, nil)
	require.NoError(t, err)
	require.NoError(t, l.Close())
}
