package partner

import (
	"cmp"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var inwardEvents = []domain.EventType[Partner]{
	domain.Happens[Partner, InwardMade]("partner.inward_made"),
	domain.Happens[Partner, InwardAccepted]("partner.inward_accepted"),
	domain.Happens[Partner, InwardDeclined]("partner.inward_declined"),
	domain.Happens[Partner, InwardLinked]("partner.inward_linked"),
	domain.Happens[Partner, InwardAnswered]("partner.inward_answered"),
	domain.Happens[Partner, InwardWithdrawn]("partner.inward_withdrawn"),
}

var inwardCommands = []domain.CommandType[Partner]{
	domain.Can[Partner, MakeInward]("partner.make_inward", domain.Partner, domain.Counsellor, domain.Lead),
	domain.Can[Partner, AcceptInward]("partner.accept_inward", domain.Counsellor, domain.Lead),
	domain.Can[Partner, DeclineInward]("partner.decline_inward", domain.Counsellor, domain.Lead),
	domain.Can[Partner, LinkInward]("partner.link_inward", domain.Counsellor, domain.Lead),
	domain.Can[Partner, AnswerInward]("partner.answer_inward", domain.Counsellor, domain.Lead),
	domain.Can[Partner, WithdrawInward]("partner.withdraw_inward", domain.Partner, domain.Counsellor, domain.Lead),
}

// InwardMade: the body sends somebody to us. Who it is lies under the key of a
// contact: it is no person of ours until we take it on. We are to answer by DueOn.
type InwardMade struct {
	Inward  string     `fact:"inward,id,new"`
	Contact string     `fact:"contact,id,new"`
	Purpose string     `fact:"purpose,code=referral_purpose"`
	Basis   string     `fact:"basis,code,absent=basis.missing"`
	DueOn   japan.Date `fact:"due_on,date"`
	Name    string     `sealed:"name,P,owner=contact"`
	Kana    string     `sealed:"kana?,P,owner=contact"`
	Phone   string     `sealed:"phone?,P,owner=contact"`
	Mail    string     `sealed:"mail?,P,owner=contact"`
	Text    string     `sealed:"text,P,owner=contact"` // what is asked of us
}

func (e *InwardMade) Apply(p *Partner, _ domain.Envelope) {
	p.Inward[e.Inward] = &Inward{State: InwardSent, Contact: e.Contact, Purpose: e.Purpose, Basis: e.Basis, DueOn: e.DueOn}
}

// InwardAccepted: we take it on; from now on the name is shown.
type InwardAccepted struct {
	Inward string `fact:"inward,id"`
}

func (e *InwardAccepted) Apply(p *Partner, _ domain.Envelope) {
	p.inwardNow(e.Inward, InwardTaken)
}

// InwardDeclined: we do not.
type InwardDeclined struct {
	Inward string `fact:"inward,id"`
	Reason string `fact:"reason,code=out_of_scope|full|no_contact|other"`
}

func (e *InwardDeclined) Apply(p *Partner, _ domain.Envelope) {
	p.inwardNow(e.Inward, "declined")
}

// InwardLinked: it is this person of ours.
type InwardLinked struct {
	Inward string `fact:"inward,id"`
	Person string `fact:"person,id"`
}

func (e *InwardLinked) Apply(p *Partner, _ domain.Envelope) {
	if i := p.inwardNow(e.Inward, InwardKnown); i != nil {
		i.Person = e.Person
	}
}

// InwardAnswered: what became of it, told to the body that sent it.
type InwardAnswered struct {
	Inward  string `fact:"inward,id"`
	Result  string `fact:"result,code=achieved|partly|not_achieved"`
	Contact string `arg:"contact?,id"` // owner of the sealed note; the section names it, no fact does
	Note    string `sealed:"note?,P,owner=contact"`
}

func (e *InwardAnswered) Apply(p *Partner, _ domain.Envelope) {
	p.inwardNow(e.Inward, "answered")
}

// InwardWithdrawn: the body takes it back.
type InwardWithdrawn struct {
	Inward string `fact:"inward,id"`
}

func (e *InwardWithdrawn) Apply(p *Partner, _ domain.Envelope) {
	p.inwardNow(e.Inward, "withdrawn")
}

// The states of an inward referral that goes on.
const (
	InwardSent  = "sent"
	InwardTaken = "accepted"
	InwardKnown = "linked"
)

// Inward is somebody a body sent to us: it runs sent → accepted → linked →
// answered; sent may end declined, and what is not answered withdrawn.
type Inward struct {
	State, Contact, Purpose, Basis string
	DueOn                          japan.Date
	Person                         string
}

// inwardNow takes one to a state; nil if there is none.
func (p *Partner) inwardNow(id, state string) *Inward {
	i := p.Inward[id]
	if i != nil {
		i.State = state
	}
	return i
}

// inward answers what a command is about if it may take the step: done when it
// stands at the end of the step already. A partner's account acts for its own body
// only.
func (p *Partner) inward(in domain.Intent, id, to string, from ...string) (i *Inward, done bool, err error) {
	if err := p.own(in); err != nil {
		return nil, false, err
	}
	switch i = p.Inward[id]; {
	case i == nil:
		return nil, false, domain.RefuseField("entity.unknown", "inward")
	case i.State == to:
		return i, true, nil
	case !slices.Contains(from, i.State):
		return nil, false, domain.Refuse("referral.state")
	}
	return i, false, nil
}

// own refuses a partner's account that acts for another body.
func (p *Partner) own(in domain.Intent) error {
	if in.Is(domain.Partner) && !in.Is(domain.Counsellor, domain.Lead) && in.Actor.Partner != p.ID {
		return domain.Refuse("account.not_allowed")
	}
	return nil
}

// MakeInward takes a person in that the body sends: by its own account, or by a
// counsellor who has its letter.
type MakeInward struct{ InwardMade }

func (c *MakeInward) Decide(p *Partner, in domain.Intent) ([]event, error) {
	if err := p.own(in); err != nil {
		return nil, err
	}
	switch {
	case p.Inward[c.Inward] != nil:
		return nil, nil
	case p.Ended:
		return nil, domain.Refuse("partner.state")
	case c.DueOn < cmp.Or(in.Occurred, in.Today()):
		return nil, domain.RefuseField("date.order", "due_on")
	}
	return []event{&c.InwardMade}, nil
}

// AcceptInward takes it on.
type AcceptInward struct{ InwardAccepted }

func (c *AcceptInward) Decide(p *Partner, in domain.Intent) ([]event, error) {
	_, done, err := p.inward(in, c.Inward, InwardTaken, InwardSent)
	if err != nil || done {
		return nil, err
	}
	return []event{&c.InwardAccepted}, nil
}

// DeclineInward does not.
type DeclineInward struct{ InwardDeclined }

func (c *DeclineInward) Decide(p *Partner, in domain.Intent) ([]event, error) {
	_, done, err := p.inward(in, c.Inward, "declined", InwardSent)
	if err != nil || done {
		return nil, err
	}
	return []event{&c.InwardDeclined}, nil
}

// LinkInward says which person of ours it is.
type LinkInward struct{ InwardLinked }

func (c *LinkInward) Decide(p *Partner, in domain.Intent) ([]event, error) {
	i, _, err := p.inward(in, c.Inward, "", InwardTaken, InwardKnown)
	if err != nil || i.Person == c.Person {
		return nil, err
	}
	if i.Person != "" {
		return nil, domain.Refuse("referral.state")
	}
	switch known, ok := in.Look.Person(c.Person); {
	case !ok:
		return nil, domain.RefuseField("entity.unknown", "person")
	case known.Controller != in.Controller:
		return nil, domain.RefuseField("controller.mismatch", "person")
	case known.State == "erasing" || known.State == "erased":
		return nil, domain.RefuseField("person.is_erased", "person")
	}
	return []event{&c.InwardLinked}, nil
}

// AnswerInward tells the body what became of it.
type AnswerInward struct{ InwardAnswered }

func (c *AnswerInward) Decide(p *Partner, in domain.Intent) ([]event, error) {
	i, done, err := p.inward(in, c.Inward, "answered", InwardTaken, InwardKnown)
	if err != nil || done {
		return nil, err
	}
	told := c.InwardAnswered
	told.Contact = i.Contact
	return []event{&told}, nil
}

// WithdrawInward takes it back.
type WithdrawInward struct{ InwardWithdrawn }

func (c *WithdrawInward) Decide(p *Partner, in domain.Intent) ([]event, error) {
	_, done, err := p.inward(in, c.Inward, "withdrawn", InwardSent, InwardTaken, InwardKnown)
	if err != nil || done {
		return nil, err
	}
	return []event{&c.InwardWithdrawn}, nil
}
