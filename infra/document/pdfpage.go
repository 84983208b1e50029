package document

import (
	"errors"
	"math"
)

// matrix is a transformation (ISO 32000-1, 8.3.3).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// then answers m followed by n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// shown is a piece of text at its place on the page, y from the bottom.
type shown struct {
	x, y, end float64
	size      float64
	text      string
}

// state is the graphics state as far as it moves text.
type state struct {
	place                                        matrix
	font                                         *pdfFont
	size, spacing, wordSpace, width, lead, raise float64
}

// painter runs the contents of a page for its text alone.
type painter struct {
	file    *pdfFile
	fonts   map[pdfName]*pdfFont
	shown   []shown
	unknown int // glyphs that no table says anything of
	steps   int
	state
	saved      []state
	text, line matrix
}

const (
	mostSteps = 2_000_000 // operators of a page
	mostSaved = 64
	mostForms = 8 // drawings inside drawings
)

func (f *pdfFile) paint(p pdfPage) (*painter, error) {
	body, err := f.contents(p.dict["Contents"])
	if err != nil {
		return nil, err
	}
	out := &painter{file: f}
	out.place, out.width = identity, 1
	err = out.run(body, p.resources, 0)
	return out, err
}

// contents joins the parts of a page.
func (f *pdfFile) contents(v any) ([]byte, error) {
	var out []byte
	for _, part := range f.list(v) {
		s, ok := f.get(part).(*pdfStream)
		if !ok {
			continue
		}
		body, err := f.bytes(s)
		if errors.Is(err, errFilter) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(append(out, body...), '\n')
	}
	return out, nil
}

func (p *painter) run(body []byte, resources pdfDict, depth int) error {
	l := &lexer{body, 0}
	outer := p.fonts
	p.fonts = map[pdfName]*pdfFont{}
	defer func() { p.fonts = outer }()
	var args []any
	for !l.done() {
		v := l.object(0)
		op, ok := v.(pdfWord)
		if !ok {
			if args = append(args, v); len(args) > 64 {
				args = args[32:]
			}
			continue
		}
		if p.steps++; p.steps > mostSteps {
			return refuse("document.damaged")
		}
		switch op {
		case "BI":
			skipImage(l)
		case "Do":
			if err := p.form(arg(args, 0), resources, depth); err != nil {
				return err
			}
		default:
			p.do(op, args, resources)
		}
		args = args[:0]
	}
	return nil
}

func arg(args []any, i int) any {
	if i < len(args) {
		return args[i]
	}
	return nil
}

func num(args []any, i int) float64 {
	n, _ := arg(args, i).(float64)
	return n
}

// skipImage passes an image that stands in the page itself.
func skipImage(l *lexer) {
	for l.at+2 < len(l.src) {
		if l.src[l.at] == 'E' && l.src[l.at+1] == 'I' && pdfSpace(l.src[l.at-1]) && pdfSpace(l.peek(2)) {
			l.at += 2
			return
		}
		l.at++
	}
	l.at = len(l.src)
}

// form runs a drawing that the page uses.
func (p *painter) form(v any, resources pdfDict, depth int) error {
	n, _ := v.(pdfName)
	s, ok := p.file.get(p.file.dict(resources["XObject"])[n]).(*pdfStream)
	if !ok || depth >= mostForms || p.file.name(s.dict["Subtype"]) != "Form" {
		return nil
	}
	body, err := p.file.bytes(s)
	if errors.Is(err, errFilter) {
		return nil
	}
	if err != nil {
		return err
	}
	if own := p.file.dict(s.dict["Resources"]); own != nil {
		resources = own
	}
	before, saved := p.state, p.saved
	if m := p.file.array(s.dict["Matrix"]); len(m) == 6 {
		p.place = p.matrix(m).then(p.place)
	}
	err = p.run(body, resources, depth+1)
	p.state, p.saved = before, saved
	return err
}

func (p *painter) matrix(v []any) matrix {
	var m matrix
	for i := range min(6, len(v)) {
		m[i] = p.file.number(v[i])
	}
	return m
}

// do carries out one operator (annex A).
func (p *painter) do(op pdfWord, args []any, resources pdfDict) {
	switch op {
	case "q":
		if len(p.saved) < mostSaved {
			p.saved = append(p.saved, p.state)
		}
	case "Q":
		if n := len(p.saved); n > 0 {
			p.state, p.saved = p.saved[n-1], p.saved[:n-1]
		}
	case "cm":
		p.place = p.matrix(args).then(p.place)
	case "BT":
		p.text, p.line = identity, identity
	case "Tf":
		n, _ := arg(args, 0).(pdfName)
		p.font, p.size = p.fontOf(n, resources), num(args, 1)
	case "Tc":
		p.spacing = num(args, 0)
	case "Tw":
		p.wordSpace = num(args, 0)
	case "Tz":
		p.width = num(args, 0) / 100
	case "TL":
		p.lead = num(args, 0)
	case "Ts":
		p.raise = num(args, 0)
	case "Td":
		p.move(num(args, 0), num(args, 1))
	case "TD":
		p.lead = -num(args, 1)
		p.move(num(args, 0), num(args, 1))
	case "Tm":
		p.line = p.matrix(args)
		p.text = p.line
	case "T*":
		p.move(0, -p.lead)
	case "Tj":
		p.show(arg(args, 0))
	case "'":
		p.move(0, -p.lead)
		p.show(arg(args, 0))
	case "\"":
		p.wordSpace, p.spacing = num(args, 0), num(args, 1)
		p.move(0, -p.lead)
		p.show(arg(args, 2))
	case "TJ":
		list, _ := arg(args, 0).([]any)
		for _, v := range list {
			if back, ok := v.(float64); ok {
				p.advance(-back / 1000 * p.size * p.width)
				continue
			}
			p.show(v)
		}
	}
}

func (p *painter) fontOf(n pdfName, resources pdfDict) *pdfFont {
	if x, ok := p.fonts[n]; ok {
		return x
	}
	var x *pdfFont
	if d := p.file.dict(p.file.dict(resources["Font"])[n]); d != nil {
		x = p.file.font(d)
	}
	p.fonts[n] = x
	return x
}

func (p *painter) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.then(p.line)
	p.text = p.line
}

func (p *painter) advance(x float64) {
	if p.font != nil && p.font.vertical {
		p.text = matrix{1, 0, 0, 1, 0, -x}.then(p.text)
		return
	}
	p.text = matrix{1, 0, 0, 1, x, 0}.then(p.text)
}

// show notes every glyph of a string at its place.
func (p *painter) show(v any) {
	s, ok := v.([]byte)
	if !ok || p.font == nil {
		return
	}
	for _, g := range p.font.read(s) {
		at := matrix{p.size * p.width, 0, 0, p.size, 0, p.raise}.then(p.text).then(p.place)
		step := g.width*p.size + p.spacing
		if g.space {
			step += p.wordSpace
		}
		before := p.text
		p.advance(step * p.width)
		end := matrix{1, 0, 0, 1, 0, p.raise}.then(p.text).then(p.place)
		if p.font.vertical {
			end = at
			p.text = matrix{1, 0, 0, 1, 0, -p.size}.then(before)
		}
		if !g.known {
			p.unknown++
			continue
		}
		size := math.Hypot(at[2], at[3])
		if g.text != "" && finite(at[4], at[5], end[4], size) {
			p.shown = append(p.shown, shown{at[4], at[5], end[4], size, g.text})
		}
	}
}

func finite(all ...float64) bool {
	for _, x := range all {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
