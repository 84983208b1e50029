package projections

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// member is one generation of a projection at work.
type member struct {
	p       *Projection
	gen     generation
	builder Builder // while its place is under construction
	place   *Place  // after that
	fence   int64
	answers bool     // pages ask its tables
	watched *watched // another runner writes them; nil: this one
	cp      checkpoint
	fold    Fold
	seen    uint64 // last event the fold has seen; before the checkpoint while it warms up
	last    uuid.UUID
	parked  map[string]bool // streams set aside
	set     int             // events set aside
}

// load lets the fold take up what lies in the tables.
func (m *member) load(ctx context.Context, db asked) error {
	tables := Tables{db}
	if m.p.Parks {
		err := tables.Query(ctx, "SELECT stream FROM "+m.p.Name+"_parked", func(scan func(...any) error) error {
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
	if m.seen, err = m.fold.Load(ctx, tables, m.cp.position); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	return nil
}

// begins tells that the tables answer.
func (m *member) begins() {
	if f, ok := m.fold.(answering); ok {
		f.Answers()
	}
	m.p.publish(m.cp)
}

// take lets the fold see one event. It answers an error only if the projection
// has to stop before it.
func (m *member) take(e *Event, b *Batch) (err error) {
	defer func() {
		if err == nil {
			m.seen = e.Position
		}
	}()
	if e.Position <= m.cp.position {
		if e.bad != nil || m.parked[e.Stream] {
			return nil
		}
		return m.fold.Warm(e)
	}
	err = e.bad
	if err == nil && m.parked[e.Stream] {
		err = errParked
	}
	if err == nil {
		err = m.safely(e, b)
	}
	if err != nil && !m.p.Parks {
		return err
	}
	if err != nil {
		m.parked[e.Stream] = true
		m.set++
		b.Add(len(m.p.Tables)-1).Int(int64(e.Position)).Text(e.Stream, e.Type, err.Error()).Blob(e.Body)
	}
	if e.Position == 1 {
		if m.cp.origin, err = identity(e.Recorded); err != nil {
			return err
		}
	}
	m.cp.position, m.last = e.Position, e.Recorded.ID
	return nil
}

var errParked = errors.New("an earlier event of the stream was set aside")

// safely turns a panic of a fold into an error of the event.
func (m *member) safely(e *Event, b *Batch) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("position %d: %v", e.Position, cause)
		}
	}()
	return m.fold.Apply(e, b)
}

// settle ends the construction of a place: from now on it is written with care.
func (m *member) settle(ctx context.Context, db Database) error {
	if m.last != uuid.Nil {
		m.cp.event = m.last.String()
	}
	if f, ok := m.fold.(holding); ok {
		b := Batch{Rows: make([]Rows, len(m.p.Tables))}
		f.Release(&b)
		if err := m.builder.Put(ctx, &b); err != nil {
			return err
		}
	}
	if err := m.builder.Exec(ctx, m.p.finish()...); err != nil {
		return err
	}
	b := m.builder
	m.builder, m.cp.state = nil, Current
	if err := b.Finish(); err != nil {
		return err
	}
	var err error
	if m.place, err = db.Open(ctx, m.p.placeOf(m.gen)); err != nil {
		return err
	}
	return m.cp.found(ctx, m.place.Write, m.fence)
}

// abandon lets the place of a generation go that does not answer.
func (m *member) abandon() error {
	switch {
	case m.answers:
		return nil
	case m.builder != nil:
		return m.builder.Abandon()
	case m.place != nil:
		return m.place.Close()
	}
	return nil
}
