package pages_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/tests/pdftext"
)

// TestACertificateOfConsultations: chosen consultations are certified, on the page and
// on paper; another office checks the codes on it without a name; who leads the desk
// revokes it, and it is printed no more.
func TestACertificateOfConsultations(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	here := "/people/" + h.person + "/certificates"
	require.Contains(t, co.page(t, "/people/"+h.person), `href="`+here+`"`)
	page := co.page(t, here)
	require.Contains(t, page, "証明はまだ発行していません。")
	require.Regexp(t, `value="TKY-\d{4}-001"`, page)
	sessions := regexp.MustCompile(`name="consultations" value="([0-9a-f-]{36})"`).FindAllStringSubmatch(page, -1)
	require.Len(t, sessions, 2)
	fields := []string{"purpose", "iju_grant", "number", "TKY-2019-001", "name", "髙橋 例子<b>", "municipality", "見本市"}
	status, body, _ := co.command(t, page, "issue", fields...)
	require.Equal(t, 422, status, "no consultation is chosen")
	require.Contains(t, body, "髙橋 例子&lt;b&gt;")
	status, body, to := co.command(t, page, "issue", append(fields, "consultations", sessions[1][1])...)
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	paper := regexp.MustCompile(`href="(/records/\d+/certificate)"`).FindStringSubmatch(page)
	require.NotNil(t, paper)
	require.Regexp(t, `value="TKY-\d{4}-002"`, page, "the next number")

	page = co.page(t, paper[1])
	for _, text := range []string{"相談利用証明書", "見本市 御中", "髙橋 例子&lt;b&gt;", "TKY-2019-001", "令和元年6月8日", "移住支援金の申請"} {
		require.Contains(t, page, text)
	}
	code := regexp.MustCompile(`照会番号 ([0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})`).FindStringSubmatch(page)
	require.NotNil(t, code)
	require.NotContains(t, page, "令和元年6月1日", "what was not chosen is not told")
	require.Contains(t, co.page(t, paper[1]+"?language=en"), "Certificate of consultation")
	status, head, file := co.file(t, paper[1]+"/pdf?language=ja")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, head.Get("Content-Disposition"), "certificate-")
	doc, err := pdftext.Read(file)
	require.NoError(t, err)
	for _, text := range []string{"相談利用証明書", "見本市御中", code[1], "TKY-2019-001"} {
		require.Contains(t, doc.All(), pdftext.Bare(text))
	}

	anybody := &visitor{h, &http.Client{}}
	status, body, _ = anybody.post(t, "/receipt", map[string][]string{"code": {code[1]}})
	require.Equal(t, 200, status)
	require.Contains(t, body, "令和元年6月8日")
	require.NotContains(t, body, "例子")

	for who, want := range map[string]int{"au1": 403, "co9": 404} {
		status, _ = h.as(t, who).get(t, paper[1])
		require.Equal(t, want, status, who)
	}
	require.NotContains(t, co.page(t, here), `id="revoke-`, "who issues does not revoke")
	ld := h.as(t, "ld1")
	page = ld.page(t, here)
	revoke := regexp.MustCompile(`id="(revoke-[0-9a-f]{8})"`).FindStringSubmatch(page)
	require.NotNil(t, revoke)
	status, body, to = ld.command(t, page, revoke[1], "reason", "error")
	require.Equal(t, 303, status, body)
	require.Contains(t, ld.page(t, to), "取消")
	status, _ = co.get(t, paper[1])
	require.Equal(t, 404, status)
	require.NotContains(t, h.log.String(), "見本市")
}
