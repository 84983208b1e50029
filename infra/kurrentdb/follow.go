package kurrentdb

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// follow keeps the index behind the log of all until the store is closed. A
// subscription that ends does not come back: it is opened again from our own place.
func (s *Store) follow() {
	for faults := 0; s.live.Err() == nil; faults++ {
		before := s.fold.reached
		err := s.subscribe(s.live)
		switch {
		case s.live.Err() != nil:
			return
		case errors.Is(err, errIndex), errors.Is(err, errOther):
			s.fail(err)
			return
		}
		if before.before(s.fold.reached) {
			faults = 0
		}
		s.o.Logger.Warn("kurrentdb: the subscription ended", "cause", err, "times", faults+1)
		pause(s.live, min(2*time.Second, time.Duration(20<<min(faults, 7))*time.Millisecond))
	}
}

// errIndex: the index cannot be written.
var errIndex = errors.New("index")

const (
	foldRun   = 1024     // most events of one transaction
	foldBytes = 32 << 20 // about so much waits to be folded
)

// subscribe takes in the log from where the fold stands.
func (s *Store) subscribe(ctx context.Context) error {
	if err := s.compare(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.fold.restart()
	var from esdb.AllPosition = esdb.Start{}
	if p := s.fold.reached; p != (position{}) {
		from = esdb.Position{Commit: p.commit, Prepare: p.prepare}
	}
	in, ended := make(chan input, foldRun), make(chan error, 1)
	go func() {
		_, err := call(ctx, s.link, func(ctx context.Context, c *esdb.Client) (struct{}, error) {
			return struct{}{}, receive(ctx, c, from, in)
		})
		ended <- err
	}()
	for {
		select {
		case first := <-in:
			if err := s.absorb(gather(first, in)); err != nil {
				return err
			}
		case err := <-ended:
			return err
		}
	}
}

// receive hands on what a subscription brings, until it is dropped.
func receive(ctx context.Context, c *esdb.Client, from esdb.AllPosition, in chan<- input) error {
	sub, err := c.SubscribeToAll(ctx, esdb.SubscribeToAllOptions{
		From: from, Filter: esdb.ExcludeSystemEventsFilter(), MaxSearchWindow: 256, CheckpointInterval: 1,
	})
	if err != nil {
		return err
	}
	defer sub.Close()
	for {
		var next input
		switch m := sub.Recv(); {
		case m.SubscriptionDropped != nil:
			return fmt.Errorf("dropped: %w", m.SubscriptionDropped.Error)
		case m.EventAppeared != nil && m.EventAppeared.Event != nil:
			next = input{event: m.EventAppeared.Event, at: where(m.EventAppeared.Event)}
		case m.CheckPointReached != nil:
			next = input{at: position{m.CheckPointReached.Commit, m.CheckPointReached.Prepare}}
		default:
			continue
		}
		select {
		case in <- next:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func where(e *esdb.RecordedEvent) position { return position{e.Position.Commit, e.Position.Prepare} }

// gather adds everything that waits, within bounds.
func gather(first input, in <-chan input) []input {
	batch, size := []input{first}, 0
	for len(batch) < foldRun && size < foldBytes {
		select {
		case next := <-in:
			batch = append(batch, next)
			if next.event != nil {
				size += len(next.event.Data)
			}
		default:
			return batch
		}
	}
	return batch
}

// absorb folds a run and tells everybody who waits for it.
func (s *Store) absorb(batch []input) error {
	skipped := s.fold.skipped
	if err := s.fold.take(batch); err != nil {
		return fmt.Errorf("%w: %w", errIndex, err)
	}
	if n := s.fold.skipped - skipped; n > 0 {
		s.o.Logger.Info("kurrentdb: appends that came too late are not counted", "appends", n)
	}
	s.announce()
	s.wake.moved(s.fold.reached, s.fold.moved)
	return nil
}

func (s *Store) announce() {
	head := s.fold.head
	s.head.Store(&head)
	s.growth.Reach(head.Position)
	s.wake.moved(s.fold.reached, nil)
}

// end is where the last event lies that is not the server's own.
func (s *Store) end(ctx context.Context) (position, error) {
	ctx, cancel := context.WithTimeout(ctx, s.o.Patience)
	defer cancel()
	return patient(ctx, func() (position, error) {
		return call(ctx, s.link, func(ctx context.Context, c *esdb.Client) (position, error) {
			events, err := c.ReadAll(ctx, esdb.ReadAllOptions{Direction: esdb.Backwards, From: esdb.End{}}, math.MaxInt64)
			if err != nil {
				return position{}, err
			}
			defer events.Close()
			for {
				e, err := events.Recv()
				switch {
				case ended(err):
					return position{}, nil
				case err != nil:
					return position{}, err
				case e.Event != nil && e.Event.EventType != "" && e.Event.EventType[0] != '$':
					return where(e.Event), nil
				}
			}
		})
	})
}

// patient repeats a call for as long as another attempt may help.
func patient[T any](ctx context.Context, f func() (T, error)) (T, error) {
	for n := 0; ; n++ {
		v, err := f()
		if err == nil || !passing(err) || ctx.Err() != nil {
			return v, err
		}
		pause(ctx, min(500*time.Millisecond, time.Duration(10<<min(n, 6))*time.Millisecond))
		if ctx.Err() != nil {
			return v, fmt.Errorf("%w: %w", ctx.Err(), err)
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// wakers are those who wait for the fold to come somewhere.
type wakers struct {
	mu      sync.Mutex
	reached position
	places  map[position]chan struct{}
	streams map[string]map[uint64]chan struct{} // of the server, by revision
}

// past is closed when everything up to p is decided.
func (w *wakers) past(p position) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	ch := w.places[p]
	if ch == nil {
		ch = make(chan struct{})
		if !w.reached.before(p) {
			close(ch)
			return ch
		}
		if w.places == nil {
			w.places = map[position]chan struct{}{}
		}
		w.places[p] = ch
	}
	return ch
}

// revision is closed when the fold next sees the revision of a stream, or a later
// one. It may have seen it before: look after asking.
func (w *wakers) revision(stream string, revision uint64) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.streams == nil {
		w.streams = map[string]map[uint64]chan struct{}{}
	}
	of := w.streams[stream]
	if of == nil {
		of = map[uint64]chan struct{}{}
		w.streams[stream] = of
	}
	if of[revision] == nil {
		of[revision] = make(chan struct{})
	}
	return of[revision]
}

func (w *wakers) moved(reached position, streams map[string]uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.reached.before(reached) {
		w.reached = reached
	}
	for p, ch := range w.places {
		if !w.reached.before(p) {
			close(ch)
			delete(w.places, p)
		}
	}
	for name, revision := range streams {
		for r, ch := range w.streams[name] {
			if r <= revision {
				close(ch)
				delete(w.streams[name], r)
			}
		}
		if len(w.streams[name]) == 0 {
			delete(w.streams, name)
		}
	}
}

// syncing lets those who ask at the same time share one look at the end of the log.
type syncing struct {
	mu   sync.Mutex // held by the look under way
	lock sync.Mutex
	next *look
}

type look struct {
	done chan struct{}
	err  error
}

// current waits until the index holds everything that was written before the call.
func (s *Store) current(ctx context.Context) error {
	if err := s.usable(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.sync.lock.Lock()
	l := s.sync.next
	if s.live.Err() != nil {
		s.sync.lock.Unlock()
		return ErrClosed
	}
	if l == nil {
		l = &look{done: make(chan struct{})}
		s.sync.next = l
		s.workers.Go(func() { s.look(l) })
	}
	s.sync.lock.Unlock()
	select {
	case <-l.done:
		return l.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) look(l *look) {
	defer close(l.done)
	s.sync.mu.Lock()
	defer s.sync.mu.Unlock()
	s.sync.lock.Lock()
	s.sync.next = nil // who comes from here on may have written after our look
	s.sync.lock.Unlock()
	ctx, cancel := context.WithTimeout(s.live, s.o.Patience)
	defer cancel()
	end, err := s.end(ctx)
	if err == nil {
		err = s.await(ctx, s.wake.past(end))
	}
	l.err = err
}

// await waits for the fold.
func (s *Store) await(ctx context.Context, ch <-chan struct{}) error {
	select {
	case <-ch:
		return nil
	case <-s.failed:
		return s.Fault()
	case <-s.live.Done():
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}
