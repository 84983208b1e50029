package web

import (
	"strings"
	"testing"

	"ayumi/infra/web/locale"

	"github.com/stretchr/testify/require"
)

// Years that do not follow one another are not joined, and every value is a mark.
func TestStatedPointsJoinOnlyNeighbours(t *testing.T) {
	w := locale.In(locale.Japanese)
	p := StatedPoints{ID: "st0", Name: "<b>", Unit: "人", Years: []string{"H25", "H26", "H29"}, At: []int{2013, 2014, 2017}, Values: []int{623, 823, 1536}}
	svg := string(p.Draw(&w.Chart))
	require.Equal(t, 3, strings.Count(svg, `class="stated"`))
	require.Equal(t, 1, strings.Count(svg, `class="stated-link"`))
	require.Contains(t, svg, "H29 1536")
	require.NotContains(t, svg, "<b>")
	one := StatedPoints{ID: "st0", Name: "x", Years: []string{"H25"}, At: []int{2013}, Values: []int{0}}
	require.Equal(t, 1, strings.Count(string(one.Draw(&w.Chart)), `class="stated"`))
}
