package main

import (
	"fmt"

	"ayumi/domain/japan"
)

// later is what is recorded after the sheet was made, and so explains the
// difference between what was published and what is known today.
func (c *cast) later() {
	c.remembered()
	a, b := c.apartPair(japan.On(2019, 9, 1), japan.On(2019, 10, 31))
	c.alike(a.key, b.key, [2]string{"濵田", "浜田"}, [2]string{"試子", "ためこ"}, "はまだ", "090-0000-0903")
	c.merge(b.key, a.key, japan.On(2020, 5, 1))
	for _, key := range []string{"test1", "test2"} {
		p := c.byKey[key]
		c.say(at(japan.On(2020, 6, 15), 1110), "ld1", "case.void_consultation", facts{"case": p.file(), "consultation": id("session", key, 0), "reason": "test"})
	}
}

// remembered: a call of February that was written down in April.
func (c *cast) remembered() {
	held := japan.On(2020, 2, 20)
	for i := range 28 {
		p := c.byKey[fmt.Sprint("twice", i)]
		if p.story || p.first() >= held || p.uses("phone") && sameDay(p, held) {
			continue
		}
		when := at(japan.On(2020, 4, 10), 1620)
		c.say(when, p.owner, "case.hold_consultation", facts{"case": p.file(), "consultation": id("remembered"), "lead_person": p.id(), "attendee_count": 1,
			"desk": "D-TKY", "channel": "phone", "categories": []string{"job"}, "started_at": 1530, "ended_at": 1600, "counsellor": account(p.owner),
			"initiated_by": "person", "advice": true, "notice_version": notice(held), "outcome": "information_given",
			"note_job": "求人の応募方法について電話で案内。記録漏れを後日入力。"}.happened(held, 1530, when))
		p.story = true
		return
	}
	panic("nobody called in February")
}

func sameDay(p *person, on japan.Date) bool {
	for _, s := range p.sessions {
		if s.on == on {
			return true
		}
	}
	return false
}
