package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"ayumi/domain/indicator"
)

// Replaying: the rows of a definition are being made from the log. Ask again.
type Replaying struct{ Done, All uint64 } // events

func (r *Replaying) Error() string { return fmt.Sprintf("replaying %d of %d events", r.Done, r.All) }

func stillGoing(err error) bool {
	var r *Replaying
	return errors.As(err, &r)
}

type patienceOf struct {
	wait time.Duration // 0: as long as the context
	tell func(done, all int)
}

type patienceKey struct{}

// Patient lets questions of a context wait a while at most for rows that have to
// be made from the log, then answer Replaying. The rows are made on meanwhile,
// where Indicators has a Life.
func Patient(ctx context.Context, wait time.Duration) context.Context {
	p, _ := ctx.Value(patienceKey{}).(patienceOf)
	p.wait = wait
	return context.WithValue(ctx, patienceKey{}, p)
}

// Told is told, while a question of the context waits for rows that have to be
// made from the log, how many of how many events have been read.
func Told(ctx context.Context, tell func(done, all int)) context.Context {
	p, _ := ctx.Value(patienceKey{}).(patienceOf)
	p.tell = tell
	return context.WithValue(ctx, patienceKey{}, p)
}

// toldEvery is how often the asker is told.
const toldEvery = 200 * time.Millisecond

// replay is a fold in the background.
type replay struct {
	done chan struct{}
	err  error
}

// await lets the trial reach a position: in the background of life, so that it goes
// on when the asker has lost patience or left; or in the asker's own time where
// there is no life.
func (x *trial) await(ctx, life context.Context, back *sync.WaitGroup, log Feed, upto uint64) error {
	if p, _ := ctx.Value(patienceKey{}).(patienceOf); life == nil && p.tell == nil {
		return x.reach(ctx, log, upto)
	}
	if life == nil {
		life = ctx
	}
	for x.seen.Load() < upto {
		r := x.behind(life, back, log, upto)
		if err := Await(ctx, r.done, func() (uint64, uint64) { return x.seen.Load(), x.all.Load() }); err != nil {
			return err
		}
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

// behind answers the fold that is under way, or begins one.
func (x *trial) behind(life context.Context, back *sync.WaitGroup, log Feed, upto uint64) *replay {
	x.start.Lock()
	defer x.start.Unlock()
	if x.running != nil {
		return x.running
	}
	r := &replay{done: make(chan struct{})}
	x.running = r
	x.all.Store(upto)
	back.Go(func() {
		r.err = x.reach(life, log, upto)
		x.start.Lock()
		x.running = nil
		x.start.Unlock()
		close(r.done)
	})
	return r
}

// Await waits for work in the background as long as the patience of a context lasts,
// then answers Replaying; meanwhile whoever wishes to be told of it is told how far
// the work is.
func Await(ctx context.Context, done <-chan struct{}, far func() (seen, all uint64)) error {
	p, _ := ctx.Value(patienceKey{}).(patienceOf)
	var late <-chan time.Time
	if p.wait > 0 {
		late = time.After(p.wait)
	}
	tick := time.NewTicker(toldEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return nil
		case <-tick.C:
			if p.tell != nil {
				seen, all := far()
				p.tell(int(seen), int(all))
			}
		case <-late:
			seen, all := far()
			return &Replaying{Done: seen, All: all}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Warm makes the rows of rules that the tables do not keep, at most as many as are
// held, the last ones.
func (x *Indicators) Warm(ctx context.Context, rules ...indicator.Params) error {
	rules = slices.DeleteFunc(slices.Clone(rules), func(p indicator.Params) bool { return slices.Contains(x.params, p) })
	for _, p := range rules[max(0, len(rules)-mostTrials):] {
		if _, _, _, err := x.under(ctx, p, Newest); err != nil {
			return err
		}
	}
	return nil
}

// Settle waits until nothing is read from the log in the background; call it when
// Life has ended.
func (x *Indicators) Settle() { x.trials.back.Wait() }
