package faults

import (
	"context"
	"errors"
	"iter"

	"ayumi/domain"
)

// Retry is a client of a faulty store that does what the contract asks: it
// appends the same events again and reads on from where it was cut. With it a
// faulty store must keep the whole contract.
type Retry struct{ *Store }

// Append tries until the answer is not an injected fault. Before it answers a
// conflict it waits for its own attempts that were cut off: one of them could come
// in later, when the stream stands where it was expected.
func (r Retry) Append(ctx context.Context, commits ...domain.Commit) ([]domain.Token, error) {
	var flying []*cutOff
	for {
		tokens, err := r.Store.Append(ctx, commits...)
		if !errors.Is(err, ErrInjected) {
			for _, c := range flying {
				<-c.landed
			}
			return tokens, err
		}
		var c *cutOff
		if errors.As(err, &c) {
			flying = append(flying, c)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// Head tries until it is answered.
func (r Retry) Head(ctx context.Context) (domain.Recorded, error) {
	for {
		head, err := r.Store.Head(ctx)
		if !errors.Is(err, ErrInjected) {
			return head, err
		}
	}
}

// Stream reads on after each cut.
func (r Retry) Stream(ctx context.Context, stream string, after uint64) iter.Seq2[domain.Recorded, error] {
	return resume(after, func(after uint64) iter.Seq2[domain.Recorded, error] {
		return r.Store.Stream(ctx, stream, after)
	}, func(e domain.Recorded) uint64 { return e.Version })
}

// All reads on after each cut, up to the head at the moment of the call.
func (r Retry) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	head, err := r.Head(ctx)
	events := resume(after, func(after uint64) iter.Seq2[domain.Recorded, error] {
		return r.Store.All(ctx, after)
	}, func(e domain.Recorded) uint64 { return e.Position })
	return func(yield func(domain.Recorded, error) bool) {
		if err != nil {
			yield(domain.Recorded{}, err)
			return
		}
		for e, err := range events {
			if e.Position > head.Position || !yield(e, err) {
				return
			}
		}
	}
}

func resume(after uint64, read func(after uint64) iter.Seq2[domain.Recorded, error], place func(domain.Recorded) uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		after := after
		for again := true; again; {
			again = false
			for e, err := range read(after) {
				if again = errors.Is(err, ErrInjected); again {
					break
				}
				if !yield(e, err) {
					return
				}
				after = place(e)
			}
		}
	}
}
