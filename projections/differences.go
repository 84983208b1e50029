package projections

import (
	"context"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Explain answers how one figure became another, part by part (counting.md 8).
func (x *Indicators) Explain(ctx context.Context, a, b indicator.Known) (indicator.Difference, error) {
	return indicator.Explain(history{ctx, x}, a, b)
}

// history is the read model as an explanation reads it.
type history struct {
	ctx context.Context
	x   *Indicators
}

func (h history) At(d indicator.Definition, position uint64, period japan.Period) ([]indicator.Row, error) {
	family, _ := d.Family()
	return h.x.RowsAt(h.ctx, position, d.Params(), family, period)
}

func (h history) Between(d indicator.Definition, from, to uint64, period japan.Period) ([]indicator.Step, error) {
	if from == to {
		return nil, nil
	}
	family, _ := d.Family()
	return h.x.Steps(h.ctx, from, to, d.Params(), family, period)
}

// Triangle is how the months of a period were known as time went on: a row for
// each month, a column for each day of knowledge.
type Triangle struct {
	Months []japan.Period
	Known  []japan.Date         // ascending; 0 is now
	Values [][]indicator.Result // by month, by day
	Totals []indicator.Result   // of the whole period, by day
}

// NotBegun is why a month has no value on a day before its first.
const NotBegun = "not_begun"

// Triangle answers a question for each calendar month of its period, as known at
// the end of each of some days. Distinct counts of months do not add up to the
// total.
func (x *Indicators) Triangle(ctx context.Context, q indicator.Question, days []japan.Date) (Triangle, error) {
	out := Triangle{Known: days, Months: monthsOf(q.Period)}
	out.Values = make([][]indicator.Result, len(out.Months))
	questions := []indicator.Question{q}
	for _, month := range out.Months {
		questions = append(questions, indicator.Question{Definition: q.Definition, Scope: q.Scope, Period: month})
	}
	for _, day := range days {
		known := Newest
		if day != 0 {
			var err error
			if known, err = x.PositionAt(ctx, day); err != nil {
				return out, err
			}
		}
		values, err := x.Values(ctx, known, questions...)
		if err != nil {
			return out, err
		}
		out.Totals = append(out.Totals, values[0])
		for i, value := range values[1:] {
			if day != 0 && out.Months[i].From > day {
				value = indicator.Result{Absent: NotBegun}
			}
			out.Values[i] = append(out.Values[i], value)
		}
	}
	return out, nil
}

// monthsOf parts a period into calendar months, the last one cut at its end.
func monthsOf(of japan.Period) []japan.Period {
	var out []japan.Period
	for from := of.From; from <= of.To; from = from.MonthLast().Add(1) {
		out = append(out, japan.Period{From: from, To: min(from.MonthLast(), of.To)})
	}
	return out
}
