// Package trace tells an OpenTelemetry collector what belongs together: the request,
// the command in it, the append, the relay to the bus, each read model that took the
// events up, and the page that waited for them. Names and attributes are a closed list:
// routes, commands, event types, counts and positions. No value that a person typed, no
// id and no address of a page is among them.
//
// A nil Tracer is tracing switched off; every method then does nothing.
package trace

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"ayumi/domain"
)

// Tracer makes the spans of one instance.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer

	mu    sync.Mutex
	spans map[uuid.UUID]trace.SpanContext // of the appends of late, by event
	at    map[uint64]uuid.UUID            // the same, by position
	ring  [kept]mark                      // the same, in the order they came
	next  int
}

type mark struct {
	event    uuid.UUID
	position uint64 // 0: not known yet, or never
}

// kept is how many events are remembered: far more than are ever on their way.
const kept = 8192

// CheckEndpoint tells what is wrong with the address of a collector.
func CheckEndpoint(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil {
		return err
	}
	if u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Errorf("%q is no http or https address", endpoint)
	}
	return nil
}

// Open begins to send to a collector (OTLP over HTTP; the path is /v1/traces unless the
// address has one). The collector may be away: what cannot be sent is dropped. What
// OpenTelemetry reads from the environment (OTEL_EXPORTER_OTLP_HEADERS,
// OTEL_TRACES_SAMPLER, OTEL_RESOURCE_ATTRIBUTES and their like) holds.
func Open(ctx context.Context, endpoint, version string, log *slog.Logger) (*Tracer, error) {
	if err := CheckEndpoint(endpoint); err != nil {
		return nil, err
	}
	if u, err := url.Parse(endpoint); err == nil && (u.Path == "" || u.Path == "/") {
		endpoint = u.JoinPath("v1", "traces").String()
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint))
	if err != nil {
		return nil, err
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "ayumi"), attribute.String("service.version", version)), resource.WithFromEnv())
	if err != nil {
		return nil, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces are not sent", "cause", err) }))
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about))
	return &Tracer{
		provider: provider, tracer: provider.Tracer("ayumi"),
		spans: map[uuid.UUID]trace.SpanContext{}, at: map[uint64]uuid.UUID{},
	}, nil
}

// Close sends what is left, for a short while.
func (t *Tracer) Close() error {
	if t == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// Command begins the span of a command; end takes what became of it.
func (t *Tracer) Command(ctx context.Context, command string) (_ context.Context, end func(error)) {
	ctx, span := t.tracer.Start(ctx, "command "+command, trace.WithAttributes(attribute.String("ayumi.command", command)))
	return ctx, func(err error) { finish(span, err) }
}

// finish ends a span with one word for what became of it; the text of an error may
// hold what somebody typed.
func finish(span trace.Span, err error) {
	outcome := "done"
	var refusal *domain.Refusal
	var refusals domain.Refusals
	switch {
	case err == nil:
	case errors.As(err, &refusal), errors.As(err, &refusals):
		outcome = "refused"
	case errors.Is(err, domain.ErrConflict):
		outcome = "conflict"
	case errors.Is(err, context.Canceled):
		outcome = "cancelled"
	case errors.Is(err, context.DeadlineExceeded):
		outcome = "late"
	default:
		outcome = "failed"
		span.SetStatus(codes.Error, "")
	}
	span.SetAttributes(attribute.String("ayumi.outcome", outcome))
	span.End()
}

// Store spans the appends of an event store and remembers which events they wrote.
func (t *Tracer) Store(s domain.EventStore) domain.EventStore {
	if t == nil {
		return s
	}
	return spanned{s, t}
}

type spanned struct {
	domain.EventStore
	t *Tracer
}

func (s spanned) Append(ctx context.Context, commits ...domain.Commit) ([]domain.Token, error) {
	types := []string{}
	for _, c := range commits {
		for _, e := range c.Events {
			types = append(types, e.Type)
		}
	}
	ctx, span := s.t.tracer.Start(ctx, "append", trace.WithAttributes(attribute.StringSlice("ayumi.event.types", types)))
	for _, c := range commits { // before: the relay is fast
		for _, e := range c.Events {
			s.t.keep(e.ID, 0, span.SpanContext())
		}
	}
	tokens, err := s.EventStore.Append(ctx, commits...)
	for i, c := range commits {
		if err == nil && tokens[i].Position > 0 {
			s.t.keep(c.Events[len(c.Events)-1].ID, tokens[i].Position, span.SpanContext())
		}
	}
	finish(span, err)
	return tokens, err
}

// keep remembers under which span an event was written.
func (t *Tracer) keep(event uuid.UUID, position uint64, of trace.SpanContext) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.ring[t.next]
	if t.at[old.position] == old.event {
		delete(t.at, old.position)
	}
	delete(t.spans, old.event)
	t.ring[t.next] = mark{event, position}
	t.next = (t.next + 1) % kept
	t.spans[event] = of
	if position > 0 {
		t.at[position] = event
	}
}

func (t *Tracer) of(event uuid.UUID) trace.SpanContext {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.spans[event]
}

// Traceparent is the W3C trace context under which an event was written, or "".
func (t *Tracer) Traceparent(event uuid.UUID) string {
	c := t.of(event)
	if !c.IsValid() {
		return ""
	}
	return fmt.Sprintf("00-%s-%s-%s", c.TraceID(), c.SpanID(), c.TraceFlags())
}

// Heard takes the trace context that came with an event another instance wrote.
func (t *Tracer) Heard(event domain.Recorded, traceparent string) {
	if c := parse(traceparent); c.IsValid() && !t.of(event.ID).IsValid() {
		t.keep(event.ID, event.Position, c)
	}
}

// parse reads a traceparent; anything that is none gives a context that is not valid.
func parse(traceparent string) trace.SpanContext {
	var traceID, spanID, flags string
	if len(traceparent) != 55 || traceparent[:3] != "00-" || traceparent[35] != '-' || traceparent[52] != '-' {
		return trace.SpanContext{}
	}
	traceID, spanID, flags = traceparent[3:35], traceparent[36:52], traceparent[53:]
	id, err := trace.TraceIDFromHex(traceID)
	if err != nil {
		return trace.SpanContext{}
	}
	span, err := trace.SpanIDFromHex(spanID)
	if err != nil || (flags != "00" && flags != "01") {
		return trace.SpanContext{}
	}
	return trace.NewSpanContext(trace.SpanContextConfig{TraceID: id, SpanID: span, TraceFlags: trace.TraceFlags(flags[1] - '0'), Remote: true})
}

// Relayed says that an event that was sent to the bus is stored there.
func (t *Tracer) Relayed(event uuid.UUID, sent time.Time) {
	c := t.of(event)
	if !c.IsValid() {
		return
	}
	_, span := t.tracer.Start(trace.ContextWithSpanContext(context.Background(), c), "relay",
		trace.WithTimestamp(sent), trace.WithSpanKind(trace.SpanKindProducer))
	span.End()
}

// Projected says that a read model has taken up events, together and since begun. The
// span stands under the append of the first of them and is linked to the others.
func (t *Tracer) Projected(model string, events []uuid.UUID, begun time.Time) {
	var first trace.SpanContext
	var links []trace.Link
	for _, event := range events {
		switch c := t.of(event); {
		case !c.IsValid(), c.Equal(first):
		case !first.IsValid():
			first = c
		case len(links) < mostLinks && (len(links) == 0 || !links[len(links)-1].SpanContext.Equal(c)):
			links = append(links, trace.Link{SpanContext: c})
		}
	}
	if !first.IsValid() {
		return
	}
	_, span := t.tracer.Start(trace.ContextWithSpanContext(context.Background(), first), "project "+model,
		trace.WithTimestamp(begun), trace.WithSpanKind(trace.SpanKindConsumer), trace.WithLinks(links...),
		trace.WithAttributes(attribute.String("ayumi.read_model", model), attribute.Int("ayumi.events", len(events))))
	span.End()
}

const mostLinks = 64

// Wait begins the span of a page that waits until read models have reached a position;
// it is linked to the append of the event there.
func (t *Tracer) Wait(ctx context.Context, position uint64) (_ context.Context, end func(error)) {
	if t == nil || !trace.SpanContextFromContext(ctx).IsValid() {
		return ctx, func(error) {}
	}
	t.mu.Lock()
	c := t.spans[t.at[position]]
	t.mu.Unlock()
	var links []trace.Link
	if c.IsValid() {
		links = append(links, trace.Link{SpanContext: c})
	}
	ctx, span := t.tracer.Start(ctx, "wait", trace.WithLinks(links...), trace.WithAttributes(attribute.Int64("ayumi.position", int64(position))))
	return ctx, func(err error) { finish(span, err) }
}
