package kurrentdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"ayumi/domain"
)

// One call fetches at most so many events, the first ones fewer, for many want only
// those, and about so many bytes.
const (
	firstEvents = 32
	pageEvents  = 512
	pageBytes   = 4 << 20
)

// Stream keeps the contract of domain.EventStore.
func (s *Store) Stream(ctx context.Context, stream string, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		after := after
		if err := s.current(ctx); err != nil {
			yield(domain.Recorded{}, fmt.Errorf("read event log: %w", away(ctx, err)))
			return
		}
		s.inPages(ctx, yield, func(most int) ([]place, error) {
			page, err := s.index.readPlaces(ctx, s.o.Log, selectStream, most, &stream, after)
			for i, p := range page {
				if after++; p.version != after {
					return nil, fmt.Errorf("version %d of %s is missing", after, stream)
				}
				if p.native != page[0].native {
					after--
					return page[:i], err
				}
			}
			return page, err
		}, s.fromStream)
	}
}

// All keeps the contract of domain.EventStore.
func (s *Store) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	head := s.head.Load().Position
	return func(yield func(domain.Recorded, error) bool) {
		after := after
		s.inPages(ctx, yield, func(most int) ([]place, error) {
			page, err := s.index.readPlaces(ctx, s.o.Log, selectAll, most, nil, after, head)
			for _, p := range page {
				if after++; p.position != after {
					return nil, fmt.Errorf("position %d is missing", after)
				}
			}
			return page, err
		}, s.fromAll)
	}
}

// inPages yields the events that lie at the places that next answers, until there are
// none. fetch brings some of the first ones, at least one.
func (s *Store) inPages(ctx context.Context, yield func(domain.Recorded, error) bool, next func(most int) ([]place, error), fetch func(context.Context, []place) ([]*esdb.RecordedEvent, error)) {
	for most := firstEvents; ; most = min(pageEvents, 4*most) {
		err := errors.Join(s.usable(), ctx.Err())
		var page []place
		if err == nil {
			page, err = next(most)
		}
		if err == nil && len(page) == 0 {
			return
		}
		for err == nil && len(page) > 0 {
			var found []*esdb.RecordedEvent
			if found, err = s.patiently(ctx, page, fetch); err != nil {
				break
			}
			for i, e := range found {
				if err = ctx.Err(); err != nil {
					break
				}
				if !yield(recorded(page[i], e), nil) {
					return
				}
			}
			page = page[len(found):]
		}
		if err != nil {
			yield(domain.Recorded{}, fmt.Errorf("read event log: %w", away(ctx, err)))
			return
		}
	}
}

func recorded(p place, e *esdb.RecordedEvent) domain.Recorded {
	return domain.Recorded{
		Position: p.position, ID: p.id, Stream: p.stream, Version: p.version,
		Type: e.EventType, Body: e.Data, Leaf: p.leaf,
	}
}

// patiently fetches, and says what is missing where the log has a hole: somebody has
// deleted a stream.
func (s *Store) patiently(ctx context.Context, page []place, fetch func(context.Context, []place) ([]*esdb.RecordedEvent, error)) ([]*esdb.RecordedEvent, error) {
	ctx, cancel := context.WithTimeout(ctx, s.o.Patience)
	defer cancel()
	found, err := patient(ctx, func() ([]*esdb.RecordedEvent, error) { return fetch(ctx, page) })
	if errors.Is(err, errNoStream) {
		found, err = nil, nil
	}
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("position %d, %s in stream %s, is not in KurrentDB any more", page[0].position, page[0].id, page[0].native)
	}
	return found, err
}

// fromStream brings the first events of places that lie in one stream of the server.
func (s *Store) fromStream(ctx context.Context, page []place) ([]*esdb.RecordedEvent, error) {
	events, err := s.fetchStream(ctx, page[0].native, page[0].revision, page[len(page)-1].revision-page[0].revision+1)
	if err != nil {
		return nil, err
	}
	return match(page, events), nil
}

// fromAll brings the first events of places that follow each other.
func (s *Store) fromAll(ctx context.Context, page []place) ([]*esdb.RecordedEvent, error) {
	return call(ctx, s.link, func(ctx context.Context, c *esdb.Client) ([]*esdb.RecordedEvent, error) {
		from := esdb.Position{Commit: page[0].at.commit, Prepare: page[0].at.prepare}
		events, err := c.ReadAll(ctx, esdb.ReadAllOptions{From: from}, math.MaxInt64)
		if err != nil {
			return nil, err
		}
		defer events.Close()
		last := page[len(page)-1].at
		return take(events, func(e *esdb.RecordedEvent, taken int) (want, more bool) {
			at := where(e)
			return e.EventID == page[taken].id && at == page[taken].at, at.before(last)
		})
	})
}

// match drops events that were never counted; the first hole ends it.
func match(page []place, events []*esdb.RecordedEvent) []*esdb.RecordedEvent {
	var out []*esdb.RecordedEvent
	for _, e := range events {
		if len(out) < len(page) && e.EventNumber == page[len(out)].revision && e.EventID == page[len(out)].id {
			out = append(out, e)
		}
	}
	return out
}

// errNoStream: the server has no such stream, or no more.
var errNoStream = errors.New("no such stream")

// fetchStream reads a part of a stream of the server, less than all of it if it is
// large.
func (s *Store) fetchStream(ctx context.Context, stream string, from, most uint64) ([]*esdb.RecordedEvent, error) {
	return call(ctx, s.link, func(ctx context.Context, c *esdb.Client) ([]*esdb.RecordedEvent, error) {
		events, err := c.ReadStream(ctx, stream, esdb.ReadStreamOptions{From: esdb.Revision(from)}, most)
		if err != nil {
			return nil, err
		}
		defer events.Close()
		out, err := take(events, func(*esdb.RecordedEvent, int) (want, more bool) { return true, true })
		if c := code(err); c == esdb.ErrorCodeResourceNotFound || c == esdb.ErrorCodeStreamDeleted {
			err = errNoStream // it shows only now, at the first Recv
		}
		return out, err
	})
}

// take receives events until there are no more, or enough.
func take(events *esdb.ReadStream, look func(e *esdb.RecordedEvent, taken int) (want, more bool)) ([]*esdb.RecordedEvent, error) {
	var out []*esdb.RecordedEvent
	for size := 0; size < pageBytes; {
		e, err := events.Recv()
		if ended(err) {
			break
		}
		if err != nil {
			return nil, err
		}
		if e.Event == nil {
			continue
		}
		want, more := look(e.Event, len(out))
		if want {
			out = append(out, e.Event)
			size += len(e.Event.Data)
		}
		if !more {
			break
		}
	}
	return out, nil
}

func ended(err error) bool { return errors.Is(err, io.EOF) }
