package paper

import (
	"slices"

	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
)

// Sizes of type in points.
const (
	titleSize, sectionSize, partSize = 15.0, 11.5, 10.0
	textSize, cellSize, smallSize    = 9.0, 8.75, 7.5
	cellSide, cellTop                = 5.0, 2.6
	blackLine                        = 0.5
	fill                             = 238 // gray of title cells
)

// flow lays blocks out from top to bottom, page by page.
type flow struct {
	*pen
	paper workplan.Paper
	w     *locale.Words
	pages [][]func() error
	y     float64
}

const bottom = paperHeight - bottomMargin

func (f *flow) newPage() {
	f.pages, f.y = append(f.pages, nil), topMargin
}

func (f *flow) add(draw func() error) {
	last := len(f.pages) - 1
	f.pages[last] = append(f.pages[last], draw)
}

// fresh tells whether nothing stands on the page yet.
func (f *flow) fresh() bool { return len(f.pages[len(f.pages)-1]) == 0 }

// room begins a new page unless so much is left on this one.
func (f *flow) room(need float64) {
	if f.y+need > bottom && !f.fresh() {
		f.newPage()
	}
}

// compose lays the whole paper out.
func (f *flow) compose() error {
	f.newPage()
	if err := f.heading(f.paper.Title); err != nil {
		return err
	}
	for i, b := range f.paper.Blocks {
		if err := f.block(b, f.paper.Blocks[i+1:]); err != nil {
			return err
		}
	}
	return f.stamp()
}

// heading is the title of the sheet, in the middle.
func (f *flow) heading(title string) error {
	lines, err := f.set([]workplan.Paragraph{{Runs: []workplan.Run{{Text: title}}}}, bold, titleSize, contentWidth)
	for _, l := range lines {
		y := f.y
		f.add(func() error { return f.draw(l, sideMargin, y, contentWidth, true) })
		f.y += l.height()
	}
	f.y += 2
	return err
}

func (f *flow) block(b workplan.Block, rest []workplan.Block) error {
	if b.Break && !f.fresh() {
		f.newPage()
	}
	switch {
	case b.Level > 0:
		return f.title(b, rest)
	case b.Table != nil:
		return f.table(b.Table)
	case b.Small:
		f.y += 4
		return f.lines(b.Text, smallSize+.5)
	default:
		return f.lines(b.Text, textSize)
	}
}

// title is a heading; it stays with what follows it.
func (f *flow) title(b workplan.Block, rest []workplan.Block) error {
	size, above, indent := partSize, 5.0, 0.0
	if b.Level == 1 {
		size, above, indent = sectionSize, 10.0, 12.0
	}
	lines, err := f.set([]workplan.Paragraph{{Runs: []workplan.Run{{Text: b.Title}}}}, bold, size, contentWidth-indent)
	if err != nil {
		return err
	}
	need := above
	for _, l := range lines {
		need += l.height()
	}
	f.room(need + f.least(rest))
	if !f.fresh() {
		f.y += above
	}
	if b.Level == 1 {
		y, height := f.y, need-above
		f.add(func() error { f.box(sideMargin, y+1, 4, height-2, 0); return nil })
	}
	for _, l := range lines {
		y := f.y
		f.add(func() error { return f.draw(l, sideMargin+indent, y, contentWidth-indent, false) })
		f.y += l.height()
	}
	f.y += 2
	if b.Level == 1 {
		f.y += 2
	}
	return nil
}

// least is how much of what follows a heading must stand on its page.
func (f *flow) least(rest []workplan.Block) float64 {
	if len(rest) == 0 {
		return 0
	}
	switch b := rest[0]; {
	case b.Level > 0:
		return partSize*1.5 + 5 + f.least(rest[1:])
	case b.Table != nil:
		return cellSize * 1.5 * 4
	default:
		return textSize * 1.5 * 2
	}
}

// lines are plain paragraphs.
func (f *flow) lines(text []workplan.Paragraph, size float64) error {
	lines, err := f.set(text, regular, size, contentWidth)
	if err != nil {
		return err
	}
	for _, l := range lines {
		f.room(l.height())
		y := f.y
		f.add(func() error { return f.draw(l, sideMargin, y, contentWidth, false) })
		f.y += l.height()
	}
	return nil
}

// stamp is what stands at the very end, with the characters the font lacked.
func (f *flow) stamp() error {
	text := f.w.PrintedFoot(f.paper)
	if len(f.missing) > 0 {
		slices.Sort(f.missing)
		text = append(text, f.w.Printed.Missing(locale.CodePoints(f.missing)))
	}
	var list []workplan.Paragraph
	for _, t := range text {
		list = append(list, workplan.Paragraph{Runs: []workplan.Run{{Text: t}}})
	}
	lines, err := f.set(list, regular, smallSize, contentWidth)
	if err != nil {
		return err
	}
	need := 9.0
	for _, l := range lines {
		need += l.height()
	}
	f.room(need)
	f.y += 5
	y := f.y
	f.add(func() error { f.rule(sideMargin, y, sideMargin+contentWidth, y); return nil })
	f.y += 4
	for _, l := range lines {
		y := f.y
		f.add(func() error { return f.draw(l, sideMargin, y, contentWidth, false) })
		f.y += l.height()
	}
	return nil
}

// frame is what stands on every page: the margin at the top and the number of the
// page.
func (f *flow) frame(page int) error {
	margin := f.w.PrintedMargin(f.paper)
	size, y := 8.0, 38.0
	for i, t := range []string{margin[0], margin[1], f.w.Printed.Page(page, len(f.pages))} {
		text, err := f.printable(t)
		if err != nil {
			return err
		}
		wide, x, at := f.measure(text, regular, size), sideMargin, y
		switch i {
		case 1:
			x = sideMargin + contentWidth - wide
		case 2:
			x, at = (paperWidth-wide)/2, paperHeight-24
		}
		if err := f.text(x, at, text, regular, size, 60); err != nil {
			return err
		}
	}
	return nil
}

func (f *flow) rule(x1, y1, x2, y2 float64) {
	f.SetLineWidth(blackLine)
	f.SetStrokeColor(60, 60, 60)
	f.Line(x1, y1, x2, y2)
}

func (f *flow) box(x, y, width, height float64, gray uint8) {
	f.SetFillColor(gray, gray, gray)
	f.RectFromUpperLeftWithStyle(x, y, width, height, "F")
}
