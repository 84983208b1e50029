// Package pages_test drives the pages over the whole product: log, bus, read
// models and the audited door.
package pages_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
	"ayumi/tests/flow"
	"ayumi/tests/postgres"
	"ayumi/tests/readmodels"
)

// house is the product with one person, served.
type house struct {
	*app.App
	server   *httptest.Server
	log      *bytes.Buffer
	password string
	person   string
	file     string
	session  domain.Receipt // of the second consultation
	more     func(h *house, d *flow.Desk)
	written  atomic.Uint64 // entries of the access log when the last answer began
}

const hostile = `<script>alert(1)</script>"><img src=x onerror=alert(2)>`

// open serves a scenario of one person with two sessions, and staff of every role.
func open(t *testing.T, with ...func(*app.Config)) *house {
	t.Helper()
	return openAfter(t, nil, with...)
}

// openAfter serves it after something more has happened.
func openAfter(t *testing.T, more func(h *house, d *flow.Desk), with ...func(*app.Config)) *house {
	t.Helper()
	h := &house{log: &bytes.Buffer{}, more: more}
	c := app.Default()
	c.Data, c.Listen = filepath.Join(t.TempDir(), "data"), "127.0.0.1:0"
	if readmodels.Postgres() { // everything that may lie there does
		tables, access, keys := postgres.Open(t), postgres.Open(t), postgres.Open(t)
		c.ReadModels, c.ReadModelsOwner = tables.App, tables.Owner
		c.Access, c.AccessOwner = access.App, access.Owner
		c.Keys, c.KeysOwner = keys.App, keys.Owner
	}
	for _, set := range with {
		set(&c)
	}
	c.Log = slog.New(slog.NewJSONHandler(h.log, nil))
	require.NoError(t, app.RunScenario(context.Background(), c, h.lines(t), nil))
	var err error
	h.App, err = app.Open(context.Background(), c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	require.NoError(t, h.Ready(context.Background(), time.Minute))
	sample, err := app.ReadSample(h.Config)
	require.NoError(t, err)
	h.password = sample.Password
	handler, err := h.Handler()
	require.NoError(t, err)
	h.server = httptest.NewServer(h.watched(handler))
	t.Cleanup(h.server.Close)
	return h
}

func (h *house) lines(t *testing.T) []scenario.Line {
	t.Helper()
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	for _, role := range []string{"LD", "AN", "MG", "AU", "AD", "RO", "PO"} { // in one order: two houses are compared
		d.Staff(strings.ToLower(role)+"1", role)
	}
	auditor := uuid.NewSHA1(uuid.NameSpaceOID, []byte("au2")).String()
	d.Do(flow.At("2019-04-01", 9), "system", "account.open", map[string]any{"account": auditor, "kind": "auditor", "code": "au2", "name": "見本 監査", "kana": "みほん", "controller": "31"})
	d.Do(flow.At("2019-04-01", 9), "system", "account.grant_role", map[string]any{"account": auditor, "role": "AU"})
	other := uuid.NewSHA1(uuid.NameSpaceOID, []byte("co9")).String()
	at := flow.At("2019-04-01", 9)
	d.Do(at, "system", "account.open", map[string]any{"account": other, "kind": "staff", "desk": "D-OKY", "code": "co9", "name": "見本 岡山", "kana": "みほん", "controller": "33"})
	d.Do(at, "system", "account.grant_role", map[string]any{"account": other, "role": "CO"})
	session := func(channel string, categories ...string) map[string]any {
		return map[string]any{"desk": "D-TKY", "channel": channel, "categories": categories, "counsellor": co, "attendee_count": 1,
			"initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": hostile}
	}
	r := d.Do(flow.At("2019-06-01", 11), "co1", "person.first_contact", map[string]any{
		"register": map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja",
			"student": false, "family": "髙橋", "given": "例子", "family_kana": "たかはし", "given_kana": "れいこ", "search": "s1"},
		"notice":       map[string]any{"notice_version": "n1", "language": "ja", "method": "paper"},
		"open":         map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
		"consultation": session("in_person", "job"),
	})
	_, h.person = domain.SplitStream(r[0].Stream)
	_, h.file = domain.SplitStream(r[1].Stream)
	more := session("phone", "job", "relocation")
	more["case"], more["lead_person"] = h.file, h.person
	h.session = d.Do(flow.At("2019-06-08", 11), "co1", "case.hold_consultation", more)[0]
	if h.more != nil {
		h.more(h, d)
	}
	var text bytes.Buffer
	require.NoError(t, scenario.Export(context.Background(), &text, d.Store, d.Keys, d.Head.Origin))
	lines, err := scenario.Parse(&text)
	require.NoError(t, err)
	return lines
}

// visitor is one browser without script.
type visitor struct {
	h *house
	*http.Client
}

func (h *house) as(t *testing.T, name string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	v := &visitor{h, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	status, _, _ := v.post(t, "/sign-in", url.Values{"sign_in_name": {name}, "password": {h.password}})
	require.Equal(t, http.StatusSeeOther, status)
	return v
}

func (v *visitor) get(t *testing.T, path string, header ...string) (int, string) {
	t.Helper()
	status, body, _ := v.send(t, "GET", path, nil, header...)
	return status, body
}

// page is a page that must open.
func (v *visitor) page(t *testing.T, path string) string {
	t.Helper()
	status, body := v.get(t, path)
	require.Equal(t, http.StatusOK, status, "%s %s", path, v.h.log.String())
	return body
}

func (v *visitor) post(t *testing.T, path string, form url.Values, header ...string) (status int, body, location string) {
	t.Helper()
	return v.send(t, "POST", path, form, header...)
}

func (v *visitor) send(t *testing.T, method, path string, form url.Values, header ...string) (int, string, string) {
	t.Helper()
	req, err := http.NewRequest(method, v.h.server.URL+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(body), res.Header.Get("Location")
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([a-z_]+)"(?: id="[a-z_]+")? value="([^"]*)"`)

// form is the hidden fields of the form that posts to an address.
func form(t *testing.T, page, action string) url.Values {
	t.Helper()
	_, rest, ok := strings.Cut(page, `action="`+action+`"`)
	require.True(t, ok, "no form for %s", action)
	rest, _, _ = strings.Cut(rest, "</form>")
	out := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(rest, -1) {
		out.Set(m[1], m[2])
	}
	return out
}

// entry is the form of a consultation, filled in.
func (h *house) entry(t *testing.T, page string) (string, url.Values) {
	t.Helper()
	action := "/people/" + h.person + "/consultations"
	f := form(t, page, action)
	f.Set("channel", "phone")
	f.Set("categories", "relocation")
	f.Set("memo", "空き家バンクを案内した")
	return action, f
}

// grant gives one more role to a member of staff.
func (h *house) grant(t *testing.T, name, role string) {
	t.Helper()
	sample, err := app.ReadSample(h.Config)
	require.NoError(t, err)
	for _, a := range sample.Accounts {
		if a.Name == name {
			_, err = h.Office.Do(context.Background(), office.Request{Command: "account.grant_role", ID: uuid.New(), By: "system", At: time.Now(),
				Data: domain.Data{"account": []byte(`"` + a.Account + `"`), "role": []byte(`"` + role + `"`)}})
			require.NoError(t, err)
		}
	}
}
