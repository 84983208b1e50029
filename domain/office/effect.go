package office

import (
	"context"
	"iter"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/effect"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Effect answers what a command would do to figures if it were carried out now,
// with the version of its stream, to be handed back as shown_at. It decides as
// Do would, beside the guard that an effect was shown, and writes nothing; its
// errors are those of Do. Definitions are those of CountBy; the periods are the
// fiscal years and the cut-offs given.
func (o *Office) Effect(ctx context.Context, r Request, cutoffs ...japan.Period) (effect.Effect, uint64, error) {
	rules, err := o.rules(ctx)
	if err != nil {
		return effect.Effect{}, 0, err
	}
	r, category, id := o.showing(r)
	var version uint64
	proposed, err := o.decider.Try(ctx, func(w *domain.Work) error {
		var err error
		if version, _, err = o.standing(w, category, id); err != nil {
			return err
		}
		return o.within(w, r)
	})
	if err != nil {
		return effect.Effect{}, 0, err
	}
	// The log may have grown meanwhile: what was decided on is in it, and a
	// version that moved on refuses the command.
	head, err := o.decider.Store.Head(ctx)
	if err != nil {
		return effect.Effect{}, 0, err
	}
	past, err := effect.Component(o.log(ctx, head.Position), proposed)
	if err != nil {
		return effect.Effect{}, 0, err
	}
	out, err := effect.Of(each(past), proposed, rules, japan.DateOf(r.At), cutoffs...)
	return out, version, err
}

// CountBy tells by which definitions effects are counted; without it, by the
// shipped ones. It is called before the first command.
func (o *Office) CountBy(r indicator.Rules) { o.rulesBy = r }

// rules are the definitions of all scopes as they stand.
func (o *Office) rules(ctx context.Context) (effect.Rules, error) {
	shipped, err := effect.Shipped()
	if err != nil || o.rulesBy == nil {
		return effect.Everywhere(shipped), err
	}
	books := map[string]*indicator.Book{}
	for _, scope := range effect.Scopes() {
		if books[scope], err = o.rulesBy.Book(ctx, scope); err != nil {
			return nil, err
		}
	}
	return func(scope string) *indicator.Book { return books[scope] }, nil
}

// showing lets a request be decided before its effect was shown, and answers the
// stream it is about.
func (o *Office) showing(r Request) (Request, string, string) {
	r.shows = true
	shape := o.shapes[r.Command]
	category, _, _ := strings.Cut(r.Command, ".")
	id, _ := r.Data.Text(StreamKey(shape))
	if given, _ := r.Data.Text("stream"); given != "" {
		id = given
	}
	digest := slices.ContainsFunc(shape.Fields, func(f domain.Field) bool {
		return f.Name == "preview" && f.Kind == domain.KindDigest && r.Data["preview"] == nil
	})
	if digest { // the digest of what is about to be computed
		data := domain.Data{"preview": text(strings.Repeat("0", 64))}
		for name, v := range r.Data {
			data[name] = v
		}
		r.Data = data
	}
	return r, category, id
}

// log is the log up to a position, as a component is walked.
func (o *Office) log(ctx context.Context, upto uint64) effect.Log {
	return effect.Log{
		CasesOf: func(person string) ([]string, error) { return o.casesOf(ctx, person) },
		Stream: func(name string) iter.Seq2[domain.Recorded, error] {
			return func(yield func(domain.Recorded, error) bool) {
				for rec, err := range o.decider.Store.Stream(ctx, name, 0) {
					if (err == nil && rec.Position > upto) || !yield(rec, err) {
						return
					}
				}
			}
		},
	}
}

func each(events []domain.Recorded) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for _, rec := range events {
			if !yield(rec, nil) {
				return
			}
		}
	}
}
