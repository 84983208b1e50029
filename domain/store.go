package domain

import (
	"context"
	"errors"
	"iter"
)

// ErrConflict: another writer appended to the stream first. Load again, decide again.
var ErrConflict = errors.New("stream has moved on")

// ErrStoreFailed: the store met a fault after which it must not go on (for
// example a refused fsync). The process has to end and start again.
var ErrStoreFailed = errors.New("event store has failed")

// ErrStoreAway: the store cannot be reached now. The same call may succeed later, and
// whoever follows the log waits.
var ErrStoreAway = errors.New("event store cannot be reached")

// Token says where a stream stood when it was read. The zero Token is a stream
// not yet begun. Only a store makes one.
type Token struct {
	Version  uint64 // of the stream's last event
	Position uint64 // of the stream's last event in the whole log; 0 if the engine cannot say
}

// Commit is a run of events for one stream, to be written if the stream still
// stands at At. Their versions are At.Version+1, +2, …
type Commit struct {
	Stream string
	At     Token
	Events []Recorded
}

// EventStore keeps events for ever, in one gapless order.
//
// The contract, held by tests/conformance for every adapter:
// an acknowledged append survives a power cut; positions are gapless and in
// commit order; a reader of All never sees position n+1 before n; events are
// never changed; the context's end stops a wait but not a commit under way.
type EventStore interface {
	// Append writes all commits in one step or none. It answers the new token of
	// each stream, in order. Appending the very same event ids at the very same
	// versions again is a success that writes nothing. Any other mismatch of At
	// is ErrConflict. An error that is not ErrConflict leaves the outcome unknown:
	// append the same events again.
	Append(ctx context.Context, commits ...Commit) ([]Token, error)
	// Stream yields the events of one stream after version, in order. A stream
	// not yet begun yields nothing.
	Stream(ctx context.Context, stream string, after uint64) iter.Seq2[Recorded, error]
	// All yields every committed event after position, in order, up to the head
	// at the moment of the call.
	All(ctx context.Context, after uint64) iter.Seq2[Recorded, error]
	// Head is the last committed position and its event id; 0 for an empty log.
	Head(ctx context.Context) (Recorded, error)
	// Grown is closed when the log has grown past position; at once if it already has.
	Grown(position uint64) <-chan struct{}
}
