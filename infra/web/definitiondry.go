package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"ayumi/domain/indicator"
	"ayumi/domain/register"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// dryRun counts all past years by a version that is not in force yet. why answers
// the part of an address that names the version on the page of differences.
func (s *Site) dryRun(r *http.Request, v Visitor, x rulesOf, d indicator.Definition, why url.Values) (*DryRunView, []projections.DryYear, error) {
	years, err := s.config.Figures.DryRun(r.Context(), x.book, d, x.scope)
	if err != nil {
		return nil, nil, missing(err)
	}
	w := v.W
	out := &DryRunView{Unit: w.Code("unit", d.Unit)}
	for _, y := range years {
		row := DryRunRow{Year: w.FiscalYearShort(y.Year), Rule: y.InForce.Version, After: besideText(w, d, y.After), Counts: y.Counts}
		if y.InForce.Indicator == "" {
			row.Rule = w.Definition.None
		} else {
			row.Before = besideText(w, y.InForce, y.Before)
			if y.Before.Absent == "" && y.After.Absent == "" {
				row.Delta = signed(w, d, y.After.Value-y.Before.Value)
			}
		}
		if y.InForce.Indicator != "" && y.InForce.Digest() != d.Digest() {
			ask := url.Values{"of": {x.id}, "fy": {strconv.Itoa(int(y.Year))}, "scope": {x.scope}}
			for name, value := range why {
				ask[name] = value
			}
			row.Why = &Pair{Value: w.Definition.WhyLink(row.Year), Href: "/differences?" + ask.Encode()}
		}
		out.Rows = append(out.Rows, row)
	}
	return out, years, nil
}

// besideText is a value with numerator and denominator, where it is a share.
func besideText(w *locale.Words, d indicator.Definition, r indicator.Result) string {
	text := resultText(w, d, r)
	if over := overText(w, d, r); over != "" {
		text += " (" + over + ")"
	}
	return text
}

// draftIn names a version that nobody has proposed yet: all of it stands in the
// address.
func draftIn(d indicator.Definition) url.Values {
	raw, err := json.Marshal(d)
	if err != nil {
		return nil
	}
	return url.Values{"to_draft": {string(raw)}}
}

// publishedOf are the numbers that were published of an indicator and stand. They
// were counted by the rule of their own time.
func (s *Site) publishedOf(r *http.Request, v Visitor, x rulesOf) ([]Pair, error) {
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return nil, missing(err)
	}
	var out []Pair
	for _, l := range all.Lines {
		if l.Kind != register.KindCounted || l.Replaced() || !l.Edition.Public() || l.Figure.Indicator != indicator.StreamID(x.id, x.scope) {
			continue
		}
		value, _ := l.Value()
		out = append(out, Pair{Label: figureNumber(l.No), Href: figureHref(l.No),
			Value: v.W.Definition.PublishedLine(s.periodName(v.W, l), v.W.Sized(value, s.unitOf(r.Context(), l)), l.Edition.Version)})
	}
	return out, nil
}

// effectLines are the live values that an approval would change.
func (s *Site) effectLines(v Visitor, d indicator.Definition, years []projections.DryYear) []string {
	var out []string
	for _, y := range years {
		if y.Counts && y.Changes() {
			out = append(out, v.W.Definition.EffectLive(name(v.W, d), v.W.FiscalYearShort(y.Year), resultText(v.W, y.InForce, y.Before), sizedText(v.W, d, y.After)))
		}
	}
	return out
}
