package projections

import (
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/monitor"
	"ayumi/domain/period"
	"ayumi/domain/workplan"
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

// Suspected answers the pairs of records at a controller that may be one human
// being and that nobody has merged or told apart yet, in order of the log.
func (g *Gates) Suspected(ctx context.Context, controller string) ([]gate.Waiting, error) {
	all, err := g.Closing.Waiting(ctx, controller, Newest)
	return slices.DeleteFunc(all, func(w gate.Waiting) bool { return !w.Pair() }), err
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
		s, err := folded(workplan.Aggregate, entries)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// folded is the state of a stream after its entries.
func folded[S any](a *domain.Aggregate[S], entries []Entry) (*S, error) {
	s := a.New()
	for _, e := range entries {
		rec, err := e.Recorded()
		if err != nil {
			return nil, err
		}
		env, event, err := a.Decode(rec)
		if err != nil {
			return nil, err
		}
		event.Apply(s, env)
	}
	return s, nil
}

// Period answers the closing of a controller's fiscal year with its events; of a
// year that nobody began it is empty, with the year.
func (g *Gates) Period(ctx context.Context, controller string, year japan.FiscalYear) (*period.Period, []Entry, error) {
	entries, err := g.Journeys.Stream(ctx, domain.StreamName("period", period.Stream(controller, year)), Newest)
	if err != nil {
		return nil, nil, err
	}
	p, err := folded(period.Aggregate, entries)
	if err == nil {
		p.Year = year
	}
	return p, entries, err
}

// Judged is what holds a year open for one kind of cut-off, and as of when.
type Judged struct {
	gate.Found
	To       japan.Date
	Known    japan.Date // 0 while the records as they are now count
	Position uint64     // Newest while Known is 0
}

// Before judges as the office does before a closing: up to the cut-off of a kind,
// as known on its day once that is over. Without a cut-off, the whole year counts.
func (g *Gates) Before(ctx context.Context, controller string, p *period.Period, kind string, today japan.Date) (Judged, error) {
	j := Judged{To: p.Year.Last(), Position: Newest}
	q := gate.Question{Controller: controller, Known: today}
	if c, ok := p.Cutoffs[kind]; ok {
		j.To = c.To
		if c.Known < today {
			j.Known, q.Known = c.Known, c.Known
			var err error
			if j.Position, err = g.Figures.PositionAt(ctx, c.Known); err != nil {
				return j, err
			}
		}
	}
	q.Period = p.Year.Until(j.To)
	var err error
	j.Found, err = g.Judge(ctx, q, j.Position)
	return j, err
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

// Watch answers what stands out in who had a hand in the outcomes of a period, as
// known at a position.
func (g *Gates) Watch(ctx context.Context, controller string, in japan.Period, known uint64) (monitor.Report, error) {
	deeds, err := g.Closing.Deeds(ctx, controller, in, known)
	return monitor.Watch(deeds, in), err
}

// waitedFor is how many days back an outcome is asked for that nobody confirmed.
const waitedFor = 366

// Awaiting answers the outcomes of the year up to a day that nobody had confirmed,
// as known at a position; oldest first.
func (g *Gates) Awaiting(ctx context.Context, controller string, on japan.Date, position uint64) ([]gate.Item, error) {
	in := japan.Period{From: on.Add(-waitedFor), To: on}
	rows, err := g.Figures.RowsAt(ctx, position, indicator.Usual(), indicator.Outcomes, in)
	if err != nil {
		return nil, err
	}
	waiting, err := g.Closing.Waiting(ctx, controller, position)
	if err != nil {
		return nil, err
	}
	waiting = slices.DeleteFunc(waiting, func(w gate.Waiting) bool { return !w.Lasts() })
	return gate.Awaiting(controller, in, on, gate.Known{Rows: rows, Waiting: waiting}), nil
}

// Pairs answers the records that may be of one human being and of which nobody has
// said whether they are, as known at a position; newest suspicion first.
func (g *Gates) Pairs(ctx context.Context, controller string, position uint64) ([]gate.Waiting, error) {
	waiting, err := g.Closing.Waiting(ctx, controller, position)
	if err != nil {
		return nil, err
	}
	waiting = slices.DeleteFunc(waiting, func(w gate.Waiting) bool { return !w.Pair() })
	survivor, err := g.survivors(ctx, waiting, position)
	if err != nil {
		return nil, err
	}
	waiting = slices.DeleteFunc(waiting, func(w gate.Waiting) bool {
		one, other := w.Between()
		return survivor(one) == survivor(other)
	})
	slices.Reverse(waiting)
	return waiting, nil
}
