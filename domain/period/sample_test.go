package period_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/tests/given"
)

func upTo(n int) []uint64 {
	out := make([]uint64, n)
	for i := range out {
		out[i] = uint64(i + 1)
	}
	return out
}

// With sha256sum and sort alone: the tickets of 1 to 12 under seed 2020.
func TestADrawingCanBeDoneByHand(t *testing.T) {
	var lines []string
	for n := 1; n <= 12; n++ {
		sum := sha256.Sum256([]byte("2020:" + fmt.Sprint(n)))
		lines = append(lines, hex.EncodeToString(sum[:])+" "+fmt.Sprint(n))
	}
	sort.Strings(lines)
	var want []string
	for _, l := range lines[:4] {
		want = append(want, strings.Fields(l)[1])
	}
	got := period.Draw(2020, upTo(12), 4)
	require.Equal(t, want, strings.Fields(strings.Trim(fmt.Sprint(got), "[]")))
	require.Equal(t, []uint64{10, 9, 5, 4}, got, "worked out with sha256sum and sort")
	sum := sha256.Sum256([]byte(strings.Join(want, "\n") + "\n"))
	require.Equal(t, hex.EncodeToString(sum[:]), period.DrawnDigest(got))
}

// TestDrawingLaws: same seed same drawing whatever the order of the list; without
// putting back; a larger sample begins with the smaller one; nothing foreign.
func TestDrawingLaws(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 16))
	differs := 0
	for range 500 {
		all := upTo(1 + rnd.IntN(300))
		for i := range all {
			all[i] = all[i]*3 + uint64(rnd.IntN(3))
		}
		seed, size := rnd.IntN(period.LargestSeed), 1+rnd.IntN(len(all)+5)
		drawn := period.Draw(seed, all, size)
		require.Len(t, drawn, min(size, len(all)))
		seen := map[uint64]bool{}
		for _, p := range drawn {
			require.False(t, seen[p], "put back")
			require.Contains(t, all, p)
			seen[p] = true
		}
		mixed := slices.Clone(all)
		rnd.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		require.Equal(t, drawn, period.Draw(seed, append(mixed, mixed[0]), size))
		require.Equal(t, drawn, period.Draw(seed, all, len(all))[:len(drawn)])
		if !slices.Equal(drawn, period.Draw(seed+1, all, size)) {
			differs++
		}
	}
	require.Greater(t, differs, 450, "the seed decides too seldom")
	require.Empty(t, period.Draw(1, nil, 3))
	require.Empty(t, period.Draw(1, upTo(3), -1))
}

// TestDrawingIsEven: over many seeds each of 40 positions is drawn equally often,
// and each as often first. 10 of 40 over 20,000 seeds: 5,000 times, deviation about
// 61; five of them are never passed by chance. chi² of 39 stays under 80.
func TestDrawingIsEven(t *testing.T) {
	const seeds, all, size = 20_000, 40, 10
	drawn, first := make([]int, all), make([]int, all)
	for seed := range seeds {
		s := period.Draw(seed, upTo(all), size)
		first[s[0]-1]++
		for _, p := range s {
			drawn[p-1]++
		}
	}
	chi := 0.0
	for i := range all {
		require.InDelta(t, seeds*size/all, drawn[i], 5*61.3)
		d := float64(first[i] - seeds/all)
		chi += d * d / (seeds / all)
	}
	require.Less(t, chi, 80.0)
}

// figured is a world with one published figure of 30 members, three of them weak.
func figured(until japan.Date) *given.World {
	w := engaged(until)
	w.Figures = map[string]domain.FigureNow{"fig1": {Controller: "31", Public: true, Counted: behind().found}}
	return w
}

// counter is a Counter with a fixed answer.
type counter struct{ found domain.Counted }

func (c counter) Count(domain.Asked) (domain.Counted, error)   { return c.found, nil }
func (c counter) Recount(domain.Asked) (domain.Counted, error) { return c.found, nil }
func (c counter) Difference(domain.Asked, domain.Asked) (domain.Explained, error) {
	return domain.Explained{From: c.found, To: c.found}, nil
}

func behind() counter {
	return counter{domain.Counted{Value: 30, Definition: digest("0d"), Members: digest("0e"), Positions: upTo(30), Weak: []uint64{4, 9, 17}}}
}

// TestASampleIsDrawnFromWhatWasPublished: what it is drawn from is counted again and
// never typed.
func TestASampleIsDrawnFromWhatWasPublished(t *testing.T) {
	draw := func(change func(*period.SampleDrawn)) *given.Scene[fold] {
		e := period.SampleDrawn{Audit: "u1", RandomSeed: 7, Method: "random", Size: 20, Figure: "fig1", Edition: 1, Drawn: digest("ff"), Population: 3}
		change(&e)
		return auditing(t, audit).When(&period.DrawSample{SampleDrawn: e})
	}
	draw(func(*period.SampleDrawn) {}).Then(sample)
	risk := &period.SampleDrawn{Audit: "u1", RandomSeed: 7, Method: "risk", Size: 2, Figure: "fig1", Edition: 1, Population: 3,
		Drawn: period.DrawnDigest(period.Draw(7, []uint64{4, 9, 17}, 2))}
	draw(func(e *period.SampleDrawn) { e.Method, e.Size = "risk", 2 }).Then(risk)
	draw(func(e *period.SampleDrawn) { e.Size = 31 }).Refused("audit.size")
	draw(func(e *period.SampleDrawn) { e.Method, e.Size = "risk", 4 }).Refused("audit.size")
	draw(func(e *period.SampleDrawn) { e.Size = 0 }).Refused("field.range")
	draw(func(e *period.SampleDrawn) { e.RandomSeed = -1 }).Refused("field.range")
	draw(func(e *period.SampleDrawn) { e.RandomSeed = period.LargestSeed + 1 }).Refused("field.range")
	draw(func(e *period.SampleDrawn) { e.Figure = "fig2" }).Refused("audit.figure")
	draw(func(e *period.SampleDrawn) { e.Edition = 2 }).Refused("audit.figure")

	with := func(change func(*domain.FigureNow, *counter)) *given.Scene[fold] {
		f, c := domain.FigureNow{Controller: "31", Public: true, Counted: behind().found}, behind()
		change(&f, &c)
		w := engaged(closed)
		w.Figures = map[string]domain.FigureNow{"fig1": f}
		return auditing(t, audit).In(w).With(func(in *domain.Intent) { in.Count = c }).When(&period.DrawSample{SampleDrawn: *sample})
	}
	with(func(f *domain.FigureNow, _ *counter) { f.Public = false }).Refused("audit.figure")
	with(func(f *domain.FigureNow, _ *counter) { f.Controller = "33" }).Refused("audit.figure")
	with(func(_ *domain.FigureNow, c *counter) { c.found.Members = digest("aa") }).Refused("audit.recount")
	with(func(f *domain.FigureNow, c *counter) { c.found.Positions = nil }).Refused("audit.nothing")
}

// TestFindingsHaveADueDay: not one that is over, and about a figure there is.
func TestFindingsHaveADueDay(t *testing.T) {
	find := func(due japan.Date, figure string) *given.Scene[fold] {
		e := *finding
		e.DueOn, e.Figure = due, figure
		return auditing(t, audit).When(&period.RecordFinding{FindingRecorded: e})
	}
	want := *finding
	want.DueOn, want.Figure = closed.Add(30), "fig1"
	find(closed.Add(30), "fig1").ThenState(func(p *fold) { require.Equal(t, closed.Add(30), p.Findings["f1"].DueOn) }).Then(&want)
	find(closed, "").ThenState(func(p *fold) { require.Equal(t, "u1", p.Findings["f1"].Audit) })
	find(closed.Add(-1), "").Refused("audit.due")
	find(0, "fig2").Refused("audit.figure")
}
