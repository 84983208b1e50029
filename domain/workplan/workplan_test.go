package workplan_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/workplan"
	"ayumi/tests/given"
)

type (
	fold  = workplan.Sheet
	event = domain.Event[fold]
)

func number(n int) *int { return &n }

func digest(b string) string { return strings.Repeat(b, 32) }

var (
	drafted = &workplan.Drafted{
		Format: "F2016", FY: 2019, Bureau: "交流人口拡大本部", Unit: "東京本部",
		Policy: "首都圏からのIJUターン就職者、移住定住者の誘致", Phone: "03-0000-0000",
	}
	placed = &workplan.IndicatorPlaced{No: 1, Indicator: "K1@D-TKY", Name: "IJUターン就職者、移住者数", Class: "outcome"}
	target = &workplan.ValueSet{No: 1, Field: "target", Comparator: "ge", Value: number(30), Unit: "名", Text: "30名以上"}
	base   = &workplan.ValueSet{No: 1, Field: "baseline", Value: number(13), At: "FY2009", AtText: "平成21年度"}
	blank  = &workplan.ActualSet{No: 1, AbsentReason: "not_stated"}
	plan   = &workplan.PlanPublished{Edition: 1, Document: digest("0a")}
	mid    = &workplan.Evaluated{Kind: "mid_year", Mark: "behind", MarkText: "△", Reasons: "遅れ"}
	final  = &workplan.Evaluated{Kind: "final", Mark: "on_plan", MarkText: "○(予定どおり)", Score: number(8), Reasons: "窓口を休みなく開けた。"}
	public = &workplan.Published{Edition: 2, Document: digest("0b")}
	revise = &workplan.Revised{Edition: 3, Why: "誤記", Document: digest("0c")}
)

func scene(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, workplan.Aggregate, "TKO.2019.1").Counting(&given.Counted{}).Given(past...)
}

// TestMachine is events.md 5.12: what each publication and evaluation answers in
// each state.
func TestMachine(t *testing.T) {
	life := []struct {
		state string
		past  []event
	}{
		{"draft", []event{drafted, placed, blank}},
		{"plan_published", []event{drafted, placed, blank, plan}},
		{"mid_evaluated", []event{drafted, placed, blank, plan, mid}},
		{"final_evaluated", []event{drafted, placed, blank, plan, mid, final}},
		{"published", []event{drafted, placed, blank, plan, final, public}},
		{"revised", []event{drafted, placed, blank, plan, final, public, revise}},
	}
	yes, no, same := "then", "workplan.state", "nothing"
	again := &workplan.Revised{Edition: 4, Why: "誤記", Document: digest("0d")}
	for _, c := range []struct {
		cmd     domain.Command[fold]
		event   event
		answers []string
	}{
		{&workplan.PublishPlan{PlanPublished: *plan}, plan, []string{yes, same, same, same, same, same}},
		{&workplan.Evaluate{Evaluated: *mid}, mid, []string{no, yes, same, same, no, no}},
		{&workplan.Evaluate{Evaluated: *final}, final, []string{no, yes, yes, same, same, same}},
		{&workplan.Publish{Published: *public}, public, []string{no, no, no, yes, same, same}},
		{&workplan.Revise{Revised: *revise}, revise, []string{no, no, no, no, yes, same}},
		{&workplan.Revise{Revised: *again}, again, []string{no, no, no, no, "workplan.edition", yes}},
	} {
		for i, l := range life {
			s := scene(t, l.past...).When(c.cmd)
			switch want := c.answers[i]; want {
			case yes:
				s.Then(c.event)
			case same:
				s.Nothing()
			default:
				s.Refused(want)
			}
		}
	}
}

func TestEditionsFollowEachOther(t *testing.T) {
	scene(t, drafted).When(&workplan.PublishPlan{PlanPublished: workplan.PlanPublished{Edition: 2, Document: digest("0a")}}).
		Refused("workplan.edition")
	scene(t, drafted, placed, blank, plan, final, public).When(&workplan.Revise{Revised: *revise}).
		ThenState(func(s *fold) {
			require.Len(t, s.Editions, 3)
			require.Equal(t, []string{"plan", "evaluation", "revision"}, []string{s.Editions[0].Kind, s.Editions[1].Kind, s.Editions[2].Kind})
			require.Equal(t, "誤記", s.Editions[2].Why)
			require.Equal(t, "published", s.State)
			require.False(t, s.Touched)
		}).Then(revise)
}

// T27: a blank actual needs a reason; with one, the mark and the score stand.
func TestBlankActualNeedsAReason(t *testing.T) {
	scene(t, drafted, placed).When(&workplan.SetActual{ActualSet: workplan.ActualSet{No: 1}}).Refused("workplan.blank_actual")
	scene(t, drafted, placed, plan).When(&workplan.Evaluate{Evaluated: *final}).Refused("workplan.blank_actual")
	scene(t, drafted, placed, plan).When(&workplan.SetActual{ActualSet: *blank}).Then(blank)
	scene(t, drafted, placed, plan, blank).When(&workplan.Evaluate{Evaluated: *final}).
		ThenState(func(s *fold) {
			require.Equal(t, "not_stated", s.Indicators[1].Actual.AbsentReason)
			require.Nil(t, s.Indicators[1].Actual.Edition)
			require.Equal(t, 8, *s.Evaluations["final"].Score)
			require.Equal(t, "on_plan", s.Evaluations["final"].Mark)
		}).Then(final)
	figure := &workplan.ActualSet{No: 1, Figure: "f1", Edition: number(1)}
	scene(t, drafted, placed, plan, figure).When(&workplan.Evaluate{Evaluated: *final}).Then(final)
}

func TestRefusals(t *testing.T) {
	value := func(change func(*workplan.ValueSet)) domain.Command[fold] {
		v := *target
		change(&v)
		return &workplan.SetValue{ValueSet: v}
	}
	actual := func(a workplan.ActualSet) domain.Command[fold] { return &workplan.SetActual{ActualSet: a} }
	other := *drafted
	other.FY = 2020
	for _, c := range []struct {
		key  string
		past []event
		cmd  domain.Command[fold]
	}{
		{"workplan.stream", nil, &workplan.Draft{Drafted: other}},
		{"workplan.target", []event{drafted, placed}, value(func(v *workplan.ValueSet) { v.Value, v.Text = nil, "" })},
		{"workplan.target", []event{drafted, placed}, value(func(v *workplan.ValueSet) { v.Value = nil })},
		{"entity.unknown", []event{drafted}, &workplan.SetValue{ValueSet: *target}},
		{"entity.unknown", []event{drafted}, actual(*blank)},
		{"workplan.actual_twice", []event{drafted, placed}, actual(workplan.ActualSet{No: 1, Figure: "f1", Edition: number(1), AbsentReason: "not_stated"})},
		{"field.required", []event{drafted, placed}, actual(workplan.ActualSet{No: 1, Figure: "f1"})},
		{"field.range", []event{drafted}, &workplan.SetMission{MissionSet: workplan.MissionSet{No: 0, Text: "x"}}},
		{"field.range", []event{drafted}, &workplan.SetProject{ProjectSet: workplan.ProjectSet{No: 1, Name: "x", BudgetYen: number(-1)}}},
		{"workplan.column", []event{drafted}, &workplan.FlagPlan{PlanFlagged: workplan.PlanFlagged{Column: "unknown", Flag: true}}},
	} {
		scene(t, c.past...).When(c.cmd).Refused(c.key)
	}
}

func TestHeadIsSealedUnderAContact(t *testing.T) {
	d := *drafted
	d.Head = "（所属長名）"
	made := d
	made.Contact = domain.DeriveID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(t.Name())), "contact")
	scene(t).When(&workplan.Draft{Drafted: d}).
		ThenState(func(s *fold) { require.Empty(t, s.Head.Head) }).Then(&made)
	scene(t).When(&workplan.Draft{Drafted: *drafted}).Then(drafted)
	scene(t, drafted).When(&workplan.Draft{Drafted: *drafted}).Nothing()
}

// Whatever is asked in whatever order, decisions and folds do not panic, and
// editions count from 1 without a gap.
func TestAnyOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 15))
	for range 300 {
		s := workplan.Aggregate.New()
		for range 40 {
			events, err := anyCommand(rnd, len(s.Editions)+1).Decide(s, domain.Intent{Stream: "TKO.2019.1", Look: &given.World{}, Gates: &given.Counted{}})
			require.False(t, err != nil && len(events) > 0)
			for _, e := range events {
				e.Apply(s, domain.Envelope{Stream: "workplan-TKO.2019.1"})
			}
			for i, e := range s.Editions {
				require.Equal(t, i+1, e.No)
			}
		}
	}
}

func anyCommand(rnd *rand.Rand, edition int) domain.Command[fold] {
	no := rnd.IntN(3)
	cmds := []domain.Command[fold]{
		&workplan.Draft{Drafted: *drafted},
		&workplan.SetMission{MissionSet: workplan.MissionSet{No: no, Text: "x"}},
		&workplan.SetAim{AimSet: workplan.AimSet{No: no, Text: "x"}},
		&workplan.FlagPlan{PlanFlagged: workplan.PlanFlagged{Column: "other", Flag: no == 0}},
		&workplan.PlaceIndicator{IndicatorPlaced: workplan.IndicatorPlaced{No: no, Name: "x"}},
		&workplan.SetValue{ValueSet: workplan.ValueSet{No: no, Field: "start", Text: "x"}},
		&workplan.SetActual{ActualSet: workplan.ActualSet{No: no, AbsentReason: "not_yet_known"}},
		&workplan.SetProject{ProjectSet: workplan.ProjectSet{No: no, Name: "x"}},
		&workplan.RecordInitiative{InitiativeRecorded: workplan.InitiativeRecorded{No: no, Title: "x", Result: "y"}},
		&workplan.RecordIssue{IssueRecorded: workplan.IssueRecorded{No: no, Issue: "x", NextStep: "y"}},
		&workplan.PublishPlan{PlanPublished: workplan.PlanPublished{Edition: edition, Document: digest("0a")}},
		&workplan.Evaluate{Evaluated: *mid}, &workplan.Evaluate{Evaluated: *final},
		&workplan.Publish{Published: workplan.Published{Edition: edition, Document: digest("0b")}},
		&workplan.Revise{Revised: workplan.Revised{Edition: edition, Why: "x", Document: digest("0c")}},
	}
	return cmds[rnd.IntN(len(cmds))]
}
