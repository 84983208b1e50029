package projections

import (
	"context"
	"strconv"
)

// Aside is an event that a read model could not take up and set aside, with every later
// one of its stream.
type Aside struct {
	Position     uint64
	Stream, Type string
	Reason       string // in an operator's words
}

// SetAside answers the first events that the named projection has set aside, in the
// order of the log; none where it sets none aside.
func (r *Runner) SetAside(ctx context.Context, name string, most int) ([]Aside, error) {
	var out []Aside
	for _, p := range r.cfg.Projections {
		if p.Name != name || !p.Parks {
			continue
		}
		err := p.once(ctx, "SELECT position, stream, type, reason FROM "+p.Name+"_parked ORDER BY position LIMIT "+strconv.Itoa(most), func(scan func(...any) error) error {
			var a Aside
			var position int64
			err := scan(&position, &a.Stream, &a.Type, &a.Reason)
			a.Position = uint64(position)
			out = append(out, a)
			return err
		})
		return out, err
	}
	return nil, nil
}
