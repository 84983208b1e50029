package workplan

import (
	"reflect"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Edition is one published document of the sheet.
type Edition struct {
	No       int
	Kind     string // plan, evaluation or revision
	Document string // SHA-256 of the document
	Why      string // of a revision
	On       japan.Date
	By       string
}

// issue adds an edition.
func (s *Sheet) issue(env domain.Envelope, e Edition) {
	e.On, e.By = env.Occurred, env.RecordedBy
	s.Editions = append(s.Editions[:len(s.Editions):len(s.Editions)], e)
	s.Touched = false
}

// issued tells whether this very edition was published before.
func (s *Sheet) issued(no int, kind, document string) bool {
	return no >= 1 && no <= len(s.Editions) && s.Editions[no-1].Kind == kind && s.Editions[no-1].Document == document
}

// next answers the publication e of the edition no, which must follow the last
// one, from the state the sheet must be in.
func (s *Sheet) next(from string, no int, e event) ([]event, error) {
	if s.State != from {
		return nil, domain.Refuse("workplan.state")
	}
	if no != len(s.Editions)+1 {
		return nil, domain.RefuseField("workplan.edition", "edition")
	}
	return []event{e}, nil
}

// PlanPublished: the plan at the start of the year.
type PlanPublished struct {
	Edition  int    `fact:"edition,int"`
	Document string `fact:"document,digest"`
}

func (e *PlanPublished) Apply(s *Sheet, env domain.Envelope) {
	s.State = StatePlan
	s.issue(env, Edition{No: e.Edition, Kind: "plan", Document: e.Document})
}

// Evaluation is one evaluation and its day.
type Evaluation struct {
	Evaluated
	On japan.Date
}

// Evaluated: how the year went against the plan. The mark is a code, with the
// words as printed beside it; score and mark are human judgement.
type Evaluated struct {
	Kind     string `fact:"kind,code=evaluation_kind"`
	Mark     string `fact:"mark,code"`
	MarkText string `fact:"mark_text,word"`
	Score    *int   `fact:"score?,int"`
	Reasons  string `fact:"reasons,word"`
}

func (e *Evaluated) Apply(s *Sheet, env domain.Envelope) {
	s.State, s.Touched = StateFinal, true
	if e.Kind == "mid_year" {
		s.State = StateMid
	}
	s.Evaluations[e.Kind] = Evaluation{*e, env.Occurred}
}

// Published: the sheet with its final evaluation.
type Published struct {
	Edition  int    `fact:"edition,int"`
	Document string `fact:"document,digest"`
}

func (e *Published) Apply(s *Sheet, env domain.Envelope) {
	s.State = StatePublished
	s.issue(env, Edition{No: e.Edition, Kind: "evaluation", Document: e.Document})
}

// Revised: a later edition, with the reason for it. Earlier editions stay.
type Revised struct {
	Edition  int    `fact:"edition,int"`
	Why      string `fact:"why,word"`
	Document string `fact:"document,digest"`
}

func (e *Revised) Apply(s *Sheet, env domain.Envelope) {
	s.issue(env, Edition{No: e.Edition, Kind: "revision", Document: e.Document, Why: e.Why})
}

// PublishPlan publishes the plan.
type PublishPlan struct{ PlanPublished }

func (c *PublishPlan) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	if s.issued(c.Edition, "plan", c.Document) {
		return nil, nil
	}
	return s.next(StateDraft, c.Edition, &c.PlanPublished)
}

// Evaluate evaluates the year. No indicator may stand silently empty.
type Evaluate struct{ Evaluated }

func (c *Evaluate) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	if was, ok := s.Evaluations[c.Kind]; ok && reflect.DeepEqual(was.Evaluated, c.Evaluated) {
		return nil, nil
	}
	if s.State != StatePlan && (s.State != StateMid || c.Kind == "mid_year") {
		return nil, domain.Refuse("workplan.state")
	}
	for _, no := range Numbers(s.Indicators) {
		if s.Indicators[no].Actual == nil {
			return nil, domain.RefuseField("workplan.blank_actual", "absent_reason")
		}
	}
	return []event{&c.Evaluated}, nil
}

// Publish publishes the sheet with its final evaluation, once the gates of its
// period pass or are waived by name.
type Publish struct {
	Published
	Waiver
}

func (c *Publish) Decide(s *Sheet, in domain.Intent) ([]event, error) {
	if s.issued(c.Edition, "evaluation", c.Document) {
		return nil, nil
	}
	if _, err := s.next(StateFinal, c.Edition, &c.Published); err != nil {
		return nil, err
	}
	return s.gated(in, c.Edition, c.Waiver, &c.Published)
}

// Revise publishes a later edition, under the same gates.
type Revise struct {
	Revised
	Waiver
}

func (c *Revise) Decide(s *Sheet, in domain.Intent) ([]event, error) {
	if s.issued(c.Edition, "revision", c.Document) {
		return nil, nil
	}
	if _, err := s.next(StatePublished, c.Edition, &c.Revised); err != nil {
		return nil, err
	}
	return s.gated(in, c.Edition, c.Waiver, &c.Revised)
}
