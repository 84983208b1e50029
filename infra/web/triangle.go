package web

import (
	"net/http"
	"net/url"
	"strconv"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// TriangleView is how the months of a year were known as time went on.
type TriangleView struct {
	Caption string
	Known   []string
	Rows    []TriangleRow
	Totals  []TriangleCell
}

// TriangleRow is one month.
type TriangleRow struct {
	Name  string
	Cells []TriangleCell
}

// TriangleCell is what was known of a month on a day. Class is first or chg.
type TriangleCell struct {
	Value, Delta, Class string
	Href                string // the explanation of the change
}

// followed is how many months after the end of a year are columns of their own.
const followed = 4

// triangle fills the table for the year of the first figure, all of it by that one's
// rule: its columns differ by records alone.
func (s *Site) triangle(r *http.Request, v Visitor, scope, id string, f figureAsked) (*TriangleView, error) {
	first, ok := known(scope, id, f)
	if !ok {
		return nil, nil
	}
	days, err := s.columns(r, v, f.year)
	if err != nil {
		return nil, err
	}
	q := indicator.Question{Definition: first.Definition, Scope: scope, Period: f.year.Whole()}
	t, err := s.config.Figures.Triangle(r.Context(), q, days)
	if err != nil {
		return nil, missing(err)
	}
	days = lean(&t, f.year.Last())
	w := v.W
	view := &TriangleView{Caption: w.Difference.TriangleCaption(w.Code("indicator", id), w.FiscalYear(f.year))}
	for _, day := range days {
		name := w.Difference.Now
		if day != 0 {
			name = w.Difference.End(w.MonthOnly(day))
		}
		view.Known = append(view.Known, name)
	}
	for i, month := range t.Months {
		view.Rows = append(view.Rows, TriangleRow{Name: w.MonthOnly(month.From), Cells: triangleCells(v, first.Definition, t.Values[i])})
	}
	view.Totals = triangleCells(v, first.Definition, t.Totals)
	for n := 1; n < len(days); n++ {
		if view.Totals[n].Delta != "" {
			view.Totals[n].Href = changeHref(first.Definition, f.year, days[n-1], days[n])
		}
	}
	return view, nil
}

// lean leaves out days after the end of the year on which nothing had changed.
func lean(t *projections.Triangle, end japan.Date) []japan.Date {
	var keep []int
	for n, day := range t.Known {
		changed := n == 0 || t.Totals[n] != t.Totals[n-1]
		for _, row := range t.Values {
			changed = changed || row[n] != row[n-1]
		}
		if changed || day == 0 || day <= end {
			keep = append(keep, n)
		}
	}
	only := func(list []indicator.Result) []indicator.Result {
		out := make([]indicator.Result, len(keep))
		for i, n := range keep {
			out[i] = list[n]
		}
		return out
	}
	days := make([]japan.Date, len(keep))
	for i, n := range keep {
		days[i] = t.Known[n]
	}
	for i, row := range t.Values {
		t.Values[i] = only(row)
	}
	t.Known, t.Totals = days, only(t.Totals)
	return days
}

// columns are the ends of the months of a year and of some after it, as far as
// anything was recorded, and now.
func (s *Site) columns(r *http.Request, v Visitor, year japan.FiscalYear) ([]japan.Date, error) {
	_, last, _, err := s.days(r, v)
	if err != nil {
		return nil, err
	}
	var days []japan.Date
	for m := range 12 + followed {
		if day := year.First().AddMonths(m).MonthLast(); day.MonthFirst() <= last && day < s.today() {
			days = append(days, day)
		}
	}
	return append(days, 0), nil
}

// triangleCells marks the first value and what differs from the one before.
func triangleCells(v Visitor, def indicator.Definition, values []indicator.Result) []TriangleCell {
	out := make([]TriangleCell, len(values))
	for n, value := range values {
		if value.Absent == projections.NotBegun {
			continue
		}
		out[n].Value = resultText(v.W, def, value)
		switch {
		case value.Absent != "":
			out[n].Value = noNumber
		case n == 0 || values[n-1].Absent != "":
			out[n].Class = "first"
		case value.Value != values[n-1].Value:
			out[n].Class, out[n].Delta = "chg", signed(v.W, def, value.Value-values[n-1].Value)
		}
	}
	return out
}

func changeHref(def indicator.Definition, year japan.FiscalYear, from, to japan.Date) string {
	ask := url.Values{"of": {def.Indicator}, "def": {def.Version}, "to_def": {def.Version}, "fy": {strconv.Itoa(int(year))}, "known": {from.String()}}
	if to != 0 {
		ask.Set("to_known", to.String())
	}
	return "/differences?" + ask.Encode()
}
