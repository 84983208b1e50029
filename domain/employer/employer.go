// Package employer keeps one stream per employer with its vacancies (events.md
// 4.11, 5.9). A sole proprietor's name is that of a person: it is sealed.
package employer

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream employer.
var Aggregate = domain.Define(domain.Aggregate[Employer]{
	Category: "employer",
	New: func() *Employer {
		return &Employer{Contacts: map[string]bool{}, Vacancies: map[string]*Vacancy{}}
	},
	Events: []domain.EventType[Employer]{
		domain.Happens[Employer, Registered]("employer.registered"),
		domain.Happens[Employer, Renamed]("employer.renamed"),
		domain.Happens[Employer, ContactSet]("employer.contact_set"),
		domain.Happens[Employer, ContactRemoved]("employer.contact_removed"),
		domain.Happens[Employer, VacancyOpened]("employer.vacancy_opened"),
		domain.Happens[Employer, VacancyChanged]("employer.vacancy_changed"),
		domain.Happens[Employer, VacancyClosed]("employer.vacancy_closed"),
		domain.Happens[Employer, Ended]("employer.ended"),
	},
	Commands: []domain.CommandType[Employer]{
		domain.Begins[Employer, Register]("employer.register", domain.Counsellor, domain.Lead),
		domain.Can[Employer, Rename]("employer.rename", domain.Counsellor, domain.Lead),
		domain.Can[Employer, SetContact]("employer.set_contact", domain.Counsellor, domain.Lead),
		domain.Can[Employer, RemoveContact]("employer.remove_contact", domain.Counsellor, domain.Lead),
		domain.Can[Employer, OpenVacancy]("employer.open_vacancy", domain.Counsellor, domain.Lead),
		domain.Can[Employer, ChangeVacancy]("employer.change_vacancy", domain.Counsellor, domain.Lead),
		domain.Can[Employer, CloseVacancy]("employer.close_vacancy", domain.Counsellor, domain.Lead, domain.System),
		domain.Can[Employer, End]("employer.end", domain.Counsellor, domain.Lead),
	},
})

const soleProprietor = "sole_proprietor"

// Registered: an employer is known. A sole proprietor has no public name, but a
// sealed one under the key of a contact.
type Registered struct {
	Kind       string `fact:"kind,code=corporation|public|sole_proprietor"`
	Industry   string `fact:"industry,code"`
	Pref       string `fact:"pref,code"`
	LGCode     string `fact:"lg_code,token"`
	SizeBand   string `fact:"size_band,code=u10|u30|u100|u300|300p"`
	Name       string `fact:"name?,word"`
	Contact    string `fact:"contact?,id"`
	Proprietor string `sealed:"proprietor?,P,owner=contact"`
}

func (e *Registered) Apply(m *Employer, _ domain.Envelope) {
	m.Kind, m.Name, m.Proprietor = e.Kind, e.Name, e.Contact
	m.Industry, m.Pref, m.LGCode, m.SizeBand = e.Industry, e.Pref, e.LGCode, e.SizeBand
}

// Renamed: another name, public or sealed as at the registration.
type Renamed struct {
	Name       string `fact:"name?,word"`
	Contact    string `fact:"contact?,id"`
	Proprietor string `sealed:"proprietor?,P,owner=contact"`
}

func (e *Renamed) Apply(m *Employer, _ domain.Envelope) { m.Name, m.Proprietor = e.Name, e.Contact }

// ContactSet: a contact person of the employer, sealed under its own key.
type ContactSet struct {
	Contact string `fact:"contact,id,new"`
	Name    string `sealed:"name,P,owner=contact"`
	Phone   string `sealed:"phone?,P,owner=contact"`
	Mail    string `sealed:"mail?,P,owner=contact"`
}

func (e *ContactSet) Apply(m *Employer, _ domain.Envelope) { m.Contacts[e.Contact] = true }

// ContactRemoved: no longer a contact.
type ContactRemoved struct {
	Contact string `fact:"contact,id"`
}

func (e *ContactRemoved) Apply(m *Employer, _ domain.Envelope) { delete(m.Contacts, e.Contact) }

// Ended: the employer is no longer worked with.
type Ended struct {
	Reason string `fact:"reason,token"`
}

func (e *Ended) Apply(m *Employer, env domain.Envelope) { m.Ended, m.EndedOn = true, env.Occurred }

// Employer is the folded state of one stream.
type Employer struct {
	Kind, Name   string
	Industry     string // major letter of JSIC
	Pref, LGCode string
	SizeBand     string
	Proprietor   string // contact under whose key a sole proprietor's name is sealed
	Contacts     map[string]bool
	Vacancies    map[string]*Vacancy
	Ended        bool
	EndedOn      japan.Date
}

type event = domain.Event[Employer]

// open refuses changes of an employer that has ended.
func (m *Employer) open() error {
	if m.Ended {
		return domain.Refuse("employer.state")
	}
	return nil
}

// named refuses a public name of a sole proprietor and a missing name of all.
func named(kind, public, sealed string) error {
	switch {
	case kind == soleProprietor && public != "":
		return domain.RefuseField("employer.name_sealed", "name")
	case kind == soleProprietor && sealed == "":
		return domain.RefuseField("field.required", "proprietor")
	case kind != soleProprietor && public == "":
		return domain.RefuseField("field.required", "name")
	case kind != soleProprietor && sealed != "":
		return domain.RefuseField("employer.name_sealed", "proprietor")
	}
	return nil
}

// owner is the contact whose key seals a sole proprietor's name, none for others.
func owner(kind, stated string, in domain.Intent) string {
	switch {
	case kind != soleProprietor:
		return ""
	case stated != "":
		return stated
	}
	return in.NewID("contact")
}

// Register begins the stream.
type Register struct{ Registered }

func (c *Register) Decide(m *Employer, in domain.Intent) ([]event, error) {
	if m.Kind != "" {
		return nil, nil
	}
	if err := named(c.Kind, c.Name, c.Proprietor); err != nil {
		return nil, err
	}
	if !japan.LGShaped(c.LGCode) || c.LGCode[:2] != c.Pref {
		return nil, domain.RefuseField("lg.invalid", "lg_code")
	}
	e := c.Registered
	e.Contact = owner(e.Kind, e.Contact, in)
	return []event{&e}, nil
}

// Rename records another name. A sole proprietor stays under the same key.
type Rename struct{ Renamed }

func (c *Rename) Decide(m *Employer, _ domain.Intent) ([]event, error) {
	if err := m.open(); err != nil {
		return nil, err
	}
	if err := named(m.Kind, c.Name, c.Proprietor); err != nil {
		return nil, err
	}
	if m.Kind != soleProprietor && m.Name == c.Name {
		return nil, nil
	}
	e := c.Renamed
	e.Contact = m.Proprietor
	return []event{&e}, nil
}

// SetContact adds a contact person or replaces what is known of one.
type SetContact struct{ ContactSet }

func (c *SetContact) Decide(m *Employer, in domain.Intent) ([]event, error) {
	if err := m.open(); err != nil {
		return nil, err
	}
	if m.Contacts[c.Contact] && c.Contact == in.NewID("contact") {
		return nil, nil
	}
	return []event{&c.ContactSet}, nil
}

// RemoveContact takes one away.
type RemoveContact struct{ ContactRemoved }

func (c *RemoveContact) Decide(m *Employer, _ domain.Intent) ([]event, error) {
	if !m.Contacts[c.Contact] {
		return nil, nil
	}
	return []event{&c.ContactRemoved}, nil
}

// End ends the work with the employer.
type End struct{ Ended }

func (c *End) Decide(m *Employer, _ domain.Intent) ([]event, error) {
	if m.Ended {
		return nil, nil
	}
	return []event{&c.Ended}, nil
}
