package projections

import "ayumi/domain"

// chains number streams and know where each ends: every entry names the one before
// it in its stream, and the row of the stream the last. So the entries of a stream
// are found from their end, and no index over all entries has to be made.
type chains struct {
	numbers map[string]*domain.ByID[int64] // by category
	links   []link                         // by number, from 1
	touched []int64
	held    bool // rows of streams are kept back
}

// link is one stream.
type link struct {
	stream  string
	last    int64 // position of its last entry
	stored  bool  // its row lies in the table
	touched bool  // by the events of the open batch
}

func newChains() chains { return chains{numbers: map[string]*domain.ByID[int64]{}} }

// load takes up the row of a stream; rows come by number.
func (c *chains) load(stream string, last int64) {
	c.add(link{stream: stream, last: last, stored: true})
}

// begin numbers a stream.
func (c *chains) begin(stream string) int64 { return c.add(link{stream: stream}) }

func (c *chains) add(l link) int64 {
	c.links = append(c.links, l)
	no := int64(len(c.links))
	category, id := domain.SplitStream(l.stream)
	of := c.numbers[category]
	if of == nil {
		of = &domain.ByID[int64]{}
		c.numbers[category] = of
	}
	of.Put([]byte(id), no)
	return no
}

// number is the one that a stream has, false if it has none.
func (c *chains) number(category, id string) (int64, bool) {
	of := c.numbers[category]
	if of == nil {
		return 0, false
	}
	return of.Get([]byte(id))
}

// next adds an entry to a stream and answers the position of the one before; 0 if
// there is none.
func (c *chains) next(no, position int64) int64 {
	l := &c.links[no-1]
	before := l.last
	l.last = position
	if !l.touched && !c.held {
		l.touched = true
		c.touched = append(c.touched, no)
	}
	return before
}

// finish writes the rows of streams that the batch has touched: add those that
// began in it, and move those that went on.
func (c *chains) finish(add func(no int64, l *link), move func(no int64, l *link)) {
	for _, no := range c.touched {
		l := &c.links[no-1]
		if l.stored {
			move(no, l)
		} else {
			add(no, l)
		}
		l.stored, l.touched = true, false
	}
	c.touched = c.touched[:0]
}

// release writes the rows of all streams.
func (c *chains) release(add func(no int64, l *link)) {
	c.held = false
	for i := range c.links {
		add(int64(i+1), &c.links[i])
		c.links[i].stored = true
	}
}
