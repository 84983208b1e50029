package kurrentdb

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
)

// Append keeps the contract of domain.EventStore. It is done when the fold has counted
// the events: an append to one stream is fenced by the server, what it demands of
// other streams by the fold.
func (s *Store) Append(ctx context.Context, commits ...domain.Commit) ([]domain.Token, error) {
	events := 0
	for _, c := range commits {
		if _, err := c.Leaves(); err != nil {
			return nil, err
		}
		events += len(c.Events)
	}
	if err := errors.Join(s.usable(), ctx.Err()); err != nil {
		return nil, fmt.Errorf("append: %w", err)
	}
	if len(commits) == 0 {
		return nil, nil
	}
	limit, cancel := context.WithTimeout(ctx, s.o.Patience)
	defer cancel()
	a := &appending{Store: s, commits: commits, fresh: events > 0}
	if a.fresh {
		a.batch = pack(s.o.Log, commits)
	}
	tokens, err := a.run(limit)
	if err != nil && !errors.Is(err, domain.ErrConflict) {
		err = fmt.Errorf("append, outcome unknown: %w", away(ctx, err))
	}
	return tokens, err
}

// appending is one append on its way.
type appending struct {
	*Store
	commits []domain.Commit
	batch   batch
	fresh   bool // there is something to write
	looked  bool // the index was current after the call
	written bool // the server holds the events; the fold has the last word
}

func (a *appending) run(ctx context.Context) ([]domain.Token, error) {
	for {
		v, err := a.view(ctx)
		switch {
		case err != nil:
			return nil, err
		case v.tokens != nil && (a.fresh || a.looked):
			return v.tokens, nil
		case a.written, !v.fits && !v.ahead, !v.fits && a.looked:
			return nil, domain.ErrConflict
		case !v.fits, !a.fresh:
			if err := a.current(ctx); err != nil {
				return nil, err
			}
			a.looked = true
			continue
		}
		if err := a.write(ctx, v.tail); err != nil {
			return nil, err
		}
	}
}

// write hands the events to the server, to stand after revision tail, and waits until
// the fold has seen them, or what stood in their way.
func (a *appending) write(ctx context.Context, tail int64) error {
	last, err := a.send(ctx, a.batch, tail)
	switch {
	case err == nil:
		a.written = true
		return a.seen(ctx, int64(last))
	case code(err) == esdb.ErrorCodeWrongExpectedVersion:
		return a.seen(ctx, tail+1)
	case passing(err) && ctx.Err() == nil:
		// Once more: if the events are there, the server knows them by their ids.
		a.o.Logger.Warn("kurrentdb: an append is repeated", "cause", err)
		pause(ctx, 50*time.Millisecond)
		return ctx.Err()
	}
	return err
}

// seen waits until the fold has seen a revision of the stream written to.
func (a *appending) seen(ctx context.Context, revision int64) error {
	ch := a.wake.revision(a.batch.native, uint64(revision))
	c, err := a.index.pool.Take(ctx)
	if err != nil {
		return err
	}
	tail, err := a.index.tail(c, a.batch.native)
	a.index.pool.Put(c)
	if err != nil || tail >= revision {
		return err
	}
	return a.await(ctx, ch)
}

// view is what the index says of an append.
type view struct {
	tokens []domain.Token // every event lies in its place already; of guards: they stand
	fits   bool
	ahead  bool  // the caller knows of more events than the index
	tail   int64 // last revision of the stream to write to, -1 for none
}

func (a *appending) view(ctx context.Context) (v view, err error) {
	c, err := a.index.pool.Take(ctx)
	if err != nil {
		return v, err
	}
	defer a.index.pool.Put(c)
	defer sqlitex.Transaction(c)(&err) // one moment for all of it
	if v.tokens, err = a.repeated(c); err != nil || v.tokens != nil {
		return v, err
	}
	v.fits = true
	begun := map[string]bool{}
	standing := make([]domain.Token, len(a.commits))
	for i, commit := range a.commits {
		now, err := a.index.token(c, a.o.Log, commit.Stream)
		if err != nil {
			return v, err
		}
		standing[i] = now
		v.ahead = v.ahead || commit.At.Version > now.Version
		if begun[commit.Stream] || now.Version != commit.At.Version || (commit.At.Position != 0 && now.Position != commit.At.Position) {
			v.fits = false
		}
		begun[commit.Stream] = true
	}
	if !a.fresh {
		if v.fits {
			v.tokens = standing
		}
		return v, nil
	}
	taken, err := a.taken(c)
	if err != nil {
		return v, err
	}
	v.fits = v.fits && !taken
	v.tail, err = a.index.tail(c, a.batch.native)
	return v, err
}

// repeated answers the tokens of an append whose every event lies in its place
// already, or nil.
func (a *appending) repeated(c *sqlite.Conn) ([]domain.Token, error) {
	if !a.fresh {
		return nil, nil
	}
	tokens := make([]domain.Token, len(a.commits))
	for i, commit := range a.commits {
		tokens[i] = commit.At
		if len(commit.Events) == 0 {
			if a.written && commit.At.Version > 0 {
				held, err := a.index.places(c, a.o.Log, selectStream, 1, &commit.Stream, commit.At.Version-1)
				if err != nil {
					return nil, err
				}
				tokens[i].Position = held[0].position
			}
			continue
		}
		held, err := a.index.places(c, a.o.Log, selectStream, len(commit.Events), &commit.Stream, commit.At.Version)
		if err != nil || len(held) < len(commit.Events) {
			return nil, err
		}
		for j, e := range commit.Events {
			if held[j].id != e.ID {
				return nil, nil
			}
			tokens[i] = domain.Token{Version: e.Version, Position: held[j].position}
		}
	}
	return tokens, nil
}

// taken says that an event id lies elsewhere, or stands twice in the append.
func (a *appending) taken(c *sqlite.Conn) (bool, error) {
	ids := map[any]bool{}
	for _, e := range a.batch.events {
		known, err := a.index.known(c, e.EventID)
		if err != nil || known || ids[e.EventID] {
			return true, err
		}
		ids[e.EventID] = true
	}
	return false, nil
}
