package people

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// MostHits is how many hits one answer holds at most.
const MostHits = 50

// Answer is what a search found.
type Answer struct {
	ReadAs []string // how the text was read: number, phone, mail, line, kana, kanji
	Words  []Word   // of Near: each word with how it was read
	Hits   []Hit    // best first; equal ones in order of number
	Hidden int      // records the actor may only know to exist
	Abroad int      // those of another prefecture among them
	More   bool     // there were more hits than asked for
}

// Word is a piece of a text with the signal it was read as.
type Word struct{ Signal, Text string }

// Hit is one human being: merged records are one.
type Hit struct {
	Person       string
	Number       int // see Number
	Controller   string
	Name         Name     // to be called by
	Matched      Name     // the other name that matched, if it was one
	Merged       []string // numbers of absorbed records that matched
	Restricted   []string // scopes of restrictions that stand
	Confidential bool
	Points       int
	Reasons      []Reason // most points first
}

// Reason is one signal that matched, with its points (handbook.md 7.4).
type Reason struct {
	Signal string // number, phone, mail, line, kana, kanji; of Like also birth, residence
	Points int
	// How, of Near alone, tells what was met: whole, family, given, part, or
	// differs where the record has another.
	How string
	// Typed and Stored, of Near alone, are the part of a name as it was typed and
	// as it is kept.
	Typed, Stored string
}

// Number spells a person's number: P-00001 is the first in the log.
func Number(n int) string { return fmt.Sprintf("P-%05d", n) }

// Search finds persons by name, reading, end of a phone number, mail address,
// LINE name or number; several of them, parted by spaces, narrow it down. A text
// too short to tell people apart is the Refusal search.too_short. A limit
// outside 1 to MostHits is MostHits. ErrBuilding until the index has seen the log.
func (x *Index) Search(who domain.Actor, text string, limit int) (Answer, error) {
	q := ask(text)
	if q.short() {
		return Answer{}, domain.RefuseField("search.too_short", "q")
	}
	if limit < 1 || limit > MostHits {
		limit = MostHits
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.ready {
		return Answer{}, ErrBuilding
	}
	return x.book.matching(x.book.candidates(&q), x.tells(who, domain.ToSearch), q.meets).answer(q.readAs(), limit, who.Controller), nil
}

// tells answers what somebody may be told of a record.
func (x *Index) tells(who domain.Actor, use domain.Use) func(*profile) domain.Finding {
	now := x.cfg.Now()
	return func(p *profile) domain.Finding {
		return domain.See(who, japan.DateOf(now), use, domain.Sight{Controller: p.controller, Class: 'P', Closed: p.scopes(), Confidential: p.confidential,
			Emergency: who.InEmergency(p.id, now), Agreed: x.cfg.Agreed(who.Controller, p.controller)})
	}
}

// answer puts the best matches first and counts those that may only be known to exist.
func (all matches) answer(readAs []string, limit int, own string) Answer {
	out := Answer{ReadAs: readAs}
	slices.SortFunc(all, func(a, b *match) int {
		return cmp.Or(cmp.Compare(b.points(), a.points()), cmp.Compare(a.person.number, b.person.number))
	})
	for _, m := range all {
		switch {
		case !m.open:
			out.Hidden++
			if m.person.controller != own {
				out.Abroad++
			}
		case len(out.Hits) < limit:
			out.Hits = append(out.Hits, m.hit())
		default:
			out.More = true
		}
	}
	return out
}

// reasons hold one reason a signal: the one with most points. There are few, and
// many records to be looked at.
type reasons []Reason

func (l *reasons) put(r Reason) {
	for i := range *l {
		if (*l)[i].Signal == r.Signal {
			if r.Points > (*l)[i].Points {
				(*l)[i] = r
			}
			return
		}
	}
	*l = append(*l, r)
}

func (l reasons) of(signal string) (Reason, bool) {
	for _, r := range l {
		if r.Signal == signal {
			return r, true
		}
	}
	return Reason{}, false
}

// match is a human being with everything that matched on its records and that
// the actor may see.
type match struct {
	person *profile // survivor
	open   bool     // the actor may see a record that matched, and the survivor
	best   reasons
	by     []*profile // those records
	name   int        // of the name that matched on the survivor, or -1
}

type matches []*match

func (m *match) points() int {
	sum := 0
	for _, r := range m.best {
		sum += r.Points
	}
	return sum
}

// matching looks at all candidates; a record merged into another is a match of that
// one. What see hides leaves no trace.
// meets answers why a record matches, by signal, and the number of the name that
// did or -1; nil if it does not.
func (b *book) matching(candidates []*profile, see func(*profile) domain.Finding, meets func(*profile) (reasons, int)) matches {
	byRoot := map[*profile]*match{}
	var out matches
	for _, p := range candidates {
		best, name := meets(p)
		if best == nil {
			continue
		}
		root := p.root()
		if !p.known() || !root.known() || see(p) == domain.Hidden || see(root) == domain.Hidden {
			continue
		}
		m := byRoot[root]
		if m == nil {
			m = &match{person: root, name: -1}
			byRoot[root], out = m, append(out, m)
		}
		if see(p) == domain.Found && see(root) == domain.Found {
			m.add(p, best, name)
		}
	}
	return out
}

func (m *match) add(p *profile, best reasons, name int) {
	m.open = true
	m.by = append(m.by, p)
	if p == m.person {
		m.name = name
	}
	if m.best == nil {
		m.best = best
		return
	}
	for _, r := range best {
		m.best.put(r)
	}
}

func (m *match) hit() Hit {
	p := m.person
	h := Hit{
		Person: p.id, Number: p.number, Controller: p.controller, Name: p.name(),
		Restricted: p.scopes(), Confidential: p.confidential, Points: m.points(),
	}
	if m.name >= 0 && m.name != p.shown() {
		h.Matched = p.names[m.name].Name
	}
	for _, r := range m.by {
		if r != p {
			h.Merged = append(h.Merged, Number(r.number))
			if h.Matched == (Name{}) && r.name() != h.Name {
				h.Matched = r.name()
			}
		}
	}
	h.Reasons = slices.Clone(m.best)
	slices.SortFunc(h.Reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), strings.Compare(a.Signal, b.Signal))
	})
	return h
}
