package web

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// After the year only the days stay on which something had changed, and now.
func TestTriangleKeepsWhatChanged(t *testing.T) {
	march, april, may, june := japan.On(2020, 3, 31), japan.On(2020, 4, 30), japan.On(2020, 5, 31), japan.On(2020, 6, 30)
	x := projections.Triangle{
		Known:  []japan.Date{march, april, may, june, 0},
		Values: [][]int{{3, 3, 3, 2, 2}, {-1, 5, 5, 5, 5}},
		Totals: []int{3, 8, 8, 8, 8},
	}
	require.Equal(t, []japan.Date{march, april, june, 0}, lean(&x, march))
	require.Equal(t, [][]int{{3, 3, 2, 2}, {-1, 5, 5, 5}}, x.Values)
	require.Equal(t, []int{3, 8, 8, 8}, x.Totals)

	cells := triangleCells(Visitor{W: locale.In(locale.Japanese)}, x.Values[0])
	require.Equal(t, []TriangleCell{{Value: "3", Class: "first"}, {Value: "3"}, {Value: "2", Delta: "−1", Class: "chg"}, {Value: "2"}}, cells)
	cells = triangleCells(Visitor{W: locale.In(locale.Japanese)}, x.Values[1])
	require.Equal(t, []TriangleCell{{}, {Value: "5", Class: "first"}, {Value: "5"}, {Value: "5"}}, cells)
}
