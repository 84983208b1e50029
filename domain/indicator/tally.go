package indicator

import (
	"slices"
	"strings"
)

// reckoning answers a question over rows that come and go: by one tally, or by
// one for each side of a ratio.
type reckoning struct {
	q     Question
	sides []*tally
}

func reckoningOf(q Question) *reckoning {
	r := &reckoning{q: q}
	for i, side := range q.Sides() {
		r.sides = append(r.sides, tallyOf(side, i == 1))
	}
	return r
}

func (r *reckoning) result() Result {
	if len(r.sides) == 2 {
		return r.q.Definition.share(r.sides[0].result().Value, r.sides[1].result().Value)
	}
	return r.sides[0].result()
}

// take applies the steps of one event, by side.
func (r *reckoning) take(steps [][]Step) Part {
	was := r.result().Value
	p := Part{}
	for i, side := range r.sides {
		if len(steps[i]) > 0 {
			p.Kind, p.Position = steps[i][0].Why, steps[i][0].At
			side.take(steps[i], &p)
		}
	}
	p.Delta = r.result().Value - was
	p.sort()
	return p
}

// changed compares two ways to ask about the same moment. A side that only one of
// them has is set against nothing.
func changed(kind string, a, b *reckoning) Part {
	p := Part{Kind: kind, Delta: b.result().Value - a.result().Value}
	for i := range max(len(a.sides), len(b.sides)) {
		p.differ(a.side(i), b.side(i))
	}
	p.sort()
	return p
}

func (r *reckoning) side(i int) *tally {
	if i < len(r.sides) {
		return r.sides[i]
	}
	return tallyOf(r.q, true)
}

// tally answers one question over rows that come and go.
type tally struct {
	*judge
	members map[string][]*Row  // counted rows of each member
	whose   map[string]string  // the member of each counted entity
	out     map[string]Shifted // the rest, by entity: whom it would count
	sum     int
	over    bool // of the denominator of a ratio
}

func tallyOf(q Question, over bool) *tally {
	return &tally{judge: judgeOf(q), over: over, members: map[string][]*Row{}, whose: map[string]string{}, out: map[string]Shifted{}}
}

// result is the value of a question that is no ratio.
func (t *tally) result() Result {
	return t.Definition.told(len(t.members), t.sum, func() []int {
		var out []int
		for _, rows := range t.members {
			first := rows[0]
			for _, r := range rows[1:] {
				if earlier(r.From, r.Position, first.From, first.Position) {
					first = r
				}
			}
			out = append(out, first.Amount)
		}
		return out
	})
}

func (t *tally) all(rows []Row) {
	if len(t.out) == 0 {
		t.out = make(map[string]Shifted, len(rows)/2)
	}
	for i := range rows {
		t.add(&rows[i])
	}
}

// add takes a row in and answers the member it counts for, or "".
func (t *tally) add(r *Row) string {
	if !t.candidate(r) {
		return ""
	}
	member := t.member(r)
	if clause := t.clause(r); clause != "" {
		t.out[r.Entity] = Shifted{member, r, clause, t.over}
		return ""
	}
	t.members[member] = append(t.members[member], r)
	t.whose[r.Entity] = member
	t.sum += r.Amount
	return member
}

// drop takes a row out again.
func (t *tally) drop(r *Row) string {
	if !t.candidate(r) {
		return ""
	}
	member := t.member(r)
	if t.clause(r) != "" {
		delete(t.out, r.Entity)
		return ""
	}
	list := t.members[member]
	if i := slices.IndexFunc(list, func(x *Row) bool { return *x == *r }); i >= 0 {
		list = slices.Delete(list, i, i+1)
	}
	if t.members[member] = list; len(list) == 0 {
		delete(t.members, member)
	}
	delete(t.whose, r.Entity)
	t.sum -= r.Amount
	return member
}

// take applies the steps of one event and notes who came and went.
func (t *tally) take(steps []Step, p *Part) {
	before := map[string]*Row{} // members touched: a row of each as it stood, or none
	touch := func(member string, r *Row, counted bool) {
		if _, seen := before[member]; member != "" && !seen {
			if !counted {
				r = nil
			}
			before[member] = r
		}
	}
	for i := range steps {
		s := &steps[i]
		if s.Removed {
			touch(t.drop(&s.Row), &s.Row, true)
			continue
		}
		counted := len(t.members[t.member(&s.Row)]) > 0
		touch(t.add(&s.Row), &s.Row, counted)
	}
	for member, row := range before {
		now := t.members[member]
		switch {
		case row == nil && len(now) > 0:
			p.Gained = append(p.Gained, Shifted{Member: member, Row: now[0], Over: t.over})
		case row != nil && len(now) == 0:
			p.Lost = append(p.Lost, t.left(member, row, steps))
		}
	}
}

// left tells why a member is counted no longer.
func (t *tally) left(member string, row *Row, steps []Step) Shifted {
	for _, s := range steps {
		if x, ok := t.out[s.Row.Entity]; ok && !s.Removed && (x.Member == member || s.Row.Entity == row.Entity) {
			return Shifted{member, row, x.Clause, t.over}
		}
	}
	return t.missing(member, row)
}

func (t *tally) missing(member string, row *Row) Shifted {
	if x, ok := t.out[row.Entity]; ok {
		return Shifted{member, row, x.Clause, t.over}
	}
	if now := t.whose[row.Entity]; now != "" && now != member {
		return Shifted{member, row, OtherMember, t.over}
	}
	return Shifted{member, row, Gone, t.over}
}

// differ notes who is a member of the one question and not of the other.
func (p *Part) differ(a, b *tally) {
	for member, rows := range b.members {
		if len(a.members[member]) == 0 {
			p.Gained = append(p.Gained, Shifted{Member: member, Row: rows[0], Over: b.over})
		}
	}
	for member, rows := range a.members {
		if len(b.members[member]) == 0 {
			p.Lost = append(p.Lost, b.missing(member, rows[0]))
		}
	}
}

func (p *Part) sort() {
	byMember := func(a, b Shifted) int {
		switch {
		case a.Over == b.Over:
			return strings.Compare(a.Member, b.Member)
		case b.Over:
			return -1
		}
		return 1
	}
	slices.SortFunc(p.Gained, byMember)
	slices.SortFunc(p.Lost, byMember)
}
