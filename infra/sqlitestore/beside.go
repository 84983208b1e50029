package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
)

// Beside reads a log that another process may write: what was committed when it was
// opened. It takes no lock and holds nobody up.
type Beside struct{ s *Store }

// OpenBeside opens the log at path, which must be there.
func OpenBeside(path string) (*Beside, error) {
	c, err := sqlite.OpenConn(path, sqlite.OpenReadOnly)
	if err != nil {
		return nil, fmt.Errorf("open event log %s: %w", path, err)
	}
	s := &Store{path: path, closing: make(chan struct{}), failed: make(chan struct{}), readers: make(chan *reader, 1)}
	head, err := besideHead(c)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open event log %s: %w", path, err), c.Close())
	}
	s.head.Store(head)
	s.readers <- &reader{conn: c, types: map[string]string{}}
	return &Beside{s}, nil
}

func besideHead(c *sqlite.Conn) (*domain.Recorded, error) {
	version, err := sqlitex.ResultInt64(c.Prep("PRAGMA user_version"))
	if err == nil && version != schemaVersion {
		err = fmt.Errorf("schema version %d is not known to this program (knows %d)", version, schemaVersion)
	}
	if err != nil {
		return nil, err
	}
	return headOf(c)
}

// Head is the last event that was committed when the log was opened: its position and id.
func (b *Beside) Head(ctx context.Context) (domain.Recorded, error) { return b.s.Head(ctx) }

// All answers every event past a position, up to Head, in order.
func (b *Beside) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return b.s.All(ctx, after)
}

// Close ends the reading.
func (b *Beside) Close() error { return (<-b.s.readers).conn.Close() }
