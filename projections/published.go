package projections

import (
	"context"

	"ayumi/domain/register"
)

// Register answers every number a controller ever published.
func (j *Journeys) Register(ctx context.Context, controller string) (*register.Register, error) {
	events, err := j.Events(ctx, "figure", "workplan")
	if err != nil {
		return nil, err
	}
	out := register.New(controller)
	for _, rec := range events {
		if err := out.Add(rec); err != nil {
			return nil, err
		}
	}
	return out, nil
}
