package office

import (
	"context"
	"errors"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Counts counts figures for decisions; see domain.Counter.
type Counts interface {
	Count(ctx context.Context, asked domain.Asked) (domain.Counted, error)
	Recount(ctx context.Context, asked domain.Asked) (domain.Counted, error)
}

// Explains is a Counts that also answers how one figure became another.
type Explains interface {
	Difference(ctx context.Context, from, to domain.Asked) (domain.Explained, error)
}

// Counting tells the office who counts figures. Without it proposals fail.
func (o *Office) Counting(c Counts) *Office { o.counts = c; return o }

var errNoCounts = errors.New("this office counts no figures")

// counter is a Counts within one command, for whoever gives it.
type counter struct {
	ctx    context.Context
	counts Counts
	who    domain.Actor
	on     japan.Date
}

// may refuses figures of a scope that the actor may not be told.
func (c counter) may(asked ...domain.Asked) error {
	for _, a := range asked {
		_, scope, scoped := strings.Cut(a.Indicator, "@")
		if scoped && indicator.KnownScope(scope) && !indicator.MayCount(c.who, c.on, scope) && !c.who.Has(c.on, domain.System) {
			return domain.RefuseField("controller.mismatch", "indicator")
		}
	}
	return nil
}

func (c counter) Count(asked domain.Asked) (domain.Counted, error) {
	if err := c.may(asked); err != nil {
		return domain.Counted{}, err
	}
	if c.counts == nil {
		return domain.Counted{}, errNoCounts
	}
	return c.counts.Count(c.ctx, asked)
}

func (c counter) Recount(asked domain.Asked) (domain.Counted, error) {
	if err := c.may(asked); err != nil {
		return domain.Counted{}, err
	}
	if c.counts == nil {
		return domain.Counted{}, errNoCounts
	}
	return c.counts.Recount(c.ctx, asked)
}

func (c counter) Difference(from, to domain.Asked) (domain.Explained, error) {
	if err := c.may(from, to); err != nil {
		return domain.Explained{}, err
	}
	x, ok := c.counts.(Explains)
	if !ok {
		return domain.Explained{}, errNoCounts
	}
	return x.Difference(c.ctx, from, to)
}
