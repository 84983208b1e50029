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

// Figure answers one question as known at a position. today is the day of that
// position; it only decides who is not yet observed for a year.
func (x *Indicators) Figure(ctx context.Context, q indicator.Question, known uint64, today japan.Date) (indicator.Figure, error) {
	f, err := x.Figures(ctx, known, today, q)
	if err != nil {
		return indicator.Figure{}, err
	}
	return f[0], nil
}

// Value answers the value of a figure alone, for tables of many.
func (x *Indicators) Value(ctx context.Context, q indicator.Question, known uint64) (indicator.Result, error) {
	counts := indicator.NewCounts(q)
	for _, side := range counts.Sides() {
		of := side.Question()
		c, params, known, err := x.under(ctx, of.Definition.Params(), known)
		if err != nil {
			return indicator.Result{}, err
		}
		family, _ := of.Definition.Family()
		c.each(known, params, int(numberOf(families, family)), standing(family, q.Period), side.Add)
	}
	return counts.Result(), nil
}

// Figures answers several questions as known at one position, reading rows that
// they share only once: a page of tiles, or the months of a year.
func (x *Indicators) Figures(ctx context.Context, known uint64, today japan.Date, questions ...indicator.Question) ([]indicator.Figure, error) {
	sources := map[source]*rowSource{}
	for _, q := range questions {
		for _, side := range q.Sides() {
			for _, family := range neededFor(side) {
				of := source{side.Definition.Params(), family}
				s := sources[of]
				if s == nil {
					s = &rowSource{period: q.Period}
					sources[of] = s
				}
				s.period.From, s.period.To = min(s.period.From, q.Period.From), max(s.period.To, q.Period.To)
			}
		}
	}
	for k, s := range sources {
		var err error
		if s.rows, err = x.cached(ctx, known, k, s.period); err != nil {
			return nil, err
		}
	}
	out := make([]indicator.Figure, len(questions))
	for i, q := range questions {
		var sides []indicator.Figure
		for _, side := range q.Sides() {
			var lists [][]indicator.Row
			for _, family := range neededFor(side) {
				lists = append(lists, sources[source{side.Definition.Params(), family}].rows)
			}
			sides = append(sides, indicator.AnswerOf(side, today, lists...))
		}
		if out[i] = sides[0]; len(sides) == 2 {
			out[i] = indicator.Share(q, sides[0], sides[1])
		}
	}
	return out, nil
}

// cached is RowsAt with a memory, for positions that the tables have reached.
func (x *Indicators) cached(ctx context.Context, known uint64, of source, period japan.Period) ([]indicator.Row, error) {
	built := x.built.Load()
	s := x.state.Load()
	if s == nil || s.State == Building {
		return x.RowsAt(ctx, known, of.params, of.family, period) // says that it is not built
	}
	reached := min(known, s.Position)
	if rows, ok := x.cache.find(built, of, reached, period); ok {
		return rows, nil
	}
	rows, err := x.RowsAt(ctx, reached, of.params, of.family, period)
	if err == nil {
		x.cache.keep(built, of, reached, period, rows)
	}
	return rows, err
}

type source struct {
	params indicator.Params
	family indicator.Family
}

type rowSource struct {
	period japan.Period
	rows   []indicator.Row
}

// neededFor are the families an answer looks at: its own, and outcomes for the
// mark 両方 beside it.
func neededFor(q indicator.Question) []indicator.Family {
	family, _ := q.Definition.Family()
	if family == indicator.Outcomes {
		return []indicator.Family{family}
	}
	return []indicator.Family{family, indicator.Outcomes}
}

// Months answers the question for each calendar month of its period, or, summed
// up, for each month's end from the period's first day.
func (x *Indicators) Months(ctx context.Context, q indicator.Question, known uint64, today japan.Date, cumulative bool) ([]indicator.Figure, []japan.Period, error) {
	var questions []indicator.Question
	periods := monthsOf(q.Period)
	for _, p := range periods {
		if cumulative {
			p.From = q.Period.From
		}
		questions = append(questions, indicator.Question{Definition: q.Definition, Scope: q.Scope, Period: p})
	}
	figures, err := x.Figures(ctx, known, today, questions...)
	return figures, periods, err
}

// monthsOf parts a period into calendar months, the last one cut at its end.
func monthsOf(of japan.Period) []japan.Period {
	var out []japan.Period
	for from := of.From; from <= of.To; from = from.MonthLast().Add(1) {
		out = append(out, japan.Period{From: from, To: min(from.MonthLast(), of.To)})
	}
	return out
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
