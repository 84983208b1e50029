package pages_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAnAgreementFromListToComprehensive: a university is registered, stands in the
// list, agrees, its contact is sealed, and the count of those that agreed follows.
func TestAnAgreementFromListToComprehensive(t *testing.T) {
	h := open(t)
	ld, an := h.as(t, "ld1"), h.as(t, "an1")
	page := ld.page(t, "/universities")
	require.Contains(t, page, "大学はまだ登録されていません。")
	status, body, _ := ld.command(t, page, "register", "pref", "13", "kind", "private", "name", "")
	require.Equal(t, 422, status)
	require.Contains(t, body, `href="#register-name"`)
	status, body, to := ld.command(t, page, "register", "pref", "13", "kind", "private", "name", "見本大学<b>")
	require.Equal(t, 303, status, body)
	here, _, _ := strings.Cut(to, "?")
	page = ld.page(t, to)
	require.Contains(t, page, "見本大学&lt;b&gt;")
	require.Contains(t, page, "協定はまだありません。")

	status, body, to = an.command(t, an.page(t, here), "list_in_universe", "list", "fy2019", "threshold", "２０", "students", "31", "meets", "1", "occurred_on", "2019-04-08")
	require.Equal(t, 303, status, body)
	an.page(t, to)
	require.Regexp(t, `1校中 0校</strong>`, ld.page(t, "/universities"))
	status, body, to = ld.command(t, ld.page(t, here), "conclude_agreement", "kind", "employment_support", "occurred_on", "2019-06-01")
	require.Equal(t, 303, status, body)
	ld.page(t, to)
	all := ld.page(t, "/universities")
	require.Regexp(t, `1校中 1校</strong>`, all)
	require.Contains(t, all, "就職支援協定")
	page = ld.page(t, here)
	require.Contains(t, page, "対象（31人、基準 20人）")

	up := regexp.MustCompile(`id="(upgrade-[0-9a-f]{8})"`).FindStringSubmatch(page)
	require.NotNil(t, up)
	status, body, to = ld.command(t, page, up[1])
	require.Equal(t, 303, status, body)
	ld.page(t, to)
	page = ld.page(t, here)
	require.Regexp(t, `<strong>包括協定</strong>`, page)
	require.NotContains(t, page, "upgrade-")

	status, body, to = ld.command(t, page, "set_contact", "name", "見本 窓口", "phone", "03-0000-0000")
	require.Equal(t, 303, status, body)
	ld.page(t, to)
	require.Contains(t, ld.page(t, here), "見本 窓口")
	require.NotContains(t, h.as(t, "au1").page(t, here), "見本 窓口")
	require.NotContains(t, h.log.String(), "見本 窓口")

	page = ld.page(t, here)
	end := regexp.MustCompile(`id="(end-[0-9a-f]{8})"`).FindStringSubmatch(page)
	status, body, to = ld.command(t, page, end[1], "reason", "term", "occurred_on", "2020-03-31")
	require.Equal(t, 303, status, body)
	ld.page(t, to)
	require.Regexp(t, `1校中 0校</strong>`, ld.page(t, "/universities"))
}
