package office

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Mark is how far reactions were carried out: a position with its event's id.
type Mark struct {
	Position uint64
	Event    string
}

// Follower answers what must follow from the next event. It is told of events it
// answered before with Learn.
type Follower interface {
	Learn(rec domain.Recorded) error
	After(ctx context.Context, rec domain.Recorded) ([]Request, error)
}

// Reactions carries out what a Follower answers, each event's before the mark
// passes it. What a crash makes it do twice is in the log once: the ids derive
// from the events.
type Reactions struct {
	Office   *Office
	Follower Follower
	Mark     Mark // where it begins
	// Keep writes the mark down.
	Keep func(ctx context.Context, m Mark) error
	Now  func() time.Time
	// Report receives a reaction that was refused.
	Report func(what string, err error)

	mu   sync.Mutex
	seen Mark
	kept uint64
}

// seldom is how many events without a reaction pass before the mark is written.
const seldom = 1000

// Take takes the next event in, from position 1. An error means that the event
// was not dealt with: begin again from the mark.
func (x *Reactions) Take(ctx context.Context, rec domain.Recorded) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if rec.Position != x.seen.Position+1 {
		return fmt.Errorf("reactions: position %d after %d", rec.Position, x.seen.Position)
	}
	here := Mark{Position: rec.Position, Event: rec.ID.String()}
	if rec.Position <= x.Mark.Position {
		x.seen, x.kept = here, rec.Position
		return x.Follower.Learn(rec)
	}
	follow, err := x.Follower.After(ctx, rec)
	if err != nil {
		return err
	}
	if err := x.carryOut(ctx, follow); err != nil {
		return fmt.Errorf("position %d: %w", rec.Position, err)
	}
	x.seen = here
	if len(follow) == 0 && rec.Position < x.kept+seldom {
		return nil
	}
	x.kept = rec.Position
	return x.Keep(ctx, here)
}

// Day carries out what is due today, of what was taken in so far.
func (x *Reactions) Day(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	d, ok := x.Follower.(interface {
		Due(today japan.Date) []Request
	})
	if !ok {
		return nil
	}
	return x.carryOut(ctx, d.Due(japan.DateOf(x.Now())))
}

func (x *Reactions) carryOut(ctx context.Context, all []Request) error {
	for _, r := range all {
		r.At = x.Now()
		_, err := x.Office.Do(ctx, r)
		var one *domain.Refusal
		switch {
		case err == nil, Overtaken(err):
		case errors.As(err, &one):
			x.Report("reaction refused", fmt.Errorf("%s %s: %w", r.Command, r.ID, err))
		default:
			return fmt.Errorf("%s: %w", r.Command, err)
		}
	}
	return nil
}
