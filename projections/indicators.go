package projections

import (
	"context"
	"fmt"
	"sync/atomic"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Indicators is the read model of counting: every row of the indicator package
// with the positions at which it began and ceased to hold. The tables are read at
// the start only: figures are counted from the same rows in memory, at any known
// position, and equal indicator.Measure.
type Indicators struct {
	*Projection
	// Log is where rows are made from for definitions that have none in the tables;
	// nil: they are refused.
	Log Feed
	// Life is how long rows are made from the log in the background, whoever asked;
	// nil: in the asker's own time.
	Life context.Context

	params  []indicator.Params
	columns atomic.Pointer[columns]
	trials  trials
}

// The tables of Indicators, by number.
const (
	indicatorRun = iota
	indicatorEnd
	indicatorShape
	indicatorName
	indicatorDay
)

const dayMoves = 0

// NewIndicators is the read model of counting, for definitions whose rows are
// made under one of the params; none means indicator.Usual.
func NewIndicators(params ...indicator.Params) *Indicators {
	if len(params) == 0 {
		params = []indicator.Params{indicator.Usual()}
	}
	x := &Indicators{params: params}
	x.Projection = &Projection{
		Name: "indicators", Version: 6,
		New: func() Fold { return newIndicatorFold(params, func(c *columns) { x.columns.Store(c) }) },
		Tables: []Table{
			indicatorRun: {Name: "indicator_run", Columns: []string{"first INTEGER PRIMARY KEY", "sum BIGINT NOT NULL", "packed BYTEA NOT NULL"}},
			indicatorEnd: {Name: "indicator_end", Columns: []string{"id INTEGER NOT NULL", "position INTEGER NOT NULL", "why INTEGER NOT NULL"}},
			indicatorShape: {Name: "indicator_shape", Columns: []string{
				"no INTEGER PRIMARY KEY", "params INTEGER NOT NULL", "family TEXT NOT NULL", "level TEXT NOT NULL",
				"desk TEXT NOT NULL", "controller TEXT NOT NULL", "kind TEXT NOT NULL", "channel TEXT NOT NULL",
				"clause TEXT NOT NULL", "first INTEGER NOT NULL", "at_desk TEXT NOT NULL", "at_control TEXT NOT NULL",
				"grade TEXT NOT NULL", "turn TEXT NOT NULL", "place TEXT NOT NULL", "age_band TEXT NOT NULL",
				"route TEXT NOT NULL", "hours TEXT NOT NULL", "anonymous INTEGER NOT NULL", "outreach INTEGER NOT NULL",
				"overridden INTEGER NOT NULL", "erased INTEGER NOT NULL"}},
			indicatorName: {Name: "indicator_name", Columns: []string{"no INTEGER PRIMARY KEY", "name TEXT NOT NULL"}},
			indicatorDay:  {Name: "indicator_day", Columns: []string{"day INTEGER PRIMARY KEY", "position INTEGER NOT NULL"}},
		},
		Statements: []string{
			dayMoves: `UPDATE indicator_day SET position = $1 WHERE day = $2`,
		},
	}
	return x
}

// shape is everything of a row that many rows share.
type shape struct {
	params                          int
	family                          indicator.Family
	level                           indicator.Level
	desk, controller, kind, channel string
	clause, atDesk, atControl       string
	grade, turn, place, ageBand     string
	route, hours                    string
	first, anonymous, outreach      bool
	overridden, erased              bool
}

func shapeOf(params int, r indicator.Row) shape {
	return shape{
		params: params, family: r.Family, level: r.Level, desk: r.Desk, controller: r.Controller, kind: r.Kind, channel: r.Channel,
		clause: r.Clause, atDesk: r.AtDesk, atControl: r.AtControl, grade: r.Grade, turn: r.Turn, place: r.Place,
		ageBand: r.AgeBand, route: r.Route, hours: r.Hours, first: r.First, anonymous: r.Anonymous, outreach: r.Outreach,
		overridden: r.Overridden, erased: r.Erased,
	}
}

// row is what the shape says of a row.
func (s *shape) row() indicator.Row {
	return indicator.Row{
		Family: s.family, Desk: s.desk, Controller: s.controller, Kind: s.kind, Channel: s.channel,
		Hours: s.hours, Anonymous: s.anonymous, Outreach: s.outreach, Overridden: s.overridden, Erased: s.erased, Clause: s.clause, Level: s.level,
		First: s.first, AtDesk: s.atDesk, AtControl: s.atControl, Grade: s.grade, Turn: s.turn,
		Place: s.place, AgeBand: s.ageBand, Route: s.route,
	}
}

// families and reasons by their numbers in the tables; the order is kept for ever.
var families = []indicator.Family{
	"", indicator.Sessions, indicator.Firsts, indicator.Outcomes, indicator.Households, indicator.Cases,
	indicator.Assists, indicator.Receptions, indicator.Heads, indicator.Universes, indicator.Agreements,
	indicator.Referrals, indicator.Waits,
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

// indicatorFold keeps the counting state in memory, and the rows, which it writes
// to the tables as they come and cease.
type indicatorFold struct {
	params  []indicator.Params
	state   *indicator.State
	columns *columns
	answers func(*columns) // called when the tables begin to answer
	shapes  map[shape]int64
	names   domain.ByID[int64]
	written int    // rows that lie in the table or in a batch that is closed
	packed  []byte // reused
	day     japan.Date
	stored  bool // the newest day lies in the table
	last    int64
}

func newIndicatorFold(params []indicator.Params, answers func(*columns)) *indicatorFold {
	return &indicatorFold{
		params: params, state: indicator.NewState(), columns: newColumns(), answers: answers,
		shapes: map[shape]int64{},
	}
}

// Answers lets pages count from the rows.
func (f *indicatorFold) Answers() { f.answers(f.columns) }

func (f *indicatorFold) Load(ctx context.Context, t Tables, _ uint64) (uint64, error) {
	if err := f.columns.load(ctx, t); err != nil {
		return 0, err
	}
	for i, s := range f.columns.shapes {
		f.shapes[s] = int64(i + 1)
	}
	for i, name := range f.columns.names {
		f.names.Put([]byte(name), int64(i+1))
	}
	f.written = f.columns.rows.n
	return 0, t.Query(ctx, "SELECT day, position FROM indicator_day ORDER BY day DESC LIMIT 1", func(scan func(...any) error) error {
		f.stored = true
		return scan(&f.day, &f.last)
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
	shape := f.shape(shapeOf(params, c.Row), b)
	if !c.Removed {
		f.columns.add(cell{
			person: int32(f.name(c.Row.Person, b)), shape: int32(shape),
			family: uint8(numberOf(families, c.Row.Family)), from: int32(c.Row.From), to: int32(c.Row.To),
			categories: c.Row.Categories, firstOn: int32(c.Row.FirstOn), gone: int32(c.Row.Gone), amount: int32(c.Row.Amount),
			position: uint32(c.Row.Position), added: uint32(position), why: uint8(why),
		}, c.Row.Entity, memberText(c.Row))
		return nil
	}
	id := f.columns.holding(c.Row.Position, shape, c.Row.Entity)
	if id == 0 {
		return fmt.Errorf("position %d: a row ends that does not hold: %s %s", position, c.Row.Family, c.Row.Entity)
	}
	f.columns.end(id, position, why)
	b.Add(indicatorEnd).Int(id, int64(position), why)
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
	f.packed = f.columns.putRows(b, f.written, f.packed[:0])
	f.written = f.columns.rows.n
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
		f.columns.addShape(s)
		b.Add(indicatorShape).Int(no, int64(s.params), bit(s.first), bit(s.anonymous), bit(s.outreach), bit(s.overridden), bit(s.erased)).
			Text(string(s.family), string(s.level), s.desk, s.controller, s.kind, s.channel, s.clause,
				s.atDesk, s.atControl, s.grade, s.turn, s.place, s.ageBand, s.route, s.hours)
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
	no, ok := f.names.Get([]byte(name))
	if !ok {
		no = int64(f.names.Len() + 1)
		f.names.Put([]byte(name), no)
		f.columns.addName(name)
		b.Add(indicatorName).Int(no).Text(name)
	}
	return no
}
