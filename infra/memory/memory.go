// Package memory keeps an event log in memory: a real store for tests and for
// building a log that is thrown away. It keeps the whole contract but outlives
// no process.
package memory

import (
	"context"
	"fmt"
	"iter"
	"sync"

	"github.com/google/uuid"

	"ayumi/domain"
)

// Store is an event store in memory. Make one with New.
type Store struct {
	growth domain.Growth

	mu      sync.RWMutex
	log     []domain.Recorded
	streams map[string][]uint64 // positions, by version
	ids     map[uuid.UUID]uint64
}

// New makes an empty store.
func New() *Store {
	return &Store{streams: map[string][]uint64{}, ids: map[uuid.UUID]uint64{}}
}

// Append keeps the contract of domain.EventStore.
func (s *Store) Append(ctx context.Context, commits ...domain.Commit) ([]domain.Token, error) {
	leaves := make([][][32]byte, len(commits))
	for i, c := range commits {
		var err error
		if leaves[i], err = c.Leaves(); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if tokens, ok := s.repeated(commits); ok {
		return tokens, nil
	}
	if !s.fits(commits) {
		return nil, domain.ErrConflict
	}
	tokens := make([]domain.Token, len(commits))
	for i, c := range commits {
		tokens[i] = s.write(c, leaves[i])
	}
	s.growth.Reach(uint64(len(s.log)))
	return tokens, nil
}

// repeated tells whether every event of the commits lies in its place already.
func (s *Store) repeated(commits []domain.Commit) ([]domain.Token, bool) {
	tokens, events := make([]domain.Token, len(commits)), 0
	for i, c := range commits {
		held := s.streams[c.Stream]
		tokens[i] = c.At
		for _, e := range c.Events {
			if e.Version > uint64(len(held)) || s.log[held[e.Version-1]-1].ID != e.ID {
				return nil, false
			}
			tokens[i] = domain.Token{Version: e.Version, Position: held[e.Version-1]}
		}
		events += len(c.Events)
	}
	return tokens, events > 0
}

func (s *Store) fits(commits []domain.Commit) bool {
	begun := map[string]bool{}
	fresh := map[uuid.UUID]bool{}
	for _, c := range commits {
		now := s.token(c.Stream, uint64(len(s.streams[c.Stream])))
		if begun[c.Stream] || now.Version != c.At.Version || (c.At.Position != 0 && c.At.Position != now.Position) {
			return false
		}
		begun[c.Stream] = true
		for _, e := range c.Events {
			if s.ids[e.ID] != 0 || fresh[e.ID] {
				return false
			}
			fresh[e.ID] = true
		}
	}
	return true
}

func (s *Store) token(stream string, version uint64) domain.Token {
	held := s.streams[stream]
	if version == 0 || version > uint64(len(held)) {
		return domain.Token{}
	}
	return domain.Token{Version: version, Position: held[version-1]}
}

func (s *Store) write(c domain.Commit, leaves [][32]byte) domain.Token {
	for i, e := range c.Events {
		e.Position = uint64(len(s.log)) + 1
		e.Leaf = leaves[i]
		e.Body = append([]byte(nil), e.Body...)
		s.log = append(s.log, e)
		s.streams[c.Stream] = append(s.streams[c.Stream], e.Position)
		s.ids[e.ID] = e.Position
	}
	return s.token(c.Stream, c.At.Version+uint64(len(c.Events)))
}

// Stream keeps the contract of domain.EventStore.
func (s *Store) Stream(ctx context.Context, stream string, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		s.mu.RLock()
		held, log := s.streams[stream], s.log
		s.mu.RUnlock()
		for i := after; i < uint64(len(held)); i++ {
			if !s.hand(ctx, log[held[i]-1], yield) {
				return
			}
		}
	}
}

// All keeps the contract of domain.EventStore.
func (s *Store) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	s.mu.RLock()
	log := s.log
	s.mu.RUnlock()
	return func(yield func(domain.Recorded, error) bool) {
		for i := after; i < uint64(len(log)); i++ {
			if !s.hand(ctx, log[i], yield) {
				return
			}
		}
	}
}

// hand yields a copy, so that nobody can change the log through it.
func (s *Store) hand(ctx context.Context, e domain.Recorded, yield func(domain.Recorded, error) bool) bool {
	if err := ctx.Err(); err != nil {
		yield(domain.Recorded{}, fmt.Errorf("read position %d: %w", e.Position, err))
		return false
	}
	e.Body = append([]byte(nil), e.Body...)
	return yield(e, nil)
}

// Head keeps the contract of domain.EventStore.
func (s *Store) Head(context.Context) (domain.Recorded, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(s.log) == 0 {
		return domain.Recorded{}, nil
	}
	last := s.log[len(s.log)-1]
	return domain.Recorded{Position: last.Position, ID: last.ID}, nil
}

// Grown keeps the contract of domain.EventStore.
func (s *Store) Grown(position uint64) <-chan struct{} { return s.growth.Past(position) }
