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
	CaseWork     = "case"     // a case in the hands of its owner, open or closed
	HandoverWork = "handover" // handed over, and not acknowledged by the new owner
	NoteWork     = "note"     // a note that who keeps the case has not read; its owner wrote it
)

// journey_work holds how tasks, bookings, referrals, cases, handings over and notes
// stood and from which position to which: what is open now has no end. So any past
// day can be shown as it was worked on then.
var workColumns = []string{
	"no INTEGER PRIMARY KEY", "kind TEXT NOT NULL", "id TEXT NOT NULL", "stream INTEGER NOT NULL",
	"person INTEGER NOT NULL", "what TEXT NOT NULL", "state TEXT NOT NULL", "due_on INTEGER NOT NULL",
	"due_time INTEGER NOT NULL", "owner TEXT NOT NULL", "desk TEXT NOT NULL", "partner TEXT NOT NULL",
	"position INTEGER NOT NULL", "changed INTEGER NOT NULL", "ended INTEGER NOT NULL", "controller TEXT NOT NULL",
}

// What is open is found by its kind, what was open by its end; only bookings and tasks
// are asked for by day. Each index is made of no more rows than that.
var workIndexes = []string{"kind WHERE ended = 0", "ended WHERE ended > 0", "due_on WHERE kind = 'task' OR kind = 'booking'", "stream WHERE kind = 'case'"}

// A row is numbered by the position of the event that began it: those that began
// after a position are found by their numbers.
const workRows = 8 // that one event begins at most

type workRow struct {
	no             int64
	kind, id       string
	stream, person int64
	what, state    string
	on             japan.Date
	time           int64 // HHMM, -1 if none
	owner, desk    string
	partner        string
	controller     string
	position       int64 // of the event that began it
	changed        int64
	ended          int64 // 0: stands
	stored         bool  // lies in the table
}

// workFold remembers the work that is open.
type workFold struct {
	open  map[workKey]*workRow
	fresh []*workRow // not in the table yet, in order
	next  int64      // number
}

type workKey struct{ kind, id string }

func newWorkFold() workFold { return workFold{open: map[workKey]*workRow{}} }

func (f *workFold) load(ctx context.Context, t Tables) error {
	return t.Query(ctx, `SELECT no, kind, id, stream, person, what, state, due_on, due_time, owner, desk, partner, position, changed, controller
		FROM journey_work WHERE ended = 0`, func(scan func(...any) error) error {
		w := &workRow{stored: true}
		err := scan(&w.no, &w.kind, &w.id, &w.stream, &w.person, &w.what, &w.state, &w.on, &w.time, &w.owner, &w.desk, &w.partner, &w.position, &w.changed, &w.controller)
		f.open[workKey{w.kind, w.id}] = w
		return err
	})
}

func (f *workFold) apply(e *Event, stream caseNote, b *Batch) {
	if e.Category != "case" {
		return
	}
	f.next = int64(e.Position) * workRows
	if step, ok := workSteps[e.Type]; ok {
		f.step(e, e.Text(step.kind), step, stream, b)
	}
	if step, ok := fileSteps[e.Type]; ok {
		f.step(e, e.ID, step, stream, b)
	}
	if step, ok := handoverSteps[e.Type]; ok {
		f.step(e, e.ID, step, stream, b)
	}
	switch e.Type {
	case "case.note_added":
		f.step(e, e.Text("event_id"), workStep{NoteWork, "unread", true}, stream, b)
	case "case.note_read":
		f.step(e, e.Text("note"), workStep{kind: NoteWork}, stream, b)
	}
}

// step ends the row that stood and begins the one that stands now.
func (f *workFold) step(e *Event, id string, step workStep, stream caseNote, b *Batch) {
	k := workKey{step.kind, id}
	was := f.open[k]
	if was == nil && !step.begins {
		return // it had ended before
	}
	now := &workRow{kind: step.kind, id: id, stream: stream.no, person: stream.lead, time: -1, position: int64(e.Position), controller: e.Text("controller")}
	if was != nil {
		*now = *was
		if was.ended = int64(e.Position); was.stored {
			b.Do(workEnd, was.ended, was.no)
		}
	}
	if step.state == "" {
		delete(f.open, k)
		return
	}
	now.no, now.state, now.changed, now.ended, now.stored = f.next, step.state, int64(e.Position), 0, false
	f.next++
	now.note(e)
	f.open[k] = now
	f.fresh = append(f.fresh, now)
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
	switch w.kind {
	case TaskWork:
		set(&w.what, "kind")
	case ReferralWork:
		if w.state != "received" && w.state != "lapsed" {
			w.on = e.Date("occurred_on") // an answer is waited for since it was sent
		}
	case NoteWork:
		w.on = e.Date("occurred_on")
		set(&w.owner, "recorded_by")
	case HandoverWork, CaseWork:
		w.on = e.Date("occurred_on")
		if e.Type == "case.opened" {
			set(&w.owner, "recorded_by")
			set(&w.owner, "on_behalf_of")
		}
		set(&w.owner, "to_owner")
	}
}

// finish writes the rows that began in the batch.
func (f *workFold) finish(b *Batch) {
	for _, w := range f.fresh {
		w.stored = true
		b.Add(journeyWork).Int(w.no, w.stream, w.person, int64(w.on), w.time, w.position, w.changed, w.ended).
			Text(w.kind, w.id, w.what, w.state, w.owner, w.desk, w.partner, w.controller)
	}
	clear(f.fresh)
	f.fresh = f.fresh[:0]
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

// fileSteps follow the cases of an owner, handoverSteps what a new owner has to
// acknowledge.
var (
	fileSteps = map[string]workStep{
		"case.opened":      {CaseWork, "open", true},
		"case.assigned":    {CaseWork, "open", false},
		"case.handed_over": {CaseWork, "open", false},
		"case.closed":      {CaseWork, "closed", false},
		"case.reopened":    {CaseWork, "open", false},
	}
	handoverSteps = map[string]workStep{
		"case.handed_over":           {HandoverWork, "waiting", true},
		"case.handover_acknowledged": {kind: HandoverWork},
		"case.assigned":              {kind: HandoverWork},
		"case.closed":                {kind: HandoverWork},
	}
)
