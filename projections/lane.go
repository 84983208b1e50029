package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"ayumi/domain"
)

// lane is one run through the feed that drives some members: events are read and
// laid open once, and each member folds and writes them in a goroutine of its own.
type lane struct {
	r       *Runner
	members []*member
	until   uint64 // stops there; 0 goes on for ever
	free    chan *chunk
}

// chunk is a run of events that all members look at; the last to leave gives it
// back.
type chunk struct {
	events []Event // reused
	n      int
	users  atomic.Int32
}

const (
	chunkEvents = 64
	openChunks  = 32
	queueSize   = 512
)

func (r *Runner) lane(members []*member, until uint64) *lane {
	return &lane{r: r, members: members, until: until}
}

// run feeds the members until the lane's end or the end of ctx. What a member has
// folded it has committed, unless its own error is among those answered.
func (l *lane) run(ctx context.Context) error {
	if len(l.members) == 0 {
		if l.until == 0 {
			<-ctx.Done()
		}
		return nil
	}
	next := l.members[0].seen
	for _, m := range l.members {
		next = min(next, m.seen)
	}
	if next++; l.until > 0 && next > l.until {
		return nil
	}
	l.free = make(chan *chunk, openChunks)
	for range openChunks {
		l.free <- &chunk{events: make([]Event, chunkEvents)}
	}
	feeding, stop := context.WithCancel(ctx)
	defer stop()
	workers := make([]*worker, len(l.members))
	faults := make([]error, len(l.members)+1)
	var all sync.WaitGroup
	for i, m := range l.members {
		w := &worker{l: l, m: m, in: make(chan *chunk, openChunks)}
		workers[i] = w
		all.Go(func() {
			if faults[i] = w.run(context.WithoutCancel(ctx)); faults[i] != nil {
				stop()
			}
			for c := range w.in { // after a fault the others take what they have
				l.leave(c)
			}
		})
	}
	queue := make(chan read, queueSize)
	go l.read(feeding, next, queue)
	faults[len(l.members)] = l.pack(feeding, queue, workers)
	for _, w := range workers {
		close(w.in)
	}
	stop()
	for range queue { //nolint:revive // lets the reader see the end of its context
	}
	all.Wait()
	return errors.Join(faults...)
}

type read struct {
	domain.Recorded
	err error
}

var errGap = errors.New("feed has a gap")

// read fetches events ahead of the folds.
func (l *lane) read(ctx context.Context, next uint64, queue chan<- read) {
	defer close(queue)
	for e, err := range l.r.cfg.Feed.Events(ctx, next-1) {
		if err == nil && e.Position != next {
			err = fmt.Errorf("%w: position %d follows %d", errGap, e.Position, next-1)
		}
		select {
		case queue <- read{e, err}:
		case <-ctx.Done():
			return
		}
		if next++; err != nil {
			return
		}
	}
}

// pack lays events open and hands them on in chunks: what lies ready, at most a
// chunk of it.
func (l *lane) pack(ctx context.Context, queue <-chan read, workers []*worker) error {
	wanted := slices.ContainsFunc(l.members, func(m *member) bool { return m.p.Leaves })
	var hash domain.LeafHasher
	for {
		var c *chunk
		var e read
		var ok bool
		select {
		case c = <-l.free:
		case <-ctx.Done():
			return nil
		}
		select {
		case e, ok = <-queue:
		case <-ctx.Done():
			return nil
		}
		c.n = 0
		for ok && e.err == nil {
			if wanted && e.Leaf == ([32]byte{}) {
				e.Leaf = hash.Of(e.Body) // an unreadable body is the fold's to refuse
			}
			c.events[c.n].read(e.Recorded)
			if c.n++; c.n == chunkEvents || e.Position == l.until {
				break
			}
			select {
			case e, ok = <-queue:
				continue
			default:
			}
			break
		}
		if c.n > 0 {
			last := c.events[c.n-1].Position
			c.users.Store(int32(len(workers)))
			for _, w := range workers {
				w.in <- c // there is room for every chunk
			}
			if last == l.until {
				return nil
			}
		}
		if !ok || e.err != nil {
			return e.err
		}
	}
}

// leave gives a chunk back when nobody looks at it any more.
func (l *lane) leave(c *chunk) {
	if c.users.Add(-1) == 0 {
		l.free <- c
	}
}
