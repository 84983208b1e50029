package access

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/viewing"
)

// waiting is an entry that waits until it is durable.
type waiting struct {
	ctx    context.Context
	entry  Entry
	prune  japan.Date // with an entry of that act: bodies before this day go
	went   int        // how many went
	answer chan error
}

// writer is the only goroutine of this process that writes.
type writer struct {
	l *Log
	engine
}

// engine is a database that keeps a log.
type engine interface {
	// within does in one step what is to be written, and nobody else writes meanwhile; it
	// is durable when nil is answered. It may try again from the beginning.
	within(do func(context.Context, writing) error) error
	// letGo takes away the bodies of entries up to a number, as the newest entry says.
	letGo(ctx context.Context, tx writing, upto uint64) error
	// sound answers what is wrong with the place itself.
	sound(ctx context.Context) error
	// look is how often to look for what other processes wrote; 0: there are none.
	look() time.Duration
	close() error
}

// writing is a step that is being done.
type writing interface {
	querier
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

const maxGroup = 256 // entries of one transaction

// publish makes known where the log stands.
func (w *writer) publish(h viewing.Head) { w.l.head.Store(&h) }

// fault makes known that the log cannot be written.
func (w *writer) fault(err error) error {
	err = fmt.Errorf("access log: %w", err)
	now := w.l.Head()
	now.Fault = err
	w.publish(now)
	return err
}

// headOf reads where a log stands.
func headOf(ctx context.Context, db querier) (viewing.Head, error) {
	t, err := treeOf(ctx, db)
	if err != nil {
		return viewing.Head{}, err
	}
	return standing(ctx, db, t)
}

func standing(ctx context.Context, db querier, t *tree) (viewing.Head, error) {
	root, err := t.root()
	if err != nil {
		return viewing.Head{}, err
	}
	h := viewing.Head{Size: uint64(t.size), Root: root}
	var day sql.NullInt64
	err = db.QueryRowContext(ctx, `select coalesce((select max(upto) from gone), 0), (select min(day) from line)`).Scan(&h.Gone, &day)
	h.Oldest = japan.Date(day.Int64)
	return h, err
}

func (w *writer) run() {
	defer close(w.l.done)
	var others <-chan time.Time
	if every := w.look(); every > 0 {
		t := time.NewTicker(every)
		defer t.Stop()
		others = t.C
	}
	group := make([]*waiting, 0, maxGroup)
	for {
		select {
		case first := <-w.l.queue:
			group = w.gather(append(group[:0], first))
			err := w.commit(group)
			for _, x := range group {
				x.answer <- err
			}
		case <-others:
			w.refresh()
		case <-w.l.closing:
			return
		}
	}
}

func (w *writer) gather(group []*waiting) []*waiting {
	for len(group) < maxGroup {
		select {
		case next := <-w.l.queue:
			group = append(group, next)
		default:
			return group
		}
	}
	return group
}

// refresh makes known what other processes wrote.
func (w *writer) refresh() {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	h, err := headOf(ctx, w.l.db)
	if err != nil {
		_ = w.fault(err) // told by the head
		return
	}
	w.publish(h)
}

// commit makes a group durable, or none of it.
func (w *writer) commit(group []*waiting) error {
	var h viewing.Head
	err := w.within(func(ctx context.Context, tx writing) (err error) {
		h, err = w.write(ctx, tx, group)
		return err
	})
	if err != nil {
		return w.fault(err)
	}
	w.publish(h)
	return nil
}

// write adds a group to the log as it stands.
func (w *writer) write(ctx context.Context, tx writing, group []*waiting) (viewing.Head, error) {
	t, err := treeOf(ctx, tx)
	if err != nil {
		return viewing.Head{}, err
	}
	b := newBatch(t)
	for _, x := range group {
		if x.prune != 0 {
			err = w.prune(ctx, tx, b, x)
		} else {
			err = b.add(x.entry)
		}
		if err != nil {
			return viewing.Head{}, err
		}
	}
	if err := b.send(ctx, tx); err != nil {
		return viewing.Head{}, err
	}
	return standing(ctx, tx, t)
}

// prune lets bodies go that are past their retention, with the entry that says so.
func (w *writer) prune(ctx context.Context, tx writing, b *batch, x *waiting) error {
	if err := b.send(ctx, tx); err != nil {
		return err
	}
	var upto uint64
	err := tx.QueryRowContext(ctx, `select count(*), coalesce(max(no), 0) from line where no < coalesce((select min(no) from line where day >= $1), 4611686018427387904)`,
		int64(x.prune)).Scan(&x.went, &upto)
	if err != nil || x.went == 0 {
		return err
	}
	e := x.entry
	e.Rows, e.Subject = x.went, upToLine(upto)
	if err := b.add(e); err != nil {
		return err
	}
	if err := b.send(ctx, tx); err != nil {
		return err
	}
	return w.letGo(ctx, tx, upto)
}

// batch are entries on their way into a log.
type batch struct {
	tree              *tree
	line, about, hash rows
}

func newBatch(t *tree) *batch {
	return &batch{t, rows{into: "line(no, day, account, controller, act, query, facts, salt)", width: 8}, rows{into: "about(subject, no)", width: 2}, rows{into: "hash(i, hash)", width: 2}}
}

func (b *batch) add(e Entry) error {
	facts, err := e.Facts()
	if err != nil {
		return err
	}
	salt := make([]byte, 32)
	if _, err := io.ReadFull(rand.Reader, salt); err != nil {
		return err
	}
	no := b.tree.size + 1
	b.line.add(no, int64(e.On()), e.Account, e.Controller, e.Act, e.Query, []byte(facts), salt)
	for _, s := range indexed(e) {
		b.about.add(s, no)
	}
	return b.tree.add(tlog.Hash(ledger.LeafHash(facts, ledger.Priv(salt, nil))))
}

func (b *batch) send(ctx context.Context, tx writing) error {
	for i, h := range b.tree.fresh {
		b.hash.add(b.tree.from+int64(i), h[:])
	}
	b.tree.from, b.tree.fresh = b.tree.from+int64(len(b.tree.fresh)), nil
	for _, r := range []*rows{&b.line, &b.about, &b.hash} {
		if err := r.send(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// rows are put into a table by few statements.
type rows struct {
	into  string
	width int
	args  []any
}

const mostArgs = 16_000 // of one statement, below the limit of every engine

func (r *rows) add(values ...any) { r.args = append(r.args, values...) }

func (r *rows) send(ctx context.Context, tx writing) error {
	for len(r.args) > 0 {
		now := r.args[:min(len(r.args), mostArgs/r.width*r.width)]
		var text strings.Builder
		text.WriteString("insert into " + r.into + " values ")
		for i := range now {
			switch {
			case i == 0:
				text.WriteString("(")
			case i%r.width == 0:
				text.WriteString("),(")
			default:
				text.WriteString(",")
			}
			text.WriteString("$" + strconv.Itoa(i+1))
		}
		text.WriteString(")")
		if _, err := tx.ExecContext(ctx, text.String(), now...); err != nil {
			return err
		}
		r.args = r.args[len(now):]
	}
	r.args = nil
	return nil
}

// indexed are the words an entry is found by: whom it is about, and the file that left.
func indexed(e Entry) []string {
	out := e.Subjects()
	if e.Digest != "" {
		out = append(out, e.Digest)
	}
	return out
}
