package figure

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// DifferenceExplained: it was put on record how a published edition became another
// edition, or what was known at a later day by its own rule; one fact for each
// kind of counting.md 8. All of it is counted by the program.
type DifferenceExplained struct {
	Edition         int        `fact:"edition,int"`
	OtherEdition    *int       `fact:"other_edition?,int"`
	KnownAt         japan.Date `fact:"known_at,date"` // of the other figure
	LateEntry       int        `fact:"late_entry,int,made"`
	Amended         int        `fact:"amended,int,made"`
	Voided          int        `fact:"voided,int,made"`
	Reassigned      int        `fact:"reassigned,int,made"`
	Merged          int        `fact:"merged,int,made"`
	Unmerged        int        `fact:"unmerged,int,made"`
	Identified      int        `fact:"identified,int,made"`
	Evidence        int        `fact:"evidence,int,made"`
	Reclassified    int        `fact:"reclassified,int,made"`
	OutcomeReversed int        `fact:"outcome_reversed,int,made"`
	Erased          int        `fact:"erased,int,made"` // must be 0
	Period          int        `fact:"period,int,made"`
	Definition      int        `fact:"definition,int,made"`
	Total           int        `fact:"total,int,made"`
}

func (e *DifferenceExplained) Apply(f *Figure, env domain.Envelope) {
	at := f.edition(e.Edition)
	at.Explained = append(at.Explained[:len(at.Explained):len(at.Explained)], Explanation{DifferenceExplained: *e, On: env.Occurred, By: env.RecordedBy})
}

// Explanation is one difference on record, with its day.
type Explanation struct {
	DifferenceExplained
	On japan.Date
	By string
}

// KindDelta is what one kind of change adds up to.
type KindDelta struct {
	Kind  string // of counting.md 8
	Delta int
}

// Kinds are all kinds in the order of counting.md 8. They add up to Total.
func (e *DifferenceExplained) Kinds() []KindDelta {
	var out []KindDelta
	for _, p := range e.parts() {
		out = append(out, KindDelta{p.kind, *p.to})
	}
	return out
}

type kindFact struct {
	kind string
	to   *int
}

func (e *DifferenceExplained) parts() []kindFact {
	return []kindFact{
		{"late_entry", &e.LateEntry}, {"amended", &e.Amended}, {"voided", &e.Voided}, {"reassigned", &e.Reassigned},
		{"merged", &e.Merged}, {"unmerged", &e.Unmerged}, {"identified", &e.Identified}, {"evidence", &e.Evidence},
		{"reclassified", &e.Reclassified}, {"outcome_reversed", &e.OutcomeReversed}, {"erased", &e.Erased},
		{"period", &e.Period}, {"definition", &e.Definition},
	}
}

// asks tells whether two explanations are of the same two figures.
func (e *DifferenceExplained) asks(o *DifferenceExplained) bool {
	return e.Edition == o.Edition && e.KnownAt == o.KnownAt && e.other() == o.other()
}

func (e *DifferenceExplained) other() int {
	if e.OtherEdition == nil {
		return 0
	}
	return *e.OtherEdition
}

// ExplainDifference puts on record how a published edition differs from another
// edition, or from what was known at the end of a later or earlier day. Such a day
// is over: the same question has the same answer for ever.
type ExplainDifference struct{ DifferenceExplained }

func (c *ExplainDifference) Decide(f *Figure, in domain.Intent) ([]event, error) {
	e := f.edition(c.Edition)
	switch {
	case e == nil:
		return nil, domain.RefuseField("entity.unknown", "edition")
	case !e.Public():
		return nil, domain.Refuse("figure.state")
	}
	to, err := c.to(f, e, in)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(e.Explained, func(x Explanation) bool { return x.asks(&c.DifferenceExplained) }) {
		return nil, nil
	}
	found, err := in.Count.Difference(f.Asked(e), to)
	switch {
	case err != nil:
		return nil, err
	case !found.From.Same(e.Counted()): // verification fails: there is nothing firm to explain from
		return nil, domain.RefuseField("figure.disagrees", "edition")
	}
	if other := f.edition(c.other()); other != nil && !found.To.Same(other.Counted()) {
		return nil, domain.RefuseField("figure.disagrees", "other_edition")
	}
	c.Total = found.To.Value - found.From.Value
	for _, p := range c.parts() {
		*p.to = found.Kinds[p.kind]
	}
	return []event{&c.DifferenceExplained}, nil
}

// to is the other figure: an edition that was not turned down, at its own day; or
// the same quantity by the same rule at a day that is over.
func (c *ExplainDifference) to(f *Figure, e *Edition, in domain.Intent) (domain.Asked, error) {
	if c.OtherEdition == nil {
		if c.KnownAt >= in.Today() {
			return domain.Asked{}, domain.RefuseField("figure.known_at", "known_at")
		}
		asked := f.Asked(e)
		asked.KnownAt, asked.Position = c.KnownAt, 0
		return asked, nil
	}
	other := f.edition(*c.OtherEdition)
	switch {
	case other == nil:
		return domain.Asked{}, domain.RefuseField("entity.unknown", "other_edition")
	case other == e || other.State == StateWithdrawn || other.State == StateRejected:
		return domain.Asked{}, domain.RefuseField("figure.state", "other_edition")
	case c.KnownAt != other.KnownAt:
		return domain.Asked{}, domain.RefuseField("figure.known_at_other", "known_at")
	}
	return f.Asked(other), nil
}
