package rights

import (
	"slices"

	"ayumi/domain"
)

// suspends are the grounds on which alone a use is suspended (handbook.md 6.2).
var suspends = []string{"beyond_purpose", "improper_use", "improper_collection", "improper_provision"}

// measures are what a decision on each kind of request may order.
var measures = map[string][]string{
	"disclosure": {"provide", "provide_part"},
	"correction": {"correct", "add", "delete_item"},
	"suspension": {"stop_use", "erase", "stop_provision"},
}

// MeasuresOf answers what a decision on a kind of request may order, besides none.
func MeasuresOf(kind string) []string { return slices.Clone(measures[kind]) }

// Decided: the controller's answer. The grounds are those of the Act: what may be
// kept back of a disclosure (78), what a correction turned on (92), what suspends a
// use or leaves it (98, 100).
type Decided struct {
	Result  string   `fact:"result,code=full|partial|refused"`
	Grounds []string `fact:"grounds?,codes=life_health|third_person|corporation|public_safety|deliberation|operations|not_held|unidentified|incorrect|correct_as_is|out_of_scope|beyond_purpose|improper_use|improper_collection|improper_provision|lawful|hampers_work"`
	Measure string   `fact:"measure,code=rights_measure"`
	Reasons string   `sealed:"reasons?,X"`
}

func (e *Decided) Apply(m *Matter, env domain.Envelope) {
	d := *e
	d.Reasons = ""
	m.State, m.Decision = StateDecided, &Decision{d, env.Occurred, env.RecordedBy}
}

// Decide answers the request. What is not granted in full has grounds and reasons.
type Decide struct{ Decided }

func (c *Decide) Decide(m *Matter, _ domain.Intent) ([]event, error) {
	switch {
	case m.State == StateDecided && m.Decision.Result == c.Result && m.Decision.Measure == c.Measure:
		return nil, nil
	case m.Kind != "breach" && !m.Checked && (m.State == StateReceived || m.State == StateStopped):
		return nil, domain.Refuse("rights.identity")
	}
	if err := m.in(StateChecked); err != nil {
		return nil, err
	}
	if err := c.fits(m.Kind); err != nil {
		return nil, err
	}
	return []event{&c.Decided}, nil
}

func (c *Decide) fits(kind string) error {
	switch {
	case c.Result == "refused" && c.Measure != "none",
		c.Result != "refused" && !slices.Contains(measures[kind], c.Measure),
		kind == "disclosure" && c.Result == "full" && c.Measure != "provide",
		kind == "disclosure" && c.Result == "partial" && c.Measure != "provide_part":
		return domain.RefuseField("rights.measure", "measure")
	case c.Result != "full" && len(c.Grounds) == 0:
		return domain.RefuseField("rights.grounds", "grounds")
	case kind == "suspension" && c.Result != "refused" && !slices.ContainsFunc(c.Grounds, func(g string) bool { return slices.Contains(suspends, g) }):
		return domain.RefuseField("rights.suspension", "grounds")
	case c.Result != "full" && c.Reasons == "":
		return domain.RefuseField("rights.reasons", "reasons")
	}
	return nil
}

// Executed: what was decided was done.
type Executed struct {
	Measure string `fact:"measure,code=rights_measure"`
	Handed  string `sealed:"handed?,P"` // what was handed over, and how
}

func (e *Executed) Apply(m *Matter, env domain.Envelope) {
	m.State, m.ExecutedOn = StateExecuted, env.Occurred
}

// Execute records that it was done. A use that was to stop is restricted by then,
// and who was to be erased is being erased.
type Execute struct{ Executed }

func (c *Execute) Decide(m *Matter, in domain.Intent) ([]event, error) {
	if m.State == StateExecuted && m.Decision.Measure == c.Measure {
		return nil, nil
	}
	if err := m.in(StateDecided); err != nil {
		return nil, err
	}
	if m.Decision.Result == "refused" {
		return nil, domain.Refuse("rights.state")
	}
	p, _ := in.Look.Person(m.Person)
	gone := p.State == "erased" || p.State == "erasing"
	switch {
	case c.Measure != m.Decision.Measure:
		return nil, domain.RefuseField("rights.measure", "measure")
	case in.Occurred < m.Decision.On:
		return nil, domain.RefuseField("date.order", "occurred_on")
	case c.Measure == "erase" && !gone, c.Measure == "stop_use" && !gone && len(p.Restricted) == 0:
		return nil, domain.RefuseField("rights.not_done", "measure")
	case gone && c.Handed != "":
		return nil, domain.RefuseField("person.is_erased", "handed")
	case m.Kind == "disclosure" && c.Handed == "":
		return nil, domain.RefuseField("field.required", "handed")
	}
	return []event{&c.Executed}, nil
}

// Withdrawn: the person no longer asks.
type Withdrawn struct{}

func (e *Withdrawn) Apply(m *Matter, _ domain.Envelope) { m.State = StateWithdrawn }

// Withdraw ends a request at the person's word.
type Withdraw struct{ Withdrawn }

func (c *Withdraw) Decide(m *Matter, _ domain.Intent) ([]event, error) {
	if m.State == StateWithdrawn {
		return nil, nil
	}
	if err := m.in(StateReceived, StateChecked); err != nil {
		return nil, err
	}
	return []event{&c.Withdrawn}, nil
}

// Closed: nothing is left to do.
type Closed struct{}

func (e *Closed) Apply(m *Matter, _ domain.Envelope) { m.State = StateClosed }

// Close ends a request that was refused or executed.
type Close struct{ Closed }

func (c *Close) Decide(m *Matter, _ domain.Intent) ([]event, error) {
	switch {
	case m.State == StateClosed && m.Kind != "breach":
		return nil, nil
	case m.State == StateDecided && m.Decision.Result == "refused", m.State == StateExecuted:
		return []event{&c.Closed}, nil
	}
	return nil, domain.Refuse("rights.state")
}
