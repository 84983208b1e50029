package kurrentdb

import (
	"context"
	"fmt"
	"iter"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"ayumi/domain"
)

// carryRun is the most events of one write of Carry.
const carryRun = 256

// Carry writes the events of another log behind the last one here, each in its own
// stream and at its own position. It waits for the server, not for the fold, so that
// it is several times as fast as Append. Nobody else may write meanwhile: then it
// fails, and can be begun again from the new head.
func (s *Store) Carry(ctx context.Context, events iter.Seq2[domain.Recorded, error]) error {
	head, err := s.Head(ctx)
	if err != nil {
		return fmt.Errorf("carry: %w", err)
	}
	c := &carrying{Store: s, tails: map[string]int64{}, at: head.Position}
	for e, err := range events {
		if err == nil {
			err = c.take(ctx, e)
		}
		if err != nil {
			return fmt.Errorf("carry: %w", err)
		}
	}
	if err := c.flush(ctx); err != nil {
		return fmt.Errorf("carry: %w", err)
	}
	if head, err = s.Head(ctx); err != nil {
		return fmt.Errorf("carry: %w", err)
	}
	if head.Position != c.at {
		return fmt.Errorf("carry: the log ends at position %d, not at %d: somebody else has written", head.Position, c.at)
	}
	return nil
}

// carrying is one Carry on its way.
type carrying struct {
	*Store
	tails map[string]int64 // last revision of the streams written to
	run   domain.Commit    // events that follow each other in one stream
	size  int
	at    uint64
}

func (c *carrying) take(ctx context.Context, e domain.Recorded) error {
	if e.Position != c.at+1 {
		return fmt.Errorf("position %d follows %d", e.Position, c.at)
	}
	c.at++
	if e.Stream != c.run.Stream || len(c.run.Events) == carryRun || c.size+len(e.Body) > pageBytes {
		if err := c.flush(ctx); err != nil {
			return err
		}
		c.run = domain.Commit{Stream: e.Stream, At: domain.Token{Version: e.Version - 1}}
	}
	c.run.Events, c.size = append(c.run.Events, e), c.size+len(e.Body)
	return nil
}

func (c *carrying) flush(ctx context.Context) error {
	if len(c.run.Events) == 0 {
		return nil
	}
	if _, err := c.run.Leaves(); err != nil {
		return err
	}
	b := pack(c.o.Log, []domain.Commit{c.run})
	tail, known := c.tails[b.native]
	if !known {
		conn, err := c.index.pool.Take(ctx)
		if err != nil {
			return err
		}
		tail, err = c.index.tail(conn, b.native)
		c.index.pool.Put(conn)
		if err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, c.o.Patience)
	defer cancel()
	last, err := patient(ctx, func() (uint64, error) { return c.send(ctx, b, tail) })
	if err != nil {
		return fmt.Errorf("position %d: %w", c.at, err)
	}
	c.tails[b.native] = int64(last)
	c.run, c.size = domain.Commit{}, 0
	return nil
}

// send writes a batch to stand after revision tail and answers the last revision. The
// same batch again is known by its ids.
func (s *Store) send(ctx context.Context, b batch, tail int64) (uint64, error) {
	var at esdb.ExpectedRevision = esdb.NoStream{}
	if tail >= 0 {
		at = esdb.Revision(uint64(tail))
	}
	return call(ctx, s.link, func(ctx context.Context, c *esdb.Client) (uint64, error) {
		r, err := c.AppendToStream(ctx, b.native, esdb.AppendToStreamOptions{ExpectedRevision: at}, b.events...)
		if err != nil {
			return 0, err
		}
		return r.NextExpectedVersion, nil
	})
}
