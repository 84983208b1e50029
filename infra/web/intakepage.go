package web

import (
	"net/http"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"

	"github.com/google/uuid"
)

// IntakeView is the short form for a person who was never here before.
type IntakeView struct {
	Page
	CommandID string
	Search    string // of the search that found nobody
	Texts     []IntakeText
	Choices   []IntakeChoice
	Aims      []Option
	Student   bool
	Errors    *Errors
}

// IntakeText is one line to write into.
type IntakeText struct {
	Name, Label, Value string
	Required           bool
}

// IntakeChoice is one list to choose from.
type IntakeChoice struct {
	Name, Label string
	Options     []Option
}

var (
	intakeTexts   = []string{"family", "given", "family_kana", "given_kana", "mobile", "notice_version"}
	intakeNeeded  = []string{"family", "given", "notice_version"}
	intakeChoices = []struct{ name, list string }{
		{"age_band", "age_band"}, {"residence_pref", "pref"}, {"method", "notice_method"}, {"lead_source", "lead_source"},
	}
)

// intake opens the form. It stands behind a search: whoever comes without one
// searches first.
func (s *Site) intake(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if _, err := uuid.Parse(r.FormValue("search")); err != nil {
		http.Redirect(w, r, "/people", http.StatusSeeOther)
		return nil
	}
	return s.show(w, r, http.StatusOK, "intake", "", s.intakeView(r, v, uuid.NewString(), nil))
}

// intakeView is the form with what was typed.
func (s *Site) intakeView(r *http.Request, v Visitor, command string, faults []FieldError) IntakeView {
	view := IntakeView{Page: s.page(r, v, "people", v.W.Intake.Heading), CommandID: command, Search: r.FormValue("search"), Student: r.PostFormValue("student") != ""}
	view.Here = "/people/new"
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {v.W.Intake.Heading, ""}}
	for _, name := range intakeTexts {
		view.Texts = append(view.Texts, IntakeText{Name: name, Label: v.W.Field(name), Value: r.PostFormValue(name), Required: slices.Contains(intakeNeeded, name)})
	}
	for _, c := range intakeChoices {
		view.Choices = append(view.Choices, IntakeChoice{Name: c.name, Label: v.W.Field(c.name), Options: choices(v, c.list, r.PostFormValue(c.name))})
	}
	for _, aim := range domain.Codes["aims"] {
		view.Aims = append(view.Aims, Option{Value: aim, Text: v.W.Code("aims", aim), Chosen: slices.Contains(r.PostForm["aims"], aim)})
	}
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
	}
	return view
}

// choices are the codes of a list in its order, none of them chosen before.
func choices(v Visitor, list, chosen string) []Option {
	codes := domain.Codes[list]
	if list == "notice_method" {
		f, _ := fieldOf("person.notice_given", "method")
		codes = f.List
	}
	out := []Option{{Text: v.W.Intake.Choose, Chosen: chosen == ""}}
	for _, c := range codes {
		out = append(out, Option{Value: c, Text: code(v.W, list, c), Chosen: c == chosen})
	}
	return out
}

// register records a person with the notice shown and a first case, in one append.
func (s *Site) register(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	id, err := uuid.Parse(r.PostFormValue("command_id"))
	if err != nil {
		id = uuid.New()
	}
	again := func(faults []FieldError) error {
		return s.show(w, r, http.StatusUnprocessableEntity, "intake", "", s.intakeView(r, v, id.String(), faults))
	}
	if faults := missingIntake(r, v); len(faults) > 0 {
		return again(faults)
	}
	req, err := s.request(v, id, "person.first_contact", s.firstContact(r, v))
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if faults, ok := faultsOf(v.W, err, nil); ok {
		return again(faults)
	}
	if err != nil {
		return err
	}
	position, repeated := lastOf(receipts)
	http.Redirect(w, r, savedAddress(domain.DeriveID(id, "person"), position, repeated), http.StatusSeeOther)
	return nil
}

func missingIntake(r *http.Request, v Visitor) []FieldError {
	var out []FieldError
	for _, name := range intakeNeeded {
		if strings.TrimSpace(r.PostFormValue(name)) == "" {
			out = append(out, FieldError{name, v.W.Message.Required(v.W.Field(name))})
		}
	}
	for _, c := range intakeChoices {
		if r.PostFormValue(c.name) == "" {
			out = append(out, FieldError{c.name, v.W.Message.RequiredChoose(v.W.Field(c.name))})
		}
	}
	if len(r.PostForm["aims"]) == 0 {
		out = append(out, FieldError{"aims", v.W.Message.RequiredChoose(v.W.Field("aims"))})
	}
	return out
}

func (s *Site) firstContact(r *http.Request, v Visitor) map[string]any {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	who := map[string]any{"kind": "consultee", "anonymous": false, "age_band": text("age_band"), "residence_pref": text("residence_pref"),
		"language": "ja", "student": text("student") != "", "search": text("search")}
	for _, name := range intakeTexts[:4] {
		if t := text(name); t != "" {
			who[name] = t
		}
	}
	desk := v.Actor.Desk
	out := map[string]any{
		"register": who,
		"notice":   map[string]any{"notice_version": text("notice_version"), "language": "ja", "method": text("method")},
		"open": map[string]any{"desk": desk, "aims": r.PostForm["aims"], "lead_source": text("lead_source"), "target_pref": targetOf(v),
			"new_episode": false},
	}
	if t := text("mobile"); t != "" {
		out["contact"] = map[string]any{"kind": "mobile", "shared": false, "value": t}
	}
	return out
}

// targetOf is the prefecture a case of this desk looks at.
func targetOf(v Visitor) string {
	if _, ok := japan.PrefectureOf(v.Actor.Controller); ok {
		return v.Actor.Controller
	}
	return "undecided"
}
