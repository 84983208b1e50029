package projections

import (
	"iter"

	"ayumi/domain/japan"
)

// spans are the rows of a family in order of adding, in blocks that know which
// days they reach over. What happens is recorded soon after, as a rule, so that a
// year lies in few blocks and the others need not be looked at. The days lie beside
// each other, not with the rows, so that looking through a block reads little.
type spans struct {
	rows   []spannedRow
	blocks []span
}

type span struct{ from, to int32 }

func (s span) touches(p japan.Period) bool { return s.from <= int32(p.To) && s.to >= int32(p.From) }

type spannedRow struct {
	span
	row int32
}

// spanRows is how many rows a block holds.
const spanRows = 512

func (s *spans) add(row, from, to int32) {
	if len(s.rows)%spanRows == 0 {
		s.blocks = append(s.blocks, span{from, to})
	}
	s.rows = append(s.rows, spannedRow{span{from, to}, row})
	b := &s.blocks[len(s.blocks)-1]
	b.from, b.to = min(b.from, from), max(b.to, to)
}

// touching yields, in order of adding, the rows that touch a period.
func (s *spans) touching(p japan.Period) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for b, span := range s.blocks {
			if !span.touches(p) {
				continue
			}
			for _, r := range s.rows[b*spanRows : min((b+1)*spanRows, len(s.rows))] {
				if r.touches(p) && !yield(r.row) {
					return
				}
			}
		}
	}
}
