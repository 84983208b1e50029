// Package document finds the numbers in a text that somebody else wrote and sets
// them beside the figures that were published: which of them are figures at all,
// what each is said to be a figure of, and whether the register knows it so. It
// is pure and keeps nothing of what it reads.
package document

import (
	"strings"

	"ayumi/domain"
)

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
	// Parts are, of a line that stands in columns, its stretches with what stands
	// above each: weaker than Heads, since columns are only seen, not told.
	Parts []Part
	// Edge: the first or last line of a page, where page numbers stand.
	Edge bool
}

// Part is a stretch of a line, in runes, with the words above it in its column, the
// nearest first.
type Part struct {
	From, To int
	Above    []string
}

// above are the words above a place of a line.
func (p *Piece) above(at int) []string {
	for _, x := range p.Parts {
		if x.From <= at && at < x.To {
			return x.Above
		}
	}
	return nil
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
	rows, columns := 0, 0
	for _, c := range cells {
		rows, columns = max(rows, c.Row), max(columns, c.Column)
	}
	for i := range cells {
		t.cover(&cells[i], rows, columns)
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

// mostMerged bounds the cells that one merged cell heads.
const mostMerged = 10_000

// cover lets a cell head all that it reaches over, as far as anything stands there.
func (t table) cover(c *Cell, rows, columns int) {
	down, across := min(max(1, c.Down), rows-c.Row+1), min(max(1, c.Across), columns-c.Column+1)
	if down*across > mostMerged {
		down, across = 1, min(across, mostMerged)
	}
	for r := range down {
		for k := range across {
			t.at[[2]int{c.Row + r, c.Column + k}] = c
		}
	}
}

// mostHeads bounds how far a cell looks for its words.
const mostHeads = 60

// heads walks left and up until enough words were met. Cells that hold nothing
// but a number head nothing.
func (t table) heads(c *Cell) []string {
	var out []string
	met := map[*Cell]bool{c: true}
	walk := func(row, column, down, across int) {
		for n := 0; n < mostHeads && row > 0 && column > 0; n++ {
			if x := t.at[[2]int{row, column}]; x != nil && !met[x] {
				if met[x] = true; wordy(x.Text) {
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

// Text is a document as a reader understood it.
type Text struct {
	Pieces   []Piece
	Format   string // text, csv, xlsx, pdf
	Encoding string // of text and csv: utf-8, utf-16, shift_jis, euc-jp, iso-2022-jp
	Pages    int    // of a pdf
	// Refused are the rows, cells and pages that could not be read, each with its
	// place and the reason. Everything else was read.
	Refused []*domain.Refusal
}
