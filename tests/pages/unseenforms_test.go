package pages_test

import (
	"bufio"
	"context"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/web"
)

// twin is a world without the records that somebody may not see beside one with them.
// What is told to it is told to both.
type twin struct {
	without, with *world
	since         [2]uint64 // the log's heads when the two began to be told the same
	people        int       // how many there were of the own ones
}

// newNumbers are places where the number of a record stands. The log is one, so what is
// recorded next takes the next number of all: that is the one thing that a number tells.
var newNumbers = regexp.MustCompile(`(#|at=|saved=|from=|record-|/(?:records|referrals|partner|rights|volumes|universities|outreach|duplicates|figures)/|id: |P-0*)(\d+)`)

// relative says of the number of a record how long after the twins parted it was made.
func relative(text string, since uint64, people int) string {
	return newNumbers.ReplaceAllStringFunc(text, func(place string) string {
		parts := newNumbers.FindStringSubmatch(place)
		n, err := strconv.ParseUint(parts[2], 10, 64)
		switch {
		case err != nil:
		case strings.HasPrefix(parts[1], "P-") && n > uint64(people):
			return "P-new"
		case n > since && n < since+500: // others are names of staff
			return parts[1] + "+" + strconv.FormatUint(n-since, 10)
		}
		return place
	})
}

// parted begins the comparison of what is written.
func parted(t *testing.T, without, with *world) *twin {
	tw := &twin{without: without, with: with, people: len(thingsOf(t, without.Store, "31").ids["person"]) + len(thingsOf(t, without.Store, "33").ids["person"])}
	tw.since = [2]uint64{without.head(t), with.head(t)}
	return tw
}

// follow waits until the pages of both show what was told.
func (tw *twin) follow(t *testing.T) {
	for _, w := range []*world{tw.without, tw.with} {
		require.NoError(t, w.Ready(t.Context(), 60*time.Second))
	}
}

// compare sends both the same and reads the two answers.
func (tw *twin) compare(t *testing.T, who string, q question) (a, b heard) {
	t.Helper()
	var both sync.WaitGroup
	both.Go(func() { a = tw.without.ask(t, who, q) })
	both.Go(func() { b = tw.with.ask(t, who, q) })
	both.Wait()
	for i, h := range []*heard{&a, &b} {
		h.body = relative(h.body, tw.since[i], tw.people)
		h.header.Set("Location", relative(h.header.Get("Location"), tw.since[i], tw.people))
		h.header.Del("Content-Length")
	}
	if a.differs(b) {
		t.Errorf("%s %s %s %v: %d %d\n%s", who, q.pattern, q.path, q.form, a.status, b.status, differ(a, b))
	}
	return a, b
}

// names are words of a person of the other prefecture, as somebody may type them.
func (s *surface) names(r *rand.Rand) string {
	list := []string{s.other.people[0], s.away.ids["case"][0], "P-00008", "髙橋 例子", "わたなべ", "渡邉 例子", "0900000001", s.away.words(s.t, "", "position")[0], "2019-05-01"}
	return list[r.IntN(len(list))]
}

// fill fills a form as people might: mostly with words that name what they may not see,
// in one of three also what the page itself has hidden in it.
func (s *surface) fill(r *rand.Rand, f posted, id string) url.Values {
	out := maps.Clone(f.fields)
	for _, name := range f.text {
		switch {
		case strings.HasSuffix(name, "_on") || strings.HasSuffix(name, "until"):
			out.Set(name, "2020-06-0"+strconv.Itoa(1+r.IntN(8)))
		default:
			out.Set(name, s.names(r))
		}
	}
	hidden := slices.Sorted(maps.Keys(f.fields))
	if len(hidden) > 0 && r.IntN(3) == 0 {
		name := hidden[r.IntN(len(hidden))]
		if list := s.away.ids[name]; len(list) > 0 {
			out.Set(name, list[0])
		} else if name != "command" && name != "form" {
			out.Set(name, s.names(r))
		}
	}
	if out.Has("command_id") {
		out.Set("command_id", id)
	}
	return out
}

// tell lets everybody of the office fill the forms of the pages that are theirs.
func (tw *twin) tell(t *testing.T, s *surface, seed uint64, most int) (told int) {
	r := rand.New(rand.NewPCG(seed, 99))
	for _, role := range rolesOfAll {
		who := s.own.by[role]
		var forms []posted
		for _, pattern := range slices.Sorted(maps.Keys(web.Looks())) {
			method, path, _ := strings.Cut(pattern, " ")
			if method != http.MethodGet || strings.HasSuffix(path, "/stream") || strings.HasSuffix(path, "/news") || strings.HasPrefix(path, "/settings") {
				continue
			}
			to, whole := s.mine.address(t, path, func(list []string) string { return list[r.IntN(len(list))] })
			if !whole || !strings.HasPrefix(path, "/partner") && r.IntN(2) == 0 {
				continue
			}
			a := tw.without.ask(t, who, question{pattern: pattern, method: method, path: to})
			if a.status == http.StatusOK {
				forms = append(forms, formsIn(a.body)...)
			}
		}
		forms = slices.DeleteFunc(forms, func(f posted) bool {
			return f.multipart || slices.ContainsFunc([]string{"/sign-out", "/lock", "/settings", "/language"}, func(p string) bool { return strings.HasPrefix(f.action, p) })
		})
		r.Shuffle(len(forms), func(i, j int) { forms[i], forms[j] = forms[j], forms[i] })
		for _, f := range forms[:min(len(forms), most)] {
			path, _, _ := strings.Cut(f.action, "#")
			a, _ := tw.compare(t, who, question{pattern: "POST " + path, method: http.MethodPost, path: path, form: s.fill(r, f, uuid.NewSHA1(uuid.NameSpaceOID, []byte(strconv.Itoa(told))).String())})
			told++
			if a.status == http.StatusSeeOther {
				tw.follow(t)
				tw.compare(t, who, question{pattern: "GET " + path, method: http.MethodGet, path: a.header.Get("Location")})
			}
		}
	}
	return told
}

// heardLine is an open stream, and what was read of it.
type heardLine struct {
	lines chan string
	stop  context.CancelFunc
}

func (w *world) line(t *testing.T, who, path string) *heardLine {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.server.URL+path, nil)
	require.NoError(t, err)
	res, err := w.visitor(t, who).Do(req)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, res.StatusCode, path)
	l := &heardLine{make(chan string, 100), stop}
	go func() {
		defer res.Body.Close()
		for s := bufio.NewScanner(res.Body); s.Scan(); {
			if text := s.Text(); text != "" && !strings.HasPrefix(text, ":") { // the beat of the heart
				l.lines <- text
			}
		}
	}()
	return l
}

// next are the next two lines of the stream: the number of a notice and what it says.
func (l *heardLine) next(t *testing.T) (out string) {
	t.Helper()
	for range 2 {
		select {
		case text := <-l.lines:
			out += text + "\n"
		case <-time.After(60 * time.Second):
			t.Fatal("nothing is told")
		}
	}
	return out
}

// live: while pages are open, what happens to records of others is not told to them, not
// even by the moment at which something else is.
func (tw *twin) live(t *testing.T, s *surface) {
	who := s.own.by["CO"]
	for path, happens := range sorted(map[string]func(*world, *prefecture){
		"/people/" + s.own.people[len(s.own.people)-1] + "/stream": func(w *world, p *prefecture) { w.happens(t, p, "LD", "case.add_note", remark()) },
		"/today/stream": func(w *world, p *prefecture) { w.happens(t, p, "CO", "case.plan_task", p.task()) },
	}) {
		var lines [2]*heardLine
		for i, w := range []*world{tw.without, tw.with} {
			lines[i] = w.line(t, who, path+"?from="+strconv.FormatUint(w.head(t), 10))
			defer lines[i].stop()
		}
		for range 3 {
			happens(tw.with, s.other)
		}
		require.NoError(t, tw.with.Ready(t.Context(), 60*time.Second))
		happens(tw.without, s.own)
		happens(tw.with, s.own)
		a, b := lines[0].next(t), lines[1].next(t)
		number := regexp.MustCompile(`(id: |from=|at=|#)\d+`)
		require.Equal(t, number.ReplaceAllString(a, "$1"), number.ReplaceAllString(b, "$1"), path)
	}
}

// happens records something of the newest case of a prefecture, at once.
func (w *world) happens(t *testing.T, p *prefecture, role, command string, fields map[string]any) {
	t.Helper()
	fields["case"] = p.files[len(p.files)-1]
	_, err := w.Office.Do(t.Context(), office.Request{Command: command, ID: uuid.New(), By: p.account(role), At: frozen, Data: dataOf(t, fields)})
	require.NoError(t, err)
}

func (p *prefecture) task() map[string]any {
	return map[string]any{"task": uuid.NewString(), "kind": "call_back", "due_on": japan.DateOf(frozen).String(), "owner": p.account("CO")}
}

func remark() map[string]any {
	return map[string]any{"partition": "common", "text": "折り返しを希望"}
}
