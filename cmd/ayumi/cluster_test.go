package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// What the command makes, with the options of docker-compose.yml, is a configuration
// that is good, and shows no password.
func TestTheClusterIsConfigured(t *testing.T) {
	text, err := os.ReadFile("../../docker-compose.yml")
	require.NoError(t, err)
	var c struct {
		Services map[string]struct{ Environment map[string]string }
	}
	require.NoError(t, yaml.Unmarshal(text, &c))
	dir := filepath.Join(t.TempDir(), "secrets")
	said, err := run("cluster", "init", "--dir", dir, "ayumi.example.lg.jp")
	require.NoError(t, err)
	require.Contains(t, said, "OFFICE_HOST=ayumi.example.lg.jp docker compose up")
	_, err = run("cluster", "init", "--dir", dir, "ayumi.example.lg.jp")
	require.ErrorContains(t, err, "Nothing is overwritten")
	_, err = run("cluster", "init", "--dir", dir+"2", "no name")
	require.ErrorContains(t, err, "no name")
	_, err = run("cluster", "init", "--dir", dir+"2")
	require.ErrorContains(t, err, "ayumi.example.lg.jp")

	address, err := os.ReadFile(filepath.Join(dir, "kurrentdb")) // it names a file of the container
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "kurrentdb"), []byte(strings.Replace(string(address), "/run/secrets", dir, 1)), 0o600))
	for key, value := range c.Services["ayumi-2"].Environment {
		value = strings.Replace(value, "/run/secrets", dir, 1)
		if before, rest, cut := strings.Cut(value, "${OFFICE_HOST:?"); cut {
			_, after, _ := strings.Cut(rest, "}")
			value = before + "ayumi.example.lg.jp" + after
		}
		t.Setenv(key, value)
	}
	said, err = run("config", "--data", t.TempDir())
	require.NoError(t, err)
	for _, want := range []string{"tls://nats-1:4222,tls://nats-2:4222,tls://nats-3:4222", "https://ayumi.example.lg.jp", "@kurrentdb:2113?tlsCAFile=", "@postgres/ayumi_keys", "@postgres/ayumi_read_models", "@postgres/ayumi_access"} {
		require.Contains(t, said, want)
	}
	for _, name := range []string{"kurrentdb", "keys", "keys-owner", "access", "read-models-owner"} {
		secret, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		_, rest, _ := strings.Cut(string(secret), "://")
		_, rest, _ = strings.Cut(rest, ":")
		password, _, found := strings.Cut(rest, "@")
		require.True(t, found, name)
		require.NotContains(t, said, password, name)
	}
	_, err = run("bus", "remake", "--nats", "", "--replicas", "1")
	require.ErrorContains(t, err, "no NATS servers")
}
