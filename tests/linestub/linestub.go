// Package linestub is a server that speaks the part of the LINE Messaging API that this
// product uses, as its public reference documents it: push messages with retry keys, the
// bot's own account, and webhooks signed with the secret of the channel.
package linestub

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// Token and Secret are those of the channel.
const (
	Token  = "channel-access-token-of-the-stub"
	Secret = "0123456789abcdef0123456789abcdef"
)

// Server is the platform. Answers are given in the order of Next first.
type Server struct {
	*httptest.Server
	mu       sync.Mutex
	next     []Answer
	accepted map[string]string // retry key → request id
	Pushed   []Push
	calls    int
}

// Answer is what the next push is answered with instead of the usual. Taken says that
// the message was delivered all the same.
type Answer struct {
	Status int
	Body   string
	Header http.Header
	Taken  bool
}

// Push is one message that was delivered.
type Push struct{ Key, To, Text string }

// Open starts a server that ends with the test.
func Open(t testing.TB) *Server {
	s := &Server{accepted: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v2/bot/message/push", s.push)
	mux.HandleFunc("GET /v2/bot/info", s.info)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// Next scripts the answers of the next pushes.
func (s *Server) Next(answers ...Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = append(s.next, answers...)
}

// Delivered are the messages that reached somebody.
func (s *Server) Delivered() []Push {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Push{}, s.Pushed...)
}

// Calls is how many pushes were asked for.
func (s *Server) Calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

var uuidForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func (s *Server) push(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if !authorised(w, r) {
		return
	}
	var sent struct {
		To       string
		Messages []struct{ Type, Text string }
	}
	key := r.Header.Get("X-Line-Retry-Key")
	if json.NewDecoder(r.Body).Decode(&sent) != nil || r.Header.Get("Content-Type") != "application/json" || !uuidForm.MatchString(key) ||
		len(sent.Messages) != 1 || sent.Messages[0].Type != "text" || sent.Messages[0].Text == "" || !strings.HasPrefix(sent.To, "U") {
		say(w, http.StatusBadRequest, "The request body has 1 error(s)")
		return
	}
	if id := s.accepted[key]; id != "" {
		w.Header().Set("X-Line-Accepted-Request-Id", id)
		say(w, http.StatusConflict, "The retry key is already accepted")
		return
	}
	var script *Answer
	if len(s.next) > 0 {
		script, s.next = &s.next[0], s.next[1:]
	}
	if script == nil || script.Taken {
		s.accepted[key] = fmt.Sprintf("request-%d", s.calls)
		s.Pushed = append(s.Pushed, Push{key, sent.To, sent.Messages[0].Text})
	}
	if script == nil {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"sentMessages":[{"id":"%d","quoteToken":"q"}]}`, s.calls)
		return
	}
	for name, list := range script.Header {
		w.Header()[name] = list
	}
	say(w, script.Status, script.Body)
}

func (s *Server) info(w http.ResponseWriter, r *http.Request) {
	if authorised(w, r) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"userId":"U00000000000000000000000000000000","basicId":"@216ru","displayName":"とっとり就職・移住LINE","chatMode":"bot","markAsReadMode":"auto"}`)
	}
}

func authorised(w http.ResponseWriter, r *http.Request) bool {
	if r.Header.Get("Authorization") != "Bearer "+Token {
		say(w, http.StatusUnauthorized, "Authentication failed. Confirm that the access token in the authorization header is valid.")
		return false
	}
	return true
}

func say(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"message": message})
}

// Sign is the signature of a webhook's body.
func Sign(body string) string {
	mac := hmac.New(sha256.New, []byte(Secret))
	mac.Write([]byte(body))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// User is the LINE user ID of the nth user.
func User(n int) string { return fmt.Sprintf("U%032x", n) }

// Event is a webhook event of a user; more are the members of its kind.
func Event(n, user int, kind string, at time.Time, more string) string {
	if more != "" {
		more = "," + more
	}
	return fmt.Sprintf(`{"type":%q,"mode":"active","timestamp":%d,"source":{"type":"user","userId":%q},"webhookEventId":"01HXYZ%020d","deliveryContext":{"isRedelivery":false}%s}`,
		kind, at.UnixMilli(), User(user), n, more)
}

// Text is a text message of a user: the nth event, with the message id n.
func Text(n, user int, at time.Time, text string) string {
	raw, _ := json.Marshal(text)
	return Event(n, user, "message", at, fmt.Sprintf(`"replyToken":"r%d","message":{"id":"%d","type":"text","quoteToken":"q","text":%s}`, n, n, raw))
}

// Unsend is a user's taking back of a message.
func Unsend(n, user, message int, at time.Time) string {
	return Event(n, user, "unsend", at, fmt.Sprintf(`"unsend":{"messageId":"%d"}`, message))
}

// Webhook is the body of a delivery.
func Webhook(events ...string) string {
	return `{"destination":"U00000000000000000000000000000000","events":[` + strings.Join(events, ",") + `]}`
}
