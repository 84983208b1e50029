package export

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
}

// Cell is one datum.
type Cell struct {
	Text   string
	Number int64
	Kind   Kind
}

// Kind is what a cell holds.
type Kind uint8

// The kinds. A hidden number is withheld from the public.
const (
	IsText Kind = iota
	IsNumber
	IsHidden
)

// Withheld is how a hidden number is printed.
const Withheld = "x"

func text(s string) Cell { return Cell{Text: s} }

func number[N int | int64 | uint64](n N) Cell { return Cell{Number: int64(n), Kind: IsNumber} }

func counted(n int, hidden bool) Cell {
	if hidden {
		return Cell{Kind: IsHidden}
	}
	return number(n)
}
