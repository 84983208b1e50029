package pages_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFiguresHaveTheirRecords(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	page := an.page(t, "/indicators")
	for _, want := range []string{"令和元年度", "就業相談", "いまの記録", "tot-2019.1", "見本値", `href="` + h.record() + `"`} {
		require.Contains(t, page, want)
	}
	page = an.page(t, "/indicators?fy=2019&asof=2019-06-03&lens=then")
	require.Contains(t, page, `<body class="past"`)
	require.NotContains(t, page, h.record())
	page = an.page(t, "/indicators?fy=2019&asof=2019-06-03&lens=now")
	require.NotContains(t, page, `<body class="past"`)
	page = an.page(t, "/indicators?fy=2019&of=C2&month=2019-06")
	require.Contains(t, page, "惜しくも数えなかったもの")
	require.Contains(t, page, "対象外の区分")
	page = an.page(t, "/indicators?fy=2019")
	require.Contains(t, page, `<option value="" selected>年度全体</option>`)
	page = an.page(t, "/indicators?fy=2019&asof=2020-03-16&until=2019-06-02")
	require.Contains(t, page, `<option value="2019-05-31">5月末現在</option>`)
	require.Contains(t, page, `<option value="2019-06-02" selected>`)
	require.Regexp(t, `<p class="v"><a href="[^"]*of=C1[^"]*">1</a>`, page, "the second session is after the day counted to")
	page = an.page(t, "/indicators?fy=2019&until=2019-06-30")
	require.Contains(t, page, `<option value="2019-06-30" selected>6月末現在</option>`)
	require.Regexp(t, `<p class="v"><a href="[^"]*of=C1[^"]*">2</a>`, page)
	require.Contains(t, page, "def=oka-trial-1", "another rule can be tried")
	page = an.page(t, "/indicators?fy=2019&def=oka-trial-1")
	require.Contains(t, page, "岡山県の数え方（婚姻・転勤の移住を数えない）で数えています")
	require.Contains(t, page, "oka-trial-1")
	page = an.page(t, "/indicators?fy=2015")
	require.Contains(t, page, "この年度の記録はまだありません")
	for _, bad := range []string{"asof=2999-01-01", "asof=2/30", "asof=%3Cscript%3E"} {
		status, body := an.get(t, "/indicators?fy=2019&"+bad)
		require.Equal(t, 422, status, bad)
		require.Contains(t, body, `aria-describedby="asofe"`)
		require.NotContains(t, body, "<script>")
	}
	for _, odd := range []string{"all=1", "all=1&from=1&miss=category&of=C2", "until=2031-01-01", "month=2031-01"} {
		require.Contains(t, an.page(t, "/indicators?"+odd), "就業相談", odd)
	}
	for _, unknown := range []string{"fy=x", "fy=-5", "cmp=99999", "of=../x", "month=2019-13", "def=none", "until=x", "lens=x", "all=1&from=-5", "all=1&from=x&miss=%3Cscript%3E"} {
		status, body := an.get(t, "/indicators?"+unknown)
		require.Equal(t, 422, status, unknown)
		require.Contains(t, body, "就業相談", unknown)
		require.NotContains(t, body, "<script>")
	}
}

func TestASheetThatIsNotThereIsMissing(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	require.Contains(t, an.page(t, "/sheets"), "工程表はまだありません")
	for _, path := range []string{"/sheets/2019/TKO", "/sheets/2019/%2e%2e", "/sheets/x/y", "/records/0", "/records/x", "/records/18446744073709551616"} {
		status, _ := an.get(t, path)
		require.Equal(t, 404, status, path)
	}
}

func TestStatusIsSaidInWords(t *testing.T) {
	h := open(t)
	page := h.as(t, "ad1").page(t, "/status")
	require.Contains(t, page, "照合した記録")
	require.Contains(t, page, "歩み")
	page = h.as(t, "co1").page(t, "/status")
	require.NotContains(t, page, "照合した記録")
}

func TestTheTrailNamesWhoDidWhat(t *testing.T) {
	h := open(t)
	page := h.as(t, "au1").page(t, "/audit")
	require.Contains(t, page, h.record())
	require.Regexp(t, `<td>相談員・新橋館 #[0-9a-f]{4}</td>`, page)
	require.Contains(t, h.as(t, "au1").page(t, "/audit?changes=1"), "記録はまだありません")
	require.Contains(t, h.as(t, "ld1").page(t, "/audit?before=5"), "#0004")
}

// Everybody sees their first page, in both languages, and no page of another role.
func TestEveryRoleHasItsPages(t *testing.T) {
	h, _ := lineHouse(t)
	person := "/people/" + h.person
	pages := map[string]string{
		"/today": "co1 ld1", "/handover": "co1 ld1", "/people": "co1 ld1", person: "co1 ld1 au1 ro1 po1", h.record(): "co1 ld1 an1 mg1 au1 ro1 po1", "/indicators": "co1 ld1 an1 mg1 au1",
		"/sheets": "co1 ld1 an1 mg1 au1", "/definitions": "co1 ld1 an1 mg1 au1", "/definitions/K1": "co1 ld1 an1 mg1 au1", "/definitions/K1/new": "an1", "/audit": "ld1 mg1 au1 po1", "/status": "co1 ld1 an1 mg1 au1 ro1 po1 ad1", "/line": "co1 ld1", person + "/line": "co1 ld1", "/line-state": "ad1",
	}
	for _, name := range []string{"co1", "ld1", "an1", "mg1", "au1", "ro1", "po1", "ad1"} {
		v := h.as(t, name)
		_, _, first := v.send(t, "GET", "/", nil)
		if status, _, year := v.send(t, "GET", first, nil); status == 303 { // to the newest year
			first = year
		}
		v.page(t, first)
		for path, who := range pages {
			want := 403
			if contains(who, name) {
				want = 200
			}
			status, body := v.get(t, path, "Accept-Language", "en")
			require.Equal(t, want, status, "%s %s", name, path)
			if name != "co1" && name != "ld1" {
				require.NotContains(t, body, "髙橋", "%s %s", name, path)
			}
		}
	}
}

func contains(list, word string) bool { return slices.Contains(strings.Fields(list), word) }
