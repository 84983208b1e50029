package paper

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/signintech/gopdf"

	"ayumi/domain/certificate"
	"ayumi/domain/japan"
	"ayumi/domain/letter"
	"ayumi/infra/web/locale"
)

// letterLabel is the width of a label beside its text.
const letterLabel = 110.0

// Letter prints an introduction paper on pages of A4. What it writes follows from its
// argument alone.
func (p *Press) Letter(l letter.Printing) ([]byte, error) {
	return p.letter(locale.In(locale.Language(l.Language)).LetterPaper(l), l.On)
}

// Certificate prints a certificate of consultations in the same way.
func (p *Press) Certificate(c certificate.Printing) ([]byte, error) {
	return p.letter(locale.In(locale.Language(c.Language)).CertificatePaper(c), c.On)
}

func (p *Press) letter(t locale.LetterPaper, on japan.Date) ([]byte, error) {
	n, err := p.openPen(gopdf.Rect{W: paperWidth, H: paperHeight}, gopdf.PdfInfo{Creator: "Ayumi", Producer: "Ayumi", CreationDate: on.Start().UTC()})
	if err != nil {
		return nil, err
	}
	n.AddPage()
	s := &letterSheet{pen: n, y: topMargin}
	if err := s.draw(t); err != nil {
		return nil, fmt.Errorf("letter: %w", err)
	}
	var out bytes.Buffer
	_, err = n.WriteTo(&out)
	return out.Bytes(), err
}

// letterSheet lays a letter out from top to bottom, on as many pages as it takes.
type letterSheet struct {
	*pen
	y float64
}

// where a line stands across the page.
const (
	atLeft = iota
	atCentre
	atRight
)

func (s *letterSheet) draw(t locale.LetterPaper) error {
	type line struct {
		text, family string
		size         float64
		where        int
		after        float64
	}
	write := func(lines ...line) error {
		for _, l := range lines {
			if err := s.lines(l.text, l.family, l.size, 0, l.where); err != nil {
				return err
			}
			s.y += l.after
		}
		return nil
	}
	if err := write(line{t.Day, regular, textSize, atRight, 10}, line{t.To, bold, partSize, atLeft, 8}); err != nil {
		return err
	}
	for _, from := range t.From {
		if err := write(line{from.Label + "　" + from.Text, regular, textSize, atRight, 0}); err != nil {
			return err
		}
	}
	s.y += 16
	if err := write(line{t.Title, bold, titleSize, atCentre, 14}, line{t.Greeting, regular, textSize, atLeft, 12}); err != nil {
		return err
	}
	if t.Warning != "" {
		if err := write(line{t.Warning, bold, textSize, atLeft, 10}); err != nil {
			return err
		}
	}
	for _, l := range t.Lines {
		if err := s.pair(l); err != nil {
			return err
		}
	}
	s.y += 8
	if err := write(line{t.Body.Label, bold, partSize, atLeft, 4}, line{t.Body.Text, regular, textSize, atLeft, 12}, line{t.Close, regular, textSize, atRight, 14}); err != nil {
		return err
	}
	for _, foot := range t.Foot {
		if err := write(line{foot, regular, smallSize, atLeft, 2}); err != nil {
			return err
		}
	}
	return nil
}

// pair is a label with its text beside it.
func (s *letterSheet) pair(l locale.ReceiptLine) error {
	s.room(textSize * 1.6)
	top := s.y
	if err := s.lines(l.Label, regular, textSize, 0, atLeft); err != nil {
		return err
	}
	low := s.y
	s.y = top
	if err := s.lines(l.Text, regular, textSize, letterLabel, atLeft); err != nil {
		return err
	}
	s.y = max(s.y, low) + 3
	return nil
}

// room begins a page where a line would not fit on this one.
func (s *letterSheet) room(height float64) {
	if s.y+height > paperHeight-bottomMargin {
		s.AddPage()
		s.y = topMargin
	}
}

// lines breaks a text into lines and draws them; characters that the font lacks are
// geta marks.
func (s *letterSheet) lines(text, family string, size, indent float64, where int) error {
	for paragraph := range strings.SplitSeq(text, "\n") {
		shown, err := s.printable(paragraph)
		if err != nil {
			return err
		}
		for _, part := range japan.BreakLines(shown, contentWidth-indent, s.width(family, size)) {
			s.room(size * 1.6)
			x, rest := sideMargin+indent, contentWidth-indent-s.measure(part, family, size)
			switch where {
			case atCentre:
				x += rest / 2
			case atRight:
				x += rest
			}
			if err := s.text(x, s.y+size*1.13, part, family, size, 0); err != nil {
				return err
			}
			s.y += size * 1.6
		}
		if paragraph == "" {
			s.y += size * 1.6
		}
	}
	return nil
}
