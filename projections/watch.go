package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// A runner that may not write watches: it answers from the tables of the one that
// writes, and folds the same events in memory, because figures are counted there.

// watched is what a member that is only watched knows of its tables.
type watched struct {
	folded atomic.Uint64 // how far this runner's own fold is
	origin string        // of the log, as the tables said at first; "" while it was empty
	mu     sync.Mutex
	tables checkpoint // where the tables stand
}

// glancing is how often the checkpoints of another runner are looked at.
const glancing = 25 * time.Millisecond

// watch answers from what another runner writes until this one may.
func (r *Runner) watch(ctx context.Context) (*Lead, error) {
	watching, stop := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		for watching.Err() == nil {
			if err := r.watchOnce(watching); err != nil && watching.Err() == nil {
				r.cfg.Report("projections look again at what another instance writes", err)
			}
			pause(watching, patience)
		}
	})
	lead, err := r.cfg.Database.Lead(ctx)
	stop()
	done.Wait()
	return lead, err
}

// watchOnce folds beside the tables until something about them has changed.
func (r *Runner) watchOnce(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var members []*member
	for _, p := range r.cfg.Projections {
		m, err := r.watchMember(ctx, p)
		if err != nil {
			return fmt.Errorf("projection %s: %w", p.Name, err)
		}
		members = append(members, m)
	}
	r.members = members
	r.announce()
	ended := make(chan error, 1)
	go func() { ended <- r.lane(members, 0).run(ctx) }()
	for {
		select {
		case err := <-ended:
			return err
		case <-time.After(glancing):
		}
		for _, m := range members {
			if err := r.glance(ctx, m); err != nil {
				stop()
				return errors.Join(err, <-ended)
			}
		}
	}
}

var errNotYet = errors.New("nothing answers yet")

// watchMember opens the generation that answers and loads its fold from one view of
// its tables.
func (r *Runner) watchMember(ctx context.Context, p *Projection) (*member, error) {
	for {
		m := &member{p: p, answers: true, fold: p.New(), parked: map[string]bool{}, watched: &watched{}}
		var err error
		m.gen, m.place, m.cp, err = p.open(ctx, r.cfg.Database)
		if err != nil {
			return nil, err
		}
		if m.place == nil {
			p.shelf.put(nil, nil)
			p.set(func(s *Status) { *s = Status{Name: p.Name, Version: p.Version, State: Building} })
			if pause(ctx, patience); ctx.Err() != nil {
				return nil, errNotYet
			}
			continue
		}
		tx, err := m.place.Read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
		if err != nil {
			return nil, err
		}
		if m.cp, _, err = loadCheckpoint(ctx, tx); err == nil {
			err = m.load(ctx, tx)
		}
		if err = errors.Join(err, ignoreDone(tx.Rollback())); err != nil {
			return nil, err
		}
		m.watched.tables, m.watched.origin = m.cp, m.cp.origin
		m.watched.folded.Store(m.cp.position)
		m.cp.state = Current
		m.begins()
		return m, nil
	}
}

// glance looks where the tables of a member stand. Another generation may have taken
// their place.
func (r *Runner) glance(ctx context.Context, m *member) error {
	g, ok, err := m.p.answering(ctx, r.cfg.Database.Registry)
	if err != nil {
		return err
	}
	if !ok || g != m.gen {
		return r.succeed(ctx, m)
	}
	c, ok, err := loadCheckpoint(ctx, m.place.Read)
	if err != nil || !ok {
		return errors.Join(err, errors.New("the tables have no checkpoint"))
	}
	m.watched.mu.Lock()
	moved := c != m.watched.tables
	m.watched.tables = c
	m.watched.mu.Unlock()
	if moved {
		r.tellWatched(m)
	}
	return nil
}

// succeed answers from a new generation of the same log; the fold stays, since equal
// events make equal folds.
func (r *Runner) succeed(ctx context.Context, m *member) error {
	g, place, c, err := m.p.open(ctx, r.cfg.Database)
	if err != nil {
		return err
	}
	if place == nil || (m.watched.origin != "" && c.origin != m.watched.origin) {
		return fmt.Errorf("projection %s: other tables answer now", m.p.Name)
	}
	m.gen, m.place = g, place
	m.watched.mu.Lock()
	m.watched.tables = c
	m.watched.mu.Unlock()
	r.tellWatched(m)
	return nil
}

// tellWatched publishes how far both the tables and the fold are.
func (r *Runner) tellWatched(m *member) {
	m.watched.mu.Lock()
	c := m.watched.tables
	m.watched.mu.Unlock()
	m.p.set(func(s *Status) {
		s.State, s.Reason, s.Building = c.state, c.reason, 100
		s.Position = max(s.Position, min(c.position, m.watched.folded.Load()))
	})
	r.announce()
}
