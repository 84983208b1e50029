package demo_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// told is the log as an explanation reads it, folded once.
type told struct {
	t     *testing.T
	steps []indicator.Step
}

func (x told) Between(d indicator.Definition, from, to uint64, _ japan.Period) ([]indicator.Step, error) {
	family, _ := d.Family()
	var out []indicator.Step
	for _, s := range x.steps {
		if s.At > from && s.At <= to && s.Row.Family == family {
			out = append(out, s)
		}
	}
	return out, nil
}

func (x told) At(d indicator.Definition, position uint64, _ japan.Period) ([]indicator.Row, error) {
	steps, err := x.Between(d, 0, position, japan.Period{})
	held := map[indicator.Row]bool{}
	for _, s := range steps {
		if s.Removed {
			delete(held, s.Row)
		} else {
			held[s.Row] = true
		}
	}
	var out []indicator.Row
	for r := range held {
		out = append(out, r)
	}
	return out, err
}

// The differences of demo.md 5 between the sheet and today, line by line.
func TestDifferencesSinceTheSheet(t *testing.T) {
	play(t)
	x, state := told{t: t}, indicator.NewState()
	for i, e := range events {
		changes, err := state.Step(uint64(i+1), e.typ, e.stream, e.facts.Glance(), indicator.Usual())
		require.NoError(t, err)
		for _, list := range changes {
			for _, c := range list {
				x.steps = append(x.steps, indicator.Step{Change: c, At: uint64(i + 1)})
			}
		}
	}
	book, err := indicator.Shipped()
	require.NoError(t, err)
	period, err := japan.ParsePeriod(toFebruary)
	require.NoError(t, err)
	for id, want := range map[string]struct {
		from, to int
		kinds    map[string]int
	}{
		"C1":  {168, 169, map[string]int{"late_entry": 1}},
		"C2":  {187, 185, map[string]int{"voided": -2}},
		"C12": {32, 32, map[string]int{}},
		"C0":  {327, 326, map[string]int{"late_entry": 1, "voided": -2}},
		"P0":  {218, 215, map[string]int{"merged": -1, "voided": -2}},
		"K1":  {26, 26, map[string]int{}},
	} {
		def, ok := book.Named(id, "tot-2019.1")
		require.True(t, ok)
		q := indicator.Question{Definition: def, Scope: "D-TKY", Period: period}
		a, b := indicator.Known{Question: q, Position: known(sheetDay)}, indicator.Known{Question: q, Position: uint64(len(events))}
		d, err := indicator.Explain(x, a, b)
		require.NoError(t, err, id)
		require.Equal(t, [2]int{want.from, want.to}, [2]int{d.From, d.To}, id)
		kinds := d.Kinds()
		for kind, n := range kinds {
			if n == 0 {
				delete(kinds, kind)
			}
		}
		require.Equal(t, want.kinds, kinds, id)
		back, err := indicator.Explain(x, b, a)
		require.NoError(t, err, id)
		require.Equal(t, [2]int{d.To, d.From}, [2]int{back.From, back.To}, id)
	}
}
