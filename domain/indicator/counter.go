package indicator

import (
	"context"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Source is where figures are counted: a read model, or the log itself.
type Source interface {
	Figure(ctx context.Context, q Question, known uint64, today japan.Date) (Figure, error)
	// PositionAt answers the last position recorded by 24:00 of a day in Japan.
	PositionAt(ctx context.Context, day japan.Date) (uint64, error)
}

// CountFor answers a decision's question from a source. Refusals:
// indicator.unknown, scope.unknown, figure.version, figure.no_value.
func CountFor(ctx context.Context, source Source, rules Rules, asked domain.Asked) (domain.Counted, error) {
	position := asked.Position
	if position == 0 {
		var err error
		if position, err = source.PositionAt(ctx, asked.KnownAt); err != nil {
			return domain.Counted{}, err
		}
	}
	book, err := bookFor(ctx, rules, asked, position)
	if err != nil {
		return domain.Counted{}, err
	}
	q, err := book.Question(asked)
	if err != nil {
		return domain.Counted{}, err
	}
	f, err := source.Figure(ctx, q, position, asked.KnownAt)
	if err != nil {
		return domain.Counted{}, err
	}
	if f.Absent != "" {
		return domain.Counted{}, domain.RefuseField("figure.no_value", "indicator")
	}
	official, err := inForce(ctx, rules, book, q)
	if err != nil {
		return domain.Counted{}, err
	}
	out := domain.Counted{
		Version: q.Definition.Version, Definition: q.Definition.Digest(), Official: official,
		Position: position, Value: f.Value, Grades: f.Grades, Anonymous: f.Anonymous,
		Erased: f.Erased, NearMisses: len(f.NearMisses), Members: f.Digest(),
	}
	for _, m := range f.Members {
		out.Positions = append(out.Positions, m.Position)
		if m.Grade == "c" || m.Grade == "d" {
			out.Weak = append(out.Weak, m.Position)
		}
	}
	if q.Definition.Ratio() {
		out.Numerator, out.Denominator = &f.Numerator, &f.Denominator
	}
	return out, nil
}

// inForce tells whether a question is asked by the version in force, as known then or
// by now: what was approved since is no trial.
func inForce(ctx context.Context, rules Rules, then *Book, q Question) (bool, error) {
	d, _ := then.InForce(q.Definition.Indicator, q.Period.From)
	if d.Version == q.Definition.Version {
		return true, nil
	}
	now, err := rules.Book(ctx, q.Scope)
	if err != nil {
		return false, err
	}
	d, _ = now.InForce(q.Definition.Indicator, q.Period.From)
	return d.Version == q.Definition.Version, nil
}

// Explainer is a Source that also explains.
type Explainer interface {
	Source
	Explain(ctx context.Context, a, b Known) (Difference, error)
}

// DifferenceFor answers a decision's question how one figure became another. Refusals:
// those of CountFor.
func DifferenceFor(ctx context.Context, source Explainer, rules Rules, from, to domain.Asked) (domain.Explained, error) {
	var out domain.Explained
	var sides [2]Known
	for i, asked := range []domain.Asked{from, to} {
		found, err := CountFor(ctx, source, rules, asked)
		if err != nil {
			return out, err
		}
		book, err := bookFor(ctx, rules, asked, found.Position)
		if err != nil {
			return out, err
		}
		q, err := book.Question(asked)
		if err != nil {
			return out, err
		}
		sides[i] = Known{Question: q, Position: found.Position}
		if out.To = found; i == 0 {
			out.From = found
		}
	}
	d, err := source.Explain(ctx, sides[0], sides[1])
	out.Kinds = d.Kinds()
	return out, err
}

// bookFor answers the definitions of the scope that a question names, as they were
// known at a position.
func bookFor(ctx context.Context, rules Rules, asked domain.Asked, position uint64) (*Book, error) {
	_, scope, _ := strings.Cut(asked.Indicator, "@")
	return rules.BookAt(ctx, scope, position)
}

// Resolve answers which question a decision asks of a position, by the rules its
// scope had then; it refuses like CountFor.
func Resolve(ctx context.Context, rules Rules, asked domain.Asked) (Question, error) {
	book, err := bookFor(ctx, rules, asked, asked.Position)
	if err != nil {
		return Question{}, err
	}
	return book.Question(asked)
}

// Question resolves what a decision asks: the definition by name, or the one in
// force on the period's first day.
func (b *Book) Question(asked domain.Asked) (Question, error) {
	id, scope, scoped := strings.Cut(asked.Indicator, "@")
	if !scoped || !KnownScope(scope) {
		return Question{}, domain.RefuseField("scope.unknown", "indicator")
	}
	if !b.Knows(id) {
		return Question{}, domain.RefuseField("indicator.unknown", "indicator")
	}
	d, ok := b.InForce(id, asked.Period.From)
	if asked.Version != "" {
		d, ok = b.Named(id, asked.Version)
	}
	if !ok {
		return Question{}, domain.RefuseField("figure.version", "version")
	}
	return Question{Definition: d, Scope: scope, Period: asked.Period}, nil
}

// LogCounts counts for decisions from the log itself: where there is no read
// model, or none is to be trusted.
type LogCounts struct {
	Store     domain.EventStore
	Book      Rules
	Synthetic bool // the log is a scenario
}

// Count folds the log.
func (c LogCounts) Count(ctx context.Context, asked domain.Asked) (domain.Counted, error) {
	out, err := CountFor(ctx, LogSource{c.Store}, c.Book, asked)
	out.Synthetic = c.Synthetic
	return out, err
}

// Recount folds the log.
func (c LogCounts) Recount(ctx context.Context, asked domain.Asked) (domain.Counted, error) {
	return c.Count(ctx, asked)
}

// LogSource counts by folding the log from its first event, each time.
type LogSource struct{ Store domain.EventStore }

// Figure folds every event up to a position.
func (s LogSource) Figure(ctx context.Context, q Question, known uint64, today japan.Date) (Figure, error) {
	var failed error
	f, err := Measure(func(yield func(uint64, string, string, domain.Facts) bool) {
		for rec, err := range s.Store.All(ctx, 0) {
			facts, bad := domain.FactsOf(rec.Body)
			if failed = err; failed == nil {
				failed = bad
			}
			if failed != nil || !yield(rec.Position, rec.Type, rec.Stream, facts) {
				return
			}
		}
	}, known, q, today)
	if failed != nil {
		err = failed
	}
	return f, err
}

// PositionAt reads the log until something was recorded later.
func (s LogSource) PositionAt(ctx context.Context, day japan.Date) (position uint64, err error) {
	for rec, err := range s.Store.All(ctx, 0) {
		if err != nil {
			return 0, err
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return 0, err
		}
		at, err := japan.ParseInstant(facts.Text("recorded_at"))
		if err != nil {
			return 0, err
		}
		if japan.DateOf(at) > day {
			break
		}
		position = rec.Position
	}
	return position, nil
}

// Knows tells whether some version of an indicator is in the book, trials aside.
func (b *Book) Knows(indicator string) bool {
	return slices.ContainsFunc(b.list, func(d Definition) bool { return d.Indicator == indicator })
}

// KnownScope tells whether a scope is a desk, a controller or a corner.
func KnownScope(scope string) bool {
	return slices.ContainsFunc([]string{"controller", "desk", "corner"}, func(list string) bool { return slices.Contains(domain.Codes[list], scope) })
}

// MayCount decides whether somebody may be told figures of a scope: those of the own
// controller's desks, and of a corner that both prefectures run (handbook.md 10.1).
func MayCount(a domain.Actor, on japan.Date, scope string) bool {
	controller := controllerOf(scope)
	if slices.Contains(domain.Codes["corner"], scope) {
		controller = "joint"
	}
	return domain.MayCount(a, on, controller)
}
