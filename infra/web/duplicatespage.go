package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/projections"
)

// mostPairs is how many pairs the list shows.
const mostPairs = 50

// decisions are the events that decide about a pair.
var decisions = []string{"person.merged", "person.unmerged", "person.duplicate_dismissed"}

// duplicates lists the pairs that wait, most points first, or those decided last.
func (s *Site) duplicates(w http.ResponseWriter, r *http.Request, v Visitor) error {
	words, decided := v.W.Duplicate, r.FormValue("st") == "decided"
	view := DuplicatesView{Page: s.page(r, v, pairDoor(v), words.Title, "css/journey.css", "css/duplicate.css"), Heading: words.Heading,
		Tabs: []Tab{{words.Open, "/duplicates", !decided}, {words.Decided, "/duplicates?st=decided", decided}}}
	view.Crumbs = pairCrumbs(v, Crumb{words.Title, ""})
	if err := s.await(r); err != nil {
		return err
	}
	positions, err := s.pairsAsked(r, v, decided)
	if err != nil {
		return err
	}
	var shown []*duplicate
	met := map[[2]string]bool{}
	for _, no := range positions {
		d, err := s.duplicateAt(r, v, no)
		if err == ErrMissing {
			continue
		}
		if err != nil {
			return err
		}
		key := [2]string{min(d.a.id, d.b.id), max(d.a.id, d.b.id)}
		if met[key] || (decided == (d.state() == "open")) {
			continue
		}
		met[key], shown = true, append(shown, d)
	}
	if !decided {
		slices.SortStableFunc(shown, func(a, b *duplicate) int { return cmp.Compare(b.score, a.score) })
	}
	shown = shown[:min(len(shown), mostPairs)]
	if view.Rows, err = s.duplicateRows(r, v, shown); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "duplicates", "", view)
}

// pairsAsked are the positions of the events to list, best first.
func (s *Site) pairsAsked(r *http.Request, v Visitor, decided bool) (out []uint64, err error) {
	if !decided {
		waiting, err := s.config.Gates.Suspected(r.Context(), v.Actor.Controller)
		for _, w := range waiting {
			out = append(out, w.Position)
		}
		return out, missing(err)
	}
	trail, err := s.config.Audit.Trail(r.Context(), projections.AuditFilter{Types: decisions, Limit: mostPairs})
	for _, e := range trail {
		out = append(out, e.Position)
	}
	return out, missing(err)
}

// duplicateRows names the pairs, in one entry of the access log.
func (s *Site) duplicateRows(r *http.Request, v Visitor, pairs []*duplicate) ([]DuplicateRow, error) {
	var profiles []projections.Entry
	var staff []string
	for _, d := range pairs {
		profiles = append(append(profiles, profileOf(d.a.own)...), profileOf(d.b.own)...)
		staff = append(staff, d.told.RecordedBy)
	}
	seen, err := s.read(r, v, Glance{Reason: "duplicate", Act: "list", Classes: "P"}, profiles, staff...)
	if err != nil {
		return nil, err
	}
	var out []DuplicateRow
	for _, d := range pairs {
		row := DuplicateRow{Number: recordNumber(d.told.Position), Href: duplicateHref(d.told.Position), Points: strconv.Itoa(d.score), Likely: d.score >= likely,
			A: d.a.person(seen), B: d.b.person(seen), ISO: d.told.From.String(), Since: v.W.ShortDate(d.told.From), By: seen.name(v, d.told.RecordedBy), State: d.chip(v)}
		for _, signal := range d.signals {
			row.Why = append(row.Why, Chip{"gray", "", v.W.Code("signals", signal)})
		}
		out = append(out, row)
	}
	return out, nil
}

func duplicateHref(position uint64) string {
	return "/duplicates/" + strconv.FormatUint(position, 10)
}

// person is how one of the two is called.
func (p *pairSide) person(seen reading) PairPerson {
	out := PairPerson{ID: p.id, Number: personNumber(p.sum.Number), Href: "/people/" + p.id}
	out.Name, out.Reading = p.texts(seen).called()
	return out
}

// profileTexts are the newest sealed texts that say who somebody is, with the names
// before.
type profileTexts struct {
	now    map[string]string
	former []string
}

func (p profileTexts) called() (name, reading string) {
	return joined(p.now["family"], p.now["given"]), joined(p.now["family_kana"], p.now["given_kana"])
}

// texts folds what was told of a person: a later text replaces, an alias stands
// beside.
func (p *pairSide) texts(seen reading) profileTexts {
	out := profileTexts{now: map[string]string{}}
	for _, e := range p.own {
		o := seen.texts[e.Position]
		if e.Type == "person.details_corrected" {
			if field := e.Facts.Text("field"); len(o) > 0 {
				out.now[field] = o.first("new")
			}
			continue
		}
		if e.Type == "person.name_changed" {
			if was, _ := out.called(); was != "" && e.Facts.Text("name_kind") != "alias" {
				out.former = append(out.former, was)
			}
			if e.Facts.Text("name_kind") == "alias" {
				out.former = append(out.former, joined(o.first("family"), o.first("given")))
				continue
			}
		}
		for field, texts := range o {
			if field == "" || !strings.HasPrefix(e.Type, "person.") {
				continue
			}
			for _, t := range texts {
				out.now[field] = cmp.Or(t.Value, out.now[field])
			}
		}
	}
	return out
}

// keeperOf is the controller of a stream's own first event.
func keeperOf(own []projections.Entry) string {
	if len(own) == 0 {
		return ""
	}
	return own[0].Controller
}

// mayMeet tells whether a visitor may see who a person is: what a search may tell.
func (s *Site) mayMeet(v Visitor, sum projections.Summary, controller string) bool {
	var closed []string
	for _, r := range sum.Restrictions {
		closed = append(closed, r.Scope...)
	}
	return domain.See(v.Actor, s.today(), domain.ToSuggest, domain.Sight{Class: 'P', Controller: controller, Closed: closed, Confidential: sum.ConfidentialUntil != 0, Emergency: v.Actor.InEmergency(sum.ID, s.config.Now())}) == domain.Found
}
