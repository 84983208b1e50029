package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

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
	if err := x.ready(); err != nil {
		return nil, err
	}
	params := slices.Index(x.params, rule)
	if params < 0 {
		return nil, errNoRows
	}
	names, err := x.shapes(ctx)
	if err != nil {
		return nil, err
	}
	var out []indicator.Row
	read := func(family int64, from japan.Date) error {
		return x.query(ctx, `SELECT r.shape, r.entity, r.member, COALESCE(n.name, ''), r.from_on, r.to_on, r.categories, r.first_on, r.gone, r.amount, r.position
			FROM indicator_row r LEFT JOIN indicator_name n ON n.no = r.person
			WHERE r.family = $1 AND r.from_on <= $2 AND r.to_on >= $3 AND r.added <= $4 AND (r.removed = 0 OR r.removed > $4)`,
			func(scan func(...any) error) error {
				row, of, err := scanRow(scan, names)
				if err == nil && of == params {
					out = append(out, row)
				}
				return err
			}, family, int64(period.To), int64(from), int64(known))
	}
	for i, f := range families[1:] {
		if family != anyFamily && f != family {
			continue
		}
		from := period.From
		if f == indicator.Universes || f == indicator.Agreements {
			from = 0
		}
		if err := read(int64(i+1), from); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, inLogOrder)
	return out, nil
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

// scanRow reads one row and the number of the params it was made under.
func scanRow(scan func(...any) error, shapes map[int64]shape) (indicator.Row, int, error) {
	var r indicator.Row
	var no int64
	err := scan(&no, &r.Entity, &r.Member, &r.Person, &r.From, &r.To, &r.Categories, &r.FirstOn, &r.Gone, &r.Amount, &r.Position)
	s, ok := shapes[no]
	if err == nil && !ok {
		err = fmt.Errorf("indicator row of unknown shape %d", no)
	}
	switch r.Member {
	case "=":
		r.Member = r.Entity
	case "~":
		r.Member = r.Person
	}
	r.Family, r.Level, r.Desk, r.Controller, r.Kind, r.Channel = s.family, s.level, s.desk, s.controller, s.kind, s.channel
	r.Clause, r.First, r.AtDesk, r.AtControl, r.Grade, r.Turn = s.clause, s.first, s.atDesk, s.atControl, s.grade, s.turn
	r.Place, r.AgeBand, r.Route = s.place, s.ageBand, s.route
	r.Anonymous, r.Outreach, r.Overridden = s.anonymous, s.outreach, s.overridden
	return r, s.params, err
}

// shapes are read again for every question: they are few, and a rebuild may
// have numbered them anew.
func (x *Indicators) shapes(ctx context.Context) (map[int64]shape, error) {
	return loadShapes(ctx, x.query)
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

// Figures answers several questions as known at one position, reading rows that
// they share only once: a page of tiles, or the months of a year.
func (x *Indicators) Figures(ctx context.Context, known uint64, today japan.Date, questions ...indicator.Question) ([]indicator.Figure, error) {
	sources := map[source]*rowSource{}
	for _, q := range questions {
		for _, family := range neededFor(q) {
			s := sources[source{q.Definition.Params(), family}]
			if s == nil {
				s = &rowSource{period: q.Period}
				sources[source{q.Definition.Params(), family}] = s
			}
			s.period.From, s.period.To = min(s.period.From, q.Period.From), max(s.period.To, q.Period.To)
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
		var rows []indicator.Row
		for _, family := range neededFor(q) {
			rows = append(rows, sources[source{q.Definition.Params(), family}].rows...)
		}
		out[i] = indicator.Answer(rows, q, today)
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
	var periods []japan.Period
	for from := q.Period.From; from <= q.Period.To; from = from.MonthLast().Add(1) {
		p := japan.Period{From: from, To: min(from.MonthLast(), q.Period.To)}
		if periods = append(periods, p); cumulative {
			p.From = q.Period.From
		}
		questions = append(questions, indicator.Question{Definition: q.Definition, Scope: q.Scope, Period: p})
	}
	figures, err := x.Figures(ctx, known, today, questions...)
	return figures, periods, err
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

// Steps answers how the rows of a family changed between two known positions,
// in order of the log, removals before additions.
func (x *Indicators) Steps(ctx context.Context, from, to uint64, rule indicator.Params, family indicator.Family) ([]indicator.Step, error) {
	if err := x.ready(); err != nil {
		return nil, err
	}
	params := slices.Index(x.params, rule)
	if params < 0 {
		return nil, errNoRows
	}
	names, err := x.shapes(ctx)
	if err != nil {
		return nil, err
	}
	var out []indicator.Step
	// The plus keeps SQLite from reading a whole family through its index.
	read := func(removed bool, at, why, where string, args ...any) error {
		return x.query(ctx, `SELECT r.shape, r.entity, r.member, COALESCE(n.name, ''), r.from_on, r.to_on, r.categories, r.first_on, r.gone, r.amount, r.position,
			r.`+at+`, r.`+why+` FROM indicator_row r LEFT JOIN indicator_name n ON n.no = r.person
			WHERE +r.family = $1 AND `+where+` ORDER BY r.id`, func(scan func(...any) error) error {
			s := indicator.Step{Change: indicator.Change{Removed: removed}}
			var reason, of int
			var err error
			s.Row, of, err = scanRow(func(to ...any) error { return scan(append(to, &s.At, &reason)...) }, names)
			if s.Why = reasons[reason]; err == nil && of == params {
				out = append(out, s)
			}
			return err
		}, append([]any{numberOf(families, family)}, args...)...)
	}
	if err := read(true, "removed", "removed_why", "r.removed > 0 AND r.removed > $2 AND r.removed <= $3", int64(from), int64(to)); err != nil {
		return nil, err
	}
	first, err := x.addedAfter(ctx, from)
	if err != nil {
		return nil, err
	}
	next, err := x.addedAfter(ctx, to)
	if err != nil {
		return nil, err
	}
	if err := read(false, "added", "why", "r.id >= $2 AND r.id < $3", first, next); err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b indicator.Step) int { return int(int64(a.At) - int64(b.At)) })
	return out, nil
}

// addedAfter is the id of the first row that was added after a position. Ids
// ascend with it and have no gap, so it is found without an index.
func (x *Indicators) addedAfter(ctx context.Context, position uint64) (int64, error) {
	one := func(query string, args ...any) (n int64, err error) {
		err = x.query(ctx, query, func(scan func(...any) error) error { return scan(&n) }, args...)
		return n, err
	}
	last, err := one("SELECT COALESCE(MAX(id), 0) FROM indicator_row")
	if err != nil {
		return 0, err
	}
	found := sort.Search(int(last), func(i int) bool {
		added, fault := one("SELECT added FROM indicator_row WHERE id = $1", int64(i+1))
		err = errors.Join(err, fault)
		return uint64(added) > position
	})
	return int64(found) + 1, err
}

// Of answers the rows that an event reported, as they hold at a known position:
// which figures it counts in.
func (x *Indicators) Of(ctx context.Context, event, known uint64) ([]indicator.Row, error) {
	return x.OfEvents(ctx, []uint64{event}, known)
}

func (x *Indicators) rowsWhere(ctx context.Context, where string, known uint64, args ...any) ([]indicator.Row, error) {
	if err := x.ready(); err != nil {
		return nil, err
	}
	names, err := x.shapes(ctx)
	if err != nil {
		return nil, err
	}
	var out []indicator.Row
	err = x.query(ctx, `SELECT r.shape, r.entity, r.member, COALESCE(n.name, ''), r.from_on, r.to_on, r.categories, r.first_on, r.gone, r.amount, r.position
		FROM indicator_row r LEFT JOIN indicator_name n ON n.no = r.person
		WHERE r.added <= $1 AND (r.removed = 0 OR r.removed > $1) AND `+where, func(scan func(...any) error) error {
		row, of, err := scanRow(scan, names)
		if err == nil && of == 0 {
			out = append(out, row)
		}
		return err
	}, append([]any{int64(known)}, args...)...)
	slices.SortFunc(out, inLogOrder)
	return out, err
}
