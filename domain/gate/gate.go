// Package gate judges what holds a period of a controller open: outcomes nobody
// confirmed, pairs nobody answered, referrals without an end, late entries and
// blank actuals. It is pure: what is known at a position of the log goes in, the
// things themselves come out, so that a count can be opened.
package gate

import (
	"cmp"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
)

// The gates, as in the code list gate.
const (
	Unconfirmed   = "unconfirmed"
	Duplicates    = "duplicates"
	OpenReferrals = "open_referrals"
	Late          = "late"
	BlankActuals  = "blank_actuals"
)

// ConfirmWithin is how many days after its date an outcome may stand without a
// confirmation (setting; counting.md 6).
const ConfirmWithin = 30

// Question asks what holds a period open, as it was known at the end of a day.
type Question struct {
	Controller string
	Period     japan.Period
	Known      japan.Date
}

// Item is one thing that does not pass a gate, or passes it late. It names no
// person but by pseudonym.
type Item struct {
	Gate     string
	ID       string     // placement, relocation, referral, session; the pair's other record; the indicator's number
	Kind     string     // of an outcome or a session: job, move, consultation, message
	Stream   string     // where it lies, if its record does not say: person-…, workplan-…
	On       japan.Date // the day of the thing
	Position uint64     // of the event that reported it; 0 for what is missing
}

// Found is everything a question found, in order of gates, days and positions.
type Found struct {
	Items   []Item
	Entries int // sessions and outcomes of the period, of which late ones are some
}

// Of are the items of one gate.
func (f Found) Of(gate string) []Item {
	return slices.DeleteFunc(slices.Clone(f.Items), func(i Item) bool { return i.Gate != gate })
}

// Counts are the numbers of the gates.
func (f Found) Counts() domain.GatesNow {
	n := map[string]int{}
	for _, i := range f.Items {
		n[i.Gate]++
	}
	return domain.GatesNow{
		Unconfirmed: n[Unconfirmed], Duplicates: n[Duplicates], OpenReferrals: n[OpenReferrals],
		Late: n[Late], Entries: f.Entries, BlankActuals: n[BlankActuals],
	}
}

// Known is what the rules look at, all of it as known at one position.
type Known struct {
	Rows     []indicator.Row                  // sessions and outcomes under indicator.Usual
	Waiting  []Waiting                        // what the Book holds
	Day      func(position uint64) japan.Date // on which an event was recorded
	Survivor func(person string) string       // whose record goes on after merges
	Sheets   []*workplan.Sheet                // of the controller
}

// Judge answers what holds the period open.
func Judge(q Question, k Known) Found {
	j := judge{q: q, k: k, started: map[string]uint64{}, moved: map[uint64]bool{}, people: map[string]bool{}, done: map[uint64]bool{}}
	for _, w := range k.Waiting {
		switch w.Kind {
		case started:
			j.started[w.ID] = w.Position
		case received:
			j.moved[w.Position] = true
		}
	}
	for _, r := range k.Rows {
		j.row(r)
	}
	for _, w := range k.Waiting {
		j.waits(w)
	}
	j.blanks()
	slices.SortStableFunc(j.found.Items, func(a, b Item) int {
		return cmp.Or(slices.Index(domain.Codes["gate"], a.Gate)-slices.Index(domain.Codes["gate"], b.Gate),
			cmp.Compare(a.On, b.On), cmp.Compare(a.Position, b.Position), strings.Compare(a.ID, b.ID))
	})
	return j.found
}

type judge struct {
	q       Question
	k       Known
	started map[string]uint64 // placement → event that reported the first day at work
	moved   map[uint64]bool   // events that brought a session over from another case
	people  map[string]bool   // who has an entry in the period
	done    map[uint64]bool   // events of moves: one move of four people is one entry
	found   Found
}

func (j *judge) add(i Item) { j.found.Items = append(j.found.Items, i) }

// row takes a session or an outcome. What was voided, fell through or has no date
// is no entry; a day that is known as an interval has to lie inside the period.
func (j *judge) row(r indicator.Row) {
	outcome := r.Family == indicator.Outcomes && (r.Kind == indicator.JobKind || r.Kind == indicator.MoveKind)
	switch {
	case r.Family != indicator.Sessions && !outcome, r.Controller != j.q.Controller,
		r.From < j.q.Period.From, r.To > j.q.Period.To,
		r.Clause == "voided", r.Clause == "fell_through", r.Clause == "no_date":
		return
	}
	j.people[r.Person] = true
	i := Item{ID: r.Entity, Kind: r.Kind, On: r.From, Position: r.Position}
	switch r.Kind {
	case indicator.MoveKind:
		if j.done[r.Position] {
			return
		}
		j.done[r.Position] = true
		i.ID, _, _ = strings.Cut(r.Entity, "/")
	case indicator.JobKind:
		if at := j.started[r.Entity]; at != 0 {
			i.Position = at
		}
	}
	j.found.Entries++
	if outcome && r.Grade == "d" && r.To.Add(ConfirmWithin) < j.q.Known {
		i.Gate = Unconfirmed
		j.add(i)
	}
	// Bringing a session over from another case is no entry: it had been recorded.
	if !j.moved[r.Position] && j.k.Day(i.Position) > japan.LateLimit(r.To) {
		i.Gate = Late
		j.add(i)
	}
}

// waits takes a referral that began in the period, and a pair of records of which
// at least one has an entry there.
func (j *judge) waits(w Waiting) {
	if w.Controller != j.q.Controller {
		return
	}
	i := Item{ID: w.ID, Stream: w.Stream, On: w.On, Position: w.Position}
	switch w.Kind {
	case referral:
		if j.q.Period.Contains(w.On) {
			i.Gate = OpenReferrals
			j.add(i)
		}
	case pair:
		_, one := domain.SplitStream(w.Stream)
		a, b := j.k.Survivor(one), j.k.Survivor(w.ID)
		if a != b && (j.people[a] || j.people[b]) {
			i.Gate = Duplicates
			j.add(i)
		}
	}
}

// blanks takes the indicators of the year's sheets that say nothing of the actual.
func (j *judge) blanks() {
	for _, s := range j.k.Sheets {
		if s.FiscalYear() != japan.FiscalYearOf(j.q.Period.From) {
			continue
		}
		for _, no := range workplan.Numbers(s.Indicators) {
			if s.Indicators[no].Actual == nil {
				j.add(Item{Gate: BlankActuals, ID: s.ID, Kind: s.Indicators[no].Name, Stream: domain.StreamName("workplan", s.ID), On: s.FiscalYear().Last()})
			}
		}
	}
}
