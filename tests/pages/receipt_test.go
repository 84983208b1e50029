package pages_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/proof"
	"ayumi/domain/receipt"
	"ayumi/infra/api"
	"ayumi/tests/pdftext"
)

// anybody is a browser that nobody signed in with.
func (h *house) anybody(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &visitor{h, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

var printedCode = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}`)

// From the journey to the paper, to the answer, to the proof that anybody checks.
func TestAReceiptFromDeskToProof(t *testing.T) {
	h := open(t)
	_, err := h.Sealer.Checkpoint(context.Background())
	require.NoError(t, err)
	co := h.as(t, "co1")
	at := h.record() + "/receipt"
	require.Contains(t, co.page(t, "/people/"+h.person), `href="`+at+`"`)
	require.Contains(t, co.page(t, h.record()), `href="`+at+`"`)
	page := co.page(t, at)
	code := printedCode.FindString(page)
	require.NotEmpty(t, code)
	for _, want := range []string{"相談の受付票", "令和元年6月8日（土）", "移住・しごと相談コーナー（鳥取県）", "/receipt を開き", "記録の指紋"} {
		require.Contains(t, page, want)
	}
	slip, _, _ := strings.Cut(page[strings.Index(page, `<article class="slip"`):], "</article>")
	for _, personal := range []string{"髙橋", "例子", "見本 co1", h.person, h.file, "P-00001", "alert(1)"} {
		require.NotContains(t, slip, personal, "nobody is named unless it is asked for")
	}
	named := co.page(t, at+"?name=1&language=en")
	require.Contains(t, named, "髙橋 例子")
	require.Contains(t, named, "2019-06-08 (Sat)")
	require.Equal(t, code, printedCode.FindString(named), "the same code every time")

	_, raw := co.get(t, at+"/pdf")
	paper, err := pdftext.Read([]byte(raw))
	require.NoError(t, err)
	require.Len(t, paper.Pages, 1)
	require.InDelta(t, 419.5, paper.Sizes[0][0], 1, "A5")
	require.Contains(t, paper.All(), pdftext.Bare(code))
	require.Contains(t, paper.All(), "令和元年6月8日")
	require.NotContains(t, paper.All(), "髙橋")
	_, named = co.get(t, at+"/pdf?name=1&language=en")
	paper, err = pdftext.Read([]byte(named))
	require.NoError(t, err)
	require.Contains(t, paper.All(), pdftext.Bare("髙橋 例子"))
	require.Contains(t, paper.All(), pdftext.Bare("Consultation receipt"))

	guest := h.anybody(t)
	require.Contains(t, guest.page(t, "/receipt"), "照会コード")
	status, answer, _ := guest.post(t, "/receipt", url.Values{"code": {strings.ToLower(strings.ReplaceAll(code, "-", " "))}})
	require.Equal(t, 200, status)
	for _, want := range []string{"数えられています", "相談件数", "就業相談", "移住相談", "令和元年度", "まだ公表されていません", "検証点 ", "証明を保存する", code} {
		require.Contains(t, answer, want)
	}
	for _, personal := range []string{"髙橋", "例子", "見本 co1", h.person, h.file, "P-00001", "11:00", "alert(1)", h.record()} {
		require.NotContains(t, answer, personal)
	}
	require.Empty(t, guest.Jar.Cookies(&url.URL{Scheme: "http", Host: strings.TrimPrefix(h.server.URL, "http://")}), "no cookie is needed")
	status, answer, _ = guest.post(t, "/receipt", url.Values{"code": {code}}, "Accept-Language", "en")
	require.Equal(t, 200, status)
	require.Contains(t, answer, "not yet published")

	status, text, _ := guest.post(t, "/receipt/proof", url.Values{"code": {code}})
	require.Equal(t, 200, status)
	_, keys := guest.get(t, "/receipt/key")
	trust, err := proof.ParseTrust(keys)
	require.NoError(t, err)
	leaf, err := receipt.ParseFingerprint(regexp.MustCompile(`[0-9a-f]{4}( [0-9a-f]{4}){15}`).FindString(page))
	require.NoError(t, err)
	r := (&proof.Verifier{Trust: trust, Leaf: leaf}).Verify(bytes.NewReader([]byte(text)), int64(len(text)))
	require.Equal(t, proof.Verified, r.Exit(), "%v", r.Checks)
	require.NotContains(t, h.log.String(), code)
	require.NotContains(t, h.log.String(), strings.ReplaceAll(code, "-", ""))

	got := apiAnswer[api.ReceiptAnswer](t, guest, "/api/v1/receipts/"+code, 200)
	require.Equal(t, receipt.StateCounted, got.State)
	require.Equal(t, text, got.Proof)
	require.Equal(t, "2019-06-08", got.From)
	made := apiAnswer[api.ReceiptSlip](t, co, "/api/v1/events/"+strconv.FormatUint(h.session.Position, 10)+"/receipt", 200)
	require.Equal(t, code, made.Code)
	require.Equal(t, got.Fingerprint, made.Fingerprint)
	apiAnswer[api.Problem](t, guest, "/api/v1/events/"+strconv.FormatUint(h.session.Position, 10)+"/receipt", 401)
	apiAnswer[api.Problem](t, h.as(t, "an1"), "/api/v1/events/"+strconv.FormatUint(h.session.Position, 10)+"/receipt", 403)
	require.Equal(t, "receipt.typing_at", apiAnswer[api.Problem](t, guest, "/api/v1/receipts/"+code[:22]+map[bool]string{true: "1", false: "0"}[code[22] == '0'], 422).Code)
}

func apiAnswer[T any](t *testing.T, v *visitor, path string, want int) (out T) {
	t.Helper()
	status, body := v.get(t, path)
	require.Equal(t, want, status, body)
	require.NoError(t, json.Unmarshal([]byte(body), &out))
	return out
}

// Somebody who mistypes is told where; somebody who guesses has to wait, and what was
// typed is not lost.
func TestWrongReceiptCodes(t *testing.T) {
	h := open(t)
	guest := h.anybody(t)
	code := printedCode.FindString(h.as(t, "co1").page(t, h.record()+"/receipt"))
	ask := func(typed string) (int, string) {
		status, body, _ := guest.post(t, "/receipt", url.Values{"code": {typed}})
		return status, body
	}
	swapped := []byte(code)
	for i := 6; i < 10; i++ {
		if swapped[i] != swapped[i+1] && swapped[i+1] != '-' {
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			break
		}
	}
	for typed, want := range map[string]string{
		"": "20文字です。いま0文字", code[:10]: "いま9文字", string(swapped): "打ち間違い", "<script>": "「&lt;」は使いません", "\xff": "「?」は使いません",
	} {
		status, body := ask(typed)
		require.Equal(t, 422, status)
		require.Contains(t, body, want, "%q", typed)
		require.Contains(t, body, `aria-invalid="true"`)
	}
	status, body := ask(string(swapped))
	require.Equal(t, 422, status)
	require.Contains(t, body, `value="`+string(swapped)+`"`)

	foreign, err := receipt.Key{9}.Code(1)
	require.NoError(t, err)
	for range 5 {
		status, body = ask(foreign.String())
		require.Equal(t, 422, status)
		require.Contains(t, body, "受付票はありません")
	}
	status, body = ask(foreign.String())
	require.Equal(t, 429, status)
	require.Contains(t, body, "秒たってから")
	status, again := ask(code)
	require.Equal(t, 429, status, "no hint that this one is right")
	require.Contains(t, again, "秒たってから")
	require.Equal(t, 429, status)
	problem := apiAnswer[api.Problem](t, guest, "/api/v1/receipts/"+code, 429)
	require.Equal(t, "receipt.too_often", problem.Code)

	status, body, _ = guest.post(t, "/receipt/proof", url.Values{"code": {"x"}})
	require.Equal(t, 422, status)
	require.Contains(t, body, "照会コードは20文字です")
	big := url.Values{"code": {strings.Repeat("0", 2<<20)}}
	status, _, _ = guest.post(t, "/receipt", big)
	require.Equal(t, 413, status)
}

// Whose consultation it is not, and what is none, has no receipt.
func TestWhoPrintsReceipts(t *testing.T) {
	h := open(t)
	for _, who := range []string{"an1", "au1", "mg1", "ro1", "po1", "ad1"} {
		v := h.as(t, who)
		status, _ := v.get(t, h.record()+"/receipt")
		require.Equal(t, 403, status, who)
		status, _ = v.get(t, h.record()+"/receipt/pdf")
		require.Equal(t, 403, status, who)
	}
	status, _ := h.as(t, "co9").get(t, h.record()+"/receipt")
	require.Equal(t, 404, status, "another prefecture")
	co := h.as(t, "co1")
	for _, none := range []string{"/records/1/receipt", "/records/999999/receipt", "/records/x/receipt/pdf"} {
		status, _ := co.get(t, none)
		require.Equal(t, 404, status, none)
	}
	f := form(t, co.page(t, h.record()), h.record()+"/void")
	code := printedCode.FindString(co.page(t, h.record()+"/receipt"))
	f.Set("why", "duplicate")
	status, _, to := co.post(t, h.record()+"/void", f)
	require.Equal(t, 303, status)
	require.NotContains(t, co.page(t, to), h.record()+"/receipt")
	_, body, _ := h.anybody(t).post(t, "/receipt", url.Values{"code": {code}})
	require.Contains(t, body, "取り消されています")
	require.Contains(t, body, "二重の記録")
}
