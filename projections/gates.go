package projections

import (
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"

	"github.com/google/uuid"
)

// Gates answers what holds a period open from three read models. It equals what
// gate.Log answers of the whole log.
type Gates struct {
	Closing  *Closing
	Figures  *Indicators
	Journeys *Journeys
}

// Judge answers what holds a period open, as known at a position.
func (g *Gates) Judge(ctx context.Context, q gate.Question, position uint64) (gate.Found, error) {
	var k gate.Known
	for _, family := range []indicator.Family{indicator.Sessions, indicator.Outcomes} {
		rows, err := g.Figures.RowsAt(ctx, position, indicator.Usual(), family, q.Period)
		if err != nil {
			return gate.Found{}, err
		}
		k.Rows = append(k.Rows, rows...)
	}
	var err error
	if k.Waiting, err = g.Closing.Waiting(ctx, q.Controller, position); err != nil {
		return gate.Found{}, err
	}
	if k.Day, err = g.Figures.daysOf(ctx); err != nil {
		return gate.Found{}, err
	}
	if k.Survivor, err = g.survivors(ctx, k.Waiting, position); err != nil {
		return gate.Found{}, err
	}
	if k.Sheets, err = g.sheets(ctx, q, position); err != nil {
		return gate.Found{}, err
	}
	return gate.Judge(q, k), nil
}

// survivors looks up whose record goes on, of those who stand in a pair.
func (g *Gates) survivors(ctx context.Context, waiting []gate.Waiting, position uint64) (func(string) string, error) {
	found := map[string]string{}
	for _, w := range waiting {
		category, one := domain.SplitStream(w.Stream)
		if category != "person" {
			continue
		}
		for _, id := range []string{one, w.ID} {
			if found[id] != "" {
				continue
			}
			group, err := g.Journeys.Group(ctx, id, position)
			if err != nil {
				return nil, err
			}
			if found[id] = id; len(group) > 0 {
				found[id] = group[0]
			}
		}
	}
	return func(id string) string { return found[id] }, nil
}

// sheets folds the annual sheets of the year.
func (g *Gates) sheets(ctx context.Context, q gate.Question, position uint64) ([]*workplan.Sheet, error) {
	ids, err := g.Journeys.Streams(ctx, "workplan")
	if err != nil {
		return nil, err
	}
	var out []*workplan.Sheet
	for _, id := range ids {
		entries, err := g.Journeys.Stream(ctx, domain.StreamName("workplan", id), position)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 || entries[0].Controller != q.Controller {
			continue
		}
		s := workplan.Aggregate.New()
		for _, e := range entries {
			if err := e.apply(s); err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// apply lets an event happen to a sheet.
func (e Entry) apply(s *workplan.Sheet) error {
	id, err := uuid.Parse(e.EventID)
	if err != nil {
		return err
	}
	version, _ := e.Facts.Int("version")
	env, event, err := workplan.Aggregate.Decode(domain.Recorded{
		ID: id, Stream: e.Stream, Version: uint64(version), Position: e.Position, Type: e.Type, Body: e.Body})
	if err != nil {
		return err
	}
	event.Apply(s, env)
	return nil
}

// daysOf answers on which day in Japan an event was recorded, by its position.
func (x *Indicators) daysOf(ctx context.Context) (func(uint64) japan.Date, error) {
	if err := x.ready(); err != nil {
		return nil, err
	}
	var days []japan.Date
	var lasts []uint64
	err := x.query(ctx, `SELECT day, position FROM indicator_day ORDER BY day`, func(scan func(...any) error) error {
		var day japan.Date
		var last uint64
		err := scan(&day, &last)
		days, lasts = append(days, day), append(lasts, last)
		return err
	})
	return func(position uint64) japan.Date {
		i, _ := slices.BinarySearch(lasts, position)
		if i == len(days) {
			return 0
		}
		return days[i]
	}, err
}
