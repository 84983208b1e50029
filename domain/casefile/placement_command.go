package casefile

import (
	"cmp"
	"slices"

	"ayumi/domain"
)

var placementCommands = []commandType{
	domain.Can[Case, IntroduceJob]("case.introduce_job", domain.Counsellor, domain.Lead),
	domain.Can[Case, MakeApplication]("case.make_application", domain.Counsellor, domain.Lead),
	domain.Can[Case, HoldInterview]("case.hold_interview", domain.Counsellor, domain.Lead),
	domain.Can[Case, ReceiveOffer]("case.receive_offer", domain.Counsellor, domain.Lead),
	domain.Can[Case, DeclineOffer]("case.decline_offer", domain.Counsellor, domain.Lead),
	domain.Can[Case, WithdrawOffer]("case.withdraw_offer", domain.Counsellor, domain.Lead),
	domain.Can[Case, DecidePlacement]("case.decide_placement", domain.Counsellor, domain.Lead),
	domain.Can[Case, FallThroughPlacement]("case.fall_through_placement", domain.Counsellor, domain.Lead),
	domain.Can[Case, StartEmployment]("case.start_employment", domain.Counsellor, domain.Lead),
	domain.Can[Case, ConfirmPlacement]("case.confirm_placement", domain.Lead, domain.Counsellor, domain.Partner),
	domain.Can[Case, WithdrawPlacementConfirmation]("case.withdraw_placement_confirmation", domain.Lead),
	domain.Can[Case, CheckEmployment]("case.check_employment", domain.Counsellor, domain.Lead),
	domain.Can[Case, EndEmployment]("case.end_employment", domain.Counsellor, domain.Lead),
	domain.Can[Case, AmendPlacement]("case.amend_placement", domain.Counsellor, domain.Lead),
	domain.Can[Case, VoidPlacement]("case.void_placement", domain.Lead),
}

// placement answers the placement a command is about if it may take the step
// from where it stands; done when it stands at the end of the step already.
func (c *Case) placement(id, to string, from ...string) (p *Placement, done bool, err error) {
	switch p = c.Placements[id]; {
	case p == nil:
		return nil, false, unknown("placement")
	case p.State == to:
		return p, true, nil
	case !slices.Contains(from, p.State):
		return nil, false, domain.Refuse("placement.state")
	}
	return p, false, nil
}

// step is a decision that takes a placement from one state to the next and asks
// nothing else.
func (c *Case) step(in domain.Intent, cmd any, ev event, id, to string, from ...string) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	if _, done, err := c.placement(id, to, from...); err != nil || done {
		return nil, err
	}
	return []event{ev}, nil
}

// IntroduceJob records an introduction of a registered job-seeker.
type IntroduceJob struct{ JobIntroduced }

func (cmd *IntroduceJob) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	switch {
	case c.Placements[cmd.Placement] != nil:
		return nil, nil
	case !c.inParty(in, cmd.Person):
		return nil, domain.RefuseField("case.not_member", "person")
	case !c.registeredOn(occurred(in)):
		return nil, domain.Refuse("jobseeker.not_registered")
	}
	return []event{&cmd.JobIntroduced}, nil
}

// MakeApplication records an application.
type MakeApplication struct{ ApplicationMade }

func (cmd *MakeApplication) Decide(c *Case, in domain.Intent) ([]event, error) {
	return c.step(in, cmd, &cmd.ApplicationMade, cmd.Placement, "applied", "introduced")
}

// HoldInterview records an interview.
type HoldInterview struct{ InterviewHeld }

func (cmd *HoldInterview) Decide(c *Case, in domain.Intent) ([]event, error) {
	return c.step(in, cmd, &cmd.InterviewHeld, cmd.Placement, "interviewed", "applied")
}

// ReceiveOffer records an offer.
type ReceiveOffer struct{ OfferReceived }

func (cmd *ReceiveOffer) Decide(c *Case, in domain.Intent) ([]event, error) {
	return c.step(in, cmd, &cmd.OfferReceived, cmd.Placement, "offered", "introduced", "applied", "interviewed")
}

// DeclineOffer records that the person gives up.
type DeclineOffer struct{ OfferDeclined }

func (cmd *DeclineOffer) Decide(c *Case, in domain.Intent) ([]event, error) {
	return c.step(in, cmd, &cmd.OfferDeclined, cmd.Placement, "declined", "introduced", "applied", "interviewed", "offered")
}

// WithdrawOffer records that the employer refuses.
type WithdrawOffer struct{ OfferWithdrawn }

func (cmd *WithdrawOffer) Decide(c *Case, in domain.Intent) ([]event, error) {
	return c.step(in, cmd, &cmd.OfferWithdrawn, cmd.Placement, "withdrawn", "introduced", "applied", "interviewed", "offered")
}

// DecidePlacement records that the person takes a post, and plans to confirm the
// start on the day planned for it.
type DecidePlacement struct{ PlacementDecided }

func (cmd *DecidePlacement) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	p := c.Placements[cmd.Placement]
	switch {
	case p != nil && p.stands():
		return nil, nil
	case p != nil && !slices.Contains([]string{"introduced", "applied", "interviewed", "offered"}, p.State):
		return nil, domain.Refuse("placement.state")
	case p != nil && p.Person != cmd.Person, !c.inParty(in, cmd.Person):
		return nil, domain.RefuseField("case.not_member", "person")
	}
	out := []event{&cmd.PlacementDecided}
	if cmd.StartPlannedOn != 0 {
		out = append(out, c.planned(in, "confirm_start", cmd.StartPlannedOn, cmd.Placement))
	}
	return out, nil
}

// FallThroughPlacement records that a decided placement came to nothing.
type FallThroughPlacement struct{ PlacementFellThrough }

func (cmd *FallThroughPlacement) Decide(c *Case, in domain.Intent) ([]event, error) {
	return c.step(in, cmd, &cmd.PlacementFellThrough, cmd.Placement, "fell_through", "decided")
}

// StartEmployment records the first day at work, and plans the checks after it.
type StartEmployment struct{ EmploymentStarted }

func (cmd *StartEmployment) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	day := occurred(in)
	p, done, err := c.placement(cmd.Placement, "started", "decided")
	if err != nil || done {
		return nil, err
	}
	if day < p.DecidedOn {
		return nil, domain.RefuseField("date.order", "occurred_on")
	}
	out := []event{&cmd.EmploymentStarted}
	for _, months := range []int{3, 6, 12} {
		out = append(out, c.planned(in, "employment_check", day.AddMonths(months), cmd.Placement))
	}
	if !c.awaited("confirm_start", cmd.Placement) {
		out = append(out, c.planned(in, "confirm_start", day, cmd.Placement))
	}
	return out, nil
}

// awaited tells whether a task of this kind about a thing is still to be done.
func (c *Case) awaited(kind, about string) bool {
	for _, t := range c.Tasks {
		if t.Kind == kind && t.About == about && t.State == "planned" {
			return true
		}
	}
	return false
}

// ConfirmPlacement records proof of the decision or the start.
type ConfirmPlacement struct{ PlacementConfirmed }

func (cmd *ConfirmPlacement) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admitClosed(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	p := c.Placements[cmd.Placement]
	switch {
	case p == nil:
		return nil, unknown("placement")
	case p.Confirmations[cmd.Confirmation] != nil:
		return nil, nil
	case !p.stands(), cmd.Confirms == "start" && p.StartedOn == 0:
		return nil, domain.Refuse("placement.state")
	}
	if err := cmp.Or(confirm(in, cmd.Grade, cmd.EvidenceKind, p.Hands()...), c.paper(cmd.Document)); err != nil {
		return nil, err
	}
	return []event{&cmd.PlacementConfirmed}, nil
}

// WithdrawPlacementConfirmation takes a proof back.
type WithdrawPlacementConfirmation struct{ PlacementConfirmationWithdrawn }

func (cmd *WithdrawPlacementConfirmation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	p := c.Placements[cmd.Placement]
	if p == nil {
		return nil, unknown("placement")
	}
	if done, err := withdrawal(in, p.Confirmations, cmd.Confirmation); err != nil || done {
		return nil, err
	}
	return []event{&cmd.PlacementConfirmationWithdrawn}, nil
}

// CheckEmployment records whether the person still works there.
type CheckEmployment struct{ EmploymentChecked }

func (cmd *CheckEmployment) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	p := c.Placements[cmd.Placement]
	switch {
	case p == nil:
		return nil, unknown("placement")
	case !slices.Contains([]int{3, 6, 12}, cmd.Months):
		return nil, domain.RefuseField("field.code", "months")
	case p.State != "started" && p.State != "ended":
		return nil, domain.Refuse("placement.state")
	case p.Checks[cmd.Months] == cmd.Still && !domain.Seals(cmd):
		return nil, nil
	}
	return []event{&cmd.EmploymentChecked}, nil
}

// EndEmployment records the last day.
type EndEmployment struct{ EmploymentEnded }

func (cmd *EndEmployment) Decide(c *Case, in domain.Intent) ([]event, error) {
	if p := c.Placements[cmd.Placement]; p != nil && p.State == "started" && occurred(in) < p.StartedOn {
		return nil, domain.RefuseField("date.order", "occurred_on")
	}
	return c.step(in, cmd, &cmd.EmploymentEnded, cmd.Placement, "ended", "started")
}

// AmendPlacement sets one field right.
type AmendPlacement struct{ PlacementAmended }

// Fields of a placement that lie sealed, and those that may not be blank.
var (
	placementSealed = []string{"employer", "workplace_lg"}
	placementBlank  = []string{"workplace_region", "start_planned_on"}
)

func (cmd *AmendPlacement) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	p := c.Placements[cmd.Placement]
	if p == nil {
		return nil, unknown("placement")
	}
	if p.State == "voided" {
		return nil, domain.Refuse("placement.state")
	}
	if slices.Contains(placementSealed, cmd.Field) {
		return cmd.sealed(in)
	}
	if cmd.done(&p.PlacementFacts) {
		return nil, nil
	}
	return cmd.decide(in, p)
}

func (cmd *AmendPlacement) sealed(in domain.Intent) ([]event, error) {
	if cmd.NewText == "" {
		return nil, domain.RefuseField("field.required", "new_text")
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&cmd.PlacementAmended}, nil
}

func (cmd *AmendPlacement) decide(in domain.Intent, p *Placement) ([]event, error) {
	fresh := p.PlacementFacts
	if err := cmd.change(&fresh, p.amendable()); err != nil {
		return nil, err
	}
	if len(cmd.New) == 0 && !slices.Contains(placementBlank, cmd.Field) {
		return nil, domain.RefuseField("field.required", "new")
	}
	if err := cmp.Or(fresh.ordered(in.Today()), in.Previewed()); err != nil {
		return nil, err
	}
	return []event{&cmd.PlacementAmended}, nil
}

// VoidPlacement says it was never so.
type VoidPlacement struct{ PlacementVoided }

func (cmd *VoidPlacement) Decide(c *Case, in domain.Intent) ([]event, error) {
	out, err := c.step(in, cmd, &cmd.PlacementVoided, cmd.Placement, "voided", "decided", "started", "ended")
	if err != nil || out == nil {
		return nil, err
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return out, nil
}
