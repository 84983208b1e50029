package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/infra/web/locale"

	"github.com/google/uuid"
)

// CommandForm is a form that gives one command: its inputs are the command's own
// fields, so a new field of a command has its input without a template.
type CommandForm struct {
	W         *locale.Words
	ID        string // of this form on the page; the ids of its inputs begin with it
	Action    string
	Heading   string
	Command   string
	CommandID string
	Expected  string // "" where several may work on the stream side by side
	Submit    string
	Fields    []CommandField
	Open      bool // shown unfolded
	Errors    *Errors
}

// CommandField is one input. Kind is hidden, text, area, select, check or checks.
type CommandField struct {
	ID, Name, Label, Kind string
	Value, Hint           string
	Options               []Option
	Required              bool
	Short                 bool // a day or a number: its box is no longer than that
	Error                 string
}

// commandForm builds the form of a command from what stands: values by field name.
// A field in fixed is carried along unseen; one in skip is left out.
type commandForm struct {
	action, heading, submit string
	expected                uint64
	values                  map[string]string
	fixed, skip             []string
	choices                 map[string][]Option // fields that are chosen from a list
	labels                  map[string]string   // of fields that are called otherwise here
}

func (s *Site) shape(name string) (domain.Shape, bool) {
	for _, each := range s.config.Office.Shapes() {
		if each.Name == name {
			return each, true
		}
	}
	return domain.Shape{}, false
}

func (s *Site) commandForm(w *locale.Words, id, command string, f commandForm) CommandForm {
	out := CommandForm{W: w, ID: id, Action: f.action, Heading: f.heading, Command: command, CommandID: uuid.NewString(),
		Expected: strconv.FormatUint(f.expected, 10), Submit: f.submit}
	shape, _ := s.shape(command)
	for _, field := range inOrder(shape.Fields) {
		if field.Made || field.New && !slices.Contains(f.fixed, field.Name) || slices.Contains(f.skip, field.Name) {
			continue
		}
		choices, chosen := f.choices[field.Name]
		if chosen && field.Optional && len(choices) == 0 {
			continue // nothing to choose from
		}
		in := CommandField{ID: id + "-" + field.Name, Name: field.Name, Label: cmp.Or(f.labels[field.Name], w.Field(field.Name)), Value: f.values[field.Name], Required: !field.Optional, Kind: "text",
			Short: field.Kind == domain.KindDate || field.Kind == domain.KindInt}
		switch {
		case slices.Contains(f.fixed, field.Name):
			in.Kind = "hidden"
		case chosen && (field.Kind == domain.KindIDs || field.Kind == domain.KindTokens || field.Kind == domain.KindCodes):
			in.Kind, in.Options = "checks", choose(choices, strings.Split(in.Value, ",")...)
		case chosen:
			in.Kind, in.Options = "select", choose(optionally(w, choices, field.Optional), in.Value)
		case field.Kind == domain.KindFlag:
			in.Kind, in.Required = "check", false
		case field.Kind == domain.KindCodes:
			in.Kind, in.Required = "checks", false
			for _, code := range field.List {
				in.Options = append(in.Options, Option{Value: code, Text: codeName(w, field, code)})
			}
			in.Options = choose(in.Options, strings.Split(in.Value, ",")...)
		case field.Kind == domain.KindCode:
			in.Kind = "select"
			for _, code := range field.List {
				in.Options = append(in.Options, Option{Value: code, Text: codeName(w, field, code)})
			}
			in.Options = choose(optionally(w, in.Options, field.Optional), in.Value)
		case (field.Kind == domain.KindWord || field.Kind == domain.KindText) && long[field.Name]:
			in.Kind = "area"
		}
		out.Fields = append(out.Fields, in)
	}
	return out
}

// long are the words that are whole sentences.
var long = map[string]bool{"text": true, "reasons": true, "result": true, "outline": true, "issue": true, "next_step": true, "why": true, "policy": true, "waiver": true, "words": true, "account_of_it": true, "handed": true, "papers": true}

// first are the fields that come first in a form, in this order; the others follow
// as the table has them.
var first = []string{"no", "fy", "format", "bureau", "unit", "policy", "head", "phone", "column", "name", "title", "starts_on", "ends_on", "place_pref", "place", "field", "comparator", "value", "unit", "kind", "mark", "mark_text", "score"}

func inOrder(fields []domain.Field) []domain.Field {
	place := func(f domain.Field) int {
		if i := slices.Index(first, f.Name); i >= 0 {
			return i
		}
		return len(first)
	}
	out := slices.Clone(fields)
	slices.SortStableFunc(out, func(a, b domain.Field) int { return place(a) - place(b) })
	return out
}

func choose(list []Option, chosen ...string) []Option {
	out := slices.Clone(list)
	for i := range out {
		out[i].Chosen = slices.Contains(chosen, out[i].Value)
	}
	return out
}

func optionally(w *locale.Words, list []Option, optional bool) []Option {
	if !optional {
		return list
	}
	return append([]Option{{Text: w.Edit.None}}, list...)
}

func codeName(w *locale.Words, f domain.Field, value string) string {
	for _, list := range []string{f.ListName, f.Name} {
		if text := code(w, list, value); list != "" && text != value {
			return text
		}
	}
	return value
}

// commandFields reads what a form of a command sent. Numbers may be typed in full
// width. What cannot be read is a fault of its field.
func commandFields(w *locale.Words, shape domain.Shape, r *http.Request) (map[string]any, []FieldError) {
	out := map[string]any{}
	var faults []FieldError
	for _, f := range shape.Fields {
		if f.Made {
			continue
		}
		typed := strings.TrimSpace(r.PostFormValue(f.Name))
		switch f.Kind {
		case domain.KindFlag:
			if !f.Optional || typed != "" {
				out[f.Name] = typed != ""
			}
		case domain.KindInt, domain.KindTime:
			if typed == "" {
				continue
			}
			n, err := strconv.Atoi(strings.Map(plainDigit, typed))
			if err != nil {
				faults = append(faults, FieldError{f.Name, w.Refusal("field.type", f.Name, nil)})
				continue
			}
			out[f.Name] = n
		case domain.KindIDs, domain.KindCodes, domain.KindTokens:
			if list := slices.DeleteFunc(r.PostForm[f.Name], func(s string) bool { return s == "" }); len(list) > 0 {
				out[f.Name] = list
			}
		default:
			if typed != "" {
				out[f.Name] = typed
			}
		}
	}
	return out, faults
}

// inputsOf are the inputs of a command's form by its fields: they have one name.
func inputsOf(shape domain.Shape) map[string]string {
	out := map[string]string{}
	for _, f := range shape.Fields {
		out[f.Name] = f.Name
	}
	return out
}

// plainDigit narrows a digit typed in full width and drops what parts thousands.
func plainDigit(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == ',' || r == '，' || r == ' ':
		return -1
	}
	return r
}

// again puts what was typed and what is wrong into a form.
func (f *CommandForm) again(w *locale.Words, r *http.Request, faults []FieldError) {
	f.Open = true
	for i := range f.Fields {
		in := &f.Fields[i]
		in.Value = r.PostFormValue(in.Name)
		in.Options = choose(in.Options, r.PostForm[in.Name]...)
		for j := range faults {
			if faults[j].Field == in.Name {
				in.Error, faults[j].Field = faults[j].Text, in.ID
			}
		}
	}
	f.Errors = newErrors(w, faults...)
}
