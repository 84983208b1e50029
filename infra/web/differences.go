package web

import (
	"fmt"
	"html/template"
	"strings"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// DifferencesView explains how one figure became another.
type DifferencesView struct {
	Page
	Heading     string
	Indicators  []Option
	Hidden      []Option // what the form hands on: scope, definitions
	Before      FigureForm
	After       FigureForm
	Errors      *Errors
	Today       *Pair // both counted by the rule in force today
	Warning     *Warning
	Record      *RecordOffer
	Breaks      []string    // series breaks that the comparison crosses
	Left, Right *FigureSide // nil: nothing was asked yet
	Delta, Unit string
	Scale       string
	Axis        template.HTML
	Steps       []DifferenceStep
	Triangle    *TriangleView
	Sum         string
	Total       string
}

// FigureForm asks for one of the two figures.
type FigureForm struct {
	W      *locale.Words
	Prefix string // of the names of its fields
	Legend string
	Years  []Option
	Ends   []Option
	Known  string // as typed; "" is now
	Error  string
	Hint   string
}

// FigureSide is one of the two figures with what it was counted by.
type FigureSide struct {
	Heading, Value string
	Unit           string
	Bar            template.HTML
	Rows           []FigureFact
}

// FigureFact is a line under a figure; Chip marks where it differs.
type FigureFact struct {
	Label, Value string
	Mono         string
	Chip         *Chip
}

// DifferenceStep is a line of the waterfall: a kind with its events, or a sum.
type DifferenceStep struct {
	ID, Name, Note string
	Bar            template.HTML
	Delta, SoFar   string
	Sum, End       bool // a line of a value reached; the last one
	Events         bool // its rows name the events that did it
	Rows           []DifferenceRow
	Rest           string
}

// DifferenceRow is one thing that came into the figure or went out of it.
type DifferenceRow struct {
	Number, Href string // the event that did it
	Recorded     string
	What         string
	Counted      Pair // the record that was counted
	On, Text     string
	Sign, Clause string

	position uint64
	on       japan.Date
}

// waterfall places bars between the smallest and the largest value on the way,
// in per cent of the width.
type waterfall struct{ low, high, step int }

const (
	fallLeft  = 4.0
	fallWidth = 92.0
)

// newWaterfall spans the values reached, relative to the first.
func newWaterfall(reached []int) waterfall {
	w := waterfall{}
	for _, v := range reached {
		w.low, w.high = min(w.low, v), max(w.high, v)
	}
	w.step = newPlot(max(1, w.high-w.low)).step
	w.low -= ((w.low % w.step) + w.step) % w.step
	if rest := w.high % w.step; rest != 0 || w.high == w.low {
		w.high += w.step - rest
	}
	return w
}

func (w waterfall) x(v int) float64 {
	return fallLeft + fallWidth*float64(v-w.low)/float64(w.high-w.low)
}

func percent(x float64) string { return num(x) + "%" }

// axis writes the ticks; the first value stands at ±0.
func (w waterfall) axis(words *locale.Words, first, scale int) template.HTML {
	var b strings.Builder
	b.WriteString(`<svg class="wf wf--ax">`)
	for v := w.low; v <= w.high; v += w.step {
		text := words.SignedDecimal(v, scale)
		if v == 0 {
			text = words.Difference.Zero(words.Decimal(first, scale))
		}
		fmt.Fprintf(&b, `<text x="%s" y="14">%s</text>`, percent(w.x(v)), template.HTMLEscapeString(text))
	}
	return template.HTML(b.String() + "</svg>")
}

// bar draws one line: from where it begins to where it ends; class is how.
func (w waterfall) bar(from, to int, class string) template.HTML {
	var b strings.Builder
	b.WriteString(`<svg class="wf" aria-hidden="true">`)
	for v := w.low; v <= w.high; v += w.step {
		line := "g"
		if v == 0 {
			line = "z"
		}
		fmt.Fprintf(&b, `<line class="%s" x1="%s" x2="%[2]s" y1="0" y2="100%%"/>`, line, percent(w.x(v)))
	}
	if class == "mk" {
		fmt.Fprintf(&b, `<circle class="mk" cx="%s" cy="50%%" r="6"/>`, percent(w.x(to)))
	} else {
		left, right := w.x(min(from, to)), w.x(max(from, to))
		fmt.Fprintf(&b, `<rect class="%s" x="%s" width="%s" y="26%%" height="48%%"/>`, class, percent(left), percent(max(right-left, .3)))
	}
	return template.HTML(b.String() + "</svg>")
}

// sideBar sets a value against the larger of the two.
func sideBar(value, most int, class string) template.HTML {
	width := 0.0
	if most > 0 {
		width = 100 * float64(value) / float64(most)
	}
	return template.HTML(`<svg class="vb" aria-hidden="true"><rect class="t" width="100%" height="100%"/><rect class="` + class +
		`" width="` + percent(width) + `" height="100%"/></svg>`)
}

// spokenSum writes the sum as it is spoken: 168 ＋1 ＝.
func spokenSum(w *locale.Words, first, scale int, deltas []int) string {
	parts := []string{w.Decimal(first, scale)}
	for _, d := range deltas {
		if d != 0 {
			parts = append(parts, w.SignedDecimal(d, scale))
		}
	}
	return strings.Join(parts, " ") + " ＝ "
}
