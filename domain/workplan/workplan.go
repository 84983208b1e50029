// Package workplan keeps one stream per annual sheet of a unit and a policy: the
// plan, its indicators, what was done, the evaluation and the editions (events.md
// 4.15, 5.12; handbook.md 2). Blank is never zero: an actual stands as a figure
// or as the reason why it is absent.
package workplan

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream workplan.
var Aggregate = domain.Define(domain.Aggregate[Sheet]{
	Category: "workplan",
	New:      newSheet,
	Events: []domain.EventType[Sheet]{
		domain.Happens[Sheet, Drafted]("workplan.drafted"),
		domain.Happens[Sheet, MissionSet]("workplan.mission_set"),
		domain.Happens[Sheet, AimSet]("workplan.aim_set"),
		domain.Happens[Sheet, PlanFlagged]("workplan.plan_flagged"),
		domain.Happens[Sheet, IndicatorPlaced]("workplan.indicator_placed"),
		domain.Happens[Sheet, ValueSet]("workplan.value_set"),
		domain.Happens[Sheet, ActualSet]("workplan.actual_set"),
		domain.Happens[Sheet, ProjectSet]("workplan.project_set"),
		domain.Happens[Sheet, InitiativeRecorded]("workplan.initiative_recorded"),
		domain.Happens[Sheet, IssueRecorded]("workplan.issue_recorded"),
		domain.Happens[Sheet, PlanPublished]("workplan.plan_published"),
		domain.Happens[Sheet, Evaluated]("workplan.evaluated"),
		domain.Happens[Sheet, GatesWaived]("workplan.gates_waived"),
		domain.Happens[Sheet, Published]("workplan.published"),
		domain.Happens[Sheet, Revised]("workplan.revised"),
	},
	Commands: []domain.CommandType[Sheet]{
		domain.Begins[Sheet, Draft]("workplan.draft", domain.Analyst),
		domain.Can[Sheet, SetMission]("workplan.set_mission", domain.Analyst),
		domain.Can[Sheet, SetAim]("workplan.set_aim", domain.Analyst),
		domain.Can[Sheet, FlagPlan]("workplan.flag_plan", domain.Analyst),
		domain.Can[Sheet, PlaceIndicator]("workplan.place_indicator", domain.Analyst),
		domain.Can[Sheet, SetValue]("workplan.set_value", domain.Analyst),
		domain.Can[Sheet, SetActual]("workplan.set_actual", domain.Analyst),
		domain.Can[Sheet, SetProject]("workplan.set_project", domain.Analyst),
		domain.Can[Sheet, RecordInitiative]("workplan.record_initiative", domain.Analyst),
		domain.Can[Sheet, RecordIssue]("workplan.record_issue", domain.Analyst),
		domain.Can[Sheet, PublishPlan]("workplan.publish_plan", domain.Manager),
		domain.Can[Sheet, Evaluate]("workplan.evaluate", domain.Manager),
		domain.Can[Sheet, Publish]("workplan.publish", domain.Manager),
		domain.Can[Sheet, Revise]("workplan.revise", domain.Manager),
	},
})

// The states of a sheet (events.md 5.12).
const (
	StateDraft     = "draft"
	StatePlan      = "plan_published"
	StateMid       = "mid_evaluated"
	StateFinal     = "final_evaluated"
	StatePublished = "published"
)

// Sheet is the folded state of one stream: all that is printed. Maps go by the
// number printed on the sheet, from 1; Numbers gives their order.
type Sheet struct {
	ID, State   string
	Head        Drafted // without the sealed name
	Mission     map[int]string
	Aims        map[int]string
	Flags       map[string]PlanFlagged // by column
	Indicators  map[int]*Indicator
	Projects    map[int]ProjectSet
	Initiatives map[int]InitiativeRecorded
	Issues      map[int]IssueRecorded
	Evaluations map[string]Evaluation // by kind: mid_year, final
	Editions    []Edition
	Waivers     []GatesWaived // all, oldest first
	// Touched: something was written since the last edition.
	Touched bool
}

func newSheet() *Sheet {
	return &Sheet{
		Mission: map[int]string{}, Aims: map[int]string{}, Flags: map[string]PlanFlagged{},
		Indicators: map[int]*Indicator{}, Projects: map[int]ProjectSet{},
		Initiatives: map[int]InitiativeRecorded{}, Issues: map[int]IssueRecorded{},
		Evaluations: map[string]Evaluation{},
	}
}

// Numbers are the numbers of a part of the sheet in order.
func Numbers[T any](part map[int]T) []int { return slices.Sorted(maps.Keys(part)) }

// FiscalYear is the year of the sheet.
func (s *Sheet) FiscalYear() japan.FiscalYear { return japan.FiscalYear(s.Head.FY) }

type event = domain.Event[Sheet]

// write answers the event of a numbered line unless it already stands so.
func write(no int, same bool, e event) ([]event, error) {
	if no < 1 {
		return nil, domain.RefuseField("field.range", "no")
	}
	if same {
		return nil, nil
	}
	return []event{e}, nil
}

// Drafted: the sheet of a unit and a policy begins. The head of the unit is a
// named official, sealed under the key of a contact.
type Drafted struct {
	Format  string `fact:"format,code=sheet_format"`
	FY      int    `fact:"fy,int"`
	Bureau  string `fact:"bureau,word"`
	Unit    string `fact:"unit,word"`
	Policy  string `fact:"policy,word"`
	Phone   string `fact:"phone?,word"`
	Contact string `fact:"contact?,id"`
	Head    string `sealed:"head?,P,owner=contact"`
}

func (e *Drafted) Apply(s *Sheet, env domain.Envelope) {
	_, s.ID = domain.SplitStream(env.Stream)
	s.State, s.Head = StateDraft, *e
	s.Head.Head = ""
}

// Draft begins the stream, named <unit>.<fy>.<no>.
type Draft struct{ Drafted }

func (c *Draft) Decide(s *Sheet, in domain.Intent) ([]event, error) {
	if s.State != "" {
		return nil, nil
	}
	parts := strings.Split(in.Stream, ".")
	if len(parts) != 3 || parts[1] != strconv.Itoa(c.FY) {
		return nil, domain.RefuseField("workplan.stream", "fy")
	}
	e := c.Drafted
	if e.Head == "" {
		e.Contact = ""
	} else if e.Contact == "" {
		e.Contact = in.NewID("contact")
	}
	return []event{&e}, nil
}

// MissionSet: one line of the unit's mission.
type MissionSet struct {
	No   int    `fact:"no,int"`
	Text string `fact:"text,word"`
}

func (e *MissionSet) Apply(s *Sheet, _ domain.Envelope) { s.Mission[e.No], s.Touched = e.Text, true }

// SetMission writes one line of the mission.
type SetMission struct{ MissionSet }

func (c *SetMission) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	return write(c.No, s.Mission[c.No] == c.Text, &c.MissionSet)
}

// AimSet: one aim of the year.
type AimSet struct {
	No   int    `fact:"no,int"`
	Text string `fact:"text,word"`
}

func (e *AimSet) Apply(s *Sheet, _ domain.Envelope) { s.Aims[e.No], s.Touched = e.Text, true }

// SetAim writes one aim.
type SetAim struct{ AimSet }

func (c *SetAim) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	return write(c.No, s.Aims[c.No] == c.Text, &c.AimSet)
}

// PlanFlagged: whether the policy serves a plan of the prefecture, or the unit's
// own long-term goal in words.
type PlanFlagged struct {
	Column string `fact:"column,token"`
	Flag   bool   `fact:"flag,flag"`
	Text   string `fact:"text?,word"`
}

func (e *PlanFlagged) Apply(s *Sheet, _ domain.Envelope) { s.Flags[e.Column], s.Touched = *e, true }

// FlagPlan marks a column.
type FlagPlan struct{ PlanFlagged }

func (c *FlagPlan) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	f, err := FormatOf(s.Head.Format)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(f.Columns, c.Column) {
		return nil, domain.RefuseField("workplan.column", "column")
	}
	if was, ok := s.Flags[c.Column]; ok && was == c.PlanFlagged {
		return nil, nil
	}
	return []event{&c.PlanFlagged}, nil
}
