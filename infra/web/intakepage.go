package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"

	"github.com/google/uuid"
)

// likely is the score from which two are taken for one (handbook.md 7.4), mostNear
// how many persons reception shows, mostPoints the end of the bar.
const (
	likely     = 70
	mostNear   = 8
	mostPoints = 100
)

// intake opens reception: a search and nothing else.
func (s *Site) intake(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view := s.intakeView(r, v)
	var err error
	if view.Draft, err = s.intakeDraftOf(r.Context(), v); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "intake", "", view)
}

func (s *Site) intakeView(r *http.Request, v Visitor) IntakeView {
	view := IntakeView{Page: s.page(r, v, "intake", v.W.Intake.Title, "css/intake.css"), Heading: v.W.Intake.Heading, Search: "/intake/search"}
	view.Here = "/intake"
	view.Query = strings.TrimSpace(r.PostFormValue("q"))
	return view
}

// intakeSearch shows who is near, and below it the form with what was typed.
func (s *Site) intakeSearch(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	var before *intakeInput
	if r.PostFormValue("draft") != "" {
		var err error
		if before, err = s.goOnIntake(r, v); err != nil {
			return err
		}
	}
	view := s.intakeView(r, v)
	if err := s.nearby(r, v, &view); err != nil {
		return err
	}
	if view.Error != "" {
		return s.show(w, r, http.StatusUnprocessableEntity, "intake", "", view)
	}
	in := &intakeInput{draft: uuid.NewString(), search: uuid.NewString(), commandID: uuid.NewString(), query: view.Query, channel: "in_person", age: "unknown", lead: "walk_in", language: "ja"}
	if in.take(view.Words); before != nil {
		in = before
	}
	view.Form = s.intakeForm(v, in, view.Hits)
	return s.show(w, r, http.StatusOK, "intake", "", view)
}

// nearby fills in who is near, or why nobody was looked for.
func (s *Site) nearby(r *http.Request, v Visitor, view *IntakeView) error {
	found, err := s.config.People.Near(r.Context(), v.Actor, view.Query, mostNear)
	if faults, ok := faultsOf(v.W, err, nil); ok {
		view.Error = faults[0].Text
		return nil
	}
	if err != nil {
		return err
	}
	view.Searched = true
	found.nearest()
	for _, word := range found.Words {
		view.Words = append(view.Words, Pair{Label: word.Name, Value: word.Value})
	}
	if found.Hidden > 0 {
		view.Hidden = v.W.Message.SearchRestricted(found.Hidden)
	}
	if found.More {
		view.Many = v.W.Intake.More(mostNear)
	}
	view.Hits, err = s.intakeHits(r, v, found.Hits)
	view.Found = v.W.Intake.Found(len(view.Hits))
	return err
}

// nearest leaves out who has less than half of what speaks for the best.
func (f *PeopleFound) nearest() {
	for i, h := range f.Hits {
		if h.Points*2 < f.Hits[0].Points {
			f.Hits, f.More = f.Hits[:i], false
			return
		}
	}
}

// intakeHits says who the persons found are, in one entry of the access log.
func (s *Site) intakeHits(r *http.Request, v Visitor, found []PersonFound) ([]IntakeHit, error) {
	var met []dossier
	var hits []PersonFound
	var owners []string
	for _, h := range found {
		sum, err := s.config.Journey.Summary(r.Context(), h.ID, projections.Newest)
		if err != nil && !errors.Is(err, projections.ErrUnknown) { // of who is recorded this moment the index alone knows
			return nil, err
		}
		d := dossier{sum: sum}
		if c := d.newestCase(); c != nil {
			owners = append(owners, c.Owner)
		}
		met, hits = append(met, d), append(hits, h)
	}
	seen, err := s.read(r, v, Glance{Reason: "intake", Act: "list", Classes: "P"}, nil, owners...)
	if err != nil {
		return nil, err
	}
	out := make([]IntakeHit, 0, len(hits))
	for i := range hits {
		met[i].seen = seen
		out = append(out, intakeHit(v, &met[i], hits[i], len(out) == 0))
	}
	return out, nil
}

func intakeHit(v Visitor, d *dossier, h PersonFound, first bool) IntakeHit {
	w := v.W
	hit := IntakeHit{ID: h.ID, Name: h.Name, Reading: h.Reading, Number: personNumber(h.Number), Points: h.Points, Width: min(h.Points, mostPoints), First: first,
		Href: "/people/" + h.ID, Begin: "/people/" + h.ID + "#memo", Likely: h.Points >= likely, Band: Chip{"gray", "user", w.Intake.Bands["near"]}}
	if hit.Name == "" {
		hit.Name, hit.Hidden = w.Journey.NameHidden, true
	}
	if hit.Likely {
		hit.Band = Chip{"yellow", "warn", w.Intake.Bands["likely"]}
	}
	var facts []string
	if d.sum.ID != "" {
		facts = append(facts, code(w, "pref", d.sum.ResidencePref))
	}
	if d.sum.ID != "" && d.sum.AgeBand != "unknown" {
		facts = append(facts, w.Code("age_band", d.sum.AgeBand))
	}
	if c := d.newestCase(); c != nil {
		if owner := d.seen.name(v, c.Owner); owner != "" {
			facts = append(facts, w.Journey.Owner+" "+owner)
		}
		for _, aim := range c.Aims {
			hit.Chips = append(hit.Chips, Chip{map[string]string{"job": "blue", "relocation": "cyan"}[aim], "", w.Code("aims", aim)})
		}
	}
	hit.Facts = strings.Join(facts, w.Calendar.Comma)
	if d.sum.LastContact != 0 {
		hit.Last = w.People.Last + " " + w.ShortDate(d.sum.LastContact)
	}
	if h.Restricted {
		hit.Chips = append(hit.Chips, Chip{"yellow", "lock", w.Journey.Restricted})
	}
	for _, reason := range h.Reasons {
		hit.Reasons = append(hit.Reasons, Pair{Label: reasonText(w, reason), Value: pointsText(reason.Points)})
		if reason.Points > 0 && reason.Signal != "number" {
			hit.signals = append(hit.signals, reason.Signal)
		}
	}
	return hit
}

// pointsText writes points with their sign.
func pointsText(n int) string {
	switch {
	case n > 0:
		return "＋" + strconv.Itoa(n)
	case n < 0:
		return "−" + strconv.Itoa(-n)
	}
	return "0"
}

// reasonText says what two have in common, with the spelling where it was typed.
func reasonText(w *locale.Words, r ReasonFound) string {
	how := r.How
	switch {
	case how != "":
	case r.Points < 0:
		how = "differs"
	case r.Signal == "birth" && r.Points < 30:
		how = "year"
	default:
		how = "whole"
	}
	what := w.Intake.Hows[r.Signal+" "+how]
	if what == "" {
		what = w.Code("signals", r.Signal)
	}
	plain := func(text string) string { return strings.Join(strings.Fields(text), "") }
	switch {
	case r.Typed == "" || how == "part":
		return what
	case r.Signal == "kanji" && plain(r.Typed) != plain(r.Stored) && japan.SearchKey(r.Typed) == japan.SearchKey(r.Stored):
		return w.Intake.Variant(what, r.Typed, r.Stored)
	case how == "whole":
		return what
	}
	return w.Intake.Same(what, r.Typed)
}
