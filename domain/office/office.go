// Package office is the one door for every command: it knows all aggregates,
// resolves who acts, and goes through permission, decision and append in this
// order, always.
package office

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/account"
	"ayumi/domain/casefile"
	"ayumi/domain/employer"
	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/keys"
	"ayumi/domain/log"
	"ayumi/domain/outreach"
	"ayumi/domain/partner"
	"ayumi/domain/period"
	"ayumi/domain/person"
	"ayumi/domain/reception"
	"ayumi/domain/rights"
	"ayumi/domain/university"
	"ayumi/domain/volume"
	"ayumi/domain/workplan"
)

// Aggregates are all tables, in the order of events.md 1.
func Aggregates() []domain.AnyAggregate {
	return []domain.AnyAggregate{
		log.Aggregate, person.Aggregate, casefile.Aggregate, reception.Aggregate, outreach.Aggregate,
		partner.Aggregate, employer.Aggregate, university.Aggregate, indicator.Aggregate, figure.Aggregate, workplan.Aggregate, period.Aggregate,
		rights.Aggregate, volume.Aggregate, account.Aggregate, keys.Aggregate,
	}
}

// Index answers what no single stream can: which cases a person leads or
// belongs to. It may lag behind the log.
type Index interface {
	CasesOf(ctx context.Context, person string) ([]string, error)
}

// Office carries out commands.
type Office struct {
	decider *domain.Decider
	index   Index
	counts  Counts
	gates   Gates
	tables  map[string]domain.AnyAggregate
	shapes  map[string]domain.Shape
	joints  map[string]joint
	lenient bool
	rulesBy indicator.Rules
	terms   map[string]domain.Terms
	watch   func(ctx context.Context, command string) (context.Context, func(error))

	mu     sync.Mutex
	recent map[string][]string // person → cases opened or joined through this office
	admins admins
}

// New makes an office over a decider. index may be nil until there is a read model.
func New(d *domain.Decider, index Index) *Office {
	o := &Office{decider: d, index: index, tables: map[string]domain.AnyAggregate{}, shapes: map[string]domain.Shape{}, joints: joints(), recent: map[string][]string{}}
	for _, a := range Aggregates() {
		o.tables[a.Name()] = a
		for _, s := range a.CommandShapes() {
			o.shapes[s.Name] = s
		}
	}
	for _, s := range JointShapes() {
		o.shapes[s.Name] = s
	}
	return o
}

// Replaying tells the office that commands come from a scenario, whose effect on
// figures nobody has to look at first.
func (o *Office) Replaying() *Office { o.lenient = true; return o }

// Watched tells watch of every command there is as it begins, and what it ended with.
func (o *Office) Watched(watch func(ctx context.Context, command string) (_ context.Context, end func(error))) *Office {
	o.watch = watch
	return o
}

// Request is one command as somebody gives it.
type Request struct {
	Command string    // wire name
	ID      uuid.UUID // idempotency key; the same id again is the same command
	By      string    // account id, or "system"
	At      time.Time // the server's clock
	Data    domain.Data
	// Expect is the stream version the caller has seen (If-Match); nil: any.
	Expect *uint64
	// Counts answers for this command in the place of the office's own, for one
	// who has counted many figures at once; nil: the office's.
	Counts Counts

	shows bool // asked for its effect on figures, which nobody has seen yet
}

// Shapes lists every command an office takes, ascending by name.
func (o *Office) Shapes() []domain.Shape {
	out := make([]domain.Shape, 0, len(o.shapes))
	for _, s := range o.shapes {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b domain.Shape) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Do carries out one command. Its errors: *domain.Refusal or domain.Refusals for
// the caller, domain.ErrConflict when the stream is too busy, anything else for
// operators.
func (o *Office) Do(ctx context.Context, r Request) (receipts []domain.Receipt, err error) {
	if _, known := o.shapes[r.Command]; known && o.watch != nil {
		var end func(error)
		ctx, end = o.watch(ctx, r.Command)
		defer func() { end(err) }()
	}
	if r.ID == uuid.Nil {
		return nil, domain.RefuseField("field.required", "command_id")
	}
	if dismisses(r) {
		o.admins.dismissal.Lock()
		defer o.admins.dismissal.Unlock()
	}
	receipts, err = o.decider.Transact(ctx, func(w *domain.Work) error { return o.within(w, r) })
	if err == nil {
		o.remember(r, receipts)
	}
	return receipts, err
}

// Propose decides without writing: the events a command would append.
func (o *Office) Propose(ctx context.Context, r Request) ([]domain.Recorded, error) {
	return o.decider.Try(ctx, func(w *domain.Work) error { return o.within(w, r) })
}

func (o *Office) within(w *domain.Work, r Request) error {
	shape, ok := o.shapes[r.Command]
	if !ok {
		return domain.RefuseField("command.unknown", "command")
	}
	look := &look{w: w, o: o}
	in, data, err := o.intent(w, r, shape)
	if err != nil {
		return err
	}
	in.Look, in.Count, in.Gates = look, counter{w.Context(), o.counts, in.Actor, in.Today()}, gatekeeper{w.Context(), o}
	in.Erasing = eraser{w.Context(), o, r.At}
	in.Terms = o.Terms(in.Controller)
	if r.Counts != nil {
		in.Count = counter{w.Context(), r.Counts, in.Actor, in.Today()}
	}
	if err := o.may(w, in, shape, r); err != nil {
		return err
	}
	if err := o.keepsAdmin(w, in, r); err != nil {
		return err
	}
	if joint, ok := o.joints[r.Command]; ok {
		err = joint(o, w, data, in)
	} else {
		category, _, _ := strings.Cut(r.Command, ".")
		err = domain.Propose(w, o.tables[category], r.Command, data, in)
	}
	if look.err != nil {
		return look.err
	}
	return err
}

// may is the choke point: role, day, controller, version seen.
func (o *Office) may(w *domain.Work, in domain.Intent, shape domain.Shape, r Request) error {
	if !in.Is(shape.Roles...) {
		return domain.Refuse("account.not_allowed")
	}
	if in.Occurred > in.Today() {
		return domain.RefuseField("date.in_future", "occurred_on")
	}
	if in.Stream == "" {
		return nil
	}
	category, _, _ := strings.Cut(shape.Name, ".")
	version, controller, err := o.standing(w, category, in.Stream)
	if err != nil {
		return err
	}
	if controller != "" && controller != "joint" && controller != in.Actor.Controller && !in.Is(domain.System) {
		return domain.Refuse("controller.mismatch")
	}
	if version == 0 && !shape.Creates { // before its fields are read: a hidden record is answered so
		return domain.RefuseField("stream.unknown", category)
	}
	if r.Expect == nil || *r.Expect == version {
		return nil
	}
	// What moved the stream may have been this very command, given before.
	if again, err := domain.Carried(w, o.tables[category], in.Stream, r.ID); err != nil || again {
		return err
	}
	return domain.Refuse("stream.moved")
}

// standing answers the version and controller of any stream.
func (o *Office) standing(w *domain.Work, category, id string) (uint64, string, error) {
	return domain.Standing(w, o.tables[category], id)
}
