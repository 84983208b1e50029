package workplan_test

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/workplan"
)

// laid lays out the lines of sheet_test.go and what else is given.
func laid(t *testing.T, format, language string, more ...event) workplan.Document {
	t.Helper()
	head := *drafted
	head.Format = format
	events := []event{&head}
	for _, l := range lines {
		events = append(events, l.event)
	}
	s := workplan.Aggregate.New()
	for _, e := range append(events, more...) {
		e.Apply(s, domain.Envelope{Stream: "workplan-TKO.2019.1"})
	}
	f, err := workplan.FormatOf(format)
	require.NoError(t, err)
	return workplan.Lay(s, f, printing(language))
}

func printing(language string) workplan.Printing {
	return workplan.Printing{
		Language: language, Head: "見本 長", Year: "令和元年度", Number: strconv.Itoa, Class: func(c string) string { return language + " " + c },
		Find: func(_, line string) (out []workplan.Found) {
			if at := strings.Index(line, "前の年度"); at >= 0 {
				out = append(out, workplan.Found{From: at, To: at + len("前の年度"), Figure: workplan.Figure{Indicator: "C1", Version: "v"}})
			}
			return out
		},
	}
}

func datum(t *testing.T, d workplan.Document, key string) workplan.Datum {
	t.Helper()
	for _, x := range d.Data {
		if x.Key == key {
			return x
		}
	}
	t.Fatalf("no datum %s", key)
	return workplan.Datum{}
}

// outline are the titles of the headings and tables of a document, in order.
func outline(d workplan.Document) (out []string) {
	for _, b := range d.Blocks {
		if b.Level > 0 {
			out = append(out, b.Title)
		} else if b.Table != nil {
			out = append(out, "|"+b.Table.Caption)
		}
	}
	return out
}

// What stands on the sheet, and in which order, is the format's alone.
func TestFormatsAreData(t *testing.T) {
	require.Equal(t, []string{
		"基本的事項", "|所管組織、所管責任者", "1. 政策内容と目標", "(1) 政策内容", "(2) 今年度の目標", "（参考）該当する長期的目標", "|該当する長期的目標",
		"所属で設定する長期目標", "2. 測定指標", "|指標1", "|指標1の値と時点", "|指標1の根拠", "3. 目標を実現するための主要事業・主要制度", "|主要事業・主要制度の表",
		"4. 評価", "■最終評価(年度末時点)", "|進捗と達成度", "|取組と成果", "|課題と今後の取組",
	}, outline(laid(t, "F2016", "ja", final)))
	require.Equal(t, []string{
		"基本的事項", "|所管組織、所管責任者", "1. 政策内容と目標", "(1) 政策内容", "SDGsのゴール", "(2) 今年度の目標", "（参考）該当する長期的目標", "|該当する長期的目標",
		"所属で設定する長期目標", "測定指標", "|指標1", "|指標1の値と時点", "|指標1の根拠", "主要事業・主要制度", "|主要事業・主要制度の表",
		"2. 評価", "■最終評価(年度末時点)", "|進捗と達成度", "|取組と成果", "|課題と今後の取組",
	}, outline(laid(t, "F2021", "ja", final)))
	old := outline(laid(t, "F2012", "ja", final))
	require.Contains(t, old, "(2) 長期的目標")
	require.Contains(t, old, "(3) 今年度の目標")
	require.True(t, datum(t, laid(t, "F2012", "ja"), "staff").Blank, "what nobody recorded is blank")
	require.Contains(t, outline(laid(t, "F2014", "ja")), "政策項目(アジェンダ)")
	require.NotContains(t, outline(laid(t, "F2016", "ja")), "4. 評価", "a plan has no evaluation")
	for _, d := range laid(t, "F2021", "ja").Data {
		require.NotEqual(t, "project.1.outline", d.Key, "the form of 2021 has no schedule")
	}
}

func TestEveryFormatIsPrinted(t *testing.T) {
	for _, name := range domain.Codes["sheet_format"] {
		f, err := workplan.FormatOf(name)
		require.NoError(t, err)
		require.Equal(t, name, f.Name)
		for _, m := range f.Marks {
			require.Contains(t, domain.Codes["mark"], m.Mark)
			require.True(t, strings.HasPrefix(m.Text["ja"], m.Symbol))
		}
	}
	_, err := workplan.FormatOf("F1999")
	require.Error(t, err)
}

// A format that could not be printed is refused with what is wrong with it.
func TestBrokenFormatsAreRefused(t *testing.T) {
	raw, err := os.ReadFile("formats/F2016.json")
	require.NoError(t, err)
	for _, c := range [][3]string{
		{`"field": "phone"`, `"field": "phono"`, "phono"},
		{`"field": "flag.other"`, `"field": "flag.others"`, "others"},
		{`"field": "indicator.name"`, `"field": "project.name"`, "cannot stand here"},
		{`[10, 17, 12, 22, 31, 8]`, `[10, 17, 12, 22, 39]`, "a table of 5"},
		{`"en": "Phone"`, `"en": ""`, "language is missing"},
		{`"first": 2016,`, `"frist": 2016,`, "unknown field"},
		{`"format": "F2016"`, `"format": ""`, "has a name"},
	} {
		broken := strings.Replace(string(raw), c[0], c[1], 1)
		require.NotEqual(t, string(raw), broken, c[0])
		_, err := workplan.ParseFormat([]byte(broken))
		require.ErrorContains(t, err, c[2])
	}
}

func TestABlankIsNeverZero(t *testing.T) {
	d := laid(t, "F2016", "ja", final)
	start := datum(t, d, "indicator.1.start")
	require.True(t, start.Blank)
	require.Nil(t, start.Value)
	require.Equal(t, "not_stated", datum(t, d, "indicator.1.actual").AbsentReason)
	for _, b := range d.Blocks {
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row {
				if c.Key == "indicator.1.start" || c.Key == "indicator.1.actual" {
					require.Equal(t, "（記載なし）", c.Text[0].String())
				}
			}
		}
	}
}

// A cell holds what was typed, a line each; one line printed as a list stands as
// one item for each of its sentences, and nothing of it is lost.
func TestLinesStandAsTyped(t *testing.T) {
	more := *final
	more.Reasons = "一つ。二つ（括弧の中。続き）三つ。残り"
	d := laid(t, "F2016", "ja", &more)
	var got []string
	for _, b := range d.Blocks {
		if b.Table != nil && b.Table.Caption == "進捗と達成度" {
			for _, p := range b.Table.Rows[1][1].Text {
				require.Equal(t, "○", p.Item)
				got = append(got, p.String())
			}
			require.Equal(t, []workplan.Run{{Text: "○", Big: true}, {Text: "(予定どおり)"}}, b.Table.Rows[0][1].Text[0].Runs)
		}
	}
	require.Equal(t, []string{"一つ。", "二つ（括弧の中。続き）三つ。", "残り"}, got)
	require.Equal(t, more.Reasons, datum(t, d, "evaluation.final.reasons").Text)
	require.Equal(t, "首都圏の主要大学等との連携推進事業", datum(t, d, "project.1.name").Text)
	require.Equal(t, 1_592_000, *datum(t, d, "project.1.budget").Value)
}

// Figures are numbered in the order in which they are printed, and lead back to
// their data.
func TestFiguresAreNumberedInOrder(t *testing.T) {
	d := laid(t, "F2016", "ja", final)
	require.Len(t, d.Figures, 4)
	for i, f := range d.Figures {
		require.Equal(t, i+1, f.Mark)
		require.Contains(t, datum(t, d, f.Key).Figures, f.Mark)
	}
	require.Equal(t, "IJUターン就職者、移住者数　基準値", d.Figures[0].Name)
	require.Equal(t, "initiative.1.result", d.Figures[3].Key)
	require.Equal(t, "前の年度", d.Figures[3].Text)
	require.Equal(t, []string{"f1", "f2"}, datum(t, d, "initiative.1.result").Register)
}

// The digest is known before the publication and the same after it, in both
// languages, whoever reads; it changes with every word and every reference.
func TestDigestFollowsTheContent(t *testing.T) {
	before := laid(t, "F2016", "ja", final)
	after := laid(t, "F2016", "ja", final, public)
	require.NotEqual(t, before.Edition, after.Edition)
	require.Equal(t, before.Digest(), after.Digest())
	require.Equal(t, before.Digest(), laid(t, "F2016", "en", final).Digest())
	require.Len(t, before.Digest(), 64)
	seen := map[string]bool{before.Digest(): true}
	for _, change := range []event{
		&workplan.AimSet{No: 1, Text: "別の目標"}, &workplan.MissionSet{No: 2, Text: "加えた使命"}, &workplan.PlanFlagged{Column: "policy_item", Flag: true},
		&workplan.ActualSet{No: 1, AbsentReason: "not_yet_known"}, &workplan.InitiativeRecorded{No: 1, Title: initiative.Title, Result: initiative.Result, Figures: []string{"f1"}},
	} {
		digest := laid(t, "F2016", "ja", final, change).Digest()
		require.False(t, seen[digest], "%T", change)
		seen[digest] = true
	}
	d := laid(t, "F2016", "ja", final)
	d.Figures[3].Until = "2020-03-31"
	require.False(t, seen[d.Digest()], "a figure that refers to another day")
	text, err := json.Marshal(before)
	require.NoError(t, err)
	require.Contains(t, string(text), "見本 長")
}

// A column that the format does not print is refused, in every format.
func TestColumnsAreTheFormats(t *testing.T) {
	for format, ok := range map[string]string{"F2012": "unit_goal", "F2014": "policy_item", "F2016": "other", "F2021": "sdgs"} {
		head := *drafted
		head.Format = format
		flag := workplan.PlanFlagged{Column: ok, Flag: true}
		scene(t, &head).When(&workplan.FlagPlan{PlanFlagged: flag}).Then(&flag)
		scene(t, &head).When(&workplan.FlagPlan{PlanFlagged: workplan.PlanFlagged{Column: "no_such"}}).Refused("workplan.column")
	}
}
