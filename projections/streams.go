package projections

import (
	"context"

	"ayumi/domain/indicator"
)

// OfEvents answers the rows that any of the events reported, as they hold at a
// known position, in order of the log.
func (x *Indicators) OfEvents(ctx context.Context, events []uint64, known uint64) ([]indicator.Row, error) {
	list := make([]int64, len(events))
	for i, p := range events {
		list[i] = int64(p)
	}
	marks, args := in(2, list)
	return x.rowsWhere(ctx, "r.position IN ("+marks+")", known, args...)
}

// Streams answers the ids of all streams of a category, ascending.
func (j *Journeys) Streams(ctx context.Context, category string) ([]string, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	var out []string
	err := j.query(ctx, `SELECT id FROM journey_stream WHERE id >= $1 AND id < $2 ORDER BY id`, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, id[len(category)+1:])
		return err
	}, category+"-", category+".")
	return out, err
}
