package pages_test

import (
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/viewing"
	"ayumi/infra/web"
	"ayumi/tests/linestub"
)

// watched notes how many entries the access log had before the first byte of an
// answer left.
func (h *house) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&firstByte{ResponseWriter: w, h: h}, r)
	})
}

type firstByte struct {
	http.ResponseWriter
	h    *house
	once bool
}

func (f *firstByte) begin() {
	if !f.once {
		f.once = true
		f.h.written.Store(f.h.Access.Head().Size)
	}
}

func (f *firstByte) WriteHeader(status int) { f.begin(); f.ResponseWriter.WriteHeader(status) }

func (f *firstByte) Write(b []byte) (int, error) { f.begin(); return f.ResponseWriter.Write(b) }

func (f *firstByte) Unwrap() http.ResponseWriter { return f.ResponseWriter }

// names are those of everybody in the log.
var names = regexp.MustCompile("髙橋|例子|見本 [a-z]")

// asked is one request to a page that shows records of people.
type asked struct{ pattern, method, path, who string }

// requests are one request to every page that is in the access log, by somebody
// to whom it opens. The rest are pages of things that this small log lacks.
func (h *house) requests(t *testing.T, staff map[string]*visitor) (all []asked, lacking []string) {
	_, err := h.Sealer.Checkpoint(t.Context())
	require.NoError(t, err)
	status, to := staff["co1"].attach(t, h, "履歴書.pdf", []byte("%PDF-1.7"))
	require.Equal(t, http.StatusSeeOther, status)
	document := regexp.MustCompile(`/documents/([0-9a-f-]{36})`).FindStringSubmatch(staff["co1"].page(t, to))[1]
	thread := "t"
	if h.Line != nil {
		h.deliver(t, linestub.Text(1, 1, time.Now(), "髙橋です"))
		thread = strings.TrimPrefix(staff["co1"].writer(t), "/line/")
	}
	fill := strings.NewReplacer("{thread}", thread, "{id}", h.person, "{person}", h.person, "{no}", strconv.FormatUint(h.session.Position, 10), "{document}", document, "{task}", "t", "{fy}", "2019",
		"{unit}", "TKO", "{kind}", "pdf", "{indicator}", "K1", "{version}", "v2", "{edition}", "public")
	for _, pattern := range slices.Sorted(maps.Keys(web.Looks())) {
		if web.Looks()[pattern] == "" {
			continue
		}
		method, path, _ := strings.Cut(fill.Replace(pattern), " ")
		if strings.HasSuffix(path, "/news") || strings.HasSuffix(path, "/stream") {
			path += "?from=0"
		}
		opens := ""
		for _, who := range slices.Sorted(maps.Keys(staff)) {
			if status, _ := h.answer(t, staff[who], asked{pattern, method, path, who}); status != http.StatusForbidden && status != http.StatusNotFound {
				opens = cmp.Or(opens, who)
			}
		}
		if opens == "" {
			lacking = append(lacking, pattern)
			continue
		}
		all = append(all, asked{pattern, method, path, opens})
	}
	return all, lacking
}

// answer asks; of a stream it reads the beginning.
func (h *house) answer(t *testing.T, v *visitor, a asked) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	form := url.Values{"q": {"たかはし"}, "words": {"たかはし"}}
	req, err := http.NewRequestWithContext(ctx, a.method, h.server.URL+a.path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	if a.method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if strings.HasSuffix(req.URL.Path, "/news") {
		req.Header.Set("HX-Request", "true")
	}
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		one := make([]byte, 16)
		_, err := res.Body.Read(one)
		require.NoError(t, err)
		return res.StatusCode, string(one)
	}
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(body)
}

// Every page that shows records of people is in the access log before its first
// byte leaves, under who asked and what the page does; and none of them shows
// anything when the log cannot be written.
func TestEveryPageIsInTheAccessLogFirst(t *testing.T) {
	h, _ := lineHouse(t)
	staff := map[string]*visitor{}
	for _, who := range []string{"an1", "au1", "co1", "ld1", "mg1", "po1", "ro1"} {
		staff[who] = h.as(t, who)
	}
	all, lacking := h.requests(t, staff)
	require.Subset(t, []string{"GET /sheets/{fy}/{unit}/{kind}", "POST /people/{id}/tasks/{task}/done", "POST /people/{id}/tasks/{task}/due", "POST /people/{id}/tasks/{task}/drop",
		"POST /people/{id}/bookings/{booking}/missed", "POST /records/{no}/read", "GET /definitions/{indicator}/versions/{version}",
		"POST /definitions/{indicator}/versions/{version}", "POST /people/{id}/documents", "GET /audits/{fy}/{audit}", "POST /audits/{fy}/{audit}",
		"POST /rights", "POST /volumes", "POST /erasures/{person}", "GET /rights/{no}", "POST /rights/{no}", "GET /rights/{no}/package/{kind}", "GET /volumes/{no}", "POST /volumes/{no}", "GET /volumes/{no}/list", "GET /bundles/{fy}/{edition}",
		"GET /records/{no}/confirm", "POST /records/{no}/confirm", "GET /imports/{batch}", "POST /imports/{batch}/{act}", "GET /imports/{batch}/{kind}", "GET /universities/{no}", "POST /universities/{no}", "POST /employers", "GET /employers/{no}", "POST /employers/{no}", "POST /people/{id}/job", "GET /employers/books/{kind}", "POST /people/{id}/certificates", "GET /records/{no}/certificate", "GET /records/{no}/certificate/pdf", "GET /outreach/{no}", "POST /outreach/{no}", "POST /outreach/{no}/list", "GET /outreach/{no}/slips", "GET /duplicates/{no}", "POST /duplicates/{no}/{act}", "GET /imports/{batch}", "POST /imports/{batch}/{act}", "GET /imports/{batch}/{kind}", "GET /people/{id}/identify", "POST /people/{id}/identify/search", "POST /people/{id}/identify", "POST /imports", "POST /people/{id}/emergency", "POST /people/{id}/same", "POST /referrals", "GET /referrals/{no}", "POST /referrals/{no}", "GET /referrals/{no}/letter", "GET /referrals/{no}/letter/pdf",
		"POST /line/{thread}", "POST /people/{id}/line", "POST /webhooks", "POST /webhooks/{hook}", "GET /partner", "POST /partner", "GET /partner/{no}", "POST /partner/{no}",
		"GET /households/{no}", "POST /households/{no}", "POST /calendar",
	}, lacking, "pages of things that this small log lacks")
	require.Greater(t, len(all), 20)
	for _, a := range all {
		before := h.Access.Head().Size
		status, body := h.answer(t, staff[a.who], a)
		require.Less(t, status, 500, "%s %s", a.pattern, h.log.String())
		if status == http.StatusSeeOther {
			require.NotRegexp(t, names, body, a.pattern)
			continue
		}
		found, err := h.Access.Find(t.Context(), viewing.Filter{Limit: int(h.written.Load() - before)})
		require.NoError(t, err)
		require.Greater(t, h.written.Load(), before, "%s: written before the first byte", a.pattern)
		require.True(t, slices.ContainsFunc(found, func(e viewing.Entry) bool {
			return e.No > before && e.Account != "system" && e.Route == a.pattern && e.Roles == strings.ToUpper(a.who[:2])
		}), "%s: %+v", a.pattern, found)
	}
	require.NoError(t, h.Access.Check(t.Context()))

	require.NoError(t, h.Access.Close())
	for _, a := range all {
		status, body := h.answer(t, staff[a.who], a)
		if status == http.StatusSeeOther {
			require.NotRegexp(t, names, body, a.pattern)
			continue
		}
		require.Equal(t, http.StatusServiceUnavailable, status, a.pattern)
		require.Contains(t, body, "閲覧の記録を残せないため", a.pattern)
		require.NotRegexp(t, names, body, a.pattern)
	}
	status, body := staff["ro1"].get(t, "/status")
	require.Equal(t, http.StatusOK, status, "the state of the system can still be read")
	require.NotContains(t, body, "見本 ro1")
	require.Contains(t, body, "書けません")
}

// Who looked at a person is told to the desk and to the privacy officer.
func TestWhoLookedAtAPerson(t *testing.T) {
	h := open(t)
	co, ld := h.as(t, "co1"), h.as(t, "ld1")
	away := h.as(t, "co9")
	require.Contains(t, co.page(t, "/people/"+h.person), "/people/"+h.person+"/seen")
	status, _ := away.get(t, "/people/"+h.person)
	require.Equal(t, http.StatusNotFound, status)
	page := ld.page(t, "/people/"+h.person+"/seen")
	require.Contains(t, page, "P-00001の記録を見た人")
	require.Contains(t, page, "見本 co1")
	require.Contains(t, page, "断った", "an attempt from elsewhere too")
	_, _, _ = co.post(t, "/people/search", url.Values{"q": {"たかはし"}})
	page = h.as(t, "po1").page(t, "/access-log?person=P-00001&act=search")
	require.Contains(t, page, "相談者の検索")
	require.NotContains(t, page, "たかはし")
	_, page, _ = ld.post(t, "/access-log", url.Values{"words": {"タカハシ"}})
	require.Contains(t, page, "見本 co1", "the same words give the same digest")
	_, page, _ = ld.post(t, "/access-log", url.Values{"words": {"すずき"}})
	require.Contains(t, page, "その言葉で検索した記録はありません。")
	page = ld.page(t, "/access-log?from=R1.5.1&to=R1.5.2")
	require.Contains(t, page, "あてはまる閲覧はありません。")
	for _, bad := range []string{"/access-log?person=P-99999", "/access-log?from=R1.13.1"} {
		status, page := ld.get(t, bad)
		require.Equal(t, http.StatusUnprocessableEntity, status, bad)
		require.Contains(t, page, "aria-invalid", bad)
	}
	page = h.as(t, "au1").page(t, "/access-log")
	require.NotContains(t, page, "見本 co1", "an auditor reads the own viewing")
	status, _ = away.get(t, "/people/"+h.person+"/seen")
	require.Equal(t, http.StatusNotFound, status)
}
