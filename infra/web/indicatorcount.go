package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// counted is every figure of the page, asked in one go.
type counted struct {
	defs    map[string]indicator.Definition
	total   map[string]*indicator.Lists   // of the year shown
	before  map[string]indicator.Result   // of the year compared, to the same day
	prior   map[string][]indicator.Result // the twelve months of the year compared
	drill   *indicator.Lists
	drillOf indicator.Question
	goal    goal
	hasGoal bool
	stated  map[string]statement
	recount map[string]int // the stated figures counted again as they were known then
}

// asked remembers which answer belongs where.
type asked[T any] struct {
	questions []indicator.Question
	put       []func(T)
}

func (a *asked[T]) ask(q indicator.Question, put func(T)) {
	a.questions, a.put = append(a.questions, q), append(a.put, put)
}

func (a *asked[T]) answer(ctx context.Context, known uint64, from func(context.Context, uint64, ...indicator.Question) ([]T, error)) error {
	answers, err := from(ctx, known, a.questions...)
	for i, answer := range answers {
		a.put[i](answer)
	}
	return missing(err)
}

// definition is the version asked for, else the one in force in the year.
func (s *Site) definition(q *question, id string) (indicator.Definition, bool) {
	book := q.book
	if id == "U0" || id == "U1" {
		book = q.whole
	}
	if d, ok := book.Named(id, q.version); ok {
		return d, true
	}
	return book.InForce(id, q.year.First())
}

func (s *Site) countAll(r *http.Request, v Visitor, q *question) (*counted, error) {
	c := &counted{defs: map[string]indicator.Definition{}, total: map[string]*indicator.Lists{}, before: map[string]indicator.Result{},
		prior: map[string][]indicator.Result{}, recount: map[string]int{}}
	sheets, err := s.sheetFiles(r.Context(), v)
	if err != nil {
		return nil, err
	}
	c.stated = statements(q.book, sheets, q.year)
	c.goal, c.hasGoal = goalOf(sheets, q.year, "K1")
	var lists asked[*indicator.Lists]
	var values asked[indicator.Result]
	for _, id := range append([]string{"U0", "U1", q.of}, tabled...) {
		def, ok := s.definition(q, id)
		if !ok || c.defs[id].Indicator != "" {
			continue
		}
		c.defs[id] = def
		c.askYear(&lists, &values, q, id, def)
	}
	if err := lists.answer(r.Context(), q.known, s.config.Figures.Lists); err != nil {
		return nil, err
	}
	if err := values.answer(r.Context(), q.known, s.config.Figures.Values); err != nil {
		return nil, err
	}
	return c, s.recountStated(r, q, c)
}

// askYear asks for an indicator's totals and months of both years.
func (c *counted) askYear(lists *asked[*indicator.Lists], values *asked[indicator.Result], q *question, id string, def indicator.Definition) {
	scope := q.scope
	if id == "U0" || id == "U1" {
		scope = controllerOf(q.scope)
	}
	of := func(p japan.Period) indicator.Question {
		return indicator.Question{Definition: def, Scope: scope, Period: p}
	}
	lists.ask(of(q.period(q.year)), func(l *indicator.Lists) { c.total[id] = l })
	values.ask(of(q.period(q.compare)), func(r indicator.Result) { c.before[id] = r })
	if id == cmp.Or(q.of, "C1") {
		p := q.period(q.year)
		if q.month != 0 {
			p = japan.Period{From: q.month, To: min(q.month.MonthLast(), p.To)}
		}
		c.drillOf = of(p)
		lists.ask(c.drillOf, func(l *indicator.Lists) { c.drill = l })
	}
	if !slices.Contains(tabled, id) {
		return
	}
	for m := range 12 {
		first := q.compare.First().AddMonths(m)
		values.ask(of(japan.Period{From: first, To: first.MonthLast()}), func(r indicator.Result) { c.prior[id] = append(c.prior[id], r) })
	}
}

// controllerOf is the scope of what belongs to a prefecture as a whole.
func controllerOf(scope string) string {
	if scope == "D-OKY" || scope == "33" {
		return "33"
	}
	return "31"
}

// recountStated counts every stated figure again, to its own day, with the
// records and by the rule there were when it was stated.
func (s *Site) recountStated(r *http.Request, q *question, c *counted) error {
	for id, st := range c.stated {
		book, err := s.bookAt(r.Context(), q.scope, st.entry.Position)
		if err != nil {
			return err
		}
		def, ok := book.InForce(id, q.year.First())
		if !ok {
			continue
		}
		f, err := s.config.Figures.Value(r.Context(), indicator.Question{Definition: def, Scope: q.scope, Period: q.year.Until(st.until)}, st.entry.Position)
		if err != nil {
			return missing(err)
		}
		c.recount[id] = f.Value
	}
	return nil
}

// value is a total, 0 where the indicator is not defined.
func (c *counted) value(id string) int {
	if l := c.total[id]; l != nil {
		return l.Value
	}
	return 0
}

func (c *counted) empty() bool {
	for _, id := range tabled {
		if l := c.total[id]; l != nil && (l.Value > 0 || l.NearMissCount() > 0) {
			return false
		}
	}
	return true
}

// book answers the definitions that count at a scope, as approved by now.
func (s *Site) book(ctx context.Context, scope string) (*indicator.Book, error) {
	book, err := s.config.Definitions.Book(ctx, scope)
	return book, missing(err)
}

// bookAt answers the definitions that count at a scope, as approved at a position.
func (s *Site) bookAt(ctx context.Context, scope string, position uint64) (*indicator.Book, error) {
	book, err := s.config.Definitions.BookAt(ctx, scope, position)
	return book, missing(err)
}
