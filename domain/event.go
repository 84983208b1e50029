// Package domain holds what every aggregate shares: events and their wire form,
// commands and decisions, the ports to the event store and the keyring, and the
// refusals people read. It is pure: clock, ids and randomness come from outside.
package domain

import (
	"time"

	"github.com/google/uuid"

	"ayumi/domain/japan"
)

// Event is something that happened to one S: a plain struct in the past tense
// whose wire form is kept for ever. Apply never refuses and never keeps a
// reference that it later changes.
//
// Each field is marked `fact:"…"` (in clear, kept for ever) or `sealed:"…"`
// (encrypted under one person's key); see Field for the grammar.
type Event[S any] interface {
	Apply(s *S, e Envelope)
}

// Command asks one S to change. It answers with the events that follow, with
// none when the wish is already true, or with a *Refusal. It changes nothing.
type Command[S any] interface {
	Decide(s *S, in Intent) ([]Event[S], error)
}

// Envelope is what every event carries beside its own facts. The tags are the
// names on the wire (events.md 2.1).
type Envelope struct {
	EventID      string     `fact:"event_id,id"`
	Stream       string     `fact:"stream,stream"`
	Version      int        `fact:"version,int"`
	Type         string     `fact:"type,type"`
	TypeVersion  int        `fact:"type_version,int"`
	Occurred     japan.Date `fact:"occurred_on,date"`
	OccurredTime *int       `fact:"occurred_time?,time"`
	Precision    string     `fact:"precision,code"`
	RecordedAt   time.Time  `fact:"recorded_at,instant"`
	RecordedBy   string     `fact:"recorded_by,id"`
	OnBehalfOf   string     `fact:"on_behalf_of?,id"`
	Controller   string     `fact:"controller,code"`
	Desk         string     `fact:"desk?,code"`
	Source       string     `fact:"source,code"`
	Batch        string     `fact:"batch?,id"`
	CommandID    string     `fact:"command_id,id"`
	Cause        string     `fact:"cause?,id"`
	Correlation  string     `fact:"correlation?,id"`

	// Position is the place in the whole log, from 1, gapless; 0 before the append.
	Position uint64
}

// Recorded is one event as it lies in a store. Body is hashed as it stands and
// never re-encoded.
type Recorded struct {
	Position uint64 // in the whole log, from 1; set by the store
	ID       uuid.UUID
	Stream   string
	Version  uint64 // in the stream, from 1
	Type     string
	Body     []byte   // {"facts":{…},"salt":"…","sealed":[…]}
	Leaf     [32]byte // RFC 6962 leaf hash; set by the store from Body
}

// StreamName joins a category and an id to the name of a stream.
func StreamName(category, id string) string { return category + "-" + id }

// SplitStream is the inverse of StreamName. A name without a dash has no id.
func SplitStream(stream string) (category, id string) {
	for i := 0; i < len(stream); i++ {
		if stream[i] == '-' {
			return stream[:i], stream[i+1:]
		}
	}
	return stream, ""
}
