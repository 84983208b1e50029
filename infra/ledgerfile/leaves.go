package ledgerfile

import (
	"context"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
)

// Leaves is a log as a Sealer sees it.
type Leaves interface {
	// Size is how many leaves there are.
	Size(ctx context.Context) (int64, error)
	// All yields the leaf hashes after so many, ascending and without a gap, each
	// made from what is stored now. ledger.Missing: one cannot be made any more.
	All(ctx context.Context, after int64) iter.Seq2[[32]byte, error]
	// Agrees answers why a tree is not the one the log itself keeps; nil where it
	// keeps none.
	Agrees(ctx context.Context, tree tlog.Tree) error
}

// events are the leaves of an event store.
type events struct{ store domain.EventStore }

func (e events) Size(ctx context.Context) (int64, error) {
	head, err := e.store.Head(ctx)
	return int64(head.Position), err
}

func (e events) All(ctx context.Context, after int64) iter.Seq2[[32]byte, error] {
	return func(yield func([32]byte, error) bool) {
		var hasher domain.LeafHasher
		next := uint64(after)
		for rec, err := range e.store.All(ctx, next) {
			if next++; err == nil && rec.Position != next {
				err = fmt.Errorf("position %d follows %d", rec.Position, next-1)
			}
			if err != nil {
				yield([32]byte{}, err)
				return
			}
			if !yield(hasher.Of(rec.Body), nil) {
				return
			}
		}
	}
}

func (events) Agrees(context.Context, tlog.Tree) error { return nil }
