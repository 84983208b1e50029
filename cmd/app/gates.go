package app

import (
	"context"
	"errors"
	"time"

	"ayumi/domain/gate"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// gates lets the office ask the read models what holds a period open, once they
// hold everything recorded by then.
type gates struct {
	*projections.Gates
	app *App
}

func (a *App) gates() gates { return gates{a.Gates(), a} }

// Gates answers what holds a period open, for pages, API and command line.
func (a *App) Gates() *projections.Gates {
	return &projections.Gates{Closing: a.Closing, Figures: a.Indicators, Journeys: a.Journeys}
}

// gateWait is how long a command waits for the read models.
const gateWait = 5 * time.Second

func (g gates) Judge(ctx context.Context, q gate.Question) (gate.Found, error) {
	position := projections.Newest
	if q.Known < japan.DateOf(g.app.Config.Now()) {
		var err error
		if position, err = g.PositionAt(ctx, q.Known); err != nil {
			return gate.Found{}, err
		}
	} else if err := g.current(ctx); err != nil {
		return gate.Found{}, err
	}
	return g.Gates.Judge(ctx, q, position)
}

// PositionAt waits: a day that is over may not be read to its end.
func (g gates) PositionAt(ctx context.Context, day japan.Date) (uint64, error) {
	if err := g.current(ctx); err != nil {
		return 0, err
	}
	return g.Figures.PositionAt(ctx, day)
}

func (g gates) current(ctx context.Context) error {
	head, err := g.app.Store.Head(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, gateWait)
	defer cancel()
	err = g.app.Runner.Wait(ctx, head.Position, "journeys", "indicators", "closing")
	if errors.Is(err, projections.ErrBehind) || errors.Is(err, projections.ErrStopped) {
		return lagging(err, "period.behind")
	}
	return err
}
