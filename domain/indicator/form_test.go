package indicator_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
)

func shippedK1(t testing.TB) map[string]any {
	t.Helper()
	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, _ := book.Named("K1", "tot-2019.1")
	raw, err := json.Marshal(d)
	require.NoError(t, err)
	var out map[string]any
	require.NoError(t, json.Unmarshal(raw, &out))
	return out
}

func plain(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}

func TestEveryShippedDefinitionHasTheStrictForm(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	for _, d := range book.All() {
		got, err := indicator.ParseDefinition([]byte(plain(t, d)))
		require.NoError(t, err, d.Indicator)
		require.Equal(t, d.Digest(), got.Digest())
		require.Equal(t, d.Text, got.Text)
	}
}

// Each fault is named with its field.
func TestBadDefinitionsAreRefusedByField(t *testing.T) {
	with := func(change func(d map[string]any)) string {
		d := shippedK1(t)
		change(d)
		return plain(t, d)
	}
	set := func(name string, value any) string { return with(func(d map[string]any) { d[name] = value }) }
	for text, want := range map[string]string{
		"": "definition.not_json ", "[]": "definition.not_json ", `{"a":`: "definition.not_json ", set("rule", "x") + "x": "definition.not_json ",
		set("colour", "red"):                               "field.unknown colour",
		set("Rule", "session"):                             "field.unknown Rule",
		set("<script>", "x"):                               "field.unknown data",
		set("rule", nil):                                   "field.type rule",
		set("rule", 7):                                     "field.type rule",
		set("rule", "lookback"):                            "indicator.rule rule",
		set("unit", "kg"):                                  "indicator.unit unit",
		set("basis", "net"):                                "indicator.basis basis",
		set("class", "luck"):                               "indicator.class class",
		set("version", "a b"):                              "indicator.name version",
		set("version", ""):                                 "field.required version",
		set("indicator", "K1@D-TKY"):                       "indicator.name indicator",
		set("official_from", "2019-02-30"):                 "indicator.official_from official_from",
		set("text", map[string]any{"ja": "x"}):             "field.required text",
		set("text", "x"):                                   "field.type text",
		set("name", map[string]any{"ja": 1}):               "field.type ja",
		set("parameters", []any{"x"}):                      "field.type parameters",
		set("parameters", map[string]any{"x": 1}):          "field.type x",
		with(func(d map[string]any) { delete(d, "unit") }): "field.required unit",
		`{"rule":"session","rule":"session"}`:              "field.twice rule",
		with(func(d map[string]any) { d["text"] = map[string]any{"ja": "a\x00b", "en": "x"} }):                  "field.text text",
		with(func(d map[string]any) { d["text"] = map[string]any{"ja": strings.Repeat("あ", 2001), "en": "x"} }): "field.too_long text",
	} {
		_, err := indicator.ParseDefinition([]byte(text))
		var one *domain.Refusal
		require.ErrorAs(t, err, &one, text)
		require.Equal(t, want, one.Key+" "+one.Field, text)
	}
	_, err := indicator.ParseDefinition([]byte(with(func(d map[string]any) { d["unit"], d["basis"], d["colour"] = 1, 2, 3 })))
	var all domain.Refusals
	require.ErrorAs(t, err, &all)
	require.Len(t, all, 3, "all faults at once")
	_, err = indicator.ParseDefinition([]byte(with(func(d map[string]any) { d["unit"], d["basis"], d["colour"] = "kg", 2, 3 })))
	require.ErrorAs(t, err, &all)
	require.Len(t, all, 3, "of form and of content")
	for name, value := range map[string]string{"min_grade": "e", "attribution_months": "-1", "channels": "smoke", "no_such": "x", "class_rule": "nobody", "stay_days": "365"} {
		_, err := indicator.ParseDefinition([]byte(with(func(d map[string]any) { d["parameters"].(map[string]any)[name] = value })))
		var refused *domain.Refusal
		require.ErrorAs(t, err, &refused, name)
		require.Equal(t, name, refused.Field)
	}
}

// Whatever comes in, it is read as a definition that counts, or refused in words.
func FuzzDefinition(f *testing.F) {
	f.Add(plain(f, shippedK1(f)))
	f.Add(`{}`)
	f.Add(`{"rule":"ratio","parameters":{"numerator":"U1","denominator":"U0"}}`)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := indicator.ParseDefinition([]byte(text))
		if err != nil {
			var refused *domain.Refusal
			require.True(t, errors.As(err, &refused), "%v", err)
			return
		}
		require.Contains(t, indicator.RuleNames(), d.Rule)
		again, err := indicator.ParseDefinition([]byte(plain(t, d)))
		require.NoError(t, err)
		require.Equal(t, d.Digest(), again.Digest())
		_ = d.Params()
		require.Equal(t, []string{"en", "ja"}, slices.Sorted(maps.Keys(d.Name)))
	})
}
