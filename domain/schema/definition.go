package schema

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
)

// Definition is the JSON Schema of the strict form of one definition, as a file and
// the API take it. Whether parameters fit each other is checked by the program.
func Definition() map[string]any {
	both := func(what string) map[string]any {
		return map[string]any{
			"type": "object", "description": what, "additionalProperties": false, "required": words(indicator.Languages),
			"properties": map[string]any{"ja": spoken(), "en": spoken()},
		}
	}
	list := func(values []string) map[string]any { return map[string]any{"type": "string", "enum": words(values)} }
	name := pattern(`^[A-Za-z0-9._-]{1,64}$`)
	return map[string]any{
		"$schema": Draft, "$id": "urn:ayumi:schema:definition", "title": "Ayumi: one version of an indicator's rule",
		"type": "object", "additionalProperties": false,
		"required": words([]string{"basis", "class", "indicator", "name", "official_from", "rule", "text", "unit", "version"}),
		"properties": map[string]any{
			"indicator": name, "version": name,
			"official_from": map[string]any{"type": "string", "format": "date", "description": "in force for periods that begin on this day or later"},
			"rule":          list(indicator.RuleNames()), "unit": list(indicator.Units()), "basis": list(indicator.Bases), "class": list(domain.Codes["indicator_class"]),
			"name": both("public name"), "text": both("the rule in plain words"),
			"parameters": parameters(),
		},
		"allOf": byRule(),
	}
}

// byRule says, rule by rule, in which unit it counts and what it needs and takes.
func byRule() []any {
	var out []any
	for _, rule := range indicator.RuleNames() {
		form, _ := indicator.FormOf(rule)
		needs := slices.DeleteFunc(slices.Clone(form.Needs), func(name string) bool { return name == "attribution_months" }) // not without attribution
		allowed := words(append(slices.Clone(form.Needs), form.May...))
		if allowed == nil {
			allowed = []any{}
		}
		takes := map[string]any{"required": words(needs), "propertyNames": map[string]any{"enum": allowed}}
		if len(allowed) == 0 {
			takes = map[string]any{"maxProperties": 0}
		}
		then := map[string]any{"properties": map[string]any{
			"unit": map[string]any{"enum": words(form.Units)}, "basis": map[string]any{"enum": words(form.Bases)}, "parameters": takes,
		}}
		if len(needs) > 0 {
			then["required"] = []any{"parameters"}
		}
		out = append(out, map[string]any{"if": map[string]any{"properties": map[string]any{"rule": map[string]any{"const": rule}}, "required": []any{"rule"}}, "then": then})
	}
	return out
}

func spoken() map[string]any {
	return map[string]any{"type": "string", "minLength": 1, "maxLength": domain.MaxWord}
}

// parameters describes every parameter as text: lists are joined by ",".
func parameters() map[string]any {
	properties := map[string]any{}
	known := indicator.ParameterNames()
	for _, f := range indicator.ParameterFields() {
		if !slices.Contains(known, f.Name) {
			continue
		}
		properties[f.Name] = inText(f)
	}
	return map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
}

func inText(f domain.Field) map[string]any {
	switch f.Kind {
	case domain.KindInt:
		return pattern(`^[0-9]+$`)
	case domain.KindDate:
		return map[string]any{"type": "string", "format": "date"}
	case domain.KindTokens:
		return pattern(`^[A-Za-z0-9@+._-]+(,[A-Za-z0-9@+._-]+)*$`)
	case domain.KindCodes:
		return inFacts(f)
	case domain.KindCode:
		return map[string]any{"type": "string", "enum": words(f.List)}
	}
	return pattern(`^[A-Za-z0-9@+._-]{1,64}$`)
}
