package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"modernc.org/sqlite"
)

const schema = `
create table if not exists line(
  no integer primary key, day integer not null, account text not null, controller text not null, act text not null,
  query text not null, facts blob not null, salt blob not null) strict;
create index if not exists line_by_account on line(account, no);
create index if not exists line_by_day on line(day, no);
create index if not exists line_by_act on line(act, no);
create index if not exists line_by_query on line(query, no) where query <> '';
create table if not exists about(subject text not null, no integer not null, primary key(subject, no)) strict, without rowid;
create table if not exists hash(i integer primary key, hash blob not null) strict;
create table if not exists gone(upto integer primary key) strict;
create trigger if not exists line_never_changes before update on line begin select raise(abort, 'access log is append-only'); end;
create trigger if not exists about_never_changes before update on about begin select raise(abort, 'access log is append-only'); end;
create trigger if not exists hash_never_changes before update on hash begin select raise(abort, 'access log is append-only'); end;
create trigger if not exists hash_stays before delete on hash begin select raise(abort, 'access log is append-only'); end;
create trigger if not exists line_stays before delete on line when old.no > coalesce((select max(upto) from gone), 0)
  begin select raise(abort, 'access log is append-only'); end;
create trigger if not exists about_stays before delete on about when old.no > coalesce((select max(upto) from gone), 0)
  begin select raise(abort, 'access log is append-only'); end;`

// OpenLog opens the access log at path, or makes it for its owner alone.
func OpenLog(path string, o Options) (*Log, error) {
	if o.Key == "" {
		o.Key = path + ".key"
	}
	secret, err := secretAt(o.Key)
	if err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	f.Close()
	// The WAL is copied by the writer alone: SQLite by itself ignores a refused fsync.
	pragmas := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)", "wal_autocheckpoint(0)", "secure_delete(1)"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: pragmas.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	e := &file{db: db}
	if _, err = db.Exec(schema); err == nil {
		e.conn, err = db.Conn(context.Background())
	}
	if err != nil {
		return nil, fmt.Errorf("access log: %w", errors.Join(err, db.Close()))
	}
	return begin(db, e, secret)
}

// file is a log of one process.
type file struct {
	db      *sql.DB
	conn    *sql.Conn // all is written by it
	commits int
	dead    error // the file is in doubt until it is opened again
}

const dueCommits = 1000 // after so many the WAL is copied

func (e *file) within(do func(context.Context, writing) error) error {
	if e.dead != nil {
		return e.dead
	}
	ctx := context.Background() // a reader that goes away does not spoil the others
	if _, err := e.conn.ExecContext(ctx, "begin immediate"); err != nil {
		return e.doubt(err)
	}
	err := do(ctx, e.conn)
	if err == nil {
		_, err = e.conn.ExecContext(ctx, "commit")
	}
	if err == nil {
		return e.copyWAL()
	}
	if _, back := e.conn.ExecContext(ctx, "rollback"); back != nil && !rolledBack(back) {
		e.dead = back
	}
	return e.doubt(err)
}

// Codes of the engine after which nothing more may be written: what a refused
// fsync left in the cache counts as written, though it may not be.
const (
	codeCorrupt, codeNoDatabase  = 11, 26
	codeFsync, codeDirectorySync = 10 | 4<<8, 10 | 5<<8
	codeGeneric                  = 1
)

func (e *file) doubt(err error) error {
	var fault *sqlite.Error
	if errors.As(err, &fault) {
		switch fault.Code() {
		case codeCorrupt, codeNoDatabase, codeFsync, codeDirectorySync:
			e.dead = err
		}
	}
	return err
}

// rolledBack tells that there was no transaction left to roll back.
func rolledBack(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == codeGeneric
}

// copyWAL moves the WAL into the file when it is due. Without room it stays where
// it is; a refused fsync is fatal.
func (e *file) copyWAL() error {
	if e.commits++; e.commits < dueCommits {
		return nil
	}
	e.commits = 0
	var busy, pages, moved int
	err := e.conn.QueryRowContext(context.Background(), `pragma wal_checkpoint(passive)`).Scan(&busy, &pages, &moved)
	_ = e.doubt(err)
	return e.dead
}

func (e *file) letGo(ctx context.Context, tx writing, upto uint64) error {
	for _, step := range []string{
		`insert into gone(upto) values($1) on conflict do nothing`, `delete from about where no <= $1`, `delete from line where no <= $1`,
	} {
		if _, err := tx.ExecContext(ctx, step, int64(upto)); err != nil {
			return err
		}
	}
	return nil
}

func (e *file) sound(ctx context.Context) error {
	var word string
	if err := e.db.QueryRowContext(ctx, `pragma integrity_check(1)`).Scan(&word); err != nil || word != "ok" {
		return errors.Join(fmt.Errorf("file: %s", word), err)
	}
	return nil
}

func (e *file) look() time.Duration { return 0 }

// close leaves the WAL to the next start: the last connection would copy it unwatched.
func (e *file) close() error { return e.db.Close() }
