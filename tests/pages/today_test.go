package pages_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
)

// list is the text of one list of the day.
func list(t *testing.T, page, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `id="`+id+`"`)
	require.True(t, ok, id)
	rest, _, _ = strings.Cut(rest, "</section>")
	return rest
}

func TestTheDayOfACounsellor(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	empty := co.page(t, "/today")
	for _, none := range []string{"今日の約束はありません。", "結果を記録していない約束はありません。", "期限を過ぎた連絡はありません。", "返事を待つ紹介はありません。", "確認を待つ成果はありません。", "重複の候補はありません。", "読んでいない申し送りはありません。"} {
		require.Contains(t, empty, none)
	}
	today := japan.DateOf(time.Now())
	book := func(on japan.Date, desk string) {
		h.told(t, "co1", "case.make_booking", "case.booking_made", map[string]any{"case": h.file, "booking": uuid.NewString(), "slot_on": on.String(), "slot_time": 1030,
			"channel": "online", "desk": desk, "categories": []string{"job"}})
	}
	book(today.Add(-2), "D-TKY")
	book(today, "D-TKY")
	book(today, "D-FKC") // another desk's
	co1 := uuid.NewSHA1(uuid.NameSpaceOID, []byte("co1")).String()
	ld1 := uuid.NewSHA1(uuid.NameSpaceOID, []byte("ld1")).String()
	plan := func(owner string, on japan.Date) uint64 {
		return h.told(t, "co1", "case.plan_task", "case.task_planned", map[string]any{"case": h.file, "task": uuid.NewString(), "kind": "call_back", "due_on": on.String(), "owner": owner})
	}
	plan(co1, today.Add(-3))
	plan(ld1, today.Add(-9)) // somebody else's
	last := plan(co1, today.Add(2))
	co.page(t, fmt.Sprintf("/people/%s?at=%d", h.person, last))

	page := co.page(t, "/today")
	due := list(t, page, "appointments")
	require.Contains(t, due, "10:30")
	require.Contains(t, due, "髙橋 例子")
	require.Equal(t, 1, strings.Count(due, "<li"), "of the own desk only")
	unlogged := list(t, page, "unlogged")
	require.Contains(t, unlogged, "2日前")
	require.Equal(t, 1, strings.Count(unlogged, "<li"))
	late := list(t, page, "late")
	require.Contains(t, late, "3日超過")
	require.NotContains(t, late, "9日超過")
	require.Contains(t, late, "期限の近いもの 1件")
	require.Contains(t, late, `href="/people/`+h.person+`#entry"`)
	require.Contains(t, page, `<b>1</b>`)

	other := h.as(t, "co9").page(t, "/today")
	require.NotContains(t, other, h.person, "another prefecture's work is not told")
	require.NotContains(t, other, "髙橋")
	status, _ := h.as(t, "au1").get(t, "/today")
	require.Equal(t, http.StatusForbidden, status)

	h.movesWork(t, co, page)
	status, body := co.get(t, "/today?asof=2/30")
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "2月に30日はありません")
}

var posts = regexp.MustCompile(`action="(/people/[^"]+/(due|drop|missed)|/records/[0-9]+/read)"|formaction="([^"]+)"`)

// presses are the addresses that a list's buttons post to.
func presses(text string) (out []string) {
	for _, m := range posts.FindAllStringSubmatch(text, -1) {
		out = append(out, cmp.Or(m[1], m[3]))
	}
	return out
}

// movesWork gives tasks another day and records who did not come, from the lists.
func (h *house) movesWork(t *testing.T, co *visitor, page string) {
	t.Helper()
	due := presses(list(t, page, "late"))
	require.Len(t, due, 2)
	status, body, _ := co.post(t, due[0], url.Values{"due": {"2/30"}, "reason": {"no_answer"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, list(t, body, "late"), `value="2/30"`, "what was typed stays")
	status, _, to := co.post(t, due[0], url.Values{"due": {"明日"}, "reason": {"no_answer"}})
	require.Equal(t, http.StatusSeeOther, status)
	after := co.page(t, to)
	require.NotContains(t, list(t, after, "late"), "<li")
	require.Contains(t, after, "期限の近いもの 2件")
	require.Contains(t, after, "を記録しました")
	status, _, to = co.post(t, due[1], url.Values{"reason": {"not_needed"}})
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, co.page(t, to), "期限の近いもの 1件")
	missed := presses(list(t, page, "unlogged"))
	require.Len(t, missed, 1)
	status, _, to = co.post(t, missed[0], url.Values{})
	require.Equal(t, http.StatusSeeOther, status)
	require.NotContains(t, list(t, co.page(t, to), "unlogged"), "<li")
	status, _, _ = co.post(t, missed[0], url.Values{})
	require.Equal(t, http.StatusNotFound, status, "it is no longer open")
	status, _, _ = h.as(t, "co9").post(t, due[1], url.Values{"reason": {"not_needed"}})
	require.Equal(t, http.StatusNotFound, status)
}

// A past day is shown as it stood when it began, and writes nothing.
func TestADayThatIsOver(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	now := time.Now()
	today, booking := japan.DateOf(now), uuid.NewString()
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	h.toldAt(t, ago(4), "co1", "case.make_booking", "case.booking_made", map[string]any{"case": h.file, "booking": booking, "slot_on": today.Add(-3).String(), "slot_time": 1030,
		"channel": "online", "desk": "D-TKY", "categories": []string{"job"}})
	at := h.toldAt(t, ago(1), "co1", "case.miss_booking", "case.booking_missed", map[string]any{"case": h.file, "booking": booking})
	co.page(t, fmt.Sprintf("/today?at=%d", at))

	day := func(n int) string { return co.page(t, "/today?asof="+today.Add(-n).String()) }
	due := day(3)
	require.Contains(t, due, `<body class="past"`)
	require.Contains(t, list(t, due, "appointments"), "10:30")
	require.Contains(t, list(t, due, "appointments"), "髙橋 例子")
	_, content, _ := strings.Cut(due, "<main")
	content, _, _ = strings.Cut(content, "</main>")
	require.NotContains(t, content, `method="post"`)
	require.NotContains(t, content, "/today/stream")
	require.NotContains(t, list(t, day(4), "appointments"), "<li", "not booked when that day began")
	require.Contains(t, list(t, day(1), "unlogged"), "2日前")
	require.NotContains(t, list(t, day(0), "unlogged"), "<li", "what was missed is recorded")
	require.NotContains(t, list(t, co.page(t, "/today"), "unlogged"), "<li")
}

// A colleague's note waits for who keeps the case, and a case that was handed over
// for its new owner; each ticks off their own.
func TestNotesWaitForWhoKeepsTheCase(t *testing.T) {
	h := open(t)
	co, ld := h.as(t, "co1"), h.as(t, "ld1")
	id := func(name string) string { return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String() }
	h.told(t, "co1", "case.add_note", "case.note_added", map[string]any{"case": h.file, "partition": "common", "text": "自分のための覚え"})
	at := h.told(t, "ld1", "case.add_note", "case.note_added", map[string]any{"case": h.file, "partition": "common", "text": "土曜の昼を希望。" + hostile})
	page := co.page(t, fmt.Sprintf("/today?at=%d", at))
	notes := list(t, page, "notes")
	require.Contains(t, notes, "土曜の昼を希望。&lt;script&gt;")
	require.NotContains(t, notes, "自分のための覚え")
	require.Contains(t, page, "未読 1")
	read := presses(notes)
	require.Equal(t, []string{fmt.Sprintf("/records/%d/read", at)}, read)
	status, _, _ := ld.post(t, read[0], url.Values{})
	require.Equal(t, http.StatusForbidden, status, "another does not read it for the owner")
	status, _, to := co.post(t, read[0], url.Values{})
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, co.page(t, to), "読んでいない申し送りはありません。")
	status, _, to = co.post(t, read[0], url.Values{})
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, co.page(t, to), "すでに保存しています")

	at = h.told(t, "co1", "case.hand_over", "case.handed_over", map[string]any{"case": h.file, "from_owner": id("co1"), "to_owner": id("ld1"), "from_desk": "D-TKY", "desk": "D-TKY",
		"reason": "april_change", "handover_note": "鍵の受け渡しは済み"})
	notes = list(t, ld.page(t, fmt.Sprintf("/today?at=%d", at)), "notes")
	require.Contains(t, notes, "鍵の受け渡しは済み")
	require.Contains(t, notes, "担当の引継ぎ")
	status, _, _ = co.post(t, presses(notes)[0], url.Values{})
	require.Equal(t, http.StatusForbidden, status)
	status, _, to = ld.post(t, presses(notes)[0], url.Values{})
	require.Equal(t, http.StatusSeeOther, status)
	notes = list(t, ld.page(t, to), "notes")
	require.NotContains(t, notes, "鍵の受け渡しは済み")
	require.Contains(t, notes, "自分のための覚え", "what was noted before is new to the new owner")
	yesterday := ld.page(t, "/today?asof="+japan.DateOf(time.Now()).Add(-1).String())
	require.NotContains(t, list(t, yesterday, "notes"), "<li")
}

// Two records of one name are named once somebody suspects them, with their points.
func TestRecordsThatLookAlikeAreListed(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	second := uuid.NewString()
	h.told(t, "co1", "person.register", "person.registered", map[string]any{"person": second, "kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja",
		"student": false, "family": "高橋", "given": "例子", "search": "s2"})
	at := h.told(t, "co1", "person.suspect_duplicate", "person.duplicate_suspected", map[string]any{"person": second, "other": h.person, "score": 75, "signals": []string{"phone", "kana"}})
	alike := list(t, co.page(t, fmt.Sprintf("/today?at=%d", at)), "pairs")
	require.Contains(t, alike, "<b>75</b>")
	require.Contains(t, alike, "高橋 例子")
	require.Contains(t, alike, "髙橋 例子")
	at = h.told(t, "co1", "person.dismiss_duplicate", "person.duplicate_dismissed", map[string]any{"person": second, "other": h.person, "reason": "different_person"})
	require.NotContains(t, list(t, co.page(t, fmt.Sprintf("/today?at=%d", at)), "pairs"), "<li")
}

// An open page of the day hears that its lists moved, and how much, without a name.
func TestTheDayHearsWhatMoves(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	from := regexp.MustCompile(`/today/stream\?from=[0-9]+`).FindString(co.page(t, "/today"))
	require.NotEmpty(t, from)
	lines := co.listen(t, from)
	today := japan.DateOf(time.Now())
	h.told(t, "ld1", "case.plan_task", "case.task_planned", map[string]any{"case": h.file, "task": uuid.NewString(), "kind": "call_back", "due_on": today.String(),
		"owner": uuid.NewSHA1(uuid.NameSpaceOID, []byte("ld1")).String()}) // another's
	h.told(t, "ld1", "case.add_note", "case.note_added", map[string]any{"case": h.file, "partition": "common", "text": "土曜の昼を希望。"})
	for line := range lines {
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			require.Contains(t, data, "一覧に1件の動きがあります")
			require.NotContains(t, data, "土曜")
			return
		}
	}
	require.Fail(t, "nothing was told")
}

// listen reads the lines of a stream until the test ends.
func (v *visitor) listen(t *testing.T, path string) <-chan string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, v.h.server.URL+path, nil)
	require.NoError(t, err)
	res, err := v.Do(req)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, res.StatusCode)
	t.Cleanup(func() { res.Body.Close() })
	out := make(chan string)
	go func() {
		defer close(out)
		for in := bufio.NewScanner(res.Body); in.Scan(); {
			select {
			case out <- in.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
