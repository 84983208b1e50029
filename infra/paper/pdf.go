package paper

import (
	"bytes"
	"slices"

	"github.com/signintech/gopdf"

	"ayumi/domain/japan"
	"ayumi/domain/workplan"
)

// A4 upright, in points, with the margins of the printed page.
const (
	paperWidth, paperHeight = 595.28, 841.89
	sideMargin              = 42.5
	topMargin, bottomMargin = 54.0, 46.0
	contentWidth            = paperWidth - 2*sideMargin
)

// geta stands where the font lacks a character, as printers do it.
const geta = '〓'

// pen draws text and lines and measures characters. It knows which characters the
// font lacks: none is dropped (libraries.md, trap 3).
type pen struct {
	*gopdf.GoPdf
	widths  map[glyph]float64 // of an em
	has     map[rune]bool
	missing []rune
	font    glyphFont
}

type glyphFont struct {
	family string
	size   float64
}

type glyph struct {
	family string
	r      rune
}

const (
	regular = "regular"
	bold    = "bold"
)

// newPen opens an empty PDF for a sheet.
func (p *Press) newPen(d workplan.Paper) (*pen, error) {
	return p.openPen(gopdf.Rect{W: paperWidth, H: paperHeight},
		gopdf.PdfInfo{Title: d.Title, Subject: d.Sheet, Creator: "Ayumi", Producer: "Ayumi", CreationDate: d.At.UTC()})
}

// openPen opens an empty PDF with both fonts.
func (p *Press) openPen(page gopdf.Rect, info gopdf.PdfInfo) (*pen, error) {
	n := &pen{GoPdf: &gopdf.GoPdf{}, widths: map[glyph]float64{}, has: map[rune]bool{}}
	n.Start(gopdf.Config{PageSize: page})
	n.SetInfo(info)
	for _, f := range []struct {
		family string
		font   []byte
	}{{regular, p.Regular}, {bold, p.Bold}} {
		option := gopdf.TtfOption{
			OnGlyphNotFound:           func(r rune) { n.lack(r) },
			OnGlyphNotFoundSubstitute: func(rune) rune { return geta },
		}
		if err := n.AddTTFFontDataWithOption(f.family, f.font, option); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// use chooses a font.
func (n *pen) use(family string, size float64) error {
	if n.font == (glyphFont{family, size}) {
		return nil
	}
	n.font = glyphFont{family, size}
	return n.SetFont(family, "", size)
}

func (n *pen) lack(r rune) {
	if !slices.Contains(n.missing, r) {
		n.missing = append(n.missing, r)
	}
}

// printable is a text with a geta mark for each character the font lacks. Tabs
// and other spaces without a form are blanks.
func (n *pen) printable(text string) (string, error) {
	if err := n.use(regular, 9); err != nil {
		return "", err
	}
	out := make([]rune, 0, len(text))
	for _, r := range text {
		if r == '\t' || r == '\r' || r == '\v' || r == '\f' || r == '\u00a0' {
			r = ' '
		}
		known, ok := n.has[r]
		if !ok {
			var err error
			// What lies beyond the first plane has no place in the text layer.
			if known, err = n.IsCurrFontContainGlyph(r); err != nil {
				return "", err
			}
			known = known && r < 0x10000
			n.has[r] = known
		}
		if !known {
			n.lack(r)
			r = geta
		}
		out = append(out, r)
	}
	return string(out), nil
}

// width measures characters of a font.
func (n *pen) width(family string, size float64) func(rune) float64 {
	return func(r rune) float64 {
		g := glyph{family, r}
		w, ok := n.widths[g]
		if !ok {
			if n.use(family, 100) == nil {
				w, _ = n.MeasureTextWidth(string(r)) // no error: printable saw to the glyph
			}
			w /= 100
			n.widths[g] = w
		}
		return w * size
	}
}

func (n *pen) measure(text, family string, size float64) float64 {
	sum, width := 0.0, n.width(family, size)
	for _, r := range text {
		sum += width(r)
	}
	return sum
}

// text draws a text on its baseline.
func (n *pen) text(x, y float64, text, family string, size float64, gray uint8) error {
	if text == "" {
		return nil
	}
	if err := n.use(family, size); err != nil {
		return err
	}
	n.SetTextColor(gray, gray, gray)
	n.SetXY(x, y)
	return n.Text(text)
}

// pdf prints a paper. It answers the characters that its font lacks.
func (p *Press) pdf(d workplan.Paper) ([]byte, []rune, error) {
	n, err := p.newPen(d)
	if err != nil {
		return nil, nil, err
	}
	f := &flow{pen: n, paper: d, w: words(d)}
	if err := f.compose(); err != nil {
		return nil, nil, err
	}
	for i, page := range f.pages {
		n.AddPage()
		for _, draw := range page {
			if err := draw(); err != nil {
				return nil, nil, err
			}
		}
		if err := f.frame(i + 1); err != nil {
			return nil, nil, err
		}
	}
	var out bytes.Buffer
	if _, err := n.WriteTo(&out); err != nil {
		return nil, nil, err
	}
	slices.Sort(n.missing)
	return out.Bytes(), n.missing, nil
}

// line is one line of a cell or a text, ready to draw.
type line struct {
	text, family string
	size, indent float64
	big          string // a sign before it, set large
	after        float64
}

func (l line) height() float64 { return l.size*1.5 + l.after }

// set breaks paragraphs into lines.
func (n *pen) set(list []workplan.Paragraph, family string, size, width float64) (out []line, err error) {
	for i, p := range list {
		var words, sign string
		for _, r := range p.Runs {
			text, err := n.printable(r.Text)
			if err != nil {
				return nil, err
			}
			if r.Big && words == "" {
				sign += text
			} else {
				words += text
			}
		}
		indent := n.measure(p.Item, family, size) + n.measure(sign, family, size*bigger)
		for j, part := range japan.BreakLines(words, width-indent, n.width(family, size)) {
			l := line{text: part, family: family, size: size, indent: indent}
			if j == 0 {
				l.big, l.text = sign, p.Item+part
				l.indent -= n.measure(p.Item, family, size)
			}
			out = append(out, l)
		}
		if i+1 < len(list) {
			out[len(out)-1].after = size * .18
		}
	}
	return out, nil
}

// bigger is how much larger the sign of a mark stands than the words beside it.
const bigger = 1.5

// draw draws a line in a box of a width, its top at y.
func (n *pen) draw(l line, x, y, width float64, center bool) error {
	if center {
		x += (width - l.indent - n.measure(l.text, l.family, l.size)) / 2
	}
	base := y + l.size*1.13
	if l.big != "" {
		if err := n.text(x, base+l.size*.12, l.big, l.family, l.size*bigger, 0); err != nil {
			return err
		}
	}
	return n.text(x+l.indent, base, l.text, l.family, l.size, 0)
}
