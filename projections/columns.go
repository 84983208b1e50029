package projections

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// columns hold every row of counting in memory, as the tables have them: figures
// are counted from here. The fold writes ahead of the tables; since every row
// says at which position it began and ceased to hold, a reader that asks for a
// committed position does not see that.
type columns struct {
	mu     sync.RWMutex
	shapes []shape  // by number, from 1
	names  []string // by number, from 1
	rows   cells    // by id, from 1: in order of adding
	texts  texts
	family []spans
	late   map[uint64][]int32 // rows by the event they came from, if added by a later one
	moulds sync.Pool          // of rows by shape, so that looking through many writes little
}

func newColumns() *columns {
	return &columns{family: make([]spans, len(families)), late: map[uint64][]int32{}}
}

// add appends a row of an entity and a member.
func (c *columns) add(x cell, entity, member string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	x.entity, x.member = c.texts.keep(entity), c.texts.keep(member)
	i := int32(c.rows.add(x))
	c.family[x.family].add(i, x.from, x.to)
	if x.position != x.added {
		c.late[uint64(x.position)] = append(c.late[uint64(x.position)], i)
	}
}

// holding finds the row of a shape and entity that came from an event and holds;
// 0 if there is none. Only the fold asks.
func (c *columns) holding(position uint64, shape int64, entity string) int64 {
	found := int64(0)
	c.from(position, func(i int32) {
		if x := c.rows.at(i); x.removed == 0 && x.shape == int32(shape) && c.texts.of(x.entity) == entity {
			found = int64(i) + 1
		}
	})
	return found
}

// from calls for every row that came from an event.
func (c *columns) from(position uint64, each func(i int32)) {
	at := uint32(position)
	first := sort.Search(c.rows.n, func(i int) bool { return c.rows.at(int32(i)).added >= at })
	for i := int32(first); i < int32(c.rows.n) && c.rows.at(i).added == at; i++ {
		if c.rows.at(i).position == at {
			each(i)
		}
	}
	for _, i := range c.late[position] {
		each(i)
	}
}

// end notes that a row ceased to hold.
func (c *columns) end(id int64, position uint64, why int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	x := c.rows.at(int32(id - 1))
	x.removed, x.removedWhy = uint32(position), uint8(why)
}

func (c *columns) addShape(s shape) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shapes = append(c.shapes, s)
}

func (c *columns) addName(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names = append(c.names, name)
}

// at answers the rows of a family that hold at a position and touch a period, in
// order of the log.
func (c *columns) at(known uint64, params int, family int, period japan.Period) []indicator.Row {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var found []int32
	for i := range c.family[family].touching(period) {
		if x := c.rows.at(i); x.holdsAt(known) && c.shapes[x.shape-1].params == params {
			found = append(found, i)
		}
	}
	slices.SortFunc(found, func(a, b int32) int { // nearly sorted already
		x, y := c.rows.at(a), c.rows.at(b)
		if x.position != y.position {
			return cmp.Compare(x.position, y.position)
		}
		return cmp.Or(strings.Compare(c.texts.of(x.entity), c.texts.of(y.entity)), len(c.shapes[x.shape-1].level)-len(c.shapes[y.shape-1].level))
	})
	out := make([]indicator.Row, len(found))
	for n, i := range found {
		c.row(c.rows.at(i), &out[n])
	}
	return out
}

// each yields every row that at would answer, in no order, with the number to read
// it by; the row is used again.
func (c *columns) each(known uint64, params int, family int, period japan.Period) iter.Seq2[int32, *indicator.Row] {
	return func(yield func(int32, *indicator.Row) bool) {
		moulds, _ := c.moulds.Get().(*[]indicator.Row)
		if moulds == nil {
			moulds = new([]indicator.Row)
		}
		defer c.moulds.Put(moulds)
		c.mu.RLock()
		defer c.mu.RUnlock()
		for i := len(*moulds); i < len(c.shapes); i++ {
			*moulds = append(*moulds, c.shapes[i].row())
		}
		for i := range c.family[family].touching(period) {
			if x := c.rows.at(i); x.holdsAt(known) && c.shapes[x.shape-1].params == params {
				r := &(*moulds)[x.shape-1]
				if c.fill(x, r); !yield(i, r) {
					return
				}
			}
		}
	}
}

// read spells out the row of a number.
func (c *columns) read(no int32, into *indicator.Row) *indicator.Row {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.row(c.rows.at(no), into)
	return into
}

// of answers the rows that came from some events and hold at a position.
func (c *columns) of(events []uint64, known uint64, params int) []indicator.Row {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var out []indicator.Row
	for _, e := range events {
		c.from(e, func(i int32) {
			if x := c.rows.at(i); x.holdsAt(known) && c.shapes[x.shape-1].params == params {
				out = append(out, indicator.Row{})
				c.row(x, &out[len(out)-1])
			}
		})
	}
	return out
}

// steps answers how the rows of a family that touch a period changed between two
// positions, in order of the log, removals before additions.
func (c *columns) steps(from, to uint64, params int, family int, period japan.Period) []indicator.Step {
	c.mu.RLock()
	defer c.mu.RUnlock()
	type change struct {
		at, row int32
		added   bool
	}
	var found []change
	within := func(at uint32) bool { return uint64(at) > from && uint64(at) <= to }
	for i := range c.family[family].touching(period) {
		x := c.rows.at(i)
		if c.shapes[x.shape-1].params != params {
			continue
		}
		if within(x.removed) {
			found = append(found, change{int32(x.removed), i, false})
		}
		if within(x.added) {
			found = append(found, change{int32(x.added), i, true})
		}
	}
	slices.SortFunc(found, func(a, b change) int {
		switch {
		case a.at != b.at:
			return cmp.Compare(uint32(a.at), uint32(b.at))
		case a.added != b.added:
			return map[bool]int{true: 1, false: -1}[a.added]
		}
		return cmp.Compare(a.row, b.row)
	})
	out := make([]indicator.Step, len(found))
	for n, f := range found {
		x, why := c.rows.at(f.row), c.rows.at(f.row).why
		if !f.added {
			why = x.removedWhy
		}
		out[n].At, out[n].Removed, out[n].Why = uint64(uint32(f.at)), !f.added, reasons[why]
		c.row(x, &out[n].Row)
	}
	return out
}

// load reads the rows back from the tables.
func (c *columns) load(ctx context.Context, t Tables) error {
	err := t.Query(ctx, `SELECT params, family, level, desk, controller, kind, channel, clause, first, at_desk, at_control,
		grade, turn, place, age_band, route, hours, anonymous, outreach, overridden, erased FROM indicator_shape ORDER BY no`, func(scan func(...any) error) error {
		var s shape
		err := scan(&s.params, &s.family, &s.level, &s.desk, &s.controller, &s.kind, &s.channel, &s.clause, &s.first, &s.atDesk, &s.atControl,
			&s.grade, &s.turn, &s.place, &s.ageBand, &s.route, &s.hours, &s.anonymous, &s.outreach, &s.overridden, &s.erased)
		c.addShape(s)
		return err
	})
	if err != nil {
		return err
	}
	err = t.Query(ctx, "SELECT name FROM indicator_name ORDER BY no", func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		c.addName(name)
		return err
	})
	if err != nil {
		return err
	}
	return c.loadRows(ctx, t)
}

// row spells a cell out.
func (c *columns) row(x *cell, r *indicator.Row) {
	*r = c.shapes[x.shape-1].row()
	c.fill(x, r)
}

// fill puts in what the shape of a row does not say.
func (c *columns) fill(x *cell, r *indicator.Row) {
	r.Entity, r.Member, r.Person = c.texts.of(x.entity), c.texts.of(x.member), ""
	r.From, r.To, r.FirstOn, r.Gone = japan.Date(x.from), japan.Date(x.to), japan.Date(x.firstOn), japan.Date(x.gone)
	r.Categories, r.Amount, r.Position = x.categories, int(x.amount), uint64(x.position)
	if x.person > 0 {
		r.Person = c.names[x.person-1]
	}
	switch r.Member {
	case "=":
		r.Member = r.Entity
	case "~":
		r.Member = r.Person
	}
}
