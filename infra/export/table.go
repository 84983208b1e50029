package export

import (
	"strconv"
	"strings"
)

// Document is one export before it takes the form of a file: what it says of
// itself, the data as machines read them, and the tables as people do.
type Document struct {
	Name  string // of the file, without its ending
	Title string
	About []Item
	Data  Table
	Shown []Table
	// DataName and ShownName are those of the two sheets of a workbook.
	DataName, ShownName string
	Made                string // RFC 3339
	Language            string
}

// Item is one thing a file says of itself.
type Item struct{ Key, Name, Value string }

// Table is rows under one row of headings. Title and Note are for people.
type Table struct {
	Title, Note string
	Columns     []Column
	Rows        [][]Cell
}

// Column is one heading; Key is its name for programs.
type Column struct {
	Key, Name string
	Number    bool
	Decimals  bool // some of the numbers are no whole ones
}

// Cell is one datum.
type Cell struct {
	Text   string
	Number int64 // in units of the last of Scale decimals
	Scale  int
	Kind   Kind
}

// Kind is what a cell holds.
type Kind uint8

// The kinds. A hidden number is withheld from the public; none is a number that
// there is not.
const (
	IsText Kind = iota
	IsNumber
	IsHidden
	IsNone
)

// How a hidden number is printed, and one that there is not.
const (
	Withheld = "x"
	Absent   = "-"
)

func text(s string) Cell { return Cell{Text: s} }

func number[N int | int64 | uint64](n N) Cell { return Cell{Number: int64(n), Kind: IsNumber} }

func measured(n, scale int) Cell { return Cell{Number: int64(n), Scale: scale, Kind: IsNumber} }

// digits writes a number with its decimals, without a mark of thousands.
func (c Cell) digits() string {
	n, sign := c.Number, ""
	if n < 0 {
		n, sign = -n, "-"
	}
	text := strconv.FormatInt(n, 10)
	if c.Scale == 0 {
		return sign + text
	}
	text = strings.Repeat("0", max(0, c.Scale+1-len(text))) + text
	return sign + text[:len(text)-c.Scale] + "." + text[len(text)-c.Scale:]
}

// amount is a number as programs reckon with it.
func (c Cell) amount() float64 {
	n := float64(c.Number)
	for range c.Scale {
		n /= 10
	}
	return n
}

func counted(n int, hidden bool) Cell {
	if hidden {
		return Cell{Kind: IsHidden}
	}
	return number(n)
}
