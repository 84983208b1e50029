// Package access is the one audited door to personal data: permission, then the
// access log, then the key. If the log cannot be written, nothing is shown.
package access

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the file's engine
)

// Entry is one act of looking, searching or being refused. It holds pseudonyms
// and codes, never what was seen or searched for.
type Entry struct {
	At      time.Time
	Account string
	Act     string   // view, search, list, export, refused, index
	Subject string   // person, case or stream looked at; "" for a search
	Classes string   // P, X or PX
	Reason  string   // page or purpose code
	Rows    int      // sections opened, or hits
	Streams []string // at most 50 are kept
}

// Log is the append-only access log in a file of its own.
type Log struct {
	db     *sql.DB
	mu     sync.Mutex
	insert *sql.Stmt
}

const schema = `
create table if not exists access(
  no integer primary key, at text not null, account text not null, act text not null,
  subject text not null, classes text not null, reason text not null, rows integer not null, streams text not null);
create index if not exists access_subject on access(subject, no);
create index if not exists access_account on access(account, no);
create trigger if not exists access_no_update before update on access begin select raise(abort, 'access log is append-only'); end;
create trigger if not exists access_no_delete before delete on access begin select raise(abort, 'access log is append-only'); end;`

// OpenLog opens the access log at path, or makes it for its owner alone. Every
// entry is durable before Record answers.
func OpenLog(path string) (*Log, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	f.Close()
	pragmas := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)"}}
	db, err := sql.Open("sqlite", "file:"+path+"?"+pragmas.Encode())
	if err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	if _, err := db.Exec(schema); err != nil {
		db.Close()
		return nil, fmt.Errorf("access log: %w", err)
	}
	l := &Log{db: db}
	l.insert, err = db.Prepare(`insert into access(at, account, act, subject, classes, reason, rows, streams) values($1,$2,$3,$4,$5,$6,$7,$8)`)
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("access log: %w", err)
	}
	return l, nil
}

// Record keeps an entry; an error means that it is not kept.
func (l *Log) Record(ctx context.Context, e Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	streams := strings.Join(e.Streams[:min(50, len(e.Streams))], " ")
	_, err := l.insert.ExecContext(ctx, e.At.UTC().Format(time.RFC3339Nano), e.Account, e.Act, e.Subject, e.Classes, e.Reason, e.Rows, streams)
	if err != nil {
		return fmt.Errorf("access log: %w", err)
	}
	return nil
}

// Of lists who looked at a subject, newest first, at most n.
func (l *Log) Of(ctx context.Context, subject string, n int) ([]Entry, error) {
	rows, err := l.db.QueryContext(ctx, `select at, account, act, subject, classes, reason, rows from access where subject = $1 order by no desc limit $2`, subject, n)
	if err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	defer rows.Close()
	var out []Entry
	for rows.Next() {
		var e Entry
		var at string
		if err := rows.Scan(&at, &e.Account, &e.Act, &e.Subject, &e.Classes, &e.Reason, &e.Rows); err != nil {
			return nil, fmt.Errorf("access log: %w", err)
		}
		if e.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("access log: %w", err)
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// Close closes the file.
func (l *Log) Close() error { return l.db.Close() }
