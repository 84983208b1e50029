package paper

import (
	"bytes"
	"fmt"

	"github.com/signintech/gopdf"

	"ayumi/domain/japan"
	"ayumi/domain/receipt"
	"ayumi/infra/web/locale"
)

// A5 upright, in points.
const (
	slipWidth, slipHeight = 419.53, 595.28
	slipMargin            = 34.0
	slipContent           = slipWidth - 2*slipMargin
	slipCode              = 19.0 // size of the code
)

// Receipt prints the receipt of a consultation on a page of A5. What it writes follows
// from its argument alone.
func (p *Press) Receipt(r receipt.Printing) ([]byte, error) {
	n, err := p.openPen(gopdf.Rect{W: slipWidth, H: slipHeight}, gopdf.PdfInfo{Creator: "Ayumi", Producer: "Ayumi", CreationDate: r.Recorded.Start().UTC()})
	if err != nil {
		return nil, err
	}
	n.AddPage()
	s := &slip{pen: n, y: slipMargin}
	if err := s.draw(locale.In(locale.Language(r.Language)).ReceiptPaper(r)); err != nil {
		return nil, fmt.Errorf("receipt: %w", err)
	}
	var out bytes.Buffer
	_, err = n.WriteTo(&out)
	return out.Bytes(), err
}

// slip lays a receipt out from top to bottom.
type slip struct {
	*pen
	y float64
}

func (s *slip) draw(t locale.ReceiptPaper) error {
	if err := s.lines(t.Title, bold, titleSize, 0, 0, true); err != nil {
		return err
	}
	s.y += 10
	for _, l := range t.Lines {
		if err := s.pair(l); err != nil {
			return err
		}
	}
	if err := s.code(t.Code); err != nil {
		return err
	}
	if err := s.lines(t.StepsHeading, bold, partSize, 0, 0, false); err != nil {
		return err
	}
	s.y += 3
	for i, step := range t.Steps {
		top := s.y
		if err := s.lines(fmt.Sprint(i+1), bold, textSize, 0, 0, false); err != nil {
			return err
		}
		s.y = top
		if err := s.lines(step, regular, textSize, 14, 0, false); err != nil {
			return err
		}
		s.y += 3
	}
	s.y += 6
	s.rule()
	if err := s.lines(t.Fingerprint.Label, regular, smallSize, 0, 60, false); err != nil {
		return err
	}
	if err := s.lines(t.Fingerprint.Text, regular, textSize, 0, 0, false); err != nil {
		return err
	}
	s.y += 5
	for _, foot := range t.Foot {
		if err := s.lines(foot, regular, smallSize, 0, 60, false); err != nil {
			return err
		}
	}
	return nil
}

// pair is a label with its text beside it.
func (s *slip) pair(l locale.ReceiptLine) error {
	top := s.y
	if err := s.lines(l.Label, regular, smallSize, 0, 60, false); err != nil {
		return err
	}
	low := s.y
	s.y = top - 1.5
	if err := s.lines(l.Text, regular, partSize, 92, 0, false); err != nil {
		return err
	}
	s.y = max(s.y, low) + 4
	return nil
}

// code stands large in a box.
func (s *slip) code(l locale.ReceiptLine) error {
	const height = 62.0
	s.y += 6
	s.SetLineWidth(1)
	s.SetStrokeColor(60, 60, 60)
	s.RectFromUpperLeftWithStyle(slipMargin, s.y, slipContent, height, "D")
	after := s.y + height + 14
	s.y += 8
	if err := s.lines(l.Label, regular, smallSize, 0, 60, true); err != nil {
		return err
	}
	s.y += 3
	size := min(slipCode, slipCode*(slipContent-16)/s.measure(l.Text, bold, slipCode)) // on one line, however wide its letters are
	if err := s.lines(l.Text, bold, size, 0, 0, true); err != nil {
		return err
	}
	s.y = after
	return nil
}

func (s *slip) rule() {
	s.SetLineWidth(blackLine)
	s.SetStrokeColor(60, 60, 60)
	s.Line(slipMargin, s.y, slipMargin+slipContent, s.y)
	s.y += 6
}

// lines breaks a text into lines and draws them; characters that the font lacks are
// geta marks.
func (s *slip) lines(text, family string, size, indent float64, gray uint8, center bool) error {
	shown, err := s.printable(text)
	if err != nil {
		return err
	}
	for _, part := range japan.BreakLines(shown, slipContent-indent, s.width(family, size)) {
		x := slipMargin + indent
		if center {
			x += (slipContent - indent - s.measure(part, family, size)) / 2
		}
		if err := s.text(x, s.y+size*1.13, part, family, size, gray); err != nil {
			return err
		}
		s.y += size * 1.5
	}
	return nil
}
