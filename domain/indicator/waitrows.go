package indicator

import "ayumi/domain/japan"

// waits are the outcomes once more, at the owner desk and at the controller, with
// the days since the first session there as their amount. The rows are added to
// out.
func (c component) waits(out []Row, all []candidate, rule Params) []Row {
	for i := range all {
		x := &all[i]
		for _, at := range [...]struct {
			level Level
			desk  string
		}{{DeskLevel, x.row.Desk}, {CtrlLevel, ""}} {
			out = append(out, x.row)
			r := &out[len(out)-1]
			r.Family, r.Level, r.Amount = Waits, at.level, -1
			if first := c.firstHeld(x, at.desk, rule); first != 0 {
				r.Amount = int(x.row.From - first)
			}
		}
	}
	return out
}

// firstHeld is the day of the first countable session that a desk (or, with an
// empty desk, any desk of the controller) held for the party in the episode of an
// outcome, not after it; 0 if there is none.
func (c component) firstHeld(x *candidate, desk string, rule Params) japan.Date {
	var first japan.Date
	for _, p := range x.file.party() {
		episode := c.episode(p, x.file)
		for _, s := range c.sessionsOf(p) {
			fits := s.file.controller == x.file.controller && (desk == "" || s.desk == desk) && s.on.to <= x.row.From
			if fits && (first == 0 || s.on.from < first) && s.clause(rule) == "" && c.episode(p, s.file) == episode {
				first = s.on.from
			}
		}
	}
	return first
}

// reached notes on each person's first session, per desk and controller, the day
// of the first outcome that came of it there: the person's own, attributed, not
// before the session.
func reached(firsts, outcomes []Row) {
	for i := range firsts {
		f := &firsts[i]
		if f.Family != Firsts {
			continue
		}
		for _, o := range outcomes {
			if o.Family != Outcomes || !o.First || o.Person != f.Person || o.From < f.To || !sameScope(f, &o) {
				continue
			}
			if f.FirstOn == 0 || o.To < f.FirstOn {
				f.FirstOn = o.To
			}
		}
	}
}

// sameScope tells whether an outcome is the work of the desk or controller at
// which a first session was held.
func sameScope(f, o *Row) bool {
	if f.Level == DeskLevel {
		return o.Desk == f.Desk && o.AtDesk == ""
	}
	return o.Controller == f.Controller && o.AtControl == ""
}
