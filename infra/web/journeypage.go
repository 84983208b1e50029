package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/japan"
	"ayumi/projections"
)

// counsellorRoutes are the pages about persons and single records.
func (s *Site) counsellorRoutes() {
	care := []string{"CO", "LD"}
	readers := slices.Clone(mayOpenPeople)
	s.staff("GET /people", s.people, care...)
	s.staff("POST /people/search", s.search, care...)
	s.staff("GET /intake", s.intake, care...)
	s.staff("POST /intake/search", s.intakeSearch, care...)
	s.staff("POST /intake/draft", s.keepIntake, care...)
	s.staff("POST /intake/draft/drop", s.dropIntake, care...)
	s.staff("POST /intake", s.register, care...)
	s.staff("GET /people/{id}/identify", s.identifyForm, care...)
	s.staff("POST /people/{id}/identify/search", s.identifySearch, care...)
	s.staff("POST /people/{id}/identify", s.identify, care...)
	s.staff("POST /people/{id}/same", s.sameAs, care...)
	s.staff("GET /duplicates", s.duplicates, "CO", "LD", "PO")
	s.staff("GET /duplicates/{no}", s.duplicate, "CO", "LD", "PO")
	s.staff("POST /duplicates/{no}/{act}", s.judgePair, "CO", "LD", "PO")
	s.staff("GET /people/{id}", s.journey, readers...)
	s.staff("GET /people/{id}/news", s.news, readers...)
	s.staff("GET /people/{id}/stream", s.stream, readers...)
	s.staff("POST /people/{id}/consultations", s.recordEntry, care...)
	s.staff("POST /people/{id}/draft", s.keepDraft, care...)
	s.staff("POST /people/{id}/draft/drop", s.dropDraft, care...)
	s.staff("POST /people/{id}/reopen", s.reopen, care...)
	s.staff("POST /people/{id}/documents", s.attach, care...)
	s.staff("GET /people/{id}/documents/{document}", s.attached, care...)
	s.staff("POST /people/{id}/tasks/{task}/done", s.finishTask, care...)
	s.staff("POST /dates", s.readDate)
	s.staff("GET /records/{no}", s.record, append(readers, "AN", "MG")...)
	s.staff("POST /records/{no}/amend", s.amend, care...)
	s.staff("POST /records/{no}/void", s.void, care...)
	s.staff("GET /records/{no}/confirm", s.confirmation, care...)
	s.staff("POST /records/{no}/confirm", s.confirm, care...)
	s.staff("GET /confirmations", s.confirmations, append(care, "AU")...)
}

// journey is the page of one person.
func (s *Site) journey(w http.ResponseWriter, r *http.Request, v Visitor) error {
	past, err := s.pastOf(r, v)
	if err != nil {
		return err
	}
	if err := s.await(r); err != nil {
		return err
	}
	d, err := s.dossier(r, v, r.PathValue("id"), past.upto, "journey")
	if err != nil {
		return err
	}
	d.asOf = past.day
	view, err := s.journeyView(r, v, d, 0)
	if err != nil {
		return err
	}
	if view.AsOf, err = s.personBar(r, v, d, past); err != nil {
		return err
	}
	view.Tabs = s.personTabs(v, d.sum.ID, "journey")
	if past.day != 0 {
		s.showPast(&view, v, d)
	}
	if err := s.goOn(r, v, d, &view); err != nil {
		return err
	}
	view.Notice = savedNotice(r, v)
	view.Behind = s.behind(r, v)
	return s.show(w, r, past.status, "journey", "", view)
}

// showPast takes everything away that writes or follows the present.
func (s *Site) showPast(view *JourneyView, v Visitor, d *dossier) {
	view.Identify, view.Entry, view.Reopen, view.Request, view.Stream, view.Behind = "", nil, "", "", "", nil
	view.Plan = ""
	view.Past = &Past{Shown: v.W.Message.AsOfBand(v.W.EndOfDay(d.asOf)), Back: "/people/" + d.sum.ID}
	view.Live = &Live{Text: v.W.Frame.Live.Past, Doubt: true}
}

// journeyView fills the page of a dossier; fresh is the position after which
// entries are new to the reader.
func (s *Site) journeyView(r *http.Request, v Visitor, d *dossier, fresh uint64) (JourneyView, error) {
	number := personNumber(d.sum.Number)
	address := &url.URL{Path: "/people/" + d.sum.ID, RawQuery: r.URL.RawQuery}
	if r.Method != http.MethodGet || strings.HasSuffix(r.URL.Path, "/news") {
		address.RawQuery = ""
	}
	view := JourneyView{
		Page:   s.page(r, v, "people", number, "css/indicator.css", "css/journey.css"),
		Person: s.strip(v, d, number), Timeline: timelineOf(v, d, address, fresh), Sequence: d.position,
		Stream: "/people/" + d.sum.ID + "/stream?from=" + strconv.FormatUint(d.position, 10),
	}
	view.Here = address.RequestURI()
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {number, ""}}
	if !v.holds("CO", "LD") {
		view.Crumbs[0] = s.above(v)
	}
	view.Live = &Live{Text: v.W.Frame.Live.Receiving}
	switch by := d.erasedBy(); {
	case by.Decision != 0:
		view.Erased = &Pair{Label: v.W.State.ErasedText(recordNumber(by.Decision), dateOrNone(v, by.On)), Value: v.W.Erasure.Certificate, Href: "/erasures/" + d.sum.ID}
	case v.holds("PO"):
		view.Erase = "/erasures/" + d.sum.ID
	}
	if shape, _ := s.shape("rights.request"); s.mayGive(v, shape) && d.sum.State != "erased" {
		view.Request = "/rights?person=" + number + "#ask"
	}
	if d.sum.Anonymous && d.sum.State == "active" && v.holds("CO", "LD") {
		view.Identify = "/people/" + d.sum.ID + "/identify"
	}
	if c := d.openCase(); c != nil && v.holds("CO", "LD") && d.sum.State != "erased" && d.sum.State != "erasing" {
		view.Entry = s.newEntry(v, d, c)
	} else if c := d.newestCase(); c != nil && c.State == "closed" && v.holds("CO", "LD") && d.sum.State == "active" {
		view.Reopen = "/people/" + d.sum.ID + "/reopen"
	}
	return view, s.panel(r, v, d, &view)
}

// strip says whose page it is.
func (s *Site) strip(v Visitor, d *dossier, number string) PersonStrip {
	w, p := v.W, PersonStrip{Number: number}
	p.Name, p.Reading = d.name()
	switch {
	case d.sum.State == "erased":
		p.Name, p.Reading, p.Hidden = "", "", erasedMark(w, d.erasedBy())
	case d.sum.Anonymous && p.Name == "":
		p.Hidden = w.Field("anonymous")
	case p.Name == "":
		p.Hidden = w.Journey.NameHidden
	}
	p.Facts = s.stripFacts(v, d)
	for _, r := range d.sum.Restrictions {
		for _, scope := range r.Scope {
			p.Chips = append(p.Chips, Chip{"yellow", "lock", w.Journey.Restricted + " " + w.Code("restriction_scope", scope)})
		}
	}
	if d.sum.ConfidentialUntil != 0 {
		p.Chips = append(p.Chips, Chip{"yellow", "lock", w.Event("person.confidentiality_set")})
	}
	if d.sum.State == "merged" {
		p.Chips = append(p.Chips, Chip{"purple", "merge", w.Code("person_state", "merged")})
	}
	if c := d.newestCase(); c != nil {
		for _, aim := range c.Aims {
			p.Chips = append(p.Chips, Chip{map[string]string{"job": "blue", "relocation": "cyan"}[aim], "", w.Code("aims", aim)})
		}
		p.Steps = stageLine(v, c)
	}
	return p
}

func (s *Site) stripFacts(v Visitor, d *dossier) []Pair {
	w := v.W
	var out []Pair
	add := func(label, value string) {
		if value != "" {
			out = append(out, Pair{Label: label, Value: value})
		}
	}
	add(w.Journey.Residence, code(w, "pref", d.sum.ResidencePref))
	add(w.Journey.Origin, code(w, "pref", d.sum.OriginPref))
	class := w.Code("age_band", d.sum.AgeBand)
	if d.sum.Student {
		class = w.Field("student") + w.Calendar.Comma + class
	}
	add(w.Journey.Class, class)
	if c := d.newestCase(); c != nil {
		add(w.Journey.Owner, d.seen.name(v, c.Owner))
	}
	return out
}

func (d *dossier) newestCase() *projections.CaseSummary {
	if c := d.openCase(); c != nil {
		return c
	}
	if n := len(d.sum.Cases); n > 0 {
		return &d.sum.Cases[n-1]
	}
	return nil
}

// stages of a case, in order (events.md 3).
var stages = []string{"interest", "compare", "visit", "decide", "achieve", "settle"}

// stageLine is the stage line: when each stage was reached first, and where it stands.
func stageLine(v Visitor, c *projections.CaseSummary) []Step {
	reached := map[string]japan.Date{"interest": c.OpenedOn}
	for _, s := range c.Stages {
		if reached[s.Stage] == 0 {
			reached[s.Stage] = s.On
		}
	}
	out, done := make([]Step, len(stages)), true
	for i, stage := range stages {
		now := stage == c.Stage
		if now {
			done = false
		}
		out[i] = Step{No: i + 1, Text: v.W.Code("stage", stage), When: v.W.ShortDate(reached[stage]), Done: done, Now: now}
		if now && reached[stage] != 0 {
			out[i].When = v.W.Journey.Since(out[i].When)
		}
	}
	return out
}

// savedNotice says what the address says was just recorded.
func savedNotice(r *http.Request, v Visitor) string {
	n, err := strconv.ParseUint(r.FormValue("saved"), 10, 64)
	if err != nil || n == 0 {
		return ""
	}
	if r.FormValue("again") != "" {
		return v.W.Message.SavedTwice(recordNumber(n))
	}
	return v.W.Message.Saved(recordNumber(n))
}
