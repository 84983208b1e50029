// Package monitor points at what an auditor and a desk lead should look at: one
// person's hands in every step of an outcome, pairs who confirm each other more
// than chance would have it, outcomes that crowd at the end of a month, and who
// confirms by nothing but the person's own word (events.md 9). It accuses nobody:
// it is a pure rule over who did what.
package monitor

import (
	"cmp"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// What a Deed is.
const (
	Counselled = "counselled" // held the first session of the case
	Introduced = "introduced" // introduced the person to the employer
	Recorded   = "recorded"   // recorded the first day at work, or the move
	Confirmed  = "confirmed"
	Withdrawn  = "withdrawn" // the confirmation does not hold
	Undone     = "undone"    // the outcome does not hold
)

// Deed is who did one step of an outcome.
type Deed struct {
	Kind       string
	Outcome    string // placement or relocation; "" for the first session
	ID         string // of a confirmation
	Stream     string // the case
	Account    string
	Grade      string
	Controller string
	On         japan.Date
	Position   uint64
}

// DeedOf reads a deed from an event; false if it is none. Of the sessions of a
// case the caller keeps the first.
func DeedOf(position uint64, typ, stream string, facts *domain.Glance) (Deed, bool) {
	d := Deed{Kind: deeds[typ], Stream: stream, Position: position}
	if d.Kind == "" || (typ == "case.placement_confirmed" && facts.Text("confirms") != "start") {
		return Deed{}, false
	}
	d.Outcome = facts.Text("placement") + facts.Text("relocation")
	d.ID, d.Grade, d.Controller = facts.Text("confirmation"), facts.Text("grade"), facts.Text("controller")
	d.On, _ = japan.ParseDate(facts.Text("occurred_on"))
	d.Account = facts.Text(map[string]string{Counselled: "counsellor", Introduced: "introducer"}[d.Kind])
	if d.Account == "" {
		d.Account = facts.Text("recorded_by")
	}
	return d, true
}

var deeds = map[string]string{
	"case.consultation_held": Counselled, "case.job_introduced": Introduced, "case.employment_started": Recorded, "case.moved_in": Recorded,
	"case.placement_confirmed": Confirmed, "case.relocation_confirmed": Confirmed,
	"case.placement_confirmation_withdrawn": Withdrawn, "case.relocation_confirmation_withdrawn": Withdrawn,
	"case.placement_voided": Undone, "case.placement_fell_through": Undone, "case.relocation_voided": Undone,
}

// Settings of the rules.
const (
	LeastPair    = 5 // confirmations between two, before a pair is looked at
	TimesChance  = 2 // how many times what chance would give
	LastDays     = 3 // of a month
	LeastBurst   = 3 // outcomes in those days
	LeastGradesC = 3 // confirmations of one officer
)

// Report is what stands out in a period.
type Report struct {
	Outcomes, Confirmations int
	OneHand                 []Deed  // of outcomes: first counsellor, introducer and recorder are one account
	Pairs                   []Pair  // beyond chance
	Bursts                  []Burst // months
	GradeC                  []Officer
}

// Pair is one who records outcomes and one who confirms them. Expected is what
// chance would give, in hundredths.
type Pair struct {
	Recorder, Confirmer string
	Times, Expected     int
}

// Burst is a month whose outcomes crowd in its last days.
type Burst struct {
	Month     japan.Date // its first day
	Last, All int
	Deeds     []Deed
}

// Officer is who confirmed by grade c only.
type Officer struct {
	Account string
	Times   int
}

// outcome is one outcome with those who had a hand in it.
type outcome struct {
	Deed
	introducer string
	proofs     map[string]Deed
	undone     bool
}

// Watch judges the outcomes dated in a period from all deeds of their cases, in
// order of the log.
func Watch(all []Deed, in japan.Period) Report {
	first := map[string]string{} // case → account
	outcomes := map[string]*outcome{}
	var order []*outcome
	of := func(id string) *outcome {
		if outcomes[id] == nil {
			outcomes[id] = &outcome{proofs: map[string]Deed{}}
			order = append(order, outcomes[id])
		}
		return outcomes[id]
	}
	for _, d := range all {
		switch d.Kind {
		case Counselled:
			first[d.Stream] = cmp.Or(first[d.Stream], d.Account)
		case Introduced:
			of(d.Outcome).introducer = d.Account
		case Recorded:
			of(d.Outcome).Deed = d
		case Confirmed:
			of(d.Outcome).proofs[d.ID] = d
		case Withdrawn:
			delete(of(d.Outcome).proofs, d.ID)
		case Undone:
			of(d.Outcome).undone = true
		}
	}
	var r Report
	var standing []*outcome
	for _, o := range order {
		if o.undone || o.Position == 0 || !in.Contains(o.On) {
			continue
		}
		standing = append(standing, o)
		if o.introducer != "" && o.introducer == o.Account && first[o.Stream] == o.Account {
			r.OneHand = append(r.OneHand, o.Deed)
		}
	}
	r.Outcomes = len(standing)
	r.pairs(standing)
	r.bursts(standing)
	return r
}

func (r *Report) pairs(standing []*outcome) {
	times, recorded, confirmed, onlyC := map[[2]string]int{}, map[string]int{}, map[string]int{}, map[string]bool{}
	for _, o := range standing {
		for _, p := range o.proofs {
			if _, seen := confirmed[p.Account]; !seen {
				onlyC[p.Account] = true
			}
			times[[2]string{o.Account, p.Account}]++
			recorded[o.Account]++
			confirmed[p.Account]++
			onlyC[p.Account] = onlyC[p.Account] && p.Grade == "c"
			r.Confirmations++
		}
	}
	for pair, n := range times {
		chance := recorded[pair[0]] * confirmed[pair[1]] // over all confirmations
		if n >= LeastPair && n*r.Confirmations >= TimesChance*chance {
			r.Pairs = append(r.Pairs, Pair{pair[0], pair[1], n, 100 * chance / r.Confirmations})
		}
	}
	for account, n := range confirmed {
		if n >= LeastGradesC && onlyC[account] {
			r.GradeC = append(r.GradeC, Officer{account, n})
		}
	}
	slices.SortFunc(r.Pairs, func(a, b Pair) int {
		return cmp.Or(b.Times-a.Times, strings.Compare(a.Recorder+a.Confirmer, b.Recorder+b.Confirmer))
	})
	slices.SortFunc(r.GradeC, func(a, b Officer) int { return cmp.Or(b.Times-a.Times, strings.Compare(a.Account, b.Account)) })
}

func (r *Report) bursts(standing []*outcome) {
	months := map[japan.Date]*Burst{}
	for _, o := range standing {
		m := months[o.On.MonthFirst()]
		if m == nil {
			m = &Burst{Month: o.On.MonthFirst()}
			months[m.Month] = m
		}
		m.All++
		if o.On > o.On.MonthLast().Add(-LastDays) {
			m.Last++
			m.Deeds = append(m.Deeds, o.Deed)
		}
	}
	for _, m := range months {
		if m.Last >= LeastBurst && 2*m.Last > m.All {
			r.Bursts = append(r.Bursts, *m)
		}
	}
	slices.SortFunc(r.Bursts, func(a, b Burst) int { return int(a.Month - b.Month) })
}
