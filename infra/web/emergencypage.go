package web

import (
	"net/http"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/projections"
)

// emergencyRoutes are the pages of what was opened beyond somebody's rights.
func (s *Site) emergencyRoutes() {
	s.staff("GET /people/{id}/emergency", s.emergency, "CO", "LD", "PO")
	s.staff("POST /people/{id}/emergency", s.emergencyCommand, "CO", "LD", "PO")
	s.staff("GET /emergencies", s.emergencies, "LD", "PO")
}

const (
	openEmergency   = "account.open_emergency_access"
	reviewEmergency = "account.review_emergency_access"
)

// emergency is the page of one person.
func (s *Site) emergency(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view, err := s.emergencyView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "emergency", "", view)
}

func (s *Site) emergencyView(r *http.Request, v Visitor) (EmergencyView, error) {
	id := r.PathValue("id")
	group, err := s.groupOf(r, v, id)
	if err != nil {
		return EmergencyView{}, err
	}
	if err := s.await(r); err != nil {
		return EmergencyView{}, err
	}
	sum, err := s.config.Journey.Summary(r.Context(), id, projections.Newest)
	if err != nil {
		return EmergencyView{}, missing(err)
	}
	number, words := personNumber(sum.Number), v.W.Access
	view := EmergencyView{Page: s.page(r, v, "people", words.Title(number), "css/journey.css"), Heading: words.Title(number), Lead: words.Lead, Tabs: s.personTabs(v, id, "emergency"), One: true}
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {number, "/people/" + id}, {words.Tab, ""}}
	if !v.holds("CO", "LD") {
		view.Crumbs = view.Crumbs[1:]
	}
	if v.holds("LD", "PO") {
		view.All = &Pair{Value: words.All, Href: "/emergencies"}
	}
	if until := v.Actor.Emergencies[id]; v.Actor.InEmergency(id, s.config.Now()) {
		view.Running = &Pair{Value: words.Running(v.W.DateTime(until)), Href: "/people/" + id}
	} else if err := s.offerEmergency(r, v, &view, sum); err != nil {
		return view, err
	}
	return view, s.emergencyRows(r, v, &view, id, func(e projections.Emergency) bool { return slices.Contains(group, e.Person) })
}

// offerEmergency shows the form to whom something of the person is closed.
func (s *Site) offerEmergency(r *http.Request, v Visitor, view *EmergencyView, sum projections.Summary) error {
	shape, _ := s.shape(openEmergency)
	if !s.mayGive(v, shape) || sum.State == "erased" {
		return nil
	}
	closed, err := s.config.Office.ClosedToView(r.Context(), sum.ID)
	if err != nil {
		return err
	}
	if v.holds("LD") || !closed && sum.ConfidentialUntil == 0 {
		view.NotClosed = true
		return nil
	}
	form := s.commandForm(v.W, "open", openEmergency, commandForm{action: "/people/" + sum.ID + "/emergency", heading: v.W.Access.Open, submit: v.W.Access.Submit,
		expected: s.accountVersion(r, v.ID), values: map[string]string{"minutes": "30"}, skip: []string{"person"}, labels: map[string]string{"words": v.W.Access.Words}})
	form.hint("minutes", v.W.Access.MinutesHint)
	form.Open = true
	view.Open = &form
	return nil
}

// accountVersion is how many events an account's stream holds.
func (s *Site) accountVersion(r *http.Request, account string) uint64 {
	list, err := s.config.Journey.Stream(r.Context(), domain.StreamName("account", account), projections.Newest)
	if err != nil {
		return 0 // no form was ever opened on that: the command says that it moved
	}
	return uint64(len(list))
}

// emergencies is the list of the reader's controller.
func (s *Site) emergencies(w http.ResponseWriter, r *http.Request, v Visitor) error {
	words := v.W.Access
	view := EmergencyView{Page: s.page(r, v, "audit", words.ListTitle), Heading: words.ListTitle, Lead: words.ListLead}
	view.Crumbs = []Crumb{{v.W.Viewing.Title, "/access-log"}, {words.ListTitle, ""}}
	if err := s.emergencyRows(r, v, &view, "", func(projections.Emergency) bool { return true }); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "emergency", "", view)
}

func (s *Site) emergencyRows(r *http.Request, v Visitor, view *EmergencyView, subject string, wanted func(projections.Emergency) bool) error {
	all, err := s.config.Journey.Emergencies(r.Context(), v.Actor.Controller)
	if err != nil {
		return missing(err)
	}
	all = slices.DeleteFunc(all, func(e projections.Emergency) bool { return !wanted(e) })
	opened := make([]projections.Entry, len(all))
	for i, e := range all {
		opened[i] = e.Opened
	}
	seen, err := s.read(r, v, Glance{Subject: subject, Reason: viewing.Emergency, Act: viewing.List, Classes: "PX"}, opened)
	if err != nil {
		return err
	}
	for _, e := range all {
		row, err := s.emergencyRow(r, v, seen, e)
		if err != nil {
			return err
		}
		view.Words = view.Words || row.Words != ""
		view.Rows = append(view.Rows, row)
	}
	return nil
}

func (s *Site) emergencyRow(r *http.Request, v Visitor, seen reading, e projections.Emergency) (EmergencyRow, error) {
	w, at := v.W, e.Opened.RecordedAt
	row := EmergencyRow{Number: recordNumber(e.Opened.Position), ISO: at.In(japan.Zone).Format("2006-01-02T15:04"), When: w.DateTime(at), Who: seen.name(v, e.Opener), Until: w.DateTime(e.Until),
		Words: seen.note(w, e.Opened), State: Chip{"yellow", "clock", w.Access.Waiting}}
	reason, _ := fieldOf("account.emergency_access_opened", "reason")
	row.Reason = codeName(w, reason, e.Opened.Facts.Text("reason"))
	ref, err := s.config.Journey.Find(r.Context(), e.Person)
	if err != nil {
		return row, missing(err)
	}
	row.Person = Pair{Value: personNumber(ref.Number), Href: "/people/" + e.Person + "/emergency"}
	result, _ := fieldOf("account.emergency_access_reviewed", "result")
	switch shape, _ := s.shape(reviewEmergency); {
	case e.Result != "":
		row.State = Chip{map[string]string{"proper": "green", "improper": "red"}[e.Result], map[string]string{"proper": "check", "improper": "warn"}[e.Result], codeName(w, result, e.Result)}
	case s.mayGive(v, shape) && e.Opener != v.ID:
		form := s.commandForm(w, "review-"+e.ID, reviewEmergency, commandForm{action: "/people/" + e.Person + "/emergency", heading: w.Access.Review, submit: w.Access.ReviewIt,
			expected: s.accountVersion(r, e.Opener), fixed: []string{"access"}, values: map[string]string{"access": e.ID}})
		row.Review = &form
	}
	return row, nil
}

// emergencyCommand opens an access to one's own account, or reviews another's.
func (s *Site) emergencyCommand(w http.ResponseWriter, r *http.Request, v Visitor) error {
	id := r.PathValue("id")
	if _, err := s.groupOf(r, v, id); err != nil {
		return err
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	f := recordsForm{allowed: []string{openEmergency, reviewEmergency}, stream: v.ID, fixed: map[string]any{"person": id},
		done: func(uint64) string { return "/people/" + id },
		again: func(status int, faults []FieldError) error {
			view, err := s.emergencyView(r, v)
			if err != nil {
				return err
			}
			if view.Open != nil && view.Open.ID == r.PostFormValue("form") {
				view.Open.again(v.W, r, faults)
			} else {
				view.Errors = newErrors(v.W, faults...)
			}
			return s.show(w, r, status, "emergency", "", view)
		}}
	if r.PostFormValue("command") == reviewEmergency {
		all, err := s.config.Journey.Emergencies(r.Context(), v.Actor.Controller)
		if err != nil {
			return missing(err)
		}
		at := slices.IndexFunc(all, func(e projections.Emergency) bool { return e.ID == r.PostFormValue("access") && e.Person == id })
		if at < 0 {
			return ErrMissing
		}
		f.stream, f.fixed = all[at].Opener, nil
		f.done = func(uint64) string { return "/people/" + id + "/emergency" }
	}
	return s.recordsCommand(w, r, v, f)
}
