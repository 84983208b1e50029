package indicator

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Question is what a figure answers: a definition, a scope, a period.
type Question struct {
	Definition Definition
	Scope      string // desk (D-TKY), controller (31), or corner (TKC)
	Period     japan.Period
}

// Figure is the answer, with everything that stands behind it.
type Figure struct {
	Value                  int        // in units of the definition's last decimal: 148 is 14.8 at scale 1
	Absent                 string     // why there is no value; Value is 0 then and means nothing
	Numerator, Denominator int        // of a ratio
	Over                   []Member   // of a ratio: the members of the denominator
	Members                []Member   // ascending by position; of a ratio those of the numerator
	NearMisses             []NearMiss // ascending by position
	Anonymous              int        // countable sessions of anonymous leads (printed beside P0)
	Aside
}

// Aside is what is printed beside a figure, told by its members.
type Aside struct {
	Grades     map[string]int // of evidence
	Moved      map[string]int // job, move, both: outcomes of the members inside the period; of figures of outcomes only
	LeftEarly  int            // members known to have moved out before a year was over
	Unobserved int            // S1: not yet a year since the move
	Erased     int            // members whose person is erased; they count as before
}

// Result is the value alone.
func (f Figure) Result() Result { return Result{f.Value, f.Numerator, f.Denominator, f.Absent} }

// Member is one thing counted.
type Member struct {
	Key      string     `json:"key"` // session, person, or (person, episode)
	Position uint64     `json:"position"`
	On       japan.Date `json:"on"`
	Amount   int        `json:"amount,omitempty"`
	Grade    string     `json:"grade,omitempty"`
	Row      *Row       `json:"-"`
}

// NearMiss is a candidate that was not counted, with the first clause it fails.
type NearMiss struct {
	Key      string     `json:"key"`
	Position uint64     `json:"position"`
	On       japan.Date `json:"on"`
	Clause   string     `json:"clause"`
	Row      *Row       `json:"-"`
}

// Digest is the SHA-256 of the members' keys, ascending, one a line (hex); of a
// ratio, those of the denominator follow, each behind a slash.
func (f Figure) Digest() string {
	keys := make([]string, 0, len(f.Members)+len(f.Over))
	for _, m := range f.Members {
		keys = append(keys, m.Key)
	}
	slices.Sort(keys)
	for _, m := range f.Over {
		keys = append(keys, "/"+m.Key)
	}
	slices.Sort(keys[len(f.Members):])
	return digestOf(keys)
}

// Measure folds events up to known and answers the question: the pure counting
// function, without any incremental state (counting.md 1).
func Measure(events func(yield func(position uint64, typ, stream string, facts domain.Facts) bool), known uint64, q Question, today japan.Date) (Figure, error) {
	s := NewState()
	var failed error
	events(func(position uint64, typ, stream string, facts domain.Facts) bool {
		if position > known {
			return false
		}
		_, failed = s.Fold(position, typ, stream, facts.Glance())
		return failed == nil
	})
	if failed != nil {
		return Figure{}, failed
	}
	var figures []Figure
	for _, side := range q.Sides() {
		figures = append(figures, Answer(s.Rows(side.Definition.Params()), side, today))
	}
	if q.Definition.Ratio() {
		return Share(q, figures[0], figures[1]), nil
	}
	return figures[0], nil
}

// Answer counts rows that hold at one position; those of a ratio are made under
// the Params of both its sides. today is the day of known_at; it only decides
// which S1 persons are not yet observed for a year.
func Answer(rows []Row, q Question, today japan.Date) Figure {
	return AnswerOf(q, today, rows)
}

// AnswerOf is Answer over rows that lie in several lists.
func AnswerOf(q Question, today japan.Date, lists ...[]Row) Figure {
	if sides := q.Sides(); len(sides) == 2 {
		return Share(q, AnswerOf(sides[0], today, lists...), AnswerOf(sides[1], today, lists...))
	}
	var all []*Row
	for r := range rowsOf(lists) {
		all = append(all, r)
	}
	sieve := NewSieve(q, func(no int32, _ *Row) *Row { return all[no] })
	for no, r := range all {
		sieve.Add(int32(no), r)
	}
	return sieve.Lists().Figure(today, slices.Values(all))
}

func rowsOf(lists [][]Row) iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for _, rows := range lists {
			for i := range rows {
				if !yield(&rows[i]) {
					return
				}
			}
		}
	}
}

// Count is the value of an Answer alone: rows are looked at one by one and none is
// kept.
type Count struct {
	*judge
	members map[string]bool
	amounts map[string]amount // by member, for a rule that asks for them
	rows    int               // members of a gross count
	sum     int
}

// amount is what a member brings, by its earliest row.
type amount struct {
	on       japan.Date
	position uint64
	n        int
}

// NewCount begins to count for a question that is no ratio.
func NewCount(q Question) *Count {
	return &Count{judge: judgeOf(q), members: map[string]bool{}, amounts: map[string]amount{}}
}

// Add looks at one row that holds; the row may be used again after it.
func (c *Count) Add(r *Row) { c.take(r) }

// take is Add; it tells whether the row counts.
func (c *Count) take(r *Row) bool {
	if !c.candidate(r) || c.clause(r) != "" {
		return false
	}
	c.sum += r.Amount
	if c.Definition.gross() {
		c.rows++
		return true
	}
	member := c.member(r)
	c.members[member] = true
	if c.tell != middle {
		return true
	}
	if have, again := c.amounts[member]; !again || earlier(r.From, r.Position, have.on, have.position) {
		c.amounts[member] = amount{r.From, r.Position, r.Amount}
	}
	return true
}

// Value is what the rows looked at so far count.
func (c *Count) Value() int { return c.result().Value }

func (c *Count) result() Result {
	return c.Definition.told(len(c.members)+c.rows, c.sum, func() []int {
		var out []int
		for _, a := range c.amounts {
			out = append(out, a.n)
		}
		return out
	})
}

// inOrder sorts what comes in order as a rule.
func inOrder[T any](list []T, compare func(a, b T) int) {
	if !slices.IsSortedFunc(list, compare) {
		slices.SortFunc(list, compare)
	}
}

func order(pa uint64, ka string, pb uint64, kb string) int {
	if pa != pb {
		if pa < pb {
			return -1
		}
		return 1
	}
	return strings.Compare(ka, kb)
}

// inside: the whole interval lies in the period.
func inside(p japan.Period, r *Row) bool { return p.From <= r.From && r.To <= p.To }

// touches: some day of the interval lies in the period.
func touches(p japan.Period, r *Row) bool { return r.From <= p.To && p.From <= r.To }

// scopeOf tells what a scope names.
func scopeOf(scope string) Level {
	if slices.Contains(domain.Codes["controller"], scope) {
		return CtrlLevel
	}
	return DeskLevel
}

func (q Question) String() string {
	return fmt.Sprintf("%s@%s %s..%s", q.Definition.Indicator, q.Scope, q.Period.From, q.Period.To)
}
