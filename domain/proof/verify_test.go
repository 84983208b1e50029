package proof_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/proof"
	"ayumi/tests/bundles"
)

func check(raw []byte, v *proof.Verifier) *proof.Report {
	return v.Verify(bytes.NewReader(raw), int64(len(raw)))
}

func keys(r *proof.Report) (out []string) {
	for _, c := range r.Checks {
		out = append(out, c.Key)
	}
	return out
}

func TestAuditEditionVerifies(t *testing.T) {
	w, raw := bundles.Whole(1100, "C0@D-TKY", "C1@D-TKY", "K1@D-TKY", "P0@31")
	r := check(raw, &proof.Verifier{Trust: w.Trust()})
	require.Equal(t, proof.Verified, r.Exit(), "%v", r.Checks)
	require.Equal(t, []string{"ok.keys", "ok.file", "ok.checkpoint", "ok.tiles", "ok.seal", "ok.seal", "ok.seal", "ok.seal", "ok.chain",
		"ok.definition", "ok.definition", "ok.definition", "ok.definition", "ok.logged", "ok.tree", "ok.recount", "ok.recount", "ok.recount", "ok.recount"}, keys(r))
	require.NotEqual(t, "0", r.Seals[0].Counted)
	for _, s := range r.Seals {
		require.Equal(t, s.Sealed, s.Counted)
	}
	for _, c := range r.Checks {
		for _, language := range []string{"ja", "en"} {
			require.NotContains(t, c.Say(language), "{")
			require.NotEqual(t, c.Key, c.Say(language))
		}
	}
}
