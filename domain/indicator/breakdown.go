package indicator

import (
	"cmp"
	"iter"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Dimension is a property by which the members of a figure are told apart.
type Dimension string

// The dimensions. A part of ByMonth is the month as 2019-04, of ByPlace the
// six-digit code of the municipality, else a code of the list of that name.
const (
	ByMonth   Dimension = "month"
	ByDesk    Dimension = "desk"
	ByChannel Dimension = "channel"
	ByPlace   Dimension = "place"
	ByTurn    Dimension = "turn"     // of the household's head
	ByAge     Dimension = "age_band" // of a move that of the head, else the person's own on the day
	ByGrade   Dimension = "grade"    // of evidence; d is the counsellor's record only
)

// Unknown is the part of what is not known. It is never guessed and always shown.
const Unknown = "unknown"

// Breakdown parts the members of a figure by one dimension. Each member lies in
// exactly one part, the one of the record it is counted by: of a person with
// several consultations the first in the period. So Sum is the value of the figure,
// of a distinct one too; Apart, what is missing from it, is 0 unless the figure
// counts what it has no member for.
type Breakdown struct {
	Dimension  Dimension
	Portions   []Portion // in the order of the codes, those with nothing too; Unknown last
	Sum, Apart int
}

// Portion is what falls under one code.
type Portion struct {
	Code  string
	Count int
}

// Dimensions are those the records behind a definition tell of; none for what
// stands at a day instead of falling in a period, and for shares and medians, whose
// parts do not add up.
func (d Definition) Dimensions() []Dimension {
	family, standing := d.Family()
	switch {
	case standing || !d.Sums():
		return nil
	case family == Sessions || family == Firsts:
		return []Dimension{ByMonth, ByDesk, ByChannel, ByAge}
	case d.Rule == "placed_person":
		return []Dimension{ByMonth, ByDesk, ByAge, ByGrade}
	case d.Rule == "related_person" || family == Referrals:
		return []Dimension{ByMonth, ByDesk}
	case slices.Contains([]Family{Outcomes, Households, Cases, Assists}, family):
		return []Dimension{ByMonth, ByDesk, ByPlace, ByTurn, ByAge, ByGrade}
	case family != "":
		return []Dimension{ByMonth}
	}
	return nil
}

// Break parts the answer to a question by one of its definition's dimensions.
func (f Figure) Break(q Question, by Dimension) Breakdown {
	return broken(q, by, f.Value, f.rows())
}

// Breakdowns parts the answer by every dimension of its definition.
func (f Figure) Breakdowns(q Question) []Breakdown {
	var out []Breakdown
	for _, by := range q.Definition.Dimensions() {
		out = append(out, f.Break(q, by))
	}
	return out
}

// Break parts the answer to a question by one of its definition's dimensions.
func (l *Lists) Break(q Question, by Dimension) Breakdown {
	return broken(q, by, l.Value, l.Rows())
}

// Breakdowns parts the answer by every dimension of its definition.
func (l *Lists) Breakdowns(q Question) []Breakdown {
	var out []Breakdown
	for _, by := range q.Definition.Dimensions() {
		out = append(out, l.Break(q, by))
	}
	return out
}

func broken(q Question, by Dimension, value int, members iter.Seq[*Row]) Breakdown {
	counts := map[string]int{}
	b := Breakdown{Dimension: by}
	for r := range members {
		counts[partOf(r, by)] += r.Amount
		b.Sum += r.Amount
	}
	b.Apart = value - b.Sum
	for _, code := range codesOf(q, by, counts) {
		b.Portions = append(b.Portions, Portion{code, counts[code]})
	}
	return b
}

func (f Figure) rows() iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for _, m := range f.Members {
			if !yield(m.Row) {
				return
			}
		}
	}
}

func partOf(r *Row, by Dimension) string {
	code := ""
	switch by {
	case ByMonth:
		if r.From != 0 && r.From.MonthFirst() == r.To.MonthFirst() {
			code = monthCode(r.From)
		}
	case ByDesk:
		code = r.Desk
	case ByChannel:
		code = r.Channel
	case ByPlace:
		code = r.Place
	case ByTurn:
		code = r.Turn
	case ByAge:
		code = r.AgeBand
	case ByGrade:
		code = r.Grade
	}
	return cmp.Or(code, Unknown)
}

func monthCode(d japan.Date) string { return d.String()[:len("2019-04")] }

// codesOf are the codes of a dimension in their order, then those that occur
// without standing in the list, then Unknown.
func codesOf(q Question, by Dimension, counts map[string]int) []string {
	codes := listOf(q, by)
	var others []string
	for code := range counts {
		if code != Unknown && !slices.Contains(codes, code) {
			others = append(others, code)
		}
	}
	slices.Sort(others)
	codes = slices.DeleteFunc(append(codes, others...), func(c string) bool { return c == Unknown })
	return append(codes, Unknown)
}

func listOf(q Question, by Dimension) []string {
	var codes []string
	switch by {
	case ByMonth:
		for first := q.Period.From.MonthFirst(); first <= q.Period.To; first = first.AddMonths(1) {
			codes = append(codes, monthCode(first))
		}
	case ByDesk:
		for _, desk := range domain.Codes["desk"] {
			if desk == q.Scope || scopeOf(q.Scope) == CtrlLevel && controllerOf(desk) == q.Scope {
				codes = append(codes, desk)
			}
		}
	case ByPlace:
		for _, m := range japan.Municipalities(controllerOf(q.Scope), q.Period.To) {
			codes = append(codes, m.Code)
		}
	case ByGrade:
		codes = []string{"a", "b", "c", "d"}
	default:
		codes = slices.Clone(domain.Codes[string(by)])
	}
	return codes
}

// Cross parts the members of a figure by two dimensions at once: so many rows and
// columns, with totals at the right and at the bottom, row by row (see Lines).
type Cross struct {
	Rows, Columns []string
	Counts        []int
}

// Cross answers the table of two of the definition's dimensions.
func (f Figure) Cross(q Question, down, across Dimension) Cross {
	type place struct{ row, column string }
	counts := map[place]int{}
	rows, columns := map[string]int{}, map[string]int{}
	for _, m := range f.Members {
		at, n := place{partOf(m.Row, down), partOf(m.Row, across)}, cmp.Or(m.Amount, 1)
		counts[at] += n
		rows[at.row] += n
		columns[at.column] += n
	}
	t := Cross{Rows: codesOf(q, down, rows), Columns: codesOf(q, across, columns)}
	sum := 0
	for _, r := range t.Rows {
		for _, c := range t.Columns {
			t.Counts = append(t.Counts, counts[place{r, c}])
		}
		t.Counts = append(t.Counts, rows[r])
		sum += rows[r]
	}
	for _, c := range t.Columns {
		t.Counts = append(t.Counts, columns[c])
	}
	t.Counts = append(t.Counts, sum)
	return t
}

// ControllerOf answers the controller a scope belongs to; the corner of two has
// none of its own and is answered as it is.
func ControllerOf(scope string) string { return controllerOf(scope) }
