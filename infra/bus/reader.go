package bus

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// reader takes messages off the stream in order, over a connection of its own,
// so that a large catch-up never stands in the way of acknowledgements.
type reader struct {
	nc       *nats.Conn
	ended    chan struct{}
	remade   <-chan struct{}
	sub      *nats.Subscription
	quiet    time.Duration // a heartbeat comes at least this often
	patience time.Duration
}

var (
	// errStalled: the server is alive and says that nothing is left to deliver.
	errStalled = errors.New("nothing left on the stream")
	errSilent  = errors.New("consumer is silent")
)

// read opens a consumer that begins at a sequence. It is pushed, not
// acknowledged and flow controlled, and lives in the server's memory: the
// checkpoint is the caller's. It breaks off when ctx ends or the stream is made
// again.
func (b *Bus) read(ctx context.Context, name string, from uint64) (*reader, error) {
	remade := b.reach.incarnation() // before anything is read
	nc, err := b.link.dial(name)
	if err != nil {
		return nil, err
	}
	r := &reader{nc: nc, ended: make(chan struct{}), remade: remade, quiet: min(b.cfg.Patience, time.Second), patience: b.cfg.Patience}
	go func() {
		select {
		case <-r.ended:
		case <-remade:
		case <-ctx.Done():
		}
		nc.Close()
	}()
	if err := r.open(ctx, from); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *reader) open(ctx context.Context, from uint64) error {
	js, err := jetstream.New(r.nc)
	if err != nil {
		return err
	}
	inbox := r.nc.NewInbox()
	if r.sub, err = r.nc.SubscribeSync(inbox); err != nil {
		return err
	}
	if err := r.sub.SetPendingLimits(-1, -1); err != nil { // flow control bounds it
		return err
	}
	consumer := jetstream.ConsumerConfig{
		Name:          nuid.Next(), // asked for twice, it is still one
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: from,
		DeliverSubject: inbox, AckPolicy: jetstream.AckNonePolicy, MaxDeliver: 1,
		FlowControl: true, IdleHeartbeat: r.quiet, InactiveThreshold: time.Minute,
		MemoryStorage: true, Replicas: 1,
	}
	_, err = patiently(ctx, r.patience, func(ctx context.Context) (jetstream.PushConsumer, error) {
		return js.CreatePushConsumer(ctx, StreamName, consumer)
	})
	return err
}

func (r *reader) close() { close(r.ended) }

// next waits for one message and answers it with its sequence. errStalled comes
// when the server has nothing for at least one heartbeat.
func (r *reader) next(ctx context.Context) (uint64, *nats.Msg, error) {
	for {
		m, err := r.sub.NextMsg(3 * r.quiet)
		switch {
		case err != nil && ctx.Err() != nil:
			return 0, nil, ctx.Err()
		case errors.Is(err, nats.ErrTimeout):
			return 0, nil, errSilent
		case err != nil:
			return 0, nil, err
		}
		if len(m.Data) == 0 && m.Header.Get("Status") == "100" {
			flow := cmp.Or(m.Reply, m.Header.Get("Nats-Consumer-Stalled"))
			if flow == "" {
				return 0, nil, errStalled
			}
			// Flow control: everything before it has been taken.
			if err := r.nc.Publish(flow, nil); err != nil {
				return 0, nil, err
			}
			continue
		}
		sequence, err := streamSequence(m.Reply)
		return sequence, m, err
	}
}

var errReply = errors.New("message without a JetStream reply subject")

// streamSequence reads $JS.ACK[.domain.hash].stream.consumer.delivered.SEQUENCE.….
func streamSequence(reply string) (uint64, error) {
	parts := strings.Count(reply, ".") + 1
	skip := 5
	if parts > 9 {
		skip = 7
	}
	for range skip {
		_, rest, found := strings.Cut(reply, ".")
		if !found {
			return 0, errReply
		}
		reply = rest
	}
	digits, _, _ := strings.Cut(reply, ".")
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return 0, errReply
	}
	return n, nil
}
