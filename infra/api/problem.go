package api

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Problem is an answer that says why there is no other (RFC 9457). Code is the
// key of the refusal, Detail its sentence in the language of the request.
type Problem struct {
	Type    string       `json:"type" doc:"urn:ayumi:refusal: and the code"`
	Title   string       `json:"title"`
	Status  int          `json:"status"`
	Detail  string       `json:"detail"`
	Code    string       `json:"code"`
	Field   string       `json:"field,omitempty"`
	Errors  []FieldFault `json:"errors,omitempty" doc:"every refusal, if there are several"`
	Changed []Changed    `json:"changed,omitempty" doc:"what happened to the stream since the version the caller had seen"`

	header http.Header
}

// FieldFault is one of several refusals.
type FieldFault struct {
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"`
	Detail string `json:"detail"`
}

// Changed is one event that the caller had not seen.
type Changed struct {
	Type       string `json:"type"`
	Position   uint64 `json:"position"`
	Version    uint64 `json:"version"`
	RecordedAt string `json:"recorded_at"`
	RecordedBy string `json:"recorded_by"`
}

// Error is for logs: the code, never a sentence or a value.
func (p *Problem) Error() string { return "problem " + p.Code }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders are headers that belong to the problem.
func (p *Problem) GetHeaders() http.Header { return p.header }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// Faults of requests beside refusals.
var (
	errSignedOut = errors.New("signed out")
	errMissing   = ErrMissing
	// ErrUnseen: the access log cannot be written, so nothing is shown.
	ErrUnseen = errors.New("access log cannot be written")
)

func tooOften(seconds string) *domain.Refusal {
	return domain.RefuseField("signin.too_often", "", "seconds", seconds)
}

var statuses = map[string]int{
	"account.not_allowed": http.StatusForbidden, "controller.mismatch": http.StatusForbidden,
	"signin.wrong": http.StatusUnauthorized, "signin.too_often": http.StatusTooManyRequests, "signin.second_step": http.StatusForbidden, "api.signed_out": http.StatusUnauthorized,
	"command.unknown": http.StatusNotFound, "stream.unknown": http.StatusNotFound, "api.missing": http.StatusNotFound, "indicator.unknown": http.StatusNotFound,
	"receipt.unknown": http.StatusNotFound, "receipt.none": http.StatusNotFound, "receipt.too_often": http.StatusTooManyRequests,
	"stream.moved": http.StatusConflict, "stream.exists": http.StatusConflict, "conflict": http.StatusConflict, "preview.missing": http.StatusConflict,
	"data.too_large": http.StatusRequestEntityTooLarge, "document.too_large": http.StatusRequestEntityTooLarge, "bundle.too_large": http.StatusRequestEntityTooLarge, "bundle.foreign": http.StatusForbidden, "bundle.not_sealed": http.StatusNotFound,
	"bundle.busy": http.StatusServiceUnavailable, "data.not_object": http.StatusBadRequest, "api.media": http.StatusUnsupportedMediaType,
	"api.away": http.StatusServiceUnavailable, "api.behind": http.StatusServiceUnavailable, "reads.stopped": http.StatusServiceUnavailable, "api.unseen": http.StatusServiceUnavailable, "api.broken": http.StatusInternalServerError,
}

// problemOf turns an error into what a caller is told; nil if the error is ours.
func problemOf(w *locale.Words, err error) *Problem {
	var one *domain.Refusal
	var all domain.Refusals
	var fault japan.Fault
	var notBuilt *projections.NotBuilt
	switch {
	case errors.As(err, &all) && len(all) > 0:
		return told(w, all...)
	case errors.As(err, &one):
		return told(w, one)
	case errors.As(err, &fault):
		return told(w, domain.Refuse(string(fault)))
	case errors.Is(err, domain.ErrConflict):
		return told(w, domain.Refuse("conflict"))
	case errors.Is(err, errSignedOut):
		return told(w, domain.Refuse("api.signed_out"))
	case errors.Is(err, errMissing) || errors.Is(err, projections.ErrUnknown):
		return told(w, domain.Refuse("api.missing"))
	case errors.Is(err, ErrUnseen):
		return told(w, domain.Refuse("api.unseen"))
	case errors.Is(err, domain.ErrStoreAway):
		return told(w, domain.Refuse("api.away"))
	case errors.Is(err, projections.ErrStopped):
		return told(w, domain.Refuse("reads.stopped"))
	case errors.Is(err, projections.ErrBehind) || errors.As(err, &notBuilt):
		return told(w, domain.RefuseField("api.behind", "", "seconds", "5"))
	}
	return nil
}

func told(w *locale.Words, refusals ...*domain.Refusal) *Problem {
	p := &Problem{header: http.Header{}}
	for _, r := range refusals {
		p.Errors = append(p.Errors, FieldFault{Code: r.Key, Field: r.Field, Detail: w.Refusal(r.Key, r.Field, r.Args)})
		if s := r.Args["seconds"]; s != "" {
			p.header.Set("Retry-After", s)
		}
	}
	first := p.Errors[0]
	p.Code, p.Field, p.Detail = first.Code, first.Field, first.Detail
	if len(p.Errors) == 1 {
		p.Errors = nil
	}
	p.Status = cmp.Or(statuses[p.Code], http.StatusUnprocessableEntity)
	p.Type, p.Title = "urn:ayumi:refusal:"+p.Code, http.StatusText(p.Status)
	if p.Status == http.StatusUnauthorized {
		p.header.Set("WWW-Authenticate", `Basic realm="ayumi", charset="UTF-8"`)
	}
	return p
}

// problem turns an error into a Problem. What is our own fault is logged under a
// sign that the caller is told.
func (a *API) problem(ctx context.Context, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	w := visitorOf(ctx).words
	if p := problemOf(w, err); p != nil {
		return p
	}
	sign := rand.Text()[:8]
	a.Log.Error("api", "code", sign, "error", err)
	return told(w, domain.RefuseField("api.broken", "", "code", sign))
}

// fail answers with a problem outside an operation.
func (a *API) fail(ctx huma.Context, err error) {
	p := a.problem(ctx.Context(), err)
	for name := range p.header {
		ctx.SetHeader(name, p.header.Get(name))
	}
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetStatus(p.Status)
	_ = json.NewEncoder(ctx.BodyWriter()).Encode(p) // a caller that went away is its own affair
}

func write(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // as above
}

func (a *API) missing(w http.ResponseWriter, r *http.Request) {
	key := "api.missing"
	if strings.HasPrefix(r.URL.Path, Prefix+"/commands/") && r.Method == http.MethodPost {
		key = "command.unknown"
	}
	write(w, told(wordsFor(r.Header.Get("Accept-Language")), domain.Refuse(key)))
}

// recovered answers a panic as a fault of ours. Its value is left out of the log
// unless the runtime made it: it may hold personal data.
func (a *API) recovered(w http.ResponseWriter, r *http.Request) {
	fault := recover()
	if fault == nil {
		return
	}
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	var what any = fmt.Sprintf("%T", fault)
	if e, ok := fault.(runtime.Error); ok {
		what = e
	}
	ctx := context.WithValue(r.Context(), visitorKey{}, visitor{words: wordsFor(r.Header.Get("Accept-Language"))})
	write(w, a.problem(ctx, fmt.Errorf("panic: %v\n%s", what, debug.Stack())))
}

// What huma itself finds wrong with a request is said in our words; its own
// would repeat what was sent.
func init() {
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return foreign(locale.In(""), status, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return foreign(wordsFor(ctx.Header("Accept-Language")), status, errs)
	}
}

func foreign(w *locale.Words, status int, errs []error) *Problem {
	var refusals []*domain.Refusal
	for _, err := range errs {
		var d huma.ErrorDetailer
		if errors.As(err, &d) {
			refusals = append(refusals, refusalOf(d.ErrorDetail()))
		}
	}
	if len(refusals) == 0 {
		refusals = []*domain.Refusal{domain.Refuse(map[int]string{
			http.StatusRequestEntityTooLarge: "data.too_large", http.StatusUnsupportedMediaType: "api.media",
			http.StatusNotFound: "api.missing", http.StatusMethodNotAllowed: "api.method",
		}[status])}
	}
	if refusals[0].Key == "" {
		refusals[0].Key = "data.not_object"
	}
	p := told(w, refusals...)
	if status >= http.StatusBadRequest {
		p.Status, p.Title = status, http.StatusText(status)
	}
	return p
}

func refusalOf(d *huma.ErrorDetail) *domain.Refusal {
	name := d.Location[strings.LastIndexByte(d.Location, '.')+1:]
	switch {
	case strings.HasPrefix(d.Message, "required"):
		return domain.RefuseField("field.required", name)
	case strings.HasPrefix(d.Message, "unknown"):
		return domain.RefuseField("field.unknown", name)
	}
	return domain.RefuseField("field.type", name)
}
