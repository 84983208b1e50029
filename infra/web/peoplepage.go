package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"ayumi/domain"
	"ayumi/projections"
)

// recentShown is how many persons the page lists before anything is searched.
const recentShown = 20

// people is the search, with the persons recorded last.
func (s *Site) people(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view := s.peopleView(r, v)
	if err := s.recent(r, v, &view); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "people", "", view)
}

func (s *Site) peopleView(r *http.Request, v Visitor) PeopleView {
	view := PeopleView{Page: s.page(r, v, "people", v.W.People.Title)}
	view.Here = "/people"
	return view
}

// recent lists the persons of the newest entries who belong to the reader's
// controller.
func (s *Site) recent(r *http.Request, v Visitor, view *PeopleView) error {
	refs, err := s.config.Journey.Recent(r.Context(), recentShown, func(p projections.PersonRef) (bool, error) { return s.living(r.Context(), v, p.ID) })
	if err != nil {
		return missing(err)
	}
	hits, err := s.rows(r, v, refs, recentShown, "people")
	view.Hits = hits
	return err
}

// home is the controller of a person, which never changes; "" if there is none.
func (s *Site) home(ctx context.Context, id string) (string, error) {
	if home, known := s.homes.Load(id); known {
		return home.(string), nil
	}
	own, err := s.config.Journey.Stream(ctx, domain.StreamName("person", id), projections.Newest)
	if err != nil || len(own) == 0 {
		return "", err
	}
	s.homes.Store(id, own[0].Controller)
	return own[0].Controller, nil
}

// numbered is the person of a number whom a visitor may see; projections.ErrUnknown
// if there is none, or one of the other prefecture.
func (s *Site) numbered(ctx context.Context, v Visitor, number int) (projections.PersonRef, error) {
	ref, err := s.config.Journey.Numbered(ctx, number)
	if err != nil {
		return ref, err
	}
	home, err := s.home(ctx, ref.ID)
	if err == nil && !s.mayFacts(v, home) {
		err = projections.ErrUnknown
	}
	return ref, err
}

// living tells whether a person is one of the reader's controller and not merged
// into another.
func (s *Site) living(ctx context.Context, v Visitor, id string) (bool, error) {
	home, err := s.home(ctx, id)
	if err != nil || !s.mayFacts(v, home) {
		return false, err
	}
	sum, err := s.config.Journey.Summary(ctx, id, projections.Newest)
	return err == nil && sum.State != "merged", err
}

// rows names persons, in one entry of the access log.
func (s *Site) rows(r *http.Request, v Visitor, refs []projections.PersonRef, most int, reason string) ([]PersonHit, error) {
	var sums []projections.Summary
	var profiles []projections.Entry
	var owners []string
	for _, ref := range refs {
		sum, err := s.config.Journey.Summary(r.Context(), ref.ID, projections.Newest)
		if err != nil {
			return nil, missing(err)
		}
		own, err := s.config.Journey.Stream(r.Context(), domain.StreamName("person", ref.ID), projections.Newest)
		if err != nil {
			return nil, missing(err)
		}
		if len(own) == 0 || !s.mayFacts(v, own[0].Controller) || sum.State == "merged" || len(sums) == most {
			continue
		}
		sums = append(sums, sum)
		profiles = append(profiles, profileOf(own)...)
		for _, c := range sum.Cases {
			owners = append(owners, c.Owner)
		}
	}
	seen, err := s.read(r, v, Glance{Reason: reason, Act: "list", Classes: "P"}, profiles, owners...)
	if err != nil {
		return nil, err
	}
	out := make([]PersonHit, len(sums))
	for i, sum := range sums {
		out[i] = s.row(v, &dossier{sum: sum, entries: profiles, seen: seen})
	}
	return out, nil
}

// profileOf are the events that say who a person is.
func profileOf(own []projections.Entry) []projections.Entry {
	var out []projections.Entry
	for _, e := range own {
		switch e.Type {
		case "person.registered", "person.identified", "person.name_changed", "person.details_corrected":
			out = append(out, e)
		}
	}
	return out
}

func (s *Site) row(v Visitor, d *dossier) PersonHit {
	hit := PersonHit{Number: personNumber(d.sum.Number), Href: "/people/" + d.sum.ID, Residence: code(v.W, "pref", d.sum.ResidencePref),
		Last: v.W.ShortDate(d.sum.LastContact)}
	hit.Name, hit.Reading = d.name()
	if hit.Name == "" {
		hit.Name, hit.Hidden = v.W.Journey.NameHidden, true
		if d.sum.Anonymous {
			hit.Name = v.W.Field("anonymous")
		}
		if d.sum.State == "erased" {
			hit.Name = erasedMark(v.W, d.erasedBy())
		}
	}
	if c := d.newestCase(); c != nil {
		hit.Owner = d.seen.name(v, c.Owner)
	}
	if len(d.sum.Restrictions) > 0 {
		hit.Chips = append(hit.Chips, Chip{"yellow", "lock", v.W.Journey.Restricted})
	}
	return hit
}

// search finds persons by what was typed, which is in no address and no log.
func (s *Site) search(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	view := s.peopleView(r, v)
	view.Query = strings.TrimSpace(r.PostFormValue("q"))
	found, err := s.config.People.Search(r.Context(), v.Actor, view.Query, 0)
	if faults, ok := faultsOf(v.W, err, nil); ok {
		view.Error = faults[0].Text
		if err := s.recent(r, v, &view); err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, "people", "", view)
	}
	if err != nil {
		return err
	}
	if err := s.answer(r, v, &view, found); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "people", "", view)
}

func (s *Site) answer(r *http.Request, v Visitor, view *PeopleView, found PeopleFound) error {
	view.New = "/intake/search"
	view.Searched, view.Found = true, v.W.People.Found(len(found.Hits))
	view.ReadAs = v.W.People.ReadAs(v.W.CodeNames("signals", found.ReadAs))
	if found.Hidden > 0 {
		view.Hidden = v.W.Message.SearchRestricted(found.Hidden)
	}
	if len(found.Hits) == 0 && found.Hidden > found.Abroad {
		if id := s.personTyped(r, v, view.Query); id != view.Query { // who holds the number knows of the record
			view.Need = "/people/" + id + "/emergency"
		}
	}
	if found.Abroad > 0 {
		view.Abroad = v.W.Access.SearchAbroad(found.Abroad)
	}
	if found.More {
		view.Many = v.W.Message.SearchMany
	}
	var met []dossier
	var hits []PersonFound
	var owners []string
	for _, h := range found.Hits {
		sum, err := s.config.Journey.Summary(r.Context(), h.ID, projections.Newest)
		if errors.Is(err, projections.ErrUnknown) {
			continue // recorded this moment: the list follows
		}
		if err != nil {
			return err
		}
		d := dossier{sum: sum}
		if c := d.newestCase(); c != nil {
			owners = append(owners, c.Owner)
		}
		met, hits = append(met, d), append(hits, h)
	}
	seen, err := s.read(r, v, Glance{Reason: "people", Act: "list", Classes: "P"}, nil, owners...)
	if err != nil {
		return err
	}
	for i, h := range hits {
		met[i].seen = seen
		hit := s.row(v, &met[i])
		hit.Name, hit.Reading, hit.Hidden = h.Name, h.Reading, h.Name == ""
		if hit.Hidden {
			hit.Name, hit.Owner = v.W.Journey.NameHidden, ""
		}
		for _, reason := range h.Reasons {
			hit.Reasons = append(hit.Reasons, Chip{"gray", "", v.W.Code("signals", reason.Signal)})
		}
		view.Hits = append(view.Hits, hit)
	}
	return nil
}
