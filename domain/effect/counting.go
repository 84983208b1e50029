package effect

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Counted is one figure that counts a person, before and after the erasure of the
// person. Both count the component only, as in Shift.
type Counted struct {
	Indicator, Version string
	Scope              string
	Period             japan.Period
	Members            int // of the figure that are the person's
	Before, After      int
	Same               bool // value and members, one by one
	// Figure and Edition name a snapshot that was stored, known at Position; of a
	// live figure they are empty.
	Figure   string
	Edition  int
	Position uint64
	Value    int // of the snapshot
}

// Snapshot is a figure that was stored: an edition in the register.
type Snapshot struct {
	Figure   string
	Edition  int
	Question indicator.Question
	Position uint64
	Value    int
}

// Counting answers which figures count a person, each before and after the
// erasure: live figures as in Of, then the snapshots, in their order. past yields
// the events of the person's component in order of position.
func Counting(past iter.Seq2[domain.Recorded, error], person string, rules Rules, today japan.Date, snapshots []Snapshot, cutoffs ...japan.Period) ([]Counted, error) {
	var events []domain.Recorded
	w := world{state: indicator.NewState(), params: paramsOf(rules)}
	for rec, err := range past {
		if err != nil {
			return nil, err
		}
		if err := w.fold(rec); err != nil {
			return nil, err
		}
		events = append(events, rec)
	}
	was := w.rows()
	var steps []step
	for i, rec := range Erasure(person, today) {
		changes, err := w.step(w.state.Position+uint64(i)+1, rec)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step{indicator.Why(rec.Type), changes, was, w.rows()})
	}
	var out []Counted
	last := steps[len(steps)-1]
	for _, q := range questions(rules, steps, today, cutoffs) {
		if !last.touches(q, slices.Index(w.params, q.Definition.Params()), today) {
			continue
		}
		by := slices.Index(w.params, q.Definition.Params())
		if c, counts := counted(q, indicator.Answer(was[by], q, today), indicator.Answer(last.now[by], q, today), person); counts {
			out = append(out, c)
		}
	}
	stored, err := countingSnapshots(events, person, rules, today, snapshots)
	return append(out, stored...), err
}

// Erasure are the events of an erasure as counting reads them.
func Erasure(person string, today japan.Date) []domain.Recorded {
	facts := domain.Facts(fmt.Sprintf(`{"occurred_on":%q,"precision":"day"}`, today))
	body := domain.FormatBody(domain.Body{Facts: facts, Salt: make([]byte, domain.SaltSize)})
	stream := domain.StreamName("person", person)
	return []domain.Recorded{
		{Type: "person.erasure_ordered", Stream: stream, Body: body}, {Type: "person.erased", Stream: stream, Body: body},
	}
}

func counted(q indicator.Question, was, now indicator.Figure, person string) (Counted, bool) {
	c := Counted{Indicator: q.Definition.Indicator, Version: q.Definition.Version, Scope: q.Scope, Period: q.Period,
		Before: was.Value, After: now.Value, Same: was.Value == now.Value && slices.Equal(keys(was), keys(now))}
	for _, m := range append(slices.Clone(was.Members), was.Over...) {
		if m.Row.Person == person {
			c.Members++
		}
	}
	return c, c.Members > 0 || !c.Same
}

// countingSnapshots counts each snapshot again as it was known, and as it would be
// known with the erasure before it: the strictest reading of what it could touch.
func countingSnapshots(events []domain.Recorded, person string, rules Rules, today japan.Date, snapshots []Snapshot) ([]Counted, error) {
	var out []Counted
	for _, s := range snapshots {
		params := s.Question.Definition.Params()
		w := world{state: indicator.NewState(), params: []indicator.Params{params}}
		for _, rec := range events {
			if rec.Position > s.Position {
				break
			}
			if err := w.fold(rec); err != nil {
				return nil, err
			}
		}
		was := indicator.Answer(w.rows()[0], s.Question, today)
		for _, rec := range Erasure(person, today) {
			rec.Position = w.state.Position + 1
			if err := w.fold(rec); err != nil {
				return nil, err
			}
		}
		c, counts := counted(s.Question, was, indicator.Answer(w.rows()[0], s.Question, today), person)
		if counts {
			c.Figure, c.Edition, c.Position, c.Value = s.Figure, s.Edition, s.Position, s.Value
			out = append(out, c)
		}
	}
	return out, nil
}

// DigestOf is the SHA-256 (hex) of what counts a person, one figure a line: what
// an order to erase states as its preview.
func DigestOf(list []Counted) string {
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, "%s %s %s %s..%s %s#%d %d %d %d %t\n", c.Indicator, c.Version, c.Scope, c.Period.From, c.Period.To, c.Figure, c.Edition, c.Members, c.Before, c.After, c.Same)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}
