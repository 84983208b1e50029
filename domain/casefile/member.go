package casefile

import "ayumi/domain"

// MemberAdded: a companion belongs to the party.
type MemberAdded struct {
	Person string `fact:"person,id"`
	Part   string `fact:"part,code=adult|child"`
}

func (e *MemberAdded) Apply(c *Case, _ domain.Envelope) { c.Members[e.Person] = &Member{Part: e.Part} }

// MemberRemoved: no longer of the party.
type MemberRemoved struct {
	Person string `fact:"person,id"`
	Reason string `fact:"reason,token"`
}

func (e *MemberRemoved) Apply(c *Case, _ domain.Envelope) { c.Members[e.Person].Left = true }

// Member is a companion of the lead: added → removed, and back.
type Member struct {
	Part string // adult or child
	Left bool
}

// AddMember takes a person into the party.
type AddMember struct{ MemberAdded }

func (a *AddMember) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, a); err != nil {
		return nil, err
	}
	if err := mayRecord(in, a.Person, a); err != nil {
		return nil, err
	}
	p, ok := lookPerson(in, a.Person)
	switch {
	case !ok:
		return nil, unknown("person")
	case p.Controller != c.Controller:
		return nil, domain.RefuseField("controller.mismatch", "person")
	case c.inParty(in, a.Person):
		return nil, nil
	}
	return []event{&a.MemberAdded}, nil
}

// RemoveMember takes one out of the party. The lead cannot leave.
type RemoveMember struct{ MemberRemoved }

func (r *RemoveMember) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, r); err != nil {
		return nil, err
	}
	switch m := c.Members[r.Person]; {
	case m == nil:
		return nil, unknown("person")
	case m.Left:
		return nil, nil
	}
	return []event{&r.MemberRemoved}, nil
}
