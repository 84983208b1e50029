package main

import (
	"cmp"

	"ayumi/domain/japan"
)

// lastDay is the last day on which the demonstration records daily work.
var lastDay = japan.On(2020, 7, 10)

func firmNamed(key string) (name, industry, lg, title string) {
	for i, f := range firms {
		if f.key == key {
			return f.name, f.industry, f.lg, vacancies[i].title
		}
	}
	panic("no firm " + key)
}

// employment leads to the first day at work: introduced by the office, or found
// alone; then it is confirmed by somebody else, unless it has no proof.
func (c *cast) employment(p *person, o outcome) {
	awaited := c.decision(p, o, o.jobOn)
	place := id("placement", p.key)
	when := at(o.jobOn, 1740)
	started := c.say(when, p.owner, "case.start_employment", facts{"case": p.file(), "placement": place})
	p.reach(when, "achieve")
	if o.jobGrade == "" {
		return
	}
	by, evidence := proof(o.jobGrade, p.owner, false)
	proved := o.jobOn.Add(8)
	c.say(at(proved, 1600), by, "case.confirm_placement", facts{"case": p.file(), "placement": place, "confirms": "start",
		"confirmation": id("confirmation", place), "grade": o.jobGrade, "evidence_kind": evidence, "evidence_ref": evidenceWords[evidence]})
	c.say(at(proved, 1605), p.owner, "case.do_task", facts{"case": p.file(), "task": awaited, "result": "done"})
	for _, months := range []int{3, 6, 12} {
		check := o.jobOn.AddMonths(months)
		if check > lastDay {
			return
		}
		c.say(at(check, 1520), p.owner, "case.check_employment", facts{"case": p.file(), "placement": place, "months": months, "still": "yes",
			"evidence_kind": "person_statement", "remark": "仕事にも慣れたとのこと。"})
		c.say(at(check, 1525), p.owner, "case.do_task", facts{"case": p.file(), "result": "done",
			"task": task(started, "employment_check", check, place)})
	}
	if o.moveOn == 0 {
		c.close(p, o.jobOn.AddMonths(12).Add(5), "placed")
	}
}

// close ends a case, if the day comes before the end of the demonstration.
func (c *cast) close(p *person, on japan.Date, outcome string) {
	if on <= lastDay {
		c.say(at(on, 1640), p.owner, "case.close", facts{"case": p.file(), "outcome": outcome})
	}
}

// decision tells everything up to the day the person takes the post. It answers
// the task to confirm the start.
func (c *cast) decision(p *person, o outcome, start japan.Date) string {
	place := id("placement", p.key)
	name, industry, lg, _ := firmNamed(o.firm)
	decided := cmp.Or(o.decided, start.Add(-20))
	if o.route == "introduced" {
		c.introduction(p, o, start)
	}
	region, _ := japan.MunicipalityOf(lg)
	when := at(decided, 1530)
	cmd := c.say(when, p.owner, "case.decide_placement", facts{"case": p.file(), "placement": place, "person": p.id(), "route": o.route,
		"contract": "indefinite", "workplace_pref": "31", "workplace_region": region.Region, "industry": industry,
		"start_planned_on": start.String(), "employer": name, "workplace_lg": lg, "wage": "月 21万円ほど（本人より）"})
	p.reach(when, "decide")
	if o.route == "introduced" {
		c.say(at(start, 1745), p.owner, "case.end_jobseeker_registration", facts{"case": p.file(), "registration": id("registration", p.key), "reason": "placed"})
	}
	return task(cmd, "confirm_start", start, place)
}

// introduction is the way from the job-seeker registration to the offer.
func (c *cast) introduction(p *person, o outcome, start japan.Date) {
	place := id("placement", p.key)
	name, industry, _, title := firmNamed(o.firm)
	introduced := cmp.Or(o.introduced, start.Add(-42))
	step := func(days, hm int, command string, data facts) {
		c.say(at(introduced.Add(days), hm), p.owner, command, data.with(facts{"case": p.file(), "placement": place}))
	}
	c.say(at(introduced, 1400), p.owner, "case.register_jobseeker", facts{"case": p.file(), "registration": id("registration", p.key),
		"valid_until": introduced.AddMonths(6).String(), "number": "求-" + p.key})
	step(0, 1410, "case.introduce_job", facts{"person": p.id(), "introducer": account(p.owner), "workplace_pref": "31", "industry": industry,
		"grant_eligible": true, "employer": name, "vacancy": title, "job_number": "31000-" + o.firm})
	step(4, 1100, "case.make_application", facts{})
	step(14, 1630, "case.hold_interview", facts{"remark": "人柄を評価されたとの連絡。"})
	kind := "experienced"
	if p.student {
		kind = "student"
	}
	step(20, 1605, "case.receive_offer", facts{"offer_kind": kind})
}

// evidenceWords stand sealed beside a confirmation.
var evidenceWords = map[string]string{
	"employment_contract": "雇用契約書の写し", "resident_record": "住民票の写し", "employer_answer": "企業からの回答メール",
	"municipality_answer": "市町村からの回答", "person_statement": "本人から電話で確認", "movein_certificate": "転入を証する書面",
}
