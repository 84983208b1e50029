package operate

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"ayumi/domain"
)

// Metrics counts what an instance does and hands it, with where everything stands, to
// Prometheus. Labels are names of code and of engines: never a person, an account or
// an address with a number in it.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	appends  *prometheus.HistogramVec
	events   prometheus.Counter
}

// NewMetrics makes the figures of an instance.
func NewMetrics(read func(ctx context.Context) Reading, now func() time.Time) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ayumi_http_request_seconds",
			Help:    "Time until a request was answered, by route and status; a stream counts when it ends.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"route", "code"}),
		appends: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ayumi_append_seconds",
			Help:    "Time of an append to the event store, until it is on disk.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5}}, []string{"result"}),
		events: prometheus.NewCounter(prometheus.CounterOpts{Name: "ayumi_events_appended_total", Help: "Events this instance recorded."}),
	}
	m.registry.MustRegister(m.requests, m.appends, m.events, &standing{read, now},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler answers a scrape.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// Watch times requests by the route that answered them.
func (m *Metrics) Watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		seen := &statusOf{ResponseWriter: w, code: http.StatusOK}
		next.ServeHTTP(seen, r)
		route := r.Pattern
		if route == "" {
			route = "none"
		}
		m.requests.WithLabelValues(route, strconv.Itoa(seen.code)).Observe(time.Since(begun).Seconds())
	})
}

// statusOf remembers the status of an answer.
type statusOf struct {
	http.ResponseWriter
	code int
}

func (s *statusOf) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// Unwrap lets streams flush.
func (s *statusOf) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// Store times the appends of an event store.
func (m *Metrics) Store(s domain.EventStore) domain.EventStore { return timed{s, m} }

type timed struct {
	domain.EventStore
	m *Metrics
}

func (t timed) Append(ctx context.Context, commits ...domain.Commit) ([]domain.Token, error) {
	begun := time.Now()
	tokens, err := t.EventStore.Append(ctx, commits...)
	result := "ok"
	switch {
	case err == nil:
		for _, c := range commits {
			t.m.events.Add(float64(len(c.Events)))
		}
	case errors.Is(err, domain.ErrConflict):
		result = "conflict"
	default:
		result = "failed"
	}
	t.m.appends.WithLabelValues(result).Observe(time.Since(begun).Seconds())
	return tokens, err
}
