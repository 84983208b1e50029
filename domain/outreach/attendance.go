package outreach

import (
	"reflect"

	"ayumi/domain"
)

// AttendanceCounted: how many came, of them students. A later count replaces it.
type AttendanceCounted struct {
	Heads    int  `fact:"heads,int"`
	Students *int `fact:"students?,int"`
}

func (e *AttendanceCounted) Apply(o *Outreach, _ domain.Envelope) { o.Heads = e }

// AttendeeListed: somebody signed up or stands on the list, sealed under an own key.
type AttendeeListed struct {
	Attendee string `fact:"attendee,id,new"`
	Student  bool   `fact:"student,flag"`
	Name     string `sealed:"name,P,owner=attendee"`
	Kana     string `sealed:"kana?,P,owner=attendee"`
	Contact  string `sealed:"contact?,P,owner=attendee"`
}

func (e *AttendeeListed) Apply(o *Outreach, _ domain.Envelope) {
	o.Attendees[e.Attendee] = &Attendee{Student: e.Student}
}

// AttendeeCame: whether a listed attendee came.
type AttendeeCame struct {
	Attendee string `fact:"attendee,id"`
	Came     string `fact:"came,code=yes|no"`
}

func (e *AttendeeCame) Apply(o *Outreach, _ domain.Envelope) {
	if a := o.Attendees[e.Attendee]; a != nil {
		a.Came = e.Came
	}
}

// AttendeeConverted: a listed attendee became a candidate.
type AttendeeConverted struct {
	Attendee string `fact:"attendee,id"`
	Person   string `fact:"person,id"`
}

func (e *AttendeeConverted) Apply(o *Outreach, _ domain.Envelope) {
	if a := o.Attendees[e.Attendee]; a != nil {
		a.Person = e.Person
	}
}

// PersonAttended: a known candidate came, or registered on LINE.
type PersonAttended struct {
	Person         string `fact:"person,id"`
	LineRegistered bool   `fact:"line_registered,flag"`
}

func (e *PersonAttended) Apply(o *Outreach, _ domain.Envelope) { o.Persons[e.Person] = *e }

// AttendanceVoided: the entry of one attendee or of one person was wrong.
type AttendanceVoided struct {
	Attendee string `fact:"attendee?,id"`
	Person   string `fact:"person?,id"`
	Reason   string `fact:"reason,code=void_reason"`
}

func (e *AttendanceVoided) Apply(o *Outreach, _ domain.Envelope) {
	if a := o.Attendees[e.Attendee]; a != nil {
		a.Voided = true
	}
	delete(o.Persons, e.Person)
}

// Attendee runs listed → came* → converted, and may be voided.
type Attendee struct {
	Student bool
	Came    string
	Person  string
	Voided  bool
}

// CountAttendance records how many came.
type CountAttendance struct{ AttendanceCounted }

func (c *CountAttendance) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	if err := o.running(); err != nil {
		return nil, err
	}
	if c.Heads < 0 {
		return nil, domain.RefuseField("field.range", "heads")
	}
	if c.Students != nil && (*c.Students < 0 || *c.Students > c.Heads) {
		return nil, domain.RefuseField("field.range", "students")
	}
	if reflect.DeepEqual(o.Heads, &c.AttendanceCounted) {
		return nil, nil
	}
	return []event{&c.AttendanceCounted}, nil
}

// ListAttendee puts somebody on the list.
type ListAttendee struct{ AttendeeListed }

func (c *ListAttendee) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	if err := o.running(); err != nil {
		return nil, err
	}
	if o.Attendees[c.Attendee] != nil {
		return nil, nil
	}
	return []event{&c.AttendeeListed}, nil
}

func (o *Outreach) attendee(id string) (*Attendee, error) {
	a := o.Attendees[id]
	switch {
	case a == nil:
		return nil, domain.RefuseField("entity.unknown", "attendee")
	case a.Voided:
		return nil, domain.Refuse("attendee.state")
	}
	return a, o.running()
}

// NoteAttendeeCame records whether a listed attendee came.
type NoteAttendeeCame struct{ AttendeeCame }

func (c *NoteAttendeeCame) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	a, err := o.attendee(c.Attendee)
	if err != nil || a.Came == c.Came {
		return nil, err
	}
	return []event{&c.AttendeeCame}, nil
}

// ConvertAttendee ties a listed attendee to the person it became.
type ConvertAttendee struct{ AttendeeConverted }

func (c *ConvertAttendee) Decide(o *Outreach, in domain.Intent) ([]event, error) {
	a, err := o.attendee(c.Attendee)
	if err != nil || a.Person == c.Person {
		return nil, err
	}
	if a.Person != "" {
		return nil, domain.Refuse("attendee.state")
	}
	if err := candidate(in, c.Person); err != nil {
		return nil, err
	}
	return []event{&c.AttendeeConverted}, nil
}

// candidate refuses a person who is unknown, of the other controller, or erased.
func candidate(in domain.Intent, id string) error {
	p, ok := in.Look.Person(id)
	switch {
	case !ok:
		return domain.RefuseField("entity.unknown", "person")
	case p.Controller != in.Controller:
		return domain.RefuseField("controller.mismatch", "person")
	case p.State == "erasing" || p.State == "erased":
		return domain.RefuseField("person.is_erased", "person")
	}
	return nil
}

// AttendPerson records that a known candidate came.
type AttendPerson struct{ PersonAttended }

func (c *AttendPerson) Decide(o *Outreach, in domain.Intent) ([]event, error) {
	if err := o.running(); err != nil {
		return nil, err
	}
	if err := candidate(in, c.Person); err != nil {
		return nil, err
	}
	if was, ok := o.Persons[c.Person]; ok && was == c.PersonAttended {
		return nil, nil
	}
	return []event{&c.PersonAttended}, nil
}

// VoidAttendance takes one wrong entry away: of an attendee or of a person.
type VoidAttendance struct{ AttendanceVoided }

func (c *VoidAttendance) Decide(o *Outreach, in domain.Intent) ([]event, error) {
	if (c.Attendee == "") == (c.Person == "") {
		return nil, domain.RefuseField("field.required", "attendee")
	}
	a := o.Attendees[c.Attendee]
	if c.Attendee != "" && a == nil {
		return nil, domain.RefuseField("entity.unknown", "attendee")
	}
	if _, known := o.Persons[c.Person]; (c.Person != "" && !known) || (a != nil && a.Voided) {
		return nil, nil
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&c.AttendanceVoided}, nil
}
