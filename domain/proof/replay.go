package proof

// replay reads the rows: the tree is grown from the edge before them, block by block,
// and what a block proved is counted.
func (x *run) replay() {
	if x.Edition == Public {
		if x.tiles == nil {
			x.add("E001", "member", tilesFile)
		}
		x.add("part.public")
		return
	}
	if x.tiles == nil { // the rows may still give the signed root
		g := x.grow(func(*block) {})
		if x.judge(g); g.good() {
			x.add("E001", "member", tilesFile)
		}
		return
	}
	c := x.counting()
	g := x.grow(c.take)
	if x.judge(g); g.good() {
		c.finish()
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
