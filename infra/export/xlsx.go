package export

import (
	"bytes"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// writeXLSX writes a workbook of two sheets: the tables for people, and the data
// for machines, under one row of headings and without any other thing.
func writeXLSX(d Document) (_ []byte, _ string, err error) {
	f := excelize.NewFile()
	defer f.Close() // nothing of it lies outside memory
	book := workbook{File: f}
	book.must(f.SetSheetName("Sheet1", d.ShownName))
	_, err = f.NewSheet(d.DataName)
	book.must(err)
	book.must(f.SetDocProps(&excelize.DocProperties{Creator: "Ayumi", LastModifiedBy: "Ayumi", Title: d.Title, Language: d.Language, Created: d.Made, Modified: d.Made}))
	book.styles()
	book.shown(d)
	book.data(d)
	if book.err != nil {
		return nil, "", book.err
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), "", err
}

// workbook keeps the first error.
type workbook struct {
	*excelize.File
	err                            error
	title, heading, plain, counted int
	decimal                        int
}

func (b *workbook) must(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *workbook) style(s excelize.Style) int {
	id, err := b.NewStyle(&s)
	b.must(err)
	return id
}

func (b *workbook) styles() {
	var edges []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		edges = append(edges, excelize.Border{Type: side, Color: "999999", Style: 1})
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	integer := 1 // the built-in format 0
	b.title = b.style(excelize.Style{Font: &excelize.Font{Bold: true, Size: 13}})
	b.heading = b.style(excelize.Style{Font: &excelize.Font{Bold: true}, Border: edges, Alignment: top, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}})
	b.plain = b.style(excelize.Style{Border: edges, Alignment: top})
	right := &excelize.Alignment{Vertical: "top", Horizontal: "right"}
	b.counted = b.style(excelize.Style{Border: edges, NumFmt: integer, Alignment: right})
	b.decimal = b.style(excelize.Style{Border: edges, Alignment: right})
}

func (b *workbook) put(sheet string, column, row, style int, value any) {
	at, err := excelize.CoordinatesToCellName(column, row)
	b.must(err)
	b.must(b.SetCellValue(sheet, at, value))
	if style > 0 {
		b.must(b.SetCellStyle(sheet, at, at, style))
	}
}

// shown lays the tables out below each other.
func (b *workbook) shown(d Document) {
	sheet, row := d.ShownName, 1
	b.put(sheet, 1, row, b.title, d.Title)
	for _, i := range d.About[1:] {
		row++
		b.put(sheet, 1, row, b.heading, i.Name)
		b.put(sheet, 2, row, 0, i.Value)
	}
	for _, t := range d.Shown {
		row += 2
		b.put(sheet, 1, row, b.title, t.Title)
		if t.Note != "" {
			row++
			b.put(sheet, 1, row, 0, t.Note)
		}
		row++
		for c, column := range t.Columns {
			b.put(sheet, c+1, row, b.heading, column.Name)
		}
		for _, cells := range t.Rows {
			row++
			for c, cell := range cells {
				style := b.plain
				if cell.Kind != IsText {
					style = b.counted
				}
				if cell.Scale > 0 {
					style = b.decimal
				}
				b.put(sheet, c+1, row, style, cell.written())
			}
		}
	}
	b.must(b.SetColWidth(sheet, "A", "A", 22))
	b.must(b.SetColWidth(sheet, "B", "B", 34))
	b.must(b.SetColWidth(sheet, "C", "Z", 14))
	landscape, a4, wide, high := "landscape", 9, 1, 0
	b.must(b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &high}))
	fit := true
	b.must(b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// data writes the headings in the first row and one datum a row below.
func (b *workbook) data(d Document) {
	widths := make([]int, len(d.Data.Columns))
	for c, column := range d.Data.Columns {
		b.put(d.DataName, c+1, 1, b.heading, column.Name)
		widths[c] = width(column.Name)
	}
	for r, cells := range d.Data.Rows {
		for c, cell := range cells {
			b.put(d.DataName, c+1, r+2, 0, cell.written())
			widths[c] = max(widths[c], width(cell.Text))
		}
	}
	for c, w := range widths {
		name, err := excelize.ColumnNumberToName(c + 1)
		b.must(err)
		b.must(b.SetColWidth(d.DataName, name, name, float64(min(w+2, 40))))
	}
	b.must(b.SetPanes(d.DataName, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// written is a cell as a workbook holds it: numbers as numbers, text as text.
func (c Cell) written() any {
	switch c.Kind {
	case IsNumber:
		if c.Scale > 0 {
			return c.amount()
		}
		return c.Number
	case IsHidden:
		return Withheld
	case IsNone:
		return Absent
	}
	return c.Text
}

// width is how much room a text takes, a Japanese letter being two.
func width(s string) int {
	n := utf8.RuneCountInString(s)
	return n + (len(s)-n)/2
}
