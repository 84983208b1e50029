package indicator

import (
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// sessionRows judges the sessions led by one resolved person and finds the first
// countable one at each desk and controller (counting.md 3.2).
func (c component) sessionRows(p *person, rule Params) []Row {
	var rows []Row
	type slot struct {
		desk, channel string
		on            japan.Date
	}
	first := map[slot]int{} // index of the row that stands for the day
	for _, s := range c.sessionsOf(p) {
		r := s.row(p)
		r.Clause = s.clause(rule)
		if r.Clause == "" && rule.SameDay && r.From == r.To {
			at := slot{r.Desk, r.Channel, r.From}
			if i, ok := first[at]; ok {
				rows[i].Categories |= r.Categories
				r.Clause = "same_day"
			} else {
				first[at] = len(rows)
			}
		}
		rows = append(rows, r)
	}
	return append(rows, firsts(p, rows)...)
}

func (s *session) row(p *person) Row {
	kind := Consulted
	if s.message {
		kind = MessageDay
	}
	return Row{
		Family: Sessions, Entity: s.id, Member: s.id, Person: p.id, From: s.on.from, To: s.on.to,
		Desk: s.desk, Controller: s.file.controller, Kind: kind, Channel: s.channel,
		Categories: s.categories, Anonymous: p.anonymous, Outreach: s.outreach,
		Overridden: s.override != "", Amount: 1, Position: s.position,
	}
}

// clause is the first rule that a session fails whatever is asked, or "".
func (s *session) clause(rule Params) string {
	switch {
	case s.voided:
		return "voided"
	case rule.Overrides && s.override == "not_count":
		return "override_not_count"
	case rule.Overrides && s.override == "count":
		return ""
	case !s.message && !s.advice:
		return "no_advice"
	case s.message && s.inbound < 1:
		return "no_inbound"
	case !listed(rule.Channels, s.channel):
		return "channel"
	}
	return ""
}

func listed(codes, code string) bool {
	return codes == "all" || slices.Contains(strings.Split(codes, ","), code)
}

// firsts answers, for an identified person, the first countable session ever at
// each desk and at each controller.
func firsts(p *person, rows []Row) []Row {
	if p.anonymous {
		return nil
	}
	best := map[key]Row{}
	for _, r := range rows {
		if r.Clause != "" {
			continue
		}
		for level, scope := range map[Level]string{DeskLevel: r.Desk, CtrlLevel: r.Controller} {
			f := r
			f.Family, f.Level, f.Member, f.Entity = Firsts, level, p.id, p.id+"@"+scope
			have, ok := best[f.key()]
			if !ok || earlier(f.From, f.Position, have.From, have.Position) {
				best[f.key()] = f
			}
		}
	}
	out := make([]Row, 0, len(best))
	for _, f := range best {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Row) int { return strings.Compare(a.Entity, b.Entity) })
	return out
}

// heldAt is the newest day on which a desk (or, with an empty desk, any desk of
// the controller) held a countable session led by one of the party, not after on.
func (c component) heldAt(party []*person, desk, controller string, on japan.Date, rule Params) japan.Date {
	var newest japan.Date
	for _, p := range party {
		for _, s := range c.sessionsOf(p) {
			fits := s.file.controller == controller && (desk == "" || s.desk == desk)
			if fits && s.on.to <= on && s.clause(rule) == "" && s.on.from > newest {
				newest = s.on.from
			}
		}
	}
	return newest
}
