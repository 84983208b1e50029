package badinput_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/schema"
	"ayumi/infra/api"
)

type session struct{}

func (session) Account(r *http.Request) (string, error) { return r.Header.Get("Account"), nil }

// served is the API before the town's office; log takes what it would report to
// operators.
func (w *town) served(log *bytes.Buffer) http.Handler {
	return api.New(api.Config{
		Office: w.Office, Streams: w.Store, Sessions: session{}, Now: func() time.Time { return today },
		Log: slog.New(slog.NewJSONHandler(log, nil)),
	}).Handler()
}

func post(h http.Handler, command, account string, id uuid.UUID, raw []byte) (*httptest.ResponseRecorder, api.Problem) {
	r := httptest.NewRequest(http.MethodPost, api.Prefix+"/commands/"+command, bytes.NewReader(raw))
	r.Header.Set("Account", account)
	r.Header.Set("Idempotency-Key", id.String())
	r.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	var p api.Problem
	_ = json.Unmarshal(answer.Body.Bytes(), &p) // no problem: the zero one
	return answer, p
}

// Every eleventh bad command, through the API: the same refusal as a problem.
func TestTheAPIRefusesBadInput(t *testing.T) {
	w := open(t)
	var log bytes.Buffer
	h, before, n := w.served(&log), w.head(), 0
	for _, shape := range w.Office.Shapes() {
		by := w.who(shape)
		if by == "system" {
			continue // nobody signs in as the system
		}
		for _, a := range attempts(shape, w.good(shape)) {
			if n++; n%11 != 0 {
				continue
			}
			answer, p := post(h, shape.Name, by, uuid.New(), a.raw)
			what := shape.Name + " " + a.what
			require.Equal(t, "application/problem+json", answer.Header().Get("Content-Type"), what)
			require.Equal(t, answer.Code, p.Status, what)
			require.True(t, p.Status >= 400 && p.Status < 500, "%s: %d", what, p.Status)
			require.NotEmpty(t, p.Detail, what)
			faults := append(p.Errors, api.FieldFault{Code: p.Code, Field: p.Field})
			found := false
			for _, f := range faults {
				found = found || f.Code == a.key
			}
			require.True(t, found, "%s: want %s, got %s", what, a.key, answer.Body)
			require.NotContains(t, answer.Body.String(), "alert(1)</script>", what)
		}
	}
	require.Equal(t, before, w.head())
	require.Empty(t, log.String(), "nothing of this is a fault of ours")
}

// FuzzCommandBody: whatever is sent, the API answers with receipts or with a
// problem of the caller's, and the log grows only in the first case.
func FuzzCommandBody(f *testing.F) {
	shapes := schema.Shapes()
	w := open(f)
	for i, shape := range shapes {
		f.Add(uint8(i), plain(w.good(shape)))
	}
	for _, s := range []string{"", "{}", "[]", "\xff", `{"text":"a","text":"b"}`, strings.Repeat(`{"a":`, 100)} {
		f.Add(uint8(0), []byte(s))
	}
	var log bytes.Buffer
	h := w.served(&log)
	f.Fuzz(func(t *testing.T, which uint8, raw []byte) {
		w.T = t
		shape := shapes[int(which)%len(shapes)]
		before := w.head()
		answer, p := post(h, shape.Name, w.by["CO"], uuid.New(), raw)
		if answer.Code == http.StatusOK {
			return
		}
		require.True(t, p.Status >= 400 && p.Status < 500, "%s %s", answer.Body, log.String())
		require.NotEmpty(t, p.Detail)
		require.Equal(t, before, w.head())
	})
}
