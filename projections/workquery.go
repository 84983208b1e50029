package projections

import (
	"context"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// WorkFilter selects open work; empty fields select everything.
type WorkFilter struct {
	Kind   string     // of the work; "": tasks, bookings and referrals
	Owner  string     // tasks and cases of an account
	Keeper string     // work of the cases that an account keeps
	Desk   string     // bookings of a desk
	Since  japan.Date // due on this day or later
	Until  japan.Date // due by this day
	Person string
	// Controllers whose records are asked for: those of one, or that many share.
	Controllers []string
	At          uint64 // as it stood at this position; 0: now
	Limit       int    // default 200
}

// Work is one open task, booking or referral with the person it is about.
type Work struct {
	Item
	Person PersonRef
}

// Work answers what is open, by due day. A referral's day is that since which an
// answer is waited for.
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
	if f.At == 0 {
		f.At = Newest
	}
	controllers := strings.Join(f.Controllers, ",")
	var out []Work
	kinds := "w.kind = $1"
	if f.Kind == "" {
		kinds = "$1 = '' AND w.kind IN ('task', 'booking', 'referral')"
	}
	// What was open is found by its end, not along all the days before (hence each +);
	// the index of ends needs to hear that there is one.
	err := j.query(ctx, `SELECT w.id, w.kind, w.state, s.id, w.what, w.owner, w.desk, w.partner, w.due_on, w.due_time, w.position, w.changed,
			p.id, p.no, p.position
		FROM journey_work w JOIN journey_stream s ON s.no = w.stream JOIN journey_person p ON p.no = w.person
		WHERE `+kinds+` AND w.changed <= $8 AND (w.ended = 0 OR w.ended > 0 AND w.ended > $8)
			AND ($2 = '' OR w.owner = $2) AND ($3 = '' OR w.desk = $3) AND +w.due_on >= $9 AND +w.due_on <= $4 AND ($5 = '' OR p.id = $5)
			AND ($6 = '' OR ',' || $6 || ',' LIKE '%,' || w.controller || ',%')
			AND ($10 = '' OR EXISTS (SELECT 1 FROM journey_work c WHERE c.stream = w.stream AND c.kind = 'case' AND c.owner = $10 AND c.state = 'open'
				AND c.changed <= $8 AND (c.ended = 0 OR c.ended > $8)))
		ORDER BY +w.due_on, w.due_time, w.position LIMIT $7`, func(scan func(...any) error) error {
		var w Work
		var stream string
		err := scan(&w.ID, &w.Kind, &w.State, &stream, &w.What, &w.Owner, &w.Desk, &w.Partner, &w.On, &w.Time, &w.Item.Position, &w.Changed,
			&w.Person.ID, &w.Person.Number, &w.Person.Position)
		_, w.Case = domain.SplitStream(stream)
		out = append(out, w)
		return err
	}, f.Kind, f.Owner, f.Desk, int64(f.Until), f.Person, controllers, f.Limit, int64(f.At), int64(f.Since), f.Keeper)
	return out, err
}

// Moved answers how many pieces of work that the filters select have begun, changed
// or ended after a position, and at which position the last of them did. What a filter
// says of owner, desk and controller counts; days do not.
func (j *Journeys) Moved(ctx context.Context, after uint64, filters ...WorkFilter) (n int, last uint64, err error) {
	if err := j.ready(); err != nil {
		return 0, 0, err
	}
	for _, f := range filters {
		err := j.query(ctx, `SELECT COUNT(DISTINCT w.id), COALESCE(MAX(w.changed), 0), COALESCE(MAX(w.ended), 0) FROM journey_work w
			WHERE w.kind = $1 AND (w.no >= $7 OR w.ended > 0 AND w.ended > $2) AND ($3 = '' OR w.owner = $3) AND ($4 = '' OR w.desk = $4)
				AND ($5 = '' OR ',' || $5 || ',' LIKE '%,' || w.controller || ',%')
				AND ($6 = '' OR EXISTS (SELECT 1 FROM journey_work c WHERE c.stream = w.stream AND c.kind = 'case' AND c.owner = $6 AND c.ended = 0))`,
			func(scan func(...any) error) error {
				var found, changed, ended int64
				err := scan(&found, &changed, &ended)
				n, last = n+int(found), max(last, uint64(changed), uint64(ended))
				return err
			}, f.Kind, int64(after), f.Owner, f.Desk, strings.Join(f.Controllers, ","), f.Keeper, int64(min(after, Newest/workRows)+1)*workRows)
		if err != nil {
			return 0, 0, err
		}
	}
	return n, last, nil
}
