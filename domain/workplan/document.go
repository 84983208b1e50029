package workplan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"ayumi/domain/japan"
)

// Document is a sheet as it is printed: one layout for the page, the paper and
// the files, and the same content once more as data. It is a function of the
// folded sheet, the format and the language, and of nothing else.
type Document struct {
	Sheet    string // TKO.2019.1
	Format   string
	FY       japan.FiscalYear
	Language string
	Bureau   string
	Title    string
	Edition  int  // last published, 0 before the first
	Draft    bool // something was written since
	Blocks   []Block
	Data     []Datum
	Figures  []Figure
}

// Block is one part of the document from top to bottom. It has a title, or text,
// or a table.
type Block struct {
	Level int    // of a heading: 1 section, 2 part of it
	ID    string // an anchor
	Title string
	Break bool // begins a page on paper
	Small bool // set in small type
	Text  []Paragraph
	Table *Table
}

// Table is a ruled table. The first Head rows are column titles, repeated on
// every page the table reaches.
type Table struct {
	Caption   string
	Widths    []int
	Head      int
	Join, Gap bool
	Rows      [][]Cell
}

// Cell is a title or a value. Key is the key of its datum.
type Cell struct {
	Key    string
	Head   string // col, row or ""
	Span   int    // columns, at least 1
	Center bool
	Big    bool
	Open   bool // nobody has said yet whether it stays blank
	Text   []Paragraph
}

// Paragraph is one line as typed, with the sign of a list before it if it has one.
type Paragraph struct {
	Item string
	Runs []Run
}

// Run is a piece of a paragraph. Mark is the number of the figure it prints, 0
// for words.
type Run struct {
	Text string
	Mark int
	Big  bool
}

// String is a paragraph without its sign.
func (p Paragraph) String() string {
	out := ""
	for _, r := range p.Runs {
		out += r.Text
	}
	return out
}

// Datum is one value of the sheet as data. A blank has no value and never zero.
type Datum struct {
	Key          string `json:"key"` // indicator.1.baseline
	Title        string `json:"title"`
	Text         string `json:"text,omitempty"` // as printed, lines parted by \n
	Blank        bool   `json:"blank,omitempty"`
	AbsentReason string `json:"absent_reason,omitempty"`
	Code         string `json:"code,omitempty"` // of a mark or a class
	Value        *int   `json:"value,omitempty"`
	Unit         string `json:"unit,omitempty"`
	Comparator   string `json:"comparator,omitempty"`
	At           string `json:"at,omitempty"` // point in time as data: FY2009
	Figures      []int  `json:"figures,omitempty"`
	// Register are ids in the register of figures that the text speaks of.
	Register []string `json:"register,omitempty"`
	worded   bool     // the text is the product's own, in the language of the document
}

// The states of a figure on a sheet.
const (
	FigureTyped    = "typed"     // by hand, with nothing behind it
	FigureEqual    = "equal"     // counted again, the same
	FigureDiffers  = "differs"   // counted again, not the same
	FigureTimeless = "no_period" // the sheet does not say of which time
	FigureRegister = "published" // an edition of the register of figures
)

// Figure is a number on the sheet with what it refers to.
type Figure struct {
	Mark       int    `json:"mark"`
	Key        string `json:"key"` // of the datum it stands in
	Name       string `json:"name"`
	Text       string `json:"text"` // as printed
	Value      *int   `json:"value,omitempty"`
	Unit       string `json:"unit,omitempty"` // as printed, else the one of the definition
	UnitStated bool   `json:"unit_stated"`
	At         string `json:"at,omitempty"` // point in time as printed
	Indicator  string `json:"indicator,omitempty"`
	Version    string `json:"definition_version,omitempty"`
	Digest     string `json:"definition_digest,omitempty"`
	Scope      string `json:"scope,omitempty"`
	From       string `json:"from,omitempty"`
	Until      string `json:"until,omitempty"`
	Position   uint64 `json:"position,omitempty"` // of the event that states it
	KnownAt    string `json:"known_at,omitempty"` // its day
	Register   string `json:"figure,omitempty"`   // id in the register of figures
	Edition    *int   `json:"figure_edition,omitempty"`
	State      string `json:"state"`
	Recounted  *int   `json:"recounted,omitempty"`
	Href       string `json:"href,omitempty"`
}

// Found is a figure in a sentence: its bytes and what it is.
type Found struct {
	From, To int
	Figure   Figure
}

// The versions of the printing. An edition is printed for ever as it was when it was
// published.
const (
	TypedSilent = 1 // a number in a sentence that is no figure stands as a word
	TypedMarked = 2 // it is listed, and marked as typed by hand
)

// Printing is what a document needs besides the sheet. Head is the name of the
// head of the unit as the reader may see it. Year, Number and Class put things in
// words. Find finds the figures that a line of the datum with this key states.
type Printing struct {
	Version  int // TypedSilent or TypedMarked
	Language string
	Head     string
	Year     string
	Number   func(int) string
	Class    func(code string) string
	Find     func(key, line string) []Found
}

// Digest is the SHA-256 (hex) of what the sheet says and refers to, in every
// language the same. The name of the head is left out, since a digest outlives an
// erasure; so are edition, state of the draft and recounts, so that it can be known
// before a publication and be found again after it. It is the document of
// workplan.publish.
func (d Document) Digest() string {
	said := struct {
		Sheet, Format, Bureau string
		FY                    japan.FiscalYear
		Data                  []Datum
		Figures               []Figure
	}{Sheet: d.Sheet, Format: d.Format, Bureau: d.Bureau, FY: d.FY}
	for _, x := range d.Data {
		x.Title = ""
		if x.worded {
			x.Text = ""
		}
		if x.Key != "head" {
			said.Data = append(said.Data, x)
		}
	}
	for _, f := range d.Figures {
		ref := Figure{
			Mark: f.Mark, Key: f.Key, Text: f.Text, Value: f.Value, UnitStated: f.UnitStated, Indicator: f.Indicator, Version: f.Version,
			Digest: f.Digest, Scope: f.Scope, From: f.From, Until: f.Until,
		}
		if f.State == FigureRegister { // named by the sheet itself; what was found may be approved later
			ref.Register, ref.Edition = f.Register, f.Edition
		}
		said.Figures = append(said.Figures, ref)
	}
	text, err := json.Marshal(said)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Paper is a document with the time its content was known at.
type Paper struct {
	Document
	Sample   bool       // of invented data
	Area     string     // local government code of the controller, with check digit
	Position uint64     // last event of the sheet
	At       time.Time  // when it was recorded
	Known    japan.Date // the day of it in Japan
	Leaf     [32]byte   // its leaf in the log's tree
	// Margin and Foot stand in the place of a sheet's own, on a paper that is none.
	Margin [2]string
	Foot   []string
}

// File is a paper as a file. Missing are the characters its font lacks; each was
// printed as a geta mark and is named on the paper.
type File struct {
	Name, Type string
	Bytes      []byte
	Missing    []rune
}

// Kinds of files, by the end of their names.
var Kinds = []string{"pdf", "xlsx", "docx", "json"}
