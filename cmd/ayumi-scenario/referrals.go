package main

import (
	"time"

	"ayumi/domain/japan"
)

// referral is one case handed on to a partner.
type referral struct {
	partner, purpose, basis, consent string
	fields                           []string
	reason                           string
	on                               japan.Date // proposed, agreed and sent
	due                              japan.Date
	// officer: the privacy officer on whose word a protected person's data goes.
	officer string
}

// refer proposes, agrees and sends a referral. It answers its id.
func (c *cast) refer(p *person, r referral) string {
	key := id("referral", p.key, r.partner)
	if r.basis == "" {
		r.basis = "within_purpose"
	}
	if r.due == 0 {
		r.due = r.on.Add(14)
	}
	c.say(at(r.on, 1610), p.owner, "case.propose_referral", facts{"case": p.file(), "referral": key, "partner": partner(r.partner), "purpose": r.purpose, "reason": r.reason})
	agreed := facts{"case": p.file(), "referral": key, "basis": r.basis}
	sent := facts{"case": p.file(), "referral": key, "share": id("share", p.key, r.partner), "due_on": r.due.String(), "fields": r.fields,
		"notice_version": notice(r.on), "text": c.parcel(p, r)}
	if r.consent != "" {
		agreed["consent"] = r.consent
	}
	if r.officer != "" {
		sent["on_behalf_of"], sent["confidential_flag_sent"] = account(r.officer), true
	}
	c.say(at(r.on, 1615), p.owner, "case.agree_referral", agreed)
	c.say(at(r.on, 1620), p.owner, "case.send_referral", sent)
	return key
}

// parcel is what is written to the partner.
func (c *cast) parcel(p *person, r referral) string {
	family, given := p.name()
	return family[0] + given[0] + " さんについて。" + r.reason
}

// answer is a step of a referral, by the partner's account or by a counsellor
// who took the partner's word down.
func (c *cast) answer(p *person, when time.Time, by, step, referral string, data facts) {
	c.say(when, by, "case."+step+"_referral", data.with(facts{"case": p.file(), "referral": referral}))
}

// taken: the partner received and accepted it.
func (c *cast) taken(p *person, on japan.Date, by, referral string) {
	c.answer(p, at(on, 1010), by, "receive", referral, facts{})
	c.answer(p, at(on, 1320), by, "accept", referral, facts{"contact": id("contact", "tottori"), "name": "窓 口男"})
}
