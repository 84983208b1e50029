package web

import (
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
)

// A chart is drawn in units of its own picture, 640 wide. Bars take place and
// width in per cent, and colours stand in the style sheet, so no drawing has a
// style attribute. A chart that does not add up to its printed total is an
// error, and the page with it.
const (
	chartWidth  = 640.0
	chartHeight = 300.0
	chartLeft   = 44.0
	chartRight  = 92.0
	chartTop    = 26.0
	chartBottom = 34.0
)

// drawing writes the elements of one SVG picture.
type drawing struct{ b strings.Builder }

func newDrawing(height float64, id, title, text string) *drawing {
	d := &drawing{}
	fmt.Fprintf(&d.b, `<svg class="chart" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-t %s-d" xmlns="http://www.w3.org/2000/svg"><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`,
		num(chartWidth), num(height), id, id, id, html.EscapeString(title), id, html.EscapeString(text))
	return d
}

func (d *drawing) done() template.HTML { return template.HTML(d.b.String() + "</svg>") }

func (d *drawing) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(&d.b, `<line x1="%s" y1="%s" x2="%s" y2="%s" class="%s"/>`, num(x1), num(y1), num(x2), num(y2), class)
}

func (d *drawing) bar(x, y, width, height float64, class string) {
	fmt.Fprintf(&d.b, `<rect x="%s%%" y="%s" width="%s%%" height="%s" class="%s"/>`,
		num(100*x/chartWidth), num(y), num(100*width/chartWidth), num(height), class)
}

func (d *drawing) dot(x, y, r float64) {
	fmt.Fprintf(&d.b, `<circle cx="%s" cy="%s" r="%s" class="dot"/>`, num(x), num(y), num(r))
}

func (d *drawing) text(x, y float64, anchor, class, text string) {
	fmt.Fprintf(&d.b, `<text x="%s" y="%s" text-anchor="%s" class="%s">%s</text>`, num(x), num(y), anchor, class, html.EscapeString(text))
}

func (d *drawing) path(points []point, class string) {
	at := make([]string, len(points))
	for i, p := range points {
		at[i] = num(p.x) + "," + num(p.y)
	}
	fmt.Fprintf(&d.b, `<polyline points="%s" class="%s"/>`, strings.Join(at, " "), class)
}

type point struct{ x, y float64 }

// num writes a length with two decimals at most and no trailing zeros.
func num(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// plot is the field of a chart over twelve months with a count upwards.
type plot struct{ top, step int }

// newPlot chooses an axis from zero that holds most in at most five steps.
func newPlot(most int) plot {
	for scale := 1; ; scale *= 10 {
		for _, step := range []int{1, 2, 5} {
			if step *= scale; most <= 5*step {
				return plot{top: max(1, (most+step-1)/step) * step, step: step}
			}
		}
	}
}

func (p plot) x(month float64) float64 {
	return chartLeft + (chartWidth-chartLeft-chartRight)*(month+.5)/12
}

func (p plot) y(value int) float64 {
	return chartTop + (chartHeight-chartTop-chartBottom)*(1-float64(value)/float64(p.top))
}

// scale draws the grid and the unit.
func (p plot) scale(d *drawing, unit string) {
	right := chartWidth - chartRight
	for v := 0; v <= p.top; v += p.step {
		class := "grid"
		if v == 0 {
			class = "axis"
		}
		d.line(chartLeft, p.y(v), right, p.y(v), class)
		d.text(chartLeft-8, p.y(v)+5, "end", "tick", strconv.Itoa(v))
	}
	d.text(0, chartTop-10, "start", "tick", unit)
}

// axes draws the scale, the months, and hatches what lies after the last month
// known.
func (p plot) axes(d *drawing, unit string, months [12]string, known int) {
	right := chartWidth - chartRight
	p.scale(d, unit)
	for i, m := range months {
		d.text(p.x(float64(i)), chartHeight-chartBottom+22, "middle", "tick", m)
	}
	if known < 12 {
		from := p.x(float64(known) - .5)
		fmt.Fprintf(&d.b, `<rect x="%s" y="%s" width="%s" height="%s" fill="url(#hatch)"/>`,
			num(from), num(chartTop), num(right-from), num(chartHeight-chartTop-chartBottom))
		d.line(from, chartTop-6, from, chartHeight-chartBottom, "asof")
	}
}

// running gives the running totals of monthly counts.
func running(months []int) []int {
	out, sum := make([]int, len(months)), 0
	for i, n := range months {
		sum += n
		out[i] = sum
	}
	return out
}

// adds reports, as an error, parts that do not add up to the printed total, and
// counts below zero, which no chart of ours can show.
func adds(what string, parts []int, total int) error {
	sum := 0
	for _, n := range parts {
		if n < 0 {
			return fmt.Errorf("chart %s: %d is below zero", what, n)
		}
		sum += n
	}
	if sum != total {
		return fmt.Errorf("chart %s: parts add up to %d, printed total is %d", what, sum, total)
	}
	return nil
}
