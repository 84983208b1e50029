package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var visitEvents = []eventType{
	domain.Happens[Case, VisitRecorded]("case.visit_recorded"),
	domain.Happens[Case, VisitVoided]("case.visit_voided"),
}

var visitCommands = []commandType{
	domain.Can[Case, RecordVisit]("case.record_visit", domain.Counsellor, domain.Lead, domain.Partner),
	domain.Can[Case, VoidVisit]("case.void_visit", domain.Counsellor, domain.Lead),
}

// VisitRecorded: the person saw the prefecture, from the first to the last day.
type VisitRecorded struct {
	Visit        string     `fact:"visit,id,new"`
	Kind         string     `fact:"kind,code=visit|trial_stay|tour"`
	Region       string     `fact:"region,code"`
	From         japan.Date `fact:"from,date"`
	To           japan.Date `fact:"to,date"`
	Outreach     string     `fact:"outreach?,id"`
	Municipality string     `sealed:"municipality?,P,reloc"`
	Lodging      string     `sealed:"lodging?,P,reloc"`
}

func (e *VisitRecorded) Apply(c *Case, _ domain.Envelope) {
	c.Visits[e.Visit] = &Visit{Kind: e.Kind, From: e.From, To: e.To}
}

// VisitVoided: it was recorded wrongly.
type VisitVoided struct {
	Visit  string `fact:"visit,id"`
	Reason string `fact:"reason,code=void_reason"`
}

func (e *VisitVoided) Apply(c *Case, _ domain.Envelope) { c.Visits[e.Visit].Voided = true }

// Visit runs recorded → voided.
type Visit struct {
	Kind     string
	From, To japan.Date
	Voided   bool
}

// RecordVisit adds a visit.
type RecordVisit struct{ VisitRecorded }

func (r *RecordVisit) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, r); err != nil {
		return nil, err
	}
	switch {
	case c.Visits[r.Visit] != nil:
		return nil, nil
	case r.To < r.From:
		return nil, domain.RefuseField("date.order", "to")
	}
	if r.Outreach != "" {
		if o, ok := in.Look.Outreach(r.Outreach); !ok || elsewhere(in, o.Controller) {
			return nil, unknown("outreach")
		}
	}
	return []event{&r.VisitRecorded}, nil
}

// VoidVisit takes it back.
type VoidVisit struct{ VisitVoided }

func (v *VoidVisit) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, v); err != nil {
		return nil, err
	}
	switch has := c.Visits[v.Visit]; {
	case has == nil:
		return nil, unknown("visit")
	case has.Voided:
		return nil, nil
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&v.VisitVoided}, nil
}
