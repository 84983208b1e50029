package projections

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
)

// Config is what a Runner needs.
type Config struct {
	Feed Feed
	// Head answers the last event of the log (position and id).
	Head        func(ctx context.Context) (domain.Recorded, error)
	Database    Database
	Projections []*Projection
	// Now is the clock of lags; default time.Now.
	Now func() time.Time
	// Hurry is called when read models begin to be made, and what it answers when they
	// are there; may be nil.
	Hurry func() (done func())
	// Report receives what an operator should know: a fault and what follows.
	Report func(what string, err error)
	// Taken is told which events a read model that answers has just taken up together,
	// of many at once the first ones, and when it began with them; may be nil.
	Taken func(projection string, events []uuid.UUID, begun time.Time)
	// Waited is told of everybody who waits for a position, and what the wait ended
	// with; may be nil.
	Waited func(ctx context.Context, position uint64) (_ context.Context, end func(error))
}

// Runner feeds projections, each event exactly once: rows and checkpoint are
// committed together, and a second Runner on the same tables fences the first.
type Runner struct {
	cfg    Config
	fences map[string]int64

	head    atomic.Uint64
	mu      sync.Mutex
	behind  map[string]time.Time // projection → since when
	change  chan struct{}
	rebuild []string // names asked for
	asked   chan struct{}
	leads   atomic.Bool
	members []*member // folds in RAM that agree with their tables
}

// NewRunner makes a Runner; Run lets it work. Status, Wait and queries may be
// called before.
func NewRunner(cfg Config) *Runner {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Report == nil {
		cfg.Report = func(string, error) {}
	}
	for _, p := range cfg.Projections {
		p.complete()
	}
	return &Runner{
		cfg: cfg, fences: map[string]int64{}, behind: map[string]time.Time{},
		change: make(chan struct{}), asked: make(chan struct{}, 1),
	}
}

// complete adds the table of events set aside and publishes a first status.
func (p *Projection) complete() {
	parked := Table{Name: p.Name + "_parked", Columns: parkedColumns}
	if p.Parks && !slices.ContainsFunc(p.Tables, func(t Table) bool { return t.Name == parked.Name }) {
		p.Tables = append(p.Tables, parked)
	}
	p.set(func(*Status) {})
}

var parkedColumns = []string{
	"position INTEGER PRIMARY KEY", "stream TEXT NOT NULL", "type TEXT NOT NULL", "reason TEXT NOT NULL", "body BYTEA NOT NULL",
}

// Open publishes where the tables stand, so that queries answer from them before
// Run has done anything. It writes nothing but an empty registry.
func (r *Runner) Open(ctx context.Context) error {
	if err := r.cfg.Database.Setup(ctx, registry...); err != nil {
		return fmt.Errorf("read models: %w", err)
	}
	head, away := r.cfg.Head(ctx)
	for _, p := range r.cfg.Projections {
		_, place, c, err := p.open(ctx, r.cfg.Database)
		if err != nil {
			return fmt.Errorf("checkpoint of %s: %w", p.Name, err)
		}
		switch {
		case place == nil:
		case away == nil && c.position > head.Position: // of another log, or of this one before a loss
			p.shelf.put(nil, nil)
		default:
			p.publish(c)
		}
	}
	r.announce()
	return nil
}

func (p *Projection) publish(c checkpoint) {
	p.set(func(s *Status) {
		s.State, s.Reason, s.Position, s.Building = c.state, c.reason, c.position, 100
	})
}

// Run feeds the projections until ctx ends, and answers nil then. Faults of the
// feed and the database are reported and tried again. ErrFenced ends it, unless
// several runners share the database: then one of them writes and the others watch,
// until one of these takes over.
func (r *Runner) Run(ctx context.Context) error {
	go r.watchHead(ctx)
	if r.cfg.Database.Lead == nil {
		return r.write(ctx)
	}
	for ctx.Err() == nil {
		err := r.cfg.Database.Setup(ctx, registry...)
		var lead *Lead
		if err == nil {
			lead, err = r.watch(ctx)
		}
		if err == nil {
			err = errors.Join(r.writeWhile(ctx, lead), lead.Leave())
		}
		if err != nil && ctx.Err() == nil {
			r.cfg.Report("projections watch what another instance writes", err)
			pause(ctx, patience)
		}
	}
	return nil
}

// writeWhile writes until the lead is lost.
func (r *Runner) writeWhile(ctx context.Context, lead *Lead) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-lead.Lost:
			stop()
		case <-ctx.Done():
		}
	}()
	r.leads.Store(true)
	defer r.leads.Store(false)
	return r.write(ctx)
}

// write feeds the projections as the one runner that may change their tables.
func (r *Runner) write(ctx context.Context) error {
	r.members = nil
	if err := r.take(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	defer r.abandon(func(*member) bool { return true })
	for ctx.Err() == nil {
		err := r.round(ctx)
		switch {
		case errors.Is(err, ErrFenced):
			return err
		case err != nil && ctx.Err() == nil:
			r.abandon(func(*member) bool { return true }) // what the folds remember may be ahead of the tables
			r.cfg.Report("projections begin again from their checkpoints", err)
			pause(ctx, patience)
		}
	}
	return nil
}

const patience = 200 * time.Millisecond

// take makes this Runner the one that may write.
func (r *Runner) take(ctx context.Context) error {
	if err := r.cfg.Database.Setup(ctx, registry...); err != nil {
		return fmt.Errorf("read models: %w", err)
	}
	for _, p := range r.cfg.Projections {
		fence, err := p.takeFence(ctx, r.cfg.Database.Registry)
		if err == nil {
			err = p.sweep(ctx, r.cfg.Database, r.uses(p))
		}
		if err != nil {
			return fmt.Errorf("fence of %s: %w", p.Name, err)
		}
		r.fences[p.Name] = fence
	}
	return nil
}

func (r *Runner) watchHead(ctx context.Context) {
	for ctx.Err() == nil {
		if head, err := r.cfg.Head(ctx); err == nil {
			r.sawHead(head.Position)
			r.announce()
		}
		pause(ctx, patience)
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// Leads tells whether this runner writes the read models now, which others may share.
func (r *Runner) Leads() bool { return r.leads.Load() || r.cfg.Database.Lead == nil }

// rebuildWaits is how long a rebuild waits for the right to write.
const rebuildWaits = 2 * time.Second

// ErrWatches: another instance writes the read models; a rebuild is to be asked
// for there.
var ErrWatches = errors.New("another instance writes the read models: ask it for a rebuild")

// Rebuild makes the named projections (all, if none is named) again from the
// log beside the tables that answer, and returns when the new ones have taken
// over. Run must be under way. ErrWatches if another instance writes.
func (r *Runner) Rebuild(ctx context.Context, names ...string) error {
	for begun := time.Now(); r.cfg.Database.Lead != nil && !r.leads.Load(); pause(ctx, patience) {
		if ctx.Err() != nil || time.Since(begun) > rebuildWaits { // one that began just now may still come to lead
			return errors.Join(ErrWatches, ctx.Err())
		}
	}
	was := map[string]int64{}
	r.mu.Lock()
	for _, p := range r.cfg.Projections {
		if named(names, p.Name) {
			was[p.Name] = p.built.Load()
			p.spoiled.Store(nil)
			r.rebuild = append(r.rebuild, p.Name)
		}
	}
	r.mu.Unlock()
	select {
	case r.asked <- struct{}{}:
	default:
	}
	for _, p := range r.cfg.Projections {
		before, asked := was[p.Name]
		for asked && p.built.Load() == before {
			moved := r.moved()
			if why := p.spoiled.Load(); why != nil {
				return fmt.Errorf("projection %s: rebuild stopped: %s", p.Name, *why)
			}
			select {
			case <-moved:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return nil
}

// round brings every projection up to date and then follows the log, until
// something has to be arranged anew.
func (r *Runner) round(ctx context.Context) error {
	if err := r.arrange(ctx); err != nil {
		return err
	}
	live, late := r.split()
	if len(late) == 0 {
		return r.follow(ctx, live)
	}
	liveCtx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- r.lane(live, 0).run(liveCtx) }()
	err := r.catchUp(ctx, late)
	stop()
	return errors.Join(err, <-ended, r.takeOver(ctx, err, live, late))
}

// follow runs one lane until a rebuild is asked for.
func (r *Runner) follow(ctx context.Context, live []*member) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-r.asked:
			stop()
		case <-ctx.Done():
		}
	}()
	return r.lane(live, 0).run(ctx)
}

// split parts the members that stand at their checkpoint from those that have
// to see older events first.
func (r *Runner) split() (live, late []*member) {
	for _, m := range r.members {
		switch {
		case m.cp.state == Stopped:
		case m.answers && m.seen == m.cp.position:
			live = append(live, m)
		default:
			late = append(late, m)
		}
	}
	return live, late
}

// catchUp brings late members to the head of the log, indexes made.
func (r *Runner) catchUp(ctx context.Context, late []*member) error {
	if r.cfg.Hurry != nil && slices.ContainsFunc(late, func(m *member) bool { return m.builder != nil }) {
		defer r.cfg.Hurry()()
	}
	for range 2 { // again for what came while the indexes were made
		head, err := r.cfg.Head(ctx)
		if err != nil {
			return fmt.Errorf("head: %w", err)
		}
		r.sawHead(head.Position)
		if err := r.reach(ctx, late, head.Position); err != nil || ctx.Err() != nil {
			return err
		}
		if err := r.settle(ctx, late); err != nil {
			return err
		}
	}
	return nil
}

// settle ends the construction of every member that was built, all at once.
func (r *Runner) settle(ctx context.Context, late []*member) error {
	faults := make([]error, len(late))
	var all sync.WaitGroup
	for i, m := range late {
		if m.builder == nil || m.cp.state == Stopped {
			continue
		}
		all.Go(func() {
			if err := m.settle(ctx, r.cfg.Database); err != nil {
				faults[i] = fmt.Errorf("projection %s: %w", m.p.Name, err)
			}
		})
	}
	all.Wait()
	return errors.Join(faults...)
}

// reach runs members up to a position.
func (r *Runner) reach(ctx context.Context, late []*member, position uint64) error {
	if position == 0 {
		return nil
	}
	return r.lane(late, position).run(ctx)
}

// takeOver lets built members answer, at no earlier position than the ones they
// replace.
func (r *Runner) takeOver(ctx context.Context, failed error, live, late []*member) error {
	if failed != nil || ctx.Err() != nil {
		return nil
	}
	var reach uint64
	for _, m := range live {
		reach = max(reach, m.cp.position)
	}
	if err := r.reach(ctx, late, reach); err != nil || ctx.Err() != nil {
		return err
	}
	for _, m := range late {
		if m.answers || m.cp.state == Stopped {
			continue
		}
		if err := r.appoint(ctx, m); err != nil {
			return fmt.Errorf("take over of %s: %w", m.p.Name, err)
		}
	}
	r.announce()
	return nil
}

// appoint lets a member answer in the place of the one before, whose place is
// dropped when nobody reads it any more.
func (r *Runner) appoint(ctx context.Context, m *member) error {
	old, replaces, err := m.p.answering(ctx, r.cfg.Database.Registry)
	if err != nil {
		return err
	}
	if err := m.p.appoint(ctx, r.cfg.Database.Registry, m.fence, m.gen); err != nil {
		return err
	}
	m.answers = true
	r.members = slices.DeleteFunc(r.members, func(o *member) bool { return o != m && o.p == m.p })
	m.p.built.Add(1)
	replaces = replaces && r.cfg.Database.Lead == nil // else others may read it until the next sweep
	was := m.p.shelf.put(m.place, func(left *Place) {
		err := left.Close()
		if err == nil && replaces {
			err = m.p.drop(context.WithoutCancel(ctx), r.cfg.Database, old)
		}
		if err != nil {
			r.cfg.Report("projection "+m.p.Name+" leaves a place", err)
		}
	})
	if !was && replaces { // of another version or log: nobody had it open
		if err := m.p.drop(ctx, r.cfg.Database, old); err != nil {
			r.cfg.Report("projection "+m.p.Name+" leaves a place", err)
		}
	}
	m.begins()
	return nil
}

// identity is what tells one log from another: the leaf hash of its first event.
func identity(first domain.Recorded) (string, error) {
	leaf, err := domain.Leaf(first.Body)
	return hex.EncodeToString(leaf[:]), err
}
