package kurrentdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"ayumi/domain"
)

// link holds the client and makes a new one when it is dead: a client that did not
// find a node as often as it may try answers nothing for ever.
type link struct {
	url string
	log *slog.Logger

	mu     sync.Mutex
	client *esdb.Client
	made   int // how many clients there were
	closed bool
	calls  sync.WaitGroup // those inside the client
}

func newLink(url string, log *slog.Logger) (*link, error) {
	l := &link{url: url, log: log}
	if _, err := l.configure(); err != nil {
		return nil, err
	}
	return l, nil
}

// CheckURL answers what is wrong with a connection string; see Options.URL.
func CheckURL(url string) error {
	if url == "" {
		return errors.New("a connection string is needed, as in esdb://host:2113")
	}
	_, err := newLink(url, slog.New(slog.DiscardHandler))
	return err
}

func (l *link) configure() (*esdb.Configuration, error) {
	c, err := esdb.ParseConnectionString(l.url)
	if err != nil {
		return nil, fmt.Errorf("connection string: %w", err)
	}
	switch {
	case c.SkipCertificateVerification:
		return nil, errors.New("connection string: tlsVerifyCert=false would believe any server")
	case c.DisableTLS && c.Username != "":
		return nil, errors.New("connection string: with tls=false no password is sent")
	}
	c.Logger = func(level esdb.LogLevel, format string, args ...any) {
		l.log.Debug("kurrentdb client: " + fmt.Sprintf(format, args...))
	}
	return c, c.Validate()
}

// get answers the client to one caller, who says calls.Done when out of it.
func (l *link) get() (*esdb.Client, int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, 0, ErrClosed
	}
	if l.client == nil {
		c, err := l.configure()
		if err != nil {
			return nil, 0, err
		}
		if l.client, err = esdb.NewClient(c); err != nil {
			return nil, 0, err
		}
		l.made++
	}
	l.calls.Add(1)
	return l.client, l.made, nil
}

// drop gives up the client that was the n-th. Closing it also frees the callers who
// wait on it for ever; see attempt.
func (l *link) drop(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.client != nil && l.made == n {
		l.client.Close()
		l.client = nil
	}
}

// leaving is how long callers whose context has ended may take to leave the client.
// Those that wait for a node leave only when it is closed under them.
const leaving = time.Second

func (l *link) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	out := make(chan struct{})
	go func() { l.calls.Wait(); close(out) }()
	select {
	case <-out:
	case <-time.After(leaving):
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.client != nil {
		l.client.Close()
		l.client = nil
	}
}

// call asks the server something, of the leader alone: the client's own way to demand
// it never reaches the server. Everything that touches the client, the receiving of a
// read included, has to happen inside f, which must give up when its context ends.
func call[T any](ctx context.Context, l *link, f func(context.Context, *esdb.Client) (T, error)) (T, error) {
	for range 2 {
		client, n, err := l.get()
		if err != nil {
			var none T
			return none, err
		}
		v, err := attempt(ctx, client, l.calls.Done, f)
		if !dead(err) {
			return v, err
		}
		l.drop(n)
	}
	var none T
	return none, errUnreachable
}

var errUnreachable = errors.New("no node of KurrentDB answers")

// attempt runs f apart, for the client knows no context while it looks for a node:
// it may block until it is closed, and then panics with a closed channel.
func attempt[T any](ctx context.Context, client *esdb.Client, out func(), f func(context.Context, *esdb.Client) (T, error)) (T, error) {
	type answer struct {
		v   T
		err error
	}
	done := make(chan answer, 1)
	go func() {
		defer out()
		var a answer
		defer func() {
			if p := recover(); p != nil {
				a.err = fmt.Errorf("%w: %v", errGivenUp, p)
			}
			done <- a
		}()
		a.v, a.err = f(metadata.AppendToOutgoingContext(ctx, "requires-leader", "true"), client)
	}()
	select {
	case a := <-done:
		if a.err != nil && ctx.Err() != nil {
			a.err = ctx.Err()
		}
		return a.v, a.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// errGivenUp: the client was closed under a caller.
var errGivenUp = errors.New("kurrentdb client was given up")

func code(err error) esdb.ErrorCode {
	var e *esdb.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return esdb.ErrorCodeUnknown
}

func dead(err error) bool {
	return err != nil && (code(err) == esdb.ErrorCodeConnectionClosed || errors.Is(err, errGivenUp))
}

// passing says that the same call may succeed in a moment.
func passing(err error) bool {
	switch {
	case errors.Is(err, errUnreachable), dead(err):
		return true
	case errors.Is(err, errNoStream), errors.Is(err, errOther), errors.Is(err, ErrClosed):
		return false
	}
	switch code(err) {
	case esdb.ErrorUnavailable, esdb.ErrorCodeNotLeader, esdb.ErrorAborted, esdb.ErrorCodeDeadlineExceeded:
		return true
	case esdb.ErrorCodeUnknown:
		switch status.Code(inmost(err)) {
		case codes.InvalidArgument, codes.FailedPrecondition, codes.PermissionDenied, codes.Unauthenticated:
			return false
		}
		return true
	}
	return false
}

// away marks an error after which the same call may succeed; asked is the context of
// the caller, who may have ended it.
func away(asked context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case asked.Err() != nil:
		return asked.Err()
	case passing(err), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", domain.ErrStoreAway, err)
	}
	return err
}

// inmost is the error that the server gave.
func inmost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}
