// Package bus carries the log over NATS JetStream: a relay copies the store to
// the stream AYUMI in commit order, and a feed hands the messages to
// projections. The message sequence is the log position.
//
// Everything here is derived. Whatever happens to the bus, the relay compares
// it with the store and makes it equal again; nothing is ever read back into
// the store.
package bus

import (
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
)

// StreamName is the JetStream stream that carries the log.
const StreamName = "AYUMI"

// Config says where the bus lives. Store and one of Dir and URL are needed,
// everything else has a default.
type Config struct {
	// Store is the log to carry.
	Store domain.EventStore
	// Dir is the directory of the server inside this process, used if URL is
	// empty. It belongs to the bus alone: a damaged one is emptied.
	Dir string
	// URL names servers outside this process, comma separated.
	URL string
	// Credentials is the path of a file that says to URL who this is: a NATS
	// credentials file, or the seed of an nkey.
	Credentials string
	// CA is the path of the certificates, PEM, that vouch for the servers of URL; "":
	// those of the machine.
	CA string
	// Replicas is 1, or 3 on a cluster.
	Replicas int
	// Keep is how many of the newest messages the bus holds; 0 is all of them.
	// A reader of older events gets them from the store.
	Keep int64
	// Outside also keeps the stream for consumers outside; see OutsideStream.
	Outside bool
	// Source is the CloudEvents source of every message.
	Source string
	// Patience is how long NATS may stay silent before it counts as down.
	Patience time.Duration
	// Traceparent answers the W3C trace context of an event recorded by this
	// process, or "".
	Traceparent func(event uuid.UUID) string
	// Relayed is told of every event once the bus has it, and when it was sent; may be nil.
	Relayed func(event uuid.UUID, sent time.Time)
	// Heard is told the trace context that an event came with over the bus; may be nil.
	Heard func(event domain.Recorded, traceparent string)
	// Log receives what an operator should know. It never holds a body.
	Log *slog.Logger
	// Now is the clock of Status.Since.
	Now func() time.Time
}

var errConfig = errors.New("bus configuration")

func (c Config) complete() (Config, error) {
	switch {
	case c.Store == nil:
		return c, errors.Join(errConfig, errors.New("no store"))
	case c.URL == "" && c.Dir == "":
		return c, errors.Join(errConfig, errors.New("neither a directory nor a URL"))
	case c.URL == "" && c.Replicas > 1:
		return c, errors.Join(errConfig, errors.New("the server inside the process keeps one replica"))
	case c.Keep < 0 || c.Replicas < 0:
		return c, errors.Join(errConfig, errors.New("negative number"))
	}
	return c.usual(), nil
}

// usual fills in what was left out.
func (c Config) usual() Config {
	c.Replicas = max(c.Replicas, 1)
	if c.Source == "" {
		c.Source = "ayumi"
	}
	if c.Patience <= 0 {
		c.Patience = 5 * time.Second
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
