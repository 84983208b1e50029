package web

import (
	"net/http"
	"strconv"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// universityRoutes are the pages of universities and their agreements.
func (s *Site) universityRoutes() {
	s.staff("GET /universities", s.universitiesPage, outreachReaders...)
	s.staff("POST /universities", s.universityBegin, "CO", "LD")
	s.staff("GET /universities/{no}", s.universityPage, outreachReaders...)
	s.staff("POST /universities/{no}", s.universityAct, "CO", "LD", "AN")
}

func universityHref(no uint64) string { return "/universities/" + strconv.FormatUint(no, 10) }

func (s *Site) universitiesPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.universitiesView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "universities", "", view)
}

func (s *Site) universitiesView(r *http.Request, v Visitor) (UniversitiesView, error) {
	w, words := v.W, v.W.University
	view := UniversitiesView{Page: s.page(r, v, "outreach", words.Title, "css/edit.css", "css/records.css"), Behind: s.behind(r, v)}
	view.Here = "/universities"
	view.Crumbs = []Crumb{{w.Outreach.Title, "/outreach"}, {words.Title, ""}}
	all, err := s.config.Journey.Universities(r.Context(), v.Actor.Controller)
	if err != nil {
		return view, missing(err)
	}
	list := newestList(all)
	agreed, listed := 0, 0
	for _, u := range all {
		row := UniversityRow{Href: universityHref(u.No), Name: u.Name, Kind: code(w, "kind", u.Kind), Pref: code(w, "pref", u.Pref), Place: placeChip(words, u, list)}
		row.Agreement = Chip{Kind: "gray", Text: words.NoAgreement}
		a := u.Standing()
		if a != nil {
			row.Agreement, row.Since = Chip{"green", "check", code(w, "kind", a.Kind)}, w.Date(a.Concluded)
		}
		if u.Listed[list].Meets {
			listed++
			if a != nil {
				agreed++
			}
		}
		view.Rows = append(view.Rows, row)
	}
	if list != "" {
		view.List, view.Count, view.Figure = words.ListName(list), words.Count(agreed, listed), "/indicators"
	}
	if s.acts(v, "university.register") {
		view.Acts = append(view.Acts, s.commandForm(w, "register", "university.register", commandForm{action: "/universities", heading: words.Acts["university.register"], submit: w.Outreach.Save}))
	}
	return view, nil
}

// newestList is the universe list that was stated last; "" if there is none.
func newestList(all []projections.University) string {
	list, on := "", japan.Date(0)
	for _, u := range all {
		for name, place := range u.Listed {
			if place.On > on || place.On == on && name > list {
				list, on = name, place.On
			}
		}
	}
	return list
}

func placeChip(words locale.University, u projections.University, list string) Chip {
	place, ok := u.Listed[list]
	switch {
	case !ok:
		return Chip{Kind: "gray", Text: words.NotListed}
	case place.Meets:
		return Chip{"blue", "check", words.Meets}
	}
	return Chip{Kind: "gray", Text: words.Below}
}

func (s *Site) universityBegin(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.recordsCommand(w, r, v, recordsForm{allowed: []string{"university.register"}, done: universityHref, again: func(status int, faults []FieldError) error {
		view, err := s.universitiesView(r, v)
		if err != nil {
			return err
		}
		formAgain(v, r, view.Acts, faults)
		return s.show(w, r, status, "universities", "", view)
	}})
}

func (s *Site) universityAsked(r *http.Request, v Visitor) (projections.University, error) {
	return ofNumber(r, v, s.config.Journey.Universities, func(u projections.University, no uint64) bool { return u.No == no })
}

func (s *Site) universityPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	u, err := s.universityAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.universityView(r, v, u)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "university", "", view)
}

func (s *Site) universityView(r *http.Request, v Visitor, u projections.University) (UniversityView, error) {
	w, words := v.W, v.W.University
	view := UniversityView{Page: s.page(r, v, "outreach", words.OneTitle(recordNumber(u.No)), "css/edit.css", "css/records.css", "css/outreach.css"), Heading: u.Name, Behind: s.behind(r, v)}
	view.Here = universityHref(u.No)
	view.Crumbs = []Crumb{{words.Title, "/universities"}, {recordNumber(u.No), ""}}
	view.Facts = []Pair{{Label: w.Field("kind"), Value: code(w, "kind", u.Kind)}, {Label: w.Field("pref"), Value: code(w, "pref", u.Pref)}}
	if a := u.Standing(); a != nil {
		view.State = []Chip{{"green", "check", code(w, "kind", a.Kind)}}
	}
	for _, e := range u.Entries {
		if e.Type != "university.universe_listed" {
			continue
		}
		list := e.Facts.Text("list")
		if place := u.Listed[list]; place.On == e.From {
			said := words.Place(placeChip(words, u, list).Text, place.Threshold)
			if place.Students != nil {
				said = words.PlaceOf(placeChip(words, u, list).Text, *place.Students, place.Threshold)
			}
			view.Listed = append(view.Listed, Pair{Label: words.ListName(list), Value: said})
		}
	}
	seen, err := s.read(r, v, Glance{Subject: u.ID, Reason: "university", Act: "list", Classes: "P"}, u.Entries)
	if err != nil {
		return view, err
	}
	for _, e := range u.Entries {
		switch id := e.Facts.Text("agreement"); {
		case e.Type == "university.agreement_concluded":
			view.Agreements = append(view.Agreements, s.agreementRow(v, u, id))
		case e.Type == "university.contact_set" && u.Contacts[e.Facts.Text("contact")]:
			view.Contacts = append(view.Contacts, s.contactRow(v, u, e, seen))
		}
	}
	for _, command := range universityActs {
		if s.acts(v, command) {
			f := commandForm{action: view.Here, heading: words.Acts[command], submit: w.Outreach.Save, expected: u.Version(), values: map[string]string{}, skip: []string{"parties"}}
			if command == "university.rename" {
				f.values["name"] = u.Name
			}
			view.Acts = append(view.Acts, s.commandForm(w, command[len("university."):], command, f))
		}
	}
	view.History = historyOf(v, seen, u.Entries)
	return view, nil
}

// universityActs are the commands of the page, in the order shown; those of an
// agreement and of a contact stand beside it.
var universityActs = []string{"university.conclude_agreement", "university.list_in_universe", "university.set_contact", "university.rename"}

var universityGiven = append([]string{"university.upgrade_agreement", "university.end_agreement", "university.remove_contact"}, universityActs...)

func (s *Site) agreementRow(v Visitor, u projections.University, id string) AgreementRow {
	w, a := v.W, u.Agreements[id]
	row := AgreementRow{Kind: code(w, "kind", a.Kind), Since: w.Date(a.Concluded)}
	if a.Ended {
		row.Until = w.Date(a.EndedOn)
		return row
	}
	if a.Kind != "comprehensive" {
		row.Upgrade = s.universityForm(v, u, "upgrade-"+id[:min(8, len(id))], "university.upgrade_agreement", map[string]string{"agreement": id, "kind": "comprehensive"})
	}
	row.End = s.universityForm(v, u, "end-"+id[:min(8, len(id))], "university.end_agreement", map[string]string{"agreement": id})
	return row
}

func (s *Site) contactRow(v Visitor, u projections.University, e projections.Entry, seen reading) ContactRow {
	row, id := contactOf(v, seen.texts[e.Position]), e.Facts.Text("contact")
	row.Remove = s.universityForm(v, u, "remove-"+id[:min(8, len(id))], "university.remove_contact", map[string]string{"contact": id})
	return row
}

// universityForm is a form about one thing of a university; nil for who may not.
func (s *Site) universityForm(v Visitor, u projections.University, id, command string, of map[string]string) *CommandForm {
	if !s.acts(v, command) {
		return nil
	}
	fixed := []string{}
	for name := range of {
		fixed = append(fixed, name)
	}
	f := s.commandForm(v.W, id, command, commandForm{action: universityHref(u.No), heading: v.W.University.Acts[command], submit: v.W.Outreach.Save, expected: u.Version(), values: of, fixed: fixed})
	return &f
}

func (s *Site) universityAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	u, err := s.universityAsked(r, v)
	if err != nil {
		return err
	}
	return s.recordsCommand(w, r, v, recordsForm{allowed: universityGiven, stream: u.ID, done: func(uint64) string { return universityHref(u.No) },
		again: func(status int, faults []FieldError) error {
			u, err := s.universityAsked(r, v)
			if err != nil {
				return err
			}
			view, err := s.universityView(r, v, u)
			if err != nil {
				return err
			}
			formAgain(v, r, view.Acts, faults)
			for i := range view.Agreements {
				for _, f := range []*CommandForm{view.Agreements[i].Upgrade, view.Agreements[i].End} {
					f.againIf(v, r, faults)
				}
			}
			return s.show(w, r, status, "university", "", view)
		}})
}

// againIf is again for the form that was sent; f may be nil.
func (f *CommandForm) againIf(v Visitor, r *http.Request, faults []FieldError) {
	if f != nil && f.ID == r.PostFormValue("form") {
		f.again(v.W, r, faults)
	}
}
