package projections

import (
	"context"
	"fmt"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Indicators is the read model of counting: every row of the indicator package
// with the positions at which it began and ceased to hold. A figure at any known
// position is a query over them and equals indicator.Measure.
type Indicators struct {
	*Projection
	params []indicator.Params
	cache  rowCache
}

// The tables of Indicators, by number.
const (
	indicatorRow = iota
	indicatorShape
	indicatorName
	indicatorDay
)

const (
	rowEnds = iota
	dayMoves
)

// NewIndicators is the read model of counting, for definitions whose rows are
// made under one of the params; none means indicator.Usual.
func NewIndicators(params ...indicator.Params) *Indicators {
	if len(params) == 0 {
		params = []indicator.Params{indicator.Usual()}
	}
	return &Indicators{params: params, Projection: &Projection{
		Name: "indicators", Version: 2,
		New: func() Fold { return newIndicatorFold(params) },
		Tables: []Table{
			indicatorRow: {Name: "indicator_row", Columns: []string{
				"id INTEGER PRIMARY KEY", "family INTEGER NOT NULL", "shape INTEGER NOT NULL", "entity TEXT NOT NULL",
				"member TEXT NOT NULL", "person INTEGER NOT NULL", "from_on INTEGER NOT NULL", "to_on INTEGER NOT NULL",
				"categories INTEGER NOT NULL", "first_on INTEGER NOT NULL", "gone INTEGER NOT NULL", "amount INTEGER NOT NULL",
				"position INTEGER NOT NULL", "added INTEGER NOT NULL", "why INTEGER NOT NULL",
				"removed INTEGER NOT NULL", "removed_why INTEGER NOT NULL"},
				Early: []string{"position"}, Indexes: []string{"family, from_on", "removed WHERE removed > 0"}},
			indicatorShape: {Name: "indicator_shape", Columns: []string{
				"no INTEGER PRIMARY KEY", "params INTEGER NOT NULL", "family TEXT NOT NULL", "level TEXT NOT NULL",
				"desk TEXT NOT NULL", "controller TEXT NOT NULL", "kind TEXT NOT NULL", "channel TEXT NOT NULL",
				"clause TEXT NOT NULL", "first INTEGER NOT NULL", "at_desk TEXT NOT NULL", "at_control TEXT NOT NULL",
				"grade TEXT NOT NULL", "turn TEXT NOT NULL", "place TEXT NOT NULL", "age_band TEXT NOT NULL",
				"route TEXT NOT NULL", "anonymous INTEGER NOT NULL", "outreach INTEGER NOT NULL", "overridden INTEGER NOT NULL"}},
			indicatorName: {Name: "indicator_name", Columns: []string{"no INTEGER PRIMARY KEY", "name TEXT NOT NULL"}},
			indicatorDay:  {Name: "indicator_day", Columns: []string{"day INTEGER PRIMARY KEY", "position INTEGER NOT NULL"}},
		},
		Statements: []string{
			rowEnds: `UPDATE indicator_row SET removed = $1, removed_why = $2
				WHERE position = $3 AND removed = 0 AND shape = $4 AND entity = $5`,
			dayMoves: `UPDATE indicator_day SET position = $1 WHERE day = $2`,
		},
	}}
}

// shape is everything of a row that many rows share.
type shape struct {
	params                          int
	family                          indicator.Family
	level                           indicator.Level
	desk, controller, kind, channel string
	clause, atDesk, atControl       string
	grade, turn, place, ageBand     string
	route                           string
	first, anonymous, outreach      bool
	overridden                      bool
}

func shapeOf(params int, r indicator.Row) shape {
	return shape{
		params: params, family: r.Family, level: r.Level, desk: r.Desk, controller: r.Controller, kind: r.Kind, channel: r.Channel,
		clause: r.Clause, atDesk: r.AtDesk, atControl: r.AtControl, grade: r.Grade, turn: r.Turn, place: r.Place,
		ageBand: r.AgeBand, route: r.Route, first: r.First, anonymous: r.Anonymous, outreach: r.Outreach, overridden: r.Overridden,
	}
}

// families and reasons by their numbers in the tables; the order is kept for ever.
var families = []indicator.Family{
	"", indicator.Sessions, indicator.Firsts, indicator.Outcomes, indicator.Households, indicator.Cases,
	indicator.Assists, indicator.Receptions, indicator.Heads, indicator.Universes, indicator.Agreements,
}

var reasons = []string{
	"", "late_entry", "amended", "voided", "reassigned", "merged", "unmerged", "identified", "evidence",
	"reclassified", "outcome_reversed", "erased", "definition",
}

func numberOf[T comparable](list []T, v T) int64 {
	for i, have := range list {
		if have == v {
			return int64(i)
		}
	}
	return -1
}

// indicatorFold keeps the counting state in memory and writes how rows change.
type indicatorFold struct {
	params []indicator.Params
	state  *indicator.State
	shapes map[shape]int64
	names  map[string]int64
	rows   int64 // last id
	day    japan.Date
	stored bool // the newest day lies in the table
	last   int64
	open   []pending      // rows of the open batch, in order
	byKey  map[rowKey]int // those that still hold → index in open
}

// rowKey finds a row that holds.
type rowKey struct {
	shape  int64
	entity string
}

type pending struct {
	row          indicator.Row
	shape        int64
	person       int64
	id, added    int64
	why, removed int64
	removedWhy   int64
}

func newIndicatorFold(params []indicator.Params) *indicatorFold {
	return &indicatorFold{
		params: params, state: indicator.NewState(), shapes: map[shape]int64{}, names: map[string]int64{}, byKey: map[rowKey]int{},
	}
}

func (f *indicatorFold) Load(ctx context.Context, t Tables, _ uint64) (uint64, error) {
	shapes, err := loadShapes(ctx, t.Query)
	if err != nil {
		return 0, err
	}
	for no, s := range shapes {
		f.shapes[s] = no
	}
	err = t.Query(ctx, "SELECT no, name FROM indicator_name", func(scan func(...any) error) error {
		var no int64
		var name string
		err := scan(&no, &name)
		f.names[name] = no
		return err
	})
	if err != nil {
		return 0, err
	}
	err = t.Query(ctx, "SELECT COALESCE(MAX(id), 0) FROM indicator_row", func(scan func(...any) error) error { return scan(&f.rows) })
	if err != nil {
		return 0, err
	}
	return 0, t.Query(ctx, "SELECT day, position FROM indicator_day ORDER BY day DESC LIMIT 1", func(scan func(...any) error) error {
		f.stored = true
		return scan(&f.day, &f.last)
	})
}

func loadShapes(ctx context.Context, ask query) (map[int64]shape, error) {
	out := map[int64]shape{}
	return out, ask(ctx, `SELECT no, params, family, level, desk, controller, kind, channel, clause, first, at_desk, at_control,
		grade, turn, place, age_band, route, anonymous, outreach, overridden FROM indicator_shape`, func(scan func(...any) error) error {
		var s shape
		var no int64
		err := scan(&no, &s.params, &s.family, &s.level, &s.desk, &s.controller, &s.kind, &s.channel, &s.clause, &s.first, &s.atDesk, &s.atControl,
			&s.grade, &s.turn, &s.place, &s.ageBand, &s.route, &s.anonymous, &s.outreach, &s.overridden)
		out[no] = s
		return err
	})
}

// Warm folds an event whose rows are written already.
func (f *indicatorFold) Warm(e *Event) error {
	_, err := f.state.Fold(e.Position, e.Type, e.Stream, &e.Glance)
	return err
}

// Apply writes the steps of all rows that the event changes.
func (f *indicatorFold) Apply(e *Event, b *Batch) error {
	changes, err := f.state.Step(e.Position, e.Type, e.Stream, &e.Glance, f.params...)
	if err != nil {
		return err
	}
	for params, list := range changes {
		for _, c := range list {
			if err := f.step(params, c, e.Position, b); err != nil {
				return err
			}
		}
	}
	f.known(max(f.day, dayOf(e.RecordedAt)), int64(e.Position), b)
	return nil
}

func (f *indicatorFold) step(params int, c indicator.Change, position uint64, b *Batch) error {
	why := numberOf(reasons, c.Why)
	if why < 0 {
		return fmt.Errorf("position %d: unknown reason %q", position, c.Why)
	}
	at := rowKey{f.shape(shapeOf(params, c.Row), b), c.Row.Entity}
	if !c.Removed {
		f.rows++
		f.byKey[at] = len(f.open)
		f.open = append(f.open, pending{row: c.Row, shape: at.shape, person: f.name(c.Row.Person, b), id: f.rows, added: int64(position), why: why})
		return nil
	}
	if i, ok := f.byKey[at]; ok {
		f.open[i].removed, f.open[i].removedWhy = int64(position), why
		delete(f.byKey, at)
		return nil
	}
	b.Do(rowEnds, int64(position), why, int64(c.Row.Position), at.shape, at.entity)
	return nil
}

// known notes that everything recorded by the end of a day lies up to a position.
func (f *indicatorFold) known(day japan.Date, position int64, b *Batch) {
	if day != f.day {
		f.putDay(b)
		f.day, f.stored = day, false
	}
	f.last = position
}

func (f *indicatorFold) putDay(b *Batch) {
	switch {
	case f.day == 0:
	case f.stored:
		b.Do(dayMoves, f.last, int64(f.day))
	default:
		b.Add(indicatorDay).Int(int64(f.day), f.last)
		f.stored = true
	}
}

func (f *indicatorFold) Finish(b *Batch) {
	f.putDay(b)
	for i := range f.open {
		p := &f.open[i]
		b.Add(indicatorRow).Text(p.row.Entity, memberText(p.row)).Int(p.id, numberOf(families, p.row.Family), p.shape, p.person,
			int64(p.row.From), int64(p.row.To), int64(p.row.Categories), int64(p.row.FirstOn), int64(p.row.Gone), int64(p.row.Amount),
			int64(p.row.Position), p.added, p.why, p.removed, p.removedWhy)
	}
	clear(f.open)
	f.open = f.open[:0]
	clear(f.byKey)
}

// memberText says the member shortly: = is the entity, ~ the person.
func memberText(r indicator.Row) string {
	switch r.Member {
	case r.Entity:
		return "="
	case r.Person:
		return "~"
	}
	return r.Member
}

func (f *indicatorFold) shape(s shape, b *Batch) int64 {
	no, ok := f.shapes[s]
	if !ok {
		no = int64(len(f.shapes) + 1)
		f.shapes[s] = no
		b.Add(indicatorShape).Int(no, int64(s.params), bit(s.first), bit(s.anonymous), bit(s.outreach), bit(s.overridden)).
			Text(string(s.family), string(s.level), s.desk, s.controller, s.kind, s.channel, s.clause,
				s.atDesk, s.atControl, s.grade, s.turn, s.place, s.ageBand, s.route)
	}
	return no
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (f *indicatorFold) name(name string, b *Batch) int64 {
	if name == "" {
		return 0
	}
	no, ok := f.names[name]
	if !ok {
		no = int64(len(f.names) + 1)
		f.names[name] = no
		b.Add(indicatorName).Int(no).Text(name)
	}
	return no
}
