package projections

import (
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// addCase folds the entries of one case into the summary.
func (s *Summary) addCase(id string, entries []Entry) {
	c := CaseSummary{ID: id}
	items := map[string]*Item{}
	outcomes := map[string]*Outcome{}
	var order, reached []string
	for i := range entries {
		e := &entries[i]
		f := facts{e}
		c.note(e, f)
		if step, ok := workSteps[e.Type]; ok {
			order = noteItem(items, order, e, f, step)
		}
		if step, ok := outcomeSteps[e.Type]; ok {
			reached = noteOutcome(outcomes, reached, e, f, step)
		}
		if graded := f.text("grade"); graded != "" && e.Voided == nil {
			regrade(outcomes, f, graded)
		}
	}
	for _, k := range reached {
		c.Achieved = append(c.Achieved, *outcomes[k])
	}
	for _, k := range order {
		item := *items[k]
		item.Case = id
		switch {
		case item.Kind == ReferralWork:
			s.Referrals = append(s.Referrals, item)
		case item.State == "ended":
		case item.Kind == TaskWork:
			s.Tasks = append(s.Tasks, item)
		case item.Kind == BookingWork:
			s.Bookings = append(s.Bookings, item)
		}
	}
	s.Cases = append(s.Cases, c)
}

// contactTypes are contacts with the person: the newest day is the last contact.
var contactTypes = []string{"case.consultation_held", "case.message_day_logged", "case.outbound_sent"}

func (c *CaseSummary) note(e *Entry, f facts) {
	c.Version++
	if slices.Contains(contactTypes, e.Type) && e.Voided == nil {
		c.LastContact = max(c.LastContact, e.From)
		if c.State == "open" || c.State == "dormant" {
			c.State = "active"
		}
	}
	switch strings.TrimPrefix(e.Type, "case.") {
	case "opened":
		c.Lead, c.Controller, c.Desk, c.Aims = f.text("person"), e.Controller, e.Desk, f.list("aims")
		c.LeadSource, c.TargetPref, c.NewEpisode = f.text("lead_source"), f.text("target_pref"), f.flag("new_episode")
		c.OpenedOn, c.State, c.Stage, c.Position = e.From, "open", "interest", e.Position
		if c.Owner = e.RecordedBy; e.OnBehalfOf != "" {
			c.Owner = e.OnBehalfOf
		}
	case "member_added":
		c.Members = append(c.Members, f.text("person"))
	case "member_removed":
		c.Members = slices.DeleteFunc(c.Members, func(id string) bool { return id == f.text("person") })
	case "aims_revised":
		c.Aims, c.Timing, c.Region, c.Housing = f.list("aims"), f.text("wished_timing"), f.text("wished_region"), f.text("housing_kind")
	case "assigned":
		c.Owner, c.Desk = f.text("owner"), e.Desk
	case "handed_over":
		c.Owner, c.Desk, c.UnacknowledgedHandOverTo = f.text("to_owner"), e.Desk, f.text("to_owner")
	case "handover_acknowledged":
		c.UnacknowledgedHandOverTo = ""
	case "stage_changed":
		c.Stage = f.text("to")
		c.Stages = append(c.Stages, StageStep{c.Stage, e.From, e.Position})
	case "made_dormant":
		c.State = "dormant"
	case "resumed":
		c.State = "active"
	case "closed":
		c.State, c.Outcome, c.ClosedOn = "closed", f.text("outcome"), e.From
	case "reopened":
		c.State, c.Outcome, c.ClosedOn = "active", "", 0
	case "referral_proposed":
		if c.State == "open" {
			c.State = "active"
		}
	}
}

// noteItem takes over what an event says of a task, a booking or a referral.
func noteItem(items map[string]*Item, order []string, e *Entry, f facts, step workStep) []string {
	k := step.kind + f.text(step.kind)
	x := items[k]
	if x == nil {
		if !step.begins {
			return order
		}
		x = &Item{ID: f.text(step.kind), Kind: step.kind, Time: -1, Position: e.Position}
		items[k], order = x, append(order, k)
	}
	w := workRow{kind: x.Kind, what: x.What, on: x.On, time: int64(x.Time), owner: x.Owner, desk: x.Desk, partner: x.Partner}
	if step.state != "" {
		w.note(openEvent(e))
	}
	x.What, x.On, x.Time, x.Owner, x.Desk, x.Partner = w.what, w.on, int(w.time), w.owner, w.desk, w.partner
	x.State, x.Changed = step.state, e.Position
	if x.Kind == ReferralWork {
		x.On = e.From
		x.State = strings.TrimPrefix(e.Type, "case.referral_")
	} else if x.State == "" {
		x.State = "ended"
	}
	return order
}

// openEvent lays the facts of an entry open again.
func openEvent(e *Entry) *Event {
	var out Event
	out.read(domain.Recorded{Position: e.Position, Stream: e.Stream, Type: e.Type, Body: e.Body})
	return &out
}

// outcomeStep is the state that an event brings a placement or a move to.
type outcomeStep struct {
	kind, state string
	dated       bool // the day of the event is the day of the outcome
}

var outcomeSteps = map[string]outcomeStep{
	"case.job_introduced":          {"placement", "introduced", false},
	"case.application_made":        {"placement", "applied", false},
	"case.interview_held":          {"placement", "interviewed", false},
	"case.offer_received":          {"placement", "offered", true},
	"case.offer_declined":          {"placement", "declined", true},
	"case.offer_withdrawn":         {"placement", "withdrawn", true},
	"case.placement_decided":       {"placement", "decided", true},
	"case.placement_fell_through":  {"placement", "fell_through", true},
	"case.employment_started":      {"placement", "started", true},
	"case.employment_ended":        {"placement", "ended", false},
	"case.placement_voided":        {"placement", "voided", false},
	"case.relocation_planned":      {"relocation", "planned", false},
	"case.housing_secured":         {"relocation", "housed", false},
	"case.moved_in":                {"relocation", "moved_in", true},
	"case.relocation_classified":   {"relocation", "classified", false},
	"case.relocation_reclassified": {"relocation", "classified", false},
	"case.moved_out":               {"relocation", "left", false},
	"case.relocation_voided":       {"relocation", "voided", false},
}

func noteOutcome(all map[string]*Outcome, order []string, e *Entry, f facts, step outcomeStep) []string {
	k := step.kind + f.text(step.kind)
	x := all[k]
	if x == nil {
		x = &Outcome{Kind: step.kind, ID: f.text(step.kind), Position: e.Position}
		all[k], order = x, append(order, k)
	}
	x.State = step.state
	if step.dated {
		x.On = e.From
		for _, c := range e.Corrected {
			if day, err := japan.ParseDate(c.New); err == nil {
				x.On = day
			}
		}
	}
	for _, fact := range []string{"start_planned_on", "planned_on"} {
		if on := f.date(fact); on != 0 {
			x.PlannedOn = on
		}
	}
	for _, fact := range []string{"to_lg", "industry"} {
		if v := f.text(fact); v != "" {
			x.Place = v
		}
	}
	return order
}

func regrade(all map[string]*Outcome, f facts, grade string) {
	for _, kind := range []string{"placement", "relocation"} {
		if x := all[kind+f.text(kind)]; x != nil && f.text(kind) != "" && (x.Grade == "" || grade < x.Grade) {
			x.Grade = grade
		}
	}
}
