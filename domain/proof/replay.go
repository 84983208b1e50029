package proof

import (
	"errors"
	"io"

	"ayumi/domain"
	"ayumi/domain/ledger"
)

// block is up to 256 events whose place in the signed tree is proven.
type block struct {
	first  int64  // events before it
	text   []byte // leaves
	events []located
	spans  []int32 // of the values of all events, two each
}

// located is where an event lies in its block.
type located struct {
	shape     *shape
	leaf, end int // in text
	spans     int // its first
}

// lay answers the facts of an event, and lays them open.
func (b *block) lay(e *located, g *domain.Glance, values [][]byte) [][]byte {
	values = values[:0]
	for i := range e.shape.names {
		at := e.spans + 2*i
		values = append(values, b.text[b.spans[at]:b.spans[at+1]])
	}
	g.Set(e.shape.names, values)
	return values
}

// replay reads the rows: the tree is grown from the edge before them, block by
// block, and what a block proved is counted on another thread meanwhile.
func (x *run) replay() {
	if x.Edition == Public {
		if x.tiles == nil {
			x.add("E001", "member", tilesFile)
		}
		x.add("part.public")
		return
	}
	if x.tiles == nil {
		x.growUnproven()
		return
	}
	c := x.counting()
	proven, done := make(chan *block, 2), make(chan struct{})
	free := make(chan *block, 4)
	for range 4 {
		free <- &block{}
	}
	go func() {
		defer close(done)
		for b := range proven {
			c.take(b)
			free <- b
		}
	}()
	g := x.grow(func() *block { return <-free }, func(b *block) { proven <- b })
	close(proven)
	<-done
	x.judge(g)
	if g.good() {
		c.finish()
	}
}

// growUnproven reads the rows although the tiles say nothing: they may still give
// the signed root.
func (x *run) growUnproven() {
	spare := &block{}
	g := x.grow(func() *block { return spare }, func(*block) {})
	if x.judge(g); g.good() {
		x.add("E001", "member", tilesFile)
	}
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

// grow reads rows into blocks and hands on each that is where the tree says. From
// the first wrong one on, rows are only numbered.
func (x *run) grow(fresh func() *block, proven func(*block)) *growth {
	g := &growth{want: x.Events, bad: -1}
	at := x.frontier.Clone()
	from := x.file.rows()
	b := fresh()
	begin := func() { b.first, b.text, b.events, b.spans = at.Size, b.text[:0], b.events[:0], b.spans[:0] }
	begin()
	wrong := func() {
		if g.bad < 0 {
			g.bad = b.first
			g.end = min((b.first/ledger.BlockSize+1)*ledger.BlockSize, x.head.N)
		}
	}
	for {
		line, err := from.line()
		if err != nil {
			if err != io.EOF || len(line) > 0 {
				if g.rows < g.want {
					wrong()
				}
				x.unreadableRows(err)
			}
			break
		}
		if g.bad >= 0 || g.rows >= g.want {
			if line[0] != '{' {
				g.rows++
			}
			continue
		}
		leaf := located{leaf: len(b.text), spans: len(b.spans)}
		from.spans = b.spans
		text, row, err := from.event(line[:len(line)-1], ledger.BeginLeaf(b.text))
		if b.spans = from.spans; err != nil {
			if wrong(); line[0] != '{' {
				g.rows++
			}
			continue
		}
		if !row {
			continue
		}
		var hash [32]byte
		b.text, hash = ledger.EndLeaf(text, leaf.leaf, from.priv)
		leaf.shape, leaf.end = from.shapes[from.shape], len(b.text)
		b.events = append(b.events, leaf)
		at.Append(hash)
		g.rows++
		if at.Size%ledger.BlockSize != 0 && at.Size != x.head.N {
			x.passes(g, at)
			continue
		}
		if x.tiles != nil && at.Block() != x.tiles[(at.Size-1)/ledger.BlockSize-x.From/ledger.BlockSize] {
			wrong()
			continue
		}
		x.passes(g, at)
		proven(b)
		b = fresh()
		begin()
		if x.Progress != nil {
			x.Progress(from.done())
		}
	}
	if g.bad < 0 && from.open {
		wrong() // a shape that no event has
	}
	if g.bad < 0 && g.rows < g.want {
		wrong()
	}
	if g.bad < 0 {
		for _, name := range from.left() {
			x.add("E001", "member", name)
		}
	}
	g.root = at.Size == x.head.N && at.Root() == x.head.Hash
	return g
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

// judge says what the rows came to.
func (x *run) judge(g *growth) {
	switch {
	case g.bad >= 0:
		from := max(g.bad, x.From)
		if x.tiles == nil {
			from, g.end = x.From, x.head.N
		}
		x.add("E202", "from", from+1, "to", g.end)
	case !g.root && g.rows >= g.want:
		x.add("E202", "from", x.From+1, "to", x.head.N)
	case g.good():
		x.add("ok.tree", "from", x.From+1, "to", x.head.N)
	}
	if g.rows < g.want {
		x.add("E154", "rows", g.rows, "size", g.want)
	}
	if g.rows > g.want {
		x.add("E152", "rows", g.rows, "size", g.want)
	}
}
