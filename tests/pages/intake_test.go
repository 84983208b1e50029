package pages_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// reception searches, and answers the page with the form of a new person filled in.
func reception(t *testing.T, v *visitor, q string) (string, url.Values) {
	t.Helper()
	status, body, _ := v.post(t, "/intake/search", url.Values{"q": {q}})
	require.Equal(t, 200, status)
	f := form(t, body, "/intake")
	for name, value := range map[string]string{"name": "見本 太郎", "reading": "みほん たろう", "born": "H9 5 1", "phone": "080-0000-4321", "residence_pref": "13", "age_band": "unknown", "lead_source": "walk_in",
		"language": "ja", "method": "paper", "channel": "in_person", "categories": "job", "memo": "Uターンを考えている"} {
		f.Set(name, value)
	}
	return body, f
}

// happened counts the events of the log by type.
func (h *house) happened(t *testing.T) map[string]int {
	t.Helper()
	out := map[string]int{}
	for rec, err := range h.Store.All(t.Context(), 0) {
		require.NoError(t, err)
		out[rec.Type]++
	}
	return out
}

func TestNobodyIsRegisteredUnsearched(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	page := co.page(t, "/intake")
	require.NotContains(t, page, `action="/intake"`, "no form before a search")
	_, f := reception(t, co, "見本 太郎")
	f.Del("search")
	status, _, to := co.post(t, "/intake", f)
	require.Equal(t, 303, status)
	require.Equal(t, "/intake", to)
	status, body, _ := co.post(t, "/intake/search", url.Values{"q": {"た"}})
	require.Equal(t, 422, status)
	require.Contains(t, body, "2文字以上")
	require.NotContains(t, body, `action="/intake"`)
}

func TestASearchSaysWhoIsNearAndWhy(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, body, _ := co.post(t, "/intake/search", url.Values{"q": {"高橋 れいこ 080-0000-4321"}})
	for _, want := range []string{"近い人が1人います", "髙橋 例子", "氏が同じ（異体字 高橋＝髙橋）", "名のよみが同じ（れいこ）", "<b>＋20</b>", "<b>＋25</b>", "<b>45</b>", "似ている",
		`href="/people/` + h.person + `#memo"`, `name="phone" value="080-0000-4321"`, `name="name" value="高橋"`, `name="reading" value="れいこ"`} {
		require.Contains(t, body, want)
	}
	require.NotContains(t, body, "apart-")
	_, body, _ = h.as(t, "co9").post(t, "/intake/search", url.Values{"q": {"高橋 れいこ"}})
	require.NotContains(t, body, h.person, "of another prefecture")
	require.Contains(t, body, "近い人は見つかりませんでした")
}

func TestAPersonAndTheFirstConsultationAreOneSave(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, f := reception(t, co, "見本 太郎")
	f["consents"] = []string{"event_notice", "partner_sharing"}
	status, body, to := co.post(t, "/intake", f)
	require.Equal(t, 303, status, body)
	page := co.page(t, to)
	for _, want := range []string{"見本 太郎", "みほん たろう", "Uターンを考えている", "を記録しました", "20代", "催しの案内"} {
		require.Contains(t, page, want)
	}
	status, _, again := co.post(t, "/intake", f)
	require.Equal(t, 303, status, "the same press again")
	require.Contains(t, again, "again=1")
	require.Equal(t, strings.Split(to, "?")[0], strings.Split(again, "?")[0])
	_, body, _ = co.post(t, "/intake/search", url.Values{"q": {"ミホン　タロー"}})
	require.Contains(t, body, "近い人が1人います")
}

func TestWhoIsLikelyOnRecordNeedsAReason(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, f := reception(t, co, "見本 太郎")
	status, _, _ := co.post(t, "/intake", f)
	require.Equal(t, 303, status)

	body, f := reception(t, co, "みほん 080-0000-4321")
	field := regexp.MustCompile(`name="(apart-[0-9a-f-]+)"`)
	require.Empty(t, field.FindStringSubmatch(body), "58 points are not likely")
	status, body, _ = co.post(t, "/intake", f)
	require.Equal(t, 422, status, "what was typed is the same: 115 points")
	found := field.FindStringSubmatch(body)
	require.NotEmpty(t, found)
	require.Contains(t, body, "別の人である理由を選んでください")
	require.Contains(t, body, "生年月日が同じ")
	require.Contains(t, body, "Uターンを考えている", "nothing typed is lost")
	require.Equal(t, f.Get("command_id"), form(t, body, "/intake").Get("command_id"))
	f.Set(found[1], "whatever")
	status, _, _ = co.post(t, "/intake", f)
	require.Equal(t, 422, status)
	f.Set(found[1], "family")
	status, body, to := co.post(t, "/intake", f)
	require.Equal(t, 303, status, body)
	co.page(t, to)
	status, _, again := co.post(t, "/intake", f)
	require.Equal(t, 303, status)
	require.Contains(t, again, "again=1")
	require.Equal(t, 1, h.happened(t)["person.duplicate_suspected"], "named once, and not again by the matcher")
	require.Equal(t, 1, h.happened(t)["person.duplicate_dismissed"])
}

func TestWrongReceptionInputLosesNothing(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, f := reception(t, co, "見本 太郎")
	f.Del("categories")
	f.Set("born", "2/30")
	f.Set("name", hostile)
	f.Set("reading", "")
	status, body, _ := co.post(t, "/intake", f)
	require.Equal(t, 422, status)
	require.NotContains(t, body, "<script>alert")
	require.NotContains(t, body, "<img src=x")
	for _, want := range []string{"2月に30日はありません", `href="#born"`, `href="#categories"`, `value="2/30"`, "Uターンを考えている", `value="080-0000-4321"`} {
		require.Contains(t, body, want)
	}
	f.Set("name", "")
	f.Set("memo", "")
	f.Set("method", "telepathy")
	f.Del("residence_pref")
	status, body, _ = co.post(t, "/intake", f, "Cookie", "language=en")
	require.Equal(t, 422, status)
	require.Contains(t, body, "Enter Name")
	require.Contains(t, body, "Choose How was it shown")
	require.Contains(t, body, `href="#residence_pref"`)
}

func TestANamelessPersonLeavesNoTrace(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, f := reception(t, co, "見本 太郎")
	f.Set("act", "nameless")
	f.Del("method")
	status, body, to := co.post(t, "/intake", f)
	require.Equal(t, 303, status, body)
	page := co.page(t, to)
	require.Contains(t, page, "匿名")
	require.NotContains(t, page, "見本 太郎")
	_, body, _ = co.post(t, "/intake/search", url.Values{"q": {"見本 太郎 080-0000-4321"}})
	require.Contains(t, body, "近い人は見つかりませんでした")
}

// nobody registers somebody without a name and answers the page.
func (h *house) nobody(t *testing.T, co *visitor) string {
	t.Helper()
	_, f := reception(t, co, "見本 太郎")
	f.Set("act", "nameless")
	status, body, to := co.post(t, "/intake", f)
	require.Equal(t, 303, status, body)
	co.page(t, to)
	path, _, _ := strings.Cut(to, "?")
	return path
}

func TestANamelessPersonIsNamedLater(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	path := h.nobody(t, co)
	require.Contains(t, co.page(t, path), path+"/identify")
	require.NotContains(t, co.page(t, path+"/identify"), `action="`+path+`/identify"`, "a search stands before")
	status, body, _ := co.post(t, path+"/identify/search", url.Values{"q": {"見本 太郎"}})
	require.Equal(t, 200, status)
	f := form(t, body, path+"/identify")
	f.Set("name", "")
	f.Set("residence_pref", "13")
	f.Set("age_band", "unknown")
	status, body, _ = co.post(t, path+"/identify", f)
	require.Equal(t, 422, status)
	require.Contains(t, body, `href="#name"`)
	f.Set("name", "見本 太郎")
	f.Set("born", "H9 5 1")
	status, body, to := co.post(t, path+"/identify", f)
	require.Equal(t, 303, status, body)
	page := co.page(t, to)
	require.Contains(t, page, "見本 太郎")
	require.Contains(t, page, "Uターンを考えている", "what was recorded before")
	status, _ = co.get(t, path+"/identify")
	require.Equal(t, 404, status, "named once")
}

func TestANamelessPersonIsLinkedToARecord(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	path := h.nobody(t, co)
	_, body, _ := co.post(t, path+"/identify/search", url.Values{"q": {"高橋 例子"}})
	f := form(t, body, path+"/same")
	require.Equal(t, h.person, f.Get("other"))
	stranger := url.Values{"q": {"高橋 例子"}, "other": {"11111111-2222-3333-4444-555555555555"}}
	status, _, _ := co.post(t, path+"/same", stranger)
	require.Equal(t, 404, status, "nobody the search found")
	status, body, to := co.post(t, path+"/same", f)
	require.Equal(t, 303, status, body)
	pair, _, _ := strings.Cut(to, "?")
	co.page(t, to)
	ld := h.as(t, "ld1")
	merge := form(t, ld.page(t, pair), pair+"/merge")
	merge.Set("evidence", "person_statement")
	status, body, to = ld.post(t, pair+"/merge", merge)
	require.Equal(t, 303, status, body)
	ld.page(t, to)
	require.Contains(t, co.page(t, "/people/"+h.person), "Uターンを考えている", "one journey")
}

func TestOnlyARegistrationRecordsNoConsultation(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	_, f := reception(t, co, "見本 太郎")
	f.Set("act", "only")
	f.Set("memo", "")
	status, body, to := co.post(t, "/intake", f)
	require.Equal(t, 303, status, body)
	co.page(t, to)
	require.Equal(t, 2, h.happened(t)["case.consultation_held"], "those that were there")
	require.Equal(t, 2, h.happened(t)["case.opened"])
}

// What was typed in reception and not recorded is kept for its writer alone, sealed,
// and gone once it is recorded or thrown away.
func TestAReceptionIsKeptAsADraft(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	require.NotContains(t, co.page(t, "/intake"), "/intake/draft/drop")
	_, f := reception(t, co, "下書 れいこ")
	f.Set("memo", "途中まで聞いたこと")
	f.Set("phone", "080-0000-9999")
	status, body, _ := co.post(t, "/intake/draft", f, "HX-Request", "true")
	require.Equal(t, http.StatusOK, status, h.log.String())
	require.NotContains(t, body, "<html")
	require.NotContains(t, h.as(t, "ld1").page(t, "/intake"), "/intake/draft/drop", "another's draft")
	sealed := false
	require.NoError(t, filepath.WalkDir(h.Config.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		require.NotContains(t, string(raw), "途中まで聞いた", path)
		sealed = sealed || strings.Contains(d.Name(), "draft")
		return err
	}))
	require.True(t, sealed)

	again := url.Values{}
	require.NotContains(t, co.page(t, "/intake"), "途中まで聞いた")
	again.Set("draft", f.Get("draft"))
	status, body, _ = co.post(t, "/intake/search", again)
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "途中まで聞いたこと")
	require.Regexp(t, `value="13" selected`, body)
	require.Regexp(t, `name="method" value="paper" checked`, body)
	g := form(t, body, "/intake")
	require.Equal(t, f.Get("draft"), g.Get("draft"))
	require.NotEqual(t, f.Get("command_id"), g.Get("command_id"))
	for name, list := range f {
		if !slices.Contains([]string{"command_id", "search"}, name) {
			g[name] = list
		}
	}
	status, body, to := co.post(t, "/intake", g)
	require.Equal(t, http.StatusSeeOther, status, regexp.MustCompile(`<ul class="errs">.*`).FindString(body))
	require.Contains(t, to, "/people/")
	require.NotContains(t, co.page(t, "/intake"), "/intake/draft/drop", "it is recorded")

	_, f = reception(t, co, "下書 れいじ")
	f.Set("memo", "まだ")
	_, _, _ = co.post(t, "/intake/draft", f)
	require.Contains(t, co.page(t, "/intake"), "/intake/draft/drop")
	status, _, _ = co.post(t, "/intake/draft/drop", f)
	require.Equal(t, http.StatusSeeOther, status)
	require.NotContains(t, co.page(t, "/intake"), "/intake/draft/drop")
	status, _, _ = co.post(t, "/intake/draft", url.Values{"draft": {"x"}, "memo": {"x"}})
	require.Equal(t, http.StatusNotFound, status)
	require.NotContains(t, h.log.String(), "途中まで")
}
