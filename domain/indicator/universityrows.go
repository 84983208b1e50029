package indicator

import (
	"cmp"
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// rows of a university: one per entry in a list, gone on the day of the next
// entry; one per agreement, with the lists in which it ever stood.
func (v *university) rows() []Row {
	var out []Row
	var stood []string
	listed := slices.Clone(v.listed)
	slices.SortStableFunc(listed, func(a, b listing) int {
		return cmp.Or(cmp.Compare(a.on.from, b.on.from), cmp.Compare(a.position, b.position))
	})
	for i, l := range listed {
		r := Row{Family: Universes, Entity: v.id + "/" + l.list + "/" + l.on.from.String(), Member: v.id, From: l.on.from, To: l.on.to,
			Controller: v.controller, Kind: l.list, Amount: 1, Position: l.position}
		if next := slices.IndexFunc(listed[i+1:], func(n listing) bool { return n.list == l.list }); next >= 0 {
			r.Gone = listed[i+1+next].on.from
		}
		if r.Gone == r.From {
			continue // said again of the same day: the later entry stands
		}
		if !l.meets {
			r.Clause = "below_threshold"
		} else {
			stood = append(stood, span(l.list, r.From, r.Gone))
		}
		out = append(out, r)
	}
	for _, a := range v.agreements {
		out = append(out, Row{Family: Agreements, Entity: a.id, Member: v.id, From: a.on.from, To: a.on.to,
			Controller: v.controller, Route: strings.Join(stood, ","), Gone: a.ended, Amount: 1, Position: a.position})
	}
	return out
}

// span spells a list with the days from which and before which a university stood
// in it; the second is empty while it does.
func span(list string, from, gone japan.Date) string {
	text := list + "/" + from.String() + "/"
	if gone != 0 {
		text += gone.String()
	}
	return text
}

// stands tells whether a university of such spans stands in a list at a day.
func stands(spans, list string, on japan.Date) bool {
	day := on.String()
	for s := range strings.SplitSeq(spans, ",") {
		name, days, _ := strings.Cut(s, "/")
		from, gone, _ := strings.Cut(days, "/")
		if name == list && from <= day && (gone == "" || gone > day) {
			return true
		}
	}
	return false
}
