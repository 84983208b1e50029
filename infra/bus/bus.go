package bus

import (
	"context"
	"fmt"
	"sync"
)

// Bus is one connection of a log to NATS: a relay that keeps the stream equal to
// the store, and feeds that read it.
type Bus struct {
	cfg   Config
	link  *link
	reach *reach
	state state
	out   *outsider // nil unless Config.Outside

	stop context.CancelFunc
	done sync.WaitGroup
}

// Start opens the bus and begins to relay. NATS may be down: Start then succeeds
// and the relay goes on trying, see Status. It fails only for a configuration
// that can never work and for a store that cannot be read. The bus runs until Close or the end of ctx.
func Start(ctx context.Context, cfg Config) (*Bus, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	head, err := cfg.Store.Head(ctx)
	if err != nil {
		return nil, fmt.Errorf("bus: store: %w", err)
	}
	b := &Bus{cfg: cfg, link: newLink(cfg), reach: newReach(head.Position)}
	b.state.begin(cfg.Now)
	ctx, b.stop = context.WithCancel(ctx)
	b.done.Go(func() { newRelay(b).run(ctx) })
	if cfg.Outside {
		b.out = newOutsider(b)
		b.done.Go(func() { b.out.run(ctx) })
	}
	return b, nil
}

// Close ends the relay and the server inside this process. Feeds end with their
// own contexts, or wait for ever.
func (b *Bus) Close() {
	b.stop()
	b.done.Wait()
	b.link.close()
}
