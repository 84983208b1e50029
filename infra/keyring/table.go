package keyring

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
)

var (
	errNoKey  = errors.New("no key was ever made")
	errClosed = errors.New("keyring is closed")
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

// table is keys.db: one writing goroutine that groups what waits, and a few
// read-only connections.
type table struct {
	path    string
	conn    *sqlite.Conn // of the writing goroutine
	queue   chan *change
	closing chan struct{}
	done    chan struct{}
	readers chan *sqlite.Conn
}

const readers = 4

func openTable(dir string) (*table, error) {
	path := filepath.Join(dir, "keys.db")
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenWAL)
	if err != nil {
		return nil, fmt.Errorf("open key table %s: %w", path, err)
	}
	t := &table{
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

func (t *table) prepare() error {
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

func (t *table) close() error {
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

// epoch answers the newest epoch and its probe; 0 in a new table.
func (t *table) epoch() (epoch int64, probe []byte, err error) {
	err = t.reading(context.Background(), "SELECT epoch, probe FROM epochs ORDER BY epoch DESC LIMIT 1", nil, func(st *sqlite.Stmt) {
		epoch, probe = st.ColumnInt64(0), blob(st, 1)
	})
	return epoch, probe, err
}

// begin writes a new epoch durably.
func (t *table) begin(epoch int64, probe []byte) error {
	return t.submit(context.Background(), &change{query: "INSERT INTO epochs (epoch, probe) VALUES (?, ?)", args: []any{epoch, probe}})
}

// read answers the row of owner as it lies in the table: errNoKey if there is none.
func (t *table) read(ctx context.Context, owner string) (row, error) {
	r, found := row{}, false
	err := t.reading(ctx, "SELECT epoch, wrapped FROM keys WHERE owner = ?||''", []any{owner}, func(st *sqlite.Stmt) {
		r, found = row{epoch: st.ColumnInt64(0), wrapped: blob(st, 1)}, true
	})
	if err == nil && !found {
		err = errNoKey
	}
	return r, err
}

// insert writes a row durably, unless another was first: it answers the one that stands.
func (t *table) insert(ctx context.Context, owner string, r row) (row, error) {
	err := t.submit(ctx, &change{query: "INSERT INTO keys (owner, epoch, wrapped) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", args: []any{owner, r.epoch, r.wrapped}})
	if err != nil {
		return row{}, err
	}
	return t.read(ctx, owner)
}

// destroy overwrites a key, or forbids one that was never made.
func (t *table) destroy(ctx context.Context, owner string, epoch int64) error {
	return t.submit(ctx, &change{
		query: "INSERT INTO keys (owner, epoch, wrapped) VALUES (?, ?, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL",
		args:  []any{owner, epoch}, copyWAL: true,
	})
}

func (t *table) reading(ctx context.Context, query string, args []any, take func(*sqlite.Stmt)) error {
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
