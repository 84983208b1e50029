package bus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ayumi/domain"
	"ayumi/domain/outside"
)

// OutsideStream is the JetStream stream for consumers outside: what leaves of the log
// (domain/outside), in its order, as CloudEvents 1.0 in binary mode. It is made from
// the log and nothing else: deleted, it is made again with the same bytes at the same
// sequences. Its checkpoint is its own last message.
const OutsideStream = "AYUMI_OUT"

const outsideRoot = "ayumi.out"

// OutsideSubject is where an event is published for consumers outside:
// ayumi.out.<category>.<type>.<controller>. The controller comes last, so that a
// consumer of one prefecture is let in by ayumi.out.*.*.31 and never sees the other's.
func OutsideSubject(eventType, controller string) string {
	category, name, _ := strings.Cut(eventType, ".")
	b := append(make([]byte, 0, 64), outsideRoot...)
	for _, token := range []string{category, name, controller} {
		b = appendToken(append(b, '.'), token)
	}
	return string(b)
}

// sequenceHeader carries the position in the log; CloudEvents' extension sequence is
// a word whose order is the order of the events.
const sequenceHeader = "ce-sequence"

func (c Config) outside(e outside.Event, sequence uint64) *nats.Msg {
	return &nats.Msg{
		Subject: OutsideSubject(e.Type, e.Controller),
		Header: nats.Header{
			"ce-specversion":        {"1.0"},
			"ce-id":                 {e.ID},
			"ce-source":             {c.Source},
			"ce-type":               {e.Type},
			"ce-subject":            {e.Stream},
			"ce-time":               {e.Recorded},
			sequenceHeader:          {e.Sequence()},
			"content-type":          {"application/json"},
			nats.MsgIdHdr:           {e.ID},
			nats.ExpectedLastSeqHdr: {strconv.FormatUint(sequence-1, 10)},
		},
		Data: e.Facts,
	}
}

func (c Config) outsideStream() jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: OutsideStream, Subjects: []string{outsideRoot + ".>"},
		Description: "Ayumi for consumers outside; made from the log",
		Storage:     jetstream.FileStorage, Replicas: c.Replicas,
		Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardOld, MaxMsgs: -1,
		DenyDelete: true, DenyPurge: true,
		Duplicates: dedupe, MaxMsgSize: -1,
	}
}

// OutsideStatus is how far the stream for consumers outside has come.
type OutsideStatus struct {
	On       bool
	Word     string // as Status.Word
	Messages uint64 // on the stream
	Position uint64 // of the log, up to which everything that leaves is on the stream
	Since    time.Time
	Cause    string // the last fault in an operator's words
}

// Outside answers at once, from memory.
func (b *Bus) Outside() OutsideStatus {
	if b.out == nil {
		return OutsideStatus{}
	}
	s := b.out.state.now()
	return OutsideStatus{On: true, Word: s.Word, Messages: s.Bus, Position: s.Store, Since: s.Since, Cause: s.Cause}
}

// outsider keeps the outside stream equal to the log. Like the relay it trusts what it
// finds on the stream, and competes with others by the expected last sequence.
type outsider struct {
	*Bus
	state    state
	created  time.Time // of the stream last found equal
	found    time.Time // when the stream that was last looked at was made
	sequence uint64    // of its last message
	position uint64    // of the log, up to which it holds everything
	sent     []uint64  // positions of the messages after it that are on their way
	faults   int       // in a row, without a settled stream
	stuckAt  uint64    // the sequence at which the stream refuses to grow
	stuck    time.Time // since when; zero if it grows
}

func newOutsider(b *Bus) *outsider {
	o := &outsider{Bus: b}
	o.state.begin(b.cfg.Now)
	return o
}

func (o *outsider) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := o.follow(ctx)
		if errors.Is(err, errMoved) && o.wedged() {
			err = damaged("it does not grow: %v", err)
		}
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errDamaged):
			o.cfg.Log.Warn("bus: the outside stream is made again", "cause", err)
			o.state.say(wordRebuilding, err.Error())
			cause := err
			if err := o.drop(ctx); errors.Is(err, ErrForbidden) {
				o.leave(ctx, fmt.Errorf("%w (%w)", err, cause), true)
			} else if err != nil {
				o.fail(ctx, err)
			}
		case errors.Is(err, ErrForbidden):
			o.leave(ctx, err, false)
		case errors.Is(err, errMoved): // another instance was faster, or the stream is gone
			pause(ctx, time.Duration(20+rand.IntN(80))*time.Millisecond)
		default:
			o.fail(ctx, err)
		}
	}
}

// wedged says that the stream has refused the next message for too long; see relay.wedged.
func (o *outsider) wedged() bool {
	if o.sequence != o.stuckAt || o.stuck.IsZero() {
		o.stuckAt, o.stuck = o.sequence, time.Now()
	}
	if time.Since(o.stuck) < o.cfg.Patience {
		return false
	}
	o.stuck = time.Time{}
	return true
}

func (o *outsider) fail(ctx context.Context, err error) {
	o.faults++
	o.created = time.Time{}
	o.cfg.Log.Warn("bus: the outside stream stands still", "cause", err, "faults", o.faults)
	o.state.say(wordDown, err.Error())
	pause(ctx, min(o.cfg.Patience, time.Duration(o.faults)*100*time.Millisecond))
}

// follow looks where the stream stands and publishes until something is wrong.
func (o *outsider) follow(ctx context.Context) error {
	nc, err := o.link.dial("outside")
	if err != nil {
		return err
	}
	defer nc.Close()
	ctx, stop := heed(ctx, nc)
	defer stop()
	return heeded(ctx, o.carry(ctx, nc))
}

func (o *outsider) carry(ctx context.Context, nc *nats.Conn) error {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(o.cfg.Patience))
	if err != nil {
		return err
	}
	stream, err := o.open(ctx, js)
	if err != nil {
		return err
	}
	if err := o.settle(ctx, stream); err != nil {
		return err
	}
	o.faults = 0
	return o.publish(ctx, nc, stream)
}

// open finds or makes the stream, with the settings of today.
func (o *outsider) open(ctx context.Context, js jetstream.JetStream) (jetstream.Stream, error) {
	stream, err := patiently(ctx, o.cfg.Patience, func(ctx context.Context) (jetstream.Stream, error) {
		return js.Stream(ctx, OutsideStream)
	})
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return js.CreateStream(ctx, o.cfg.outsideStream())
	}
	if err != nil {
		return nil, err
	}
	o.found = stream.CachedInfo().Created
	if stream.CachedInfo().Config.Replicas == o.cfg.Replicas {
		return stream, nil
	}
	stream, err = js.UpdateStream(ctx, o.cfg.outsideStream())
	if final(err) {
		return nil, damaged("its settings cannot be changed: %v", err)
	}
	return stream, err
}

// settle compares the stream with the log: as many messages as events have left up to
// its last one, and that one the very same.
func (o *outsider) settle(ctx context.Context, stream jetstream.Stream) error {
	info := stream.CachedInfo()
	s := info.State
	o.found, o.sent = info.Created, nil
	switch known := info.Created.Equal(o.created); {
	case s.LastSeq == 0:
		o.created, o.sequence, o.position = info.Created, 0, 0
		return nil
	case s.FirstSeq != 1 || s.Msgs != s.LastSeq:
		return damaged("%d messages between %d and %d", s.Msgs, s.FirstSeq, s.LastSeq)
	case known && s.LastSeq == o.sequence:
		return nil
	case !known || s.LastSeq < o.sequence:
		o.sequence, o.position = 0, 0
	}
	got, err := stream.GetMsg(ctx, s.LastSeq)
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound), final(err):
		return damaged("sequence %d cannot be read: %v", s.LastSeq, err)
	case err != nil:
		return err
	}
	at, err := strconv.ParseUint(got.Header.Get(sequenceHeader), 10, 64)
	if err != nil {
		return damaged("sequence %d names no position", s.LastSeq)
	}
	n := o.sequence
	for r, err := range o.cfg.Store.All(ctx, o.position) {
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		if r.Position > at {
			break
		}
		if !outside.Leaves(r.Type) {
			continue
		}
		if n++; r.Position < at {
			continue
		}
		want, err := o.message(r, n)
		if err != nil {
			return err
		}
		if n != s.LastSeq || !sameMessage(want, got) {
			return damaged("another event at sequence %d", s.LastSeq)
		}
		o.created, o.sequence, o.position = info.Created, n, at
		return nil
	}
	return damaged("sequence %d is not of the log", s.LastSeq)
}

func sameMessage(want *nats.Msg, got *jetstream.RawStreamMsg) bool {
	return want.Subject == got.Subject && bytes.Equal(want.Data, got.Data) &&
		maps.EqualFunc(want.Header, got.Header, func(a, b []string) bool { return slices.Equal(a, b) })
}

func (o *outsider) message(r domain.Recorded, sequence uint64) (*nats.Msg, error) {
	e, leaves, err := outside.Of(r)
	if err != nil || !leaves {
		return nil, errors.Join(err, fmt.Errorf("position %d does not leave", r.Position))
	}
	return o.cfg.outside(e, sequence), nil
}

// publish copies what leaves from the log to the stream, for as long as the stream
// stands where it was left.
func (o *outsider) publish(ctx context.Context, nc *nats.Conn, stream jetstream.Stream) error {
	w, err := openWindow(o.cfg, nc, o.sequence, o.stored)
	if err != nil {
		return err
	}
	lost := nc.StatusChanged(nats.CLOSED)
	read := o.position
	for {
		for r, err := range o.cfg.Store.All(ctx, read) {
			if err != nil {
				return fmt.Errorf("store: %w", err)
			}
			if outside.Leaves(r.Type) {
				m, err := o.message(r, w.last()+1)
				if err != nil {
					return err
				}
				o.sent = append(o.sent, r.Position)
				if err := w.add(ctx, w.last()+1, m); err != nil {
					return err
				}
			}
			read = r.Position
		}
		if err := w.flush(ctx); err != nil {
			return err
		}
		o.position, o.stuck = read, time.Time{}
		o.state.reach(o.sequence, o.position)
		if err := o.rest(ctx, lost, stream); err != nil {
			return err
		}
	}
}

// stored says that the stream holds everything up to a sequence.
func (o *outsider) stored(sequence uint64) {
	n := sequence - o.sequence
	o.sequence, o.position, o.sent = sequence, o.sent[n-1], o.sent[n:]
}

// rest waits for the log to grow, and looks at the stream from time to time.
func (o *outsider) rest(ctx context.Context, lost <-chan nats.Status, stream jetstream.Stream) error {
	tick := time.NewTicker(o.cfg.Patience)
	defer tick.Stop()
	grown := o.cfg.Store.Grown(o.position)
	for {
		select {
		case <-grown:
			return nil
		case <-lost:
			return nats.ErrConnectionClosed
		case <-tick.C:
			info, err := stream.Info(ctx)
			switch {
			case errors.Is(err, jetstream.ErrStreamNotFound):
				return fmt.Errorf("%w: the stream is gone", errMoved)
			case err != nil:
				return err
			case !info.Created.Equal(o.created) || info.State.LastSeq != o.sequence || info.State.Msgs != o.sequence:
				return fmt.Errorf("%w: sequence %d of %d", errMoved, info.State.LastSeq, o.sequence)
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// drop throws the stream away; follow makes a new one.
func (o *outsider) drop(ctx context.Context) error {
	o.created = time.Time{}
	nc, err := o.link.dial("outside")
	if err != nil {
		return err
	}
	defer nc.Close()
	return remove(ctx, nc, OutsideStream, o.cfg.Patience)
}
