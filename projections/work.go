package projections

import (
	"context"

	"ayumi/domain/japan"
)

// Work kinds.
const (
	TaskWork     = "task"
	BookingWork  = "booking"
	ReferralWork = "referral"
)

// journey_work holds what is open now: tasks, bookings without a result,
// referrals without an end. A row leaves when its event says so.
var workColumns = []string{
	"position INTEGER PRIMARY KEY", "kind TEXT NOT NULL", "id TEXT NOT NULL", "stream INTEGER NOT NULL",
	"person INTEGER NOT NULL", "what TEXT NOT NULL", "state TEXT NOT NULL", "due_on INTEGER NOT NULL",
	"due_time INTEGER NOT NULL", "owner TEXT NOT NULL", "desk TEXT NOT NULL", "partner TEXT NOT NULL",
	"changed INTEGER NOT NULL",
}

const (
	workDrop = iota
	referralDrop
)

var workStatements = []string{
	workDrop:     "DELETE FROM journey_work WHERE position = $1",
	referralDrop: "DELETE FROM journey_referral WHERE position = $1",
}

type workRow struct {
	position       int64
	kind, id       string
	stream, person int64
	what, state    string
	on             japan.Date
	time           int64 // HHMM, -1 if none
	owner, desk    string
	partner        string
	changed        int64
	stored         bool // lies in the table
}

// workFold remembers the open work of all cases.
type workFold struct {
	open  map[string]*workRow // by kind and id
	dirty map[string]*workRow // as it stood in the table; nil row: was not there
	order []string
}

func newWorkFold() workFold {
	return workFold{open: map[string]*workRow{}, dirty: map[string]*workRow{}}
}

func (f *workFold) load(ctx context.Context, t Tables) error {
	return t.Query(ctx, `SELECT position, kind, id, stream, person, what, state, due_on, due_time, owner, desk, partner, changed
		FROM journey_work`, func(scan func(...any) error) error {
		w := &workRow{stored: true}
		err := scan(&w.position, &w.kind, &w.id, &w.stream, &w.person, &w.what, &w.state, &w.on, &w.time, &w.owner, &w.desk, &w.partner, &w.changed)
		f.open[w.kind+w.id] = w
		return err
	})
}

func (f *workFold) apply(e *Event, stream caseNote, names *journeyFold, b *Batch) {
	if e.Category != "case" {
		return
	}
	step, ok := workSteps[e.Type]
	if !ok {
		return
	}
	k := step.kind + e.Text(step.kind)
	w := f.open[k]
	if w == nil {
		if !step.begins {
			return // it had ended before
		}
		w = &workRow{position: int64(e.Position), kind: step.kind, id: e.Text(step.kind), stream: stream.no, person: stream.lead, time: -1}
	}
	if _, touched := f.dirty[k]; !touched {
		was := *w
		f.dirty[k] = &was
		f.order = append(f.order, k)
	}
	if step.state == "" {
		delete(f.open, k)
		return
	}
	w.state, w.changed = step.state, int64(e.Position)
	w.note(e)
	f.open[k] = w
}

// note takes over what the event states.
func (w *workRow) note(e *Event) {
	set := func(to *string, fact string) {
		if v := e.Text(fact); v != "" {
			*to = v
		}
	}
	for _, fact := range []string{"due_on", "slot_on"} {
		if on := e.Date(fact); on != 0 {
			w.on = on
		}
	}
	if e.Raw("slot_time") != nil {
		w.time = e.Number("slot_time")
	}
	set(&w.owner, "owner")
	set(&w.desk, "desk")
	set(&w.partner, "partner")
	for _, fact := range []string{"purpose", "channel"} {
		set(&w.what, fact)
	}
	if w.kind == TaskWork {
		set(&w.what, "kind")
	}
}

func (f *workFold) finish(b *Batch) {
	for _, k := range f.order {
		was, now := f.dirty[k], f.open[k]
		if was.stored {
			b.Do(workDrop, was.position)
		}
		if now != nil {
			now.stored = true
			b.Add(journeyWork).Int(now.position, now.stream, now.person, int64(now.on), now.time, now.changed).
				Text(now.kind, now.id, now.what, now.state, now.owner, now.desk, now.partner)
		}
	}
	f.order = f.order[:0]
	clear(f.dirty)
}

// workStep is what an event does to a piece of work; no state ends it.
type workStep struct {
	kind, state string
	begins      bool
}

var workSteps = map[string]workStep{
	"case.task_planned":        {TaskWork, "planned", true},
	"case.task_rescheduled":    {TaskWork, "planned", false},
	"case.task_done":           {kind: TaskWork},
	"case.task_dropped":        {kind: TaskWork},
	"case.booking_made":        {BookingWork, "booked", true},
	"case.booking_changed":     {BookingWork, "booked", false},
	"case.booking_cancelled":   {kind: BookingWork},
	"case.booking_missed":      {kind: BookingWork},
	"case.consultation_held":   {kind: BookingWork},
	"case.referral_proposed":   {ReferralWork, "proposed", true},
	"case.referral_agreed":     {ReferralWork, "agreed", false},
	"case.referral_sent":       {ReferralWork, "sent", false},
	"case.referral_received":   {ReferralWork, "received", false},
	"case.referral_accepted":   {ReferralWork, "accepted", false},
	"case.referral_declined":   {kind: ReferralWork},
	"case.referral_progressed": {ReferralWork, "in_progress", false},
	"case.referral_returned":   {kind: ReferralWork},
	"case.referral_completed":  {kind: ReferralWork},
	"case.referral_cancelled":  {kind: ReferralWork},
	"case.referral_lapsed":     {ReferralWork, "lapsed", false},
	"case.referral_resent":     {ReferralWork, "sent", false},
}
