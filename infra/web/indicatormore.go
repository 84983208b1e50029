package web

import (
	"net/http"
	"net/url"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// further are the figures that the page names without a chart of their own.
var further = []string{"N2", "D1", "H2", "F4", "F5", "V1", "U2"}

// more counts them for both years, each as far in it as the page looks.
func (s *Site) more(r *http.Request, v Visitor, q *question, address *url.URL) ([]MoreRow, error) {
	w := v.W
	var out []MoreRow
	for _, id := range further {
		def, ok := s.definition(q, id)
		if !ok {
			continue
		}
		value := func(year japan.FiscalYear) (indicator.Result, error) {
			return s.config.Figures.Value(r.Context(), indicator.Question{Definition: def, Scope: q.scope, Period: q.period(year)}, q.known)
		}
		now, err := value(q.year)
		if err != nil {
			return nil, missing(err)
		}
		before, err := value(q.compare)
		if err != nil {
			return nil, missing(err)
		}
		row := MoreRow{Name: name(w, def), Href: drillHref(address, id, ""), Value: sizedText(w, def, now), Over: overText(w, def, now), Before: sizedText(w, def, before)}
		if over := overText(w, def, before); over != "" {
			row.Before += "　" + over
		}
		out = append(out, row)
	}
	return out, nil
}
