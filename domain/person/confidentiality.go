package person

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var confidentialityEvents = []eventType{
	domain.Happens[Person, ConfidentialitySet]("person.confidentiality_set"),
	domain.Happens[Person, ConfidentialityRenewed]("person.confidentiality_renewed"),
	domain.Happens[Person, ConfidentialityLifted]("person.confidentiality_lifted"),
}

var confidentialityCommands = []commandType{
	domain.Can[Person, SetConfidentiality]("person.set_confidentiality", domain.Counsellor, domain.Lead),
	domain.Can[Person, RenewConfidentiality]("person.renew_confidentiality", domain.Counsellor, domain.Lead),
	domain.Can[Person, LiftConfidentiality]("person.lift_confidentiality", domain.Lead),
}

// ConfidentialitySet: the person's whereabouts must not become known. Why is
// sealed.
type ConfidentialitySet struct {
	Until           japan.Date `fact:"until,date,absent=confidentiality.until"` // last day
	CoversHousehold bool       `fact:"covers_household,flag"`
	Kind            string     `sealed:"kind,X"` // dv_support, stalking, child_abuse or other
	ConfirmedBy     string     `sealed:"confirmed_by,X"`
	Details         string     `sealed:"details?,X"`
}

func (e *ConfidentialitySet) Apply(p *Person, env domain.Envelope) {
	p.Confidentiality = Confidentiality{Set: true, On: env.Occurred, Until: e.Until, CoversHousehold: e.CoversHousehold}
}

// ConfidentialityRenewed: it stands longer.
type ConfidentialityRenewed struct {
	Until       japan.Date `fact:"until,date,absent=confidentiality.until"`
	ConfirmedBy string     `sealed:"confirmed_by,X"`
}

func (e *ConfidentialityRenewed) Apply(p *Person, _ domain.Envelope) {
	p.Confidentiality.Until = e.Until
}

// ConfidentialityLifted: it stands no longer.
type ConfidentialityLifted struct {
	Ground string `fact:"ground,code=expired|person_wish|error"`
	Remark string `sealed:"remark?,X"`
}

func (e *ConfidentialityLifted) Apply(p *Person, _ domain.Envelope) {
	p.Confidentiality = Confidentiality{}
}

// Confidentiality stands until it is lifted, also after its last day: nobody is
// exposed by a term that ran out unnoticed.
type Confidentiality struct {
	Set             bool
	On, Until       japan.Date
	CoversHousehold bool
}

// withinYear refuses a last day that is absent, past, or more than one year
// after the day of the flag.
func withinYear(until japan.Date, in domain.Intent) error {
	from := day(in)
	if until == 0 || until < from || until > from.AddMonths(12) {
		return domain.RefuseField("confidentiality.until", "until")
	}
	return nil
}

// SetConfidentiality raises the flag.
type SetConfidentiality struct{ ConfidentialitySet }

func (c *SetConfidentiality) Decide(p *Person, in domain.Intent) ([]event, error) {
	if err := p.takes(true); err != nil {
		return nil, err
	}
	if now := p.Confidentiality; now.Set {
		if now.Until == c.Until && now.CoversHousehold == c.CoversHousehold {
			return nil, nil
		}
		return nil, domain.Refuse("confidentiality.state")
	}
	if !slices.Contains([]string{"dv_support", "stalking", "child_abuse", "other"}, c.Kind) {
		return nil, domain.RefuseField("field.code", "kind")
	}
	if err := withinYear(c.Until, in); err != nil {
		return nil, err
	}
	return []event{&c.ConfidentialitySet}, nil
}

// RenewConfidentiality moves the last day.
type RenewConfidentiality struct{ ConfidentialityRenewed }

func (c *RenewConfidentiality) Decide(p *Person, in domain.Intent) ([]event, error) {
	switch err := p.ends(true); {
	case err != nil:
		return nil, err
	case !p.Confidentiality.Set:
		return nil, domain.Refuse("confidentiality.not_set")
	}
	if err := withinYear(c.Until, in); err != nil || p.Confidentiality.Until == c.Until {
		return nil, err
	}
	return []event{&c.ConfidentialityRenewed}, nil
}

// LiftConfidentiality takes the flag down; on the ground that it expired, only
// after its last day.
type LiftConfidentiality struct{ ConfidentialityLifted }

func (c *LiftConfidentiality) Decide(p *Person, in domain.Intent) ([]event, error) {
	switch err := p.ends(c.Remark != ""); {
	case err != nil:
		return nil, err
	case !p.Confidentiality.Set:
		return nil, domain.Refuse("confidentiality.not_set")
	case c.Ground == "expired" && in.Today() <= p.Confidentiality.Until:
		return nil, domain.RefuseField("date.order", "ground")
	}
	return []event{&c.ConfidentialityLifted}, nil
}
