package sqldb

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"modernc.org/libc"
	"modernc.org/libc/sys/types"
	engine "modernc.org/sqlite/lib"
)

// conn is a connection of the engine itself to one file, for bulk rows: values are
// copied once, all those of a statement into one room, where other bindings ask for
// memory for each and fill it byte by byte. One goroutine uses it at a time.
type conn struct {
	tls  *libc.TLS
	db   uintptr
	room []byte // memory that the engine finds by its address
	at   uintptr
	used int
}

// static: bound values stay where they are until the statement has run.
const static = 0

// pointers is what the room holds at least: answers of the engine come there.
const pointers = 4096

func openConn(path string) (*conn, error) {
	c := &conn{tls: libc.NewTLS()}
	name, err := libc.CString(path)
	if err == nil {
		defer libc.Xfree(c.tls, name)
		err = c.reserve(pointers)
	}
	if err == nil {
		code := engine.Xsqlite3_open_v2(c.tls, name, c.at, engine.SQLITE_OPEN_READWRITE|engine.SQLITE_OPEN_CREATE|engine.SQLITE_OPEN_NOMUTEX, 0)
		c.db = c.answer()
		err = c.fault(code)
	}
	if err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

// answer is the pointer that the engine left at the beginning of the room.
func (c *conn) answer() uintptr { return uintptr(binary.NativeEndian.Uint64(c.room)) }

// fault is what a result code of the engine means; nil if all is well.
func (c *conn) fault(code int32) error {
	if code == engine.SQLITE_OK || code == engine.SQLITE_ROW || code == engine.SQLITE_DONE {
		return nil
	}
	return fmt.Errorf("sqlite: %s (%d)", libc.GoString(engine.Xsqlite3_errmsg(c.tls, c.db)), code)
}

// reserve makes room for values of so many bytes in all; what lay there is gone.
func (c *conn) reserve(n int) error {
	c.used = 0
	if n <= len(c.room) {
		return nil
	}
	n = max(n, 2*len(c.room))
	libc.Xfree(c.tls, c.at)
	c.room, c.at = nil, libc.Xmalloc(c.tls, types.Size_t(n))
	if c.at == 0 {
		return errors.New("sqlite: out of memory")
	}
	c.room = libc.GoBytes(c.at, n)
	return nil
}

// exec runs a statement without values and does not look at its rows. The end of ctx
// interrupts it.
func (c *conn) exec(ctx context.Context, text string) error {
	s, err := c.prepare(text)
	if err != nil {
		return err
	}
	over, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		c.interrupt(ctx, over)
	}()
	for s.row() { //nolint:revive // a PRAGMA answers what it was set to
	}
	close(over)
	<-watched
	return errors.Join(s.end(), s.finalize())
}

// interrupt stops what runs when ctx ends: again and again until it is over, for the
// engine forgets an interruption that comes before a statement begins.
func (c *conn) interrupt(ctx context.Context, over <-chan struct{}) {
	select {
	case <-ctx.Done():
	case <-over:
		return
	}
	tls := libc.NewTLS()
	defer tls.Close()
	for {
		engine.Xsqlite3_interrupt(tls, c.db)
		select {
		case <-time.After(time.Millisecond):
		case <-over:
			return
		}
	}
}

// lastKey is the key of the row that was added last.
func (c *conn) lastKey() int64 { return engine.Xsqlite3_last_insert_rowid(c.tls, c.db) }

// changes is how many rows the last statement changed.
func (c *conn) changes() int { return int(engine.Xsqlite3_changes(c.tls, c.db)) }

func (c *conn) close() error {
	err := c.fault(engine.Xsqlite3_close_v2(c.tls, c.db))
	libc.Xfree(c.tls, c.at)
	c.tls.Close()
	c.db, c.at, c.room = 0, 0, nil
	return err
}

// statement is a prepared one. Its values are bound anew for each run, within what
// was reserved.
type statement struct {
	*conn
	at   uintptr
	code int32 // the first that was not good
}

func (c *conn) prepare(text string) (*statement, error) {
	words, err := libc.CString(text)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, words)
	code := engine.Xsqlite3_prepare_v2(c.tls, c.db, words, -1, c.at, 0)
	if err := c.fault(code); err != nil {
		return nil, err
	}
	return &statement{conn: c, at: c.answer()}, nil
}

func (s *statement) heed(code int32) {
	if s.code == engine.SQLITE_OK {
		s.code = code
	}
}

func (s *statement) bindInt(at int, v int64) {
	s.heed(engine.Xsqlite3_bind_int64(s.tls, s.at, int32(at), v))
}

func (s *statement) bindText(at int, v string) {
	n := copy(s.room[s.used:s.used+len(v)], v)
	s.heed(engine.Xsqlite3_bind_text(s.tls, s.at, int32(at), s.conn.at+uintptr(s.used), int32(n), static))
	s.used += n
}

func (s *statement) bindBytes(at int, v []byte) {
	n := copy(s.room[s.used:s.used+len(v)], v)
	s.heed(engine.Xsqlite3_bind_blob(s.tls, s.at, int32(at), s.conn.at+uintptr(s.used), int32(n), static))
	s.used += n
}

// row goes to the next row, false if there is none or something is wrong.
func (s *statement) row() bool {
	if s.code != engine.SQLITE_OK {
		return false
	}
	code := engine.Xsqlite3_step(s.tls, s.at)
	if code == engine.SQLITE_ROW {
		return true
	}
	if code != engine.SQLITE_DONE {
		s.heed(code)
	}
	return false
}

// end makes the statement ready for its next run and answers what was wrong.
func (s *statement) end() error {
	err := s.fault(s.code)
	s.code = engine.SQLITE_OK
	if code := engine.Xsqlite3_reset(s.tls, s.at); err == nil { // else it says the same again
		err = s.fault(code)
	}
	return err
}

// run runs a statement that answers no rows.
func (s *statement) run() error {
	s.row()
	return s.end()
}

func (s *statement) finalize() error {
	if s == nil {
		return nil
	}
	return s.fault(engine.Xsqlite3_finalize(s.tls, s.at))
}
