// Package partner keeps one stream per body that cases are referred to or shared
// with: its relation to the controller and what may be shared (events.md 4.10).
package partner

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream partner.
var Aggregate = domain.Define(domain.Aggregate[Partner]{
	Category: "partner",
	New: func() *Partner {
		return &Partner{Contacts: map[string]string{}, Agreements: map[string]*Agreement{}, Inward: map[string]*Inward{}}
	},
	Events: slices.Concat([]domain.EventType[Partner]{
		domain.Happens[Partner, Registered]("partner.registered"),
		domain.Happens[Partner, Renamed]("partner.renamed"),
		domain.Happens[Partner, RelationChanged]("partner.relation_changed"),
		domain.Happens[Partner, ContactSet]("partner.contact_set"),
		domain.Happens[Partner, ContactRemoved]("partner.contact_removed"),
		domain.Happens[Partner, SharingAgreed]("partner.sharing_agreed"),
		domain.Happens[Partner, SharingEnded]("partner.sharing_ended"),
		domain.Happens[Partner, Ended]("partner.ended"),
	}, inwardEvents),
	Commands: slices.Concat([]domain.CommandType[Partner]{
		domain.Begins[Partner, Register]("partner.register", domain.Lead),
		domain.Can[Partner, Rename]("partner.rename", domain.Lead),
		domain.Can[Partner, ChangeRelation]("partner.change_relation", domain.Lead),
		domain.Can[Partner, SetContact]("partner.set_contact", domain.Lead, domain.Counsellor),
		domain.Can[Partner, RemoveContact]("partner.remove_contact", domain.Lead, domain.Counsellor),
		domain.Can[Partner, AgreeSharing]("partner.agree_sharing", domain.Privacy, domain.Lead),
		domain.Can[Partner, EndSharing]("partner.end_sharing", domain.Privacy, domain.Lead),
		domain.Can[Partner, End]("partner.end", domain.Lead),
	}, inwardCommands),
})

// Registered: a body is known. LGCode is the local government code of a municipality.
type Registered struct {
	Kind         string `fact:"kind,code=partner_kind"`
	Relation     string `fact:"relation,code=controller_relation"`
	LGCode       string `fact:"lg_code?,token"`
	DefaultBasis string `fact:"default_basis,code=basis"`
	Name         string `fact:"name,word"`
}

func (e *Registered) Apply(p *Partner, env domain.Envelope) {
	_, p.ID = domain.SplitStream(env.Stream)
	p.Controller = env.Controller
	p.Kind, p.Relation, p.DefaultBasis, p.LGCode, p.Name = e.Kind, e.Relation, e.DefaultBasis, e.LGCode, e.Name
}

// Renamed: the body's public name changed.
type Renamed struct {
	Name string `fact:"name,word"`
}

func (e *Renamed) Apply(p *Partner, _ domain.Envelope) { p.Name = e.Name }

// RelationChanged: its relation to the controller, and the basis of sharing that
// the screens propose, changed.
type RelationChanged struct {
	Relation     string `fact:"relation,code=controller_relation"`
	DefaultBasis string `fact:"default_basis,code=basis"`
}

func (e *RelationChanged) Apply(p *Partner, _ domain.Envelope) {
	p.Relation, p.DefaultBasis = e.Relation, e.DefaultBasis
}

// ContactSet: a contact person of the body, sealed under its own key.
type ContactSet struct {
	Contact string `fact:"contact,id,new"`
	Duty    string `fact:"duty,code=reception|housing|job|other"`
	Name    string `sealed:"name,P,owner=contact"`
	Phone   string `sealed:"phone?,P,owner=contact"`
	Mail    string `sealed:"mail?,P,owner=contact"`
}

func (e *ContactSet) Apply(p *Partner, _ domain.Envelope) { p.Contacts[e.Contact] = e.Duty }

// ContactRemoved: no longer a contact.
type ContactRemoved struct {
	Contact string `fact:"contact,id"`
}

func (e *ContactRemoved) Apply(p *Partner, _ domain.Envelope) { delete(p.Contacts, e.Contact) }

// SharingAgreed: a paper says which fields may be shared for which purposes on
// the days From to Until. Paper is the digest of the public or sealed paper.
type SharingAgreed struct {
	Agreement string     `fact:"agreement,id,new"`
	Fields    []string   `fact:"fields,codes=share_field"`
	Purpose   []string   `fact:"purpose,codes=referral_purpose"`
	From      japan.Date `fact:"from,date"`
	Until     japan.Date `fact:"until?,date"`
	Paper     string     `fact:"paper,digest"`
}

func (e *SharingAgreed) Apply(p *Partner, _ domain.Envelope) {
	p.Agreements[e.Agreement] = &Agreement{SharingAgreed: *e}
}

// SharingEnded: the paper holds no longer.
type SharingEnded struct {
	Agreement string `fact:"agreement,id"`
	Reason    string `fact:"reason,token"`
}

func (e *SharingEnded) Apply(p *Partner, _ domain.Envelope) {
	if a := p.Agreements[e.Agreement]; a != nil {
		a.Ended = true
	}
}

// Ended: nothing more is referred to or shared with the body.
type Ended struct {
	Reason string `fact:"reason,token"`
}

func (e *Ended) Apply(p *Partner, _ domain.Envelope) { p.Ended = true }

// Partner is the folded state of one stream.
type Partner struct {
	ID, Controller               string
	Kind, Relation, DefaultBasis string
	LGCode, Name                 string
	Contacts                     map[string]string // id → duty
	Agreements                   map[string]*Agreement
	Inward                       map[string]*Inward // somebody it sent to us
	Ended                        bool
}

// Agreement on sharing runs agreed → ended.
type Agreement struct {
	SharingAgreed
	Ended bool
}

// Now is what other streams may know.
func (p *Partner) Now() domain.PartnerNow {
	return domain.PartnerNow{ID: p.ID, Controller: p.Controller, Kind: p.Kind, Relation: p.Relation, DefaultBasis: p.DefaultBasis, Ended: p.Ended}
}

type event = domain.Event[Partner]

// open refuses changes of a body that has ended.
func (p *Partner) open() error {
	if p.Ended {
		return domain.Refuse("partner.state")
	}
	return nil
}

// Register begins the stream.
type Register struct{ Registered }

func (c *Register) Decide(p *Partner, _ domain.Intent) ([]event, error) {
	if p.Kind != "" {
		return nil, nil
	}
	if c.LGCode != "" && !japan.LGShaped(c.LGCode) {
		return nil, domain.RefuseField("lg.invalid", "lg_code")
	}
	return []event{&c.Registered}, nil
}

// Rename records a new public name.
type Rename struct{ Renamed }

func (c *Rename) Decide(p *Partner, _ domain.Intent) ([]event, error) {
	if err := p.open(); err != nil || p.Name == c.Name {
		return nil, err
	}
	return []event{&c.Renamed}, nil
}

// ChangeRelation records another relation to the controller.
type ChangeRelation struct{ RelationChanged }

func (c *ChangeRelation) Decide(p *Partner, _ domain.Intent) ([]event, error) {
	if err := p.open(); err != nil || (p.Relation == c.Relation && p.DefaultBasis == c.DefaultBasis) {
		return nil, err
	}
	return []event{&c.RelationChanged}, nil
}

// SetContact adds a contact person or replaces what is known of one.
type SetContact struct{ ContactSet }

func (c *SetContact) Decide(p *Partner, in domain.Intent) ([]event, error) {
	if err := p.open(); err != nil {
		return nil, err
	}
	if p.Contacts[c.Contact] == c.Duty && c.Contact == in.NewID("contact") {
		return nil, nil
	}
	return []event{&c.ContactSet}, nil
}

// RemoveContact takes one away, also when the body has ended.
type RemoveContact struct{ ContactRemoved }

func (c *RemoveContact) Decide(p *Partner, _ domain.Intent) ([]event, error) {
	if p.Contacts[c.Contact] == "" {
		return nil, nil
	}
	return []event{&c.ContactRemoved}, nil
}

// AgreeSharing records a paper on what may be shared.
type AgreeSharing struct{ SharingAgreed }

func (c *AgreeSharing) Decide(p *Partner, _ domain.Intent) ([]event, error) {
	if err := p.open(); err != nil {
		return nil, err
	}
	if c.Until != 0 && c.Until < c.From {
		return nil, domain.RefuseField("date.order", "until")
	}
	if p.Agreements[c.Agreement] != nil {
		return nil, nil
	}
	return []event{&c.SharingAgreed}, nil
}

// EndSharing ends one.
type EndSharing struct{ SharingEnded }

func (c *EndSharing) Decide(p *Partner, _ domain.Intent) ([]event, error) {
	a := p.Agreements[c.Agreement]
	if a == nil {
		return nil, domain.RefuseField("entity.unknown", "agreement")
	}
	if a.Ended {
		return nil, nil
	}
	return []event{&c.SharingEnded}, nil
}

// End ends the work with the body.
type End struct{ Ended }

func (c *End) Decide(p *Partner, _ domain.Intent) ([]event, error) {
	if p.Ended {
		return nil, nil
	}
	return []event{&c.Ended}, nil
}
