package pages_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/cmd/app"
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

// again closes the product, lets something happen to its files, and serves it anew.
func (h *house) again(t *testing.T, happen func(data string)) {
	t.Helper()
	h.server.Close()
	require.NoError(t, h.Close())
	happen(h.Config.Data)
	var err error
	h.App, err = app.Open(context.Background(), h.Config)
	require.NoError(t, err)
	require.NoError(t, h.Ready(context.Background(), time.Minute))
	handler, err := h.Handler()
	require.NoError(t, err)
	h.server = httptest.NewServer(h.watched(handler))
	t.Cleanup(h.server.Close)
}

// Where the log is not the one that was signed, everybody is told in words what is
// wrong and what to do, and the office goes on: after an old copy of the log was put
// back, and after a record was changed.
func TestAForkIsToldInWords(t *testing.T) {
	h := open(t)
	var old []byte
	h.again(t, func(data string) {
		var err error
		old, err = os.ReadFile(filepath.Join(data, "log.db"))
		require.NoError(t, err)
	})
	before, err := h.Store.Head(t.Context())
	require.NoError(t, err)
	action, f := h.entry(t, h.as(t, "co1").page(t, "/people/"+h.person))
	status, _, _ := h.as(t, "co1").post(t, action, f)
	require.Equal(t, http.StatusSeeOther, status)
	signed, err := h.Sealer.Checkpoint(t.Context())
	require.NoError(t, err)
	require.Contains(t, h.as(t, "ad1").page(t, "/status"), "記録は、署名した検証点のすべてと一致しています。")
	grown, err := h.Store.Head(t.Context())
	require.NoError(t, err)

	h.again(t, func(data string) {
		for _, name := range []string{"log.db-wal", "log.db-shm"} {
			require.NoError(t, os.RemoveAll(filepath.Join(data, name)))
		}
		require.NoError(t, os.WriteFile(filepath.Join(data, "log.db"), old, 0o600))
	})
	_, err = h.Sealer.Checkpoint(t.Context())
	require.ErrorContains(t, err, "FORK")
	for language, want := range map[string][]string{
		"ja": {"不一致", "新しい署名はしません", fmt.Sprintf("署名の時は%d件、今は%d件です。", grown.Position, before.Position)},
		"en": {"Does not fit", "Nothing is signed any more", fmt.Sprintf("%d records were signed, there are %d.", grown.Position, before.Position)},
	} {
		for _, who := range []string{"ad1", "co1"} {
			_, page := h.as(t, who).get(t, "/status", "Accept-Language", language)
			for _, words := range want {
				require.Contains(t, page, words, who)
			}
		}
	}
	tree, _, _ := strings.Cut(string(signed), "\n\n")
	require.True(t, strings.HasPrefix(h.as(t, "au1").page(t, "/checkpoint"), tree+"\n\n"), "the newest that was signed stays")
	action, f = h.entry(t, h.as(t, "co1").page(t, "/people/"+h.person))
	status, _, _ = h.as(t, "co1").post(t, action, f)
	require.Equal(t, http.StatusSeeOther, status, "recording goes on")
	_, err = h.Sealer.Checkpoint(t.Context())
	require.ErrorContains(t, err, "FORK", "as long as it was, and another")
}
