package indicator

import (
	"slices"

	"ayumi/domain/japan"
)

// component is everybody whose figures can hang together: persons joined by
// merges and by common cases. Rows of one component depend on nothing outside it.
type component struct {
	persons []*person // every raw person, survivors and absorbed
	cases   []*casefile
}

// componentOf walks merges and cases from some persons until nothing is added.
func componentOf(start []*person) component { return new(component).of(start) }

// of is componentOf in the room of an earlier one, which holds no longer.
func (c *component) of(start []*person) component {
	c.persons, c.cases = c.persons[:0], c.cases[:0]
	var seen members[*person]
	var files members[*casefile]
	add := func(p *person) {
		if seen.enter(c.persons, p) {
			c.persons = append(c.persons, p)
		}
	}
	for _, p := range start {
		add(p)
	}
	for i := 0; i < len(c.persons); i++ {
		p := c.persons[i]
		if p.into != nil {
			add(p.into)
		}
		for _, a := range p.absorbed {
			add(a)
		}
		for _, f := range p.cases {
			if !files.enter(c.cases, f) {
				continue
			}
			c.cases = append(c.cases, f)
			add(f.lead)
			for _, m := range f.members {
				add(m)
			}
			for _, v := range f.relocations {
				add(v.head)
				for _, m := range v.movers {
					add(m)
				}
			}
			for _, o := range f.outcomes {
				add(o.person)
			}
		}
	}
	if len(c.cases) > 1 {
		slices.SortFunc(c.cases, func(a, b *casefile) int { return int(a.position) - int(b.position) })
	}
	return *c
}

// merged is a survivor with everybody merged into it, in the room of an earlier
// component, which holds no longer.
func (c *component) merged(p *person) component {
	c.persons, c.cases = append(c.persons[:0], p), c.cases[:0]
	for i := 0; i < len(c.persons); i++ {
		c.persons = append(c.persons, c.persons[i].absorbed...)
	}
	return *c
}

// members tells what a growing list already holds: by looking through it while
// it is short, as nearly all components are, else by a map.
type members[T comparable] struct{ known map[T]bool }

// enter answers whether x is new to the list.
func (m *members[T]) enter(list []T, x T) bool {
	if m.known == nil && len(list) < 16 {
		return !slices.Contains(list, x)
	}
	if m.known == nil {
		m.known = make(map[T]bool, 2*len(list))
		for _, have := range list {
			m.known[have] = true
		}
	}
	if m.known[x] {
		return false
	}
	m.known[x] = true
	return true
}

// withOutcome tells whether anything but sessions can make rows here.
func (c component) withOutcome() bool {
	return slices.ContainsFunc(c.cases, func(f *casefile) bool { return len(f.outcomes)+len(f.relocations) > 0 })
}

// episode is the number of a case for a resolved person (counting.md 2): cases
// in order of opening, one higher at each that begins a new episode.
func (c component) episode(p *person, file *casefile) int {
	var mine []*casefile
	for _, f := range c.cases {
		if slices.Contains(f.party(), p) {
			mine = append(mine, f)
		}
	}
	slices.SortStableFunc(mine, func(a, b *casefile) int {
		if a.opened != b.opened {
			return int(a.opened - b.opened)
		}
		return int(a.position) - int(b.position)
	})
	n := 1
	for i, f := range mine {
		if f.newEpisode && i > 0 {
			n++
		}
		if f == file {
			break
		}
	}
	return n
}

// sessionsOf are the sessions led by a resolved person, in order of the log.
func (c component) sessionsOf(p *person) []*session {
	var out []*session
	for _, q := range c.persons {
		switch {
		case q.resolve() != p:
		case out == nil:
			out = slices.Clip(q.sessions) // shared while it is alone
		default:
			out = append(out, q.sessions...)
		}
	}
	byPosition := func(a, b *session) int { return int(a.position) - int(b.position) }
	if !slices.IsSortedFunc(out, byPosition) {
		out = slices.SortedFunc(slices.Values(out), byPosition)
	}
	return out
}

// survivors are the resolved persons of the component.
func (c component) survivors() []*person {
	var out []*person
	for _, p := range c.persons {
		if r := p.resolve(); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// earlier tells whether (a, pa) comes before (b, pb): by day, then by place in the log.
func earlier(a japan.Date, pa uint64, b japan.Date, pb uint64) bool {
	return a < b || (a == b && pa < pb)
}
