package pages_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/projections"
)

// TestOperatorsSeeTheirInstance: where everything lies, the epochs of keys, what leaves,
// and what a read model set aside, which is tried again when it is made again.
func TestOperatorsSeeTheirInstance(t *testing.T) {
	h := open(t, func(c *app.Config) { c.Outside = true })
	ad := h.as(t, "ad1")
	require.Eventually(t, func() bool { o := h.Bus.Outside(); return o.Word == "bus.ok" && o.Messages > 0 }, time.Minute, 10*time.Millisecond)
	page := ad.page(t, "/status")
	for _, want := range []string{"このサーバー", "内蔵（1つのファイル）", "内蔵のNATS", "データフォルダー", "画面用の表を書いています", "鍵の期", "いま使う鍵", "外部に流れる事実", "流した事実"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, "読めずに除いた記録")
	for _, who := range []string{"co1", "mg1", "po1"} {
		v := h.as(t, who)
		require.NotContains(t, v.page(t, "/status"), "このサーバー", who)
		status, _, _ := v.post(t, "/status", url.Values{"model": {"journeys"}})
		require.Equal(t, http.StatusForbidden, status, who)
	}
	status, _, _ := ad.post(t, "/status", url.Values{"model": {"x"}})
	require.Equal(t, http.StatusNotFound, status)

	at := h.unreadable(t, domain.StreamName("case", h.file))
	require.NoError(t, h.Runner.Wait(t.Context(), at, "journeys"))
	page = ad.page(t, "/status")
	require.Contains(t, page, "読めずに除いた記録")

	status, page, _ = ad.post(t, "/status", url.Values{"model": {"journeys"}})
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "歩みの作り直しを始めました")
	require.Eventually(t, func() bool {
		for _, s := range h.Runner.Status() {
			if s.Name == "journeys" {
				return s.Building == 100 && s.Parked == 1
			}
		}
		return false
	}, time.Minute, 20*time.Millisecond)
}

// unreadable records an event that no read model can take up.
func (h *house) unreadable(t *testing.T, stream string) uint64 {
	t.Helper()
	id := uuid.New()
	facts := `{"event_id":"` + id.String() + `","recorded_at":"no time","stream":"` + stream + `","type":"case.stage_changed","type_version":1,"version":4}`
	body := domain.FormatBody(domain.Body{Facts: domain.Facts(facts), Salt: make([]byte, domain.SaltSize)})
	var at domain.Token
	for r, err := range h.Store.Stream(t.Context(), stream, 0) {
		require.NoError(t, err)
		at = domain.Token{Version: r.Version, Position: r.Position}
	}
	_, err := h.Store.Append(t.Context(), domain.Commit{Stream: stream, At: at, Events: []domain.Recorded{{ID: id, Stream: stream, Version: at.Version + 1, Type: "case.stage_changed", Body: body}}})
	require.NoError(t, err)
	head, err := h.Store.Head(t.Context())
	require.NoError(t, err)
	return head.Position
}

// The day's work goes on while counting and the audit trail have stopped: who saved
// finds what was saved.
func TestWorkGoesOnWhileAReadModelStandsStill(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	require.NotContains(t, co.page(t, "/today"), "更新が止まっている")
	an := h.as(t, "an1")
	_, _, to := an.closing(t, an.page(t, "/closing/2019"), "open")
	_, _, to = an.closing(t, an.page(t, to), "cutoff", "kind", "year_close", "to", "令和2年3月31日", "known_at", "R2.4.30")
	closing := an.page(t, to)
	at := h.unreadable(t, domain.StreamName("case", uuid.NewString()))
	require.ErrorIs(t, h.Runner.Wait(t.Context(), at), projections.ErrStopped)
	require.NoError(t, h.Runner.Wait(t.Context(), at, "journeys"))
	require.Contains(t, h.as(t, "ad1").page(t, "/status"), "停止")
	stopped := at
	at = h.told(t, "co1", "case.add_note", "case.note_added", map[string]any{"case": h.file, "partition": "common", "text": "土曜の昼を希望。"})
	require.Contains(t, co.page(t, fmt.Sprintf("/people/%s?at=%d", h.person, at)), "土曜の昼を希望。")
	for _, address := range []string{"/today", "/calendar", "/people", "/referrals", "/indicators"} {
		require.Contains(t, co.page(t, address), fmt.Sprintf("「指標」は#%04dまで。", stopped-1), address)
	}
	status, body, _ := an.closing(t, closing, "check")
	require.Equal(t, http.StatusUnprocessableEntity, status, "a year is not checked with less than was recorded")
	require.Contains(t, body, "読み取り用の表の更新が止まっています")
}
