package indicator

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"ayumi/domain"
)

// Languages are those in which a definition bears a name and a text.
var Languages = []string{"en", "ja"}

// RuleNames are the counting rules, ascending.
func RuleNames() []string { return slices.Sorted(maps.Keys(rules)) }

// Units are the units of all rules, ascending.
func Units() []string {
	var out []string
	for _, f := range forms {
		out = append(out, f.Units...)
	}
	return inOrderOnce(out)
}

// Bases are the two ways of counting: gross (every time) and distinct (once each).
var Bases = []string{"gross", "distinct"}

// formFields are the members of the JSON form of a definition; all but the
// parameters must be there.
var formFields = []string{"basis", "class", "indicator", "name", "official_from", "parameters", "rule", "text", "unit", "version"}

// ParseDefinition reads the strict JSON form of one definition: exactly the fields
// of Definition, none twice, none unknown, sound beside what is shipped (Book.Sound).
// It answers every fault at once, as Refusals that name the field.
func ParseDefinition(raw []byte) (Definition, error) {
	data, err := domain.ParseData(raw)
	if err != nil {
		return Definition{}, notJSON(err)
	}
	var bad domain.Refusals
	for name := range data {
		if !slices.Contains(formFields, name) {
			bad = append(bad, domain.RefuseField("field.unknown", nameOr(name, "data")))
		}
	}
	for _, name := range formFields {
		if _, ok := data[name]; !ok && name != "parameters" {
			bad = append(bad, domain.RefuseField("field.required", name))
		}
	}
	var d Definition
	unread := false // the parameters: what is wrong with them is not all that is
	for name, to := range map[string]*string{
		"indicator": &d.Indicator, "version": &d.Version, "official_from": &d.OfficialFrom, "rule": &d.Rule, "unit": &d.Unit, "basis": &d.Basis, "class": &d.Class,
	} {
		if v, ok := data[name]; ok {
			bad = append(bad, readText(name, v, to)...)
		}
	}
	for name, to := range map[string]*map[string]string{"parameters": &d.Parameters, "name": &d.Name, "text": &d.Text} {
		if v, ok := data[name]; ok {
			faults := readTexts(name, v, to)
			bad, unread = append(bad, faults...), unread || name == "parameters" && len(faults) > 0
		}
	}
	if d.Parameters == nil {
		d.Parameters = map[string]string{}
	}
	shipped, err := shippedOnce()
	if err != nil {
		return d, err
	}
	whole, err := shipped.Draft(d)
	var unsound domain.Refusals
	if err != nil && !errors.As(err, &unsound) {
		return d, err
	}
	for _, r := range append(d.faults(), unsound...) { // of what could be read
		known := slices.ContainsFunc(bad, func(b *domain.Refusal) bool { return b.Field == r.Field })
		if !known && !(unread && strings.HasPrefix(r.Key, "indicator.parameter")) {
			bad = append(bad, r)
		}
	}
	if len(bad) == 0 {
		return whole, nil
	}
	slices.SortFunc(bad, func(a, b *domain.Refusal) int { return strings.Compare(a.Field, b.Field) })
	return d, bad
}

// notJSON says that the text is no JSON object, unless it says more.
func notJSON(err error) error {
	var refused *domain.Refusal
	if errors.As(err, &refused) && refused.Key == "data.not_object" {
		return domain.Refuse("definition.not_json")
	}
	return err
}

// nameOr is a field's name as it may be repeated, else a general one: what has not
// the form of a name may be anything.
func nameOr(name, general string) string {
	if domain.IDForm(name) {
		return name
	}
	return general
}

func readText(name string, raw json.RawMessage, to *string) domain.Refusals {
	if string(raw) == "null" || json.Unmarshal(raw, to) != nil {
		return domain.Refusals{domain.RefuseField("field.type", name)}
	}
	if *to == "" {
		return domain.Refusals{domain.RefuseField("field.required", name)}
	}
	return nil
}

func readTexts(name string, raw json.RawMessage, to *map[string]string) domain.Refusals {
	inner, err := domain.ParseData(raw)
	if err != nil {
		var refused *domain.Refusal
		if errors.As(err, &refused) && refused.Key == "field.twice" {
			return domain.Refusals{refused}
		}
		return domain.Refusals{domain.RefuseField("field.type", name)}
	}
	var bad domain.Refusals
	*to = make(map[string]string, len(inner))
	for key, v := range inner {
		text := ""
		if string(v) == "null" || json.Unmarshal(v, &text) != nil {
			bad = append(bad, domain.RefuseField("field.type", nameOr(key, name)))
		}
		(*to)[key] = text
	}
	return bad
}

// faults are what is wrong with the words.
func (d Definition) faults() (bad domain.Refusals) {
	for field, texts := range map[string]map[string]string{"name": d.Name, "text": d.Text} {
		if !slices.Equal(slices.Sorted(maps.Keys(texts)), Languages) {
			bad = append(bad, domain.RefuseField("field.required", field))
			continue
		}
		for _, text := range texts {
			words := struct {
				Text string `fact:"text,word"`
			}{text}
			var refused domain.Refusals
			if errors.As(domain.Check(&words), &refused) {
				bad = append(bad, domain.RefuseField(refused[0].Key, field))
			}
		}
	}
	return bad
}
