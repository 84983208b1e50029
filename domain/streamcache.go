package domain

import (
	"context"
	"reflect"
	"slices"
	"sync"
)

// past1 is one decoded event; past is a stream as far as it was read. Only
// facts are kept: sealed fields are dropped before an event is cached.
type past1 struct {
	env   Envelope
	event any
}

type past struct {
	token  Token
	events []past1
}

// streamCache keeps the decoded events of streams in use. It may be stale: the
// append says so, and the entry is dropped; where others append too it is read on from
// where it ended. It is emptied when full.
type streamCache struct {
	mu   sync.Mutex
	by   map[string]past
	size int
}

const cachedEvents = 200_000

func (c *streamCache) get(stream string) (past, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.by[stream]
	return p, ok
}

func (c *streamCache) put(stream string, p past) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hold(stream, p)
}

func (c *streamCache) hold(stream string, p past) {
	if c.by == nil || c.size > cachedEvents {
		c.by, c.size = map[string]past{}, 0
	}
	c.size += len(p.events) - len(c.by[stream].events) + 1
	c.by[stream] = p
}

func (c *streamCache) drop(stream string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.by, stream)
}

// extend adds what was just appended, if the cache stood where the append began.
// The same append may be extended twice, by two who gave the same command: the
// second finds that the cache has moved on.
func (c *streamCache) extend(o *opened, now Token) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.by[o.stream]
	if (!ok && o.token.Version != 0) || p.token.Version != o.token.Version {
		delete(c.by, o.stream)
		return
	}
	// Readers hold shorter slices of the same array and never write: growing in place is safe.
	events := p.events
	for i, one := range o.cached {
		q := one.(past1)
		if now.Position > 0 {
			q.env.Position = now.Position - uint64(len(o.cached)-1-i)
		}
		events = append(events, past1{q.env, factsOnly(q.event)})
	}
	c.hold(o.stream, past{now, events})
}

// factsOnly copies an event without its sealed fields.
func factsOnly(ev any) any {
	from := reflect.ValueOf(ev).Elem()
	to := reflect.New(from.Type())
	to.Elem().Set(from)
	for _, f := range Fields(from.Type()) {
		if f.Place == InSealed {
			to.Elem().FieldByIndex(f.index).SetZero()
		}
	}
	return to.Interface()
}

func read[S any](ctx context.Context, d *Decider, a *Aggregate[S], stream string) (past, error) {
	p, _ := d.streams.get(stream)
	known := p.token.Version
	if known > 0 && !d.Shared {
		return p, nil
	}
	p.events = slices.Clip(p.events) // what follows is written elsewhere: others read the same
	for rec, err := range d.Store.Stream(ctx, stream, known) {
		if err != nil {
			return past{}, err
		}
		env, ev, err := a.Decode(rec)
		if err != nil {
			return past{}, err
		}
		p.events = append(p.events, past1{env, ev})
		p.token = Token{Version: rec.Version, Position: rec.Position}
	}
	if p.token.Version > known {
		if d.Shared { // the clocks of others count too
			d.Resume(p.events[len(p.events)-1].env.RecordedAt)
		}
		d.streams.put(stream, p)
	}
	return p, nil
}
