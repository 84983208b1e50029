package person

import (
	"slices"

	"ayumi/domain"
)

var restrictionEvents = []eventType{
	domain.Happens[Person, WithdrawalRequested]("person.withdrawal_requested"),
	domain.Happens[Person, UseRestricted]("person.use_restricted"),
	domain.Happens[Person, RestrictionLifted]("person.restriction_lifted"),
}

var restrictionCommands = []commandType{
	domain.Can[Person, RequestWithdrawal]("person.request_withdrawal", domain.Counsellor, domain.Lead),
	domain.Can[Person, RestrictUse]("person.restrict_use", domain.Counsellor, domain.Lead, domain.Privacy, domain.System),
	domain.Can[Person, LiftRestriction]("person.lift_restriction", domain.Privacy),
}

// WithdrawalRequested: the person wishes to be left alone or deleted. It is no
// statutory request.
type WithdrawalRequested struct {
	Channel string `fact:"channel,code"`
	Words   string `sealed:"words,X"`
}

func (e *WithdrawalRequested) Apply(*Person, domain.Envelope) {}

// UseRestricted: some uses of the person's data are closed.
type UseRestricted struct {
	Restriction string   `fact:"restriction,id,new"`
	Ground      string   `fact:"ground,code=withdrawal|suspension_decision|legal_hold|confidentiality"`
	Scope       []string `fact:"scope,codes=restriction_scope"`
	Rights      string   `fact:"rights?,id"`
}

func (e *UseRestricted) Apply(p *Person, _ domain.Envelope) {
	p.Restrictions[e.Restriction] = Restriction{Ground: e.Ground, Scope: e.Scope}
}

// RestrictionLifted: one of them is open again.
type RestrictionLifted struct {
	Restriction string `fact:"restriction,id"`
	Reason      string `fact:"reason,token"`
}

func (e *RestrictionLifted) Apply(p *Person, _ domain.Envelope) {
	r := p.Restrictions[e.Restriction]
	r.Lifted = true
	p.Restrictions[e.Restriction] = r
}

// Restriction stands until it is lifted.
type Restriction struct {
	Ground string
	Scope  []string
	Lifted bool
}

// RequestWithdrawal records the wish and closes contact and sharing with it.
type RequestWithdrawal struct{ WithdrawalRequested }

func (c *RequestWithdrawal) Decide(p *Person, in domain.Intent) ([]event, error) {
	if err := p.takes(true); err != nil || p.withdrawn() {
		return nil, err
	}
	return []event{&c.WithdrawalRequested, &UseRestricted{
		Restriction: in.NewID("restriction"), Ground: "withdrawal", Scope: []string{"contact", "share"},
	}}, nil
}

// withdrawn tells whether a wish to be left alone stands.
func (p *Person) withdrawn() bool {
	for _, r := range p.Restrictions {
		if !r.Lifted && r.Ground == "withdrawal" && slices.Contains(r.Scope, "contact") && slices.Contains(r.Scope, "share") {
			return true
		}
	}
	return false
}

// RestrictUse closes uses. A counsellor may do so on the person's wish only.
type RestrictUse struct{ UseRestricted }

func (c *RestrictUse) Decide(p *Person, in domain.Intent) ([]event, error) {
	if err := p.current(); err != nil {
		return nil, err
	}
	_, have := p.Restrictions[c.Restriction]
	switch {
	case have:
		return nil, nil
	case c.Ground != "withdrawal" && !in.Is(domain.Privacy, domain.System):
		return nil, domain.Refuse("account.not_allowed")
	case c.Ground == "suspension_decision" && c.Rights == "":
		return nil, domain.RefuseField("field.required", "rights")
	}
	return []event{&c.UseRestricted}, nil
}

// LiftRestriction opens them again.
type LiftRestriction struct{ RestrictionLifted }

func (c *LiftRestriction) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.alive(); err != nil {
		return nil, err
	}
	switch r, have := p.Restrictions[c.Restriction]; {
	case !have:
		return nil, domain.RefuseField("entity.unknown", "restriction")
	case r.Lifted:
		return nil, nil
	}
	return []event{&c.RestrictionLifted}, nil
}
