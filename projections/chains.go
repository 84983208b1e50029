package projections

import (
	"context"
	"fmt"

	"ayumi/domain"
)

// chains number streams and know where each ends: every entry names the one before
// it in its stream, and a table of last entries the last. So the entries of a stream
// are found from their end, and no index over all entries has to be made.
type chains struct {
	numbers map[string]*domain.ByID[int64] // by category
	links   []link                         // by number, from 1
	touched []int64
	held    bool // last entries are kept back
}

// link is one stream.
type link struct {
	last    int64 // position of its last entry
	touched bool  // by the events of the open batch
}

// lastEntries is the table of them, narrow, for a large batch moves most of it.
func lastEntries(name string) Table {
	return Table{Name: name, Columns: []string{"stream INTEGER PRIMARY KEY", "position INTEGER NOT NULL"}, Moves: true}
}

func newChains() chains { return chains{numbers: map[string]*domain.ByID[int64]{}} }

// begin numbers a stream.
func (c *chains) begin(stream string) int64 {
	c.links = append(c.links, link{})
	no := int64(len(c.links))
	category, id := domain.SplitStream(stream)
	of := c.numbers[category]
	if of == nil {
		of = &domain.ByID[int64]{}
		c.numbers[category] = of
	}
	of.Put([]byte(id), no)
	return no
}

// load takes up the last entries of the streams that have begun.
func (c *chains) load(ctx context.Context, t Tables, table string) error {
	return t.Query(ctx, "SELECT stream, position FROM "+table, func(scan func(...any) error) error {
		var no, last int64
		if err := scan(&no, &last); err != nil {
			return err
		}
		if no < 1 || no > int64(len(c.links)) {
			return fmt.Errorf("%s: there is no stream %d", table, no)
		}
		c.links[no-1].last = last
		return nil
	})
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

// finish writes the last entries of the streams that the batch has touched.
func (c *chains) finish(to *Rows) {
	for _, no := range c.touched {
		c.links[no-1].touched = false
		to.Int(no, c.links[no-1].last)
	}
	c.touched = c.touched[:0]
}

// release writes the last entries of all streams.
func (c *chains) release(to *Rows) {
	c.held = false
	for i, l := range c.links {
		to.Int(int64(i+1), l.last)
	}
}
