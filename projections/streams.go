package projections

import "context"

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
