package web

import (
	"context"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// breaks are the series breaks declared for some indicators at a scope.
func (s *Site) breaks(ctx context.Context, scope string, ids ...string) (map[string][]indicator.SeriesBreakDeclared, error) {
	out := map[string][]indicator.SeriesBreakDeclared{}
	for _, id := range ids {
		file, err := s.config.Definitions.File(ctx, id, scope)
		if err != nil {
			return nil, missing(err)
		}
		if file.Series != nil {
			out[id] = file.Breaks
		}
	}
	return out, nil
}

// chartBreaks are the breaks of an indicator in the year shown, by month.
func chartBreaks(w *locale.Words, q *question, id string) []ChartBreak {
	var out []ChartBreak
	for _, b := range q.breaks[id] {
		if q.year.Whole().Contains(b.At) {
			_, month, _ := b.At.Civil()
			out = append(out, ChartBreak{At: (month + 8) % 12, Name: w.Code("break_kind", b.Kind)})
		}
	}
	return out
}

// shownBreaks are the breaks, in words, that lie in the years shown and compared.
func shownBreaks(w *locale.Words, q *question) []string {
	from, to := min(q.compare, q.year).First(), max(q.compare, q.year).Last()
	var out []string
	for _, id := range tabled {
		for _, b := range crossed(q.breaks[id], from, to) {
			out = append(out, breakOf(w, id, b))
		}
	}
	return out
}

// crossed are the breaks between the beginning of the one period and the end of the
// other: values of the two are not alike.
func crossed(list []indicator.SeriesBreakDeclared, from, to japan.Date) []indicator.SeriesBreakDeclared {
	var out []indicator.SeriesBreakDeclared
	for _, b := range list {
		if from < b.At && b.At <= to {
			out = append(out, b)
		}
	}
	return out
}

func breakOf(w *locale.Words, id string, b indicator.SeriesBreakDeclared) string {
	return w.Definition.BreakOf(w.Code("indicator", id), w.Definition.BreakLine(w.PlainDate(b.At), w.Code("break_kind", b.Kind), b.Note))
}
