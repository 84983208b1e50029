package pages_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func (h *house) record() string { return "/records/" + fmt.Sprint(h.session.Position) }

func TestARecordSaysEverythingAboutOneEvent(t *testing.T) {
	h := open(t)
	page := h.as(t, "co1").page(t, h.record())
	for _, want := range []string{"令和元年6月8日（土）", "見本 co1", "電話", "就業", "P-00001", "数えている指標", "記録の指紋", "&lt;script&gt;"} {
		require.Contains(t, page, want)
	}
	page = h.as(t, "an1").page(t, h.record())
	require.Contains(t, page, "電話")
	require.NotContains(t, page, "alert(1)", "an analyst reads facts only")
	require.NotContains(t, page, "/people/"+h.person)
	require.NotContains(t, page, "/void")
	require.Regexp(t, `<dd>相談員・新橋館 #[0-9a-f]{4}</dd>`, page, "who recorded it, without a name")
	require.Contains(t, page, "<dd>P-00001</dd>", "who it was about, without a way there")
}

var trailLink = regexp.MustCompile(`<th scope="row"><a class="mono" href="(/records/[0-9]+)">`)

// recordLink is the first record of a table of records.
func recordLink(t *testing.T, page string) string {
	t.Helper()
	found := trailLink.FindStringSubmatch(page)
	require.NotNil(t, found)
	return found[1]
}

func TestAVoidShowsItsEffectFirst(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	page := co.page(t, h.record())
	require.Contains(t, page, "2件から1件になります")
	action := h.record() + "/void"
	f := form(t, page, action)
	f.Set("why", "duplicate")
	stale := form(t, page, action)
	stale.Set("preview", "1")
	stale.Set("why", "duplicate")
	status, body, _ := co.post(t, action, stale)
	require.Equal(t, 409, status, "the effect was shown for older records")
	require.Contains(t, body, "もう一度確認")

	status, _, to := co.post(t, action, f)
	require.Equal(t, 303, status)
	require.Contains(t, co.page(t, to), "取消")
	page = co.page(t, "/people/"+h.person)
	require.Contains(t, page, "<del>相談</del>")
	require.Contains(t, page, "二重の記録")
}

func TestACorrectionShowsItsEffectFirst(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	page := co.page(t, h.record())
	action := h.record() + "/amend"
	f := form(t, page, action)
	f.Set("field", "categories")
	f.Set("new", "移住")
	f.Set("reason", "typo")
	status, body, _ := co.post(t, action, f)
	require.Equal(t, 200, status)
	require.Contains(t, body, "前の値は消えず、「訂正」が歩みに追加されます。 いまの就業相談 令和元年度は2件から1件になります")
	require.Contains(t, body, `value="移住"`)
	again := form(t, body, action)
	require.NotEmpty(t, again.Get("preview"))
	for name := range again {
		f.Set(name, again.Get(name))
	}
	status, _, to := co.post(t, action, f)
	require.Equal(t, 303, status)
	page = co.page(t, to)
	require.Contains(t, page, "<del>就業・移住</del>")
	page = co.page(t, recordLink(t, page))
	require.Contains(t, page, `<a class="mono" href="`+h.record()+`">`, "what was corrected")
	page = co.page(t, "/people/"+h.person)
	require.Contains(t, page, "<del>就業・移住</del> → 移住")

	f.Set("new", "<b>宇宙</b>")
	status, body, _ = co.post(t, action, f)
	require.Equal(t, 422, status)
	require.Contains(t, body, "&lt;b&gt;宇宙&lt;/b&gt;")
	require.NotContains(t, body, "<b>宇宙")
}

func TestTwoCorrectOneField(t *testing.T) {
	h := open(t)
	co, ld, action := h.as(t, "co1"), h.as(t, "ld1"), h.record()+"/amend"
	for _, c := range []struct{ field, was, theirs, mine string }{
		{"categories", "就業・移住", "移住", "就業"},
		{"note", "&lt;script&gt;", "責任者が直した文", "相談員が直した文"},
	} {
		page := co.page(t, h.record())
		mine, theirs := form(t, page, action), form(t, page, action)
		mine.Set("field", c.field)
		mine.Set("new", c.mine)
		mine.Set("reason", "typo")
		h.amend(t, ld, theirs, c.field, c.theirs)

		status, body, _ := co.post(t, action, mine)
		require.Equal(t, 409, status)
		_, clash, ok := strings.Cut(body, `id="clash"`)
		require.True(t, ok, "both stand side by side")
		clash, _, _ = strings.Cut(clash, "</table>")
		for _, side := range []string{c.was, "<strong>" + c.theirs + "</strong>", "<strong>" + c.mine + "</strong>", "見本 ld1"} {
			require.Contains(t, clash, side)
		}
		require.Contains(t, body, `value="`+c.mine+`"`)
		require.Contains(t, body, `href="#new"`)
		again := form(t, body, action)
		require.Empty(t, again.Get("preview"), "the effect is shown anew")
		h.amend(t, co, again, c.field, c.mine)
		require.Contains(t, co.page(t, h.record()), c.theirs, "neither is lost")
	}

	page := co.page(t, h.record())
	mine := form(t, page, action)
	h.amend(t, ld, form(t, page, action), "channel", "来所・面談")
	mine.Set("field", "outcome")
	mine.Set("new", "情報を伝えた")
	mine.Set("reason", "typo")
	status, body, _ := co.post(t, action, mine)
	require.Equal(t, 200, status, "another field clashes with nothing")
	require.Contains(t, body, "来所・面談", "and stands on the page")
}

// amend corrects the record of the house with both presses.
func (h *house) amend(t *testing.T, who *visitor, f url.Values, field, value string) {
	t.Helper()
	action := h.record() + "/amend"
	f.Set("field", field)
	f.Set("new", value)
	f.Set("reason", "typo")
	status, body, _ := who.post(t, action, f)
	require.Equal(t, 200, status, "the effect")
	for name, again := range form(t, body, action) {
		f[name] = again
	}
	status, _, to := who.post(t, action, f)
	require.Equal(t, 303, status)
	who.page(t, to)
}

func TestOnlyCounsellorsChangeRecords(t *testing.T) {
	h := open(t)
	page := h.as(t, "co1").page(t, h.record())
	f := form(t, page, h.record()+"/void")
	for _, name := range []string{"an1", "mg1", "au1", "ad1", "ro1", "po1"} {
		status, _, _ := h.as(t, name).post(t, h.record()+"/void", f)
		require.Equal(t, 403, status, name)
	}
}

// The stream says how many records came after the page, as soon as they can be
// seen, and ends when the reader goes.
func TestNewsReachesAnOpenPage(t *testing.T) {
	h := open(t)
	co, ld := h.as(t, "co1"), h.as(t, "ld1")
	page := co.page(t, "/people/"+h.person)
	_, rest, ok := strings.Cut(page, `hx-sse:connect="`)
	require.True(t, ok)
	address, _, _ := strings.Cut(rest, `"`)
	req, err := http.NewRequestWithContext(t.Context(), "GET", h.server.URL+strings.ReplaceAll(address, "&amp;", "&"), nil)
	require.NoError(t, err)
	res, err := co.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	require.Equal(t, "text/event-stream", res.Header.Get("Content-Type"))
	require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
	lines := make(chan string, 100)
	go func() {
		for s := bufio.NewScanner(res.Body); s.Scan(); {
			lines <- s.Text()
		}
		close(lines)
	}()
	require.Equal(t, ": ok", <-lines)
	for n := 1; n <= 2; n++ {
		action, f := h.entry(t, ld.page(t, "/people/"+h.person))
		status, _, _ := ld.post(t, action, f)
		require.Equal(t, 303, status)
		data := ""
		for wait := time.After(10 * time.Second); data == ""; {
			select {
			case line := <-lines:
				data = strings.TrimPrefix(line, "data: ")
				if data == line {
					data = ""
				}
			case <-wait:
				require.Fail(t, "no news")
			}
		}
		require.Contains(t, data, fmt.Sprintf("新しい記録が%d件届きました", n))
		require.NotContains(t, data, "空き家バンク", "a state, no rows")
		require.Contains(t, data, "/people/"+h.person+"/news?from=")
	}
}
