// Package schema describes every command and every event as JSON Schema (draft
// 2020-12), made from the same marked structs that the program decides with.
package schema

import (
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/office"
)

// Draft names the dialect.
const Draft = "https://json-schema.org/draft/2020-12/schema"

// Document is one schema with every command and event among its $defs
// ("command.case.open", "event.case.opened.v1") and the forms they refer to.
func Document() map[string]any {
	defs := forms()
	for name, s := range Commands() {
		defs["command."+name] = s
	}
	for name, s := range Events() {
		defs["event."+name] = s
	}
	return map[string]any{"$schema": Draft, "$id": "urn:ayumi:schema", "title": "Ayumi: commands and events", "$defs": defs}
}

// Commands are the schemas of what a caller sends, by wire name: the command's
// own fields, the envelope's, and the id of its stream. They refer to the $defs of
// the Document.
func Commands() map[string]any {
	out := map[string]any{}
	for _, shape := range Shapes() {
		out[shape.Name] = command(shape)
	}
	return out
}

// Shapes are all commands, those of two streams included, ascending by name.
func Shapes() []domain.Shape {
	var out []domain.Shape
	for _, a := range office.Aggregates() {
		out = append(out, a.CommandShapes()...)
	}
	out = append(out, office.JointShapes()...)
	slices.SortFunc(out, func(a, b domain.Shape) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func command(shape domain.Shape) map[string]any {
	properties, required := map[string]any{}, []any{}
	for _, f := range shape.Fields {
		if f.Made {
			continue
		}
		properties[f.Name] = inData(f)
		if !f.Optional && !f.New {
			required = append(required, f.Name)
		}
	}
	for _, f := range office.EnvelopeFields() {
		if _, own := properties[f.Name]; !own {
			properties[f.Name] = inData(f)
		}
	}
	key := office.StreamKey(shape)
	form := "id"
	if strings.HasPrefix(shape.Name, "indicator.") {
		form = "scoped" // K1@D-TKY
	}
	properties[key], properties["stream"] = ref(form), ref(form)
	out := map[string]any{
		"title": shape.Name, "type": "object", "properties": properties, "required": required,
		"additionalProperties": false, "x-roles": roles(shape),
	}
	if shape.Emits != "" {
		out["x-emits"] = shape.Emits
	}
	switch {
	case key != "stream" && shape.Creates:
		out["not"] = map[string]any{"required": []any{key, "stream"}}
	case key != "stream":
		out["oneOf"] = []any{map[string]any{"required": []any{key}}, map[string]any{"required": []any{"stream"}}}
	case !shape.Creates:
		out["required"] = append(required, "stream")
	}
	return out
}

func roles(shape domain.Shape) []any {
	out := make([]any, len(shape.Roles))
	for i, r := range shape.Roles {
		out[i] = string(r)
	}
	return out
}

// Events are the schemas of the facts of every event in its current form, by
// type and version: "case.opened.v1". What is sealed is named, never described
// as a fact.
func Events() map[string]any {
	out := map[string]any{}
	for _, a := range office.Aggregates() {
		for _, shape := range a.EventShapes() {
			out[shape.Name+".v"+strconv.Itoa(shape.Version)] = event(shape)
		}
	}
	return out
}

func event(shape domain.Shape) map[string]any {
	properties, required, sealed := map[string]any{}, []any{}, map[string]any{}
	for _, f := range append(slices.Clone(shape.Fields), domain.FieldsOf(&domain.Envelope{})...) {
		if f.Place == domain.InSealed {
			sealed[f.Name] = section(f)
			continue
		}
		if _, own := properties[f.Name]; own {
			continue
		}
		properties[f.Name] = inFacts(f)
		if !f.Optional {
			required = append(required, f.Name)
		}
	}
	properties["type"] = map[string]any{"const": shape.Name}
	properties["type_version"] = map[string]any{"const": shape.Version}
	out := map[string]any{
		"title": shape.Name, "type": "object", "properties": properties, "required": required, "additionalProperties": false,
	}
	if len(sealed) > 0 {
		out["x-sealed"] = sealed
	}
	return out
}

func section(f domain.Field) map[string]any {
	out := map[string]any{"class": f.Class, "optional": f.Optional}
	for name, v := range map[string]string{"owner": f.Owner, "partition": f.Partition} {
		if v != "" {
			out[name] = v
		}
	}
	if f.Each {
		out["each"] = "person"
	}
	return out
}
