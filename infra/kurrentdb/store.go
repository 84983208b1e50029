// Package kurrentdb keeps the log in KurrentDB (EventStoreDB): one event of ours is
// one event there, in the stream of the same name, with its body as on the wire.
//
// KurrentDB is the truth, and several instances may write at once. What it does not
// have (positions without gaps, appends to several streams, ids that stand once) each
// instance works out from the log of all, in its order: the fold. Its index lies in a
// file that may be lost at any time.
package kurrentdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"ayumi/domain"
)

// ErrClosed: the store was closed before the call or while it waited.
var ErrClosed = errors.New("event store is closed")

// Options of a store. URL and Index are needed.
type Options struct {
	// URL is the connection string: esdb://host:2113?tls=true, or several hosts of a
	// cluster, or esdb+discover://name. A user and a password in it go over TLS alone.
	URL string
	// Index is the path of the index. It belongs to one store at a time.
	Index string
	// Log is the name of one of several logs on the same servers; "" is the only one.
	// It stands before the name of every stream.
	Log string
	// Patience is how long KurrentDB may stay silent before a call fails; default 10 s.
	Patience time.Duration
	// Logger receives what an operator should know. It never holds a body.
	Logger *slog.Logger
}

// Store is an event store in KurrentDB. It keeps the contract of domain.EventStore.
// Head and Stream know everything that was written before the call, by whichever
// instance; All reaches as far as this instance has followed.
type Store struct {
	o      Options
	link   *link
	index  *index
	fold   *fold // of the follower
	growth domain.Growth
	head   atomic.Pointer[domain.Recorded]
	wake   wakers
	sync   syncing

	live    context.Context
	stop    context.CancelFunc
	workers sync.WaitGroup
	close   sync.Once
	failed  chan struct{}
	fault   atomic.Pointer[error]
}

// Open reaches KurrentDB and follows its log to the end, which takes a while for an
// index that begins anew. The context's end stops it.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Patience <= 0 {
		o.Patience = 10 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	s := &Store{o: o, failed: make(chan struct{})}
	var err error
	if s.link, err = newLink(o.URL, o.Logger); err != nil {
		return nil, fmt.Errorf("kurrentdb: %w", err)
	}
	s.live, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := away(ctx, s.begin(ctx)); err != nil {
		s.stop()
		s.link.close()
		if s.index != nil {
			err = errors.Join(err, s.index.close())
		}
		return nil, fmt.Errorf("kurrentdb: %w", err)
	}
	s.workers.Go(s.follow)
	if err := away(ctx, s.arrive(ctx)); err != nil {
		return nil, errors.Join(fmt.Errorf("kurrentdb: %w", err), s.Close())
	}
	return s, nil
}

// begin opens the index, and a new one if it was made from another log than the one
// that is there now.
func (s *Store) begin(ctx context.Context) (err error) {
	if s.index, err = openIndex(s.o.Index, s.o.Log); err != nil {
		return err
	}
	met, cancel := context.WithTimeout(ctx, s.o.Patience)
	defer cancel()
	_, err = patient(met, func() (struct{}, error) { return struct{}{}, s.compare(met) })
	if errors.Is(err, errOther) {
		s.o.Logger.Warn("kurrentdb: the index is of another log, it is made again", "cause", err)
		if err = s.index.remove(); err != nil {
			return err
		}
		s.index, err = openIndex(s.o.Index, s.o.Log)
	}
	if err != nil {
		return err
	}
	if s.fold, err = newFold(s.o.Log, s.index); err != nil {
		return err
	}
	s.announce()
	return nil
}

// errOther: the index does not come from the log that KurrentDB holds.
var errOther = errors.New("KurrentDB holds another log")

// compare looks whether the last event of the index lies where it was.
func (s *Store) compare(ctx context.Context) error {
	last, err := s.index.readPlaces(ctx, s.o.Log, selectLast, 1, nil)
	if err != nil || len(last) == 0 {
		return err
	}
	found, err := s.fetchStream(ctx, last[0].native, last[0].revision, 1)
	switch {
	case errors.Is(err, errNoStream):
		return fmt.Errorf("%w: stream %s is not there", errOther, last[0].native)
	case err != nil:
		return err
	case len(found) == 0 || found[0].EventID != last[0].id || where(found[0]) != last[0].at:
		return fmt.Errorf("%w: position %d", errOther, last[0].position)
	}
	return nil
}

// arrive waits until the index holds what KurrentDB held at the call.
func (s *Store) arrive(ctx context.Context) error {
	end, err := s.end(ctx)
	if err != nil {
		return err
	}
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	arrived := s.wake.past(end)
	for {
		select {
		case <-arrived:
			return nil
		case <-s.failed:
			return s.Fault()
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			s.o.Logger.Info("kurrentdb: following the log", "position", s.head.Load().Position)
		}
	}
}

// Close ends the following and every call under way.
func (s *Store) Close() error {
	var err error
	s.close.Do(func() {
		s.sync.lock.Lock()
		s.stop()
		s.sync.lock.Unlock()
		s.link.close()
		s.workers.Wait()
		err = s.index.close()
	})
	return err
}

// Failed is closed when the store has met a fault after which it must not go on.
// Fault says which.
func (s *Store) Failed() <-chan struct{} { return s.failed }

// Fault is the fault that ended the store, wrapping domain.ErrStoreFailed, or nil.
func (s *Store) Fault() error {
	if p := s.fault.Load(); p != nil {
		return *p
	}
	return nil
}

func (s *Store) fail(cause error) {
	err := fmt.Errorf("%w: kurrentdb: %w", domain.ErrStoreFailed, cause)
	if s.fault.CompareAndSwap(nil, &err) {
		close(s.failed)
	}
}

// usable says why nothing can be asked any more, or nil.
func (s *Store) usable() error {
	if s.live.Err() != nil {
		return ErrClosed
	}
	return s.Fault()
}

// Head keeps the contract of domain.EventStore.
func (s *Store) Head(ctx context.Context) (domain.Recorded, error) {
	if err := s.current(ctx); err != nil {
		return domain.Recorded{}, fmt.Errorf("head of the log: %w", away(ctx, err))
	}
	return *s.head.Load(), nil
}

// Grown keeps the contract of domain.EventStore.
func (s *Store) Grown(position uint64) <-chan struct{} { return s.growth.Past(position) }
