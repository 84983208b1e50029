package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/employer"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// employerReaders open the pages of employers; names on them are opened by the door.
var employerReaders = []string{"CO", "LD", "AU"}

// employerRoutes are the pages of employers, and of a person's way to work.
func (s *Site) employerRoutes() {
	s.staff("GET /employers", s.employersPage, employerReaders...)
	s.staff("POST /employers", s.employerBegin, "CO", "LD")
	s.staff("GET /employers/{no}", s.employerPage, employerReaders...)
	s.staff("POST /employers/{no}", s.employerAct, "CO", "LD")
	s.staff("GET /people/{id}/job", s.jobPage, "CO", "LD")
	s.staff("POST /people/{id}/job", s.jobAct, "CO", "LD")
}

func employerHref(no uint64) string { return "/employers/" + strconv.FormatUint(no, 10) }

// dueSoon is how many days before its end a vacancy is coloured.
const dueSoon = 14

func (s *Site) employersPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.employersView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "employers", "", view)
}

func (s *Site) employersView(r *http.Request, v Visitor) (EmployersView, error) {
	w, words := v.W, v.W.Employer
	view := EmployersView{Page: s.page(r, v, "employers", words.Title, "css/edit.css", "css/records.css"), Behind: s.behind(r, v),
		Query: strings.TrimSpace(r.URL.Query().Get("q")), Of: r.URL.Query().Get("st")}
	here := &url.URL{Path: "/employers", RawQuery: url.Values{"q": {view.Query}, "st": {view.Of}}.Encode()}
	view.Here = here.RequestURI()
	for _, of := range []string{"", "all", "ended"} {
		view.Tabs = append(view.Tabs, Tab{Text: words.Tabs[of], Href: with(here, "st", of), Current: view.Of == of})
	}
	all, err := s.config.Journey.Employers(r.Context(), v.Actor.Controller)
	if err != nil {
		return view, missing(err)
	}
	names, err := s.employerNames(r, v, all)
	if err != nil {
		return view, err
	}
	for _, m := range all {
		open := s.offered(m)
		if !m.Ended && view.Of != "ended" {
			for _, x := range open {
				if fits(view.Query, m.Name, x.Title) {
					view.Vacancies = append(view.Vacancies, s.vacancyRow(w, m, names[m.ID], x))
				}
			}
		}
		if kept := map[string]bool{"": !m.Ended && len(open) > 0, "all": !m.Ended, "ended": m.Ended}[view.Of]; kept && fits(view.Query, append(titles(open), m.Name)...) {
			view.Rows = append(view.Rows, s.employerRow(w, m, names[m.ID], len(open)))
		}
	}
	slices.SortStableFunc(view.Vacancies, func(a, b VacancyRow) int { return cmp.Compare(a.sort, b.sort) })
	if v.holds(s.rights["GET /employers/books"]...) {
		view.Book = "/employers/books"
	}
	view.Found = words.Found(len(view.Rows))
	if s.acts(v, "employer.register") {
		view.Acts = append(view.Acts, s.registerEmployer(v))
	}
	return view, nil
}

// offered are the vacancies of an employer that were not closed, in the order in which
// they were taken in; one past its last day is still to be closed.
func (s *Site) offered(m projections.Employer) []*employer.Vacancy {
	return slices.DeleteFunc(m.Offers(), func(x *employer.Vacancy) bool { return x.Closed })
}

func titles(list []*employer.Vacancy) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.Title
	}
	return out
}

// fits tells whether a text holds what was asked for, however it is spelt.
func fits(query string, texts ...string) bool {
	asked := japan.SearchKey(query)
	return asked == "" || slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(japan.SearchKey(t), asked) })
}

// employerName is a name, or why none is shown.
type employerName struct {
	text   string
	hidden bool
}

// employerNames are the names of employers by id: those of sole proprietors lie sealed.
func (s *Site) employerNames(r *http.Request, v Visitor, all []projections.Employer) (map[string]employerName, error) {
	out := map[string]employerName{}
	var sealed []projections.Entry
	for _, m := range all {
		out[m.ID] = employerName{text: m.Name}
		if m.Name == "" {
			sealed = append(sealed, naming(m)...)
		}
	}
	if sealed == nil {
		return out, nil
	}
	seen, err := s.read(r, v, Glance{Reason: "employers", Act: "list", Classes: "P"}, sealed)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if m.Name == "" {
			out[m.ID] = proprietor(v, m, seen)
		}
	}
	return out, nil
}

// naming are the events that name an employer.
func naming(m projections.Employer) []projections.Entry {
	return slices.DeleteFunc(slices.Clone(m.Entries), func(e projections.Entry) bool { return e.Type != "employer.registered" && e.Type != "employer.renamed" })
}

func proprietor(v Visitor, m projections.Employer, seen reading) employerName {
	out := employerName{v.W.Journey.NameHidden, true}
	for _, e := range naming(m) {
		if o := seen.texts[e.Position]; o.erased() {
			out = employerName{erasedMark(v.W, o.erasedBy()), true}
		} else if name := o.first("proprietor"); name != "" {
			out = employerName{name, false}
		}
	}
	return out
}

func (s *Site) employerRow(w *locale.Words, m projections.Employer, name employerName, open int) EmployerRow {
	row := EmployerRow{Href: employerHref(m.No), Name: name.text, Hidden: name.hidden, Kind: w.Code("kind", m.Kind), Industry: w.Code("industry", m.Industry), Place: w.Municipality(m.LGCode),
		Size: w.Code("size_band", m.SizeBand), Vacancies: w.Employer.Offered(open)}
	if m.Ended {
		row.State = &Chip{"gray", "", w.Employer.Ended}
	}
	return row
}

func (s *Site) vacancyRow(w *locale.Words, m projections.Employer, name employerName, x *employer.Vacancy) VacancyRow {
	row := VacancyRow{Number: x.Number(), Title: x.Title, Employer: name.text, Href: employerHref(m.No) + "#" + vacancyAnchor(x), Place: w.Municipality(x.WorkplaceLG), Posts: w.Employer.Sized(x.Posts),
		Until: w.Date(x.ValidUntil), Closed: x.Closed, sort: int(x.ValidUntil)}
	facts := []string{w.Code("contract", x.Contract), w.Code("occupation", x.Occupation)}
	for _, flag := range []struct {
		on   bool
		name string
	}{{x.SideJob, "side_job"}, {x.Remote, "remote"}, {x.GrantEligible, "grant_eligible"}} {
		if flag.on {
			facts = append(facts, w.Field(flag.name))
		}
	}
	row.Facts = strings.Join(facts, w.Calendar.Comma)
	row.Due = s.vacancyDue(w, x)
	return row
}

func vacancyAnchor(x *employer.Vacancy) string { return "v-" + strings.ToLower(x.Number()[2:]) }

// vacancyDue is how near the last day of an open vacancy is.
func (s *Site) vacancyDue(w *locale.Words, x *employer.Vacancy) *Chip {
	left := int(x.ValidUntil - s.today())
	switch {
	case x.Closed:
		return &Chip{"gray", "", w.Employer.Closed}
	case left < 0:
		return &Chip{"yellow", "warn", w.Employer.Overdue(-left)}
	case left == 0:
		return &Chip{"yellow", "clock", w.Employer.LastDay}
	case left <= dueSoon:
		return &Chip{"blue", "clock", w.Employer.Left(left)}
	}
	return nil
}

// registerEmployer is the form that registers one. Its prefecture follows from its
// place.
func (s *Site) registerEmployer(v Visitor) CommandForm {
	w := v.W
	f := s.commandForm(w, "register", "employer.register", commandForm{action: "/employers", heading: w.Employer.Acts["employer.register"], submit: w.Employer.Save,
		skip: []string{"pref", "contact"}, choices: map[string][]Option{"lg_code": s.places(v)}})
	f.hint("name", w.Employer.NameHint)
	f.hint("proprietor", w.Employer.ProprietorHint)
	f.hint("lg_code", w.Employer.PlaceHint)
	return f
}

// places are where an employer or a post may lie: the municipalities of the two
// prefectures, the own one first, then every prefecture as a whole.
func (s *Site) places(v Visitor) []Option {
	own := v.Actor.Controller
	var out []Option
	for _, pref := range []string{own, map[string]string{"31": "33", "33": "31"}[own]} {
		for _, m := range japan.Municipalities(pref, s.today()) {
			out = append(out, Option{Value: m.Code, Text: v.W.Municipality(m.Code)})
		}
	}
	for _, p := range japan.Prefectures() {
		check, _ := japan.CheckDigit(p.Code + "000")
		out = append(out, Option{Value: p.Code + "000" + string(rune(check)), Text: v.W.Employer.Prefecture(code(v.W, "pref", p.Code))})
	}
	return out
}

func (s *Site) employerBegin(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	fixed := map[string]any{}
	if code := r.PostFormValue("lg_code"); len(code) == 6 {
		fixed["pref"] = code[:2]
	}
	return s.recordsCommand(w, r, v, recordsForm{allowed: []string{"employer.register"}, fixed: fixed, done: employerHref, again: func(status int, faults []FieldError) error {
		view, err := s.employersView(r, v)
		if err != nil {
			return err
		}
		formAgain(v, r, view.Acts, faults)
		return s.show(w, r, status, "employers", "", view)
	}})
}
