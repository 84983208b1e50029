package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/japan"
)

// ledgerBook is a workbook that is read part by part, once, and never laid out in
// memory as a whole: a single cell at the far corner of a sheet must not cost more
// than its own text.
type ledgerBook struct {
	parts     map[string]*zip.File
	strings   []string
	shapes    []shape // by style
	since1904 bool
}

// bookTables reads every sheet of a workbook.
func bookTables(raw []byte) ([]importing.Table, error) {
	if err := unpacks(raw, maxLedger); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, refuse("document.damaged")
	}
	b := ledgerBook{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		b.parts[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	var out []importing.Table
	sheets, err := b.sheets()
	for _, s := range sheets {
		if err != nil {
			break
		}
		var g *grid
		if g, err = b.grid(s.part); err == nil {
			out = append(out, g.tables(s.Name, b.since1904)...)
		}
	}
	switch {
	case err == nil:
		return out, nil
	case refusedOne(err):
		return nil, err
	}
	return nil, refuse("document.damaged")
}

// each hands the tokens of a part to a reader; a part that is not there has none.
func (b *ledgerBook) each(name string, take func(d *xml.Decoder, t xml.Token) error) error {
	f := b.parts[strings.ToLower(name)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // read only
	d := xml.NewDecoder(r)
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := take(d, t); err != nil {
			return err
		}
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// refusedOne tells a refusal from a fault of the file.
func refusedOne(err error) bool {
	var r *domain.Refusal
	return errors.As(err, &r)
}

type bookSheet struct{ Name, part string }

// sheets reads what the workbook says of itself, and what its sheets share.
func (b *ledgerBook) sheets() ([]bookSheet, error) {
	targets := map[string]string{}
	err := b.each("xl/_rels/workbook.xml.rels", func(_ *xml.Decoder, t xml.Token) error {
		if s, ok := t.(xml.StartElement); ok && s.Name.Local == "Relationship" {
			to := attribute(s, "Target")
			if !strings.HasPrefix(to, "/") {
				to = path.Join("xl", to)
			}
			targets[attribute(s, "Id")] = strings.TrimPrefix(to, "/")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []bookSheet
	err = b.each("xl/workbook.xml", func(_ *xml.Decoder, t xml.Token) error {
		s, ok := t.(xml.StartElement)
		switch {
		case ok && s.Name.Local == "workbookPr":
			v := attribute(s, "date1904")
			b.since1904 = v == "1" || v == "true"
		case ok && s.Name.Local == "sheet":
			for _, a := range s.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					out = append(out, bookSheet{attribute(s, "name"), targets[a.Value]})
				}
			}
		}
		return nil
	})
	if err == nil {
		err = b.readStrings()
	}
	if err == nil {
		err = b.readStyles()
	}
	return out, err
}

// readStrings reads the texts that cells refer to, without the readings that
// Japanese workbooks keep beside them.
func (b *ledgerBook) readStrings() error {
	var text strings.Builder
	beside, within := 0, false
	return b.each("xl/sharedStrings.xml", func(_ *xml.Decoder, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text.Reset()
			case "rPh":
				beside++
			case "t":
				within = true
			}
		case xml.CharData:
			if within && beside == 0 {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "si":
				b.strings = append(b.strings, unescaped(text.String()))
			case "rPh":
				beside--
			case "t":
				within = false
			}
		}
		return nil
	})
}

// readStyles reads which styles make a day or a time of a number.
func (b *ledgerBook) readStyles() error {
	formats := map[string]string{}
	within := false
	return b.each("xl/styles.xml", func(_ *xml.Decoder, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "numFmt":
				formats[attribute(t, "numFmtId")] = attribute(t, "formatCode")
			case "cellXfs":
				within = true
			case "xf":
				if !within {
					return nil
				}
				id := attribute(t, "numFmtId")
				n, err := strconv.Atoi(id)
				if custom, ok := formats[id]; ok {
					b.shapes = append(b.shapes, shapeOf(n, &custom))
				} else if err == nil {
					b.shapes = append(b.shapes, shapeOf(n, nil))
				} else {
					b.shapes = append(b.shapes, plain)
				}
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				within = false
			}
		}
		return nil
	})
}

// cell is one cell while its part is read.
type cell struct {
	column, style int
	kind          string
	text          strings.Builder
}

// grid reads a sheet: its cells, then how far merged ones reach.
func (b *ledgerBook) grid(part string) (*grid, error) {
	g := &grid{}
	var row []string
	var c cell
	at, within, beside := 0, false, 0
	err := b.each(part, func(_ *xml.Decoder, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				n, err := strconv.Atoi(attribute(t, "r"))
				if err != nil {
					n = at + 1
				}
				row = nil
				for at++; at < n; at++ { // rows that are not written are empty
					if err := g.add(nil); err != nil {
						return err
					}
				}
			case "c":
				c = cell{column: len(row), kind: attribute(t, "t")}
				if column, _, ok := axis(attribute(t, "r")); ok {
					c.column = column - 1
				}
				c.style, _ = strconv.Atoi(attribute(t, "s"))
			case "v", "t":
				within = true
			case "rPh":
				beside++
			case "mergeCell":
				g.spread(attribute(t, "ref"))
			}
		case xml.CharData:
			if within && beside == 0 {
				c.text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				within = false
			case "rPh":
				beside--
			case "c":
				if c.column >= importing.MostColumns {
					if c.text.Len() == 0 {
						return nil
					}
					return refuse("import.too_wide", "most", strconv.Itoa(importing.MostColumns))
				}
				for len(row) <= c.column {
					row = append(row, "")
				}
				row[c.column] = b.text(&c)
			case "row":
				return g.add(row)
			}
		}
		return nil
	})
	return g, err
}

// text is a cell as a ledger should have it: a number that is a day or a time by
// its format as one, any other as it is stored.
func (b *ledgerBook) text(c *cell) string {
	text := c.text.String()
	switch c.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 0 || n >= len(b.strings) {
			return ""
		}
		return b.strings[n]
	case "inlineStr", "str":
		return unescaped(text)
	case "d":
		day, _, _ := strings.Cut(text, "T")
		return day
	case "", "n":
	default:
		return text
	}
	serial, err := strconv.ParseFloat(text, 64)
	if err != nil || serial < 0 || c.style < 0 || c.style >= len(b.shapes) {
		return text
	}
	return b.number(serial, b.shapes[c.style], text)
}

func (b *ledgerBook) number(serial float64, s shape, text string) string {
	switch {
	case s == plain:
		if serial == math.Trunc(serial) && serial < 1e15 { // 9.012345678E9
			return strconv.FormatInt(int64(serial), 10)
		}
		return text
	case s == clock && serial < 1:
		return clockText(serial)
	}
	day, ok := dayOf(serial, b.since1904)
	if !ok {
		return text
	}
	if part := serial - math.Floor(serial); part > 0 {
		return day.String() + " " + clockText(part)
	}
	return day.String()
}

// dayOf is a serial number as a day; not ok for day 60 of the 1900 system, which
// does not exist, and beyond the calendar.
func dayOf(serial float64, since1904 bool) (japan.Date, bool) {
	days := int(math.Floor(min(serial, 1e7)))
	first := japan.On(1899, 12, 30)
	switch {
	case since1904:
		first = japan.On(1904, 1, 1)
	case days < 60:
		first = japan.On(1899, 12, 31)
	}
	day := first.Add(days)
	return day, days >= 0 && day.Valid() && (days != 60 || since1904)
}

// clockText is a part of a day as 13:30.
func clockText(part float64) string {
	minutes := int(math.Round(part * 24 * 60))
	return strconv.Itoa(minutes/60) + ":" + strconv.Itoa(100 + minutes%60)[1:]
}

// axis reads B3 as column 2, row 3.
func axis(ref string) (column, row int, ok bool) {
	i := 0
	for i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 3 {
		column = column*26 + int(ref[i]-'A') + 1
		i++
	}
	row, err := strconv.Atoi(ref[i:])
	return column, row, err == nil && i > 0 && row > 0
}

// spread puts what a merged cell says into every row it covers, in its first
// column: a ledger writes a day once for all who came on it.
func (g *grid) spread(ref string) {
	from, to, _ := strings.Cut(ref, ":")
	column, row, ok1 := axis(from)
	_, end, ok2 := axis(to)
	if !ok1 || !ok2 || row > len(g.rows) || len(g.rows[row-1]) < column {
		return
	}
	text := g.rows[row-1][column-1]
	for n := row; n < min(end, g.last); n++ {
		for len(g.rows[n]) < column {
			g.rows[n] = append(g.rows[n], "")
		}
		g.rows[n][column-1] = text
	}
}

// unescaped writes out the characters that a workbook spells _x000D_.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.ParseUint(s[2:6], 16, 16)
		return string(rune(n))
	})
}
