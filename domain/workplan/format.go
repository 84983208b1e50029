package workplan

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// Format is how the sheet was printed in some years: which sections stand on it
// in which order and under which titles (handbook.md 5.4). It is data; a new
// layout is a new file, never a branch.
type Format struct {
	Name    string       `json:"format"`
	First   int          `json:"first"`          // fiscal year
	Last    int          `json:"last,omitempty"` // 0: still used
	Columns []string     `json:"columns"`        // that may be flagged
	Title   Wording      `json:"title"`
	Blank   Wording      `json:"blank"` // stands where a value is not stated
	Item    string       `json:"item"`  // before each line of a list
	Flag    string       `json:"flag"`
	Marks   []MarkSpec   `json:"marks"`
	Legend  Wording      `json:"legend"`
	Judged  Wording      `json:"judged_at"`
	Budget  Wording      `json:"budget"` // a project with what it costs
	Money   Wording      `json:"budget_title"`
	Blocks  []*BlockSpec `json:"blocks"`
}

// Wording is a text by language. Words in braces are filled in.
type Wording map[string]string

// MarkSpec is a mark of progress as the legend explains it.
type MarkSpec struct {
	Mark   string  `json:"mark"`
	Symbol string  `json:"symbol"`
	Text   Wording `json:"text"`
}

// BlockSpec is one part of the sheet from top to bottom: a heading, the text of a
// field, a table, the legend, or blocks repeated for each of something.
type BlockSpec struct {
	Level  int                `json:"level,omitempty"`
	ID     string             `json:"id,omitempty"`
	Title  Wording            `json:"title,omitempty"`
	Kinds  map[string]Wording `json:"kinds,omitempty"` // title by kind of evaluation
	Break  bool               `json:"break,omitempty"` // begins a page
	If     string             `json:"if,omitempty"`    // stands only when there are some
	Each   string             `json:"each,omitempty"`
	Blocks []*BlockSpec       `json:"blocks,omitempty"`
	Text   string             `json:"text,omitempty"` // field
	Items  bool               `json:"items,omitempty"`
	Table  *TableSpec         `json:"table,omitempty"`
	Legend bool               `json:"legend,omitempty"`
}

// TableSpec is a ruled table. Widths are shares of the width of the paper.
type TableSpec struct {
	Caption Wording    `json:"caption"`
	Widths  []int      `json:"widths"`
	Head    int        `json:"head,omitempty"` // rows of column titles
	Join    bool       `json:"join,omitempty"` // hangs on the table before
	Gap     bool       `json:"gap,omitempty"`  // stands off from the table before
	Rows    []*RowSpec `json:"rows"`
}

// RowSpec is one row, or one for each of something.
type RowSpec struct {
	Each  string      `json:"each,omitempty"`
	Cells []*CellSpec `json:"cells"`
}

// CellSpec is a title or the place of a field.
type CellSpec struct {
	Title  Wording `json:"title,omitempty"`
	Head   string  `json:"head,omitempty"` // col or row
	Field  string  `json:"field,omitempty"`
	Span   int     `json:"span,omitempty"`
	Center bool    `json:"center,omitempty"`
	Big    bool    `json:"big,omitempty"`
	Items  bool    `json:"items,omitempty"` // lines stand as items
	Say    bool    `json:"say,omitempty"`   // a blank is said in words
}

//go:embed formats/*.json
var formatFiles embed.FS

// formats are the shipped formats by name.
var formats = sync.OnceValues(func() (map[string]*Format, error) {
	names, err := fs.Glob(formatFiles, "formats/*.json")
	if err != nil {
		return nil, err
	}
	out := map[string]*Format{}
	for _, name := range names {
		raw, err := formatFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		f, err := ParseFormat(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[f.Name] = f
	}
	return out, nil
})

// FormatOf answers a shipped format; an error if there is none of that name.
func FormatOf(name string) (*Format, error) {
	all, err := formats()
	if err != nil {
		return nil, err
	}
	f, ok := all[name]
	if !ok {
		return nil, fmt.Errorf("sheet format %q is unknown", name)
	}
	return f, nil
}

// ParseFormat reads a format and proves that it can be printed: every field is
// known, every row fills its table, both languages are there.
func ParseFormat(raw []byte) (*Format, error) {
	f := &Format{}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(f); err != nil {
		return nil, err
	}
	faults := []error{f.Title.whole("title"), f.Blank.whole("blank"), f.Legend.whole("legend"), f.Judged.whole("judged_at"), f.Budget.whole("budget"), f.Money.whole("budget_title")}
	for _, m := range f.Marks {
		faults = append(faults, m.Text.whole("mark "+m.Mark))
	}
	if f.Name == "" || f.First == 0 || len(f.Blocks) == 0 {
		faults = append(faults, errors.New("a format has a name, a first year and blocks"))
	}
	return f, errors.Join(append(faults, f.checkBlocks(f.Blocks, "")...)...)
}

func (w Wording) whole(what string) error {
	if w["ja"] == "" || w["en"] == "" {
		return fmt.Errorf("%s: a language is missing", what)
	}
	return nil
}

func (f *Format) checkBlocks(blocks []*BlockSpec, within string) (faults []error) {
	for _, b := range blocks {
		if b.Title != nil {
			faults = append(faults, b.Title.whole("heading"))
		}
		for kind, w := range b.Kinds {
			faults = append(faults, w.whole(kind))
		}
		if b.Text != "" {
			faults = append(faults, f.checkField(b.Text, within))
		}
		if b.Table != nil {
			faults = append(faults, f.checkTable(b.Table, within)...)
		}
		if b.Each != "" {
			faults = append(faults, f.checkBlocks(b.Blocks, b.Each)...)
		}
	}
	return faults
}

func (f *Format) checkTable(t *TableSpec, within string) (faults []error) {
	faults = append(faults, t.Caption.whole("caption"))
	for _, r := range t.Rows {
		columns, each := 0, within
		if r.Each != "" {
			each = r.Each
		}
		for _, c := range r.Cells {
			columns += max(c.Span, 1)
			if c.Field != "" {
				faults = append(faults, f.checkField(c.Field, each))
			} else if c.Head != "" {
				faults = append(faults, c.Title.whole("title of a cell"))
			}
		}
		if columns != len(t.Widths) {
			faults = append(faults, fmt.Errorf("table %q: a row of %d columns in a table of %d", t.Caption["en"], columns, len(t.Widths)))
		}
	}
	return faults
}

// checkField proves that a field is one that can be printed at its place.
func (f *Format) checkField(field, within string) error {
	if part, column, ok := strings.Cut(field, "."); ok && (part == "flag" || part == "text") {
		for _, c := range f.Columns {
			if c == column {
				return nil
			}
		}
		return fmt.Errorf("column %q is not one of the format", column)
	}
	if _, ok := sheetFields[field]; ok {
		return nil
	}
	if part, rest, _ := strings.Cut(field, "."); part == within && partFields[part][rest] != nil {
		return nil
	}
	return fmt.Errorf("field %q cannot stand here", field)
}
