package pages_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// From nothing known to today: everything is a late entry, and the address holds
// the whole question.
func TestADifferenceIsExplained(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	page := an.page(t, "/differences")
	require.Contains(t, page, "くらべる時点を選んでください")
	require.Contains(t, page, "改訂の三角形")
	require.Contains(t, page, `class="num first"`)
	page = an.page(t, "/differences?of=C1&fy=2019&known=2018-04-01")
	for _, want := range []string{"就業相談 0件 → 2件", `id="w-late_entry"`, `href="` + h.record() + `"`, "説明できない差 0件", "0 ＋2 ＝"} {
		require.Contains(t, page, want)
	}
	page = an.page(t, "/differences?of=C1&fy=2019&to_known=2018-04-01")
	require.Contains(t, page, "就業相談 2件 → 0件", "backwards")
	require.Contains(t, page, "2 −2 ＝")
	page = an.page(t, "/differences?of=C1&fy=2019&until=2019-05-31&to_until=")
	for _, want := range []string{"比較の基準が異なります", `id="w-period"`} {
		require.Contains(t, page, want)
	}
	for _, bad := range []string{"known=2999-01-01", "to_known=2/30", "known=%3Cscript%3E"} {
		status, body := an.get(t, "/differences?fy=2019&"+bad)
		require.Equal(t, 422, status, bad)
		require.Contains(t, body, `aria-invalid="true"`)
		require.NotContains(t, body, "<script>")
	}
	for _, odd := range []string{"until=2031-01-01", "fy=2015&known=2020-01-01", "fy=1990&known=2020-01-01"} {
		require.Contains(t, an.page(t, "/differences?"+odd), "差の説明", odd)
	}
	for _, unknown := range []string{"fy=x", "to_fy=99999", "of=../x", "to_until=x", "to_draft=x"} {
		status, body := an.get(t, "/differences?"+unknown)
		require.Equal(t, 422, status, unknown)
		require.Contains(t, body, "差の説明", unknown)
	}
}
