package domain

import (
	"errors"
	"strings"
)

// Refusal is the only error shown to people: a sentence key (events.md 6), the
// field it is about, and the values the sentence names. The words stand in the
// language tables.
type Refusal struct {
	Key   string
	Field string
	Args  map[string]string
}

// Refuse makes a Refusal about no particular field.
func Refuse(key string) *Refusal { return &Refusal{Key: key} }

// RefuseField makes a Refusal about one field; args are name, value, name, value, …
func RefuseField(key, field string, args ...string) *Refusal {
	r := &Refusal{Key: key, Field: field}
	for i := 0; i+1 < len(args); i += 2 {
		if r.Args == nil {
			r.Args = map[string]string{}
		}
		r.Args[args[i]] = args[i+1]
	}
	return r
}

// Error is for logs: the key and the field, never a value.
func (r *Refusal) Error() string {
	if r.Field == "" {
		return "refused: " + r.Key
	}
	return "refused: " + r.Key + " (" + r.Field + ")"
}

// Refusals are several at once: every bad field of a form.
type Refusals []*Refusal

func (rs Refusals) Error() string {
	texts := make([]string, len(rs))
	for i, r := range rs {
		texts[i] = r.Error()
	}
	return strings.Join(texts, "; ")
}

// Unwrap lets errors.As find each single Refusal.
func (rs Refusals) Unwrap() []error {
	out := make([]error, len(rs))
	for i, r := range rs {
		out[i] = r
	}
	return out
}

// Refused tells whether an error is the refusal of a key.
func Refused(err error, key string) bool {
	var r *Refusal
	return errors.As(err, &r) && r.Key == key
}
