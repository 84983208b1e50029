package pages_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	standing = regexp.MustCompile(`<input type="(?:hidden|text)"[^>]* name="([a-z_]+)" value="([^"]*)"`)
	chosen   = regexp.MustCompile(`(?s)<select[^>]* name="([a-z_]+)"[^>]*>(.*?)</select>`)
	selected = regexp.MustCompile(`<option value="([^"]*)" selected>`)
	area     = regexp.MustCompile(`(?s)<textarea[^>]* name="([a-z_]+)"[^>]*>(.*?)</textarea>`)
)

// line is the form of a sheet's page that has this id, as it stands.
func line(t *testing.T, page, id string) url.Values {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<details class="cf" id="`+id+`"`)
	require.True(t, ok, "no form %s", id)
	rest, _, _ = strings.Cut(rest, "</form>")
	out := url.Values{}
	for _, m := range standing.FindAllStringSubmatch(rest, -1) {
		out.Set(m[1], html.UnescapeString(m[2]))
	}
	for _, m := range chosen.FindAllStringSubmatch(rest, -1) {
		if value := selected.FindStringSubmatch(m[2]); value != nil {
			out.Set(m[1], value[1])
		}
	}
	for _, m := range area.FindAllStringSubmatch(rest, -1) {
		out.Set(m[1], html.UnescapeString(m[2]))
	}
	return out
}

// write saves one line of a sheet.
func (v *visitor) write(t *testing.T, sheet, id string, more url.Values) (int, string) {
	t.Helper()
	f := line(t, v.page(t, sheet), id)
	for name, values := range more {
		f[name] = values
	}
	status, body, to := v.post(t, sheet, f)
	if status == http.StatusSeeOther {
		to, _, _ = strings.Cut(to, "#")
		body = v.page(t, to)
	}
	return status, body
}

// A sheet is drafted, written line by line, evaluated by a manager, and copied into
// the next year without its actuals.
func TestASheetIsWritten(t *testing.T) {
	h := open(t)
	an, mg := h.as(t, "an1"), h.as(t, "mg1")
	page := an.page(t, "/sheets/new")
	f := form(t, page, "/sheets/new")
	draft := url.Values{"fy": {"２０１９"}, "format": {"F2016"}, "bureau": {"交流人口拡大本部"}, "unit": {hostile}, "policy": {"誘致"}}
	for name, values := range f {
		draft[name] = values
	}
	status, body, _ := an.post(t, "/sheets/new", url.Values{"command_id": f["command_id"], "fy": {"二千"}, "unit": {hostile}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.NotContains(t, body, "<script>alert")
	require.Contains(t, body, "&lt;script&gt;")
	status, body, to := an.post(t, "/sheets/new", draft)
	require.Equal(t, http.StatusSeeOther, status, body)
	an.page(t, to)
	sheet, _, _ := strings.Cut(to, "?")
	status, body = an.write(t, sheet, "mission0", url.Values{"text": {"首都圏から呼び込む"}})
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, body, "首都圏から呼び込む")
	status, body = an.write(t, sheet, "mission1", nil)
	require.Equal(t, http.StatusUnprocessableEntity, status, "an empty line")
	require.Contains(t, body, `aria-invalid="true"`)
	an.write(t, sheet, "indicators0", url.Values{"name": {"IJUターン就職者、移住者数"}, "indicator": {"K1@D-TKY"}, "class": {"outcome"}})
	status, body = an.write(t, sheet, "values2", url.Values{"comparator": {"ge"}, "value": {"３０"}, "unit": {"名"}, "text": {"30名以上"}})
	require.Equal(t, http.StatusSeeOther, status, body)
	status, body = an.write(t, sheet, "values2", url.Values{"value": {"多く"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "多く", "what was typed stays")
	status, _ = an.write(t, sheet, "actuals0", url.Values{"absent_reason": {"not_stated"}})
	require.Equal(t, http.StatusSeeOther, status)
	old := line(t, an.page(t, sheet), "aims0")
	an.write(t, sheet, "mission0", url.Values{"text": {"首都圏から県へ呼び込む"}})
	old.Set("text", "相談者を増やす")
	status, _, _ = an.post(t, sheet, old)
	require.Equal(t, http.StatusConflict, status, "somebody else was first")
	require.NotContains(t, mg.page(t, sheet), "mission0", "a manager evaluates and publishes")
	status, _, _ = h.as(t, "co1").post(t, sheet, old)
	require.Equal(t, http.StatusForbidden, status)

	status, body = mg.write(t, sheet, "publish", nil)
	require.Equal(t, http.StatusSeeOther, status, body)
	require.Contains(t, body, "評価", "after the plan comes the evaluation")
	status, body = mg.write(t, sheet, "evaluation1", url.Values{"mark": {"on_plan"}, "mark_text": {"○(予定どおり)"}, "score": {"８"}, "reasons": {"窓口を開けた。"}})
	require.Equal(t, http.StatusSeeOther, status, body)
	status, body = mg.write(t, sheet, "publish", nil)
	require.Equal(t, http.StatusSeeOther, status, body)
	page = an.page(t, "/ledger")
	for _, want := range []string{"30名以上", "空欄", "2件・新しい順"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, mg.page(t, sheet), `id="publish"`, "nothing was written since")
	an.write(t, sheet, "issues0", url.Values{"issue": {"目に留まりにくい。"}, "next_step": {"広告を工夫する。"}})
	status, body = mg.write(t, sheet, "publish", nil)
	require.Equal(t, http.StatusUnprocessableEntity, status, "a revision says why")
	require.Contains(t, body, `aria-invalid="true"`)
	status, body = mg.write(t, sheet, "publish", url.Values{"why": {"課題の記載漏れ"}})
	require.Equal(t, http.StatusSeeOther, status, body)
	shown := strings.TrimSuffix(sheet, "/edit")
	require.Contains(t, an.page(t, shown), "第3版")
	require.Contains(t, an.page(t, shown), `href="`+shown+`/editions"`)
	editionsOf(t, an, shown)

	page = an.page(t, "/sheets/new")
	_, from, _ := strings.Cut(page, `value="S31.2019.1"`)
	require.NotEmpty(t, from)
	next := url.Values{"command_id": form(t, page, "/sheets/new")["command_id"], "from": {"S31.2019.1"}, "fy": {"2020"}, "format": {"F2016"},
		"bureau": {"交流人口拡大本部"}, "unit": {"東京本部"}, "policy": {"誘致"}}
	status, body, to = an.post(t, "/sheets/new", next)
	require.Equal(t, http.StatusSeeOther, status, body)
	page = an.page(t, to)
	require.Contains(t, page, "首都圏から県へ呼び込む")
	require.Contains(t, page, "30名以上")
	require.Empty(t, line(t, page, "actuals0").Get("absent_reason"), "an actual is not copied")
	require.NotContains(t, h.log.String(), `"level":"ERROR"`)
}

// editionsOf reads the page of the editions of a sheet that was published three
// times: the two last of it where nobody says which, any two by their address.
func editionsOf(t *testing.T, an *visitor, sheet string) {
	page := an.page(t, sheet+"/editions")
	for _, want := range []string{"第1版", "第2版", "第3版", "計画の公表", "最終評価の公表", "課題の記載漏れ", "正誤表　第2版 → 第3版", "<ins>目に留まりにくい。</ins>", "2か所が違います"} {
		require.Contains(t, page, want)
	}
	require.NotContains(t, page, "on_plan")
	page = an.page(t, sheet+"/editions?left=2&right=1")
	for _, want := range []string{"正誤表　第2版 → 第1版", "<del>○（予定どおり）</del>", "<del>窓口を開けた。</del>", "（記載なし）"} {
		require.Contains(t, page, want)
	}
	require.Contains(t, an.page(t, sheet+"/editions?left=2&right=2"), "違いはありません")
	for _, wrong := range []string{"left=4", "right=0", "left=-1", "right=x", "left=1e0"} {
		status, _ := an.get(t, sheet+"/editions?"+wrong)
		require.Equal(t, http.StatusNotFound, status, wrong)
	}
}
