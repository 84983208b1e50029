package indicator

import (
	"errors"
	"fmt"
	"slices"

	"ayumi/domain/japan"
)

// Step is one row that began or ceased to hold at an event.
type Step struct {
	Change
	At uint64 // position of the event that caused it
}

// Known is a question with the log position up to which it is answered.
type Known struct {
	Question
	Position uint64
}

// Difference is how one figure became another, along one fixed path: what the
// log came to say, at the old rule and period; then the other period; then the
// other rule (counting.md 8). The deltas of its parts add up to To less From.
type Difference struct {
	From, To int
	Parts    []Part

	// Why the one or the other figure has no value: its end is 0 then.
	FromAbsent, ToAbsent string
}

// The kinds that no event causes, and the one that must never count.
const (
	PeriodKind     = "period"
	DefinitionKind = "definition"
	ErasedKind     = "erased"
)

// DifferenceKinds are the kinds of counting.md 8 in the order in which they are
// shown: the records first, then the period, then the rule.
var DifferenceKinds = []string{
	"late_entry", "amended", "voided", "reassigned", "merged", "unmerged", "identified", "evidence",
	"reclassified", "outcome_reversed", ErasedKind, PeriodKind, DefinitionKind,
}

// Part is what one event did to a figure, or the change of period or rule.
type Part struct {
	Kind         string // of counting.md 8
	Position     uint64 // of the event; 0 where there is none
	Delta        int    // may be 0 where members change places
	Gained, Lost []Shifted
}

// Shifted is a member that came or went. Clause is the first one that a member
// that went fails now; Gone where no candidate of it is left.
type Shifted struct {
	Member string
	Row    *Row
	Clause string
	Over   bool // of the denominator of a ratio
}

// Clauses beside those of near misses: no candidate of the member is left; or
// what it was counted for counts for another one now.
const (
	Gone        = "gone"
	OtherMember = "other_member"
)

// History is what a difference is explained from: rows under the parameters of
// one definition.
type History interface {
	// At answers the rows of a definition's family that hold at a position and
	// touch a period.
	At(d Definition, position uint64, period japan.Period) ([]Row, error)
	// Between answers the steps of the family's rows that touch a period after one
	// position and up to a later one, in order of the log.
	Between(d Definition, from, to uint64, period japan.Period) ([]Step, error)
}

// ErrScopes: only figures of one indicator and one scope have a difference.
var ErrScopes = errors.New("figures of different indicators or scopes")

// Explain walks from one figure to another. The value of a share or a median is
// taken after every event, so that its parts add up as those of a count do.
func Explain(h History, a, b Known) (Difference, error) {
	if a.Definition.Indicator != b.Definition.Indicator || a.Scope != b.Scope {
		return Difference{}, ErrScopes
	}
	knowledge, from, err := learnt(h, a, b.Position)
	if err != nil {
		return Difference{}, err
	}
	d := Difference{From: from.Value, FromAbsent: from.Absent, Parts: knowledge}
	if a.Period == b.Period && a.Definition.Digest() == b.Definition.Digest() {
		to, err := counted(h, b)
		if err != nil {
			return Difference{}, err
		}
		d.To, d.ToAbsent = to.Value, to.Absent
		return d, d.exact()
	}
	later := Question{Definition: a.Definition, Scope: a.Scope, Period: b.Period}
	at, period, rule := reckoningOf(a.Question), reckoningOf(later), reckoningOf(b.Question)
	for i, side := range at.sides {
		rows, err := h.At(side.Definition, b.Position, union(a.Period, b.Period))
		if err != nil {
			return Difference{}, err
		}
		side.all(rows)
		period.sides[i].all(rows)
	}
	for _, side := range rule.sides {
		rows, err := h.At(side.Definition, b.Position, b.Period)
		if err != nil {
			return Difference{}, err
		}
		side.all(rows)
	}
	if p := changed(PeriodKind, at, period); a.Period != b.Period && p.moves() {
		d.Parts = append(d.Parts, p)
	}
	if p := changed(DefinitionKind, period, rule); p.moves() {
		d.Parts = append(d.Parts, p)
	}
	to := rule.result()
	d.To, d.ToAbsent = to.Value, to.Absent
	return d, d.exact()
}

// counted is the value at the end, apart from the way to it.
func counted(h History, b Known) (Result, error) {
	var sides []*Count
	for _, side := range b.Sides() {
		rows, err := h.At(side.Definition, b.Position, b.Period)
		if err != nil {
			return Result{}, err
		}
		c := NewCount(side)
		for i := range rows {
			c.Add(&rows[i])
		}
		sides = append(sides, c)
	}
	return Told(b.Question, sides...), nil
}

func union(a, b japan.Period) japan.Period {
	return japan.Period{From: min(a.From, b.From), To: max(a.To, b.To)}
}

// exact demands that the parts add up.
func (d Difference) exact() error {
	sum := d.From
	for _, p := range d.Parts {
		sum += p.Delta
	}
	if sum != d.To {
		return fmt.Errorf("the parts lead from %d to %d, not to %d", d.From, sum, d.To)
	}
	return nil
}

// learnt walks the events between the two positions, backwards if the second
// one is earlier, and answers the parts and the value at the first.
func learnt(h History, a Known, to uint64) ([]Part, Result, error) {
	early, late := min(a.Position, to), max(a.Position, to)
	t := reckoningOf(a.Question)
	steps := make([][]Step, len(t.sides))
	for i, side := range t.sides {
		rows, err := h.At(side.Definition, early, a.Period)
		if err != nil {
			return nil, Result{}, err
		}
		side.all(rows)
		if steps[i], err = h.Between(side.Definition, early, late, a.Period); err != nil {
			return nil, Result{}, err
		}
	}
	first := t.result()
	var parts []Part
	for {
		now, rest := nextEvent(steps)
		if steps = rest; now == nil {
			break
		}
		if p := t.take(now); p.moves() {
			parts = append(parts, p)
		}
	}
	if a.Position <= to {
		return parts, first, nil
	}
	slices.Reverse(parts)
	for i := range parts {
		p := &parts[i]
		p.Delta, p.Gained, p.Lost = -p.Delta, p.Lost, p.Gained
	}
	return parts, t.result(), nil
}

// nextEvent takes the steps of the next event off each list; nil: there is none.
func nextEvent(steps [][]Step) (now, rest [][]Step) {
	next := uint64(0)
	for _, list := range steps {
		if len(list) > 0 && (next == 0 || list[0].At < next) {
			next = list[0].At
		}
	}
	if next == 0 {
		return nil, steps
	}
	now = make([][]Step, len(steps))
	for i, list := range steps {
		n := 0
		for n < len(list) && list[n].At == next {
			n++
		}
		now[i], steps[i] = list[:n], list[n:]
	}
	return now, steps
}

func (p Part) moves() bool { return p.Delta != 0 || len(p.Gained)+len(p.Lost) > 0 }

// Kinds adds the deltas up by kind.
func (d Difference) Kinds() map[string]int {
	out := map[string]int{}
	for _, p := range d.Parts {
		out[p.Kind] += p.Delta
	}
	return out
}
