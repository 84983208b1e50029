package app

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/tests/postgres"
	"ayumi/tests/standin"
)

// shared puts everything but the files of an instance where others reach it too.
func shared(t *testing.T) func(*Config) {
	read, keys, access := postgres.Open(t), postgres.Open(t), postgres.Open(t)
	log, err := standin.Start(standin.NewLog())
	require.NoError(t, err)
	t.Cleanup(log.Stop)
	bus, err := server.NewServer(&server.Options{JetStream: true, StoreDir: t.TempDir(), Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true})
	require.NoError(t, err)
	bus.Start()
	t.Cleanup(bus.Shutdown)
	require.True(t, bus.ReadyForConnections(10*time.Second))
	secrets := filepath.Join(t.TempDir(), "secrets")
	return func(c *Config) {
		c.Engine, c.KurrentDB, c.NATS, c.Origin = KurrentDB, log.URL(), bus.ClientURL(), "town"
		c.ReadModels, c.ReadModelsOwner, c.Keys, c.KeysOwner, c.Access, c.AccessOwner = read.App, read.Owner, keys.App, keys.Owner, access.App, access.Owner
		c.Secrets, c.KEKDir = secrets, ""
	}
}

// TestAnErasureIsFeltByEveryInstance: it is ordered through one, carried out by the one
// that leads, and no instance opens anything of the person afterwards.
func TestAnErasureIsFeltByEveryInstance(t *testing.T) {
	h := build(t, shared(t))
	one, two := h.open(), h.openIn("second")
	require.True(t, one.Runner.Leads())
	require.False(t, two.Runner.Leads())
	var nonce [12]byte
	box, err := one.Keys.Seal(ctx, h.person, nonce, []byte(plantedNote), nil)
	require.NoError(t, err)
	for _, a := range []*App{one, two} {
		plain, err := a.Keys.Open(ctx, h.person, box, nil)
		require.NoError(t, err)
		require.Equal(t, plantedNote, string(plain))
		require.Equal(t, 1, a.People.Count())
	}
	h.order(two)
	for _, a := range []*App{one, two} {
		h.erased(a)
		_, err := a.Keys.Open(ctx, h.person, box, nil)
		require.ErrorIs(t, err, domain.ErrErased)
		_, err = a.Keys.Ensure(ctx, h.person)
		require.ErrorIs(t, err, domain.ErrErased)
		require.Eventually(t, func() bool { return a.People.Count() == 0 }, time.Minute, 10*time.Millisecond)
	}
	steps := map[string]int{}
	for rec, err := range one.Store.All(ctx, 0) {
		require.NoError(t, err)
		steps[rec.Type]++
	}
	require.Equal(t, 1, steps["person.erased"])

	// The next one that leads has nothing left to do.
	require.NoError(t, one.Close())
	require.Eventually(t, two.Runner.Leads, time.Minute, 10*time.Millisecond)
	third := h.openIn("third")
	for _, f := range third.Check(ctx) {
		require.Empty(t, f.Fault, f.What)
	}
	_, err = third.Keys.Open(ctx, h.person, box, nil)
	require.ErrorIs(t, err, domain.ErrErased)
	steps = map[string]int{}
	for rec, err := range two.Store.All(ctx, 0) {
		require.NoError(t, err)
		steps[rec.Type]++
	}
	require.Equal(t, 1, steps["person.erased"])
	require.NoError(t, third.Close())
	require.NoError(t, two.Close())
}
