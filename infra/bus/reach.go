package bus

import (
	"context"
	"sync"
)

// reach knows which positions the bus holds with the store's own events. Three
// runs are told apart:
//
//	first … audited     on the bus, compared with the store one by one
//	audited+1 … tail    on the bus before this relay came, not yet compared
//	tail+1 … published  put there by this relay and acknowledged
//
// Positions up to claimed are in the store for sure. A feed takes from the store
// what the bus does not hold, has not proven, or is being given again; the rest
// it awaits from NATS. So nothing but the store's events is ever delivered, and
// a rebuild of the bus does not make readers wait.
type reach struct {
	mu                                       sync.Mutex
	first, audited, tail, published, claimed uint64
	doubted                                  uint64 // 0: none
	left                                     bool   // the bus waits for an operator
	changed                                  chan struct{}
	remade                                   chan struct{} // closed when the stream is made again
}

// newReach knows nothing of the bus yet, and that the store reaches claimed.
func newReach(claimed uint64) *reach {
	return &reach{first: 1, claimed: claimed, changed: make(chan struct{}), remade: make(chan struct{})}
}

// extent is a copy of what reach knows.
type extent struct {
	first, audited, tail, published, claimed uint64
	left                                     bool
}

func (r *reach) now() extent {
	r.mu.Lock()
	defer r.mu.Unlock()
	return extent{r.first, r.audited, r.tail, r.published, r.claimed, r.left}
}

// proven says whether the bus holds p for sure, and up to where it then does.
func (e extent) proven(p uint64) (bool, uint64) {
	switch {
	case p < e.first:
		return false, 0
	case p <= e.whole():
		return true, e.whole()
	}
	return p > e.tail && p <= e.published, e.published
}

// whole answers up to where everything is proven.
func (e extent) whole() uint64 {
	if e.audited == e.tail {
		return e.published
	}
	return e.audited
}

// inStore says whether p has to be read from the store.
func (e extent) inStore(p uint64) bool {
	ok, _ := e.proven(p)
	return !ok && (p <= e.claimed || p < e.first)
}

func (r *reach) change(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
	close(r.changed)
	r.changed = make(chan struct{})
}

// giveUp makes every reader open again; what it has in hand may be void.
func (r *reach) giveUp() {
	close(r.remade)
	r.remade = make(chan struct{})
}

// settle begins again after the stream has been looked at: it holds first … tail,
// and the store has reached claimed. Positions up to audited need no second look.
func (r *reach) settle(first, audited, tail, claimed uint64) {
	r.change(func() {
		if audited == 0 || tail < r.published {
			r.giveUp()
		}
		r.first, r.tail, r.published = first, tail, tail
		r.audited = min(max(audited, first-1), tail)
		r.claimed = max(r.claimed, claimed)
		r.doubted, r.left = 0, false
	})
}

// leave says that the bus is of no use until an operator came, and that the store
// holds everything up to claimed.
func (r *reach) leave(claimed uint64) {
	r.change(func() { r.claimed, r.left = max(r.claimed, claimed), true })
}

// forget says that nothing on the bus is known any more: the stream is being
// made again, and the store holds everything up to claimed.
func (r *reach) forget(claimed uint64) {
	r.change(func() {
		r.first, r.audited, r.tail, r.published, r.claimed, r.doubted = 1, 0, 0, 0, claimed, 0
		r.giveUp()
	})
}

func (r *reach) publish(p uint64) { r.change(func() { r.published = max(r.published, p) }) }
func (r *reach) audit(p uint64)   { r.change(func() { r.audited = min(max(r.audited, p), r.tail) }) }
func (r *reach) trim(first uint64) {
	r.change(func() {
		r.first = max(r.first, first)
		r.audited = max(r.audited, min(r.first-1, r.tail))
	})
}

// doubt asks the relay to look at p: a reader did not find it.
func (r *reach) doubt(p uint64) {
	r.change(func() {
		if r.doubted == 0 || p < r.doubted {
			r.doubted = p
		}
	})
}

// trust says that p was looked at and is all right.
func (r *reach) trust(p uint64) {
	r.change(func() {
		if r.doubted == p {
			r.doubted = 0
		}
	})
}

// doubts answers the lowest doubted position, 0 for none.
func (r *reach) doubts() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.doubted
}

// incarnation is closed when the stream of this moment is given up.
func (r *reach) incarnation() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.remade
}

// watch is closed at the next change. Take it before looking.
func (r *reach) watch() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed
}

// await blocks until the bus holds p for sure and answers up to where it then
// does. It answers false if p is to be read from the store instead, if the stream
// was given up, or if ctx ends.
func (r *reach) await(ctx context.Context, remade <-chan struct{}, p uint64) (uint64, bool) {
	for {
		changed := r.watch()
		select {
		case <-remade:
			return 0, false
		default:
		}
		now := r.now()
		if now.inStore(p) {
			return 0, false
		}
		if ok, until := now.proven(p); ok {
			return until, true
		}
		select {
		case <-changed:
		case <-remade:
			return 0, false
		case <-ctx.Done():
			return 0, false
		}
	}
}
