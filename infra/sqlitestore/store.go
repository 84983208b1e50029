// Package sqlitestore is the embedded event store: one SQLite file in WAL mode,
// one committer that groups what waits into one durable transaction, and a pool
// of read-only connections.
package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
)

// ErrInUse: another process, or another Open in this one, holds the log.
var ErrInUse = errors.New("event log is in use")

// ErrClosed: the store was closed before the call or while it waited.
var ErrClosed = errors.New("event store is closed")

// Options of a store. The zero value is right for production.
type Options struct {
	// Readers is the number of read-only connections; default 4.
	Readers int
	// CacheMB is the page cache of the writer in megabytes; default 64.
	CacheMB int
}

// Store is an event store in one SQLite file. It keeps the contract of
// domain.EventStore.
type Store struct {
	path   string
	lock   *sqlite.Conn
	w      *writer
	growth domain.Growth
	head   atomic.Pointer[domain.Recorded] // position and id of the last committed event

	queue   chan *request
	closing chan struct{}
	done    chan struct{} // the committer has ended
	close   sync.Once
	failed  chan struct{} // closed by the first fatal fault
	fault   atomic.Pointer[error]

	readers chan *reader // idle connections; nil where none is open yet
}

const schemaVersion = 1

const schema = `
CREATE TABLE events (
	position INTEGER PRIMARY KEY,
	id       BLOB    NOT NULL,
	stream   TEXT    NOT NULL,
	version  INTEGER NOT NULL,
	type     TEXT    NOT NULL,
	body     BLOB    NOT NULL,
	leaf     BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_stream ON events (stream, version);
CREATE UNIQUE INDEX events_by_id ON events (id);
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
`

// Open opens the log at path and makes it if there is none. The directory must
// exist. Only one Store may hold a log: a second Open answers ErrInUse.
func Open(path string, o Options) (*Store, error) {
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if o.CacheMB <= 0 {
		o.CacheMB = 64
	}
	lock, err := hold(path + ".lock")
	if err != nil {
		return nil, err
	}
	s := &Store{
		path: path, lock: lock,
		queue:   make(chan *request, maxGroup),
		closing: make(chan struct{}), done: make(chan struct{}), failed: make(chan struct{}),
		readers: make(chan *reader, o.Readers),
	}
	if s.w, err = s.openWriter(o); err != nil {
		return nil, errors.Join(fmt.Errorf("open event log %s: %w", path, err), lock.Close())
	}
	for range o.Readers {
		s.readers <- nil
	}
	go s.w.run()
	return s, nil
}

// hold takes an exclusive lock that ends with the process, on every system that
// SQLite knows.
func hold(path string) (*sqlite.Conn, error) {
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate)
	if err != nil {
		return nil, fmt.Errorf("open lock %s: %w", path, err)
	}
	c.SetBusyTimeout(0)
	err = sqlitex.ExecuteTransient(c, "BEGIN EXCLUSIVE", nil)
	if err == nil {
		return c, nil
	}
	if code := sqlite.ErrCode(err).ToPrimary(); code == sqlite.ResultBusy || code == sqlite.ResultLocked {
		err = ErrInUse
	}
	return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), c.Close())
}

func (s *Store) openWriter(o Options) (*writer, error) {
	c, err := sqlite.OpenConn(s.path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenWAL)
	if err != nil {
		return nil, err
	}
	w := &writer{s: s, conn: c, heads: map[string]domain.Token{}}
	if err := w.prepare(o); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return w, nil
}

// prepare sets the connection up, makes the schema in a new file, and reads the head.
func (w *writer) prepare(o Options) error {
	for _, p := range []string{
		"PRAGMA synchronous=FULL", "PRAGMA fullfsync=ON", "PRAGMA wal_autocheckpoint=0",
		"PRAGMA recursive_triggers=ON", "PRAGMA trusted_schema=OFF",
		fmt.Sprintf("PRAGMA cache_size=-%d", o.CacheMB<<10),
	} {
		if err := sqlitex.ExecuteTransient(w.conn, p, nil); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	st, err := w.conn.Prepare("PRAGMA user_version")
	if err != nil {
		return err
	}
	version, err := sqlitex.ResultInt64(st)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	switch version {
	case schemaVersion:
	case 0:
		if err := w.create(); err != nil {
			return fmt.Errorf("make schema: %w", err)
		}
	default:
		return fmt.Errorf("schema version %d is not known to this program (knows %d)", version, schemaVersion)
	}
	return w.readHead()
}

func (w *writer) create() (err error) {
	end, err := sqlitex.ImmediateTransaction(w.conn)
	if err != nil {
		return err
	}
	defer end(&err)
	return sqlitex.ExecScript(w.conn, fmt.Sprintf("%s\nPRAGMA user_version=%d;", schema, schemaVersion))
}

func (w *writer) readHead() error {
	head, err := headOf(w.conn)
	if err != nil {
		return err
	}
	w.last = head.Position
	w.s.head.Store(head)
	w.s.growth.Reach(head.Position)
	return nil
}

func headOf(c *sqlite.Conn) (*domain.Recorded, error) {
	head := &domain.Recorded{}
	err := sqlitex.Execute(c, "SELECT position, id FROM events ORDER BY position DESC LIMIT 1", &sqlitex.ExecOptions{
		ResultFunc: func(row *sqlite.Stmt) error {
			head.Position = uint64(row.ColumnInt64(0))
			row.ColumnBytes(1, head.ID[:])
			return nil
		},
	})
	if err != nil {
		return nil, fmt.Errorf("read head: %w", err)
	}
	return head, nil
}

// Close lets the commit under way end, refuses what waits, and gives the log free.
func (s *Store) Close() error {
	var errs []error
	s.close.Do(func() {
		close(s.closing)
		<-s.done
		for range cap(s.readers) {
			if r := <-s.readers; r != nil {
				errs = append(errs, r.conn.Close())
			}
		}
		errs = append(errs, s.w.conn.Close(), s.lock.Close())
	})
	return errors.Join(errs...)
}

// Failed is closed when the store has met a fault after which it must not go on.
// Fault says which.
func (s *Store) Failed() <-chan struct{} { return s.failed }

// Fault is the fault that ended the store, wrapping domain.ErrStoreFailed, or nil.
func (s *Store) Fault() error {
	if p := s.fault.Load(); p != nil {
		return *p
	}
	return nil
}

func (s *Store) fail(doing string, cause error) error {
	err := fmt.Errorf("%w: %s in %s: %w", domain.ErrStoreFailed, doing, filepath.Base(s.path), cause)
	if s.fault.CompareAndSwap(nil, &err) {
		close(s.failed)
	}
	return s.Fault()
}

// Head keeps the contract of domain.EventStore.
func (s *Store) Head(context.Context) (domain.Recorded, error) {
	return *s.head.Load(), s.Fault()
}

// Grown keeps the contract of domain.EventStore.
func (s *Store) Grown(position uint64) <-chan struct{} { return s.growth.Past(position) }
