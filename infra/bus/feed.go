package bus

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"ayumi/domain"
)

// ErrAhead: the reader's checkpoint lies behind the end of the log. The store was
// restored to an older state, or is another one; what the reader made is void.
var ErrAhead = errors.New("checkpoint is ahead of the log")

// Events yields the events after a position, live and without a gap, until ctx
// ends; then it ends without an error. They come from NATS, or from the store
// where the bus does not hold them yet or any more. Faults of NATS are waited
// out, and a store that is away; an error means that going on is impossible:
// ErrAhead, or a store that cannot be read.
func (b *Bus) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		f := &feed{Bus: b, next: after + 1, yield: yield}
		if err := f.run(ctx); err != nil && ctx.Err() == nil {
			yield(domain.Recorded{}, err)
		}
	}
}

// feed is one reader of Events.
type feed struct {
	*Bus
	next  uint64
	yield func(domain.Recorded, error) bool
}

// errEnough: whoever ranges over the events has left.
var errEnough = errors.New("reader has left")

func (f *feed) run(ctx context.Context) error {
	head, err := f.cfg.Store.Head(ctx)
	for errors.Is(err, domain.ErrStoreAway) {
		pause(ctx, storeBreath)
		head, err = f.cfg.Store.Head(ctx)
	}
	if err != nil {
		return fmt.Errorf("feed: store: %w", err)
	}
	if f.next > head.Position+1 {
		return fmt.Errorf("feed: %w: %d, the log ends at %d", ErrAhead, f.next-1, head.Position)
	}
	for ctx.Err() == nil {
		switch now := f.reach.now(); {
		case now.inStore(f.next):
			err = f.fromStore(ctx)
		case now.left:
			f.reach.await(ctx, nil, f.next)
		default:
			err = f.fromBus(ctx)
		}
		switch {
		case errors.Is(err, errEnough):
			return nil
		case errors.Is(err, domain.ErrStoreAway):
			f.cfg.Log.Warn("bus: feed waits for the store", "position", f.next, "cause", err)
			pause(ctx, storeBreath)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// storeRun is how many events come from the store before the bus is asked again.
const storeRun = 4096

func (f *feed) fromStore(ctx context.Context) error {
	n := 0
	for r, err := range f.cfg.Store.All(ctx, f.next-1) {
		switch {
		case err != nil:
			return fmt.Errorf("feed: store: %w", err)
		case r.Position != f.next:
			return fmt.Errorf("feed: store: position %d follows %d", r.Position, f.next-1)
		case !f.yield(r, nil):
			return errEnough
		}
		f.next++
		if n++; n == storeRun || !f.reach.now().inStore(f.next) {
			return nil
		}
	}
	if n == 0 { // the stream was ahead of the store a moment ago
		pause(ctx, 10*time.Millisecond)
	}
	return nil
}

// storeBreath is how long everybody waits before a store that was away is asked again.
const storeBreath = 500 * time.Millisecond

// breath is how long a reader waits before it asks NATS again.
const breath = 50 * time.Millisecond

// fromBus reads until something is wrong with the bus, or until events have to
// come from the store. Only the store's and the reader's own errors are returned.
func (f *feed) fromBus(ctx context.Context) error {
	in, err := f.read(ctx, "feed", f.next)
	if err != nil {
		pause(ctx, breath)
		return nil
	}
	defer in.close()
	var proven uint64
	for stalls := 0; ; {
		sequence, m, err := in.next(ctx)
		switch {
		case errors.Is(err, errStalled):
			if ok, _ := f.reach.now().proven(f.next); !ok {
				if f.reach.now().inStore(f.next) {
					return nil
				}
				continue
			}
			if stalls++; stalls < 2 {
				continue
			}
			f.doubt(ctx)
			return nil
		case err != nil:
			pause(ctx, breath)
			return nil
		case sequence < f.next:
			continue
		case sequence > f.next:
			f.doubt(ctx)
			return nil
		}
		stalls = 0
		if sequence > proven {
			var ok bool
			if proven, ok = f.reach.await(ctx, in.remade, sequence); !ok {
				return nil
			}
		}
		r, err := decode(sequence, m.Data)
		if err != nil {
			f.doubt(ctx)
			return nil
		}
		if f.cfg.Heard != nil && len(m.Header["traceparent"]) == 1 {
			f.cfg.Heard(r, m.Header["traceparent"][0])
		}
		if !f.yield(r, nil) {
			return errEnough
		}
		f.next++
	}
}

// doubt tells the relay that the next event is not where it should be.
func (f *feed) doubt(ctx context.Context) {
	f.cfg.Log.Warn("bus: feed does not find an event", "position", f.next)
	f.reach.doubt(f.next)
	pause(ctx, breath)
}
