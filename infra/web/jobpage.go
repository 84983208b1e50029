package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"ayumi/domain/japan"
	"ayumi/projections"
)

// jobFile is what the page of a person's way to work is made of.
type jobFile struct {
	*dossier
	files []projections.CaseFile // ascending; the last may go on
	open  *projections.CaseFile  // the one that goes on; nil if there is none
	firms []projections.Employer
}

// jobAsked reads and opens a person's way to work; ErrMissing for one of another
// controller. Notes of consultations stay closed.
func (s *Site) jobAsked(r *http.Request, v Visitor) (*jobFile, error) {
	d, err := s.profile(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !s.mayFacts(v, d.controller()) || d.sum.State == "erased" {
		return nil, ErrMissing
	}
	f := &jobFile{dossier: d}
	entries := slices.Clone(d.entries)
	for _, c := range d.sum.Cases {
		if !slices.Contains(d.sum.Group, c.Lead) {
			continue
		}
		file, err := s.config.Journey.CaseFile(r.Context(), c.ID)
		if err != nil {
			return nil, missing(err)
		}
		f.files = append(f.files, file)
		entries = append(entries, jobEntries(file)...)
	}
	if c := d.openCase(); c != nil {
		if i := slices.IndexFunc(f.files, func(file projections.CaseFile) bool { return file.ID == c.ID }); i >= 0 {
			f.open = &f.files[i]
		}
	}
	if f.firms, err = s.config.Journey.Employers(r.Context(), v.Actor.Controller); err != nil {
		return nil, missing(err)
	}
	f.seen, err = s.read(r, v, Glance{Subject: d.sum.ID, Reason: "job", Classes: "PX"}, entries)
	return f, err
}

// jobEntries are the events of a case that tell of registration and placements.
func jobEntries(file projections.CaseFile) []projections.Entry {
	return slices.DeleteFunc(slices.Clone(file.Entries), func(e projections.Entry) bool {
		return e.Facts.Text("placement") == "" && e.Facts.Text("registration") == ""
	})
}

func (s *Site) jobPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	f, err := s.jobAsked(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "job", "", s.jobView(r, v, f))
}

func jobHref(person string) string { return "/people/" + person + "/job" }

func (s *Site) jobView(r *http.Request, v Visitor, f *jobFile) JobView {
	words, n := v.W.Job, s.nameOf(v, f.dossier)
	view := JobView{Page: s.page(r, v, "people", words.OneTitle(n.number), "css/journey.css", "css/edit.css", "css/records.css"), Person: PersonLink{n.name, n.number, n.href}, Hidden: n.hidden, Chips: n.chips,
		Tabs: s.personTabs(v, f.sum.ID, "job"), Notice: savedNotice(r, v), Behind: s.behind(r, v)}
	view.Here = jobHref(f.sum.ID)
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {n.number, n.href}, {words.Title, ""}}
	view.Consent = Chip{Kind: "gray", Text: words.NotAgreed}
	for _, c := range f.sum.Consents {
		if slices.Contains(c.Scope, "employer_introduction") && c.State == "given" && (c.Until == 0 || s.today() <= c.Until) {
			view.Consent = Chip{"green", "check", words.Agreed}
			view.Given = append(view.Given, words.Since(v.W.Date(c.Given)))
		}
	}
	for i := range slices.Backward(f.files) {
		file := &f.files[i]
		s.registrations(v, f, file, &view)
		s.placements(v, f, file, &view)
	}
	switch {
	case len(f.files) == 0:
		view.Closed = words.NoCase
	case f.open == nil:
		view.Closed = words.ClosedCase
	default:
		s.jobBegins(v, f, &view)
	}
	return view
}

// jobForm is a form of the page.
func (s *Site) jobForm(v Visitor, f *jobFile, id, command string, c commandForm) CommandForm {
	c.action, c.heading, c.submit, c.expected = jobHref(f.sum.ID), cmp.Or(c.heading, v.W.Job.Acts[command]), v.W.Job.Save, f.open.Version()
	form := s.commandForm(v.W, id, command, c)
	form.addDay(v.W, s.today())
	return form
}

func (s *Site) registrations(v Visitor, f *jobFile, file *projections.CaseFile, view *JobView) {
	words := v.W.Job
	for _, e := range slices.Backward(file.Entries) {
		if e.Type != "case.jobseeker_registered" {
			continue
		}
		id := e.Facts.Text("registration")
		held := file.Registrations[id]
		row := RegistrationRow{Since: v.W.Date(e.From), Until: v.W.Date(held.ValidUntil), Number: f.seen.texts[e.Position].first("number"), State: Chip{"green", "check", words.Valid}}
		switch {
		case held.Ended:
			row.State = Chip{Kind: "gray", Text: words.Over}
		case held.ValidUntil < s.today():
			row.State = Chip{"yellow", "warn", words.Past}
		}
		if !held.Ended && file == f.open {
			form := s.jobForm(v, f, "end-"+id[:min(8, len(id))], "case.end_jobseeker_registration", commandForm{values: map[string]string{"registration": id}, fixed: []string{"registration"}})
			row.End = &form
		}
		view.Registrations = append(view.Registrations, row)
	}
}

// placementActs are the commands that fit each state, in the order shown.
var placementActs = map[string][]string{
	"introduced":  {"case.make_application", "case.receive_offer", "case.decide_placement", "case.withdraw_offer", "case.decline_offer"},
	"applied":     {"case.hold_interview", "case.receive_offer", "case.decide_placement", "case.withdraw_offer", "case.decline_offer"},
	"interviewed": {"case.receive_offer", "case.decide_placement", "case.withdraw_offer", "case.decline_offer"},
	"offered":     {"case.decide_placement", "case.decline_offer", "case.withdraw_offer"},
	"decided":     {"case.start_employment", "case.fall_through_placement"},
	"started":     {"case.check_employment", "case.end_employment"},
	"ended":       {"case.check_employment"},
}

// jobGiven are all commands that the page takes.
var jobGiven = func() []string {
	out := []string{"case.register_jobseeker", "case.end_jobseeker_registration", "case.introduce_candidate"}
	for _, list := range placementActs {
		out = append(out, list...)
	}
	return out
}()

func (s *Site) placements(v Visitor, f *jobFile, file *projections.CaseFile, view *JobView) {
	var order []string
	told := map[string]*introduced{}
	for _, e := range file.Entries {
		id := e.Facts.Text("placement")
		p := file.Placements[id]
		if p == nil {
			continue
		}
		if told[id] == nil {
			order = append(order, id)
			told[id] = &introduced{Introduction: projections.Introduction{ID: id, Case: file.ID, Placement: p, Entry: e}}
		} else {
			told[id].Changed = append(told[id].Changed, e)
		}
	}
	for _, id := range slices.Backward(order) {
		x := told[id]
		x.learn(f.seen)
		view.Placements = append(view.Placements, s.placementRow(v, f, file, x))
	}
}

func (s *Site) placementRow(v Visitor, f *jobFile, file *projections.CaseFile, x *introduced) PlacementRow {
	words, p := v.W.Job, x.Placement
	row := PlacementRow{W: v.W, Employer: cmp.Or(x.employer, v.W.Journey.NameHidden), Vacancy: x.title, Number: x.number, State: placementChip(v.W, p.State), Earlier: file != f.open}
	for _, m := range f.firms {
		if offer := vacancyOf(m, m.Name, *x); offer != nil {
			x.vacancy, row.Link = offer, employerHref(m.No)
		}
	}
	add := func(label, value string) {
		if value != "" {
			row.Steps = append(row.Steps, Pair{Label: label, Value: value})
		}
	}
	for _, step := range x.days() {
		add(words.Steps[step.name], v.W.Date(step.on))
	}
	add(words.Route, code(v.W, "route", p.Route))
	add(words.Contract, code(v.W, "contract", p.Contract))
	if grade := p.Grade(); grade != "" {
		add(words.Confirmed, words.Grade(strings.ToUpper(grade)))
	}
	if p.Grade() == "" && slices.Contains([]string{"decided", "started", "ended"}, p.State) {
		for _, e := range append([]projections.Entry{x.Entry}, x.Changed...) {
			if link := confirmLink(v, e.Type, e.Position); link != nil {
				row.Confirm = link.Href // of the newest such step
			}
		}
	}
	if file == f.open {
		for _, command := range placementActs[p.State] {
			if s.acts(v, command) {
				row.Forms = append(row.Forms, s.placementForm(v, f, x, command))
			}
		}
	}
	return row
}

// days are the steps of a placement by day, those without a fact of their own too.
func (x *introduced) days() []stepDay {
	out := slices.DeleteFunc(stepDays(x.Placement), func(d stepDay) bool { return d.on == 0 })
	for _, e := range x.Changed {
		if name := map[string]string{"case.application_made": "applied_on", "case.interview_held": "interviewed_on"}[e.Type]; name != "" {
			out = append(out, stepDay{name, e.From})
		}
	}
	slices.SortStableFunc(out, func(a, b stepDay) int { return cmp.Compare(a.on, b.on) })
	return out
}

func (s *Site) placementForm(v Visitor, f *jobFile, x *introduced, command string) CommandForm {
	w := v.W
	c := commandForm{values: map[string]string{"placement": x.ID, "person": x.Person}, fixed: []string{"placement", "person"}, choices: map[string][]Option{}}
	switch command {
	case "case.decline_offer":
		c.choices["reason"] = reasons(w, "conditions", "other_offer", "family", "health", "place", "other")
	case "case.withdraw_offer":
		c.choices["reason"] = reasons(w, "not_selected", "position_filled", "business", "other")
	case "case.fall_through_placement":
		c.choices["reason"] = reasons(w, "conditions", "other_offer", "family", "health", "place", "business", "other")
	case "case.check_employment":
		for _, months := range []string{"3", "6", "12"} {
			c.choices["months"] = append(c.choices["months"], Option{Value: months, Text: w.Job.Months(months)})
		}
	case "case.decide_placement":
		s.decided(v, x, &c)
	}
	return s.jobForm(v, f, strings.TrimPrefix(command, "case.")+"-"+x.ID[:min(8, len(x.ID))], command, c)
}

// decided fills the form of a decision with what is known of the vacancy.
func (s *Site) decided(v Visitor, x *introduced, c *commandForm) {
	for name, value := range map[string]string{"workplace_pref": x.WorkplacePref, "industry": x.Industry, "employer": x.employer, "route": "introduced"} {
		c.values[name] = value
	}
	c.choices["workplace_lg"] = s.places(v)
	if x.vacancy != nil {
		c.values["contract"], c.values["workplace_lg"] = x.vacancy.Contract, x.vacancy.WorkplaceLG
		if m, ok := japan.MunicipalityOf(x.vacancy.WorkplaceLG); ok {
			c.values["workplace_region"] = m.Region
		}
	}
}

// jobBegins are the forms that begin something.
func (s *Site) jobBegins(v Visitor, f *jobFile, view *JobView) {
	words := v.W.Job
	registered := slices.ContainsFunc(view.Registrations, func(r RegistrationRow) bool { return r.State.Kind == "green" })
	if registered {
		if form := s.introductionForm(v, f); form != nil {
			view.Begin = append(view.Begin, *form)
		} else {
			view.First = words.NoVacancies
		}
	} else {
		view.First = words.First
	}
	view.Begin = append(view.Begin, s.jobForm(v, f, "register", "case.register_jobseeker", commandForm{values: map[string]string{"valid_until": v.W.PlainDate(s.today().AddMonths(6))}}))
	self := commandForm{heading: words.Self, values: map[string]string{"person": f.open.Lead, "route": "self", "workplace_pref": v.Actor.Controller}, fixed: []string{"person"}, choices: map[string][]Option{"workplace_lg": s.places(v)}}
	view.Begin = append(view.Begin, s.jobForm(v, f, "self", "case.decide_placement", self))
}

// introductionForm introduces the person to one of the vacancies on offer; nil where
// there is none.
func (s *Site) introductionForm(v Visitor, f *jobFile) *CommandForm {
	var offers []Option
	for _, m := range f.firms {
		for _, x := range m.Offers() {
			if x.Offered(s.today()) && !m.Ended {
				offers = append(offers, Option{Value: x.Vacancy, Text: strings.Join([]string{cmp.Or(m.Name, v.W.Code("kind", m.Kind)), x.Title, v.W.Municipality(x.WorkplaceLG), x.Number()}, "　")})
			}
		}
	}
	if len(offers) == 0 || !s.acts(v, "case.introduce_candidate") {
		return nil
	}
	form := s.jobForm(v, f, "introduce", "case.introduce_candidate", commandForm{values: map[string]string{"person": f.open.Lead}, fixed: []string{"person"}, skip: []string{"employer"}, choices: map[string][]Option{"vacancy": offers}})
	s.consentHints(v, &form)
	return &form
}

func (s *Site) jobAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	f, err := s.jobAsked(r, v)
	if err != nil {
		return err
	}
	if f.open == nil {
		return ErrRefused
	}
	fixed := map[string]any{}
	if r.PostFormValue("command") == "case.introduce_candidate" {
		for _, m := range f.firms {
			if m.Vacancies[r.PostFormValue("vacancy")] != nil {
				fixed["employer"] = m.ID
			}
		}
	}
	return s.recordsCommand(w, r, v, recordsForm{allowed: jobGiven, stream: f.open.ID, fixed: fixed, done: func(uint64) string { return jobHref(f.sum.ID) },
		again: func(status int, faults []FieldError) error {
			f, err := s.jobAsked(r, v)
			if err != nil {
				return err
			}
			if f.open == nil {
				return ErrRefused
			}
			view := s.jobView(r, v, f)
			formAgain(v, r, view.Begin, faults)
			for i := range view.Placements {
				formAgain(v, r, view.Placements[i].Forms, faults)
			}
			for i := range view.Registrations {
				view.Registrations[i].End.againIf(v, r, faults)
			}
			return s.show(w, r, status, "job", "", view)
		}})
}
