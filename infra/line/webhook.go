// Package line speaks with the LINE Messaging API: it takes what people write to the
// office's LINE account, keeps it sealed until the office has dealt with it, and sends
// answers. Nothing personal lies in clear in its file.
package line

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"time"
	"unicode/utf8"
)

const (
	// MostBody is the largest webhook in bytes.
	MostBody = 4 << 20
	// MostEvents is how many events of one webhook are read.
	MostEvents = 1000
	// MostText is the longest text of a message in UTF-16 code units, as LINE counts.
	MostText = 5000
)

// Kinds of events that are taken; every other kind is let pass.
const (
	Wrote   = "message"
	Unsent  = "unsend" // the writer took a message back
	Joined  = "follow"
	Blocked = "unfollow"
)

// Event is one thing that a user of LINE did.
type Event struct {
	ID      string    // webhookEventId: a redelivery has the same
	Kind    string    // Wrote, Unsent, Joined or Blocked
	At      time.Time // when it happened, by LINE's clock
	User    string    // LINE user ID, personal
	Message string    // id of the message written or taken back
	Form    string    // of a message: text, image, sticker, …
	Text    string    // of a message of the form text, personal
}

// ErrMalformed: a signed body is no webhook.
var ErrMalformed = errors.New("webhook is malformed")

// Signed tells, in a time that does not hang on where they differ, whether a body was
// signed with the secret of the channel: base64 of HMAC-SHA256 over the very bytes.
func Signed(secret, body []byte, signature string) bool {
	sent, err := base64.StdEncoding.DecodeString(signature)
	if err != nil || len(secret) == 0 {
		return false
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(body)
	return hmac.Equal(mac.Sum(nil), sent)
}

// Forms of what LINE names things by. What has another form is let pass: it would be
// sent again for ever if it were refused.
var (
	eventForm   = regexp.MustCompile(`^[0-9A-Z]{26}$`) // ULID
	userForm    = regexp.MustCompile(`^U[0-9a-f]{32}$`)
	messageForm = regexp.MustCompile(`^[0-9]{1,32}$`)
	wordForm    = regexp.MustCompile(`^[a-z_]{1,20}$`)
)

// User tells whether a text has the form of a LINE user ID.
func User(text string) bool { return userForm.MatchString(text) }

type sentEvent struct {
	Type      string `json:"type"`
	Mode      string `json:"mode"`
	Timestamp int64  `json:"timestamp"` // milliseconds
	ID        string `json:"webhookEventId"`
	Source    struct {
		Type string `json:"type"`
		User string `json:"userId"`
	} `json:"source"`
	Message struct {
		ID   string `json:"id"`
		Type string `json:"type"`
		Text string `json:"text"`
	} `json:"message"`
	Unsend struct {
		Message string `json:"messageId"`
	} `json:"unsend"`
}

// Read reads the events of a webhook that single users caused; groups and rooms are no
// consultation, and what another program answers (standby) is not ours. passed is how
// many events were let pass. ErrMalformed names no content.
func Read(body []byte) (events []Event, passed int, err error) {
	var sent struct {
		Events []json.RawMessage `json:"events"`
	}
	if json.Unmarshal(body, &sent) != nil || len(sent.Events) > MostEvents {
		return nil, 0, ErrMalformed
	}
	for _, raw := range sent.Events {
		var s sentEvent
		if e, ok := s.read(raw); ok {
			events = append(events, e)
		} else {
			passed++
		}
	}
	return events, passed, nil
}

// The instants that are believed; a day is counted by them.
var (
	earliest = time.Date(2011, 6, 23, 0, 0, 0, 0, time.UTC) // LINE began
	latest   = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

func (s *sentEvent) read(raw []byte) (Event, bool) {
	if json.Unmarshal(raw, s) != nil || s.Mode != "active" || s.Source.Type != "user" || !userForm.MatchString(s.Source.User) || !eventForm.MatchString(s.ID) {
		return Event{}, false
	}
	e := Event{ID: s.ID, Kind: s.Type, User: s.Source.User, At: time.UnixMilli(s.Timestamp)}
	if e.At.Before(earliest) || e.At.After(latest) {
		return Event{}, false
	}
	switch s.Type {
	case Wrote:
		e.Message, e.Form, e.Text = s.Message.ID, s.Message.Type, s.Message.Text
		if e.Form != "text" {
			e.Text = ""
		}
		return e, messageForm.MatchString(e.Message) && wordForm.MatchString(e.Form) && length(e.Text) <= MostText && (e.Form != "text" || e.Text != "")
	case Unsent:
		e.Message = s.Unsend.Message
		return e, messageForm.MatchString(e.Message)
	case Joined, Blocked:
		return e, true
	}
	return Event{}, false
}

// length is that of a text in UTF-16 code units.
func length(text string) (n int) {
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// Fits tells whether a text can be sent as one message.
func Fits(text string) bool { return utf8.ValidString(text) && length(text) <= MostText }

// Webhook is where LINE delivers.
type Webhook struct {
	Secret []byte // of the channel
	// Take keeps the events. They are kept for good when it returns; it is given the
	// same event as often as LINE delivers it.
	Take func(ctx context.Context, events []Event) error
	// Heard is told how each delivery ended: "", or signature, size or malformed.
	Heard func(fault string)
	// Report tells the operator of a delivery that could not be kept.
	Report func(error)
}

// ServeHTTP answers 200 for what is kept or let pass, 401 for what LINE did not sign,
// and 500 where it could not be kept: LINE then delivers it again.
func (h *Webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MostBody))
	if err != nil {
		h.end(w, http.StatusRequestEntityTooLarge, "size")
		return
	}
	if !Signed(h.Secret, body, r.Header.Get("X-Line-Signature")) {
		h.end(w, http.StatusUnauthorized, "signature")
		return
	}
	events, _, err := Read(body)
	if err != nil {
		h.end(w, http.StatusBadRequest, "malformed")
		return
	}
	if err := h.Take(r.Context(), events); err != nil {
		h.Report(err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	h.end(w, http.StatusOK, "")
}

func (h *Webhook) end(w http.ResponseWriter, status int, fault string) {
	h.Heard(fault)
	w.WriteHeader(status)
}
