package projections

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"ayumi/domain/indicator"
)

// trials hold the rows of definitions whose rows the tables do not keep. They are
// made from the log when they are first asked for, and carried on when asked again.
type trials struct {
	mu   sync.Mutex
	list []*trial // the one asked for last stands last
	back sync.WaitGroup
}

type trial struct {
	params indicator.Params
	all    atomic.Uint64 // how far it is to read
	seen   atomic.Uint64 // how far it has read
	mu     sync.Mutex    // held by who folds
	fold   *indicatorFold
	batch  Batch // what the tables would be told

	start   sync.Mutex
	running *replay // nil: nobody folds in the background
}

// mostTrials is how many are kept: each holds the whole state of counting.
const mostTrials = 4

// of answers the rows under some parameters up to a position. It waits for them as
// long as the asker does; see Patient.
func (t *trials) of(ctx context.Context, life context.Context, log Feed, params indicator.Params, upto uint64) (*columns, error) {
	x := t.find(params)
	if x.seen.Load() >= upto {
		return x.fold.columns, nil
	}
	err := x.await(ctx, life, &t.back, log, upto)
	if err != nil && ctx.Err() == nil && !stillGoing(err) { // what it remembers may be half an event
		t.drop(x)
	}
	return x.fold.columns, err
}

// find answers the trial of some parameters, a new one if there is none.
func (t *trials) find(params indicator.Params) *trial {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.list, func(x *trial) bool { return x.params == params })
	var x *trial
	if i >= 0 {
		x = t.list[i]
		t.list = slices.Delete(t.list, i, i+1)
	} else {
		x = &trial{params: params, fold: newIndicatorFold([]indicator.Params{params}, nil), batch: Batch{Rows: make([]Rows, indicatorDay+1)}}
		t.list = slices.Delete(t.list, 0, max(0, len(t.list)-mostTrials+1))
	}
	t.list = append(t.list, x)
	return x
}

func (t *trials) drop(x *trial) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.list = slices.DeleteFunc(t.list, func(o *trial) bool { return o == x })
}

// trialPage is a run of events that one goroutine reads and another folds.
type trialPage struct {
	events [256]Event
	n      int
	err    error
}

// trialPages is how many pages may lie read and not yet folded.
const trialPages = 8

// reach folds the log up to a position. One goroutine reads ahead.
func (x *trial) reach(ctx context.Context, log Feed, upto uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.seen.Load() >= upto {
		return nil
	}
	reading, stop := context.WithCancel(ctx)
	free, full := make(chan *trialPage, trialPages), make(chan *trialPage, trialPages)
	for range trialPages {
		free <- &trialPage{}
	}
	go readPages(reading, log, x.seen.Load(), upto, free, full)
	defer func() {
		stop()
		for range full { //nolint:revive // lets the reader see the end of its context
		}
	}()
	for p := range full {
		for i := range p.n {
			e := &p.events[i]
			if e.bad != nil {
				return e.bad
			}
			if err := x.fold.Apply(e, &x.batch); err != nil {
				return err
			}
			x.batch.clear()
			x.seen.Store(e.Position)
		}
		if p.err != nil || x.seen.Load() >= upto {
			return p.err
		}
		free <- p
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("the log ends at %d, before %d", x.seen.Load(), upto)
}

// readPages lays events open until one of a position has been read.
func readPages(ctx context.Context, log Feed, after, upto uint64, free <-chan *trialPage, full chan<- *trialPage) {
	defer close(full)
	var p *trialPage
	take := func() bool {
		select {
		case p = <-free:
			p.n, p.err = 0, nil
			return true
		case <-ctx.Done():
			return false
		}
	}
	if !take() {
		return
	}
	for rec, err := range log.Events(ctx, after) {
		if err != nil {
			p.err = err
			break
		}
		if e := &p.events[p.n]; indicator.Reads(rec.Type) {
			e.read(rec)
		} else { // nothing is counted from it: only that it lies there
			e.Recorded, e.bad = rec, nil
		}
		p.n++
		if rec.Position >= upto || ctx.Err() != nil {
			break
		}
		if p.n == len(p.events) {
			full <- p // there is room for every page
			if !take() {
				return
			}
		}
	}
	full <- p
}
