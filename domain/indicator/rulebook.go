package indicator

import (
	"context"
	"fmt"
	"math"
	"strings"

	"ayumi/domain"
)

// Rules answers which definitions count at a scope.
type Rules interface {
	Book(ctx context.Context, scope string) (*Book, error)
	// BookAt answers them as the log held them at a position (Book.Known).
	BookAt(ctx context.Context, scope string, position uint64) (*Book, error)
}

// Book lets a book count at every scope, as it is.
func (b *Book) Book(context.Context, string) (*Book, error) { return b, nil }

// BookAt is Book: a book knows no positions.
func (b *Book) BookAt(context.Context, string, uint64) (*Book, error) { return b, nil }

// LogRules are the definitions as the log itself holds them: where there is no read
// model, or none is to be trusted. Each question reads the whole log.
type LogRules struct{ Store domain.EventStore }

// Book answers the definitions of a scope (BookOf).
func (r LogRules) Book(ctx context.Context, scope string) (*Book, error) {
	all, err := ReadRules(ctx, r.Store)
	if err != nil {
		return nil, err
	}
	return all.Book(ctx, scope)
}

// BookAt answers the definitions of a scope as they were known at a position.
func (r LogRules) BookAt(ctx context.Context, scope string, position uint64) (*Book, error) {
	all, err := ReadRules(ctx, r.Store)
	if err != nil {
		return nil, err
	}
	return all.BookAt(ctx, scope, position)
}

// RulesRead are the definitions that were found in a log.
type RulesRead struct{ events []domain.Recorded }

// ReadRules reads the definitions of all scopes out of a log.
func ReadRules(ctx context.Context, store domain.EventStore) (*RulesRead, error) {
	out := &RulesRead{}
	for rec, err := range store.All(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(rec.Type, Aggregate.Category+".") {
			out.events = append(out.events, rec)
		}
	}
	return out, nil
}

// Book answers the definitions of a scope (BookOf).
func (r *RulesRead) Book(_ context.Context, scope string) (*Book, error) {
	series, err := SeriesAt(r.events, math.MaxUint64)
	if err != nil {
		return nil, err
	}
	return BookOf(scope, series)
}

// BookAt answers the definitions of a scope as they were known at a position.
func (r *RulesRead) BookAt(ctx context.Context, scope string, position uint64) (*Book, error) {
	now, err := r.Book(ctx, scope)
	if err != nil || len(r.events) == 0 || position >= r.events[len(r.events)-1].Position {
		return now, err
	}
	series, err := SeriesAt(r.events, position)
	if err != nil {
		return nil, err
	}
	then, err := BookOf(scope, series)
	if err != nil {
		return nil, err
	}
	return now.Known(then), nil
}

// SeriesAt folds the events of indicators, in order of the log, up to a position.
func SeriesAt(events []domain.Recorded, position uint64) ([]*Series, error) {
	var out []*Series
	files := map[string]*Series{}
	for _, rec := range events {
		if rec.Position > position {
			break
		}
		env, ev, err := Aggregate.Decode(rec)
		if err != nil {
			return nil, fmt.Errorf("position %d: %w", rec.Position, err)
		}
		s := files[rec.Stream]
		if s == nil {
			s = Aggregate.New()
			files[rec.Stream], out = s, append(out, s)
		}
		ev.Apply(s, env)
	}
	return out, nil
}
