package main

import (
	"fmt"
	"slices"
	"time"

	"ayumi/domain/japan"
)

// play tells the life of everybody: registration, sessions, outcomes, and what
// happens beside them.
func (c *cast) play() {
	c.noise()
	for _, o := range slices.Concat(moves2018, outcomes) {
		c.outcome(o)
	}
	c.besides()
	c.student()
	c.family()
	c.returner()
	c.safety()
	c.later()
	for _, p := range c.people {
		c.tell(p)
	}
	for _, tell := range c.after {
		tell()
	}
}

// afterwards puts off what happens at the instant of a registration, so that the
// registration comes first.
func (c *cast) afterwards(tell func()) { c.after = append(c.after, tell) }

// tell registers a person, holds its sessions, and moves its case through the
// stages in order of time.
func (c *cast) tell(p *person) {
	if len(p.sessions) > 0 && p.met.IsZero() {
		p.met = c.begins(p.sessions[0])
	}
	if !p.met.IsZero() {
		c.register(p)
	}
	for i, s := range p.sessions {
		c.hold(p, s, i)
	}
	slices.SortStableFunc(p.stages, func(a, b stage) int { return a.when.Compare(b.when) })
	now := "interest"
	for _, s := range p.stages {
		if s.to != now && order(s.to) > order(now) {
			c.say(s.when.Add(time.Minute), p.owner, "case.change_stage", facts{"case": p.file(), "from": now, "to": s.to})
			now = s.to
		}
	}
}

func order(stage string) int {
	return slices.Index([]string{"interest", "compare", "visit", "decide", "achieve", "settle"}, stage)
}

func (p *person) reach(when time.Time, to string) { p.stages = append(p.stages, stage{when, to}) }

// begins is when the counsellor opens the record of a session.
func (c *cast) begins(s *slot) time.Time {
	if s.hm < 0 {
		return at(s.on, 1720)
	}
	return at(s.on, s.hm)
}

// notice is the version of the purpose notice of the day.
func notice(on japan.Date) string {
	if on < cornerOpens {
		return "notice-2018"
	}
	return "notice-2019"
}

func (c *cast) register(p *person) {
	data := facts{"person": p.id(), "kind": "consultee", "anonymous": p.anonymous, "age_band": p.age, "residence_pref": p.pref,
		"language": "ja", "student": p.student, "search": id("search", p.key)}
	if !p.anonymous {
		data.with(c.particulars(p))
	}
	on := japan.DateOf(p.met)
	c.say(p.met, p.owner, "person.register", data)
	if !p.anonymous {
		c.introduce(p, on)
	}
	c.say(p.met, p.owner, "case.open", facts{"case": p.file(), "person": p.id(), "desk": p.desk, "aims": c.aims(p), "lead_source": p.source,
		"target_pref": "31", "new_episode": false})
	if p.story || c.chance(45) {
		c.wishes(p)
	}
}

func (c *cast) particulars(p *person) facts {
	family, given := p.name()
	out := facts{"family": family[0], "given": given[0], "family_kana": family[1], "given_kana": given[1], "name_kind": "legal",
		"birth_year": birthYear(&c.dice, p.age), "residence_lg": placeCode(placeOf(p).five), "address": placeOf(p).words}
	if p.kanaOnly {
		delete(out, "family")
		delete(out, "given")
	}
	if p.student {
		out["school"], out["graduation_ym"] = schools[1+p.n%7].name, "2020-03"
	}
	return out
}

// introduce is what a named person is told and tells at the first meeting.
func (c *cast) introduce(p *person, on japan.Date) {
	method := "paper"
	if len(p.sessions) > 0 {
		switch p.sessions[0].channel {
		case "phone":
			method = "oral_recorded"
		case "email", "line", "online":
			method = "web"
		}
	}
	c.say(p.met, p.owner, "person.give_notice", facts{"person": p.id(), "notice_version": notice(on), "language": "ja", "method": method})
	if on < cornerOpens && len(p.sessions) > 0 && p.last() >= cornerOpens {
		again := p.sessions[slices.IndexFunc(p.sessions, func(s *slot) bool { return s.on >= cornerOpens })]
		c.say(c.begins(again), p.owner, "person.give_notice", facts{"person": p.id(), "notice_version": notice(again.on), "language": "ja", "method": "paper"})
	}
	number := p.phone
	if number == "" {
		number = fmt.Sprintf("090-0000-%04d", p.n+1)
	}
	kind, shared := "mobile", number[:3] == "03-"
	if shared {
		kind = "phone"
	}
	c.say(p.met, p.owner, "person.add_contact", facts{"person": p.id(), "contact_point": id("contact", p.key, "phone"), "kind": kind,
		"shared": shared, "value": digits(number), "display": number, "hours": pick(&c.dice, []string{"平日夜", "昼休み", "いつでも", "土日"})})
	if p.uses("email") || p.n%3 == 0 {
		mail := fmt.Sprintf("demo%04d@example.jp", p.n+1)
		c.say(p.met, p.owner, "person.add_contact", facts{"person": p.id(), "contact_point": id("contact", p.key, "mail"), "kind": "mail", "shared": false, "value": mail})
	}
	if p.uses("line") {
		c.line++
		when := p.met
		if p.met.Before(at(japan.On(2019, 6, 15), 1600)) {
			when = at(japan.On(2019, 6, 15), 1600)
		}
		c.say(when, p.owner, "person.add_contact", facts{"person": p.id(), "contact_point": id("contact", p.key, "line"), "kind": "line", "shared": false,
			"value": fmt.Sprintf("LINE:Udemo%04d", c.line)})
	}
	if p.turn != "" {
		c.say(p.met, p.owner, "person.declare_origin", facts{"person": p.id(), "origin_pref": p.origin(), "lived_here_before": p.turn == "u",
			"turn_hint": p.turn, "grandchild": false})
	}
}

func digits(s string) string {
	var out []rune
	for _, r := range s {
		if r >= '0' && r <= '9' {
			out = append(out, r)
		}
	}
	return string(out)
}

func (p *person) uses(channel string) bool {
	return slices.ContainsFunc(p.sessions, func(s *slot) bool { return s.channel == channel })
}

// origin is the prefecture the person says it comes from.
func (p *person) origin() string {
	switch p.turn {
	case "u":
		return "31"
	case "j":
		return "32"
	}
	return []string{"13", "14", "27", "11", "23"}[p.n%5]
}

// aims follow from what the sessions are about.
func (c *cast) aims(p *person) []string {
	var out []string
	for _, aim := range []struct {
		code  string
		kinds []byte
	}{{"job", []byte{job, both}}, {"relocation", []byte{relocation, both}}} {
		if slices.ContainsFunc(p.sessions, func(s *slot) bool { return slices.Contains(aim.kinds, s.kind) }) {
			out = append(out, aim.code)
		}
	}
	if len(out) == 0 {
		return []string{"job", "relocation"}
	}
	return out
}

func (c *cast) wishes(p *person) {
	d := &c.dice
	data := facts{"case": p.file(), "aims": c.aims(p), "wished_timing": pick(d, []string{"now", "within_1y", "within_1y", "within_3y", "undecided"}),
		"wished_region": pick(d, []string{"east", "east", "central", "west", "undecided"})}
	if slices.Contains(data["aims"].([]string), "job") {
		data["occupation"] = pick(d, []string{"事務", "広報", "製造の技術職", "販売", "介護", "開発", "営業"})
	}
	if slices.Contains(data["aims"].([]string), "relocation") {
		data["housing_kind"] = pick(d, []string{"rent", "vacant_house", "buy", "family"})
		data["housing_detail"] = pick(d, []string{"家賃5万円まで", "庭のある一戸建て", "駅から歩けるところ", "小学校の近く"})
	}
	c.say(p.met.Add(30*time.Second), p.owner, "case.revise_aims", data)
}

// describe settles what a person is like, as its sessions and stories ask.
func (c *cast) describe(p *person) {
	d := &c.dice
	p.source, p.life = "walk_in", pick(d, []string{"relocation", "relocation", "farming", "startup"})
	p.student = d.chance(24) && slices.ContainsFunc(p.sessions, func(s *slot) bool { return s.kind == job || s.kind == both })
	p.age = pick(d, []string{"20s", "20s", "30s", "30s", "30s", "40s", "40s", "50s", "60s"})
	if p.student {
		p.age = pick(d, []string{"u20", "20s", "20s", "20s"})
	}
	if d.chance(60) && !p.anonymous {
		p.turn = pick(d, []string{"u", "u", "i", "i", "i", "j"})
	}
	for _, o := range slices.Concat(moves2018, outcomes, beside) {
		if o.key == p.key {
			p.age, p.turn, p.story, p.student = o.age, o.turn, true, o.key == "student"
		}
	}
	if len(p.sessions) > 0 {
		p.source = sourceOf(d, p.sessions[0].channel)
	}
	for _, s := range p.sessions {
		if s.codes == nil {
			s.codes = c.codes(s, p)
		}
	}
	p.pref = placeOf(p).pref
}

func placeOf(p *person) struct{ pref, five, words string } { return places[p.n%len(places)] }

func sourceOf(d *dice, channel string) string {
	switch channel {
	case "fair_booth":
		return "fair"
	case "seminar_individual":
		return "seminar"
	case "tour":
		return "tour"
	case "line":
		return "line"
	case "email":
		return "web"
	}
	return pick(d, []string{"walk_in", "web", "web", "family_friend", "media", "university", "hellowork", "unknown"})
}
