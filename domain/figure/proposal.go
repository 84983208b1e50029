package figure

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// Proposed: a figure was counted at a position of the log and is proposed for
// publication. Everything but the question is counted by the program.
type Proposed struct {
	Edition     int        `fact:"edition,int"`
	Indicator   string     `fact:"indicator,token"`
	Version     string     `fact:"definition_version,token"`
	Definition  string     `fact:"definition,digest,made"`
	PeriodKind  string     `fact:"period_kind,code,made"`
	From        japan.Date `fact:"from,date"`
	To          japan.Date `fact:"to,date"`
	KnownAt     japan.Date `fact:"known_at,date"`
	LogPosition int        `fact:"log_position,int,made"`
	Value       int        `fact:"value,int"`
	Numerator   *int       `fact:"numerator?,int,made"`
	Denominator *int       `fact:"denominator?,int,made"`
	GradeA      *int       `fact:"grade_a?,int,made"`
	GradeB      *int       `fact:"grade_b?,int,made"`
	GradeC      *int       `fact:"grade_c?,int,made"`
	GradeD      *int       `fact:"grade_d?,int,made"`
	Anonymous   *int       `fact:"anonymous?,int,made"`
	Erased      *int       `fact:"erased?,int,made"`
	NearMisses  int        `fact:"near_misses,int,made"`
	Members     string     `fact:"members,digest,made"`
	Synthetic   bool       `fact:"synthetic,flag,made"`
	Trial       bool       `fact:"trial,flag"`
}

func (e *Proposed) Apply(f *Figure, env domain.Envelope) {
	f.Indicator, f.Period = e.Indicator, japan.Period{From: e.From, To: e.To}
	f.Editions = append(f.Editions[:len(f.Editions):len(f.Editions)], &Edition{
		Proposed: *e, State: StateProposed, ProposedBy: env.RecordedBy, ProposedOn: env.Occurred,
	})
}

// Grades are the members by grade of evidence; none where the rule asks for none.
func (e *Proposed) Grades() map[string]int {
	out := map[string]int{}
	for grade, n := range map[string]*int{"a": e.GradeA, "b": e.GradeB, "c": e.GradeC, "d": e.GradeD} {
		if n != nil {
			out[grade] = *n
		}
	}
	return out
}

// count writes down what was counted.
func (e *Proposed) count(c domain.Counted) {
	e.Definition, e.LogPosition, e.Members, e.NearMisses, e.Synthetic = c.Definition, int(c.Position), c.Members, c.NearMisses, c.Synthetic
	e.Numerator, e.Denominator = c.Numerator, c.Denominator
	if len(c.Grades) > 0 {
		a, b, third, d := c.Grades["a"], c.Grades["b"], c.Grades["c"], c.Grades["d"]
		e.GradeA, e.GradeB, e.GradeC, e.GradeD = &a, &b, &third, &d
	}
	e.Anonymous, e.Erased = above(c.Anonymous), above(c.Erased)
}

// above states a number beside the value where there is something to state.
func above(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// KindOf names the kind of a period (handbook.md 7.1); "" for a range that no
// figure is published of.
func KindOf(p japan.Period) string {
	year := japan.FiscalYearOf(p.From)
	y, m, d := p.From.Civil()
	switch {
	case p == year.Whole():
		return "fiscal_year"
	case p == year.Half(1):
		return "half1"
	case p == year.Half(2):
		return "half2"
	case p == japan.MonthOf(p.From):
		return "month"
	case p.From == year.First() && p.Valid() && p.To <= year.Last():
		return "fy_to_date"
	case m == 1 && d == 1 && p.To == japan.On(y, 12, 31):
		return "calendar_year"
	}
	return ""
}

// Propose counts the figure again and proposes it. Value is what the proposer
// saw: the count must find the same.
type Propose struct{ Proposed }

func (c *Propose) Decide(f *Figure, in domain.Intent) ([]event, error) {
	if len(f.Imports) > 0 {
		return nil, domain.Refuse("figure.state")
	}
	period := japan.Period{From: c.From, To: c.To}
	if c.PeriodKind = KindOf(period); c.PeriodKind == "" {
		return nil, domain.RefuseField("figure.period", "to")
	}
	if c.KnownAt >= in.Today() {
		return nil, domain.RefuseField("figure.known_at", "known_at")
	}
	if e := f.edition(c.Edition); e != nil && e.asks(&c.Proposed) {
		return nil, nil
	}
	switch {
	case c.Edition != len(f.Editions)+1:
		return nil, domain.RefuseField("figure.edition", "edition")
	case len(f.Editions) > 0 && (f.Indicator != c.Indicator || f.Period != period):
		return nil, domain.RefuseField("figure.quantity", "indicator")
	}
	found, err := in.Count.Count(domain.Asked{Indicator: c.Indicator, Version: c.Version, Period: period, KnownAt: c.KnownAt})
	switch {
	case err != nil:
		return nil, err
	case !found.Official && !c.Trial:
		return nil, domain.RefuseField("figure.version", "definition_version")
	case found.Value != c.Value:
		return nil, domain.RefuseField("figure.value", "value")
	}
	c.count(found)
	return []event{&c.Proposed}, nil
}

// asks tells whether an edition answers the same question with the same value.
func (e *Edition) asks(p *Proposed) bool {
	return e.Indicator == p.Indicator && e.Version == p.Version && e.From == p.From && e.To == p.To &&
		e.KnownAt == p.KnownAt && e.Value == p.Value && e.Trial == p.Trial
}

// ProposalWithdrawn: the proposer's side takes it back before it is decided.
type ProposalWithdrawn struct {
	Edition int    `fact:"edition,int"`
	Reason  string `fact:"reason,word"`
}

func (e *ProposalWithdrawn) Apply(f *Figure, _ domain.Envelope) {
	at := f.edition(e.Edition)
	at.State, at.Why = StateWithdrawn, e.Reason
}

// WithdrawProposal takes a proposal back.
type WithdrawProposal struct{ ProposalWithdrawn }

func (c *WithdrawProposal) Decide(f *Figure, _ domain.Intent) ([]event, error) {
	e := f.edition(c.Edition)
	switch {
	case e == nil:
		return nil, domain.RefuseField("entity.unknown", "edition")
	case e.State == StateWithdrawn && e.Why == c.Reason:
		return nil, nil
	case e.State != StateProposed:
		return nil, domain.Refuse("figure.state")
	}
	return []event{&c.ProposalWithdrawn}, nil
}

// Approved: another person found the proposal right.
type Approved struct {
	Edition int `fact:"edition,int"`
}

func (e *Approved) Apply(f *Figure, env domain.Envelope) {
	at := f.edition(e.Edition)
	at.State, at.DecidedBy, at.DecidedOn = StateApproved, env.RecordedBy, env.Occurred
}

// Approve approves a proposal; never one's own.
type Approve struct{ Approved }

func (c *Approve) Decide(f *Figure, in domain.Intent) ([]event, error) {
	e := f.edition(c.Edition)
	switch {
	case e == nil:
		return nil, domain.RefuseField("entity.unknown", "edition")
	case e.State == StateApproved && e.DecidedBy == in.Actor.Account:
		return nil, nil
	case e.State != StateProposed:
		return nil, domain.Refuse("figure.state")
	case e.ProposedBy == in.Actor.Account:
		return nil, domain.Refuse("figure.same_officer")
	}
	return []event{&c.Approved}, nil
}

// Rejected: the proposal is not to be published, and why.
type Rejected struct {
	Edition int    `fact:"edition,int"`
	Reason  string `fact:"reason,word"`
}

func (e *Rejected) Apply(f *Figure, env domain.Envelope) {
	at := f.edition(e.Edition)
	at.State, at.Why, at.DecidedBy, at.DecidedOn = StateRejected, e.Reason, env.RecordedBy, env.Occurred
}

// Reject rejects a proposal.
type Reject struct{ Rejected }

func (c *Reject) Decide(f *Figure, _ domain.Intent) ([]event, error) {
	e := f.edition(c.Edition)
	switch {
	case e == nil:
		return nil, domain.RefuseField("entity.unknown", "edition")
	case e.State == StateRejected && e.Why == c.Reason:
		return nil, nil
	case e.State != StateProposed:
		return nil, domain.Refuse("figure.state")
	}
	return []event{&c.Rejected}, nil
}
