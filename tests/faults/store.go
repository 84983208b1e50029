// Package faults wraps an event store so that it fails in the ways real stores
// fail, and a client that does what the contract asks: try the same events again.
package faults

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"runtime"
	"sync"

	"ayumi/domain"
)

// ErrInjected is the only error the wrapper adds.
var ErrInjected = errors.New("injected fault")

// Store passes calls on to Inner and spoils about half of them.
type Store struct {
	Inner domain.EventStore

	mu     sync.Mutex
	random *rand.Rand
	flying sync.WaitGroup
	met    map[string]int
}

// New wraps a store; one seed gives one order of faults.
func New(inner domain.EventStore, seed uint64) *Store {
	return &Store{Inner: inner, random: rand.New(rand.NewPCG(seed, 1)), met: map[string]int{}}
}

// Land waits for appends whose caller was cut off.
func (s *Store) Land() { s.flying.Wait() }

// Met tells how often each fault was met.
func (s *Store) Met() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.met
}

func (s *Store) pick(faults ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := "none"
	if i := s.random.IntN(2 * len(faults)); i < len(faults) {
		f = faults[i]
	}
	s.met[f]++
	return f
}

// Append fails before it began, fails after it succeeded, comes late, or is cut:
// the caller hears an error while the append goes on by itself.
func (s *Store) Append(ctx context.Context, commits ...domain.Commit) ([]domain.Token, error) {
	switch s.pick("before", "after", "delay", "cut") {
	case "before":
		return nil, ErrInjected
	case "after":
		if tokens, err := s.Inner.Append(ctx, commits...); err != nil {
			return tokens, err
		}
		return nil, ErrInjected
	case "delay":
		for range 100 {
			runtime.Gosched()
		}
	case "cut":
		own, landed := copied(commits), make(chan struct{})
		s.flying.Go(func() {
			defer close(landed)
			s.Inner.Append(context.WithoutCancel(ctx), own...)
		})
		return nil, &cutOff{landed}
	}
	return s.Inner.Append(ctx, commits...)
}

// cutOff is the error of an append that goes on by itself.
type cutOff struct{ landed <-chan struct{} }

func (c *cutOff) Error() string { return ErrInjected.Error() }

func (c *cutOff) Is(target error) bool { return target == ErrInjected }

// copied keeps a cut append from reading what its caller goes on to change.
func copied(commits []domain.Commit) []domain.Commit {
	out := append([]domain.Commit(nil), commits...)
	for i, c := range out {
		out[i].Events = append([]domain.Recorded(nil), c.Events...)
		for j, e := range out[i].Events {
			out[i].Events[j].Body = append([]byte(nil), e.Body...)
		}
	}
	return out
}

// Stream fails at once or is cut after some events.
func (s *Store) Stream(ctx context.Context, stream string, after uint64) iter.Seq2[domain.Recorded, error] {
	return s.cut(s.Inner.Stream(ctx, stream, after))
}

// All fails at once or is cut after some events.
func (s *Store) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return s.cut(s.Inner.All(ctx, after))
}

func (s *Store) cut(events iter.Seq2[domain.Recorded, error]) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		left := -1
		switch s.pick("no read", "cut read") {
		case "no read":
			left = 0
		case "cut read":
			left = 7
		}
		for e, err := range events {
			if left == 0 {
				yield(domain.Recorded{}, ErrInjected)
				return
			}
			left--
			if !yield(e, err) {
				return
			}
		}
	}
}

// Head fails sometimes.
func (s *Store) Head(ctx context.Context) (domain.Recorded, error) {
	if s.pick("no head") != "none" {
		return domain.Recorded{}, ErrInjected
	}
	return s.Inner.Head(ctx)
}

// Grown is passed on.
func (s *Store) Grown(position uint64) <-chan struct{} { return s.Inner.Grown(position) }
