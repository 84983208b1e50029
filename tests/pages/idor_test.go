package pages_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/schema"
	"ayumi/infra/api"
	"ayumi/infra/web"
)

// behind is the same house behind another handler, to see that a check notices what it
// is there for.
func (h *house) behind(t *testing.T, change func(http.Handler) http.Handler) *house {
	t.Helper()
	handler, err := h.Handler()
	require.NoError(t, err)
	other := &house{App: h.App, log: h.log, password: h.password, person: h.person, file: h.file, session: h.session}
	other.server = httptest.NewServer(change(other.watched(handler)))
	t.Cleanup(other.server.Close)
	return other
}

// everything gives somebody every role of staff.
func (h *house) everything(t *testing.T, name string) {
	t.Helper()
	for _, role := range rolesOfStaff {
		if role != "CO" {
			h.grant(t, name, role)
		}
	}
}

// ofThings are all routes of pages and of the API that name a thing, each with the
// first and the last of what the log holds of that kind.
func ofThings(t *testing.T, h *house, th *things) (out []question) {
	t.Helper()
	add := func(pattern, method, path string) {
		for _, last := range []bool{false, true} {
			to, whole := th.address(t, path, func(list []string) string {
				if last {
					return list[len(list)-1]
				}
				return list[0]
			})
			require.True(t, whole, "the log holds nothing that %s names", pattern)
			q := question{pattern: pattern, method: method, path: to}
			if strings.HasSuffix(path, "/news") || strings.HasSuffix(path, "/stream") {
				q.path += "?from=0"
			}
			if method == http.MethodPost {
				q.form = map[string][]string{"command_id": {uuid.NewString()}, "expected": {"1"}, "q": {"たかはし"}}
			}
			out = append(out, q)
		}
	}
	secret := func(path string) bool {
		return slices.ContainsFunc(wildcard.FindAllStringSubmatch(path, -1), func(m []string) bool {
			return m[1] == "no" || m[1] == "number" || m[1] == "position" || named[m[1]] != nil
		}) && !strings.Contains(path, "/sheets/")
	}
	for _, pattern := range slices.Sorted(maps.Keys(web.Looks())) {
		if method, path, _ := strings.Cut(pattern, " "); secret(path) && !strings.HasPrefix(path, "/partner") {
			add(pattern, method, path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(h.operations(t))) {
		if secret(path) && h.operations(t)[path]["get"] {
			add("GET "+path, http.MethodGet, path)
		}
	}
	return out
}

// reached are the questions that are answered with anything but that there is no such
// thing.
func reached(t *testing.T, w *world, who string, all []question) (out []string) {
	t.Helper()
	for _, q := range all {
		if a := w.ask(t, who, q); a.status != http.StatusNotFound && a.status != http.StatusForbidden {
			out = append(out, fmt.Sprint(a.status, " ", q.pattern))
		}
	}
	return slices.Compact(out)
}

// Whoever holds every role of one prefecture and asks for a thing of the other by its
// true number or id hears that there is none: page, file, stream, form and API.
func TestNoThingOfTheOtherPrefectureIsReached(t *testing.T) {
	w := worldOf(t, 3, "31", "33")
	w.everything(t, "co1")
	w.everything(t, "co9")
	d, err := w.Imports.Begin(t.Context(), w.actor(t, "co9"), "台帳.csv", []byte(ledgerText))
	require.NoError(t, err)
	away := thingsOf(t, w.Store, "33")
	away.ids["batch"] = append(away.ids["batch"], d.ID)
	all := ofThings(t, w.house, away)
	require.Greater(t, len(all), 120)
	head := w.head(t)
	require.Empty(t, reached(t, w, "co1", all))
	require.Empty(t, reached(t, w, "pt31", all))
	require.Equal(t, head, w.head(t))

	// The numbers are true ones: their own staff reach nearly all.
	own := reached(t, w, "co9", all)
	require.Greater(t, len(own), 30, own)

	// And the check would notice: here a session of the one prefecture is taken for one
	// of the other on one page.
	theirs := w.visitor(t, "co9")
	leaks := &world{house: w.behind(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/volumes/") {
				at, _ := r.URL.Parse(w.server.URL)
				r.Header.Del("Cookie")
				for _, c := range theirs.Jar.Cookies(at) {
					r.AddCookie(c)
				}
			}
			next.ServeHTTP(rw, r)
		})
	}), staff: map[string]*visitor{}}
	leaks.staff["co1"] = w.visitor(t, "co1")
	require.NotEmpty(t, reached(t, leaks, "co1", all))
}

// No command, given to a thing of one's own or of the other prefecture, writes anything
// about a thing of the other.
func TestNoCommandTouchesThingsOfTheOtherPrefecture(t *testing.T) {
	w := worldOf(t, 3, "31", "33")
	w.everything(t, "co1")
	v := w.visitor(t, "co1")
	mine, away := thingsOf(t, w.Store, "31"), thingsOf(t, w.Store, "33")
	for _, th := range []*things{mine, away} {
		for _, name := range []string{"into", "from", "companion"} {
			th.ids[name] = th.ids["person"]
		}
	}
	head, tried, done := w.head(t), 0, 0
	give := func(name string, data map[string]any) {
		raw, err := json.Marshal(data)
		require.NoError(t, err)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.server.URL+api.Prefix+"/commands/"+name, strings.NewReader(string(raw)))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", uuid.NewString())
		res, err := v.Do(req)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Less(t, res.StatusCode, 500, "%s %s", name, w.log.String())
		tried++
		if res.StatusCode == http.StatusOK {
			done++
		}
	}
	for _, shape := range schema.Shapes() {
		category, _, _ := strings.Cut(shape.Name, ".")
		if category == "account" || shape.Name == "log.begin" {
			continue
		}
		if id := last(away.ids[category]); id != "" && !shape.Creates {
			give(shape.Name, with(filled(shape, away), office.StreamKey(shape), id))
		}
		for _, f := range shape.Fields {
			id := last(away.ids[f.Name])
			if id == "" || f.New || f.Made || f.Kind != domain.KindID && f.Kind != domain.KindIDs {
				continue
			}
			data := filled(shape, mine)
			if stream := last(mine.ids[category]); !shape.Creates && stream != "" {
				data[office.StreamKey(shape)] = stream
			}
			if f.Kind == domain.KindIDs {
				give(shape.Name, with(data, f.Name, []string{id}))
			} else {
				give(shape.Name, with(data, f.Name, id))
			}
		}
	}
	require.Greater(t, tried, 150)
	require.Positive(t, done, "commands without a word of the other prefecture are taken")
	events, facts := w.since(t, head)
	for i, rec := range events {
		assert.NotEqual(t, "33", facts[i]["controller"], rec.Type)
		for name, value := range facts[i] {
			named := slices.ContainsFunc(slices.Collect(maps.Values(away.ids)), func(list []string) bool {
				return slices.ContainsFunc(list, func(id string) bool { return strings.Contains(fmt.Sprint(value), id) })
			})
			assert.False(t, named && !taken[rec.Type+"."+name], "%s.%s", rec.Type, name)
		}
	}
}

// taken are ids that nothing is looked up by: any is taken, whether there is such a thing
// or not, so that taking it tells nothing.
var taken = map[string]bool{"case.task_planned.about": true, "person.consent_given.recipients": true, "person.use_restricted.rights": true}

func with(data map[string]any, name string, value any) map[string]any {
	data[name] = value
	return data
}

func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

// filled is a command with something in each of its fields.
func filled(shape domain.Shape, th *things) map[string]any {
	out := map[string]any{}
	for _, f := range shape.Fields {
		switch id := last(th.ids[f.Name]); {
		case f.Made || f.New:
		case f.Kind == domain.KindID && id != "":
			out[f.Name] = id
		case f.Kind == domain.KindIDs && id != "":
			out[f.Name] = []string{id}
		case f.Optional:
		case f.Kind == domain.KindID:
			out[f.Name] = uuid.NewString()
		case f.Kind == domain.KindFlag:
			out[f.Name] = false
		case f.Kind == domain.KindInt:
			out[f.Name] = 1
		case f.Kind == domain.KindTime:
			out[f.Name] = 1030
		case f.Kind == domain.KindDate:
			out[f.Name] = "2020-06-01"
		case f.Kind == domain.KindCode && len(f.List) > 0:
			out[f.Name] = f.List[0]
		case f.Kind == domain.KindCodes && len(f.List) > 0:
			out[f.Name] = f.List[:1]
		case f.Kind == domain.KindDigest:
			out[f.Name] = strings.Repeat("a", 64)
		default:
			out[f.Name] = "x"
		}
	}
	return out
}
