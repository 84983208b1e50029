package bus

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ayumi/domain"
)

// errDamaged: the stream is not what the store says. Only a rebuild helps.
var errDamaged = errors.New("bus differs from the store")

func damaged(format string, v ...any) error {
	return fmt.Errorf("%w: %s", errDamaged, fmt.Sprintf(format, v...))
}

func (c Config) stream(first uint64) jetstream.StreamConfig {
	s := jetstream.StreamConfig{
		Name: StreamName, Subjects: []string{subjectRoot + ".>"},
		Description: "Ayumi event log; message sequence = log position; made from the store",
		Storage:     jetstream.FileStorage, Replicas: c.Replicas,
		Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardOld, MaxMsgs: -1,
		DenyDelete: true, DenyPurge: true,
		Duplicates: dedupe, MaxMsgSize: -1,
	}
	if c.Keep > 0 {
		s.MaxMsgs = c.Keep
	}
	if first > 1 {
		s.FirstSeq = first
	}
	return s
}

// firstKept is where a stream begins that is to hold the events up to head.
func (c Config) firstKept(head uint64) uint64 {
	if keep := uint64(c.Keep); keep > 0 && head > keep {
		return head - keep + 1
	}
	return 1
}

// eventAt reads one event of the store.
func (c Config) eventAt(ctx context.Context, p uint64) (domain.Recorded, error) {
	for r, err := range c.Store.All(ctx, p-1) {
		if err == nil && r.Position != p {
			err = fmt.Errorf("store: position %d follows %d", r.Position, p-1)
		}
		return r, err
	}
	return domain.Recorded{}, fmt.Errorf("store: no event at position %d", p)
}

// examine compares the outside of the stream with the store: how far it reaches,
// whether anything is missing between its ends, and what stands at both ends.
func (c Config) examine(ctx context.Context, stream jetstream.Stream, head uint64) error {
	s := stream.CachedInfo().State
	switch {
	case s.LastSeq > head:
		return damaged("it holds position %d, the store ends at %d", s.LastSeq, head)
	case s.FirstSeq > c.firstKept(head):
		return damaged("it begins at %d", s.FirstSeq)
	case s.Msgs == 0 && s.LastSeq > 0 && s.FirstSeq != s.LastSeq+1:
		return damaged("it is empty at sequence %d", s.LastSeq)
	case s.Msgs == 0:
		return nil
	case s.Msgs != s.LastSeq-s.FirstSeq+1:
		return damaged("%d messages between %d and %d", s.Msgs, s.FirstSeq, s.LastSeq)
	}
	if err := c.compareAt(ctx, stream, s.FirstSeq); err != nil {
		return err
	}
	return c.compareAt(ctx, stream, s.LastSeq)
}

// compareAt reads one message and holds it against the store.
func (c Config) compareAt(ctx context.Context, stream jetstream.Stream, p uint64) error {
	want, err := c.eventAt(ctx, p)
	if err != nil {
		return err
	}
	got, err := stream.GetMsg(ctx, p)
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound), final(err):
		return damaged("position %d cannot be read: %v", p, err)
	case err != nil:
		return err
	case !sameEvent(want, got.Sequence, nats.Header(got.Header), got.Data):
		return damaged("another event at position %d", p)
	}
	return nil
}

// final says whether a server refused for good. A cluster without a leader answers
// 503, which says nothing of the stream.
func final(err error) bool {
	var refused *jetstream.APIError
	return errors.As(err, &refused) && refused.Code != http.StatusServiceUnavailable
}
