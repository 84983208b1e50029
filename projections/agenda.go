package projections

import (
	"context"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// AgendaFilter selects what has a day of its own: bookings and tasks. Empty fields
// select everything.
type AgendaFilter struct {
	Kind        string     // TaskWork or BookingWork
	Since       japan.Date // first day
	Until       japan.Date // last day
	Owner       string     // tasks of an account
	Keeper      string     // work of the cases that an account keeps
	Desk        string     // bookings of a desk
	Controllers []string   // whose records are asked for
	At          uint64     // as it stood at this position; 0: now
	Limit       int        // default 200
}

// Engagement is a booking or a task on its last day known, with what became of it.
type Engagement struct {
	Work
	Ended uint64 // position of the event that ended it; 0: it still stands
}

// Agenda answers bookings and tasks by day and time, those that are over included. A
// piece of work that was moved stands only on the day to which it was moved.
func (j *Journeys) Agenda(ctx context.Context, f AgendaFilter) ([]Engagement, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	if f.Limit <= 0 {
		f.Limit = 200
	}
	if f.At == 0 {
		f.At = Newest
	}
	day := "w.kind = 'task'" // said to the index of days
	if f.Kind == BookingWork {
		day = "w.kind = 'booking'"
	}
	var out []Engagement
	err := j.query(ctx, `SELECT w.id, w.kind, w.state, s.id, w.what, w.owner, w.desk, w.due_on, w.due_time, w.position, w.changed,
			CASE WHEN w.ended > $6 THEN 0 ELSE w.ended END, p.id, p.no, p.position
		FROM journey_work w JOIN journey_stream s ON s.no = w.stream JOIN journey_person p ON p.no = w.person
		WHERE `+day+` AND w.kind = $1 AND w.due_on >= $2 AND w.due_on <= $3 AND w.changed <= $6
			AND (w.ended = 0 OR w.ended > $6 OR NOT EXISTS (SELECT 1 FROM journey_work n WHERE n.no >= w.ended * $10 AND n.no < (w.ended + 1) * $10 AND n.kind = w.kind AND n.id = w.id))
			AND ($4 = '' OR w.owner = $4) AND ($5 = '' OR w.desk = $5) AND ($7 = '' OR ',' || $7 || ',' LIKE '%,' || w.controller || ',%')
			AND ($8 = '' OR EXISTS (SELECT 1 FROM journey_work c WHERE c.stream = w.stream AND c.kind = 'case' AND c.owner = $8
				AND c.changed <= $6 AND (c.ended = 0 OR c.ended > $6)))
		ORDER BY w.due_on, w.due_time, w.position LIMIT $9`, func(scan func(...any) error) error {
		var e Engagement
		var stream string
		err := scan(&e.ID, &e.Kind, &e.State, &stream, &e.What, &e.Owner, &e.Desk, &e.On, &e.Time, &e.Item.Position, &e.Changed,
			&e.Ended, &e.Person.ID, &e.Person.Number, &e.Person.Position)
		_, e.Case = domain.SplitStream(stream)
		out = append(out, e)
		return err
	}, f.Kind, int64(f.Since), int64(f.Until), f.Owner, f.Desk, int64(f.At), strings.Join(f.Controllers, ","), f.Keeper, f.Limit, workRows)
	return out, err
}
