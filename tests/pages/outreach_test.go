package pages_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var lineOf = func(name string) *regexp.Regexp {
	return regexp.MustCompile(`(?s)<tr[^>]*><th scope="row">` + name + `.*?</tr>`)
}

// TestAFairFromPlanToCandidates: planned, its list pasted, checked in by the code of a
// slip, those who stayed away noted, one tied to a consultee, counted.
func TestAFairFromPlanToCandidates(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	page := co.page(t, "/outreach?fy=2026")
	require.Contains(t, page, `<option value="13" selected>東京都</option>`)
	require.Contains(t, page, "予定はありません。")
	status, body, to := co.command(t, page, "schedule", "kind", "seminar", "title", "秋の就職フェア", "place_pref", "13", "place", "都民ホール", "starts_on", "2026-09-05", "ends_on", "")
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	require.Contains(t, page, "<h1 class=\"h1\">秋の就職フェア</h1>")
	require.Contains(t, page, "名簿はまだありません。")
	here, _, _ := strings.Cut(to, "?")

	paste := func(text string) (int, string, string) {
		return co.post(t, here+"/list", url.Values{"list": {text}, "command_id": {"0199f3a0-0000-4000-8000-00000000f001"}})
	}
	status, body, _ = paste("見本 一郎,みほん いちろう,090-0000-0001,はい\n,なまえなし\n見本 花子\t\t\tたぶん\n見本 次郎,a,b,はい,e")
	require.Equal(t, 422, status)
	for _, want := range []string{"2行目：氏名がありません。", "3行目：学生の欄「たぶん」が読めません", "4行目：欄が多すぎます。", "見本 一郎,みほん"} {
		require.Contains(t, body, want)
	}
	require.NotContains(t, co.page(t, here), "見本 一郎", "nothing is kept of a list with faults")
	list := "氏名\tふりがな\t連絡先\t学生\r\n見本 一郎\tみほん いちろう\t090-0000-0001\tはい\r\n見本 花子\r\n見本 三郎、みほん さぶろう、saburo@example.jp、いいえ"
	for range 2 { // sent twice is once
		status, body, to = paste(list)
		require.Equal(t, 303, status, body)
	}
	page = co.page(t, to)
	require.Regexp(t, `<dt>名簿</dt><dd>3</dd>`, page)
	require.Regexp(t, `見本 一郎<br><span class="s14 muted w4">みほん いちろう</span>`, page)

	slips := co.page(t, here+"/slips")
	require.Equal(t, 3, strings.Count(slips, `<li class="slip">`))
	codes := regexp.MustCompile(`name="attendee" value="([0-9a-f-]{36})"`).FindAllStringSubmatch(page, -1)
	require.NotEmpty(t, codes)
	door := co.page(t, here+"?attendee="+codes[0][1])
	require.Contains(t, door, "この人の受付")
	require.Contains(t, co.page(t, here+"?attendee=nobody"), "attendee", "a code that means nothing is told")

	came := func(name, yes string) {
		t.Helper()
		row := lineOf(name).FindString(co.page(t, here))
		f := url.Values{"command": {"outreach.note_attendee_came"}, "came": {yes}}
		for _, m := range hidden.FindAllStringSubmatch(row[:strings.Index(row, "</form>")], -1) {
			f.Set(m[1], m[2])
		}
		status, body, to := co.post(t, here, f)
		require.Equal(t, 303, status, body)
		co.page(t, to)
	}
	came("見本 一郎", "yes")
	came("見本 花子", "no")
	came("見本 三郎", "yes")
	page = co.page(t, here)
	require.Regexp(t, `<dt>来た</dt><dd>2</dd><dt>来なかった</dt><dd>1</dd><dt>未確認</dt><dd>0</dd>`, page)

	form := regexp.MustCompile(`id="(convert-[0-9a-f]{8})"`).FindStringSubmatch(lineOf("見本 三郎").FindString(page))
	require.NotNil(t, form)
	status, body, _ = co.command(t, page, form[1], "person", "P-99999")
	require.Equal(t, 422, status, "nobody of that number")
	require.Contains(t, body, "P-99999", "what was typed stays")
	status, body, to = co.command(t, page, form[1], "person", "P-00001")
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	require.Regexp(t, `<dt>相談者になった</dt><dd>1</dd><dt>相談につながった割合</dt><dd>50%</dd>`, page)

	status, body, to = co.command(t, page, "hold", "occurred_on", "2026-09-05")
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	status, body, to = co.command(t, page, "count_attendance", "heads", "40", "students", "12")
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	status, body, to = co.command(t, page, "change", "field", "place", "new", "別のホール")
	require.Equal(t, 303, status, body)
	require.Contains(t, co.page(t, to), "<dd>東京都 別のホール</dd>")

	void := regexp.MustCompile(`id="(void-[0-9a-f]{8})"`).FindStringSubmatch(lineOf("見本 花子").FindString(co.page(t, here)))
	require.NotNil(t, void)
	status, body, to = co.command(t, co.page(t, here), void[1], "reason", "duplicate")
	require.Equal(t, 303, status, body)
	row := lineOf("見本 花子").FindString(co.page(t, to))
	require.Contains(t, row, "取り消し")
	require.NotContains(t, row, "<form", "nothing more is done with it")

	all := co.page(t, "/outreach?fy=2026")
	require.Regexp(t, `(?s)秋の就職フェア.*?<td class="num">40</td><td class="num">2</td><td class="num">2</td><td class="num">0</td><td class="num">1</td><td class="num">50%</td>`, all)

	au := h.as(t, "au1")
	seen := au.page(t, here)
	for _, name := range []string{"見本 一郎", "みほん", "090-0000-0001", "saburo"} {
		require.NotContains(t, seen, name, "an auditor sees no name")
	}
	require.NotContains(t, seen, `method="post" action="/outreach`)
	require.NotContains(t, h.log.String(), "見本 一郎")
}
