package office

import (
	"context"
	"errors"

	"ayumi/domain"
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

// counter is a Counts within one command.
type counter struct {
	ctx    context.Context
	counts Counts
}

func (c counter) Count(asked domain.Asked) (domain.Counted, error) {
	if c.counts == nil {
		return domain.Counted{}, errNoCounts
	}
	return c.counts.Count(c.ctx, asked)
}

func (c counter) Recount(asked domain.Asked) (domain.Counted, error) {
	if c.counts == nil {
		return domain.Counted{}, errNoCounts
	}
	return c.counts.Recount(c.ctx, asked)
}

func (c counter) Difference(from, to domain.Asked) (domain.Explained, error) {
	x, ok := c.counts.(Explains)
	if !ok {
		return domain.Explained{}, errNoCounts
	}
	return x.Difference(c.ctx, from, to)
}
