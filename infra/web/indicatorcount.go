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
	total   map[string]indicator.Figure   // of the year shown
	before  map[string]indicator.Figure   // of the year compared, to the same day
	prior   map[string][]indicator.Figure // the twelve months of the year compared
	drill   indicator.Figure
	drillOf indicator.Question
	goal    goal
	hasGoal bool
	stated  map[string]statement
	recount map[string]int // the stated figures counted again as they were known then
}

// asked remembers which answer belongs where.
type asked struct {
	questions []indicator.Question
	put       []func(indicator.Figure)
}

func (a *asked) ask(q indicator.Question, put func(indicator.Figure)) {
	a.questions, a.put = append(a.questions, q), append(a.put, put)
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
	c := &counted{defs: map[string]indicator.Definition{}, total: map[string]indicator.Figure{}, before: map[string]indicator.Figure{},
		prior: map[string][]indicator.Figure{}, recount: map[string]int{}}
	sheets, err := s.sheetFiles(r.Context(), v)
	if err != nil {
		return nil, err
	}
	c.stated = statements(q.book, sheets, q.year)
	c.goal, c.hasGoal = goalOf(sheets, q.year, "K1")
	var a asked
	for _, id := range append([]string{"U0", "U1", q.of}, tabled...) {
		def, ok := s.definition(q, id)
		if !ok || c.defs[id].Indicator != "" {
			continue
		}
		c.defs[id] = def
		c.askYear(&a, q, id, def)
	}
	figures, err := s.config.Figures.Figures(r.Context(), q.known, cmp.Or(q.day, s.today()), a.questions...)
	if err != nil {
		return nil, missing(err)
	}
	for i, f := range figures {
		a.put[i](f)
	}
	return c, s.recountStated(r, q, c)
}

// askYear asks for an indicator's totals and months of both years.
func (c *counted) askYear(a *asked, q *question, id string, def indicator.Definition) {
	scope := q.scope
	if id == "U0" || id == "U1" {
		scope = controllerOf(q.scope)
	}
	ask := func(p japan.Period, put func(indicator.Figure)) {
		a.ask(indicator.Question{Definition: def, Scope: scope, Period: p}, put)
	}
	ask(q.period(q.year), func(f indicator.Figure) { c.total[id] = f })
	ask(q.period(q.compare), func(f indicator.Figure) { c.before[id] = f })
	if id == cmp.Or(q.of, "C1") {
		p := q.period(q.year)
		if q.month != 0 {
			p = japan.Period{From: q.month, To: min(q.month.MonthLast(), p.To)}
		}
		c.drillOf = indicator.Question{Definition: def, Scope: scope, Period: p}
		ask(p, func(f indicator.Figure) { c.drill = f })
	}
	if !slices.Contains(tabled, id) {
		return
	}
	for m := range 12 {
		first := q.compare.First().AddMonths(m)
		ask(japan.Period{From: first, To: first.MonthLast()}, func(f indicator.Figure) { c.prior[id] = append(c.prior[id], f) })
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
// records there were when it was stated.
func (s *Site) recountStated(r *http.Request, q *question, c *counted) error {
	for id, st := range c.stated {
		def, ok := q.book.InForce(id, q.year.First())
		if !ok {
			continue
		}
		f, err := s.config.Figures.Figure(r.Context(), indicator.Question{Definition: def, Scope: q.scope, Period: q.year.Until(st.until)}, st.entry.Position, japan.DateOf(st.entry.RecordedAt))
		if err != nil {
			return missing(err)
		}
		c.recount[id] = f.Value
	}
	return nil
}

func (c *counted) empty() bool {
	for _, id := range tabled {
		f := c.total[id]
		if f.Value > 0 || len(f.NearMisses) > 0 {
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
