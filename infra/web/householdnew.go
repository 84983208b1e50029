package web

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"ayumi/projections"
)

// householdNew offers to form a household, or shows the one the person lives in.
func (s *Site) householdNew(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view, lives, err := s.householdNewView(r, v)
	if err != nil {
		return err
	}
	if lives != 0 {
		http.Redirect(w, r, householdHref(lives), http.StatusSeeOther)
		return nil
	}
	return s.show(w, r, http.StatusOK, "householdnew", "", view)
}

// livesIn is the number of the household a person belongs to, 0 if to none.
func (s *Site) livesIn(r *http.Request, v Visitor, person string) (projections.Household, error) {
	all, err := s.config.Journey.HouseholdsOf(r.Context(), v.Actor.Controller, person)
	for _, h := range all {
		for _, m := range h.Members {
			if m.Person == person && m.Lives() {
				return h, nil
			}
		}
	}
	return projections.Household{}, missing(err)
}

// householdFact leads from a person to the household, or to where one is formed.
func (s *Site) householdFact(r *http.Request, v Visitor, d *dossier, view *JourneyView) error {
	if d.asOf != 0 || d.sum.State == "erased" {
		return nil
	}
	h, err := s.livesIn(r, v, d.sum.ID)
	switch {
	case err != nil:
		return err
	case h.No != 0:
		view.Person.Facts = append(view.Person.Facts, Pair{Label: v.W.Household.OfPerson, Value: recordNumber(h.No), Href: householdHref(h.No)})
	case view.Entry != nil && !d.sum.Anonymous:
		view.Person.Facts = append(view.Person.Facts, Pair{Label: v.W.Household.OfPerson, Value: v.W.Household.FromPerson, Href: "/people/" + d.sum.ID + "/household"})
	}
	return nil
}

func (s *Site) householdNewView(r *http.Request, v Visitor) (HouseholdNewView, uint64, error) {
	words, id := v.W.Household, r.PathValue("id")
	d, err := s.dossier(r, v, id, projections.Newest, "household")
	if err != nil {
		return HouseholdNewView{}, 0, err
	}
	number := personNumber(d.sum.Number)
	view := HouseholdNewView{Page: s.page(r, v, "people", words.New, "css/edit.css", "css/records.css", "css/household.css"), Heading: words.NewHeading(number),
		CommandID: uuid.NewString(), Relation: words.Head, Join: r.PostFormValue("join")}
	view.Here = "/people/" + id + "/household"
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {number, "/people/" + id}, {words.New, ""}}
	lives, err := s.livesIn(r, v, id)
	if err != nil || lives.No != 0 {
		return view, lives.No, err
	}
	var people []string
	for _, c := range d.sum.Cases {
		for _, p := range append([]string{c.Lead}, c.Members...) {
			if p != id && !slices.Contains(people, p) {
				people = append(people, p)
			}
		}
	}
	day := &workday{on: s.today(), at: projections.Newest}
	if err := s.nameThese(r, v, day, append([]string{id}, people...), nil, "household"); err != nil {
		return view, 0, err
	}
	view.Person = day.person(v, id, 0)
	if r.Method == http.MethodPost {
		view.Relation, view.CommandID = r.PostFormValue("relation"), commandID(r).String()
	}
	for _, p := range people {
		if _, known := day.known[p]; !known {
			continue // another controller's
		}
		its, err := s.livesIn(r, v, p)
		if err != nil {
			return view, 0, err
		}
		view.Rows = append(view.Rows, HouseholdPick{ID: p, Person: day.person(v, p, 0), Lives: its.No != 0, Chosen: slices.Contains(r.PostForm["member"], p) || r.Method != http.MethodPost && its.No == 0,
			Relation: r.PostFormValue("relation-" + p)})
	}
	return view, 0, nil
}

// householdForm forms a household of the person and of those chosen, or lets the person
// join the household of somebody named by number. Each joins by a command of its own,
// so a form that is sent again goes on where it stopped.
func (s *Site) householdForm(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	view, lives, err := s.householdNewView(r, v)
	if err != nil {
		return err
	}
	if lives != 0 {
		http.Redirect(w, r, householdHref(lives), http.StatusSeeOther)
		return nil
	}
	refuse := func(faults ...FieldError) error {
		view.Errors = newErrors(v.W, faults...)
		return s.show(w, r, http.StatusUnprocessableEntity, "householdnew", "", view)
	}
	first := commandID(r)
	household := uuid.NewSHA1(first, []byte("household")).String()
	joins := []HouseholdPick{{ID: r.PathValue("id"), Relation: view.Relation}}
	if view.Join != "" {
		person, fault := s.neighbour(r, v, view.Join)
		if fault != "" {
			return refuse(FieldError{"join", fault})
		}
		its, err := s.livesIn(r, v, person)
		if err != nil {
			return err
		}
		if its.No == 0 {
			return refuse(FieldError{"join", v.W.Household.NoHousehold(view.Join)})
		}
		household = its.ID
	} else {
		for _, row := range view.Rows {
			if row.Chosen && !row.Lives {
				joins = append(joins, row)
			}
		}
	}
	for _, j := range joins {
		if j.Relation == "" {
			return refuse(FieldError{relationInput(j.ID, r), v.W.Message.Required(v.W.Household.Relation)})
		}
	}
	last, no := uint64(0), uint64(0)
	for _, j := range joins {
		req, err := s.request(v, uuid.NewSHA1(first, []byte(j.ID)), "person.join_household", map[string]any{"stream": j.ID, "household": household, "relation": j.Relation})
		if err != nil {
			return err
		}
		receipts, err := s.config.Office.Do(r.Context(), req)
		if faults, ok := faultsOf(v.W, err, nil); ok {
			for i := range faults {
				faults[i].Field = relationInput(j.ID, r)
			}
			return refuse(faults...)
		}
		if err != nil {
			return refused(err)
		}
		position, _ := lastOf(receipts)
		if last = max(last, position); no == 0 {
			no = position
		}
	}
	if err := s.wait(r.Context(), last); err != nil {
		return err
	}
	if its, err := s.livesIn(r, v, r.PathValue("id")); err == nil && its.No != 0 {
		no = its.No
	}
	http.Redirect(w, r, savedAt(householdHref(no), last), http.StatusSeeOther)
	return nil
}

// relationInput is the id of the box in which the relation of somebody is typed.
func relationInput(person string, r *http.Request) string {
	if person == r.PathValue("id") {
		return "relation"
	}
	return "relation-" + person
}
