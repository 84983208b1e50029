package export

import (
	"slices"

	"ayumi/domain/indicator"
)

// shown are the tables as people read them: the figures, then one table for each
// dimension with an indicator a row and the total at the right.
func (s *sheet) shown() []Table {
	out := []Table{s.figuresTable()}
	var dimensions []indicator.Dimension
	for _, f := range s.figures {
		for _, p := range f.parts {
			if !slices.Contains(dimensions, p.Dimension) {
				dimensions = append(dimensions, p.Dimension)
			}
		}
	}
	for _, by := range dimensions {
		out = append(out, s.dimensionTable(by))
	}
	return append(out, s.besideTable())
}

func (s *sheet) heading(keys ...string) []Column {
	var out []Column
	for _, key := range keys {
		out = append(out, Column{Key: key, Name: s.e.Columns[key]})
	}
	return out
}

func (s *sheet) shownCell(i int) Cell { return s.cells[i].cell() }

// fraction is numerator and denominator, which are always printed with a share.
func (s *sheet) fraction(c datum) Cell {
	switch {
	case !c.ratio:
		return text("")
	case c.hidden:
		return Cell{Kind: IsHidden}
	}
	return text(s.w.Value.Over(s.w.Number(c.over), s.w.Number(c.under)))
}

func (s *sheet) figuresTable() Table {
	t := Table{Title: s.e.Figures, Columns: s.heading("indicator", "name", "value", "unit", "fraction", "basis", "scope_name", "version", "digest", "text")}
	t.Columns[len(t.Columns)-1].Name = s.w.Indicator.HowCounted
	t.Columns[4].Name = s.w.Value.Number
	for _, f := range s.figures {
		d := f.Definition
		t.Rows = append(t.Rows, []Cell{text(d.Indicator), text(s.indicatorName(d)), s.shownCell(f.whole), text(s.w.Code("unit", d.Unit)), s.fraction(s.cells[f.whole]),
			text(s.w.Code("unit_basis", d.Basis)), text(s.w.Scope(f.Scope)), text(d.Version), text(d.Digest()), text(d.Text[string(s.w.Language)])})
	}
	return t
}

func (s *sheet) dimensionTable(by indicator.Dimension) Table {
	t := Table{Title: s.e.By(s.e.Dimensions[string(by)]), Columns: s.heading("indicator", "name")}
	var codes []string
	for _, f := range s.figures {
		for _, p := range f.parts {
			if p.Dimension != by {
				continue
			}
			for i, share := range p.Portions {
				if !slices.Contains(codes, share.Code) {
					codes = slices.Insert(codes, min(i, len(codes)), share.Code)
				}
			}
		}
	}
	for _, code := range codes {
		t.Columns = append(t.Columns, Column{Key: code, Name: s.w.Part(string(by), code), Number: true})
	}
	t.Columns = append(t.Columns, Column{Key: "sum", Name: s.e.Sum, Number: true}, Column{Key: "unit", Name: s.e.Columns["unit"]})
	for _, f := range s.figures {
		for _, p := range f.parts {
			if p.Dimension != by {
				continue
			}
			row := []Cell{text(f.Definition.Indicator), text(s.indicatorName(f.Definition))}
			for _, code := range codes {
				cell := number(0)
				if i := slices.IndexFunc(p.Portions, func(x indicator.Portion) bool { return x.Code == code }); i >= 0 {
					cell = s.shownCell(p.cells[i])
				}
				row = append(row, cell)
			}
			t.Rows = append(t.Rows, append(row, s.shownCell(f.whole), text(s.w.Code("unit", f.Definition.Unit))))
			if p.Apart != 0 {
				t.Note = s.e.Apart(p.Apart)
			}
		}
	}
	return t
}

func (s *sheet) besideTable() Table {
	t := Table{Title: s.e.Dimensions[beside], Columns: s.heading("indicator", "name", "category_name", "value", "unit")}
	for _, f := range s.figures {
		for _, i := range f.beside {
			c := s.cells[i]
			t.Rows = append(t.Rows, []Cell{text(f.Definition.Indicator), text(s.indicatorName(f.Definition)), text(s.w.Part(beside, c.category)), s.shownCell(i), text(s.w.Code("unit", c.unit))})
		}
	}
	return t
}
