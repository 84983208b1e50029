package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/infra/web/locale"
	"ayumi/projections"

	"github.com/google/uuid"
)

// pairSide is one of two records.
type pairSide struct {
	id     string
	sum    projections.Summary
	own    []projections.Entry // of its own stream, ascending
	folded *person.Person
}

// duplicate is a pair of records with what was said of them.
type duplicate struct {
	told    projections.Entry // the suspicion, or else the event asked for
	a, b    pairSide
	score   int
	signals []string
}

// pairFacts name the other record of an event about two.
var pairFacts = map[string]string{"person.duplicate_suspected": "other", "person.duplicate_dismissed": "other", "person.merged": "into", "person.unmerged": "from"}

// duplicateAt reads the pair that an event is about. A pair of which the visitor may
// not see both is missing.
func (s *Site) duplicateAt(r *http.Request, v Visitor, no uint64) (*duplicate, error) {
	e, err := s.config.Journey.Record(r.Context(), no, projections.Newest)
	if err != nil {
		return nil, missing(err)
	}
	fact, ok := pairFacts[e.Type]
	category, id := domain.SplitStream(e.Stream)
	if !ok || category != "person" {
		return nil, ErrMissing
	}
	d := &duplicate{told: e, a: pairSide{id: id}, b: pairSide{id: e.Facts.Text(fact)}}
	for _, side := range []*pairSide{&d.a, &d.b} {
		if side.own, err = s.config.Journey.Stream(r.Context(), domain.StreamName("person", side.id), projections.Newest); err != nil {
			return nil, missing(err)
		}
		if side.sum, err = s.config.Journey.Summary(r.Context(), side.id, projections.Newest); err != nil {
			return nil, missing(err)
		}
		if len(side.own) == 0 || !s.mayFacts(v, keeperOf(side.own)) || !privacyOnly(v) && !s.mayMeet(v, side.sum, keeperOf(side.own)) {
			return nil, ErrMissing
		}
		if side.folded, err = personOf(side.own); err != nil {
			return nil, err
		}
	}
	if privacyOnly(v) && !d.confidential() {
		return nil, ErrMissing
	}
	if d.b.sum.Number < d.a.sum.Number { // the older one goes on unless somebody says otherwise
		d.a, d.b = d.b, d.a
	}
	if d.b.folded.Into != d.a.id && d.a.folded.Into == d.b.id {
		d.a, d.b = d.b, d.a
	}
	d.suspicion()
	return d, nil
}

// privacyOnly tells whether a visitor is here to approve what a flag of confidentiality
// holds up: by numbers and facts, for no matter opens the names (handbook.md 10.1).
func privacyOnly(v Visitor) bool { return v.holds("PO") && !v.holds("CO", "LD") }

// confidential tells whether one of the two is protected and the other is not: such a
// pair is merged by a privacy officer (events.md 6).
func (d *duplicate) confidential() bool {
	return d.a.folded.Confidentiality.Set != d.b.folded.Confidentiality.Set
}

// pairDoor is the door of the menu through which a visitor came.
func pairDoor(v Visitor) string {
	if privacyOnly(v) {
		return "duplicates"
	}
	return "people"
}

// pairCrumbs lead back as far as the visitor may go.
func pairCrumbs(v Visitor, more ...Crumb) []Crumb {
	if privacyOnly(v) {
		return more
	}
	return append([]Crumb{{v.W.Journey.Breadcrumb, "/people"}}, more...)
}

// personOf is the person that the entries of its stream make.
func personOf(entries []projections.Entry) (*person.Person, error) {
	p := person.Aggregate.New()
	for _, past := range entries {
		rec, err := past.Recorded()
		if err != nil {
			return nil, err
		}
		env, ev, err := person.Aggregate.Decode(rec)
		if err != nil {
			return nil, err
		}
		ev.Apply(p, env)
	}
	return p, nil
}

// about are the events of both streams that speak of the pair, in order.
func (d *duplicate) about() []projections.Entry {
	var out []projections.Entry
	for _, side := range []struct {
		of    *pairSide
		other string
	}{{&d.a, d.b.id}, {&d.b, d.a.id}} {
		for _, e := range side.of.own {
			if fact, ok := pairFacts[e.Type]; ok && e.Facts.Text(fact) == side.other {
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b projections.Entry) int { return int(int64(a.Position) - int64(b.Position)) })
	return out
}

// suspicion takes the points from the first suspicion, under whose number the pair
// goes.
func (d *duplicate) suspicion() {
	for _, e := range slices.Backward(d.about()) {
		if e.Type != "person.duplicate_suspected" {
			continue
		}
		score, _ := e.Facts.Int("score")
		d.told, d.score, d.signals = e, int(score), strings.Split(e.Facts.Text("signals"), ",")
	}
}

// state is how the pair stands: open, dismissed, merged, or split after a merge.
func (d *duplicate) state() string {
	out := "open"
	for _, e := range d.about() {
		switch e.Type {
		case "person.duplicate_suspected":
			out = "open"
		case "person.duplicate_dismissed":
			out = "dismissed"
		case "person.merged":
			out = "merged"
		case "person.unmerged":
			out = "split"
		}
	}
	return out
}

func (d *duplicate) chip(v Visitor) Chip {
	state := d.state()
	kind := map[string]string{"open": "yellow", "dismissed": "gray", "merged": "purple", "split": "gray"}[state]
	icon := map[string]string{"open": "warn", "dismissed": "user", "merged": "merge", "split": "user"}[state]
	return Chip{kind, icon, v.W.Duplicate.States[state]}
}

// proposers are the people who said that the two are one.
func (d *duplicate) proposers() (out []string) {
	for _, e := range d.about() {
		if e.Type == "person.duplicate_suspected" && e.RecordedBy != "system" && !slices.Contains(out, e.RecordedBy) {
			out = append(out, e.RecordedBy)
		}
	}
	return out
}

// duplicate shows a pair.
func (s *Site) duplicate(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	d, err := s.duplicateAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.duplicateView(r, v, d)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "duplicate", "", view)
}

// duplicateAsked is the pair of the address, the record to go on first.
func (s *Site) duplicateAsked(r *http.Request, v Visitor) (*duplicate, error) {
	no, err := strconv.ParseUint(r.PathValue("no"), 10, 63)
	if err != nil || no == 0 {
		return nil, ErrMissing
	}
	d, err := s.duplicateAt(r, v, no)
	if err != nil {
		return nil, err
	}
	if keep := r.FormValue("keep"); keep == personNumber(d.b.sum.Number) && d.state() != "merged" {
		d.a, d.b = d.b, d.a
	}
	return d, nil
}

func (s *Site) duplicateView(r *http.Request, v Visitor, d *duplicate) (DuplicateView, error) {
	words := v.W.Duplicate
	seenA, err := s.read(r, v, Glance{Subject: d.a.id, Reason: "duplicate", Classes: "P"}, telling(d.a.own), d.staff()...)
	if err != nil {
		return DuplicateView{}, err
	}
	seenB, err := s.read(r, v, Glance{Subject: d.b.id, Reason: "duplicate", Classes: "P"}, telling(d.b.own))
	if err != nil {
		return DuplicateView{}, err
	}
	view := DuplicateView{Page: s.page(r, v, pairDoor(v), words.Title, "css/duplicate.css", "css/intake.css"), A: d.a.person(seenA), B: d.b.person(seenB), State: d.chip(v)}
	view.Here = duplicateHref(d.told.Position)
	view.Crumbs = pairCrumbs(v, Crumb{words.Title, "/duplicates"}, Crumb{recordNumber(d.told.Position), ""})
	view.Heading = words.PairHeading(view.A.Number, view.B.Number)
	view.Told = words.Told(seenA.name(v, d.told.RecordedBy), v.W.Date(d.told.From))
	now := s.config.People.Alike(v.Actor, d.a.id, d.b.id)
	sum := 0
	for _, reason := range now {
		sum += reason.Points
		view.Why = append(view.Why, Pair{Label: reasonText(v.W, reason), Value: pointsText(reason.Points)})
	}
	view.Score = words.Score(strconv.Itoa(d.score), strings.TrimPrefix(pointsText(sum), "＋"))
	view.Rows, view.Holds = s.sideRows(v, d, seenA, seenB), nil
	if view.Holds, err = s.holdRows(r, v, d); err != nil {
		return view, err
	}
	for _, account := range d.proposers() {
		view.Proposals = append(view.Proposals, Pair{Value: words.Proposed(seenA.name(v, account))})
	}
	view.History = historyOf(v, seenA, d.about())
	return view, s.duplicateActs(r, v, d, now, &view)
}

// telling are the events that say who a person is and how to reach it.
func telling(own []projections.Entry) []projections.Entry {
	out := profileOf(own)
	for _, e := range own {
		if e.Type == "person.contact_added" || e.Type == "person.address_changed" {
			out = append(out, e)
		}
	}
	return out
}

func (d *duplicate) staff() (out []string) {
	for _, e := range d.about() {
		out = append(out, e.RecordedBy)
	}
	return out
}

// sideRows compares what is known of the two.
func (s *Site) sideRows(v Visitor, d *duplicate, seenA, seenB reading) []SideRow {
	w, words := v.W, v.W.Duplicate
	a, b := d.a.texts(seenA), d.b.texts(seenB)
	var out []SideRow
	add := func(key, x, y string, same func(x, y string) bool) {
		if x == "" && y == "" {
			return
		}
		out = append(out, SideRow{words.Rows[key], x, y, compared(w, x, y, same)})
	}
	spelt := func(x, y string) bool { return japan.SearchKey(x) == japan.SearchKey(y) }
	drawn := func(x, y string) bool {
		return japan.LongVowels(japan.SearchKey(x)) == japan.LongVowels(japan.SearchKey(y))
	}
	nameA, readA := a.called()
	nameB, readB := b.called()
	add("name", nameA, nameB, spelt)
	add("reading", readA, readB, drawn)
	add("former", strings.Join(a.former, w.Calendar.Comma), strings.Join(b.former, w.Calendar.Comma), spelt)
	add("birth", birthText(w, a.now), birthText(w, b.now), spelt)
	for _, kind := range []string{"phone", "mail", "line"} {
		add(kind, d.a.reached(seenA, kind), d.b.reached(seenB, kind), sharesOne)
	}
	add("lives", joined(code(w, "pref", d.a.sum.ResidencePref), a.now["address"]), joined(code(w, "pref", d.b.sum.ResidencePref), b.now["address"]), spelt)
	add("age", w.Code("age_band", d.a.sum.AgeBand), w.Code("age_band", d.b.sum.AgeBand), spelt)
	add("origin", code(w, "pref", d.a.sum.OriginPref), code(w, "pref", d.b.sum.OriginPref), spelt)
	return out
}

// compared says how two texts compare.
func compared(w *locale.Words, x, y string, same func(x, y string) bool) *Chip {
	switch marks := w.Duplicate.Marks; {
	case x == "" || y == "":
		return &Chip{"gray", "", marks["one"]}
	case x == y:
		return &Chip{"green", "check", marks["same"]}
	case same(x, y):
		return &Chip{"green", "", marks["variant"]}
	default:
		return &Chip{"red", "", marks["differs"]}
	}
}

func birthText(w *locale.Words, now map[string]string) string {
	if on, err := japan.ParseDate(now["birth_date"]); err == nil {
		return w.PlainDate(on)
	}
	if on, err := japan.ParseDate(now["birth_year"] + "-01-01"); err == nil {
		return w.YearOf(on)
	}
	return ""
}

// reached are the ways of one kind to reach a person, as told.
func (p *pairSide) reached(seen reading, kind string) string {
	var out []string
	for _, c := range p.sum.Contacts {
		if c.Kind == kind || (kind == "phone" && c.Kind == "mobile") {
			if text := seen.texts[c.Position].first("value"); text != "" && !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return strings.Join(out, " / ")
}

// sharesOne tells whether two lists of contacts have one in common.
func sharesOne(x, y string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune("ー-() .", r) {
				return -1
			}
			return r
		}, japan.SearchKey(s))
	}
	for _, a := range strings.Split(x, " / ") {
		if slices.ContainsFunc(strings.Split(y, " / "), func(b string) bool { return plain(a) == plain(b) }) {
			return true
		}
	}
	return false
}

// held are the kinds of records that are told of each side.
var held = []struct {
	key   string
	types []string
}{
	{"sessions", []string{"case.consultation_held", "case.consultation_received"}}, {"messages", []string{"case.message_day_logged"}}, {"referrals", []string{"case.referral_proposed"}},
	{"placements", []string{"case.placement_decided"}}, {"moves", []string{"case.moved_in"}},
}

// holdRows tells what each record holds.
func (s *Site) holdRows(r *http.Request, v Visitor, d *duplicate) ([]SideRow, error) {
	words := v.W.Duplicate
	all, err := s.config.Journey.Journey(r.Context(), d.a.id, projections.Newest)
	if err != nil {
		return nil, missing(err)
	}
	if d.state() != "merged" {
		more, err := s.config.Journey.Journey(r.Context(), d.b.id, projections.Newest)
		if err != nil {
			return nil, missing(err)
		}
		all = append(all, more...)
	}
	out := []SideRow{{words.Rows["registered"], v.W.ShortDate(d.a.sum.RegisteredOn), v.W.ShortDate(d.b.sum.RegisteredOn), nil}}
	for _, h := range held {
		count := func(id string) string {
			n := 0
			for _, e := range all {
				if e.Person == id && e.Voided == nil && slices.Contains(h.types, e.Type) {
					n++
				}
			}
			return strconv.Itoa(n)
		}
		out = append(out, SideRow{words.Rows[h.key], count(d.a.id), count(d.b.id), nil})
	}
	return append(out, SideRow{words.Rows["consents"], strconv.Itoa(len(d.a.folded.Consents)), strconv.Itoa(len(d.b.folded.Consents)), nil},
		SideRow{words.Rows["notice"], d.a.sum.NoticeVersion, d.b.sum.NoticeVersion, nil}), nil
}

// mergeForm begins a form that acts on a pair.
func mergeForm(d *duplicate, act string) *MergeForm {
	return &MergeForm{Action: duplicateHref(d.told.Position) + "/" + act, CommandID: uuid.NewString(), Into: personNumber(d.a.sum.Number)}
}
