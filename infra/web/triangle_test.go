package web

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// After the year only the days stay on which something had changed, and now.
func TestTriangleKeepsWhatChanged(t *testing.T) {
	march, april, may, june := japan.On(2020, 3, 31), japan.On(2020, 4, 30), japan.On(2020, 5, 31), japan.On(2020, 6, 30)
	x := projections.Triangle{
		Known:  []japan.Date{march, april, may, june, 0},
		Values: [][]indicator.Result{results(3, 3, 3, 2, 2), results(-1, 5, 5, 5, 5)},
		Totals: results(3, 8, 8, 8, 8),
	}
	require.Equal(t, []japan.Date{march, april, june, 0}, lean(&x, march))
	require.Equal(t, [][]indicator.Result{results(3, 3, 2, 2), results(-1, 5, 5, 5)}, x.Values)
	require.Equal(t, results(3, 8, 8, 8), x.Totals)

	cells := triangleCells(Visitor{W: locale.In(locale.Japanese)}, indicator.Definition{}, x.Values[0])
	require.Equal(t, []TriangleCell{{Value: "3", Class: "first"}, {Value: "3"}, {Value: "2", Delta: "−1", Class: "chg"}, {Value: "2"}}, cells)
	cells = triangleCells(Visitor{W: locale.In(locale.Japanese)}, indicator.Definition{}, x.Values[1])
	require.Equal(t, []TriangleCell{{}, {Value: "5", Class: "first"}, {Value: "5"}, {Value: "5"}}, cells)
}

// results are values; -1 is a month that had not begun.
func results(values ...int) []indicator.Result {
	out := make([]indicator.Result, len(values))
	for i, v := range values {
		if out[i].Value = v; v < 0 {
			out[i] = indicator.Result{Absent: projections.NotBegun}
		}
	}
	return out
}

// A share has decimals, and no value where there is nothing to divide by.
func TestTriangleOfAShare(t *testing.T) {
	share := indicator.Definition{Parameters: map[string]string{"scale": "1"}}
	cells := triangleCells(Visitor{W: locale.In(locale.English)}, share, []indicator.Result{{Absent: indicator.ZeroDenominator}, {Value: 333}, {Value: 290}})
	require.Equal(t, []TriangleCell{{Value: "—"}, {Value: "33.3", Class: "first"}, {Value: "29.0", Delta: "−4.3", Class: "chg"}}, cells)
}
