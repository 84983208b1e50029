package kurrentdb

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/google/uuid"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
)

// index says where our events lie: KurrentDB counts no events, its positions have
// gaps, and it knows no id twice only within one retry. It is made from the log of
// all, thrown away and made again whenever it does not fit.
type index struct {
	path string
	conn *sqlite.Conn // of the fold
	pool *sqlitex.Pool
}

const indexVersion = 1

const indexSchema = `
CREATE TABLE events (
	position INTEGER PRIMARY KEY,
	id       BLOB    NOT NULL,
	stream   TEXT    NOT NULL,
	version  INTEGER NOT NULL,
	native   TEXT,             -- the server's stream; NULL: that of the same name
	revision INTEGER NOT NULL, -- in it
	at_commit  INTEGER NOT NULL,
	at_prepare INTEGER NOT NULL,
	leaf     BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_stream ON events (stream, version);
CREATE UNIQUE INDEX events_by_id ON events (id);
-- the last revision of every stream of the server, counted or not
CREATE TABLE natives (name TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE reached (log TEXT NOT NULL, at_commit INTEGER NOT NULL, at_prepare INTEGER NOT NULL) STRICT;
`

// openIndex opens the index of a log; one of another log or form, or a damaged one,
// begins anew. A power
// cut may cost the newest rows, never their order.
func openIndex(path, log string) (*index, error) {
	x := &index{path: path}
	fits, err := x.open(log)
	damaged := sqlite.ErrCode(err).ToPrimary()
	if (err == nil && !fits) || damaged == sqlite.ResultCorrupt || damaged == sqlite.ResultNotADB {
		if err = x.remove(); err == nil {
			_, err = x.open(log)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", path, err)
	}
	return x, nil
}

func (x *index) open(log string) (fits bool, err error) {
	if x.conn, err = sqlite.OpenConn(x.path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenWAL); err != nil {
		return false, err
	}
	for _, p := range []string{"PRAGMA synchronous=NORMAL", "PRAGMA trusted_schema=OFF", "PRAGMA cache_size=-32768"} {
		if err := sqlitex.ExecuteTransient(x.conn, p, nil); err != nil {
			return false, err
		}
	}
	st, err := x.conn.Prepare("PRAGMA user_version")
	if err != nil {
		return false, err
	}
	version, err := sqlitex.ResultInt64(st)
	if err != nil {
		return false, err
	}
	if version == 0 {
		script := fmt.Sprintf("%s\nPRAGMA user_version=%d;", indexSchema, indexVersion)
		if err := sqlitex.ExecScript(x.conn, script); err != nil {
			return false, err
		}
		if err := sqlitex.Execute(x.conn, "INSERT INTO reached VALUES (?, 0, 0)", &sqlitex.ExecOptions{Args: []any{log}}); err != nil {
			return false, err
		}
	}
	of := ""
	err = sqlitex.Execute(x.conn, "SELECT log FROM reached", &sqlitex.ExecOptions{
		ResultFunc: func(row *sqlite.Stmt) error { of = row.ColumnText(0); return nil },
	})
	if err != nil {
		return false, err
	}
	x.pool, err = sqlitex.NewPool(x.path, sqlitex.PoolOptions{Flags: sqlite.OpenReadOnly, PoolSize: 4})
	return (version == 0 || version == indexVersion) && of == log, err
}

func (x *index) close() error {
	var err error
	if x.pool != nil {
		err = x.pool.Close()
	}
	if x.conn != nil {
		err = errors.Join(err, x.conn.Close())
	}
	return err
}

func (x *index) remove() error {
	if err := x.close(); err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(x.path + suffix); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

// place is where one of our events lies.
type place struct {
	position uint64
	id       uuid.UUID
	stream   string
	version  uint64
	native   string
	revision uint64
	at       position
	leaf     [32]byte
}

// position is a place in the server's log of all.
type position struct{ commit, prepare uint64 }

func (p position) before(q position) bool {
	return p.commit < q.commit || (p.commit == q.commit && p.prepare < q.prepare)
}

const placeColumns = "SELECT position, id, stream, version, native, revision, at_commit, at_prepare, leaf FROM events "

// A bare question mark would make SQLite plan each query anew; see sqlitestore.
const (
	selectAll    = placeColumns + "WHERE position > ?+0 AND position <= ?+0 ORDER BY position"
	selectStream = placeColumns + "WHERE stream = ?||'' AND version > ?+0 ORDER BY version"
	selectNewest = placeColumns + "WHERE stream = ?||'' ORDER BY version DESC"
	selectLast   = placeColumns + "ORDER BY position DESC LIMIT 1"
)

func (x *index) scan(log string, st *sqlite.Stmt) place {
	p := place{
		position: uint64(st.ColumnInt64(0)), stream: st.ColumnText(2), version: uint64(st.ColumnInt64(3)),
		native: st.ColumnText(4), revision: uint64(st.ColumnInt64(5)),
		at: position{uint64(st.ColumnInt64(6)), uint64(st.ColumnInt64(7))},
	}
	if st.ColumnType(4) == sqlite.TypeNull {
		p.native = native(log, p.stream)
	}
	st.ColumnBytes(1, p.id[:])
	st.ColumnBytes(8, p.leaf[:])
	return p
}

// readPlaces answers at most so many places; text is bound first if the query has one.
func (x *index) readPlaces(ctx context.Context, log, query string, most int, text *string, numbers ...uint64) ([]place, error) {
	c, err := x.pool.Take(ctx)
	if err != nil {
		return nil, err
	}
	defer x.pool.Put(c)
	return x.places(c, log, query, most, text, numbers...)
}

func (x *index) places(c *sqlite.Conn, log, query string, most int, text *string, numbers ...uint64) ([]place, error) {
	st, err := c.Prepare(query)
	if err != nil {
		return nil, err
	}
	n := 1
	if text != nil {
		st.BindText(n, *text)
		n++
	}
	for _, v := range numbers {
		st.BindInt64(n, int64(v))
		n++
	}
	var out []place
	for len(out) < most {
		found, err := st.Step()
		if err != nil {
			return nil, err
		}
		if !found {
			return out, nil
		}
		out = append(out, x.scan(log, st))
	}
	return out, st.Reset()
}

// token is where a stream stands.
func (x *index) token(c *sqlite.Conn, log, stream string) (domain.Token, error) {
	newest, err := x.places(c, log, selectNewest, 1, &stream)
	if err != nil || len(newest) == 0 {
		return domain.Token{}, err
	}
	return domain.Token{Version: newest[0].version, Position: newest[0].position}, nil
}

// tail is the last revision of a stream of the server, -1 for none.
func (x *index) tail(c *sqlite.Conn, name string) (int64, error) {
	st, err := c.Prepare("SELECT revision FROM natives WHERE name = ?||''")
	if err != nil {
		return 0, err
	}
	st.BindText(1, name)
	found, err := st.Step()
	if err != nil || !found {
		return -1, err
	}
	revision := st.ColumnInt64(0)
	return revision, st.Reset()
}

func (x *index) known(c *sqlite.Conn, id uuid.UUID) (bool, error) {
	st, err := c.Prepare("SELECT 1 FROM events WHERE id = ?")
	if err != nil {
		return false, err
	}
	st.BindBytes(1, id[:])
	found, err := st.Step()
	if err != nil || !found {
		return false, err
	}
	return true, st.Reset()
}

func (x *index) reached() (p position, err error) {
	err = sqlitex.Execute(x.conn, "SELECT at_commit, at_prepare FROM reached", &sqlitex.ExecOptions{
		ResultFunc: func(row *sqlite.Stmt) error {
			p = position{uint64(row.ColumnInt64(0)), uint64(row.ColumnInt64(1))}
			return nil
		},
	})
	return p, err
}
