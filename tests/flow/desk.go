// Package flow drives whole commands through the office over real adapters.
package flow

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
	"ayumi/infra/keyring"
	"ayumi/infra/memory"
)

// Desk is an office over a memory store and a real keyring.
type Desk struct {
	T      testing.TB
	Store  domain.EventStore
	Keys   *keyring.Keyring
	Office *office.Office
	Head   scenario.Head
	Runner *scenario.Runner
	n      int
}

// Open begins a scenario log in memory.
func Open(t testing.TB) *Desk {
	t.Helper()
	d := &Desk{T: t, Store: memory.New(), Head: scenario.Head{Origin: "test-log", Seed: "seed"}}
	keys, err := keyring.Open(t.TempDir(), keyring.Options{Seed: []byte(d.Head.Seed)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, keys.Close()) })
	d.Keys = keys
	d.Office = office.New(&domain.Decider{Store: d.Store, Keys: keys, Random: keyring.Seeded(d.Head.Seed), Origin: d.Head.Origin}, nil).Replaying().Counting(fromLog(d.T, d.Store))
	d.Runner = &scenario.Runner{Office: d.Office, Head: d.Head}
	require.NoError(t, d.Runner.Begin(context.Background(), scenario.Line{At: At("2019-04-01", 9)}))
	return d
}

// At is a time of a JST day.
func At(day string, hour int) time.Time {
	t, err := time.Parse("2006-01-02 -0700", day+" +0900")
	if err != nil {
		panic(err)
	}
	return t.Add(time.Duration(hour) * time.Hour)
}

// Data marshals command data.
func Data(t testing.TB, fields map[string]any) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(fields)
	require.NoError(t, err)
	return raw
}

// Try gives a command as one scenario line.
func (d *Desk) Try(at time.Time, by, command string, fields map[string]any) ([]domain.Receipt, error) {
	d.T.Helper()
	d.n++
	return d.Runner.Line(context.Background(), scenario.Line{Number: d.n, At: at, By: by, Command: command, Data: Data(d.T, fields)})
}

// Do gives a command that must succeed.
func (d *Desk) Do(at time.Time, by, command string, fields map[string]any) []domain.Receipt {
	d.T.Helper()
	r, err := d.Try(at, by, command, fields)
	require.NoError(d.T, err, command)
	return r
}

// Staff opens an account with roles.
func (d *Desk) Staff(code string, roles ...string) string {
	d.T.Helper()
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(code)).String()
	at := At("2019-04-01", 9)
	d.Do(at, "system", "account.open", map[string]any{"account": id, "kind": "staff", "desk": "D-TKY", "code": code, "name": "見本 " + code, "kana": "みほん"})
	for _, r := range roles {
		d.Do(at, "system", "account.grant_role", map[string]any{"account": id, "role": r})
	}
	return id
}

// fromLog counts what is proposed from the log.
func fromLog(t testing.TB, store domain.EventStore) office.Counts {
	t.Helper()
	book, err := indicator.Shipped()
	require.NoError(t, err)
	return indicator.LogCounts{Store: store, Book: book, Synthetic: true}
}
