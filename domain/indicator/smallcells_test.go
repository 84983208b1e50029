package indicator_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
)

// printed writes a table as the public sees it, row by row.
func printed(columns int, counts []int, hidden []bool) string {
	var out strings.Builder
	for i, n := range counts {
		text := strconv.Itoa(n)
		if hidden[i] {
			text = "x"
		}
		out.WriteString(text)
		if (i+1)%(columns+1) == 0 {
			out.WriteString("\n")
		} else {
			out.WriteString(" ")
		}
	}
	return out.String()
}

// totalled adds totals to rows of counts.
func totalled(rows ...[]int) (columns int, counts []int) {
	columns = len(rows[0])
	sums := make([]int, columns+1)
	for _, row := range rows {
		sum := 0
		for c, n := range row {
			sum += n
			sums[c] += n
		}
		sums[columns] += sum
		counts = append(append(counts, row...), sum)
	}
	return columns, append(counts, sums...)
}

func TestSmallCells(t *testing.T) {
	for _, x := range []struct {
		why  string
		rows [][]int
		want string
	}{
		{"nothing is small", [][]int{{3, 4}, {5, 0}}, "3 4 7\n5 0 5\n8 4 12\n"},
		{"a one needs another cell of its row and of its column", [][]int{{1, 5, 7}, {4, 6, 8}, {9, 9, 9}}, "x x 7 13\nx x 8 18\n9 9 9 27\n14 20 24 58\n"},
		{"of equals the first", [][]int{{2, 5, 5}, {0, 0, 9}, {6, 6, 6}}, "x x 5 12\n0 0 9 9\nx x 6 18\n8 11 20 39\n"},
		{"two hidden cells hide each other", [][]int{{2, 2, 6}, {2, 2, 6}}, "x x 6 10\nx x 6 10\n4 4 12 20\n"},
		{"but not if they can only be ones", [][]int{{1, 1, 6, 8}, {1, 1, 6, 8}}, "x x x 8 16\nx x x 8 16\nx x 12 16 32\n"},
		{"a total is a cell", [][]int{{0, 2}, {9, 9}}, "0 x x\n9 x x\n9 11 20\n"},
	} {
		columns, counts := totalled(x.rows...)
		require.Equal(t, x.want, printed(columns, counts, indicator.Suppress(counts, indicator.Lines(len(x.rows), columns))), x.why)
	}
}

// What stands between two figures is a line without a total.
func TestALineThatComesToNothing(t *testing.T) {
	// C1 + C2 − C12 = M1 + M2
	line := []indicator.Line{{Plus: []int{0, 1}, Minus: []int{2, 3, 4}, Total: indicator.NoTotal}}
	require.Equal(t, []bool{false, false, true, false, true}, indicator.Suppress([]int{20, 10, 2, 19, 9}, line))
	require.Equal(t, []bool{false, false, false, false, false}, indicator.Suppress([]int{20, 10, 0, 20, 10}, line))
}

// answers counts the ways to fill what a line hides, as far as two: everything
// hidden is above zero, since zero is printed.
func answers(l indicator.Line, counts []int, hidden []bool) int {
	rest, n := 0, 0
	for _, i := range l.Plus {
		if hidden[i] {
			rest, n = rest+counts[i], n+1
		}
	}
	if hidden[l.Total] {
		return 2 // the cells and their sum grow together
	}
	ways := 0
	var fill func(left, sum int)
	fill = func(left, sum int) {
		if ways > 1 || sum < left {
			return
		}
		if left == 0 {
			if sum == 0 {
				ways++
			}
			return
		}
		for v := 1; v <= sum; v++ {
			fill(left-1, sum-v)
		}
	}
	fill(n, rest)
	return ways
}

func TestNoHiddenCellCanBeReckonedFromItsRowOrColumn(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 11))
		rows := make([][]int, 1+r.IntN(5))
		columns := 1 + r.IntN(5)
		most := 2 + r.IntN(9)
		for i := range rows {
			for range columns {
				rows[i] = append(rows[i], r.IntN(most))
			}
		}
		_, counts := totalled(rows...)
		lines := indicator.Lines(len(rows), columns)
		hidden := indicator.Suppress(counts, lines)
		small := false
		for i, n := range counts {
			small = small || n == 1 || n == 2
			if n == 0 {
				require.False(t, hidden[i], "seed %d: 0 prints 0", seed)
			}
			if n == 1 || n == 2 {
				require.True(t, hidden[i], "seed %d: a small cell", seed)
			}
		}
		if !small {
			require.NotContains(t, hidden, true, "seed %d: nothing else changes", seed)
		}
		beside := make([]bool, len(counts)) // shares a line with another hidden cell
		for _, l := range lines {
			var unseen []int
			for _, i := range append([]int{l.Total}, l.Plus...) {
				if hidden[i] {
					unseen = append(unseen, i)
				}
			}
			require.NotEqual(t, 1, len(unseen), "seed %d\n%s", seed, printed(columns, counts, hidden))
			if len(unseen) > 0 {
				require.Greater(t, answers(l, counts, hidden), 1, "seed %d\n%s", seed, printed(columns, counts, hidden))
			}
			for _, i := range unseen {
				beside[i] = true
			}
		}
		for i := range hidden {
			require.Equal(t, hidden[i], beside[i], "seed %d: hidden for no reason", seed)
		}
		require.Equal(t, hidden, indicator.Suppress(counts, lines), "always the same")
	}
}

// T20: a protected person counts in every total; a public table of town by age
// hides the one cell and another.
func TestT20PublicTableOfTownByAge(t *testing.T) {
	l := tell(t)
	move := func(id, town, age string) {
		l.person(id)
		l.session(id, "2019-06-01", "D-TKY", "in_person")
		l.moves(id, "2019-10-01", town, "i", age)
	}
	public := func() (int, []string, []string) {
		q, f := l.ask("R1", "D-TKY")
		table := f.Cross(q, indicator.ByPlace, indicator.ByAge)
		require.Equal(t, []string{"u20", "20s", "30s", "40s", "50s", "60s", "70p", "unknown"}, table.Columns)
		hidden := indicator.Suppress(table.Counts, indicator.Lines(len(table.Rows), len(table.Columns)))
		return f.Value, table.Rows, strings.Split(printed(len(table.Columns), table.Counts, hidden), "\n")
	}
	tottori, yonago, daisen := "312011", "312029", "313866"
	move("dv", tottori, "60s")
	l.that("person.confidentiality_set", "dv", "2019-06-01", said{"kind": "dv"})
	for i := range 18 {
		move("m"+strconv.Itoa(i), []string{tottori, yonago}[i%2], []string{"20s", "30s", "60s"}[i%3])
	}
	value, towns, lines := public()
	require.Equal(t, 19, value, "counted in the total")
	require.Equal(t, []string{tottori, yonago}, towns[:2])
	require.Equal(t, []string{"0 3 3 0 0 4 0 0 10", "0 3 3 0 0 3 0 0 9"}, lines[:2])

	move("one", daisen, "70p") // alone in its town and in its age
	value, towns, lines = public()
	require.Equal(t, 20, value)
	last := len(towns)
	require.Equal(t, "0 0 0 0 0 0 x 0 x", lines[slices.Index(towns, daisen)], "the town of one person")
	require.Regexp(t, `^0 .* x 0 20$`, lines[last], "its age; the total of all is shown")
	require.GreaterOrEqual(t, strings.Count(lines[last], "x"), 2, "and a complementary cell")
}
