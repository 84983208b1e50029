package office

import (
	"context"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/japan"
)

// Gates answers what holds a period open from read models that hold everything
// recorded before it is asked.
type Gates interface {
	// Judge answers as known at the end of the question's day; on a day that is
	// not over, as known now.
	Judge(ctx context.Context, q gate.Question) (gate.Found, error)
	// PositionAt is the last position recorded by the end of a day in Japan.
	PositionAt(ctx context.Context, day japan.Date) (uint64, error)
}

// Asking lets the office ask read models; without them it reads the whole log.
func (o *Office) Asking(g Gates) *Office { o.gates = g; return o }

// counting answers a decision's questions about the whole log. A fault is kept
// and fails the command afterwards, as in look.
type counting struct {
	ctx context.Context
	o   *Office
	err error
}

func (c *counting) Gates(controller string, p japan.Period, known japan.Date) domain.GatesNow {
	q := gate.Question{Controller: controller, Period: p, Known: known}
	var found gate.Found
	var err error
	if c.o.gates != nil {
		found, err = c.o.gates.Judge(c.ctx, q)
	} else {
		found, _, err = c.o.read(c.ctx, q)
	}
	c.keep(err)
	return found.Counts()
}

func (c *counting) PositionAt(day japan.Date) uint64 {
	var position uint64
	var err error
	if c.o.gates != nil {
		position, err = c.o.gates.PositionAt(c.ctx, day)
	} else {
		_, position, err = c.o.read(c.ctx, gate.Question{Known: day})
	}
	c.keep(err)
	return position
}

func (c *counting) keep(err error) {
	if c.err == nil {
		c.err = err
	}
}

// read folds the log up to the end of a day.
func (o *Office) read(ctx context.Context, q gate.Question) (gate.Found, uint64, error) {
	l := gate.NewLog()
	for rec, err := range o.decider.Store.All(ctx, 0) {
		if err != nil {
			return gate.Found{}, 0, err
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return gate.Found{}, 0, err
		}
		if at, err := japan.ParseInstant(facts.Text("recorded_at")); err != nil || japan.DateOf(at) > q.Known {
			return l.Judge(q), l.Position(), err
		}
		if err := l.Take(rec); err != nil {
			return gate.Found{}, 0, err
		}
	}
	return l.Judge(q), l.Position(), nil
}
