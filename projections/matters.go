package projections

import (
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/rights"
	"ayumi/domain/volume"
)

// Matter is a data-protection matter with its events, ascending. No is the position
// of the first one, by which people call it.
type Matter struct {
	*rights.Matter
	No      uint64
	Entries []Entry
}

// Tome is a record volume with its events, ascending.
type Tome struct {
	*volume.Volume
	No      uint64
	Entries []Entry
}

// Matters are the data-protection matters of a controller, newest first.
func (j *Journeys) Matters(ctx context.Context, controller string) ([]Matter, error) {
	var out []Matter
	err := ofController(ctx, j, rights.Aggregate, controller, func(m *rights.Matter, no uint64, entries []Entry) {
		out = append(out, Matter{m, no, entries})
	})
	slices.SortFunc(out, func(a, b Matter) int { return int(int64(b.No) - int64(a.No)) })
	return out, err
}

// Volumes are the record volumes of a controller, newest first.
func (j *Journeys) Volumes(ctx context.Context, controller string) ([]Tome, error) {
	var out []Tome
	err := ofController(ctx, j, volume.Aggregate, controller, func(v *volume.Volume, no uint64, entries []Entry) {
		out = append(out, Tome{v, no, entries})
	})
	slices.SortFunc(out, func(a, b Tome) int { return int(int64(b.No) - int64(a.No)) })
	return out, err
}

// ofController folds every stream of a category that belongs to a controller.
func ofController[S any](ctx context.Context, j *Journeys, a *domain.Aggregate[S], controller string, take func(*S, uint64, []Entry)) error {
	ids, err := j.Streams(ctx, a.Category)
	if err != nil {
		return err
	}
	for _, id := range ids {
		entries, err := j.Stream(ctx, domain.StreamName(a.Category, id), Newest)
		if err != nil {
			return err
		}
		if len(entries) == 0 || entries[0].Controller != controller {
			continue
		}
		s, err := folded(a, entries)
		if err != nil {
			return err
		}
		take(s, entries[0].Position, entries)
	}
	return nil
}

// AtLeast counts the people a controller has a record of that was not erased, each
// human being once, and stops at a number.
func (j *Journeys) AtLeast(ctx context.Context, controller string, enough int) (int, error) {
	n, after := 0, 0
	for n < enough {
		list, err := j.People(ctx, after, 500)
		if err != nil || len(list) == 0 {
			return n, err
		}
		for _, p := range list {
			after = p.Number
			entries, err := j.Stream(ctx, domain.StreamName("person", p.ID), Newest)
			if err != nil {
				return n, err
			}
			if len(entries) > 0 && entries[0].Controller == controller && !slices.ContainsFunc(entries, gone) {
				n++
			}
		}
	}
	return min(n, enough), nil
}

// gone tells of an event that a record is no longer that of a person of its own.
func gone(e Entry) bool { return e.Type == "person.erased" || e.Type == "person.merged" }
