package person

import "ayumi/domain"

var householdEvents = []eventType{
	domain.Happens[Person, HouseholdJoined]("person.household_joined"),
	domain.Happens[Person, HouseholdLeft]("person.household_left"),
}

var householdCommands = []commandType{
	domain.Can[Person, JoinHousehold]("person.join_household", domain.Counsellor, domain.Lead),
	domain.Can[Person, LeaveHousehold]("person.leave_household", domain.Counsellor, domain.Lead),
}

// HouseholdJoined: the person lives in a household. The household is only an id
// that its members share; the first to join makes it.
type HouseholdJoined struct {
	Household string `fact:"household,id,new"`
	Relation  string `sealed:"relation,P"`
}

func (e *HouseholdJoined) Apply(p *Person, _ domain.Envelope) { p.Household = e.Household }

// HouseholdLeft: it lives there no longer.
type HouseholdLeft struct {
	Household string `fact:"household,id"`
	Reason    string `fact:"reason,code=separation|adult|death|error"`
}

func (e *HouseholdLeft) Apply(p *Person, _ domain.Envelope) { p.Household = "" }

// JoinHousehold puts the person into a household.
type JoinHousehold struct{ HouseholdJoined }

func (c *JoinHousehold) Decide(p *Person, _ domain.Intent) ([]event, error) {
	switch err := p.takes(true); {
	case err != nil:
		return nil, err
	case p.Household == c.Household && c.Household != "":
		return nil, nil
	case p.Household != "":
		return nil, domain.Refuse("household.already")
	}
	return []event{&c.HouseholdJoined}, nil
}

// LeaveHousehold takes it out again.
type LeaveHousehold struct{ HouseholdLeft }

func (c *LeaveHousehold) Decide(p *Person, _ domain.Intent) ([]event, error) {
	switch err := p.alive(); {
	case err != nil || p.Household == "":
		return nil, err
	case p.Household != c.Household:
		return nil, domain.RefuseField("entity.unknown", "household")
	}
	return []event{&c.HouseholdLeft}, nil
}
