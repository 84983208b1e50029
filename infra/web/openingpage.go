package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ayumi/domain/viewing"
	"ayumi/projections"
)

// OpeningView asks why a record is opened that another desk of the prefecture keeps.
type OpeningView struct {
	Page
	Heading, Lead string
	Action, To    string
	Whys          []Option
	Errors        *Errors
}

// openingRoutes are the page that stands before such a record (handbook.md 10.1).
func (s *Site) openingRoutes() {
	s.staff("GET /people/{id}/reason", s.opening, "CO", "LD")
	s.staff("POST /people/{id}/reason", s.sayWhy, "CO", "LD")
}

// freely opened are the pages of a person that open nothing of the record: they ask for no
// reason.
var freely = []string{"GET /people/{id}/reason", "GET /people/{id}/emergency", "GET /people/{id}/seen", "GET /people/{id}/stream", "GET /people/{id}/news"}

// whyFirst answers the page that asks for a reason instead of one that opens a record
// kept by another desk. Whatever way a text is asked for, the door asks the same.
func (s *Site) whyFirst(pattern string, v Visitor, do action) action {
	if !strings.HasPrefix(pattern, "GET /people/{id}") || slices.Contains(freely, pattern) || !v.holds("CO", "LD") {
		return do
	}
	return func(w http.ResponseWriter, r *http.Request, v Visitor) error {
		id := r.PathValue("id")
		if away, err := s.elsewhere(r, v, id); err != nil || !away {
			if err != nil && err != ErrMissing { // of what is not there the page itself speaks
				return err
			}
			return do(w, r, v)
		}
		http.Redirect(w, r, "/people/"+id+"/reason?"+url.Values{"to": {r.URL.RequestURI()}}.Encode(), http.StatusSeeOther)
		return nil
	}
}

// elsewhere tells whether the visitor must say why before a person's record opens.
func (s *Site) elsewhere(r *http.Request, v Visitor, id string) (bool, error) {
	group, err := s.groupOf(r, v, id)
	if err != nil {
		return false, err
	}
	for _, one := range group {
		if away, err := s.config.Door.Elsewhere(r.Context(), v.Actor, one); err != nil || away {
			return away, err
		}
	}
	return false, nil
}

func (s *Site) openingView(r *http.Request, v Visitor) (OpeningView, error) {
	id := r.PathValue("id")
	if _, err := s.groupOf(r, v, id); err != nil {
		return OpeningView{}, err
	}
	sum, err := s.config.Journey.Summary(r.Context(), id, projections.Newest)
	if err != nil {
		return OpeningView{}, missing(err)
	}
	words, number := v.W.Opening, personNumber(sum.Number)
	var desks []string
	for _, c := range sum.Cases {
		if name := v.W.Frame.DeskShort[c.Desk]; name != "" && !slices.Contains(desks, name) {
			desks = append(desks, name)
		}
	}
	view := OpeningView{Page: s.page(r, v, "people", words.Title(number), "css/edit.css"), Heading: words.Title(number), Lead: words.Lead(strings.Join(desks, v.W.Calendar.Comma)), Action: "/people/" + id + "/reason", To: opens(id, r.FormValue("to"))}
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {number, ""}, {words.Crumb, ""}}
	for _, why := range viewing.Whys {
		view.Whys = append(view.Whys, Option{Value: why, Text: words.Whys[why]})
	}
	return view, nil
}

// opens is the page of the person that the reason leads to: the one asked for, or the
// journey. It never leads away.
func opens(id, to string) string {
	own := "/people/" + id
	if rest, of := strings.CutPrefix(to, own); of && (rest == "" || strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "?")) {
		return to
	}
	return own
}

func (s *Site) opening(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view, err := s.openingView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "opening", "", view)
}

// sayWhy writes the reason into the access log, where the door finds it.
func (s *Site) sayWhy(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	view, err := s.openingView(r, v)
	if err != nil {
		return err
	}
	why := r.PostFormValue("why")
	if !slices.Contains(viewing.Whys, why) {
		view.Errors = newErrors(v.W, FieldError{"why", v.W.Message.RequiredChoose(v.W.Opening.Why)})
		return s.show(w, r, http.StatusUnprocessableEntity, "opening", "", view)
	}
	e, _ := viewing.Of(r.Context()).Due()
	e.Act, e.Reason = viewing.Open, why
	if e.People, err = s.groupOf(r, v, r.PathValue("id")); err != nil {
		return err
	}
	if err := s.look(r, e); err != nil {
		return err
	}
	http.Redirect(w, r, view.To, http.StatusSeeOther)
	return nil
}
