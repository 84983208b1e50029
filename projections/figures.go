package projections

import (
	"context"
	"errors"
	"slices"
	"time"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// anyFamily asks for the rows of all families.
const anyFamily = indicator.Family("")

var errNoRows = errors.New("no rows are kept for these parameters")

// RowsAt answers the rows of a family ("" is all) that hold at a known position
// and touch the period, in order of the log. Rows of universes and agreements
// that began before the period are among them.
func (x *Indicators) RowsAt(ctx context.Context, known uint64, rule indicator.Params, family indicator.Family, period japan.Period) ([]indicator.Row, error) {
	c, params, known, err := x.under(ctx, rule, known)
	if err != nil {
		return nil, err
	}
	var out []indicator.Row
	for i, f := range families[1:] {
		if family != anyFamily && f != family {
			continue
		}
		rows := c.at(known, params, i+1, standing(f, period))
		if family != anyFamily {
			return rows, nil
		}
		out = append(out, rows...)
	}
	slices.SortFunc(out, inLogOrder)
	return out, nil
}

// standing widens a period for what is counted at its end, whenever it began.
func standing(f indicator.Family, p japan.Period) japan.Period {
	if f == indicator.Universes || f == indicator.Agreements {
		p.From = 0
	}
	return p
}

// under answers the rows made under some parameters, their number there, and how
// much of them is committed. Rows that the tables do not keep are made from the log.
func (x *Indicators) under(ctx context.Context, rule indicator.Params, known uint64) (*columns, int, uint64, error) {
	c, known, err := x.counted(ctx, known)
	params := slices.Index(x.params, rule)
	if err != nil || params >= 0 {
		return c, params, known, err
	}
	if x.Log == nil {
		return nil, 0, 0, errNoRows
	}
	c, err = x.trials.of(ctx, x.Life, x.Log, rule, known)
	return c, 0, known, err
}

// readIn is how long a question waits after a start until the rows were read.
const readIn = 5 * time.Second

// counted answers the rows in memory and how much of them is committed. After a
// start it waits a while until they were read, then says that they are not built.
func (x *Indicators) counted(ctx context.Context, known uint64) (*columns, uint64, error) {
	for late := time.Now().Add(readIn); ; {
		if err := x.ready(); err != nil {
			return nil, 0, err
		}
		if c := x.columns.Load(); c != nil {
			return c, min(known, x.state.Load().Position), nil
		}
		if time.Now().After(late) {
			return nil, 0, &NotBuilt{Name: x.Name}
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return nil, 0, ctx.Err()
		}
	}
}

func inLogOrder(a, b indicator.Row) int {
	switch {
	case a.Position != b.Position:
		return int(int64(a.Position) - int64(b.Position))
	case a.Family != b.Family:
		return int(numberOf(families, a.Family) - numberOf(families, b.Family))
	case a.Entity < b.Entity:
		return -1
	case a.Entity > b.Entity:
		return 1
	}
	return int(len(a.Level)) - int(len(b.Level))
}

// PositionAt answers the position of the last event recorded by 24:00 of a day
// in Japan; 0 if there is none.
func (x *Indicators) PositionAt(ctx context.Context, day japan.Date) (uint64, error) {
	if err := x.ready(); err != nil {
		return 0, err
	}
	var position uint64
	err := x.query(ctx, `SELECT position FROM indicator_day WHERE day <= $1 ORDER BY day DESC LIMIT 1`,
		func(scan func(...any) error) error { return scan(&position) }, int64(day))
	return position, err
}

// Days answers the first and the last day on which something was recorded, and
// the last position; zero for an empty log.
func (x *Indicators) Days(ctx context.Context) (first, last japan.Date, position uint64, err error) {
	if err := x.ready(); err != nil {
		return 0, 0, 0, err
	}
	err = x.query(ctx, `SELECT COALESCE(MIN(day), 0), COALESCE(MAX(day), 0), COALESCE(MAX(position), 0) FROM indicator_day`,
		func(scan func(...any) error) error { return scan(&first, &last, &position) })
	return first, last, position, err
}

// Steps answers how the rows of a family that touch a period changed between two
// known positions, in order of the log, removals before additions.
func (x *Indicators) Steps(ctx context.Context, from, to uint64, rule indicator.Params, family indicator.Family, period japan.Period) ([]indicator.Step, error) {
	c, params, to, err := x.under(ctx, rule, to)
	if err != nil {
		return nil, err
	}
	return c.steps(from, to, params, int(numberOf(families, family)), standing(family, period)), nil
}

// Of answers the rows that an event reported under some parameters, as they hold at
// a known position: which figures it counts in.
func (x *Indicators) Of(ctx context.Context, rule indicator.Params, event, known uint64) ([]indicator.Row, error) {
	return x.OfEvents(ctx, rule, []uint64{event}, known)
}

// OfEvents answers the rows that any of the events reported, as they hold at a
// known position, in order of the log.
func (x *Indicators) OfEvents(ctx context.Context, rule indicator.Params, events []uint64, known uint64) ([]indicator.Row, error) {
	c, params, known, err := x.under(ctx, rule, known)
	if err != nil {
		return nil, err
	}
	out := c.of(events, known, params)
	slices.SortFunc(out, inLogOrder)
	return out, nil
}
