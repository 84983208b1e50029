package sqlitestore

import (
	"context"
	"fmt"

	"ayumi/domain"
)

// One transaction takes at most so many commits and bytes.
const (
	maxGroup      = 500
	maxGroupBytes = 4 << 20
)

// request is one Append on its way through the committer.
type request struct {
	ctx     context.Context
	commits []domain.Commit
	leaves  [][][32]byte
	bytes   int
	tokens  []domain.Token
	err     error         // the answer, held back until the transaction is durable
	answer  chan struct{} // closed when tokens and err stand
}

// Append keeps the contract of domain.EventStore. Leaf hashes are computed here,
// in the caller's goroutine.
func (s *Store) Append(ctx context.Context, commits ...domain.Commit) ([]domain.Token, error) {
	if len(commits) == 0 {
		return nil, s.Fault()
	}
	r := &request{ctx: ctx, commits: commits, leaves: make([][][32]byte, len(commits)), answer: make(chan struct{})}
	for i, c := range commits {
		var err error
		if r.leaves[i], err = c.Leaves(); err != nil {
			return nil, err
		}
		for _, e := range c.Events {
			r.bytes += len(e.Body)
		}
	}
	if err := s.enqueue(r); err != nil {
		return nil, err
	}
	return s.wait(r)
}

func (s *Store) enqueue(r *request) error {
	if err := r.ctx.Err(); err != nil {
		return fmt.Errorf("append: %w", err)
	}
	select {
	case <-s.closing:
		return ErrClosed
	default:
	}
	select {
	case s.queue <- r:
		return nil
	case <-r.ctx.Done():
		return fmt.Errorf("append: %w", r.ctx.Err())
	case <-s.done:
		return ErrClosed
	}
}

func (s *Store) wait(r *request) ([]domain.Token, error) {
	select {
	case <-r.answer:
		return r.tokens, r.err
	case <-r.ctx.Done():
		return nil, fmt.Errorf("append, outcome unknown: %w", r.ctx.Err())
	case <-s.done:
	}
	// The committer has ended; it may have answered just before.
	select {
	case <-r.answer:
		return r.tokens, r.err
	default:
		return nil, ErrClosed
	}
}
