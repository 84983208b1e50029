package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/office"
	"ayumi/infra/access"
	"ayumi/infra/attachments"
	"ayumi/infra/auth"
	"ayumi/infra/bus"
	"ayumi/infra/drafts"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/paper"
	"ayumi/infra/people"
	"ayumi/infra/trace"
	"ayumi/infra/web"
	"ayumi/projections"
)

// App is the whole product but for its web server: the log, the bus, the read
// models and everything that answers from them.
type App struct {
	*Ledger
	Office     *office.Office
	Bus        *bus.Bus
	Runner     *projections.Runner
	Journeys   *projections.Journeys
	Indicators *projections.Indicators
	Audit      *projections.AuditTrail
	// Definitions are the rules that count, the approved ones among them.
	Definitions *projections.Definitions
	Door        *access.Door
	Access      *access.Log
	SignIn      *auth.Store
	People      *people.Index
	Attachments *attachments.Store
	Drafts      *drafts.Store
	Press       *paper.Press
	Line        *Line // nil where the desk has no LINE account
	Closing     *projections.Closing
	// Sealer signs the log as it grows, AccessSealer the access log.
	Sealer, AccessSealer *ledgerfile.Sealer

	witnesses witnessBoard

	files *sql.DB // attached files and ledgers on their way; nil: folders
	marks *sql.DB // of the reactions
	stop  context.CancelFunc
	works sync.WaitGroup
	mu    sync.Mutex
	fault error

	erasing  erasing
	receipts *Receipts
	Imports  *Imports
	proving  *proving
	operated *operations
	traces   *trace.Tracer // nil: no traces
	webhooks *webhooks
	running  context.Context // until Close
	recounts recounts
	errands  *errands
}

// Open opens a data directory, begins to relay its log and to project it. It
// answers before the read models are current; see Ready.
func Open(ctx context.Context, c Config) (_ *App, err error) {
	ledger, err := OpenLedger(ctx, c, nil)
	if err != nil {
		return nil, err
	}
	a := &App{Ledger: ledger}
	defer func() {
		if err != nil {
			a.Close()
		}
	}()
	c = ledger.Config
	if a.Access, err = openAccess(ctx, c, a.Origin); err != nil {
		return nil, err
	}
	a.later(a.Access.Close)
	a.Door = &access.Door{Keys: a.Keys, Log: a.Access, Origin: a.Origin, Now: c.Now}
	if err = a.openFiles(ctx); err != nil {
		return nil, err
	}
	if a.Drafts, err = a.openDrafts(ctx); err != nil {
		return nil, err
	}
	a.later(a.Drafts.Close)
	if a.SignIn, err = openSignIn(ctx, c, a.Origin); err != nil {
		return nil, err
	}
	a.later(a.SignIn.Close)
	db, err := openReadModels(ctx, c, a.Origin)
	if err != nil {
		return nil, err
	}
	a.later(db.Close)
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	a.running, a.stop = running, stop
	if err := a.openTraces(ctx); err != nil {
		return nil, err
	}
	to := c.servers()
	to.Store, to.Dir, to.Source, to.Now = a.Store, c.in("bus"), "ayumi/"+a.Origin, c.Now
	to.Outside = c.Outside
	a.Bus, err = bus.Start(running, a.tracedBus(to))
	if err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	a.later(func() error { a.Bus.Close(); return nil })
	if a.errands, err = a.newErrands(ctx); err != nil {
		return nil, err
	}
	if err := a.openWebhooks(running); err != nil {
		return nil, err
	}
	a.Sealer = a.openSealer()
	a.proving = a.newProving(running)
	if a.Imports, err = newImports(a, running); err != nil {
		return nil, err
	}
	a.AccessSealer = a.openAccessSealer(a.Access)
	a.operated = newOperations(a)
	a.Decider.Store = a.traces.Store(a.operated.metrics.Store(a.Store))
	a.work(func() error { return a.operated.probe(running) })
	a.work(func() error { return a.Sealer.Run(running) })
	a.work(func() error { return a.AccessSealer.Run(running) })
	return a, a.project(running, db.Database())
}

// project starts the read models and what hangs on them.
func (a *App) project(ctx context.Context, db projections.Database) error {
	a.Journeys = projections.NewJourneys()
	a.Definitions = projections.NewDefinitions(a.Journeys)
	a.Indicators = projections.NewIndicators(indicator.Usual())
	a.Indicators.Log, a.Indicators.Life = Hurried{a.Store}, ctx
	a.Audit = projections.NewAuditTrail()
	a.Closing = projections.NewClosing()
	a.Runner = projections.NewRunner(a.tracedModels(projections.Config{
		Feed: a.Bus, Head: a.Store.Head, Database: db, Now: a.Config.Now,
		Projections: []*projections.Projection{a.Journeys.Projection, a.Indicators.Projection, a.Audit.Projection, a.Closing.Projection},
		Hurry:       Hurry,
		Report:      a.report,
	}))
	if err := a.Runner.Open(ctx); err != nil {
		return err
	}
	regular, bold, err := web.PaperFonts()
	if err != nil {
		return err
	}
	a.Press = paper.New(paper.Config{Streams: a.Journeys, Figures: a.Indicators, Audit: a.Audit, Rules: a.Definitions, Regular: regular, Bold: bold, Sample: a.Scenario})
	a.Office = office.New(a.Decider, a.Journeys).Counting(counts{a}).Asking(a.gates())
	a.Office.CountBy(a.Definitions)
	if a.traces != nil {
		a.Office.Watched(a.traces.Command)
	}
	terms, err := a.Config.Terms()
	if err != nil {
		return fmt.Errorf("option terms: %w", err)
	}
	a.Office.Under(terms)
	a.Door.Closed, a.Door.ErasedBy = a.Office.ClosedToView, a.Office.ErasedBy
	a.Door.Matter, a.Door.Keeps = a.Office.MatterReach, a.Office.Keeps
	a.receipts = newReceipts(a)
	a.work(func() error { return a.Runner.Run(ctx) })
	a.work(func() error { return a.warm(ctx) })
	a.lead(ctx, a.keepAccess)
	for _, t := range a.witnessedTrees() {
		a.lead(ctx, func(ctx context.Context) error { return a.askOnGrowth(ctx, t) })
	}
	a.People = people.New(people.Config{
		Feed: a.Bus, Keys: a.Keys, Origin: a.Origin, Log: a, Head: a.Store.Head, Now: a.Config.Now, Report: a.report,
		Agreed: func(one, other string) bool { return domain.TellEachOther(a.Office.Terms(one), a.Office.Terms(other)) },
	})
	a.work(func() error { return a.People.Run(ctx) })
	if a.Line, err = a.openLine(ctx); err != nil {
		return err
	}
	a.work(func() error { return a.Bus.Hear(ctx, erasureNotice, a.drop) })
	a.lead(ctx, a.erase)
	return a.react(ctx, db)
}

// report tells the operator.
func (a *App) report(what string, err error) { a.Config.Log.Error(what, "error", err) }

// work runs something until Close. Its error ends the App; see Failed.
func (a *App) work(f func() error) {
	a.works.Add(1)
	go func() {
		defer a.works.Done()
		if err := f(); err != nil && !errors.Is(err, context.Canceled) {
			a.Config.Log.Error("work ended", "error", err)
			a.mu.Lock()
			a.fault = errors.Join(a.fault, err)
			a.mu.Unlock()
		}
	}()
}

// Fault is what ended a part of the App, or nil.
func (a *App) Fault() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return errors.Join(a.fault, a.Store.Fault())
}

// Ready waits until the read models hold everything recorded before the call.
func (a *App) Ready(ctx context.Context, limit time.Duration) error {
	head, err := a.Store.Head(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return a.Runner.Wait(ctx, head.Position, "journeys", "indicators", "audit", "closing")
}

// Close ends all work and closes everything in reverse.
func (a *App) Close() error {
	if a.stop != nil {
		a.stop()
	}
	a.works.Wait()
	return a.Ledger.Close()
}
