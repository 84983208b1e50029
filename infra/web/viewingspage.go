package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/projections"
)

// ViewingsView is the access log: who looked at whose records, newest first.
type ViewingsView struct {
	Page
	Heading, Lead string
	Asked         *ViewingsForm // nil on the page of one person
	Searched      *SearchedForm
	Tabs          []Tab
	Rows          []ViewingRow
	Empty         string
	More          *Pair
	Older         string
	Errors        *Errors
}

// ViewingsForm is what was asked for.
type ViewingsForm struct {
	Person, From, To string
	Account          string // chosen on a row
	AccountName      string
	Acts             []Option
	Own              bool // an auditor sees the own viewing alone
	Narrowed         bool
}

// SearchedForm asks whether some words were searched for.
type SearchedForm struct{ Words string }

// ViewingRow is one act of looking.
type ViewingRow struct {
	ISO, When     string
	Who, WhoHref  string
	What, Where   string
	Refused       bool
	Subject, Href string
	Rows          string
}

// viewingsShown is how many a page of the list holds.
const viewingsShown = 100

// viewingRoutes are the pages of the access log.
func (s *Site) viewingRoutes() {
	s.staff("GET /access-log", s.viewings, "LD", "PO", "AU")
	s.staff("POST /access-log", s.searchedFor, "LD", "PO")
	s.staff("GET /people/{id}/seen", s.seenBy, "CO", "LD", "PO")
}

// viewings is the whole log of the reader's controller; an auditor reads the own
// viewing (handbook.md 10.5).
func (s *Site) viewings(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view, f, err := s.viewingsAsked(r, v)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if view.Errors != nil {
		status = http.StatusUnprocessableEntity
	} else if err := s.list(r, v, &view, f); err != nil {
		return err
	}
	return s.show(w, r, status, "viewings", "", view)
}

// viewingsAsked reads the address of the list.
func (s *Site) viewingsAsked(r *http.Request, v Visitor) (ViewingsView, viewing.Filter, error) {
	words := v.W.Viewing
	view := ViewingsView{Page: s.page(r, v, "audit", words.Title), Heading: words.Title, Lead: words.Lead, Empty: words.Empty}
	view.Crumbs = []Crumb{{v.W.Audit.Heading, "/audit"}, {words.Title, ""}}
	form := &ViewingsForm{Person: strings.TrimSpace(r.FormValue("person")), From: r.FormValue("from"), To: r.FormValue("to"), Account: r.FormValue("account"),
		Own: !v.holds("LD", "PO"), Narrowed: r.URL.RawQuery != ""}
	act := r.FormValue("act")
	form.Acts = []Option{{Text: words.Any, Chosen: act == ""}}
	for _, a := range viewing.Acts {
		form.Acts = append(form.Acts, Option{Value: a, Text: words.Acts[a], Chosen: a == act})
	}
	view.Asked = form
	before, _ := strconv.ParseUint(r.FormValue("before"), 10, 64)
	f := viewing.Filter{Account: form.Account, Controller: v.Actor.Controller, Act: act, Before: before, Limit: viewingsShown}
	if form.Own {
		view.Lead, f.Account, form.Account = words.OwnLead, v.ID, ""
	} else {
		view.Searched = &SearchedForm{}
		view.More = &Pair{Value: v.W.Access.All, Href: "/emergencies"}
	}
	var faults []FieldError
	day := func(field, text string) (on japan.Date) {
		if text = strings.TrimSpace(text); text == "" {
			return 0
		}
		typed, err := japan.ReadPast(text, s.today())
		if err != nil {
			faults = append(faults, FieldError{field, dateFault(v.W, err, field)})
		}
		return typed.Date
	}
	f.From, f.To = day("from", form.From), day("to", form.To)
	if form.Person != "" {
		group, err := s.groupOf(r, v, form.Person)
		if errors.Is(err, ErrMissing) {
			faults = append(faults, FieldError{"person", words.NoPerson})
		} else if err != nil {
			return view, f, err
		}
		f.Subjects, f.Controller = group, "" // whoever looked, from wherever
	}
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
	}
	return view, f, nil
}

// groupOf are the ids of one human being, by number or id.
func (s *Site) groupOf(r *http.Request, v Visitor, person string) ([]string, error) {
	if n, err := strconv.Atoi(strings.TrimPrefix(strings.ToUpper(person), "P-")); err == nil {
		ref, err := s.numbered(r.Context(), v, n)
		if err != nil {
			return nil, missing(err)
		}
		person = ref.ID
	}
	own, err := s.config.Journey.Stream(r.Context(), "person-"+person, projections.Newest)
	if err != nil {
		return nil, missing(err)
	}
	if len(own) == 0 || !s.mayFacts(v, own[0].Controller) {
		return nil, ErrMissing
	}
	return s.config.Journey.Group(r.Context(), person, projections.Newest)
}

// searchedFor lists who searched for some words. They come by POST, are compared
// as a digest and stay in no log.
func (s *Site) searchedFor(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	words := strings.TrimSpace(r.PostFormValue("words"))
	view, f, err := s.viewingsAsked(r, v)
	if err != nil {
		return err
	}
	view.Here, view.Searched.Words, view.Empty = "/access-log", words, v.W.Viewing.SearchedNone
	if f.Query = words; japan.SearchKey(words) == "" {
		view.Errors = newErrors(v.W, FieldError{"words", v.W.Message.Required(v.W.Viewing.Searched)})
		return s.show(w, r, http.StatusUnprocessableEntity, "viewings", "", view)
	}
	if err := s.list(r, v, &view, f); err != nil {
		return err
	}
	view.Older = "" // the words are in no address
	return s.show(w, r, http.StatusOK, "viewings", "", view)
}

// seenBy is who looked at one person's records.
func (s *Site) seenBy(w http.ResponseWriter, r *http.Request, v Visitor) error {
	id := r.PathValue("id")
	group, err := s.groupOf(r, v, id)
	if err != nil {
		return err
	}
	sum, err := s.config.Journey.Summary(r.Context(), id, projections.Newest)
	if err != nil {
		return missing(err)
	}
	number, words := personNumber(sum.Number), v.W.Viewing
	view := ViewingsView{Page: s.page(r, v, "people", words.SeenTitle(number), "css/journey.css"), Heading: words.SeenTitle(number), Lead: words.SeenLead, Empty: words.SeenEmpty, Tabs: s.personTabs(v, id, "seen")}
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {number, "/people/" + id}, {v.W.Journey.Tabs["seen"], ""}}
	if !v.holds("CO", "LD") {
		view.Crumbs = view.Crumbs[1:]
	}
	if v.holds("LD", "PO") {
		view.More = &Pair{Value: words.SeenAll, Href: "/access-log?person=" + number}
	}
	before, _ := strconv.ParseUint(r.FormValue("before"), 10, 64)
	f := viewing.Filter{Subjects: group, Before: before, Limit: viewingsShown}
	if err := s.list(r, v, &view, f); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "viewings", "", view)
}

// personTabs are the pages of one person, for those who may see who looked.
func (s *Site) personTabs(v Visitor, id, current string) []Tab {
	if !v.holds("CO", "LD", "PO") {
		return nil
	}
	tabs := []Tab{{v.W.Journey.Tabs["journey"], "/people/" + id, current == "journey"}}
	if v.holds("CO", "LD") {
		if s.lineFor(v) == nil {
			tabs = append(tabs, Tab{v.W.Line.Tab, "/people/" + id + "/line", current == "line"})
		}
		tabs = append(tabs, Tab{v.W.Job.Title, jobHref(id), current == "job"}, Tab{v.W.Certificates.Tab, certificatesHref(id), current == "certificates"})
	}
	return append(tabs, Tab{v.W.Journey.Tabs["seen"], "/people/" + id + "/seen", current == "seen"}, Tab{v.W.Access.Tab, "/people/" + id + "/emergency", current == "emergency"})
}

// list fills the rows. Names of staff are opened through the door, as anywhere.
func (s *Site) list(r *http.Request, v Visitor, view *ViewingsView, f viewing.Filter) error {
	entries, err := s.config.Viewings.Find(r.Context(), f)
	if err != nil {
		return err
	}
	if len(entries) == f.Limit {
		view.Older = with(r.URL, "before", strconv.FormatUint(entries[len(entries)-1].No, 10))
	}
	var staff []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Account, "operator") {
			staff = append(staff, e.Account)
		}
	}
	subject := ""
	if len(f.Subjects) > 0 {
		subject = f.Subjects[0]
	}
	seen, err := s.read(r, v, Glance{Subject: subject, Reason: "access_log", Act: viewing.List, Classes: "P"}, nil, staff...)
	if err != nil {
		return err
	}
	numbers := map[string]string{}
	for _, e := range entries {
		row, err := s.viewingRow(r, v, seen, numbers, e)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, row)
	}
	if a := view.Asked; a != nil && a.Account != "" {
		a.AccountName = seen.name(v, a.Account)
	}
	return nil
}

func (s *Site) viewingRow(r *http.Request, v Visitor, seen reading, numbers map[string]string, e viewing.Entry) (ViewingRow, error) {
	words := v.W.Viewing
	row := ViewingRow{ISO: e.At.In(japan.Zone).Format("2006-01-02T15:04"), When: v.W.DateTime(e.At), What: cmp.Or(words.Acts[e.Act], e.Act),
		Where: words.Reason(e.Reason, e.Route), Refused: e.Act == viewing.Refused, Rows: v.W.Number(e.Rows)}
	switch {
	case strings.HasPrefix(e.Account, "operator"):
		row.Who = words.Operator
	default:
		row.Who = seen.name(v, e.Account)
	}
	if e.Account != "system" && v.holds("LD", "PO") {
		row.WhoHref = "/access-log?account=" + url.QueryEscape(e.Account)
	}
	switch no, record := strings.CutPrefix(e.Subject, "record-"); {
	case e.Subject == "" && len(e.People) > 0:
		row.Subject = words.Many
	case record:
		if position, err := strconv.ParseUint(no, 10, 64); err == nil {
			row.Subject, row.Href = recordNumber(position), recordHref(position)
		}
	case e.Subject != "":
		number, known := numbers[e.Subject]
		if !known {
			ref, err := s.config.Journey.Find(r.Context(), e.Subject)
			if err != nil && !errors.Is(err, projections.ErrUnknown) {
				return row, err
			}
			home := ""
			if ref.Number > 0 {
				if home, err = s.home(r.Context(), e.Subject); err != nil {
					return row, err
				}
			}
			if home != "" && s.mayFacts(v, home) {
				number = personNumber(ref.Number)
			}
			numbers[e.Subject] = number
		}
		if row.Subject = number; number != "" && v.holds(mayOpenPeople...) {
			row.Href = "/people/" + e.Subject
		}
	}
	return row, nil
}

// accessLine is where the access log stands, for the state of the system.
func (s *Site) accessLine(v Visitor) (Chip, []Pair) {
	words, h := v.W.Viewing, s.config.Viewings.Head()
	chip := Chip{"green", "check", words.Working}
	if h.Fault != nil {
		chip = Chip{"red", "warn", words.Failing}
	}
	facts := []Pair{{words.Kept, v.W.Number(int(h.Size)), ""}}
	if h.Oldest != 0 {
		facts = append(facts, Pair{words.Oldest, v.W.Date(h.Oldest), ""})
	}
	if h.Gone > 0 {
		facts = append(facts, Pair{words.Gone, v.W.Number(int(h.Gone)), ""})
	}
	if h.Fault != nil {
		facts = append(facts, Pair{v.W.Status.Reason, h.Fault.Error(), ""})
	}
	return chip, slices.Clip(facts)
}
