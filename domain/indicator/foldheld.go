package indicator

import (
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// stepHeld is Step for a session that was not reported before: the most frequent
// event by far. It changes rows of its lead only, and usually no older one, so
// they are not made again. The session is the last of its lead's.
func (s *State) stepHeld(r *reading, params []Params) ([][]Change, error) {
	t, err := s.apply("case.consultation_held", r)
	if err != nil {
		return nil, err
	}
	led := t.persons[0].sessions
	v := led[len(led)-1]
	c := s.now.of(t.persons)
	outcomes := c.outcomeSince(v.on.from)
	changes := s.noChanges(len(params))
	for i, rule := range params {
		if !outcomes {
			var alone bool
			if changes[i], alone = c.onlyAdds(changes[i], v, rule); alone {
				continue
			}
		}
		near := []*person{v.lead}
		all := v.lead.sessions
		v.lead.sessions = all[:len(all)-1]
		s.before = grow(s.before, 1)
		s.before[0] = c.rows(s.before[0][:0], near, rule, true)
		v.lead.sessions = all
		s.after = c.rows(s.after[:0], near, rule, true)
		changes[i] = diff(changes[i], s.before[0], s.after, Why("case.consultation_held"))
	}
	return changes, nil
}

// outcomeSince tells whether an outcome has a day, by whatever rule, that is not
// before a session's: a session comes too late for all others.
func (c component) outcomeSince(on japan.Date) bool {
	for _, f := range c.cases {
		for _, o := range f.outcomes {
			if o.decided.to >= on || o.started.to >= on ||
				slices.ContainsFunc(o.confirmations, func(x confirmation) bool { return x.on >= on }) {
				return true
			}
		}
		if slices.ContainsFunc(f.relocations, func(v *relocation) bool { return v.on.to >= on }) {
			return true
		}
	}
	return false
}

// onlyAdds adds to out the rows that a new session brings. It answers false, and
// adds none, if the session changes an older row: by joining another session of
// its day, or by coming before the first one.
func (c component) onlyAdds(out []Change, v *session, rule Params) ([]Change, bool) {
	p := v.lead.resolve()
	row := v.row(p)
	row.Clause = v.clause(rule)
	added := append(out, Change{Row: row, Why: "late_entry"})
	if row.Clause != "" {
		return added, true
	}
	var atDesk, atController japan.Date // first day so far; 0: nobody was there before
	for _, o := range c.sessionsOf(p) {
		if o == v || o.clause(rule) != "" {
			continue
		}
		if rule.SameDay && o.on == v.on && v.on.from == v.on.to && o.desk == v.desk && o.channel == v.channel {
			return out, false
		}
		if o.desk == v.desk && (atDesk == 0 || o.on.from < atDesk) {
			atDesk = o.on.from
		}
		if o.file.controller == v.file.controller && (atController == 0 || o.on.from < atController) {
			atController = o.on.from
		}
	}
	if v.on.from < atDesk || v.on.from < atController {
		return out, false
	}
	if p.anonymous {
		return added, true
	}
	for _, at := range []struct {
		first bool
		level Level
		scope string
	}{{atDesk == 0, DeskLevel, row.Desk}, {atController == 0, CtrlLevel, row.Controller}} {
		if at.first {
			added = append(added, Change{Row: row, Why: "late_entry"})
			f := &added[len(added)-1].Row
			f.Family, f.Level, f.Member, f.Entity = Firsts, at.level, p.id, p.id+"@"+at.scope
		}
	}
	slices.SortFunc(added[len(out)+1:], func(a, b Change) int { return strings.Compare(a.Row.Entity, b.Row.Entity) })
	return added, true
}
