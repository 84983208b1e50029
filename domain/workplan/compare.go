package workplan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Line is one thing that a sheet states, by its place: the part of the sheet, the
// number printed there (0 where the part has none), the kind (column of a flag,
// field of a value, kind of an evaluation) and the field as its event names it.
// Text is the value as data; what is not stated has no line, so blank is never zero.
type Line struct {
	Part  string `json:"part"`
	No    int    `json:"no,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Field string `json:"field"`
	Text  string `json:"text"`
}

// partSpec gives a part of the sheet its order: kinds and fields as they are printed.
type partSpec struct {
	name          string
	kinds, fields []string
}

// parts are the parts of a sheet in the order of the paper.
var parts = []partSpec{
	{"head", nil, []string{"format", "fy", "bureau", "unit", "policy", "phone"}},
	{"mission", nil, []string{"text"}},
	{"aims", nil, []string{"text"}},
	{"flags", nil, []string{"flag", "text"}},
	{"indicators", nil, []string{"name", "indicator", "class"}},
	{"values", []string{"baseline", "start", "target", "long_term"}, []string{"comparator", "value", "unit", "text", "at", "at_text"}},
	{"actuals", nil, []string{"figure", "edition", "text", "absent_reason"}},
	{"projects", nil, []string{"name", "budget_yen", "budget_text", "outline"}},
	{"evaluation", []string{"mid_year", "final"}, []string{"mark", "mark_text", "score", "reasons"}},
	{"initiatives", nil, []string{"title", "result", "figures"}},
	{"issues", nil, []string{"issue", "next_step"}},
}

// inOrder compares the places of two lines by the order of the paper.
func inOrder(a, b Line) int {
	part := func(l Line) int {
		return slices.IndexFunc(parts, func(p partSpec) bool { return p.name == l.Part })
	}
	one, other := part(a), part(b)
	if one != other || one < 0 {
		return cmp.Or(one-other, strings.Compare(a.Part, b.Part))
	}
	spec := parts[one]
	return cmp.Or(a.No-b.No,
		slices.Index(spec.kinds, a.Kind)-slices.Index(spec.kinds, b.Kind), strings.Compare(a.Kind, b.Kind),
		slices.Index(spec.fields, a.Field)-slices.Index(spec.fields, b.Field))
}

// lister collects the lines of a sheet.
type lister []Line

// add states the fields of a place in the order of its part.
func (l *lister) add(part string, no int, kind string, texts ...string) {
	spec := parts[slices.IndexFunc(parts, func(p partSpec) bool { return p.name == part })]
	for i, text := range texts {
		if text != "" {
			*l = append(*l, Line{part, no, kind, spec.fields[i], text})
		}
	}
}

// Lines are everything a sheet states, in the order of the paper. The name of the
// head of the unit is sealed and no line.
func Lines(s *Sheet) []Line {
	var l lister
	h := s.Head
	l.add("head", 0, "", h.Format, numeral(&h.FY), h.Bureau, h.Unit, h.Policy, h.Phone)
	for no, text := range s.Mission {
		l.add("mission", no, "", text)
	}
	for no, text := range s.Aims {
		l.add("aims", no, "", text)
	}
	for column, f := range s.Flags {
		flag := ""
		if f.Flag {
			flag = "1"
		}
		l.add("flags", 0, column, flag, f.Text)
	}
	for no, i := range s.Indicators {
		l.add("indicators", no, "", i.Name, i.Indicator, i.Class)
		for field, v := range i.Values {
			l.add("values", no, field, v.Comparator, numeral(v.Value), v.Unit, v.Text, v.At, v.AtText)
		}
		if a := i.Actual; a != nil {
			l.add("actuals", no, "", a.Figure, numeral(a.Edition), a.Text, a.AbsentReason)
		}
	}
	for no, p := range s.Projects {
		l.add("projects", no, "", p.Name, numeral(p.BudgetYen), p.BudgetText, p.Outline)
	}
	for kind, e := range s.Evaluations {
		l.add("evaluation", 0, kind, e.Mark, e.MarkText, numeral(e.Score), e.Reasons)
	}
	for no, x := range s.Initiatives {
		l.add("initiatives", no, "", x.Title, x.Result, strings.Join(x.Figures, ","))
	}
	for no, x := range s.Issues {
		l.add("issues", no, "", x.Issue, x.NextStep)
	}
	slices.SortFunc(l, inOrder)
	return l
}

func numeral(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// Change is a line that two sheets state differently. An empty side does not state
// it at all.
type Change struct {
	Part  string `json:"part"`
	No    int    `json:"no,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Field string `json:"field"`
	Left  string `json:"left,omitempty"`
	Right string `json:"right,omitempty"`
}

func (c Change) line(text string) Line { return Line{c.Part, c.No, c.Kind, c.Field, text} }

// Same tells whether two changes lie at one line of the paper: part, number and kind.
func (c Change) Same(o Change) bool { return c.Part == o.Part && c.No == o.No && c.Kind == o.Kind }

// Compare answers what differs between two sheets, in the order of the paper:
// nothing where they state the same, and Apply(left, Compare(left, right)) is right.
func Compare(left, right []Line) []Change {
	var out []Change
	for len(left) > 0 || len(right) > 0 {
		side := -1
		switch {
		case len(left) == 0:
			side = 1
		case len(right) > 0:
			side = inOrder(left[0], right[0])
		}
		c := Change{}
		switch {
		case side < 0:
			c = Change{left[0].Part, left[0].No, left[0].Kind, left[0].Field, left[0].Text, ""}
			left = left[1:]
		case side > 0:
			c = Change{right[0].Part, right[0].No, right[0].Kind, right[0].Field, "", right[0].Text}
			right = right[1:]
		default:
			c = Change{left[0].Part, left[0].No, left[0].Kind, left[0].Field, left[0].Text, right[0].Text}
			left, right = left[1:], right[1:]
		}
		if c.Left != c.Right {
			out = append(out, c)
		}
	}
	return out
}

// Apply answers the lines that the changes make of the left ones.
func Apply(left []Line, changes []Change) []Line {
	out := slices.Clone(left)
	for _, c := range changes {
		at, found := slices.BinarySearchFunc(out, c.line(""), inOrder)
		switch {
		case found && c.Right == "":
			out = slices.Delete(out, at, at+1)
		case found:
			out[at].Text = c.Right
		case c.Right != "":
			out = slices.Insert(out, at, c.line(c.Right))
		}
	}
	return out
}

// Cut parts a text of a change into what both sides begin with, what only this
// side has, and what both end with. It never cuts a number in two: a reader sees
// 168 → 169 and not 16[8] → 16[9].
func (c Change) Cut() (before, left, right, after string) {
	a, b := []rune(c.Left), []rune(c.Right)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for head > 0 && unicode.IsDigit(a[head-1]) {
		head--
	}
	for tail > 0 && unicode.IsDigit(a[len(a)-tail]) {
		tail--
	}
	return string(a[:head]), string(a[head : len(a)-tail]), string(b[head : len(b)-tail]), string(a[len(a)-tail:])
}

// Unpublished is the number by which the sheet as it stands is asked for among its
// editions.
const Unpublished = 0

// Comparison is two editions of one sheet side by side. Left and Right are numbers
// of editions, 0 for the sheet as it stands.
type Comparison struct {
	Editions    []Edition // all, oldest first
	Touched     bool      // written in since the last
	Left, Right int
	Changes     []Change
}

// AsDraft is the word by which the sheet as it stands is asked for among its editions.
const AsDraft = "draft"

// Side reads which edition somebody asks for: a number, or draft; fallback where
// nothing is said. False if the sheet has no such edition.
func (s *Sheet) Side(asked string, fallback int) (int, bool) {
	switch asked {
	case "":
		return fallback, true
	case AsDraft:
		return Unpublished, true
	}
	n, err := strconv.Atoi(asked)
	return n, err == nil && n >= 1 && n <= len(s.Editions)
}

// SideName is how an edition is asked for by its number.
func SideName(no int) string {
	if no == Unpublished {
		return AsDraft
	}
	return strconv.Itoa(no)
}

// Sides are the two that are compared where nobody says which: the draft with the
// last edition, else the last two.
func (s *Sheet) Sides() (left, right int) {
	n := len(s.Editions)
	if s.Touched || n == 0 {
		return n, Unpublished
	}
	return max(n-1, 1), n
}
