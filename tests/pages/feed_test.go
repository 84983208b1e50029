package pages_test

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/domain/viewing"
)

var feedAddress = regexp.MustCompile(`https?://[^<"]+(/feed/[A-Z0-9]+\.ics)`)

// The feed of an account is read by a program that is signed in nowhere. It holds
// numbers, kinds and places and never a name, and ends when its holder or the office
// says so.
func TestACalendarFeed(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	today := japan.DateOf(time.Now())
	book := func(on japan.Date) (id string) {
		id = uuid.NewString()
		h.told(t, "co1", "case.make_booking", "case.booking_made", map[string]any{"case": h.file, "booking": id, "slot_on": on.String(), "slot_time": 930, "channel": "online", "desk": "D-TKY", "categories": []string{"job"}})
		return id
	}
	kept, called := book(today.Add(1)), book(today.Add(2))
	h.told(t, "co1", "case.plan_task", "case.task_planned", map[string]any{"case": h.file, "task": uuid.NewString(), "kind": "call_back", "due_on": today.Add(3).String(), "owner": h.account(t, "co1"), "wording": "髙橋さんへ電話"})
	h.told(t, "co1", "case.plan_task", "case.task_planned", map[string]any{"case": h.file, "task": uuid.NewString(), "kind": "other", "due_on": today.Add(3).String(), "owner": h.account(t, "ld1")})
	last := h.told(t, "co1", "case.cancel_booking", "case.booking_cancelled", map[string]any{"case": h.file, "booking": called, "by": "person"})
	require.NoError(t, h.Runner.Wait(t.Context(), last, "journeys"))

	require.Contains(t, co.page(t, "/calendar/feed"), "アドレスはまだありません")
	anew := func() string {
		status, body, _ := co.post(t, "/calendar/feed", url.Values{"act": {"new"}})
		require.Equal(t, http.StatusOK, status)
		return feedAddress.FindStringSubmatch(body)[1]
	}
	address := anew()
	require.NotContains(t, co.page(t, "/calendar/feed"), address, "it is told once")
	program := h.anybody(t)
	read := func(header ...string) (int, http.Header, string) {
		req, err := http.NewRequest(http.MethodGet, h.server.URL+address, nil)
		require.NoError(t, err)
		for i := 0; i+1 < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		res, err := program.Do(req)
		require.NoError(t, err)
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		return res.StatusCode, res.Header, string(body)
	}
	status, header, text := read()
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "text/calendar; charset=utf-8", header.Get("Content-Type"))
	require.Equal(t, 2, strings.Count(text, "BEGIN:VEVENT"), "one's own, and what was called off is gone\n%s", text)
	require.Contains(t, text, "UID:booking-"+kept+"@ayumi\r\n")
	require.Contains(t, text, "DTSTART;TZID=Asia/Tokyo:"+strings.ReplaceAll(today.Add(1).String(), "-", "")+"T093000\r\n")
	require.Contains(t, text, "SUMMARY:P-00001 ")
	require.NotRegexp(t, names, text)
	require.NotContains(t, text, "電話")
	looked, err := h.Access.Find(t.Context(), viewing.Filter{Limit: 1})
	require.NoError(t, err)
	require.Equal(t, []any{"GET /feed/{secret}", viewing.Follow, h.account(t, "co1"), 2}, []any{looked[0].Route, looked[0].Act, looked[0].Account, looked[0].Rows}, "and it is in the access log")

	_, again, same := read()
	require.Equal(t, text, same, "what has not changed is the same bytes")
	require.Equal(t, header.Get("ETag"), again.Get("ETag"))
	status, _, body := read("If-None-Match", header.Get("ETag"))
	require.Equal(t, http.StatusNotModified, status)
	require.Empty(t, body)
	last = h.told(t, "co1", "case.change_booking", "case.booking_changed", map[string]any{"case": h.file, "booking": kept, "slot_on": today.Add(5).String(), "slot_time": 1600, "channel": "phone"})
	require.NoError(t, h.Runner.Wait(t.Context(), last, "journeys"))
	status, _, moved := read("If-None-Match", header.Get("ETag"))
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, moved, "UID:booking-"+kept+"@ayumi\r\n", "it is the same appointment")
	require.Contains(t, moved, "T160000\r\n")

	old := address
	address = anew()
	require.NotEqual(t, old, address)
	status, _ = h.anybody(t).get(t, old)
	require.Equal(t, http.StatusNotFound, status, "the address before opens nothing")
	co.post(t, "/calendar/feed", url.Values{"act": {"end"}})
	status, _, _ = read()
	require.Equal(t, http.StatusNotFound, status)
	status, _ = h.as(t, "au1").get(t, "/calendar/feed")
	require.Equal(t, http.StatusForbidden, status)
}

// Who may keep cases no longer has no feed, whatever address is known.
func TestAFeedEndsWithTheRole(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, body, _ := co.post(t, "/calendar/feed", url.Values{"act": {"new"}})
	address := feedAddress.FindStringSubmatch(body)[1]
	status, _ := h.anybody(t).get(t, address)
	require.Equal(t, http.StatusOK, status)
	h.give(t, "ad1", "account.suspend", map[string]any{"account": h.account(t, "co1"), "reason": "leave"})
	require.Eventually(t, func() bool {
		status, _ := h.anybody(t).get(t, address)
		return status == http.StatusNotFound
	}, time.Minute, 50*time.Millisecond)
}
