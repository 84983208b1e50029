package domain

import "sync"

// Growth is the last committed position of a log and the channels of those who
// wait for it to move. Every store keeps one. The zero value is an empty log.
type Growth struct {
	mu      sync.Mutex
	head    uint64
	waiting map[uint64]chan struct{}
}

// Past answers a channel that is closed when the head is beyond position; at
// once if it already is.
func (g *Growth) Past(position uint64) <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	if ch, ok := g.waiting[position]; ok {
		return ch
	}
	ch := make(chan struct{})
	if g.head > position {
		close(ch)
		return ch
	}
	if g.waiting == nil {
		g.waiting = map[uint64]chan struct{}{}
	}
	g.waiting[position] = ch
	return ch
}

// Reach moves the head forward and wakes those who waited for less.
func (g *Growth) Reach(head uint64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.head = max(g.head, head)
	for position, ch := range g.waiting {
		if position < g.head {
			close(ch)
			delete(g.waiting, position)
		}
	}
}
