package web

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/moverule"
	"ayumi/infra/web/locale"

	"github.com/google/uuid"
)

// definitionEdit is the editor of a new version: the form as it is typed, and, once
// there is something to try, every past year counted by it.
func (s *Site) definitionEdit(w http.ResponseWriter, r *http.Request, v Visitor) error {
	x, base, err := s.editorOf(r, v)
	if err != nil {
		return err
	}
	draft, faults := base, []FieldError(nil)
	tried := r.Form.Has("definition_version")
	if draft.Version = ""; tried {
		draft, faults = s.readVersion(r, v, x, base, false)
	} else {
		draft.OfficialFrom = ""
	}
	return s.editor(w, r, v, x, base, draft, faults, tried)
}

// editorOf is the indicator with the version the form begins with: the one the
// address names, else the one in force, else the newest.
func (s *Site) editorOf(r *http.Request, v Visitor) (rulesOf, indicator.Definition, error) {
	x, err := s.naturally(r, v, r.PathValue("indicator"))
	if err != nil {
		return x, indicator.Definition{}, err
	}
	if l, ok := x.named(r.FormValue("base")); ok {
		return x, l.Definition, nil
	}
	if d, ok := x.force(s.today()); ok {
		return x, d, nil
	}
	return x, x.list[len(x.list)-1].Definition, nil
}

func (s *Site) editor(w http.ResponseWriter, r *http.Request, v Visitor, x rulesOf, base, draft indicator.Definition, faults []FieldError, tried bool) error {
	words := v.W
	form, _ := indicator.FormOf(base.Rule)
	view := DefinitionEditView{
		Page:    s.page(r, v, "indicators", words.Definition.NewHeading(name(words, base)), "css/definition.css"),
		Heading: words.Definition.NewHeading(name(words, base)), From: words.Definition.NewFrom(base.Version), Base: base.Version,
		Action: "/definitions/" + url.PathEscape(x.id) + "/new", Scope: x.scope, CommandID: cmp.Or(r.FormValue("command_id"), uuid.NewString()),
		Version: draft.Version, OfficialFrom: dayText(words, draft.OfficialFrom), Text: draft.Text[string(words.Language)],
		Units: codeOptions(words, "unit", form.Units, draft.Unit), Bases: codeOptions(words, "unit_basis", form.Bases, draft.Basis),
		Fields: parameterFields(words, base, draft), Tried: tried,
	}
	if tried {
		view.Version, view.OfficialFrom, view.Text = r.FormValue("definition_version"), r.FormValue("official_from"), r.FormValue("text")
	}
	view.Crumbs = []Crumb{{words.Definition.Breadcrumb, "/definitions"}, {x.id, definitionHref(x.id, x.scope)}, {words.Definition.New, ""}}
	status := http.StatusOK
	if len(faults) > 0 {
		view.Errors, status = newErrors(words, faults...), http.StatusUnprocessableEntity
	} else if tried {
		var err error
		if view.Dry, _, err = s.dryRun(r, v, x, draft, draftIn(draft)); err != nil {
			return err
		}
	}
	return s.show(w, r, status, "definitionedit", "", view)
}

// readVersion reads the form of a version. What only a proposal needs, its name and its
// words, may be missing in a trial.
func (s *Site) readVersion(r *http.Request, v Visitor, x rulesOf, base indicator.Definition, proposing bool) (indicator.Definition, []FieldError) {
	d := base
	d.Parameters = map[string]string{}
	var faults []FieldError
	fault := func(field, text string) { faults = append(faults, FieldError{field, text}) }
	refuse := func(key, field string) { fault(field, v.W.Refusal(key, field, nil)) }
	d.Version = strings.TrimSpace(r.FormValue("definition_version"))
	switch _, used := x.named(d.Version); {
	case d.Version == "" && !proposing:
		d.Version = "draft"
	case d.Version == "":
		refuse("field.required", "definition_version")
	case !domain.IDForm(d.Version):
		refuse("field.code", "definition_version")
	case used:
		refuse("indicator.version", "definition_version")
	}
	if day, err := japan.ReadComing(r.FormValue("official_from"), s.today()); err == nil {
		d.OfficialFrom = day.Date.String()
	} else {
		fault("official_from", dateFault(v.W, err, "official_from"))
	}
	text := strings.TrimSpace(strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n"))
	switch {
	case text != "":
		d.Text = map[string]string{"ja": text, "en": text}
	case proposing:
		refuse("field.required", "text")
	}
	d.Unit, d.Basis = r.FormValue("unit"), r.FormValue("basis")
	faults = append(faults, readParameters(r, v.W, base, &d, s.today())...)
	whole, err := x.book.Draft(d)
	if more, _ := faultsOf(v.W, err, parameterInputs()); len(more) > 0 {
		for _, f := range more {
			if !slices.ContainsFunc(faults, func(o FieldError) bool { return o.Field == f.Field }) {
				faults = append(faults, f)
			}
		}
	}
	if len(faults) > 0 {
		return d, faults
	}
	return whole, nil
}

// readParameters reads the parameters that the rule of the base takes.
func readParameters(r *http.Request, w *locale.Words, base indicator.Definition, into *indicator.Definition, today japan.Date) []FieldError {
	var faults []FieldError
	for _, f := range parameterFields(w, base, base) {
		values := r.Form[f.Name]
		value := ""
		switch f.Kind {
		case "many":
			slices.Sort(values)
			if value = strings.Join(slices.Compact(values), ","); f.Name == "channels" && len(values) == len(f.Options) {
				value = "all"
			}
		case "date":
			if r.FormValue(f.Name) == "" {
				continue
			}
			day, err := japan.ReadComing(r.FormValue(f.Name), today)
			if err != nil {
				faults = append(faults, FieldError{f.Name, dateFault(w, err, f.Name)})
				continue
			}
			value = day.Date.String()
		default:
			value = strings.TrimSpace(r.FormValue(f.Name))
		}
		if value != "" { // what is missing the rule itself tells
			into.Parameters[f.Name] = value
		}
	}
	return faults
}

// parameterInputs names the inputs by the fields of refusals.
func parameterInputs() map[string]string {
	out := map[string]string{"definition_version": "definition_version", "version": "definition_version", "official_from": "official_from", "text": "text", "unit": "unit", "basis": "basis"}
	for _, name := range indicator.ParameterOrder() {
		out[name] = name
	}
	return out
}

func codeOptions(w *locale.Words, list string, codes []string, chosen ...string) []Option {
	var out []Option
	for _, c := range codes {
		out = append(out, Option{Value: c, Text: w.Code(list, c), Chosen: slices.Contains(chosen, c)})
	}
	return out
}

// parameterFields are the inputs for the parameters that a rule takes, filled as
// the draft has them.
func parameterFields(w *locale.Words, base, draft indicator.Definition) []ParameterField {
	form, _ := indicator.FormOf(base.Rule)
	known := indicator.ParameterFields()
	var out []ParameterField
	for _, name := range indicator.ParameterOrder() {
		needed := slices.Contains(form.Needs, name)
		if !needed && !slices.Contains(form.May, name) {
			continue
		}
		at := slices.IndexFunc(known, func(f domain.Field) bool { return f.Name == name })
		f := ParameterField{Name: name, Label: parameterLabel(w, name), Value: draft.Parameters[name]}
		list := cmp.Or(parameterLists[name], name)
		chosen := strings.Split(f.Value, ",")
		choose := func(codes []string) {
			f.Kind, f.Options = "choice", codeOptions(w, list, codes, f.Value)
			if !needed || f.Value == "" {
				f.Options = append([]Option{{Text: w.Definition.Absent, Chosen: f.Value == ""}}, f.Options...)
			}
		}
		switch kind := known[at].Kind; {
		case name == "channels":
			if f.Value == "all" {
				chosen = domain.Codes["channel"]
			}
			f.Kind, f.Options = "many", codeOptions(w, list, domain.Codes["channel"], chosen...)
		case name == "class_rule":
			choose(moverule.Names())
		case kind == domain.KindCodes:
			f.Kind, f.Options = "many", codeOptions(w, list, known[at].List, chosen...)
		case kind == domain.KindCode:
			choose(known[at].List)
		case kind == domain.KindInt:
			f.Kind = "number"
		case kind == domain.KindDate:
			f.Kind, f.Value = "date", dayText(w, f.Value)
		default:
			f.Kind = "text"
		}
		if !needed && f.Kind == "many" {
			f.Hint = w.Definition.NoneIsAll
		}
		out = append(out, f)
	}
	return out
}

// proposeDefinition proposes the version of the form; the indicator is registered
// at the scope on the way, if it is not yet.
func (s *Site) proposeDefinition(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	x, base, err := s.editorOf(r, v)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(r.PostFormValue("command_id"))
	if err != nil {
		id = uuid.New()
	}
	again := x.series != nil && x.series.Version(strings.TrimSpace(r.FormValue("definition_version"))) != nil
	draft, faults := s.readVersion(r, v, x, base, true)
	if len(faults) > 0 && !again {
		return s.editor(w, r, v, x, base, draft, faults, true)
	}
	position, err := s.proposeVersion(r, v, x, id, draft)
	if err != nil {
		faults, ok := faultsOf(v.W, err, parameterInputs())
		if !ok {
			return refused(err)
		}
		return s.editor(w, r, v, x, base, draft, faults, true)
	}
	if err := s.wait(r.Context(), position); err != nil {
		return err
	}
	http.Redirect(w, r, versionHref(x.id, draft.Version, x.scope)+"&done=proposed", http.StatusSeeOther)
	return nil
}

// proposeVersion gives the commands; a form sent twice proposes once.
func (s *Site) proposeVersion(r *http.Request, v Visitor, x rulesOf, id uuid.UUID, d indicator.Definition) (uint64, error) {
	stream := indicator.StreamID(x.id, x.scope)
	if x.series == nil {
		req, err := s.request(v, uuid.NewSHA1(id, []byte("register")), "indicator.register", map[string]any{
			"indicator": stream, "code": x.id, "scope": x.scope, "class": d.Class, "name": d.Name["ja"]})
		if err != nil {
			return 0, err
		}
		if _, err := s.config.Office.Do(r.Context(), req); err != nil {
			return 0, err
		}
	}
	fields := d.Proposal(string(v.W.Language))
	maps.Copy(fields, map[string]any{"indicator": stream})
	req, err := s.request(v, id, "indicator.propose_version", fields)
	if err != nil {
		return 0, err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	position, _ := lastOf(receipts)
	return position, err
}
