package bus

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ayumi/domain"
)

// dedupe is as short as the server allows to be useful: the expected sequence is
// what keeps a message from being stored twice.
const dedupe = time.Second

// relay keeps the stream equal to the store. Its only memory is what it saw on
// the stream; it trusts nothing over a lost connection.
type relay struct {
	*Bus
	log      func(msg string, args ...any)
	created  time.Time      // of the stream last settled on
	found    time.Time      // when the stream that was last looked at was made
	faults   int            // in a row, without a settled stream
	rebuilds int            // in a row, without a stream found whole
	asked    map[uint64]int // how often a position was doubted and found in place
	stuckAt  uint64         // the tail at which the stream refuses to grow
	stuck    time.Time      // since when; zero if it grows
}

func newRelay(b *Bus) *relay { return &relay{Bus: b, log: b.cfg.Log.Warn, asked: map[uint64]int{}} }

// run follows the store until ctx ends, and begins again after every fault.
func (r *relay) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := r.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		if errors.Is(err, errMoved) && r.wedged() {
			err = damaged("it does not grow: %v", err)
		}
		switch {
		case errors.Is(err, errDamaged):
			r.state.say(wordRebuilding, err.Error())
			if err := r.rebuild(ctx, err); errors.Is(err, ErrForbidden) {
				r.leave(ctx, err, true)
			} else if err != nil {
				r.fail(ctx, err)
			}
		case errors.Is(err, ErrForbidden):
			r.leave(ctx, err, false)
		case errors.Is(err, errMoved): // another relay was faster, or the stream is gone
			r.cfg.Log.Debug("bus: the stream has moved", "cause", err)
			pause(ctx, time.Duration(20+rand.IntN(80))*time.Millisecond)
		case errors.Is(err, domain.ErrStoreAway): // no fault of NATS
			r.log("bus: the store is away", "cause", err)
			r.state.say(wordBehind, err.Error())
			pause(ctx, storeBreath)
		default:
			r.fail(ctx, err)
		}
	}
}

// wedged says that the stream has refused the next event for too long: the server
// has lost a block and yet counts from before (it says so itself, 10071).
func (r *relay) wedged() bool {
	if at := r.reach.now().published; at != r.stuckAt || r.stuck.IsZero() {
		r.stuckAt, r.stuck = at, time.Now()
	}
	if time.Since(r.stuck) < r.cfg.Patience {
		return false
	}
	r.stuck = time.Time{}
	return true
}

// fail says that NATS is down and waits before the next attempt. A server inside
// this process is started again after a few, and then from an empty directory.
func (r *relay) fail(ctx context.Context, err error) {
	r.faults++
	r.log("bus: down", "cause", err, "faults", r.faults)
	r.state.say(wordDown, err.Error())
	r.created = time.Time{}
	if r.faults%3 == 0 {
		r.link.renew(r.faults%6 == 0)
	}
	pause(ctx, min(r.cfg.Patience, time.Duration(r.faults)*100*time.Millisecond))
}

// follow connects, makes sure that the stream agrees with the store, and
// publishes until something is wrong.
func (r *relay) follow(ctx context.Context) error {
	nc, err := r.link.dial("relay")
	if err != nil {
		return err
	}
	defer nc.Close()
	ctx, stop := heed(ctx, nc)
	defer stop()
	return heeded(ctx, r.carry(ctx, nc))
}

func (r *relay) carry(ctx context.Context, nc *nats.Conn) error {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(r.cfg.Patience))
	if err != nil {
		return err
	}
	stream, err := r.settle(ctx, js)
	if err != nil {
		return err
	}
	r.faults = 0
	r.link.settled()
	ctx, stop := context.WithCancelCause(ctx)
	audited := make(chan struct{})
	go func() {
		defer close(audited)
		if err := r.audit(ctx); err != nil {
			stop(err)
		}
	}()
	err = r.publish(ctx, nc, stream)
	stop(err)
	<-audited
	return err
}

// settle opens or makes the stream and compares it with the store from outside.
func (r *relay) settle(ctx context.Context, js jetstream.JetStream) (jetstream.Stream, error) {
	head, err := r.cfg.Store.Head(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	stream, err := patiently(ctx, r.cfg.Patience, func(ctx context.Context) (jetstream.Stream, error) {
		return js.Stream(ctx, StreamName)
	})
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		stream, err = r.make(ctx, js, head.Position)
	} else if err == nil {
		r.found = stream.CachedInfo().Created
		stream, err = r.adapt(ctx, js, stream)
	}
	if err != nil {
		return nil, err
	}
	r.found = stream.CachedInfo().Created
	// Once more, after the stream: the relay of another instance may have gone on.
	if head, err = r.cfg.Store.Head(ctx); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if err := r.cfg.examine(ctx, stream, head.Position); err != nil {
		return nil, err
	}
	info := stream.CachedInfo()
	r.reach.settle(max(info.State.FirstSeq, 1), r.audited(info), info.State.LastSeq, head.Position)
	r.created = info.Created
	if r.state.now().Word != wordRebuilding {
		r.state.say(wordOK, "")
	}
	return stream, nil
}

func (r *relay) make(ctx context.Context, js jetstream.JetStream, head uint64) (jetstream.Stream, error) {
	r.reach.forget(head)
	if r.link.remains() {
		r.link.renew(true)
		return nil, fmt.Errorf("%w: its directory cannot be read", errMoved)
	}
	if head > 0 && r.state.now().Word != wordRebuilding {
		r.cfg.Log.Info("bus: there is no stream, it is made from the log") // also at the first start
		r.state.say(wordRebuilding, "there is no stream")
	}
	return js.CreateStream(ctx, r.cfg.stream(r.cfg.firstKept(head)))
}

// adapt brings an older stream to the settings of today; one that cannot be
// brought there has to go.
func (r *relay) adapt(ctx context.Context, js jetstream.JetStream, stream jetstream.Stream) (jetstream.Stream, error) {
	is, want := stream.CachedInfo().Config, r.cfg.stream(1)
	if is.Replicas == want.Replicas && is.MaxMsgs == want.MaxMsgs && is.DenyDelete && is.DenyPurge &&
		slices.Equal(is.Subjects, want.Subjects) && is.Storage == want.Storage && !is.Sealed {
		return stream, nil
	}
	want.FirstSeq = is.FirstSeq
	changed, err := js.UpdateStream(ctx, want)
	if final(err) {
		return nil, damaged("its settings cannot be changed: %v", err)
	}
	return changed, err
}

// audited answers up to where the stream needs no second look: it is the one
// this relay has been reading and writing all the time.
func (r *relay) audited(info *jetstream.StreamInfo) uint64 {
	if !info.Created.Equal(r.created) {
		return 0
	}
	return r.reach.now().whole()
}

// rebuild throws the stream away; follow makes a new one and fills it. If that
// does not help, the server inside this process loses its directory too. On a
// cluster it is an operator who may throw away.
func (r *relay) rebuild(ctx context.Context, cause error) error {
	r.rebuilds++
	r.log("bus: rebuilding", "cause", cause, "times", r.rebuilds)
	if r.rebuilds%3 == 0 {
		r.link.renew(true)
	}
	pause(ctx, min(r.cfg.Patience, time.Duration(r.rebuilds-1)*50*time.Millisecond))
	head, err := r.cfg.Store.Head(ctx)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	nc, err := r.link.dial("rebuild")
	if err != nil {
		return err
	}
	defer nc.Close()
	r.reach.forget(head.Position)
	r.created = time.Time{}
	if err := remove(ctx, nc, StreamName, r.cfg.Patience); err != nil {
		return fmt.Errorf("%w (%w)", err, cause)
	}
	return nil
}

// publish copies the store to the stream from its tail on, for as long as the
// stream stands where the relay left it.
func (r *relay) publish(ctx context.Context, nc *nats.Conn, stream jetstream.Stream) error {
	way := onTheWay{told: r.cfg.Relayed}
	w, err := openWindow(r.cfg, nc, r.reach.now().published, func(p uint64) {
		r.reach.publish(p)
		way.stored(p)
	})
	if err != nil {
		return err
	}
	lost := nc.StatusChanged(nats.CLOSED)
	for {
		for e, err := range r.cfg.Store.All(ctx, w.sent) {
			if err != nil {
				return fmt.Errorf("store: %w", err)
			}
			way.sent(e)
			if err := errors.Join(w.add(ctx, e.Position, r.cfg.message(e)), r.resolve(ctx, stream)); err != nil {
				return err
			}
		}
		if err := w.flush(ctx); err != nil {
			return err
		}
		r.stuck = time.Time{}
		r.state.say(wordOK, "")
		if err := r.rest(ctx, lost, stream, w.sent); err != nil {
			return err
		}
	}
}

// onTheWay are events that were sent and are not answered yet, for who wants to be told.
type onTheWay struct {
	told func(event uuid.UUID, sent time.Time)
	open []underway
}

type underway struct {
	position uint64
	event    uuid.UUID
	since    time.Time
}

func (o *onTheWay) sent(e domain.Recorded) {
	if o.told != nil {
		o.open = append(o.open, underway{e.Position, e.ID, time.Now()})
	}
}

func (o *onTheWay) stored(p uint64) {
	for len(o.open) > 0 && o.open[0].position <= p {
		o.told(o.open[0].event, o.open[0].since)
		o.open = o.open[1:]
	}
}

// rest waits for the store to grow past p. Meanwhile it looks into doubts, and
// from time to time at the stream.
func (r *relay) rest(ctx context.Context, lost <-chan nats.Status, stream jetstream.Stream, p uint64) error {
	grown := r.cfg.Store.Grown(p)
	tick := time.NewTicker(r.cfg.Patience)
	defer tick.Stop()
	for {
		changed := r.reach.watch()
		if err := r.resolve(ctx, stream); err != nil {
			return err
		}
		select {
		case <-grown:
			return nil
		case <-changed:
		case <-lost:
			return nats.ErrConnectionClosed
		case <-tick.C:
			if err := r.look(ctx, stream, p); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
