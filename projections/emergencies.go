package projections

import (
	"context"
	"slices"

	"ayumi/domain/account"
)

// Emergency is one emergency access as it stands, with the event that opened it.
type Emergency struct {
	ID string
	account.Access
	Opened Entry
}

// Emergencies are the emergency accesses that the staff of a controller opened,
// newest first.
func (j *Journeys) Emergencies(ctx context.Context, controller string) ([]Emergency, error) {
	var out []Emergency
	err := ofController(ctx, j, account.Aggregate, controller, func(a *account.Account, _ uint64, entries []Entry) {
		for _, e := range entries {
			if id := e.Facts.Text("access"); e.Type == "account.emergency_access_opened" {
				out = append(out, Emergency{id, a.Accesses[id], e})
			}
		}
	})
	slices.SortFunc(out, func(a, b Emergency) int { return int(int64(b.Opened.Position) - int64(a.Opened.Position)) })
	return out, err
}
