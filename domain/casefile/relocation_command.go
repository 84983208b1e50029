package casefile

import (
	"cmp"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var relocationCommands = []commandType{
	domain.Can[Case, PlanRelocation]("case.plan_relocation", domain.Counsellor, domain.Lead),
	domain.Can[Case, SecureHousing]("case.secure_housing", domain.Counsellor, domain.Lead),
	domain.Can[Case, MoveIn]("case.move_in", domain.Counsellor, domain.Lead, domain.Partner),
	domain.Can[Case, ConfirmRelocation]("case.confirm_relocation", domain.Lead, domain.Counsellor, domain.Partner),
	domain.Can[Case, WithdrawRelocationConfirmation]("case.withdraw_relocation_confirmation", domain.Lead),
	domain.Can[Case, ClassifyRelocation]("case.classify_relocation", domain.Counsellor, domain.Lead),
	domain.Can[Case, ReclassifyRelocation]("case.reclassify_relocation", domain.Lead),
	domain.Can[Case, MoveWithin]("case.move_within", domain.Counsellor, domain.Lead),
	domain.Can[Case, MoveOut]("case.move_out", domain.Counsellor, domain.Lead, domain.Partner),
	domain.Can[Case, CheckStay]("case.check_stay", domain.Counsellor, domain.Lead, domain.Partner),
	domain.Can[Case, AmendRelocation]("case.amend_relocation", domain.Counsellor, domain.Lead),
	domain.Can[Case, VoidRelocation]("case.void_relocation", domain.Lead),
}

// relocation answers the relocation a command is about if it stands at one of
// the states.
func (c *Case) relocation(id string, states ...string) (*Relocation, error) {
	r := c.Relocations[id]
	switch {
	case r == nil:
		return nil, unknown("relocation")
	case !slices.Contains(states, r.State):
		return nil, domain.Refuse("relocation.state")
	}
	return r, nil
}

// PlanRelocation records the wish to move on a day.
type PlanRelocation struct{ RelocationPlanned }

func (cmd *PlanRelocation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	if c.Relocations[cmd.Relocation] != nil {
		return nil, nil
	}
	return []event{&cmd.RelocationPlanned}, nil
}

// SecureHousing records that there is somewhere to live.
type SecureHousing struct{ HousingSecured }

func (cmd *SecureHousing) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	r, err := c.relocation(cmd.Relocation, "planned", "housed")
	if err != nil || r.State == "housed" {
		return nil, err
	}
	return []event{&cmd.HousingSecured}, nil
}

// MoveIn records a move, and plans its confirmation and the checks of the stay.
type MoveIn struct{ MovedIn }

func (cmd *MoveIn) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admit(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	switch r := c.Relocations[cmd.Relocation]; {
	case r != nil && r.arrived():
		return nil, nil
	case r != nil && r.State != "planned" && r.State != "housed":
		return nil, domain.Refuse("relocation.state")
	}
	day := occurred(in)
	if err := cmp.Or(c.moversFit(in, &cmd.MovedIn), c.arrival(in, cmd.Relocation, cmd.Movers, cmd.facts(day, RelocationFacts{}))); err != nil {
		return nil, err
	}
	return []event{
		&cmd.MovedIn,
		c.planned(in, "confirm_movein", day, cmd.Relocation),
		c.planned(in, "stay_check", day.AddMonths(6), cmd.Relocation),
		c.planned(in, "stay_check", day.AddMonths(12), cmd.Relocation),
	}, nil
}

// moversFit refuses movers outside the party, and addresses of others than movers.
func (c *Case) moversFit(in domain.Intent, e *MovedIn) error {
	if len(e.Movers) == 0 {
		return domain.RefuseField("field.required", "movers")
	}
	if slices.ContainsFunc(e.Movers, func(id string) bool { return !c.inParty(in, id) }) {
		return domain.RefuseField("case.not_member", "movers")
	}
	for _, of := range []map[string]string{e.OldAddress, e.NewAddress} {
		for id := range of {
			if !slices.Contains(e.Movers, id) {
				return domain.RefuseField("case.not_member", "movers")
			}
		}
	}
	return nil
}

// arrival judges the facts of a move-in, new or amended (events.md 6).
func (c *Case) arrival(in domain.Intent, id string, movers []string, f RelocationFacts) error {
	switch {
	case !japan.LGValid(f.ToLG, in.Controller, f.MovedInOn):
		return domain.RefuseField("lg.invalid", "to_lg")
	case f.FromPref == in.Controller:
		return domain.RefuseField("relocation.within", "from_pref")
	case f.Reason == "transfer" && f.HasPredecessor == "":
		return domain.RefuseField("relocation.predecessor", "has_predecessor")
	}
	for other, r := range c.Relocations {
		if other != id && r.arrived() && r.MovedInOn == f.MovedInOn && anyOf(movers, r.Movers) {
			return domain.RefuseField("relocation.duplicate", "movers")
		}
	}
	return nil
}

// ConfirmRelocation records proof of the move.
type ConfirmRelocation struct{ RelocationConfirmed }

func (cmd *ConfirmRelocation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admitClosed(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	r, err := c.relocation(cmd.Relocation, arrivedStates...)
	if err != nil || r.Confirmations[cmd.Confirmation] != nil {
		return nil, err
	}
	if err := cmp.Or(confirm(in, cmd.Grade, cmd.EvidenceKind, c.HandsOn(r)...), c.paper(cmd.Document)); err != nil {
		return nil, err
	}
	return []event{&cmd.RelocationConfirmed}, nil
}

// WithdrawRelocationConfirmation takes a proof back.
type WithdrawRelocationConfirmation struct {
	RelocationConfirmationWithdrawn
}

func (cmd *WithdrawRelocationConfirmation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	r := c.Relocations[cmd.Relocation]
	if r == nil {
		return nil, unknown("relocation")
	}
	if done, err := withdrawal(in, r.Confirmations, cmd.Confirmation); err != nil || done {
		return nil, err
	}
	return []event{&cmd.RelocationConfirmationWithdrawn}, nil
}

// MoveWithin records a move inside the prefecture.
type MoveWithin struct{ MovedWithin }

func (cmd *MoveWithin) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	r, err := c.relocation(cmd.Relocation, arrivedStates...)
	if err != nil {
		return nil, err
	}
	day := occurred(in)
	switch {
	case slices.ContainsFunc(cmd.Persons, func(p string) bool { return !r.here(p) }):
		return nil, domain.RefuseField("relocation.state", "persons")
	case day < r.MovedInOn:
		return nil, domain.RefuseField("date.order", "occurred_on")
	case !japan.LGValid(cmd.ToLG, in.Controller, day):
		return nil, domain.RefuseField("lg.invalid", "to_lg")
	case !slices.ContainsFunc(cmd.Persons, func(p string) bool { return !slices.Contains(r.Within[p], Within{day, cmd.ToLG}) }):
		return nil, nil
	}
	return []event{&cmd.MovedWithin}, nil
}

// MoveOut records that movers left the prefecture.
type MoveOut struct{ MovedOut }

func (cmd *MoveOut) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admitClosed(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	r, err := c.relocation(cmd.Relocation, arrivedStates...)
	if err != nil {
		return nil, err
	}
	switch {
	case slices.ContainsFunc(cmd.Persons, func(p string) bool { return !r.here(p) }):
		return nil, domain.RefuseField("relocation.state", "persons")
	case occurred(in) < r.MovedInOn:
		return nil, domain.RefuseField("date.order", "occurred_on")
	case cmd.ToPref == in.Controller:
		return nil, domain.RefuseField("field.code", "to_pref")
	}
	return []event{&cmd.MovedOut}, nil
}

// CheckStay records whether movers still live there.
type CheckStay struct{ StayChecked }

func (cmd *CheckStay) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admitClosed(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	r, err := c.relocation(cmd.Relocation, arrivedStates...)
	if err != nil {
		return nil, err
	}
	fresh := func(p string) bool { return r.Checks[StayCheck{p, cmd.Months}] != cmd.Still }
	switch {
	case !slices.Contains([]int{6, 12, 36, 60}, cmd.Months):
		return nil, domain.RefuseField("field.code", "months")
	case slices.ContainsFunc(cmd.Persons, func(p string) bool { return !slices.Contains(r.Movers, p) }):
		return nil, domain.RefuseField("relocation.state", "persons")
	case !slices.ContainsFunc(cmd.Persons, fresh) && !domain.Seals(cmd):
		return nil, nil
	}
	return []event{&cmd.StayChecked}, nil
}

// AmendRelocation sets one field right.
type AmendRelocation struct{ RelocationAmended }

func (cmd *AmendRelocation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	r, err := c.relocation(cmd.Relocation, "planned", "housed", "moved_in", "classified", "left")
	switch {
	case err != nil:
		return nil, err
	case cmd.Field == "address" && cmd.NewText == "":
		return nil, domain.RefuseField("field.required", "new_text")
	case cmd.Field == "address":
		err = in.Previewed()
	case cmd.done(&r.RelocationFacts):
		return nil, nil
	default:
		err = cmd.judge(c, in, r)
	}
	if err != nil {
		return nil, err
	}
	return []event{&cmd.RelocationAmended}, nil
}

func (cmd *AmendRelocation) judge(c *Case, in domain.Intent, r *Relocation) error {
	fresh := r.RelocationFacts
	if err := cmd.change(&fresh, r.amendable()); err != nil {
		return err
	}
	switch {
	case len(cmd.New) == 0 && cmd.Field != "has_predecessor":
		return domain.RefuseField("field.required", "new")
	case fresh.MovedInOn > in.Today():
		return domain.RefuseField("date.in_future", "new")
	}
	for _, out := range r.Out {
		if out < fresh.MovedInOn {
			return domain.RefuseField("date.order", "new")
		}
	}
	if fresh.MovedInOn != 0 {
		if err := c.arrival(in, cmd.Relocation, r.Movers, fresh); err != nil {
			return err
		}
	}
	return in.Previewed()
}

// VoidRelocation says it was never so.
type VoidRelocation struct{ RelocationVoided }

func (cmd *VoidRelocation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, cmd); err != nil {
		return nil, err
	}
	r := c.Relocations[cmd.Relocation]
	switch {
	case r == nil:
		return nil, unknown("relocation")
	case r.State == "voided":
		return nil, nil
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&cmd.RelocationVoided}, nil
}
