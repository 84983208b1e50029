package main

import (
	"fmt"
	"slices"
	"time"

	"ayumi/domain/japan"
)

// slot is one session to be held: when, how, and about what.
type slot struct {
	on      japan.Date
	hm      int // start; -1 for messages
	kind    byte
	channel string
	meeting *meeting
	desk    string
	taken   bool
	// noReception: nobody was received for it (an entry made as a test).
	noReception bool
	id          string // of the session, given when it is recorded
	codes       []string
	note        string // told words of a story
	booking     string // made by a story
}

// The kinds of a session: employment, relocation, both, and life after the move.
const (
	job        byte = 'J'
	relocation byte = 'R'
	both       byte = 'B'
	settlement byte = 'S'
)

// month is one column of the tables: how many sessions of each kind, by which
// channel, and how many on evenings from Thursday to Saturday.
type month struct {
	y, m                                 int
	c1, c2, c12                          int
	inPerson, phone, email, line, online int
	evenings                             int
}

// year2019 splits 168 and 187 to the end of February. Booths, seminars and the
// tour stand at their meetings; with them the columns add up to 323.
var year2019 = []month{
	{2019, 4, 3, 4, 1, 5, 1, 0, 0, 0, 1},
	{2019, 5, 12, 14, 2, 16, 5, 3, 0, 0, 4},
	{2019, 6, 14, 17, 3, 16, 6, 4, 0, 0, 5},
	{2019, 7, 16, 19, 3, 14, 5, 4, 1, 0, 4},
	{2019, 8, 19, 16, 4, 15, 5, 4, 1, 0, 4},
	{2019, 9, 15, 20, 3, 14, 7, 5, 1, 0, 5},
	{2019, 10, 17, 21, 4, 18, 7, 5, 1, 1, 6},
	{2019, 11, 16, 19, 3, 16, 7, 4, 1, 0, 5},
	{2019, 12, 13, 12, 2, 13, 4, 3, 1, 0, 3},
	{2020, 1, 22, 24, 4, 20, 9, 5, 1, 1, 6},
	{2020, 2, 21, 21, 3, 23, 8, 4, 1, 1, 6},
}

// march2020 is recorded after the sheet was made.
var march2020 = month{2020, 3, 11, 13, 2, 6, 7, 6, 2, 1, 1}

// year2018 is the year before, at the old site; its channels add up over the year.
var year2018 = [][3]int{{1, 2, 0}, {2, 3, 1}, {2, 3, 0}, {1, 3, 0}, {3, 4, 1}, {2, 3, 0}, {3, 4, 1}, {2, 3, 0}, {2, 3, 0}, {3, 4, 1}, {2, 4, 0}}

func (m month) first() japan.Date { return japan.On(m.y, m.m, 1) }

func (m month) holds(on japan.Date) bool { return on.MonthFirst() == m.first() }

// kinds of a month, shuffled, less those that are told already.
func (m month) kinds(d *dice, told []*slot) []byte {
	left := map[byte]int{job: m.c1 - m.c12, relocation: m.c2 - m.c12, both: m.c12}
	for _, s := range told {
		left[s.kind]--
	}
	var out []byte
	for _, k := range []byte{job, relocation, both} {
		if left[k] < 0 {
			panic(fmt.Sprintf("%d-%d: too many told of kind %c", m.y, m.m, k))
		}
		out = append(out, slices.Repeat([]byte{k}, left[k])...)
	}
	return shuffle(d, out)
}

// slots fills a month up to its tables. told are the sessions of stories that
// lie in it; they are part of the answer.
func (m month) slots(b *book, told []*slot) []*slot {
	out := slices.Clone(told)
	kinds := m.kinds(&b.dice, told)
	next := func() byte {
		if len(kinds) == 0 {
			panic(fmt.Sprintf("%d-%d: more channels than kinds", m.y, m.m))
		}
		k := kinds[0]
		kinds = kinds[1:]
		return k
	}
	left := map[string]int{"in_person": m.inPerson, "phone": m.phone, "email": m.email, "line": m.line, "online": m.online}
	evenings := m.evenings
	booths := map[*meeting]int{}
	for _, s := range told {
		left[s.channel]--
		if s.meeting != nil {
			booths[s.meeting]++
		} else if isEvening(s.on, s.hm) {
			evenings--
		}
	}
	for _, mt := range b.meetingsIn(m) {
		for i := booths[mt]; i < mt.consultations; i++ {
			out = append(out, &slot{on: mt.on, hm: mt.from + 10*i, kind: next(), channel: mt.channel, meeting: mt})
			left[mt.channel]--
		}
	}
	for _, channel := range []string{"in_person", "phone", "online", "email", "line"} {
		for range left[channel] {
			s := &slot{kind: next(), channel: channel, hm: -1}
			spoken := channel == "in_person" || channel == "phone" || channel == "online"
			switch {
			case spoken && evenings > 0 && b.roll(3) > 0:
				s.on, s.hm = b.evening(m)
				evenings--
			case spoken:
				s.on, s.hm = b.day(m), pick(&b.dice, daytime)
			default:
				s.on = b.day(m)
			}
			out = append(out, s)
		}
	}
	if evenings != 0 || len(kinds) != 0 {
		panic(fmt.Sprintf("%d-%d: %d evenings and %d kinds left", m.y, m.m, evenings, len(kinds)))
	}
	return out
}

var daytime = []int{1000, 1015, 1030, 1100, 1115, 1130, 1300, 1315, 1330, 1400, 1430, 1500, 1515, 1545, 1600, 1630, 1645}

// day is any day of the month on which the corner was open.
func (b *book) day(m month) japan.Date {
	first := max(m.first(), cornerOpens)
	return first.Add(b.roll(int(m.first().MonthLast()-first) + 1))
}

// evening is a Thursday to Saturday between 18:00 and 20:00.
func (b *book) evening(m month) (japan.Date, int) {
	for {
		if on := b.day(m); isEvening(on, 1800) {
			return on, pick(&b.dice, []int{1800, 1815, 1820, 1830, 1845, 1900, 1910})
		}
	}
}

func isEvening(on japan.Date, hm int) bool {
	w := on.Weekday()
	return hm >= 1800 && (w == time.Thursday || w == time.Friday || w == time.Saturday)
}

func (b *book) meetingsIn(m month) []*meeting {
	var out []*meeting
	for _, kind := range []string{"fair", "seminar", "guidance", "tour", "evening", "holiday"} {
		for _, mt := range b.events[kind] {
			if m.holds(mt.on) {
				out = append(out, mt)
			}
		}
	}
	return out
}

// slots2018 are the 55 sessions of the year before, on working days.
func (b *book) slots2018() []*slot {
	channels := deal(&b.dice, []share{{"in_person", 27}, {"phone", 18}, {"email", 10}})
	var out []*slot
	for i, c := range year2018 {
		m := month{y: 2018, m: 4 + i, c1: c[0], c2: c[1], c12: c[2]}
		if m.m > 12 {
			m.y, m.m = 2019, m.m-12
		}
		for _, kind := range m.kinds(&b.dice, nil) {
			s := &slot{kind: kind, channel: channels[0], hm: pick(&b.dice, []int{930, 1000, 1030, 1100, 1330, 1400, 1500, 1530})}
			channels = channels[1:]
			if s.channel == "email" {
				s.hm = -1
			}
			for s.on == 0 || s.on.Weekday() == time.Saturday || s.on.Weekday() == time.Sunday || japan.Holiday(s.on) != "" || s.on < japan.On(2018, 4, 6) {
				s.on = m.first().Add(b.roll(int(m.first().MonthLast()-m.first()) + 1))
			}
			out = append(out, s)
		}
	}
	return out
}
