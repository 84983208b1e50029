// Package web serves the pages of the product: rendered on the server, working
// without script, in Japanese and English.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/infra/web/locale"
	"ayumi/projections"

	"github.com/alexedwards/scs/v2"
)

// Credentials checks a sign-in name and password.
type Credentials interface {
	// SignIn returns the account the pair belongs to, "" when it belongs to
	// none. from is the address the attempt came from. wait is above zero when
	// there were too many attempts: nothing was checked, try again after it.
	SignIn(ctx context.Context, name, password, from string) (account string, wait time.Duration, err error)
}

// Accounts tells what an account may do at this moment.
type Accounts interface {
	// Account returns the account with its unexpired roles. A closed,
	// suspended or unknown account has none.
	Account(ctx context.Context, id string) (Account, error)
}

// Account is somebody who works here. Name is opened for the account's own
// pages; it is personal and never logged.
type Account struct {
	ID, Name, Desk string
	Roles          []string // codes of the list role, most used first
	Actor          domain.Actor
}

// Config is what the site needs from outside.
type Config struct {
	Credentials Credentials
	Accounts    Accounts
	Sessions    scs.Store
	// Own is what accounts keep of their sign-in; nil where a name and a password are
	// all there is.
	Own OwnSignIn
	// Feeds are the calendar feeds; nil where there are none.
	Feeds Feeds
	// Provider is the sign-in of the prefecture; nil where there is none.
	Provider Provider
	// FactorRoles are the roles that sign in with a second factor only.
	FactorRoles []string
	// LockAfter is the time without a request of a person until a session is locked;
	// zero: never.
	LockAfter time.Duration
	Log       *slog.Logger
	Now       func() time.Time // default time.Now

	Door Door
	Viewings
	People     People
	Bus        func(context.Context) BusStatus
	Office     *office.Office
	Reads      *projections.Runner
	Journey    *projections.Journeys
	Webhooks   Webhooks   // nil: none
	Operations Operations // nil: nothing is known
	Figures    *projections.Indicators
	Exports    Exports
	Audit      *projections.AuditTrail
	Gates      Gates
	// Definitions are the rules that count.
	Definitions *projections.Definitions
	Verifier
	// Proofs are the bundles of sealed figures.
	Proofs Proofs
	// VerifyPage is the path of the offline verifier in one HTML file, "" if the
	// operator hands none out.
	VerifyPage string
	// Sealing tells of the tree over the log; nil where there is none.
	Sealing Sealing
	// AccessSealing is the same of the access log; Witnesses tells who signs both.
	AccessSealing Sealing
	Witnesses     func() Witnessed
	Keys          KeyPlace
	Attachments   Attachments
	Drafts        Drafts
	// Line is the LINE account of LineDesk; nil where there is none.
	Line     Line
	LineDesk string
	Press    Press
	Books    Books
	Documents
	Imports  Imports
	Grids    Grids
	Erasing  Erasing
	Receipts Receipts

	PublicURL string // where browsers reach the site; "": where a request says
	Secure    bool   // served under TLS: cookies are __Host- and Secure
	Sample    bool   // the log is a scenario log: every page says so
	// DemoNames are sign-in names shown on the sign-in page of a sample, each
	// with its role code.
	DemoNames []DemoName
}

// DemoName is a sign-in name of the demonstration.
type DemoName struct{ Name, Role, Desk string }

// Site is the pages as one handler.
type Site struct {
	config   Config
	assets   *assets
	pages    *pages
	sessions *scs.SessionManager
	mux      *http.ServeMux
	rights   map[string][]string // pattern → roles; none: everybody signed in
	closing  chan struct{}
	staffing staffList
	homes    sync.Map // person → controller
}

// New parses every template and hashes every static file; a broken one is an
// error here and never a broken page later.
func New(c Config) (*Site, error) {
	a, err := newAssets()
	if err != nil {
		return nil, err
	}
	p, err := newPages(a)
	if err != nil {
		return nil, err
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Site{config: c, assets: a, pages: p, sessions: sessionsOf(c), mux: http.NewServeMux(),
		rights: map[string][]string{}, closing: make(chan struct{})}
	s.sessions.ErrorFunc = s.sessionFault
	s.routes()
	return s, nil
}

// routes is the site map.
func (s *Site) routes() {
	s.mux.Handle("GET /static/", s.assets)
	s.mux.HandleFunc("POST /language", s.language)
	s.open("GET /sign-in", s.signInPage)
	s.open("POST /sign-in", s.signIn)
	s.open("POST /sign-out", s.signOut)
	s.stepRoutes()
	s.providerRoutes()
	s.lockRoutes()
	s.settingsRoutes()
	s.helpRoutes()
	s.staff("GET /{$}", s.start)
	s.staff("GET /", s.missing)
	s.todayRoutes()
	s.agendaRoutes()
	s.feedRoutes()
	s.householdRoutes()
	s.counsellorRoutes()
	s.referralRoutes()
	s.partnerRoutes()
	s.figureRoutes()
	s.treeRoutes()
	s.ledgerRoutes()
	s.verifyRoutes()
	s.sheetRoutes()
	s.closingRoutes()
	s.auditRoutes()
	s.recordsRoutes()
	s.outreachRoutes()
	s.universityRoutes()
	s.employerRoutes()
	s.bookRoutes()
	s.useCertificateRoutes()
	s.reconcileRoutes()
	s.importRoutes()
	s.takeoutRoutes()
	s.lineRoutes()
	s.webhookRoutes()
	s.definitionRoutes()
	s.erasureRoutes()
	s.viewingRoutes()
	s.emergencyRoutes()
	s.openingRoutes()
	s.receiptRoutes()
	s.staff("GET /status", s.status)
	s.staff("POST /status", s.remake, "AD")
}

// Close ends the streams that are open. A server calls it before it shuts down.
func (s *Site) Close() { close(s.closing) }

// Handler is the whole site with its guards, for a server.
func (s *Site) Handler() http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, s.visitorOf(r, Account{}), errForeign)
	}))
	return guarded(foreign.Handler(s.mux))
}

// Visitor is who asks for a page, and in which language.
type Visitor struct {
	Account
	W *locale.Words
}

// holds tells whether the visitor has one of the roles.
func (v Visitor) holds(roles ...string) bool {
	return slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(v.Roles, r) })
}

// action answers one request. What it returns as an error is shown as a
// problem page (problem.go); it must not have written anything then.
type action func(w http.ResponseWriter, r *http.Request, v Visitor) error

// open serves a page that needs nobody signed in.
func (s *Site) open(pattern string, do action) {
	s.mux.Handle(pattern, s.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.run(w, r, s.visitorOf(r, Account{}), do)
	})))
}

// staff serves a page for people who are signed in and hold one of the roles; no
// roles means any.
func (s *Site) staff(pattern string, do action, roles ...string) {
	s.rights[pattern] = roles
	s.mux.Handle(pattern, s.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		account, err := s.account(r)
		v := s.visitorOf(r, account)
		r, do := s.looking(r, pattern, v), do
		switch {
		case err != nil:
			s.fail(w, r, v, err)
		case len(account.Roles) == 0:
			s.askSignIn(w, r, v)
		case s.locked(r.Context()):
			s.askUnlock(w, r, v)
		case len(roles) > 0 && !v.holds(roles...):
			s.fail(w, r, v, ErrRefused)
		default:
			s.used(r, pattern)
			if r = s.asked(r, pattern, v); len(unknownIn(r)) > 0 && instead[pattern] != nil {
				do = instead[pattern](s)
			}
			s.run(w, r, v, s.whyFirst(pattern, v, do))
		}
	})))
}

// pageWaits is how long a page waits for records to be counted by a definition
// before it says how far that is.
const pageWaits = time.Second

func (s *Site) run(w http.ResponseWriter, r *http.Request, v Visitor, do action) {
	r = r.WithContext(projections.Patient(r.Context(), pageWaits))
	defer func() {
		if fault := recover(); fault != nil {
			if fault == http.ErrAbortHandler {
				panic(fault)
			}
			s.fail(w, r, v, panicked(fault))
		}
	}()
	if err := do(w, r, v); err != nil {
		s.fail(w, r, v, err)
	}
}

// panicked tells where a panic came from. Its value is left out unless the
// runtime made it: what our own code panics with may hold personal data.
func panicked(fault any) error {
	var what any = fmt.Sprintf("%T", fault)
	if e, ok := fault.(runtime.Error); ok {
		what = e
	}
	return fmt.Errorf("panic: %v\n%s", what, debug.Stack())
}

// page fills the frame of a page. current is the key of its door in the menu.
func (s *Site) page(r *http.Request, v Visitor, current, title string, styles ...string) Page {
	p := Page{W: v.W, Title: title, Styles: styles, Home: home(v.Roles), Here: here(r), Sample: s.config.Sample, Help: helpOf(r.Pattern), NoKeys: keysOff(r)}
	if len(v.Roles) == 0 {
		return p
	}
	p.Menu = menu(v.W, v.Roles, current)
	p.Search = doors[0].opens(v.Roles)
	p.Live, p.Unasked = &Live{Text: v.W.Frame.Live.Still, Still: true}, unasked(r, v)
	p.Provider = s.config.Provider != nil
	p.Halted = s.halted(v)
	p.LockAfter = int(s.config.LockAfter.Seconds())
	p.Who = &Who{Name: v.Name, Post: v.W.Frame.Post(v.W.Code("role", v.Roles[0]), v.W.Frame.DeskShort[v.Desk])}
	return p
}

// show sends a page, or only the named block of it when htmx asked, after the
// access log has it.
func (s *Site) show(w http.ResponseWriter, r *http.Request, status int, page, fragment string, view any) error {
	if err := s.seen(r); err != nil {
		return err
	}
	return s.send(w, r, status, page, fragment, view)
}

func (s *Site) send(w http.ResponseWriter, r *http.Request, status int, page, fragment string, view any) error {
	if status == http.StatusOK && len(unknownIn(r)) > 0 {
		status = http.StatusUnprocessableEntity
	}
	block := "layout"
	if fragment != "" && r.Header.Get("HX-Request") != "" {
		block = fragment
	}
	return s.pages.write(w, status, page, block, view)
}

// fail shows a problem. Only our own faults are logged, under the code printed
// on the page, with the route's pattern and never the address.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, v Visitor, err error) {
	err = s.refusing(r, err)
	p, code := problemOf(err), ""
	if p.err == nil {
		code = faultCode()
		s.config.Log.Error("page", "code", code, "route", r.Pattern, "error", err)
	}
	view := p.view(s.page(r, v, "", ""), code)
	var replaying *projections.Replaying
	if errors.As(err, &replaying) && r.Method == http.MethodGet {
		view.Replayed = &Replayed{Done: int(replaying.Done), All: int(replaying.All), Label: v.W.Definition.ReplayMeter}
		w.Header().Set("Refresh", "1") // asks again without a script
		w.Header().Set("Retry-After", "1")
	}
	if p.err == ErrUnseen {
		s.config.Log.Error("access log", "route", r.Pattern, "error", err)
		if view.Who != nil {
			view.Who.Name = ""
		}
	}
	if err := s.send(w, r, p.status, "problem", "problem", view); err != nil {
		s.config.Log.Error("problem page", "route", r.Pattern, "error", err)
	}
}

func (s *Site) start(w http.ResponseWriter, r *http.Request, v Visitor) error {
	http.Redirect(w, r, home(v.Roles), http.StatusSeeOther)
	return nil
}

func (s *Site) missing(http.ResponseWriter, *http.Request, Visitor) error { return ErrMissing }
