package projections

import (
	"context"
	"slices"
)

// journey_household holds which event names which household, with whom: a household
// is an id that persons share (events.md 2), so nothing else knows who lives in it.
var householdColumns = []string{"position INTEGER NOT NULL", "person INTEGER NOT NULL", "household TEXT NOT NULL", "controller TEXT NOT NULL", "what TEXT NOT NULL"}

// household notes who joins, leaves or moves with a household.
func (f *journeyFold) household(e *Event, lead int64, b *Batch) {
	people := []int64{lead}
	switch e.Type {
	case "person.household_joined", "person.household_left":
	case "case.moved_in":
		people = people[:0]
		for _, id := range append(e.List("movers"), e.Text("head")) {
			if no := f.person([]byte(id), e, b); !slices.Contains(people, no) {
				people = append(people, no)
			}
		}
	default:
		return
	}
	for _, person := range people {
		b.Add(journeyHousehold).Int(int64(e.Position), person).Text(e.Text("household"), e.Text("controller"), e.Type)
	}
}

// Household is persons who live together, or have. No is the position of the first
// event of its controller that names it, by which people call it.
type Household struct {
	ID      string
	No      uint64
	Members []HouseholdMember // in the order in which the log first names them
}

// HouseholdMember is one of them. Left is 0 while it belongs to the household, Joined
// while it was only told to have moved with it.
type HouseholdMember struct {
	Person       string
	Joined, Left uint64 // positions
}

// Lives tells whether the member belongs to the household now.
func (m HouseholdMember) Lives() bool { return m.Joined != 0 && m.Left == 0 }

// Household answers the one of a controller with a number, or ErrUnknown. Members whose
// records are another controller's are not told.
func (j *Journeys) Household(ctx context.Context, controller string, no uint64) (Household, error) {
	all, err := j.households(ctx, `h.household IN (SELECT household FROM journey_household WHERE position = $2)`, controller, int64(no))
	if err != nil {
		return Household{}, err
	}
	for _, h := range all {
		if h.No == no {
			return h, nil
		}
	}
	return Household{}, ErrUnknown
}

// HouseholdsOf answers those that name a person or who is the same human being, in the
// order in which the log first names them.
func (j *Journeys) HouseholdsOf(ctx context.Context, controller, person string) ([]Household, error) {
	group, err := j.group(ctx, person, Newest)
	if err != nil {
		return nil, err
	}
	marks, args := in(2, group)
	return j.households(ctx, `h.household IN (SELECT household FROM journey_household WHERE person IN (`+marks+`))`, controller, args...)
}

func (j *Journeys) households(ctx context.Context, which, controller string, args ...any) ([]Household, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	var out []Household
	err := j.query(ctx, `SELECT h.household, h.position, h.what, p.id FROM journey_household h JOIN journey_person p ON p.no = h.person
		WHERE h.controller IN ($1, 'joint') AND `+which+` ORDER BY h.position, p.no`, func(scan func(...any) error) error {
		var id, what, person string
		var position int64
		if err := scan(&id, &position, &what, &person); err != nil {
			return err
		}
		i := slices.IndexFunc(out, func(h Household) bool { return h.ID == id })
		if i < 0 {
			i, out = len(out), append(out, Household{ID: id, No: uint64(position)})
		}
		out[i].note(person, what, uint64(position))
		return nil
	}, append([]any{controller}, args...)...)
	return out, err
}

func (h *Household) note(person, what string, position uint64) {
	i := slices.IndexFunc(h.Members, func(m HouseholdMember) bool { return m.Person == person })
	if i < 0 {
		i, h.Members = len(h.Members), append(h.Members, HouseholdMember{Person: person})
	}
	switch m := &h.Members[i]; what {
	case "person.household_joined":
		m.Joined, m.Left = position, 0
	case "person.household_left":
		m.Left = position
	}
}
