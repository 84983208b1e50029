package web

import (
	"fmt"
	"html/template"
	"strconv"

	"ayumi/infra/web/locale"
)

// Cumulative is one indicator through a fiscal year, beside the year before.
type Cumulative struct {
	ID, Name string
	Unit     string
	Months   [12]string // April first
	Current  []int      // monthly counts, as many as are known
	Total    int        // the printed total of Current
	Previous []int      // twelve monthly counts, none when the year before has no months
	Last     int        // the printed total of Previous
	Most     int        // top of a scale shared with a paired chart; 0 takes its own
	Breaks   []ChartBreak
}

// ChartBreak is a series break: its month, 0 is April, and what it is called.
type ChartBreak struct {
	At   int
	Name string
}

// breaks draws a line at the beginning of each month with a break; names below each
// other.
func (p plot) breaks(d *drawing, list []ChartBreak) {
	for i, b := range list {
		x := p.x(float64(b.At) - .5)
		d.line(x, chartTop+24, x, chartHeight-chartBottom, "break")
		d.text(x+6, chartTop+34+16*float64(i), "start", "note", b.Name)
	}
}

// Draw draws the running total as a solid line and last year's dashed.
func (c Cumulative) Draw(w *locale.Chart) (template.HTML, error) {
	if err := c.check(); err != nil {
		return "", err
	}
	known, last := len(c.Current), ""
	text := w.CumulativeAlone(c.monthKnown(), c.Total, c.Unit)
	if len(c.Previous) > 0 {
		last = w.LastYear(c.Last)
		text = w.CumulativeText(c.monthKnown(), c.Total, c.Unit, c.Last)
	}
	p := newPlot(max(c.Most, c.Total, c.Last))
	d := newDrawing(chartHeight, c.ID, w.CumulativeTitle(c.Name), text)
	p.axes(d, c.Unit, c.Months, known)
	if len(c.Previous) > 0 {
		line := p.line(running(c.Previous))
		d.path(line, "prev")
		end := line[len(line)-1]
		d.text(end.x+10, end.y-2, "start", "lab-prev", last)
	}
	p.breaks(d, c.Breaks)
	if known == 0 {
		return d.done(), nil
	}
	line := p.line(running(c.Current))
	d.path(line, "cur")
	for _, at := range line[:known-1] {
		d.dot(at.x, at.y, 3.5)
	}
	end := line[known-1]
	d.dot(end.x, end.y, 6)
	d.text(chartWidth-chartRight+10, end.y-1, "start", "lab-cur", strconv.Itoa(c.Total))
	d.text(chartWidth-chartRight+10, end.y+18, "start", "lab-cur2", w.ThisYear)
	return d.done(), nil
}

func (c Cumulative) monthKnown() string { return c.Months[max(len(c.Current), 1)-1] }

func (c Cumulative) check() error {
	if len(c.Current) > 12 || len(c.Previous) != 0 && len(c.Previous) != 12 {
		return fmt.Errorf("chart %s: %d and %d months", c.ID, len(c.Current), len(c.Previous))
	}
	if err := adds(c.ID, c.Current, c.Total); err != nil {
		return err
	}
	return adds(c.ID+" last year", c.Previous, c.Last)
}

func (p plot) line(values []int) []point {
	out := make([]point, len(values))
	for i, v := range values {
		out[i] = point{p.x(float64(i)), p.y(v)}
	}
	return out
}

// AgainstTarget is the running total of an outcome beside its target and base.
type AgainstTarget struct {
	ID, Name string
	Unit     string
	Months   [12]string
	Current  []int
	Total    int
	Target   int
	Base     int    // 0 draws none
	BaseYear string // the year the base is of
	Breaks   []ChartBreak
}

// Draw draws a bar a month, the month's own part dark, with target and base as
// lines across.
func (a AgainstTarget) Draw(w *locale.Chart) (template.HTML, error) {
	if len(a.Current) > 12 {
		return "", fmt.Errorf("chart %s: %d months", a.ID, len(a.Current))
	}
	if err := adds(a.ID, a.Current, a.Total); err != nil {
		return "", err
	}
	known := len(a.Current)
	p := newPlot(max(a.Total, a.Target, a.Base) * 11 / 10)
	d := newDrawing(chartHeight, a.ID, w.CumulativeTitle(a.Name),
		w.TargetText(a.Months[max(known, 1)-1], a.Total, a.Unit, a.Target, a.Base, a.BaseYear))
	p.axes(d, a.Unit, a.Months, known)
	width := (chartWidth - chartLeft - chartRight) / 12 * .62
	for i, sum := range running(a.Current) {
		x, before := p.x(float64(i))-width/2, sum-a.Current[i]
		d.bar(x, p.y(before), width, p.y(0)-p.y(before), "bar-soft")
		d.bar(x, p.y(sum), width, p.y(before)-p.y(sum), "bar")
	}
	right := chartWidth - chartRight
	d.line(chartLeft, p.y(a.Target), right, p.y(a.Target), "tgt")
	d.text(right+10, p.y(a.Target)+5, "start", "lab-tgt", w.Target(a.Target, a.Unit))
	if a.Base > 0 {
		d.line(chartLeft, p.y(a.Base), right, p.y(a.Base), "base")
		d.text(right+10, p.y(a.Base)-1, "start", "lab-prev", w.Base(a.Base, a.Unit))
		d.text(right+10, p.y(a.Base)+16, "start", "note", a.BaseYear)
	}
	p.breaks(d, a.Breaks)
	if known > 0 {
		d.text(p.x(float64(known-1)), p.y(a.Total)-8, "middle", "lab-cur", strconv.Itoa(a.Total))
	}
	return d.done(), nil
}
