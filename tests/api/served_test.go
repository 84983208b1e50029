package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/infra/api"
	"ayumi/infra/auth"
	"ayumi/infra/export"
	"ayumi/projections"
	"ayumi/tests/flow"
	"ayumi/tests/readmodels"
)

// feed hands out the log of a store, live.
type feed struct{ domain.EventStore }

func (f feed) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for ctx.Err() == nil {
			for e, err := range f.All(ctx, after) {
				if ctx.Err() != nil || !yield(e, err) || err != nil {
					return
				}
				after = e.Position
			}
			select {
			case <-f.Grown(after):
			case <-ctx.Done():
			}
		}
	}
}

// door is the one audited door, in the words of the API.
type door struct{ *access.Door }

func (d door) Open(ctx context.Context, who domain.Actor, subject, reason string, events ...domain.Recorded) ([]api.Texts, error) {
	return d.open(ctx, access.Glance{Who: who, Subject: subject, Reason: reason, Classes: "PX"}, events)
}

func (d door) OpenMatter(ctx context.Context, who domain.Actor, matter, subject string, events ...domain.Recorded) ([]api.Texts, error) {
	return d.open(ctx, access.Glance{Who: who, Subject: subject, Reason: "rights", Classes: "PX", Matter: matter}, events)
}

func (d door) open(ctx context.Context, g access.Glance, events []domain.Recorded) ([]api.Texts, error) {
	shown, err := d.Door.Open(ctx, g, events...)
	if errors.Is(err, access.ErrUnaudited) {
		return nil, errors.Join(api.ErrUnseen, err)
	}
	out := make([]api.Texts, len(shown))
	for i, fields := range shown {
		out[i] = api.Texts{}
		for field, owners := range fields {
			out[i][field] = map[string]api.Text{}
			for owner, text := range owners {
				out[i][field][owner] = api.Text{Value: text.Value, Erased: text.Erased}
			}
		}
	}
	return out, err
}

// viewings is the access log in the words of the API.
type viewings struct {
	*access.Log
	door *access.Door
}

func (v viewings) Look(ctx context.Context, e viewing.Entry) error {
	if err := v.door.Look(ctx, e); err != nil {
		return errors.Join(api.ErrUnseen, err)
	}
	return nil
}

func (v viewings) Find(ctx context.Context, f viewing.Filter) ([]viewing.Entry, error) {
	list, err := v.Log.Find(ctx, f)
	if err != nil {
		return nil, errors.Join(api.ErrUnseen, err)
	}
	return list, nil
}

// session trusts a header: the place of the site's cookie.
type session struct{}

func (session) Account(r *http.Request) (string, error) { return r.Header.Get("Account"), nil }

type standing struct {
	store  domain.EventStore
	runner *projections.Runner
}

func (s standing) Standing(ctx context.Context) (api.Standing, error) {
	head, err := s.store.Head(ctx)
	out := api.Standing{Head: head.Position, Bus: api.BusStanding{State: "ok", Position: head.Position}}
	for _, p := range s.runner.Status() {
		out.Projections = append(out.Projections, api.ProjectionLine{Name: p.Name, Version: p.Version, State: string(p.State), Position: p.Position})
	}
	return out, err
}

// office is a whole office with its API, over a log in memory.
type office struct {
	*flow.Desk
	handler http.Handler
	access  *access.Log
	signIn  *auth.Store
	log     bytes.Buffer
	now     time.Time
}

func open(t *testing.T, changes ...func(figures *projections.Projection)) *office {
	t.Helper()
	o := &office{Desk: flow.Open(t), now: flow.At("2020-06-01", 12)}
	dir := t.TempDir()
	clock := func() time.Time { return o.now }
	var err error
	o.access, err = access.OpenLog(filepath.Join(dir, "access.db"), access.Options{})
	require.NoError(t, err)
	o.signIn, err = auth.Open(filepath.Join(dir, "auth.db"), clock)
	require.NoError(t, err)
	db, err := readmodels.Open(context.Background(), filepath.Join(dir, "read"))
	require.NoError(t, err)
	journeys, figures, audit := projections.NewJourneys(), projections.NewIndicators(indicator.Usual()), projections.NewAuditTrail()
	closing := projections.NewClosing()
	figures.Log = feed{o.Store}
	for _, change := range changes {
		change(figures.Projection)
	}
	runner := projections.NewRunner(projections.Config{
		Feed: feed{o.Store}, Head: o.Store.Head, Database: db.Database(), Now: clock,
		Projections: []*projections.Projection{journeys.Projection, figures.Projection, audit.Projection, closing.Projection},
		Report:      func(what string, err error) { t.Log(what, err) },
	})
	ctx, stop := context.WithCancel(context.Background())
	require.NoError(t, runner.Open(ctx))
	ended := make(chan error, 1)
	go func() { ended <- runner.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, errors.Join(db.Close(), o.signIn.Close(), o.access.Close()))
	})
	head, err := o.Store.Head(ctx)
	require.NoError(t, err)
	built, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	require.NoError(t, runner.Wait(built, head.Position))
	looked := &access.Door{Keys: o.Keys, Log: o.access, Origin: o.Head.Origin, Now: clock, Matter: o.Office.MatterReach}
	o.handler = api.New(api.Config{
		Office: o.Office, Streams: o.Store, Figures: figures, Exports: exports{&export.Exporter{Figures: figures, Book: projections.NewDefinitions(journeys), Now: clock, Sample: true}, o.access}, Periods: &projections.Gates{Closing: closing, Figures: figures, Journeys: journeys}, Definitions: projections.NewDefinitions(journeys), Journeys: journeys, Matters: journeys, Audit: audit,
		Status: standing{o.Store, runner}, Door: door{looked}, Viewings: viewings{o.access, looked},
		Documents: &documents{&projections.OnRecord{Journeys: journeys, Indicators: figures, Book: projections.NewDefinitions(journeys)}},
		Sessions:  session{}, SignIn: o.signIn, Wait: runner.Wait, Now: clock, Log: slog.New(slog.NewJSONHandler(&o.log, nil)), Sample: true,
	}).Handler()
	return o
}

// ask sends one request; headers are name, value, name, value, …
func (o *office) ask(method, path string, content []byte, headers ...string) *http.Response {
	o.T.Helper()
	var body io.Reader
	if content != nil {
		body = bytes.NewReader(content)
	}
	r := httptest.NewRequest(method, api.Prefix+path, body)
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w.Result()
}

// answer asks and reads the JSON of an answer with the given status.
func answer[T any](o *office, status int, r *http.Response) T {
	o.T.Helper()
	raw, err := io.ReadAll(r.Body)
	require.NoError(o.T, err)
	require.Equal(o.T, status, r.StatusCode, string(raw))
	var out T
	require.NoError(o.T, json.Unmarshal(raw, &out), string(raw))
	return out
}

// command gives a command as an account.
func (o *office) command(name, account string, data map[string]any, headers ...string) *http.Response {
	o.T.Helper()
	headers = append([]string{"Account", account, "Idempotency-Key", uuid.NewString()}, headers...)
	return o.ask(http.MethodPost, "/commands/"+name, flow.Data(o.T, data), headers...)
}

func day(y, m, d int) string { return japan.On(y, m, d).String() }
