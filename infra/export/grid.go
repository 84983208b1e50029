package export

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

// Grid is a plain table of texts: rows of somebody's ledger on their way out.
type Grid struct {
	Name string // of its sheet
	Head []string
	Rows [][]string
}

// Write writes a grid as xlsx, as csv in UTF-8 with its mark, or as sjis: CSV in
// Shift_JIS, with the characters that it lacks. In CSV a text that a spreadsheet
// would take for a formula has an apostrophe before it; in a workbook every cell is
// text by its type.
func (g Grid) Write(kind string) (body []byte, replaced string, err error) {
	if kind == "xlsx" {
		body, err = g.workbook()
		return body, "", err
	}
	t := Table{}
	for _, h := range g.Head {
		t.Columns = append(t.Columns, Column{Name: h})
	}
	for _, row := range g.Rows {
		cells := make([]Cell, len(g.Head))
		for i := range cells {
			if i < len(row) {
				cells[i] = Cell{Text: row[i]}
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	if kind == "sjis" {
		return writeShiftJIS(Document{Data: t})
	}
	return writeCSV(Document{Data: t})
}

func (g Grid) workbook() (_ []byte, err error) {
	f := excelize.NewFile()
	defer f.Close() // nothing of it lies outside memory
	if err := f.SetSheetName("Sheet1", g.Name); err != nil {
		return nil, err
	}
	w, err := f.NewStreamWriter(g.Name)
	if err != nil {
		return nil, err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return nil, err
	}
	for n, row := range append([][]string{g.Head}, g.Rows...) {
		cells := make([]any, len(row))
		for i, t := range row {
			cells[i] = excelize.Cell{StyleID: text, Value: t}
		}
		at, err := excelize.CoordinatesToCellName(1, n+1)
		if err != nil {
			return nil, err
		}
		if err := w.SetRow(at, cells); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
}
