package api

import (
	"context"
	"time"

	"ayumi/domain/schema"
)

// Standing is where everything stands.
type Standing struct {
	Head        uint64           `json:"head" doc:"last position recorded"`
	Bus         BusStanding      `json:"bus"`
	Projections []ProjectionLine `json:"projections"`
	Sample      bool             `json:"sample,omitempty" doc:"a scenario log"`
}

// BusStanding is what the bus is doing: ok, behind, rebuilding or down.
type BusStanding struct {
	State    string    `json:"state"`
	Position uint64    `json:"position"`
	Since    time.Time `json:"since"`
}

// ProjectionLine is where one read model stands.
type ProjectionLine struct {
	Name            string  `json:"name"`
	Version         int     `json:"version"`
	State           string  `json:"state" enum:"building,current,stopped"`
	Position        uint64  `json:"position"`
	Behind          uint64  `json:"behind" doc:"events still to come"`
	LagSeconds      float64 `json:"lag_seconds"`
	BuildingPercent int     `json:"building_percent"`
	Parked          int     `json:"parked" doc:"events set aside because they cannot be read"`
}

func (a *API) status(ctx context.Context, _ *struct{}) (Standing, error) {
	s, err := a.Status.Standing(ctx)
	s.Sample = a.Sample
	return s, err
}

func (a *API) schema(context.Context, *struct{}) (map[string]any, error) {
	return schema.Document(), nil
}
