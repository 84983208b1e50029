package keyring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zombiezen.com/go/sqlite"
)

const maxGroup = 500

// change is one statement on its way through the writing goroutine.
type change struct {
	query   string
	args    []any
	work    func(t *file) error // in the place of a statement
	copyWAL bool                // empty the WAL afterwards: overwritten bytes must not stay there
	err     error
	answer  chan struct{}
}

// submit returns when the change is durable. The end of ctx stops the wait, not
// a commit under way.
func (t *file) submit(ctx context.Context, c *change) error {
	c.answer = make(chan struct{})
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case t.queue <- c:
	case <-ctx.Done():
		return ctx.Err()
	case <-t.done:
		return errClosed
	}
	select {
	case <-c.answer:
		return c.err
	case <-ctx.Done():
		return ctx.Err()
	case <-t.done:
	}
	select {
	case <-c.answer:
		return c.err
	default:
		return errClosed
	}
}

func (t *file) run() {
	defer close(t.done)
	var fault error
	var since int
	for {
		select {
		case c := <-t.queue:
			group := t.gather(c)
			if fault == nil {
				since += len(group)
				fault = t.commit(group, &since)
			}
			for _, c := range group {
				c.err = fault
				close(c.answer)
			}
		case <-t.closing:
			return
		}
	}
}

func (t *file) gather(first *change) []*change {
	group := []*change{first}
	for len(group) < maxGroup {
		select {
		case c := <-t.queue:
			group = append(group, c)
		default:
			return group
		}
	}
	return group
}

const dueChanges = 2000

// commit writes a group in one transaction. Every error is fatal: after a
// refused fsync nobody knows what lies on the disk.
func (t *file) commit(group []*change, since *int) error {
	empty := false
	err := t.exec("BEGIN IMMEDIATE")
	for _, c := range group {
		switch {
		case err != nil:
		case c.work != nil:
			err = c.work(t)
		default:
			err = t.exec(c.query, c.args...)
		}
		empty = empty || c.copyWAL
	}
	if err == nil {
		err = t.exec("COMMIT")
	}
	switch {
	case err != nil:
	case empty:
		*since = 0
		err = t.emptyWAL()
	case *since >= dueChanges:
		*since = 0
		err = t.exec("PRAGMA wal_checkpoint(PASSIVE)")
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errFailed, err)
	}
	return nil
}

// emptyWAL waits for readers of the old pages: while one reads, the bytes stay.
func (t *file) emptyWAL() error {
	for range emptyings {
		st, err := t.conn.Prepare("PRAGMA wal_checkpoint(TRUNCATE)")
		if err != nil {
			return err
		}
		busy := int64(1)
		if err := each(st, func(st *sqlite.Stmt) { busy = st.ColumnInt64(0) }); err != nil {
			return err
		}
		if busy == 0 {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return errors.New("the WAL cannot be emptied: somebody reads the key table all the time")
}

const emptyings = 500

func (t *file) exec(query string, args ...any) error {
	st, err := t.conn.Prepare(query)
	if err != nil {
		return err
	}
	bind(st, args)
	return each(st, func(*sqlite.Stmt) {})
}

// each takes every row of a statement.
func each(st *sqlite.Stmt, take func(*sqlite.Stmt)) error {
	for {
		more, err := st.Step()
		if err != nil || !more {
			return err
		}
		take(st)
	}
}
