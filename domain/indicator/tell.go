package indicator

import "slices"

// Bare is a figure without the lists behind it: how many members there are and the
// digest of their keys.
type Bare struct {
	Result
	Members int    // of a ratio those of both sides
	Digest  string // as of Figure.Digest
}

// Tell counts over a state as it stands. It gives what an Answer over all rows
// gives, but keeps no row: persons who hang together are looked at in turn.
func Tell(s *State, q Question) Bare {
	sides := q.Sides()
	if len(sides) == 1 {
		keys, r := s.tell(q)
		return Bare{r, len(keys), digestOf(keys)}
	}
	above, over := s.tell(sides[0])
	below, under := s.tell(sides[1])
	members := len(above) + len(below)
	for _, key := range below {
		above = append(above, "/"+key)
	}
	return Bare{q.Definition.share(over.Value, under.Value), members, digestOf(above)}
}

// tell counts for a question that is no ratio. It answers the keys of the members,
// ascending.
func (s *State) tell(q Question) (keys []string, r Result) {
	count := NewCount(q)
	gross := q.Definition.gross()
	for r := range s.each(q.Definition.Params(), rules[q.Definition.Rule].family) {
		if count.take(r) && gross {
			keys = append(keys, count.member(r))
		}
	}
	for member := range count.members {
		keys = append(keys, member)
	}
	slices.Sort(keys)
	return keys, count.result()
}
