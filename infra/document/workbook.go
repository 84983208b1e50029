package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	doc "ayumi/domain/document"
)

// readWorkbook reads every sheet of an xlsx file as it is shown, dates in the era.
func readWorkbook(raw []byte) (out doc.Text, err error) {
	if err := unpacks(raw, maxUnpack); err != nil {
		return out, err
	}
	defer func() {
		if recover() != nil { // the library has faults of its own on broken files
			out, err = doc.Text{}, refuse("document.damaged")
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: maxUnpack, UnzipXMLSizeLimit: maxUnpack})
	if err != nil {
		return out, refuse("document.damaged")
	}
	defer func() { _ = f.Close() }() // nothing was written
	book := &workbook{File: f, dates: map[int]shape{}}
	if p, err := f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		book.since1904 = *p.Date1904
	}
	out.Format = "xlsx"
	for _, sheet := range f.GetSheetList() {
		if err := book.read(&out, sheet); err != nil {
			return doc.Text{}, err
		}
	}
	return out, nil
}

// unpacks counts what a packed file really holds before anything reads it.
func unpacks(raw []byte, most int64) error {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return refuse("document.damaged")
	}
	left, book := most, false
	for _, file := range z.File {
		book = book || strings.EqualFold(strings.TrimPrefix(file.Name, "/"), "xl/workbook.xml")
		r, err := file.Open()
		if err != nil {
			return refuse("document.damaged")
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		_ = r.Close() // read only
		if left -= n; left < 0 {
			return refuse("document.unpacked", "most", strconv.FormatInt(most>>20, 10))
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return refuse("document.damaged")
		}
	}
	if !book {
		return refuse("document.type")
	}
	return nil
}

type workbook struct {
	*excelize.File
	since1904 bool
	dates     map[int]shape // style → what its numbers are
	cells     int
	empty     int
}

// shape is what a number format makes of a number.
type shape int

const (
	plain shape = iota
	date
	month
	clock
)

func (b *workbook) read(out *doc.Text, sheet string) error {
	rows, err := b.Rows(sheet)
	if err != nil {
		note(out, "document.sheet", "sheet", sheet)
		return nil
	}
	defer func() { _ = rows.Close() }() // read only
	var cells []doc.Cell
	for n := 1; rows.Next(); n++ {
		if n > maxRows {
			return refuse("document.rows", "sheet", sheet, "most", strconv.Itoa(maxRows))
		}
		columns, err := rows.Columns()
		if err != nil {
			note(out, "document.sheet_row", "sheet", sheet, "row", strconv.Itoa(n))
			continue
		}
		for i, shown := range columns {
			name := doc.CellName(n, i+1)
			text := b.text(sheet, name, shown)
			if strings.TrimSpace(text) == "" {
				b.formula(out, sheet, name)
				continue
			}
			if b.cells++; b.cells > maxCells {
				return refuse("document.cells", "most", strconv.Itoa(maxCells))
			}
			cells = append(cells, doc.Cell{Row: n, Column: i + 1, Text: text})
		}
	}
	b.merge(sheet, cells)
	title := sheet
	if b.SheetCount == 1 {
		title = ""
	}
	out.Pieces = append(out.Pieces, doc.Cells(title, cells)...)
	return nil
}

// formula notes an empty cell whose formula was saved without its value.
func (b *workbook) formula(out *doc.Text, sheet, cell string) {
	if b.empty++; b.empty > maxCells {
		return
	}
	if formula, err := b.GetCellFormula(sheet, cell); err == nil && formula != "" {
		note(out, "document.formula", "sheet", sheet, "cell", cell)
	}
}

// merge notes how far merged cells reach.
func (b *workbook) merge(sheet string, cells []doc.Cell) {
	at := map[[2]int]*doc.Cell{}
	for i := range cells {
		at[[2]int{cells[i].Row, cells[i].Column}] = &cells[i]
	}
	merged, err := b.GetMergeCells(sheet, true)
	if err != nil {
		return
	}
	for _, m := range merged {
		column, row, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		endColumn, endRow, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if c := at[[2]int{row, column}]; c != nil && err1 == nil && err2 == nil {
			c.Down, c.Across = endRow-row+1, endColumn-column+1
		}
	}
}

// text is a cell as a reader should see it: numbers that are days by their format
// are written as days.
func (b *workbook) text(sheet, name, shown string) string {
	if shown == "" || !strings.ContainsAny(shown, "0123456789#") {
		return shown
	}
	kind, err := b.GetCellType(sheet, name)
	if err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber && kind != excelize.CellTypeDate && kind != excelize.CellTypeFormula {
		return shown
	}
	style, err := b.GetCellStyle(sheet, name)
	if err != nil || style == 0 || b.shape(style) == plain {
		return shown
	}
	raw, err := b.GetCellValue(sheet, name, excelize.Options{RawCellValue: true})
	serial, errNumber := strconv.ParseFloat(raw, 64)
	if err != nil || errNumber != nil {
		return shown
	}
	return b.dated(serial, b.shape(style), shown)
}

// dated writes a serial number as a day, a month or a time.
func (b *workbook) dated(serial float64, s shape, shown string) string {
	if s == clock {
		return clockText(serial)
	}
	day, ok := dayOf(serial, b.since1904)
	if !ok {
		return shown
	}
	if s == month {
		return day.JapaneseMonth()
	}
	return day.JapaneseDay()
}

func (b *workbook) shape(style int) shape {
	if s, ok := b.dates[style]; ok {
		return s
	}
	s := plain
	if st, err := b.GetStyle(style); err == nil && st != nil {
		s = shapeOf(st.NumFmt, st.CustomNumFmt)
	}
	b.dates[style] = s
	return s
}

var (
	quoted   = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)
	dayParts = regexp.MustCompile(`(?i)d|g+e`)
	ofMonth  = regexp.MustCompile(`(?i)[ye].*m|m.*[ye]`)
	ofClock  = regexp.MustCompile(`(?i)h|s`)
)

// shapeOf reads a number format: one of the numbered ones, or its own text.
func shapeOf(number int, custom *string) shape {
	if custom != nil {
		format, _, _ := strings.Cut(quoted.ReplaceAllString(*custom, ""), ";")
		switch {
		case strings.EqualFold(format, "general"):
			return plain
		case dayParts.MatchString(format) && strings.ContainsAny(format, "mMdD"):
			if !strings.ContainsAny(format, "dD") {
				return month
			}
			return date
		case ofMonth.MatchString(format) && !strings.ContainsAny(format, "0#"):
			return month
		case ofClock.MatchString(format) && !strings.ContainsAny(format, "0#"):
			return clock
		}
		return plain
	}
	switch {
	case number == 17, number == 55:
		return month
	case number >= 14 && number <= 16, number == 22, number >= 27 && number <= 31, number == 36, number >= 50 && number <= 54, number >= 56 && number <= 58:
		return date
	case number >= 18 && number <= 21, number >= 32 && number <= 35, number >= 45 && number <= 47:
		return clock
	}
	return plain
}
