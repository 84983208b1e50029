package casefile

import (
	"slices"

	"ayumi/domain"
)

var linkEvents = []eventType{
	domain.Happens[Case, Linked]("case.linked"),
	domain.Happens[Case, Unlinked]("case.unlinked"),
}

var linkCommands = []commandType{
	domain.Can[Case, LinkCase]("case.link", domain.Counsellor, domain.Lead),
	domain.Can[Case, Unlink]("case.unlink", domain.Counsellor, domain.Lead),
}

// Linked: another case has to do with this one.
type Linked struct {
	OtherCase string `fact:"other_case,id"`
	Relation  string `fact:"relation,code=same_household|couple|same_person_other_desk|cross_controller"`
	Consent   string `fact:"consent?,id"`
}

func (e *Linked) Apply(c *Case, _ domain.Envelope) {
	c.Links[e.OtherCase] = &Link{Relation: e.Relation}
}

// Unlinked: it has not, or no longer.
type Unlinked struct {
	OtherCase string `fact:"other_case,id"`
	Reason    string `fact:"reason,token"`
}

func (e *Unlinked) Apply(c *Case, _ domain.Envelope) { c.Links[e.OtherCase].Ended = true }

// Link is a tie to another case: linked → unlinked, and back.
type Link struct {
	Relation string
	Ended    bool
}

// LinkCase ties another case to this one; across controllers only with consent.
type LinkCase struct{ Linked }

func (l *LinkCase) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, l); err != nil {
		return nil, err
	}
	if has := c.Links[l.OtherCase]; has != nil && !has.Ended && has.Relation == l.Relation {
		return nil, nil
	}
	across := l.Relation == "cross_controller"
	if across && !c.consented(in, "cross_controller_link", l.Consent) {
		return nil, domain.RefuseField("consent.missing", "consent")
	}
	other, ok := in.Look.Case(l.OtherCase)
	switch {
	case !ok || l.OtherCase == c.ID:
		return nil, unknown("other_case")
	case across == (other.Controller == c.Controller):
		return nil, domain.RefuseField("controller.mismatch", "other_case")
	}
	return []event{&l.Linked}, nil
}

// consented tells whether the lead's consent covers the scope today: the one
// named, or any where none is named.
func (c *Case) consented(in domain.Intent, scope, consent string) bool {
	p, _ := lookPerson(in, c.Lead)
	return slices.ContainsFunc(p.Consents, func(n domain.ConsentNow) bool {
		return n.Active && slices.Contains(n.Scope, scope) && (consent == "" || consent == n.ID) &&
			(n.Until == 0 || in.Today() <= n.Until)
	})
}

// Unlink unties a case.
type Unlink struct{ Unlinked }

func (u *Unlink) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, u); err != nil {
		return nil, err
	}
	switch l := c.Links[u.OtherCase]; {
	case l == nil:
		return nil, unknown("other_case")
	case l.Ended:
		return nil, nil
	}
	return []event{&u.Unlinked}, nil
}
