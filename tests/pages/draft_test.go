package pages_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/viewing"
)

var draftPath = "/people/%s/draft"

// keep sends what is typed as a page does while somebody types.
func (v *visitor) keep(t *testing.T, person string, f url.Values) string {
	t.Helper()
	status, body, _ := v.post(t, strings.Replace(draftPath, "%s", person, 1), f, "HX-Request", "true")
	require.Equal(t, 200, status, body)
	require.NotContains(t, body, "<html")
	return body
}

func TestADraftIsKeptUntilItIsRecorded(t *testing.T) {
	h := open(t)
	co, path := h.as(t, "co1"), "/people/"+h.person
	action, f := h.entry(t, co.page(t, path))
	f.Set("memo", hostile+" 途中の文")
	f.Set("next", "来週土 15時")
	require.Contains(t, co.keep(t, h.person, f), "下書きを自動保存しました（未送信 0件）")

	page := co.page(t, path)
	require.Contains(t, page, "途中の文")
	require.NotContains(t, page, "<script>alert")
	require.Contains(t, page, "の下書きから続けています")
	require.Contains(t, page, "15:00", "dates are read back")
	_, back := h.entry(t, page)
	require.Equal(t, f.Get("draft"), back.Get("draft"), "the same draft")
	require.Equal(t, f.Get("expected"), back.Get("expected"))
	require.NotEqual(t, f.Get("command_id"), back.Get("command_id"), "another page, another command")
	require.NotContains(t, h.as(t, "ld1").page(t, path), "途中の文", "a draft is its writer's")
	require.NotContains(t, co.page(t, path+"?asof=R1.6.9"), "途中の文", "nothing is written into the past")

	back.Set("memo", "途中の文を終えた")
	status, _, to := co.post(t, action, back)
	require.Equal(t, 303, status)
	page = co.page(t, to)
	require.NotContains(t, page, "の下書きから続けています")
	require.Equal(t, 1, strings.Count(page, "途中の文を終えた"), "in the timeline alone")

	co.keep(t, h.person, back)
	require.NotContains(t, co.page(t, path), "の下書きから続けています", "a copy that was under way does not come back")
	next := regexp.MustCompile(`data-draft-id="([^"]+)"`).FindStringSubmatch(co.keep(t, h.person, f))
	require.Len(t, next, 2, "the first page goes on under a draft of its own")
	require.Contains(t, co.page(t, path), next[1])
}

func TestADraftSaysWhatOthersRecordedSince(t *testing.T) {
	h := open(t)
	co, ld, path := h.as(t, "co1"), h.as(t, "ld1"), "/people/"+h.person
	_, f := h.entry(t, co.page(t, path))
	f.Set("memo", "続きはあとで")
	co.keep(t, h.person, f)
	action, g := h.entry(t, ld.page(t, path))
	g.Set("memo", "責任者が先に記録した")
	status, _, _ := ld.post(t, action, g)
	require.Equal(t, 303, status)

	page := co.page(t, path)
	require.Contains(t, page, ">続きはあとで</textarea>")
	_, back := h.entry(t, page)
	back.Set("memo", "続きはあとで")
	status, body, _ := co.post(t, action, back)
	require.Equal(t, 409, status)
	require.Contains(t, body, "責任者が先に記録した")
	require.Contains(t, body, "続きはあとで")
}

func TestADraftWithoutScript(t *testing.T) {
	h := open(t)
	co, path := h.as(t, "co1"), "/people/"+h.person
	page := co.page(t, path)
	require.Contains(t, page, `<noscript><button class="btn btn--line" type="submit" formaction="`+path+`/draft">`)
	_, f := h.entry(t, page)
	f.Set("memo", "ボタンで残した")
	status, _, to := co.post(t, path+"/draft", f)
	require.Equal(t, 303, status)
	page = co.page(t, to)
	require.Contains(t, page, "ボタンで残した")
	status, _, to = co.post(t, path+"/draft/drop", form(t, page, path+"/draft/drop"))
	require.Equal(t, 303, status)
	require.NotContains(t, co.page(t, to), "ボタンで残した")

	_, f = h.entry(t, co.page(t, path))
	co.keep(t, h.person, f)
	for _, name := range []string{"memo", "next", "when", "started_at", "ended_at", "categories", "concerns"} {
		f.Del(name)
	}
	require.Empty(t, strings.TrimSpace(co.keep(t, h.person, f)), "an empty form is no draft")
	require.NotContains(t, co.page(t, path), "の下書きから続けています")
}

func TestADraftTakesNothingElse(t *testing.T) {
	h := open(t)
	co, path := h.as(t, "co1"), "/people/"+h.person
	_, f := h.entry(t, co.page(t, path))
	f.Set("memo", strings.Repeat("長", 64<<10/9))
	status, _, _ := co.post(t, path+"/draft", f, "HX-Request", "true")
	require.Equal(t, 413, status)
	f.Set("memo", "短い")
	f.Set("draft", "../../etc/passwd")
	status, _, _ = co.post(t, path+"/draft", f)
	require.Equal(t, 404, status)
	f.Set("draft", uuid.NewString())
	f.Set("role", "AD")
	f.Set("asof", "2019-06-03")
	status, _, _ = co.post(t, path+"/draft", f)
	require.Equal(t, 403, status)
	f.Del("asof")
	away := h.as(t, "co9")
	status, _, _ = away.post(t, path+"/draft", f)
	require.Equal(t, 404, status, "a person of another prefecture")
	status, _, _ = away.post(t, path+"/draft/drop", f)
	require.Equal(t, 404, status)
	status, _, _ = co.post(t, "/people/"+uuid.NewString()+"/draft", f)
	require.Equal(t, 404, status, "nobody")
}

// What was typed lies nowhere in clear, and is shown only after the access log.
func TestADraftIsSealedAndWrittenDown(t *testing.T) {
	h := open(t)
	co, path := h.as(t, "co1"), "/people/"+h.person
	_, f := h.entry(t, co.page(t, path))
	f.Set("memo", "だれにも見えない下書き")
	before := h.Access.Head().Size
	co.keep(t, h.person, f)
	require.Equal(t, before, h.Access.Head().Size, "keeping shows nothing")
	require.NoError(t, filepath.WalkDir(h.Config.Data, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		require.NotContains(t, string(raw), "だれにも見えない", name)
		require.NotContains(t, string(raw), url.QueryEscape("だれにも見えない"), name)
		return err
	}))
	require.NotContains(t, h.log.String(), "だれにも見えない")
	require.Contains(t, co.page(t, path), "だれにも見えない下書き")
	seen, err := h.Access.Of(t.Context(), h.person, 1)
	require.NoError(t, err)
	require.Equal(t, viewing.View, seen[0].Act)
}
