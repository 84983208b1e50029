package bus_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"ayumi/domain/probe"
	"ayumi/infra/bus"
)

// serving starts a server of a configuration, with JetStream unless it is told otherwise.
func serving(t *testing.T, jet bool, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "nats.conf")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	o, err := server.ProcessConfigFile(path)
	require.NoError(t, err)
	o.JetStream, o.StoreDir, o.Host, o.Port, o.NoSigs, o.NoLog = jet, t.TempDir(), "127.0.0.1", server.RANDOM_PORT, true, true
	s, err := server.NewServer(o)
	require.NoError(t, err)
	go s.Start()
	require.True(t, s.ReadyForConnections(10*time.Second))
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s.ClientURL()
}

// user makes credentials that servers know by the public half.
func user(t *testing.T) (path, public string) {
	t.Helper()
	seed, public, err := bus.NewUser()
	require.NoError(t, err)
	path = filepath.Join(t.TempDir(), "app.nk")
	require.NoError(t, os.WriteFile(path, []byte(seed), 0o600))
	return path, public
}

func probed(t *testing.T, url, credentials string) (probe.Bus, error) {
	t.Helper()
	return bus.Probe(t.Context(), bus.Config{URL: url, Credentials: credentials, Patience: 3 * time.Second})
}

func TestAProbeOfAServerWithoutRules(t *testing.T) {
	url := serving(t, true, "")
	b, err := probed(t, url, "")
	require.NoError(t, err)
	require.NoError(t, b.JetStream)
	require.NoError(t, b.Publish)
	require.False(t, b.Stream)
	require.True(t, b.Remove, "nobody keeps these credentials from removing streams")
	require.True(t, b.Local)

	nc, err := nats.Connect(url)
	require.NoError(t, err)
	defer nc.Close()
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	_, err = js.CreateStream(t.Context(), jetstream.StreamConfig{Name: bus.StreamName, Subjects: []string{"ayumi.events.>"}})
	require.NoError(t, err)
	for range 2 {
		b, err = probed(t, url, "")
		require.NoError(t, err)
		require.NoError(t, b.Publish)
	}
	require.True(t, b.Stream)
	require.Equal(t, 1, b.Replicas)
	require.False(t, b.Sealed, "this stream lets messages be deleted")
	require.NotNil(t, b.Ahead)
	require.Less(t, b.Ahead.Abs(), time.Second+b.Within)
	stream, err := js.Stream(t.Context(), bus.StreamName)
	require.NoError(t, err)
	require.Zero(t, stream.CachedInfo().State.Msgs, "nothing was stored, and nothing removed")
}

func TestAProbeTellsWhatCredentialsMay(t *testing.T) {
	app, public := user(t)
	mute, mutePublic := user(t)
	url := serving(t, true, fmt.Sprintf(`accounts { A { jetstream: enabled, users: [
		{nkey: %s, permissions: {publish: {allow: ["ayumi.>", "$JS.API.STREAM.INFO.AYUMI"]}, subscribe: {allow: ["_INBOX_ayumi.>"]}}}
		{nkey: %s, permissions: {publish: {allow: ["$JS.API.STREAM.INFO.AYUMI"]}, subscribe: {allow: ["_INBOX_ayumi.>"]}}}
	] } }`, public, mutePublic))
	b, err := probed(t, url, app)
	require.NoError(t, err)
	require.NoError(t, b.JetStream)
	require.NoError(t, b.Publish)
	require.False(t, b.Remove)

	b, err = probed(t, url, mute)
	require.NoError(t, err)
	require.ErrorContains(t, b.Publish, "ermissions", "it may not publish events")

	stranger, _ := user(t)
	_, err = probed(t, url, stranger)
	require.Error(t, err, "the server does not know them")
}

func TestAProbeWithoutJetStreamOrServer(t *testing.T) {
	b, err := probed(t, serving(t, false, ""), "")
	require.NoError(t, err)
	require.Error(t, b.JetStream)
	_, err = probed(t, "nats://127.0.0.1:1", "")
	require.Error(t, err)
}
