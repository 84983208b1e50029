package schema

import (
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/outside"
)

// Naming gives the words of a description: what events, fields and codes are called,
// and what the document says of itself. A name that is not known is answered as it is.
type Naming struct {
	Title, Description, Server, Headers string
	Event, Field                        func(name string) string
	Code                                func(list, code string) string
}

// AsyncAPI describes what consumers outside receive (AsyncAPI 3.0): a channel, an
// operation and a message for every event type that leaves, with the schema of its
// facts. The schemas are plain draft-07 ones, as AsyncAPI reads them by itself.
func AsyncAPI(n Naming) map[string]any {
	channels, operations, messages, schemas := map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{"headers": headers(n)}
	for _, shape := range outside.Shapes() {
		name := shape.Name
		schemas[name] = facts(shape, n)
		messages[name] = map[string]any{
			"name": name, "title": n.Event(name), "contentType": "application/json",
			"headers": component("schemas", "headers"), "payload": component("schemas", name),
		}
		channels[name] = map[string]any{
			"address": "ayumi.out." + name + ".{controller}", "title": n.Event(name),
			"servers":    []any{map[string]any{"$ref": "#/servers/nats"}},
			"parameters": map[string]any{"controller": component("parameters", "controller")},
			"messages":   map[string]any{name: component("messages", name)},
		}
		operations["send."+name] = map[string]any{
			"action": "send", "title": n.Event(name),
			"channel":  map[string]any{"$ref": "#/channels/" + name},
			"messages": []any{map[string]any{"$ref": "#/channels/" + name + "/messages/" + name}},
		}
	}
	addForms(schemas, n)
	return map[string]any{
		"asyncapi":           "3.0.0",
		"info":               map[string]any{"title": n.Title, "version": "1", "description": n.Description},
		"defaultContentType": "application/json",
		"servers": map[string]any{"nats": map[string]any{
			"host": "{host}", "protocol": "nats", "description": n.Server,
			"variables": map[string]any{"host": map[string]any{"default": "127.0.0.1:4222"}},
		}},
		"channels": channels, "operations": operations,
		"components": map[string]any{
			"messages": messages, "schemas": schemas,
			"parameters": map[string]any{"controller": map[string]any{"enum": words(domain.Codes["controller"]), "description": n.Field("controller")}},
		},
	}
}

func component(kind, name string) map[string]any {
	return map[string]any{"$ref": "#/components/" + kind + "/" + name}
}

// facts describes what leaves of an event. One whose form has changed may still be
// read in an older form, of which only the envelope is certain.
func facts(shape domain.Shape, n Naming) map[string]any {
	envelope := domain.FieldsOf(&domain.Envelope{})
	properties, required := map[string]any{}, []any{}
	for _, f := range shape.Fields {
		ofAll := slices.ContainsFunc(envelope, func(e domain.Field) bool { return e.Name == f.Name && e.Optional == f.Optional })
		if !f.Optional && (shape.Version == 1 || ofAll) {
			required = append(required, f.Name)
		}
		properties[f.Name] = named(f, n)
	}
	properties["type"] = map[string]any{"const": shape.Name}
	properties["type_version"] = map[string]any{"type": "integer", "minimum": 1, "maximum": shape.Version}
	return map[string]any{"title": n.Event(shape.Name), "type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// named describes a field with what it is called; a reference stands alone in draft-07.
func named(f domain.Field, n Naming) map[string]any {
	s := atComponents(inFacts(f)).(map[string]any)
	if f.ListName == "" && len(f.List) > 0 {
		s["x-meanings"] = meanings(f.Name, f.List, n)
	}
	if label := n.Field(f.Name); label != f.Name {
		if _, alone := s["$ref"]; alone {
			s = map[string]any{"allOf": []any{s}}
		}
		s["description"] = label
	}
	return s
}

func meanings(list string, codes []string, n Naming) map[string]any {
	out := map[string]any{}
	for _, c := range codes {
		out[c] = n.Code(list, c)
	}
	return out
}

// addForms adds the forms that the schemas refer to, and no others.
func addForms(schemas map[string]any, n Naming) {
	all := forms()
	for name := range refs(schemas) {
		s := atComponents(all[name]).(map[string]any)
		if list, ok := strings.CutPrefix(name, "code."); ok {
			s["x-meanings"] = meanings(list, domain.Codes[list], n)
		}
		schemas[name] = s
	}
}

// refs are the names of the forms that a value refers to.
func refs(value any) map[string]bool {
	out := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if to, ok := v["$ref"].(string); ok {
				out[strings.TrimPrefix(to, "#/components/schemas/")] = true
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(value)
	return out
}

// atComponents copies a schema; what it refers to lies in the components.
func atComponents(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, inner := range v {
			if to, ok := inner.(string); ok && key == "$ref" {
				out[key] = strings.Replace(to, "#/$defs/", "#/components/schemas/", 1)
				continue
			}
			out[key] = atComponents(inner)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = atComponents(inner)
		}
		return out
	}
	return value
}

// headers describes the CloudEvents attributes beside the facts.
func headers(n Naming) map[string]any {
	text := func(more map[string]any) map[string]any { more["type"] = "string"; return more }
	return map[string]any{
		"type": "object", "description": n.Headers,
		"required": words([]string{"ce-specversion", "ce-id", "ce-source", "ce-type", "ce-subject", "ce-time", "ce-sequence", "content-type"}),
		"properties": map[string]any{
			"ce-specversion": map[string]any{"const": "1.0"},
			"ce-id":          text(map[string]any{"format": "uuid"}),
			"ce-source":      text(map[string]any{"minLength": 1}),
			"ce-type":        text(map[string]any{"pattern": `^[a-z]+\.[a-z_]+$`}),
			"ce-subject":     text(map[string]any{"minLength": 1}),
			"ce-time":        text(map[string]any{"format": "date-time"}),
			"ce-sequence":    text(map[string]any{"pattern": `^[0-9]{16}$`}),
			"content-type":   map[string]any{"const": "application/json"},
		},
	}
}
