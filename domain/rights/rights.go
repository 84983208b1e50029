// Package rights keeps one stream per data-protection matter: a request for
// disclosure, correction or suspension of use with its clock, or a breach
// (events.md 4.17, 5.14; handbook.md 6.2, 6.7).
package rights

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream rights. What it seals belongs to the person
// the matter is about; an account of a breach, to the matter itself.
var Aggregate = domain.Define(domain.Aggregate[Matter]{
	Category: "rights",
	New:      func() *Matter { return &Matter{} },
	Subject: func(m *Matter, stream string) string {
		if m.Person != "" {
			return m.Person
		}
		return stream
	},
	Events: []domain.EventType[Matter]{
		domain.Happens[Matter, Requested]("rights.requested"),
		domain.Happens[Matter, IdentityChecked]("rights.identity_checked"),
		domain.Happens[Matter, ClockStopped]("rights.clock_stopped"),
		domain.Happens[Matter, ClockResumed]("rights.clock_resumed"),
		domain.Happens[Matter, Extended]("rights.extended"),
		domain.Happens[Matter, Decided]("rights.decided"),
		domain.Happens[Matter, Executed]("rights.executed"),
		domain.Happens[Matter, Withdrawn]("rights.withdrawn"),
		domain.Happens[Matter, Closed]("rights.closed"),
		domain.Happens[Matter, BreachSuspected]("rights.breach_suspected"),
		domain.Happens[Matter, BreachAssessed]("rights.breach_assessed"),
		domain.Happens[Matter, BreachReported]("rights.breach_reported"),
		domain.Happens[Matter, BreachClosed]("rights.breach_closed"),
	},
	Commands: []domain.CommandType[Matter]{
		domain.Begins[Matter, Request]("rights.request", domain.Privacy, domain.Counsellor, domain.Lead),
		domain.Can[Matter, CheckIdentity]("rights.check_identity", domain.Privacy),
		domain.Can[Matter, StopClock]("rights.stop_clock", domain.Privacy),
		domain.Can[Matter, ResumeClock]("rights.resume_clock", domain.Privacy),
		domain.Can[Matter, Extend]("rights.extend", domain.Privacy),
		domain.Can[Matter, Decide]("rights.decide", domain.Manager),
		domain.Can[Matter, Execute]("rights.execute", domain.Privacy),
		domain.Can[Matter, Withdraw]("rights.withdraw", domain.Privacy),
		domain.Can[Matter, Close]("rights.close", domain.Privacy),
		domain.Begins[Matter, SuspectBreach]("rights.suspect_breach", domain.Counsellor, domain.Lead, domain.Analyst, domain.Manager, domain.Auditor, domain.Records, domain.Privacy, domain.Admin),
		domain.Can[Matter, AssessBreach]("rights.assess_breach", domain.Privacy),
		domain.Can[Matter, ReportBreach]("rights.report_breach", domain.Privacy),
		domain.Can[Matter, CloseBreach]("rights.close_breach", domain.Privacy),
	},
})

// The states of a matter (events.md 5.14).
const (
	StateReceived  = "received"
	StateChecked   = "checked"
	StateStopped   = "stopped"
	StateDecided   = "decided"
	StateExecuted  = "executed"
	StateWithdrawn = "withdrawn"
	StateSuspected = "suspected"
	StateAssessed  = "assessed"
	StateClosed    = "closed"
)

// Matter is the folded state of one stream.
type Matter struct {
	ID         string
	Controller string
	Kind       string // a code of rights_kind
	State      string
	Person     string // "" of a breach
	Disclosure string // the matter that disclosed what is to be corrected or stopped
	Contact    string // under whose key the representative's name lies
	Checked    bool   // the identity was checked
	Clock      Clock
	DueOn      japan.Date // last day for the decision, as it was last stated
	Decision   *Decision
	ExecutedOn japan.Date
	Breach     Breach
}

// Decision is what was decided, and when.
type Decision struct {
	Decided
	On japan.Date
	By string
}

type event = domain.Event[Matter]

// Now is what other streams may know of the matter.
func (m *Matter) Now() domain.RightsNow {
	out := domain.RightsNow{ID: m.ID, Controller: m.Controller, Kind: m.Kind, Person: m.Person, State: m.State, ExecutedOn: m.ExecutedOn}
	if m.Decision != nil {
		out.Result, out.Measure = m.Decision.Result, m.Decision.Measure
	}
	return out
}

// Over tells whether nothing is left to do.
func (m *Matter) Over() bool { return m.State == StateClosed || m.State == StateWithdrawn }

func (m *Matter) begin(env domain.Envelope, kind, state string) {
	_, m.ID = domain.SplitStream(env.Stream)
	m.Controller, m.Kind, m.State = env.Controller, kind, state
}

func (m *Matter) in(states ...string) error {
	if !slices.Contains(states, m.State) {
		return domain.Refuse("rights.state")
	}
	return nil
}

// Requested: a person asks for disclosure, correction or suspension of use.
type Requested struct {
	Kind           string     `fact:"kind,code=disclosure|correction|suspension"`
	Person         string     `fact:"person,id"`
	Channel        string     `fact:"channel,code"`
	ClockDays      int        `fact:"clock_days,int,made"`
	DueOn          japan.Date `fact:"due_on,date,made"`
	Disclosure     string     `fact:"disclosure?,id"`
	Contact        string     `fact:"contact?,id"`
	Requester      string     `sealed:"requester,P"`
	Representative string     `sealed:"representative?,P,owner=contact"`
	Words          string     `sealed:"words,X"`
}

func (e *Requested) Apply(m *Matter, env domain.Envelope) {
	m.begin(env, e.Kind, StateReceived)
	m.Person, m.Disclosure, m.Contact = e.Person, e.Disclosure, e.Contact
	m.Clock, m.DueOn = Clock{From: env.Occurred, Days: e.ClockDays}, e.DueOn
}

// Request begins a matter; its clock is that of the controller.
type Request struct{ Requested }

func (c *Request) Decide(m *Matter, in domain.Intent) ([]event, error) {
	if m.State != "" {
		return nil, nil
	}
	p, ok := in.Look.Person(c.Person)
	switch {
	case !ok || p.Controller != in.Controller:
		return nil, domain.RefuseField("entity.unknown", "person")
	case p.State == "erased" || p.State == "erasing":
		return nil, domain.RefuseField("person.is_erased", "person")
	case p.Into != "":
		return nil, domain.RefuseField("person.state", "person")
	}
	e := c.Requested
	if e.Kind == "disclosure" {
		e.Disclosure = ""
	} else if err := disclosed(in, e.Disclosure, e.Person); err != nil {
		return nil, err
	}
	if e.Representative == "" {
		e.Contact = ""
	} else if e.Contact == "" {
		e.Contact = in.NewID("contact")
	}
	e.ClockDays = in.Terms.Decide(e.Kind)
	e.DueOn = Clock{From: in.Occurred, Days: e.ClockDays}.Due(in.Terms.NextWorkingDay)
	return []event{&e}, nil
}

// disclosed demands that what is to be corrected or stopped was disclosed to the
// same person in time.
func disclosed(in domain.Intent, matter, person string) error {
	r, ok := in.Look.Rights(matter)
	if !ok || r.Controller != in.Controller || r.Kind != "disclosure" || r.Person != person || r.ExecutedOn == 0 ||
		in.Occurred < r.ExecutedOn || in.Occurred > r.ExecutedOn.Add(in.Terms.Disclosed) {
		return domain.RefuseField("rights.no_disclosure", "disclosure")
	}
	return nil
}

// IdentityChecked: who asks is who they say. Of a representative, the person was told.
type IdentityChecked struct {
	Method         string `fact:"method,code=id_card|my_number_card|passport|residence_card|two_papers|mailed_copy|seal_certificate|other"`
	Representative bool   `fact:"representative,flag"`
	PersonTold     bool   `fact:"person_told,flag"`
	Papers         string `sealed:"papers,P"`
}

func (e *IdentityChecked) Apply(m *Matter, _ domain.Envelope) {
	m.Checked, m.State = true, StateChecked
}

// CheckIdentity records the check.
type CheckIdentity struct{ IdentityChecked }

func (c *CheckIdentity) Decide(m *Matter, _ domain.Intent) ([]event, error) {
	if m.Checked && m.State == StateChecked {
		return nil, nil
	}
	if err := m.in(StateReceived); err != nil {
		return nil, err
	}
	if c.Representative && !c.PersonTold {
		return nil, domain.RefuseField("rights.person_told", "person_told")
	}
	return []event{&c.IdentityChecked}, nil
}

// ClockStopped: the request must be completed first (補正).
type ClockStopped struct {
	Reason string `fact:"reason,code=request_unclear|papers_missing|fee_unpaid"`
}

func (e *ClockStopped) Apply(m *Matter, env domain.Envelope) {
	m.State, m.Clock = StateStopped, m.Clock.Stop(env.Occurred)
}

// StopClock lets the clock stand still from the day it happened.
type StopClock struct{ ClockStopped }

func (c *StopClock) Decide(m *Matter, in domain.Intent) ([]event, error) {
	if m.State == StateStopped {
		return nil, nil
	}
	if err := m.in(StateReceived, StateChecked); err != nil {
		return nil, err
	}
	switch {
	case in.Occurred < max(m.Clock.From, m.Clock.Resumed):
		return nil, domain.RefuseField("date.order", "occurred_on")
	case in.Occurred > m.DueOn:
		return nil, domain.Refuse("rights.too_late")
	}
	return []event{&c.ClockStopped}, nil
}

// ClockResumed: the request is complete.
type ClockResumed struct {
	DueOn japan.Date `fact:"due_on,date,made"`
}

func (e *ClockResumed) Apply(m *Matter, env domain.Envelope) {
	m.Clock, m.DueOn, m.State = m.Clock.Resume(env.Occurred), e.DueOn, StateReceived
	if m.Checked {
		m.State = StateChecked
	}
}

// ResumeClock lets it go on.
type ResumeClock struct{ ClockResumed }

func (c *ResumeClock) Decide(m *Matter, in domain.Intent) ([]event, error) {
	if m.Clock.Resumed != 0 && m.Clock.Resumed == in.Occurred && m.State != StateStopped {
		return nil, nil
	}
	if err := m.in(StateStopped); err != nil {
		return nil, err
	}
	if in.Occurred < m.Clock.Stopped {
		return nil, domain.RefuseField("date.order", "occurred_on")
	}
	return []event{&ClockResumed{DueOn: m.Clock.Resume(in.Occurred).Due(in.Terms.NextWorkingDay)}}, nil
}

// Extended: more days, told to the person before the period was over.
type Extended struct {
	Days   int        `fact:"days,int"`
	DueOn  japan.Date `fact:"due_on,date,made"`
	Reason string     `fact:"reason,code=difficult|large_amount|third_person_heard|other"`
}

func (e *Extended) Apply(m *Matter, _ domain.Envelope) {
	m.Clock, m.DueOn = m.Clock.Extend(e.Days), e.DueOn
}

// Extend makes the period longer, once.
type Extend struct{ Extended }

func (c *Extend) Decide(m *Matter, in domain.Intent) ([]event, error) {
	if err := m.in(StateReceived, StateChecked); err != nil {
		return nil, err
	}
	switch {
	case c.Days < 1:
		return nil, domain.RefuseField("field.range", "days")
	case m.Clock.Extended > 0 || c.Days > in.Terms.Extension:
		return nil, domain.RefuseField("rights.extension", "days")
	case in.Occurred > m.DueOn:
		return nil, domain.Refuse("rights.too_late")
	}
	e := c.Extended
	e.DueOn = m.Clock.Extend(c.Days).Due(in.Terms.NextWorkingDay)
	return []event{&e}, nil
}
