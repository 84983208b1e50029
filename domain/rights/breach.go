package rights

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Breach is how a breach stands (handbook.md 6.7).
type Breach struct {
	Known      japan.Date // the day it became known
	Estimate   int
	Kinds      []string
	Reportable bool
	Persons    int
	Grounds    []string
	Reports    []Report // made so far, oldest first
	Measures   []string
}

// Report is one report that was made.
type Report struct {
	Stage string
	DueOn japan.Date
	On    japan.Date
}

// Reported answers the report of a stage.
func (b Breach) Reported(stage string) (Report, bool) {
	i := slices.IndexFunc(b.Reports, func(r Report) bool { return r.Stage == stage })
	if i < 0 {
		return Report{}, false
	}
	return b.Reports[i], true
}

// MustReport tells whether the rules ask for a report (Act 68-1, rule 43): more than
// 100 people, special-care data, those of an ordinance among them, harm to property,
// or malice. The last three count from one person on.
func MustReport(t domain.Terms, persons int, kinds []string) bool {
	return persons > t.BreachMany || slices.ContainsFunc(kinds, func(k string) bool {
		return k == "special_care" || k == "property" || k == "malicious"
	})
}

// MustReport tells whether reports of a breach are due, as far as is known.
func (m *Matter) MustReport(t domain.Terms) bool {
	if m.State == StateSuspected {
		return MustReport(t, m.Breach.Estimate, m.Breach.Kinds) || slices.Contains(m.Breach.Kinds, "many")
	}
	return m.Breach.Reportable
}

// Due is the last day for a report (Act 68, rule 44, and the commission's guideline
// on it): the day a breach became known is counted as the first day, and days
// without work are counted too. The quick report is due "promptly", about 3 to 5
// days: the last of these, whatever day it is. The full one is due within 30 days, 60
// where somebody meant it; if that day is a Saturday, Sunday, holiday, or from 29
// December to 3 January, on the next working day. For telling the persons (Act 68-2)
// the rules name no day, only "promptly": here it is due with the full report at the
// latest.
func (b Breach) Due(stage string, t domain.Terms) japan.Date {
	if stage == "first" {
		return b.Known.Add(t.BreachFirst - 1)
	}
	days := t.BreachFull
	if slices.Contains(b.Kinds, "malicious") || slices.Contains(b.Grounds, "malicious") {
		days = t.BreachMalicious
	}
	d := b.Known.Add(days - 1)
	for t.NextWorkingDay && !japan.WorkingDay(d) {
		d = d.Add(1)
	}
	return d
}

// BreachSuspected: personal data may have leaked, been lost or damaged. The day it
// happened is the day it became known.
type BreachSuspected struct {
	PersonsEstimate int      `fact:"persons_estimate,int"`
	Kinds           []string `fact:"kinds,codes=breach_kind"`
	Account         string   `sealed:"account_of_it,X"`
}

func (e *BreachSuspected) Apply(m *Matter, env domain.Envelope) {
	m.begin(env, "breach", StateSuspected)
	m.Breach = Breach{Known: env.Occurred, Estimate: e.PersonsEstimate, Kinds: e.Kinds}
}

// SuspectBreach begins the matter: anybody who works here may.
type SuspectBreach struct{ BreachSuspected }

func (c *SuspectBreach) Decide(m *Matter, _ domain.Intent) ([]event, error) {
	switch {
	case m.State != "":
		return nil, nil
	case c.PersonsEstimate < 0:
		return nil, domain.RefuseField("field.range", "persons_estimate")
	}
	return []event{&c.BreachSuspected}, nil
}

// BreachAssessed: what it was, and whether it is reported.
type BreachAssessed struct {
	Reportable bool     `fact:"reportable,flag"`
	Persons    int      `fact:"persons,int"`
	Grounds    []string `fact:"grounds,codes=breach_kind"`
	Account    string   `sealed:"account_of_it,X"`
}

func (e *BreachAssessed) Apply(m *Matter, _ domain.Envelope) {
	m.State = StateAssessed
	m.Breach.Reportable, m.Breach.Persons, m.Breach.Grounds = e.Reportable, e.Persons, e.Grounds
}

// AssessBreach records the assessment; a later one takes the place of an earlier.
type AssessBreach struct{ BreachAssessed }

func (c *AssessBreach) Decide(m *Matter, in domain.Intent) ([]event, error) {
	if err := m.in(StateSuspected, StateAssessed); err != nil {
		return nil, err
	}
	b := m.Breach
	switch {
	case m.State == StateAssessed && b.Reportable == c.Reportable && b.Persons == c.Persons && slices.Equal(b.Grounds, c.Grounds):
		return nil, nil
	case c.Persons < 0:
		return nil, domain.RefuseField("field.range", "persons")
	case !c.Reportable && MustReport(in.Terms, c.Persons, c.Grounds):
		return nil, domain.RefuseField("rights.must_report", "reportable")
	}
	return []event{&c.BreachAssessed}, nil
}

// BreachReported: a report went to the commission, or the persons were told.
type BreachReported struct {
	Stage string     `fact:"stage,code=breach_stage"`
	DueOn japan.Date `fact:"due_on,date,made"`
}

func (e *BreachReported) Apply(m *Matter, env domain.Envelope) {
	m.Breach.Reports = append(slices.Clip(m.Breach.Reports), Report{e.Stage, e.DueOn, env.Occurred})
}

// ReportBreach records one; the quick report may come before the assessment.
type ReportBreach struct{ BreachReported }

func (c *ReportBreach) Decide(m *Matter, in domain.Intent) ([]event, error) {
	if err := m.in(StateSuspected, StateAssessed); err != nil {
		return nil, err
	}
	if _, done := m.Breach.Reported(c.Stage); done {
		return nil, nil
	}
	switch {
	case c.Stage == "full" && m.State != StateAssessed:
		return nil, domain.RefuseField("rights.state", "stage")
	case in.Occurred < m.Breach.Known:
		return nil, domain.RefuseField("date.order", "occurred_on")
	}
	return []event{&BreachReported{Stage: c.Stage, DueOn: m.Breach.Due(c.Stage, in.Terms)}}, nil
}

// BreachClosed: what was done so that it does not happen again.
type BreachClosed struct {
	Measures []string `fact:"measures,codes=breach_measure"`
	Account  string   `sealed:"account_of_it,X"`
}

func (e *BreachClosed) Apply(m *Matter, _ domain.Envelope) {
	m.State, m.Breach.Measures = StateClosed, e.Measures
}

// CloseBreach ends the matter; one that is reported, after its full report.
type CloseBreach struct{ BreachClosed }

func (c *CloseBreach) Decide(m *Matter, _ domain.Intent) ([]event, error) {
	if m.State == StateClosed && m.Kind == "breach" {
		return nil, nil
	}
	if err := m.in(StateAssessed); err != nil {
		return nil, err
	}
	for _, stage := range []string{"first", "full"} {
		if _, done := m.Breach.Reported(stage); m.Breach.Reportable && !done {
			return nil, domain.Refuse("rights.not_reported")
		}
	}
	return []event{&c.BreachClosed}, nil
}
