package projections

import (
	"context"
	"iter"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Figure answers one question as known at a position. today is the day of that
// position; it only decides who is not yet observed for a year.
func (x *Indicators) Figure(ctx context.Context, q indicator.Question, known uint64, today japan.Date) (indicator.Figure, error) {
	f, err := x.Figures(ctx, known, today, q)
	if err != nil {
		return indicator.Figure{}, err
	}
	return f[0], nil
}

// Figures answers several questions as known at one position, with every member
// and near miss spelled out: for files and proofs. Pages take Lists.
func (x *Indicators) Figures(ctx context.Context, known uint64, today japan.Date, questions ...indicator.Question) ([]indicator.Figure, error) {
	lists, err := x.Lists(ctx, known, questions...)
	if err != nil {
		return nil, err
	}
	out := make([]indicator.Figure, len(questions))
	for i, l := range lists {
		outcomes, err := x.outcomes(ctx, questions[i], known)
		if err != nil {
			return nil, err
		}
		out[i] = l.Figure(today, outcomes)
	}
	return out, nil
}

// Aside answers what is printed beside a figure.
func (x *Indicators) Aside(ctx context.Context, q indicator.Question, l *indicator.Lists, known uint64, today japan.Date) (indicator.Aside, error) {
	outcomes, err := x.outcomes(ctx, q, known)
	if err != nil {
		return indicator.Aside{}, err
	}
	return l.Aside(today, outcomes), nil
}

// outcomes are those a figure of outcomes looks at beside its members.
func (x *Indicators) outcomes(ctx context.Context, q indicator.Question, known uint64) (iter.Seq[*indicator.Row], error) {
	side := q.Sides()[0]
	if !side.TellsMoves() {
		return func(func(*indicator.Row) bool) {}, nil
	}
	c, params, known, err := x.under(ctx, side.Definition.Params(), known)
	return func(yield func(*indicator.Row) bool) {
		for _, r := range c.each(known, params, int(numberOf(families, indicator.Outcomes)), q.Period) {
			if !yield(r) {
				return
			}
		}
	}, err
}

// Lists answers several questions as known at one position. Rows that they share
// are looked at only once: those of a page of tiles.
func (x *Indicators) Lists(ctx context.Context, known uint64, questions ...indicator.Question) ([]*indicator.Lists, error) {
	sieves := make([][]*indicator.Sieve, len(questions))
	err := x.scan(ctx, known, questions, func(i int, side indicator.Question, c *columns) func(int32, *indicator.Row) {
		s := indicator.NewSieve(side, c.read)
		sieves[i] = append(sieves[i], s)
		return s.Add
	})
	if err != nil {
		return nil, err
	}
	out := make([]*indicator.Lists, len(questions))
	for i, sides := range sieves {
		if out[i] = sides[0].Lists(); len(sides) == 2 {
			out[i] = indicator.ShareLists(questions[i], out[i], sides[1].Lists())
		}
	}
	return out, nil
}

// Value answers the value of a figure alone.
func (x *Indicators) Value(ctx context.Context, q indicator.Question, known uint64) (indicator.Result, error) {
	v, err := x.Values(ctx, known, q)
	if err != nil {
		return indicator.Result{}, err
	}
	return v[0], nil
}

// Values answers the values of several figures as known at one position: the
// months of a year. Rows that they share are looked at only once.
func (x *Indicators) Values(ctx context.Context, known uint64, questions ...indicator.Question) ([]indicator.Result, error) {
	counts := make([][]*indicator.Count, len(questions))
	err := x.scan(ctx, known, questions, func(i int, side indicator.Question, _ *columns) func(int32, *indicator.Row) {
		c := indicator.NewCount(side)
		counts[i] = append(counts[i], c)
		return func(_ int32, r *indicator.Row) { c.Add(r) }
	})
	if err != nil {
		return nil, err
	}
	out := make([]indicator.Result, len(questions))
	for i, sides := range counts {
		out[i] = indicator.Told(questions[i], sides...)
	}
	return out, nil
}

// scan shows every row that may belong to the answer of a question to what begin
// makes for it: of a ratio once for each side, numerator first.
func (x *Indicators) scan(ctx context.Context, known uint64, questions []indicator.Question, begin func(i int, side indicator.Question, c *columns) func(no int32, r *indicator.Row)) error {
	type source struct {
		rule   indicator.Params
		family indicator.Family
	}
	type look struct {
		columns *columns
		params  int
		known   uint64
		period  japan.Period
		add     []func(int32, *indicator.Row)
	}
	looks := map[source]*look{}
	var order []source
	for i, q := range questions {
		for _, side := range q.Sides() {
			family, _ := side.Definition.Family()
			of, period := source{side.Definition.Params(), family}, standing(family, q.Period)
			l := looks[of]
			if l == nil {
				c, params, reached, err := x.under(ctx, of.rule, known)
				if err != nil {
					return err
				}
				l = &look{columns: c, params: params, known: reached, period: period}
				looks[of], order = l, append(order, of)
			}
			l.period.From, l.period.To = min(l.period.From, period.From), max(l.period.To, period.To)
			l.add = append(l.add, begin(i, side, l.columns))
		}
	}
	for _, of := range order {
		l := looks[of]
		for no, r := range l.columns.each(l.known, l.params, int(numberOf(families, of.family)), l.period) {
			for _, add := range l.add {
				add(no, r)
			}
		}
	}
	return ctx.Err()
}
