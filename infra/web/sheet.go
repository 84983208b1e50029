package web

import "ayumi/domain/workplan"

// SheetView is the annual work-plan sheet in its official order, with every
// figure numbered and listed beside it.
type SheetView struct {
	Page
	State    []Chip // kind of evaluation, edition
	Note     string // beside the chips: whose words the sentences are
	Edit     string // address of the page that writes it, "" where the door is closed
	Paper    workplan.Paper
	Margin   [2]string // top of the paper: sample mark and edition, knowledge date
	Stamp    []string  // under the sheet on paper
	Figures  []SheetFigure
	At       string // words: knowledge date of the figures
	Open     []SheetGate
	Versions []Pair
	Compare  string // address of the editions side by side
	Files    []Pair
	Bar      *AsOfBar
}

// SheetFigure is one figure of the sheet with its state in words.
type SheetFigure struct {
	Mark     int
	Name, At string
	Value    string
	Chip     Chip
	Href     string // its records
	Register string // its line in the register of figures
}

// SheetGate is something to settle before the sheet is finished.
type SheetGate struct {
	Text string
	Link *Pair
}

// SheetMark is a figure as it stands in a cell: a link to its records, or to the
// list beside the sheet.
type SheetMark struct {
	Text, Href, State string
	Mark              int
}

// Marked is the figure of a run.
func (v SheetView) Marked(r workplan.Run) SheetMark {
	f := v.Paper.Figures[r.Mark-1]
	return SheetMark{Text: r.Text, Href: f.Href, Mark: r.Mark, State: map[string]string{
		workplan.FigureTyped: "hand", workplan.FigureRegister: "", workplan.FigureTimeless: "warn", workplan.FigureDiffers: "bad",
	}[f.State]}
}

// SheetCell is a part of the paper with the page it stands on, for a template.
type SheetCell struct {
	View SheetView
	Part any // workplan.Cell or workplan.Paragraph
}

func sheetCell(view SheetView, part any) SheetCell { return SheetCell{view, part} }

// SheetListView is the sheets there are.
type SheetListView struct {
	Page
	Rows []SheetListRow
	New  bool // the visitor may begin one
}

// SheetListRow is one sheet of the list.
type SheetListRow struct {
	Year, Unit, Href string
	Chips            []Chip
}
