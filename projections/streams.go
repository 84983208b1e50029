package projections

import (
	"context"
	"fmt"
	"strings"

	"ayumi/domain"
)

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

// Events answers the events of all streams of some categories as the log keeps
// them, in its order.
func (j *Journeys) Events(ctx context.Context, categories ...string) ([]domain.Recorded, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	where, args := make([]string, len(categories)), make([]any, 0, 2*len(categories))
	for i, c := range categories {
		where[i] = fmt.Sprintf("id >= $%d AND id < $%d", 2*i+1, 2*i+2)
		args = append(args, c+"-", c+".")
	}
	var out []domain.Recorded
	err := j.query(ctx, walk(strings.Join(where, " OR "), "1")+`SELECT w.position, e.body
		FROM walked w CROSS JOIN journey_entry e WHERE e.position = w.position ORDER BY 1`, func(scan func(...any) error) error {
		var position uint64
		var body []byte
		if err := scan(&position, &body); err != nil {
			return err
		}
		e, err := entry(position, body)
		if err != nil {
			return err
		}
		rec, err := e.Recorded()
		out = append(out, rec)
		return err
	}, args...)
	return out, err
}
