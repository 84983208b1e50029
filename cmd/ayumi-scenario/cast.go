package main

import (
	"fmt"
	"slices"
	"time"

	"ayumi/domain/japan"
)

// person is one invented human being, or one of two records of the same.
type person struct {
	key, owner string    // owner: staff code
	n          int       // number of the name, the phone, the mail
	called     [2]string // letters of the name where they matter
	reading    [2]string
	sessions   []*slot
	age, pref  string
	student    bool
	life       string // what the person is after when it moves
	anonymous  bool
	desk       string // that opens the case
	met        time.Time
	source     string
	turn       string // as the person declares its origin
	stages     []stage
	story      bool // a story tells of the person: the noise keeps away
	kanaOnly   bool
	phone      string // a shared or common one
}

type stage struct {
	when time.Time
	to   string
}

func (p *person) id() string   { return id("person", p.key) }
func (p *person) file() string { return id("case", p.key) }

// name is how the person is called: letters and reading of both names.
func (p *person) name() (family, given [2]string) {
	if p.called[0] != "" {
		return [2]string{p.called[0], p.reading[0]}, [2]string{p.called[1], p.reading[1]}
	}
	return name(p.n)
}

// first and last are the days of the first and last session.
func (p *person) first() japan.Date { return p.sessions[0].on }
func (p *person) last() japan.Date  { return p.sessions[len(p.sessions)-1].on }

// cast is everybody.
type cast struct {
	*book
	people []*person
	byKey  map[string]*person
	slots  []*slot // of fiscal 2019 to February
	old    []*slot // of fiscal 2018
	march  []*slot
	line   int              // LINE accounts given out
	after  []func()         // what is told after everybody is registered
	busy   map[*person]bool // the noise has told of them already
	// byPartner: the municipality itself confirms the move.
	byPartner map[string]bool
}

func (c *cast) person(key string) *person {
	if p, ok := c.byKey[key]; ok {
		return p
	}
	n := len(c.people)
	p := &person{key: key, n: n, owner: []string{"co1", "co2", "co3"}[n%3], desk: "D-TKY"}
	c.people, c.byKey[key] = append(c.people, p), p
	return p
}

// give hands a slot to a person.
func (c *cast) give(p *person, slots ...*slot) {
	for _, s := range slots {
		if s.taken {
			panic("slot taken twice")
		}
		s.taken = true
		if s.desk == "" {
			s.desk = "D-TKY"
		}
		p.sessions = append(p.sessions, s)
	}
	slices.SortStableFunc(p.sessions, func(a, b *slot) int { return int(a.on - b.on) })
}

// wish is what the sessions of a person have to satisfy.
type wish struct {
	key     string
	n       int
	from    japan.Date
	firstBy japan.Date // the first session lies on or before it
	to      japan.Date
	kinds   string // of the first session; the others are free
	channel string // of the first session
}

// apart: two sessions of a person lie at least so many days from each other.
const apart = 8

// grant finds slots for a wish among the free ones of the list.
func (c *cast) grant(list []*slot, w wish) {
	p := c.person(w.key)
	if w.firstBy == 0 {
		w.firstBy = w.to
	}
	for range 400 {
		var got []*slot
		for _, s := range shuffle(&c.dice, slices.Clone(list)) {
			if len(got) < w.n && c.fits(p, s, got, w) {
				got = append(got, s)
			}
		}
		if len(got) == w.n {
			c.give(p, got...)
			return
		}
	}
	panic(fmt.Sprintf("no slots for %+v", w))
}

func (c *cast) fits(p *person, s *slot, got []*slot, w wish) bool {
	if s.taken || s.on < w.from || s.on > w.to {
		return false
	}
	for _, o := range append(slices.Clone(p.sessions), got...) {
		if gap := int(s.on - o.on); gap > -apart && gap < apart {
			return false
		}
	}
	if len(got) > 0 {
		return s.on > got[0].on // the first one stays the first
	}
	return s.on <= w.firstBy && (w.kinds == "" || slices.Contains([]byte(w.kinds), s.kind)) && (w.channel == "" || w.channel == s.channel)
}

// grantAll serves wishes, those with the least time first.
func (c *cast) grantAll(list []*slot, wishes []wish) {
	slices.SortStableFunc(wishes, func(a, b wish) int {
		x, y := a.firstBy, b.firstBy
		if x == 0 {
			x = a.to
		}
		if y == 0 {
			y = b.to
		}
		return int(x - y)
	})
	for _, w := range wishes {
		c.grant(list, w)
	}
}

// castOf deals all sessions to people, so that every count of consultees holds.
func (b *book) castOf() *cast {
	c := &cast{book: b, byKey: map[string]*person{}, busy: map[*person]bool{}, byPartner: map[string]bool{"k5": true}}
	told := c.stories()
	for _, m := range year2019 {
		var mine []*slot
		for _, s := range told {
			if m.holds(s.on) {
				mine = append(mine, s)
			}
		}
		c.slots = append(c.slots, m.slots(b, mine)...)
	}
	c.old = b.slots2018()
	c.deal2018()
	c.deal2019()
	c.dealMarch()
	for _, p := range c.people {
		c.describe(p)
	}
	c.leads()
	return c
}

// deal2018: 41 persons; 4 of them move, 2 start work in April, 12 come again.
func (c *cast) deal2018() {
	wishes := []wish{
		{key: "old1", n: 2, to: japan.On(2018, 8, 20), kinds: "RB"}, {key: "old2", n: 2, to: japan.On(2018, 9, 25), kinds: "RB"},
		{key: "old3", n: 3, to: japan.On(2018, 12, 14), kinds: "RB"}, {key: "old4", n: 2, to: japan.On(2019, 1, 10), kinds: "RB"},
		{key: "k1", n: 3, to: japan.On(2019, 2, 8), kinds: "JB"}, {key: "k2", n: 2, to: japan.On(2019, 2, 28), kinds: "JB"},
		{key: "k3", n: 2, to: japan.On(2019, 2, 28), kinds: "RB"}, {key: "k4", n: 2, to: japan.On(2019, 2, 28), kinds: "JB"},
		{key: "k5", n: 2, to: japan.On(2019, 2, 28), kinds: "RB"},
	}
	for i := range 9 {
		wishes = append(wishes, wish{key: fmt.Sprint("again", i), n: 1, to: japan.On(2019, 2, 28)})
	}
	for i := range 23 {
		n := 1
		switch {
		case i == 0:
			n = 3
		case i == 1:
			n = 2
		}
		wishes = append(wishes, wish{key: fmt.Sprint("past", i), n: n, to: japan.On(2019, 2, 28)})
	}
	c.grantAll(c.old, wishes)
	c.spent(c.old)
}

func (c *cast) spent(list []*slot) {
	for _, s := range list {
		if !s.taken {
			panic(fmt.Sprintf("a session of %s was held with nobody", s.on))
		}
	}
}

// deal2019: 6 anonymous people and 214 human beings, 2 of them with two records.
func (c *cast) deal2019() {
	end := japan.On(2020, 2, 29)
	for i, channel := range []string{"phone", "phone", "in_person", "phone", "phone", "phone"} {
		p := c.person(fmt.Sprint("nameless", i))
		p.anonymous = true
		c.grant(c.slots, wish{key: p.key, n: 1, from: japan.On(2019, 5, 8).AddMonths(i), to: japan.On(2019, 7, 31).AddMonths(i), channel: channel})
	}
	var wishes []wish
	for _, o := range outcomes {
		if o.sessions > 0 {
			wishes = append(wishes, o.wish())
		}
	}
	for _, o := range beside {
		wishes = append(wishes, o.wish())
	}
	c.grantAll(c.slots, wishes)
	for i := range 9 {
		n := 1
		if i < 3 {
			n = 2
		}
		c.grant(c.slots, wish{key: fmt.Sprint("again", i), n: n, to: end})
	}
	for _, pair := range []string{"twin1", "twin2"} { // one human being each
		c.grant(c.slots, wish{key: pair + "a", n: 1, to: japan.On(2019, 9, 30), kinds: "RJ"})
		c.grant(c.slots, wish{key: pair + "b", n: 1, from: japan.On(2019, 11, 1), to: japan.On(2020, 1, 31), kinds: "RJ"})
	}
	for i := range 28 {
		c.grant(c.slots, wish{key: fmt.Sprint("twice", i), n: 2, to: end})
	}
	for i := range 137 { // two of them turn out to be one in May 2020
		c.grant(c.slots, wish{key: fmt.Sprint("once", i), n: 1, to: end})
	}
	c.spent(c.slots)
}

// dealMarch: 15 people known already and 7 new ones.
func (c *cast) dealMarch() {
	told := c.marchStories()
	c.march = march2020.slots(c.book, told)
	for i := range 15 - len(told) {
		c.grant(c.march, wish{key: fmt.Sprint("twice", i), n: 1, to: japan.On(2020, 3, 31)})
	}
	for i := range 7 {
		c.grant(c.march, wish{key: fmt.Sprint("march", i), n: 1, to: japan.On(2020, 3, 31)})
	}
	c.spent(c.march)
}
