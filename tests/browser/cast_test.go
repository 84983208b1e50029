package browser_test

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/scenario"
)

// cast is what the scripts know of the scenario.
type cast struct {
	People  []member // with an open case at the desk in Tokyo, the fullest first
	Planted []string // what nobody but a counsellor may read
}

type member struct {
	ID, Name, Kana, Case string
	Told                 int // commands on the case
}

// spoken are the commands' data that name persons, or tell what they said.
type spoken struct {
	Person, Case, Desk                     string
	Family, Given, FamilyKana, GivenKana   string
	Display, Value, Note, Summary, Address string
}

func (s *spoken) UnmarshalJSON(raw []byte) error {
	var d map[string]any
	if err := json.Unmarshal(raw, &d); err != nil {
		return err
	}
	for name, to := range map[string]*string{"person": &s.Person, "case": &s.Case, "desk": &s.Desk, "family": &s.Family, "given": &s.Given,
		"family_kana": &s.FamilyKana, "given_kana": &s.GivenKana, "display": &s.Display, "value": &s.Value, "note": &s.Note,
		"summary": &s.Summary, "address": &s.Address} {
		*to, _ = d[name].(string)
	}
	return nil
}

func castOf(t *testing.T, lines []scenario.Line) cast {
	people, cases, out := map[string]*member{}, map[string]*member{}, cast{}
	for _, line := range lines {
		var d spoken
		require.NoError(t, json.Unmarshal(line.Data, &d))
		if m := cases[d.Case]; m != nil {
			m.Told++
		}
		switch line.Command {
		case "person.register":
			people[d.Person] = &member{ID: d.Person, Name: d.Family + d.Given, Kana: d.FamilyKana + d.GivenKana}
			out.Planted = append(out.Planted, d.Family+d.Given, d.Family+" "+d.Given, d.Family+"　"+d.Given, d.FamilyKana+" "+d.GivenKana, d.Address)
		case "person.add_contact":
			out.Planted = append(out.Planted, d.Value, d.Display)
		case "case.open":
			if d.Desk == "D-TKY" {
				if m := people[d.Person]; m != nil {
					m.Case = d.Case
					cases[d.Case] = m
				}
			}
		case "case.close", "case.make_dormant":
			delete(cases, d.Case)
		}
		if !strings.HasPrefix(line.Command, "figure.") { // its notes are public wording
			out.Planted = append(out.Planted, d.Note, d.Summary)
		}
	}
	for _, m := range cases {
		if m != nil {
			out.People = append(out.People, *m)
		}
	}
	slices.SortFunc(out.People, func(a, b member) int { return cmp.Or(cmp.Compare(b.Told, a.Told), cmp.Compare(a.ID, b.ID)) })
	out.Planted = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(out.Planted))), func(s string) bool { return len([]rune(s)) < 4 })
	require.NotEmpty(t, out.People)
	return out
}
