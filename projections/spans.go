package projections

import (
	"iter"

	"ayumi/domain/japan"
)

// spans are the rows of a family in order of adding, in blocks that know which
// days they reach over. What happens is recorded soon after, as a rule, so that a
// year lies in few blocks and the others need not be looked at.
type spans struct {
	rows   []int32
	blocks []span
}

type span struct{ from, to int32 }

// spanRows is how many rows a block holds.
const spanRows = 512

func (s *spans) add(row, from, to int32) {
	if len(s.rows)%spanRows == 0 {
		s.blocks = append(s.blocks, span{from, to})
	}
	s.rows = append(s.rows, row)
	b := &s.blocks[len(s.blocks)-1]
	b.from, b.to = min(b.from, from), max(b.to, to)
}

// touching yields, in order of adding, the rows of every block that reaches into a
// period: all rows that touch it, and some that do not.
func (s *spans) touching(p japan.Period) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for b, span := range s.blocks {
			if span.from > int32(p.To) || span.to < int32(p.From) {
				continue
			}
			for _, row := range s.rows[b*spanRows : min((b+1)*spanRows, len(s.rows))] {
				if !yield(row) {
					return
				}
			}
		}
	}
}
