package app

import (
	"context"
	"errors"
	"time"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/projections"
)

// catchUp is how long a proposal waits until the read model holds the whole log.
const catchUp = 10 * time.Second

// counts counts what is proposed from the read model, and what is verified from
// the log.
type counts struct{ app *App }

func (c counts) Count(ctx context.Context, asked domain.Asked) (domain.Counted, error) {
	if err := c.caughtUp(ctx); err != nil {
		return domain.Counted{}, err
	}
	out, err := indicator.CountFor(ctx, c.app.Indicators, c.app.Definitions, asked)
	out.Synthetic = c.app.Scenario
	return out, err
}

func (c counts) Recount(ctx context.Context, asked domain.Asked) (domain.Counted, error) {
	return indicator.LogCounts{Store: c.app.Store, Book: indicator.LogRules{Store: c.app.Store}, Synthetic: c.app.Scenario}.Count(ctx, asked)
}

func (c counts) Difference(ctx context.Context, from, to domain.Asked) (domain.Explained, error) {
	if err := c.caughtUp(ctx); err != nil {
		return domain.Explained{}, err
	}
	return indicator.DifferenceFor(ctx, c.app.Indicators, c.app.Definitions, from, to)
}

// caughtUp waits until the read models hold the whole log.
func (c counts) caughtUp(ctx context.Context) error {
	head, err := c.app.Store.Head(ctx)
	if err != nil {
		return err
	}
	waiting, cancel := context.WithTimeout(ctx, catchUp)
	defer cancel()
	if err := c.app.Runner.Wait(waiting, head.Position, "indicators", "journeys"); err != nil {
		return lagging(err, "figure.behind")
	}
	return nil
}

// lagging is the refusal of who needs all that was recorded, by a read model that is
// behind (key) or has stopped.
func lagging(err error, key string) error {
	if errors.Is(err, projections.ErrStopped) {
		key = "reads.stopped"
	}
	return errors.Join(domain.Refuse(key), err)
}
