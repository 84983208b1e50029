package workplan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Lay lays a sheet out in a format. What the format does not print is not in the
// document; what the sheet does not say stands as a blank.
func Lay(s *Sheet, f *Format, in Printing) Document {
	l := &layer{sheet: s, format: f, in: in}
	l.doc = Document{Sheet: s.ID, Format: f.Name, FY: s.FiscalYear(), Language: in.Language, Bureau: s.Head.Bureau,
		Title: l.words(f.Title), Edition: len(s.Editions), Draft: s.Touched || len(s.Editions) == 0}
	l.blocks(f.Blocks, place{})
	return l.doc
}

// layer lays one document out.
type layer struct {
	sheet  *Sheet
	format *Format
	in     Printing
	doc    Document
	title  string // last heading: what a text below it is called
	column string // title of the column that is laid out
}

// place is what is repeated at the moment: a part of the sheet and its number or
// kind.
type place struct {
	part, kind string
	no         int
}

// key is the key of the datum of a field.
func (p place) key(field string) string {
	part, rest, _ := strings.Cut(field, ".")
	if p.part == "" || part != p.part {
		return field
	}
	return p.named(rest)
}

func (p place) named(field string) string {
	return p.part + "." + cmp.Or(p.kind, strconv.Itoa(p.no)) + "." + field
}

// words fills in what stands in braces.
func (l *layer) words(w Wording) string { return l.wordsAt(w, place{}) }

func (l *layer) wordsAt(w Wording, at place) string {
	return strings.NewReplacer("{bureau}", l.sheet.Head.Bureau, "{unit}", l.sheet.Head.Unit, "{year}", l.in.Year,
		"{no}", strconv.Itoa(at.no), "{judged_at}", l.format.Judged[l.in.Language]).Replace(w[l.in.Language])
}

// places are what a part of the sheet is repeated for.
func (l *layer) places(part string) []place {
	var numbers []int
	switch part {
	case "indicator":
		numbers = Numbers(l.sheet.Indicators)
	case "project":
		numbers = Numbers(l.sheet.Projects)
	case "initiative":
		numbers = Numbers(l.sheet.Initiatives)
	case "issue":
		numbers = Numbers(l.sheet.Issues)
	case "evaluation":
		return l.evaluations()
	}
	var out []place
	for _, no := range numbers {
		out = append(out, place{part: part, no: no})
	}
	return out
}

func (l *layer) evaluations() (out []place) {
	for _, kind := range []string{"mid_year", "final"} {
		if _, ok := l.sheet.Evaluations[kind]; ok {
			out = append(out, place{part: "evaluation", kind: kind})
		}
	}
	return out
}

func (l *layer) blocks(list []*BlockSpec, at place) {
	for _, b := range list {
		if b.If != "" && len(l.places(b.If)) == 0 {
			continue
		}
		if b.Each != "" {
			for _, p := range l.places(b.Each) {
				l.blocks(b.Blocks, p)
			}
			continue
		}
		l.doc.Blocks = append(l.doc.Blocks, l.block(b, at))
	}
}

func (l *layer) block(b *BlockSpec, at place) Block {
	out := Block{Level: b.Level, ID: b.ID, Break: b.Break}
	switch {
	case b.Level > 0:
		out.Title = l.wordsAt(b.Title, at)
		if w, ok := b.Kinds[at.kind]; ok {
			out.Title = l.wordsAt(w, at)
		}
		l.title = out.Title
	case b.Text != "":
		out.Text = l.value(b.Text, at, b.Items, l.title, false).Text
	case b.Table != nil:
		out.Table = l.table(b.Table, at)
	case b.Legend:
		out.Small, out.Text = true, []Paragraph{plain(l.legend())}
	}
	return out
}

// legend explains the marks as they are printed.
func (l *layer) legend() string {
	text := l.words(l.format.Legend)
	for _, m := range l.format.Marks {
		text += "\u3000" + l.words(m.Text)
	}
	l.doc.Data = append(l.doc.Data, Datum{Key: "legend", Title: l.words(l.format.Judged), Text: text, worded: true})
	return text
}

func plain(text string) Paragraph { return Paragraph{Runs: []Run{{Text: text}}} }

func (l *layer) table(spec *TableSpec, at place) *Table {
	t := &Table{Caption: l.wordsAt(spec.Caption, at), Widths: spec.Widths, Head: spec.Head, Join: spec.Join, Gap: spec.Gap}
	titles := make([]string, len(spec.Widths)) // of the columns
	for _, r := range spec.Rows {
		rows := []place{at}
		if r.Each != "" {
			rows = l.places(r.Each)
		}
		for _, p := range rows {
			t.Rows = append(t.Rows, l.row(r, p, titles))
		}
	}
	return t
}

// row lays out one row; titles are those of the columns above it.
func (l *layer) row(r *RowSpec, at place, titles []string) []Cell {
	var out []Cell
	column, rowTitle := 0, ""
	for _, c := range r.Cells {
		cell := Cell{Head: c.Head, Span: max(c.Span, 1), Center: c.Center, Big: c.Big}
		switch {
		case c.Field != "":
			l.column = titles[column]
			v := l.value(c.Field, at, c.Items, strings.Trim(titles[column]+" "+rowTitle, " "), c.Say)
			cell.Key, cell.Text, cell.Open = v.Key, v.Text, v.Open
		default:
			title := l.wordsAt(c.Title, at)
			cell.Text = []Paragraph{plain(title)}
			if c.Head == "col" {
				titles[column] = title
			} else {
				rowTitle = title
			}
		}
		out, column = append(out, cell), column+cell.Span
	}
	return out
}

// value prints a field and notes it as data. say: a blank is said in words.
func (l *layer) value(field string, at place, items bool, title string, say bool) Cell {
	v := l.read(field, at)
	d := v.datum
	d.Key, d.Title = at.key(field), title
	cell := Cell{Key: d.Key, Open: v.open}
	if d.Text == "" {
		d.Blank = true
		if say && !v.open {
			cell.Text = []Paragraph{plain(l.words(l.format.Blank))}
		}
		l.doc.Data = append(l.doc.Data, d)
		return cell
	}
	for _, line := range v.lines(items) {
		p := Paragraph{Runs: l.runs(line, v, &d)}
		if items {
			p.Item = l.format.Item
		}
		cell.Text = append(cell.Text, p)
	}
	l.doc.Data = append(append(l.doc.Data, d), v.more...)
	return cell
}

// runs parts a line into words and numbered figures.
func (l *layer) runs(line string, v reading, d *Datum) []Run {
	if v.figure != nil {
		v.figure.Name = v.name + "\u3000" + l.column
		return []Run{{Text: line, Mark: l.number(*v.figure, d)}}
	}
	if v.mark > 0 {
		return []Run{{Text: line[:v.mark], Big: true}, {Text: line[v.mark:]}}
	}
	if l.in.Find == nil || !v.prose && (!v.told || l.in.Version < TypedMarked) {
		return []Run{{Text: line}}
	}
	found := l.in.Find(d.Key, line)
	slices.SortFunc(found, func(a, b Found) int { return a.From - b.From })
	var out []Run
	at := 0
	for _, f := range found {
		if f.From < at || f.To > len(line) {
			continue
		}
		if f.From > at {
			out = append(out, Run{Text: line[at:f.From]})
		}
		f.Figure.Text = line[f.From:f.To]
		out = append(out, Run{Text: f.Figure.Text, Mark: l.number(f.Figure, d)})
		at = f.To
	}
	if at < len(line) {
		out = append(out, Run{Text: line[at:]})
	}
	return out
}

// number lists a figure and answers its number.
func (l *layer) number(f Figure, d *Datum) int {
	f.Mark, f.Key = len(l.doc.Figures)+1, d.Key
	l.doc.Figures = append(l.doc.Figures, f)
	d.Figures = append(d.Figures, f.Mark)
	return f.Mark
}
