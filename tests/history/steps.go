package history

import (
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// step chooses what happens next.
func (b *Book) step() {
	newcomers := 10 // in a hundred
	if len(b.people) == 0 || b.r.IntN(100) < newcomers {
		b.newcomer()
		return
	}
	c := pick(b.r, b.cases)
	if b.Lively {
		pick(b.r, lively)(b, c)
		return
	}
	pick(b.r, usual)(b, c)
}

// usual is what an office does all day, by weight; lively what it seldom does.
var (
	usual = slices.Concat(
		slices.Repeat([]func(*Book, *file){(*Book).session}, 30),
		slices.Repeat([]func(*Book, *file){(*Book).message}, 6),
		slices.Repeat([]func(*Book, *file){(*Book).task}, 8),
		slices.Repeat([]func(*Book, *file){(*Book).taskDone}, 6),
		slices.Repeat([]func(*Book, *file){(*Book).note}, 8),
		slices.Repeat([]func(*Book, *file){(*Book).booking}, 4),
		slices.Repeat([]func(*Book, *file){(*Book).moveOrConfirm}, 1),
		slices.Repeat([]func(*Book, *file){(*Book).jobOrConfirm}, 1),
		[]func(*Book, *file){(*Book).amend, (*Book).void},
	)
	lively = []func(*Book, *file){
		(*Book).session, (*Book).session, (*Book).session, (*Book).message, (*Book).task, (*Book).taskDone, (*Book).booking,
		(*Book).moveOrConfirm, (*Book).jobOrConfirm, (*Book).jobOrConfirm, (*Book).amend, (*Book).void, (*Book).member,
		(*Book).handOver, (*Book).merge, (*Book).unmerge, (*Book).moveOut, (*Book).identify, (*Book).reception, (*Book).referral, (*Book).referral,
		(*Book).withdraw, (*Book).reclassify, (*Book).reverse, (*Book).redate, (*Book).pass, (*Book).silence, (*Book).erase, (*Book).related,
		(*Book).hours, (*Book).meeting, (*Book).university, (*Book).relive, (*Book).anew,
	}
)

func (b *Book) late() int { return b.r.IntN(12) * b.r.IntN(2) }

func (b *Book) newcomer() {
	p := &person{id: b.id("person"), no: len(b.people)}
	b.people = append(b.people, p)
	c := &file{id: b.id("case"), lead: p}
	p.file = c
	b.add("person.registered", p.id, 0, facts{
		"kind": "consultee", "anonymous": b.r.IntN(8) / 7, "age_band": "20s", "residence_pref": []string{"13", "14", "31"}[b.r.IntN(9)/4],
		"language": "ja", "student": 0, "key_commitment": strings.Repeat("0", 64),
	})
	b.due = append(b.due,
		func() {
			b.add("person.notice_given", p.id, 0, facts{"notice_version": "n-2019-1", "language": "ja", "method": "paper"})
		},
		func() {
			b.cases = append(b.cases, c)
			b.add("case.opened", c.id, 0, facts{"person": p.id, "desk": pick(b.r, desks), "aims": "job,relocation", "lead_source": "web",
				"target_pref": "31", "new_episode": 0})
		},
		func() { b.session(c) },
	)
}

func (b *Book) session(c *file) {
	id := b.id("consultation")
	c.sessions = append(c.sessions, id)
	b.add("case.consultation_held", c.id, b.late(), b.detailed(facts{
		"consultation": id, "lead_person": c.lead.id, "attendee_count": 1, "desk": pick(b.r, desks), "channel": pick(b.r, channels),
		"categories": pick(b.r, categories), "counsellor": staff[0], "initiated_by": "person", "advice": min(1, b.r.IntN(8)),
		"notice_version": "n-2019-1", "outcome": "continuing",
	}))
}

func (b *Book) message(c *file) {
	b.add("case.message_day_logged", c.id, 0, facts{"thread": c.id, "channel": "email", "inbound": b.r.IntN(3), "outbound": 1,
		"categories": pick(b.r, categories), "desk": "D-TKY", "counsellor": staff[1], "notice_version": "n-2019-1"})
	c.messages = append(c.messages, japan.DateOf(b.now).String())
}

func (b *Book) task(c *file) {
	id := b.id("task")
	c.tasks = append(c.tasks, id)
	b.add("case.task_planned", c.id, 0, facts{"task": id, "kind": "call_back", "due_on": japan.DateOf(b.now).Add(7).String(), "owner": staff[0]})
}

func (b *Book) taskDone(c *file) {
	if len(c.tasks) == 0 {
		return
	}
	id := c.tasks[0]
	if b.r.IntN(4) == 0 {
		b.add("case.task_rescheduled", c.id, 0, facts{"task": id, "due_on": japan.DateOf(b.now).Add(9).String(), "reason": "wish"})
		return
	}
	c.tasks = c.tasks[1:]
	b.add("case.task_done", c.id, 0, facts{"task": id, "result": "done"})
}

func (b *Book) note(c *file) { b.add("case.note_added", c.id, 0, facts{"partition": "common"}) }

func (b *Book) booking(c *file) {
	id := b.id("booking")
	b.add("case.booking_made", c.id, 0, facts{"booking": id, "slot_on": japan.DateOf(b.now).Add(3).String(), "slot_time": 1500,
		"channel": "online", "desk": "D-TKY", "categories": "job"})
	if b.r.IntN(3) > 0 {
		b.due = append(b.due, func() { b.add("case.booking_missed", c.id, 0, facts{"booking": id}) })
	}
}

func (b *Book) moveOrConfirm(c *file) {
	if len(c.moves) > 0 && b.r.IntN(2) == 0 {
		id, confirmation := pick(b.r, c.moves), b.id("confirmation")
		c.proofs = append(c.proofs, proof{"relocation", id, confirmation})
		b.add("case.relocation_confirmed", c.id, 0, facts{"relocation": id, "confirmation": confirmation, "grade": "b", "evidence_kind": "employer_answer"})
		b.due = append(b.due, func() {
			b.add("case.relocation_classified", c.id, 0, facts{"relocation": id, "rule_version": "tot-cls-1",
				"reason": pick(b.r, []string{"employment", "marriage", "schooling"}), "has_predecessor": "no", "planned_stay": "permanent",
				"decision": 0, "counts": 1, "turn": "i", "grandchild": 0, "head_age_band": "30s", "household_size": 1})
		})
		return
	}
	movers := []string{c.lead.id}
	for _, p := range c.party {
		movers = append(movers, p.id)
	}
	slices.Sort(movers)
	id := b.id("relocation")
	c.moves = append(c.moves, id)
	b.add("case.moved_in", c.id, b.late(), facts{"relocation": id, "movers": strings.Join(slices.Compact(movers), ","), "head": c.lead.id,
		"household": c.id, "from_pref": "13", "to_lg": "312011", "register": min(1, b.r.IntN(6)), "reason": "employment",
		"has_predecessor": "no", "planned_stay": "permanent"})
}

func (b *Book) jobOrConfirm(c *file) {
	if len(c.jobs) > 0 && b.r.IntN(2) == 0 {
		id, confirmation := pick(b.r, c.jobs), b.id("confirmation")
		c.proofs = append(c.proofs, proof{"placement", id, confirmation})
		b.add("case.employment_started", c.id, 0, facts{"placement": id})
		b.due = append(b.due, func() {
			b.add("case.placement_confirmed", c.id, 0, facts{"placement": id, "confirmation": confirmation, "confirms": "start", "grade": "a", "evidence_kind": "insurance_record"})
		})
		if b.r.IntN(5) == 0 {
			b.due = append(b.due, func() {
				b.add("case.placement_confirmation_withdrawn", c.id, 0, facts{"placement": id, "confirmation": confirmation, "reason": "error"})
			})
		}
		return
	}
	id := b.id("placement")
	c.jobs = append(c.jobs, id)
	b.add("case.placement_decided", c.id, b.late(), facts{"placement": id, "person": c.lead.id, "route": "introduced", "contract": "part",
		"workplace_pref": "31", "industry": "E"})
}

func (b *Book) amend(c *file) {
	if len(c.sessions) == 0 {
		return
	}
	field, value := "categories", "relocation"
	if b.r.IntN(2) == 0 {
		field, value = "occurred_on", japan.DateOf(b.now).Add(-b.r.IntN(60)).String()
	}
	b.add("case.consultation_amended", c.id, 0, facts{"consultation": pick(b.r, c.sessions), "field": field, "old": "x", "new": value, "reason": "typo"})
}

func (b *Book) void(c *file) {
	if len(c.sessions) > 0 {
		b.add("case.consultation_voided", c.id, 0, facts{"consultation": pick(b.r, c.sessions), "reason": "duplicate"})
	}
}

// neighbour is somebody of the same few: people know each other in small circles.
func (b *Book) neighbour(p *person) *person {
	first := p.no - p.no%circle
	return pick(b.r, b.people[first:min(first+circle, len(b.people))])
}

const circle = 5

func (b *Book) member(c *file) {
	p := b.neighbour(c.lead)
	if p == c.lead || slices.Contains(c.party, p) || len(c.party) > 3 {
		return
	}
	c.party = append(c.party, p)
	b.add("case.member_added", c.id, 0, facts{"person": p.id, "part": "adult"})
}

func (b *Book) handOver(c *file) {
	b.add("case.assigned", c.id, 0, facts{"owner": pick(b.r, staff), "desk": pick(b.r, desks)})
}

func (p *person) root() *person {
	for p.into != nil {
		p = p.into
	}
	return p
}

func (b *Book) merge(*file) {
	p := pick(b.r, b.people)
	into := b.neighbour(p)
	if p.into != nil || into.root() == p || len(b.merged) > 20 || p.erased || into.erased {
		return
	}
	p.into = into
	b.merged = append(b.merged, p)
	b.add("person.merged", p.id, 0, facts{"into": into.id, "evidence": "phone", "proposed_by": staff[1], "preview": strings.Repeat("0", 64)})
	b.due = append(b.due, func() { b.add("person.absorbed", into.id, 0, facts{"other": p.id}) })
}

func (b *Book) unmerge(*file) {
	if len(b.merged) == 0 {
		return
	}
	p := b.merged[0]
	b.merged = b.merged[1:]
	from := p.into
	p.into = nil
	b.add("person.unmerged", p.id, 0, facts{"from": from.id, "reason": "error"})
	b.due = append(b.due, func() { b.add("person.absorption_undone", from.id, 0, facts{"other": p.id}) })
}

func (b *Book) moveOut(c *file) {
	if len(c.moves) > 0 {
		b.add("case.moved_out", c.id, 0, facts{"relocation": pick(b.r, c.moves), "persons": c.lead.id, "to_pref": "13", "reason": "work"})
	}
}

func (b *Book) identify(*file) {
	b.add("person.identified", pick(b.r, b.people).id, 0, facts{"age_band": "30s", "residence_pref": "13"})
}

func (b *Book) reception(*file) {
	b.add("reception.logged", "TKC.2019", 0, facts{"reception": b.id("reception"), "corner": "TKC", "channel": "phone", "categories": "job", "asked_pref": "31", "party_size": 1})
}
