package projections

import (
	"context"

	"ayumi/domain/japan"
)

// journey_listed names the events that the books of the office are made of, so that a
// year of them is found without reading the log.
var listedColumns = []string{"position INTEGER PRIMARY KEY", "occurred_on INTEGER NOT NULL", "type TEXT NOT NULL", "controller TEXT NOT NULL"}

// listed are the types of them.
var listed = map[string]bool{"case.job_introduced": true, "case.jobseeker_registered": true, "case.certificate_issued": true}

func list(e *Event, b *Batch) {
	if listed[e.Type] {
		b.Add(journeyListed).Int(int64(e.Position), int64(e.Date("occurred_on"))).Text(e.Type, e.Text("controller"))
	}
}

// Listed answers the positions of a controller's events of a type that happened in a
// period, as they were recorded first, ascending.
func (j *Journeys) Listed(ctx context.Context, typ, controller string, in japan.Period) ([]uint64, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	var out []uint64
	err := j.query(ctx, `SELECT position FROM journey_listed WHERE type = $1 AND controller = $2 AND occurred_on >= $3 AND occurred_on <= $4 ORDER BY position`,
		func(scan func(...any) error) error {
			var position int64
			err := scan(&position)
			out = append(out, uint64(position))
			return err
		}, typ, controller, int64(in.From), int64(in.To))
	return out, err
}
