package pages_test

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/period"
)

// command gives the form with an id on a page, with more fields.
func (v *visitor) command(t *testing.T, page, id string, fields ...string) (int, string, string) {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<input type="hidden" name="form" value="`+id+`">`)
	require.True(t, ok, "no form %s", id)
	rest, _, _ = strings.Cut(rest, "</form>")
	f := url.Values{"form": {id}}
	for _, m := range hidden.FindAllStringSubmatch(rest, -1) {
		f.Set(m[1], m[2])
	}
	for i := 0; i+1 < len(fields); i += 2 {
		f.Set(fields[i], fields[i+1])
	}
	before := page[:strings.Index(page, `<input type="hidden" name="form" value="`+id+`">`)]
	action := html.UnescapeString(regexp.MustCompile(`action="([^"#]*)[^"]*">$`).FindStringSubmatch(before)[1])
	return v.post(t, action, f)
}

// TestAnAuditFromOpeningToClosing is events.md 5.13 by the hands of those whose acts
// they are.
func TestAnAuditFromOpeningToClosing(t *testing.T) {
	h := open(t)
	an, mg, au, ro := h.as(t, "an1"), h.as(t, "mg1"), h.as(t, "au2"), h.as(t, "ro1")
	require.Contains(t, au.page(t, "/audits/2019"), "締めがまだ始まっていないため")
	an.closing(t, an.page(t, "/closing/2019"), "open")
	quantity := an.propose(t, "2019-06-10")
	mg.act(t, quantity, "approve", nil)
	status, body := an.act(t, quantity, "publish", url.Values{"status": {"final"}, "outlet": {"press"}, "basis": {"none"}, "document": {strings.Repeat("0a", 32)}})
	require.Equal(t, 303, status, body)

	status, body, _ = mg.command(t, mg.page(t, "/audits/2019"), "open", "kind", "regular", "scope", "")
	require.Equal(t, 422, status)
	require.Contains(t, body, "範囲")
	require.NotContains(t, an.page(t, "/audits/2019"), `value="period.open_audit"`)
	status, _, to := mg.command(t, mg.page(t, "/audits/2019"), "open", "kind", "regular", "scope", "移住相談<b>", "auditors", "見本 監査")
	require.Equal(t, 303, status)
	file, _, _ := strings.Cut(to, "?")
	page := mg.page(t, to)
	require.Contains(t, page, "移住相談&lt;b&gt;")
	require.Contains(t, au.page(t, "/audits/2019"), `href="`+file+`"`)
	require.NotContains(t, h.log.String(), "見本 監査")

	// The sample: drawn by a seed, recomputed, the same for whoever draws again.
	page = au.page(t, to)
	require.Contains(t, page, "この監査に従事する人だけ")
	require.Regexp(t, `<select class="sel" id="draw-figure" name="figure"><option value="[^"]`, page, "a figure is chosen from the beginning")
	figure := regexp.MustCompile(`<option value="([^"/]+/1)"`).FindStringSubmatch(page)
	require.NotNil(t, figure)
	status, body, _ = au.command(t, page, "draw", "figure", figure[1], "method", "random", "size", "9", "random_seed", "7")
	require.Equal(t, 422, status)
	require.Contains(t, body, "母集団より多くは抽出できません")
	require.Contains(t, body, `value="9"`)
	status, body, _ = au.command(t, page, "draw", "figure", figure[1], "method", "risk", "size", "1", "random_seed", "7")
	require.Equal(t, 422, status)
	require.Contains(t, body, "抽出する記録がありません")
	status, _, to = au.command(t, page, "draw", "figure", figure[1], "method", "random", "size", "1", "random_seed", "７")
	require.Equal(t, 303, status)
	page = au.page(t, to)
	require.Contains(t, page, "もう一度抽出して一致")
	require.Contains(t, page, `sha256sum`)
	var population []uint64
	for _, m := range regexp.MustCompile(`href="/records/(\d+)"`).FindAllStringSubmatch(an.page(t, "/indicators?fy=2019&of=C1&until=2020-03-31&all=1"), -1) {
		n, err := strconv.ParseUint(m[1], 10, 64)
		require.NoError(t, err)
		if !slices.Contains(population, n) {
			population = append(population, n)
		}
	}
	drawn := period.Draw(7, population, 1)
	require.Contains(t, page, fmt.Sprintf(`<td class="num">1</td><th scope="row"><a class="mono" href="/records/%d">`, drawn[0]))
	require.Contains(t, page, period.DrawnDigest(drawn))
	require.NotContains(t, page, "髙橋")

	// Evidence: asked for by number, issued by the records officer, only its digest kept.
	status, _, to = au.command(t, page, "request", "item", "1", "text", "就職の証憑")
	require.Equal(t, 303, status)
	page = ro.page(t, to)
	require.NotContains(t, page, `value="period.record_finding"`)
	status, to = ro.issue(t, page, file, "証憑一式")
	require.Equal(t, 303, status)
	require.Contains(t, ro.page(t, to), "b7157b", "the beginning of the digest")

	// Findings: only by who is engaged, with a day by which to answer.
	status, _, to = mg.command(t, mg.page(t, to), "engage", "account", auditorOf(t, mg, to), "reveal", "none", "until", "令和99年3月31日")
	require.Equal(t, 303, status)
	page = au.page(t, to)
	status, body, _ = au.command(t, page, "finding", "grade", "caution", "text", "<i>確認が遅い</i>", "due_on", "令和2年3月1日")
	require.Equal(t, 422, status)
	require.Contains(t, body, "期限が過ぎた日")
	require.Contains(t, body, "&lt;i&gt;確認が遅い&lt;/i&gt;")
	status, _, to = au.command(t, page, "finding", "grade", "caution", "text", "確認が遅い", "due_on", "令和99年3月1日")
	require.Equal(t, 303, status)
	page = mg.page(t, to)
	require.Contains(t, page, "措置待ち")
	answer := regexp.MustCompile(`name="form" value="(answer-[^"]+)"`).FindStringSubmatch(page)
	status, _, to = mg.command(t, page, answer[1], "text", "月に一度確かめる")
	require.Equal(t, 303, status)
	page = au.page(t, to)
	require.Contains(t, page, "措置を報告済み")
	require.Contains(t, page, "月に一度確かめる")
	_, history, _ := strings.Cut(page, `id="hih"`)
	history = regexp.MustCompile(`href="[^"]*"`).ReplaceAllString(history, "")
	require.NotContains(t, history, file[strings.LastIndex(file, "/")+1:][:8], "an id says nothing to a reader")
	require.Regexp(t, `監査の結果 <a class="mono" >#[0-9,]+</a>`, history, "a measure names the record of its finding")
	require.NotContains(t, page, `value="period.draw_sample"`, "drawing is over")

	status, _, to = au.command(t, page, "close")
	require.Equal(t, 303, status)
	require.Contains(t, au.page(t, to), "終了")
	require.NotContains(t, mg.page(t, file), `name="command"`)
	english := au.english(t, file)
	require.Contains(t, english, "drawn again: the same")
	require.Contains(t, english, "measures reported")
	status, _ = h.as(t, "co1").get(t, file)
	require.Equal(t, 403, status)
	status, _ = au.get(t, "/audits/2019/no-such")
	require.Equal(t, 404, status)
}

// issue sends the form of evidence with a file.
func (v *visitor) issue(t *testing.T, page, file, content string) (int, string) {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for _, f := range [][2]string{{"form", "issue"}, {"command", "period.issue_evidence"}, {"audit", file[strings.LastIndex(file, "/")+1:]}, {"item", "1"}, {"log_position", "3"}, {"redaction", "facts_only"}} {
		require.NoError(t, m.WriteField(f[0], f[1]))
	}
	w, err := m.CreateFormFile("file", "証憑.zip")
	require.NoError(t, err)
	_, err = w.Write([]byte(content))
	require.NoError(t, err)
	require.NoError(t, m.Close())
	req, err := http.NewRequest("POST", v.h.server.URL+file, &body)
	require.NoError(t, err)
	req.Header.Set("Content-Type", m.FormDataContentType())
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	return res.StatusCode, res.Header.Get("Location")
}

// auditorOf is the account of the one auditor who can be engaged.
func auditorOf(t *testing.T, mg *visitor, file string) string {
	t.Helper()
	_, rest, ok := strings.Cut(mg.page(t, file), `id="engage-account"`)
	require.True(t, ok)
	return regexp.MustCompile(`<option value="([^"]+)"`).FindStringSubmatch(rest)[1]
}
