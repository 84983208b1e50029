package paper

import (
	"fmt"

	"ayumi/domain/workplan"
)

// titles are the column titles of the data.
func titles(d workplan.Paper) []any {
	c := words(d).Printed.Columns
	return []any{c.Number, c.Sheet, c.Format, c.Year, c.EraYear, c.Area, c.Key, c.Title, c.Text, c.Blank, c.AbsentReason, c.Code,
		c.Value, c.Comparator, c.Unit, c.UnitStated, c.At, c.FigureNumber, c.Indicator, c.Version, c.Digest, c.Scope, c.From, c.Until,
		c.Known, c.Position, c.State, c.Recount, c.Sample}
}

// dataRows are the values of a sheet in order, each followed by the figures that
// its text states.
func dataRows(d workplan.Paper) (out [][]any) {
	for _, x := range d.Data {
		var own *workplan.Figure
		for _, mark := range x.Figures {
			if f := d.Figures[mark-1]; f.Text == x.Text {
				own = &f
			}
		}
		out = append(out, dataRow(d, len(out)+1, x, own))
		for _, mark := range x.Figures {
			f := d.Figures[mark-1]
			if f.Text == x.Text {
				continue
			}
			row := workplan.Datum{Key: fmt.Sprintf("%s.figure.%d", x.Key, mark), Title: f.Name, Text: f.Text, Value: f.Value, Unit: f.Unit}
			out = append(out, dataRow(d, len(out)+1, row, &f))
		}
	}
	return out
}

func dataRow(d workplan.Paper, no int, x workplan.Datum, f *workplan.Figure) []any {
	row := []any{no, d.Sheet, d.Format, int(d.FY), d.FY.Japanese(), d.Area, x.Key, x.Title, x.Text, x.Blank, x.AbsentReason, x.Code,
		number(x.Value), x.Comparator, x.Unit}
	if f == nil {
		row = append(row, nil, x.At, nil, nil, nil, nil, nil, nil, nil, d.Known.String(), int(d.Position), nil, nil)
	} else {
		known, position := d.Known.String(), d.Position
		if f.Position > 0 {
			known, position = f.KnownAt, f.Position
		}
		row = append(row, f.UnitStated, x.At, f.Mark, f.Indicator, f.Version, f.Digest, f.Scope, f.From, f.Until, known, int(position),
			words(d).Printed.States[f.State], number(f.Recounted))
	}
	return append(row, d.Sample)
}

// number is a number as a number, a blank as a blank.
func number(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}
