package workplan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
)

// The lines of the sheet of fiscal 2019 in its own order, shortened.
var lines = []struct {
	cmd   domain.Command[fold]
	event event
}{
	{&workplan.SetMission{MissionSet: mission}, &mission},
	{&workplan.SetAim{AimSet: aim}, &aim},
	{&workplan.FlagPlan{PlanFlagged: other}, &other},
	{&workplan.FlagPlan{PlanFlagged: goal}, &goal},
	{&workplan.PlaceIndicator{IndicatorPlaced: *placed}, placed},
	{&workplan.SetValue{ValueSet: *base}, base},
	{&workplan.SetValue{ValueSet: *target}, target},
	{&workplan.SetValue{ValueSet: longTerm}, &longTerm},
	{&workplan.SetActual{ActualSet: *blank}, blank},
	{&workplan.SetProject{ProjectSet: project}, &project},
	{&workplan.RecordInitiative{InitiativeRecorded: initiative}, &initiative},
	{&workplan.RecordIssue{IssueRecorded: issue}, &issue},
}

var (
	mission  = workplan.MissionSet{No: 1, Text: "首都圏で、県の行政運営や地域の経済に資する知らせを集め、届ける"}
	aim      = workplan.AimSet{No: 1, Text: "県立東京ハローワークは、四月のうちに新橋館へ移る。"}
	other    = workplan.PlanFlagged{Column: "other", Flag: true}
	goal     = workplan.PlanFlagged{Column: "unit_goal", Flag: true, Text: "就職・移住・定住を増やす。"}
	longTerm = workplan.ValueSet{
		No: 1, Field: "long_term", Comparator: "ge", Value: number(30), Unit: "名", Text: "年間30名以上", At: "FY2019", AtText: "平成31年度",
	}
	project = workplan.ProjectSet{
		No: 1, Name: "首都圏の主要大学等との連携推進事業", BudgetYen: number(1_592_000), BudgetText: "1592千円",
	}
	initiative = workplan.InitiativeRecorded{
		No: 1, Title: "移住・しごと相談コーナーでの相談対応等", Result: "相談者は前の年度を大きく上回った。", Figures: []string{"f1", "f2"},
	}
	issue = workplan.IssueRecorded{No: 1, Issue: "目に留まりにくい。", NextStep: "岡山県と広告などを工夫する。"}
)

// Each line is written once, may be written anew, and stands on the sheet.
func TestSheetHoldsWhatIsPrinted(t *testing.T) {
	past := []event{drafted}
	for _, l := range lines {
		scene(t, past...).When(l.cmd).Then(l.event)
		past = append(past, l.event)
		scene(t, past...).When(l.cmd).ThenState(func(s *fold) { require.True(t, s.Touched) }).Nothing()
	}
	past = append(past, plan, final, public)
	scene(t, past...).When(&workplan.Publish{Published: *public}).ThenState(func(s *fold) {
		require.Equal(t, mission.Text, s.Mission[1])
		require.Equal(t, aim.Text, s.Aims[1])
		require.True(t, s.Flags["other"].Flag)
		require.NotContains(t, s.Flags, "policy_item")
		i := s.Indicators[1]
		require.Equal(t, 13, *i.Values["baseline"].Value)
		require.Equal(t, "30名以上", i.Values["target"].Text)
		require.Equal(t, "平成31年度", i.Values["long_term"].AtText)
		require.Nil(t, i.Values["start"])
		require.Equal(t, "1592千円", s.Projects[1].BudgetText)
		require.Equal(t, []string{"f1", "f2"}, s.Initiatives[1].Figures)
		require.Equal(t, issue, s.Issues[1])
		require.Equal(t, japan.FiscalYear(2019), s.FiscalYear())
		require.False(t, s.Touched)
	}).Nothing()
}

func TestNumbersAreInPrintedOrder(t *testing.T) {
	s := workplan.Aggregate.New()
	for _, no := range []int{3, 1, 2} {
		(&workplan.MissionSet{No: no, Text: "x"}).Apply(s, domain.Envelope{})
	}
	require.Equal(t, []int{1, 2, 3}, workplan.Numbers(s.Mission))
}
