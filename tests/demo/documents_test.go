package demo_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/document"
	"ayumi/domain/indicator"
	"ayumi/domain/register"
	"ayumi/domain/workplan"
)

var updateDocuments = flag.Bool("update", false, "write the golden file of the reconciled sheet anew")

// sheetText is the published sheet of fiscal 2019 as text, in the order of the
// paper, from the events of the log.
func sheetText(s *workplan.Sheet) string {
	var b strings.Builder
	say := func(parts ...string) { fmt.Fprintln(&b, strings.Join(parts, "　")) }
	say(s.Head.Bureau, s.Head.Unit+"の工程表")
	say("所属名", s.Head.Unit, "電話番号", s.Head.Phone)
	for _, no := range workplan.Numbers(s.Mission) {
		say("○" + s.Mission[no])
	}
	say("1. 政策内容と目標")
	say(s.Head.Policy)
	for _, no := range workplan.Numbers(s.Aims) {
		say("○" + s.Aims[no])
	}
	say("2. 測定指標")
	for _, no := range workplan.Numbers(s.Indicators) {
		i := s.Indicators[no]
		say(fmt.Sprintf("(%d)", no), "指標名", i.Name)
		for _, field := range [][2]string{{"baseline", "基準値"}, {"target", "今年度目標値"}, {"long_term", "長期的目標値"}} {
			v := i.Values[field[0]]
			text := v.Text
			if text == "" {
				text = fmt.Sprint(*v.Value)
			}
			if v.AtText != "" {
				text += "（" + v.AtText + "）"
			}
			say(field[1], text)
		}
	}
	say("3. 目標を実現するための主要事業")
	for _, no := range workplan.Numbers(s.Projects) {
		say(fmt.Sprintf("(%d)", no), s.Projects[no].Name+"（"+s.Projects[no].BudgetText+"）")
	}
	say("4. 評価（年度末時点）")
	say("進捗評価", s.Evaluations["final"].MarkText, "達成度", fmt.Sprint(*s.Evaluations["final"].Score))
	say(s.Evaluations["final"].Reasons)
	say("元年度の取組")
	for _, no := range workplan.Numbers(s.Initiatives) {
		say(s.Initiatives[no].Title)
		say(s.Initiatives[no].Result)
	}
	for _, no := range workplan.Numbers(s.Issues) {
		say(s.Issues[no].Issue, s.Issues[no].NextStep)
	}
	say("- 1 -")
	return b.String()
}

// Every number of the published sheet is found and set beside the register of the
// sample: 13, 30, 168, 23, 187, 36, 8 and 7 of 12 agree.
func TestThePublishedSheetAgreesWithTheRegister(t *testing.T) {
	play(t)
	r, sheet := register.New("31"), workplan.Aggregate.New()
	for rec, err := range desk.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		require.NoError(t, r.Add(rec))
		if rec.Stream == "workplan-TKO.2019.1" {
			env, ev, err := workplan.Aggregate.Decode(rec)
			require.NoError(t, err)
			ev.Apply(sheet, env)
		}
	}
	book, err := indicator.Shipped()
	require.NoError(t, err)
	report, err := document.Reconcile(document.Lines(sheetText(sheet)), document.OnRecord(r, book), 0)
	require.NoError(t, err)
	require.EqualValues(t, 2019, report.Year)

	var b strings.Builder
	agreed := map[string]bool{}
	for _, f := range report.Findings {
		fmt.Fprintf(&b, "%d\t%s\t%s\t", f.Line, f.Text, f.State)
		if f.Known != nil {
			fmt.Fprintf(&b, "F-%04d %s %s %d", f.Known.Line, f.Known.Indicator, f.Known.Role, f.Known.Value)
		}
		for _, w := range f.Why {
			fmt.Fprintf(&b, "\t%s %s", w.Code, w.Word)
		}
		fmt.Fprintln(&b)
		agreed[strings.TrimRight(f.Text, "名校件千円")] = agreed[strings.TrimRight(f.Text, "名校件千円")] || f.State == document.Match
	}
	for _, x := range report.Rest {
		fmt.Fprintf(&b, "%d\t%s\t%s\n", x.Line, x.Text, x.Kind)
	}
	for _, n := range []string{"13", "30", "168", "23", "187", "36", "8", "7", "12", "1592"} {
		require.True(t, agreed[n], "%s in\n%s", n, b.String())
	}
	require.Zero(t, report.Count(document.Different))
	if *updateDocuments {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile("testdata/reconciled-fy2019.tsv", []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile("testdata/reconciled-fy2019.tsv")
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}
