package rights

import (
	"slices"
	"strings"

	"ayumi/domain"
)

// Concerns tells from facts alone whom each record of persons and cases is about,
// so that a disclosure leaves out what is about third persons (Act 78-1-2): the
// same event may lie in the requester's case and be about a companion. Every
// record that may name a thing must have been learnt before it is asked about.
type Concerns struct {
	things map[string][]string // consultation, placement … → persons
	heads  map[string]string   // relocation → head of the household
}

// thingFacts name what a later record goes on with.
var thingFacts = []string{"consultation", "placement", "side_job", "two_base", "relocation"}

// Learn takes a record in; records come in the order of their positions.
func (c *Concerns) Learn(typ string, facts domain.Facts) {
	if c.things == nil {
		c.things, c.heads = map[string][]string{}, map[string]string{}
	}
	thing, about := thingOf(facts), named(facts, "movers", "lead_person", "person")
	if thing == "" {
		return
	}
	if head := facts.Text("head"); head != "" {
		c.heads[thing] = head
	}
	switch {
	case typ == "case.consultation_released":
		c.things[thing] = []string{""} // somebody's whose case is another one
	case strings.HasSuffix(typ, "_amended"):
		if facts.Text("field") == "lead_person" {
			c.things[thing] = []string{facts.Text("new")}
		}
	case about != nil:
		c.things[thing] = about
	}
}

// About tells whether a record is about one of own, be it with others; person is the
// one its stream is about. What sets two persons beside each other (a suspected
// duplicate, cases that are linked) is about the other one too, and stays out unless
// both are of own.
func (c *Concerns) About(own []string, person, typ string, facts domain.Facts) bool {
	mine := func(id string) bool { return slices.Contains(own, id) }
	if other := named(facts, "other", "into", "from"); strings.HasPrefix(typ, "person.") {
		return mine(person) && !slices.ContainsFunc(other, func(id string) bool { return !mine(id) })
	}
	if typ == "case.linked" && facts.Text("relation") != "same_person_other_desk" {
		return false
	}
	return slices.ContainsFunc(c.of(person, facts), mine)
}

func (c *Concerns) of(person string, facts domain.Facts) []string {
	if about := named(facts, "persons"); about != nil {
		return about
	}
	if about := c.things[thingOf(facts)]; about != nil {
		return about
	}
	if about := named(facts, "movers", "lead_person", "person"); about != nil {
		return about
	}
	return []string{person}
}

// Head answers the head of the household of the move that a record goes on with;
// "" where none is known.
func (c *Concerns) Head(facts domain.Facts) string { return c.heads[facts.Text("relocation")] }

func thingOf(facts domain.Facts) string {
	for _, fact := range thingFacts {
		if id := facts.Text(fact); id != "" {
			return id
		}
	}
	return ""
}

// named are the persons in the first of some facts that a record states.
func named(facts domain.Facts, names ...string) []string {
	for _, fact := range names {
		if list := facts.Text(fact); list != "" {
			return strings.Split(list, ",")
		}
	}
	return nil
}
