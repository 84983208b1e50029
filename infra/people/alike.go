package people

import (
	"cmp"
	"slices"
	"strconv"

	"ayumi/domain"
)

// Told is what somebody who is not in the records yet tells of itself.
type Told struct {
	Name
	Phones, Mails []string
	Line          string
	BirthDate     string // YYYY-MM-DD, "" if it is not told
	BirthYear     string
}

// Alike answers the human beings of the actor's records who share a name or a way to
// be reached with somebody who is not in them yet, most points first, those of
// whom the actor may be told. ErrBuilding until the index has seen the log.
func (x *Index) Alike(who domain.Actor, told Told) ([]Hit, error) {
	p := told.profile(who.Controller)
	see := x.tells(who, domain.ToSuggest)
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.ready {
		return nil, ErrBuilding
	}
	best := map[*profile]Likeness{}
	for _, q := range x.book.shared.with(p) {
		root := q.root()
		if !q.known() || !root.known() || root.controller != who.Controller ||
			see(root) != domain.Found {
			continue
		}
		if l := p.like(q); l.Points > best[root].Points {
			best[root] = l
		}
	}
	out := make([]Hit, 0, len(best))
	for root, l := range best {
		h := Hit{Person: root.id, Number: root.number, Controller: root.controller, Name: root.name(), Points: l.Points}
		for _, signal := range l.Signals {
			h.Reasons = append(h.Reasons, Reason{Signal: signal})
		}
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Number, b.Number)) })
	return out, nil
}

// profile is a record that stands nowhere.
func (t Told) profile(controller string) *profile {
	p := &profile{controller: controller, names: []spelt{spell(t.Name)}}
	for i, value := range t.Phones {
		p.reach("phone"+strconv.Itoa(i), "phone", map[string]string{"value": value})
	}
	for i, value := range t.Mails {
		p.reach("mail"+strconv.Itoa(i), "mail", map[string]string{"value": value})
	}
	if t.Line != "" {
		p.reach("line", "line", map[string]string{"value": t.Line})
	}
	if t.BirthYear != "" {
		p.tell("birth_year", t.BirthYear)
	}
	if t.BirthDate != "" {
		p.tell("birth_date", t.BirthDate)
	}
	return p
}
