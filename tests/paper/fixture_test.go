package paper_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"ayumi/domain/workplan"
)

// fixture is the published sheet of fiscal 2019 (sheet-fy2019.yaml).
type fixture struct {
	Format, Title, Bureau, Unit, Head, Phone string
	FiscalYear                               int      `yaml:"fiscal_year"`
	YearLabels                               []string `yaml:"year_labels"`
	Mission                                  []string `yaml:"mission_own"`
	Policy                                   struct {
		Title string
		Aims  []struct {
			Text  string
			Facts map[string]any
		} `yaml:"aims_own"`
	}
	Flags      yaml.Node `yaml:"long_term_plan_flags"`
	UnitGoal   string    `yaml:"long_term_of_unit_own"`
	Indicators []struct {
		Number                     int
		Name, Class                string
		ClassLabel                 string `yaml:"class_label"`
		Baseline, Start, Target    printedValue
		Actual                     printedValue
		LongTerm                   printedValue `yaml:"long_term"`
		Plan                       *string
		OtherPlan, SelectionReason *string
	}
	Projects []struct {
		Number     int
		Name       string
		BudgetYen  int      `yaml:"budget_yen"`
		BudgetText string   `yaml:"budget_text"`
		Outline    []string `yaml:"outline_own"`
	}
	Evaluation struct {
		MidYear any `yaml:"mid_year"`
		Final   struct {
			Label, Mark string
			MarkSymbol  string `yaml:"mark_symbol"`
			MarkText    string `yaml:"mark_text"`
			Score       int
			Reasons     []string `yaml:"reasons_own"`
			Initiatives []struct {
				Title      string
				Result     string   `yaml:"result_own"`
				AfterHours []string `yaml:"after_hours_days"`
				Events     []any
				Figures    []struct {
					Code, Name          string
					Value, Previous     int
					PreviousLabel, AsOf string
					AsOfText            string `yaml:"as_of_text"`
					UnitStated          bool   `yaml:"unit_stated"`
					UnitAdopted         string `yaml:"unit_adopted"`
				}
				Agreement  struct{ With, KindLabel, Label string }
				Agreements struct {
					Label            string
					Universe, Signed int
				}
			}
			Issues []struct {
				Issue string `yaml:"issue_own"`
				Next  string `yaml:"next_own"`
				Facts map[string]any
			}
		}
	}
	Legend struct {
		JudgedAt string `yaml:"judged_at"`
		Marks    []struct{ Mark, Text string }
	}
}

type printedValue struct {
	Value      *int
	Text, At   string
	Unit       string
	Comparator string
	AtLabel    string `yaml:"at_label"`
	Absent     string `yaml:"absent_reason"`
}

func published(t *testing.T) fixture {
	t.Helper()
	raw, err := os.ReadFile("testdata/sheet-fy2019.yaml")
	require.NoError(t, err)
	var f struct{ Sheet fixture }
	require.NoError(t, yaml.Unmarshal(raw, &f))
	require.NotEmpty(t, f.Sheet.Title)
	return f.Sheet
}

// cell is a cell of the published sheet: the datum it must be, and its text.
// Woven: the demonstration weaves facts of the sheet into these words; what stands
// between them must be nothing but those.
type cell struct {
	key, text string
	woven     []string
}

// cells are every cell of the published sheet that holds words or numbers.
func (f fixture) cells() []cell {
	final := f.Evaluation.Final
	out := []cell{
		{"unit", f.Unit, nil}, {"head", f.Head, nil}, {"phone", f.Phone, nil}, {"mission", strings.Join(f.Mission, "\n"), nil}, {"policy", f.Policy.Title, nil},
	}
	var aims []string
	for _, a := range f.Policy.Aims {
		aims = append(aims, a.Text)
	}
	out = append(out, cell{"aims", strings.Join(aims, "\n"), nil}, cell{"text.unit_goal", f.UnitGoal, nil})
	for _, i := range f.Indicators {
		at := "indicator." + strconv.Itoa(i.Number)
		out = append(out, cell{at + ".name", i.Name, nil}, cell{at + ".class", i.ClassLabel, nil},
			cell{at + ".baseline", strconv.Itoa(*i.Baseline.Value), nil}, cell{at + ".target", i.Target.Text, nil}, cell{at + ".long_term", i.LongTerm.Text, nil},
			cell{at + ".baseline_at", i.Baseline.AtLabel, nil}, cell{at + ".long_term_at", i.LongTerm.AtLabel, nil})
	}
	for _, p := range f.Projects {
		at := "project." + strconv.Itoa(p.Number)
		out = append(out, cell{at + ".no", strconv.Itoa(p.Number), nil}, cell{at + ".name", p.Name, nil}, cell{at + ".budget", p.BudgetText, nil},
			cell{at + ".outline", strings.Join(p.Outline, "。") + "。", nil})
	}
	out = append(out, cell{"evaluation.final.mark", final.MarkText, nil}, cell{"evaluation.final.score", strconv.Itoa(final.Score), nil},
		cell{"evaluation.final.reasons", strings.Join(final.Reasons, ""), nil})
	for i, x := range final.Initiatives {
		at := "initiative." + strconv.Itoa(i+1)
		// The demonstration says how many where these words say that it is most of them.
		words := strings.Replace(x.Result, "対象の大学の過半", "のうち", 1)
		out = append(out, cell{at + ".title", x.Title, nil}, cell{at + ".result", words, f.facts(i)})
	}
	for i, x := range final.Issues {
		at := "issue." + strconv.Itoa(i+1)
		woven := []string{}
		if with, ok := x.Facts["with"].(string); ok {
			woven = append(woven, with)
		}
		out = append(out, cell{at + ".issue", x.Issue, nil}, cell{at + ".next_step", x.Next, woven})
	}
	return out
}

// facts are what an initiative states besides its words.
func (f fixture) facts(no int) (out []string) {
	x := f.Evaluation.Final.Initiatives[no]
	days := map[string]string{"thu": "木", "fri": "金", "sat": "土"}
	for _, d := range x.AfterHours {
		out = append(out, days[d])
	}
	for _, e := range x.Events {
		switch e := e.(type) {
		case string:
			out = append(out, e)
		case map[string]any:
			out = append(out, e["name"].(string)+"（"+e["label"].(string)+"）")
		}
	}
	for _, g := range x.Figures {
		out = append(out, g.Name+" "+strconv.Itoa(g.Value)+"（前年度 "+strconv.Itoa(g.Previous)+"）", g.AsOfText)
	}
	if x.Agreement.With != "" {
		out = append(out, x.Agreement.With)
	}
	if a := x.Agreements; a.Label != "" {
		out = append(out, a.Label, strconv.Itoa(a.Universe)+"校のうち"+strconv.Itoa(a.Signed)+"校")
	}
	return out
}

// titles are the titles of the sheet in their order.
func (f fixture) titles() []string {
	out := []string{f.Title}
	for i := 0; i < len(f.Flags.Content); i += 2 {
		out = append(out, f.Flags.Content[i].Value)
	}
	out = append(out, f.Evaluation.Final.Label)
	for _, m := range f.Legend.Marks {
		out = append(out, m.Text)
	}
	return out
}

// same proves that a datum says what the fixture says.
func (c cell) same(t *testing.T, d workplan.Datum) {
	t.Helper()
	if c.woven == nil {
		require.Equal(t, bare(c.text), bare(d.Text), c.key)
		return
	}
	for _, fact := range c.woven {
		require.Contains(t, bare(d.Text), bare(fact), c.key)
	}
	rest := []rune(bare(d.Text))
	for _, r := range bare(c.text) {
		for len(rest) > 0 && rest[0] != r {
			rest = rest[1:]
		}
		require.NotEmpty(t, rest, "%s: %q of the published words is missing", c.key, r)
		rest = rest[1:]
	}
}
