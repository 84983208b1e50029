package main

import "ayumi/domain/japan"

// told is one session of a story.
type told struct {
	key     string
	on      japan.Date
	hm      int
	kind    byte
	channel string
	codes   []string
}

var toldSessions = []told{
	// A student from the prefecture: from the first meeting in June 2019 to the
	// first day at work in April 2020.
	{"student", japan.On(2019, 9, 20), 1820, job, "in_person", []string{"student"}},
	{"student", japan.On(2019, 11, 2), 1100, job, "in_person", []string{"student"}},
	{"student", japan.On(2019, 12, 14), 1400, job, "phone", []string{"student"}},
	{"student", japan.On(2020, 2, 3), -1, relocation, "line", []string{"housing"}},
	{"student", japan.On(2020, 2, 15), 1500, relocation, "online", []string{"housing"}},
	// A family of four that moves in the summer.
	{"family", japan.On(2019, 4, 27), 1100, relocation, "in_person", []string{"relocation"}},
	{"family", japan.On(2019, 5, 25), 1400, relocation, "in_person", []string{"relocation"}},
	{"family", japan.On(2019, 6, 22), 1030, relocation, "phone", []string{"relocation"}},
	{"family", japan.On(2019, 7, 20), 1030, relocation, "in_person", []string{"housing", "relocation"}},
	// Somebody in mid-career who changes the job and moves at the year's end.
	{"returner", japan.On(2019, 9, 8), 1100, job, "fair_booth", []string{"job"}},
	{"returner", japan.On(2019, 10, 4), 1845, both, "in_person", []string{"job", "relocation"}},
	{"returner", japan.On(2019, 11, 16), 1330, job, "phone", []string{"job"}},
	{"returner", japan.On(2019, 12, 13), 1830, job, "in_person", []string{"job"}},
	{"returner", japan.On(2020, 1, 18), 1600, job, "online", []string{"job"}},
	{"returner", japan.On(2020, 2, 21), 1900, relocation, "in_person", []string{"housing"}},
	// Entries made to try the program out; found in June 2020.
	{"test1", japan.On(2019, 11, 5), 1030, relocation, "in_person", []string{"relocation"}},
	{"test2", japan.On(2019, 11, 5), 1100, relocation, "in_person", []string{"relocation"}},
}

var toldInMarch = []told{
	{"student", japan.On(2020, 3, 12), 1400, relocation, "phone", []string{"housing"}},
	{"returner", japan.On(2020, 3, 14), 1500, relocation, "online", []string{"housing"}},
}

// leads are the people whose journeys are told in full.
func (c *cast) leads() {
	for _, l := range []struct {
		key, owner      string
		called, reading [2]string
	}{
		{"student", "co2", [2]string{"山﨑", "架名"}, [2]string{"やまさき", "かな"}},
		{"family", "co1", [2]string{"森", "例太"}, [2]string{"もり", "れいた"}},
		{"returner", "co3", [2]string{"渡邊", "試太"}, [2]string{"わたなべ", "ためた"}},
	} {
		p := c.byKey[l.key]
		p.owner, p.called, p.reading = l.owner, l.called, l.reading
	}
	p := c.byKey["student"]
	p.met, p.source, p.student = at(japan.On(2019, 6, 15), 1640), "university", true
}

// stories hands the told sessions to their people.
func (c *cast) stories() []*slot { return c.slotsOf(toldSessions) }

func (c *cast) marchStories() []*slot { return c.slotsOf(toldInMarch) }

func (c *cast) slotsOf(list []told) []*slot {
	var out []*slot
	for _, t := range list {
		s := &slot{on: t.on, hm: t.hm, kind: t.kind, channel: t.channel, codes: t.codes}
		for _, m := range c.events["fair"] {
			if t.channel == "fair_booth" && m.on == t.on {
				s.meeting = m
			}
		}
		p := c.person(t.key)
		p.story = true
		s.noReception = t.key == "test1" || t.key == "test2"
		c.give(p, s)
		out = append(out, s)
	}
	return out
}
