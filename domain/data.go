package domain

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain/japan"
)

// MaxData is the largest command in bytes of JSON.
const MaxData = 256 << 10

// Data is the body of a command as it came in: field name → JSON value.
type Data map[string]json.RawMessage

// ParseData reads one flat JSON object. Doubled keys are refused.
func ParseData(raw []byte) (Data, error) {
	if len(raw) > MaxData {
		return nil, Refuse("data.too_large")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, Refuse("data.not_object")
	}
	out := Data{}
	for dec.More() {
		t, err := dec.Token()
		key, ok := t.(string)
		if err != nil || !ok {
			return nil, Refuse("data.not_object")
		}
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return nil, Refuse("data.not_object")
		}
		if _, twice := out[key]; twice {
			return nil, RefuseField("field.twice", spelt(key))
		}
		out[key] = v
	}
	if _, err := dec.Token(); err != nil {
		return nil, Refuse("data.not_object")
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, Refuse("data.not_object")
	}
	return out, nil
}

// Text takes one text value out of the data; absent is "".
func (d Data) Text(name string) (string, error) {
	raw, ok := d[name]
	if !ok {
		return "", nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", RefuseField("field.type", name)
	}
	return s, nil
}

// Fill sets the marked fields of a command from data and answers all Refusals
// at once: unknown names, missing fields, wrong types. A number or a flag that is
// not stated is missing, never 0 or no. Fields marked new that are absent get an
// id derived from the command's.
func (d Data) Fill(target any, command uuid.UUID) error {
	v := reflect.ValueOf(target).Elem()
	fields := Fields(v.Type())
	var bad Refusals
	for name := range d {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name && !f.Made }) {
			bad = append(bad, RefuseField("field.unknown", spelt(name)))
		}
	}
	for _, f := range fields {
		at := v.FieldByIndex(f.index)
		raw, ok := d[f.Name]
		if !ok {
			if f.New {
				at.SetString(DeriveID(command, f.Name))
			} else if r := f.missing(); r != nil && !f.Made {
				bad = append(bad, r)
			}
			continue
		}
		if r := f.fill(raw, at); r != nil {
			bad = append(bad, r)
		}
	}
	if len(bad) > 0 {
		slices.SortFunc(bad, func(a, b *Refusal) int { return strings.Compare(a.Field, b.Field) })
		return bad
	}
	return nil
}

// DeriveID makes an id that a retry of the same command makes again.
func DeriveID(command uuid.UUID, name string) string {
	return uuid.NewSHA1(command, []byte(name)).String()
}

func (f *Field) fill(raw json.RawMessage, at reflect.Value) *Refusal {
	wrong := RefuseField("field.type", f.Name)
	if string(raw) == "null" {
		return wrong
	}
	switch f.Kind {
	case KindFlag:
		return f.fillFlag(raw, at)
	case KindJSON:
		if raw[0] != '{' {
			return wrong
		}
		at.SetString(string(raw))
	case KindInt, KindTime:
		var n int64
		if json.Unmarshal(raw, &n) != nil {
			return wrong
		}
		setNumber(at, n)
	case KindCodes, KindTokens, KindIDs:
		var list []string
		if json.Unmarshal(raw, &list) != nil {
			return wrong
		}
		if len(list) > MaxItems {
			return RefuseField("field.too_long", f.Name, "max", strconv.Itoa(MaxItems))
		}
		if slices.ContainsFunc(list, func(s string) bool { return s == "" || strings.Contains(s, ",") }) {
			return RefuseField("field.code", f.Name)
		}
		at.Set(reflect.ValueOf(list))
	case KindDate:
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return wrong
		}
		d, err := japan.ParseDate(s)
		if err != nil {
			return RefuseField("field.date", f.Name)
		}
		at.Set(reflect.ValueOf(d))
	default:
		if json.Unmarshal(raw, at.Addr().Interface()) != nil {
			return wrong
		}
	}
	return nil
}

func (f *Field) fillFlag(raw json.RawMessage, at reflect.Value) *Refusal {
	switch string(raw) {
	case "true", "1":
		setNumber(at, 1)
	case "false", "0":
		setNumber(at, 0)
	default:
		return RefuseField("field.type", f.Name)
	}
	return nil
}

// spelt is a field's name as it may be repeated in answers and logs. What has
// not the form of one may be anything, also somebody's: it is the data's fault.
func spelt(name string) string {
	if IDForm(name) {
		return name
	}
	return "data"
}
