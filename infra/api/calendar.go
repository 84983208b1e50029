package api

import (
	"context"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// Agendas answers what has a day of its own, and who lives together.
type Agendas interface {
	Agenda(ctx context.Context, f projections.AgendaFilter) ([]projections.Engagement, error)
	Household(ctx context.Context, controller string, no uint64) (projections.Household, error)
}

// CalendarIn selects appointments and tasks by their days.
type CalendarIn struct {
	From  string `query:"from" required:"true" format:"date" doc:"first day"`
	Until string `query:"until" required:"true" format:"date" doc:"last day, at most 400 days after the first"`
	Desk  bool   `query:"desk" doc:"of everybody: the appointments of the caller's desk and all tasks of the controller"`
	Fresh
}

// CalendarAnswer is appointments and tasks by day and time, those that are over included.
type CalendarAnswer struct {
	Entries []CalendarEntry `json:"entries"`
	Sample  bool            `json:"sample,omitempty" doc:"from a scenario log"`
}

// CalendarEntry is one appointment or task on the last day known for it.
type CalendarEntry struct {
	Kind         string `json:"kind" enum:"booking,task"`
	ID           string `json:"id" doc:"random id, for the commands"`
	Case         string `json:"case" doc:"random id, for the commands"`
	Person       string `json:"person" doc:"random id"`
	PersonNumber int    `json:"person_number"`
	On           string `json:"on" format:"date"`
	Time         string `json:"time,omitempty" doc:"HH:MM in Japan; a task has none"`
	What         string `json:"what" doc:"channel of an appointment, kind of a task"`
	Owner        string `json:"owner,omitempty" doc:"account that has the task"`
	Desk         string `json:"desk,omitempty"`
	Begun        uint64 `json:"begun" doc:"position of its first record"`
	Changed      uint64 `json:"changed" doc:"position of its last change"`
	Ended        uint64 `json:"ended,omitempty" doc:"position of the record that ended it"`
}

// mostDays is how long a calendar one answer holds.
const mostDays = 400

func (a *API) calendar(ctx context.Context, in *CalendarIn) (CalendarAnswer, error) {
	v := visitorOf(ctx)
	out := CalendarAnswer{Entries: []CalendarEntry{}, Sample: a.Sample}
	if !v.Has(a.today(), domain.Counsellor, domain.Lead) {
		return out, domain.Refuse("account.not_allowed")
	}
	from, err := japan.ParseDate(in.From)
	if err != nil {
		return out, domain.RefuseField("field.date", "from")
	}
	until, err := japan.ParseDate(in.Until)
	if err != nil {
		return out, domain.RefuseField("field.date", "until")
	}
	if until < from || until > from.Add(mostDays) {
		return out, domain.RefuseField("date.order", "until")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return out, err
	}
	all := projections.AgendaFilter{Since: from, Until: until, Controllers: []string{v.Controller, "joint"}, Limit: 100_000}
	booked, tasks := all, all
	booked.Kind, tasks.Kind = projections.BookingWork, projections.TaskWork
	if in.Desk {
		booked.Desk = v.Desk
	} else {
		booked.Keeper, tasks.Owner = v.Account, v.Account
	}
	for _, f := range []projections.AgendaFilter{booked, tasks} {
		found, err := a.Journeys.Agenda(ctx, f)
		if err != nil {
			return out, err
		}
		for _, e := range found {
			one := CalendarEntry{Kind: e.Kind, ID: e.ID, Case: e.Case, Person: e.Person.ID, PersonNumber: e.Person.Number, On: e.On.String(), What: e.What, Owner: e.Owner, Desk: e.Desk,
				Begun: e.Item.Position, Changed: e.Changed, Ended: e.Ended}
			if e.Time >= 0 {
				one.Time = clockText(e.Time)
			}
			out.Entries = append(out.Entries, one)
		}
	}
	return out, nil
}

// clockText spells HHMM as 09:30.
func clockText(hhmm int) string {
	digit := func(n int) byte { return '0' + byte(n%10) }
	return string([]byte{digit(hhmm / 1000), digit(hhmm / 100), ':', digit(hhmm / 10), digit(hhmm)})
}
