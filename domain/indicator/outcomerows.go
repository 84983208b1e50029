package indicator

import (
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/moverule"
)

// candidate is one person's outcome, judged by the rule for jobs or for moves.
type candidate struct {
	row  Row
	file *casefile
	who  *person
	head *person
	ep   int
}

func (x candidate) qualifies() bool {
	return x.row.Clause == "" && (x.row.Kind == JobKind || x.row.Kind == MoveKind)
}

// outcomeRows judges every outcome of the component and finds who counts, once
// per episode, in which household and case (counting.md 3.3–3.5). The rows are
// added to out.
func (c component) outcomeRows(out []Row, rule Params) []Row {
	all := make([]candidate, 0, 4)
	for _, f := range c.cases {
		for _, o := range f.outcomes {
			all = append(all, c.job(o, rule))
		}
		for _, v := range f.relocations {
			for _, m := range v.movers {
				all = append(all, c.move(v, m, rule))
			}
		}
	}
	for i := range all {
		x := &all[i]
		x.ep = c.episode(x.who, x.file)
		x.row.Desk, x.row.Controller = latest(x.file.desks, x.row.From), x.file.controller
		x.row.AtDesk = c.attribution(x, x.row.Desk, rule)
		x.row.AtControl = c.attribution(x, "", rule)
	}
	markFirst(all, rule)
	for i := range all {
		out = append(out, all[i].row)
	}
	out = append(out, c.households(all)...)
	out = append(out, c.caseRows(all)...)
	out = append(out, c.assists(all, rule)...)
	return c.waits(out, all, rule)
}

func (c component) job(o *outcome, rule Params) candidate {
	p := o.person.resolve()
	on := o.decided
	if o.kind == JobKind {
		on = o.day(rule.PlacementDay)
	}
	kind := "start"
	if rule.PlacementDay == "decided_on" {
		kind = ""
	}
	grade := best(o.confirmations, kind)
	r := Row{
		Family: Outcomes, Entity: o.id, Member: p.id, Person: p.id, From: on.from, To: on.to,
		Kind: o.kind, Grade: grade, AgeBand: p.ageOn(on.from), Route: o.route, Erased: p.erased, Amount: 1, Position: o.position,
	}
	r.Clause = o.clause(on, grade, rule)
	if on.from == 0 { // no date: shown at the day it was decided
		r.From, r.To = o.decided.from, o.decided.to
	}
	return candidate{row: r, file: o.file, who: p}
}

// day is the date basis of a placement.
func (o *outcome) day(basis string) day {
	switch basis {
	case "decided_on":
		return o.decided
	case "confirmed_on":
		for _, x := range o.confirmations {
			if !x.withdrawn && x.confirms == "start" {
				return day{x.on, x.on}
			}
		}
		return day{}
	}
	return o.started
}

func (o *outcome) clause(on day, grade string, rule Params) string {
	switch {
	case o.void:
		return "voided"
	case o.fellThrough:
		return "fell_through"
	case o.kind != JobKind:
		return o.kind
	case on.from == 0:
		return "no_date"
	case rule.Workplace && o.workplace != o.file.controller:
		return "workplace_outside"
	case !listed(rule.Contracts, o.contract):
		return "contract"
	case rule.Residence && latest(o.person.residence, o.file.opened) == o.file.controller:
		return "residence_inside"
	}
	return gradeClause(grade, rule.MinGrade)
}

func gradeClause(grade, least string) string {
	switch {
	case grade == "d" && least != "d":
		return "unconfirmed"
	case grade > least:
		return "grade_below"
	}
	return ""
}

// best is the best grade of the confirmations that stand; "d" without any. kind
// "" takes confirmations of the decision and of the start.
func best(list []confirmation, kind string) string {
	grade := "d"
	for _, x := range list {
		if !x.withdrawn && (kind == "" || x.confirms == kind) && x.grade < grade {
			grade = x.grade
		}
	}
	return grade
}

func (c component) move(v *relocation, mover *person, rule Params) candidate {
	p := mover.resolve()
	grade := best(v.confirmations, "")
	r := Row{
		Family: Outcomes, Entity: v.id + "/" + mover.id, Member: p.id, Person: p.id, From: v.on.from, To: v.on.to,
		Kind: MoveKind, Grade: grade, Turn: v.turn, Place: v.place, AgeBand: v.ageBand,
		Erased: p.erased, Amount: 1, Position: v.position, Clause: v.clause(rule, grade),
	}
	if r.Clause == "" && rule.HeadOnly && v.head.resolve() != p {
		r.Clause = "not_head"
	}
	for _, l := range v.out {
		if l.person.resolve() == p && (r.Gone == 0 || l.on < r.Gone) {
			r.Gone = l.on
		}
	}
	return candidate{row: r, file: v.file, who: p, head: v.head.resolve()}
}

// markFirst finds each person's first qualifying outcome of the episode, of any
// date and scope. A definition that counts once per period keeps them all.
func markFirst(all []candidate, rule Params) {
	for i := range all {
		x := &all[i]
		first := -1
		for j := range all {
			y := &all[j]
			if y.who != x.who || y.ep != x.ep || !y.qualifies() {
				continue
			}
			if first < 0 || earlier(y.row.From, y.row.Position, all[first].row.From, all[first].row.Position) {
				first = j
			}
		}
		if first >= 0 {
			x.row.FirstOn = all[first].row.From
		}
		x.row.First = x.qualifies() && (first == i || rule.PerPeriod)
	}
}

// attribution is "" if the outcome is the desk's (or with an empty desk the
// controller's) work, else the failing clause.
func (c component) attribution(x *candidate, desk string, rule Params) string {
	if rule.Attribution == "none" {
		return ""
	}
	newest := c.heldAt(x.file.party(), desk, x.file.controller, x.row.From, rule)
	switch {
	case newest == 0:
		return "no_session"
	case newest < x.row.From.AddMonths(-rule.Months):
		return "session_too_old"
	}
	return ""
}

// households: the first counted relocation of each (head, episode).
func (c component) households(all []candidate) []Row {
	best := map[string]Row{}
	for _, x := range all {
		if x.row.Kind != MoveKind || x.row.Clause != "" {
			continue
		}
		r := x.row
		r.Family, r.Person, r.Erased = Households, x.head.id, x.head.erased
		r.Entity = x.head.id + "#" + strconv.Itoa(c.episode(x.head, x.file))
		r.Member = r.Entity
		keepEarlier(best, r)
	}
	return sorted(best)
}

// caseRows: the first K1 outcome of each (lead of the case, episode), for a desk
// and for the controller.
func (c component) caseRows(all []candidate) []Row {
	best := map[string]Row{}
	for _, x := range all {
		if !x.row.First {
			continue
		}
		lead := x.file.lead.resolve()
		id := lead.id + "#" + strconv.Itoa(c.episode(lead, x.file))
		for level, clause := range map[Level]string{DeskLevel: x.row.AtDesk, CtrlLevel: x.row.AtControl} {
			if clause != "" {
				continue
			}
			r := x.row
			r.Family, r.Level, r.Person, r.Member, r.Erased = Cases, level, lead.id, id, lead.erased
			r.Entity = id + "@" + string(level)
			keepEarlier(best, r)
		}
	}
	return sorted(best)
}

// assists: desks of the controller that held a countable session for a K1 person
// without owning the case.
func (c component) assists(all []candidate, rule Params) []Row {
	var rows []Row
	for _, x := range all {
		if !x.row.First || x.row.AtControl != "" {
			continue
		}
		var desks []string
		for _, p := range x.file.party() {
			for _, s := range c.sessionsOf(p) {
				ours := s.file.controller == x.file.controller && s.desk != x.row.Desk
				inTime := s.on.to <= x.row.From && s.on.from >= x.row.From.AddMonths(-rule.Months)
				if ours && inTime && s.clause(rule) == "" && !slices.Contains(desks, s.desk) {
					desks = append(desks, s.desk)
				}
			}
		}
		for _, d := range desks {
			r := x.row
			r.Family, r.Desk, r.Entity = Assists, d, x.row.Entity+"@"+d
			rows = append(rows, r)
		}
	}
	return rows
}

func keepEarlier(best map[string]Row, r Row) {
	have, ok := best[r.Entity]
	if !ok || earlier(r.From, r.Position, have.From, have.Position) ||
		(r.From == have.From && r.Position == have.Position && r.Member < have.Member) {
		best[r.Entity] = r
	}
}

func sorted(m map[string]Row) []Row {
	out := make([]Row, 0, len(m))
	for _, r := range m {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Row) int { return strings.Compare(a.Entity, b.Entity) })
	return out
}

// clause of a move: register, classification by the version's own rule over the
// recorded facts, then the evidence.
func (v *relocation) clause(rule Params, grade string) string {
	switch {
	case v.void:
		return "voided"
	case !v.register:
		return "no_register"
	case !v.classified:
		return "unclassified"
	}
	verdict := moverule.Evaluate(rule.ClassRule, moverule.Facts{
		Reason: v.reason, HasPredecessor: v.predecessor, PlannedStay: v.stay, Decision: v.decision,
	})
	if !verdict.Counts {
		return verdict.Clause
	}
	return gradeClause(grade, rule.MinGrade)
}
