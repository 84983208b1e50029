package keyring

import "sync"

// row is one key record: the wrapped key with its epoch, and the key commitment,
// which is public. Nothing of it is secret. A destroyed key has no wrapped bytes.
type row struct {
	epoch      int64
	wrapped    []byte
	commitment string
}

// rowCache keeps rows in use, never an opened key. It is emptied when full; what
// was destroyed stays marked, so that a slow reader cannot bring it back.
type rowCache struct {
	mu   sync.RWMutex
	by   map[string]row
	gone map[string]bool
}

const cachedRows = 50_000

func (c *rowCache) get(owner string) (row, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	r, ok := c.by[owner]
	return r, ok
}

func (c *rowCache) put(owner string, r row) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone[owner] {
		return
	}
	if len(c.by) >= cachedRows {
		clear(c.by)
	}
	c.by[owner] = r
}

func (c *rowCache) destroyed(owner string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.by, owner)
	c.gone[owner] = true
}

func (c *rowCache) drop(owner string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.by, owner)
}

func (c *rowCache) empty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.by)
}
