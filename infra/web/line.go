package web

import (
	"context"
	"time"

	"ayumi/domain/japan"
)

// Line is the LINE account of a desk; nil where there is none.
type Line interface {
	// Threads lists threads without texts: those of some persons; without persons, all
	// that wait for the desk.
	Threads(ctx context.Context, persons ...string) ([]LineThread, error)
	// Open answers a thread with its texts and the LINE user ID; ErrMissing. The access
	// log has the look before it is asked.
	Open(ctx context.Context, thread string) (LineThread, error)
	// Settle does what a LineAct says; ErrMissing where its object is gone.
	Settle(ctx context.Context, act LineAct) error
	// Send sends a text and puts it on record. It answers when LINE has taken it or it
	// waits in the line; a Refusal where it may not be sent.
	Send(ctx context.Context, s LineSending) error
	// State tells how the connection stands; asked LINE itself where ask is set.
	State(ctx context.Context, ask bool) (LineState, error)
}

// LineThread is what one user of LINE and the desk wrote to each other.
type LineThread struct {
	ID, Person string // Person: "" while nobody has said who it is
	User       string // LINE user ID, when opened
	Blocked    bool
	Messages   []LineMessage // in the order they were written
}

// LineMessage is one message. Day is that of Asia/Tokyo.
type LineMessage struct {
	ID            string
	Out           bool
	Answer        bool // of one sent: it is part of the thread's day; else it was sent unasked
	Day           japan.Date
	At            time.Time
	Form          string // text, image, sticker, …
	State         string // received, unsent, queued, sent or failed
	Problem, Text string
	Account       string
	Attempts      int
	Next          time.Time // of one that waits: the next attempt
}

// LineAct links a thread to a person, drops it for a reason, or sends a message again
// or takes it away. Do is link, drop, again or withdraw.
type LineAct struct{ Do, Thread, Person, Reason, Message string }

// LineSending is a text on its way. ID is that of the command: sent again it is the
// same.
type LineSending struct {
	ID, Thread, Case, Account, Text string
	Notice                          string // version of the notice that was shown
	Categories                      []string
	Topic                           string // of a text sent unasked; "" for an answer
}

// LineState is how the connection stands.
type LineState struct {
	Webhook         string // address it is delivered to, as far as it is known
	Desk            string
	Queued, Failed  int       // messages to be sent
	Waiting, Asking int       // writers nobody knows; persons who wait for an answer
	Heard, Refused  time.Time // last delivery, and last one that was not signed; zero: never
	Sent            time.Time
	Account, Fault  string // what LINE said when asked
}

// Totals are the messages of a day that count: received and not taken back, and sent
// as an answer.
func (t LineThread) Totals(day japan.Date) (inbound, outbound int) {
	for _, m := range t.Messages {
		switch {
		case m.Day != day:
		case !m.Out && m.State == "received":
			inbound++
		case m.Out && m.Answer && m.State == "sent":
			outbound++
		}
	}
	return inbound, outbound
}

// Asked tells whether the desk would answer now: somebody has written on that day, or
// since the desk wrote last.
func (t LineThread) Asked(today japan.Date) bool {
	asked := false
	for _, m := range t.Messages {
		switch {
		case !m.Out:
			asked = true
		case m.State == "sent" && m.Day < today:
			asked = false
		}
	}
	inbound, _ := t.Totals(today)
	return asked || inbound > 0
}

// LineDay is the data of the command that puts a thread's day on record.
func LineDay(t LineThread, day japan.Date, desk string, s LineSending) map[string]any {
	inbound, outbound := t.Totals(day)
	return map[string]any{"case": s.Case, "thread": t.ID, "channel": "line", "inbound": inbound, "outbound": outbound, "categories": s.Categories,
		"desk": desk, "counsellor": s.Account, "notice_version": s.Notice, "occurred_on": day.String(), "precision": "day"}
}
