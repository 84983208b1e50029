package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// outcomes is the part of a case that sharing, referral, job, relocation and
// grants fill, each by id.
type outcomes struct {
	Shares        map[string]*Share
	Referrals     map[string]*Referral
	Registrations map[string]*Registration
	Placements    map[string]*Placement
	SideJobs      map[string]*SideJob
	Relocations   map[string]*Relocation
	TwoBases      map[string]*TwoBase
	GrantChecks   map[string]*GrantCheck
	Grants        map[string]*Grant
	Subsidies     map[string]*Subsidy
}

func newOutcomes() outcomes {
	return outcomes{
		Shares:        map[string]*Share{},
		Referrals:     map[string]*Referral{},
		Registrations: map[string]*Registration{},
		Placements:    map[string]*Placement{},
		SideJobs:      map[string]*SideJob{},
		Relocations:   map[string]*Relocation{},
		TwoBases:      map[string]*TwoBase{},
		GrantChecks:   map[string]*GrantCheck{},
		Grants:        map[string]*Grant{},
		Subsidies:     map[string]*Subsidy{},
	}
}

// hasPlacementDecided tells whether a placement was decided and stands.
func (c *Case) hasPlacementDecided() bool {
	for _, p := range c.Placements {
		if p.stands() {
			return true
		}
	}
	return false
}

// hasMovedIn tells whether a move-in stands.
func (c *Case) hasMovedIn() bool {
	for _, r := range c.Relocations {
		if r.arrived() {
			return true
		}
	}
	return false
}

// openReferral tells whether a referral is open.
func (c *Case) openReferral() bool {
	for _, r := range c.Referrals {
		if r.open() {
			return true
		}
	}
	return false
}

// achieved answers the day of the first outcome that stands: a placement
// decided, or a move-in.
func (c *Case) achieved() (japan.Date, bool) {
	var first japan.Date
	note := func(on japan.Date) {
		if on != 0 && (first == 0 || on < first) {
			first = on
		}
	}
	for _, p := range c.Placements {
		if p.stands() {
			note(p.DecidedOn)
		}
	}
	for _, r := range c.Relocations {
		if r.arrived() {
			note(r.MovedInOn)
		}
	}
	return first, first != 0
}

// occurred answers the day the decision is about.
func occurred(in domain.Intent) japan.Date {
	if in.Occurred == 0 {
		return in.Today()
	}
	return in.Occurred
}

// partnerActs tells whether the actor may act as a partner only.
func partnerActs(in domain.Intent) bool {
	return in.Is(domain.Partner) && !in.Is(domain.Counsellor, domain.Lead, domain.System)
}

// sharedWith refuses a partner's account where nothing is shared with its
// partner: it sees its own referrals only (handbook.md 10.1).
func (c *Case) sharedWith(in domain.Intent) error {
	if !partnerActs(in) {
		return nil
	}
	for _, s := range c.Shares {
		if s.State == shareMade && in.Actor.Partner != "" && s.Recipient == in.Actor.Partner {
			return nil
		}
	}
	return domain.Refuse("account.not_allowed")
}

// lookPartner answers a partner that takes part, or why it cannot.
func lookPartner(in domain.Intent, id, field string) (domain.PartnerNow, error) {
	p, ok := in.Look.Partner(id)
	switch {
	case !ok || elsewhere(in, p.Controller):
		return p, unknown(field)
	case p.Ended:
		return p, domain.RefuseField("partner.state", field)
	}
	return p, nil
}
