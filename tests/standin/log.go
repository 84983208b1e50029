// Package standin is a KurrentDB for tests: a server that speaks the gRPC protocol
// of the client's own protobufs over a log in memory. It keeps the rules that a store
// built on it hangs on: expected revisions, retries that are told by event ids,
// positions with gaps in one order for all, system events between, streams deleted
// and streams buried for ever, subscriptions from any position, and who leads.
//
// It is no domain.EventStore underneath, because the rules differ: KurrentDB takes
// the same id twice, counts revisions from 0 and knows nothing of versions.
package standin

import (
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Entry is one event as the server keeps it.
type Entry struct {
	ID              uuid.UUID
	Stream          string
	Revision        uint64 // in the stream, from 0
	Type            string
	JSON            bool
	Data, Metadata  []byte
	Created         time.Time
	Commit, Prepare uint64 // position in the log of all; ascending, never dense
}

// before says whether the entry lies before a position.
func (e *Entry) before(commit, prepare uint64) bool {
	return e.Commit < commit || (e.Commit == commit && e.Prepare < prepare)
}

func (e *Entry) at(commit, prepare uint64) bool { return e.Commit == commit && e.Prepare == prepare }

// Proposal is an event that a client wants to be written.
type Proposal struct {
	ID             uuid.UUID
	Type           string
	JSON           bool
	Data, Metadata []byte
}

// The values of an expected revision that are no revision.
const (
	noStream     = -1
	anyRevision  = -2
	streamExists = -4
)

// Log is what several servers of one cluster hold in common. It outlives them.
type Log struct {
	// MaxAppend is the size of one append in bytes (option MaxAppendSize of the server).
	MaxAppend int
	// Noise writes events of the server's own between those of clients.
	Noise bool

	mu      sync.Mutex
	all     []*Entry
	streams map[string]*stream
	end     uint64 // the next free byte of the log
	grown   chan struct{}
}

type stream struct {
	entries []*Entry
	first   uint64 // revisions before are cut off
	buried  bool   // a tombstone: never again
}

// NewLog makes an empty log that takes appends of 16 MB.
func NewLog() *Log {
	return &Log{MaxAppend: 16 << 20, streams: map[string]*stream{}, grown: make(chan struct{}), end: 317}
}

// verdict is the answer to an append.
type verdict struct {
	written, deleted, wrong, large bool
	current                        int64 // revision of the stream; of the last event written
	commit, prepare                uint64
}

// append writes all proposals or none.
func (l *Log) append(name string, expected int64, events []Proposal) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	size := 0
	for _, e := range events {
		size += len(e.Data) + len(e.Metadata)
	}
	s := l.streams[name]
	if s == nil {
		s = &stream{}
	}
	current := int64(len(s.entries)) - 1
	gone := int64(s.first) > current
	switch {
	case size > l.MaxAppend:
		return verdict{large: true}
	case s.buried:
		return verdict{deleted: true}
	case expected == anyRevision, expected == current, expected == noStream && gone, expected == streamExists && !gone:
	case expected == streamExists, expected > current:
		return verdict{wrong: true, current: current}
	default:
		return s.again(expected, events, current)
	}
	l.streams[name] = s
	l.write(name, s, events)
	last := s.entries[len(s.entries)-1]
	return verdict{written: true, current: int64(last.Revision), commit: last.Commit, prepare: last.Prepare}
}

// again tells a retry from a conflict: the same ids in the same places.
func (s *stream) again(expected int64, events []Proposal, current int64) verdict {
	for i, e := range events {
		at := expected + 1 + int64(i)
		if at > current || s.entries[at].ID != e.ID {
			return verdict{wrong: true, current: current}
		}
	}
	last := s.entries[expected+int64(len(events))]
	return verdict{written: true, current: int64(last.Revision), commit: last.Commit, prepare: last.Prepare}
}

// write puts one append into the log: its events lie side by side, under one commit.
func (l *Log) write(name string, s *stream, events []Proposal) {
	if l.Noise && !strings.HasPrefix(name, "$") {
		l.system()
	}
	var batch []*Entry
	for _, e := range events {
		entry := &Entry{
			ID: e.ID, Stream: name, Revision: uint64(len(s.entries)), Type: e.Type, JSON: e.JSON,
			Data: e.Data, Metadata: e.Metadata, Created: time.Now(), Prepare: l.end,
		}
		l.end += uint64(120 + len(name) + len(e.Data) + len(e.Metadata))
		s.entries = append(s.entries, entry)
		batch = append(batch, entry)
	}
	for _, e := range batch {
		e.Commit = batch[len(batch)-1].Prepare
	}
	l.all = append(l.all, batch...)
	close(l.grown)
	l.grown = make(chan struct{})
}

// system writes what a server writes for itself now and then.
func (l *Log) system() {
	for _, e := range []struct{ stream, kind string }{{"$stats-127.0.0.1:2113", "$statsCollected"}, {"$ce-noise", "$>"}} {
		s := l.streams[e.stream]
		if s == nil {
			s = &stream{}
			l.streams[e.stream] = s
		}
		l.write(e.stream, s, []Proposal{{ID: uuid.New(), Type: e.kind, JSON: true, Data: []byte("{}")}})
	}
}

// cut deletes a stream: with bury for ever, else until somebody writes to it again.
func (l *Log) cut(name string, expected int64, bury bool) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.streams[name]
	if s == nil {
		s = &stream{}
	}
	current := int64(len(s.entries)) - 1
	switch {
	case s.buried:
		return verdict{deleted: true}
	case expected != anyRevision && expected != current && (expected != streamExists || current < 0):
		return verdict{wrong: true, current: current}
	}
	l.streams[name] = s
	s.first, s.buried = uint64(len(s.entries)), bury
	last := l.end
	if bury {
		l.write(name, s, []Proposal{{ID: uuid.New(), Type: "$streamDeleted", JSON: true, Data: []byte("{}")}})
		s.first++
	} else {
		meta := "$$" + name
		m := l.streams[meta]
		if m == nil {
			m = &stream{}
			l.streams[meta] = m
		}
		l.write(meta, m, []Proposal{{ID: uuid.New(), Type: "$metadata", JSON: true, Data: []byte(`{"$tb":9223372036854775807}`)}})
	}
	return verdict{written: true, commit: last, prepare: last}
}

// Scavenge takes away for good what deleted streams held.
func (l *Log) Scavenge() {
	l.mu.Lock()
	defer l.mu.Unlock()
	var kept []*Entry
	for _, e := range l.all {
		if e.Revision >= l.streams[e.Stream].first || e.Type == "$streamDeleted" {
			kept = append(kept, e)
		}
	}
	l.all = kept
}

// Entries answers everything in the log, system events too. The slice is not to be
// changed.
func (l *Log) Entries() []*Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all[:len(l.all):len(l.all)]
}

// Truncate forgets everything from the n-th entry on: the server was restored from
// an older backup.
func (l *Log) Truncate(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append([]*Entry(nil), l.all[:n]...)
	l.end = 317
	streams := map[string]*stream{}
	for _, e := range l.all {
		if streams[e.Stream] == nil {
			streams[e.Stream] = &stream{}
		}
		streams[e.Stream].entries = append(streams[e.Stream].entries, e)
		l.end = e.Prepare + uint64(120+len(e.Stream)+len(e.Data)+len(e.Metadata))
	}
	l.streams = streams
}
