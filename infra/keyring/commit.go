package keyring

import (
	"context"
	"fmt"
)

const maxGroup = 500

// change is one statement on its way through the writing goroutine.
type change struct {
	query   string
	args    []any
	copyWAL bool // empty the WAL afterwards: overwritten bytes must not stay there
	err     error
	answer  chan struct{}
}

// submit returns when the change is durable. The end of ctx stops the wait, not
// a commit under way.
func (t *table) submit(ctx context.Context, c *change) error {
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

func (t *table) run() {
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

func (t *table) gather(first *change) []*change {
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
func (t *table) commit(group []*change, since *int) error {
	empty := false
	err := t.exec("BEGIN IMMEDIATE")
	for _, c := range group {
		if err == nil {
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
		err = t.exec("PRAGMA wal_checkpoint(TRUNCATE)")
	case *since >= dueChanges:
		*since = 0
		err = t.exec("PRAGMA wal_checkpoint(PASSIVE)")
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errFailed, err)
	}
	return nil
}

func (t *table) exec(query string, args ...any) error {
	st, err := t.conn.Prepare(query)
	if err != nil {
		return err
	}
	bind(st, args)
	for {
		more, err := st.Step()
		if err != nil || !more {
			return err
		}
	}
}
