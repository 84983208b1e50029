// Package demo_test holds the demonstration to its numbers: the acceptance of
// the scenario that cmd/ayumi-scenario writes.
package demo_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app/demo"
	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/flow"
)

// entry is one event as counting reads it.
type entry struct {
	typ, stream string
	facts       domain.Facts
	recorded    time.Time
}

// played is the whole demonstration, carried out once.
var (
	desk   *flow.Desk
	events []entry
)

func TestMain(m *testing.M) { os.Exit(m.Run()) }

// play carries the scenario out on first use.
func play(t *testing.T) {
	t.Helper()
	if desk != nil {
		return
	}
	d := flow.Play(t, demo.Open())
	for rec, err := range d.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		facts, err := domain.FactsOf(rec.Body)
		require.NoError(t, err)
		at, err := japan.ParseInstant(facts.Text("recorded_at"))
		require.NoError(t, err)
		events = append(events, entry{rec.Type, rec.Stream, facts, at})
	}
	desk = d
}

// known is the position of the last event recorded by the end of a JST day.
func known(day string) uint64 {
	end := date(day).End()
	n, _ := slices.BinarySearchFunc(events, end, func(e entry, end time.Time) int {
		if e.recorded.Before(end) {
			return -1
		}
		return 1
	})
	return uint64(n)
}

func date(s string) japan.Date {
	d, err := japan.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func figure(t *testing.T, code, scope, of, knownAt string) indicator.Figure {
	t.Helper()
	play(t)
	book, err := indicator.Shipped()
	require.NoError(t, err)
	def, ok := book.Named(code, "tot-2019.1")
	require.True(t, ok, code)
	period, err := japan.ParsePeriod(of)
	require.NoError(t, err)
	each := func(yield func(uint64, string, string, domain.Facts) bool) {
		for i, e := range events {
			if !yield(uint64(i+1), e.typ, e.stream, e.facts) {
				return
			}
		}
	}
	f, err := indicator.Measure(each, known(knownAt), indicator.Question{Definition: def, Scope: scope, Period: period}, date(knownAt))
	require.NoError(t, err)
	return f
}

func value(t *testing.T, code, of, knownAt string) int {
	t.Helper()
	return figure(t, code, "D-TKY", of, knownAt).Value
}

const (
	toFebruary = "2019-04-01..2020-02-29"
	wholeYear  = "2019-04-01..2020-03-31"
	sheetDay   = "2020-03-16"
	later      = "2020-07-10"
)

// TestMonths is the table of section 2.
func TestMonths(t *testing.T) {
	for i, want := range [][4]int{
		{3, 4, 1, 6}, {12, 14, 2, 24}, {14, 17, 3, 28}, {16, 19, 3, 32}, {19, 16, 4, 31}, {15, 20, 3, 32},
		{17, 21, 4, 34}, {16, 19, 3, 32}, {13, 12, 2, 23}, {22, 24, 4, 42}, {21, 21, 3, 39},
	} {
		first := japan.On(2019, 4, 1).AddMonths(i)
		of := fmt.Sprintf("%s..%s", first, first.MonthLast())
		got := [4]int{value(t, "C1", of, sheetDay), value(t, "C2", of, sheetDay), value(t, "C12", of, sheetDay), 0}
		got[3] = got[0] + got[1] - got[2]
		require.Equal(t, want, got, of)
	}
	march := "2020-03-01..2020-03-31"
	require.Equal(t, []int{11, 13, 2}, []int{value(t, "C1", march, later), value(t, "C2", march, later), value(t, "C12", march, later)})
}

// TestTheYearBefore is section 3, true under both readings of 前年度.
func TestTheYearBefore(t *testing.T) {
	for _, of := range []string{"2018-04-01..2019-02-28", "2018-04-01..2019-03-31"} {
		require.Equal(t, []int{23, 36, 4, 55, 41, 4}, []int{
			value(t, "C1", of, sheetDay), value(t, "C2", of, sheetDay), value(t, "C12", of, sheetDay), value(t, "C0", of, sheetDay),
			value(t, "P0", of, sheetDay), value(t, "K1", of, sheetDay)}, of)
	}
	for i, want := range [][3]int{{1, 2, 0}, {2, 3, 1}, {2, 3, 0}, {1, 3, 0}, {3, 4, 1}, {2, 3, 0}, {3, 4, 1}, {2, 3, 0}, {2, 3, 0}, {3, 4, 1}, {2, 4, 0}, {0, 0, 0}} {
		first := japan.On(2018, 4, 1).AddMonths(i)
		of := fmt.Sprintf("%s..%s", first, first.MonthLast())
		require.Equal(t, want, [3]int{value(t, "C1", of, sheetDay), value(t, "C2", of, sheetDay), value(t, "C12", of, sheetDay)}, of)
	}
}

// TestRevisionTriangle is section 5: what each period was known to be, and when.
func TestRevisionTriangle(t *testing.T) {
	february := []string{"C1", "C2", "C12", "C0", "P0", "P1", "M1", "M2", "K1"}
	year := []string{"C1", "C2", "C12", "C0", "P0", "P1", "M1", "M2", "J1", "R1", "R2", "K1", "K2"}
	for _, row := range []struct {
		of, known string
		codes     []string
		want      []int
	}{
		{toFebruary, sheetDay, february, []int{168, 187, 32, 327, 218, 202, 292, 31, 26}},
		{toFebruary, "2020-04-30", february, []int{169, 187, 32, 328, 218, 202, 293, 31, 26}},
		{toFebruary, "2020-05-31", february, []int{169, 187, 32, 328, 217, 201, 293, 31, 26}},
		{toFebruary, later, february, []int{169, 185, 32, 326, 215, 199, 291, 31, 26}},
		{toFebruary, "2023-09-25", february, []int{169, 185, 32, 326, 215, 199, 291, 31, 26}},
		{wholeYear, "2020-04-30", year, []int{180, 200, 34, 350, 225, 209, 315, 31, 22, 17, 14, 31, 28}},
		{wholeYear, "2020-05-31", year, []int{180, 200, 34, 350, 224, 208, 315, 31, 22, 17, 14, 31, 28}},
		{wholeYear, later, year, []int{180, 198, 34, 348, 222, 206, 313, 31, 22, 17, 14, 31, 28}},
	} {
		var got []int
		for _, code := range row.codes {
			got = append(got, value(t, code, row.of, row.known))
		}
		require.Equal(t, row.want, got, "%s known %s: %v", row.of, row.known, row.codes)
		require.Equal(t, 6, figure(t, "P0", "D-TKY", row.of, row.known).Anonymous)
	}
}
