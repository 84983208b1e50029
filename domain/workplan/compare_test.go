package workplan_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/workplan"
)

func folded(events ...event) *fold {
	s := workplan.Aggregate.New()
	for _, e := range events {
		e.Apply(s, domain.Envelope{Stream: "workplan-TKO.2019.1"})
	}
	return s
}

// everything is a sheet on which each kind of line stands.
func everything() []event {
	out := []event{drafted}
	for _, l := range lines {
		out = append(out, l.event)
	}
	return append(out, plan, mid, final, public)
}

// Two editions differ by exactly the lines that were written between them, in the
// order of the paper.
func TestCompareNamesWhatWasWritten(t *testing.T) {
	left := workplan.Lines(folded(everything()...))
	base2, actual := *base, workplan.ActualSet{No: 1, Figure: "f1", Edition: number(2), Text: "32名"}
	base2.Value = number(0)
	p := project
	p.BudgetYen, p.BudgetText = number(1_600_000), "1600千円"
	right := workplan.Lines(folded(append(everything(),
		&workplan.IssueRecorded{No: 2, Issue: "新しい課題", NextStep: "次"},
		&p, &actual, &base2, &workplan.PlanFlagged{Column: "other"},
	)...))
	require.Equal(t, []workplan.Change{
		{Part: "flags", Kind: "other", Field: "flag", Left: "1"},
		{Part: "values", No: 1, Kind: "baseline", Field: "value", Left: "13", Right: "0"},
		{Part: "actuals", No: 1, Field: "figure", Right: "f1"},
		{Part: "actuals", No: 1, Field: "edition", Right: "2"},
		{Part: "actuals", No: 1, Field: "text", Right: "32名"},
		{Part: "actuals", No: 1, Field: "absent_reason", Left: "not_stated"},
		{Part: "projects", No: 1, Field: "budget_yen", Left: "1592000", Right: "1600000"},
		{Part: "projects", No: 1, Field: "budget_text", Left: "1592千円", Right: "1600千円"},
		{Part: "issues", No: 2, Field: "issue", Right: "新しい課題"},
		{Part: "issues", No: 2, Field: "next_step", Right: "次"},
	}, workplan.Compare(left, right))
}

// Nothing differs from itself; the differences applied to the left give the right,
// and the other way round; places do not depend on the order of writing.
func TestCompareLaws(t *testing.T) {
	rnd := rand.New(rand.NewPCG(19, 3))
	differing := 0
	for range 2_000 {
		left, right := workplan.Lines(anySheet(rnd)), workplan.Lines(anySheet(rnd))
		require.Empty(t, workplan.Compare(left, left))
		there, back := workplan.Compare(left, right), workplan.Compare(right, left)
		require.Equal(t, right, workplan.Apply(left, there))
		require.Equal(t, left, workplan.Apply(right, back))
		require.Len(t, back, len(there))
		require.Equal(t, slices.Equal(left, right), len(there) == 0)
		for i, c := range there {
			require.Equal(t, c.Left, back[i].Right)
			require.Equal(t, c.Right, back[i].Left)
			before, l, r, after := c.Cut()
			require.Equal(t, c.Left, before+l+after)
			require.Equal(t, c.Right, before+r+after)
			differing++
		}
	}
	require.Greater(t, differing, 10_000, "the sheets differ too seldom to show anything")
}

// anySheet is a sheet of some lines in some order.
func anySheet(rnd *rand.Rand) *fold {
	words := []string{"x", "y", "一六八件", "168件", "169件"}
	word := func() string { return words[rnd.IntN(len(words))] }
	events := []event{drafted}
	for range rnd.IntN(30) {
		no := 1 + rnd.IntN(12)
		events = append(events, []event{
			&workplan.MissionSet{No: no, Text: word()}, &workplan.AimSet{No: no, Text: word()},
			&workplan.PlanFlagged{Column: word(), Flag: no%2 == 0, Text: word()},
			&workplan.IndicatorPlaced{No: no, Name: word(), Class: "outcome"},
			&workplan.ValueSet{No: no, Field: []string{"baseline", "start", "target", "long_term"}[rnd.IntN(4)], Value: number(rnd.IntN(2)), Unit: word()},
			&workplan.ActualSet{No: no, AbsentReason: "not_stated"}, &workplan.ActualSet{No: no, Figure: "f", Edition: number(no)},
			&workplan.ProjectSet{No: no, Name: word(), BudgetYen: number(no)}, &workplan.Evaluated{Kind: []string{"mid_year", "final"}[no%2], Mark: "behind", Reasons: word()},
			&workplan.InitiativeRecorded{No: no, Title: word(), Result: word(), Figures: []string{word()}}, &workplan.IssueRecorded{No: no, Issue: word(), NextStep: word()},
		}[rnd.IntN(11)])
	}
	return folded(events...)
}

// A line of every kind is seen: changing any field of any event changes a line.
func TestCompareSeesEveryField(t *testing.T) {
	left := workplan.Lines(folded(everything()...))
	score := *final
	score.Score = nil
	for _, e := range []event{
		&workplan.Drafted{Format: "F2016", FY: 2019, Bureau: drafted.Bureau, Unit: "大阪本部", Policy: drafted.Policy, Phone: drafted.Phone},
		&workplan.MissionSet{No: 1, Text: "x"}, &workplan.AimSet{No: 1, Text: "x"}, &workplan.PlanFlagged{Column: "unit_goal", Flag: true, Text: "x"},
		&workplan.IndicatorPlaced{No: 1, Indicator: "K2@D-TKY", Name: placed.Name, Class: placed.Class}, &workplan.IndicatorPlaced{No: 1, Indicator: placed.Indicator, Name: placed.Name},
		&workplan.ValueSet{No: 1, Field: "target", Comparator: "gt", Value: number(30), Unit: "名", Text: "30名以上"},
		&workplan.ValueSet{No: 1, Field: "long_term", Comparator: "ge", Value: number(30), Unit: "名", Text: "年間30名以上", At: "FY2020", AtText: "平成31年度"},
		&workplan.ActualSet{No: 1, AbsentReason: "not_yet_known"}, &workplan.ProjectSet{No: 1, Name: project.Name, BudgetYen: project.BudgetYen, BudgetText: project.BudgetText, Outline: "x"},
		&score, &workplan.InitiativeRecorded{No: 1, Title: initiative.Title, Result: initiative.Result, Figures: []string{"f1"}}, &workplan.IssueRecorded{No: 1, Issue: issue.Issue, NextStep: "x"},
	} {
		require.Len(t, workplan.Compare(left, workplan.Lines(folded(append(everything(), e)...))), 1, "%T %v", e, e)
	}
}

func TestCutKeepsNumbersWhole(t *testing.T) {
	for _, c := range []struct{ left, right, before, l, r, after string }{
		{"就業相談は168件。", "就業相談は169件。", "就業相談は", "168", "169", "件。"},
		{"1168件", "168件", "", "1168", "168", "件"},
		{"", "x", "", "", "x", ""}, {"x", "", "", "x", "", ""}, {"ああ", "あああ", "ああ", "", "あ", ""},
		{"１６８件", "１６件", "", "１６８", "１６", "件"},
	} {
		before, l, r, after := workplan.Change{Left: c.left, Right: c.right}.Cut()
		require.Equal(t, c, struct{ left, right, before, l, r, after string }{c.left, c.right, before, l, r, after})
	}
}

// Where nobody says which, a draft is set beside the last edition, else the last two.
func TestSides(t *testing.T) {
	sides := func(events ...event) [2]int {
		l, r := folded(events...).Sides()
		return [2]int{l, r}
	}
	require.Equal(t, [2]int{0, 0}, sides(drafted))
	require.Equal(t, [2]int{1, 1}, sides(drafted, plan))
	require.Equal(t, [2]int{1, 0}, sides(drafted, plan, &mission))
	require.Equal(t, [2]int{1, 2}, sides(drafted, plan, final, public))
	require.Equal(t, [2]int{2, 3}, sides(drafted, plan, final, public, revise))
}
