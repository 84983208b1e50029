package indicator

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"ayumi/domain/japan"
)

// How the time of a session lies to the hours of its desk (events.md 9). Mail,
// and a session of which no time is recorded, are unknown.
const (
	OpenHours    = "open"
	AfterHours   = "after"
	OutsideHours = "outside"
	UnknownHours = "unknown"
)

// clock is a time of a JST day as HHMM + 1; 0 is not stated.
type clock int16

func clockOf(text []byte) clock {
	if len(text) == 0 {
		return 0
	}
	n, err := strconv.Atoi(string(text))
	if err != nil {
		return 0
	}
	return clock(n + 1)
}

// opening is when a desk is open: hours in order of the log, and closures.
type opening struct {
	hours    []hours
	closures []japan.Period
}

type hours struct {
	from                          japan.Date // in force from this day on
	weekdays, afterDays           string     // digits, 1 Monday … 7 Sunday
	holidays                      bool
	opens, closes, afterHoursEnds clock
}

func (s *State) desk(code string) *opening {
	o, ok := s.opening[code]
	if !ok {
		o = &opening{}
		s.opening[s.intern(code)] = o
	}
	return o
}

func hoursSet(s *State, r *reading) (touch, error) {
	o := s.desk(string(r.Code("desk")))
	o.hours = append(o.hours, hours{
		from: r.date("effective_from"), weekdays: r.Text("weekdays"), afterDays: r.Text("after_hours_days"), holidays: r.flag("holidays_open"),
		opens: clockOf(r.Raw("opens")), closes: clockOf(r.Raw("closes")), afterHoursEnds: clockOf(r.Raw("after_hours_closes")),
	})
	return touch{}, nil
}

func closureSet(s *State, r *reading) (touch, error) {
	o := s.desk(string(r.Code("desk")))
	o.closures = append(o.closures, japan.Period{From: r.date("from"), To: r.date("to")})
	return touch{}, nil
}

// hoursOf tells how a session lies to the hours of its desk. One at an evening
// event is after hours whatever its time.
func (s *State) hoursOf(v *session) string {
	at := v.began
	if at == 0 {
		at = v.recorded
	}
	switch o := s.opening[v.desk]; {
	case v.outreach != nil && (v.outreach.flagged || v.outreach.kind == "evening"):
		return AfterHours
	case v.message || at == 0 || v.on.from != v.on.to || o == nil:
		return UnknownHours
	default:
		return o.at(v.on.from, at)
	}
}

// at judges a time: by the hours with the latest effective day, of two with the
// same day by those set later.
func (o *opening) at(on japan.Date, t clock) string {
	best := -1
	for i, h := range o.hours {
		if h.from <= on && (best < 0 || h.from >= o.hours[best].from) {
			best = i
		}
	}
	if best < 0 {
		return UnknownHours
	}
	h := o.hours[best]
	closed := slices.ContainsFunc(o.closures, func(c japan.Period) bool { return c.Contains(on) })
	switch {
	case closed || !onDay(h.weekdays, on) || (!h.holidays && japan.Holiday(on) != ""):
		return OutsideHours
	case h.opens <= t && t < h.closes:
		return OpenHours
	case onDay(h.afterDays, on) && h.closes <= t && t < h.afterHoursEnds:
		return AfterHours
	}
	return OutsideHours
}

func onDay(days string, on japan.Date) bool {
	n := on.Weekday()
	if n == time.Sunday {
		n = 7
	}
	return strings.IndexByte(days, byte('0'+n)) >= 0
}

// markTypes are the events that change how sessions lie to hours without being
// about a session.
var markTypes = map[string]bool{
	"reception.hours_set": true, "reception.closure_set": true, "outreach.scheduled": true, "outreach.changed": true,
}

// remark folds an event of markTypes and answers the sessions whose hours are
// others now, in order of the log, with what they are. They are not yet changed.
func (s *State) remark(typ string, r *reading) ([]*session, []string, error) {
	if _, err := s.apply(typ, r); err != nil {
		return nil, nil, err
	}
	var moved []*session
	look := func(v *session) {
		if s.hoursOf(v) != v.hours {
			moved = append(moved, v)
		}
	}
	if category, _, _ := strings.Cut(typ, "."); category == "outreach" {
		if o := s.outreach[r.stream]; o != nil {
			for _, v := range o.sessions {
				look(v)
			}
		}
	} else {
		for p := range s.persons.Values() {
			for _, v := range p.sessions {
				if v.desk == string(r.Code("desk")) {
					look(v)
				}
			}
		}
	}
	slices.SortFunc(moved, func(a, b *session) int { return order(a.position, a.id, b.position, b.id) })
	are := make([]string, len(moved))
	for i, v := range moved {
		are[i] = s.hoursOf(v)
	}
	return moved, are, nil
}

// stepMarks is Step for an event of markTypes: the rows of everybody who led a
// session that lies otherwise to hours now, component by component.
func (s *State) stepMarks(typ string, r *reading, params []Params) ([][]Change, error) {
	moved, are, err := s.remark(typ, r)
	if err != nil || len(moved) == 0 {
		return nil, err
	}
	var parts []component
	met := map[*person]bool{}
	for _, v := range moved {
		if p := v.leader(); !met[p] {
			parts = append(parts, componentOf([]*person{p}))
			for _, q := range parts[len(parts)-1].persons {
				met[q] = true
			}
		}
	}
	before := make([][]Row, len(params)*len(parts))
	for i, c := range parts {
		for j, p := range params {
			before[i*len(params)+j] = c.rows(nil, nil, p, false)
		}
	}
	for i, v := range moved {
		v.hours = are[i]
	}
	changes := s.noChanges(len(params))
	for i, c := range parts {
		for j, p := range params {
			s.after = c.rows(s.after[:0], nil, p, false)
			changes[j] = diff(changes[j], before[i*len(params)+j], s.after, Why(typ))
		}
	}
	return changes, nil
}

// foldMarks is Fold for an event of markTypes.
func (s *State) foldMarks(typ string, r *reading) error {
	moved, are, err := s.remark(typ, r)
	for i, v := range moved {
		v.hours = are[i]
	}
	return err
}
