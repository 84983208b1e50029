package bus

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// auditStep is how many messages are compared before feeds are told.
const auditStep = 512

// audit compares every message that was on the stream before this relay with the
// store. A flipped bit makes the server skip a message or a whole block in
// silence; a restored store may end with the same event and yet differ before.
func (r *relay) audit(ctx context.Context) error {
	for {
		now := r.reach.now()
		from := max(now.audited+1, now.first)
		if from > now.tail {
			return nil
		}
		if err := r.compare(ctx, from, now.tail); err != nil && !errors.Is(err, errTrimmed) {
			return err
		}
	}
}

// errTrimmed: the stream begins later than it did; the limit has moved on.
var errTrimmed = errors.New("stream was trimmed")

func (r *relay) compare(ctx context.Context, from, to uint64) error {
	in, err := r.read(ctx, "audit", from)
	if err != nil {
		return err
	}
	defer in.close()
	for want, err := range r.cfg.Store.All(ctx, from-1) {
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		sequence, m, err := in.next(ctx)
		if errors.Is(err, errStalled) { // a slow disk gets a second chance
			sequence, m, err = in.next(ctx)
		}
		switch {
		case errors.Is(err, errStalled):
			return damaged("nothing is read from position %d on", want.Position)
		case err != nil:
			return err
		case sequence > want.Position && r.cfg.Keep > 0:
			r.reach.trim(sequence)
			return errTrimmed
		case !sameEvent(want, sequence, m.Header, m.Data):
			return damaged("another event than position %d", want.Position)
		}
		if want.Position%auditStep == 0 || want.Position == to {
			r.reach.audit(want.Position)
		}
		if want.Position == to {
			return nil
		}
	}
	return damaged("the store ends before position %d", to)
}

// resolve looks at a position that a reader did not find. Found in place again
// and again, it is the reading that fails, and the stream goes.
func (r *relay) resolve(ctx context.Context, stream jetstream.Stream) error {
	p := r.reach.doubts()
	if p == 0 {
		return nil
	}
	if r.cfg.Keep > 0 {
		info, err := stream.Info(ctx)
		if err != nil {
			return err
		}
		r.reach.trim(info.State.FirstSeq)
		if p < info.State.FirstSeq {
			r.reach.trust(p)
			return nil
		}
	}
	if err := r.cfg.compareAt(ctx, stream, p); err != nil {
		return err
	}
	if r.asked[p]++; r.asked[p] > 3 {
		clear(r.asked)
		return damaged("readers do not get position %d", p)
	}
	r.reach.trust(p)
	return nil
}

// look asks whether the stream still stands at p and is the same one.
func (r *relay) look(ctx context.Context, stream jetstream.Stream, p uint64) error {
	info, err := stream.Info(ctx)
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return fmt.Errorf("%w: it is gone", errMoved)
	case err != nil:
		return err
	case !info.Created.Equal(r.created) || info.State.LastSeq != p:
		return fmt.Errorf("%w: from %d to %d", errMoved, p, info.State.LastSeq)
	}
	r.reach.trim(info.State.FirstSeq)
	if now := r.reach.now(); now.audited == now.tail {
		r.rebuilds = 0
		clear(r.asked)
	}
	return nil
}
