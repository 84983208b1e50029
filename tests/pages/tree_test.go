package pages_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain"
	"ayumi/domain/ledger"
)

// Every record says under which checkpoint it lies, and its proof can be checked by
// who has the key and the record, and nothing else.
func TestRecordsLieUnderACheckpoint(t *testing.T) {
	h := open(t)
	_, err := h.Sealer.Checkpoint(context.Background())
	require.NoError(t, err)
	au := h.as(t, "au1")
	require.Contains(t, au.page(t, "/audit"), "検証点 ")
	record := au.page(t, h.record())
	require.Contains(t, record, "の下にあります")
	proof := au.page(t, h.record()+"/proof")
	p, err := ledger.ParseInclusion([]byte(proof))
	require.NoError(t, err)
	key, err := ledger.NewVerifier(h.Sealer.Status().Key)
	require.NoError(t, err)
	for rec, err := range h.Store.All(context.Background(), uint64(p.Index)) {
		require.NoError(t, err)
		leaf, err := domain.Leaf(rec.Body)
		require.NoError(t, err)
		_, _, err = p.Check(leaf, []note.Verifier{key}, nil)
		require.NoError(t, err)
		break
	}
	for _, who := range []string{"co1", "au1", "ad1"} {
		_, signed := h.as(t, who).get(t, "/checkpoint")
		_, _, err := ledger.OpenTreeHead([]byte(signed), []note.Verifier{key}, nil)
		require.NoError(t, err, "anybody of the house may keep it elsewhere")
	}
	status, _ := h.as(t, "ad1").get(t, h.record()+"/proof")
	require.Equal(t, 403, status)
	for _, odd := range []string{"/records/0/proof", "/records/999999999/proof", "/records/x/proof"} {
		status, _ := au.get(t, odd)
		require.Equal(t, 404, status, odd)
	}
	page := h.as(t, "ad1").page(t, "/status")
	require.Contains(t, page, "記録の検証点")
	require.Contains(t, page, "検証鍵")
	require.False(t, strings.Contains(h.as(t, "co1").page(t, "/status"), "検証鍵"))
}
