package pages_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/web"
)

// everybody are people of every role, by sign-in name.
func (h *house) everybody(t *testing.T) map[string]*visitor {
	t.Helper()
	all := map[string]*visitor{}
	for _, who := range []string{"ad1", "an1", "au1", "co1", "ld1", "mg1", "po1", "ro1"} {
		all[who] = h.as(t, who)
	}
	return all
}

// head is how far the log goes.
func (h *house) head(t *testing.T) uint64 {
	t.Helper()
	head, err := h.Store.Head(t.Context())
	require.NoError(t, err)
	return head.Position
}

// since are the events after a position, with their facts.
func (h *house) since(t *testing.T, position uint64) (events []domain.Recorded, facts []map[string]any) {
	t.Helper()
	for rec, err := range h.Store.All(t.Context(), position) {
		require.NoError(t, err)
		var body struct{ Facts map[string]any }
		require.NoError(t, json.Unmarshal(rec.Body, &body))
		events, facts = append(events, rec), append(facts, body.Facts)
	}
	return events, facts
}

// routes are all pages for people who are signed in, with the ids of this log in them.
func (h *house) routes(t *testing.T, of *visitor) []asked {
	t.Helper()
	status, to := of.attach(t, h, "履歴書.pdf", []byte("%PDF-1.7"))
	require.Equal(t, http.StatusSeeOther, status)
	document := regexp.MustCompile(`/documents/([0-9a-f-]{36})`).FindStringSubmatch(of.page(t, to))[1]
	fill := strings.NewReplacer("{$}", "", "{id}", h.person, "{person}", h.person, "{no}", strconv.FormatUint(h.session.Position, 10), "{document}", document, "{task}", "t", "{fy}", "2019",
		"{unit}", "TKO", "{kind}", "pdf", "{indicator}", "K1", "{version}", "v2", "{edition}", "public", "{stream}", "s", "{act}", "approve", "{audit}", "u1")
	var all []asked
	for _, pattern := range slices.Sorted(maps.Keys(web.Looks())) {
		method, path, _ := strings.Cut(fill.Replace(pattern), " ")
		if strings.HasSuffix(path, "/news") || strings.HasSuffix(path, "/stream") {
			path += "?from=0"
		}
		all = append(all, asked{pattern: pattern, method: method, path: path})
	}
	require.Greater(t, len(all), 80)
	return all
}

// of31 are the names of people of the prefecture whose records the log holds, as
// nobody types them here.
var of31 = regexp.MustCompile("髙橋|例子|れいこ")

// Whoever asks for the record of another prefecture by its number, or for any page
// without a session or without a role, reads and writes nothing: on every route.
func TestNobodyReachesTheRecordsOfOthers(t *testing.T) {
	h := open(t)
	routes := h.routes(t, h.as(t, "co1"))
	for _, role := range []string{"LD", "AN", "MG", "RO", "PO", "AD"} {
		h.grant(t, "co9", role)
	}
	head := h.head(t)
	away, stranger := h.as(t, "co9"), h.stranger(t)
	shown := 0
	for _, a := range routes {
		if a.pattern == "POST /lock" || a.pattern == "POST /settings/sessions" {
			continue // they end the very session that asks
		}
		status, body := h.answer(t, away, a)
		require.Less(t, status, 500, "%s %s", a.pattern, h.log.String())
		require.NotRegexp(t, of31, body, a.pattern)
		person := strings.Contains(a.pattern, "{id}") || strings.Contains(a.pattern, "{person}")
		if person {
			require.Contains(t, []int{http.StatusNotFound, http.StatusForbidden}, status, a.pattern)
		}
		if status == http.StatusOK {
			shown++
		}
		status, body = h.answer(t, stranger, a)
		want := http.StatusUnauthorized
		if a.method == http.MethodGet && !strings.HasSuffix(a.pattern, "/news") {
			want = http.StatusSeeOther
		}
		require.Equal(t, want, status, a.pattern)
		require.NotRegexp(t, of31, body, a.pattern)
	}
	require.Greater(t, shown, 25, "the pages themselves open")
	events, facts := h.since(t, head)
	for i, rec := range events {
		require.NotContains(t, rec.Stream, h.person, rec.Type)
		require.NotContains(t, rec.Stream, h.file, rec.Type)
		require.NotEqual(t, "31", facts[i]["controller"], "%s %v", rec.Type, facts[i])
	}
}

// otherSites are what a browser says of a post that another site made it send.
var otherSites = [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}}

// A post that another site makes a browser send is refused on every route, with a
// session or without, and reading never writes.
func TestNoPostOfAnotherSiteIsTaken(t *testing.T) {
	h := open(t)
	all := h.everybody(t)
	posts := h.routes(t, all["co1"])
	for _, open := range []string{"/sign-in", "/sign-out", "/language", "/unlock", "/sign-in/code", "/sign-in/factor", "/sign-in/password", "/receipt"} {
		posts = append(posts, asked{pattern: "POST " + open, method: "POST", path: open})
	}
	for path, operations := range h.operations(t) {
		if operations["post"] {
			posts = append(posts, asked{pattern: "POST " + path, method: "POST", path: strings.NewReplacer("{", "", "}", "").Replace(path)})
		}
	}
	head, tried := h.head(t), 0
	for who, v := range all {
		for _, a := range posts {
			if a.method != http.MethodPost {
				continue
			}
			tried++
			for _, from := range otherSites {
				status, body, _ := v.post(t, a.path, url.Values{"sign_in_name": {"co1"}, "password": {h.password}, "language": {"en"}}, from...)
				require.Equal(t, http.StatusForbidden, status, "%s %s %v %s", who, a.pattern, from, body)
			}
		}
		require.NotEqual(t, http.StatusSeeOther, first(v.get(t, "/settings")), "%s is still signed in", who)
	}
	require.Greater(t, tried, 8*150)
	for _, v := range all {
		for _, a := range posts {
			if a.method == http.MethodGet {
				_, _ = h.answer(t, v, a)
			}
		}
	}
	require.Equal(t, head, h.head(t), "nothing was written")
}

func first(status int, _ string) int { return status }

// operations are the methods of every path of the API, as it describes itself.
func (h *house) operations(t *testing.T) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{}
	for path, operations := range h.described(t) {
		out[path] = map[string]bool{}
		for method := range operations {
			out[path][method] = true
		}
	}
	return out
}

// operation is what the API says of one of them.
type operation struct {
	Parameters []struct{ Name, In string }
}

// described is every path of the API with its operations by method.
func (h *house) described(t *testing.T) map[string]map[string]operation {
	t.Helper()
	res, err := http.Get(h.server.URL + "/api/v1/openapi.json")
	require.NoError(t, err)
	defer res.Body.Close()
	var description struct {
		Paths map[string]map[string]operation `json:"paths"`
	}
	require.NoError(t, json.NewDecoder(res.Body).Decode(&description))
	require.Greater(t, len(description.Paths), 100)
	return description.Paths
}

// ofTheMachine tells whether an answer holds a file that is no page of the product.
func ofTheMachine(body string) bool {
	return strings.Contains(body, "root:") || strings.Contains(body, "module ayumi")
}

// No address reaches a file of the machine.
func TestNoAddressLeavesItsFolder(t *testing.T) {
	h := open(t)
	all := h.everybody(t)
	steps := []string{"..", "%2e%2e", "..%2f..%2f..%2f..%2fetc%2fpasswd", "....//....//etc/passwd", "%2fetc%2fpasswd", `..%5c..%5cetc%5cpasswd`, "%00", "%ff", "%e9%ab", "a%ffb%2f..", "/etc/passwd%00.pdf", "C:%5cWindows%5cwin.ini"}
	place := regexp.MustCompile(`\{[a-z]+\}`)
	tried := 0
	look := func(v *visitor, path string) {
		req, err := http.NewRequest("GET", h.server.URL, nil)
		require.NoError(t, err)
		req.URL.Opaque = path // as typed, without the client's cleaning
		res, err := v.Do(req)
		require.NoError(t, err, path)
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		tried++
		require.Less(t, res.StatusCode, 500, "%s %s", path, h.log.String())
		require.False(t, ofTheMachine(string(body)), path)
	}
	for _, who := range []string{"co1", "mg1", "po1"} {
		for _, a := range h.routes(t, all["co1"]) {
			if a.method != http.MethodGet || !place.MatchString(a.pattern) || strings.HasSuffix(a.pattern, "/stream") {
				continue
			}
			_, pattern, _ := strings.Cut(a.pattern, " ")
			for _, step := range steps {
				look(all[who], place.ReplaceAllString(pattern, step))
			}
		}
		for _, step := range []string{"..", "..%2f", "%2e%2e", ".."} {
			for _, from := range []string{"/static/", "/static/x/css/", "/api/v1/", "/"} {
				look(all[who], from+strings.Repeat(step+"/", 6)+"etc/passwd")
				look(all[who], from+step+"/"+step+"/go.mod")
			}
		}
	}
	require.Greater(t, tried, 400)

	// A file keeps its name as a text, wherever the name points to.
	before := files(t, filepath.Dir(h.Config.Data))
	for _, name := range []string{"../../../escaped.pdf", `..\..\escaped.pdf`, "/tmp/escaped.pdf", "a\x00b.pdf", "CON.pdf"} {
		_, _ = all["co1"].attach(t, h, name, []byte("%PDF-1.7 "+name))
	}
	for _, path := range files(t, filepath.Dir(h.Config.Data)) {
		require.True(t, slices.Contains(before, path) || strings.HasPrefix(path, filepath.Join(h.Config.Data, "attachments")), path)
		require.NotContains(t, path, "escaped")
	}
}

func files(t *testing.T, dir string) (out []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(path, string(filepath.Separator)+"bus"+string(filepath.Separator)) {
			out = append(out, path)
		}
		return nil
	}))
	return out
}

// A form that says more than its page asks for changes nothing more: who recorded,
// for whom, when and by which right come from the session.
func TestNoFieldIsTakenThatWasNotAsked(t *testing.T) {
	h := open(t)
	v := h.as(t, "co1")
	more := url.Values{"account": {"x"}, "recorded_by": {"x"}, "on_behalf_of": {"x"}, "controller": {"33"}, "role": {"AD"}, "roles": {"AD"}, "recorded_at": {"2001-01-01T00:00:00Z"},
		"occurred_at": {"2001-01-01"}, "stream": {"account-x"}, "type": {"account.role_granted"}, "position": {"1"}, "desk": {"D-OKY"}, "scenario": {"true"}, "origin": {"x"}}
	action, f := h.entry(t, v.page(t, "/people/"+h.person))
	maps.Copy(f, more)
	head := h.head(t)
	status, body, _ := v.post(t, action, f)
	require.Equal(t, http.StatusSeeOther, status, body)
	events, facts := h.since(t, head)
	require.NotEmpty(t, events)
	for i, rec := range events {
		require.Equal(t, "case-"+h.file, rec.Stream)
		require.Equal(t, "31", facts[i]["controller"])
		require.NotEqual(t, "x", facts[i]["recorded_by"])
		require.NotEqual(t, "D-OKY", facts[i]["desk"])
		require.NotContains(t, fmt.Sprint(facts[i]["recorded_at"]), "2001")
	}

	// A form that gives one command gives no other, whatever it is told.
	for who, pages := range map[string][]string{"ro1": {"/volumes"}, "po1": {"/rights"}, "mg1": {"/audits/2019", "/closing/2019"}, "au1": {"/audits/2019"}, "an1": {"/closing/2019"}} {
		v := h.as(t, who)
		for _, page := range pages {
			for _, form := range formsIn(v.page(t, page)) {
				if form.multipart || form.fields.Get("command") == "" {
					continue
				}
				head := h.head(t)
				for _, command := range []string{"account.grant_role", "account.open", "person.erase", "log.begin"} {
					f := maps.Clone(form.fields)
					maps.Copy(f, more)
					f.Set("command", command)
					path, _, _ := strings.Cut(form.action, "#")
					status, body, _ := v.post(t, path, f)
					require.GreaterOrEqual(t, status, 400, "%s %s %s", page, command, body)
				}
				require.Equal(t, head, h.head(t))
			}
		}
	}

	// The API names the field it does not know.
	for _, name := range slices.Sorted(maps.Keys(more)) {
		data := map[string]any{"case": h.file, "text": "x", name: more.Get(name)}
		raw, err := json.Marshal(data)
		require.NoError(t, err)
		req, err := http.NewRequest("POST", h.server.URL+"/api/v1/commands/case.add_note", strings.NewReader(string(raw)))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", "0b4b33a6-3c62-4b83-a6cb-2b5a3f41d9a1")
		head := h.head(t)
		res, err := v.Do(req)
		require.NoError(t, err)
		res.Body.Close()
		require.GreaterOrEqual(t, res.StatusCode, 400, name)
		require.Equal(t, head, h.head(t), name)
	}
}

// Guessing passwords is slow from everywhere and by every door; the right one waits too.
func TestPasswordsAreNotGuessed(t *testing.T) {
	h := open(t)
	for i := range 5 {
		status, _, _ := h.stranger(t).post(t, "/sign-in", url.Values{"sign_in_name": {"co1"}, "password": {fmt.Sprint("guess ", i)}})
		require.Equal(t, http.StatusUnprocessableEntity, status)
	}
	status, body, _ := h.stranger(t).post(t, "/sign-in", url.Values{"sign_in_name": {"co1"}, "password": {h.password}})
	require.Equal(t, http.StatusTooManyRequests, status)
	require.NotContains(t, body, h.password)
	require.Equal(t, http.StatusTooManyRequests, h.basic(t, "co1"), "the API shares the count")

	// An unknown name answers as a known one, to the byte.
	_, known, _ := h.stranger(t).post(t, "/sign-in", url.Values{"sign_in_name": {"ld1"}, "password": {"guess"}})
	_, unknown, _ := h.stranger(t).post(t, "/sign-in", url.Values{"sign_in_name": {"ld2"}, "password": {"guess"}})
	require.Equal(t, strings.ReplaceAll(known, `value="ld1"`, `value="ld2"`), unknown)
}

// Methods that no page has are refused, TRACE among them.
func TestNoOtherMethodIsServed(t *testing.T) {
	h := open(t)
	v := h.as(t, "co1")
	head := h.head(t)
	for _, method := range []string{"TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "OPTIONS"} {
		for _, path := range []string{"/people/" + h.person, "/sign-in", "/settings/password", "/api/v1/definitions"} {
			req, err := http.NewRequest(method, h.server.URL+path, nil)
			require.NoError(t, err)
			req.Header.Set("X-Probe", "given back")
			res, err := v.Do(req)
			require.NoError(t, err)
			body, err := io.ReadAll(res.Body)
			require.NoError(t, err)
			res.Body.Close()
			require.GreaterOrEqual(t, res.StatusCode, 400, "%s %s", method, path)
			require.NotContains(t, string(body), "given back")
			require.Empty(t, res.Header.Get("Access-Control-Allow-Origin"))
		}
	}
	require.Equal(t, head, h.head(t))
}

// What the API answers runs nowhere, is framed nowhere and is kept nowhere.
func TestABodyOfTheAPIIsGuarded(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/api/v1/definitions", "/api/v1/openapi.json", "/api/v1/nowhere", "/api/v1/receipts/x"} {
		res, err := http.Get(h.server.URL + path)
		require.NoError(t, err)
		res.Body.Close()
		require.Contains(t, res.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'", path)
		require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-store", res.Header.Get("Cache-Control"), path)
		require.NotContains(t, res.Header.Get("Content-Type"), "html", path)
	}
}
