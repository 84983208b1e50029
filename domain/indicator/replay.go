package indicator

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Replayed are figures counted again in one fold of the log from its first event:
// no read model is asked. It counts for decisions.
type Replayed struct {
	Read    uint64 // events
	answers map[domain.Asked]replayed
}

type replayed struct {
	counted domain.Counted
	err     error
}

var errNotReplayed = errors.New("this figure was not counted in the replay")

// Count answers a question that was part of the replay.
func (r *Replayed) Count(_ context.Context, asked domain.Asked) (domain.Counted, error) {
	a, ok := r.answers[asked]
	if !ok {
		return domain.Counted{}, errNotReplayed
	}
	return a.counted, a.err
}

// Recount is Count.
func (r *Replayed) Recount(ctx context.Context, asked domain.Asked) (domain.Counted, error) {
	return r.Count(ctx, asked)
}

// tellEvery is after how many events the asker of a replay is told how far it is.
const tellEvery = 1000

// Replay folds the log once and answers every question at its own position. A
// question that the book cannot answer has its refusal as its answer. tell, unless
// nil, is told every now and then how many of how many events have been read.
func Replay(ctx context.Context, store domain.EventStore, rules Rules, asked []domain.Asked, tell func(done, all int)) (*Replayed, error) {
	out := &Replayed{answers: map[domain.Asked]replayed{}}
	var open []domain.Asked
	for _, q := range asked {
		book, err := bookFor(ctx, rules, q, q.Position)
		if err != nil {
			return nil, err
		}
		if _, err := book.Question(q); err != nil {
			out.answers[q] = replayed{err: err}
		} else {
			open = append(open, q)
		}
	}
	slices.SortFunc(open, func(a, b domain.Asked) int { return cmp.Compare(a.Position, b.Position) })
	all := 0
	if len(open) > 0 {
		all = int(open[len(open)-1].Position)
	}
	s := NewState()
	answer := func() error {
		q := open[0]
		open = open[1:]
		counted, err := CountFor(ctx, stateSource{s}, rules, q)
		out.answers[q] = replayed{counted, err}
		return err
	}
	for rec, err := range store.All(ctx, 0) {
		if err != nil {
			return nil, err
		}
		for len(open) > 0 && open[0].Position < rec.Position {
			if err := answer(); err != nil {
				return nil, err
			}
		}
		if len(open) == 0 {
			return out, nil
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return nil, err
		}
		if _, err := s.Fold(rec.Position, rec.Type, rec.Stream, facts.Glance()); err != nil {
			return nil, err
		}
		if out.Read = rec.Position; tell != nil && out.Read%tellEvery == 0 {
			tell(int(out.Read), all)
		}
	}
	for len(open) > 0 {
		if err := answer(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// stateSource answers from a fold as it stands.
type stateSource struct{ state *State }

func (s stateSource) Figure(_ context.Context, q Question, _ uint64, today japan.Date) (Figure, error) {
	return Answer(s.state.Rows(q.Definition.Params()), q, today), nil
}

func (s stateSource) PositionAt(context.Context, japan.Date) (uint64, error) {
	return 0, errNotReplayed // a replay asks by position
}
