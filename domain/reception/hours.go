package reception

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// HoursSet: the hours of a desk from a day on, until other hours take effect.
// Weekdays are digits, 1 Monday … 7 Sunday; times are JST.
type HoursSet struct {
	Desk             string     `fact:"desk,code"`
	Site             string     `fact:"site,token"`
	EffectiveFrom    japan.Date `fact:"effective_from,date"`
	Weekdays         string     `fact:"weekdays,token"`
	HolidaysOpen     bool       `fact:"holidays_open,flag"`
	Opens            *int       `fact:"opens,time"`
	Closes           *int       `fact:"closes,time"`
	AfterHoursDays   string     `fact:"after_hours_days?,token"`
	AfterHoursCloses *int       `fact:"after_hours_closes?,time"`
}

func (e *HoursSet) Apply(r *Reception, _ domain.Envelope) {
	r.Hours[e.Desk] = append(r.Hours[e.Desk], *e)
}

// ClosureSet: a desk is closed on the days from … to, both included.
type ClosureSet struct {
	Desk   string     `fact:"desk,code"`
	From   japan.Date `fact:"from,date"`
	To     japan.Date `fact:"to,date"`
	Reason string     `fact:"reason,token"`
}

func (e *ClosureSet) Apply(r *Reception, _ domain.Envelope) {
	r.Closures[e.Desk] = append(r.Closures[e.Desk], *e)
}

// Opening tells how a desk stands at a JST day and HHMM. The closing minute is
// no longer open. On a national holiday a desk is open if its hours say so and
// the weekday is one of theirs.
func (r *Reception) Opening(desk string, on japan.Date, at int) domain.Opening {
	h, ok := r.inForce(desk, on)
	if !ok {
		return domain.Opening{}
	}
	out := domain.Opening{Known: true}
	if r.closed(desk, on) || !h.openOn(on) {
		return out
	}
	out.Open = *h.Opens <= at && at < *h.Closes
	out.AfterHours = has(h.AfterHoursDays, on) && *h.Closes <= at && at < *h.AfterHoursCloses
	return out
}

// inForce answers the hours with the latest effective day up to on; of two with
// the same day the one set later.
func (r *Reception) inForce(desk string, on japan.Date) (best HoursSet, ok bool) {
	for _, h := range r.Hours[desk] {
		if h.EffectiveFrom <= on && (!ok || h.EffectiveFrom >= best.EffectiveFrom) {
			best, ok = h, true
		}
	}
	return best, ok
}

func (r *Reception) closed(desk string, on japan.Date) bool {
	return slices.ContainsFunc(r.Closures[desk], func(c ClosureSet) bool { return c.From <= on && on <= c.To })
}

func (h *HoursSet) openOn(on japan.Date) bool {
	return has(h.Weekdays, on) && (h.HolidaysOpen || japan.Holiday(on) == "")
}

func has(days string, on japan.Date) bool {
	n := on.Weekday()
	if n == time.Sunday {
		n = 7
	}
	return strings.IndexByte(days, byte('0'+n)) >= 0
}

// SetHours sets the hours of a desk.
type SetHours struct{ HoursSet }

func (c *SetHours) Decide(r *Reception, _ domain.Intent) ([]event, error) {
	if err := c.sound(); err != nil {
		return nil, err
	}
	if c.EffectiveFrom > r.FY.Last() {
		return nil, domain.RefuseField("reception.other_year", "effective_from")
	}
	if h, ok := r.inForce(c.Desk, c.EffectiveFrom); ok && h.EffectiveFrom == c.EffectiveFrom && h.same(&c.HoursSet) {
		return nil, nil
	}
	return []event{&c.HoursSet}, nil
}

var weekdays = regexp.MustCompile(`^1?2?3?4?5?6?7?$`)

func (h *HoursSet) sound() error {
	switch {
	case h.Opens == nil || h.Closes == nil || *h.Closes <= *h.Opens:
		return domain.RefuseField("hours.order", "closes")
	case h.Weekdays == "" || !weekdays.MatchString(h.Weekdays):
		return domain.RefuseField("hours.weekdays", "weekdays")
	case !weekdays.MatchString(h.AfterHoursDays):
		return domain.RefuseField("hours.weekdays", "after_hours_days")
	case (h.AfterHoursDays == "") != (h.AfterHoursCloses == nil):
		return domain.RefuseField("hours.after_hours", "after_hours_closes")
	case h.AfterHoursCloses != nil && *h.AfterHoursCloses <= *h.Closes:
		return domain.RefuseField("hours.order", "after_hours_closes")
	}
	return nameless("site", h.Site)
}

func (h *HoursSet) same(o *HoursSet) bool {
	for _, f := range domain.FieldsOf(h) {
		a, _ := domain.FactText(h, f.Name)
		b, _ := domain.FactText(o, f.Name)
		if a != b {
			return false
		}
	}
	return true
}

// SetClosure closes a desk for some days.
type SetClosure struct{ ClosureSet }

func (c *SetClosure) Decide(r *Reception, _ domain.Intent) ([]event, error) {
	if c.To < c.From {
		return nil, domain.RefuseField("date.order", "to")
	}
	if !r.FY.Whole().Contains(c.From) || !r.FY.Whole().Contains(c.To) {
		return nil, domain.RefuseField("reception.other_year", "from")
	}
	if err := nameless("reason", c.Reason); err != nil {
		return nil, err
	}
	if slices.Contains(r.Closures[c.Desk], c.ClosureSet) {
		return nil, nil
	}
	return []event{&c.ClosureSet}, nil
}
