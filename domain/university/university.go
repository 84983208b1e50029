// Package university keeps one stream per university: its place in the
// universe list and its agreements with the prefecture (events.md 4.12, 5.9).
package university

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream university.
var Aggregate = domain.Define(domain.Aggregate[University]{
	Category: "university",
	New: func() *University {
		return &University{Agreements: map[string]*Agreement{}, Contacts: map[string]bool{}, Listed: map[string]Listing{}}
	},
	Events: []domain.EventType[University]{
		domain.Happens[University, Registered]("university.registered"),
		domain.Happens[University, Renamed]("university.renamed"),
		domain.Happens[University, UniverseListed]("university.universe_listed"),
		domain.Happens[University, AgreementConcluded]("university.agreement_concluded"),
		domain.Happens[University, AgreementUpgraded]("university.agreement_upgraded"),
		domain.Happens[University, AgreementEnded]("university.agreement_ended"),
		domain.Happens[University, ContactSet]("university.contact_set"),
		domain.Happens[University, ContactRemoved]("university.contact_removed"),
	},
	Commands: []domain.CommandType[University]{
		domain.Begins[University, Register]("university.register", domain.Counsellor, domain.Lead),
		domain.Can[University, Rename]("university.rename", domain.Counsellor, domain.Lead),
		domain.Can[University, ListInUniverse]("university.list_in_universe", domain.Analyst, domain.Lead),
		domain.Can[University, ConcludeAgreement]("university.conclude_agreement", domain.Lead),
		domain.Can[University, UpgradeAgreement]("university.upgrade_agreement", domain.Lead),
		domain.Can[University, EndAgreement]("university.end_agreement", domain.Lead),
		domain.Can[University, SetContact]("university.set_contact", domain.Counsellor, domain.Lead),
		domain.Can[University, RemoveContact]("university.remove_contact", domain.Counsellor, domain.Lead),
	},
})

// Registered: a university is known to the office.
type Registered struct {
	Pref string `fact:"pref,code"`
	Kind string `fact:"kind,code=national|public|private"`
	Name string `fact:"name,word"`
}

func (e *Registered) Apply(u *University, env domain.Envelope) {
	_, u.ID = domain.SplitStream(env.Stream)
	u.Name, u.Kind, u.Pref = e.Name, e.Kind, e.Pref
}

// Renamed: the university's public name changed.
type Renamed struct {
	Name string `fact:"name,word"`
}

func (e *Renamed) Apply(u *University, _ domain.Envelope) { u.Name = e.Name }

// UniverseListed: its place in a named list of universities with about as many
// students from the prefecture as the threshold asks, on the day it occurred.
type UniverseListed struct {
	List      string `fact:"list,token"`
	Threshold int    `fact:"threshold,int"`
	Students  *int   `fact:"students?,int"`
	Meets     bool   `fact:"meets,flag"`
}

func (e *UniverseListed) Apply(u *University, env domain.Envelope) {
	u.Listed[e.List] = Listing{UniverseListed: *e, On: env.Occurred}
}

// AgreementConcluded: an agreement is signed. Its date may be known to the month only.
type AgreementConcluded struct {
	Agreement string   `fact:"agreement,id,new"`
	Kind      string   `fact:"kind,code=employment_support|comprehensive"`
	Parties   []string `fact:"parties?,ids"`
}

func (e *AgreementConcluded) Apply(u *University, env domain.Envelope) {
	u.Agreements[e.Agreement] = &Agreement{Kind: e.Kind, Concluded: env.Occurred}
}

// AgreementUpgraded: employment support became a comprehensive agreement.
type AgreementUpgraded struct {
	Agreement string `fact:"agreement,id"`
	Kind      string `fact:"kind,code=employment_support|comprehensive"`
}

func (e *AgreementUpgraded) Apply(u *University, _ domain.Envelope) {
	u.Agreements[e.Agreement].Kind = e.Kind
}

// AgreementEnded: the agreement holds no longer.
type AgreementEnded struct {
	Agreement string `fact:"agreement,id"`
	Reason    string `fact:"reason,token"`
}

func (e *AgreementEnded) Apply(u *University, env domain.Envelope) {
	a := u.Agreements[e.Agreement]
	a.Ended, a.EndedOn = true, env.Occurred
}

// ContactSet: a contact person of the university, sealed under its own key.
type ContactSet struct {
	Contact string `fact:"contact,id,new"`
	Name    string `sealed:"name,P,owner=contact"`
	Phone   string `sealed:"phone?,P,owner=contact"`
	Mail    string `sealed:"mail?,P,owner=contact"`
}

func (e *ContactSet) Apply(u *University, _ domain.Envelope) { u.Contacts[e.Contact] = true }

// ContactRemoved: no longer a contact.
type ContactRemoved struct {
	Contact string `fact:"contact,id"`
}

func (e *ContactRemoved) Apply(u *University, _ domain.Envelope) { delete(u.Contacts, e.Contact) }

// University is the folded state of one stream.
type University struct {
	ID, Name   string
	Kind, Pref string
	Listed     map[string]Listing // by list: the place stated last
	Agreements map[string]*Agreement
	Contacts   map[string]bool
}

// Listing is a place in a universe list since a day.
type Listing struct {
	UniverseListed
	On japan.Date
}

// Agreement runs concluded → upgraded* → ended.
type Agreement struct {
	Kind      string
	Concluded japan.Date
	Ended     bool
	EndedOn   japan.Date
}

// Standing is the agreement that holds; nil if none does. A comprehensive one goes
// before one of employment support.
func (u *University) Standing() *Agreement {
	var best *Agreement
	for _, a := range u.Agreements {
		better := best == nil || a.Kind == "comprehensive" && best.Kind != "comprehensive" || a.Kind == best.Kind && a.Concluded < best.Concluded
		if !a.Ended && better {
			best = a
		}
	}
	return best
}

type event = domain.Event[University]

// Register begins the stream.
type Register struct{ Registered }

func (c *Register) Decide(u *University, _ domain.Intent) ([]event, error) {
	return []event{&c.Registered}, nil
}

// Rename records a new public name.
type Rename struct{ Renamed }

func (c *Rename) Decide(u *University, _ domain.Intent) ([]event, error) {
	if u.Name == c.Name {
		return nil, nil
	}
	return []event{&c.Renamed}, nil
}

// ListInUniverse records the place in a universe list.
type ListInUniverse struct{ UniverseListed }

func (c *ListInUniverse) Decide(*University, domain.Intent) ([]event, error) {
	return []event{&c.UniverseListed}, nil
}

// ConcludeAgreement records a signed agreement.
type ConcludeAgreement struct{ AgreementConcluded }

func (c *ConcludeAgreement) Decide(u *University, _ domain.Intent) ([]event, error) {
	if u.Agreements[c.Agreement] != nil {
		return nil, nil
	}
	return []event{&c.AgreementConcluded}, nil
}

// UpgradeAgreement turns employment support into a comprehensive agreement.
type UpgradeAgreement struct{ AgreementUpgraded }

func (c *UpgradeAgreement) Decide(u *University, _ domain.Intent) ([]event, error) {
	a := u.Agreements[c.Agreement]
	switch {
	case a == nil:
		return nil, domain.RefuseField("entity.unknown", "agreement")
	case a.Kind == c.Kind && c.Kind == "comprehensive" && !a.Ended:
		return nil, nil
	case a.Ended || c.Kind != "comprehensive":
		return nil, domain.Refuse("agreement.state")
	}
	return []event{&c.AgreementUpgraded}, nil
}

// EndAgreement ends one.
type EndAgreement struct{ AgreementEnded }

func (c *EndAgreement) Decide(u *University, _ domain.Intent) ([]event, error) {
	a := u.Agreements[c.Agreement]
	if a == nil {
		return nil, domain.RefuseField("entity.unknown", "agreement")
	}
	if a.Ended {
		return nil, nil
	}
	return []event{&c.AgreementEnded}, nil
}

// SetContact adds a contact person or replaces what is known of one.
type SetContact struct{ ContactSet }

func (c *SetContact) Decide(*University, domain.Intent) ([]event, error) {
	return []event{&c.ContactSet}, nil
}

// RemoveContact takes one away.
type RemoveContact struct{ ContactRemoved }

func (c *RemoveContact) Decide(u *University, _ domain.Intent) ([]event, error) {
	if !u.Contacts[c.Contact] {
		return nil, nil
	}
	return []event{&c.ContactRemoved}, nil
}
