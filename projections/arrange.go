package projections

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"ayumi/domain"
)

// member is one generation of a projection at work.
type member struct {
	p      *Projection
	slot   int
	fence  int64
	cp     checkpoint
	fold   Fold
	seen   uint64 // last event the fold has seen; before the checkpoint while it warms up
	last   uuid.UUID
	parked map[string]bool // streams set aside
	set    int             // events set aside
}

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
		r.members = slices.DeleteFunc(r.members, func(m *member) bool { return m.p == p && m.slot == slotBuild })
	}
	has := func(slot int) bool {
		return slices.ContainsFunc(r.members, func(m *member) bool { return m.p == p && m.slot == slot })
	}
	answers := has(slotCurrent)
	if !answers {
		ok, err := r.resume(ctx, p, slotCurrent, origin)
		if err != nil {
			return err
		}
		answers = ok
	}
	if !wanted && !has(slotBuild) {
		if _, err := r.resume(ctx, p, slotBuild, origin); err != nil {
			return err
		}
	}
	if has(slotBuild) || (answers && !wanted) {
		return nil
	}
	if !answers {
		p.set(func(s *Status) { *s = Status{Name: p.Name, Version: p.Version, State: Building} })
	}
	c, err := p.begin(ctx, r.cfg.Database.Write, r.fences[p.Name])
	if err != nil {
		return err
	}
	return r.join(ctx, p, slotBuild, c)
}

// resume takes up a generation that lies in the database, if it was made by this
// version from this log.
func (r *Runner) resume(ctx context.Context, p *Projection, slot int, origin string) (bool, error) {
	c, ok, err := loadCheckpoint(ctx, r.cfg.Database.Write, p.Name, slot)
	if err != nil || !ok || c.version != p.Version {
		return false, err
	}
	if c.position > 0 {
		last, err := r.eventAt(ctx, c.position)
		if err != nil {
			return false, err
		}
		if c.origin != origin || last.ID.String() != c.event {
			r.cfg.Report("projection "+p.Name+" was made from another log and is made again", nil)
			return false, nil
		}
	}
	if c.state == Stopped { // tried again
		c.state, c.reason = [...]State{Current, Building}[slot], ""
	}
	if slot == slotCurrent {
		p.publish(c)
	}
	return true, r.join(ctx, p, slot, c)
}

// join loads the fold of a generation.
func (r *Runner) join(ctx context.Context, p *Projection, slot int, c checkpoint) error {
	m := &member{p: p, slot: slot, fence: r.fences[p.Name], cp: c, fold: p.New(), parked: map[string]bool{}}
	tables := Tables{r.cfg.Database.Write, suffix(slot)}
	if p.Parks {
		err := tables.Query(ctx, "SELECT stream FROM {"+p.Name+"_parked}", func(scan func(...any) error) error {
			var stream string
			err := scan(&stream)
			m.parked[stream] = true
			m.set++
			return err
		})
		if err != nil {
			return err
		}
	}
	var err error
	if m.seen, err = m.fold.Load(ctx, tables, c.position); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	r.members = append(r.members, m)
	return nil
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
