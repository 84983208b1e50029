package indicator

import (
	"errors"
	"fmt"
	"slices"
	"strings"

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

// Explain walks from one figure to another.
func Explain(h History, a, b Known) (Difference, error) {
	if a.Definition.Indicator != b.Definition.Indicator || a.Scope != b.Scope {
		return Difference{}, ErrScopes
	}
	knowledge, from, err := learnt(h, a, b.Position)
	if err != nil {
		return Difference{}, err
	}
	d := Difference{From: from, Parts: knowledge}
	at := tallyOf(a.Question)
	rows, err := h.At(a.Definition, b.Position, union(a.Period, b.Period))
	if err != nil {
		return Difference{}, err
	}
	at.all(rows)
	period := tallyOf(Question{Definition: a.Definition, Scope: a.Scope, Period: b.Period})
	period.all(rows)
	if p := changed(PeriodKind, at, period); a.Period != b.Period && p.moves() {
		d.Parts = append(d.Parts, p)
	}
	if rows, err = h.At(b.Definition, b.Position, b.Period); err != nil {
		return Difference{}, err
	}
	rule := tallyOf(b.Question)
	rule.all(rows)
	if p := changed(DefinitionKind, period, rule); p.moves() {
		d.Parts = append(d.Parts, p)
	}
	d.To = rule.value()
	return d, d.exact()
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
func learnt(h History, a Known, to uint64) ([]Part, int, error) {
	early, late := min(a.Position, to), max(a.Position, to)
	rows, err := h.At(a.Definition, early, a.Period)
	if err != nil {
		return nil, 0, err
	}
	t := tallyOf(a.Question)
	t.all(rows)
	first := t.value()
	steps, err := h.Between(a.Definition, early, late, a.Period)
	if err != nil {
		return nil, 0, err
	}
	var parts []Part
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].At == steps[0].At {
			n++
		}
		if p := t.take(steps[:n]); p.moves() {
			parts = append(parts, p)
		}
		steps = steps[n:]
	}
	if a.Position <= to {
		return parts, first, nil
	}
	slices.Reverse(parts)
	for i := range parts {
		p := &parts[i]
		p.Delta, p.Gained, p.Lost = -p.Delta, p.Lost, p.Gained
	}
	return parts, t.value(), nil
}

func (p Part) moves() bool { return p.Delta != 0 || len(p.Gained)+len(p.Lost) > 0 }

// tally answers one question over rows that come and go.
type tally struct {
	q       Question
	rule    rule
	members map[string][]*Row  // counted rows of each member
	whose   map[string]string  // the member of each counted entity
	out     map[string]Shifted // the rest, by entity: whom it would count
	sum     int
}

func tallyOf(q Question) *tally {
	return &tally{q: q, rule: rules[q.Definition.Rule], members: map[string][]*Row{}, whose: map[string]string{}, out: map[string]Shifted{}}
}

func (t *tally) value() int {
	if t.rule.heads {
		return t.sum
	}
	return len(t.members)
}

func (t *tally) all(rows []Row) {
	for i := range rows {
		t.add(&rows[i])
	}
}

// add takes a row in and answers the member it counts for, or "".
func (t *tally) add(r *Row) string {
	if r.Family != t.rule.family || !t.rule.candidate(t.q, r) {
		return ""
	}
	member := t.rule.member(r)
	if clause := t.rule.clause(t.q, r); clause != "" {
		t.out[r.Entity] = Shifted{member, r, clause}
		return ""
	}
	t.members[member] = append(t.members[member], r)
	t.whose[r.Entity] = member
	t.sum += r.Amount
	return member
}

// drop takes a row out again.
func (t *tally) drop(r *Row) string {
	if r.Family != t.rule.family || !t.rule.candidate(t.q, r) {
		return ""
	}
	member := t.rule.member(r)
	if t.rule.clause(t.q, r) != "" {
		delete(t.out, r.Entity)
		return ""
	}
	list := t.members[member]
	if i := slices.IndexFunc(list, func(x *Row) bool { return *x == *r }); i >= 0 {
		list = slices.Delete(list, i, i+1)
	}
	if t.members[member] = list; len(list) == 0 {
		delete(t.members, member)
	}
	delete(t.whose, r.Entity)
	t.sum -= r.Amount
	return member
}

// take applies the steps of one event.
func (t *tally) take(steps []Step) Part {
	was := t.value()
	before := map[string]*Row{} // members touched: a row of each as it stood, or none
	touch := func(member string, r *Row, counted bool) {
		if _, seen := before[member]; member != "" && !seen {
			if !counted {
				r = nil
			}
			before[member] = r
		}
	}
	for i := range steps {
		s := &steps[i]
		if s.Removed {
			touch(t.drop(&s.Row), &s.Row, true)
			continue
		}
		counted := len(t.members[t.rule.member(&s.Row)]) > 0
		touch(t.add(&s.Row), &s.Row, counted)
	}
	p := Part{Kind: steps[0].Why, Position: steps[0].At, Delta: t.value() - was}
	for member, row := range before {
		now := t.members[member]
		switch {
		case row == nil && len(now) > 0:
			p.Gained = append(p.Gained, Shifted{Member: member, Row: now[0]})
		case row != nil && len(now) == 0:
			p.Lost = append(p.Lost, t.left(member, row, steps))
		}
	}
	p.sort()
	return p
}

// left tells why a member is counted no longer.
func (t *tally) left(member string, row *Row, steps []Step) Shifted {
	for _, s := range steps {
		if x, ok := t.out[s.Row.Entity]; ok && !s.Removed && (x.Member == member || s.Row.Entity == row.Entity) {
			return Shifted{member, row, x.Clause}
		}
	}
	return t.missing(member, row)
}

func (t *tally) missing(member string, row *Row) Shifted {
	if x, ok := t.out[row.Entity]; ok {
		return Shifted{member, row, x.Clause}
	}
	if now := t.whose[row.Entity]; now != "" && now != member {
		return Shifted{member, row, OtherMember}
	}
	return Shifted{member, row, Gone}
}

// changed compares two ways to ask about the same moment.
func changed(kind string, a, b *tally) Part {
	p := Part{Kind: kind, Delta: b.value() - a.value()}
	for member, rows := range b.members {
		if len(a.members[member]) == 0 {
			p.Gained = append(p.Gained, Shifted{Member: member, Row: rows[0]})
		}
	}
	for member, rows := range a.members {
		if len(b.members[member]) == 0 {
			p.Lost = append(p.Lost, b.missing(member, rows[0]))
		}
	}
	p.sort()
	return p
}

func (p *Part) sort() {
	byMember := func(a, b Shifted) int { return strings.Compare(a.Member, b.Member) }
	slices.SortFunc(p.Gained, byMember)
	slices.SortFunc(p.Lost, byMember)
}

// Kinds adds the deltas up by kind.
func (d Difference) Kinds() map[string]int {
	out := map[string]int{}
	for _, p := range d.Parts {
		out[p.Kind] += p.Delta
	}
	return out
}
