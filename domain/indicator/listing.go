package indicator

import (
	"cmp"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// The states of a version that no stream holds.
const (
	StateShipped = "shipped"
	StateTrial   = "trial" // shipped, and never in force
)

// Listed is one version of an indicator at a scope, in whatever state.
type Listed struct {
	Definition
	State string
	Own   *Version // nil for what is shipped
}

// Listing answers every version that is known at a scope, the rejected ones among
// them: by indicator in the order of the shipped ones, then by the day from which
// it holds, then by proposal.
func Listing(scope string, series []*Series) ([]Listed, error) {
	shipped, err := shippedOnce()
	if err != nil {
		return nil, err
	}
	place := map[string]int{}
	var out []Listed
	add := func(l Listed) {
		if _, ok := place[l.Indicator]; !ok {
			place[l.Indicator] = len(place)
		}
		out = append(out, l)
	}
	for _, d := range shipped.list {
		add(Listed{Definition: d, State: StateShipped})
	}
	for _, d := range shipped.trials {
		add(Listed{Definition: d, State: StateTrial})
	}
	for _, s := range series {
		if s.Scope != scope {
			continue
		}
		for _, v := range s.Versions {
			add(Listed{Definition: s.Definition(v), State: v.State, Own: v})
		}
	}
	slices.SortStableFunc(out, func(a, b Listed) int {
		return cmp.Or(cmp.Compare(place[a.Indicator], place[b.Indicator]), cmp.Compare(a.OfficialFrom, b.OfficialFrom))
	})
	return out, nil
}

// NaturalScope is the least scope at which an indicator can be counted, for somebody
// of a desk: universities belong to a prefecture, receptions to a corner.
func (d Definition) NaturalScope(desk string) string {
	switch forms[d.Rule].Scope {
	case "controller":
		return controllerOf(desk)
	case "corner":
		return domain.Codes["corner"][0]
	}
	return desk
}

// WouldCount tells whether a version, approved now, would be in force on a day
// beside the book: none of a later day holds there.
func (b *Book) WouldCount(d Definition, on japan.Date) bool {
	force, ok := b.InForce(d.Indicator, on)
	return d.OfficialFrom <= on.String() && (!ok || force.OfficialFrom <= d.OfficialFrom)
}
