package office

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// happening is an event as a Reactor sees it.
type happening struct {
	position uint64
	event    uuid.UUID
	typ, id  string // of the stream
	facts    domain.Facts
	recorded japan.Date // JST day
}

func happened(rec domain.Recorded) (happening, error) {
	facts, err := domain.FactsOf(rec.Body)
	if err != nil {
		return happening{}, fmt.Errorf("position %d: %w", rec.Position, err)
	}
	at, err := japan.ParseInstant(facts.Text("recorded_at"))
	if err != nil {
		return happening{}, fmt.Errorf("position %d: recorded_at: %w", rec.Position, err)
	}
	e := happening{position: rec.Position, event: rec.ID, typ: rec.Type, facts: facts, recorded: japan.DateOf(at)}
	_, e.id = domain.SplitStream(rec.Stream)
	return e, nil
}

// bare is the event without its facts, to be kept.
func (e happening) bare() happening { return happening{event: e.event} }

// file is what a Reactor knows of a case.
type file struct {
	lead, owner string
	closed      bool
	shelf       shelf             // where it belongs once it is closed
	referrals   map[string]handed // open ones
	shares      map[string]shared // live ones
}

// handed is a referral under way. due is zero while no answer is waited for.
type handed struct {
	consent string
	due     japan.Date
	sent    happening // without its facts
}

type shared struct {
	consent, recipient string
	household          bool
}

// about tells whether something of a person of the case was shared: of its lead
// always, of a companion with the household.
func (s shared) about(self []string, lead string) bool {
	return s.household || slices.Contains(self, lead)
}

// human is what a Reactor knows of a person's stream.
type human struct {
	cases    []string // led or joined, in this order
	left     []string // of those, joined and left again
	into     string   // the survivor while merged
	absorbed []string
	shielded bool
	erased   bool // or about to be
}

// agreement is a consent. until is zero if nobody waits for its end.
type agreement struct {
	person string
	until  japan.Date
	given  happening // without its facts
	ended  bool
}

func (r *Reactor) learn(rec domain.Recorded) (happening, error) {
	category, id := domain.SplitStream(rec.Stream)
	opened := rec.Type == "account.emergency_access_opened"
	if category != "case" && category != "person" && category != "rights" && category != "volume" && !opened {
		return happening{}, nil
	}
	e, err := happened(rec)
	if err != nil || opened {
		return e, err
	}
	switch f := r.files[id]; {
	case category == "rights" || category == "volume":
		r.kept(category, e)
	case category == "person":
		r.person(id).learn(e)
		r.agreed(e)
	case e.typ == "case.opened":
		owner := e.facts.Text("on_behalf_of")
		if owner == "" {
			owner = e.facts.Text("recorded_by")
		}
		r.files[id] = &file{lead: e.facts.Text("person"), owner: owner, referrals: map[string]handed{}, shares: map[string]shared{}}
		r.belongs(e.facts.Text("person"), id)
	case f == nil:
		return e, fmt.Errorf("position %d: %s of a case that was not opened", e.position, e.typ)
	default:
		r.filed(f, e)
	}
	return e, nil
}

func (r *Reactor) person(id string) *human {
	h := r.persons[id]
	if h == nil {
		h = &human{}
		r.persons[id] = h
	}
	return h
}

func (r *Reactor) belongs(person, file string) {
	h := r.person(person)
	h.left = slices.DeleteFunc(h.left, func(id string) bool { return id == file })
	if !slices.Contains(h.cases, file) {
		h.cases = append(h.cases, file)
	}
}

func (h *human) learn(e happening) {
	switch other := e.facts.Text("other"); e.typ {
	case "person.merged":
		h.into = e.facts.Text("into")
	case "person.unmerged":
		h.into = ""
	case "person.absorbed":
		h.absorbed = append(h.absorbed, other)
	case "person.absorption_undone":
		h.absorbed = slices.DeleteFunc(h.absorbed, func(id string) bool { return id == other })
	case "person.confidentiality_set":
		h.shielded = true
	case "person.confidentiality_lifted":
		h.shielded = false
	case "person.erasure_ordered", "person.erased":
		h.erased = true
	}
}

// agreed folds consents.
func (r *Reactor) agreed(e happening) {
	consent := e.facts.Text("consent")
	switch e.typ {
	case "person.consent_given":
		r.consents[consent] = &agreement{person: e.id, until: r.term(e, "until"), given: e.bare()}
	case "person.consent_withdrawn", "person.consent_expired":
		if a := r.consents[consent]; a != nil {
			a.ended = true
		}
	}
}

// filed folds an event of a case that was opened.
func (r *Reactor) filed(f *file, e happening) {
	switch e.typ {
	case "case.member_added":
		r.belongs(e.facts.Text("person"), e.id)
	case "case.member_removed":
		h := r.person(e.facts.Text("person"))
		h.left = append(h.left, e.id)
	case "case.assigned":
		f.owner = e.facts.Text("owner")
	case "case.handed_over":
		f.owner = e.facts.Text("to_owner")
	case "case.closed", "case.reopened":
		f.closed, f.shelf = e.typ == "case.closed", shelfOf(e)
	case "case.information_shared":
		f.shares[e.facts.Text("share")] = shared{
			consent: e.facts.Text("consent"), recipient: e.facts.Text("recipient"),
			household: slices.Contains(strings.Split(e.facts.Text("fields"), ","), "household"),
		}
	case "case.sharing_stopped":
		delete(f.shares, e.facts.Text("share"))
	default:
		if strings.HasPrefix(e.typ, "case.referral_") {
			r.referred(f, e)
		}
	}
}

// referred folds a referral until it has an end.
func (r *Reactor) referred(f *file, e happening) {
	id := e.facts.Text("referral")
	h := f.referrals[id]
	h.due, h.sent = 0, happening{}
	switch e.typ {
	case "case.referral_declined", "case.referral_returned", "case.referral_completed", "case.referral_cancelled":
		delete(f.referrals, id)
		return
	case "case.referral_agreed":
		h.consent = e.facts.Text("consent")
	case "case.referral_sent", "case.referral_resent":
		if h.due = r.term(e, "due_on"); h.due != 0 {
			h.sent = e.bare()
		}
	}
	f.referrals[id] = h
}

// term is the day after which something follows, if that is for this Reactor to see.
func (r *Reactor) term(e happening, fact string) japan.Date {
	on, err := japan.ParseDate(e.facts.Text(fact))
	if err != nil || e.position <= r.since {
		return 0
	}
	return on
}

// oneself lists the streams of one human being, the survivor first. Merges have
// no cycle; the bound keeps a broken log from hanging a reaction.
func (r *Reactor) oneself(id string) []string {
	for hops := 0; r.person(id).into != "" && hops < 32; hops++ {
		id = r.person(id).into
	}
	out := []string{id}
	for i := 0; i < len(out); i++ {
		for _, absorbed := range r.person(out[i]).absorbed {
			if !slices.Contains(out, absorbed) {
				out = append(out, absorbed)
			}
		}
	}
	return out
}

// casesOf lists the cases of a human being, each once.
func (r *Reactor) casesOf(person string) []string {
	var out []string
	for _, one := range r.oneself(person) {
		for _, id := range r.person(one).cases {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// keptBy is the newest case of a human being that is not closed, one that it
// leads before one that it joined; "" if there is none.
func (r *Reactor) keptBy(person string) string {
	self, joined := r.oneself(person), ""
	for _, id := range slices.Backward(r.casesOf(person)) {
		switch f := r.files[id]; {
		case f.closed:
		case slices.Contains(self, f.lead):
			return id
		case joined == "" && slices.ContainsFunc(self, func(one string) bool { return r.person(one).belongsTo(id) }):
			joined = id
		}
	}
	return joined
}

func (h *human) belongsTo(file string) bool {
	return slices.Contains(h.cases, file) && !slices.Contains(h.left, file)
}

func (r *Reactor) protected(person string) bool {
	return slices.ContainsFunc(r.oneself(person), func(id string) bool { return r.person(id).shielded })
}

func (r *Reactor) gone(person string) bool {
	return r.person(person).erased || r.person(r.oneself(person)[0]).erased
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
