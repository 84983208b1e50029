package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// worker folds events for one member of a lane and commits what they change.
type worker struct {
	l     *lane
	m     *member
	in    chan *chunk
	rows  *inserter // unless the member is being built
	batch Batch
	count int // events in the batch
	bytes int
	since time.Time // of the first of them
	taken []uuid.UUID
}

// mostTaken is how many events of one batch are told of.
const mostTaken = 256

// How much is written in one transaction: little and at once while following
// the log, much while catching up with it.
const (
	liveEvents = 1000
	liveTime   = 20 * time.Millisecond
	bulkEvents = 16_000
	newEvents  = 4096 // under construction: rows are only added
	bulkBytes  = 24 << 20
	farBehind  = 5_000
	bulkPause  = 100 * time.Millisecond
)

// run takes chunks until there are no more, and leaves everything committed.
func (w *worker) run(ctx context.Context) (err error) {
	if w.m.builder == nil && w.m.watched == nil {
		if w.rows, err = newInserter(ctx, w.m.p, w.m.place); err != nil {
			return fmt.Errorf("projection %s: %w", w.m.p.Name, err)
		}
		defer func() { err = errors.Join(err, w.rows.close()) }()
	}
	w.batch.Rows = make([]Rows, len(w.m.p.Tables))
	for {
		c, ok, err := w.take(ctx)
		if err != nil {
			return err
		}
		if !ok {
			return w.commit(ctx)
		}
		w.fold(c)
		w.l.leave(c)
		if w.full() {
			if err := w.commit(ctx); err != nil {
				return err
			}
		}
	}
}

// take waits for the next chunk and commits what is open while there is none.
func (w *worker) take(ctx context.Context) (*chunk, bool, error) {
	select {
	case c, ok := <-w.in:
		return c, ok, nil
	default:
	}
	if w.count > 0 && w.far() {
		select {
		case c, ok := <-w.in:
			return c, ok, nil
		case <-time.After(bulkPause):
		}
	}
	if err := w.commit(ctx); err != nil {
		return nil, false, err
	}
	c, ok := <-w.in
	return c, ok, nil
}

// far tells whether the member is so far behind that large batches are right.
func (w *worker) far() bool { return w.m.seen+farBehind < w.l.r.headNow() }

func (w *worker) full() bool {
	switch {
	case w.count == 0:
		return false
	case w.count >= bulkEvents || w.bytes >= bulkBytes || w.m.builder != nil && w.count >= newEvents:
		return true
	case w.far():
		return false
	}
	return w.count >= liveEvents || w.l.r.cfg.Now().Sub(w.since) >= liveTime
}

func (w *worker) fold(c *chunk) {
	if w.count == 0 {
		w.since = w.l.r.cfg.Now()
	}
	for i := range c.events[:c.n] {
		e := &c.events[i]
		if w.m.fold == nil || e.Position <= w.m.seen {
			continue
		}
		w.count++
		w.bytes += len(e.Body)
		if w.l.r.cfg.Taken != nil && len(w.taken) < mostTaken {
			w.taken = append(w.taken, e.Recorded.ID)
		}
		if err := w.m.take(e, &w.batch); err != nil {
			if w.m.watched == nil { // else the one who writes says so
				w.l.r.cfg.Report("projection "+w.m.p.Name+" stopped", err)
			}
			w.m.cp.state, w.m.cp.reason = Stopped, err.Error()
			if !w.m.answers {
				w.m.p.spoiled.Store(&w.m.cp.reason)
			}
			w.m.fold.Finish(&w.batch) // what came before the event stands
			w.m.fold = nil
		}
	}
}

// commit writes the batch with its checkpoint and tells who waits for it.
func (w *worker) commit(ctx context.Context) error {
	if w.count == 0 {
		return nil
	}
	if head, err := w.l.r.cfg.Head(ctx); err == nil { // how large the next batch may be
		w.l.r.sawHead(head.Position)
	}
	m := w.m
	if m.fold != nil {
		m.fold.Finish(&w.batch)
	}
	if m.last != uuid.Nil {
		m.cp.event = m.last.String()
	}
	if err := w.put(ctx); err != nil {
		return fmt.Errorf("projection %s, up to %d: %w", m.p.Name, m.cp.position, err)
	}
	w.batch.clear()
	w.count, w.bytes = 0, 0
	if w.l.r.cfg.Taken != nil && m.answers {
		w.l.r.cfg.Taken(m.p.Name, w.taken, w.since)
	}
	w.taken = w.taken[:0]
	if m.watched != nil {
		m.watched.folded.Store(m.cp.position)
		w.l.r.tellWatched(m)
		return nil
	}
	w.l.r.tell(m)
	return nil
}

func (w *worker) put(ctx context.Context) error {
	if w.m.watched != nil { // the rows come from who writes
		return nil
	}
	if w.m.builder != nil {
		return w.m.builder.Put(ctx, &w.batch)
	}
	return transact(ctx, w.rows.conn, func(tx *sql.Tx) error {
		if err := w.rows.put(ctx, &w.batch); err != nil {
			return err
		}
		return w.m.cp.save(ctx, tx, w.m.fence)
	})
}

// tell publishes where a member stands now.
func (r *Runner) tell(m *member) {
	head := r.headNow()
	m.p.set(func(s *Status) {
		s.Parked = m.set
		if !m.answers {
			s.Building = int(100 * m.cp.position / max(head, m.cp.position, 1))
			if s.State != Building {
				return
			}
		}
		s.Position = m.cp.position
		if m.answers || m.cp.state == Stopped {
			s.State, s.Reason = m.cp.state, m.cp.reason
		}
	})
	r.announce()
}
