// Package api serves the product to programs: every command and the queries of
// the read models as JSON over HTTP, described by OpenAPI 3.1.
package api

import (
	"context"
	"iter"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/office"
	"ayumi/projections"
)

// Office carries out commands and knows who an account is at this moment.
type Office interface {
	Do(ctx context.Context, r office.Request) ([]domain.Receipt, error)
	Who(ctx context.Context, account string) (domain.Actor, error)
	// Terms are the periods a controller works by.
	Terms(controller string) domain.Terms
}

// Streams reads one stream of the log.
type Streams interface {
	Stream(ctx context.Context, stream string, after uint64) iter.Seq2[domain.Recorded, error]
}

// Journeys answers what happened to people.
type Journeys interface {
	Journey(ctx context.Context, person string, upto uint64) ([]projections.Entry, error)
	Record(ctx context.Context, position, upto uint64) (projections.Entry, error)
	Numbered(ctx context.Context, number int) (projections.PersonRef, error)
	Group(ctx context.Context, person string, upto uint64) ([]string, error)
	Referrals(ctx context.Context, f projections.ReferralFilter) ([]projections.Referral, error)
	Employers(ctx context.Context, controller string) ([]projections.Employer, error)
	Registers
	Agendas
}

// Definitions answers by which rules is counted at a scope, as approved by now.
type Definitions interface {
	indicator.Rules
	All(ctx context.Context) ([]*indicator.Series, error)
}

// Audit answers who recorded, corrected or voided what.
type Audit interface {
	Trail(ctx context.Context, f projections.AuditFilter) ([]projections.AuditEntry, error)
	Entry(ctx context.Context, position uint64) (projections.AuditEntry, error)
	ChangesOf(ctx context.Context, position uint64) ([]projections.AuditEntry, error)
}

// Door opens the sealed texts of some events for a reader who may see them,
// after that was written down.
type Door interface {
	// Open answers, for each event, field → owner → text. What the reader may
	// not see is absent. ErrUnseen if the access log cannot be written.
	Open(ctx context.Context, who domain.Actor, subject, reason string, events ...domain.Recorded) ([]Texts, error)
	// OpenMatter is Open for a data-protection matter, by whoever handles it.
	OpenMatter(ctx context.Context, who domain.Actor, matter, subject string, events ...domain.Recorded) ([]Texts, error)
}

// Texts are the opened fields of one event: by field, then by owner.
type Texts map[string]map[string]Text

// Text is one opened field. Erased: its key is destroyed, for good.
type Text struct {
	Value  string `json:"value"`
	Erased bool   `json:"erased,omitempty"`
	// Of what is erased: the number of the decision and its day.
	Decision uint64 `json:"decision,omitempty" doc:"of an erased text: number of the decision to erase"`
	ErasedOn string `json:"erased_on,omitempty" doc:"of an erased text: the day it was erased" format:"date"`
}

// Sessions tells whose session of the site a request belongs to.
type Sessions interface {
	// Account answers the account, "" if nobody is signed in.
	Account(r *http.Request) (string, error)
}

// Credentials checks a sign-in name and password; see the site's port of the
// same form. wait is above zero after too many attempts.
type Credentials interface {
	SignIn(ctx context.Context, name, password, from string) (account string, wait time.Duration, err error)
}

// Status tells where everything stands.
type Status interface {
	Standing(ctx context.Context) (Standing, error)
}

// Config is what the API needs from outside.
type Config struct {
	Office  Office
	Streams Streams
	Figures Differences
	Exports Exports
	Periods Periods
	// Definitions are the rules that count.
	Definitions Definitions
	Journeys    Journeys
	Matters     Matters
	Audit       Audit
	Status      Status
	Sealing     Sealing
	// AccessSealing is the same of the access log.
	AccessSealing Sealing
	Receipts      Receipts // may be nil: then no code is answered
	Press         Press
	Door          Door
	Viewings      Viewings
	Documents
	Imports  Imports
	Proofs   Proofs
	Webhooks Webhooks // may be nil
	Sessions Sessions // may be nil: then only Basic authentication
	SignIn   Credentials
	// Wait returns when the named read models hold everything up to position.
	Wait   func(ctx context.Context, position uint64, names ...string) error
	Now    func() time.Time
	Log    *slog.Logger
	Sample bool // the log is a scenario log; every answer says so
}

// Prefix is where the API lies.
const Prefix = "/api/v1"

// API answers requests under Prefix.
type API struct {
	Config
	huma huma.API
	mux  *http.ServeMux
}

// New builds the API. Its operations and their description are fixed here.
func New(c Config) *API {
	a := &API{Config: c, mux: http.NewServeMux()}
	config := huma.DefaultConfig("Ayumi", "1")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = Prefix+"/openapi", "", ""
	config.CreateHooks = nil
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"basic":   {Type: "http", Scheme: "basic"},
		"session": {Type: "apiKey", In: "cookie", Name: "ayumi"},
	}
	config.Security = []map[string][]string{{"basic": {}}, {"session": {}}}
	a.huma = humago.New(a.mux, config)
	a.huma.UseMiddleware(a.admit)
	a.commands()
	a.queries()
	a.fileRoutes()
	a.documents()
	a.imports()
	a.bundles()
	a.webhooks()
	a.mux.HandleFunc("GET "+Prefix+"/asyncapi.json", a.asyncAPI)
	a.mux.HandleFunc(Prefix+"/", a.missing)
	return a
}

// Handler is the API with its guard against panics. The server adds
// cross-origin protection and rate limits.
func (a *API) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer a.recovered(w, r)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Add("Vary", "Accept-Language")
		a.mux.ServeHTTP(w, r)
	})
}

// OpenAPI is the description of the API, OpenAPI 3.1 as JSON.
func (a *API) OpenAPI() ([]byte, error) { return a.huma.OpenAPI().MarshalJSON() }

// queries is the map of what can be asked.
func (a *API) queries() {
	get(a, "journey", "/people/{id}/journey", "A person's way: what was recorded, corrected and voided.", a.journey)
	get(a, "referrals", "/referrals", "Referrals to partners and from them, those that wait longest first.", a.referrals)
	get(a, "employers", "/employers", "Employers of the prefecture with their vacancies.", a.employers)
	get(a, "calendar", "/calendar", "Appointments and tasks by day, those that are over included.", a.calendar)
	get(a, "household", "/households/{number}", "Who lives together in one household, or did.", a.household)
	get(a, "figure", "/figures/{indicator}", "A figure, counted as it was known on a day.", a.figure)
	get(a, "members", "/figures/{indicator}/members", "A figure with everything that was counted.", a.members)
	get(a, "near-misses", "/figures/{indicator}/near-misses", "A figure with what was not counted, and by which clause.", a.nearMisses)
	get(a, "difference", "/figures/{indicator}/difference", "How one figure became another, event by event.", a.difference)
	get(a, "register", "/register", "Every number that was published, with its proof.", a.register)
	get(a, "period", "/periods/{year}", "How the closing of a fiscal year stands and what holds it open.", a.period)
	get(a, "audits", "/periods/{year}/audits", "The audits of a fiscal year: samples drawn again, findings, measures.", a.audits)
	get(a, "rights", "/rights", "The data-protection matters of the caller's controller with their clocks, newest first.", a.matters)
	get(a, "rights-matter", "/rights/{number}", "One data-protection matter with its clock and its records.", a.matter)
	get(a, "volumes", "/volumes", "The record volumes of the caller's controller with their retention, newest first.", a.volumes)
	get(a, "volume", "/volumes/{number}", "One record volume with its cases and its records.", a.volume)
	get(a, "definitions", "/definitions", "The rules by which figures are counted, every version of them.", a.definitions)
	get(a, "audit", "/audit", "Who recorded, corrected or voided what, newest first.", a.audit)
	get(a, "access-log", "/access-log", "Who looked at whose records, newest first, with the tree head.", a.viewings)
	get(a, "event", "/events/{position}", "One event with its facts and later corrections.", a.event)
	get(a, "sheets", "/sheets", "The annual sheets.", a.sheets)
	get(a, "sheet-editions", "/sheets/{id}/editions", "The editions of an annual sheet, and what differs between two of them, line by line.", a.sheetEditions)
	a.sheetFiles()
	get(a, "checkpoint", "/checkpoint", "The newest signed head of the tree over the log.", a.checkpoint)
	get(a, "access-checkpoint", "/access-log/checkpoint", "The newest signed head of the tree over the access log.", a.accessCheckpoint)
	get(a, "proof", "/events/{position}/proof", "The proof that an event lies under the newest checkpoint.", a.proof)
	a.receipts()
	get(a, "status", "/status", "Where the bus and the read models stand.", a.status)
	get(a, "schema", "/schema", "JSON Schema of every command and event.", a.schema)
	get(a, "definition-schema", "/schema/definition", "JSON Schema of one definition.", a.definitionSchema)
}

// get registers a query whose answer is a JSON body.
func get[I, O any](a *API, id, path, summary string, answer func(context.Context, *I) (O, error), change ...func(*huma.Operation)) {
	op := huma.Operation{OperationID: id, Method: http.MethodGet, Path: Prefix + path, Summary: summary, RejectUnknownQueryParameters: true}
	for _, c := range change {
		c(&op)
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*body[O], error) {
		out, err := answer(ctx, in)
		if err == nil {
			err = a.seen(ctx)
		}
		if err != nil {
			return nil, a.refusing(ctx, a.problem(ctx, err))
		}
		return &body[O]{Body: out}, nil
	})
}

type body[O any] struct{ Body O }
