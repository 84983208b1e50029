package access

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"
	"modernc.org/sqlite"

	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/viewing"
)

// waiting is an entry that waits until it is durable.
type waiting struct {
	ctx    context.Context
	entry  Entry
	prune  japan.Date // with an entry of that act: bodies before this day go
	answer chan error
}

// writer is the only goroutine that writes.
type writer struct {
	l    *Log
	conn *sql.Conn
	line, about,
	hash *sql.Stmt
	size    uint64
	commits int
	dead    error // the file is in doubt until it is opened again
}

const (
	maxGroup   = 256  // entries of one transaction
	dueCommits = 1000 // after so many the WAL is copied
)

func newWriter(l *Log) (*writer, error) {
	w := &writer{l: l}
	var err error
	if w.conn, err = l.db.Conn(context.Background()); err != nil {
		return nil, err
	}
	for to, query := range map[**sql.Stmt]string{
		&w.line:  `insert into line(no, day, account, controller, act, query, facts, salt) values($1,$2,$3,$4,$5,$6,$7,$8)`,
		&w.about: `insert into about(subject, no) values($1,$2)`,
		&w.hash:  `insert into hash(i, hash) values($1,$2)`,
	} {
		if *to, err = w.conn.PrepareContext(context.Background(), query); err != nil {
			return nil, err
		}
	}
	var hashes int64
	if err := l.db.QueryRow(`select count(*) from hash`).Scan(&hashes); err != nil {
		return nil, err
	}
	if w.size, err = sizeOf(hashes); err != nil {
		return nil, err
	}
	return w, w.publish(nil)
}

// sizeOf is the number of leaves of a tree with so many stored hashes.
func sizeOf(hashes int64) (uint64, error) {
	lo, hi := int64(0), hashes
	for lo < hi {
		if mid := (lo + hi + 1) / 2; tlog.StoredHashCount(mid) <= hashes {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	if tlog.StoredHashCount(lo) != hashes {
		return 0, fmt.Errorf("%d hashes make no tree", hashes)
	}
	return uint64(lo), nil
}

// publish makes known where the log stands.
func (w *writer) publish(fault error) error {
	root, err := tlog.TreeHash(int64(w.size), hashesOf(w.conn))
	if err != nil {
		return err
	}
	h := viewing.Head{Size: w.size, Root: root, Fault: fault}
	ctx := context.Background()
	if err := w.conn.QueryRowContext(ctx, `select coalesce(max(upto), 0) from gone`).Scan(&h.Gone); err != nil {
		return err
	}
	var day sql.NullInt64
	if err := w.conn.QueryRowContext(ctx, `select min(day) from line`).Scan(&day); err != nil {
		return err
	}
	h.Oldest = japan.Date(day.Int64)
	w.l.head.Store(&h)
	return nil
}

func (w *writer) run() {
	defer close(w.l.done)
	group := make([]*waiting, 0, maxGroup)
	for {
		select {
		case first := <-w.l.queue:
			group = w.gather(append(group[:0], first))
			err := w.commit(group)
			for _, x := range group {
				x.answer <- err
			}
		case <-w.l.closing:
			return
		}
	}
}

func (w *writer) gather(group []*waiting) []*waiting {
	for len(group) < maxGroup {
		select {
		case next := <-w.l.queue:
			group = append(group, next)
		default:
			return group
		}
	}
	return group
}

// commit makes a group durable, or none of it.
func (w *writer) commit(group []*waiting) error {
	err := w.dead
	before := w.size
	if err == nil {
		err = w.try(group)
	}
	if err == nil {
		if err = w.publish(nil); err == nil {
			return w.copyWAL()
		}
	}
	w.size = before
	err = fmt.Errorf("access log: %w", err)
	now := *w.l.head.Load()
	now.Fault = err
	w.l.head.Store(&now)
	return err
}

func (w *writer) try(group []*waiting) error {
	ctx := context.Background() // a reader that goes away does not spoil the others
	if _, err := w.conn.ExecContext(ctx, "begin immediate"); err != nil {
		return w.doubt(err)
	}
	err := w.write(ctx, group)
	if err == nil {
		_, err = w.conn.ExecContext(ctx, "commit")
	}
	if err == nil {
		return nil
	}
	if _, back := w.conn.ExecContext(ctx, "rollback"); back != nil && !rolledBack(back) {
		w.dead = back
	}
	return w.doubt(err)
}

// Codes of the engine after which nothing more may be written: what a refused
// fsync left in the cache counts as written, though it may not be.
const (
	codeCorrupt, codeNoDatabase  = 11, 26
	codeFsync, codeDirectorySync = 10 | 4<<8, 10 | 5<<8
	codeGeneric                  = 1
)

func (w *writer) doubt(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() {
		case codeCorrupt, codeNoDatabase, codeFsync, codeDirectorySync:
			w.dead = err
		}
	}
	return err
}

// rolledBack tells that there was no transaction left to roll back.
func rolledBack(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == codeGeneric
}

func (w *writer) write(ctx context.Context, group []*waiting) error {
	for _, x := range group {
		if err := w.append(ctx, x.entry); err != nil {
			return err
		}
		if x.prune != 0 {
			if err := w.prune(ctx, x.prune); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) append(ctx context.Context, e Entry) error {
	facts, err := e.Facts()
	if err != nil {
		return err
	}
	salt := make([]byte, 32)
	if _, err := io.ReadFull(rand.Reader, salt); err != nil {
		return err
	}
	no := w.size + 1
	if _, err := w.line.ExecContext(ctx, no, int64(e.On()), e.Account, e.Controller, e.Act, e.Query, []byte(facts), salt); err != nil {
		return err
	}
	for _, s := range indexed(e) {
		if _, err := w.about.ExecContext(ctx, s, no); err != nil {
			return err
		}
	}
	leaf := ledger.LeafHash(facts, ledger.Priv(salt, nil))
	hashes, err := tlog.StoredHashesForRecordHash(int64(w.size), leaf, hashesOf(w.conn))
	if err != nil {
		return err
	}
	at := tlog.StoredHashIndex(0, int64(w.size))
	for i, h := range hashes {
		if _, err := w.hash.ExecContext(ctx, at+int64(i), h[:]); err != nil {
			return err
		}
	}
	w.size = no
	return nil
}

// indexed are the words an entry is found by: whom it is about, and the file that left.
func indexed(e Entry) []string {
	out := e.Subjects()
	if e.Digest != "" {
		out = append(out, e.Digest)
	}
	return out
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// hashesOf reads stored hashes of the tree.
func hashesOf(db querier) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			var raw []byte
			if err := db.QueryRowContext(context.Background(), `select hash from hash where i = $1`, at).Scan(&raw); err != nil {
				return nil, fmt.Errorf("hash %d: %w", at, err)
			}
			if len(raw) != len(out[i]) {
				return nil, fmt.Errorf("hash %d has %d bytes", at, len(raw))
			}
			copy(out[i][:], raw)
		}
		return out, nil
	})
}

// copyWAL moves the WAL into the file when it is due. Without room it stays where
// it is; a refused fsync is fatal.
func (w *writer) copyWAL() error {
	if w.commits++; w.commits < dueCommits {
		return nil
	}
	w.commits = 0
	var busy, pages, moved int
	err := w.conn.QueryRowContext(context.Background(), `pragma wal_checkpoint(passive)`).Scan(&busy, &pages, &moved)
	if w.doubt(err); w.dead != nil {
		return w.dead
	}
	return nil
}
