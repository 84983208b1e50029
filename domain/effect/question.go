package effect

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// questions are all figures that changes could touch, by definition, scope and
// period. Of a share its sides are asked, which stand in the book themselves: what
// happens to a component does not say what happens to a share or a median.
func questions(rules Rules, steps []step, today japan.Date, cutoffs []japan.Period) []indicator.Question {
	periods := periods(steps, today, cutoffs)
	var names []string // each version once, the shipped ones first
	asked := map[string][]indicator.Question{}
	for _, scope := range Scopes() {
		for _, d := range rules(scope).All() {
			if !d.Sums() {
				continue
			}
			name := d.Indicator + " " + d.Digest()
			if asked[name] == nil {
				names = append(names, name)
			}
			for _, p := range periods {
				asked[name] = append(asked[name], indicator.Question{Definition: d, Scope: scope, Period: p})
			}
		}
	}
	var out []indicator.Question
	for _, name := range names {
		out = append(out, asked[name]...)
	}
	return out
}

// Scopes are all desks, corners and controllers.
func Scopes() []string {
	return slices.Concat(domain.Codes["desk"], domain.Codes["corner"], domain.Codes["controller"])
}

// oldest is the first fiscal year that is asked about.
const oldest = japan.FiscalYear(2000)

// periods are the fiscal years from the first to the last day of any row that
// changes, on to today, and the cut-offs that are none of them. A day that is not known exactly
// to the year lies in no period.
func periods(steps []step, today japan.Date, cutoffs []japan.Period) []japan.Period {
	first, last := japan.FiscalYearOf(today), japan.FiscalYearOf(today)
	for _, st := range steps {
		for _, c := range slices.Concat(st.changes...) {
			if r := c.Row; r.To-r.From <= 366 && r.From != 0 {
				first, last = min(first, japan.FiscalYearOf(r.From)), max(last, japan.FiscalYearOf(r.To))
			}
		}
	}
	var out []japan.Period
	for y := max(first, oldest); y <= last; y++ {
		out = append(out, y.Whole())
	}
	for _, p := range cutoffs {
		if p.Valid() && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
