package schema

import (
	"strings"

	"ayumi/domain"
)

const largest = 1 << 40

// forms are the values that many fields share, by the name of their $def.
func forms() map[string]any {
	out := map[string]any{
		"id":      map[string]any{"type": "string", "pattern": `^[A-Za-z0-9._-]{1,64}$`, "not": map[string]any{"enum": []any{".", ".."}}},
		"token":   pattern(`^[A-Za-z0-9@+._-]{1,64}$`),
		"tokens":  pattern(`^[A-Za-z0-9@+._-]+(,[A-Za-z0-9@+._-]+)*$`),
		"digest":  pattern(`^[0-9a-f]{64}$`),
		"scoped":  map[string]any{"type": "string", "maxLength": 64, "pattern": `^[A-Za-z0-9._-]+(@[A-Za-z0-9._-]+)?$`, "not": map[string]any{"enum": []any{".", ".."}}},
		"stream":  pattern(`^([a-z]+-[A-Za-z0-9._-]{1,64}|indicator-[A-Za-z0-9@._-]{1,64})$`),
		"type":    pattern(`^[a-z]+\.[a-z_]+$`),
		"instant": pattern(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$`),
		"date":    map[string]any{"type": "string", "format": "date", "pattern": `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`},
		"time":    map[string]any{"type": "integer", "minimum": 0, "maximum": 2359, "description": "HHMM, JST"},
		"int":     map[string]any{"type": "integer", "minimum": -largest, "maximum": largest},
		"word":    map[string]any{"type": "string", "maxLength": domain.MaxWord},
		"text":    map[string]any{"type": "string", "maxLength": domain.MaxSealed},
	}
	for name, list := range domain.Codes {
		out["code."+name] = map[string]any{"type": "string", "enum": words(list)}
	}
	return out
}

func words(list []string) []any {
	out := make([]any, len(list))
	for i, w := range list {
		out[i] = w
	}
	return out
}

func pattern(form string) map[string]any { return map[string]any{"type": "string", "pattern": form} }

func ref(form string) map[string]any { return map[string]any{"$ref": "#/$defs/" + form} }

// inData describes a field as a caller sends it.
func inData(f domain.Field) map[string]any {
	switch f.Kind {
	case domain.KindFlag:
		return map[string]any{"enum": []any{true, false, 1, 0}}
	case domain.KindCodes, domain.KindTokens, domain.KindIDs:
		list := map[string]any{"type": "array", "items": one(f)}
		if !f.Optional {
			list["minItems"] = 1
		}
		if f.Kind == domain.KindIDs {
			list["maxItems"] = domain.MaxItems
		}
		return list
	case domain.KindJSON:
		return map[string]any{"type": "object"}
	case domain.KindText:
		return sealedText(f)
	}
	return one(f)
}

func sealedText(f domain.Field) map[string]any {
	text := ref("text")
	text["x-class"] = f.Class
	if !f.Each {
		return text
	}
	out := map[string]any{"type": "object", "propertyNames": ref("id"), "additionalProperties": text}
	if !f.Optional {
		out["minProperties"] = 1
	}
	return out
}

// inFacts describes a field as it stands in an event: text or a whole number.
func inFacts(f domain.Field) map[string]any {
	switch f.Kind {
	case domain.KindFlag:
		return map[string]any{"enum": []any{0, 1}}
	case domain.KindCodes:
		word := "(" + strings.Join(f.List, "|") + ")"
		return pattern("^" + word + "(," + word + ")*$")
	case domain.KindTokens, domain.KindIDs:
		return ref("tokens")
	}
	return one(f)
}

// one describes a single value.
func one(f domain.Field) map[string]any {
	switch f.Kind {
	case domain.KindCode, domain.KindCodes:
		if f.ListName != "" {
			return ref("code." + f.ListName)
		}
		return map[string]any{"type": "string", "enum": words(f.List)}
	case domain.KindIDs:
		return ref("id")
	case domain.KindTokens:
		return ref("token")
	}
	return ref(string(f.Kind))
}
