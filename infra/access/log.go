// Package access is the one audited door to personal data: permission, then the
// access log, then the key. If the log cannot be written, nothing is shown.
package access

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"sync"
	"sync/atomic"

	_ "modernc.org/sqlite" // the file's engine

	"ayumi/domain/japan"
	"ayumi/domain/viewing"
)

// Entry is one act of looking.
type Entry = viewing.Entry

// ErrClosed: the log was closed before the call or while it waited.
var ErrClosed = errors.New("access log is closed")

// Options of a log.
type Options struct {
	// Key is the path of the secret that digests of queries and addresses are
	// keyed with; default: the log's path and ".key". It is made if absent.
	Key string
}

// Log is the append-only access log with its Merkle tree, in a file of its own.
// What waits at the same time becomes durable together.
type Log struct {
	db     *sql.DB
	secret []byte
	writer *writer

	queue   chan *waiting
	closing chan struct{}
	done    chan struct{}
	close   sync.Once
	head    atomic.Pointer[viewing.Head]
}

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
	l := &Log{queue: make(chan *waiting, maxGroup), closing: make(chan struct{}), done: make(chan struct{})}
	var err error
	if l.secret, err = secretAt(o.Key); err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	f.Close()
	// The WAL is copied by the writer alone: SQLite by itself ignores a refused fsync.
	pragmas := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)", "wal_autocheckpoint(0)", "secure_delete(1)"}}
	if l.db, err = sql.Open("sqlite", (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: pragmas.Encode()}).String()); err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	if err := l.start(); err != nil {
		return nil, fmt.Errorf("access log: %w", errors.Join(err, l.db.Close()))
	}
	return l, nil
}

func (l *Log) start() error {
	if _, err := l.db.Exec(schema); err != nil {
		return err
	}
	w, err := newWriter(l)
	if err != nil {
		return err
	}
	l.writer = w
	go w.run()
	return nil
}

// secretAt reads a secret of 32 bytes, or makes it durable first.
func secretAt(path string) ([]byte, error) {
	secret, err := os.ReadFile(path)
	if err == nil && len(secret) != 32 {
		return nil, fmt.Errorf("%s: not a secret of 32 bytes", path)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return secret, err
	}
	secret = make([]byte, 32)
	if _, err := io.ReadFull(rand.Reader, secret); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(secret)
	return secret, errors.Join(err, f.Sync(), f.Close())
}

// digest is what the log keeps of a text: the same text gives the same digest,
// and without the secret nothing can be tried against it.
func (l *Log) digest(kind, text string) string {
	if text == "" {
		return ""
	}
	h := hmac.New(sha256.New, l.secret)
	h.Write([]byte(kind + "\x00" + text))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Record keeps an entry. When it answers nil the entry is durable; an error means
// that it is not kept, and nothing may be shown.
func (l *Log) Record(ctx context.Context, e Entry) error {
	e.Query, e.From = l.digest("query", japan.SearchKey(e.Query)), l.digest("from", e.From)
	return l.record(ctx, &waiting{entry: e, ctx: ctx, answer: make(chan error, 1)})
}

func (l *Log) record(ctx context.Context, w *waiting) error {
	select {
	case <-l.closing:
		return ErrClosed
	default:
	}
	select {
	case l.queue <- w:
	case <-l.closing:
		return ErrClosed
	case <-ctx.Done():
		return fmt.Errorf("access log: %w", ctx.Err())
	}
	select {
	case err := <-w.answer:
		return err
	case <-l.done:
		select {
		case err := <-w.answer:
			return err
		default:
			return ErrClosed
		}
	}
}

// Head answers where the log stands.
func (l *Log) Head() viewing.Head { return *l.head.Load() }

// Close ends the writer and closes the file.
func (l *Log) Close() error {
	l.close.Do(func() { close(l.closing) })
	<-l.done
	now := l.Head()
	now.Fault = ErrClosed
	l.head.Store(&now)
	return l.db.Close()
}
