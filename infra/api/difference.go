package api

import (
	"cmp"
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// Differences explains from the read model.
type Differences interface {
	Figures
	Explain(ctx context.Context, a, b indicator.Known) (indicator.Difference, error)
}

// DifferenceQuestion asks how one figure became another. The second one differs
// by what is stated of it: without any, it is the same question as known now.
type DifferenceQuestion struct {
	FigureQuestion
	ToPeriod, ToUntil, ToKnownAt, ToVersion string
}

// DifferenceAnswer is a difference, explained: the one form of the API and of the
// command line. Parts are in the order of the walk and add up to Delta.
type DifferenceAnswer struct {
	Indicator string           `json:"indicator"`
	Name      string           `json:"name"`
	Scope     string           `json:"scope"`
	Unit      string           `json:"unit" doc:"in the language of the request"`
	From      DifferenceSide   `json:"from"`
	To        DifferenceSide   `json:"to"`
	Scale     int              `json:"scale,omitempty" doc:"decimals of values and deltas: 148 at scale 1 is 14.8"`
	Delta     *int             `json:"delta" doc:"null where one of the figures has no value"`
	Basis     []string         `json:"basis,omitempty" doc:"what else than the records differs: period, definition"`
	Kinds     []DifferenceKind `json:"kinds"`
	Parts     []DifferencePart `json:"parts"`
	Sample    bool             `json:"sample,omitempty" doc:"counted from a scenario log"`
}

// DifferenceSide is one of the two figures.
type DifferenceSide struct {
	Value      *int             `json:"value" doc:"null where there is none"`
	Shown      string           `json:"shown" doc:"the value as it is printed, or that there is none and why"`
	From       string           `json:"from" format:"date"`
	Until      string           `json:"until" format:"date"`
	KnownAt    string           `json:"known_at,omitempty" doc:"absent: now"`
	Position   uint64           `json:"position" doc:"last event that was known"`
	Definition FigureDefinition `json:"definition"`
}

// DifferenceKind is what one kind of change adds up to; every kind that occurs,
// and erased, which must be 0.
type DifferenceKind struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Delta int    `json:"delta"`
	Parts int    `json:"parts"`
}

// DifferencePart is what one event did, or the change of period or definition.
type DifferencePart struct {
	Kind     string             `json:"kind"`
	Position uint64             `json:"position,omitempty" doc:"of the event that caused it"`
	Delta    int                `json:"delta"`
	Gained   []DifferenceMember `json:"gained,omitempty"`
	Lost     []DifferenceMember `json:"lost,omitempty"`
}

// DifferenceMember is a member that came or went, with the clause it fails now.
type DifferenceMember struct {
	Key      string `json:"key"`
	Position uint64 `json:"position" doc:"of the event that reported what was counted"`
	On       string `json:"on"`
	Clause   string `json:"clause,omitempty"`
	Side     string `json:"side,omitempty" doc:"of a ratio: denominator; absent: numerator"`

	controller string
}

// AnswerDifference resolves both questions and explains. What cannot be answered
// is a Refusal naming the field.
func AnswerDifference(ctx context.Context, figures Differences, rules Definitions, asked DifferenceQuestion, today japan.Date, words *locale.Words) (DifferenceAnswer, error) {
	second := asked.FigureQuestion
	second.KnownAt = asked.ToKnownAt
	second.Version = cmp.Or(asked.ToVersion, asked.Version)
	second.Until = cmp.Or(asked.ToUntil, asked.Until)
	if asked.ToPeriod != "" {
		second.Period, second.Until = asked.ToPeriod, asked.ToUntil
	}
	a, from, err := side(ctx, figures, rules, asked.FigureQuestion, today, words)
	if err != nil {
		return DifferenceAnswer{}, err
	}
	b, to, err := side(ctx, figures, rules, second, today, words)
	if err != nil {
		return DifferenceAnswer{}, secondly(err)
	}
	d, err := figures.Explain(ctx, a, b)
	if err != nil {
		return DifferenceAnswer{}, err
	}
	from.Shown, to.Shown = Shown(words, a.Definition, d.From, d.FromAbsent), Shown(words, b.Definition, d.To, d.ToAbsent)
	delta := d.To - d.From
	if d.FromAbsent == "" {
		from.Value = &d.From
	}
	if d.ToAbsent == "" {
		to.Value = &d.To
	}
	out := DifferenceAnswer{
		Indicator: a.Definition.Indicator, Name: a.Definition.Name[string(words.Language)], Scope: a.Scope,
		Unit: words.Code("unit", a.Definition.Unit), From: from, To: to, Scale: a.Definition.Scale(),
		Kinds: kindsOf(d, words), Parts: []DifferencePart{},
	}
	if from.Value != nil && to.Value != nil {
		out.Delta = &delta
	}
	if a.Period != b.Period {
		out.Basis = append(out.Basis, indicator.PeriodKind)
	}
	if from.Definition.Digest != to.Definition.Digest {
		out.Basis = append(out.Basis, indicator.DefinitionKind)
	}
	for _, p := range d.Parts {
		out.Parts = append(out.Parts, DifferencePart{p.Kind, p.Position, p.Delta, shifted(p.Gained), shifted(p.Lost)})
	}
	return out, nil
}

// secondly names the fields of the second question as they were asked.
func secondly(err error) error {
	r, ok := err.(*domain.Refusal)
	if !ok {
		return err
	}
	named := *r
	if slices.Contains([]string{"period", "until", "known_at", "version"}, r.Field) {
		named.Field = "to_" + r.Field
	}
	return &named
}

func side(ctx context.Context, figures Figures, rules Definitions, asked FigureQuestion, today japan.Date, words *locale.Words) (indicator.Known, DifferenceSide, error) {
	position, day, err := knownAt(ctx, figures, asked.KnownAt, today)
	if err != nil {
		return indicator.Known{}, DifferenceSide{}, err
	}
	book, err := rules.BookAt(ctx, asked.Scope, position)
	if err != nil {
		return indicator.Known{}, DifferenceSide{}, err
	}
	q, err := question(book, asked)
	if err != nil {
		return indicator.Known{}, DifferenceSide{}, err
	}
	out := DifferenceSide{From: q.Period.From.String(), Until: q.Period.To.String(), Position: position, Definition: definitionOf(book, q, words)}
	if asked.KnownAt != "" {
		out.KnownAt = day.String()
	}
	return indicator.Known{Question: q, Position: position}, out, nil
}

func definitionOf(book *indicator.Book, q indicator.Question, words *locale.Words) FigureDefinition {
	d := q.Definition
	force, _ := book.InForce(d.Indicator, q.Period.From)
	return FigureDefinition{Version: d.Version, Rule: d.Rule, Digest: d.Digest(), Text: d.Text[string(words.Language)], Trial: force.Version != d.Version}
}

// kindsOf are the kinds in their fixed order.
func kindsOf(d indicator.Difference, words *locale.Words) []DifferenceKind {
	var out []DifferenceKind
	for _, kind := range indicator.DifferenceKinds {
		k := DifferenceKind{Kind: kind, Name: words.Code("difference", kind)}
		for _, p := range d.Parts {
			if p.Kind == kind {
				k.Delta, k.Parts = k.Delta+p.Delta, k.Parts+1
			}
		}
		if k.Parts > 0 || kind == indicator.ErasedKind {
			out = append(out, k)
		}
	}
	return out
}

func shifted(list []indicator.Shifted) []DifferenceMember {
	var out []DifferenceMember
	for _, x := range list {
		m := DifferenceMember{Key: x.Member, Position: x.Row.Position, On: x.Row.From.String(), Clause: x.Clause, controller: x.Row.Controller}
		if x.Over {
			m.Side = "denominator"
		}
		out = append(out, m)
	}
	return out
}

// differenceIn is the address of a difference.
type differenceIn struct {
	FigureIn
	ToPeriod  string `query:"to_period" doc:"period of the second figure; default the same"`
	ToUntil   string `query:"to_until"`
	ToKnownAt string `query:"to_known_at" doc:"default now"`
	ToVersion string `query:"to_version" doc:"version of the definition; default the same"`
}

// difference leaves out members of a controller the caller may not look into; the
// deltas are of all.
func (a *API) difference(ctx context.Context, in *differenceIn) (DifferenceAnswer, error) {
	v := visitorOf(ctx)
	if !domain.MayFacts(v.Actor, a.today(), v.Controller) {
		return DifferenceAnswer{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return DifferenceAnswer{}, err
	}
	asked := DifferenceQuestion{
		FigureQuestion: FigureQuestion{Indicator: in.Indicator, Scope: cmp.Or(in.Scope, v.Controller), Period: in.Period, Until: in.Until, KnownAt: in.KnownAt, Version: in.Version},
		ToPeriod:       in.ToPeriod, ToUntil: in.ToUntil, ToKnownAt: in.ToKnownAt, ToVersion: in.ToVersion,
	}
	if indicator.KnownScope(asked.Scope) && !indicator.MayCount(v.Actor, a.today(), asked.Scope) {
		return DifferenceAnswer{}, domain.Refuse("account.not_allowed")
	}
	out, err := AnswerDifference(ctx, a.Figures, a.Definitions, asked, a.today(), v.words)
	other := func(m DifferenceMember) bool { return !a.may(ctx, m.controller) }
	for i := range out.Parts {
		p := &out.Parts[i]
		p.Gained, p.Lost = slices.DeleteFunc(p.Gained, other), slices.DeleteFunc(p.Lost, other)
	}
	out.Sample = a.Sample
	return out, err
}
