package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// journey_referral holds every referral as it stands now, of either direction; one
// that is over keeps its row.
var referralColumns = []string{
	"position INTEGER PRIMARY KEY", "id TEXT NOT NULL", "inward INTEGER NOT NULL", "stream INTEGER NOT NULL", "person INTEGER NOT NULL",
	"controller TEXT NOT NULL", "desk TEXT NOT NULL", "partner TEXT NOT NULL", "purpose TEXT NOT NULL", "basis TEXT NOT NULL", "state TEXT NOT NULL",
	"step TEXT NOT NULL", "result TEXT NOT NULL", "begun INTEGER NOT NULL", "sent INTEGER NOT NULL", "due INTEGER NOT NULL",
	"answered INTEGER NOT NULL", "over INTEGER NOT NULL", "moved INTEGER NOT NULL", "changed INTEGER NOT NULL",
}

const referralSelect = `r.position, r.id, r.inward, r.stream, r.person, r.controller, r.desk, r.partner, r.purpose, r.basis, r.state,
	r.step, r.result, r.begun, r.sent, r.due, r.answered, r.over, r.moved, r.changed`

// referralRow is one row.
type referralRow struct {
	position         int64
	id               string
	inward           int64
	stream, person   int64
	controller, desk string
	partner, purpose string
	basis, state     string
	step, result     string
	begun, sent, due japan.Date
	answered, over   japan.Date
	moved            japan.Date
	changed          int64
	stored           bool // lies in the table
}

func (r *referralRow) into() []any {
	return []any{&r.position, &r.id, &r.inward, &r.stream, &r.person, &r.controller, &r.desk, &r.partner, &r.purpose, &r.basis, &r.state,
		&r.step, &r.result, &r.begun, &r.sent, &r.due, &r.answered, &r.over, &r.moved, &r.changed}
}

// referralFold remembers the referrals that are not over.
type referralFold struct {
	open  map[string]*referralRow // by id
	dirty []*referralRow          // in order of their first change
	was   map[string]int64        // dirty rows that lie in the table: id → position
	seen  map[string]bool
}

func newReferralFold() referralFold {
	return referralFold{open: map[string]*referralRow{}, was: map[string]int64{}, seen: map[string]bool{}}
}

func (f *referralFold) load(ctx context.Context, t Tables) error {
	return t.Query(ctx, "SELECT "+referralSelect+" FROM journey_referral r WHERE r.over = 0", func(scan func(...any) error) error {
		r := &referralRow{stored: true}
		err := scan(r.into()...)
		f.open[r.id] = r
		return err
	})
}

// referralStep is what an event does to a referral.
type referralStep struct {
	state  string
	begins bool
	sends  bool // somebody has to answer from now on
	answer bool // somebody has answered
	over   bool
}

var referralSteps = map[string]referralStep{
	"case.referral_proposed":   {state: "proposed", begins: true},
	"case.referral_agreed":     {state: "agreed"},
	"case.referral_sent":       {state: "sent", sends: true},
	"case.referral_received":   {state: "received"},
	"case.referral_accepted":   {state: "accepted", answer: true},
	"case.referral_declined":   {state: "declined", answer: true, over: true},
	"case.referral_progressed": {state: "in_progress"},
	"case.referral_returned":   {state: "returned", over: true},
	"case.referral_completed":  {state: "completed", over: true},
	"case.referral_cancelled":  {state: "cancelled", over: true},
	"case.referral_lapsed":     {state: "lapsed"},
	"case.referral_resent":     {state: "sent", sends: true},

	"partner.inward_made":      {state: "sent", begins: true, sends: true},
	"partner.inward_accepted":  {state: "accepted", answer: true},
	"partner.inward_declined":  {state: "declined", answer: true, over: true},
	"partner.inward_linked":    {state: "linked"},
	"partner.inward_answered":  {state: "completed", over: true},
	"partner.inward_withdrawn": {state: "withdrawn", over: true},
}

// apply notes what an event does to a referral. person numbers the person that an
// inward one turned out to be.
func (f *referralFold) apply(e *Event, stream caseNote, person func(id string) int64) {
	step, ok := referralSteps[e.Type]
	if !ok {
		return
	}
	fact, on := "referral", e.Date("occurred_on")
	if e.Category == "partner" {
		fact = "inward"
	}
	r := f.open[e.Text(fact)]
	if r == nil {
		if !step.begins {
			return // it was over before
		}
		r = &referralRow{position: int64(e.Position), id: e.Text(fact), stream: stream.no, person: stream.lead, controller: e.Text("controller"),
			desk: e.Text("desk"), partner: e.Text("partner"), purpose: e.Text("purpose"), begun: on}
		if e.Category == "partner" {
			r.inward, r.partner = 1, e.ID
		}
		f.open[r.id] = r
	}
	if !f.seen[r.id] {
		f.seen[r.id] = true
		f.dirty = append(f.dirty, r)
		if r.stored {
			f.was[r.id] = r.position
		}
	}
	r.state, r.moved, r.changed = step.state, on, int64(e.Position)
	if basis := e.Text("basis"); basis != "" {
		r.basis = basis
	}
	if s := e.Text("step"); s != "" {
		r.step = s
	}
	if step.sends {
		r.sent, r.due = on, e.Date("due_on")
	}
	if step.answer {
		r.answered = on
	}
	if e.Type == "partner.inward_linked" {
		r.person = person(e.Text("person"))
	}
	if step.over {
		r.over, r.result = on, e.Text("result")+e.Text("reason")
		delete(f.open, r.id)
	}
}

func (f *referralFold) finish(b *Batch) {
	for _, r := range f.dirty {
		if position, ok := f.was[r.id]; ok {
			b.Do(referralDrop, position)
		}
		r.stored = true
		b.Add(journeyReferral).Int(r.position, r.inward, r.stream, r.person, int64(r.begun), int64(r.sent), int64(r.due), int64(r.answered),
			int64(r.over), int64(r.moved), r.changed).
			Text(r.id, r.controller, r.desk, r.partner, r.purpose, r.basis, r.state, r.step, r.result)
	}
	f.dirty = f.dirty[:0]
	clear(f.was)
	clear(f.seen)
}

// ReferralFilter selects referrals; empty fields select everything.
type ReferralFilter struct {
	Controller string
	Partner    string
	Desk       string     // of the counsellor who began it; what comes in belongs to every desk
	Since      japan.Date // those that were over before are left out
	Position   uint64     // of its first record
	ID         string
	Way        string // "out" or "in"
	At         uint64 // as they stood at this position; 0: now
	Limit      int    // default 500
}

// inward is how rows know the way that is asked for, -1 for both.
func (f ReferralFilter) inward() int64 {
	switch f.Way {
	case "in":
		return 1
	case "out":
		return 0
	}
	return -1
}

// Referral is one referral as it stands, with the person it is about. Inward: a
// partner sends somebody to us; Person is empty until we know who it is.
type Referral struct {
	ID               string
	Inward           bool
	Case             string // of one that goes out
	Person           PersonRef
	Controller, Desk string
	Partner, Purpose string
	Basis, State     string
	Step, Result     string
	Begun, Sent, Due japan.Date
	Answered, Over   japan.Date // 0: not yet
	Moved            japan.Date // day of the newest event
	Position         uint64     // of the first event, by which people call it
	Changed          uint64
}

// Referrals answers referrals of both directions, those that wait longest first,
// those that are over last, newest first.
func (j *Journeys) Referrals(ctx context.Context, f ReferralFilter) ([]Referral, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	if f.Limit <= 0 {
		f.Limit = 500
	}
	if f.At == 0 {
		f.At = Newest
	}
	var out []Referral
	err := j.query(ctx, "SELECT "+referralSelect+`, s.id, COALESCE(p.id, ''), COALESCE(p.no, 0), COALESCE(p.position, 0)
		FROM journey_referral r JOIN journey_stream s ON s.no = r.stream LEFT JOIN journey_person p ON p.no = r.person
		WHERE ($1 = '' OR r.controller = $1) AND ($2 = '' OR r.partner = $2) AND ($3 = '' OR r.inward = 1 OR r.desk = $3)
		AND (r.over = 0 OR r.over >= $4 OR r.changed > $8) AND r.position <= $8 AND ($9 = -1 OR r.inward = $9) AND ($5 = 0 OR r.position = $5) AND ($6 = '' OR r.id = $6)
		ORDER BY CASE WHEN r.over = 0 THEN 0 ELSE 1 END, -r.over, r.begun, r.position LIMIT $7`, func(scan func(...any) error) error {
		var row referralRow
		var stream string
		var p PersonRef
		err := scan(append(row.into(), &stream, &p.ID, &p.Number, &p.Position)...)
		r := Referral{ID: row.id, Inward: row.inward == 1, Person: p, Controller: row.controller, Desk: row.desk, Partner: row.partner, Purpose: row.purpose,
			Basis: row.basis, State: row.state, Step: row.step, Result: row.result, Begun: row.begun, Sent: row.sent, Due: row.due,
			Answered: row.answered, Over: row.over, Moved: row.moved, Position: uint64(row.position), Changed: uint64(row.changed)}
		if category, id := domain.SplitStream(stream); category == "case" {
			r.Case = id
		}
		out = append(out, r)
		return err
	}, f.Controller, f.Partner, f.Desk, int64(f.Since), int64(f.Position), f.ID, f.Limit, int64(f.At), f.inward())
	if err != nil {
		return nil, err
	}
	return j.rewound(ctx, out, f)
}

// rewound takes back what changed referrals after the position that is asked for: those
// are folded again from their own stream.
func (j *Journeys) rewound(ctx context.Context, list []Referral, f ReferralFilter) ([]Referral, error) {
	folds := map[string]map[string]*referralRow{}
	changed := false
	for i, r := range list {
		if r.Changed <= f.At {
			continue
		}
		changed = true
		stream := domain.StreamName("case", r.Case)
		if r.Inward {
			stream = domain.StreamName("partner", r.Partner)
		}
		if folds[stream] == nil {
			var err error
			if folds[stream], err = j.referralsOf(ctx, stream, f.At); err != nil {
				return nil, err
			}
		}
		row := folds[stream][r.ID]
		if row == nil {
			return nil, fmt.Errorf("position %d: referral: %w", r.Position, ErrUnknown)
		}
		if r.Inward && row.person == 0 {
			r.Person = PersonRef{}
		}
		r.Basis, r.State, r.Step, r.Result, r.Sent, r.Due = row.basis, row.state, row.step, row.result, row.sent, row.due
		r.Answered, r.Over, r.Moved, r.Changed = row.answered, row.over, row.moved, uint64(row.changed)
		list[i] = r
	}
	if !changed {
		return list, nil
	}
	list = slices.DeleteFunc(list, func(r Referral) bool { return r.Over != 0 && r.Over < f.Since })
	slices.SortFunc(list, func(a, b Referral) int {
		if (a.Over == 0) != (b.Over == 0) {
			return map[bool]int{true: -1, false: 1}[a.Over == 0]
		}
		return cmp.Or(cmp.Compare(b.Over, a.Over), cmp.Compare(a.Begun, b.Begun), cmp.Compare(a.Position, b.Position))
	})
	return list, nil
}

// referralsOf folds the referrals of one stream up to a position, by id. Whether a person
// is known is all that their rows say of it.
func (j *Journeys) referralsOf(ctx context.Context, stream string, upto uint64) (map[string]*referralRow, error) {
	entries, err := j.Stream(ctx, stream, upto)
	if err != nil {
		return nil, err
	}
	fold, e := newReferralFold(), Event{}
	for _, entry := range entries {
		recorded, err := entry.Recorded()
		if err != nil {
			return nil, err
		}
		if e.read(recorded); e.bad != nil {
			return nil, e.bad
		}
		fold.apply(&e, caseNote{}, func(string) int64 { return 1 })
	}
	out := map[string]*referralRow{}
	for _, r := range fold.dirty {
		out[r.id] = r
	}
	return out, nil
}

// ReferralsMoved answers how many of the referrals that a filter selects have begun or
// changed after a position, and at which position the last of them did.
func (j *Journeys) ReferralsMoved(ctx context.Context, after uint64, f ReferralFilter) (n int, last uint64, err error) {
	if err := j.ready(); err != nil {
		return 0, 0, err
	}
	err = j.query(ctx, `SELECT COUNT(*), COALESCE(MAX(r.changed), 0) FROM journey_referral r WHERE r.changed > $1
		AND ($2 = '' OR r.controller = $2) AND ($3 = '' OR r.partner = $3) AND ($4 = '' OR r.inward = 1 OR r.desk = $4) AND ($5 = -1 OR r.inward = $5)`, func(scan func(...any) error) error {
		var found, changed int64
		err := scan(&found, &changed)
		n, last = int(found), uint64(changed)
		return err
	}, int64(after), f.Controller, f.Partner, f.Desk, f.inward())
	return n, last, err
}
