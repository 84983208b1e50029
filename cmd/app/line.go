package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/office"
	"ayumi/infra/line"
	"ayumi/infra/people"
	"ayumi/infra/web"
)

// LineWebhook is the path LINE delivers to.
const LineWebhook = "/line/webhook"

// channel is the LINE account of a desk, as the options say.
type channel struct {
	secret           []byte
	token            string
	api              string
	desk, controller string
}

// channel reads the options; nil where none names a channel.
func (c Config) channel() (*channel, error) {
	if c.LINESecret == "" && c.LINEToken == "" {
		return nil, nil
	}
	controller, known := indicator.DeskController(c.LINEDesk)
	api, err := url.Parse(c.LINEAPI)
	switch {
	case c.LINESecret == "" || c.LINEToken == "":
		return nil, errors.New("both files are needed, or none")
	case !known:
		return nil, fmt.Errorf("%q is no desk", c.LINEDesk)
	case err != nil || api.Host == "" || api.Scheme != "https" && !loopback(api.Hostname()):
		return nil, errors.New("line-api is an https address")
	}
	out := &channel{api: c.LINEAPI, desk: c.LINEDesk, controller: controller}
	for path, into := range map[string]*string{c.LINESecret: nil, c.LINEToken: &out.token} {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		text := strings.TrimSpace(string(raw))
		if text == "" {
			return nil, errors.New("a file is empty")
		}
		if into == nil {
			out.secret = []byte(text)
		} else {
			*into = text
		}
	}
	return out, nil
}

// Line is the desk's LINE account: what is written there, and what is sent.
type Line struct {
	app     *App
	book    *line.Book
	channel *channel // nil: there was an account once
	client  *line.Client
	wake    chan struct{}
}

// openLine opens the book of threads where there is an account, or was one: a person
// who is erased is forgotten there too. It begins to send what waits.
func (a *App) openLine(ctx context.Context) (*Line, error) {
	c, err := a.Config.channel()
	if err != nil {
		return nil, fmt.Errorf("options line-secret-file, line-token-file, line-desk and line-api: %w", err)
	}
	book, err := a.openBook(ctx, c != nil)
	if err != nil || book == nil {
		return nil, err
	}
	a.later(book.Close)
	l := &Line{app: a, book: book, channel: c, wake: make(chan struct{}, 1)}
	if c != nil {
		l.client = line.NewClient(c.api, c.token)
		a.work(func() error { return l.run(ctx) })
	}
	return l, nil
}

// Forget takes everything of a person away.
func (l *Line) Forget(ctx context.Context, person string) error {
	if l == nil {
		return nil
	}
	return l.book.Forget(ctx, person)
}

// Marks of the book.
const (
	markHeard   = "heard"
	markRefused = "refused"
	markSent    = "sent"
)

// Webhook is where LINE delivers.
func (l *Line) Webhook() http.Handler {
	mark := func(name string) {
		if err := l.book.Marked(context.Background(), name); err != nil {
			l.app.report("line webhook", err)
		}
	}
	return &line.Webhook{Secret: l.channel.secret, Take: l.take, Report: func(err error) { l.app.report("line webhook", err) },
		Heard: func(fault string) {
			if fault == "" {
				mark(markHeard)
				return
			}
			l.app.Config.Log.Warn("line webhook refused", "fault", fault)
			if fault == "signature" {
				mark(markRefused)
			}
		}}
}

// serve answers LINE alone, at an address of its own that may be reached from outside,
// until ctx ends.
func (l *Line) serve(ctx context.Context, at net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle(LineWebhook, l.Webhook())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: l.app.Config.ReadTimeout, WriteTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.Serve(at); ctx.Err() == nil {
		return err
	}
	return nil
}

// webhookAddress is what is written into LINE's console, as far as it is known here.
func (l *Line) webhookAddress() string {
	c := l.app.Config
	if c.LINEListen != "" {
		return c.Scheme() + "://" + c.LINEListen + LineWebhook
	}
	return strings.TrimSuffix(c.PublicURL, "/") + LineWebhook
}

// take keeps what was delivered. Whoever is on record with the very LINE user ID needs
// nobody to say who it is.
func (l *Line) take(ctx context.Context, events []line.Event) error {
	for _, e := range events {
		s, fresh, err := l.book.Take(ctx, e)
		if err != nil {
			return err
		}
		if !fresh || s.Person != "" || s.Dropped != "" || e.Kind != line.Wrote {
			continue
		}
		known, err := l.app.People.OnLine(l.channel.controller, e.User, contactPrefix+e.User)
		if errors.Is(err, people.ErrBuilding) || len(known) != 1 {
			continue // the desk says who it is
		}
		if err == nil {
			err = l.book.Link(ctx, s.ID, known[0])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// contactPrefix is how a LINE user ID is written as a contact (handbook.md 7.3).
const contactPrefix = "LINE:"

// run sends what waits, and puts on record what was sent, until ctx ends.
func (l *Line) run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := l.tend(ctx); err != nil && ctx.Err() == nil {
			l.app.report("line", err)
		}
		select {
		case <-l.wake:
		case <-time.After(5 * time.Second):
		case <-ctx.Done():
		}
	}
	return nil
}

func (l *Line) tend(ctx context.Context) error {
	due, err := l.book.Due(ctx)
	if err != nil {
		return err
	}
	for _, m := range due {
		if err := l.attempt(ctx, m); err != nil {
			return err
		}
	}
	sent, err := l.book.Unrecorded(ctx)
	if err != nil {
		return err
	}
	for _, m := range sent {
		if err := l.record(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// leased is how long one hand has a message: longer than a request takes.
const leased = time.Minute

// attempt sends a message once, unless another hand is at it.
func (l *Line) attempt(ctx context.Context, m line.Message) error {
	mine, err := l.book.Lease(ctx, m, l.app.Config.Now().Add(leased))
	if err != nil || !mine {
		return err
	}
	list := []line.Message{m}
	if err := l.book.Texts(ctx, list); err != nil {
		return err
	}
	user, err := l.book.User(ctx, m.Sender)
	if errors.Is(err, line.ErrUnknown) || err == nil && list[0].Text == "" {
		return l.book.Ended(ctx, m, &line.Fault{Code: line.Refused}) // the person is erased
	}
	if err != nil {
		return err
	}
	var fault *line.Fault
	if err := l.client.Push(ctx, m.Retry, user, list[0].Text); err != nil && !errors.As(err, &fault) {
		return err
	}
	if fault != nil {
		l.app.Config.Log.Warn("line push", "fault", fault.Code, "status", fault.Status)
	}
	if err := l.book.Ended(ctx, m, fault); err != nil || fault != nil {
		return err
	}
	return l.book.Marked(ctx, markSent)
}

// lineNote is what is to be put on record once a message is sent.
type lineNote struct {
	Case       string   `json:"case"`
	Notice     string   `json:"notice,omitempty"`
	Categories []string `json:"categories,omitempty"`
	Topic      string   `json:"topic,omitempty"` // "" for an answer
}

func noteOf(m line.Message) (n lineNote) {
	json.Unmarshal([]byte(m.Note), &n)
	return n
}

// record puts a sent message on record in the name of whoever sent it: an answer with
// the day of its thread, any other as an outbound contact. What the office refuses is
// left to the desk: the page of the thread shows the day as not recorded.
func (l *Line) record(ctx context.Context, m line.Message) error {
	n := noteOf(m)
	req, err := l.recording(ctx, m.Sender, web.LineSending{ID: m.ID, Case: n.Case, Account: m.Account, Notice: n.Notice, Categories: n.Categories, Topic: n.Topic}, m)
	if err != nil {
		return err
	}
	_, err = l.app.Office.Do(ctx, req)
	var refused *domain.Refusal
	if errors.As(err, &refused) {
		l.app.Config.Log.Warn("line message is not on record", "refused", refused.Key)
	} else if err != nil {
		return err
	}
	return l.book.Recorded(ctx, m.ID)
}

// recording is the command for a message that was, or is about to be, sent.
func (l *Line) recording(ctx context.Context, sender string, s web.LineSending, m line.Message) (office.Request, error) {
	if s.Topic != "" {
		return l.request("case.send_outbound", uuid.NewSHA1(uuid.MustParse(s.ID), []byte("outbound")), s.Account,
			map[string]any{"case": s.Case, "outbound": s.ID, "channel": "line", "topic": s.Topic, "bulk": false, "occurred_on": m.Day.String(), "precision": "day"})
	}
	t, err := l.thread(ctx, sender)
	if err != nil {
		return office.Request{}, err
	}
	data := web.LineDay(t, m.Day, l.channel.desk, s)
	if m.State != line.Sent {
		data["outbound"] = data["outbound"].(int) + 1
	}
	return l.request("case.log_message_day", uuid.NewSHA1(uuid.MustParse(s.ID), []byte("day")), s.Account, data)
}

func (l *Line) request(command string, id uuid.UUID, by string, fields map[string]any) (office.Request, error) {
	data := domain.Data{}
	for name, value := range fields {
		raw, err := json.Marshal(value)
		if err != nil {
			return office.Request{}, err
		}
		data[name] = raw
	}
	return office.Request{Command: command, ID: id, By: by, At: l.app.Config.Now(), Data: data}, nil
}
