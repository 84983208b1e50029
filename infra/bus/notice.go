package bus

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
)

// Notices are told beside the stream to every process that hears them: they are
// kept nowhere, and say only what the log says too. They carry pseudonyms at most.
const noticePrefix = "ayumi.notice."

// Notify tells a notice and returns when the first process that hears answered:
// this one, unless it does not Hear. Whoever missed it learns it from the log.
func (b *Bus) Notify(ctx context.Context, name, text string) error {
	nc, err := b.link.dial("notice")
	if err != nil {
		return fmt.Errorf("bus: %w", err)
	}
	defer nc.Close()
	ctx, cancel := context.WithTimeout(ctx, b.cfg.Patience)
	defer cancel()
	if _, err := nc.RequestWithContext(ctx, noticePrefix+name, []byte(text)); err != nil {
		return fmt.Errorf("bus: notice: %w", err)
	}
	return nil
}

// Hear calls act for every notice of a name, one after the other, until ctx ends.
// A notice is answered when act has returned. It outlives the loss of a server.
func (b *Bus) Hear(ctx context.Context, name string, act func(text string)) error {
	for ctx.Err() == nil {
		if err := b.hear(ctx, name, act); err != nil && ctx.Err() == nil {
			b.cfg.Log.Warn("notices are not heard", "error", err)
		}
		select {
		case <-time.After(b.cfg.Patience / 10):
		case <-ctx.Done():
		}
	}
	return nil
}

func (b *Bus) hear(ctx context.Context, name string, act func(text string)) error {
	lost := make(chan struct{}, 1)
	nc, err := b.link.dial("hearer")
	if err != nil {
		return err
	}
	defer nc.Close()
	nc.SetClosedHandler(func(*nats.Conn) {
		select {
		case lost <- struct{}{}:
		default:
		}
	})
	if _, err := nc.Subscribe(noticePrefix+name, func(m *nats.Msg) {
		act(string(m.Data))
		if err := m.Respond(nil); err != nil && ctx.Err() == nil {
			b.cfg.Log.Warn("notice is not answered", "error", err)
		}
	}); err != nil {
		return err
	}
	select {
	case <-lost:
	case <-ctx.Done():
	}
	return nil
}
