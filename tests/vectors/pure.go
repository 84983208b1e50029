package vectors

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Pure counts with indicator.Measure, and demands that rows kept step by step
// answer the same.
func Pure(l *Logbook) Counter { return pure{l} }

type pure struct{ *Logbook }

// Log hands events to indicator.Measure.
func Log(t testing.TB, log []domain.Recorded) func(func(uint64, string, string, domain.Facts) bool) {
	return func(yield func(uint64, string, string, domain.Facts) bool) {
		for _, e := range log {
			facts, err := domain.FactsOf(e.Body)
			require.NoError(t, err)
			if !yield(e.Position, e.Type, e.Stream, facts) {
				return
			}
		}
	}
}

func (p pure) Figure(q indicator.Question, known japan.Date) indicator.Figure {
	p.t.Helper()
	log, position := p.Events(), p.position(known.String())
	f, err := indicator.Measure(Log(p.t, log), position, q, known)
	require.NoError(p.t, err)
	var sides []indicator.Figure
	for _, side := range q.Sides() {
		rows, err := Chronicled(p.t, log[:position], side.Definition.Params()).All(side.Definition)
		require.NoError(p.t, err)
		sides = append(sides, indicator.Answer(rows, side, known))
	}
	kept := sides[0]
	if len(sides) == 2 {
		kept = indicator.Share(q, sides[0], sides[1])
	}
	require.Equal(p.t, f, kept, "incremental rows differ")
	return f
}

func (p pure) Explain(a, b indicator.Known) indicator.Difference {
	p.t.Helper()
	var params []indicator.Params
	for _, k := range []indicator.Known{a, b} {
		for _, side := range k.Sides() {
			params = append(params, side.Definition.Params())
		}
	}
	d, err := indicator.Explain(Chronicled(p.t, p.Events(), params...), a, b)
	require.NoError(p.t, err)
	return d
}
