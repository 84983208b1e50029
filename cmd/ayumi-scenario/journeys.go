package main

import (
	"fmt"
	"slices"

	"ayumi/domain/japan"
)

// student met the office at the student event in June 2019, asked, was
// introduced to a firm, got the offer, looked for a home by LINE, and moved on
// 24 March 2020 for the first day at work of 1 April.
func (c *cast) student() {
	p := c.byKey["student"]
	event := c.events["student_exchange"][0]
	day := func(y, m, d, hm int, by, command string, data facts) {
		c.say(at(japan.On(y, m, d), hm), by, command, data.with(facts{"case": p.file()}))
	}
	met := at(japan.On(2019, 6, 15), 1642)
	c.afterwards(func() {
		c.say(met, "co2", "outreach.attend_person", facts{"outreach": event.id(), "person": p.id(), "line_registered": true})
		c.say(met, "co2", "person.give_consent", facts{"person": p.id(), "consent": id("consent", p.key), "scope": []string{"event_notice", "partner_sharing", "employer_introduction"},
			"evidence_ref": "同意書（紙）", "until": "2020-12-31"})
		day(2019, 6, 15, 1650, "co2", "case.add_note", facts{"partition": "common", "text": "首都圏学生交流会で出会う。LINEを登録。連絡と情報の共有に同意。"})
	})
	seen := at(japan.On(2019, 8, 26), 1015)
	tour := c.events["tour"][0]
	c.say(seen, "co2", "outreach.attend_person", facts{"outreach": tour.id(), "person": p.id(), "line_registered": false}.happened(tour.on, -1, seen))
	c.say(seen, "co2", "case.record_visit", facts{"case": p.file(), "visit": id("visit", p.key), "kind": "tour", "region": "east", "from": "2019-08-24", "to": "2019-08-25",
		"outreach": tour.id(), "municipality": "鳥取市", "lodging": "市内の宿"}.happened(tour.on, -1, seen))
	p.reach(seen, "visit")
	c.corrected(p)
	c.introducedStudent(p)
	day(2020, 2, 3, 1840, "co2", "case.add_note", facts{"partition": "reloc", "text": "「3月中に引っ越したいです。鳥取市内で1Kを探すならどこから見ればいいですか」"})
	day(2020, 2, 4, 1130, "co2", "case.make_booking", facts{"booking": id("booking", p.key), "slot_on": "2020-02-15", "slot_time": 1500,
		"channel": "online", "desk": "D-TKY", "categories": p.sessions[4].codes})
	p.sessions[4].booking = id("booking", p.key)
	day(2020, 2, 8, 1500, "co2", "case.plan_task", facts{"task": id("task", p.key, 1), "kind": "send_material", "due_on": "2020-02-12", "owner": account("co2"), "wording": "空き家バンクの候補3件を送る"})
	day(2020, 2, 12, 1610, "co2", "case.do_task", facts{"task": id("task", p.key, 1), "result": "done"})
	day(2020, 2, 15, 1600, "co2", "case.plan_task", facts{"task": id("task", p.key, 2), "kind": "grant_mark", "due_on": "2020-03-13", "owner": account("co2"), "wording": "転入届と支援金の案内をLINEで送る"})
	day(2020, 3, 13, 1420, "co2", "case.do_task", facts{"task": id("task", p.key, 2), "result": "done"})
	town := c.refer(p, referral{partner: "tottori", purpose: "housing", fields: []string{"name", "line", "relocation_wish"}, on: japan.On(2020, 2, 15),
		reason: "3月下旬に転居。家賃5万円まで、若葉町へ自転車で通える住まいを探している。"})
	c.taken(p, japan.On(2020, 2, 17), "pt1", town)
	c.answer(p, at(japan.On(2020, 2, 20), 1500), "pt1", "progress", town, facts{"step": "contacted", "note": "本人へ電話。候補2件。"})
	c.answer(p, at(japan.On(2020, 3, 5), 1130), "pt1", "progress", town, facts{"step": "viewing", "note": "オンラインで内見。"})
	c.answer(p, at(japan.On(2020, 3, 27), 1030), "pt1", "complete", town, facts{"result": "achieved", "note": "入居済み。"})
}

// corrected: the first consultation was taken down as relocation; four days
// later the counsellor put it right.
func (c *cast) corrected(p *person) {
	s := p.sessions[0]
	s.codes = []string{"relocation"}
	c.say(at(japan.On(2019, 9, 24), 1120), p.owner, "case.amend_consultation", facts{"case": p.file(), "consultation": id("session", p.key, 0),
		"field": "categories", "old": []string{"relocation"}, "new": []string{"student"}, "reason": "wrong_category"})
	for i, note := range []string{"Uターンを迷っている。広報の仕事がしたい。", "面接の準備。志望動機を一緒に見直し、県内の暮らしと交通費の不安を聞いた。",
		"内定後の手続きと入社までの過ごし方。", "", "4月1日入社に合わせて3月下旬に転居したい。家賃5万円まで、職場へ自転車で通える範囲。空き家バンクと引越しの支援を案内。",
		"住まいが決まった。転入届と引っ越しの手順を一緒に確かめた。"} {
		p.sessions[i].note = note
	}
}

func (c *cast) introducedStudent(p *person) {
	name, industry, lg, title := firmNamed("koukoku")
	place := id("placement", p.key)
	step := func(y, m, d, hm int, command string, data facts) {
		c.say(at(japan.On(y, m, d), hm), p.owner, command, data.with(facts{"case": p.file()}))
	}
	step(2019, 9, 20, 1920, "case.register_jobseeker", facts{"registration": id("registration", p.key), "valid_until": "2020-03-31", "number": "求-学生-01"})
	experts := c.refer(p, referral{partner: "experts", purpose: "job", fields: []string{"name", "job_wish", "resume"}, on: japan.On(2019, 10, 10), reason: "広報の仕事を希望する学生。"})
	c.answer(p, at(japan.On(2019, 10, 11), 1100), p.owner, "accept", experts, facts{})
	step(2019, 10, 11, 1910, "case.introduce_job", facts{"placement": place, "person": p.id(), "introducer": account(p.owner), "workplace_pref": "31", "industry": industry,
		"grant_eligible": false, "employer": name, "vacancy": title, "job_number": "31000-koukoku"})
	c.answer(p, at(japan.On(2019, 10, 11), 1920), p.owner, "complete", experts, facts{"result": "achieved", "note": "拠点を通じて紹介状を送付。"})
	step(2019, 10, 25, 1400, "case.make_application", facts{"placement": place})
	step(2019, 11, 15, 1700, "case.hold_interview", facts{"placement": place, "remark": "一次と最終を同じ日に受けた。"})
	step(2019, 12, 6, 1605, "case.receive_offer", facts{"placement": place, "offer_kind": "student"})
	step(2019, 12, 6, 1610, "case.add_note", facts{"partition": "job", "text": "総合職（広報）。入社予定は令和2年4月1日。本人から電話で報告を受け、企業にも確認済み。"})
	decided := at(japan.On(2019, 12, 20), 1530)
	cmd := c.say(decided, p.owner, "case.decide_placement", facts{"case": p.file(), "placement": place, "person": p.id(), "route": "introduced", "contract": "indefinite",
		"workplace_pref": "31", "workplace_region": "east", "industry": industry, "start_planned_on": "2020-04-01", "employer": name, "workplace_lg": lg})
	p.reach(decided, "decide")
	c.say(at(japan.On(2019, 12, 25), 1100), "ld1", "case.confirm_placement", facts{"case": p.file(), "placement": place, "confirmation": id("decision", place),
		"confirms": "decision", "grade": "b", "evidence_kind": "employer_answer", "evidence_ref": "企業からの通知メール（写し1）"})
	c.startsInApril(p, task(cmd, "confirm_start", japan.On(2020, 4, 1), place), "a")
}

// startsInApril: the first day at work lies in the next fiscal year.
func (c *cast) startsInApril(p *person, awaited, grade string) {
	place := id("placement", p.key)
	by, evidence := proof(grade, p.owner, false)
	c.say(at(japan.On(2020, 4, 1), 1735), p.owner, "case.start_employment", facts{"case": p.file(), "placement": place})
	c.say(at(japan.On(2020, 4, 9), 1600), by, "case.confirm_placement", facts{"case": p.file(), "placement": place, "confirms": "start",
		"confirmation": id("confirmation", place), "grade": grade, "evidence_kind": evidence, "evidence_ref": evidenceWords[evidence]})
	c.say(at(japan.On(2020, 4, 9), 1610), p.owner, "case.do_task", facts{"case": p.file(), "task": awaited, "result": "done"})
}

// returner met the office at a fair, was introduced to a firm in mid-career,
// moved on 28 March 2020 and starts on 1 April.
func (c *cast) returner() {
	p := c.byKey["returner"]
	for i, note := range []string{"フェアで相談。技術職で地方へ移りたい。", "仕事と住まいを一度に相談。米子を第一に考えている。", "応募先について電話で相談。",
		"面接を終えて。条件の確かめ方を話した。", "内定後の退職の段取り。", "引っ越しの日取りと住まい。社宅は使わず賃貸へ。", "住まいが決まり、引っ越しの日程を確かめた。"} {
		p.sessions[i].note = note
	}
	o := outcome{key: p.key, route: "introduced", firm: "seimitsu", introduced: japan.On(2019, 11, 18), decided: japan.On(2019, 12, 24)}
	awaited := c.decision(p, o, japan.On(2020, 4, 1))
	c.startsInApril(p, awaited, "b")
	c.say(at(japan.On(2020, 1, 20), 1030), p.owner, "case.check_grant", facts{"case": p.file(), "check": id("check", p.key), "scheme": "iju_national", "rule_version": "FY2019",
		"planned_movein_on": "2020-03-28", "result": "unclear", "unmet": []string{"commute_years"}, "amount": "60万円（単身）"})
	c.say(at(japan.On(2019, 9, 9), 1130), p.owner, "case.add_note", facts{"case": p.file(), "partition": "common", "text": "フェアの席で15分ほど。連絡は平日20時以降がよい。"})
	c.say(at(japan.On(2019, 12, 16), 1030), p.owner, "case.add_note", facts{"case": p.file(), "partition": "job", "text": "生産技術の経験8年。県内の2社を比べ、面接の順を決めた。"})
	c.say(at(japan.On(2020, 3, 17), 1400), p.owner, "case.issue_certificate", facts{"case": p.file(), "certificate": id("certificate", p.key),
		"consultations": []string{id("session", p.key, 1), id("session", p.key, 3)}, "purpose": "iju_grant", "number": "証-架空-001", "name": "渡邊 試太", "municipality": "米子市"})
	town := c.refer(p, referral{partner: "yonago", purpose: "housing", fields: []string{"name", "mail", "relocation_wish"}, on: japan.On(2020, 2, 22),
		reason: "3月末に転居。駅の近くの賃貸を探している。"})
	c.answer(p, at(japan.On(2020, 2, 26), 1400), p.owner, "accept", town, facts{})
	c.answer(p, at(japan.On(2020, 3, 6), 1400), p.owner, "progress", town, facts{"step": "viewing", "note": "2件を内見。"})
	c.answer(p, at(japan.On(2020, 3, 30), 1400), p.owner, "complete", town, facts{"result": "achieved", "note": "入居の報告あり。"})
}

// family of four: they came in the long holidays, stayed on trial, and moved in
// August; nobody of them took a job through the office.
func (c *cast) family() {
	p := c.byKey["family"]
	for i, note := range []string{"家族4人で移りたい。子どもは5歳と2歳。自然の近くで育てたい。", "お試し住宅の前に確かめたいこと。車2台が要るか。", "お試し住宅で過ごした感想。倉吉に決めたい。", "引っ越しの段取り。保育所の手続き。"} {
		p.sessions[i].note = note
	}
	met := at(japan.On(2019, 4, 27), 1150)
	movers := []string{p.id()}
	for i, m := range []struct{ given, kana, relation, part, age string }{
		{"例美", "れいみ", "妻", "adult", "30s"}, {"例一", "れいいち", "長男", "child", "u20"}, {"例子", "れいこ", "長女", "child", "u20"},
	} {
		key := fmt.Sprint("family", i+1)
		who := id("person", key)
		movers = append(movers, who)
		c.afterwards(func() {
			c.say(met, p.owner, "person.register", facts{"person": who, "kind": "companion", "anonymous": false, "age_band": m.age, "residence_pref": p.pref,
				"language": "ja", "student": false, "family": "森", "given": m.given, "family_kana": "もり", "given_kana": m.kana, "search": id("search", key)})
			c.say(met, p.owner, "case.add_member", facts{"case": p.file(), "person": who, "part": m.part})
			c.say(met, p.owner, "person.join_household", facts{"person": who, "household": id("household", p.key), "relation": m.relation})
		})
	}
	c.afterwards(func() {
		c.say(met, p.owner, "person.join_household", facts{"person": p.id(), "household": id("household", p.key), "relation": "世帯主"})
	})
	slices.Sort(movers[1:])
	trial := at(japan.On(2019, 6, 17), 1030)
	c.say(at(japan.On(2019, 5, 27), 1400), p.owner, "case.recognise_travel_subsidy", facts{"case": p.file(), "subsidy": id("subsidy", p.key), "visit_from": "2019-06-13", "visit_to": "2019-06-16", "number": "来-架空-01"})
	c.say(trial, p.owner, "case.record_visit", facts{"case": p.file(), "visit": id("visit", p.key), "kind": "trial_stay", "region": "central", "from": "2019-06-13", "to": "2019-06-16",
		"municipality": "倉吉市", "lodging": "お試し住宅"}.happened(japan.On(2019, 6, 16), -1, trial))
	p.reach(trial, "visit")
	c.say(at(japan.On(2019, 6, 20), 1400), p.owner, "case.claim_travel_subsidy", facts{"case": p.file(), "subsidy": id("subsidy", p.key)})
	c.say(at(japan.On(2019, 4, 29), 1100), p.owner, "case.add_note", facts{"case": p.file(), "partition": "reloc", "text": "夫婦で意見は合っている。海より山の近く。車は1台を持っていく。"})
	c.say(at(japan.On(2019, 6, 17), 1040), p.owner, "case.add_note", facts{"case": p.file(), "partition": "reloc", "text": "お試し住宅で3泊。子どもがよく眠れたとのこと。保育所を2か所見学。"})
	town := c.refer(p, referral{partner: "kurayoshi", purpose: "schooling", fields: []string{"name", "phone", "household", "relocation_wish"}, on: japan.On(2019, 6, 24),
		reason: "8月に4人で転居の予定。保育所の申込みについて。"})
	c.answer(p, at(japan.On(2019, 6, 26), 1100), p.owner, "accept", town, facts{})
	c.answer(p, at(japan.On(2019, 7, 8), 1100), p.owner, "progress", town, facts{"step": "applied", "note": "申込書を受け付けたとの連絡。"})
	c.answer(p, at(japan.On(2019, 8, 14), 1100), p.owner, "complete", town, facts{"result": "achieved", "note": "二人とも9月から入所。"})
	for _, o := range outcomes {
		if o.key == p.key {
			c.move(p, o, movers)
		}
	}
	for _, who := range movers[1:] {
		c.say(at(japan.On(2019, 8, 12), 1125), p.owner, "person.change_address", facts{"person": who, "residence_pref": "31"}.happened(japan.On(2019, 8, 10), -1, at(japan.On(2019, 8, 12), 1125)))
	}
}
