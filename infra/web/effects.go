package web

import (
	"context"
	"slices"
	"strings"

	"ayumi/domain/effect"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/projections"
)

// figureEffect is one figure of a fiscal year before and after a command.
type figureEffect struct {
	indicator, unit string
	year            japan.FiscalYear
	before, after   int
}

// effects tells what a command would do to the figures of the visitor's desk,
// each as it stands now and as it would stand.
func (s *Site) effects(ctx context.Context, v Visitor, r office.Request) ([]figureEffect, error) {
	shown, _, err := s.config.Office.Effect(ctx, r)
	if err != nil {
		return nil, err
	}
	return s.effectsOf(ctx, v, shown)
}

// effectsOf are the figures of the visitor's desk that an effect changes.
func (s *Site) effectsOf(ctx context.Context, v Visitor, shown effect.Effect) ([]figureEffect, error) {
	book, err := s.book(ctx, s.scopeOf(v))
	if err != nil {
		return nil, err
	}
	var out []figureEffect
	for _, shift := range shown.Shifts {
		year := japan.FiscalYearOf(shift.Period.From)
		if force, ok := book.InForce(shift.Indicator, year.First()); !ok || force.Version != shift.Version {
			continue
		}
		if shift.Scope != s.scopeOf(v) || shift.Period != year.Whole() || !slices.Contains(tiled, shift.Indicator) {
			continue
		}
		i := slices.IndexFunc(out, func(e figureEffect) bool { return e.indicator == shift.Indicator && e.year == year })
		if i < 0 {
			e, err := s.liveFigure(ctx, v, shift, year)
			if err != nil {
				return nil, err
			}
			i, out = len(out), append(out, e)
		}
		out[i].after += shift.Delta()
	}
	return slices.DeleteFunc(out, func(e figureEffect) bool { return e.before == e.after }), nil
}

// liveFigure is the figure a shift changes, as it stands now.
func (s *Site) liveFigure(ctx context.Context, v Visitor, shift effect.Shift, year japan.FiscalYear) (figureEffect, error) {
	book, err := s.book(ctx, shift.Scope)
	if err != nil {
		return figureEffect{}, err
	}
	def, ok := book.Named(shift.Indicator, shift.Version)
	if !ok {
		return figureEffect{}, ErrMissing
	}
	f, err := s.config.Figures.Value(ctx, indicator.Question{Definition: def, Scope: shift.Scope, Period: shift.Period}, projections.Newest)
	return figureEffect{indicator: shift.Indicator, unit: def.Unit, year: year, before: f.Value, after: f.Value}, err
}

// effectText says what figures do, before it is done.
func effectText(v Visitor, effects []figureEffect) string {
	if len(effects) == 0 {
		return v.W.Message.NoEffect
	}
	said := make([]string, len(effects))
	for i, e := range effects {
		said[i] = v.W.Message.EffectLive(v.W.Code("indicator", e.indicator)+" "+v.W.FiscalYearShort(e.year), e.before, e.after, v.W.Code("unit", e.unit))
	}
	return strings.Join(said, " ")
}
