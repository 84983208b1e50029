package pages_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// send gives one of the forms of the closing page, as it stands there.
func (v *visitor) closing(t *testing.T, page, what string, fields ...string) (int, string, string) {
	t.Helper()
	action := "/closing/2019/" + what
	f := form(t, page, action)
	for i := 0; i+1 < len(fields); i += 2 {
		f.Add(fields[i], fields[i+1])
	}
	return v.post(t, action, f)
}

// TestAYearIsClosedByTwo: an analyst sets the cut-off and checks, another person
// closes and waives by name what does not pass, and reopens for a reason.
func TestAYearIsClosedByTwo(t *testing.T) {
	h := open(t)
	an, mg, au := h.as(t, "an1"), h.as(t, "mg1"), h.as(t, "au1")
	_, _, to := an.send(t, "GET", "/closing", nil)
	require.Equal(t, "/closing/2019", to, "the newest year with a consultation")
	require.NotContains(t, mg.page(t, "/closing/2019"), `action="/closing/2019/open"`)
	require.Contains(t, au.page(t, "/closing/2019"), "開始前")

	status, _, to := an.closing(t, an.page(t, "/closing/2019"), "open")
	require.Equal(t, 303, status)
	page := an.page(t, to)
	require.Contains(t, page, "受付中")
	require.Contains(t, page, "今の記録で数えています")

	// What is wrong with a date is said beside it, and nothing typed is lost.
	status, body, _ := an.closing(t, page, "cutoff", "kind", "year_close", "to", "令和2年2月30日", "known_at", "<b>いつか</b>")
	require.Equal(t, 422, status)
	require.Contains(t, body, "2月30日")
	require.Contains(t, body, "&lt;b&gt;いつか&lt;/b&gt;")
	status, body, _ = an.closing(t, page, "cutoff", "kind", "year_close", "to", "令和2年2月29日", "known_at", "R2.4.30")
	require.Equal(t, 422, status)
	require.Contains(t, body, "3月31日")
	status, _, to = an.closing(t, page, "cutoff", "kind", "year_close", "to", "令和2年3月31日", "known_at", "R2.4.30")
	require.Equal(t, 303, status)
	page = an.page(t, to)
	require.Contains(t, page, "令和2年4月30日（木）24時までの記録で数えています")
	require.Contains(t, mg.page(t, "/closing/2019"), "この集計日での確認がまだです")

	status, _, to = an.closing(t, page, "check")
	require.Equal(t, 303, status)
	page = an.page(t, to)
	require.Contains(t, page, "確認済み")
	require.NotContains(t, page, `action="/closing/2019/close"`, "an analyst does not close")

	page = mg.page(t, "/closing/2019")
	status, body, _ = mg.closing(t, page, "close", "waive", "unconfirmed")
	require.Equal(t, 422, status, "what passes is not waived")
	require.Contains(t, body, "合格した項目が選ばれています")
	status, _, to = mg.closing(t, page, "close")
	require.Equal(t, 303, status)
	page = mg.page(t, to)
	require.Contains(t, page, "締め済み")
	require.Regexp(t, `に締め　#[0-9]+まで`, page)

	status, body, _ = mg.closing(t, page, "reopen")
	require.Equal(t, 422, status)
	require.Contains(t, body, "理由を入力してください")
	status, _, to = mg.closing(t, page, "reopen", "reason", "確認漏")
	require.Equal(t, 303, status)
	page = mg.page(t, to)
	require.Contains(t, page, "受付中")
	require.Contains(t, page, "確認漏")
	require.Contains(t, page, "に締め　#", "what was frozen stays")
	_, english, _ := strings.Cut(mg.english(t, "/closing/2019"), "<main")
	_, english, _ = strings.Cut(english, "</form>") // the choice of a year says the era
	require.Contains(t, english, "Fiscal year opened")
	require.NotRegexp(t, `[ぁ-んァ-ン]`, english)
}

// english is a page in English.
func (v *visitor) english(t *testing.T, path string) string {
	t.Helper()
	status, _, _ := v.post(t, "/language", url.Values{"language": {"en"}, "back": {path}})
	require.Equal(t, 303, status)
	return v.page(t, path)
}

var gateRecord = regexp.MustCompile(`<a class="mono" href="(/records/[0-9]+)">`)

// TestAGateOpensItsRecords: the list says when and what, never who; a record
// opens from it.
func TestAGateOpensItsRecords(t *testing.T) {
	h := open(t)
	an, co := h.as(t, "an1"), h.as(t, "co1")
	_, _, to := an.closing(t, an.page(t, "/closing/2019"), "open")
	page := an.page(t, to)
	require.NotContains(t, page, "就職・転入の日から30日を過ぎても証憑の確認がないもの。</span></th><td class=\"num\">1")
	action, f := h.entry(t, co.page(t, "/people/"+h.person))
	f.Set("when", "令和元年7月1日")
	status, _, _ := co.post(t, action, f)
	require.Equal(t, 303, status)
	require.Eventually(t, func() bool { return strings.Contains(an.page(t, "/closing/2019"), "1 / 3") }, time.Minute, 50*time.Millisecond)
	page = an.page(t, "/closing/2019")
	require.Contains(t, page, "不合格")
	_, rest, _ := strings.Cut(page, "1 / 3")
	found := gateRecord.FindStringSubmatch(rest)
	require.NotNil(t, found)
	require.Contains(t, an.page(t, found[1]), "令和元年7月1日")
	for _, name := range []string{"髙橋", "例子", "空き家バンク"} {
		require.NotContains(t, page, name)
	}
}

// TestWhatComesAfterTheClosingIsMarked: on the record, on the person's page and in
// a list of its own.
func TestWhatComesAfterTheClosingIsMarked(t *testing.T) {
	h := open(t)
	an, mg, au, co := h.as(t, "an1"), h.as(t, "mg1"), h.as(t, "au1"), h.as(t, "co1")
	require.Contains(t, au.page(t, "/after-close?fy=2019"), "この年度はまだ締めていません")
	_, _, to := an.closing(t, an.page(t, "/closing/2019"), "open")
	_, _, to = an.closing(t, an.page(t, to), "cutoff", "kind", "year_close", "to", "令和2年3月31日", "known_at", "令和2年4月30日")
	_, _, to = an.closing(t, an.page(t, to), "check")
	an.page(t, to)
	_, _, to = mg.closing(t, mg.page(t, "/closing/2019"), "close")
	require.Contains(t, mg.page(t, to), "締め済み")
	require.Contains(t, mg.page(t, to), "/after-close?fy=2019")
	require.NotContains(t, co.page(t, h.record()), "締め後の記録")

	action, f := h.entry(t, co.page(t, "/people/"+h.person))
	f.Set("when", "令和元年7月1日")
	status, _, to := co.post(t, action, f)
	require.Equal(t, 303, status)
	require.Contains(t, co.page(t, to), "締め後の記録")
	page := co.page(t, h.record())
	f = form(t, page, h.record()+"/void")
	f.Set("why", "duplicate")
	status, _, to = co.post(t, h.record()+"/void", f)
	require.Equal(t, 303, status)
	co.page(t, to)

	page = au.page(t, "/after-close?fy=2019")
	require.Contains(t, page, "R1.7.1")
	require.Contains(t, page, "訂正・取消</span>")
	require.Contains(t, page, h.record(), "what was voided")
	late := au.page(t, "/after-close?fy=2019&kind=late")
	require.NotContains(t, late, "訂正・取消</span>")
	require.Contains(t, au.page(t, gateRecord.FindStringSubmatch(late[strings.Index(late, "<tbody>"):])[1]), "締め後の記録")
	require.Contains(t, au.page(t, "/after-close?fy=2019&kind=merged"), "締めた後の動きはありません")
	require.Contains(t, au.english(t, "/after-close?fy=2019"), "recorded later")
}

// TestMonitorsAreForLeadsAndAuditors: they say where to look, and name nobody a
// reader may not see.
func TestMonitorsAreForLeadsAndAuditors(t *testing.T) {
	h := open(t)
	for _, name := range []string{"ld1", "au1"} {
		v := h.as(t, name)
		page := v.page(t, "/monitors")
		require.Contains(t, page, "不正を意味するものではありません")
		require.Contains(t, page, "成果0件、確認0件から。")
		require.NotContains(t, page, "髙橋")
		require.Contains(t, v.page(t, "/audit"), `href="/monitors"`)
		require.Contains(t, v.english(t, "/monitors?fy=2019"), "Nothing here means that anything is wrong")
	}
	require.NotContains(t, h.as(t, "mg1").page(t, "/audit"), `href="/monitors"`)
	status, _ := h.as(t, "co1").get(t, "/monitors")
	require.Equal(t, 403, status)
}
