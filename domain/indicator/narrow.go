package indicator

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Narrow folds a log for the sake of some questions: of what cannot change their
// answers it keeps little or nothing. So who counts the sessions of one year holds
// that year, however long the log is.
type Narrow struct {
	State *State

	wants []want
	all   bool // an answer may hang on anything
	files files
	cases []*casefile // of notes, in order of opening
	// aside are sessions that nobody counts among as they stand, but that a later event
	// names, with their cases: in the state they hang on nobody.
	aside  map[*session]*fileNote
	nobody *casefile
}

// want are the sessions among which one question counts.
type want struct {
	desk, controller string // one of them is ""
	japan.Period
}

// NarrowTo begins with an empty state.
func NarrowTo(questions []Question) *Narrow {
	n := &Narrow{State: NewState(), aside: map[*session]*fileNote{}, nobody: &casefile{lead: &person{}}}
	for _, q := range questions {
		for _, side := range q.Sides() {
			n.all = !n.want(side) || n.all
		}
	}
	return n
}

// All tells that an answer may hang on anything: outcomes do, and what is told by them.
func (n *Narrow) All() bool { return n.all }

// want notes among what a question counts; false: among anything.
func (n *Narrow) want(q Question) bool {
	w := want{desk: q.Scope, Period: q.Period}
	if scopeOf(q.Scope) == CtrlLevel {
		w.desk, w.controller = "", q.Scope
	}
	switch family := rules[q.Definition.Rule].family; {
	case slices.Contains([]Family{Receptions, Heads, Universes, Agreements}, family):
		return true // they belong to no person
	case family == Sessions:
	case q.Definition.Rule == "new_consultee":
		w.From = 0 // one before the period may be the first
	default:
		return false
	}
	n.wants = append(n.wants, w)
	return true
}

// wanted tells whether a question counts among the sessions of a desk and a
// controller on a day; nil is any desk.
func (n *Narrow) wanted(desk []byte, controller string, on day) bool {
	return slices.ContainsFunc(n.wants, func(w want) bool {
		where := desk == nil || string(desk) == w.desk || w.controller != "" && controller == w.controller
		return where && on.from <= w.To && w.From <= on.to
	})
}

// Fold takes in one event, as State.Fold. once tells that the log names the
// consultation of the event nowhere else, so that no later event corrects or voids
// it. If one does all the same, that is an error.
func (n *Narrow) Fold(position uint64, typ string, facts *domain.Glance, once bool) error {
	if err := n.State.Pass(position); err != nil || !Reads(typ) {
		return err
	}
	_, id, _ := bytes.Cut(facts.Code("stream"), []byte{'-'})
	r := n.State.reading(position, "", facts)
	if !n.all {
		if typ == "case.opened" && n.files.get(id) != nil {
			return fmt.Errorf("position %d: case was opened before", position)
		}
		if !n.reaches(typ, r, id, once) {
			return nil
		}
	}
	r.once, r.aside = once && typ == "case.consultation_held", r.file == n.nobody
	if r.file == nil {
		r.stream = string(id)
	}
	err := n.State.fold(typ, r)
	if err == nil && !n.all {
		n.settle(typ, r, id)
	}
	return err
}

// settle puts a session aside that nobody counts among, or takes it back.
func (n *Narrow) settle(typ string, r *reading, id []byte) {
	if !r.aside && typ != "case.consultation_amended" {
		return
	}
	v := n.session(r)
	if r.aside {
		n.aside[v] = n.files.get(id)
	} else if note := n.aside[v]; note != nil && n.wanted([]byte(v.desk), n.files.controllers[note.controller], v.on) {
		n.back(v)
	}
}

// session is the one that the event names, nil if the state has none of the id.
func (n *Narrow) session(r *reading) *session {
	v, _ := n.State.sessions.Get(r.Code("consultation"))
	return v
}

func (n *Narrow) knows(person []byte) bool {
	_, ok := n.State.persons.Get(person)
	return ok
}

// back gives a session that was aside to its case and its lead.
func (n *Narrow) back(v *session) {
	note := n.aside[v]
	if note == nil {
		return
	}
	delete(n.aside, v)
	c := n.open(note)
	v.file, v.lead = c, c.lead
	v.lead.leads(v)
	v.hours = n.State.hoursOf(v)
}

// reaches tells whether an answer may hang on an event of the stream with an id.
func (n *Narrow) reaches(typ string, r *reading, id []byte, once bool) bool {
	switch typ {
	case "person.merged", "person.unmerged", "case.consultation_voided":
		return true
	case "case.consultation_amended":
		if string(r.Code("field")) == "lead_person" {
			n.back(n.session(r))
		}
		return true
	case "person.registered":
		return r.flag("anonymous") || n.knows(id)
	case "person.identified":
		return n.knows(id)
	case "case.opened":
		return !n.files.note(id, r.Code("person"), r.Code("controller"))
	case "case.consultation_held":
		if once && !n.wanted(nil, "", r.occurred()) {
			return false // most of a long log
		}
		c := n.files.get(id)
		switch {
		case c == nil: // it is one of the state, or the event is refused
		case n.wanted(r.Code("desk"), n.files.controllers[c.controller], r.occurred()):
			r.file = n.open(c)
		case once:
			return false
		case c.leads(r.Code("lead_person")):
			r.file = n.nobody
		default:
			r.file = n.open(c)
		}
		return true
	case "case.consultation_received":
		n.back(n.session(r))
		if c := n.files.get(id); c != nil {
			r.file = n.open(c)
		}
		return true
	case "case.message_day_logged": // logged again, perhaps at another desk: the day stays
		if !n.wanted(nil, "", r.occurred()) {
			return false
		}
		if c := n.files.get(id); c != nil {
			r.file = n.open(c)
		}
		return true
	case "case.message_day_voided":
		day := r.Text("day")
		_, told := n.State.sessions.Get([]byte(messageID(r.Text("thread"), day)))
		return told || n.wanted(nil, "", exactly(day))
	}
	category, _, _ := strings.Cut(typ, ".")
	return category != "person" && category != "case"
}

// open makes a noted case one of the state.
func (n *Narrow) open(note *fileNote) *casefile {
	if note.opened == 0 {
		s, id := n.State, note.id.String()
		c, there := s.cases.Get([]byte(id))
		if !there {
			c = s.newCase(id)
			c.controller, c.lead = n.files.controllers[note.controller], s.person(note.lead.String())
			join(c.lead, c)
		}
		n.cases = append(n.cases, c)
		note.opened = uint32(len(n.cases))
	}
	return n.cases[note.opened-1]
}
