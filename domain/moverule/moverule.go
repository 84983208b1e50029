// Package moverule decides whether a move into a prefecture counts as a
// relocation. There is no national definition: every prefecture has its own
// table, named and versioned, and one set of facts may count under one table and
// not under another (counting.md 5).
package moverule

import (
	"maps"
	"slices"

	"ayumi/domain"
)

// Result is what a table says of a reason for moving.
type Result string

// The results.
const (
	Counts      Result = "counts"
	Not         Result = "not"
	Predecessor Result = "predecessor" // a transfer counts only where nobody held the post before
	Decide      Result = "decide"      // the desk lead decides and records it
)

// Facts are what a rule looks at: the latest classification of a move, or the
// facts of one about to be made.
type Facts struct {
	Reason         string // code of the list move_reason
	HasPredecessor string // yes, no, unknown
	PlannedStay    string // code of the list planned_stay
	Decision       bool   // the lead's recorded decision; read where the rule asks for one
}

// Verdict is the outcome of a rule. Clause names why a move does not count, in
// the words of the near misses (counting.md 10); it is empty when it counts.
type Verdict struct {
	Counts bool
	Clause string // excluded_reason, predecessor_unknown, decided_no, short_stay
	// ByLead: a staff decision enters the verdict, so the desk lead records it.
	ByLead bool
}

// The rules.
const (
	Tottori = "tot-cls-1"
	Okayama = "oka-cls-1"
)

// tables hold only what differs from Counts. A reason in no table is unknown to
// every rule and never counts.
var tables = map[string]map[string]Result{
	Tottori: {
		"transfer":      Predecessor,
		"schooling":     Not,
		"birth_return":  Not,
		"care_facility": Decide, "other": Decide, "unknown": Decide,
	},
	Okayama: {
		"marriage": Not, "transfer": Not, "schooling": Not,
		"birth_return":  Decide,
		"care_facility": Decide, "other": Decide, "unknown": Decide,
	},
}

// Known tells whether a rule of this name exists.
func Known(rule string) bool { _, ok := tables[rule]; return ok }

// Names are the rules, ascending.
func Names() []string { return slices.Sorted(maps.Keys(tables)) }

// Of answers what a rule says of a reason; an unknown rule or reason is Not.
func Of(rule, reason string) Result {
	table, ok := tables[rule]
	if !ok || !reasons[reason] {
		return Not
	}
	if r, listed := table[reason]; listed {
		return r
	}
	return Counts
}

var reasons = func() map[string]bool {
	known := map[string]bool{}
	for _, reason := range domain.Codes["move_reason"] {
		known[reason] = true
	}
	return known
}()

// Evaluate judges a move under a rule from its facts alone, so that the same
// facts can be judged under another rule later.
func Evaluate(rule string, f Facts) Verdict {
	v := judge(Of(rule, f.Reason), f)
	if v.Counts && f.PlannedStay == "lt1y" {
		v.Counts, v.Clause = false, "short_stay"
	}
	return v
}

func judge(r Result, f Facts) Verdict {
	switch r {
	case Counts:
		return Verdict{Counts: true}
	case Decide:
		return decided(f)
	case Predecessor:
		switch f.HasPredecessor {
		case "no":
			return decided(f)
		case "yes":
			return Verdict{Clause: "excluded_reason"}
		}
		return Verdict{Clause: "predecessor_unknown"}
	}
	return Verdict{Clause: "excluded_reason"}
}

func decided(f Facts) Verdict {
	if f.Decision {
		return Verdict{Counts: true, ByLead: true}
	}
	return Verdict{Clause: "decided_no", ByLead: true}
}
