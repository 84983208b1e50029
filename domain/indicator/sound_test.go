package indicator_test

import (
	"errors"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// faults are the refusals of a definition, as key and field.
func faults(t *testing.T, err error) []string {
	var all domain.Refusals
	require.ErrorAs(t, err, &all)
	var out []string
	for _, r := range all {
		out = append(out, r.Key+" "+r.Field)
	}
	slices.Sort(out)
	return out
}

// proposed is a shipped definition as a new version, with parameters set, or taken
// out where the value is "".
func proposed(t *testing.T, book *indicator.Book, id string, set map[string]string) indicator.Definition {
	t.Helper()
	d, ok := book.Named(id, "tot-2019.1")
	require.True(t, ok, id)
	d.Version, d.Parameters = "new.1", maps.Clone(d.Parameters)
	if d.Parameters == nil {
		d.Parameters = map[string]string{}
	}
	for k, v := range set {
		if d.Parameters[k] = v; v == "" {
			delete(d.Parameters, k)
		}
	}
	return d
}

type set = map[string]string

// Every shipped definition can be proposed anew; each change below makes it one
// that cannot be, and the field and the reason are named.
func TestDefinitionsThatCannotBeAreRefused(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	for _, d := range book.All() {
		_, err := book.Sound(proposed(t, book, d.Indicator, nil))
		require.NoError(t, err, d.Indicator)
		_, err = book.Sound(d)
		require.Equal(t, []string{"indicator.version version"}, faults(t, err), "a version name is used once")
		for name := range d.Parameters {
			if d.Parameters["categories"] == "" || name != "categories" {
				optional := name == "after_hours"
				_, err = book.Sound(proposed(t, book, d.Indicator, set{name: ""}))
				require.Equal(t, optional, err == nil, "%s without %s", d.Indicator, name)
				if !optional {
					require.Contains(t, faults(t, err), "indicator.parameter "+name)
				}
			}
			_, err = book.Sound(proposed(t, book, d.Indicator, set{name: "smoke signals"}))
			require.Contains(t, faults(t, err), "indicator.parameter_value "+name, d.Indicator)
		}
		_, err = book.Sound(proposed(t, book, d.Indicator, set{"colour": "red"}))
		require.Equal(t, []string{"indicator.parameter_unknown colour"}, faults(t, err), d.Indicator)
	}
	for name, c := range map[string]struct {
		id     string
		set    set
		change func(*indicator.Definition)
		want   []string
	}{
		"rule":          {id: "C0", change: func(d *indicator.Definition) { d.Rule = "guess" }, want: []string{"indicator.rule rule"}},
		"unit":          {id: "C0", change: func(d *indicator.Definition) { d.Unit = "persons" }, want: []string{"indicator.unit unit"}},
		"basis":         {id: "P0", change: func(d *indicator.Definition) { d.Basis = "gross" }, want: []string{"indicator.basis basis"}},
		"class":         {id: "C0", change: func(d *indicator.Definition) { d.Class = "" }, want: []string{"indicator.class class"}},
		"official_from": {id: "C0", change: func(d *indicator.Definition) { d.OfficialFrom = "2019-02-30" }, want: []string{"indicator.official_from official_from"}},
		"names": {id: "C0", change: func(d *indicator.Definition) { d.Indicator, d.Version = "C 0", "" },
			want: []string{"indicator.name indicator", "indicator.name version"}},
		"several at once": {id: "C0", set: set{"channels": "smoke", "colour": "red"}, change: func(d *indicator.Definition) { d.Unit = "percent" },
			want: []string{"indicator.parameter_unknown colour", "indicator.parameter_value channels", "indicator.unit unit"}},
		"does not apply":       {id: "C0", set: set{"class_rule": "tot-cls-1"}, want: []string{"indicator.parameter_unused class_rule"}},
		"looks back":           {id: "C0", set: set{"attribution_months": "36"}, want: []string{"indicator.looks_back attribution_months"}},
		"once per episode":     {id: "R1", set: set{"once_per": "episode"}, want: []string{"indicator.looks_back once_per"}},
		"stay without a stay":  {id: "K1", set: set{"stay_days": "365"}, want: []string{"indicator.looks_back stay_days"}},
		"months of nothing":    {id: "K1", set: set{"attribution": "none"}, want: []string{"indicator.looks_back attribution_months"}},
		"codes out of order":   {id: "C1", set: set{"categories": "student,job"}, want: []string{"indicator.parameter_value categories"}},
		"codes twice":          {id: "C1", set: set{"categories": "job,job"}, want: []string{"indicator.parameter_value categories"}},
		"months not a number":  {id: "K1", set: set{"attribution_months": "+36"}, want: []string{"indicator.parameter_value attribution_months"}},
		"months of ages":       {id: "K1", set: set{"attribution_months": "99999999999999999999"}, want: []string{"indicator.parameter_value attribution_months"}},
		"no such rule of move": {id: "R1", set: set{"class_rule": "hok-cls-9"}, want: []string{"indicator.parameter_value class_rule"}},
		"one category in both": {id: "C12", set: set{"relocation_map": "housing,job"}, want: []string{"indicator.overlap relocation_map"}},
		"agreement ends first": {id: "U1", set: set{"agreement_to": "2016-03-31"}, want: []string{"indicator.never agreement_to"}},
		"no window is left": {id: "M1", set: set{"channels": "fair_booth", "event_channels": "fair_booth"},
			want: []string{"indicator.never survey_part"}},
		"mail has no hours": {id: "H1", set: set{"channels": "email,letter"}, want: []string{"indicator.never after_hours"}},

		"itself":              {id: "H2", set: set{"denominator": "H2"}, want: []string{"indicator.part_itself denominator"}},
		"nobody knows it":     {id: "H2", set: set{"numerator": "Z9", "denominator": "Z8"}, want: []string{"indicator.part_unknown denominator", "indicator.part_unknown numerator"}},
		"ratio of a ratio":    {id: "H2", set: set{"denominator": "F5"}, want: []string{"indicator.part_ratio denominator"}},
		"ratio of a median":   {id: "H2", set: set{"numerator": "D1"}, want: []string{"indicator.part_ratio numerator"}},
		"always 100":          {id: "H2", set: set{"numerator": "C0"}, want: []string{"indicator.part_same denominator"}},
		"persons by sessions": {id: "N2", set: set{"denominator": "C0"}, want: []string{"indicator.part_unit denominator"}},
		"corner by desk":      {id: "H2", set: set{"denominator": "B0"}, want: []string{"indicator.part_scope denominator"}},
		"not below the line":  {id: "H2", set: set{"numerator": "C2", "denominator": "C1"}, want: []string{"indicator.part_outside numerator"}},
		"knows everything":    {id: "N2", set: set{"unknown_in_denominator": "no"}, want: []string{"indicator.knows_all unknown_in_denominator"}},
		"rounding by luck":    {id: "H2", set: set{"rounding": "random", "scale": "9"}, want: []string{"indicator.parameter_value rounding", "indicator.parameter_value scale"}},
		"sessions are gross":  {id: "H2", change: func(d *indicator.Definition) { d.Basis = "distinct" }, want: []string{"indicator.basis basis"}},
		"without a basis":     {id: "H2", change: func(d *indicator.Definition) { d.Basis = "" }, want: []string{"indicator.basis basis"}},
	} {
		d := proposed(t, book, c.id, c.set)
		if c.change != nil {
			c.change(&d)
		}
		_, err := book.Sound(d)
		require.Equal(t, c.want, faults(t, err), name)
		require.Error(t, book.Add(d), name)
		require.Error(t, book.AddTrial(d), name)
	}
}

// What could always be is not refused.
func TestSoundDefinitionsAreTakenIn(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	for name, d := range map[string]indicator.Definition{
		"humans by two names":        proposed(t, book, "N2", set{"numerator": "K1", "denominator": "P0"}),
		"unknown left out":           proposed(t, book, "H2", set{"unknown_in_denominator": "no"}),
		"no attribution, no months":  proposed(t, book, "K1", set{"attribution": "none", "attribution_months": ""}),
		"categories may be left out": proposed(t, book, "C1", set{"categories": ""}),
		"a part below the line":      proposed(t, book, "H2", set{"numerator": "C1"}),
	} {
		d.Version = "new." + name[:1]
		_, err := book.Sound(d)
		require.NoError(t, err, name)
	}
}

// A ratio counts by the versions it was taken in with, whatever comes later; the
// version with its own name comes first.
func TestTheSidesOfARatioStay(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	own := proposed(t, book, "C0", set{"channels": "phone"})
	require.NoError(t, book.Add(own))
	h := proposed(t, book, "H1", set{"channels": "phone"})
	require.NoError(t, book.Add(h))
	require.NoError(t, book.Add(proposed(t, book, "H2", nil)))
	d, _ := book.Named("H2", "new.1")
	q := indicator.Question{Definition: d, Scope: "D-TKY"}
	for i, id := range []string{"H1", "C0"} {
		require.Equal(t, [2]string{id, "new.1"}, [2]string{q.Sides()[i].Definition.Indicator, q.Sides()[i].Definition.Version})
	}
	old, _ := book.Named("H2", "tot-2019.1")
	require.Equal(t, "tot-2019.1", indicator.Question{Definition: old}.Sides()[1].Definition.Version)
	require.True(t, old.Ratio())
	require.False(t, old.Sums())
	median, _ := book.Named("D1", "tot-2019.1")
	require.False(t, median.Sums())
	require.True(t, own.Sums())
}

func TestParseIsStrict(t *testing.T) {
	for name, text := range map[string]string{
		"unknown name": `[{"indicator":"C0","colour":"red"}]`,
		"two lists":    `[] []`,
		"not a list":   `{"indicator":"C0"}`,
		"a number":     `[{"indicator":"C0","parameters":{"stay_days":365}}]`,
		"cut off":      `[{"indicator":"C0"`,
		"nothing":      ``,
	} {
		_, err := indicator.Parse([]byte(text))
		require.Error(t, err, name)
		var refused *domain.Refusal
		require.False(t, errors.As(err, &refused), "%s: the form is wrong, not the definition", name)
	}
}

// Whatever text comes in, it is refused or becomes definitions that have a digest
// and can be asked.
func FuzzDefinitions(f *testing.F) {
	shipped, err := os.ReadFile("definitions/tot-2019.1.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(shipped)
	f.Add([]byte(`[{"indicator":"H2","version":"x","official_from":"2020-04-01","rule":"ratio","unit":"percent","basis":"gross","class":"activity","parameters":{"numerator":"H1","denominator":"C0","unknown_in_denominator":"no","rounding":"truncate","scale":"0"}}]`))
	f.Add([]byte(`[{"indicator":"M1","version":"x","official_from":"2020-04-01","rule":"survey","unit":"sessions","basis":"gross","class":"activity","parameters":{"channels":"all","same_day_rule":"off","overrides":"ignored","categories":"job","event_channels":"tour","visiting_desk_as_event":"never","survey_part":"event"}}]`))
	rows := []indicator.Row{{Family: indicator.Sessions, Entity: "s", Member: "s", Desk: "D-TKY", Controller: "31", From: 1, To: 1, Channel: "phone", Hours: indicator.AfterHours, Amount: 1, Position: 1}}
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := indicator.Parse(text)
		if err != nil {
			return
		}
		book, err := indicator.Shipped()
		require.NoError(t, err)
		for _, d := range list {
			if err := book.Add(d); err != nil {
				require.NotEmpty(t, faults(t, err))
				continue
			}
			taken, ok := book.Named(d.Indicator, d.Version)
			require.True(t, ok)
			require.Len(t, taken.Digest(), 64)
			_ = taken.Params()
			f := indicator.Answer(rows, indicator.Question{Definition: taken, Scope: "D-TKY", Period: periodOfAll}, 1)
			require.True(t, f.Absent == "" || f.Value == 0)
			require.NotEmpty(t, taken.Decimal(f.Value))
		}
	})
}

var periodOfAll = japan.Period{From: 1, To: japan.On(2100, 1, 1)}

// Every rule has its form, and asks for no parameter that nobody can read.
func TestEveryRuleHasItsForm(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	shown := map[string]bool{}
	for _, d := range book.All() {
		f, ok := indicator.FormOf(d.Rule)
		require.True(t, ok, d.Rule)
		shown[d.Rule] = true
		require.True(t, slices.IsSorted(f.Needs) && slices.IsSorted(f.May), d.Rule)
	}
	require.Len(t, shown, 21, "each rule is used by a shipped definition")
	_, ok := indicator.FormOf("guess")
	require.False(t, ok)
}
