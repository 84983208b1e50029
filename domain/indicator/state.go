package indicator

import (
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// State is what the log says up to a position, as far as counting needs it
// (counting.md 2). It holds pseudonyms, codes and dates only. Entities are kept
// by id; a person knows its cases and a case its entities, so that one event
// touches few of them.
type State struct {
	Position uint64

	persons     domain.ByID[*person]
	cases       domain.ByID[*casefile]
	sessions    domain.ByID[*session]
	outcomes    map[string]*outcome    // placements, side jobs, two-base livings
	relocations map[string]*relocation // one outcome per mover is derived
	receptions  map[string]*reception
	outreach    map[string]*outreach
	universes   map[string]*university
	referrals   map[string]*referral
	opening     map[string]*opening // by desk
	texts       map[string]string   // words of coded facts, each kept once
	facts       reading             // of the event being folded
	names       names
	morePersons pool[person]
	moreCases   pool[casefile]
	moreHeld    pool[session]
	near        []*person // reused by Step
	was, now    component // likewise
	before      [][]Row   // likewise, by params
	after       []Row
	changes     [][]Change
}

// NewState is the state of an empty log.
func NewState() *State {
	return &State{
		outcomes: map[string]*outcome{}, relocations: map[string]*relocation{},
		receptions: map[string]*reception{}, outreach: map[string]*outreach{},
		universes: map[string]*university{}, referrals: map[string]*referral{},
		opening: map[string]*opening{}, texts: map[string]string{},
	}
}

type person struct {
	id        string
	into      *person   // survivor, while merged
	absorbed  []*person // those merged into this one, directly
	anonymous bool
	erased    bool // its key is destroyed; what it did still counts
	residence []stated
	ages      []stated    // age bands
	cases     []*casefile // in whose party the person stands, or whose outcomes are its own
	sessions  []*session  // led
}

// leads adds a session; who leads one leads several, as a rule.
func (p *person) leads(v *session) {
	if p.sessions == nil {
		p.sessions = make([]*session, 0, 4)
	}
	p.sessions = append(p.sessions, v)
}

// stated is a value with the day it holds from and the place in the log.
type stated struct {
	on       japan.Date
	position uint64
	value    string
}

// resolve follows merges to the survivor.
func (p *person) resolve() *person {
	for p.into != nil {
		p = p.into
	}
	return p
}

// latest is the value with the greatest (day, position) whose day is not after on.
func latest(list []stated, on japan.Date) string {
	var best stated
	for _, s := range list {
		if s.on <= on && (best.position == 0 || s.on > best.on || (s.on == best.on && s.position > best.position)) {
			best = s
		}
	}
	return best.value
}

// ageOn is the age band on a day; before the first one stated it is that one.
func (p *person) ageOn(on japan.Date) string {
	if band := latest(p.ages, on); band != "" || len(p.ages) == 0 {
		return band
	}
	return p.ages[0].value
}

type casefile struct {
	id, controller string
	lead           *person
	members        []*person // not removed, without the lead
	opened         japan.Date
	position       uint64
	newEpisode     bool
	desks          []stated // owner desk from a day on
	outcomes       []*outcome
	relocations    []*relocation
	referrals      []*referral
}

func (c *casefile) party() []*person {
	out := []*person{c.lead.resolve()}
	for _, m := range c.members {
		if r := m.resolve(); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// day is a date with its precision: the interval it stands for.
type day struct{ from, to japan.Date }

func imprecise(on japan.Date, precision string) day {
	switch precision {
	case "month":
		return day{on, on.AddMonths(1).Add(-1)}
	case "year":
		return day{on, on.AddMonths(12).Add(-1)}
	case "fiscal_year":
		return day{on, on.AddMonths(12).Add(-1)}
	case "unknown":
		return day{1, japan.On(9999, 12, 31)}
	}
	return day{on, on}
}

// Interval is the first and the last day that a date with its precision stands
// for (events.md 2.1).
func Interval(on japan.Date, precision string) (from, to japan.Date) {
	d := imprecise(on, precision)
	return d.from, d.to
}

type session struct { // there are many: what is short stands together
	id         string
	file       *casefile
	lead       *person // nil for messages: the lead of the case
	desk       string
	channel    string
	override   string
	outreach   *outreach // nil: none
	hours      string    // how the time lies to the desk's hours
	position   uint64
	inbound    int64
	on         day
	categories uint16
	began      clock // as stated of the session
	recorded   clock // as the envelope states it
	message    bool
	advice     bool
	voided     bool
}

func (s *session) leader() *person {
	if s.lead != nil {
		return s.lead.resolve()
	}
	return s.file.lead.resolve()
}

type confirmation struct {
	id, confirms, grade string
	on                  japan.Date
	withdrawn           bool
}

// outcome is a placement, a side job or a two-base living.
type outcome struct {
	id, kind          string
	file              *casefile
	person            *person
	workplace         string
	contract, route   string
	decided, started  day
	fellThrough, void bool
	confirmations     []confirmation
	position          uint64
}

type relocation struct {
	id                        string
	file                      *casefile
	movers                    []*person
	head                      *person
	on                        day
	register                  bool
	place                     string
	classified                bool
	reason, predecessor, stay string
	decision                  bool
	turn, ageBand             string
	confirmations             []confirmation
	out                       []left
	void                      bool
	position                  uint64
}

type left struct {
	person *person
	on     japan.Date
}

// referral hands a person on to a partner (events.md 5.5). It has a row from the
// day it was first sent.
type referral struct {
	id, purpose, state string
	file               *casefile
	sent               day
	answered           japan.Date // first accepted or declined; 0: not yet
	mistaken           bool       // called off because it was recorded in error
	position           uint64
}

type reception struct {
	id, corner string
	on         day
	channel    string
	categories uint16
	voided     bool
	position   uint64
}

type outreach struct {
	id, controller string
	scheduled      bool // false: only named by a session so far
	kind           string
	flagged        bool // as an evening event
	held           day
	cancelled      bool
	heads          int64
	sessions       []*session // that name it
	position       uint64
}

type university struct {
	id         string
	controller string
	listed     []listing
	agreements []*agreement
}

type listing struct {
	list     string
	on       day
	meets    bool
	position uint64
}

type agreement struct {
	id       string
	on       day
	ended    japan.Date
	position uint64
}

func (s *State) person(id string) *person {
	p, ok := s.persons.Get([]byte(id))
	if !ok {
		p = s.newPerson(id)
	}
	return p
}

// personOf is person; the id is kept only if it is a new one.
func (s *State) personOf(id []byte) *person {
	p, ok := s.persons.Get(id)
	if !ok {
		p = s.newPerson(s.names.keep(id))
	}
	return p
}

func (s *State) newPerson(id string) *person {
	p := s.morePersons.take()
	p.id = id
	s.persons.Put([]byte(id), p)
	return p
}

// newCase is an empty case, in the place of one of the same id.
func (s *State) newCase(id string) *casefile {
	c := s.moreCases.take()
	c.id = id
	s.cases.Put([]byte(id), c)
	return c
}

// word is a coded fact as a string; each word is kept once.
func (s *State) word(code []byte) string {
	if have, ok := s.texts[string(code)]; ok {
		return have
	}
	return s.intern(string(code))
}

func (s *State) intern(text string) string {
	if have, ok := s.texts[text]; ok {
		return have
	}
	text = strings.Clone(text)
	s.texts[text] = text
	return text
}

// join notes that a person stands in a case's party.
func join(p *person, c *casefile) {
	if !slices.Contains(p.cases, c) {
		p.cases = append(p.cases, c)
	}
}

// leave forgets a case that no longer leads to a person: who hangs together with
// whom is the same from both ends.
func (c *casefile) leave(p *person) {
	tied := c.lead == p || slices.ContainsFunc(c.outcomes, func(o *outcome) bool { return o.person == p }) ||
		slices.ContainsFunc(c.relocations, func(v *relocation) bool { return v.head == p || slices.Contains(v.movers, p) })
	if !tied {
		p.cases = slices.DeleteFunc(p.cases, func(f *casefile) bool { return f == c })
	}
}
