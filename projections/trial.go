package projections

import (
	"context"
	"slices"
	"sync"

	"ayumi/domain/indicator"
)

// trials hold the rows of definitions whose rows the tables do not keep. They are
// made from the log when they are first asked for, and carried on when asked again.
type trials struct {
	mu   sync.Mutex
	list []*trial // the newest last
}

type trial struct {
	params indicator.Params
	mu     sync.Mutex
	fold   *indicatorFold
	seen   uint64
	event  Event
	batch  Batch // what the tables would be told
}

// mostTrials is how many are kept: each holds the whole state of counting.
const mostTrials = 2

// of answers the rows under some parameters up to a position.
func (t *trials) of(ctx context.Context, log Feed, params indicator.Params, upto uint64) (*columns, error) {
	t.mu.Lock()
	i := slices.IndexFunc(t.list, func(x *trial) bool { return x.params == params })
	if i < 0 {
		x := &trial{params: params, fold: newIndicatorFold([]indicator.Params{params}, nil), batch: Batch{Rows: make([]Rows, indicatorDay+1)}}
		t.list = append(t.list[max(0, len(t.list)-mostTrials+1):], x)
		i = len(t.list) - 1
	}
	x := t.list[i]
	t.mu.Unlock()
	err := x.reach(ctx, log, upto)
	if err != nil && ctx.Err() == nil { // what it remembers may be half an event
		t.mu.Lock()
		t.list = slices.DeleteFunc(t.list, func(o *trial) bool { return o == x })
		t.mu.Unlock()
	}
	return x.fold.columns, err
}

func (x *trial) reach(ctx context.Context, log Feed, upto uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.seen >= upto {
		return nil
	}
	for rec, err := range log.Events(ctx, x.seen) {
		if err != nil {
			return err
		}
		if x.event.read(rec); x.event.bad != nil {
			return x.event.bad
		}
		if err := x.fold.Apply(&x.event, &x.batch); err != nil {
			return err
		}
		x.batch.clear()
		if x.seen = rec.Position; x.seen >= upto {
			return nil
		}
	}
	return ctx.Err()
}
