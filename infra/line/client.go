package line

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// API is where the Messaging API answers.
const API = "https://api.line.me"

// Client sends messages. It uses push messages only: a token to reply with is good for
// about a minute, and a reply knows no retry key.
type Client struct {
	Base  string // API, or a server that speaks it
	Token string // channel access token
	HTTP  *http.Client
}

// NewClient makes a client that gives a request ten seconds and follows no redirect.
func NewClient(base, token string) *Client {
	return &Client{Base: base, Token: token, HTTP: &http.Client{Timeout: 10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Codes of what went wrong with a message.
const (
	Away    = "away"    // LINE could not be reached, or had a fault
	Rate    = "rate"    // too many requests at once
	Quota   = "quota"   // the messages of the month are used up
	Token   = "token"   // the access token is not, or no longer, good
	Refused = "refused" // LINE does not take this message
	Late    = "late"    // tried for as long as the retry key is good
)

// Fault is why LINE did not take a message. It holds nothing of the message.
type Fault struct {
	Code   string
	Status int           // of HTTP; 0: no answer
	Again  bool          // the same request with the same key may be sent again
	After  time.Duration // wait at least so long before; 0: LINE names nothing
}

func (f *Fault) Error() string { return fmt.Sprintf("line: %s (status %d)", f.Code, f.Status) }

// Push sends a text to a user. key is the retry key, a UUID: however often it is sent,
// LINE takes a request with it once. nil: LINE has taken it, now or before. A *Fault
// otherwise.
func (c *Client) Push(ctx context.Context, key, user, text string) error {
	type message struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	body, err := json.Marshal(struct {
		To       string    `json:"to"`
		Messages []message `json:"messages"`
	}{user, []message{{"text", text}}})
	if err != nil {
		return err
	}
	status, header, answer := c.call(ctx, http.MethodPost, "/v2/bot/message/push", body, key)
	switch {
	case status == http.StatusOK, status == http.StatusConflict && header.Get("X-Line-Accepted-Request-Id") != "":
		return nil
	}
	return faultOf(status, header, answer)
}

// Account is the LINE account that a token belongs to. Its name is public.
type Account struct {
	User string `json:"userId"`
	ID   string `json:"basicId"`
	Name string `json:"displayName"`
}

// Account asks LINE whose the token is. A *Fault where it does not say.
func (c *Client) Account(ctx context.Context) (Account, error) {
	var out Account
	status, header, answer := c.call(ctx, http.MethodGet, "/v2/bot/info", nil, "")
	if status != http.StatusOK || json.Unmarshal(answer, &out) != nil {
		return Account{}, faultOf(status, header, answer)
	}
	return out, nil
}

// mostAnswer is how much of an answer is read.
const mostAnswer = 64 << 10

// call answers status 0 where nothing came back. What went wrong then may name the
// address, never the body.
func (c *Client) call(ctx context.Context, method, path string, body []byte, key string) (int, http.Header, []byte) {
	at, err := url.JoinPath(c.Base, path)
	if err != nil {
		return 0, nil, nil
	}
	req, err := http.NewRequestWithContext(ctx, method, at, bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("X-Line-Retry-Key", key)
	}
	res, err := c.HTTP.Do(req)
	if err != nil {
		return 0, nil, nil
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, mostAnswer))
	if err != nil {
		return 0, nil, nil
	}
	return res.StatusCode, res.Header, answer
}

func faultOf(status int, header http.Header, answer []byte) *Fault {
	f := &Fault{Status: status, Code: Refused}
	switch {
	case status == 0 || status >= 500:
		f.Code, f.Again = Away, true
	case status == http.StatusTooManyRequests:
		f.Code, f.Again = Rate, true
		var said struct {
			Message string `json:"message"`
		}
		if json.Unmarshal(answer, &said) == nil && strings.Contains(said.Message, "monthly limit") {
			f.Code, f.Again = Quota, false
		}
		if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil && seconds > 0 {
			f.After = time.Duration(min(seconds, 24*60*60)) * time.Second
		}
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		f.Code = Token
	}
	return f
}
