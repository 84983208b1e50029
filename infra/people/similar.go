package people

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Signals by which two records are like each other beside those of a search.
const (
	byBirth     = "birth"
	byResidence = "residence"
)

// Points of particulars (handbook.md 7.4); a day of birth that contradicts
// another speaks against one human being.
const (
	sameBirth     = 30
	sameYear      = 10
	otherBirth    = -60
	sameResidence = 5
)

// Likeness is a human being whose record is like another, with what both share.
type Likeness struct {
	Person  string // survivor of its records
	Points  int
	Signals []string // phone, mail, line, kana, kanji, birth, residence, in this order
}

// particulars are what a record is compared by beside names and contacts.
type particulars struct {
	born  int32 // yyyymmdd, or yyyy0000 where only the year was told; 0: not told
	lives int32 // municipality, six digits; 0: not told
}

// told folds the particulars of an event.
func (p *profile) told(e entry) {
	if p.gone {
		return
	}
	switch e.typ {
	case "person.registered", "person.identified", "person.address_changed":
		if e.typ == "person.address_changed" {
			p.lives = 0
		}
		for _, field := range []string{"birth_year", "birth_date", "residence_lg"} {
			if text, ok := e.texts[field]; ok {
				p.tell(field, text)
			}
		}
	case "person.details_corrected":
		p.tell(e.facts.Text("field"), e.texts["new"])
	}
}

func (p *profile) tell(field, text string) {
	n, err := strconv.ParseInt(strings.ReplaceAll(text, "-", ""), 10, 32)
	if err != nil {
		n = 0
	}
	switch field {
	case "birth_date":
		p.born = int32(n)
	case "birth_year":
		p.born = int32(n) * 10_000
	case "residence_lg":
		p.lives = int32(n)
	}
}

// Similar answers the other human beings of the same prefecture's records who
// share a name or a way to be reached with a person, most points first. A record merged into another
// is not asked about; it is like somebody in the name of its survivor.
func (x *Index) Similar(person string) []Likeness {
	x.mu.RLock()
	defer x.mu.RUnlock()
	p := x.book.persons[person]
	if p == nil || !p.known() || p.into != nil {
		return nil
	}
	best := map[string]Likeness{}
	for _, q := range x.book.shared.with(p) {
		root := q.root()
		if root == p || !q.known() || !root.known() || q.controller != p.controller {
			continue
		}
		if l := p.like(q); l.Points > best[root.id].Points {
			l.Person = root.id
			best[root.id] = l
		}
	}
	out := make([]Likeness, 0, len(best))
	for _, l := range best {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b Likeness) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), strings.Compare(a.Person, b.Person))
	})
	return out
}

// like compares two records.
func (p *profile) like(q *profile) Likeness {
	var l Likeness
	for _, r := range p.alike(q) {
		l.Points += r.Points
		if r.Points > 0 {
			l.Signals = append(l.Signals, r.Signal)
		}
	}
	return l
}

// alike tells what two records share, and what speaks against it.
func (p *profile) alike(q *profile) (out []Reason) {
	add := func(signal string, points int) {
		if points != 0 {
			out = append(out, Reason{Signal: signal, Points: points})
		}
	}
	for _, kind := range []string{byPhone, byMail, byLine} {
		if p.reachedAs(q, kind) {
			add(kind, equal[kind])
		}
	}
	if p.calledAs(q, func(s *spelt) string { return s.drawn }) {
		add(byKana, equal[byKana])
	}
	if p.calledAs(q, func(s *spelt) string { return s.written }) {
		add(byKanji, equal[byKanji])
	}
	add(byBirth, p.bornWith(q))
	if p.lives != 0 && p.lives == q.lives {
		add(byResidence, sameResidence)
	}
	return out
}

func (p *profile) reachedAs(q *profile, kind string) bool {
	return slices.ContainsFunc(p.contacts, func(a contact) bool {
		return a.kind == kind && slices.ContainsFunc(q.contacts, func(b contact) bool { return b.kind == kind && a.key == b.key })
	})
}

func (p *profile) calledAs(q *profile, form func(*spelt) string) bool {
	for i := range p.names {
		a := form(&p.names[i])
		if a != "" && slices.ContainsFunc(q.names, func(b spelt) bool { return form(&b) == a }) {
			return true
		}
	}
	return false
}

func (p *profile) bornWith(q *profile) int {
	a, b := p.born, q.born
	switch {
	case a == 0 || b == 0:
		return 0
	case a == b && a%10_000 != 0:
		return sameBirth
	case a/10_000 == b/10_000 && (a%10_000 == 0 || b%10_000 == 0):
		return sameYear
	}
	return otherBirth
}
