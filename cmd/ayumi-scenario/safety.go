package main

import (
	"fmt"
	"time"

	"ayumi/domain/japan"
)

// safety tells of people whose data needs special care, of referrals in every
// state, of names that are hard to find, and of who takes over in April.
func (c *cast) safety() {
	c.names()
	c.homePhone()
	c.protected()
	c.withdrawn()
	c.leftAlone()
	c.referrals()
	c.handedOver()
	c.resting()
	town := c.refer(c.byKey["k5"], referral{partner: "tottori", purpose: "housing", fields: []string{"name", "phone", "relocation_wish"}, on: japan.On(2019, 5, 24),
		reason: "6月に転居の予定。市内の賃貸を探している。"})
	c.taken(c.byKey["k5"], japan.On(2019, 5, 27), "pt1", town)
	c.answer(c.byKey["k5"], at(japan.On(2019, 6, 20), 1100), "pt1", "complete", town, facts{"result": "achieved"})
}

// someone takes a plain person for a story: one session that began in the days
// from … to, spoken or written.
func (c *cast) someone(from, to japan.Date) *person {
	for _, p := range c.plain(func(p *person) bool { return len(p.sessions) == 1 && p.first() >= from && p.first() <= to }) {
		if p.key[:4] == "once" {
			p.story = true
			return p
		}
	}
	panic(fmt.Sprintf("nobody between %s and %s", from, to))
}

// names: one alias, one former name, one known by its reading only.
func (c *cast) names() {
	for i, kind := range []string{"alias", "former"} {
		p := c.someone(japan.On(2019, 6, 1).AddMonths(i), japan.On(2019, 8, 1).AddMonths(i))
		family, given := p.name()
		other := families[(p.n+5)%len(families)]
		now := facts{"person": p.id(), "name_kind": kind, "family": other[0], "family_kana": other[1], "given": given[0], "given_kana": given[1]}
		if kind == "alias" {
			now["family"], now["family_kana"] = family[0], family[1]
			now["given"], now["given_kana"] = "れい", "れい"
		}
		c.say(at(p.first().Add(6), 1130), p.owner, "person.change_name", now)
	}
	c.someone(japan.On(2019, 9, 1), japan.On(2019, 11, 1)).kanaOnly = true
}

// homePhone is one telephone of two people.
func (c *cast) homePhone() {
	for i, given := range [][2]string{{"見一", "みいち"}, {"見子", "みこ"}} {
		p := c.someone(japan.On(2019, 7, 1).AddMonths(i*3), japan.On(2019, 10, 1).AddMonths(i*3))
		p.called, p.reading, p.phone = [2]string{"林", given[0]}, [2]string{"はやし", given[1]}, "03-0000-0000"
	}
}

// protected: nobody may learn where the person lives; a referral goes out with
// the flag, on the privacy officer's word, without the address.
func (c *cast) protected() {
	p := c.someone(japan.On(2019, 9, 20), japan.On(2019, 12, 10))
	on := p.first()
	c.say(at(on, 1925), p.owner, "person.set_confidentiality", facts{"person": p.id(), "until": on.AddMonths(11).String(), "covers_household": true,
		"kind": "dv_support", "confirmed_by": "支援措置の通知を本人が提示", "details": "連絡は本人の携帯のみ。留守番電話に残さない。"})
	c.say(at(on, 1930), p.owner, "case.plan_task", facts{"case": p.file(), "task": id("task", p.key), "kind": "renew_confidentiality",
		"due_on": on.AddMonths(10).String(), "owner": account(p.owner), "wording": "支援措置の更新を確かめる"})
	r := referral{partner: "section", purpose: "housing", fields: []string{"name", "phone", "household"}, on: on.Add(4), officer: "po1", reason: "住まいの相談。住所は伝えない。"}
	key := c.refer(p, r)
	c.answer(p, at(on.Add(5), 1400), p.owner, "accept", key, facts{})
	c.answer(p, at(on.Add(12), 1400), p.owner, "progress", key, facts{"step": "contacted", "note": "本人の携帯へ連絡済み。"})
}

// withdrawn: a consent is taken back after the referral went out; what relied on
// it is called off and the partner asked to delete.
func (c *cast) withdrawn() {
	p := c.someone(japan.On(2019, 8, 1), japan.On(2019, 11, 10))
	on := p.first().Add(1)
	consent := id("consent", p.key)
	c.say(at(on, 1500), p.owner, "person.give_consent", facts{"person": p.id(), "consent": consent, "scope": []string{"partner_sharing"},
		"recipients": []string{partner("npo")}, "fields": []string{"name", "phone", "relocation_wish"}, "evidence_ref": "同意書（紙）"})
	r := referral{partner: "npo", purpose: "housing", basis: "consent_or_to_self", consent: consent, fields: []string{"name", "phone", "relocation_wish"},
		on: on, due: on.Add(30), reason: "他県も含めて比べたいとの希望。"}
	key := c.refer(p, r)
	back := on.Add(20)
	c.say(at(back, 1100), p.owner, "person.withdraw_consent", facts{"person": p.id(), "consent": consent, "words": "気が変わったので、そちらには伝えないでほしい。"})
	cmd := c.say(at(back, 1101), "system", "case.cancel_referral", facts{"case": p.file(), "referral": key, "reason": "consent_withdrawn"})
	share := id("share", p.key, "npo")
	c.say(at(back.Add(10), 1600), p.owner, "case.answer_sharing", facts{"case": p.file(), "share": share, "answer": "deleted"})
	c.say(at(back.Add(10), 1605), p.owner, "case.do_task", facts{"case": p.file(), "task": task(cmd, "other", back.AddMonths(1), share), "result": "done"})
}

// leftAlone: a wish for no more contact closes contact and sharing.
func (c *cast) leftAlone() {
	p := c.someone(japan.On(2019, 7, 1), japan.On(2019, 12, 20))
	c.say(at(p.first().Add(30), 1340), p.owner, "person.request_withdrawal", facts{"person": p.id(), "channel": "phone", "words": "もう連絡しないでください。"})
}

// referrals in the states that a list of open work has to show.
func (c *cast) referrals() {
	for i, r := range []struct {
		partner, purpose, end string
		from                  japan.Date
	}{
		{"foundation", "trial_stay", "lapsed", japan.On(2020, 1, 6)}, {"foundation", "trial_stay", "completed", japan.On(2019, 6, 10)},
		{"tottori", "housing", "declined", japan.On(2019, 9, 1)}, {"tottori", "housing", "returned", japan.On(2019, 10, 10)},
		{"yonago", "settlement", "progressed", japan.On(2020, 1, 10)}, {"tottori", "housing", "received", japan.On(2020, 2, 1)},
		{"chizu", "farming", "sent", japan.On(2020, 2, 8)}, {"hellowork", "job", "accepted", japan.On(2020, 1, 20)},
		{"experts", "side_job", "sent", japan.On(2020, 2, 1)}, {"kurayoshi", "housing", "completed", japan.On(2019, 8, 20)},
	} {
		p := c.someone(r.from, r.from.Add(75))
		fields := []string{"name", "phone", "relocation_wish"}
		if r.purpose == "job" || r.purpose == "side_job" {
			fields = []string{"name", "phone", "job_wish"}
		}
		on := p.first().Add(2 + i%3)
		key := c.refer(p, referral{partner: r.partner, purpose: r.purpose, fields: fields, on: on, reason: "本人の希望を伝え、直接の案内をお願いする。"})
		by := p.owner
		if r.partner == "tottori" {
			by = "pt1"
		}
		c.end(p, key, by, r.end, on)
	}
}

// end brings a referral to a state.
func (c *cast) end(p *person, key, by, state string, on japan.Date) {
	step := func(days int, step string, data facts) { c.answer(p, at(on.Add(days), 1120), by, step, key, data) }
	switch state {
	case "lapsed":
		c.say(at(on.Add(15), 600), "system", "case.lapse_referral", facts{"case": p.file(), "referral": key})
		return
	case "declined":
		step(4, "decline", facts{"reason": "out_of_scope"})
		return
	case "received":
		step(2, "receive", facts{})
		return
	case "sent":
		return
	}
	step(3, "accept", facts{})
	switch state {
	case "progressed":
		step(9, "progress", facts{"step": "waiting", "note": "空きを待っている。"})
	case "returned":
		step(9, "return", facts{"reason": "no_housing", "note": "条件に合う住まいがない。"})
	case "completed":
		step(9, "progress", facts{"step": "met", "note": "面談した。"})
		step(30, "complete", facts{"result": "partly", "note": "候補を案内した。"})
	}
}

// handedOver: owners change in April; one new owner has not acknowledged it yet.
func (c *cast) handedOver() {
	for i, acknowledged := range []bool{true, false} {
		p := c.someone(japan.On(2020, 1, 8), japan.On(2020, 2, 26))
		to := other(p.owner)
		on := japan.On(2020, 4, 2+i)
		c.say(at(on, 1000), p.owner, "case.hand_over", facts{"case": p.file(), "from_owner": account(p.owner), "to_owner": account(to), "from_desk": "D-TKY", "desk": "D-TKY",
			"reason": "april_change", "handover_note": "連絡は平日の夜。住まいの候補を待っている。"})
		if acknowledged {
			c.say(at(on, 1500), to, "case.acknowledge_handover", facts{"case": p.file(), "owner": account(to)})
		}
	}
}

// resting: cases that fell silent are laid to rest, or closed.
func (c *cast) resting() {
	list := c.plain(func(p *person) bool { return p.last() < japan.On(2019, 12, 20) && !p.uses("line") })
	for i, p := range shuffle(&c.dice, list)[:46] {
		p.story = true
		silent := 100 + c.roll(60)
		when := at(max(p.last(), cornerOpens).Add(silent), 1000+c.roll(55))
		if i%4 == 0 {
			c.say(when, p.owner, "case.make_dormant", facts{"case": p.file(), "silent_days": int(japan.DateOf(when) - p.last())})
			continue
		}
		data := facts{"case": p.file(), "outcome": pick(&c.dice, []string{"gave_up", "unreachable", "other_prefecture", "unreachable"})}
		if c.chance(40) {
			data["remark"] = pick(&c.dice, []string{"本人から、今は考えていないとのこと。", "三度の連絡に返事なし。", "他県に決めたとの報告。"})
		}
		c.say(when.Add(time.Minute), p.owner, "case.close", data)
	}
}
