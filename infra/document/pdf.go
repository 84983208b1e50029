package document

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"ayumi/domain"
	doc "ayumi/domain/document"
)

// readPDF reads the text layer of a PDF file, page by page, line by line. Nothing
// is guessed from pictures: a page without text is noted, a file without any is
// refused.
func readPDF(raw []byte) (doc.Text, error) {
	f, err := openPDF(raw)
	if err != nil {
		return doc.Text{}, damaged(err)
	}
	pages, err := f.pages()
	if err != nil {
		return doc.Text{}, damaged(err)
	}
	out := doc.Text{Format: "pdf", Pages: len(pages)}
	unknown := 0
	for i, p := range pages {
		painted, err := f.paint(p)
		if err != nil {
			return doc.Text{}, damaged(err)
		}
		lines := painted.lines()
		unknown += painted.unknown
		switch {
		case len(lines) == 0 && painted.unknown > 0:
			note(&out, "document.page_unreadable", "page", strconv.Itoa(i+1))
		case len(lines) == 0:
			note(&out, "document.page_without_text", "page", strconv.Itoa(i+1))
		case painted.unknown > 0:
			note(&out, "document.page_gaps", "page", strconv.Itoa(i+1), "count", strconv.Itoa(painted.unknown))
		}
		for n := range lines {
			out.Pieces = append(out.Pieces, doc.Piece{Place: doc.Place{Page: i + 1, Line: n + 1}, Text: lines[n].text, Parts: partsOf(lines, n), Edge: n == 0 || n == len(lines)-1})
		}
	}
	switch {
	case len(out.Pieces) == 0 && unknown > 0:
		return doc.Text{}, refuse("document.unreadable")
	case len(out.Pieces) == 0:
		return doc.Text{}, refuse("document.scanned")
	}
	return out, nil
}

// damaged turns what is no refusal into one.
func damaged(err error) error {
	var refused *domain.Refusal
	if errors.As(err, &refused) {
		return err
	}
	return refuse("document.damaged")
}

// pdfLine is what stands at one height, with its stretches between wide gaps.
type pdfLine struct {
	text  string
	parts []stretch
}

// stretch is a part of a line: its runes, its ends on the page, its words.
type stretch struct {
	from, to    int
	left, right float64
	text        string
}

// lines puts the text of a page in order: from the top, from the left; what stands
// at one height is one line, with a space where a gap is.
func (p *painter) lines() []pdfLine {
	all := p.shown
	slices.SortStableFunc(all, func(a, b shown) int { return cmp.Compare(b.y, a.y) })
	var out []pdfLine
	for len(all) > 0 {
		first, n := all[0], 1
		for n < len(all) && first.y-all[n].y < .4*max(first.size, all[n].size, 1) {
			n++
		}
		if line := joined(all[:n]); strings.TrimSpace(line.text) != "" {
			out = append(out, line)
		}
		all = all[n:]
	}
	return out
}

func joined(line []shown) pdfLine {
	line = slices.Clone(line)
	slices.SortStableFunc(line, func(a, b shown) int { return cmp.Compare(a.x, b.x) })
	var out pdfLine
	var text []rune
	for i, s := range line {
		if i > 0 {
			last := line[i-1]
			if s.text == last.text && math.Abs(s.x-last.x) < .2*s.size && math.Abs(s.y-last.y) < .2*s.size {
				continue // printed twice to look bold
			}
			if s.x-last.end > .3*max(s.size, 1) {
				text = append(text, ' ')
			}
			if s.x-last.end > max(s.size, 1) {
				out.parts = append(out.parts, stretch{from: len(text), left: s.x})
			}
		} else {
			out.parts = append(out.parts, stretch{left: s.x})
		}
		text = append(text, []rune(strings.Map(printable, s.text))...)
		end := &out.parts[len(out.parts)-1]
		end.to, end.right = len(text), max(end.right, s.end)
		end.text = string(text[end.from:])
	}
	out.text = strings.TrimRight(string(text), " ")
	return out
}

// mostAbove is how many lines above are looked at for the words of a column.
const mostAbove = 4

// partsOf tells, for each stretch with a digit, what stands above it in its column.
// A page of one column has none.
func partsOf(lines []pdfLine, n int) []doc.Part {
	var out []doc.Part
	for _, s := range lines[n].parts {
		if !doc.HasDigit(s.text) {
			continue
		}
		var above []string
		whole := s.text
		for k := n - 1; k >= max(0, n-mostAbove); k-- {
			if len(lines[k].parts) < 2 && len(lines[n].parts) < 2 {
				break
			}
			i := slices.IndexFunc(lines[k].parts, func(o stretch) bool {
				return min(s.right, o.right)-max(s.left, o.left) > .3*min(s.right-s.left, o.right-o.left)
			})
			if i < 0 {
				break
			}
			above = append(above, lines[k].parts[i].text)
			whole = lines[k].parts[i].text + whole
		}
		if len(above) > 0 {
			out = append(out, doc.Part{From: s.from, To: s.to, Above: append(above, whole)})
		}
	}
	return out
}

// printable drops what no text holds.
func printable(r rune) rune {
	switch {
	case r == '\u00a0' || r == '\t':
		return ' '
	case r < ' ' || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cs, r):
		return -1
	}
	return r
}
