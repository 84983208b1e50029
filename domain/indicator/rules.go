package indicator

import (
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/japan"
)

// rule is one counting rule of counting.md 4: which rows it looks at, which of
// them are candidates, and the first clause that keeps a candidate out.
type rule struct {
	family Family
	cand   func(q *judge, r *Row) bool     // beside the period; nil: all
	checks []func(q *judge, r *Row) string // in the order of counting.md 10
	who    func(r *Row) string             // member; default the row's
	tell   telling                         // how members make the value
	until  bool                            // standing at the period's end, whatever its start
}

// judge applies the rule of a question to rows. What does not change from row to
// row is worked out once.
type judge struct {
	Question
	rule
	level                   Level
	controller              string
	narrow                  bool   // only some categories count
	categories, jobs, moves uint16 // bits of categories
}

func judgeOf(q Question) *judge {
	j := &judge{Question: q, rule: rules[q.Definition.Rule], level: scopeOf(q.Scope), controller: controllerOf(q.Scope)}
	p := q.Definition.Parameters
	masked := func(parameter string) uint16 { return mask(strings.Split(p[parameter], ",")) }
	_, j.narrow = p["categories"]
	j.categories, j.jobs, j.moves = masked("categories"), masked("job_map"), masked("relocation_map")
	return j
}

func (q *judge) candidate(r *Row) bool {
	if r.Family != q.family {
		return false
	}
	when := touches(q.Period, r)
	if q.until {
		when = r.From <= q.Period.To
	}
	return when && (q.cand == nil || q.cand(q, r))
}

// telling is how a value comes from members.
type telling int

const (
	howMany telling = iota
	summed          // the amounts added up
	middle          // the median of the amounts
)

func (q *judge) clause(r *Row) string {
	if q.Definition.known && r.Hours == UnknownHours {
		return "hours_unknown"
	}
	for _, check := range q.checks {
		if c := check(q, r); c != "" {
			return c
		}
	}
	return ""
}

func (x rule) member(r *Row) string {
	if x.who != nil {
		return x.who(r)
	}
	return r.Member
}

// rules by name (counting.md 3.1).
var rules = map[string]rule{
	"session":             {family: Sessions, cand: sameController, checks: append(sessionChecks(categories), afterHours)},
	"session_both":        {family: Sessions, cand: sameController, checks: sessionChecks(bothCategories)},
	"consultee":           {family: Sessions, cand: sameController, checks: append(sessionChecks(categories), notAnonymous), who: byPerson},
	"new_consultee":       {family: Firsts, cand: atLevel, checks: []check{imprecise1}, who: byPerson},
	"survey":              {family: Sessions, cand: sameController, checks: append(sessionChecks(categories), surveyPart)},
	"converted_consultee": {family: Firsts, cand: atLevel, checks: []check{imprecise1, converted}, who: byPerson},
	"placed_person":       {family: Outcomes, cand: outcomesOf(JobKind, SideKind), checks: outcomeChecks(nil)},
	"relocated_person":    {family: Outcomes, cand: outcomesOf(MoveKind, TwoBase), checks: outcomeChecks(nil)},
	"stayed_person":       {family: Outcomes, cand: outcomesOf(MoveKind, TwoBase), checks: append(outcomeChecks(nil), stayed)},
	"relocated_household": {family: Households, cand: owner, checks: []check{imprecise1}},
	"iju_person":          {family: Outcomes, cand: outcomesOf(JobKind, MoveKind, SideKind, TwoBase), checks: outcomeChecks(once)},
	"iju_case":            {family: Cases, cand: atLevel, checks: []check{imprecise1}},
	"iju_days":            {family: Waits, cand: waitsOf(JobKind, MoveKind, SideKind, TwoBase), checks: append(outcomeChecks(once), waited), tell: middle},
	"assisted":            {family: Assists, cand: desk, checks: []check{imprecise1}, who: byPerson},
	"related_person":      {family: Outcomes, cand: outcomesOf(SideKind, TwoBase), checks: []check{voided, imprecise1, otherDesk}},
	"referral":            {family: Referrals, cand: sameController, checks: []check{own, imprecise1, otherOwner, referralState}},
	"reception":           {family: Receptions, cand: desk, checks: []check{own, imprecise1}},
	"attendance":          {family: Heads, cand: sameController, checks: []check{own, imprecise1}, tell: summed},
	"universe":            {family: Universes, cand: inList, checks: []check{own}, until: true},
	"agreement":           {family: Agreements, cand: sameController, checks: []check{notListed, signedIn, goneBefore}, until: true},
	"ratio":               {}, // counts nothing itself: see Question.Sides
}

type check = func(q *judge, r *Row) string

func byPerson(r *Row) string { return r.Person }

// sameController: near misses of other desks are shown, other controllers not.
func sameController(q *judge, r *Row) bool {
	return r.Controller == q.controller
}

var controllers = map[string]string{"D-TKY": "31", "D-FKC": "31", "D-OKY": "33"}

// DeskController is the controller a desk belongs to; false for a code that is no desk.
func DeskController(desk string) (string, bool) {
	c, ok := controllers[desk]
	return c, ok
}

func controllerOf(scope string) string {
	if c, ok := controllers[scope]; ok {
		return c
	}
	return scope
}

func desk(q *judge, r *Row) bool {
	return r.Desk == q.Scope || (q.level == CtrlLevel && r.Controller == q.Scope)
}

func owner(q *judge, r *Row) bool { return sameController(q, r) && desk(q, r) }

func atLevel(q *judge, r *Row) bool { return r.Level == q.level && desk(q, r) }

func outcomesOf(kinds ...string) func(*judge, *Row) bool {
	return func(q *judge, r *Row) bool { return slices.Contains(kinds, r.Kind) && sameController(q, r) }
}

// waitsOf takes the rows of the level that is asked for, of all desks.
func waitsOf(kinds ...string) func(*judge, *Row) bool {
	of := outcomesOf(kinds...)
	return func(q *judge, r *Row) bool { return r.Level == q.level && of(q, r) }
}

func sessionChecks(category check) []check {
	return []check{voided, imprecise1, otherDesk, own, category}
}

// outcomeChecks: the row's own clause holds the place of everything from fell
// through to the grade.
func outcomeChecks(more check) []check {
	list := []check{voided, imprecise1, own, subtracted}
	if more != nil {
		list = append(list, more)
	}
	return append(list, otherOwner, attributed)
}

// voided: the clauses that come before the date.
func voided(_ *judge, r *Row) string {
	if slices.Contains([]string{"voided", "fell_through", "no_date"}, r.Clause) {
		return r.Clause
	}
	return ""
}

func own(_ *judge, r *Row) string { return r.Clause }

func imprecise1(q *judge, r *Row) string {
	if !inside(q.Period, r) {
		return "date_imprecise"
	}
	return ""
}

func otherDesk(q *judge, r *Row) string {
	if !desk(q, r) {
		return "other_desk"
	}
	return ""
}

func categories(q *judge, r *Row) string {
	if q.narrow && r.Categories&q.categories == 0 {
		return "category"
	}
	return ""
}

func afterHours(q *judge, r *Row) string {
	switch {
	case q.Definition.Parameters["after_hours"] != "only" || r.Hours == AfterHours:
		return ""
	case r.Hours == UnknownHours:
		return "hours_unknown"
	case r.Hours == OutsideHours:
		return "outside_hours"
	}
	return "in_hours"
}

func bothCategories(q *judge, r *Row) string {
	if r.Categories&q.jobs == 0 || r.Categories&q.moves == 0 {
		return "category"
	}
	return ""
}

func notAnonymous(_ *judge, r *Row) string {
	if r.Anonymous {
		return "anonymous"
	}
	return ""
}

// surveyPart splits sessions between 窓口 and イベント (counting.md 3.1, M1 and M2).
func surveyPart(q *judge, r *Row) string {
	p := q.Definition.Parameters
	event := slices.Contains(strings.Split(p["event_channels"], ","), r.Channel)
	if r.Channel == "visiting_desk" {
		event = p["visiting_desk_as_event"] == "always" || (p["visiting_desk_as_event"] == "with_outreach" && r.Outreach)
	}
	if event != (p["survey_part"] == "event") {
		return "channel"
	}
	return ""
}

// once: only the person's first qualifying outcome of the episode counts.
func once(q *judge, r *Row) string {
	switch {
	case r.First:
		return ""
	case r.FirstOn < q.Period.From:
		return "earlier_outcome"
	}
	return "later_outcome"
}

// converted: what came of a first session lies in the period too.
func converted(q *judge, r *Row) string {
	switch {
	case r.FirstOn == 0:
		return "no_outcome"
	case r.FirstOn > q.Period.To:
		return "outcome_after"
	}
	return ""
}

// waited: somebody of the party consulted before the outcome.
func waited(_ *judge, r *Row) string {
	if r.Amount < 0 {
		return "no_session"
	}
	return ""
}

// referralState: answered is accepted or declined, completed with any result.
func referralState(q *judge, r *Row) string {
	switch state := q.Definition.Parameters["referral_state"]; {
	case state == "answered" && r.FirstOn == 0:
		return "not_answered"
	case state == "completed" && r.Route != "completed":
		return "not_completed"
	}
	return ""
}

func otherOwner(q *judge, r *Row) string {
	if !desk(q, r) {
		return "not_owner"
	}
	return ""
}

func attributed(q *judge, r *Row) string {
	if !strings.HasPrefix(q.Definition.Rule, "iju") {
		return ""
	}
	if q.level == CtrlLevel {
		return r.AtControl
	}
	return r.AtDesk
}

// subtracted: a definition may take out movers known to have left by the period's end.
func subtracted(q *judge, r *Row) string {
	if q.Definition.Parameters["subtract_out_before_publication"] == "yes" && r.Gone != 0 && r.Gone <= q.Period.To {
		return "moved_out"
	}
	return ""
}

func stayed(q *judge, r *Row) string {
	days, err := strconv.Atoi(q.Definition.Parameters["stay_days"])
	if err == nil && r.Gone != 0 && r.Gone < r.From.Add(days) {
		return "moved_out"
	}
	return ""
}

// inList takes the entry that stands at the period's end.
func inList(q *judge, r *Row) bool {
	return sameController(q, r) && (r.Gone == 0 || r.Gone > q.Period.To) && r.Kind == q.Definition.Parameters["universe_list"]
}

func goneBefore(q *judge, r *Row) string {
	if r.Gone != 0 && r.Gone <= q.Period.To {
		return "ended"
	}
	return ""
}

func notListed(q *judge, r *Row) string {
	if !stands(r.Route, q.Definition.Parameters["universe_list"], q.Period.To) {
		return "not_listed"
	}
	return ""
}

func signedIn(q *judge, r *Row) string {
	from, _ := japan.ParseDate(q.Definition.Parameters["agreement_from"])
	to, _ := japan.ParseDate(q.Definition.Parameters["agreement_to"])
	if to > q.Period.To {
		to = q.Period.To
	}
	if r.From < from || r.To > to {
		return "date_imprecise"
	}
	return ""
}

// Family is the kind of rows the definition counts, and whether it counts what
// stands at the end of a period whenever it began, instead of what falls inside.
// A ratio counts none itself.
func (d Definition) Family() (rows Family, standing bool) {
	rule := rules[d.Rule]
	return rule.family, rule.until
}
