// Package document finds the numbers in a text that somebody else wrote and sets
// them beside the figures that were published: which of them are figures at all,
// what each is said to be a figure of, and whether the register knows it so. It
// is pure and keeps nothing of what it reads.
package document

import "strings"

// Place is where something stands. Line counts from 1 on its page or in the whole
// text; Cell is the name of a cell as in A1, on Sheet where there are several.
type Place struct {
	Page  int    `json:"page,omitempty"`
	Line  int    `json:"line,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"`
}

// Piece is a stretch of a document that is read in one go: a line of text, or one
// cell of a table.
type Piece struct {
	Place
	Text string
	// Heads are, for a cell, the words that head its row and its column, the
	// nearest first.
	Heads []string
	// Edge: the first or last line of a page, where page numbers stand.
	Edge bool
}

// Lines are the pieces of a plain text. Line ends are LF, CRLF or CR.
func Lines(text string) []Piece {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var out []Piece
	for i, line := range strings.Split(text, "\n") {
		out = append(out, Piece{Place: Place{Line: i + 1}, Text: line})
	}
	return out
}

// Cell is one cell of a table; rows and columns count from 1. Across and Down are
// how many columns and rows a merged cell covers, 1 for any other.
type Cell struct {
	Row, Column, Down, Across int
	Text                      string
}

// Cells are the pieces of a table, row by row, each with the words that head it. A
// merged cell is one piece and heads all that it covers.
func Cells(sheet string, cells []Cell) []Piece {
	t := table{at: map[[2]int]*Cell{}}
	for i := range cells {
		c := &cells[i]
		for r := range max(1, c.Down) {
			for k := range max(1, c.Across) {
				t.at[[2]int{c.Row + r, c.Column + k}] = c
			}
		}
	}
	var out []Piece
	for i := range cells {
		c := &cells[i]
		if strings.TrimSpace(c.Text) == "" {
			continue
		}
		p := Piece{Place: Place{Sheet: sheet, Cell: CellName(c.Row, c.Column)}, Text: c.Text}
		if HasDigit(c.Text) {
			p.Heads = t.heads(c)
		}
		out = append(out, p)
	}
	return out
}

type table struct{ at map[[2]int]*Cell }

// mostHeads bounds how far a cell looks for its words.
const mostHeads = 60

// heads walks left and up until enough words were met. Cells that hold nothing
// but a number head nothing.
func (t table) heads(c *Cell) []string {
	var out []string
	walk := func(row, column, down, across int) {
		var last *Cell
		for n := 0; n < mostHeads && row > 0 && column > 0; n++ {
			if x := t.at[[2]int{row, column}]; x != nil && x != last && x != c {
				if last = x; wordy(x.Text) {
					out = append(out, x.Text)
				}
			}
			row, column = row-down, column-across
		}
	}
	walk(c.Row, c.Column-1, 0, 1)
	walk(c.Row-1, c.Column, 1, 0)
	return out
}

// wordy: a text that is more than a number.
func wordy(text string) bool {
	toks := tokens([]rune(text), Piece{})
	if len(toks) == 0 {
		return strings.TrimSpace(text) != ""
	}
	return toks[0].Kind != Figure && toks[0].Kind != Ratio || strings.TrimSpace(text) != strings.TrimSpace(toks[0].Text)
}

// CellName spells a cell as spreadsheets do: row 3, column 28 is AB3.
func CellName(row, column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name + decimal(row)
}
