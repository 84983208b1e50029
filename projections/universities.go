package projections

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ayumi/domain/university"
)

// University is one with its events, ascending. No is the position of the first one.
type University struct {
	*university.University
	No      uint64
	Entries []Entry
}

// Universities are those a controller knows, by name.
func (j *Journeys) Universities(ctx context.Context, controller string) ([]University, error) {
	var out []University
	err := ofController(ctx, j, university.Aggregate, controller, func(u *university.University, no uint64, entries []Entry) {
		out = append(out, University{u, no, entries})
	})
	slices.SortFunc(out, func(a, b University) int { return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.No, b.No)) })
	return out, err
}

// Version is that of the newest event.
func (u University) Version() uint64 { return versionAfter(u.Entries) }

// versionAfter is the version of a stream after its entries.
func versionAfter(entries []Entry) uint64 {
	version, _ := entries[len(entries)-1].Facts.Int("version")
	return uint64(version)
}
