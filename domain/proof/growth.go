package proof

import (
	"errors"
	"io"
	"sync/atomic"

	"ayumi/domain"
	"ayumi/domain/ledger"
)

// block is up to 256 events whose place in the signed tree is proven.
type block struct {
	first  int64  // events before it
	text   []byte // leaves
	events []located
	spans  []int32 // of values in facts, two each: one list for events that lie alike
}

// located is where an event lies in its block.
type located struct {
	shape     *shape
	kind      *kind
	leaf, end int  // in text
	spans     int  // its first
	once      bool // its consultation is named nowhere else
}

// lay answers the facts of an event, and lays them open.
func (b *block) lay(e *located, g *domain.Glance, values [][]byte) [][]byte {
	values = values[:0]
	facts := ledger.LeafFacts(b.text[e.leaf:e.end])
	for i := range e.shape.places {
		at := e.spans + 2*i
		values = append(values, facts[b.spans[at]:b.spans[at+1]])
	}
	g.Set(e.shape.names, values)
	return values
}

// spread notes where the values of an event lie, unless they lie as in an earlier one
// of the block.
func (b *block) spread(s *shape) (at int) {
	if s.laidIn == b.first && s.laid == s.layouts {
		return s.laidAt
	}
	s.laidIn, s.laid, s.laidAt = b.first, s.layouts, len(b.spans)
	for i := range s.places {
		p, mark := &s.places[i], 0
		if p.text {
			mark = 1
		}
		b.spans = append(b.spans, int32(p.from-mark), int32(p.to+mark))
	}
	return s.laidAt
}

// growth is what the rows came to.
type growth struct {
	rows, want int64
	bad        int64 // events before the first wrong block; -1 if none is
	end        int64 // events up to the end of that block
	root       bool  // the signed root was reached
	heldSeen   bool
}

func (g *growth) good() bool { return g.bad < 0 && g.rows == g.want && g.root }

// wrong notes the first wrong block by the events before it.
func (g *growth) wrong(first, size int64) {
	if g.bad < 0 {
		g.bad = first
		g.end = min((first/ledger.BlockSize+1)*ledger.BlockSize, size)
	}
}

// openBlocks are between the reading and the counting of rows at most.
const openBlocks = 5

// grow reads rows into blocks and hands on each that is where the tree says, three
// steps side by side: reading, proving, counting. From the first wrong block on, rows
// are only numbered.
func (x *run) grow(count func(*block)) *growth {
	g := &growth{want: x.Events, bad: -1}
	free, read, proven := make(chan *block, openBlocks), make(chan *block, openBlocks), make(chan *block, openBlocks)
	for range openBlocks {
		free <- &block{}
	}
	p := &prover{run: x, growth: &growth{bad: -1}, at: x.frontier.Clone()}
	go func() {
		defer close(proven)
		for b := range read {
			if p.prove(b) {
				proven <- b
			} else {
				free <- b
			}
		}
	}()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for b := range proven {
			count(b)
			free <- b
		}
	}()
	faults, left := x.read(g, func() *block { return <-free }, func(b *block) { read <- b }, &p.failed)
	close(read)
	<-done
	if p.bad >= 0 { // a block before the one that could not be read
		g.bad, g.end = p.bad, p.end
	}
	if g.bad < 0 && g.rows < g.want {
		g.wrong(p.at.Size, x.head.N)
	}
	if g.bad < 0 {
		faults = append(faults, left...)
	}
	g.heldSeen, g.root = p.heldSeen, p.at.Size == x.head.N && p.at.Root() == x.head.Hash
	for _, err := range faults {
		x.unreadableRows(err)
	}
	return g
}

// read reads rows into blocks until one is wrong, and numbers the rest. What the
// members hold beyond the rows is left.
func (x *run) read(g *growth, fresh func() *block, filled func(*block), failed *atomic.Bool) (faults, left []error) {
	from := x.file.rows()
	defer from.text.close()
	size, met := x.From, kinds{}
	var b *block
	begin := func() {
		b = fresh()
		b.first, b.text, b.events, b.spans = size, b.text[:0], b.events[:0], b.spans[:0]
	}
	begin()
	for {
		line, err := from.line()
		if err != nil {
			if err != io.EOF || len(line) > 0 {
				if g.rows < g.want {
					g.wrong(b.first, x.head.N)
				}
				faults = append(faults, err)
			}
			break
		}
		if g.bad >= 0 || g.rows >= g.want || failed.Load() {
			if line[0] != '{' {
				g.rows++
			}
			continue
		}
		e := located{leaf: len(b.text)}
		text, row, err := from.event(line[:len(line)-1], ledger.BeginLeaf(b.text))
		if err != nil {
			if g.wrong(b.first, x.head.N); line[0] != '{' {
				g.rows++
			}
			continue
		}
		if !row {
			continue
		}
		b.text = append(text, from.priv[:]...)
		e.shape, e.end = from.shapes[from.shape], len(b.text)
		if e.kind = e.shape.kindOf(met); e.kind.read {
			e.spans, e.once = b.spread(e.shape), e.shape.once()
		}
		b.events = append(b.events, e)
		g.rows++
		if size++; size%ledger.BlockSize != 0 && size != x.head.N {
			continue
		}
		filled(b)
		begin()
		if x.Progress != nil {
			x.Progress(from.done())
		}
	}
	switch {
	case g.bad >= 0 || failed.Load():
	case from.open:
		g.wrong(b.first, x.head.N) // a shape that no event has
	case g.rows >= g.want:
		left = from.left()
	}
	return faults, left
}

// prover grows the tree by blocks.
type prover struct {
	*run
	*growth
	at     *ledger.Frontier
	failed atomic.Bool
}

// prove tells whether a block is where the tree says; after one that is not, none is.
func (p *prover) prove(b *block) bool {
	if p.bad >= 0 {
		return false
	}
	for i := range b.events {
		e := &b.events[i]
		p.at.Append(ledger.EndLeaf(b.text[e.leaf:e.end]))
		if i < len(b.events)-1 {
			p.passes(p.growth, p.at)
		}
	}
	if p.tiles != nil && p.at.Block() != p.tiles[(p.at.Size-1)/ledger.BlockSize-p.From/ledger.BlockSize] {
		p.wrong(b.first, p.head.N)
		p.failed.Store(true)
		return false
	}
	p.passes(p.growth, p.at)
	return true
}

func (x *run) unreadableRows(err error) {
	var u *unreadable
	if errors.As(err, &u) {
		x.unreadable(u)
	}
}

// passes compares the tree at a size with the trees that were signed at it.
func (x *run) passes(g *growth, at *ledger.Frontier) {
	for _, s := range x.seals {
		if s.Tree.N == at.Size && s.Tree.N < x.head.N && s.Tree.Hash != at.Root() {
			x.add("E113", "member", s.name)
		}
	}
	if h := x.held; h != nil && h.tree.N == at.Size && at.Size > x.From && at.Size < x.head.N {
		g.heldSeen = true
		x.heldIs(at.Root())
	}
}
