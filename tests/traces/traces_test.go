// Package traces_test looks at what an OpenTelemetry collector gets to see: the real
// exporter sends to a collector on loopback, which reads the protobuf.
package traces_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	wire "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"ayumi/cmd/app"
	"ayumi/cmd/app/demo"
	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
)

// gathered is a collector that keeps what it is sent.
type gathered struct {
	mu    sync.Mutex
	spans []*wire.Span
	about []string // attributes of resources and scopes
}

func (g *gathered) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		body = z
	}
	raw, err := io.ReadAll(body)
	var sent collector.ExportTraceServiceRequest
	if err != nil || proto.Unmarshal(raw, &sent) != nil || r.URL.Path != "/v1/traces" {
		http.Error(w, "bad", 400)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, resource := range sent.ResourceSpans {
		g.about = append(g.about, resource.Resource.String())
		for _, scope := range resource.ScopeSpans {
			g.spans = append(g.spans, scope.Spans...)
		}
	}
}

func (g *gathered) all() []*wire.Span {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]*wire.Span{}, g.spans...)
}

// named are the spans of a trace with a name.
func (g *gathered) named(trace []byte, name string) (out []*wire.Span) {
	for _, s := range g.all() {
		if s.Name == name && (trace == nil || bytes.Equal(trace, s.TraceId)) {
			out = append(out, s)
		}
	}
	return out
}

// house is the product with the demonstration, served, its traces sent to a collector.
type house struct {
	*app.App
	server   *httptest.Server
	password string
	seen     *gathered
	planted  []string
}

func open(t *testing.T) *house {
	t.Helper()
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
	t.Setenv("OTEL_BSP_MAX_QUEUE_SIZE", "100000")
	h := &house{seen: &gathered{}}
	receiver := httptest.NewServer(h.seen)
	t.Cleanup(receiver.Close)
	lines, err := scenario.Parse(demo.Open())
	require.NoError(t, err)
	c := app.Default()
	c.Data, c.Traces = filepath.Join(t.TempDir(), "data"), receiver.URL
	c.Log = slog.New(slog.DiscardHandler)
	require.NoError(t, app.RunScenario(t.Context(), c, lines, nil))
	h.App, err = app.Open(context.Background(), c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	require.NoError(t, h.Ready(t.Context(), time.Minute))
	sample, err := app.ReadSample(h.Config)
	require.NoError(t, err)
	h.password = sample.Password
	handler, err := h.Handler()
	require.NoError(t, err)
	h.server = httptest.NewServer(handler)
	t.Cleanup(h.server.Close)
	h.planted = planted(t, lines)
	return h
}

// planted are the personal texts of the scenario.
func planted(t *testing.T, lines []scenario.Line) (out []string) {
	sealed := map[string][]string{}
	for _, s := range office.New(nil, nil).Shapes() {
		for _, f := range s.Fields {
			if f.Place == domain.InSealed {
				sealed[s.Name] = append(sealed[s.Name], f.Name)
			}
		}
	}
	for _, l := range lines {
		data := map[string]any{}
		require.NoError(t, json.Unmarshal(l.Data, &data))
		for _, field := range sealed[l.Command] {
			if text, ok := data[field].(string); ok && len(text) > 5 {
				out = append(out, text)
			}
		}
	}
	require.Greater(t, len(out), 400)
	return out
}

func (h *house) as(t *testing.T, name string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm(h.server.URL+"/sign-in", url.Values{"sign_in_name": {name}, "password": {h.password}})
	require.NoError(t, err)
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.NoError(t, res.Body.Close())
	return c
}

func (h *house) get(t *testing.T, c *http.Client, path string, header ...string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.server.URL+path, nil)
	require.NoError(t, err)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := c.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return ""
	}
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return string(body)
}

// note adds a note to a case through the API and answers its position.
func (h *house) note(t *testing.T, c *http.Client, file, text, traceparent string) uint64 {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"case": file, "text": text, "partition": "common"})
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.server.URL+"/api/v1/commands/case.add_note", bytes.NewReader(raw))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", uuid.NewString())
	req.Header.Set("traceparent", traceparent)
	req.Header.Set("tracestate", "who=髙橋")
	res, err := c.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Less(t, res.StatusCode, 300, string(answer))
	at := regexp.MustCompile(`"position":(\d+)`).FindSubmatch(answer)
	require.NotNil(t, at, string(answer))
	var position uint64
	_, err = fmt.Sscan(string(at[1]), &position)
	require.NoError(t, err)
	return position
}

var links = regexp.MustCompile(`href="(/[^"#]*)`)

// clickThrough opens pages and what they lead to, until so many were opened.
func (h *house) clickThrough(t *testing.T, c *http.Client, most int, from ...string) (opened int) {
	t.Helper()
	seen, shapes := map[string]bool{}, map[string]int{}
	digits := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|\d+`)
	for len(from) > 0 && opened < most {
		path := from[0]
		from = from[1:]
		shape := digits.ReplaceAllString(strings.SplitN(path, "?", 2)[0], "N")
		if seen[path] || shapes[shape] >= 3 || strings.HasPrefix(path, "/static") || strings.Contains(path, "sign-out") || strings.HasSuffix(path, "/events") || strings.HasSuffix(path, "/news") {
			continue
		}
		seen[path] = true
		shapes[shape]++
		opened++
		for _, m := range links.FindAllStringSubmatch(h.get(t, c, path), -1) {
			from = append(from, strings.ReplaceAll(m[1], "&amp;", "&"))
		}
	}
	return opened
}

// somebody is a person with an open case.
func (h *house) somebody(t *testing.T) (person, file string) {
	t.Helper()
	whose := map[string]string{}
	for r, err := range h.Store.All(t.Context(), 0) {
		require.NoError(t, err)
		facts, err := domain.FactsOf(r.Body)
		require.NoError(t, err)
		_, id := domain.SplitStream(r.Stream)
		switch {
		case r.Type == "case.opened" && facts.Text("desk") == "D-TKY":
			whose[id] = facts.Text("person")
		case r.Type == "case.closed":
			delete(whose, id)
		}
	}
	for file, person := range whose {
		return person, file
	}
	require.Fail(t, "nobody")
	return "", ""
}

// TestOneTraceFromCommandToPage: under one trace, which the caller began, stand the
// request, the command, the append, the relay and each read model; the page that waited
// for the event is linked to it.
func TestOneTraceFromCommandToPage(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	person, file := h.somebody(t)
	begun := "4bf92f3577b34da6a3ce929d0e0e4736"
	at := h.note(t, co, file, "もう一度 090-1111-2222 に電話", "00-"+begun+"-00f067aa0ba902b7-01")
	h.get(t, co, fmt.Sprintf("/people/%s?at=%d", person, at))
	trace, err := hex.DecodeString(begun)
	require.NoError(t, err)
	one := func(name string) *wire.Span {
		var found []*wire.Span
		require.Eventually(t, func() bool { found = h.seen.named(trace, name); return len(found) > 0 }, time.Minute, 20*time.Millisecond, name)
		require.Len(t, found, 1, name)
		return found[0]
	}
	request := one("POST /api/v1/commands/case.add_note")
	command, append_ := one("command case.add_note"), one("append")
	require.Equal(t, "00f067aa0ba902b7", hex.EncodeToString(request.ParentSpanId))
	require.Equal(t, request.SpanId, command.ParentSpanId)
	require.Equal(t, command.SpanId, append_.ParentSpanId)
	for _, name := range []string{"relay", "project journeys", "project indicators", "project audit", "project closing"} {
		require.Equal(t, append_.SpanId, one(name).ParentSpanId, name)
	}
	var waited *wire.Span
	require.Eventually(t, func() bool {
		for _, s := range h.seen.named(nil, "wait") {
			for _, l := range s.Links {
				if bytes.Equal(l.TraceId, trace) {
					waited = s
				}
			}
		}
		return waited != nil
	}, time.Minute, 20*time.Millisecond)
	require.Eventually(t, func() bool { return len(h.seen.named(waited.TraceId, "GET /people/{id}")) == 1 }, time.Minute, 20*time.Millisecond)
	for _, s := range h.seen.all() {
		require.Empty(t, s.TraceState)
	}
}

// names and keys are everything a span may be called and may say.
var (
	names = regexp.MustCompile(`^(request|append|relay|wait|project (journeys|indicators|audit|closing)|command [a-z]+\.[a-z_]+|/|/api/v1/|[A-Z]+ /[a-z0-9/._{}-]*(\$\})?)$`)
	keys  = map[string]bool{"ayumi.command": true, "ayumi.outcome": true, "ayumi.event.types": true, "ayumi.events": true, "ayumi.read_model": true,
		"ayumi.position": true, "http.route": true, "http.response.status_code": true}
	ids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-`)
)

// TestNothingPersonalIsTraced clicks through the demonstration with everybody's rights,
// asks with names in the address and in forms, is refused, and reads every span that
// the collector got.
func TestNothingPersonalIsTraced(t *testing.T) {
	h := open(t)
	person, file := h.somebody(t)
	opened := 0
	for _, who := range []string{"co1", "ld1", "an1", "mg1", "au1", "po1", "ad1"} {
		c := h.as(t, who)
		opened += h.clickThrough(t, c, 60, "/today", "/people?q="+url.QueryEscape("髙橋"), "/people/"+person, "/indicators", "/status", "/nowhere/"+url.PathEscape("渡邊"))
		res, err := c.PostForm(h.server.URL+"/people", url.Values{"q": {"髙橋 例子"}, "note": {"090-1111-2222"}})
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		req, err := http.NewRequest("POST", h.server.URL+"/api/v1/commands/"+url.PathEscape("髙橋.例子"), strings.NewReader(`{"text":"𠮷田"}`))
		require.NoError(t, err)
		req.Header.Set("User-Agent", "髙橋のパソコン")
		if res, err = c.Do(req); err == nil {
			require.NoError(t, res.Body.Close())
		}
	}
	require.Greater(t, opened, 150)
	co := h.as(t, "co1")
	h.note(t, co, file, "090-1111-2222", "00-髙橋")
	_, err := h.Office.Do(t.Context(), office.Request{Command: "髙橋.例子", ID: uuid.New(), By: "system", At: time.Now()})
	require.Error(t, err)
	require.NoError(t, h.Close())

	all := h.seen.all()
	require.Greater(t, len(all), opened)
	said := map[string]bool{}
	for _, s := range all {
		require.Regexp(t, names, s.Name)
		for _, a := range s.Attributes {
			require.True(t, keys[a.Key], a.Key)
		}
		require.Empty(t, s.Events)
		require.Empty(t, s.Status.GetMessage())
		text := s.String()
		require.NotRegexp(t, ids, text)
		said[s.Name+fmt.Sprint(s.Attributes)] = true
	}
	everything := strings.Join(h.seen.about, "\n")
	for text := range said {
		everything += "\n" + text
	}
	for _, text := range append(h.planted, "髙橋", "例子", "090", "渡邊", "𠮷", "パソコン", "127.0.0.1", person, file) {
		require.NotContains(t, everything, text)
	}
}

// TestACollectorThatIsAwayHoldsNobodyUp: commands and pages go on, and closing does
// not wait for it.
func TestACollectorThatIsAwayHoldsNobodyUp(t *testing.T) {
	hangs := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer hangs.Close()
	for _, endpoint := range []string{"http://127.0.0.1:9", hangs.URL} {
		c := app.Default()
		c.Data, c.Traces, c.Log = filepath.Join(t.TempDir(), "data"), endpoint, slog.New(slog.DiscardHandler)
		a, err := app.Open(t.Context(), c)
		require.NoError(t, err)
		require.NoError(t, a.Ready(t.Context(), time.Minute))
		begun := time.Now()
		require.NoError(t, a.Close())
		require.Less(t, time.Since(begun), 20*time.Second)
	}
}
