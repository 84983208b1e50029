package app

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/witness"
)

// One instance asks the witnesses; every one of them shows what they signed.
func TestEveryInstanceShowsWhatWitnessesSigned(t *testing.T) {
	share := shared(t)
	h := build(t, share)
	a := h.open()
	key := a.Sealer.Status().Key
	under, err := ledgerfile.KeyUnder(key, AccessOrigin(a.Origin))
	require.NoError(t, err)
	require.NoError(t, a.Close())
	var logs []note.Verifier
	for _, k := range []string{key, under} {
		v, err := ledger.NewVerifier(k)
		require.NoError(t, err)
		logs = append(logs, v)
	}
	w, err := witness.Open(filepath.Join(t.TempDir(), "witness"), "w.example/witness", logs, h.clock.now)
	require.NoError(t, err)
	server := httptest.NewServer(WitnessHandler(w))
	t.Cleanup(server.Close)
	policy := filepath.Join(t.TempDir(), "policy")
	require.NoError(t, os.WriteFile(policy, []byte("witness "+w.Key()+" "+server.URL+WitnessPrefix+"\nquorum 1\n"), 0o600))
	h.share = func(c *Config) {
		share(c)
		c.WitnessPolicy, c.SealEvery = policy, 50*time.Millisecond
	}
	one, two := h.open(), h.openIn("second")
	require.True(t, one.Runner.Leads())
	for _, a := range []*App{one, two} {
		require.Eventually(t, func() bool {
			tree := a.witnessed().Trees[0]
			return tree.Signed == 1 && tree.Enough > 0 && tree.Witnesses[0].Word == "ok"
		}, time.Minute, 20*time.Millisecond)
	}
	require.NoError(t, two.Close())
	require.NoError(t, one.Close())
}
