package pages_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
)

// TestWebhooksAreKeptByTheirOfficers adds a receiver, sees it told of what is recorded
// and of nothing else, and does with it what can be done.
func TestWebhooksAreKeptByTheirOfficers(t *testing.T) {
	h := open(t, func(c *app.Config) { c.WebhooksInside = true })
	var mu sync.Mutex
	var told []string
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		told = append(told, string(body))
	}))
	defer receiver.Close()
	all := func() string { mu.Lock(); defer mu.Unlock(); return strings.Join(told, "\n") }

	for _, who := range []string{"co1", "ld1", "an1", "mg1", "au1", "ro1"} {
		v := h.as(t, who)
		status, _ := v.get(t, "/webhooks")
		require.Equal(t, http.StatusForbidden, status, who)
		status, _, _ = v.post(t, "/webhooks", url.Values{"url": {receiver.URL}})
		require.Equal(t, http.StatusForbidden, status, who)
		require.NotContains(t, v.page(t, "/status"), `href="/webhooks"`)
	}
	ad := h.as(t, "ad1")
	require.Contains(t, ad.page(t, "/status"), `href="/webhooks"`)
	require.Contains(t, ad.page(t, "/webhooks"), "送り先はまだありません")
	status, page, _ := ad.post(t, "/webhooks", url.Values{"url": {"ftp://x"}, "types": {"case.opened"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, page, "このアドレスには送れません")
	require.Contains(t, page, `value="ftp://x"`, "nothing typed is lost")
	require.Contains(t, page, ">case.opened</textarea>")
	status, page, _ = ad.post(t, "/webhooks", url.Values{"url": {receiver.URL}, "types": {"account.opened"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, page, "外部に出さない種類")

	status, page, _ = ad.post(t, "/webhooks", url.Values{"url": {receiver.URL + "/in?key=s"}, "types": {"case.stage_changed\ncase.consultation_held"}})
	require.Equal(t, http.StatusOK, status)
	require.Regexp(t, `whsec_[A-Za-z0-9+/&#;0-9]{40,}`, page)
	page = ad.page(t, "/webhooks")
	require.NotContains(t, page, "whsec_", "the key is shown once")
	require.NotContains(t, page, "key=s")
	at := regexp.MustCompile(`href="(/webhooks/[0-9a-f-]{36})"`).FindStringSubmatch(page)
	require.NotNil(t, at)

	raw, err := json.Marshal(map[string]any{"case": h.file, "from": "interest", "to": "compare"})
	require.NoError(t, err)
	h.asked(t, h.as(t, "co1"), "/commands/case.change_stage", raw)
	require.Eventually(t, func() bool { return strings.Contains(all(), `"type":"case.stage_changed"`) }, time.Minute, 20*time.Millisecond)
	require.NotContains(t, all(), "case.opened", "what was recorded before is not told")

	status, page, _ = ad.post(t, at[1], url.Values{"act": {"test"}})
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "届きました")
	require.Contains(t, all(), `"type":"ayumi.test"`)
	again := regexp.MustCompile(`name="position" value="(\d+)"`).FindStringSubmatch(ad.page(t, at[1]))
	require.NotNil(t, again)
	status, _, _ = ad.post(t, at[1], url.Values{"act": {"again"}, "position": {again[1]}})
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, 2, strings.Count(all(), `"type":"case.stage_changed","subject"`))
	status, _, to := ad.post(t, at[1], url.Values{"act": {"pause"}})
	require.Equal(t, []any{http.StatusSeeOther, at[1]}, []any{status, to})
	require.Contains(t, h.as(t, "po1").page(t, at[1]), "止めています")
	for _, bad := range []url.Values{{"act": {"burn"}}, {"act": {"again"}, "position": {"x"}}, {"act": {"again"}, "position": {"1"}}} {
		status, _, _ = ad.post(t, at[1], bad)
		require.Equal(t, http.StatusNotFound, status, bad)
	}

	// The same through the API, whose word for the pages is the same.
	list := apiAnswer[[]api.Webhook](t, ad, "/api/v1/webhooks", 200)
	require.Equal(t, []any{1, "paused", receiver.URL + "/in?key=s"}, []any{len(list), list[0].State, list[0].URL})
	require.NotEmpty(t, apiAnswer[[]api.WebhookDelivery](t, ad, "/api/v1/webhooks/"+list[0].ID+"/deliveries", 200))
	apiAnswer[api.Problem](t, h.as(t, "co1"), "/api/v1/webhooks", 403)
	h.asked(t, ad, "/webhooks/"+list[0].ID+"/resume", nil)
	require.Equal(t, "active", apiAnswer[[]api.Webhook](t, ad, "/api/v1/webhooks", 200)[0].State)

	status, page, _ = ad.post(t, at[1], url.Values{"act": {"remove"}})
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "送り先を削除しました")
	status, _ = ad.get(t, at[1])
	require.Equal(t, http.StatusNotFound, status)

	found, err := h.Access.Find(t.Context(), viewing.Filter{Act: viewing.Export, Limit: 100})
	require.NoError(t, err)
	acts := map[string]bool{}
	for _, e := range found {
		acts[e.Reason] = true
	}
	for _, act := range []string{"add", "test", "again", "pause", "resume", "remove"} {
		require.True(t, acts["webhook_"+act], act)
	}
	for _, secret := range []string{"髙橋", "alert(1)"} {
		require.NotContains(t, all(), secret)
	}
}

// asked gives a command or another request of the API that must succeed.
func (h *house) asked(t *testing.T, v *visitor, path string, body []byte) {
	t.Helper()
	req, err := http.NewRequest("POST", h.server.URL+"/api/v1"+path, bytes.NewReader(body))
	require.NoError(t, err)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Idempotency-Key", "7b4b33a6-3c62-4b83-a6cb-2b5a3f41d9a1")
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Less(t, res.StatusCode, 300, string(answer))
}
