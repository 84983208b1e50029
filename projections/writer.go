package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// writer commits the batches of one lane, one after the other, beside the fold.
type writer struct {
	r       *Runner
	ctx     context.Context // outlives the lane's: a commit under way is finished
	members []*member
	tables  []preparedTables
	bulk    bulk
	queue   chan flush
	free    chan []*Batch
	failed  chan struct{}
	ended   sync.WaitGroup
	fault   error
}

// flush is what one transaction writes: a batch and a checkpoint per member.
type flush struct {
	batches []*Batch
	points  []checkpoint
	parked  []int
}

type preparedTables struct {
	many       []string    // inserts of many rows, by table
	one        []*sql.Stmt // inserts of one row
	statements []*sql.Stmt
}

func newWriter(ctx context.Context, r *Runner, members []*member) (*writer, error) {
	w := &writer{
		r: r, ctx: context.WithoutCancel(ctx), members: members,
		queue: make(chan flush, 1), free: make(chan []*Batch, 3), failed: make(chan struct{}),
	}
	for _, m := range members {
		p, err := w.prepare(m)
		w.tables = append(w.tables, p)
		if err != nil {
			w.close()
			return nil, fmt.Errorf("projection %s: %w", m.p.Name, err)
		}
	}
	for range cap(w.free) {
		w.free <- w.empty()
	}
	w.ended.Go(w.run)
	return w, nil
}

func (w *writer) prepare(m *member) (p preparedTables, err error) {
	db, end := w.r.cfg.Database, suffix(m.slot)
	add := func(to *[]*sql.Stmt, text string) {
		s, e := db.Write.PrepareContext(w.ctx, text)
		if e != nil {
			err = errors.Join(err, fmt.Errorf("%.60s: %w", text, e))
			return
		}
		*to = append(*to, s)
	}
	for _, t := range m.p.Tables {
		p.many = append(p.many, db.insert(t, end, db.rowsPerInsert()))
		add(&p.one, db.insert(t, end, 1))
	}
	for _, s := range m.p.Statements {
		add(&p.statements, spell(s, end))
	}
	return p, err
}

func (w *writer) empty() []*Batch {
	out := make([]*Batch, len(w.members))
	for i, m := range w.members {
		out[i] = &Batch{rows: make([][]any, len(m.p.Tables))}
	}
	return out
}

// batches answers empty batches, one per member; it waits while all are in use.
func (w *writer) batches() []*Batch {
	select {
	case b := <-w.free:
		return b
	case <-w.failed:
		return w.empty()
	}
}

func (w *writer) write(f flush) error {
	select {
	case w.queue <- f:
		return nil
	case <-w.failed:
		return w.fault
	}
}

// finish waits until everything handed over is committed.
func (w *writer) finish() error {
	close(w.queue)
	w.ended.Wait()
	return w.fault
}

func (w *writer) close() {
	if err := w.bulk.close(w.ctx, w.r.cfg.Database.Write); err != nil {
		w.r.cfg.Report("statements of the read models", err)
	}
	for _, p := range w.tables {
		for _, list := range [][]*sql.Stmt{p.one, p.statements} {
			for _, s := range list {
				s.Close()
			}
		}
	}
}

func (w *writer) run() {
	for f := range w.queue {
		if err := w.commit(f); err != nil {
			w.fault = err
			close(w.failed)
			return
		}
		w.tell(f)
		for _, b := range f.batches {
			b.clear()
		}
		w.free <- f.batches
	}
}

func (b *Batch) clear() {
	for i := range b.rows {
		clear(b.rows[i])
		b.rows[i] = b.rows[i][:0]
	}
	clear(b.statements)
	b.statements = b.statements[:0]
}

func (w *writer) commit(f flush) error {
	conn, err := w.r.cfg.Database.Write.Conn(w.ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return transact(w.ctx, conn, func(tx *sql.Tx) error {
		for i, m := range w.members {
			if err := hold(w.ctx, tx, m.p.Name, m.fence); err != nil {
				return fmt.Errorf("projection %s: %w", m.p.Name, err)
			}
			if err := w.put(conn, tx, m.p, w.tables[i], f.batches[i]); err != nil {
				return fmt.Errorf("projection %s, up to %d: %w", m.p.Name, f.points[i].position, err)
			}
			if err := f.points[i].save(w.ctx, tx, m.p.Name, m.slot); err != nil {
				return fmt.Errorf("checkpoint of %s: %w", m.p.Name, err)
			}
		}
		return nil
	})
}

func (w *writer) put(conn *sql.Conn, tx *sql.Tx, p *Projection, t preparedTables, b *Batch) error {
	for _, s := range b.statements {
		done, err := tx.StmtContext(w.ctx, t.statements[s.number]).ExecContext(w.ctx, s.args...)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, fmt.Errorf("%q changed %d rows", p.Statements[s.number], n))
		}
	}
	for i, values := range b.rows {
		if err := w.insert(conn, tx, t.many[i], t.one[i], len(p.Tables[i].Columns), values); err != nil {
			return fmt.Errorf("table %s: %w", p.Tables[i].Name, err)
		}
	}
	return nil
}

func (w *writer) insert(conn *sql.Conn, tx *sql.Tx, many string, one *sql.Stmt, columns int, values []any) error {
	run := columns * w.r.cfg.Database.rowsPerInsert()
	if whole := len(values) / run * run; whole > 0 {
		if err := w.bulk.insert(w.ctx, conn, many, run, values[:whole]); err != nil {
			return err
		}
		values = values[whole:]
	}
	if len(values) == 0 {
		return nil
	}
	s := tx.StmtContext(w.ctx, one)
	for ; len(values) > 0; values = values[columns:] {
		if _, err := s.ExecContext(w.ctx, values[:columns]...); err != nil {
			return err
		}
	}
	return nil
}

// tell publishes what is committed now.
func (w *writer) tell(f flush) {
	head := w.r.headNow()
	for i, m := range w.members {
		c := f.points[i]
		m.p.set(func(s *Status) {
			s.Parked = f.parked[i]
			if m.slot == slotBuild {
				s.Building = int(100 * c.position / max(head, c.position, 1))
				if s.State != Building {
					return
				}
			}
			s.State, s.Reason, s.Position = c.state, c.reason, c.position
		})
	}
	w.r.announce()
}
