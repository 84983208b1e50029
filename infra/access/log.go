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
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

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

// Log is the append-only access log with its Merkle tree, in a file of its own or in
// tables that several instances write. What waits at the same time becomes durable
// together.
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

// begin reads where a log stands and begins to write it.
func begin(db *sql.DB, e engine, secret []byte) (*Log, error) {
	l := &Log{db: db, secret: secret, queue: make(chan *waiting, maxGroup), closing: make(chan struct{}), done: make(chan struct{})}
	h, err := headOf(context.Background(), db)
	if err != nil {
		return nil, fmt.Errorf("access log: %w", errors.Join(err, e.close()))
	}
	l.writer = &writer{l, e}
	l.writer.publish(h)
	go l.writer.run()
	return l, nil
}

// secretAt reads a secret of 32 bytes, or makes it durable first. Instances that share
// a folder and begin at once have one.
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
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(secret)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err = os.Link(f.Name(), path); errors.Is(err, os.ErrExist) {
		return secretAt(path)
	}
	return secret, err
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

// Head answers where the log stands; of what other instances wrote as it was a second
// ago.
func (l *Log) Head() viewing.Head { return *l.head.Load() }

// Close ends the writer and closes the file.
func (l *Log) Close() error {
	l.close.Do(func() { close(l.closing) })
	<-l.done
	now := l.Head()
	now.Fault = ErrClosed
	l.head.Store(&now)
	return l.writer.close()
}
