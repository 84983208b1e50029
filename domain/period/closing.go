package period

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Cutoff is up to which day a kind of figure counts, and what counts as known.
type Cutoff struct {
	To, Known japan.Date
}

// upTo is the part of the year that a cut-off counts.
func (p *Period) upTo(c Cutoff) japan.Period { return p.Year.Until(c.To) }

// CutoffSet: a cut-off is planned or changed. A closing that was frozen under
// an earlier one stays as it is.
type CutoffSet struct {
	Kind    string     `fact:"kind,code=cutoff_kind"`
	To      japan.Date `fact:"to,date"`
	KnownAt japan.Date `fact:"known_at,date"`
}

// Apply voids a check that was made for another cut-off.
func (e *CutoffSet) Apply(p *Period, _ domain.Envelope) {
	p.Cutoffs[e.Kind] = Cutoff{e.To, e.KnownAt}
	delete(p.Checks, e.Kind)
}

// SetCutoff plans a cut-off. Whole-year kinds end with the year.
type SetCutoff struct{ CutoffSet }

func (c *SetCutoff) Decide(p *Period, _ domain.Intent) ([]event, error) {
	switch {
	case p.Cutoffs[c.Kind] == Cutoff{c.To, c.KnownAt}:
		return nil, nil
	case c.Kind == YearClose && p.State == StateClosed:
		return nil, domain.Refuse("period.state")
	case !p.Year.Whole().Contains(c.To), c.Kind == YearClose && c.To != p.Year.Last():
		return nil, domain.RefuseField("period.cutoff_to", "to")
	case c.KnownAt < c.To:
		return nil, domain.RefuseField("period.known_before", "known_at")
	}
	return []event{&c.CutoffSet}, nil
}

// Check is what the gates found, and who asked when.
type Check struct {
	GatesChecked
	On japan.Date // recorded
	By string
}

// GatesChecked: what holds the period open was counted, up to the cut-off of the
// kind, as known on its day; before that day is over, as known now.
type GatesChecked struct {
	Kind          string `fact:"kind,code=cutoff_kind"`
	Unconfirmed   int    `fact:"unconfirmed,int,made"`
	Duplicates    int    `fact:"duplicates,int,made"`
	OpenReferrals int    `fact:"open_referrals,int,made"`
	Late          int    `fact:"late,int,made"`
	BlankActuals  int    `fact:"blank_actuals,int,made"`
	Passed        bool   `fact:"passed,flag,made"`
}

// Apply changes the state for the year's closing only.
func (e *GatesChecked) Apply(p *Period, env domain.Envelope) {
	p.Checks[e.Kind] = Check{*e, japan.DateOf(env.RecordedAt), env.RecordedBy}
	if e.Kind == YearClose && p.State == StateRunning {
		p.State = StateChecked
	}
}

// CheckGates counts what holds the period open.
type CheckGates struct{ GatesChecked }

func (c *CheckGates) Decide(p *Period, in domain.Intent) ([]event, error) {
	cutoff, ok := p.Cutoffs[c.Kind]
	switch {
	case !ok:
		return nil, domain.RefuseField("period.no_cutoff", "kind")
	case c.Kind == YearClose && p.State == StateClosed:
		return nil, domain.Refuse("period.state")
	}
	found, err := in.Gates.Gates(in.Controller, p.upTo(cutoff), min(cutoff.Known, in.Today()))
	if err != nil {
		return nil, err
	}
	e := checked(c.Kind, found)
	if was, ok := p.Checks[c.Kind]; ok && was == (Check{e, in.Today(), in.Actor.Account}) {
		return nil, nil
	}
	return []event{&e}, nil
}

func checked(kind string, n domain.GatesNow) GatesChecked {
	return GatesChecked{
		Kind: kind, Unconfirmed: n.Unconfirmed, Duplicates: n.Duplicates, OpenReferrals: n.OpenReferrals, Late: n.Late,
		BlankActuals: n.BlankActuals, Passed: len(n.Failing()) == 0,
	}
}

// Closing is a cut-off that was frozen.
type Closing struct {
	Closed
	To       japan.Date
	On       japan.Date // recorded
	By       string
	Position uint64 // of its own event: what comes after it came after closing
}

// Closed: what counts for a kind of figure is frozen at a known day, which is a
// position of the log.
type Closed struct {
	Kind        string     `fact:"kind,code=cutoff_kind"`
	KnownAt     japan.Date `fact:"known_at,date"`
	LogPosition int        `fact:"log_position,int,made"`
	GatesWaived []string   `fact:"gates_waived?,codes=gate"`
}

// Apply closes the year if it is its closing.
func (e *Closed) Apply(p *Period, env domain.Envelope) {
	c := Closing{Closed: *e, To: p.Cutoffs[e.Kind].To, On: japan.DateOf(env.RecordedAt), By: env.RecordedBy, Position: env.Position}
	p.Closings = append(p.Closings[:len(p.Closings):len(p.Closings)], c)
	if e.Kind == YearClose {
		p.State = StateClosed
	}
}

// Close freezes a cut-off once its day is over and its gates were checked after
// that by somebody else. A gate that did not pass is waived by its name.
type Close struct{ Closed }

func (c *Close) Decide(p *Period, in domain.Intent) ([]event, error) {
	if last, ok := p.Closing(c.Kind); ok && p.standing(last) && last.KnownAt == c.KnownAt && sameCodes(last.GatesWaived, c.GatesWaived) {
		return nil, nil
	}
	cutoff, ok := p.Cutoffs[c.Kind]
	check, seen := p.Checks[c.Kind]
	switch {
	case c.Kind == YearClose && p.State == StateClosed:
		return nil, domain.Refuse("period.state")
	case !ok:
		return nil, domain.RefuseField("period.no_cutoff", "kind")
	case c.KnownAt >= in.Today():
		return nil, domain.RefuseField("period.known_at", "known_at")
	case c.KnownAt != cutoff.Known:
		return nil, domain.RefuseField("period.cutoff", "known_at")
	case !seen || check.On <= cutoff.Known:
		return nil, domain.Refuse("period.unchecked")
	case check.By == in.Actor.Account:
		return nil, domain.Refuse("period.same_officer")
	}
	if err := c.waived(p, in, cutoff); err != nil {
		return nil, err
	}
	position, err := in.Gates.PositionAt(c.KnownAt)
	if err != nil {
		return nil, err
	}
	e := c.Closed
	e.LogPosition = int(position)
	return []event{&e}, nil
}

// waived demands that each gate that did not pass is named, and no other one. A
// check is of what is known on a past day, so counting it again finds the same.
func (c *Close) waived(p *Period, in domain.Intent, cutoff Cutoff) error {
	found, err := in.Gates.Gates(in.Controller, p.upTo(cutoff), cutoff.Known)
	if err != nil {
		return err
	}
	failing := found.Failing()
	for _, gate := range c.GatesWaived {
		if !slices.Contains(failing, gate) {
			return domain.RefuseField("period.gate_passed", "gates_waived")
		}
	}
	for _, gate := range failing {
		if !slices.Contains(c.GatesWaived, gate) {
			return domain.RefuseField("period.gates", "gates_waived")
		}
	}
	return nil
}

// standing tells whether a closing holds: that of a year that was opened again
// does not.
func (p *Period) standing(c Closing) bool { return c.Kind != YearClose || p.State == StateClosed }

func sameCodes(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// Now answers the cut-off of a kind that is in force, with what the closing that
// froze it waived.
func (p *Period) Now(kind string) (domain.CutoffNow, bool) {
	c, ok := p.Cutoffs[kind]
	now := domain.CutoffNow{To: c.To, Known: c.Known}
	if last, frozen := p.Closing(kind); frozen && p.standing(last) && last.KnownAt == c.Known && last.To == c.To {
		now.Waived = last.GatesWaived
	}
	return now, ok
}
