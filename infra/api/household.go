package api

import (
	"context"

	"ayumi/domain"
)

// HouseholdIn names a household by its number.
type HouseholdIn struct {
	Number uint64 `path:"number" doc:"position of its first record"`
	Fresh
}

// HouseholdAnswer is who lives together, or did. Members whose records are another
// controller's are not told, nor how many they are.
type HouseholdAnswer struct {
	Number  uint64         `json:"number"`
	ID      string         `json:"id" doc:"random id, for the commands"`
	Members []HouseholdOne `json:"members"`
	Sample  bool           `json:"sample,omitempty" doc:"from a scenario log"`
}

// HouseholdOne is one member.
type HouseholdOne struct {
	Person string `json:"person" doc:"random id"`
	Lives  bool   `json:"lives" doc:"belongs to the household now"`
	Joined uint64 `json:"joined,omitempty" doc:"position of the record; 0: only moved with it"`
	Left   uint64 `json:"left,omitempty" doc:"position of the record"`
}

func (a *API) household(ctx context.Context, in *HouseholdIn) (HouseholdAnswer, error) {
	v := visitorOf(ctx)
	out := HouseholdAnswer{Members: []HouseholdOne{}, Sample: a.Sample}
	if !v.Has(a.today(), domain.Counsellor, domain.Lead, domain.Auditor, domain.Records, domain.Privacy) {
		return out, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return out, err
	}
	h, err := a.Journeys.Household(ctx, v.Controller, in.Number)
	if err != nil {
		return out, err
	}
	out.Number, out.ID = h.No, h.ID
	for _, m := range h.Members {
		out.Members = append(out.Members, HouseholdOne{Person: m.Person, Lives: m.Lives(), Joined: m.Joined, Left: m.Left})
	}
	return out, nil
}
