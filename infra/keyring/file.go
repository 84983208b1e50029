package keyring

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
)

const tableVersion = 1

const tableSchema = `
CREATE TABLE epochs (
	epoch INTEGER PRIMARY KEY,
	probe BLOB NOT NULL -- a known text sealed under the epoch's kek
) STRICT;
CREATE TABLE keys (
	owner   TEXT    PRIMARY KEY,
	epoch   INTEGER NOT NULL,
	wrapped BLOB -- nonce, key, tag; NULL: destroyed
) STRICT, WITHOUT ROWID;
`

// file is keys.db: one writing goroutine that groups what waits, and a few
// read-only connections. One process has it.
type file struct {
	one     sync.Mutex
	path    string
	conn    *sqlite.Conn // of the writing goroutine
	queue   chan *change
	closing chan struct{}
	done    chan struct{}
	readers chan *sqlite.Conn
}

const readers = 4

func openFile(dir string) (*file, error) {
	path := filepath.Join(dir, "keys.db")
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenWAL)
	if err != nil {
		return nil, fmt.Errorf("open key table %s: %w", path, err)
	}
	t := &file{
		path: path, conn: c, queue: make(chan *change, maxGroup),
		closing: make(chan struct{}), done: make(chan struct{}), readers: make(chan *sqlite.Conn, readers),
	}
	if err := t.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("open key table %s: %w", path, err), c.Close())
	}
	for range readers {
		t.readers <- nil
	}
	go t.run()
	return t, nil
}

func (t *file) prepare() error {
	for _, p := range []string{
		"PRAGMA synchronous=FULL", "PRAGMA fullfsync=ON", "PRAGMA secure_delete=ON",
		"PRAGMA wal_autocheckpoint=0", "PRAGMA trusted_schema=OFF",
	} {
		if err := sqlitex.ExecuteTransient(t.conn, p, nil); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	st, err := t.conn.Prepare("PRAGMA user_version")
	if err != nil {
		return err
	}
	version, err := sqlitex.ResultInt64(st)
	if err != nil {
		return err
	}
	switch version {
	case tableVersion:
		return sqlitex.ExecuteTransient(t.conn, markSchema, nil)
	case 0:
		return sqlitex.ExecScript(t.conn, fmt.Sprintf("%s\n%s;\nPRAGMA user_version=%d;", tableSchema, markSchema, tableVersion))
	}
	return fmt.Errorf("version %d of the key table is not known to this program (knows %d)", version, tableVersion)
}

func (t *file) close() error {
	select {
	case <-t.closing:
		return nil
	default:
	}
	close(t.closing)
	<-t.done
	var errs []error
	for range readers {
		if c := <-t.readers; c != nil {
			errs = append(errs, c.Close())
		}
	}
	return errors.Join(append(errs, t.conn.Close())...)
}

// look has nobody else to follow.
func (t *file) look(ctx context.Context, _ int64) (s standing, err error) {
	err = t.reading(ctx, "SELECT epoch, probe FROM epochs ORDER BY epoch DESC LIMIT 1", nil, func(st *sqlite.Stmt) {
		s.epoch, s.probe = st.ColumnInt64(0), blob(st, 1)
	})
	return s, err
}

func (t *file) alone(_ context.Context, work func() error) error {
	t.one.Lock()
	defer t.one.Unlock()
	return work()
}

func (t *file) read(ctx context.Context, owner string) (row, error) {
	r, found := row{}, false
	err := t.reading(ctx, "SELECT epoch, wrapped FROM keys WHERE owner = ?||''", []any{owner}, func(st *sqlite.Stmt) {
		r, found = row{epoch: st.ColumnInt64(0), wrapped: blob(st, 1)}, true
	})
	if err == nil && !found {
		err = errNoKey
	}
	return r, err
}

func (t *file) insert(ctx context.Context, owner string, r row) (row, error) {
	err := t.submit(ctx, &change{query: "INSERT INTO keys (owner, epoch, wrapped) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", args: []any{owner, r.epoch, r.wrapped}})
	if err != nil {
		return row{}, err
	}
	return t.read(ctx, owner)
}

func (t *file) destroy(ctx context.Context, owner string, epoch int64) error {
	return t.submit(ctx, &change{
		query: "INSERT INTO keys (owner, epoch, wrapped) VALUES (?, ?, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL",
		args:  []any{owner, epoch}, copyWAL: true,
	})
}

// rewrite empties the WAL at the end: what was overwritten must not stay there.
func (t *file) rewrite(ctx context.Context, _, epoch int64, probe []byte, wrap wrapper) error {
	return t.submit(ctx, &change{copyWAL: true, work: func(t *file) error {
		type one struct {
			owner string
			row   row
		}
		var all []one
		st, err := t.conn.Prepare("SELECT owner, epoch, wrapped FROM keys WHERE wrapped IS NOT NULL")
		if err != nil {
			return err
		}
		if err := each(st, func(st *sqlite.Stmt) {
			all = append(all, one{st.ColumnText(0), row{epoch: st.ColumnInt64(1), wrapped: blob(st, 2)}})
		}); err != nil {
			return err
		}
		for _, o := range all {
			box, err := wrap(o.owner, o.row)
			if err != nil {
				return err
			}
			if err := t.exec("UPDATE keys SET epoch = ?, wrapped = ? WHERE owner = ?", epoch, box, o.owner); err != nil {
				return err
			}
		}
		return t.exec("INSERT INTO epochs (epoch, probe) VALUES (?, ?)", epoch, probe)
	}})
}

func (t *file) reading(ctx context.Context, query string, args []any, take func(*sqlite.Stmt)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var c *sqlite.Conn
	select {
	case <-t.closing:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	case c = <-t.readers:
	}
	defer func() { t.readers <- c }()
	var err error
	if c == nil {
		if c, err = sqlite.OpenConn(t.path, sqlite.OpenReadOnly); err != nil {
			return fmt.Errorf("read key table: %w", err)
		}
	}
	st, err := c.Prepare(query)
	if err != nil {
		return fmt.Errorf("read key table: %w", err)
	}
	bind(st, args)
	if err := each(st, take); err != nil {
		return fmt.Errorf("read key table: %w", err)
	}
	return nil
}

func bind(st *sqlite.Stmt, args []any) {
	for i, a := range args {
		switch a := a.(type) {
		case int64:
			st.BindInt64(i+1, a)
		case string:
			st.BindText(i+1, a)
		case []byte:
			st.BindBytes(i+1, a)
		}
	}
}

// blob answers a copy, nil for NULL.
func blob(st *sqlite.Stmt, col int) []byte {
	if st.ColumnIsNull(col) {
		return nil
	}
	b := make([]byte, st.ColumnLen(col))
	st.ColumnBytes(col, b)
	return b
}

var errFailed = fmt.Errorf("key table: %w", domain.ErrStoreFailed)
