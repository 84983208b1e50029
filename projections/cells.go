package projections

import "strings"

// cell is one row. Positions fit 32 bits: a log of four thousand million events
// would be ten thousand offices' for a century. It holds no pointer: the collector
// need not look at millions of rows.
type cell struct {
	entity, member           text
	position, added, removed uint32 // removed 0: holds
	from, to, firstOn, gone  int32
	shape, person            int32
	amount                   int32
	categories               uint16
	family, why, removedWhy  uint8
}

func (x *cell) holdsAt(known uint64) bool {
	return uint64(x.added) <= known && (x.removed == 0 || uint64(x.removed) > known)
}

// cells are rows in blocks, so that a growing list never moves.
type cells struct {
	blocks [][]cell
	n      int
}

const blockCells = 1 << 12

func (c *cells) add(x cell) int {
	if c.n%blockCells == 0 {
		c.blocks = append(c.blocks, make([]cell, 0, blockCells))
	}
	last := &c.blocks[len(c.blocks)-1]
	*last = append(*last, x)
	c.n++
	return c.n - 1
}

func (c *cells) at(i int32) *cell { return &c.blocks[i/blockCells][i%blockCells] }

// text is a short text that texts keep: where it lies, and its length. The longest
// words of a fact are 2,000 characters (events.md 2).
type text struct {
	at uint32
	n  uint16
}

// texts keep short texts one after the other: as many pointers as blocks.
type texts struct {
	blocks []*strings.Builder
	last   string // kept last, and where: rows of one entity come together
	at     text
	signs  [128]text // texts of one sign, which come again and again
}

const blockText = 1 << 16

func (t *texts) keep(s string) text {
	switch {
	case s == t.last:
		return t.at
	case len(s) == 1 && s[0] < 128:
		if t.signs[s[0]].n == 0 {
			t.signs[s[0]] = t.put(s)
		}
		return t.signs[s[0]]
	}
	t.last, t.at = s, t.put(s)
	return t.at
}

func (t *texts) put(s string) text {
	if n := len(t.blocks); n == 0 || t.blocks[n-1].Len()+len(s) > blockText {
		b := &strings.Builder{}
		b.Grow(max(blockText, len(s)))
		t.blocks = append(t.blocks, b)
	}
	n := len(t.blocks) - 1
	at := text{uint32(n*blockText + t.blocks[n].Len()), uint16(len(s))}
	t.blocks[n].WriteString(s)
	return at
}

// of answers a kept text; nothing is copied.
func (t *texts) of(x text) string {
	if x.n == 0 {
		return ""
	}
	from := int(x.at % blockText)
	return t.blocks[x.at/blockText].String()[from : from+int(x.n)]
}
