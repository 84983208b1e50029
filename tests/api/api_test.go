package api_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/api"
)

type receipts struct{ Receipts []domain.Receipt }

// candidate registers a person with a first consultation through the API.
func candidate(o *office, account string) (person, file string, last uint64) {
	r := answer[receipts](o, 200, o.command("person.first_contact", account, map[string]any{
		"occurred_on":  day(2019, 6, 3),
		"register":     map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja", "student": true, "family": "髙橋", "given": "例子", "search": "s1"},
		"notice":       map[string]any{"notice_version": "n1", "language": "ja", "method": "paper"},
		"open":         map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
		"consultation": map[string]any{"desk": "D-TKY", "channel": "in_person", "categories": []string{"job"}, "counsellor": account, "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "Uターンを迷っている"},
	}))
	_, person = domain.SplitStream(r.Receipts[0].Stream)
	_, file = domain.SplitStream(r.Receipts[1].Stream)
	return person, file, r.Receipts[1].Position
}

func TestACommandThroughTheAPIIsReadBack(t *testing.T) {
	o := open(t)
	co, au := o.Staff("co1", "CO"), o.Staff("au1", "AU")
	person, file, at := candidate(o, co)
	ask := func(path, account string) *http.Response {
		return o.ask(http.MethodGet, path, nil, "Account", account, "Accept-Language", "en")
	}
	wait := fmt.Sprintf("wait_for=%d", at)

	j := answer[api.Journey](o, 200, ask("/people/"+person+"/journey?texts=true&"+wait, co))
	require.Equal(t, "髙橋", j.Entries[0].Texts["family"][person].Value)
	require.Equal(t, "case.consultation_held", j.Entries[len(j.Entries)-1].Type)
	require.Equal(t, "job", j.Entries[len(j.Entries)-1].Facts["categories"])
	seen, err := o.access.Of(t.Context(), person, 10)
	require.NoError(t, err)
	require.Len(t, seen, 1, "who looked is written down")

	j = answer[api.Journey](o, 200, ask("/people/"+person+"/journey?texts=true", au))
	for _, e := range j.Entries {
		require.Empty(t, e.Texts, "an auditor sees facts only")
	}
	require.Empty(t, answer[api.Problem](o, 404, ask("/people/"+person+"/journey?known_at=2019-01-01", co)).Field)

	f := answer[api.FigureAnswer](o, 200, ask("/figures/C1?period=FY2019&until=2020-02-29&"+wait, au))
	require.Equal(t, 1, *f.Value)
	require.Equal(t, "31", f.Scope)
	require.Equal(t, "sessions", f.Unit)
	require.False(t, f.Definition.Trial)
	require.True(t, f.Sample)
	require.Empty(t, f.Members)
	f = answer[api.FigureAnswer](o, 200, ask("/figures/C1/members?period=FY2019", au))
	require.Len(t, f.Members, 1)
	require.Equal(t, at, f.Members[0].Position)
	f = answer[api.FigureAnswer](o, 200, ask("/figures/C2/near-misses?period=FY2019", au))
	require.Equal(t, 0, *f.Value)
	require.Len(t, f.NearMisses, 1)
	f = answer[api.FigureAnswer](o, 200, ask("/figures/C1?period=FY2019&known_at=2019-05-31", au))
	require.Equal(t, 0, *f.Value)

	e := answer[api.Event](o, 200, ask(fmt.Sprintf("/events/%d?%s", at, wait), au))
	require.Equal(t, "case-"+file, e.Stream)
	require.Len(t, e.Leaf, 64)
	trail := answer[api.Trail](o, 200, ask("/audit?stream=case-"+file+"&by="+co, au))
	require.Len(t, trail.Acts, 2)
	require.Equal(t, at, trail.Acts[0].Position)
	trail = answer[api.Trail](o, 200, ask(fmt.Sprintf("/audit?after=%d", at-1), au))
	require.Len(t, trail.Acts, 1)
	s := answer[api.Standing](o, 200, ask("/status", au))
	require.Equal(t, at, s.Head)
	require.Len(t, s.Projections, 4)
	require.NotContains(t, o.log.String(), "髙橋")
}

func TestTheSameKeyIsTheSameCommand(t *testing.T) {
	o := open(t)
	co := o.Staff("co1", "CO")
	_, file, _ := candidate(o, co)
	key := uuid.NewString()
	data := map[string]any{"case": file, "partition": "common", "text": "申し送り"}
	first := o.command("case.add_note", co, data, "Idempotency-Key", key)
	tag := first.Header.Get("ETag")
	a := answer[receipts](o, 200, first)
	b := answer[receipts](o, 200, o.command("case.add_note", co, data, "Idempotency-Key", key))
	require.Equal(t, a.Receipts[0].Events, b.Receipts[0].Events)
	require.True(t, b.Receipts[0].Repeated)

	answer[receipts](o, 200, o.command("case.add_note", co, data, "If-Match", tag))
	p := answer[api.Problem](o, 409, o.command("case.add_note", co, data, "If-Match", tag))
	require.Equal(t, "stream.moved", p.Code)
	require.Len(t, p.Changed, 1)
	require.Equal(t, "case.note_added", p.Changed[0].Type)
	require.Equal(t, co, p.Changed[0].RecordedBy)
}

func TestProblemsAreSaidInTheLanguageAskedFor(t *testing.T) {
	o := open(t)
	co := o.Staff("co1", "CO")
	_, file, _ := candidate(o, co)
	note := map[string]any{"case": file, "partition": "secret", "text": "x"}
	for _, c := range []struct{ language, says string }{{"ja", "一覧から選んでください"}, {"en-GB,en", "not in the list"}} {
		r := o.command("case.add_note", co, note, "Accept-Language", c.language)
		require.Equal(t, "application/problem+json", r.Header.Get("Content-Type"))
		require.Equal(t, c.language[:2], r.Header.Get("Content-Language"))
		p := answer[api.Problem](o, 422, r)
		require.Equal(t, "field.code", p.Code)
		require.Equal(t, "partition", p.Field)
		require.Contains(t, p.Detail, c.says)
	}
	p := answer[api.Problem](o, 422, o.command("case.add_note", co, map[string]any{"case": file, "colour": 1}))
	require.Len(t, p.Errors, 3)
}

func TestBadRequests(t *testing.T) {
	o := open(t)
	co := o.Staff("co1", "CO")
	ask := func(method, path string, content []byte, headers ...string) api.Problem {
		r := o.ask(method, path, content, append([]string{"Account", co, "Accept-Language", "en"}, headers...)...)
		require.Equal(t, "application/problem+json", r.Header.Get("Content-Type"), path)
		return answer[api.Problem](o, r.StatusCode, r)
	}
	key := []string{"Idempotency-Key", uuid.NewString()}
	for want, p := range map[string]api.Problem{
		"422 field.required Idempotency-Key": ask("POST", "/commands/case.add_note", []byte("{}")),
		"422 field.id Idempotency-Key":       ask("POST", "/commands/case.add_note", []byte("{}"), "Idempotency-Key", uuid.Nil.String()),
		"422 field.type If-Match":            ask("POST", "/commands/case.add_note", []byte("{}"), append(key, "If-Match", "x")...),
		"400 data.not_object ":               ask("POST", "/commands/case.add_note", []byte("[1]"), key...),
		"413 data.too_large ":                ask("POST", "/commands/case.add_note", []byte(`{"text":"`+strings.Repeat("x", domain.MaxData)+`"}`), key...),
		"422 field.twice text":               ask("POST", "/commands/case.add_note", []byte(`{"text":"a","text":"b"}`), key...),
		"404 command.unknown ":               ask("POST", "/commands/case.drop_table", []byte("{}"), key...),
		"404 api.missing ":                   ask("GET", "/nothing", nil),
		"404 indicator.unknown indicator":    ask("GET", "/figures/X9?period=FY2019", nil),
		"422 period.unreadable period":       ask("GET", "/figures/C1?period=2019", nil),
		"422 field.required period":          ask("GET", "/figures/C1", nil),
		"422 field.date until":               ask("GET", "/figures/C1?period=FY2019&until=x", nil),
		"422 field.range until":              ask("GET", "/figures/C1?period=FY2019&until=2021-01-01", nil),
		"422 asof.future known_at":           ask("GET", "/figures/C1?period=FY2019&known_at=2031-01-01", nil),
		"422 scope.unknown scope":            ask("GET", "/figures/C1?period=FY2019&scope=99", nil),
		"422 figure.version version":         ask("GET", "/figures/C1?period=FY2019&version=x", nil),
		"422 field.date to_until":            ask("GET", "/figures/C1/difference?period=FY2019&to_until=x", nil),
		"422 period.unreadable to_period":    ask("GET", "/figures/C1/difference?period=FY2019&to_period=x", nil),
		"422 asof.future to_known_at":        ask("GET", "/figures/C1/difference?period=FY2019&to_known_at=2031-01-01", nil),
		"422 figure.version to_version":      ask("GET", "/figures/C1/difference?period=FY2019&to_version=x", nil),
		"422 field.unknown name":             ask("GET", "/audit?name=x", nil),
		"422 field.type position":            ask("GET", "/events/first", nil),
		"404 api.missing  ":                  ask("GET", "/events/999999", nil),
		"404 api.missing   ":                 ask("GET", "/people/"+uuid.NewString()+"/journey", nil),
	} {
		require.Equal(t, strings.TrimSpace(want), strings.TrimSpace(fmt.Sprint(p.Status, " ", p.Code, " ", p.Field)))
		require.NotEmpty(t, p.Detail)
		require.NotContains(t, p.Detail, "{")
		require.NotContains(t, p.Detail, "Check what you entered", "no general sentence: %s", p.Code)
	}
}

func TestWhoMayAsk(t *testing.T) {
	o := open(t)
	co, ad := o.Staff("co1", "CO"), o.Staff("ad1", "AD")
	require.NoError(t, o.signIn.SetPassword(t.Context(), "co1", co, "a long enough password"))
	with := func(name, password string) *http.Request {
		r, err := http.NewRequest(http.MethodGet, "/", nil)
		require.NoError(t, err)
		r.SetBasicAuth(name, password)
		return r
	}
	basic := func(name, password string) *http.Response {
		return o.ask(http.MethodGet, "/status", nil, "Authorization", with(name, password).Header.Get("Authorization"))
	}
	require.Equal(t, 200, basic("co1", "a long enough password").StatusCode)
	r := basic("co1", "another password")
	require.Contains(t, r.Header.Get("WWW-Authenticate"), "Basic")
	require.Equal(t, "signin.wrong", answer[api.Problem](o, 401, r).Code)
	require.Equal(t, "api.signed_out", answer[api.Problem](o, 401, o.ask(http.MethodGet, "/status", nil)).Code)
	for _, nobody := range []string{"system", uuid.NewString(), "../x"} {
		require.Equal(t, "account.not_allowed", answer[api.Problem](o, 403, o.ask(http.MethodGet, "/status", nil, "Account", nobody)).Code)
	}
	require.Equal(t, 403, o.ask(http.MethodGet, "/audit", nil, "Account", ad).StatusCode)
	require.Equal(t, 403, o.ask(http.MethodGet, "/figures/C1?period=FY2019", nil, "Account", ad).StatusCode)
	require.Equal(t, 404, o.ask(http.MethodGet, "/docs", nil, "Account", co).StatusCode, "no page that loads from elsewhere")
	raw, err := io.ReadAll(o.ask(http.MethodGet, "/openapi.json", nil).Body)
	require.NoError(t, err)
	require.Contains(t, string(raw), `"openapi":"3.1.0"`)
	res := o.ask(http.MethodGet, "/asyncapi.json", nil)
	require.Equal(t, 200, res.StatusCode)
	raw, err = io.ReadAll(res.Body)
	require.NoError(t, err)
	want, err := os.ReadFile("../golden/asyncapi.json")
	require.NoError(t, err)
	require.Equal(t, string(bytes.TrimSpace(want)), string(raw))
}
