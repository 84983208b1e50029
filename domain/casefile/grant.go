package casefile

import (
	"cmp"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var grantEvents = []eventType{
	domain.Happens[Case, GrantChecked]("case.grant_checked"),
	domain.Happens[Case, GrantApplied]("case.grant_applied"),
	domain.Happens[Case, GrantDecided]("case.grant_decided"),
	domain.Happens[Case, GrantReturnOrdered]("case.grant_return_ordered"),
}

var grantCommands = []commandType{
	domain.Can[Case, CheckGrant]("case.check_grant", domain.Counsellor, domain.Lead),
	domain.Can[Case, ApplyGrant]("case.apply_grant", domain.Counsellor, domain.Lead, domain.Partner),
	domain.Can[Case, DecideGrant]("case.decide_grant", domain.Counsellor, domain.Lead, domain.Partner),
	domain.Can[Case, OrderGrantReturn]("case.order_grant_return", domain.Counsellor, domain.Lead, domain.Partner),
}

// GrantChecked: the desk looked whether the person would get a grant. The rule
// is the one of the planned move-in day.
type GrantChecked struct {
	Check           string     `fact:"check,id,new"`
	Scheme          string     `fact:"scheme,token"`
	RuleVersion     string     `fact:"rule_version,token"`
	PlannedMoveinOn japan.Date `fact:"planned_movein_on,date"`
	Result          string     `fact:"result,code=eligible|not_eligible|unclear"`
	Unmet           []string   `fact:"unmet?,tokens"`
	Amount          string     `sealed:"amount?,X"`
	Children        string     `sealed:"children?,X"` // under 18
}

func (e *GrantChecked) Apply(c *Case, _ domain.Envelope) {
	c.GrantChecks[e.Check] = &GrantCheck{Scheme: e.Scheme, RuleVersion: e.RuleVersion, Result: e.Result}
}

// GrantApplied: the person applied to the municipality.
type GrantApplied struct {
	Grant       string `fact:"grant,id,new"`
	Scheme      string `fact:"scheme,token"`
	RuleVersion string `fact:"rule_version,token"`
	Relocation  string `fact:"relocation,id"`
}

func (e *GrantApplied) Apply(c *Case, env domain.Envelope) {
	c.Grants[e.Grant] = &Grant{State: "applied", Scheme: e.Scheme, Relocation: e.Relocation, AppliedOn: env.Occurred}
}

// GrantDecided: the municipality decided.
type GrantDecided struct {
	Grant   string `fact:"grant,id"`
	Granted bool   `fact:"granted,flag"`
	Amount  string `sealed:"amount?,X"`
}

func (e *GrantDecided) Apply(c *Case, _ domain.Envelope) {
	g := c.Grants[e.Grant]
	g.State, g.Granted = "decided", e.Granted
}

// GrantReturnOrdered: the municipality wants it back.
type GrantReturnOrdered struct {
	Grant  string `fact:"grant,id"`
	Share  string `fact:"share,code=full|half"`
	Reason string `fact:"reason,code=grant_return_reason"`
	Amount string `sealed:"amount?,X"`
}

func (e *GrantReturnOrdered) Apply(c *Case, _ domain.Envelope) {
	g := c.Grants[e.Grant]
	g.State, g.Returned = "return_ordered", e.Share
}

// GrantCheck is one pre-check; there may be many.
type GrantCheck struct {
	Scheme, RuleVersion, Result string
}

// Grant runs applied → decided → return_ordered (events.md 5.8).
type Grant struct {
	State      string
	Scheme     string
	Relocation string
	AppliedOn  japan.Date
	Granted    bool
	Returned   string // full or half
}

// ruleInForce refuses every rule version but the one in force for a move-in.
func ruleInForce(scheme, version string, movein japan.Date) error {
	if !schemeKnown(scheme) {
		return domain.RefuseField("field.code", "scheme")
	}
	if r, ok := GrantRuleOn(scheme, movein); !ok || r.Version != version {
		return domain.RefuseField("grant.rule_by_movein", "rule_version")
	}
	return nil
}

// CheckGrant records a pre-check.
type CheckGrant struct{ GrantChecked }

func (cmd *CheckGrant) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, cmd); err != nil {
		return nil, err
	}
	if c.GrantChecks[cmd.Check] != nil {
		return nil, nil
	}
	if err := ruleInForce(cmd.Scheme, cmd.RuleVersion, cmd.PlannedMoveinOn); err != nil {
		return nil, err
	}
	return []event{&cmd.GrantChecked}, nil
}

// ApplyGrant records an application, under the rule of the day of the move.
type ApplyGrant struct{ GrantApplied }

func (cmd *ApplyGrant) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admitClosed(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	if c.Grants[cmd.Grant] != nil {
		return nil, nil
	}
	r, err := c.relocation(cmd.Relocation, arrivedStates...)
	if err != nil {
		return nil, err
	}
	if err := ruleInForce(cmd.Scheme, cmd.RuleVersion, r.MovedInOn); err != nil {
		return nil, err
	}
	if occurred(in) < r.MovedInOn {
		return nil, domain.RefuseField("date.order", "occurred_on")
	}
	return []event{&cmd.GrantApplied}, nil
}

// DecideGrant records the municipality's decision. A granted one is looked at
// again 1, 3 and 5 years after the application.
type DecideGrant struct{ GrantDecided }

func (cmd *DecideGrant) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admitClosed(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	g := c.Grants[cmd.Grant]
	switch {
	case g == nil:
		return nil, unknown("grant")
	case g.State == "decided" && g.Granted == cmd.Granted:
		return nil, nil
	case g.State != "applied":
		return nil, domain.Refuse("grant.state")
	}
	out := []event{&cmd.GrantDecided}
	if cmd.Granted {
		for _, years := range []int{1, 3, 5} {
			out = append(out, c.planned(in, "grant_mark", g.AppliedOn.AddMonths(12*years), cmd.Grant))
		}
	}
	return out, nil
}

// OrderGrantReturn records that it is wanted back, all or half as the days of
// application and leaving say.
type OrderGrantReturn struct{ GrantReturnOrdered }

func (cmd *OrderGrantReturn) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := cmp.Or(c.admitClosed(in, cmd), c.sharedWith(in)); err != nil {
		return nil, err
	}
	g := c.Grants[cmd.Grant]
	switch {
	case g == nil:
		return nil, unknown("grant")
	case g.State == "return_ordered" && g.Returned == cmd.Share:
		return nil, nil
	case g.State != "decided" || !g.Granted:
		return nil, domain.Refuse("grant.state")
	case c.owed(g, cmd.Reason) != cmd.Share:
		return nil, domain.RefuseField("grant.state", "share")
	}
	return []event{&cmd.GrantReturnOrdered}, nil
}

// owed answers what is owed back for a reason, or "" if nothing is, or if the
// day that the reason speaks of is not recorded.
func (c *Case) owed(g *Grant, reason string) string {
	switch reason {
	case "false_application", "startup_cancelled":
		return fullReturn
	case "quit_le1y":
		return c.owedByQuitting(g)
	}
	left, ok := c.Relocations[g.Relocation].leftMunicipality()
	if !ok {
		return ""
	}
	owed := LeavingReturn(g.AppliedOn, left)
	if (reason == "left_lt3y") != (owed == fullReturn) {
		return ""
	}
	return owed
}

func (c *Case) owedByQuitting(g *Grant) string {
	for _, p := range c.Placements {
		if p.State == "ended" && p.EndedOn >= g.AppliedOn && QuittingReturn(g.AppliedOn, p.EndedOn) == fullReturn {
			return fullReturn
		}
	}
	return ""
}

// leftMunicipality answers the first day on which a mover no longer lived in
// the municipality of the move: the head if among the movers, else anyone.
func (r *Relocation) leftMunicipality() (japan.Date, bool) {
	who := r.Movers
	if slices.Contains(who, r.Head) {
		who = []string{r.Head}
	}
	var first japan.Date
	note := func(on japan.Date) {
		if on != 0 && (first == 0 || on < first) {
			first = on
		}
	}
	for _, p := range who {
		note(r.Out[p])
		for _, w := range r.Within[p] {
			if w.ToLG != r.ToLG {
				note(w.On)
			}
		}
	}
	return first, first != 0
}
