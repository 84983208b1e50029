// Package paper_test prints the sheet of the demonstration and reads back what
// was printed.
package paper_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/cmd/app/demo"
	"ayumi/domain/scenario"
	"ayumi/domain/workplan"
)

// house is the demonstration, served.
type house struct {
	*app.App
	server   *httptest.Server
	accounts map[string]string // by sign-in name
	password string
}

func open(t *testing.T) *house {
	t.Helper()
	ctx := context.Background()
	lines, err := scenario.Parse(demo.Open())
	require.NoError(t, err)
	c := app.Default()
	c.Data = filepath.Join(t.TempDir(), "data")
	c.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	require.NoError(t, app.RunScenario(ctx, c, lines, nil))
	h := &house{accounts: map[string]string{}}
	h.App, err = app.Open(ctx, c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	require.NoError(t, h.Ready(ctx, time.Minute))
	sample, err := app.ReadSample(h.Config)
	require.NoError(t, err)
	h.password = sample.Password
	for _, a := range sample.Accounts {
		h.accounts[a.Name] = a.Account
	}
	handler, err := h.Handler()
	require.NoError(t, err)
	h.server = httptest.NewServer(handler)
	t.Cleanup(h.server.Close)
	return h
}

// file asks the API for a file of the sheet.
func (h *house) file(t *testing.T, kind, query string) []byte {
	t.Helper()
	status, body, header := h.ask(t, "an1", "/api/v1/sheets/TKO.2019.1/"+kind+"?"+query)
	require.Equal(t, http.StatusOK, status, "%s", body)
	require.Contains(t, header.Get("Content-Disposition"), "ayumi_FY2019_sheet-TKO-1_asof-2")
	return body
}

func (h *house) ask(t *testing.T, name, path string) (int, []byte, http.Header) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, h.server.URL+path, nil)
	require.NoError(t, err)
	req.SetBasicAuth(name, h.password)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, body, res.Header
}

// visit signs in to the pages.
func (h *house) visit(t *testing.T, name string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	client := &http.Client{Jar: jar}
	res, err := client.PostForm(h.server.URL+"/sign-in", url.Values{"sign_in_name": {name}, "password": {h.password}})
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	return client
}

func (h *house) page(t *testing.T, client *http.Client, path string) (int, []byte, http.Header) {
	t.Helper()
	res, err := client.Get(h.server.URL + path)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, body, res.Header
}

// data is the JSON of a sheet.
type data struct {
	Sheet, Format, Title, Digest, Sample, Leaf string
	FiscalYear                                 int `json:"fiscal_year"`
	Edition                                    int
	Draft                                      bool
	KnownAt                                    string `json:"known_at"`
	Position                                   uint64
	Data                                       []workplan.Datum
	Figures                                    []workplan.Figure
}

func parse(t *testing.T, raw []byte) data {
	t.Helper()
	var d data
	dec := json.NewDecoder(bytes.NewReader(raw))
	require.NoError(t, dec.Decode(&d))
	return d
}

func (d data) at(t *testing.T, key string) workplan.Datum {
	t.Helper()
	for _, x := range d.Data {
		if x.Key == key {
			return x
		}
	}
	t.Fatalf("the sheet has no %s", key)
	return workplan.Datum{}
}

// inOrder proves that texts stand in a text one after the other. White space does
// not count: lines are broken anywhere.
func inOrder(t *testing.T, where, all string, list []string) {
	t.Helper()
	rest := bare(all)
	for _, text := range list {
		at := strings.Index(rest, bare(text))
		require.GreaterOrEqual(t, at, 0, "%s: %q is missing or out of order before %.200q", where, text, rest)
		rest = rest[at+len(bare(text)):]
	}
}

func bare(text string) string { return strings.Join(strings.Fields(text), "") }
