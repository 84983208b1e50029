package indicator

import (
	"context"
	"fmt"
	"strings"

	"ayumi/domain"
)

// Rules answers which definitions count at a scope.
type Rules interface {
	Book(ctx context.Context, scope string) (*Book, error)
}

// Book lets a book count at every scope, as it is.
func (b *Book) Book(context.Context, string) (*Book, error) { return b, nil }

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

// RulesRead are the definitions that were found in a log.
type RulesRead struct{ series []*Series }

// ReadRules reads the definitions of all scopes out of a log.
func ReadRules(ctx context.Context, store domain.EventStore) (*RulesRead, error) {
	out := &RulesRead{}
	files := map[string]*Series{}
	for rec, err := range store.All(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(rec.Type, Aggregate.Category+".") {
			continue
		}
		env, ev, err := Aggregate.Decode(rec)
		if err != nil {
			return nil, fmt.Errorf("position %d: %w", rec.Position, err)
		}
		s := files[rec.Stream]
		if s == nil {
			s = Aggregate.New()
			files[rec.Stream], out.series = s, append(out.series, s)
		}
		ev.Apply(s, env)
	}
	return out, nil
}

// Book answers the definitions of a scope (BookOf).
func (r *RulesRead) Book(_ context.Context, scope string) (*Book, error) {
	return BookOf(scope, r.series)
}
