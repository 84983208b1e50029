package main

import "ayumi/domain/japan"

// besides are the outcomes that do not count.
func (c *cast) besides() {
	for _, o := range beside {
		c.outcome(o)
	}
	c.undone()
	for _, m := range []struct {
		key string
		on  japan.Date
	}{{"side1", japan.On(2019, 10, 21)}, {"side2", japan.On(2020, 2, 10)}} {
		p := c.person(m.key)
		c.say(at(m.on, 1440), p.owner, "case.match_side_job", facts{"case": p.file(), "side_job": id("side", m.key), "person": p.id(), "remote": true,
			"industry": "G", "employer": firms[4].name})
	}
	p := c.person("twohomes")
	c.say(at(japan.On(2019, 12, 14), 1330), p.owner, "case.record_two_base", facts{"case": p.file(), "two_base": id("twobase", p.key), "person": p.id(),
		"region": "central", "municipality": "三朝町"})
}

// undone: a post that was taken and came to nothing before the first day.
func (c *cast) undone() {
	p := c.person("undone")
	o := outcome{key: p.key, route: "self", firm: "koukoku"}
	awaited := c.decision(p, o, japan.On(2019, 12, 8))
	c.say(at(japan.On(2020, 1, 10), 1530), p.owner, "case.fall_through_placement", facts{"case": p.file(), "placement": id("placement", p.key),
		"by": "person", "reason": "family", "remark": "家族の事情で見送ることに。"})
	c.say(at(japan.On(2020, 1, 10), 1535), p.owner, "case.drop_task", facts{"case": p.file(), "task": awaited, "reason": "fell_through"})
}
