package projections

import (
	"context"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// DryYear is a fiscal year counted by the rule in force and by another one, both as
// known now.
type DryYear struct {
	Year          japan.FiscalYear
	InForce       indicator.Definition // no indicator: none was in force
	Before, After indicator.Result
	Counts        bool // the other rule would be in force in the year, were it approved
}

// Changes tells whether the two rules come to other values.
func (y DryYear) Changes() bool {
	return y.Before.Value != y.After.Value || y.Before.Absent != y.After.Absent
}

// nothing tells whether neither rule finds anything in the year.
func (y DryYear) nothing() bool {
	none := func(r indicator.Result) bool { return r.Value == 0 && r.Numerator == 0 && r.Denominator == 0 }
	return none(y.Before) && none(y.After)
}

// DryRun counts every fiscal year from the first to the last there is anything of by the rule in force and by
// a candidate, as known now, oldest first. Nothing is written.
func (x *Indicators) DryRun(ctx context.Context, book *indicator.Book, candidate indicator.Definition, scope string) ([]DryYear, error) {
	first, last, position, err := x.Days(ctx)
	if err != nil || first == 0 {
		return nil, err
	}
	var out []DryYear
	for year := japan.FiscalYearOf(first) - 1; year <= japan.FiscalYearOf(last); year++ {
		y := DryYear{Year: year, Counts: book.WouldCount(candidate, year.First())}
		q := indicator.Question{Definition: candidate, Scope: scope, Period: year.Whole()}
		if y.After, err = x.Value(ctx, q, position); err != nil {
			return nil, err
		}
		if force, ok := book.InForce(candidate.Indicator, year.First()); ok {
			y.InForce, q.Definition = force, force
			if y.Before, err = x.Value(ctx, q, position); err != nil {
				return nil, err
			}
		}
		if len(out) > 0 || !y.nothing() {
			out = append(out, y)
		}
	}
	for n := len(out); n > 0 && out[n-1].nothing(); n-- {
		out = out[:n-1]
	}
	return out, nil
}
