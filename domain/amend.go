package domain

import (
	"reflect"
	"slices"
	"strconv"
)

// FactText answers the canonical text of one fact of a marked struct: numbers in
// decimal, flags 0 or 1, lists sorted and joined by a comma. Absent is "". The
// second answer is false if the struct has no such fact.
func FactText(s any, name string) (string, bool) {
	v := reflect.Indirect(reflect.ValueOf(s))
	f, ok := factNamed(v.Type(), name)
	if !ok {
		return "", false
	}
	return f.canonical(v.FieldByIndex(f.index)), true
}

// Amend sets one fact of the struct s points to from its canonical text; "" takes
// an optional fact away. It refuses a field outside allowed (amend.field), an old
// text that is not the current one (amend.stale), and a new text that is not a
// canonical value of the field. A refused struct stays as it was.
func Amend(s any, allowed []string, field, old, text string) error {
	v := reflect.ValueOf(s).Elem()
	f, ok := factNamed(v.Type(), field)
	if !ok || !slices.Contains(allowed, field) {
		return RefuseField("amend.field", "field")
	}
	at := v.FieldByIndex(f.index)
	if f.canonical(at) != old {
		return RefuseField("amend.stale", "old")
	}
	fresh := reflect.New(at.Type()).Elem()
	if r := f.read(text, fresh); r != nil {
		r.Field = "new"
		return r
	}
	at.Set(fresh)
	return nil
}

// Stated is the canonical text of a field of a struct of facts; "" if it has no such
// field or states nothing.
func Stated(s any, field string) string {
	v := reflect.ValueOf(s).Elem()
	f, ok := factNamed(v.Type(), field)
	if !ok {
		return ""
	}
	return f.canonical(v.FieldByIndex(f.index))
}

func factNamed(t reflect.Type, name string) (*Field, bool) {
	fields := Fields(t)
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name && f.Place == InFacts })
	if i < 0 {
		return nil, false
	}
	return &fields[i], true
}

func (f *Field) canonical(v reflect.Value) string {
	fact, stated, _ := f.encode(v)
	switch {
	case !stated && fact.Text == "":
		return ""
	case fact.IsInt:
		return strconv.FormatInt(fact.Int, 10)
	}
	return fact.Text
}

// read fills v from canonical text and checks it as the field's kind asks.
func (f *Field) read(text string, v reflect.Value) *Refusal {
	if text == "" {
		return f.missing()
	}
	fact := Fact{Key: f.Name, Text: text}
	switch f.Kind {
	case KindInt, KindTime, KindFlag:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return RefuseField("field.type", f.Name)
		}
		fact = Fact{Key: f.Name, Int: n, IsInt: true}
	}
	if f.decode(fact, v) != nil {
		return RefuseField("field.type", f.Name)
	}
	if _, _, r := f.encode(v); r != nil {
		return r
	}
	if f.canonical(v) != text {
		return RefuseField("field.type", f.Name)
	}
	return nil
}
