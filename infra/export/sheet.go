package export

import (
	"cmp"
	"slices"
	"time"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// sheet collects the figures of one export.
type sheet struct {
	Request
	w      *locale.Words
	e      *locale.Export
	known  japan.Date
	made   time.Time
	sample bool
	books  map[string]*indicator.Book // by scope

	figures []*figure
	cells   []datum
}

// figure is one figure with where its cells lie.
type figure struct {
	indicator.Question
	whole  int // its value
	parts  []parts
	beside []int
}

// parts are the cells of one breakdown.
type parts struct {
	indicator.Breakdown
	cells []int
}

// datum is one number of the export.
type datum struct {
	of        *figure
	dimension string // one of indicator's, else whole or beside
	category  string
	unit      string
	count     int // in units of the last decimal
	scale     int
	absent    string // why there is no value
	hidden    bool

	ratio       bool
	over, under int // numerator and denominator
	few         int // of a median: how many there are
}

// cell is the value.
func (c datum) cell() Cell {
	switch {
	case c.hidden:
		return Cell{Kind: IsHidden}
	case c.absent != "":
		return Cell{Kind: IsNone}
	}
	return measured(c.count, c.scale)
}

// above is the numerator of a share.
func (c datum) above() Cell { return c.side(c.over) }

// below is its denominator.
func (c datum) below() Cell { return c.side(c.under) }

func (c datum) side(n int) Cell {
	if !c.ratio {
		return Cell{Kind: IsNone}
	}
	return counted(n, c.hidden)
}

const (
	whole  = "whole"
	beside = "beside"
)

func (s *sheet) add(q indicator.Question, f indicator.Figure) {
	x := &figure{Question: q}
	s.figures = append(s.figures, x)
	put := func(dimension, category, unit string, n int) int {
		s.cells = append(s.cells, datum{of: x, dimension: dimension, category: category, unit: unit, count: n})
		return len(s.cells) - 1
	}
	unit := q.Definition.Unit
	x.whole = put(whole, whole, unit, f.Value)
	value := &s.cells[x.whole]
	value.scale, value.absent, value.few = q.Definition.Scale(), f.Absent, len(f.Members)
	value.ratio, value.over, value.under = q.Definition.Ratio(), f.Numerator, f.Denominator
	for _, b := range f.Breakdowns(q) {
		p := parts{Breakdown: b}
		for _, share := range b.Portions {
			p.cells = append(p.cells, put(string(b.Dimension), share.Code, unit, share.Count))
		}
		x.parts = append(x.parts, p)
	}
	for _, b := range besides(q.Definition, f) {
		x.beside = append(x.beside, put(beside, b.category, cmp.Or(b.unit, unit), b.count))
	}
}

type aside struct {
	category, unit string
	count          int
}

// besides is what counting.md prints beside a figure: anonymous sessions, outcomes
// without a confirmation, and what became of the movers.
func besides(d indicator.Definition, f indicator.Figure) []aside {
	var out []aside
	if d.Rule == "consultee" || d.Rule == "new_consultee" {
		return append(out, aside{"anonymous", "sessions", f.Anonymous})
	}
	if family, _ := d.Family(); family != indicator.Outcomes || d.Rule == "related_person" {
		return nil
	}
	if d.Rule == "iju_person" {
		out = append(out, aside{indicator.JobKind, "", f.Moved[indicator.JobKind]}, aside{indicator.MoveKind, "", f.Moved[indicator.MoveKind]}, aside{"both", "", f.Moved["both"]})
	}
	unconfirmed := 0
	for _, m := range f.NearMisses {
		if m.Clause == "unconfirmed" {
			unconfirmed++
		}
	}
	out = append(out, aside{"unconfirmed", "", unconfirmed})
	if d.Rule != "placed_person" {
		out = append(out, aside{"left_early", "", f.LeftEarly})
	}
	if d.Rule == "stayed_person" {
		out = append(out, aside{"unobserved", "", f.Unobserved})
	}
	return out
}

// suppress hides what public output must not show: the small cells of every
// breakdown, and those that the figures together would give away.
func (s *sheet) suppress() {
	counts := make([]int, len(s.cells))
	for i, c := range s.cells {
		if c.of.Definition.Sums() {
			counts[i] = c.count
		}
	}
	for i, hidden := range indicator.Suppress(counts, append(s.breakdownLines(), s.relations()...)) {
		s.cells[i].hidden = hidden
	}
	for _, f := range s.figures {
		if !f.Definition.Sums() {
			s.cells[f.whole].hidden = s.betrays(s.cells[f.whole])
		}
	}
}

// betrays tells whether a share or a median says too much: of very few, or of a
// figure that is hidden itself.
func (s *sheet) betrays(c datum) bool {
	small := func(n int) bool { return 0 < n && n < indicator.SmallestShown }
	if !c.ratio {
		return small(c.few)
	}
	for _, f := range s.figures {
		p := c.of.Definition.Parameters
		if id := f.Definition.Indicator; (id == p["numerator"] || id == p["denominator"]) && s.cells[f.whole].hidden {
			return true
		}
	}
	return small(c.over) || small(c.under)
}

// breakdownLines are the sums a reader can check: each breakdown of a figure, and
// what K1 is made of.
func (s *sheet) breakdownLines() []indicator.Line {
	var lines []indicator.Line
	for _, f := range s.figures {
		for _, p := range f.parts {
			if p.Apart == 0 {
				lines = append(lines, indicator.Line{Plus: p.cells, Total: f.whole})
			}
		}
		var kinds []int
		sum := 0
		for _, i := range f.beside {
			if slices.Contains([]string{indicator.JobKind, indicator.MoveKind, "both"}, s.cells[i].category) {
				kinds, sum = append(kinds, i), sum+s.cells[i].count
			}
		}
		if len(kinds) > 0 && sum == s.cells[f.whole].count {
			lines = append(lines, indicator.Line{Plus: kinds, Total: f.whole})
		}
	}
	return lines
}

// relations are the sums across figures. Job and relocation consultations together,
// those of both kinds once, are those of the survey: C1 + C2 − C12 = M1 + M2, as a
// whole and in every part.
func (s *sheet) relations() []indicator.Line {
	type at struct{ indicator, dimension, category string }
	where := map[at]int{}
	for i, c := range s.cells {
		where[at{c.of.Definition.Indicator, c.dimension, c.category}] = i
	}
	var lines []indicator.Line
	for _, c := range s.cells {
		if c.of.Definition.Indicator != "C1" {
			continue
		}
		line, sum := indicator.Line{Total: indicator.NoTotal}, 0
		find := func(id string, sign int, into *[]int) {
			if i, ok := where[at{id, c.dimension, c.category}]; ok {
				*into = append(*into, i)
				sum += sign * s.cells[i].count
			}
		}
		for _, id := range []string{"C1", "C2"} {
			find(id, 1, &line.Plus)
		}
		for _, id := range []string{"C12", "M1", "M2"} {
			find(id, -1, &line.Minus)
		}
		if len(line.Plus)+len(line.Minus) == 5 && sum == 0 {
			lines = append(lines, line)
		}
	}
	return lines
}
