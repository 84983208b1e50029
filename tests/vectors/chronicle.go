package vectors

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Chronicle holds every row there ever was, with the positions between which it held.
type Chronicle struct {
	t    testing.TB
	by   map[indicator.Params][]span
	Last uint64 // position
}

type span struct {
	row            indicator.Row
	added, removed uint64 // removed 0: holds
	why, gone      string
}

// Chronicled folds a log step by step under some parameters; one named twice
// counts once.
func Chronicled(t testing.TB, log []domain.Recorded, params ...indicator.Params) *Chronicle {
	params = slices.Clone(params)
	c := &Chronicle{t: t, by: map[indicator.Params][]span{}}
	s := indicator.NewState()
	for i := len(params) - 1; i >= 0; i-- {
		if slices.Contains(params[:i], params[i]) {
			params = slices.Delete(params, i, i+1)
		}
	}
	for _, e := range log {
		facts, err := domain.FactsOf(e.Body)
		require.NoError(t, err)
		changes, err := s.Step(e.Position, e.Type, e.Stream, facts.Glance(), params...)
		require.NoError(t, err)
		for i, list := range changes {
			for _, x := range list {
				c.change(params[i], x, e.Position)
			}
		}
		c.Last = e.Position
	}
	return c
}

func (c *Chronicle) change(p indicator.Params, x indicator.Change, position uint64) {
	spans := c.by[p]
	if !x.Removed {
		c.by[p] = append(spans, span{row: x.Row, added: position, why: x.Why})
		return
	}
	i := slices.IndexFunc(spans, func(s span) bool { return s.removed == 0 && s.row == x.Row })
	require.GreaterOrEqual(c.t, i, 0)
	spans[i].removed, spans[i].gone = position, x.Why
}

// All answers the rows of every family that hold at the end.
func (c *Chronicle) All(d indicator.Definition) ([]indicator.Row, error) {
	var out []indicator.Row
	for _, s := range c.by[d.Params()] {
		if s.removed == 0 {
			out = append(out, s.row)
		}
	}
	return out, nil
}

// At answers the rows of a family that held at a position.
func (c *Chronicle) At(d indicator.Definition, position uint64, _ japan.Period) ([]indicator.Row, error) {
	family, _ := d.Family()
	var out []indicator.Row
	for _, s := range c.by[d.Params()] {
		if s.row.Family == family && s.added <= position && (s.removed == 0 || s.removed > position) {
			out = append(out, s.row)
		}
	}
	return out, nil
}

// Between answers how they changed.
func (c *Chronicle) Between(d indicator.Definition, from, to uint64, _ japan.Period) ([]indicator.Step, error) {
	family, _ := d.Family()
	var out []indicator.Step
	for _, s := range c.by[d.Params()] {
		if s.row.Family != family {
			continue
		}
		if s.removed > from && s.removed <= to {
			out = append(out, indicator.Step{Change: indicator.Change{Row: s.row, Removed: true, Why: s.gone}, At: s.removed})
		}
		if s.added > from && s.added <= to {
			out = append(out, indicator.Step{Change: indicator.Change{Row: s.row, Why: s.why}, At: s.added})
		}
	}
	slices.SortStableFunc(out, func(a, b indicator.Step) int {
		switch {
		case a.At != b.At:
			return int(int64(a.At) - int64(b.At))
		case a.Removed == b.Removed:
			return 0
		case a.Removed:
			return -1
		}
		return 1
	})
	return out, nil
}
