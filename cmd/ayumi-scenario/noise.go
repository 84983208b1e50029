package main

import (
	"fmt"

	"ayumi/domain/japan"
)

// noise is what happens beside the sessions that count and must not disturb them.
func (c *cast) noise() {
	c.settled()
	c.centre()
	c.okayama()
	c.enquiries()
	c.doubled()
	c.missed()
	c.mailed()
	c.twins()
}

// settled: four who moved the year before ask about life after the move.
func (c *cast) settled() {
	for i, s := range []*slot{
		{on: japan.On(2019, 6, 7), hm: 1100, channel: "in_person"}, {on: japan.On(2019, 9, 12), hm: 1430, channel: "phone"},
		{on: japan.On(2019, 11, 8), hm: 1500, channel: "in_person"}, {on: japan.On(2020, 1, 23), hm: 1600, channel: "phone"},
	} {
		s.kind, s.codes = settlement, []string{"settlement"}
		c.give(c.byKey[fmt.Sprint("old", i+1)], s)
	}
}

// centre: three sessions at the booth of the centre; one of the people also
// comes to the corner, whose case stays the centre's.
func (c *cast) centre() {
	for i, s := range []*slot{
		{on: japan.On(2019, 7, 10), hm: 1100, kind: relocation}, {on: japan.On(2019, 10, 17), hm: 1400, kind: relocation}, {on: japan.On(2020, 1, 15), hm: 1330, kind: both},
	} {
		key := "centre"
		if i > 0 {
			key = fmt.Sprint("centre", i)
		}
		p := c.person(key)
		p.owner, p.desk, p.story = "co4", "D-FKC", true
		s.desk, s.channel = "D-FKC", "in_person"
		c.give(p, s)
		c.describe(p)
	}
}

// okayama: nine who asked for the other prefecture only.
func (c *cast) okayama() {
	for i := range 9 {
		m := year2019[1+i]
		on := c.day(m)
		c.receive(fmt.Sprint("okayama", i), at(on, pick(&c.dice, daytime)).Add(60e9), "co1", []string{"relocation"}, "33")
	}
}

// enquiries: 31 questions that are no consultation.
func (c *cast) enquiries() {
	kinds := deal(&c.dice, []share{{"brochure", 13}, {"hours", 9}, {"wrong_number", 3}, {"business", 4}, {"other", 2}})
	for i, kind := range kinds {
		on := c.day(year2019[(i+1)%len(year2019)])
		c.say(at(on, pick(&c.dice, daytime)+5), pick(&c.dice, []string{"co1", "co2", "co3"}), "reception.log_enquiry",
			facts{"stream": "TKC.2019", "corner": "TKC", "channel": pick(&c.dice, []string{"phone", "in_person", "email"}), "kind": kind})
	}
}

// plain are people without a story whose case stands open at the desk.
func (c *cast) plain(fits func(*person) bool) []*person {
	var out []*person
	for _, p := range c.people {
		if !p.story && !p.anonymous && !c.busy[p] && len(p.sessions) > 0 && fits(p) {
			out = append(out, p)
		}
	}
	return out
}

// doubled: five sessions of August were written down twice and taken back.
func (c *cast) doubled() {
	n := 0
	for _, p := range c.plain(func(p *person) bool { return true }) {
		for i, s := range p.sessions {
			if n == 5 || s.on.MonthFirst() != japan.On(2019, 8, 1) || s.on > japan.On(2019, 8, 28) || (s.channel != "in_person" && s.channel != "phone") || s.meeting != nil || len(p.sessions) > 1 {
				continue
			}
			n++
			c.busy[p] = true
			by := other(p.owner)
			double := id("double", p.key, i)
			when := at(s.on.Add(1), 1030)
			c.say(when, by, "case.hold_consultation", facts{"case": p.file(), "consultation": double, "lead_person": p.id(), "attendee_count": 1,
				"desk": s.desk, "channel": s.channel, "categories": s.codes, "started_at": s.hm, "counsellor": account(p.owner), "initiated_by": "person",
				"advice": true, "notice_version": notice(s.on), "outcome": "information_given"}.happened(s.on, s.hm, when))
			c.say(at(s.on.Add(6+n), 1120), "ld1", "case.void_consultation", facts{"case": p.file(), "consultation": double, "reason": "duplicate"})
		}
	}
	if n != 5 {
		panic("fewer than five doubled sessions")
	}
}

// missed: seven bookings nobody came to.
func (c *cast) missed() {
	list := c.plain(func(p *person) bool {
		return len(p.sessions) == 1 && p.first() >= cornerOpens && p.first() < japan.On(2020, 1, 31)
	})
	for i, p := range shuffle(&c.dice, list)[:7] {
		c.busy[p] = true
		slot := p.first().Add(12 + i)
		made := p.first().Add(1)
		booking := id("missed", p.key)
		c.say(at(made, 1140), p.owner, "case.make_booking", facts{"case": p.file(), "booking": booking, "slot_on": slot.String(), "slot_time": 1400,
			"channel": "in_person", "desk": "D-TKY", "categories": p.sessions[0].codes})
		c.say(at(slot, 1800), p.owner, "case.miss_booking", facts{"case": p.file(), "booking": booking})
	}
}

// mailed: one mailing to twelve people; each case notes its copy.
func (c *cast) mailed() {
	on := japan.On(2019, 10, 28)
	c.say(at(on, 1400), "co1", "outreach.send_mailing", facts{"outreach": mailing(), "channel": "email", "recipients": 12, "topic": "fair_notice"})
	list := c.plain(func(p *person) bool { return p.first() >= cornerOpens && p.first() < on.Add(-5) })
	for i, p := range shuffle(&c.dice, list)[:12] {
		p.story = true
		c.say(at(on, 1401+i), "system", "case.send_outbound", facts{"case": p.file(), "outbound": id("copy", p.key), "channel": "email", "topic": "event_notice",
			"bulk": true, "mailing": mailing(), "source": "batch"})
	}
}

// twins are two pairs of records that turned out to be one human being each, and
// one pair that is two people.
func (c *cast) twins() {
	c.alike("twin1a", "twin1b", [2]string{"髙橋", "高橋"}, [2]string{"架名", "かな"}, "たかはし", "090-0000-0901")
	c.alike("twin2a", "twin2b", [2]string{"渡邉", "渡辺"}, [2]string{"試美", "ためみ"}, "わたなべ", "090-0000-0902")
	c.merge("twin1b", "twin1a", japan.On(2020, 2, 12))
	c.merge("twin2b", "twin2a", japan.On(2020, 2, 26))
	a, b := c.apartPair(japan.On(2019, 6, 1), japan.On(2019, 7, 31))
	c.alike(a.key, b.key, [2]string{"齋藤", "斎藤"}, [2]string{"例一", "れいいち"}, "さいとう", "")
	on := max(a.first(), b.first()).Add(9)
	c.suspect(a, b, on, 70, "kana", "kanji")
	c.say(at(on.Add(2), 1340), a.owner, "person.dismiss_duplicate", facts{"person": a.id(), "other": b.id(), "reason": "different_person"})
}

// alike gives two records names of one reading in different letters.
func (c *cast) alike(a, b string, families, given [2]string, reading, phone string) {
	for i, key := range []string{a, b} {
		p := c.byKey[key]
		p.called, p.reading, p.phone = [2]string{families[i], given[0]}, [2]string{reading, given[1]}, phone
		p.story = true
	}
}

func (c *cast) suspect(p, other *person, on japan.Date, score int, signals ...string) {
	c.say(at(on, 2100), "system", "person.suspect_duplicate", facts{"person": p.id(), "other": other.id(), "score": score, "signals": signals})
}

// merge joins a record to the one that stays, on a counsellor's proposal.
func (c *cast) merge(from, into string, on japan.Date) {
	a, b := c.byKey[from], c.byKey[into]
	c.suspect(a, b, on.Add(-3), 90, "kana", "phone")
	c.say(at(on, 1500), "ld1", "person.merge", facts{"person": a.id(), "into": b.id(), "evidence": []string{"phone", "kana"}, "proposed_by": account(a.owner),
		"preview": digest("merge", a.key), "reasons": "電話と生年が一致。本人にも電話で確認した。"})
}

// apartPair finds two people with one session each, not on one day.
func (c *cast) apartPair(from, to japan.Date) (*person, *person) {
	a := c.someone(from, to)
	b := c.someone(a.first().Add(1), to.AddMonths(2))
	return a, b
}
