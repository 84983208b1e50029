package paper

import "ayumi/domain/workplan"

// setCell is a cell with its lines, ready to draw.
type setCell struct {
	workplan.Cell
	x, width float64
	lines    []line
}

// setRow sets the cells of a row into their columns.
func (f *flow) setRow(t *workplan.Table, row []workplan.Cell) (out []setCell, err error) {
	all := 0
	for _, w := range t.Widths {
		all += w
	}
	x, column := sideMargin, 0
	for _, c := range row {
		share := 0
		for range c.Span {
			share += t.Widths[column]
			column++
		}
		s := setCell{Cell: c, x: x, width: contentWidth * float64(share) / float64(all)}
		family, size := regular, cellSize
		if c.Head != "" || c.Big {
			family = bold
		}
		if c.Big {
			size *= 1.35
		}
		if s.lines, err = f.set(c.Text, family, size, s.width-2*cellSide); err != nil {
			return nil, err
		}
		out, x = append(out, s), x+s.width
	}
	return out, nil
}

// table draws a ruled table. A row stays whole unless it is taller than a page;
// the titles of the columns stand on every page.
func (f *flow) table(t *workplan.Table) error {
	var rows [][]setCell
	for _, r := range t.Rows {
		set, err := f.setRow(t, r)
		if err != nil {
			return err
		}
		rows = append(rows, set)
	}
	if t.Gap {
		f.y += 7
	}
	head, body := rows[:t.Head], rows[t.Head:]
	tops := 0.0
	for _, r := range head {
		tops += rowHeight(r)
	}
	for i, r := range body {
		first := 0.0
		if i == 0 {
			first = tops
		}
		if f.y+first+rowHeight(r) > bottom && !f.fresh() {
			f.newPage()
			first = tops
		}
		if first > 0 {
			for _, h := range head {
				f.row(h)
			}
		}
		for rowHeight(r) > bottom-f.y {
			part, rest := split(r, bottom-f.y)
			if linesOf(part) == 0 {
				break // not even a line fits under the titles: nothing to gain on a new page
			}
			f.row(part)
			f.newPage()
			for _, h := range head {
				f.row(h)
			}
			r = rest
		}
		f.row(r)
	}
	return nil
}

func linesOf(r []setCell) (n int) {
	for _, c := range r {
		n += len(c.lines)
	}
	return n
}

// rowHeight is the height of the tallest cell.
func rowHeight(r []setCell) float64 {
	most := cellSize * 1.5
	for _, c := range r {
		height := 0.0
		for _, l := range c.lines {
			height += l.height()
		}
		most = max(most, height)
	}
	return most + 2*cellTop
}

// split parts a row at a height.
func split(r []setCell, height float64) (part, rest []setCell) {
	for _, c := range r {
		fits, used := 0, 2*cellTop
		for _, l := range c.lines {
			if used += l.height(); used > height {
				break
			}
			fits++
		}
		a, b := c, c
		a.lines, b.lines = c.lines[:fits], c.lines[fits:]
		part, rest = append(part, a), append(rest, b)
	}
	return part, rest
}

// row draws one row and moves below it.
func (f *flow) row(r []setCell) {
	y, height := f.y, rowHeight(r)
	for _, c := range r {
		f.add(func() error { return f.cell(c, y, height) })
	}
	f.y += height
}

func (f *flow) cell(c setCell, y, height float64) error {
	if c.Head != "" {
		f.box(c.x, y, c.width, height, fill)
	}
	f.rule(c.x, y, c.x+c.width, y)
	f.rule(c.x, y+height, c.x+c.width, y+height)
	f.rule(c.x, y, c.x, y+height)
	f.rule(c.x+c.width, y, c.x+c.width, y+height)
	at := y + cellTop
	for _, l := range c.lines {
		if err := f.draw(l, c.x+cellSide, at, c.width-2*cellSide, c.Center); err != nil {
			return err
		}
		at += l.height()
	}
	return nil
}
