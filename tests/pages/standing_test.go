package pages_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/cmd/app"
	"ayumi/domain/ledger"
	"ayumi/infra/witness"
)

// TestTheStateOfWitnessesAndOfTheAccessLogsTree has a real witness sign both trees.
func TestTheStateOfWitnessesAndOfTheAccessLogsTree(t *testing.T) {
	h := open(t)
	ad := h.as(t, "ad1")
	_, err := h.AccessSealer.Checkpoint(context.Background())
	require.NoError(t, err)
	page := ad.page(t, "/status")
	require.Contains(t, page, "証人を置いていません")
	require.Contains(t, page, "署名した先頭のすべてと一致しています")
	require.Contains(t, page, "見本のため、鍵はデータと同じ場所にあります")
	require.NotContains(t, page, "<dt>理由</dt><dd></dd>", "an empty reason says nothing")
	require.NotContains(t, page, ">理由</th>")
	status, head := h.as(t, "co1").get(t, "/access-log/checkpoint")
	require.Equal(t, 200, status)
	key, err := ledger.NewVerifier(h.AccessSealer.Status().Key)
	require.NoError(t, err)
	signed, _, err := ledger.OpenTreeHead([]byte(head), []note.Verifier{key}, nil)
	require.NoError(t, err)
	require.Equal(t, app.AccessOrigin(h.Origin), signed.Origin)

	// A witness that knows no log yet, and then both.
	dir, knows := t.TempDir(), atomic.Pointer[witness.Server]{}
	learn := func(logs ...note.Verifier) *witness.Server {
		w, err := witness.Open(dir, "okayama.example/w", logs, time.Now)
		require.NoError(t, err)
		knows.Store(w)
		return w
	}
	w := learn()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { knows.Load().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	policy := filepath.Join(t.TempDir(), "policy")
	require.NoError(t, os.WriteFile(policy, []byte("witness "+w.Key()+" "+server.URL+"\nquorum 1\n"), 0o600))
	h = open(t, func(c *app.Config) { c.WitnessPolicy, c.SealEvery = policy, 50*time.Millisecond })
	ad = h.as(t, "ad1")
	shows := func(each, all string) { // of both trees, and so of the whole
		t.Helper()
		require.Eventually(t, func() bool {
			_, err := h.AccessSealer.Checkpoint(context.Background())
			require.NoError(t, err)
			page = ad.page(t, "/status")
			return strings.Count(page, each) == 2 && strings.Count(page, all) == 3
		}, time.Minute, 200*time.Millisecond, each)
	}
	shows("証人がこの記録を知りません", "署名が足りません")
	require.Contains(t, page, "status 404", "the cause, for who administers")
	require.NotContains(t, h.as(t, "co1").page(t, "/status"), "status 404")
	var logs []note.Verifier
	for _, key := range []string{h.Sealer.Status().Key, h.AccessSealer.Status().Key} {
		v, err := ledger.NewVerifier(key)
		require.NoError(t, err)
		logs = append(logs, v)
	}
	learn(logs...)
	shows("署名済み", "方針どおり")
	require.NotContains(t, page, "署名が足りません")
}
