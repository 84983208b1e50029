// Package people finds persons by what somebody remembers of them. The index is
// decrypted profiles in memory, built at the start from the log and kept current
// by it; nothing of it is ever written anywhere (ui/libraries.md 3).
package people

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"ayumi/domain"
)

// Feed hands out the log.
type Feed interface {
	// Events yields every event after a position, live, in order and without a
	// gap, until ctx ends.
	Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error]
}

// Recorder keeps the access log. An error means that the entry is not kept.
type Recorder interface {
	// RecordIndex notes that a system index is about to open all profiles.
	RecordIndex(ctx context.Context, at time.Time) error
}

// ErrBuilding: the index has not seen the whole log yet.
var ErrBuilding = errors.New("people index is being built")

// Config is what an Index needs.
type Config struct {
	Feed   Feed
	Keys   domain.Keyring
	Origin string // the log's identity
	Log    Recorder
	// Head answers the last event of the log (position and id).
	Head func(ctx context.Context) (domain.Recorded, error)
	// Now is the clock of roles and of the access log; default time.Now.
	Now func() time.Time
	// Agreed tells whether two prefectures tell each other that a record exists;
	// nil: none do.
	Agreed func(a, b string) bool
	// Report receives what an operator should know: never a name.
	Report func(what string, err error)
}

// Index is the people of one log. Make one with New and let it Run.
type Index struct {
	cfg Config

	mu    sync.RWMutex
	book  *book
	ready bool
	grown chan struct{} // closed when the position moves, if somebody waits
}

// New makes an empty index.
func New(cfg Config) *Index {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Agreed == nil {
		cfg.Agreed = func(string, string) bool { return false }
	}
	if cfg.Report == nil {
		cfg.Report = func(string, error) {}
	}
	return &Index{cfg: cfg, book: newBook()}
}

const patience = 200 * time.Millisecond

// Run builds the index and keeps it current until ctx ends, and answers nil
// then. After a fault of the access log or the feed it reports and builds anew:
// the log may be another one than before.
func (x *Index) Run(ctx context.Context) error {
	for {
		err := x.build(ctx)
		if ctx.Err() != nil {
			return nil
		}
		x.cfg.Report("people index begins again", err)
		select {
		case <-time.After(patience):
		case <-ctx.Done():
			return nil
		}
	}
}

var errEnded = errors.New("feed has ended")

// build forgets everything and follows the log from its beginning.
func (x *Index) build(ctx context.Context) error {
	x.mu.Lock()
	x.book, x.ready = newBook(), false
	x.mu.Unlock()
	if err := x.cfg.Log.RecordIndex(ctx, x.cfg.Now()); err != nil {
		return fmt.Errorf("access log: %w", err)
	}
	head, err := x.cfg.Head(ctx)
	if err != nil {
		return fmt.Errorf("head: %w", err)
	}
	x.reach(func() { x.ready = head.Position == 0 })
	for rec, err := range x.cfg.Feed.Events(ctx, 0) {
		if err != nil {
			return fmt.Errorf("feed: %w", err)
		}
		if err := x.take(ctx, rec, head.Position); err != nil {
			return err
		}
	}
	return errEnded
}

// take folds one event. Opening is slow and needs no lock.
func (x *Index) take(ctx context.Context, rec domain.Recorded, head uint64) error {
	e, err := read(ctx, rec, x.open)
	if err != nil {
		return err
	}
	x.reach(func() {
		x.book.apply(e)
		x.ready = x.ready || rec.Position >= head
	})
	return nil
}

// reach changes the index and wakes those who wait for it.
func (x *Index) reach(change func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	change()
	if x.grown != nil {
		close(x.grown)
		x.grown = nil
	}
}

// open decrypts the personal sections that the person's own key seals. What does
// not open is left out and reported: one damaged record must not hide the others.
func (x *Index) open(ctx context.Context, rec domain.Recorded, person string) (map[string]string, error) {
	body, err := domain.ParseBody(rec.Body)
	if err != nil {
		return nil, fmt.Errorf("position %d: %w", rec.Position, err)
	}
	for _, raw := range body.Sealed {
		s, err := domain.ParseSection(raw)
		if err != nil {
			return nil, fmt.Errorf("position %d: %w", rec.Position, err)
		}
		if s.Class != 'P' || s.Owner != person {
			continue
		}
		texts, err := domain.OpenSection(ctx, x.cfg.Keys, x.cfg.Origin, rec, s)
		for errors.Is(err, domain.ErrStoreAway) && ctx.Err() == nil { // the keys cannot be reached: nobody is left out for that
			x.cfg.Report("people index waits", fmt.Errorf("position %d: %w", rec.Position, err))
			select {
			case <-time.After(patience):
			case <-ctx.Done():
			}
			texts, err = domain.OpenSection(ctx, x.cfg.Keys, x.cfg.Origin, rec, s)
		}
		switch {
		case errors.Is(err, domain.ErrErased), ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			x.cfg.Report("people index leaves out a record", fmt.Errorf("position %d: %w", rec.Position, err))
		}
		return texts, nil
	}
	return nil, nil
}

// Forget takes a person out at once, before its erasure is answered; the events
// of the erasure say it again.
func (x *Index) Forget(person string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if p, ok := x.book.persons[person]; ok {
		p.forget()
		x.book.pile.wipe(p)
	}
}

// Wait returns when the index has seen a position, or with ctx's error.
func (x *Index) Wait(ctx context.Context, position uint64) error {
	for {
		x.mu.Lock()
		if x.ready && x.book.position >= position {
			x.mu.Unlock()
			return nil
		}
		if x.grown == nil {
			x.grown = make(chan struct{})
		}
		grown := x.grown
		x.mu.Unlock()
		select {
		case <-grown:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Count is how many persons can be found.
func (x *Index) Count() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := 0
	for _, p := range x.book.order {
		if p.known() {
			n++
		}
	}
	return n
}
