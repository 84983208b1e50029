package flow

import (
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
	"ayumi/infra/keyring"
	"ayumi/infra/memory"
)

// Play carries a whole scenario out in memory. No line of it may be refused.
func Play(t testing.TB, r io.Reader) *Desk {
	t.Helper()
	lines, err := scenario.Parse(r)
	require.NoError(t, err)
	head, rest, err := scenario.HeadOf(lines, scenario.Head{})
	require.NoError(t, err)
	d := &Desk{T: t, Store: memory.New(), Head: head}
	d.Keys, err = keyring.Open(t.TempDir(), keyring.Options{Seed: []byte(head.Seed)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Keys.Close()) })
	decider := &domain.Decider{Store: d.Store, Keys: d.Keys, Random: keyring.Seeded(head.Seed), Origin: head.Origin}
	d.Office = office.New(decider, nil).Replaying().Counting(fromLog(d.T, d.Store))
	d.Runner = &scenario.Runner{Office: d.Office, Head: head}
	require.NoError(t, d.Runner.Begin(context.Background(), lines[0]))
	for _, l := range rest {
		_, err := d.Runner.Line(context.Background(), l)
		require.NoError(t, err, "%s by %s: %s", l.Command, l.By, l.Data)
	}
	return d
}
