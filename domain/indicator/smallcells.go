package indicator

// SmallestShown is the smallest count above zero that public output prints
// (counting.md 11). Zero is printed as it is.
const SmallestShown = 3

// Line is what a reader of a public table can reckon with: what Plus holds less
// what Minus holds is the Total. All are indexes of cells. Without a printed total
// Total is NoTotal, and the line comes to nothing: Plus equals Minus.
type Line struct {
	Plus, Minus []int
	Total       int
}

// NoTotal is the Total of a line that has none.
const NoTotal = -1

// Suppress answers which of some counts public output must not show, given the
// lines they add up in (counting.md 11). A count of 1 or 2 is hidden, a total as
// well. If exactly one cell of a line is hidden, it could be reckoned from the
// others: then the smallest other that is not zero is hidden too, of equals the
// first, and the total only if nothing else is left. That is repeated until nothing
// changes. The same is done where the hidden cells can only be ones, because what
// is missing from the total is as much as there are of them.
func Suppress(counts []int, lines []Line) []bool {
	hidden := make([]bool, len(counts))
	for i, n := range counts {
		hidden[i] = 0 < n && n < SmallestShown
	}
	for again := true; again; {
		again = false
		for _, l := range lines {
			for l.betrays(counts, hidden) && l.hideOne(counts, hidden) {
				again = true
			}
		}
	}
	return hidden
}

// betrays tells whether the line leaves only one value for what it hides.
func (l Line) betrays(counts []int, hidden []bool) bool {
	plus, ones := unseen(l.Plus, counts, hidden)
	minus, _ := unseen(l.Minus, counts, hidden)
	total := 0
	if l.Total != NoTotal && hidden[l.Total] {
		total = 1
	}
	switch {
	case plus+minus+total == 1:
		return true
	case minus+total > 0 || plus == 0:
		return false
	}
	return ones == plus
}

// unseen counts the hidden cells of a list and adds them up.
func unseen(list []int, counts []int, hidden []bool) (cells, sum int) {
	for _, i := range list {
		if hidden[i] {
			cells++
			sum += counts[i]
		}
	}
	return cells, sum
}

// hideOne hides the smallest cell above zero that is still shown, else the total.
func (l Line) hideOne(counts []int, hidden []bool) bool {
	best := NoTotal
	for _, list := range [][]int{l.Plus, l.Minus} {
		for _, i := range list {
			if !hidden[i] && counts[i] > 0 && (best == NoTotal || counts[i] < counts[best]) {
				best = i
			}
		}
	}
	if best == NoTotal && l.Total != NoTotal && !hidden[l.Total] {
		best = l.Total
	}
	if best == NoTotal {
		return false
	}
	hidden[best] = true
	return true
}

// Lines are those of a table of so many rows and columns, with totals at the right
// and at the bottom, whose cells lie row by row: the total of a row is the last of
// it, the totals of the columns are the last row.
func Lines(rows, columns int) []Line {
	wide := columns + 1
	var out []Line
	for r := range rows + 1 {
		l := Line{Total: r*wide + columns}
		for c := range columns {
			l.Plus = append(l.Plus, r*wide+c)
		}
		out = append(out, l)
	}
	for c := range columns + 1 {
		l := Line{Total: rows*wide + c}
		for r := range rows {
			l.Plus = append(l.Plus, r*wide+c)
		}
		out = append(out, l)
	}
	return out
}
