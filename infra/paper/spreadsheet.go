package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"ayumi/domain/japan"
	"ayumi/domain/workplan"
)

// spreadsheetFont is the name of the font of the paper as every system knows it.
const spreadsheetFont = "BIZ UDPGothic"

// gridWidth is the width of the printed sheet in characters of a spreadsheet.
const gridWidth = 98.0

// book writes the two spreadsheets of a paper.
type book struct {
	*excelize.File
	paper workplan.Paper
	edges []int // of the columns of the printed sheet, in hundredths of its width
	row   int
}

// spreadsheet writes a paper as a workbook: the sheet as printed, and its content
// as data.
func spreadsheet(d workplan.Paper) ([]byte, error) {
	b := &book{File: excelize.NewFile(), paper: d, edges: edgesOf(d.Blocks), row: 1}
	defer b.Close()
	w := words(d).Printed
	if err := b.SetSheetName("Sheet1", w.Shown); err != nil {
		return nil, err
	}
	if _, err := b.NewSheet(w.Data); err != nil {
		return nil, err
	}
	moment := d.At.UTC().Format(time.RFC3339)
	steps := []func() error{
		func() error {
			return b.SetDocProps(&excelize.DocProperties{Title: d.Title, Subject: d.Sheet, Creator: "Ayumi", LastModifiedBy: "Ayumi",
				Created: moment, Modified: moment, Description: d.Digest(), Language: d.Language})
		},
		b.shown, b.data,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		return nil, err
	}
	return repack(out.Bytes(), d.At)
}

// edgesOf are the edges of all columns of all tables, so that one grid holds them.
func edgesOf(blocks []workplan.Block) []int {
	out := []int{0, 100}
	for _, b := range blocks {
		if b.Table != nil {
			for _, edge := range tableEdges(b.Table) {
				if !slices.Contains(out, edge) {
					out = append(out, edge)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

func tableEdges(t *workplan.Table) []int {
	all, at := 0, 0
	for _, w := range t.Widths {
		all += w
	}
	out := []int{0}
	for _, w := range t.Widths {
		at += w
		out = append(out, at*100/all)
	}
	return out
}

// shown is the sheet as printed.
func (b *book) shown() error {
	name := words(b.paper).Printed.Shown
	for i := range len(b.edges) - 1 {
		column, _ := excelize.ColumnNumberToName(i + 1)
		if err := b.SetColWidth(name, column, column, gridWidth*float64(b.edges[i+1]-b.edges[i])/100); err != nil {
			return err
		}
	}
	margin := words(b.paper).PrintedMargin(b.paper)
	left, right := margin[0], margin[1]
	if err := b.page(name, "portrait"); err != nil {
		return err
	}
	grid := false
	if err := b.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &grid}); err != nil {
		return err
	}
	if err := b.put(0, 100, left+"\u3000"+right, excelize.Style{Font: face(8, false), Alignment: side("left")}); err != nil {
		return err
	}
	b.row++
	if err := b.put(0, 100, b.paper.Title, excelize.Style{Font: face(15, true), Alignment: side("center")}); err != nil {
		return err
	}
	b.row++
	for _, block := range b.paper.Blocks {
		if err := b.block(name, block); err != nil {
			return err
		}
	}
	for _, text := range words(b.paper).PrintedFoot(b.paper) {
		if err := b.put(0, 100, text, excelize.Style{Font: face(8, false), Alignment: side("left")}); err != nil {
			return err
		}
		b.row++
	}
	return nil
}

// page is A4, one page wide, with the number of the page.
func (b *book) page(name, orientation string) error {
	size, wide, tall, fit := 9, 1, 0, true
	if err := b.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	if err := b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	side, top, edge := 0.6, 0.8, 0.4
	if err := b.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge}); err != nil {
		return err
	}
	return b.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&C&9&P／&N"})
}

func face(size float64, bold bool) *excelize.Font {
	return &excelize.Font{Family: spreadsheetFont, Size: size, Bold: bold}
}

func side(horizontal string) *excelize.Alignment {
	return &excelize.Alignment{Horizontal: horizontal, Vertical: "top", WrapText: true}
}

func (b *book) block(name string, block workplan.Block) error {
	if block.Break {
		at, _ := excelize.CoordinatesToCellName(1, b.row)
		if err := b.InsertPageBreak(name, at); err != nil {
			return err
		}
	}
	switch {
	case block.Level > 0:
		size := 10.0
		if block.Level == 1 {
			size = 12
		}
		err := b.put(0, 100, block.Title, excelize.Style{Font: face(size, true), Alignment: &excelize.Alignment{Vertical: "bottom", WrapText: true}})
		b.row++
		return err
	case block.Table != nil:
		if block.Table.Gap {
			b.row++
		}
		return b.table(block.Table)
	}
	err := b.put(0, 100, cellText(block.Text), excelize.Style{Font: face(9.5, false), Alignment: side("left")})
	b.row++
	return err
}

func (b *book) table(t *workplan.Table) error {
	edges := tableEdges(t)
	for _, row := range t.Rows {
		column := 0
		for _, c := range row {
			style := excelize.Style{Font: face(9.5, c.Head != "" || c.Big), Alignment: side("left"), Border: ruled()}
			style.Alignment.Vertical = "center"
			if c.Center {
				style.Alignment.Horizontal = "center"
			}
			if c.Head != "" {
				style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEEEEE"}}
			}
			if err := b.put(edges[column], edges[column+c.Span], cellText(c.Text), style); err != nil {
				return err
			}
			column += c.Span
		}
		b.row++
	}
	return nil
}

func ruled() (out []excelize.Border) {
	for _, s := range []string{"left", "top", "right", "bottom"} {
		out = append(out, excelize.Border{Type: s, Color: "404040", Style: 1})
	}
	return out
}

// put writes a text between two edges of the grid and makes its row tall enough.
func (b *book) put(from, to int, text string, style excelize.Style) error {
	name := words(b.paper).Printed.Shown
	first, _ := excelize.CoordinatesToCellName(slices.Index(b.edges, from)+1, b.row)
	last, _ := excelize.CoordinatesToCellName(slices.Index(b.edges, to), b.row)
	id, err := b.NewStyle(&style)
	if err != nil {
		return err
	}
	if err := b.SetCellStyle(name, first, last, id); err != nil {
		return err
	}
	if err := b.SetCellStr(name, first, text); err != nil {
		return err
	}
	if first != last {
		if err := b.MergeCell(name, first, last); err != nil {
			return err
		}
	}
	had, err := b.GetRowHeight(name, b.row)
	if err != nil {
		return err
	}
	return b.SetRowHeight(name, b.row, max(had, tall(text, gridWidth*float64(to-from)/100, style.Font.Size)))
}

// tall is the height of a text in a cell: a spreadsheet does not fit the rows of
// merged cells by itself.
func tall(text string, width, size float64) float64 {
	lines := 0
	for _, l := range strings.Split(text, "\n") {
		lines += len(japan.BreakLines(l, width*10/size*1.02, func(r rune) float64 {
			if utf8.RuneLen(r) > 2 {
				return 1.9
			}
			return 1.1
		}))
	}
	return float64(lines)*size*1.42 + 4
}

// cellText is the text of a cell, a paragraph a line.
func cellText(list []workplan.Paragraph) string {
	var lines []string
	for _, p := range list {
		lines = append(lines, p.Item+p.String())
	}
	return strings.Join(lines, "\n")
}

// data is the content as one table: one value a cell, nothing merged, numbers as
// numbers.
func (b *book) data() error {
	name := words(b.paper).Printed.Data
	rows := append([][]any{titles(b.paper)}, dataRows(b.paper)...)
	head, err := b.NewStyle(&excelize.Style{Font: face(10, true), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEEEEE"}}})
	if err != nil {
		return err
	}
	body, err := b.NewStyle(&excelize.Style{Font: face(10, false)})
	if err != nil {
		return err
	}
	last, _ := excelize.CoordinatesToCellName(len(rows[0]), len(rows))
	if err := b.SetCellStyle(name, "A1", last, body); err != nil {
		return err
	}
	end, _ := excelize.CoordinatesToCellName(len(rows[0]), 1)
	if err := b.SetCellStyle(name, "A1", end, head); err != nil {
		return err
	}
	for i, row := range rows {
		if err := b.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	if err := b.page(name, "landscape"); err != nil {
		return err
	}
	if err := b.SetColWidth(name, "A", "F", 12); err != nil {
		return err
	}
	if err := b.SetColWidth(name, "G", "I", 30); err != nil {
		return err
	}
	return b.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
