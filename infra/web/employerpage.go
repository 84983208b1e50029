package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"ayumi/domain/employer"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

func (s *Site) employerAsked(r *http.Request, v Visitor) (projections.Employer, error) {
	return ofNumber(r, v, s.config.Journey.Employers, func(m projections.Employer, no uint64) bool { return m.No == no })
}

func (s *Site) employerPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	m, err := s.employerAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.employerView(r, v, m)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "employer", "", view)
}

func (s *Site) employerView(r *http.Request, v Visitor, m projections.Employer) (EmployerView, error) {
	w, words := v.W, v.W.Employer
	view := EmployerView{Page: s.page(r, v, "employers", words.OneTitle(recordNumber(m.No)), "css/edit.css", "css/records.css", "css/outreach.css"), Behind: s.behind(r, v)}
	view.Here = employerHref(m.No)
	view.Crumbs = []Crumb{{words.Title, "/employers"}, {recordNumber(m.No), ""}}
	seen, err := s.read(r, v, Glance{Subject: m.ID, Reason: "employer", Act: "list", Classes: "P"}, m.Entries)
	if err != nil {
		return view, err
	}
	name := employerName{text: m.Name}
	if m.Name == "" {
		name = proprietor(v, m, seen)
	}
	view.Heading, view.Hidden = name.text, name.hidden
	view.Facts = []Pair{{Label: w.Field("kind"), Value: w.Code("kind", m.Kind)}, {Label: w.Field("industry"), Value: w.Code("industry", m.Industry)},
		{Label: words.Place, Value: w.Municipality(m.LGCode)}, {Label: words.Size, Value: w.Code("size_band", m.SizeBand)}}
	if m.Ended {
		view.State = []Chip{{"gray", "", words.Ended}}
		view.Facts = append(view.Facts, Pair{Label: words.Ended, Value: w.Date(m.EndedOn)})
	} else if n := len(s.offered(m)); n > 0 {
		view.State = []Chip{{"blue", "", words.Open + " " + words.Offered(n)}}
	}
	for _, e := range m.Entries {
		if e.Type == "employer.contact_set" && m.Contacts[e.Facts.Text("contact")] {
			view.Contacts = append(view.Contacts, s.employerContact(v, m, e, seen))
		}
	}
	if view.Introductions, err = s.introducedTo(r, v, m, name); err != nil {
		return view, err
	}
	s.employerForms(v, m, &view)
	view.History = historyOf(v, seen, m.Entries)
	return view, nil
}

// employerActs are the commands of the page, in the order shown; those of a vacancy and
// of a contact stand beside it.
var employerActs = []string{"employer.open_vacancy", "employer.set_contact", "employer.rename", "employer.end"}

var employerGiven = append([]string{"employer.change_vacancy", "employer.close_vacancy", "employer.remove_contact", "case.introduce_candidate"}, employerActs...)

// employerForms puts in what may be done, beside each vacancy and below.
func (s *Site) employerForms(v Visitor, m projections.Employer, view *EmployerView) {
	for _, x := range slices.Backward(m.Offers()) {
		row := s.vacancyRow(v.W, m, employerName{}, x)
		row.ID, row.Taken = vacancyAnchor(x), v.W.Date(x.OpenedOn)
		row.From = v.W.Code("from", x.From)
		if x.Closed {
			row.Ended = strings.Join([]string{v.W.Date(x.ClosedOn), v.W.Code("reason", x.Reason), v.W.Employer.Filled(x.FilledByUs)}, v.W.Calendar.Comma)
		} else if !m.Ended {
			row.Forms = s.vacancyForms(v, m, x)
		}
		view.Vacancies = append(view.Vacancies, row)
	}
	if m.Ended {
		return
	}
	for _, command := range employerActs {
		if !s.acts(v, command) {
			continue
		}
		f := commandForm{values: map[string]string{"valid_until": ""}, choices: map[string][]Option{}}
		switch command {
		case "employer.open_vacancy":
			f.choices["workplace_lg"], f.choices["occupation"] = s.places(v), occupations(v.W)
			f.values["workplace_lg"], f.values["posts"], f.values["from"] = m.LGCode, "1", "direct"
			f.labels = map[string]string{"from": v.W.Employer.Source}
		case "employer.rename":
			f.values["name"] = m.Name
			f.skip = []string{"contact", map[bool]string{true: "name", false: "proprietor"}[m.Kind == "sole_proprietor"]}
		case "employer.set_contact":
			f.skip = []string{"contact"}
		case "employer.end":
			f.choices["reason"] = reasons(v.W, "closed_down", "merged", "no_more_vacancies", "violation", "other")
		}
		form := s.employerForm(v, m, strings.TrimPrefix(command, "employer."), command, f)
		form.hint("valid_until", v.W.Employer.UntilHint)
		form.hint("title", v.W.Employer.TitleHint)
		form.hint("workplace_lg", v.W.Employer.PlaceHint)
		if command == "employer.open_vacancy" {
			form.addDay(v.W, s.today())
		}
		view.Acts = append(view.Acts, form)
	}
}

// employerForm is a form of an employer's page.
func (s *Site) employerForm(v Visitor, m projections.Employer, id, command string, f commandForm) CommandForm {
	f.action, f.heading, f.submit, f.expected = employerHref(m.No), v.W.Employer.Acts[command], v.W.Employer.Save, m.Version()
	return s.commandForm(v.W, id, command, f)
}

func occupations(w *locale.Words) []Option {
	var out []Option
	for _, code := range locale.Occupations() {
		out = append(out, Option{Value: code, Text: w.Code("occupation", code)})
	}
	return out
}

// reasons are codes of reasons by their names.
func reasons(w *locale.Words, codes ...string) []Option {
	var out []Option
	for _, code := range codes {
		out = append(out, Option{Value: code, Text: w.Code("reason", code)})
	}
	return out
}

// vacancyFields are what the page changes of an open vacancy by typing.
var vacancyFields = []string{"valid_until", "posts", "title"}

func (s *Site) vacancyForms(v Visitor, m projections.Employer, x *employer.Vacancy) []CommandForm {
	part := vacancyAnchor(x)[2:]
	of := func() commandForm {
		return commandForm{values: map[string]string{"vacancy": x.Vacancy, "employer": m.ID}, fixed: []string{"vacancy", "employer"}, choices: map[string][]Option{}}
	}
	var out []CommandForm
	for _, command := range []string{"case.introduce_candidate", "employer.change_vacancy", "employer.close_vacancy"} {
		if !s.acts(v, command) {
			continue
		}
		f, id := of(), strings.SplitN(command, ".", 2)[1]+"-"+part
		switch command {
		case "employer.change_vacancy":
			f.skip = []string{"old"}
			for _, field := range vacancyFields {
				f.choices["field"] = append(f.choices["field"], Option{Value: field, Text: v.W.Field(field)})
			}
		case "employer.close_vacancy":
			f.values["filled_by_us"] = "0"
		}
		form := s.employerForm(v, m, id, command, f)
		form.hint("new", v.W.Employer.NewHint)
		form.hint("filled_by_us", v.W.Employer.FilledHint)
		if command == "case.introduce_candidate" {
			form.Expected = "" // its stream is that of the person's case
			s.consentHints(v, &form)
			form.hint("person", v.W.Rights.PersonHint)
			form.addDay(v.W, s.today())
		}
		out = append(out, form)
	}
	return out
}

func (s *Site) consentHints(v Visitor, form *CommandForm) {
	form.hint("agrees", v.W.Employer.ConsentHint)
	form.hint("evidence_ref", v.W.Employer.HowHint)
}

func (s *Site) employerContact(v Visitor, m projections.Employer, e projections.Entry, seen reading) ContactRow {
	row, id := contactOf(v, seen.texts[e.Position]), e.Facts.Text("contact")
	if s.acts(v, "employer.remove_contact") && !m.Ended {
		f := s.employerForm(v, m, "remove-"+id[:min(8, len(id))], "employer.remove_contact", commandForm{values: map[string]string{"contact": id}, fixed: []string{"contact"}})
		row.Remove = &f
	}
	return row
}

// introducedTo lists whom the office introduced to an employer, latest first. An
// introduction tells the employer sealed: those of the same industry are opened to find
// them, which the access log says; then the names of the people found.
func (s *Site) introducedTo(r *http.Request, v Visitor, m projections.Employer, name employerName) ([]IntroductionRow, error) {
	period := japan.Period{From: m.Entries[0].From - introducedBefore, To: s.today()}
	positions, err := s.config.Journey.Listed(r.Context(), "case.job_introduced", v.Actor.Controller, period)
	if err != nil {
		return nil, missing(err)
	}
	all, err := s.config.Journey.Introductions(r.Context(), positions...)
	if err != nil {
		return nil, missing(err)
	}
	all = slices.DeleteFunc(all, func(x projections.Introduction) bool { return x.Entry.Facts.Text("industry") != m.Industry })
	told, err := s.readIntroductions(r, v, "employer", "list", all)
	if err != nil {
		return nil, err
	}
	var mine []introduced
	for _, x := range told {
		if x.vacancy = vacancyOf(m, name.text, x); x.vacancy != nil || x.employer == name.text && !name.hidden && name.text != "" {
			mine = append(mine, x)
		}
	}
	if err := s.nameIntroduced(r, v, "employer", "list", mine); err != nil {
		return nil, err
	}
	var out []IntroductionRow
	for _, x := range slices.Backward(mine) {
		out = append(out, s.introductionRow(v, x))
	}
	return out, nil
}

// introducedBefore is by how many days an introduction may be older than the record of
// its employer: it was recorded before the employer was.
const introducedBefore = 366

// vacancyOf is the vacancy of an employer that an introduction was to; nil if none.
func vacancyOf(m projections.Employer, name string, x introduced) *employer.Vacancy {
	offers := m.Offers()
	if i := slices.IndexFunc(offers, func(o *employer.Vacancy) bool { return o.Number() == x.number }); i >= 0 {
		return offers[i]
	}
	i := slices.IndexFunc(offers, func(o *employer.Vacancy) bool { return name != "" && name == x.employer && o.Title == x.title })
	if i < 0 {
		return nil
	}
	return offers[i]
}

func (s *Site) introductionRow(v Visitor, x introduced) IntroductionRow {
	row := IntroductionRow{When: v.W.Date(x.IntroducedOn), Number: x.who.number, Person: x.who.name, Hidden: x.who.hidden, Vacancy: x.title, Employer: x.employer, State: placementChip(v.W, x.State),
		Steps: stepsSaid(v.W, x.Placement), Record: Pair{Value: recordNumber(x.Entry.Position), Href: recordHref(x.Entry.Position)}}
	if v.holds("CO", "LD") {
		row.Href = x.who.href + "/job"
	}
	return row
}

func (s *Site) employerAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	m, err := s.employerAsked(r, v)
	if err != nil {
		return err
	}
	again := func(status int, faults []FieldError) error { return s.employerAgain(w, r, v, status, faults) }
	form := recordsForm{allowed: employerGiven, stream: m.ID, fixed: map[string]any{}, done: func(uint64) string { return employerHref(m.No) }, again: again}
	switch r.PostFormValue("command") {
	case "case.introduce_candidate":
		form.stream = ""
		file, fault, err := s.caseToIntroduce(r, v)
		if err != nil {
			return err
		}
		if fault != "" {
			return again(http.StatusUnprocessableEntity, []FieldError{{"person", fault}})
		}
		form.fixed["case"] = file
	case "employer.change_vacancy":
		if x := m.Vacancies[r.PostFormValue("vacancy")]; x != nil {
			field := r.PostFormValue("field")
			form.fixed["old"], form.fixed["new"] = x.Stated(field), s.vacancyTyped(field, strings.TrimSpace(r.PostFormValue("new")))
		}
	}
	return s.recordsCommand(w, r, v, form)
}

// vacancyTyped is the canonical text of a field as it was typed; what cannot be read
// stays as it is and is refused.
func (s *Site) vacancyTyped(field, typed string) string {
	switch field {
	case "valid_until":
		if t, err := japan.ReadComing(typed, s.today()); err == nil {
			return t.Date.String()
		}
	case "posts":
		return strings.Map(plainDigit, typed)
	}
	return typed
}

// caseToIntroduce is the case of the person who is to be introduced, or why there is
// none.
func (s *Site) caseToIntroduce(r *http.Request, v Visitor) (file, fault string, err error) {
	typed := strings.TrimSpace(r.PostFormValue("person"))
	if typed == "" {
		return "", v.W.Message.Required(v.W.Field("person")), nil
	}
	d, err := s.profile(r.Context(), s.personTyped(r, v, typed))
	if err == nil && s.mayFacts(v, d.controller()) {
		if c := d.openCase(); c != nil {
			return c.ID, "", nil
		}
		return "", v.W.Employer.NoCase, nil
	}
	if err != nil && err != ErrMissing {
		return "", "", err
	}
	return "", v.W.Refusal("entity.unknown", "person", nil), nil
}

// employerAgain shows the page with what was typed and what is wrong with it.
func (s *Site) employerAgain(w http.ResponseWriter, r *http.Request, v Visitor, status int, faults []FieldError) error {
	m, err := s.employerAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.employerView(r, v, m)
	if err != nil {
		return err
	}
	formAgain(v, r, view.Acts, faults)
	for i := range view.Vacancies {
		formAgain(v, r, view.Vacancies[i].Forms, faults)
	}
	for i := range view.Contacts {
		view.Contacts[i].Remove.againIf(v, r, faults)
	}
	return s.show(w, r, status, "employer", "", view)
}

// placementKinds are the colours of the states of a placement.
var placementKinds = map[string]string{"introduced": "blue", "applied": "blue", "interviewed": "blue", "offered": "cyan", "decided": "green", "started": "green"}

func placementChip(w *locale.Words, state string) Chip {
	return Chip{Kind: cmp.Or(placementKinds[state], "gray"), Text: w.Code("placement_state", state)}
}
