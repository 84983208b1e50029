package indicator

import (
	"iter"

	"ayumi/domain/japan"
)

// TellsMoves tells whether what its members did is printed beside a figure: of
// figures of outcomes (counting.md 3).
func (q Question) TellsMoves() bool {
	family := rules[q.Definition.Rule].family
	return family == Outcomes || family == Cases
}

// Erased is how many members there are whose person is erased; they count as before.
func (l *Lists) Erased() int {
	n := 0
	for r := range l.Rows() {
		if r.Erased {
			n++
		}
	}
	return n
}

// Aside is what is printed beside the figure.
func (l *Lists) Aside(today japan.Date, outcomes iter.Seq[*Row]) Aside {
	a := Aside{Grades: map[string]int{}, Moved: map[string]int{}}
	moves := l.q.TellsMoves()
	members := map[string]bool{}
	for r := range l.Rows() {
		if r.Grade != "" {
			a.Grades[r.Grade]++
		}
		if moves {
			members[r.Person] = true
		}
		if r.Erased {
			a.Erased++
		}
		year := r.From.Add(365)
		if r.Gone != 0 && r.Gone < year {
			a.LeftEarly++
		} else if r.Kind == MoveKind && year > today {
			a.Unobserved++
		}
	}
	if !moves {
		return a
	}
	kinds := map[string]map[string]bool{}
	for r := range outcomes {
		if r.Family == Outcomes && r.Clause == "" && members[r.Person] && inside(l.q.Period, r) {
			if kinds[r.Person] == nil {
				kinds[r.Person] = map[string]bool{}
			}
			kinds[r.Person][r.Kind] = true
		}
	}
	for _, k := range kinds {
		switch {
		case k[JobKind] && k[MoveKind]:
			a.Moved["both"]++
		case k[JobKind]:
			a.Moved[JobKind]++
		case k[MoveKind]:
			a.Moved[MoveKind]++
		}
	}
	return a
}
