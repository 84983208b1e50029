package main

import (
	"slices"
	"time"

	"ayumi/domain/japan"
)

// codes of what a session was about: by its kind, and by what the person is
// after: studies or work, and what kind of life.
func (c *cast) codes(s *slot, p *person) []string {
	life := pick(&c.dice, []string{"relocation", "relocation", "housing", p.life})
	var out []string
	switch s.kind {
	case job:
		out = []string{p.work()}
	case relocation:
		out = []string{life}
		if life == "housing" && c.chance(50) {
			out = append(out, "relocation")
		}
	case both:
		out = []string{p.work(), life}
	case settlement:
		out = []string{"settlement"}
	}
	slices.Sort(out)
	return out
}

func (p *person) work() string {
	if p.student {
		return "student"
	}
	return "job"
}

// hold records one session: a reception at the corner, then the session when it
// is over, or the messages of a day in the evening.
func (c *cast) hold(p *person, s *slot, i int) {
	s.id = id("session", p.key, i)
	version := notice(s.on)
	if p.anonymous {
		version = "none_anonymous"
	}
	if s.hm < 0 {
		c.say(at(s.on, 1730), p.owner, "case.log_message_day", facts{"case": p.file(), "thread": id("thread", p.key, s.channel), "channel": s.channel,
			"inbound": 1 + c.roll(3), "outbound": 1 + c.roll(2), "categories": s.codes, "desk": s.desk, "counsellor": account(p.owner),
			"notice_version": version, "summary": pick(&c.dice, messages[s.kind])})
		return
	}
	minutes := pick(&c.dice, []int{30, 35, 40, 45, 50})
	if s.meeting != nil {
		minutes = 10 + c.roll(3)*5
	}
	start := at(s.on, s.hm)
	over := start.Add(time.Duration(minutes) * time.Minute)
	data := facts{"case": p.file(), "consultation": s.id, "lead_person": p.id(), "attendee_count": 1, "desk": s.desk, "channel": s.channel,
		"categories": s.codes, "started_at": s.hm, "ended_at": over.Hour()*100 + over.Minute(), "counsellor": account(p.owner), "initiated_by": "person",
		"advice": true, "notice_version": version, "outcome": c.result(s, i)}
	if s.channel == "in_person" && s.desk == "D-TKY" && s.on >= cornerOpens && !s.noReception {
		data["reception"] = c.receive(s.id, start.Add(time.Minute), p.owner, s.codes, "31")
	}
	if s.meeting != nil {
		data["outreach"] = s.meeting.id()
	}
	if s.booking != "" {
		data["booking"] = s.booking
	} else if booking := c.bookAhead(p, s, i); booking != "" {
		data["booking"] = booking
	}
	c.words(data, p, s)
	when := over.Add(5 * time.Minute)
	if c.mayBeLate(p, i) && c.chance(20) {
		when = at(s.on.Add(1+c.roll(3)), 1005+c.roll(40))
	}
	c.say(when, p.owner, "case.hold_consultation", data.happened(s.on, s.hm, when))
	c.followUp(p, s, when)
}

// receive logs the nameless reception of somebody who came to the corner.
func (c *cast) receive(key string, when time.Time, by string, codes []string, pref string) string {
	reception := id("reception", key)
	on := japan.DateOf(when)
	c.say(when, by, "reception.log", facts{"stream": receptionOf(on), "reception": reception, "corner": "TKC", "channel": "in_person",
		"categories": codes, "asked_pref": pref, "party_size": 1 + c.roll(5)/4, "occurred_time": when.Hour()*100 + when.Minute() - 1})
	return reception
}

func receptionOf(on japan.Date) string {
	if japan.FiscalYearOf(on) == 2020 {
		return "TKC.2020"
	}
	return "TKC.2019"
}

func (c *cast) result(s *slot, i int) string {
	switch {
	case s.kind == settlement:
		return "information_given"
	case i == 0 && c.chance(55):
		return "continuing"
	}
	return pick(&c.dice, []string{"information_given", "information_given", "continuing", "continuing", "referred", "booked_visit"})
}

// mayBeLate: only a last session of somebody without a story is written down
// days later; nothing else of that person hangs on it.
func (c *cast) mayBeLate(p *person, i int) bool {
	return !p.story && i == len(p.sessions)-1 && i > 0
}

// bookAhead books a session that is not the first one, some days ahead.
func (c *cast) bookAhead(p *person, s *slot, i int) string {
	if i == 0 || s.meeting != nil || !c.chance(55) {
		return ""
	}
	made := s.on.Add(-2 - c.roll(4))
	if made <= p.sessions[i-1].on {
		return ""
	}
	booking := id("booking", s.id)
	c.say(at(made, 1115+c.roll(40)), p.owner, "case.make_booking", facts{"case": p.file(), "booking": booking, "slot_on": s.on.String(), "slot_time": s.hm,
		"channel": s.channel, "desk": s.desk, "categories": s.codes})
	return booking
}

// words are the sealed notes, each in its partition.
func (c *cast) words(data facts, p *person, s *slot) {
	d := &c.dice
	switch s.kind {
	case job:
		data["note_job"] = pick(d, notesJob)
	case relocation:
		data["note_reloc"] = pick(d, notesRelocation)
		data["concerns"] = []string{pick(d, []string{"housing", "work", "climate", "childcare", "transport"})}
	case both:
		data["note_job"], data["note_reloc"] = pick(d, notesJob), pick(d, notesRelocation)
		data["motives"] = []string{pick(d, []string{"hometown", "family", "country_life", "work"})}
	case settlement:
		data["note"] = pick(d, notesSettlement)
	}
	if s.note != "" {
		data["note"] = s.note
		delete(data, "note_job")
		delete(data, "note_reloc")
	}
	if d.chance(40) {
		data["answer"] = pick(d, answers)
	}
	if d.chance(25) && !p.anonymous {
		data["homework"] = pick(d, homework)
	}
}

// followUp plans something for some people, and mostly does it.
func (c *cast) followUp(p *person, s *slot, when time.Time) {
	if p.anonymous || p.story || !c.chance(22) || s.on < cornerOpens {
		return
	}
	t := id("task", s.id)
	due := s.on.Add(7)
	kind := pick(&c.dice, []string{"send_material", "call_back", "send_material"})
	c.say(when.Add(time.Minute), p.owner, "case.plan_task", facts{"case": p.file(), "task": t, "kind": kind, "due_on": due.String(),
		"owner": account(p.owner), "wording": pick(&c.dice, taskWords)})
	if c.chance(85) {
		c.say(at(due.Add(-1-c.roll(2)), 1430+c.roll(25)), p.owner, "case.do_task", facts{"case": p.file(), "task": t, "result": pick(&c.dice, []string{"done", "done", "no_answer"})})
	}
}
