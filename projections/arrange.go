package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ayumi/domain"
)

// arrange makes sure that every projection has a member that answers or one that
// is being built, and that both belong to this log.
func (r *Runner) arrange(ctx context.Context) error {
	first, err := r.eventAt(ctx, 1)
	if err != nil {
		return err
	}
	origin := ""
	if first.Position == 1 {
		if origin, err = identity(first); err != nil {
			return fmt.Errorf("first event of the log: %w", err)
		}
	}
	r.mu.Lock()
	wanted := r.rebuild
	r.rebuild = nil
	r.mu.Unlock()
	for _, p := range r.cfg.Projections {
		if err := r.arrangeOne(ctx, p, origin, slices.Contains(wanted, p.Name)); err != nil {
			return fmt.Errorf("projection %s: %w", p.Name, err)
		}
	}
	r.announce()
	return nil
}

func (r *Runner) arrangeOne(ctx context.Context, p *Projection, origin string, wanted bool) error {
	if wanted {
		r.abandon(func(m *member) bool { return m.p == p && !m.answers })
	}
	has := func(answers bool) bool {
		return slices.ContainsFunc(r.members, func(m *member) bool { return m.p == p && m.answers == answers })
	}
	answers := has(true)
	if !answers {
		var err error
		if answers, err = r.resume(ctx, p, origin); err != nil {
			return err
		}
	}
	if has(false) || (answers && !wanted) {
		return nil
	}
	if !answers {
		p.shelf.put(nil, nil)
		p.set(func(s *Status) { *s = Status{Name: p.Name, Version: p.Version, State: Building} })
	}
	return r.begin(ctx, p)
}

// resume takes up the generation that answers, if it was made by this version
// from this log.
func (r *Runner) resume(ctx context.Context, p *Projection, origin string) (bool, error) {
	m := &member{p: p, fence: r.fences[p.Name], answers: true, fold: p.New(), parked: map[string]bool{}}
	var err error
	if m.gen, m.place, m.cp, err = p.open(ctx, r.cfg.Database); err != nil || m.place == nil {
		return false, err
	}
	if err := fenceOff(ctx, m.place.Write, m.fence); err != nil {
		return false, err
	}
	// Who wrote before may have gone on until now.
	if m.cp, _, err = loadCheckpoint(ctx, m.place.Write); err != nil {
		return false, err
	}
	if m.cp.position > 0 {
		last, err := r.eventAt(ctx, m.cp.position)
		if err != nil {
			return false, err
		}
		if m.cp.origin != origin || last.ID.String() != m.cp.event {
			r.cfg.Report("projection "+p.Name+" was made from another log and is made again", nil)
			return false, nil
		}
	}
	m.cp.state, m.cp.reason = Current, "" // one that stopped is tried again
	if err := m.load(ctx, m.place.Write); errors.Is(err, errUnreadable) {
		r.cfg.Report("projection "+p.Name+" cannot be read back and is made again", err)
		return false, nil
	} else if err != nil {
		return false, err
	}
	m.begins()
	r.members = append(r.members, m)
	return true, nil
}

// open lets the generation answer that the registry names, if this version made
// it.
func (p *Projection) open(ctx context.Context, db Database) (g generation, place *Place, c checkpoint, err error) {
	g, ok, err := p.answering(ctx, db.Registry)
	if err != nil || !ok || g.version != p.Version {
		return g, nil, c, err
	}
	if place = p.shelf.place(p.placeOf(g)); place == nil {
		if place, err = db.Open(ctx, p.placeOf(g)); err != nil {
			return g, nil, c, err
		}
		p.shelf.put(place, nil)
	}
	if c, ok, err = loadCheckpoint(ctx, place.Write); err == nil && !ok { // a power cut took it
		p.shelf.put(nil, nil)
		place = nil
	}
	return g, place, c, err
}

// begin adds a member that builds a new generation.
func (r *Runner) begin(ctx context.Context, p *Projection) error {
	db := r.cfg.Database
	if err := p.sweep(ctx, db, r.uses(p)); err != nil {
		return err
	}
	m := &member{p: p, fence: r.fences[p.Name], cp: checkpoint{state: Building}, fold: p.New(), parked: map[string]bool{}}
	var err error
	if f, ok := m.fold.(holding); ok {
		f.Hold()
	}
	if m.gen, err = p.begin(ctx, db.Registry, m.fence); err != nil {
		return err
	}
	if m.builder, err = db.Build(ctx, p.placeOf(m.gen), p); err != nil {
		return err
	}
	r.members = append(r.members, m)
	return m.builder.Exec(ctx, p.create()...)
}

// uses tells which generations of a projection are at work here or still read.
func (r *Runner) uses(p *Projection) func(generation) bool {
	return func(g generation) bool {
		return p.shelf.place(p.placeOf(g)) != nil || p.shelf.lent(p.placeOf(g)) ||
			slices.ContainsFunc(r.members, func(m *member) bool { return m.p == p && m.gen.number == g.number })
	}
}

// abandon ends members; a generation that does not answer is left to the sweep.
func (r *Runner) abandon(which func(*member) bool) {
	r.members = slices.DeleteFunc(r.members, func(m *member) bool {
		if !which(m) {
			return false
		}
		if err := m.abandon(); err != nil {
			r.cfg.Report("projection "+m.p.Name+" was not built to its end", err)
		}
		return true
	})
}

// eventAt reads one event; the zero one if the log does not reach so far.
func (r *Runner) eventAt(ctx context.Context, position uint64) (domain.Recorded, error) {
	head, err := r.cfg.Head(ctx)
	if err != nil {
		return domain.Recorded{}, fmt.Errorf("head: %w", err)
	}
	r.sawHead(head.Position)
	if head.Position < position {
		return domain.Recorded{}, nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for e, err := range r.cfg.Feed.Events(ctx, position-1) {
		if err == nil && e.Position != position {
			err = fmt.Errorf("feed: position %d instead of %d", e.Position, position)
		}
		return e, err
	}
	return domain.Recorded{}, fmt.Errorf("feed ended before position %d", position)
}
