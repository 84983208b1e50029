package pages_test

import (
	"io"
	"iter"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/schema"
	"ayumi/infra/api"
	"ayumi/infra/web"
	"ayumi/tests/flow"
)

// world is the product with the life of some prefectures in it.
type world struct {
	*house
	lives map[string]*prefecture // by controller
	staff map[string]*visitor
}

// frozen is the clock of every world, so that answers differ by records alone.
var frozen = flow.At("2020-06-01", 12)

// worldOf lets the prefectures live one after the other, in this order.
func worldOf(t *testing.T, seed uint64, controllers ...string) *world {
	t.Helper()
	w := &world{lives: map[string]*prefecture{}, staff: map[string]*visitor{}}
	w.house = openAfter(t, func(_ *house, d *flow.Desk) {
		okayama(t, d, seed, "2019-07-01").hire()
		for i, c := range controllers {
			from := []string{"2019-07-01", "2020-01-06"}[i]
			p := map[string]func(*testing.T, *flow.Desk, uint64, string) *prefecture{"31": tottori, "33": okayama}[c](t, d, seed, from)
			p.live(40)
			w.lives[c] = p
		}
	}, func(c *app.Config) { c.Now = func() time.Time { return frozen } })
	return w
}

// head is how long the log is.
func (w *world) head(t *testing.T) uint64 {
	head, err := w.Store.Head(t.Context())
	require.NoError(t, err)
	return head.Position
}

func (w *world) visitor(t *testing.T, name string) *visitor {
	if w.staff[name] == nil {
		w.staff[name] = w.as(t, name)
	}
	return w.staff[name]
}

// question is one request.
type question struct {
	pattern, method, path string
	form                  url.Values
	command               string // JSON
}

// heard is an answer as it is compared: every byte of it but the signs that are new
// in each answer.
type heard struct {
	status int
	header http.Header
	body   string
}

func (a heard) differs(b heard) bool {
	return a.status != b.status || a.body != b.body || !maps.EqualFunc(a.header, b.header, slices.Equal)
}

// fresh are the signs that are new in each answer, or with the keys of each data
// directory: ids of forms and of searches, and where a request came from.
var fresh = regexp.MustCompile(`(name="command_id"(?: id="[a-z_]+")? value="|name="draft" id="draft_id" value="|name="search" value="|people/new\?search=|"from":")[0-9a-f-]{32,36}`)

// exceptions are what may differ all the same, route by route, with the reason.
var exceptions = []struct {
	why    string
	routes string // begin so; "" is every route
	cut    *regexp.Regexp
}{
	{"the log is one: how long it is stands in every checkpoint, which is public", "/status /checkpoint /access-log/checkpoint /api/v1/status /api/v1/checkpoint /api/v1/access-log/checkpoint /verify/keys", regexp.MustCompile(`(?s)^.*$`)},
	{"a proof leads to the checkpoint of the day", "/records/{no}/proof /api/v1/events/{position}/proof", regexp.MustCompile(`(?s)^.*$`)},
	{"a record says under which checkpoint it lies", "/records /audit /access-log /api/v1/access-log", regexp.MustCompile(`検証点 [0-9,]+|頭 [^ <]+|"(?:root|key|mldsa_key|size)":("[^"]*"|\d+)`)},
	{"the secret of one's own second factor is new each time it is offered", "/settings/factor", regexp.MustCompile(`(?s)^.*$`)},
	{"a figure, and a page of the past, says of how many records of the log", "/indicators /survey /differences /people/{id} /sheets/ /calendar /referrals /api/v1/figures", regexp.MustCompile(`いまの記録 [0-9,]+件|24時までの記録 [0-9,]+件|"(?:to_)?position":\d+`)},
	{"so does what an auditor is handed, where a number to draw by is offered at random too", "/audits/", regexp.MustCompile(`name="(log_position|random_seed)" value="\d+"`)},
	{"so does a file of figures", "/indicators/file /survey/file /api/v1/exports", regexp.MustCompile(`(当時の記録のまま|後からの訂正も反映),\d+,`)},
}

// cut takes out what may differ.
func cut(pattern, body string) string {
	_, path, _ := strings.Cut(pattern, " ")
	for _, e := range exceptions {
		if slices.ContainsFunc(strings.Fields(e.routes), func(r string) bool { return strings.HasPrefix(path, r) }) {
			body = e.cut.ReplaceAllString(body, "…")
		}
	}
	return body
}

func (w *world) ask(t *testing.T, who string, q question) heard {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), q.method, w.server.URL+q.path, strings.NewReader(q.form.Encode()+q.command))
	require.NoError(t, err)
	switch {
	case q.form != nil:
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	case q.command != "":
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
	}
	if strings.Contains(q.pattern, "/news") {
		req.Header.Set("HX-Request", "true")
	}
	res, err := w.visitor(t, who).Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	out := heard{status: res.StatusCode, header: res.Header}
	res.Header.Del("Date")
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		some := make([]byte, 1<<16)
		for strings.Count(out.body, "\n\n") < 2 { // the greeting, and what is told at once
			n, err := res.Body.Read(some)
			require.NoError(t, err)
			out.body += string(some[:n])
		}
		return out
	}
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	out.body = cut(q.pattern, strings.ReplaceAll(fresh.ReplaceAllString(string(body), "$1"), w.server.URL, ""))
	out.header.Set("Content-Disposition", strings.Replace(out.header.Get("Content-Disposition"), "checkpoint-"+strconv.FormatUint(w.head(t), 10), "checkpoint", 1))
	if out.body != string(body) {
		out.header.Del("Content-Length") // of what was cut
	}
	return out
}

// surface is everything that can be asked about the records of a world: every page
// and every query of the API, about records that its people may see and such that
// they may not.
type surface struct {
	t          *testing.T
	own, other *prefecture
	mine, away *things
	api        map[string][]string // path → names of parameters
}

func surfaceOf(t *testing.T, w *world, own, other *prefecture) *surface {
	s := &surface{t: t, own: own, other: other, mine: thingsOf(t, w.Store, own.controller), away: thingsOf(t, w.Store, other.controller), api: map[string][]string{}}
	d, err := w.Imports.Begin(t.Context(), w.actor(t, other.by["CO"]), "台帳.csv", []byte(ledgerText))
	require.NoError(t, err)
	s.away.ids["batch"] = append(s.away.ids["batch"], d.ID)
	for path, op := range w.described(t) {
		if op, ok := op["get"]; ok {
			s.api[path] = nil
			for _, p := range op.Parameters {
				if p.In == "query" {
					s.api[path] = append(s.api[path], p.Name)
				}
			}
		}
	}
	return s
}

// fills are the words that stand for a wildcard of a route or a parameter.
func (s *surface) fills(path, name string) []string {
	switch name {
	case "no", "number", "position", "task", "booking", "document", "batch", "audit", "stream":
		if out := slices.Concat(some(s.mine.words(s.t, path, name)), some(s.away.words(s.t, path, name))); len(out) > 0 {
			return out
		}
		return []string{"none"}
	case "before", "at":
		return slices.Concat(some(s.mine.words(s.t, path, "position")), some(s.away.words(s.t, path, "position")))
	case "id", "person":
		if strings.Contains(path, "/sheets/") {
			return []string{"S31.2019.1", "S33.2019.1"}
		}
		return []string{s.own.people[0], s.own.people[1], s.other.people[0]}
	case "to_fy", "cmp":
		return []string{"2019"}
	case "of":
		return []string{"K1", "C1", "P0", "C1@D-OKY", "C1@D-TKY"}
	case "def", "base":
		return []string{"v2"}
	case "scope":
		return []string{"31", "33", "D-TKY", "D-OKY", "TKC"}
	case "period":
		return []string{"FY2019"}
	case "asof":
		return []string{"2019-09-30", "R2.5.1"}
	case "known_at", "to_known_at", "until", "as_of":
		return []string{"2020-05-31"}
	case "all", "changes", "texts":
		return []string{"1", "true"}
	case "from":
		return []string{"0"}
	case "what":
		return []string{"indicators"}
	}
	if list := known[name]; list != nil {
		return list
	}
	return []string{"x"}
}

// some are a few of a list, the first and the last among them.
func some(list []string) []string {
	if len(list) < 4 {
		return list
	}
	return []string{list[0], list[len(list)/2], list[len(list)-1]}
}

// session are the pages that end or begin the session that asks.
var session = map[string]bool{"POST /lock": true, "POST /settings/sessions": true, "POST /settings/password": true, "POST /settings/factor": true, "POST /alive": true}

// told is a form of words that name what one may not see, whichever command it gives.
func (s *surface) told(r *rand.Rand) url.Values {
	out := url.Values{"command_id": {"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}, "expected": {"1"}, "form": {"x"}}
	shapes := schema.Shapes()
	shape := shapes[r.IntN(len(shapes))]
	out.Set("command", shape.Name)
	for _, f := range shape.Fields {
		if list := s.away.ids[f.Name]; len(list) > 0 {
			out.Set(f.Name, list[0])
		} else if len(f.List) > 0 {
			out.Set(f.Name, f.List[0])
		}
	}
	return out
}

var wildcard = regexp.MustCompile(`\{([a-z]+)\$?\}|\{\$\}`)

// questions are random ones about half of the routes, chosen anew for each role and
// seed, and every command that the role may give.
func (s *surface) questions(r *rand.Rand, role string) (out []question) {
	of := ""
	pick := func(name string) string { list := s.fills(of, name); return list[r.IntN(len(list))] }
	fill := func(path string) string {
		of = path
		return wildcard.ReplaceAllStringFunc(path, func(w string) string {
			if w == "{$}" {
				return ""
			}
			return url.PathEscape(pick(strings.Trim(w, "{}")))
		})
	}
	query := func(names []string) string {
		q := url.Values{}
		for _, name := range names {
			if r.IntN(3) == 0 {
				q.Set(name, pick(name))
			}
		}
		if len(q) == 0 {
			return ""
		}
		return "?" + q.Encode()
	}
	for _, pattern := range slices.Sorted(maps.Keys(web.Looks())) {
		method, path, _ := strings.Cut(pattern, " ")
		if !strings.HasPrefix(path, "/partner") && r.IntN(2) == 0 || session[pattern] {
			continue
		}
		if method == http.MethodPost { // of a thing that one may not see, or that there is not
			if to, whole := s.away.address(s.t, path, func(list []string) string { return list[r.IntN(len(list))] }); whole && strings.Contains(path, "{") {
				out = append(out, question{pattern: pattern, method: method, path: to, form: s.told(r)})
			}
			continue
		}
		q := query(append(slices.Clone(web.Asks()[pattern]), "person", "scope", "asof", "no"))
		if strings.HasSuffix(path, "/news") || strings.HasSuffix(path, "/stream") {
			q = "?from=0"
		}
		out = append(out, question{pattern: pattern, method: method, path: fill(path) + q})
	}
	for _, path := range slices.Sorted(maps.Keys(s.api)) {
		if r.IntN(2) == 0 {
			out = append(out, question{pattern: "GET " + path, method: "GET", path: fill(path) + query(s.api[path])})
		}
	}
	for _, shape := range schema.Shapes() { // of a record one may not see, every command says what it says of none
		category, _, _ := strings.Cut(shape.Name, ".")
		if id := last(s.away.ids[category]); id != "" && !shape.Creates && slices.Contains(shape.Roles, domain.Role(role)) {
			out = append(out, question{pattern: "POST " + shape.Name, method: "POST", path: api.Prefix + "/commands/" + shape.Name, command: `{"` + office.StreamKey(shape) + `":"` + id + `"}`})
		}
	}
	for _, id := range []string{s.other.people[0], "00000000-0000-4000-8000-000000000000"} {
		out = append(out, question{pattern: "POST case.open", method: "POST", path: api.Prefix + "/commands/case.open",
			command: `{"person":"` + id + `","desk":"` + s.own.desk + `","aims":["job"],"lead_source":"walk_in","target_pref":"` + s.own.controller + `","new_episode":false}`})
	}
	for _, words := range []string{"たかはし", "渡邉", "やまさき", "0900000001", "P-00003", "P-00008", "P-00009"} {
		out = append(out, question{pattern: "POST /people/search", method: "POST", path: "/people/search", form: url.Values{"q": {words}}})
	}
	return out
}

// A record that somebody may not see changes not one byte of any answer: of a page, a
// list, a search, a count, a file, a stream, an error, a header.
func TestWhatOneMayNotSeeChangesNothing(t *testing.T) {
	seed := uint64(1)
	if asked, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64); err == nil {
		seed = asked
	}
	for own, other := range map[string]string{"31": "33", "33": "31"} {
		t.Run(own, func(t *testing.T) {
			t.Parallel()
			without, with := worldOf(t, seed, own), worldOf(t, seed, own, other)
			s := surfaceOf(t, with, with.lives[own], with.lives[other])
			none := worldOf(t, seed)
			logs := func(q question) bool {
				return strings.Contains(q.pattern, "/access-log") || strings.HasSuffix(q.pattern, "/seen")
			}
			all := map[string][]question{}
			for i, role := range rolesOfAll {
				who := s.own.by[role]
				all[who] = s.questions(rand.New(rand.NewPCG(seed, uint64(i))), role)
				// Whether a head of the access log is signed yet is a matter of the minute.
				all[who] = slices.DeleteFunc(all[who], func(q question) bool { return strings.HasSuffix(q.pattern, "/access-log/checkpoint") })
				without.visitor(t, who)
				with.visitor(t, who)
				if role == "AD" {
					none.visitor(t, who)
				}
			}
			for who, list := range sorted(all) { // the log of lookings, before anybody else looks
				without.compare(t, with, who, slices.DeleteFunc(slices.Clone(list), func(q question) bool { return !logs(q) }))
			}
			t.Run("asked", func(t *testing.T) {
				for who, list := range sorted(all) {
					list = slices.DeleteFunc(list, logs)
					t.Run(who, func(t *testing.T) {
						t.Parallel()
						without.compare(t, with, who, list)
						if who == s.own.by["AD"] { // who sees no record of anybody
							none.compare(t, with, who, list)
						}
					})
				}
			})
			tw := parted(t, without, with)
			require.Greater(t, tw.tell(t, s, seed, 6), 25)
			tw.live(t, s)
		})
	}
}

// compare asks two worlds the same.
func (w *world) compare(t *testing.T, other *world, who string, all []question) {
	t.Helper()
	found := 0
	for _, q := range all {
		var a, b heard
		var both sync.WaitGroup
		both.Go(func() { a = w.ask(t, who, q) })
		both.Go(func() { b = other.ask(t, who, q) })
		both.Wait()
		if a.status == http.StatusOK {
			found++
		}
		if a.differs(b) {
			t.Errorf("%s %s %s: %d %d\n%s", who, q.pattern, q.path, a.status, b.status, differ(a, b))
		}
	}
	require.True(t, len(all) < 10 || found > 0, "%s is shown something", who)
}

// sorted ranges over a map in order of its keys.
func sorted[T any](m map[string]T) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// differ shows the first place where two answers part.
func differ(a, b heard) string {
	for k := range a.header {
		if k != "Content-Length" && !slices.Equal(a.header[k], b.header[k]) {
			return k + ": " + strings.Join(a.header[k], ",") + " | " + strings.Join(b.header[k], ",")
		}
	}
	i := 0
	for i < min(len(a.body), len(b.body)) && a.body[i] == b.body[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-160):min(len(s), i+160)] }
	return "- " + cut(a.body) + "\n+ " + cut(b.body)
}
