package indicator

import (
	"slices"
	"strings"
)

func (s *State) newSession(r *reading, c *casefile, id string) *session {
	v := s.moreHeld.take()
	v.id, v.file, v.position, v.on = id, c, r.position, r.occurred()
	v.desk, v.channel, v.categories = s.word(r.Code("desk")), s.word(r.Code("channel")), r.mask("categories")
	if !r.once {
		s.sessions.Put([]byte(v.id), v)
	}
	return v
}

// consultation reads the facts that consultation_held and _received share.
func (s *State) consultation(r *reading, v *session) {
	if lead := r.Code("lead_person"); r.aside || string(lead) == v.file.lead.id { // as a rule
		v.lead = v.file.lead
	} else {
		v.lead = s.personOf(lead)
	}
	v.advice = r.flag("advice")
	v.override = s.word(r.Code("override"))
	v.began = clockOf(r.Raw("started_at"))
	s.attend(v, r.Text("outreach"))
	if !r.aside && !slices.Contains(v.lead.sessions, v) {
		v.lead.leads(v)
	}
}

func held(s *State, r *reading) (touch, error) {
	c, err := s.inCase(r)
	if err != nil {
		return touch{}, err
	}
	v := s.newSession(r, c, s.names.keep(r.Code("consultation")))
	v.recorded = clockOf(r.Raw("occurred_time"))
	s.consultation(r, v)
	v.hours = s.hoursOf(v)
	return touch{persons: []*person{v.lead}}, nil
}

// attend notes which outreach a session names; "" is none.
func (s *State) attend(v *session, outreach string) {
	if o := v.outreach; o != nil {
		o.sessions = slices.DeleteFunc(o.sessions, func(x *session) bool { return x == v })
		v.outreach = nil
	}
	if outreach != "" {
		v.outreach = s.meeting(outreach)
		v.outreach.sessions = append(v.outreach.sessions, v)
	}
}

// received: the session belongs to this case now, with the facts stated here.
func received(s *State, r *reading) (touch, error) {
	c, err := s.inCase(r)
	if err != nil {
		return touch{}, err
	}
	old, ok := s.sessions.Get(r.Code("consultation"))
	if !ok {
		return touch{}, missing(r, "consultation")
	}
	was := old.leader()
	old.lead.sessions = slices.DeleteFunc(old.lead.sessions, func(x *session) bool { return x == old })
	s.attend(old, "")
	v := s.newSession(r, c, old.id)
	v.on = imprecise(r.date("held_on"), r.Text("held_precision"))
	v.recorded = clockOf(r.Raw("held_time"))
	s.consultation(r, v)
	v.hours = s.hoursOf(v)
	return touch{persons: []*person{was, v.lead}}, nil
}

func (s *State) inSession(r *reading, id string, change func(*session)) (touch, error) {
	v, ok := s.sessions.Get([]byte(id))
	if !ok {
		return touch{}, missing(r, "consultation")
	}
	before := v.leader()
	change(v)
	return touch{persons: []*person{before, v.leader()}}, nil
}

func sessionAmended(s *State, r *reading) (touch, error) {
	value := r.Text("new")
	return s.inSession(r, r.Text("consultation"), func(v *session) {
		switch r.Text("field") {
		case "occurred_on":
			v.on = exactly(value)
		case "desk":
			v.desk = s.intern(value)
		case "channel":
			v.channel = s.intern(value)
		case "categories":
			v.categories = mask(strings.Split(value, ","))
		case "advice":
			v.advice = value == "1"
		case "override":
			v.override = s.intern(value)
		case "outreach":
			s.attend(v, value)
		case "started_at":
			v.began = clockOf([]byte(value))
		case "lead_person":
			v.lead.sessions = slices.DeleteFunc(v.lead.sessions, func(x *session) bool { return x == v })
			v.lead = s.person(value)
			v.lead.leads(v)
		}
		v.hours = s.hoursOf(v)
	})
}

func sessionVoided(s *State, r *reading) (touch, error) {
	return s.inSession(r, r.Text("consultation"), func(v *session) { v.voided = true })
}

// messageID names one thread on one day.
func messageID(thread, on string) string { return thread + "/" + on }

func messageLogged(s *State, r *reading) (touch, error) {
	c, err := s.inCase(r)
	if err != nil {
		return touch{}, err
	}
	id := messageID(r.Text("thread"), r.Text("occurred_on"))
	v, again := s.sessions.Get([]byte(id))
	if !again {
		v = s.newSession(r, c, id)
		v.message = true
		c.lead.leads(v)
	}
	v.desk, v.channel = s.word(r.Code("desk")), s.word(r.Code("channel"))
	v.categories, v.inbound, v.voided = r.mask("categories"), r.Number("inbound"), false
	v.hours = s.hoursOf(v)
	return touch{persons: []*person{c.lead}}, nil
}

func messageVoided(s *State, r *reading) (touch, error) {
	return s.inSession(r, messageID(r.Text("thread"), r.Text("day")), func(v *session) { v.voided = true })
}
