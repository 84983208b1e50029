package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/projections"

	"github.com/google/uuid"
)

// nameless is the person of the address, who gave no name yet.
func (s *Site) nameless(r *http.Request, v Visitor) (*dossier, error) {
	d, err := s.dossier(r, v, r.PathValue("id"), projections.Newest, "intake")
	if err != nil {
		return nil, err
	}
	if !d.sum.Anonymous || d.sum.State != "active" {
		return nil, ErrMissing
	}
	return d, nil
}

func (s *Site) identifyView(r *http.Request, v Visitor, d *dossier) IntakeView {
	number, address := personNumber(d.sum.Number), "/people/"+d.sum.ID
	view := s.intakeView(r, v)
	view.Title, view.Heading, view.Here, view.Search = number, v.W.Intake.IdentifyHeading, address+"/identify", address+"/identify/search"
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {number, address}, {v.W.Intake.Identify, ""}}
	view.Identify = &IdentifyForm{W: v.W, Action: address + "/identify", Same: address + "/same", CommandID: uuid.NewString(), Query: view.Query}
	return view
}

// identifyForm opens the search that stands before a name is given.
func (s *Site) identifyForm(w http.ResponseWriter, r *http.Request, v Visitor) error {
	d, err := s.nameless(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "intake", "", s.identifyView(r, v, d))
}

// identifySearch shows who is near, and below it the form for a name.
func (s *Site) identifySearch(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	d, err := s.nameless(r, v)
	if err != nil {
		return err
	}
	view := s.identifyView(r, v, d)
	if err := s.nearby(r, v, &view); err != nil {
		return err
	}
	in := &intakeInput{query: view.Query, age: d.sum.AgeBand, residence: d.sum.ResidencePref}
	in.take(view.Words)
	view.Identify.fill(v, in)
	status := http.StatusOK
	if view.Error != "" {
		status = http.StatusUnprocessableEntity
	}
	return s.show(w, r, status, "intake", "", view)
}

func (f *IdentifyForm) fill(v Visitor, in *intakeInput) {
	f.Name, f.Reading, f.Born, f.BornRead = in.name, in.reading, in.born, in.bornRead
	f.Residence, f.Age = choices(v, "pref", in.residence), choices(v, "age_band", in.age)
	if len(in.faults) > 0 {
		f.Errors = newErrors(v.W, in.faults...)
	}
}

// identify gives the person its name; what was recorded stays where it is.
func (s *Site) identify(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	d, err := s.nameless(r, v)
	if err != nil {
		return err
	}
	in := readIntake(r)
	if in.query == "" {
		http.Redirect(w, r, "/people/"+d.sum.ID+"/identify", http.StatusSeeOther)
		return nil
	}
	in.checkWho(v.W, s.today())
	again := func(faults []FieldError) error {
		view := s.identifyView(r, v, d)
		if err := s.nearby(r, v, &view); err != nil {
			return err
		}
		in.faults = append(in.faults, faults...)
		view.Identify.CommandID = in.commandID
		view.Identify.fill(v, in)
		return s.show(w, r, http.StatusUnprocessableEntity, "intake", "", view)
	}
	if len(in.faults) > 0 {
		return again(nil)
	}
	fields := map[string]any{"person": d.sum.ID, "age_band": in.age, "residence_pref": in.residence}
	in.calls(fields)
	req, err := s.request(v, uuid.MustParse(in.commandID), "person.identify", fields)
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if faults, ok := faultsOf(v.W, err, intakeInputs); ok {
		return again(faults)
	}
	if err != nil {
		return err
	}
	position, repeated := lastOf(receipts)
	http.Redirect(w, r, savedAddress(d.sum.ID, position, repeated), http.StatusSeeOther)
	return nil
}

// sameAs says that the person is one on record whom the search found. A lead merges
// the two.
func (s *Site) sameAs(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	d, err := s.nameless(r, v)
	if err != nil {
		return err
	}
	view := s.identifyView(r, v, d)
	if err := s.nearby(r, v, &view); err != nil {
		return err
	}
	i := slices.IndexFunc(view.Hits, func(h IntakeHit) bool { return h.ID == strings.TrimSpace(r.PostFormValue("other")) })
	if i < 0 || view.Hits[i].ID == d.sum.ID {
		return ErrMissing
	}
	h := view.Hits[i]
	fields := map[string]any{"person": min(d.sum.ID, h.ID), "other": max(d.sum.ID, h.ID), "score": h.Points, "signals": h.signals}
	req, err := s.request(v, commandID(r), "person.suspect_duplicate", fields)
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err != nil {
		return refused(err)
	}
	position, _ := lastOf(receipts)
	if position == 0 {
		http.Redirect(w, r, "/duplicates", http.StatusSeeOther)
		return nil
	}
	http.Redirect(w, r, duplicateHref(position)+"?at="+strconv.FormatUint(position, 10), http.StatusSeeOther)
	return nil
}
