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

// gatekeeper is a Gates within one command.
type gatekeeper struct {
	ctx context.Context
	o   *Office
}

func (k gatekeeper) Gates(controller string, p japan.Period, known japan.Date) (domain.GatesNow, error) {
	q := gate.Question{Controller: controller, Period: p, Known: known}
	if k.o.gates == nil {
		found, _, err := k.o.read(k.ctx, q)
		return found.Counts(), err
	}
	found, err := k.o.gates.Judge(k.ctx, q)
	return found.Counts(), err
}

func (k gatekeeper) PositionAt(day japan.Date) (uint64, error) {
	if k.o.gates == nil {
		_, position, err := k.o.read(k.ctx, gate.Question{Known: day})
		return position, err
	}
	return k.o.gates.PositionAt(k.ctx, day)
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
