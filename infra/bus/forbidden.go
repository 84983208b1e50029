package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// ErrForbidden: the servers do not let these credentials do what has to be done.
var ErrForbidden = errors.New("bus: not permitted")

// heed ends a context when the servers refuse what nc asks for. They say so beside
// the request, which would otherwise wait until its patience ends.
func heed(ctx context.Context, nc *nats.Conn) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancelCause(ctx)
	nc.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		if errors.Is(err, nats.ErrPermissionViolation) {
			end(fmt.Errorf("%w: %w", ErrForbidden, err))
		}
	})
	return ctx, func() { end(nil) }
}

// heeded is the refusal that ended ctx, or else err.
func heeded(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); err != nil && errors.Is(cause, ErrForbidden) {
		return cause
	}
	return err
}

// leave waits for an operator, who has to remove a damaged stream or to give a
// permission. Meanwhile readers get everything from the store.
func (r *relay) leave(ctx context.Context, cause error, isDamaged bool) {
	r.log("bus: an operator is needed", "cause", cause)
	r.state.say(wordOperator, cause.Error())
	tick := time.NewTicker(r.cfg.Patience)
	defer tick.Stop()
	for ctx.Err() == nil {
		head, err := r.cfg.Store.Head(ctx)
		if err != nil {
			pause(ctx, storeBreath)
			continue
		}
		r.reach.leave(head.Position)
		select {
		case <-r.cfg.Store.Grown(head.Position):
		case <-tick.C:
			if !isDamaged {
				return
			}
			if r.remade(ctx, StreamName, r.found) {
				return
			}
		case <-ctx.Done():
		}
	}
}

// leave waits for an operator as the relay does. Who listens outside waits too.
func (o *outsider) leave(ctx context.Context, cause error, isDamaged bool) {
	o.cfg.Log.Warn("bus: the outside stream needs an operator", "cause", cause)
	o.state.say(wordOperator, cause.Error())
	for ctx.Err() == nil {
		pause(ctx, o.cfg.Patience)
		if !isDamaged || o.remade(ctx, OutsideStream, o.found) {
			return
		}
	}
}

// remade tells whether a stream is another than the one that was found, or gone: what
// was wrong with it is over.
func (b *Bus) remade(ctx context.Context, name string, found time.Time) bool {
	nc, err := b.link.dial("operator")
	if err != nil {
		return false
	}
	defer nc.Close()
	ctx, stop := context.WithTimeout(ctx, b.cfg.Patience)
	defer stop()
	js, err := jetstream.New(nc)
	if err != nil {
		return false
	}
	stream, err := js.Stream(ctx, name)
	if err != nil {
		return errors.Is(err, jetstream.ErrStreamNotFound)
	}
	return !stream.CachedInfo().Created.Equal(found)
}

// Remake removes a stream, StreamName or OutsideStream, with the credentials of an operator: the relays of the
// instances that run make it again from the store. That there is none is no error.
// ErrForbidden is answered if the credentials are not an operator's.
func Remake(ctx context.Context, cfg Config, stream string) error {
	nc, err := operator(cfg)
	if err != nil {
		return err
	}
	defer nc.Close()
	return remove(ctx, nc, stream, cfg.usual().Patience)
}

// operator comes in with the credentials of an operator.
func operator(cfg Config) (*nats.Conn, error) {
	if cfg.URL == "" {
		return nil, errors.Join(errConfig, errors.New("no URL"))
	}
	l := newLink(cfg.usual())
	l.inbox = "_INBOX_operator"
	nc, err := l.dial("operator")
	if err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	return nc, nil
}

// remove deletes a stream, if it is there.
func remove(ctx context.Context, nc *nats.Conn, stream string, patience time.Duration) error {
	ctx, stop := heed(ctx, nc)
	defer stop()
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(patience))
	if err != nil {
		return err
	}
	if err := js.DeleteStream(ctx, stream); err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return heeded(ctx, err)
	}
	return nil
}
