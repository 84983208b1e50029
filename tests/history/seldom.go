package history

import (
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// What an office seldom does, and what figures must bear.

type referral struct{ id, state string }

type proof struct{ of, id, confirmation string }

type school struct{ id, agreement string }

// detailed adds to a session of a lively log what decides whether and where it
// counts: its time, an outreach, an override.
func (b *Book) detailed(f facts) facts {
	if !b.Lively {
		return f
	}
	if b.r.IntN(3) > 0 {
		f["started_at"] = pick(b.r, []int{930, 1030, 1500, 1830, 1930, 2130})
	}
	if len(b.meetings) > 0 && b.r.IntN(4) == 0 {
		f["outreach"] = pick(b.r, b.meetings)
	}
	if b.r.IntN(12) == 0 {
		f["override"], f["override_reason"] = pick(b.r, []string{"count", "not_count"}), "decided"
	}
	if f["held_on"] == nil && b.r.IntN(12) == 0 {
		f["occurred_on"], f["precision"] = japan.DateOf(b.now).Add(-b.r.IntN(60)).MonthFirst().String(), "month"
	}
	return f
}

// steps of a referral, by its state.
var referralSteps = map[string][]string{
	"proposed": {"agreed", "agreed", "cancelled"}, "agreed": {"sent", "sent", "sent", "cancelled"}, "sent": {"received", "accepted", "declined", "lapsed", "cancelled"},
	"lapsed": {"resent"}, "received": {"accepted", "declined"}, "accepted": {"progressed", "completed", "returned"}, "progressed": {"progressed", "completed", "returned"},
}

// referral begins one or brings one a step on, often several steps in a row.
func (b *Book) referral(c *file) {
	if b.Lively && b.r.IntN(3) > 0 {
		b.due = append(b.due, func() { b.referral(c) })
	}
	i := slices.IndexFunc(c.referrals, func(r referral) bool { return len(referralSteps[r.state]) > 0 })
	if i < 0 || b.r.IntN(5) == 0 {
		id := b.id("referral")
		c.referrals = append(c.referrals, referral{id, "proposed"})
		b.add("case.referral_proposed", c.id, 0, facts{"referral": id, "partner": staff[2], "purpose": "housing"})
		return
	}
	r := &c.referrals[i]
	step := pick(b.r, referralSteps[r.state])
	f := facts{"referral": r.id}
	switch step {
	case "agreed":
		f["basis"] = "within_purpose"
	case "sent", "resent":
		f["share"], f["due_on"] = b.id("share"), japan.DateOf(b.now).Add(14).String()
	case "declined":
		f["reason"] = "full"
	case "returned":
		f["reason"] = "moved"
	case "cancelled":
		f["reason"] = pick(b.r, []string{"person_wish", "error"})
	case "progressed":
		f["step"] = "met"
	case "completed":
		f["result"] = "partly"
	}
	before := 0
	if step == "sent" {
		before = b.late()
	}
	if r.state = step; step == "resent" {
		r.state = "sent"
	}
	b.add("case.referral_"+step, c.id, before, f)
}

// withdraw takes evidence back.
func (b *Book) withdraw(c *file) {
	if len(c.proofs) > 0 {
		p := pick(b.r, c.proofs)
		b.add("case."+p.of+"_confirmation_withdrawn", c.id, 0, facts{p.of: p.id, "confirmation": p.confirmation, "reason": "error"})
	}
}

func (b *Book) reclassify(c *file) {
	if len(c.moves) > 0 {
		b.add("case.relocation_reclassified", c.id, 0, facts{"relocation": pick(b.r, c.moves), "rule_version": "tot-cls-1",
			"reason": pick(b.r, []string{"employment", "transfer", "other", "schooling"}), "has_predecessor": pick(b.r, []string{"yes", "no", "unknown"}),
			"planned_stay": pick(b.r, []string{"permanent", "lt1y"}), "decision": b.r.IntN(2), "counts": 1, "turn": "u", "grandchild": 0,
			"head_age_band": "30s", "household_size": 1, "why": "error"})
	}
}

// reverse ends or voids an outcome.
func (b *Book) reverse(c *file) {
	switch {
	case len(c.jobs) > 0 && b.r.IntN(2) == 0:
		b.add("case.placement_fell_through", c.id, 0, facts{"placement": pick(b.r, c.jobs), "by": "person", "reason": "other"})
	case len(c.jobs) > 0 && b.r.IntN(3) == 0:
		b.add("case.placement_voided", c.id, 0, facts{"placement": pick(b.r, c.jobs), "reason": "duplicate"})
	case len(c.moves) > 0 && b.r.IntN(3) == 0:
		b.add("case.relocation_voided", c.id, 0, facts{"relocation": pick(b.r, c.moves), "reason": "duplicate"})
	}
}

// redate amends what decides in which period something counts, and where.
func (b *Book) redate(c *file) {
	day := japan.DateOf(b.now).Add(-b.r.IntN(90)).String()
	amend := func(what, id, field, value string) {
		b.add("case."+what+"_amended", c.id, 0, facts{what: id, "field": field, "old": "x", "new": value, "reason": "typo"})
	}
	switch {
	case len(c.moves) > 0 && b.r.IntN(3) == 0:
		amend("relocation", pick(b.r, c.moves), "moved_in_on", day)
	case len(c.jobs) > 0 && b.r.IntN(3) == 0:
		amend("placement", pick(b.r, c.jobs), "started_on", day)
	case len(c.sessions) > 0:
		change := pick(b.r, [][2]string{{"started_at", "1930"}, {"started_at", ""}, {"channel", "phone"}, {"desk", "D-FKC"}, {"advice", "1"}, {"override", ""}, {"outreach", ""}, {"lead_person", c.lead.id}})
		amend("consultation", pick(b.r, c.sessions), change[0], change[1])
	}
}

// pass moves a session to a case of a neighbour.
func (b *Book) pass(c *file) {
	to := b.neighbour(c.lead).file
	if len(c.sessions) == 0 || to == c || !slices.Contains(b.cases, to) {
		return
	}
	id := c.sessions[0]
	c.sessions, to.sessions = c.sessions[1:], append(to.sessions, id)
	b.add("case.consultation_released", c.id, 0, facts{"consultation": id, "to_case": to.id, "reason": "wrong_person"})
	b.due = append(b.due, func() {
		b.add("case.consultation_received", to.id, 0, b.detailed(facts{
			"consultation": id, "from_case": c.id, "held_on": japan.DateOf(b.now).Add(-b.r.IntN(40)).String(), "lead_person": to.lead.id, "attendee_count": 1,
			"desk": pick(b.r, desks), "channel": pick(b.r, channels), "categories": pick(b.r, categories), "counsellor": staff[0],
			"initiated_by": "person", "advice": 1, "notice_version": "n-2019-1", "outcome": "continuing",
		}))
	})
}

// silence voids a day of mail.
func (b *Book) silence(c *file) {
	if len(c.messages) > 0 {
		b.add("case.message_day_voided", c.id, 0, facts{"thread": c.id, "day": pick(b.r, c.messages), "reason": "duplicate"})
	}
}

// erase orders that a person's key be destroyed, and tells that it was.
func (b *Book) erase(c *file) {
	p := c.lead
	if p.erased || b.r.IntN(2) == 0 {
		return
	}
	p.erased = true
	b.add("person.erasure_ordered", p.id, 0, facts{"ground": "voluntary_after_check", "preview": strings.Repeat("0", 64), "figures_checked": 12})
	b.due = append(b.due, func() {
		b.add("person.erased", p.id, 0, facts{"key_commitment": strings.Repeat("0", 64), "sections": 3, "backups_clear_on": japan.DateOf(b.now).Add(30).String()})
	})
}

func (b *Book) related(c *file) {
	if b.r.IntN(2) == 0 {
		b.add("case.side_job_matched", c.id, b.late(), facts{"side_job": b.id("side_job"), "person": c.lead.id, "remote": 1, "industry": "G"})
		return
	}
	b.add("case.two_base_recorded", c.id, b.late(), facts{"two_base": b.id("two_base"), "person": c.lead.id, "region": "east"})
}

// hours opens and closes desks, also in retrospect.
func (b *Book) hours(*file) {
	day := japan.DateOf(b.now).Add(60 - b.r.IntN(240))
	if b.r.IntN(3) == 0 {
		b.add("reception.closure_set", "TKC.2019", 0, facts{"desk": pick(b.r, desks), "from": day.String(), "to": day.Add(b.r.IntN(5)).String(), "reason": "repairs"})
		return
	}
	b.add("reception.hours_set", "TKC.2019", 0, facts{"desk": pick(b.r, desks), "site": "shinbashi", "effective_from": day.String(),
		"weekdays": pick(b.r, []string{"12345", "1234567", "234567"}), "holidays_open": b.r.IntN(2), "opens": 1000, "closes": pick(b.r, []int{1700, 1900}),
		"after_hours_days": pick(b.r, []string{"456", "12345"}), "after_hours_closes": pick(b.r, []int{2000, 2200})})
}

// meeting plans an outreach, holds it, counts it, or finds that it was an evening.
func (b *Book) meeting(*file) {
	if len(b.meetings) == 0 || b.r.IntN(3) == 0 {
		id := b.id("outreach")
		b.meetings = append(b.meetings, id)
		on := japan.DateOf(b.now).String()
		b.add("outreach.scheduled", id, 0, facts{"kind": pick(b.r, []string{"fair", "evening", "seminar"}), "place_pref": "13", "starts_on": on, "ends_on": on,
			"evening": b.r.IntN(4) / 3, "title": "fair"})
		return
	}
	id := pick(b.r, b.meetings)
	switch b.r.IntN(4) {
	case 0:
		b.add("outreach.held", id, 0, facts{})
	case 1:
		b.add("outreach.attendance_counted", id, 0, facts{"heads": b.r.IntN(40)})
	case 2:
		b.add("outreach.changed", id, 0, facts{"field": "evening", "old": "0", "new": pick(b.r, []string{"0", "1"})})
	default:
		b.add("outreach.cancelled", id, 0, facts{"reason": "weather"})
	}
}

// university lists one, and begins or ends its agreement.
func (b *Book) university(*file) {
	if len(b.schools) < 3 {
		id := b.id("university")
		b.schools = append(b.schools, school{id: id})
		b.add("university.registered", id, 0, facts{"pref": "13", "kind": "private", "name": "school"})
		b.due = append(b.due, func() {
			b.add("university.universe_listed", id, 0, facts{"list": "fy2019", "threshold": 20, "meets": 1})
		})
		return
	}
	s := &b.schools[b.r.IntN(len(b.schools))]
	switch {
	case s.agreement == "":
		s.agreement = b.id("agreement")
		b.add("university.agreement_concluded", s.id, b.late(), facts{"agreement": s.agreement, "kind": "comprehensive"})
	case b.r.IntN(2) == 0:
		b.add("university.agreement_ended", s.id, 0, facts{"agreement": s.agreement, "reason": "term"})
		s.agreement = ""
	default:
		b.add("university.universe_listed", s.id, 0, facts{"list": "fy2019", "threshold": 20, "meets": b.r.IntN(2)})
	}
}

// relive says where a person lives or lived.
func (b *Book) relive(c *file) {
	pref := pick(b.r, []string{"13", "14", "31"})
	if b.r.IntN(2) == 0 {
		b.add("person.address_changed", c.lead.id, b.late(), facts{"residence_pref": pref})
		return
	}
	b.add("person.details_corrected", c.lead.id, 30, facts{"field": "residence_pref", "ground": "staff_error", "residence_pref": pref})
}

// anew opens another case of a person, sometimes of a new episode, or takes
// somebody out of a party.
func (b *Book) anew(c *file) {
	if n := len(c.party); n > 0 && b.r.IntN(2) == 0 {
		p := c.party[n-1]
		c.party = c.party[:n-1]
		b.add("case.member_removed", c.id, 0, facts{"person": p.id, "reason": "error"})
		return
	}
	if len(b.cases) > 3*len(b.people) {
		return
	}
	more := &file{id: b.id("case"), lead: c.lead}
	b.cases = append(b.cases, more)
	b.add("case.opened", more.id, b.late(), facts{"person": c.lead.id, "desk": pick(b.r, desks), "aims": "job,relocation", "lead_source": "web",
		"target_pref": "31", "new_episode": b.r.IntN(2)})
}
