package pages_test

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestACounsellorRecordsWithoutScript(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	page := co.page(t, "/people")
	require.Contains(t, page, "髙橋 例子")
	require.Contains(t, page, "/people/"+h.person)

	page = co.page(t, "/people/"+h.person)
	require.Contains(t, page, "<title>P-00001｜歩み Ayumi</title>", "no name in a title")
	require.Contains(t, page, "髙橋 例子")
	require.Contains(t, page, "&lt;script&gt;alert(1)", "what was typed is text")
	require.NotContains(t, page, "<script>alert")
	require.NotContains(t, page, "<img src=x")

	action, f := h.entry(t, page)
	f.Set("next", "来週土 15時 オンライン")
	status, _, to := co.post(t, action, f)
	require.Equal(t, 303, status)
	page = co.page(t, to)
	require.Contains(t, page, "空き家バンクを案内した")
	require.Contains(t, page, "を記録しました")
	require.Contains(t, page, "次の約束")

	status, _, to = co.post(t, action, f)
	require.Equal(t, 303, status, "the same press again")
	require.Contains(t, co.page(t, to), "同じ記録をすでに保存しています")
	require.Equal(t, 1, strings.Count(co.page(t, "/people/"+h.person), "空き家バンクを案内した"))
}

func TestWrongInputLosesNothing(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	action, f := h.entry(t, co.page(t, "/people/"+h.person))
	f.Set("memo", hostile+"  失われない")
	f.Set("when", "2/30")
	f.Set("next", "いつか")
	f.Del("categories")
	status, body, _ := co.post(t, action, f)
	require.Equal(t, 422, status)
	require.Contains(t, body, "失われない")
	require.NotContains(t, body, "<script>alert")
	require.Contains(t, body, `value="2/30"`)
	require.Contains(t, body, `value="いつか"`)
	require.Contains(t, body, f.Get("command_id"), "the same command")
	require.Contains(t, body, "2月に30日はありません")
	require.Contains(t, body, `href="#categories"`)

	status, body, _ = co.post(t, action, f, "HX-Request", "true")
	require.Equal(t, 422, status)
	require.NotContains(t, body, "<html")
	require.Contains(t, body, `href="#when"`)
}

func TestSomebodyElseWasFirst(t *testing.T) {
	h := open(t)
	co, ld := h.as(t, "co1"), h.as(t, "ld1")
	mine := co.page(t, "/people/"+h.person)
	action, f := h.entry(t, ld.page(t, "/people/"+h.person))
	f.Set("memo", "責任者の記録")
	status, _, _ := ld.post(t, action, f)
	require.Equal(t, 303, status)

	action, f = h.entry(t, mine)
	status, body, _ := co.post(t, action, f)
	require.Equal(t, 409, status)
	require.Contains(t, body, "責任者の記録", "what changed")
	require.Contains(t, body, "空き家バンクを案内した", "what was typed")
	again := form(t, body, action)
	require.NotEqual(t, f.Get("expected"), again.Get("expected"))
	f.Set("expected", again.Get("expected"))
	f.Set("keep", "both")
	status, _, to := co.post(t, action, f)
	require.Equal(t, 303, status)
	page := co.page(t, to)
	require.Contains(t, page, "責任者の記録")
	require.Contains(t, page, "空き家バンクを案内した")
}

func TestAnAnswerBringsThePageUpToDate(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	action, f := h.entry(t, co.page(t, "/people/"+h.person))
	status, body, _ := co.post(t, action, f, "HX-Request", "true")
	require.Equal(t, 200, status)
	require.NotContains(t, body, "<html")
	require.Contains(t, body, "data-focus", "focus goes to the new row")
	require.Contains(t, body, `id="live" hx-swap-oob="true"`)
	require.Contains(t, body, `<div id="pill" hx-swap-oob="innerHTML"></div>`)
	require.Contains(t, body, `id="entry" hx-swap-oob="innerHTML"`)
}

func TestThePastIsReadOnly(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	path := "/people/" + h.person
	action, f := h.entry(t, co.page(t, path))
	page := co.page(t, path+"?asof=R1.6.3")
	require.Contains(t, page, `<body class="past"`)
	require.Contains(t, page, "令和元年6月3日（月）24時の記録で表示しています")
	require.NotContains(t, page, `action="`+action+`"`)
	require.NotContains(t, page, "hx-sse:connect")
	require.NotContains(t, page, "6月8日")
	status, _, _ := co.post(t, action+"?asof=2019-06-03", f)
	require.Equal(t, 403, status, "nothing is written into the past")
	status, page = co.get(t, path+"?asof=2/30")
	require.Equal(t, 422, status)
	require.Contains(t, page, "2月に30日はありません")
	status, _ = co.get(t, path+"?asof=2010-01-01")
	require.Equal(t, 404, status, "not yet known then")
}

// The slider stops on the days on which something was recorded, and at the present.
func TestTheSliderOfAPerson(t *testing.T) {
	h := open(t)
	co, path := h.as(t, "co1"), "/people/"+h.person
	stop := regexp.MustCompile(`value="(\d+)" data-asof="([^"]*)"`)
	now := stop.FindStringSubmatch(co.page(t, path))
	require.Len(t, now, 3)
	days := strings.Split(now[2], " ")
	require.Equal(t, []string{"2019-06-01", "2019-06-08", ""}, days)
	require.Equal(t, "2", now[1])
	for i, day := range days {
		page := co.page(t, path+"?asof="+day)
		at := stop.FindStringSubmatch(page)
		require.Equal(t, []string{strconv.Itoa(i), now[2]}, at[1:], "the same stops from everywhere")
		require.Equal(t, min(i, 1)+1, strings.Count(page, "<h4>相談</h4>"), day)
	}
	require.Equal(t, "0", stop.FindStringSubmatch(co.page(t, path+"?asof=R1.6.7"))[1], "between two stops")
}

func TestAnotherPrefectureSeesNobody(t *testing.T) {
	h := open(t)
	away := h.as(t, "co9")
	no := fmt.Sprint(h.session.Position)
	for _, path := range []string{"/people/%s", "/people/%s/news?from=0", "/people/%s/stream?from=0"} {
		status, body := away.get(t, fmt.Sprintf(path, h.person))
		require.Equal(t, 404, status, path)
		status, none := away.get(t, fmt.Sprintf(path, "11111111-2222-3333-4444-555555555555"))
		require.Equal(t, 404, status)
		require.Equal(t, strings.ReplaceAll(none, "11111111-2222-3333-4444-555555555555", h.person), body, "no different from one that never was")
	}
	status, body := away.get(t, "/records/"+no)
	require.Equal(t, 404, status)
	_, none := away.get(t, "/records/999999")
	require.Equal(t, strings.ReplaceAll(none, "999999", no), body)
	action, f := h.entry(t, h.as(t, "co1").page(t, "/people/"+h.person))
	status, _, _ = away.post(t, action, f)
	require.Equal(t, 404, status)
	require.NotContains(t, away.page(t, "/people"), "髙橋")
}

func TestNoNameWithoutTheAccessLog(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	co.page(t, "/people/"+h.person)
	seen, err := h.Access.Of(t.Context(), h.person, 10)
	require.NoError(t, err)
	require.Equal(t, "view", seen[0].Act)
	require.NoError(t, h.Access.Close())
	status, body := co.get(t, "/people/"+h.person)
	require.Equal(t, 503, status)
	require.NotContains(t, body, "髙橋 例子")
}

func TestSearchIsNeverInAnAddress(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	status, body, _ := co.post(t, "/people/search", url.Values{"q": {"たかはし"}})
	require.Equal(t, 200, status)
	require.Contains(t, body, "1人が見つかりました")
	require.Contains(t, body, "<td>見本 co1</td>", "who looks after the person")
	require.Contains(t, body, "action=\"/intake/search\"")
	require.NotContains(t, body, "?q=")
	status, body, _ = co.post(t, "/people/search", url.Values{"q": {"た"}})
	require.Equal(t, 422, status)
	require.Contains(t, body, "2文字以上")
}

func TestATypedDateIsReadBack(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	for _, c := range []struct{ text, as, left, says string }{
		{"来週土 15時 オンライン", "coming", "", "15:00・オンライン"},
		{"R1 5 32", "past", "1", "5月に32日はありません"},
		{"R1.13.1", "past", "1", "月"},
		{"平成31年5月1日", "past", "", "令和元年5月1日（水）と読みました。"},
		{"平成31年4月", "past", "", "平成31年4月・日は分からないまま記録します。"},
		{"2018年", "past", "", "平成30年・日は分からないまま"},
		{"令和元年度", "past", "1", "令和元年度"},
		{hostile, "past", "1", "日付"},
	} {
		status, body, _ := co.post(t, "/dates", url.Values{"text": {c.text}, "as": {c.as}, "left": {c.left}})
		require.Equal(t, 200, status, c.text)
		require.Contains(t, body, c.says, c.text)
		require.NotContains(t, body, "<html", "a fragment")
		require.NotContains(t, body, "<img")
		require.Equal(t, c.left != "" && c.text != "令和元年度", strings.Contains(body, `class="err"`), c.text)
	}
	for _, half := range []string{"来", "2/", "", "  "} {
		status, body, _ := co.post(t, "/dates", url.Values{"text": {half}, "as": {"coming"}})
		require.Equal(t, 200, status)
		require.Empty(t, strings.TrimSpace(body), "half a date is no fault while it is typed")
	}
}

var filterLink = regexp.MustCompile(`<a class="btn btn--line btn--xs" href="([^"]+)"(?: aria-current="true")?>([^<]+) (\d+)</a>`)

func TestAFilterSaysWhatItShows(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	links := filterLink.FindAllStringSubmatch(co.page(t, "/people/"+h.person), -1)
	require.Len(t, links, 6)
	all := 0
	for i, m := range links {
		page := co.page(t, html.UnescapeString(m[1]))
		require.Equal(t, m[3], strconv.Itoa(strings.Count(page, `<li class="ev`)), m[2])
		if n, _ := strconv.Atoi(m[3]); i > 0 && !strings.Contains(m[1], "system") {
			all += n
		}
	}
	require.Equal(t, links[0][3], strconv.Itoa(all), "all is the sum of the kinds")
	require.NotEqual(t, "0", links[0][3])
}

func TestWhatChangedSinceTheLastConsultation(t *testing.T) {
	h := open(t)
	co, path := h.as(t, "co1"), "/people/"+h.person
	const none = "前回の相談のあと、変わったことはありません"
	require.Contains(t, co.page(t, path), none)
	r := h.give(t, "ld1", "person.add_contact", map[string]any{"person": h.person, "kind": "mobile", "shared": false, "value": "090-0000-0099"})
	page := co.page(t, fmt.Sprintf("%s?at=%d", path, r[0].Position))
	require.False(t, strings.Contains(page, none))
	changed, _, _ := strings.Cut(page[strings.Index(page, `id="ch"`):], "</section>")
	require.Contains(t, changed, fmt.Sprintf(`href="/records/%d"`, r[0].Position))
	require.Contains(t, changed, "の相談のあと")
	require.NotContains(t, changed, "090-0000-0099")

	action, f := h.entry(t, page)
	f.Set("next", "来週土 15時")
	status, body, _ := co.post(t, action, f, "HX-Request", "true")
	require.Equal(t, 200, status)
	require.Contains(t, body, `<nav id="kinds" hx-swap-oob="innerHTML">`)
	require.Contains(t, body, none, "what came out of the consultation is no change since it")
	require.Contains(t, body, `class="appt"`, "the promise stands beside it at once")
}
