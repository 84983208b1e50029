package indicator

import (
	"crypto/sha256"
	"encoding/hex"
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
	Grades                 map[string]int
	Moved                  map[string]int // job, move, both: outcomes of the members inside the period
	LeftEarly              int            // members known to have moved out before a year was over
	Unobserved             int            // S1: not yet a year since the move
	Erased                 int            // members whose person is erased; they count as before
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
	sum := sha256.Sum256([]byte(strings.Join(keys, "\n")))
	return hex.EncodeToString(sum[:])
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
	rule := rules[q.Definition.Rule]
	f := Figure{Grades: map[string]int{}, Moved: map[string]int{}}
	counted := map[string]int{} // member → index
	sum := 0
	for r := range each(lists) {
		if r.Family != rule.family || !rule.candidate(q, r) {
			continue
		}
		if clause := rule.clause(q, r); clause != "" {
			if rule.family == Sessions && clause == "anonymous" {
				f.Anonymous++
			}
			f.NearMisses = append(f.NearMisses, NearMiss{Key: r.Entity, Position: r.Position, On: r.From, Clause: clause, Row: r})
			continue
		}
		m := Member{Key: rule.member(r), Position: r.Position, On: r.From, Row: r, Grade: r.Grade}
		if r.Amount != 1 || rule.tell == middle {
			m.Amount = r.Amount
		}
		sum += r.Amount
		i, again := counted[m.Key]
		switch {
		case !again:
			counted[m.Key] = len(f.Members)
			f.Members = append(f.Members, m)
		case earlier(r.From, r.Position, f.Members[i].Row.From, f.Members[i].Position):
			f.Members[i] = m
		}
	}
	r := q.Definition.told(len(f.Members), sum, func() []int {
		amounts := make([]int, len(f.Members))
		for i, m := range f.Members {
			amounts[i] = m.Row.Amount
		}
		return amounts
	})
	f.Value, f.Absent = r.Value, r.Absent
	f.finish(lists, q, today)
	return f
}

func each(lists [][]Row) iter.Seq[*Row] {
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
	q       Question
	rule    rule
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
	return &Count{q: q, rule: rules[q.Definition.Rule], members: map[string]bool{}, amounts: map[string]amount{}}
}

// Question is what is counted for.
func (c *Count) Question() Question { return c.q }

// Add looks at one row that holds.
func (c *Count) Add(r *Row) {
	if r.Family != c.rule.family || !c.rule.candidate(c.q, r) || c.rule.clause(c.q, r) != "" {
		return
	}
	c.sum += r.Amount
	if c.q.Definition.Basis == "gross" && c.rule.tell != middle { // each row is a member of its own
		c.rows++
		return
	}
	member := c.rule.member(r)
	c.members[member] = true
	if c.rule.tell != middle {
		return
	}
	if have, again := c.amounts[member]; !again || earlier(r.From, r.Position, have.on, have.position) {
		c.amounts[member] = amount{r.From, r.Position, r.Amount}
	}
}

// Value is what the rows looked at so far count.
func (c *Count) Value() int { return c.result().Value }

func (c *Count) result() Result {
	return c.q.Definition.told(len(c.members)+c.rows, c.sum, func() []int {
		var out []int
		for _, a := range c.amounts {
			out = append(out, a.n)
		}
		return out
	})
}

func (f *Figure) finish(lists [][]Row, q Question, today japan.Date) {
	inOrder(f.Members, func(a, b Member) int { return order(a.Position, a.Key, b.Position, b.Key) })
	inOrder(f.NearMisses, func(a, b NearMiss) int { return order(a.Position, a.Key, b.Position, b.Key) })
	members := make(map[string]bool, len(f.Members))
	for _, m := range f.Members {
		if m.Grade != "" {
			f.Grades[m.Grade]++
		}
		members[m.Row.Person] = true
		if m.Row.Erased {
			f.Erased++
		}
		year := m.Row.From.Add(365)
		if m.Row.Gone != 0 && m.Row.Gone < year {
			f.LeftEarly++
		} else if m.Row.Kind == MoveKind && year > today {
			f.Unobserved++
		}
	}
	kinds := map[string]map[string]bool{}
	for r := range each(lists) {
		if r.Family == Outcomes && r.Clause == "" && members[r.Person] && inside(q.Period, r) {
			if kinds[r.Person] == nil {
				kinds[r.Person] = map[string]bool{}
			}
			kinds[r.Person][r.Kind] = true
		}
	}
	for _, k := range kinds {
		switch {
		case k[JobKind] && k[MoveKind]:
			f.Moved["both"]++
		case k[JobKind]:
			f.Moved[JobKind]++
		case k[MoveKind]:
			f.Moved[MoveKind]++
		}
	}
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
