package casefile

import (
	"maps"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var placementEvents = []eventType{
	domain.Happens[Case, JobIntroduced]("case.job_introduced"),
	domain.Happens[Case, ApplicationMade]("case.application_made"),
	domain.Happens[Case, InterviewHeld]("case.interview_held"),
	domain.Happens[Case, OfferReceived]("case.offer_received"),
	domain.Happens[Case, OfferDeclined]("case.offer_declined"),
	domain.Happens[Case, OfferWithdrawn]("case.offer_withdrawn"),
	domain.Happens[Case, PlacementDecided]("case.placement_decided"),
	domain.Happens[Case, PlacementFellThrough]("case.placement_fell_through"),
	domain.Happens[Case, EmploymentStarted]("case.employment_started"),
	domain.Happens[Case, PlacementConfirmed]("case.placement_confirmed"),
	domain.Happens[Case, PlacementConfirmationWithdrawn]("case.placement_confirmation_withdrawn"),
	domain.Happens[Case, EmploymentChecked]("case.employment_checked"),
	domain.Happens[Case, EmploymentEnded]("case.employment_ended"),
	domain.Happens[Case, PlacementAmended]("case.placement_amended"),
	domain.Happens[Case, PlacementVoided]("case.placement_voided"),
}

// JobIntroduced: the office introduces the person to an employer (紹介).
type JobIntroduced struct {
	Placement     string `fact:"placement,id,new"`
	Person        string `fact:"person,id"`
	Introducer    string `fact:"introducer,id"`
	WorkplacePref string `fact:"workplace_pref,code=pref"`
	Industry      string `fact:"industry,code"`
	GrantEligible bool   `fact:"grant_eligible,flag"`
	Employer      string `sealed:"employer?,P,job"`
	Vacancy       string `sealed:"vacancy?,P,job"`
	JobNumber     string `sealed:"job_number?,P,job"`
}

func (e *JobIntroduced) Apply(c *Case, env domain.Envelope) {
	p := &Placement{State: "introduced", Person: e.Person, Introducer: e.Introducer, Confirmations: map[string]*Confirmation{}}
	p.IntroducedOn, p.WorkplacePref, p.Industry, p.GrantEligible = env.Occurred, e.WorkplacePref, e.Industry, e.GrantEligible
	c.Placements[e.Placement] = p
	c.contact(env.Occurred)
}

// ApplicationMade: the person applied.
type ApplicationMade struct {
	Placement string `fact:"placement,id"`
}

func (e *ApplicationMade) Apply(c *Case, _ domain.Envelope) {
	c.Placements[e.Placement].State = "applied"
}

// InterviewHeld: the employer met the person.
type InterviewHeld struct {
	Placement string `fact:"placement,id"`
	Remark    string `sealed:"remark?,X"`
}

func (e *InterviewHeld) Apply(c *Case, _ domain.Envelope) {
	c.Placements[e.Placement].State = "interviewed"
}

// OfferReceived: the employer offers the post (内定).
type OfferReceived struct {
	Placement string `fact:"placement,id"`
	OfferKind string `fact:"offer_kind,code=student|experienced"`
}

func (e *OfferReceived) Apply(c *Case, env domain.Envelope) {
	p := c.Placements[e.Placement]
	p.State, p.OfferedOn = "offered", env.Occurred
}

// OfferDeclined: the person gives up.
type OfferDeclined struct {
	Placement string `fact:"placement,id"`
	Reason    string `fact:"reason,token"`
}

func (e *OfferDeclined) Apply(c *Case, _ domain.Envelope) {
	c.Placements[e.Placement].State = "declined"
}

// OfferWithdrawn: the employer refuses or takes the offer back.
type OfferWithdrawn struct {
	Placement string `fact:"placement,id"`
	Reason    string `fact:"reason,token"`
}

func (e *OfferWithdrawn) Apply(c *Case, _ domain.Envelope) {
	c.Placements[e.Placement].State = "withdrawn"
}

// PlacementDecided: the person takes the post. It may be the first that is known
// of a placement, when the person found it alone.
type PlacementDecided struct {
	Placement       string     `fact:"placement,id,new"`
	Person          string     `fact:"person,id"`
	Route           string     `fact:"route,code"`
	Contract        string     `fact:"contract,code"`
	WorkplacePref   string     `fact:"workplace_pref,code=pref"`
	WorkplaceRegion string     `fact:"workplace_region?,code=region"`
	Industry        string     `fact:"industry,code"`
	StartPlannedOn  japan.Date `fact:"start_planned_on?,date"`
	Employer        string     `sealed:"employer?,P,job"`
	WorkplaceLG     string     `sealed:"workplace_lg?,P,job"`
	Wage            string     `sealed:"wage?,X,job"`
}

func (e *PlacementDecided) Apply(c *Case, env domain.Envelope) {
	p := c.Placements[e.Placement]
	if p == nil {
		p = &Placement{Confirmations: map[string]*Confirmation{}}
		c.Placements[e.Placement] = p
	}
	p.State, p.Person, p.DecidedOn, p.DecidedBy = "decided", e.Person, env.Occurred, env.RecordedBy
	p.Route, p.Contract, p.Industry = e.Route, e.Contract, e.Industry
	p.WorkplacePref, p.WorkplaceRegion, p.StartPlannedOn = e.WorkplacePref, e.WorkplaceRegion, e.StartPlannedOn
	c.contact(env.Occurred)
}

// PlacementFellThrough: it came to nothing between decision and start.
type PlacementFellThrough struct {
	Placement string `fact:"placement,id"`
	By        string `fact:"by,code=person_or_employer"`
	Reason    string `fact:"reason,token"`
	Remark    string `sealed:"remark?,X"`
}

func (e *PlacementFellThrough) Apply(c *Case, _ domain.Envelope) {
	c.Placements[e.Placement].State = "fell_through"
}

// EmploymentStarted: the first day at work.
type EmploymentStarted struct {
	Placement string `fact:"placement,id"`
}

func (e *EmploymentStarted) Apply(c *Case, env domain.Envelope) {
	p := c.Placements[e.Placement]
	p.State, p.StartedOn, p.StartedBy = "started", env.Occurred, env.RecordedBy
}

// PlacementConfirmed: somebody else than who introduced or recorded it has seen
// proof of the decision or the start.
type PlacementConfirmed struct {
	Placement    string `fact:"placement,id"`
	Confirmation string `fact:"confirmation,id,new"`
	Confirms     string `fact:"confirms,code"`
	Grade        string `fact:"grade,code"`
	EvidenceKind string `fact:"evidence_kind,code"`
	Document     string `fact:"document?,id"`
	EvidenceRef  string `sealed:"evidence_ref?,P"`
}

func (e *PlacementConfirmed) Apply(c *Case, env domain.Envelope) {
	c.Placements[e.Placement].Confirmations[e.Confirmation] = &Confirmation{
		Confirms: e.Confirms, Grade: e.Grade, Evidence: e.EvidenceKind, By: env.RecordedBy, On: env.Occurred,
	}
}

// PlacementConfirmationWithdrawn: the proof does not hold.
type PlacementConfirmationWithdrawn struct {
	Placement    string `fact:"placement,id"`
	Confirmation string `fact:"confirmation,id"`
	Reason       string `fact:"reason,token"`
}

func (e *PlacementConfirmationWithdrawn) Apply(c *Case, _ domain.Envelope) {
	c.Placements[e.Placement].Confirmations[e.Confirmation].Withdrawn = true
}

// EmploymentChecked: whether the person still works there, months after the start.
type EmploymentChecked struct {
	Placement    string `fact:"placement,id"`
	Months       int    `fact:"months,int"`
	Still        string `fact:"still,code=yes_no"`
	EvidenceKind string `fact:"evidence_kind,code"`
	Remark       string `sealed:"remark?,X"`
}

func (e *EmploymentChecked) Apply(c *Case, _ domain.Envelope) {
	p := c.Placements[e.Placement]
	if p.Checks == nil {
		p.Checks = map[int]string{}
	}
	p.Checks[e.Months] = e.Still
}

// EmploymentEnded: the person left the post.
type EmploymentEnded struct {
	Placement string `fact:"placement,id"`
	Reason    string `fact:"reason,code=resigned|term_ended|dismissed|bankruptcy|other"`
	Words     string `sealed:"words?,X"`
}

func (e *EmploymentEnded) Apply(c *Case, env domain.Envelope) {
	p := c.Placements[e.Placement]
	p.State, p.EndedOn = "ended", env.Occurred
}

// PlacementAmended: one field was recorded wrong. Employer and municipality are
// sealed: their old and new texts travel sealed.
type PlacementAmended struct {
	Placement string `fact:"placement,id"`
	Amendment
	OldText string `sealed:"old_text?,P,job"`
	NewText string `sealed:"new_text?,P,job"`
}

func (e *PlacementAmended) Apply(c *Case, _ domain.Envelope) {
	p := c.Placements[e.Placement]
	// The decision has judged it; a sealed field changes nothing here.
	_ = e.change(&p.PlacementFacts, p.amendable())
}

// PlacementVoided: it was never so.
type PlacementVoided struct {
	Placement string `fact:"placement,id"`
	Reason    string `fact:"reason,code=void_reason"`
}

func (e *PlacementVoided) Apply(c *Case, _ domain.Envelope) {
	c.Placements[e.Placement].State = "voided"
}

// Placement is a post on its way from introduction to its end (events.md 5.6).
// Confirmation is a property beside the state.
type Placement struct {
	State      string
	Person     string
	Introducer string // none where the person found the post
	PlacementFacts
	DecidedBy, StartedBy string
	Confirmations        map[string]*Confirmation
	Checks               map[int]string // months after the start → yes, no, unknown
}

// PlacementFacts are what may be amended, by their names on the wire.
type PlacementFacts struct {
	IntroducedOn    japan.Date `fact:"introduced_on?,date"`
	OfferedOn       japan.Date `fact:"offered_on?,date"`
	DecidedOn       japan.Date `fact:"decided_on?,date"`
	StartedOn       japan.Date `fact:"started_on?,date"`
	EndedOn         japan.Date `fact:"ended_on?,date"`
	Route           string     `fact:"route?,code"`
	Contract        string     `fact:"contract?,code"`
	WorkplacePref   string     `fact:"workplace_pref?,code=pref"`
	WorkplaceRegion string     `fact:"workplace_region?,code=region"`
	Industry        string     `fact:"industry?,code"`
	StartPlannedOn  japan.Date `fact:"start_planned_on?,date"`
	GrantEligible   bool       `fact:"grant_eligible,flag"`
}

// stands tells whether the placement was decided and did not come to nothing.
func (p *Placement) stands() bool {
	return p.State == "decided" || p.State == "started" || p.State == "ended"
}

// amendable lists the facts that have a value to amend at this step.
func (p *Placement) amendable() []string {
	out := []string{"workplace_pref", "industry"}
	if p.Introducer != "" {
		out = append(out, "grant_eligible")
	}
	if p.DecidedOn != 0 {
		out = append(out, "route", "contract", "workplace_region", "start_planned_on")
	}
	for name, on := range p.steps() {
		if on != 0 {
			out = append(out, name)
		}
	}
	return out
}

// steps answers the day of each step by the name of its fact.
func (f *PlacementFacts) steps() map[string]japan.Date {
	return map[string]japan.Date{
		"introduced_on": f.IntroducedOn, "offered_on": f.OfferedOn,
		"decided_on": f.DecidedOn, "started_on": f.StartedOn, "ended_on": f.EndedOn,
	}
}

// ordered refuses steps after today, and decision, start and end out of order.
func (f *PlacementFacts) ordered(today japan.Date) error {
	for on := range maps.Values(f.steps()) {
		if on > today {
			return domain.RefuseField("date.in_future", "new")
		}
	}
	if (f.StartedOn != 0 && f.StartedOn < f.DecidedOn) || (f.EndedOn != 0 && f.EndedOn < f.StartedOn) {
		return domain.RefuseField("date.order", "new")
	}
	return nil
}
