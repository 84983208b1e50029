package document

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/register"
	"ayumi/domain/workplan"
)

// TestOnRecord lays a register out: editions, what is taken in, what a sheet
// states, and names without a value.
func TestOnRecord(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	period := japan.Period{From: japan.On(2019, 4, 1), To: japan.On(2020, 2, 29)}
	old := &figure.Edition{Proposed: figure.Proposed{Edition: 1, Value: 187, KnownAt: japan.On(2020, 3, 16)}, Status: "preliminary", ReplacedBy: 2}
	corrected := &figure.Edition{Proposed: figure.Proposed{Edition: 2, Value: 185, KnownAt: japan.On(2020, 6, 15)}, Status: "corrected"}
	c2 := &figure.Figure{Indicator: "C2@D-TKY", Period: period, Editions: []*figure.Edition{old, corrected}}
	statement := &figure.Statement{Imported: figure.Imported{Value: 13}}
	k1 := &figure.Figure{Indicator: "K1@D-TKY", Period: japan.FiscalYear(2009).Whole(), Imports: []*figure.Statement{statement}}
	whole := japan.FiscalYear(2019).Whole()
	schools := func(id string, value int) *figure.Figure {
		return &figure.Figure{Indicator: id + "@31", Period: whole, Editions: []*figure.Edition{{Proposed: figure.Proposed{Edition: 1, Value: value}, Status: "final"}}}
	}
	u0, u1 := schools("U0", 12), schools("U1", 7)
	sheet := workplan.Aggregate.New()
	thirty, score, budget := 30, 8, 1592000
	sheet.Head.FY = 2019
	sheet.Indicators[1] = &workplan.Indicator{IndicatorPlaced: workplan.IndicatorPlaced{No: 1, Indicator: "K1@D-TKY", Name: "就職者と移住者"},
		Values: map[string]*workplan.ValueSet{"target": {Value: &thirty, Comparator: "ge", Unit: "名"}}}
	sheet.Projects[1] = workplan.ProjectSet{No: 1, Name: "連携推進事業", BudgetYen: &budget}
	sheet.Evaluations["final"] = workplan.Evaluation{Evaluated: workplan.Evaluated{Score: &score}}
	r := register.New("31")
	for _, l := range []*register.Line{
		{Kind: register.KindCounted, Stream: "c2", Figure: c2, Edition: old},
		{Kind: register.KindCounted, Stream: "c2", Figure: c2, Edition: corrected},
		{Kind: register.KindImported, Stream: "k1", Figure: k1, Imported: statement},
		{Kind: register.KindTarget, Stream: "TKO.2019.1", Sheet: sheet, Row: 1},
		{Kind: register.KindCounted, Stream: "u0", Figure: u0, Edition: u0.Editions[0]},
		{Kind: register.KindCounted, Stream: "u1", Figure: u1, Edition: u1.Editions[0]},
	} {
		l.No = len(r.Lines) + 1
		r.Lines = append(r.Lines, l)
	}
	known := OnRecord(r, book)

	states := func(text string) (out []State, lines []int) {
		for _, f := range reconciled(t, Lines(text), known, 2019).Findings {
			out = append(out, f.State)
			if f.Known != nil {
				lines = append(lines, f.Known.Line)
			}
		}
		return out, lines
	}
	for text, want := range map[string]struct {
		state State
		line  int
	}{
		"移住相談 185件、2月末現在":                   {Match, 2},
		"移住相談 187件、2月末現在":                   {OtherTime, 1},
		"Relocation consultations: 185":     {Match, 2},
		"就職者と移住者 13名（平成21年度）":               {Match, 3},
		"就職者と移住者の目標値 30名以上":                 {Match, 4},
		"対象大学と協定締結校 7/12":                   {Match, 6},
		"連携推進事業（1592千円）":                    {Match, 0},
		"連携推進事業（1600千円）":                    {Different, 0},
		"達成度 8":                             {Match, 0},
		"関係人口 40人":                          {Unknown, 0},
		"Universities in scope, FY2019: 12": {Match, 5},
	} {
		state, line := states(text)
		require.Equal(t, []State{want.state}, state, text)
		if want.line > 0 {
			require.Equal(t, []int{want.line}, line, text)
		}
	}
	f := reconciled(t, Lines("関係人口 40人"), known, 2019).Findings[0]
	require.Equal(t, "not_registered", f.Why[len(f.Why)-1].Code, "the name is known")
}
