package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var subsidyEvents = []eventType{
	domain.Happens[Case, TravelSubsidyRecognised]("case.travel_subsidy_recognised"),
	domain.Happens[Case, TravelSubsidyClaimed]("case.travel_subsidy_claimed"),
}

var subsidyCommands = []commandType{
	domain.Can[Case, RecogniseTravelSubsidy]("case.recognise_travel_subsidy", domain.Counsellor, domain.Lead),
	domain.Can[Case, ClaimTravelSubsidy]("case.claim_travel_subsidy", domain.Counsellor, domain.Lead),
}

// TravelSubsidyRecognised: the travel costs of a coming visit are recognised
// (移住検討者来県費用補助金).
type TravelSubsidyRecognised struct {
	Subsidy   string     `fact:"subsidy,id,new"`
	VisitFrom japan.Date `fact:"visit_from,date"`
	VisitTo   japan.Date `fact:"visit_to,date"`
	Number    string     `sealed:"number?,P"`
}

func (e *TravelSubsidyRecognised) Apply(c *Case, _ domain.Envelope) {
	c.Subsidies[e.Subsidy] = &Subsidy{From: e.VisitFrom, To: e.VisitTo}
}

// TravelSubsidyClaimed: the person claims it after the visit.
type TravelSubsidyClaimed struct {
	Subsidy string `fact:"subsidy,id"`
}

func (e *TravelSubsidyClaimed) Apply(c *Case, env domain.Envelope) {
	c.Subsidies[e.Subsidy].ClaimedOn = env.Occurred
}

// Subsidy runs recognised → claimed.
type Subsidy struct {
	From, To, ClaimedOn japan.Date
}

// RecogniseTravelSubsidy records a recognition.
type RecogniseTravelSubsidy struct{ TravelSubsidyRecognised }

func (cmd *RecogniseTravelSubsidy) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	switch {
	case c.Subsidies[cmd.Subsidy] != nil:
		return nil, nil
	case cmd.VisitTo < cmd.VisitFrom:
		return nil, domain.RefuseField("date.order", "visit_to")
	}
	return []event{&cmd.TravelSubsidyRecognised}, nil
}

// ClaimTravelSubsidy records the claim.
type ClaimTravelSubsidy struct{ TravelSubsidyClaimed }

func (cmd *ClaimTravelSubsidy) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	switch s := c.Subsidies[cmd.Subsidy]; {
	case s == nil:
		return nil, unknown("subsidy")
	case s.ClaimedOn != 0:
		return nil, nil
	case occurred(in) < s.From:
		return nil, domain.RefuseField("date.order", "occurred_on")
	}
	return []event{&cmd.TravelSubsidyClaimed}, nil
}
