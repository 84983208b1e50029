package bus

import (
	"context"
	"sync"
	"time"
)

// Status is what the bus is doing, for people who look at a page.
type Status struct {
	// Word is the key of a sentence: bus.ok, bus.behind, bus.rebuilding, bus.down or
	// bus.operator.
	Word string
	// Bus is the last position the bus holds, Store the last one recorded.
	Bus, Store uint64
	// Proven is up to where the bus was compared with the store, or written from
	// it, one event after the other. It falls back when a connection is lost.
	Proven uint64
	// Since is when the bus last held everything, or when a rebuild or an outage began.
	Since time.Time
	// Cause is the last fault in an operator's words; "" if there is none.
	Cause string
}

// Status answers at once, from memory and the head of the store.
func (b *Bus) Status(ctx context.Context) Status {
	head, err := b.cfg.Store.Head(ctx)
	s := b.state.now()
	now := b.reach.now()
	s.Bus, s.Proven, s.Store = now.published, now.whole(), head.Position
	switch {
	case s.Word != wordOK:
	case err != nil:
		s.Word, s.Cause = wordBehind, err.Error()
	case s.Bus < s.Store:
		s.Word = wordBehind
	}
	return s
}

const (
	wordOK         = "bus.ok"
	wordBehind     = "bus.behind"
	wordRebuilding = "bus.rebuilding"
	wordDown       = "bus.down"
	wordOperator   = "bus.operator"
)

// state is what the relay last said about itself.
type state struct {
	mu     sync.Mutex
	clock  func() time.Time
	status Status
}

func (s *state) begin(clock func() time.Time) {
	s.clock = clock
	s.status = Status{Word: wordDown, Since: clock()}
}

func (s *state) now() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// say changes the word. The time stays while the word stays, except for bus.ok,
// which is said whenever the bus holds everything.
func (s *state) say(word, cause string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if word != s.status.Word || word == wordOK {
		s.status.Since = s.clock()
	}
	s.status.Word, s.status.Cause = word, cause
}

// reach says that everything is held: so many messages, up to a position of the log.
func (s *state) reach(messages, position uint64) {
	s.say(wordOK, "")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status.Bus, s.status.Store = messages, position
}
