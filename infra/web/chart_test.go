package web

import (
	"flag"
	"html/template"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ayumi/infra/web/locale"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

var (
	sampleJob      = []int{3, 12, 14, 16, 19, 15, 17, 16, 13, 22, 21}
	sampleJobLast  = []int{1, 2, 2, 1, 3, 2, 3, 2, 2, 3, 2, 0}
	sampleOutcomes = []int{2, 1, 2, 2, 5, 2, 4, 2, 1, 3, 2, 5}
)

func fiscalMonths(w *locale.Words) (m [12]string) {
	for i := range m {
		m[i] = w.Calendar.Months[(i+3)%12]
	}
	return m
}

func sampleCumulative(w *locale.Words) Cumulative {
	return Cumulative{ID: "c1", Name: w.Code("indicator", "C1"), Unit: w.Code("unit", "sessions"), Months: fiscalMonths(w),
		Current: sampleJob, Total: 168, Previous: sampleJobLast, Last: 23, Most: 187, Breaks: []ChartBreak{{0, "新橋館へ移転・2県共同運営"}}}
}

func sampleTarget(w *locale.Words) AgainstTarget {
	return AgainstTarget{ID: "k1", Name: w.Code("indicator", "K1"), Unit: w.Code("unit", "mei"), Months: fiscalMonths(w),
		Current: sampleOutcomes, Total: 31, Target: 30, Base: 13, BaseYear: w.FiscalYearShort(2009)}
}

func sampleChannels(w *locale.Words) Channels {
	part := func(code string, n int) Part { return Part{w.Code("channel", code), n} }
	return Channels{ID: "ch", Stacks: []Stack{
		{w.Code("indicator", "C1"), []Part{part("in_person", 88), part("phone", 34), part("email", 21), part("fair_booth", 17), part("line", 8)}, 168},
		{w.Code("indicator", "C2"), []Part{part("in_person", 99), part("phone", 38), part("email", 27), part("fair_booth", 21), part("line", 2)}, 187},
	}}
}

func TestChartsAreDrawnAsBefore(t *testing.T) {
	w := locale.In(locale.Japanese)
	for name, draw := range map[string]func(*locale.Chart) (template.HTML, error){
		"cumulative.svg": sampleCumulative(w).Draw, "target.svg": sampleTarget(w).Draw, "channels.svg": sampleChannels(w).Draw,
	} {
		svg, err := draw(&w.Chart)
		require.NoError(t, err)
		golden(t, name, strings.ReplaceAll(string(svg), "><", ">\n<")+"\n")
	}
}

func TestChartsRefuseWhatDoesNotAddUp(t *testing.T) {
	w := locale.In(locale.Japanese)
	c := sampleCumulative(w)
	c.Total++
	_, err := c.Draw(&w.Chart)
	require.ErrorContains(t, err, "parts add up to 168, printed total is 169")
	c = sampleCumulative(w)
	c.Last = 36
	_, err = c.Draw(&w.Chart)
	require.Error(t, err)
	c = sampleCumulative(w)
	c.Previous = c.Previous[:3]
	_, err = c.Draw(&w.Chart)
	require.Error(t, err)

	a := sampleTarget(w)
	a.Total = 30
	_, err = a.Draw(&w.Chart)
	require.Error(t, err)

	s := sampleChannels(w)
	s.Stacks[1].Total = 186
	_, err = s.Draw(&w.Chart)
	require.Error(t, err)

	_, err = bars("x", []Part{{"a", 2}, {"b", -1}}, 1)
	require.Error(t, err)
}

// Any counts whatever: nothing lies outside the picture, nothing is a style.
func TestChartsStayInsideThePicture(t *testing.T) {
	w, r := locale.In(locale.English), rand.New(rand.NewPCG(1, 2))
	for range 200 {
		c := Cumulative{ID: "x", Name: "<b>", Unit: "\"", Months: fiscalMonths(w), Current: counts(r, r.IntN(13))}
		c.Total = sum(c.Current)
		if r.IntN(2) == 0 {
			c.Previous = counts(r, 12)
			c.Last = sum(c.Previous)
		}
		svg, err := c.Draw(&w.Chart)
		require.NoError(t, err)
		require.NotContains(t, string(svg), "<b>")
		require.NotContains(t, string(svg), "style=")
		require.NotContains(t, string(svg), "NaN")
		p := newPlot(max(c.Total, c.Last))
		require.GreaterOrEqual(t, p.top, max(c.Total, c.Last))
		require.LessOrEqual(t, p.top/p.step, 5)
		require.GreaterOrEqual(t, p.y(p.top), chartTop)
	}
}

func TestBarsAreScaledToTheLongest(t *testing.T) {
	got, err := bars("x", []Part{{"a", 10}, {"b", 4}, {"c", 0}}, 14)
	require.NoError(t, err)
	require.Equal(t, []Bar{{"a", 10, "100"}, {"b", 4, "40"}, {"c", 0, "0"}}, got)
	got, err = bars("x", []Part{{"a", 0}}, 0)
	require.NoError(t, err)
	require.Equal(t, "0", got[0].Width)
}

func counts(r *rand.Rand, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = r.IntN(400)
	}
	return out
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}
