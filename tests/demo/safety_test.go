package demo_test

import (
	"context"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app/demo"
	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/person"
	"ayumi/domain/scenario"
	"ayumi/domain/workplan"
)

// secrets are the personal texts the commands of the scenario state: the test
// reads them from the data, where the fields that seal them are known.
func secrets(t *testing.T) map[string]bool {
	t.Helper()
	play(t)
	lines, err := scenario.Parse(demo.Open())
	require.NoError(t, err)
	sealed := map[string][]string{}
	for _, s := range desk.Office.Shapes() {
		for _, f := range s.Fields {
			if f.Place == domain.InSealed {
				sealed[s.Name] = append(sealed[s.Name], f.Name)
			}
		}
	}
	out := map[string]bool{}
	for _, l := range lines {
		data := map[string]any{}
		require.NoError(t, json.Unmarshal(l.Data, &data))
		for _, field := range sealed[l.Command] {
			switch v := data[field].(type) {
			case string:
				out[v] = true
			case map[string]any:
				for _, text := range v {
					out[text.(string)] = true
				}
			}
		}
	}
	return out
}

var plainWord = regexp.MustCompile(`^([0-9-]{1,10}|\p{Hiragana}{1,3})$`)

// public words may stand in clear although somebody's sealed text is the same:
// what an employer or a municipality is called.
var public = []string{"employer.registered", "employer.vacancy_opened", "partner.registered", "university.registered", "outreach.scheduled", "workplan.drafted"}

// TestNoPlantedTextIsStored: no name, number, address or note of the scenario
// stands in any stored body.
func TestNoPlantedTextIsStored(t *testing.T) {
	planted := secrets(t)
	for _, want := range []string{"髙橋", "𠮷田", "渡邊", "例子", "架名", "09000000001", "LINE:Udemo0001", "demo0001@example.jp", "もう連絡しないでください。"} {
		require.True(t, planted[want] || want == "demo0001@example.jp", want)
	}
	var texts []string
	for text := range planted {
		// A single letter, a syllable, a day or the code of a municipality is part
		// of public words, of ids and of the facts of a move.
		if utf8.RuneCountInString(text) > 1 && len(text) > 4 && !plainWord.MatchString(text) {
			texts = append(texts, text)
		}
	}
	require.Greater(t, len(texts), 400)
	for rec, err := range desk.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		if slices.Contains(public, rec.Type) {
			continue
		}
		body := string(rec.Body)
		for _, text := range texts {
			require.False(t, strings.Contains(body, text), "%s at %d holds %s", rec.Type, rec.Position, text)
		}
	}
}

// stands folds a stream of the demonstration.
func stands[S any](t *testing.T, a *domain.Aggregate[S], stream string) *S {
	t.Helper()
	s := a.New()
	for rec, err := range desk.Store.Stream(context.Background(), stream, 0) {
		require.NoError(t, err)
		env, ev, err := a.Decode(rec)
		require.NoError(t, err)
		ev.Apply(s, env)
	}
	return s
}

// streams of a category, in order of their beginning.
func streams(t *testing.T, category string) []string {
	t.Helper()
	play(t)
	var out []string
	seen := map[string]bool{}
	for _, e := range events {
		if strings.HasPrefix(e.stream, category+"-") && !seen[e.stream] {
			seen[e.stream] = true
			out = append(out, e.stream)
		}
	}
	return out
}

// TestPeopleAndSafety is section 10.
func TestPeopleAndSafety(t *testing.T) {
	confidential, restricted, withdrawn, dismissed := 0, 0, 0, 0
	for _, s := range streams(t, "person") {
		p := stands(t, person.Aggregate, s)
		if p.Confidentiality.Set {
			confidential++
		}
		if p.State() == "restricted" {
			restricted++
		}
		for _, c := range p.Consents {
			if c.Withdrawn {
				withdrawn++
			}
		}
		for _, pair := range p.Pairs {
			if pair.Dismissed == "different_person" {
				dismissed++
			}
		}
	}
	require.Equal(t, []int{1, 1, 1, 1}, []int{confidential, restricted, withdrawn, dismissed})

	referrals, flagged, waiting, taken := map[string]int{}, 0, 0, 0
	for _, s := range streams(t, "case") {
		c := stands(t, casefile.Aggregate, s)
		for _, r := range c.Referrals {
			referrals[r.State]++
		}
		switch {
		case c.Handover.To == "":
		case c.Handover.Acknowledged:
			taken++
		default:
			waiting++
		}
	}
	for _, e := range events {
		if n, _ := e.facts.Int("confidential_flag_sent"); n == 1 {
			flagged++
			require.NotContains(t, e.facts.Text("fields"), "address")
		}
	}
	require.Equal(t, []int{1, 1, 1}, []int{flagged, taken, waiting})
	require.Equal(t, 1, referrals["lapsed"])
	require.Equal(t, 1, referrals["cancelled"])
	for _, state := range []string{"sent", "received", "accepted", "in_progress", "declined", "returned", "completed"} {
		require.NotZero(t, referrals[state], state)
	}
	roles := map[string]int{}
	for _, e := range events {
		if e.typ == "account.role_granted" {
			roles[e.facts.Text("role")]++
		}
	}
	require.Equal(t, map[string]int{"CO": 4, "LD": 1, "AN": 1, "MG": 1, "AU": 1, "RO": 1, "PO": 1, "PT": 1, "AD": 1}, roles)
}

// TestSheet: the sheet stands as printed; the blank actual stays blank.
func TestSheet(t *testing.T) {
	play(t)
	s := stands(t, workplan.Aggregate, "workplan-TKO.2019.1")
	require.Equal(t, workplan.StatePublished, s.State)
	i := s.Indicators[1]
	require.Equal(t, 13, *i.Values["baseline"].Value)
	require.Equal(t, 30, *i.Values["target"].Value)
	require.Equal(t, "年間30名以上", i.Values["long_term"].Text)
	require.Nil(t, i.Values["start"])
	require.Empty(t, i.Actual.Figure)
	require.Equal(t, "not_stated", i.Actual.AbsentReason)
	final := s.Evaluations["final"]
	require.Equal(t, "on_plan", final.Mark)
	require.Equal(t, 8, *final.Score)
	require.Equal(t, 1592000, *s.Projects[1].BudgetYen)
	require.True(t, s.Flags["other"].Flag)
	require.Len(t, s.Mission, 3)
	require.Len(t, s.Aims, 3)
	require.Len(t, s.Initiatives, 3)
	require.Len(t, s.Issues, 4)
	require.Len(t, s.Editions, 2)
}

// TestScenarioIsWritten: lines are in order of time, and every one of them says
// who gave the command.
func TestScenarioIsWritten(t *testing.T) {
	text, err := io.ReadAll(demo.Open())
	require.NoError(t, err)
	lines, err := scenario.Parse(strings.NewReader(string(text)))
	require.NoError(t, err)
	require.Equal(t, "log.begin", lines[0].Command)
	require.Equal(t, strings.Count(string(text), "\n"), len(lines))
}
