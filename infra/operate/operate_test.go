package operate_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/memory"
	"ayumi/infra/operate"
)

var noon = time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC)

func good() operate.Reading {
	return operate.Reading{
		Head: 7, Bus: operate.Bus{State: "ok", Position: 7},
		ReadModels: []operate.ReadModel{{Name: "journeys", State: "current", Version: 3, Position: 7, BuiltPercent: 100}},
		Trees:      []operate.Tree{{Name: "log", State: "signed", Size: 7, At: noon.Add(-time.Minute)}},
		Probe:      operate.Probe{At: noon.Add(-time.Second), Took: time.Millisecond},
	}
}

func TestReadinessNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*operate.Reading)
		body   string
	}{
		"all is well":                       {func(*operate.Reading) {}, "store ok\nreadmodels ok\nparts ok\n"},
		"a bus that is down hinders nobody": {func(r *operate.Reading) { r.Bus.State = "down" }, "store ok\nreadmodels ok\nparts ok\n"},
		"short lag":                         {func(r *operate.Reading) { r.ReadModels[0].Lag = 29 * time.Second }, "store ok\nreadmodels ok\nparts ok\n"},
		"long lag":                          {func(r *operate.Reading) { r.ReadModels[0].Lag = 31 * time.Second }, "store ok\nreadmodels failed\nparts ok\n"},
		"being built":                       {func(r *operate.Reading) { r.ReadModels[0].State = "building" }, "store ok\nreadmodels failed\nparts ok\n"},
		"stopped":                           {func(r *operate.Reading) { r.ReadModels[0].State = "stopped" }, "store ok\nreadmodels failed\nparts ok\n"},
		"a full disk":                       {func(r *operate.Reading) { r.Probe.Err = errors.New("no space left") }, "store failed\nreadmodels ok\nparts ok\n"},
		"a disk that hangs":                 {func(r *operate.Reading) { r.Probe.At = noon.Add(-31 * time.Second) }, "store failed\nreadmodels ok\nparts ok\n"},
		"a part has ended":                  {func(r *operate.Reading) { r.Fault = errors.New("sealer") }, "store ok\nreadmodels ok\nparts failed\n"},
	} {
		t.Run(name, func(t *testing.T) {
			r := good()
			c.change(&r)
			told := 0
			h := operate.New(operate.Config{Read: func(context.Context) operate.Reading { return r }, Now: func() time.Time { return noon },
				Report: func(string, error) { told++ }})
			w := httptest.NewRecorder()
			h.Ready(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
			require.Equal(t, c.body, w.Body.String())
			failed := regexp.MustCompile("failed").MatchString(c.body)
			require.Equal(t, failed, w.Code == http.StatusServiceUnavailable)
			require.Equal(t, failed, told > 0, "the operator's log says why")
			w = httptest.NewRecorder()
			h.Live(w, httptest.NewRequest(http.MethodGet, "/livez", nil))
			require.Equal(t, http.StatusOK, w.Code)
		})
	}
}

// refusing is a store whose appends fail.
type refusing struct{ domain.EventStore }

func (refusing) Append(context.Context, ...domain.Commit) ([]domain.Token, error) {
	return nil, domain.ErrConflict
}

func TestMetricsCountByRouteAndNeverByPerson(t *testing.T) {
	m := operate.NewMetrics(func(context.Context) operate.Reading { return good() }, func() time.Time { return noon })
	mux := http.NewServeMux()
	mux.HandleFunc("GET /people/{id}", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotFound) })
	served := m.Watch(mux)
	person := "0b5f1f0e-2c2a-4c53-9d0c-5a1a5a3c9f11"
	for _, path := range []string{"/people/" + person, "/elsewhere/" + person} {
		served.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	_, err := m.Store(memory.New()).Append(t.Context(), domain.Commit{Stream: "person-" + person, Events: nil})
	require.NoError(t, err)
	_, err = m.Store(refusing{}).Append(t.Context(), domain.Commit{Stream: "person-" + person})
	require.ErrorIs(t, err, domain.ErrConflict)
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	body := w.Body.String()
	for _, line := range []string{
		`ayumi_http_request_seconds_count{code="404",route="GET /people/{id}"} 1`, `ayumi_http_request_seconds_count{code="404",route="none"} 1`,
		`ayumi_append_seconds_count{result="ok"} 1`, `ayumi_append_seconds_count{result="conflict"} 1`, `ayumi_log_position 7`,
		`ayumi_bus_state{state="ok"} 1`, `ayumi_bus_state{state="down"} 0`, `ayumi_read_model_position{read_model="journeys",version="3"} 7`,
		`ayumi_checkpoint_age_seconds{tree="log"} 60`, `ayumi_store_probe_ok 1`,
	} {
		require.Contains(t, body, line+"\n")
	}
	require.NotContains(t, body, person)
}
