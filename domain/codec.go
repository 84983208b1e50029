package domain

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"ayumi/domain/japan"
)

// encodeFacts flattens marked structs (event and envelope) into canonical facts
// and checks the sealed fields on the way.
// A fact that both carry (desk) is taken from the first struct that states it.
// Values out of vocabulary come back as Refusals naming the field.
func encodeFacts(structs ...any) (Facts, error) {
	var facts []Fact
	var bad Refusals
	for _, s := range structs {
		v := reflect.ValueOf(s).Elem()
		for _, f := range Fields(v.Type()) {
			if f.Place == InSealed {
				if _, _, refusal := f.encode(v.FieldByIndex(f.index)); refusal != nil {
					bad = append(bad, refusal)
				}
				continue
			}
			if f.Place != InFacts || slices.ContainsFunc(facts, func(o Fact) bool { return o.Key == f.Name }) {
				continue
			}
			fact, stated, refusal := f.encode(v.FieldByIndex(f.index))
			if refusal != nil {
				bad = append(bad, refusal)
			} else if stated {
				facts = append(facts, fact)
			}
		}
	}
	if len(bad) > 0 {
		return nil, bad
	}
	slices.SortFunc(facts, func(a, b Fact) int { return strings.Compare(a.Key, b.Key) })
	return FormatFacts(facts)
}

// Check answers the Refusals of every marked field of a command that is missing
// or out of vocabulary, or nil. Fields the decision makes are not looked at.
func Check(s any) error {
	v := reflect.Indirect(reflect.ValueOf(s))
	var bad Refusals
	for _, f := range Fields(v.Type()) {
		if f.Made {
			continue
		}
		if _, _, refusal := f.encode(v.FieldByIndex(f.index)); refusal != nil {
			bad = append(bad, refusal)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

// encode turns one Go field into a fact. Absent optional fields are not stated.
func (f *Field) encode(v reflect.Value) (Fact, bool, *Refusal) {
	fact := Fact{Key: f.Name}
	switch f.Kind {
	case KindInt, KindTime, KindFlag:
		n, ok := number(v)
		if !ok {
			return fact, false, f.missing()
		}
		fact.IsInt, fact.Int = true, n
		return fact, true, f.checkInt(n)
	case KindDate:
		d := v.Interface().(japan.Date)
		if d != 0 && !d.Valid() {
			return fact, false, RefuseField("field.date", f.Name)
		}
		fact.Text = d.String()
	case KindInstant:
		at := v.Interface().(time.Time)
		if !japan.DateOf(at).Valid() {
			return fact, false, RefuseField("field.date", f.Name)
		}
		fact.Text = japan.FormatInstant(at)
	case KindCodes, KindTokens, KindIDs:
		items := slices.Sorted(slices.Values(v.Interface().([]string)))
		fact.Text = strings.Join(slices.Compact(items), ",")
	case KindText:
		return fact, false, f.checkSealed(v)
	default:
		fact.Text = v.String()
	}
	if fact.Text == "" {
		return fact, false, f.missing()
	}
	return fact, true, f.checkText(fact.Text)
}

func (f *Field) missing() *Refusal {
	if f.Optional {
		return nil
	}
	return RefuseField(cmp.Or(f.Absent, "field.required"), f.Name)
}

func number(v reflect.Value) (int64, bool) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return 0, false
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.Bool {
		if v.Bool() {
			return 1, true
		}
		return 0, true
	}
	return v.Int(), true
}

func (f *Field) checkInt(n int64) *Refusal {
	switch {
	case f.Kind == KindTime && (n < 0 || n > 2359 || n%100 > 59):
		return RefuseField("field.time", f.Name)
	case n > 1<<40 || n < -(1<<40):
		return RefuseField("field.range", f.Name)
	}
	return nil
}

// The bounds of values in characters and items (events.md 2.2).
const (
	MaxWord   = 2000   // characters, events.md 2.2
	MaxSealed = 10_000 // characters of one sealed text
	MaxItems  = 200    // of a list
)

func (f *Field) checkText(s string) *Refusal {
	items := strings.Split(s, ",")
	switch f.Kind {
	case KindCode:
		return f.checkCode(s)
	case KindCodes:
		for _, c := range items {
			if r := f.checkCode(c); r != nil {
				return r
			}
		}
	case KindToken:
		if !token(s) {
			return RefuseField("field.code", f.Name)
		}
	case KindTokens:
		if slices.ContainsFunc(items, func(c string) bool { return !token(c) }) {
			return RefuseField("field.code", f.Name)
		}
	case KindID:
		if !IDForm(s) {
			return RefuseField("field.id", f.Name)
		}
	case KindIDs:
		if len(items) > MaxItems {
			return RefuseField("field.too_long", f.Name)
		}
		if slices.ContainsFunc(items, func(c string) bool { return !IDForm(c) }) {
			return RefuseField("field.id", f.Name)
		}
	case KindDigest:
		if len(s) != 64 || strings.Trim(s, "0123456789abcdef") != "" {
			return RefuseField("field.digest", f.Name)
		}
	case KindWord:
		return checkWords(f.Name, s, MaxWord)
	}
	return nil
}

func (f *Field) checkCode(c string) *Refusal {
	if slices.Contains(f.List, c) {
		return nil
	}
	return RefuseField(cmp.Or(f.Wrong, "field.code"), f.Name)
}

func checkWords(name, s string, most int) *Refusal {
	n := 0
	for _, r := range s {
		if unprintable(r) {
			return RefuseField("field.text", name)
		}
		n++
	}
	if n > most {
		return RefuseField("field.too_long", name, "max", fmt.Sprint(most))
	}
	return nil
}

// unprintable: control characters, what stands for broken UTF-8, and the signs
// that turn the direction of the text after them.
func unprintable(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xFFFD:
		return true
	}
	return (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069)
}

func (f *Field) checkSealed(v reflect.Value) *Refusal {
	if !f.Each {
		if v.String() == "" {
			return f.missing()
		}
		return checkWords(f.Name, v.String(), MaxSealed)
	}
	if v.Len() == 0 {
		return f.missing()
	}
	for _, key := range v.MapKeys() {
		if !IDForm(key.String()) {
			return RefuseField("field.id", f.Name)
		}
		if r := checkWords(f.Name, v.MapIndex(key).String(), MaxSealed); r != nil {
			return r
		}
	}
	return nil
}

// token: an ASCII word without a space, at most 64 long.
func token(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune("_-.@+", rune(c)) {
			return false
		}
	}
	return true
}

// IDForm tells whether s may be an id: letters, digits, '-', '_' and '.', at
// most 64, so that it can stand in a stream name, an address and a subject.
func IDForm(s string) bool {
	return token(s) && !strings.ContainsAny(s, "@+") && s != "." && s != ".."
}

// StreamForm tells whether s may be the id of a stream of a category: an id, and for
// an indicator an id with its scope, K1@D-TKY.
func StreamForm(category, s string) bool {
	id, scope, scoped := strings.Cut(s, "@")
	if scoped && (category != "indicator" || !IDForm(scope)) {
		return false
	}
	return IDForm(id) && len(s) <= 64
}

// decodeFacts fills marked structs from facts. Facts that no struct knows are
// an error: an event form that this program does not know.
func decodeFacts(facts []Fact, structs ...any) error {
	known := 0
	taken := map[string]bool{}
	for _, s := range structs {
		v := reflect.ValueOf(s).Elem()
		for _, f := range Fields(v.Type()) {
			if f.Place != InFacts {
				continue
			}
			i, ok := slices.BinarySearchFunc(facts, f.Name, func(a Fact, k string) int { return strings.Compare(a.Key, k) })
			if !ok {
				if !f.Optional {
					return fmt.Errorf("fact %s is absent", f.Name)
				}
				continue
			}
			if err := f.decode(facts[i], v.FieldByIndex(f.index)); err != nil {
				return err
			}
			if !taken[f.Name] {
				taken[f.Name] = true
				known++
			}
		}
	}
	if known == len(facts) {
		return nil
	}
	for _, f := range facts {
		if !taken[f.Key] {
			return fmt.Errorf("fact %s is unknown", f.Key)
		}
	}
	return nil
}

func (f *Field) decode(fact Fact, v reflect.Value) error {
	switch f.Kind {
	case KindInt, KindTime, KindFlag:
		if !fact.IsInt || (f.Kind == KindFlag && fact.Int != 0 && fact.Int != 1) {
			return fmt.Errorf("fact %s is no %s", f.Name, f.Kind)
		}
		setNumber(v, fact.Int)
		return nil
	}
	if fact.IsInt {
		return fmt.Errorf("fact %s is a number", f.Name)
	}
	switch f.Kind {
	case KindDate:
		d, err := japan.ParseDate(fact.Text)
		if err != nil {
			return fmt.Errorf("fact %s: %w", f.Name, err)
		}
		v.Set(reflect.ValueOf(d))
	case KindInstant:
		t, err := japan.ParseInstant(fact.Text)
		if err != nil {
			return fmt.Errorf("fact %s: %w", f.Name, err)
		}
		v.Set(reflect.ValueOf(t))
	case KindCodes, KindTokens, KindIDs:
		v.Set(reflect.ValueOf(strings.Split(fact.Text, ",")))
	default:
		v.SetString(fact.Text)
	}
	return nil
}

func setNumber(v reflect.Value, n int64) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if v.Kind() == reflect.Bool {
		v.SetBool(n == 1)
		return
	}
	v.SetInt(n)
}
