package projections

import (
	"cmp"
	"context"
	"slices"

	"ayumi/domain/outreach"
)

// Outreach is a meeting, a mailing or a channel with its events, ascending. No is the
// position of the first one, by which people call it.
type Outreach struct {
	*outreach.Outreach
	No      uint64
	Entries []Entry
}

// Outreach lists the meetings, mailings and channels of a controller: by first day,
// the latest first, those without a plan by when they were recorded.
func (j *Journeys) Outreach(ctx context.Context, controller string) ([]Outreach, error) {
	var out []Outreach
	err := ofController(ctx, j, outreach.Aggregate, controller, func(o *outreach.Outreach, no uint64, entries []Entry) {
		out = append(out, Outreach{o, no, entries})
	})
	slices.SortFunc(out, func(a, b Outreach) int {
		return cmp.Or(cmp.Compare(b.First(), a.First()), cmp.Compare(b.No, a.No))
	})
	return out, err
}

// Version is that of the newest event.
func (o Outreach) Version() uint64 { return versionAfter(o.Entries) }
