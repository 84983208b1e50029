// Package effect shows what a correction would do to figures before it is made:
// the proposed events are folded onto everything that hangs together with them,
// and every indicator is asked before and after (counting.md 9). It is pure.
package effect

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Effect is what some events would change, in the order of the questions.
type Effect struct {
	Position uint64 // of the newest event it was computed from
	Shifts   []Shift
}

// Shift is one figure that changes. Before and After count the component only:
// everybody connected with the proposed events. Nobody outside it is touched, so
// Delta added to a live value is the value afterwards, exactly.
type Shift struct {
	Indicator, Version string
	Scope              string // desk, corner or controller
	Period             japan.Period
	Kind               string // of counting.md 8
	Before, After      int
	Lost               []Loss   // members that drop out, ascending by key
	Gained             []string // members that come in, ascending
}

// Delta is After less Before; 0 where only the members change.
func (s Shift) Delta() int { return s.After - s.Before }

// Loss is a member that drops out, with the first clause it then fails. Clause
// is "gone" where nothing is left to be counted: the candidate itself ceased.
type Loss struct{ Member, Clause string }

// Gone is the clause of a member of which no candidate is left.
const Gone = indicator.Gone

// Delta is the sum of what changes for one question.
func (e Effect) Delta(indicator, version, scope string, period japan.Period) int {
	sum := 0
	for _, s := range e.Shifts {
		if s.Indicator == indicator && s.Version == version && s.Scope == scope && s.Period == period {
			sum += s.Delta()
		}
	}
	return sum
}

// Digest is the SHA-256 (hex) of the effect, one shift a line: what a merge
// states as its preview. The same effect has the same digest.
func (e Effect) Digest() string {
	var b strings.Builder
	for _, s := range e.Shifts {
		fmt.Fprintf(&b, "%s %s %s %s..%s %s %d %d", s.Indicator, s.Version, s.Scope, s.Period.From, s.Period.To, s.Kind, s.Before, s.After)
		for _, l := range s.Lost {
			fmt.Fprintf(&b, " -%s:%s", l.Member, l.Clause)
		}
		for _, g := range s.Gained {
			fmt.Fprintf(&b, " +%s", g)
		}
		b.WriteByte('\n')
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// Shipped are the definitions in the repository.
var Shipped = sync.OnceValues(indicator.Shipped)

// Rules answers the definitions that count at a scope.
type Rules func(scope string) *indicator.Book

// Everywhere lets the same definitions count at every scope.
func Everywhere(book *indicator.Book) Rules {
	return func(string) *indicator.Book { return book }
}

// Of answers what proposed events would change. past yields the events of the
// component in order of position; proposed are in the order of their append and
// have no positions yet. It asks every definition of every desk, corner and
// controller, for each fiscal year from the first row that changes to
// that of today, and for the cut-offs given (such as the year to date).
func Of(past iter.Seq2[domain.Recorded, error], proposed []domain.Recorded, rules Rules, today japan.Date, cutoffs ...japan.Period) (Effect, error) {
	w := world{state: indicator.NewState(), params: paramsOf(rules)}
	for rec, err := range past {
		if err != nil {
			return Effect{}, err
		}
		if err := w.fold(rec); err != nil {
			return Effect{}, err
		}
	}
	out := Effect{Position: w.state.Position}
	was := w.rows()
	var steps []step
	for i, rec := range proposed {
		changes, err := w.step(out.Position+uint64(i)+1, rec)
		if err != nil {
			return Effect{}, err
		}
		now := w.rows()
		steps = append(steps, step{indicator.Why(rec.Type), changes, was, now})
		was = now
	}
	for _, q := range questions(rules, steps, today, cutoffs) {
		out.Shifts = append(out.Shifts, w.shifts(q, steps, today)...)
	}
	return out, nil
}

// step is one proposed event: what it does to the rows, by Params.
type step struct {
	kind     string
	changes  [][]indicator.Change
	was, now [][]indicator.Row
}

type world struct {
	state  *indicator.State
	params []indicator.Params
}

// paramsOf are the different ways in which the definitions make rows.
func paramsOf(rules Rules) []indicator.Params {
	var out []indicator.Params
	for _, scope := range Scopes() {
		for _, d := range rules(scope).All() {
			if p := d.Params(); !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

func (w *world) fold(rec domain.Recorded) error {
	facts, err := domain.FactsOf(rec.Body)
	if err == nil {
		_, err = w.state.Fold(rec.Position, rec.Type, rec.Stream, facts.Glance())
	}
	return of(rec, err)
}

func (w *world) step(position uint64, rec domain.Recorded) ([][]indicator.Change, error) {
	facts, err := domain.FactsOf(rec.Body)
	if err != nil {
		return nil, of(rec, err)
	}
	changes, err := w.state.Step(position, rec.Type, rec.Stream, facts.Glance(), w.params...)
	kept := make([][]indicator.Change, len(changes))
	for i := range changes {
		kept[i] = slices.Clone(changes[i])
	}
	return kept, of(rec, err)
}

func of(rec domain.Recorded, err error) error {
	if err != nil {
		return fmt.Errorf("effect of %s: %w", rec.Type, err)
	}
	return nil
}

// rows that hold now, by Params.
func (w *world) rows() [][]indicator.Row {
	out := make([][]indicator.Row, len(w.params))
	for i, p := range w.params {
		out[i] = w.state.Rows(p)
	}
	return out
}

// shifts follows one figure event by event: each change belongs to the event
// that made it; changes of one kind in a row are one.
func (w *world) shifts(q indicator.Question, steps []step, today japan.Date) []Shift {
	by := slices.Index(w.params, q.Definition.Params())
	var out []Shift
	var start indicator.Figure // where the last shift began
	for _, st := range steps {
		if !st.touches(q, by, today) {
			continue
		}
		was, now := indicator.Answer(st.was[by], q, today), indicator.Answer(st.now[by], q, today)
		if n := len(out); n > 0 && out[n-1].Kind == st.kind {
			out = out[:n-1]
		} else {
			start = was
		}
		out = append(out, shift(q, st.kind, start, now))
	}
	return slices.DeleteFunc(out, func(s Shift) bool { return s.Before == s.After && len(s.Lost)+len(s.Gained) == 0 })
}

// touches tells whether a changed row counts, or counted: each is judged alone.
func (st step) touches(q indicator.Question, by int, today japan.Date) bool {
	if len(st.changes) == 0 {
		return false
	}
	for _, c := range st.changes[by] {
		if indicator.Answer([]indicator.Row{c.Row}, q, today).Members != nil {
			return true
		}
	}
	return false
}

func shift(q indicator.Question, kind string, was, now indicator.Figure) Shift {
	s := Shift{
		Indicator: q.Definition.Indicator, Version: q.Definition.Version, Scope: q.Scope, Period: q.Period,
		Kind: kind, Before: was.Value, After: now.Value,
	}
	before, after := keys(was), keys(now)
	for _, m := range was.Members {
		if _, stays := slices.BinarySearch(after, m.Key); !stays {
			s.Lost = append(s.Lost, Loss{m.Key, clause(m, now)})
		}
	}
	slices.SortFunc(s.Lost, func(a, b Loss) int { return strings.Compare(a.Member, b.Member) })
	for _, k := range after {
		if _, had := slices.BinarySearch(before, k); !had {
			s.Gained = append(s.Gained, k)
		}
	}
	return s
}

func keys(f indicator.Figure) []string {
	out := make([]string, len(f.Members))
	for i, m := range f.Members {
		out[i] = m.Key
	}
	slices.Sort(out)
	return out
}

// clause finds why a member is none any more.
func clause(m indicator.Member, now indicator.Figure) string {
	for _, near := range now.NearMisses {
		if near.Row.Entity == m.Row.Entity {
			return near.Clause
		}
	}
	return Gone
}
