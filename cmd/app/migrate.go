package app

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"

	"ayumi/domain"
	"ayumi/domain/ledger"
)

// Moved is what a migration has carried and how it is proven: both logs give one tree.
type Moved struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Events uint64 `json:"events"`
	Before uint64 `json:"before"` // there already, from an attempt before
	Root   string `json:"root"`   // of the tree of both logs, hex
}

// ErrDiffer: the log to carry to holds something else than the log to carry.
var ErrDiffer = errors.New("the other log holds other events")

// ErrSameEngine: a log is carried from one engine to another.
var ErrSameEngine = errors.New("both engines are the same")

// Migrate carries the log of a data directory from one engine to another, event by
// event, each at its position. What an attempt before has carried is compared and
// kept. When both logs have the same tree head, and only then, the directory goes over
// to the other engine; the log that was carried stays as it is. No server may run.
// progress is told how many of how many are there; it may be nil.
func Migrate(ctx context.Context, c Config, from, to string, progress func(done, all int)) (m Moved, err error) {
	c = c.filled()
	m = Moved{From: from, To: to}
	if from == to {
		return m, ErrSameEngine
	}
	release, err := hold(c)
	if err != nil {
		return m, err
	}
	defer release()
	lies, err := engineOf(c)
	if err != nil {
		return m, err
	}
	if lies != "" && lies != from {
		return m, OtherEngine{lies, from}
	}
	source, err := openEngine(ctx, c, from)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := openEngine(ctx, c, to)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if err := carry(ctx, source, target, &m, progress); err != nil {
		return m, err
	}
	return m, setEngine(c, to)
}

func carry(ctx context.Context, source, target EventLog, m *Moved, progress func(done, all int)) error {
	head, err := source.Head(ctx)
	if err != nil {
		return err
	}
	if head.Position == 0 {
		return ErrNoLog
	}
	there, err := target.Head(ctx)
	if err != nil {
		return err
	}
	if there.Position > head.Position {
		return fmt.Errorf("%w: %d, here are %d", ErrDiffer, there.Position, head.Position)
	}
	m.Events, m.Before = head.Position, there.Position
	if there.Position > 0 { // before anything is added
		if err := sameTree(ctx, source, target, there.Position, nil); err != nil {
			return err
		}
	}
	events := watched(source.All(ctx, there.Position), head.Position, progress)
	if c, ok := target.(interface {
		Carry(context.Context, iter.Seq2[domain.Recorded, error]) error
	}); ok {
		err = c.Carry(ctx, events)
	} else {
		err = carryByAppend(ctx, target, events)
	}
	if err != nil {
		return err
	}
	return sameTree(ctx, source, target, head.Position, &m.Root)
}

// watched tells of every event that passes.
func watched(events iter.Seq2[domain.Recorded, error], all uint64, progress func(done, all int)) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range events {
			if !yield(e, err) {
				return
			}
			if progress != nil && err == nil {
				progress(int(e.Position), int(all))
			}
		}
	}
}

// carryRun is the most events of one append.
const carryRun = 1000

// carryByAppend appends runs of events in their order; a run ends where a stream would
// stand in it twice, apart.
func carryByAppend(ctx context.Context, target domain.EventStore, events iter.Seq2[domain.Recorded, error]) error {
	var run []domain.Commit
	begun, size := map[string]bool{}, 0
	flush := func() error {
		if len(run) == 0 {
			return nil
		}
		_, err := target.Append(ctx, run...)
		run, size = nil, 0
		clear(begun)
		return err
	}
	for e, err := range events {
		if err != nil {
			return err
		}
		last := len(run) - 1
		follows := last >= 0 && run[last].Stream == e.Stream
		if size >= carryRun || (!follows && begun[e.Stream]) {
			if err := flush(); err != nil {
				return err
			}
			follows = false
		}
		if !follows {
			run = append(run, domain.Commit{Stream: e.Stream, At: domain.Token{Version: e.Version - 1}})
			begun[e.Stream] = true
			last = len(run) - 1
		}
		run[last].Events, size = append(run[last].Events, e), size+1
	}
	return flush()
}

// sameTree demands that the first n events of both logs give one tree, hashed from
// their bodies.
func sameTree(ctx context.Context, source, target domain.EventStore, n uint64, root *string) error {
	here, err := treeOf(ctx, source, n)
	if err != nil {
		return err
	}
	there, err := treeOf(ctx, target, n)
	if err != nil {
		return err
	}
	if here.Root() != there.Root() {
		h, t := here.Root(), there.Root()
		return fmt.Errorf("%w: the tree of %d events is %x, there %x", ErrDiffer, n, h[:], t[:])
	}
	if root != nil {
		r := here.Root()
		*root = hex.EncodeToString(r[:])
	}
	return nil
}

func treeOf(ctx context.Context, store domain.EventStore, n uint64) (*ledger.Frontier, error) {
	tree, count := &ledger.Frontier{}, uint64(0)
	for e, err := range store.All(ctx, 0) {
		if err != nil {
			return nil, err
		}
		leaf, err := domain.Leaf(e.Body)
		if err != nil {
			return nil, fmt.Errorf("position %d: %w", e.Position, err)
		}
		tree.Append(leaf)
		if count++; count == n {
			return tree, nil
		}
	}
	return nil, fmt.Errorf("the log ends at position %d, before %d", count, n)
}
