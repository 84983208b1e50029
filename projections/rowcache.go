package projections

import (
	"slices"
	"sync"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// rowCache keeps the rows of the newest questions: what was known at a position
// never changes, and a page asks the same rows for every tile and month. It is
// emptied when tables have been made again.
type rowCache struct {
	mu    sync.Mutex
	built int64
	list  []cachedRows // oldest first
	rows  int
}

type cachedRows struct {
	of     source
	known  uint64
	period japan.Period
	rows   []indicator.Row
}

// cachedMost is how many rows are kept in all; a row takes about 400 bytes.
const cachedMost = 60_000

func (c *rowCache) find(built int64, of source, known uint64, period japan.Period) ([]indicator.Row, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.built != built {
		c.list, c.rows, c.built = nil, 0, built
	}
	i := slices.IndexFunc(c.list, func(x cachedRows) bool { return x.of == of && x.known == known && x.period == period })
	if i < 0 {
		return nil, false
	}
	hit := c.list[i]
	c.list = append(slices.Delete(c.list, i, i+1), hit)
	return hit.rows, true
}

func (c *rowCache) keep(built int64, of source, known uint64, period japan.Period, rows []indicator.Row) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.built != built || len(rows) > cachedMost {
		return
	}
	c.list = append(c.list, cachedRows{of, known, period, rows})
	for c.rows += len(rows); c.rows > cachedMost || len(c.list) > 64; c.list = c.list[1:] {
		c.rows -= len(c.list[0].rows)
	}
}
