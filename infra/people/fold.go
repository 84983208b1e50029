package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ayumi/domain"
)

// entry is what the index takes from one event.
type entry struct {
	position   uint64
	typ, id    string // of the stream
	category   string
	facts      domain.Facts
	texts      map[string]string
	controller string
}

// profiled are the event types whose sealed texts a profile holds.
var profiled = []string{
	"person.registered", "person.identified", "person.name_changed", "person.contact_added", "person.details_corrected", "person.address_changed",
}

type opener func(ctx context.Context, rec domain.Recorded, person string) (map[string]string, error)

func read(ctx context.Context, rec domain.Recorded, open opener) (entry, error) {
	facts, err := domain.FactsOf(rec.Body)
	if err != nil {
		return entry{}, fmt.Errorf("position %d: %w", rec.Position, err)
	}
	e := entry{position: rec.Position, typ: rec.Type, facts: facts}
	e.category, e.id = domain.SplitStream(rec.Stream)
	if slices.Contains(profiled, rec.Type) {
		e.controller = facts.Text("controller")
		e.texts, err = open(ctx, rec, e.id)
	}
	return e, err
}

// book is the index itself. Persons stand in the order in which the log first
// names them: their numbers, the same as in the read model of journeys.
type book struct {
	position uint64
	persons  map[string]*profile
	order    []*profile
	pile     pile
	shared   shared
}

func newBook() *book { return &book{persons: map[string]*profile{}, shared: newShared()} }

// personFacts are the facts that name persons, by category.
var personFacts = map[string][]string{
	"case":     {"person", "lead_person", "head", "attendees", "movers", "persons"},
	"person":   {"into", "from", "other"},
	"outreach": {"person"},
	"account":  {"person"},
}

func (b *book) person(id string) *profile {
	p, ok := b.persons[id]
	if !ok {
		p = &profile{id: id, number: len(b.order) + 1}
		b.persons[id], b.order = p, append(b.order, p)
	}
	return p
}

// controllerOf keeps one copy of each code.
func controllerOf(code string) string {
	i := slices.Index(domain.Codes["controller"], code)
	if i < 0 {
		return code
	}
	return domain.Codes["controller"][i]
}

func (b *book) apply(e entry) {
	b.position = e.position
	if e.category == "person" {
		p := b.person(e.id)
		b.profile(p, e)
		switch {
		case p.gone:
			b.pile.wipe(p)
		case slices.Contains(profiled, e.typ) || e.typ == "person.contact_removed":
			b.pile.put(p)
			b.pile.tidy(b.order)
			b.shared.put(p)
		}
	}
	for _, fact := range personFacts[e.category] {
		for id := range strings.SplitSeq(e.facts.Text(fact), ",") {
			if id != "" {
				b.person(id)
			}
		}
	}
}

// profile folds an event of a person's own stream.
func (b *book) profile(p *profile, e entry) {
	p.told(e)
	switch e.typ {
	case "person.registered":
		p.controller = controllerOf(e.controller)
		p.call(nameOf(e.texts, e.texts["name_kind"]))
	case "person.identified":
		p.call(nameOf(e.texts, e.texts["name_kind"]))
	case "person.name_changed":
		p.call(nameOf(e.texts, e.facts.Text("name_kind")))
	case "person.details_corrected":
		p.correct(e.facts.Text("field"), e.texts["new"])
	case "person.contact_added":
		p.reach(e.facts.Text("contact_point"), e.facts.Text("kind"), e.texts)
	case "person.contact_removed":
		gone := e.facts.Text("contact_point")
		p.contacts = slices.DeleteFunc(p.contacts, func(c contact) bool { return c.id == gone })
	case "person.merged":
		p.into = b.person(e.facts.Text("into"))
	case "person.unmerged":
		p.into = nil
	case "person.erasure_ordered", "person.erased":
		p.forget()
	default:
		p.protect(e)
	}
}

// protect folds what must not be done with the person's data.
func (p *profile) protect(e entry) {
	switch e.typ {
	case "person.use_restricted":
		if p.restricted == nil {
			p.restricted = map[string][]string{}
		}
		p.restricted[e.facts.Text("restriction")] = strings.Split(e.facts.Text("scope"), ",")
	case "person.restriction_lifted":
		delete(p.restricted, e.facts.Text("restriction"))
	case "person.confidentiality_set":
		p.confidential = true
	case "person.confidentiality_lifted":
		p.confidential = false
	}
}

// scopes are the uses closed by restrictions that stand, ascending.
func (p *profile) scopes() []string {
	var out []string
	for _, s := range p.restricted {
		out = append(out, s...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
