package projections

import (
	"context"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// WorkFilter selects open work; empty fields select everything.
type WorkFilter struct {
	Kind   string     // TaskWork, BookingWork, ReferralWork
	Owner  string     // tasks of an account
	Desk   string     // bookings of a desk
	Until  japan.Date // due by this day
	Person string
	Limit  int // default 200
}

// Work is one open task, booking or referral with the person it is about.
type Work struct {
	Item
	Person PersonRef
}

// Work answers what is open now, by due day.
func (j *Journeys) Work(ctx context.Context, f WorkFilter) ([]Work, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	if f.Limit <= 0 {
		f.Limit = 200
	}
	if f.Until == 0 {
		f.Until = japan.On(9999, 12, 31)
	}
	var out []Work
	err := j.query(ctx, `SELECT w.id, w.kind, w.state, s.id, w.what, w.owner, w.desk, w.partner, w.due_on, w.due_time, w.position, w.changed,
			p.id, p.no, p.position
		FROM journey_work w JOIN journey_stream s ON s.no = w.stream JOIN journey_person p ON p.no = w.person
		WHERE ($1 = '' OR w.kind = $1) AND ($2 = '' OR w.owner = $2) AND ($3 = '' OR w.desk = $3) AND w.due_on <= $4 AND ($5 = '' OR p.id = $5)
		ORDER BY w.due_on, w.due_time, w.position LIMIT $6`, func(scan func(...any) error) error {
		var w Work
		var stream string
		err := scan(&w.ID, &w.Kind, &w.State, &stream, &w.What, &w.Owner, &w.Desk, &w.Partner, &w.On, &w.Time, &w.Item.Position, &w.Changed,
			&w.Person.ID, &w.Person.Number, &w.Person.Position)
		_, w.Case = domain.SplitStream(stream)
		out = append(out, w)
		return err
	}, f.Kind, f.Owner, f.Desk, int64(f.Until), f.Person, f.Limit)
	return out, err
}
