package indicator

import (
	"fmt"
	"iter"
	"slices"

	"ayumi/domain"
)

// Reads tells whether any figure can hang on an event of a type.
func Reads(typ string) bool {
	_, read := folds[typ]
	return read
}

// Fold takes in one event. It answers whether any rule reads its type. Events
// come in order of position, without a gap.
func (s *State) Fold(position uint64, typ, stream string, facts *domain.Glance) (bool, error) {
	if err := s.Pass(position); err != nil {
		return false, err
	}
	if !Reads(typ) {
		return false, nil
	}
	return true, s.fold(typ, s.reading(position, stream, facts))
}

func (s *State) fold(typ string, r *reading) error {
	if markTypes[typ] {
		return s.foldMarks(typ, r)
	}
	_, err := s.apply(typ, r)
	return err
}

// Pass goes on to a position, past an event that changes nothing.
func (s *State) Pass(position uint64) error {
	if position <= s.Position {
		return fmt.Errorf("position %d after %d", position, s.Position)
	}
	s.Position = position
	return nil
}

func (s *State) reading(position uint64, stream string, facts *domain.Glance) *reading {
	r := &s.facts
	*r = reading{Glance: facts, position: position}
	_, r.stream = domain.SplitStream(stream)
	return r
}

// Step is Fold that also answers how rows change under each set of Params: the
// incremental side of Measure. The answer holds until the next step.
func (s *State) Step(position uint64, typ, stream string, facts *domain.Glance, params ...Params) ([][]Change, error) {
	if _, read := folds[typ]; !read || position <= s.Position {
		_, err := s.Fold(position, typ, stream, facts)
		return nil, err
	}
	s.Position = position
	r := s.reading(position, stream, facts)
	if typ == "case.consultation_held" {
		if _, again := s.sessions.Get(r.Code("consultation")); !again {
			return s.stepHeld(r, params)
		}
	}
	if markTypes[typ] {
		return s.stepMarks(typ, r, params)
	}
	near := s.named(r)
	was := s.was.of(near)
	light := lightTypes[typ]
	s.before = grow(s.before, len(params))
	for i, p := range params {
		s.before[i] = was.rows(s.before[i][:0], near, p, light)
	}
	old := s.others(r)
	t, err := s.apply(typ, r)
	if err != nil {
		return nil, err
	}
	now := s.now.of(append(was.persons, t.persons...))
	changes := s.noChanges(len(params))
	for i, p := range params {
		s.after = now.rows(s.after[:0], near, p, light)
		s.before[i], s.after = append(s.before[i], old...), append(s.after, t.rows()...)
		changes[i] = diff(changes[i], s.before[i], s.after, Why(typ))
	}
	return changes, nil
}

func grow[T any](lists [][]T, n int) [][]T {
	for len(lists) < n {
		lists = append(lists, nil)
	}
	return lists
}

// noChanges are empty lists that stood for the step before.
func (s *State) noChanges(n int) [][]Change {
	s.changes = grow(s.changes, n)
	for i := range s.changes {
		s.changes[i] = s.changes[i][:0]
	}
	return s.changes[:n]
}

// lightTypes can only change the rows of the session's lead, unless outcomes
// hang on it.
var lightTypes = map[string]bool{"case.consultation_held": true, "case.message_day_logged": true}

// rows are all rows of the component, or only those of the near persons if the
// event was a light one and no outcome can hang on it. A light event changes no
// referral.
func (c component) rows(out []Row, near []*person, rule Params, light bool) []Row {
	outcomes := c.withOutcome()
	people := c.survivors()
	if light && !outcomes {
		people = people[:0]
		for _, p := range near {
			if r := p.resolve(); !slices.Contains(people, r) {
				people = append(people, r)
			}
		}
	}
	begin := len(out)
	for _, p := range people {
		held := len(out)
		out = firsts(c.sessionRows(out, p, rule), held, p)
	}
	if !light {
		out = c.referralRows(out)
	}
	if outcomes {
		so := len(out)
		out = c.outcomeRows(out, rule)
		reached(out[begin:so], out[so:])
	}
	return out
}

// rowsOf are the rows of a family, and perhaps others; all rows for "".
func (c component) rowsOf(out []Row, rule Params, family Family) []Row {
	switch family {
	case "", Firsts: // what came of a first session stands in its row
		return c.rows(out, nil, rule, false)
	case Referrals:
		return c.referralRows(out)
	}
	if c.withOutcome() {
		out = c.outcomeRows(out, rule)
	}
	return out
}

// named are the persons an event is about, as far as they are known before it.
func (s *State) named(r *reading) []*person {
	out := s.near[:0]
	defer func() { s.near = out }()
	note := func(p *person, ok bool) {
		if ok && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	p, ok := s.persons.Get([]byte(r.stream))
	note(p, ok)
	for _, name := range [...]string{"person", "lead_person", "into", "from", "head"} {
		p, ok = s.persons.Get(r.Code(name))
		note(p, ok)
	}
	for _, name := range [...]string{"movers", "persons"} {
		for _, id := range r.List(name) {
			p, ok = s.persons.Get([]byte(id))
			note(p, ok)
		}
	}
	if c, ok := s.cases.Get([]byte(r.stream)); ok {
		note(c.lead, true)
	}
	if v, ok := s.sessions.Get(r.Code("consultation")); ok {
		note(v.leader(), true)
	}
	return out
}

// others are the rows, before the event, of things that belong to no person.
func (s *State) others(r *reading) []Row {
	var t touch
	if v, ok := s.receptions[r.Text("reception")]; ok {
		t.receptions = append(t.receptions, v)
	}
	if v, ok := s.outreach[r.stream]; ok {
		t.outreach = append(t.outreach, v)
	}
	if v, ok := s.universes[r.stream]; ok {
		t.universes = append(t.universes, v)
	}
	return t.rows()
}

// Rows are all rows that hold at the state's position.
func (s *State) Rows(rule Params) []Row {
	var out []Row
	for r := range s.each(rule, "") {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b Row) int {
		return order(a.Position, string(a.Family)+a.Entity, b.Position, string(b.Family)+b.Entity)
	})
	return out
}

// each yields the rows of a family that hold, and perhaps others, of one component
// after the other; all rows for "". A row may be used again for the next.
func (s *State) each(rule Params, of Family) iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		var some []Row
		hand := func(rows []Row) bool {
			for i := range rows {
				if !yield(&rows[i]) {
					return false
				}
			}
			return true
		}
		done := map[*person]bool{} // with others
		var one component
		for p := range s.persons.Values() {
			switch {
			case done[p], of == Sessions && p.into != nil:
				continue
			case of == Sessions: // no case matters
				if some = one.merged(p).sessionRows(some[:0], p, rule); !hand(some) {
					return
				}
				continue
			}
			c := one.of([]*person{p})
			if len(c.persons) > 1 {
				for _, q := range c.persons {
					done[q] = true
				}
			}
			if some = c.rowsOf(some[:0], rule, of); !hand(some) {
				return
			}
		}
		var t touch
		for _, v := range s.receptions {
			t.receptions = append(t.receptions, v)
		}
		for _, v := range s.outreach {
			t.outreach = append(t.outreach, v)
		}
		for _, v := range s.universes {
			t.universes = append(t.universes, v)
		}
		hand(t.rows())
	}
}

func (t touch) rows() []Row {
	var out []Row
	for _, v := range t.receptions {
		out = append(out, v.row())
	}
	for _, v := range t.outreach {
		if v.held.from != 0 && v.heads > 0 {
			out = append(out, v.row())
		}
	}
	for _, v := range t.universes {
		out = append(out, v.rows()...)
	}
	return out
}

func (v *reception) row() Row {
	r := Row{Family: Receptions, Entity: v.id, Member: v.id, From: v.on.from, To: v.on.to, Desk: v.corner,
		Channel: v.channel, Categories: v.categories, Amount: 1, Position: v.position}
	if v.voided {
		r.Clause = "voided"
	}
	return r
}

func (v *outreach) row() Row {
	r := Row{Family: Heads, Entity: v.id, Member: v.id, From: v.held.from, To: v.held.to,
		Controller: v.controller, Amount: int(v.heads), Position: v.position}
	if v.cancelled {
		r.Clause = "voided"
	}
	return r
}

// Why is the kind of difference an event causes (counting.md 8).
func Why(typ string) string {
	if k, ok := kinds[typ]; ok {
		return k
	}
	return "late_entry"
}

var kinds = map[string]string{
	"case.consultation_amended": "amended", "case.placement_amended": "amended", "case.relocation_amended": "amended",
	"person.details_corrected": "amended", "reception.amended": "amended",
	"case.consultation_voided": "voided", "case.message_day_voided": "voided", "case.placement_voided": "voided",
	"case.relocation_voided": "voided", "reception.voided": "voided",
	"case.consultation_released": "reassigned", "case.consultation_received": "reassigned",
	"case.handed_over": "reassigned", "case.assigned": "reassigned",
	"person.merged": "merged", "person.unmerged": "unmerged", "person.identified": "identified",
	"case.placement_confirmed": "evidence", "case.relocation_confirmed": "evidence",
	"case.placement_confirmation_withdrawn": "evidence", "case.relocation_confirmation_withdrawn": "evidence",
	"case.relocation_reclassified": "reclassified",
	"case.placement_fell_through":  "outcome_reversed", "case.moved_out": "outcome_reversed",
	"person.erased": "erased",
}
