package paper

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/signintech/gopdf"

	"ayumi/domain/japan"
	"ayumi/domain/jobbook"
	"ayumi/infra/web/locale"
)

// A4 lying, in points, and the sizes of its table.
const (
	lyingWidth, lyingHeight = paperHeight, paperWidth
	lyingMargin             = 28.0
	lyingContent            = lyingWidth - 2*lyingMargin
	bookSize                = 6.5
	bookSide                = 2.0
)

// Book prints a book of the placement office on pages of A4, lying. What it writes
// follows from its argument alone.
func (p *Press) Book(b jobbook.Book) ([]byte, error) {
	n, err := p.openPen(gopdf.Rect{W: lyingWidth, H: lyingHeight}, gopdf.PdfInfo{Creator: "Ayumi", Producer: "Ayumi", CreationDate: b.Made.Start().UTC()})
	if err != nil {
		return nil, err
	}
	s := &bookSheet{pen: n, paper: locale.In(locale.Language(b.Language)).BookPaper(b)}
	if err := s.draw(); err != nil {
		return nil, fmt.Errorf("book: %w", err)
	}
	var out bytes.Buffer
	_, err = n.WriteTo(&out)
	return out.Bytes(), err
}

// bookSheet lays a book out from top to bottom, its heading on every page.
type bookSheet struct {
	*pen
	paper  locale.BookPaper
	widths []float64
	head   [][]string // lines of each column
	y      float64
	page   int
}

func (s *bookSheet) draw() error {
	if err := s.columns(); err != nil {
		return err
	}
	if err := s.turn(); err != nil {
		return err
	}
	for _, row := range s.paper.Rows {
		lines, err := s.breaks(row, regular)
		if err != nil {
			return err
		}
		if s.y+heightOf(lines) > lyingHeight-lyingMargin {
			if err := s.turn(); err != nil {
				return err
			}
		}
		if err := s.row(lines, regular); err != nil {
			return err
		}
	}
	s.y += 8
	for _, foot := range s.paper.Foot {
		shown, err := s.printable(foot)
		if err != nil {
			return err
		}
		for _, part := range japan.BreakLines(shown, lyingContent, s.width(regular, smallSize)) {
			if s.y+smallSize*1.5 > lyingHeight-lyingMargin {
				if err := s.turn(); err != nil {
					return err
				}
			}
			if err := s.text(lyingMargin, s.y+smallSize*1.13, part, regular, smallSize, 60); err != nil {
				return err
			}
			s.y += smallSize * 1.5
		}
	}
	return nil
}

// columns shares the width out by what the columns hold.
func (s *bookSheet) columns() error {
	all := 0.0
	for i, head := range s.paper.Head {
		most := min(s.measure(head, bold, bookSize), 40)
		for _, row := range s.paper.Rows {
			shown, err := s.printable(row[i])
			if err != nil {
				return err
			}
			most = max(most, min(s.measure(shown, regular, bookSize), 90))
		}
		s.widths = append(s.widths, most+2*bookSide)
		all += most + 2*bookSide
	}
	for i := range s.widths {
		s.widths[i] *= lyingContent / all
	}
	var err error
	s.head, err = s.breaks(s.paper.Head, bold)
	return err
}

// turn begins a page with the title and the heads of the columns.
func (s *bookSheet) turn() error {
	s.AddPage()
	s.page++
	s.y = lyingMargin
	title := s.paper.Title
	for _, l := range s.paper.Lines {
		title += "　" + l.Label + " " + l.Text
	}
	if err := s.text(lyingMargin, s.y+partSize*1.13, title, bold, partSize, 0); err != nil {
		return err
	}
	no := strconv.Itoa(s.page)
	if err := s.text(lyingMargin+lyingContent-s.measure(no, regular, smallSize), s.y+partSize*1.13, no, regular, smallSize, 60); err != nil {
		return err
	}
	s.y += partSize * 1.9
	return s.row(s.head, bold)
}

// breaks breaks the cells of a row into lines.
func (s *bookSheet) breaks(cells []string, family string) ([][]string, error) {
	out := make([][]string, len(cells))
	for i, cell := range cells {
		shown, err := s.printable(cell)
		if err != nil {
			return nil, err
		}
		out[i] = japan.BreakLines(shown, s.widths[i]-2*bookSide, s.width(family, bookSize))
	}
	return out, nil
}

func heightOf(lines [][]string) float64 {
	most := 1
	for _, cell := range lines {
		most = max(most, len(cell))
	}
	return float64(most)*bookSize*1.45 + 2*bookSide
}

func (s *bookSheet) row(lines [][]string, family string) error {
	x, height := lyingMargin, heightOf(lines)
	s.SetLineWidth(0.4)
	for i, cell := range lines {
		s.RectFromUpperLeft(x, s.y, s.widths[i], height)
		at := s.y + bookSide
		for _, l := range cell {
			if err := s.text(x+bookSide, at+bookSize*1.13, l, family, bookSize, 0); err != nil {
				return err
			}
			at += bookSize * 1.45
		}
		x += s.widths[i]
	}
	s.y += height
	return nil
}
