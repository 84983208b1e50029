package domain

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Kind is the form a fact may have (events.md 2.2).
type Kind string

// The kinds. Token is a code without a closed list; Stream, Type and Instant
// occur in the envelope only.
const (
	KindCode    Kind = "code"
	KindCodes   Kind = "codes"
	KindToken   Kind = "token"
	KindTokens  Kind = "tokens"
	KindID      Kind = "id"
	KindIDs     Kind = "ids"
	KindInt     Kind = "int"
	KindFlag    Kind = "flag"
	KindDate    Kind = "date"
	KindTime    Kind = "time"
	KindDigest  Kind = "digest"
	KindWord    Kind = "word"
	KindStream  Kind = "stream"
	KindType    Kind = "type"
	KindInstant Kind = "instant"
	KindText    Kind = "text" // sealed only
	KindJSON    Kind = "json" // arguments only: an object, as JSON text
)

// Place says where a field travels.
type Place string

// Places.
const (
	InFacts  Place = "fact"
	InSealed Place = "sealed"
	InCall   Place = "arg" // part of the command, not of the event
)

// Field is one marked field of an event, command or envelope.
//
//	`fact:"channel,code"`              a word of the list Codes["channel"]
//	`fact:"kind,code=consultee|companion"` a word of this list
//	`fact:"contract,code=contract"`    a word of the named list
//	`fact:"booking?,id"`               may be absent
//	`fact:"consultation,id,new"`       a command may leave it out: an id is made
//	`fact:"key_commitment,digest,made"` the decision makes it; a command may not state it
//	`sealed:"note?,X"`                 class X, under the subject's key
//	`sealed:"name,P,owner=contact"`    under the key of the id in fact contact
//	`sealed:"addresses?,P,each"`       map person id → text, one section each
//	`sealed:"employer?,P,job"`         partition job (or reloc)
//	`arg:"preview?,int"`               only in the command
//	`fact:"categories,codes=category,absent=consultation.no_category"` key of the refusal if absent
//	`fact:"target_pref,code,wrong=case.target"` key of the refusal if not in the list
//
// Go types: string; []string for codes, ids, tokens; int, or *int where absent
// differs from 0; bool for flag, *bool where absent differs from no;
// japan.Date; *int for time (HHMM); map[string]string for each.
type Field struct {
	Name      string
	Place     Place
	Kind      Kind
	List      []string // allowed words of a code
	ListName  string
	Optional  bool
	New       bool
	Made      bool
	Class     string // P or X
	Owner     string // fact that names the owner; "" is the subject of the stream
	Each      bool
	Partition string // job, reloc or ""
	Absent    string // key that refuses a missing value; "" is field.required
	Wrong     string // key that refuses a code outside the list; "" is field.code
	index     []int
}

// Fields lists the marked fields of a struct type, embedded structs included,
// ascending by name. It panics on a struct that breaks the grammar: a test runs
// it over every registered type.
func Fields(t reflect.Type) []Field {
	if f, ok := fieldsOf.Load(t); ok {
		return f.([]Field)
	}
	var out []Field
	collect(t, nil, &out)
	slices.SortFunc(out, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(out); i++ {
		if out[i].Name == out[i-1].Name {
			panic(fmt.Sprintf("%s: field %s twice", t, out[i].Name))
		}
	}
	fieldsOf.Store(t, out)
	return out
}

var fieldsOf sync.Map // reflect.Type → []Field

func collect(t reflect.Type, index []int, out *[]Field) {
	for i := range t.NumField() {
		sf := t.Field(i)
		at := append(slices.Clone(index), i)
		marked := false
		for _, place := range []Place{InFacts, InSealed, InCall} {
			if tag, ok := sf.Tag.Lookup(string(place)); ok {
				*out = append(*out, parseField(t, sf, place, tag, at))
				marked = true
			}
		}
		if !marked && sf.Anonymous && sf.Type.Kind() == reflect.Struct {
			collect(sf.Type, at, out)
		} else if !marked && t != envelopeType {
			panic(fmt.Sprintf("%s.%s is neither fact nor sealed", t, sf.Name))
		}
	}
}

var envelopeType = reflect.TypeFor[Envelope]()

func parseField(t reflect.Type, sf reflect.StructField, place Place, tag string, index []int) Field {
	parts := strings.Split(tag, ",")
	f := Field{Place: place, index: index}
	f.Name, f.Optional = strings.CutSuffix(parts[0], "?")
	if len(parts) < 2 || !keyForm(f.Name) {
		panic(fmt.Sprintf("%s.%s: tag %q", t, sf.Name, tag))
	}
	if place == InSealed {
		f.Class, f.Kind = parts[1], KindText
		if f.Class != "P" && f.Class != "X" {
			panic(fmt.Sprintf("%s.%s: class %q", t, sf.Name, f.Class))
		}
	} else {
		kind, list, _ := strings.Cut(parts[1], "=")
		f.Kind = Kind(kind)
		f.setList(t, list)
	}
	for _, opt := range parts[2:] {
		switch key, val, _ := strings.Cut(opt, "="); key {
		case "new":
			f.New = true
		case "made":
			f.Made = true
		case "owner":
			f.Owner = val
		case "each":
			f.Each = true
		case "job", "reloc":
			f.Partition = key
		case "absent":
			f.Absent = val
		case "wrong":
			f.Wrong = val
		default:
			panic(fmt.Sprintf("%s.%s: option %q", t, sf.Name, opt))
		}
	}
	if !f.fits(sf.Type) {
		panic(fmt.Sprintf("%s.%s: kind %s in %s", t, sf.Name, f.Kind, sf.Type))
	}
	return f
}

func (f *Field) setList(t reflect.Type, list string) {
	if f.Kind != KindCode && f.Kind != KindCodes {
		return
	}
	if strings.Contains(list, "|") {
		f.List = strings.Split(list, "|")
		return
	}
	if list == "" {
		list = f.Name
	}
	f.ListName, f.List = list, Codes[list]
	if f.List == nil {
		panic(fmt.Sprintf("%s: no list of codes %q", t, list))
	}
}

func (f *Field) fits(t reflect.Type) bool {
	name := t.String()
	switch f.Kind {
	case KindCodes, KindTokens, KindIDs:
		return name == "[]string"
	case KindInt:
		return name == "int" || (f.Optional && name == "*int")
	case KindFlag:
		return name == "bool" || (f.Optional && name == "*bool")
	case KindDate:
		return name == "japan.Date"
	case KindTime:
		return name == "*int"
	case KindInstant:
		return name == "time.Time"
	case KindText:
		return (f.Each && name == "map[string]string") || (!f.Each && name == "string")
	case KindJSON:
		return name == "string" && f.Place == InCall
	case KindCode, KindToken, KindID, KindDigest, KindWord, KindStream, KindType:
		return name == "string"
	}
	return false
}
