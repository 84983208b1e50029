package projections

import (
	"context"
	"slices"

	"ayumi/domain/gate"
	"ayumi/domain/japan"
	"ayumi/domain/monitor"
)

// Closing is the read model of what holds a period open beside figures: suspected
// pairs, referrals, and which events reported what, each with the position at
// which it ceased to wait; and of who had a hand in which outcome. It can be read
// as of any position.
type Closing struct{ *Projection }

// The tables of Closing, by number.
const (
	closingItem = iota
	closingDeed
)

// NewClosing is the read model of what holds periods open.
func NewClosing() *Closing {
	return &Closing{Projection: &Projection{
		Name: "closing", Version: 1,
		New: func() Fold {
			return &closingFold{book: gate.NewBook(), rows: map[waitingKey]int64{}, begun: map[string]bool{}}
		},
		Tables: []Table{
			closingItem: {Name: "closing_item", Columns: []string{"no INTEGER PRIMARY KEY", "kind TEXT NOT NULL", "id TEXT NOT NULL",
				"stream TEXT NOT NULL", "controller TEXT NOT NULL", "occurred_on INTEGER NOT NULL", "position INTEGER NOT NULL", "over INTEGER NOT NULL"},
				Indexes: []string{"controller, over"}},
			closingDeed: {Name: "closing_deed", Columns: []string{"position INTEGER PRIMARY KEY", "kind TEXT NOT NULL", "outcome TEXT NOT NULL",
				"id TEXT NOT NULL", "stream TEXT NOT NULL", "account TEXT NOT NULL", "grade TEXT NOT NULL", "controller TEXT NOT NULL", "occurred_on INTEGER NOT NULL"},
				Indexes: []string{"stream", "kind, controller, occurred_on"}},
		},
		Statements: []string{`UPDATE closing_item SET over = $1 WHERE no = $2`},
	}}
}

type waitingKey struct{ kind, stream, id string }

// closingFold keeps the numbers of the rows of what waits, and the rows of the
// batch that is open.
type closingFold struct {
	book  *gate.Book
	rows  map[waitingKey]int64
	last  int64
	fresh []closingRow
	begun map[string]bool // cases whose first session is known
}

type closingRow struct {
	gate.Waiting
	no, over int64
}

const closingColumns = `kind, id, stream, controller, occurred_on, position`

func scanWaiting(scan func(...any) error, more ...any) (gate.Waiting, error) {
	var w gate.Waiting
	err := scan(append([]any{&w.Kind, &w.ID, &w.Stream, &w.Controller, &w.On, &w.Position}, more...)...)
	return w, err
}

func (f *closingFold) Load(ctx context.Context, t Tables, checkpoint uint64) (uint64, error) {
	var held []gate.Waiting
	err := t.Query(ctx, "SELECT "+closingColumns+", no FROM closing_item WHERE over = 0", func(scan func(...any) error) error {
		var no int64
		w, err := scanWaiting(scan, &no)
		if !w.Lasts() {
			held = append(held, w)
			f.rows[keyOf(w)] = no
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	f.book = gate.NewBook(held...)
	err = t.Query(ctx, "SELECT stream FROM closing_deed WHERE kind = '"+monitor.Counselled+"'", func(scan func(...any) error) error {
		var stream string
		err := scan(&stream)
		f.begun[stream] = true
		return err
	})
	if err != nil {
		return 0, err
	}
	return checkpoint, t.Query(ctx, "SELECT COALESCE(MAX(no), 0) FROM closing_item", func(scan func(...any) error) error { return scan(&f.last) })
}

func keyOf(w gate.Waiting) waitingKey { return waitingKey{w.Kind, w.Stream, w.ID} }

func (f *closingFold) Warm(*Event) error { return nil }

// Apply notes what begins to wait, what is over, and who did what.
func (f *closingFold) Apply(e *Event, b *Batch) error {
	if d, ok := monitor.DeedOf(e.Position, e.Type, e.Stream, &e.Glance); ok && (d.Kind != monitor.Counselled || !f.begun[e.Stream]) {
		if d.Kind == monitor.Counselled {
			f.begun[e.Stream] = true
		}
		b.Add(closingDeed).Int(int64(d.Position), int64(d.On)).Text(d.Kind, d.Outcome, d.ID, d.Stream, d.Account, d.Grade, d.Controller)
	}
	if !gate.Relevant(e.Type) {
		return nil
	}
	for _, s := range f.book.Take(e.Position, e.Type, e.Stream, &e.Glance) {
		k := keyOf(s.Waiting)
		if !s.Over {
			f.last++
			f.rows[k] = f.last
			f.fresh = append(f.fresh, closingRow{Waiting: s.Waiting, no: f.last})
			continue
		}
		no := f.rows[k]
		delete(f.rows, k)
		if i := slices.IndexFunc(f.fresh, func(r closingRow) bool { return r.no == no }); i >= 0 {
			f.fresh[i].over = int64(e.Position)
		} else {
			b.Do(0, int64(e.Position), no)
		}
	}
	return nil
}

// Finish writes the rows that began in the batch.
func (f *closingFold) Finish(b *Batch) {
	for _, r := range f.fresh {
		b.Add(closingItem).Int(r.no, int64(r.On), int64(r.Position), r.over).Text(r.Kind, r.ID, r.Stream, r.Controller)
		if r.Lasts() {
			delete(f.rows, keyOf(r.Waiting))
		}
	}
	f.fresh = f.fresh[:0]
}

// Waiting answers what waits at a controller as of a position, in order of the log.
func (c *Closing) Waiting(ctx context.Context, controller string, known uint64) ([]gate.Waiting, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	var out []gate.Waiting
	err := c.query(ctx, "SELECT "+closingColumns+` FROM closing_item
		WHERE controller = $1 AND position <= $2 AND (over = 0 OR over > $2) ORDER BY position, no`, func(scan func(...any) error) error {
		w, err := scanWaiting(scan)
		out = append(out, w)
		return err
	}, controller, int64(known))
	return out, err
}

// Deeds answers who had a hand in the outcomes of a period, as of a position, in
// order of the log: all deeds of the cases that have an outcome there.
func (c *Closing) Deeds(ctx context.Context, controller string, in japan.Period, known uint64) ([]monitor.Deed, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	var out []monitor.Deed
	err := c.query(ctx, `SELECT position, kind, outcome, id, stream, account, grade, controller, occurred_on FROM closing_deed
		WHERE position <= $1 AND stream IN (SELECT stream FROM closing_deed
			WHERE kind = '`+monitor.Recorded+`' AND controller = $2 AND occurred_on >= $3 AND occurred_on <= $4)
		ORDER BY position`, func(scan func(...any) error) error {
		var d monitor.Deed
		err := scan(&d.Position, &d.Kind, &d.Outcome, &d.ID, &d.Stream, &d.Account, &d.Grade, &d.Controller, &d.On)
		out = append(out, d)
		return err
	}, int64(known), controller, int64(in.From), int64(in.To))
	return out, err
}
