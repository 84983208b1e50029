package app

import (
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/probe"
	"ayumi/infra/officecert"
)

// findings are what a configuration comes to, by what was found.
func findings(t *testing.T, c Config) map[string]probe.Finding {
	t.Helper()
	out := map[string]probe.Finding{}
	for _, f := range c.Probe(ctx) {
		out[f.Why] = f
	}
	return out
}

func requireLevel(t *testing.T, list map[string]probe.Finding, why, level string) {
	t.Helper()
	f, is := list[why]
	require.True(t, is, "%s: %v", why, list)
	require.Equal(t, level, f.Level, why)
}

// Each thing that an office stands on is taken away, for real, and named.
func TestWhatIsMissingIsNamed(t *testing.T) {
	h := build(t)
	c := h.config()
	c.Listen = "127.0.0.1:0"
	before, err := c.files()
	require.NoError(t, err)
	good := findings(t, c)
	for _, why := range []string{"clock_log", "keys", "address"} {
		requireLevel(t, good, why, probe.Good)
	}
	require.NotContains(t, good, "keys_beside", "they lie beside the data, not in it")
	after, err := c.files()
	require.NoError(t, err)
	require.Subset(t, append(before, "log.db-wal", "log.db-shm"), after, "nothing is left of a probe")

	t.Run("clock", func(t *testing.T) {
		c := c
		c.Now = func() time.Time { return h.clock.now().Add(-time.Hour) }
		requireLevel(t, findings(t, c), "clock_behind", probe.Missing)
	})
	t.Run("keys that others can read", func(t *testing.T) {
		path := filepath.Join(c.KEKDir, "kek-1.key")
		require.NoError(t, os.Chmod(path, 0o644))
		requireLevel(t, findings(t, c), "keys_missing", probe.Missing)
		require.NoError(t, os.Chmod(path, 0o600))
	})
	t.Run("keys that are gone", func(t *testing.T) {
		c := c
		c.KEKDir = t.TempDir()
		requireLevel(t, findings(t, c), "keys_missing", probe.Missing)
	})
	t.Run("keys that nobody turns", func(t *testing.T) {
		c := c
		c.Now = func() time.Time { return h.clock.now().AddDate(0, 0, 30) }
		requireLevel(t, findings(t, c), "keys_old", probe.Warning)
	})
	t.Run("address", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		c := c
		c.Metrics = l.Addr().String()
		requireLevel(t, findings(t, c), "address_taken", probe.Missing)
		release, err := hold(c)
		require.NoError(t, err)
		defer release()
		busy := findings(t, c)
		requireLevel(t, busy, "serving", probe.Good)
		require.NotContains(t, busy, "address_taken", "its addresses are its own")
	})
	t.Run("folder", func(t *testing.T) {
		c := c
		file := filepath.Join(t.TempDir(), "file")
		require.NoError(t, os.WriteFile(file, nil, 0o600))
		c.Data = file
		requireLevel(t, findings(t, c), "data_unwritable", probe.Missing)
		c.Data = t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(c.Data, "of others"), nil, 0o600))
		requireLevel(t, findings(t, c), "data_strange", probe.Missing)
	})
	t.Run("log on servers", func(t *testing.T) {
		c := c
		c.Engine, c.KurrentDB = KurrentDB, "esdb://127.0.0.1:1?tls=false&maxDiscoverAttempts=1"
		requireLevel(t, findings(t, c), "log_unreached", probe.Missing)
	})
	t.Run("bus and databases", func(t *testing.T) {
		c := c
		c.NATS = "nats://127.0.0.1:1"
		c.ReadModels = "postgres://nobody@127.0.0.1:1/none?connect_timeout=2"
		list := findings(t, c)
		requireLevel(t, list, "bus_unreached", probe.Missing)
		requireLevel(t, list, "database_unreached", probe.Missing)
	})
	t.Run("before the first start", func(t *testing.T) {
		c := Default()
		c.Data, c.Listen = filepath.Join(t.TempDir(), "not", "yet"), "127.0.0.1:0"
		list := findings(t, c)
		requireLevel(t, list, "keys_fresh", probe.Good)
		require.NoDirExists(t, c.Data)
		c.PublicURL = "http://ayumi.example"
		requireLevel(t, findings(t, c), "tls_none", probe.Warning)
	})
}

func TestACertificateThatEndsIsNamed(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	_, err := officecert.Init(dir, []string{"ayumi.local"}, now)
	require.NoError(t, err)
	c := Default()
	c.Data, c.Listen = filepath.Join(dir, "data"), "127.0.0.1:0"
	c.TLSCert, c.TLSKey = filepath.Join(dir, "server.pem"), filepath.Join(dir, "server.key")
	requireLevel(t, findings(t, c), "tls", probe.Good)
	c.Now = func() time.Time { return now.AddDate(10, 0, 0) }
	requireLevel(t, findings(t, c), "tls_over", probe.Missing)
	require.NoError(t, os.WriteFile(c.TLSCert, []byte("none"), 0o600))
	requireLevel(t, findings(t, c), "tls_unread", probe.Missing)
}
