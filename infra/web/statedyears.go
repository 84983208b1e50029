package web

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"ayumi/domain/figure"
	"ayumi/domain/japan"
	"ayumi/domain/register"
	"ayumi/infra/web/locale"
)

// StatedYears are values of whole years that documents state and no record stands
// behind: they are shown apart from what is counted, under a mark of their own.
type StatedYears struct {
	Charts []StatedChart
	Rows   []StatedRow
}

// StatedChart is one quantity through the years.
type StatedChart struct {
	Heading string
	Chart   template.HTML
}

// StatedRow is one value.
type StatedRow struct{ Name, Year, Value, Number, Href, Note string }

// statedYears are the taken-in values known at the moment of the page, by quantity,
// oldest year first; nil if there are none.
func (s *Site) statedYears(r *http.Request, v Visitor, q *question) (*StatedYears, error) {
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return nil, missing(err)
	}
	lines := map[string]map[japan.FiscalYear]*register.Line{}
	for _, l := range all.Lines {
		if l.Kind != register.KindImported || l.Position > q.upto || figure.KindOf(l.Figure.Period) != "fiscal_year" {
			continue
		}
		of := quantityOf(l)
		if lines[of] == nil {
			lines[of] = map[japan.FiscalYear]*register.Line{}
		}
		lines[of][yearOf(l)] = l // a later one replaces it
	}
	if len(lines) == 0 {
		return nil, nil
	}
	out := &StatedYears{}
	for _, of := range sortedKeys(lines) {
		name := quantityName(v.W, of)
		points := StatedPoints{ID: fmt.Sprintf("st%d", len(out.Charts)), Name: name}
		for _, year := range sortedKeys(lines[of]) {
			l := lines[of][year]
			points.Unit = v.W.Code("unit", s.unitOf(r.Context(), l))
			points.Years, points.Values = append(points.Years, shortYear(v.W, year)), append(points.Values, l.Imported.Value)
			points.At = append(points.At, int(year))
			unit := LedgerRow{Unit: points.Unit}.unit(v.W)
			out.Rows = append(out.Rows, StatedRow{name, v.W.FiscalYearShort(year), v.W.Number(l.Imported.Value) + unit, figureNumber(l.No), figureHref(l.No), l.Imported.Note})
		}
		if len(points.Values) > 1 {
			out.Charts = append(out.Charts, StatedChart{name, points.Draw(&v.W.Chart)})
		}
	}
	return out, nil
}

// shortYear names a year where there is little room: H23, R1, 2011. The year in
// which an era began is called by the new one, as in full.
func shortYear(w *locale.Words, year japan.FiscalYear) string {
	day := w.ShortDate(year.First().AddMonths(8))
	return day[:strings.IndexAny(day+".", ".-/ ")]
}

func sortedKeys[K ~string | ~int32 | ~int, V any](m map[K]V) []K {
	var out []K
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// StatedPoints is one quantity as documents state it, a year each.
type StatedPoints struct {
	ID, Name, Unit string
	Years          []string
	At             []int // the years as numbers, ascending
	Values         []int
}

// Draw draws a hollow diamond a year, joined by dots only where the years follow
// one another: nothing is known of a year between.
func (s StatedPoints) Draw(w *locale.Chart) template.HTML {
	p := newPlot(slices.Max(s.Values) * 11 / 10)
	var said []string
	for i, year := range s.Years {
		said = append(said, fmt.Sprintf("%s %d", year, s.Values[i]))
	}
	d := newDrawing(chartHeight, s.ID, w.StatedTitle(s.Name), w.StatedText(s.Years[0], s.Years[len(s.Years)-1], strings.Join(said, ", ")))
	p.scale(d, s.Unit)
	first, span := s.At[0], max(1, s.At[len(s.At)-1]-s.At[0])
	x := func(i int) float64 {
		return chartLeft + 24 + (chartWidth-chartLeft-chartRight-48)*float64(s.At[i]-first)/float64(span)
	}
	for i, v := range s.Values {
		if i > 0 && s.At[i] == s.At[i-1]+1 {
			d.line(x(i-1), p.y(s.Values[i-1]), x(i), p.y(v), "stated-link")
		}
	}
	for i, v := range s.Values {
		d.diamond(x(i), p.y(v), 7, "stated")
		d.text(x(i), p.y(v)-13, "middle", "note", fmt.Sprint(v))
		d.text(x(i), chartHeight-chartBottom+22, "middle", "tick", s.Years[i])
	}
	return d.done()
}

// diamond draws the mark of what is stated and not counted.
func (d *drawing) diamond(x, y, r float64, class string) {
	fmt.Fprintf(&d.b, `<polygon points="%s,%s %s,%s %s,%s %s,%s" class="%s"/>`, num(x), num(y-r), num(x+r), num(y), num(x), num(y+r), num(x-r), num(y), class)
}
