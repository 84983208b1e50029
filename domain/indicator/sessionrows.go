package indicator

import (
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// sessionRows judges the sessions led by one resolved person (counting.md 3.2). The
// rows are added to out.
func (c component) sessionRows(out []Row, p *person, rule Params) []Row {
	begin := len(out)
	var days sameDay
	for _, s := range c.sessionsOf(p) {
		out = append(out, s.row(p))
		rows, r := out[begin:len(out)-1], &out[len(out)-1]
		r.Clause = s.clause(rule)
		if r.Clause == "" && rule.SameDay && r.From == r.To {
			if i := days.find(rows, r); i >= 0 {
				rows[i].Categories |= r.Categories
				if r.Hours == AfterHours {
					rows[i].Hours = AfterHours
				}
				r.Clause = "same_day"
			}
		}
	}
	return out
}

// sameDay finds the row that stands for a desk, channel and day: by looking
// through the rows while they are few, else by a map.
type sameDay struct{ first map[slot]int }

type slot struct {
	desk, channel string
	on            japan.Date
}

// find answers the index of the row that r is joined to, or -1; then r stands
// for its day and is the next row.
func (d *sameDay) find(rows []Row, r *Row) int {
	if d.first == nil && len(rows) < 24 {
		for i := range rows {
			if rows[i].standsFor(r) {
				return i
			}
		}
		return -1
	}
	at := slot{r.Desk, r.Channel, r.From}
	if d.first == nil {
		d.first = make(map[slot]int, 2*len(rows))
		for i, o := range rows {
			if o.Clause == "" && o.From == o.To {
				d.first[slot{o.Desk, o.Channel, o.From}] = i
			}
		}
	}
	if i, ok := d.first[at]; ok {
		return i
	}
	d.first[at] = len(rows)
	return -1
}

func (r *Row) standsFor(o *Row) bool {
	return r.Clause == "" && r.From == o.From && r.From == r.To && r.Desk == o.Desk && r.Channel == o.Channel
}

func (s *session) row(p *person) Row {
	kind := Consulted
	if s.message {
		kind = MessageDay
	}
	return Row{
		Family: Sessions, Entity: s.id, Member: s.id, Person: p.id, From: s.on.from, To: s.on.to,
		Desk: s.desk, Controller: s.file.controller, Kind: kind, Channel: s.channel,
		Categories: s.categories, AgeBand: p.ageOn(s.on.from), Anonymous: p.anonymous, Outreach: s.outreach != nil, Hours: s.hours,
		Overridden: s.override != "", Erased: p.erased, Amount: 1, Position: s.position,
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

// firsts adds, for an identified person whose session rows begin at begin, the
// first countable session ever at each desk and at each controller (counting.md 3.2).
func firsts(out []Row, begin int, p *person) []Row {
	if p.anonymous {
		return out
	}
	type place struct {
		level Level
		scope string
		row   int
	}
	var held [8]place
	best, rows := held[:0], out[begin:]
	for i := range rows {
		if rows[i].Clause != "" {
			continue
		}
		for _, at := range [...]place{{DeskLevel, rows[i].Desk, i}, {CtrlLevel, rows[i].Controller, i}} {
			have := slices.IndexFunc(best, func(b place) bool { return b.level == at.level && b.scope == at.scope })
			switch {
			case have < 0:
				best = append(best, at)
			case earlier(rows[i].From, rows[i].Position, rows[best[have].row].From, rows[best[have].row].Position):
				best[have].row = i
			}
		}
	}
	slices.SortFunc(best, func(a, b place) int { return strings.Compare(a.scope, b.scope) })
	for _, b := range best {
		f := rows[b.row]
		f.Family, f.Level, f.Member, f.Entity = Firsts, b.level, p.id, p.id+"@"+b.scope
		out = append(out, f)
	}
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
