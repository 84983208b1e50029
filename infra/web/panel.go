package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// panel fills what stands beside the timeline.
func (s *Site) panel(r *http.Request, v Visitor, d *dossier, view *JourneyView) error {
	view.Appointment = s.appointment(v, d)
	view.Tasks = s.tasks(v, d)
	if err := s.householdFact(r, v, d, view); err != nil {
		return err
	}
	if view.Entry != nil {
		view.Plan = "/calendar?person=" + personNumber(d.sum.Number) + "#plan"
	}
	view.Changes = changes(v, d)
	for _, ref := range d.sum.Referrals {
		name := d.partners[ref.Partner]
		if name == "" {
			continue
		}
		view.Referrals = append(view.Referrals, Referral{Kind: v.W.Code("referral_purpose", ref.What), Name: name, Href: referralPage(v, ref.Position),
			Chip: &Chip{"blue", "", v.W.Code("referral_state", ref.State) + " " + v.W.ShortDate(ref.On)}})
	}
	for _, c := range d.sum.Consents {
		value := v.W.ShortDate(c.Given)
		if c.State != "given" {
			value = v.W.Event("person.consent_"+c.State) + " " + v.W.ShortDate(c.Ended)
		}
		view.Consents = append(view.Consents, Pair{Label: v.W.CodeNames("consent_scope", c.Scope), Value: value})
	}
	view.Documents = s.documents(v, d)
	return s.countedFor(r, v, d, view)
}

// day is the day the page is about: the past one shown, else today.
func (s *Site) day(d *dossier) japan.Date {
	if d.asOf != 0 {
		return d.asOf
	}
	return s.today()
}

// appointment is the next booking that is not over.
func (s *Site) appointment(v Visitor, d *dossier) *Appointment {
	for _, b := range d.sum.Bookings {
		if b.On < s.day(d) {
			continue
		}
		_, _, day := b.On.Civil()
		a := &Appointment{Month: v.W.MonthOnly(b.On), Day: strconv.Itoa(day), Weekday: v.W.Calendar.Weekdays[b.On.Weekday()], Title: v.W.Code("channel", b.What)}
		if b.Time >= 0 {
			a.Title = v.W.Clock(b.Time) + " " + a.Title
		}
		if a.Text = v.W.Frame.DeskShort[b.Desk]; v.holds("CO", "LD") && d.asOf == 0 {
			a.Change = "/calendar?desk=all&day=" + b.On.String() + "&item=" + b.ID + "#item"
		}
		return a
	}
	return nil
}

func (s *Site) tasks(v Visitor, d *dossier) []Task {
	var out []Task
	for _, t := range d.sum.Tasks {
		text := d.seen.texts[t.Position].first("wording")
		if text == "" {
			text = v.W.Code("task_kind", t.What)
		}
		task := Task{ID: t.ID, Text: text, Due: v.W.Journey.Due(v.W.Date(t.On)), Overdue: t.On < s.day(d)}
		if v.holds("CO", "LD") {
			task.Done = "/people/" + d.sum.ID + "/tasks/" + url.PathEscape(t.ID) + "/done"
		}
		out = append(out, task)
	}
	return out
}

// personal are the indicators that tell a counsellor how a person is counted.
var personal = []string{"C1", "C2", "J1", "R1", "K1"}

// rowsUnder reads the rows that some events reported, once for each way of making
// them, without those to leave out. It answers false while they are still being
// made from the log: a page does not wait for what it says in passing.
func (s *Site) rowsUnder(ctx context.Context, events []uint64, known uint64, without func(indicator.Row) bool) func(indicator.Params) ([]indicator.Row, bool, error) {
	held := map[indicator.Params][]indicator.Row{}
	return func(rule indicator.Params) ([]indicator.Row, bool, error) {
		if rows, ok := held[rule]; ok {
			return rows, true, nil
		}
		rows, err := s.config.Figures.OfEvents(projections.Patient(ctx, time.Millisecond), rule, events, known)
		var replaying *projections.Replaying
		if errors.As(err, &replaying) {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, missing(err)
		}
		held[rule] = slices.DeleteFunc(rows, without)
		return held[rule], true, nil
	}
}

// countedFor says in which figures of the year of the newest entry the person is.
func (s *Site) countedFor(r *http.Request, v Visitor, d *dossier, view *JourneyView) error {
	positions := make([]uint64, len(d.entries))
	for i, e := range d.entries {
		positions[i] = e.Position
	}
	under := s.rowsUnder(r.Context(), positions, d.upto, func(row indicator.Row) bool { return row.Person != "" && !slices.Contains(d.sum.Group, row.Person) })
	rows, _, err := under(indicator.Usual())
	if err != nil {
		return err
	}
	year, scope := d.year(rows), s.scopeOf(v)
	view.CountedFor, view.HowCounted = v.W.Journey.CountedFor(v.W.FiscalYearShort(year)), "/indicators?fy="+strconv.Itoa(int(year))+"#how"
	book, err := s.book(r.Context(), scope)
	if err != nil {
		return err
	}
	for _, id := range personal {
		def, ok := book.InForce(id, year.First())
		if !ok {
			continue
		}
		rows, counted, err := under(def.Params())
		if err != nil {
			return err
		}
		if !counted {
			continue
		}
		f := indicator.Answer(rows, indicator.Question{Definition: def, Scope: scope, Period: year.Whole()}, s.day(d))
		c := Counted{Name: v.W.Code("indicator", id), Href: "/indicators?fy=" + strconv.Itoa(int(year)) + "&of=" + id, Why: v.W.Journey.NotYet}
		if f.Value > 0 {
			c.Value = v.W.Sized(f.Value, def.Unit)
		} else if len(f.NearMisses) > 0 {
			c.Why = v.W.Code("near_miss", f.NearMisses[len(f.NearMisses)-1].Clause)
		}
		view.Counted = append(view.Counted, c)
	}
	return nil
}

// year is the fiscal year of the newest thing that counts; of the newest thing
// that happened where nothing does.
func (d *dossier) year(rows []indicator.Row) japan.FiscalYear {
	newest := japan.Date(0)
	for _, row := range rows {
		if row.Clause == "" {
			newest = max(newest, row.From)
		}
	}
	if newest == 0 {
		newest = d.entries[len(d.entries)-1].From
	}
	return japan.FiscalYearOf(newest)
}

// scopeOf is the scope a visitor's figures are counted for: its desk, or all
// desks of its prefecture.
func (s *Site) scopeOf(v Visitor) string {
	if v.Actor.Desk != "" {
		return v.Actor.Desk
	}
	return v.Actor.Controller
}
