package webhook

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/outside"
)

// Config is what deliveries need.
type Config struct {
	Store  *Store
	Log    domain.EventStore
	Source string // CloudEvents source
	// Private lets deliveries go to http and to addresses inside.
	Private bool
	// Report is told of a receiver that is given up.
	Report func(what string, err error)
	// Waits are the pauses before each next try; default: those of Standard Webhooks,
	// three days in all.
	Waits []time.Duration
}

// usual are the pauses of Standard Webhooks.
var usual = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}

// mostAsked bounds what a receiver may ask for by Retry-After.
const mostAsked = 24 * time.Hour

// Deliverer delivers. Only one of those that share the tables does so at a time.
type Deliverer struct {
	c      Config
	client *http.Client
	holder string
	wake   chan struct{}
}

// New makes a deliverer; Run lets it work.
func New(c Config) *Deliverer {
	if c.Waits == nil {
		c.Waits = usual
	}
	return &Deliverer{c: c, client: newClient(c.Private), holder: uuid.NewString(), wake: make(chan struct{}, 1)}
}

// Look makes Run look at the subscriptions now: one has changed.
func (d *Deliverer) Look() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

const (
	turnHeld  = 15 * time.Second // how long the right to deliver lasts unrenewed
	turnAsked = 2 * time.Second
)

// Run delivers until ctx ends.
func (d *Deliverer) Run(ctx context.Context) error {
	at := map[string]context.CancelFunc{}
	var works sync.WaitGroup
	ended := make(chan string)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for ctx.Err() == nil {
		mine, err := d.c.Store.hold(ctx, d.holder)
		var all []Subscription
		if err == nil && mine {
			all, err = d.c.Store.List(ctx)
		}
		if err != nil && ctx.Err() == nil {
			d.c.Report("webhooks stand still", err)
		}
		active := map[string]bool{}
		for _, s := range all {
			if active[s.ID] = s.State == Active; active[s.ID] && at[s.ID] == nil {
				work, end := context.WithCancel(ctx)
				at[s.ID] = end
				works.Go(func() {
					d.serve(work, s.ID)
					select {
					case ended <- s.ID:
					case <-ctx.Done():
					}
				})
			}
		}
		for id, end := range at {
			if err == nil && !active[id] {
				end()
			}
		}
		select {
		case id := <-ended:
			at[id]()
			delete(at, id)
		case <-d.wake:
		case <-time.After(turnAsked):
		case <-ctx.Done():
		}
	}
	works.Wait()
	return d.c.Store.leave(context.WithoutCancel(ctx), d.holder)
}

// serve delivers to one receiver until it is not active any more or another instance
// delivers.
func (d *Deliverer) serve(ctx context.Context, id string) {
	for ctx.Err() == nil {
		s, err := d.c.Store.Find(ctx, id)
		switch {
		case errors.Is(err, ErrUnknown), err == nil && s.State != Active:
			return
		case err == nil:
			err = d.step(ctx, s)
		}
		if errors.Is(err, ErrMoved) {
			return
		}
		if err != nil && ctx.Err() == nil {
			d.c.Report("webhook stands still", err)
			pause(ctx, turnAsked)
		}
	}
}

// step waits for the next event of a subscription and tries it once. An event recorded
// after a pause is not sent: the subscription is looked at after the event.
func (d *Deliverer) step(ctx context.Context, s Subscription) error {
	if wait := s.Due.Sub(d.c.Store.now()); !s.Due.IsZero() && wait > 0 {
		pause(ctx, min(wait, turnAsked)) // short: somebody may resume it
		return nil
	}
	if head, err := d.c.Log.Head(ctx); err != nil || head.Position < s.Reached {
		if err == nil { // a log that was put back records other events there
			d.c.Report("webhook stands behind the end of the log", fmt.Errorf("%s at %d, the log ends at %d", s.ID, s.Reached, head.Position))
			err = d.c.Store.reach(ctx, s, head.Position)
		}
		return err
	}
	read := s.Reached
	for r, err := range d.c.Log.All(ctx, s.Reached) {
		if err != nil {
			return err
		}
		read = r.Position
		e, leaves, err := outside.Of(r)
		if err != nil {
			return err
		}
		if leaves && s.Wants(e) {
			now, err := d.c.Store.Find(ctx, s.ID) // reading may have taken long
			switch {
			case errors.Is(err, ErrUnknown), err == nil && (now.State != Active || now.Reached != s.Reached):
				return ErrMoved
			case err != nil:
				return err
			}
			return d.try(ctx, now, e)
		}
	}
	if read > s.Reached {
		return d.c.Store.reach(ctx, s, read)
	}
	select {
	case <-d.c.Log.Grown(read):
	case <-time.After(turnAsked): // somebody may pause it
	case <-ctx.Done():
	}
	return nil
}

// try delivers an event once and writes down what became of it.
func (d *Deliverer) try(ctx context.Context, s Subscription, e outside.Event) error {
	done, after := d.send(ctx, s, e)
	if ctx.Err() != nil && done.Outcome != "ok" {
		return ctx.Err() // it was cut off from here
	}
	switch {
	case done.Outcome == "ok":
		s.Tries, s.Due, s.Cause = 0, time.Time{}, ""
		return d.c.Store.tried(ctx, s, e.Position, done)
	case done.Outcome == "gone":
		s.State = Gone
	case s.Tries >= len(d.c.Waits):
		s.State = Failed
	}
	s.Cause = done.Outcome
	if s.State != Active {
		d.c.Report("webhook is given up", errors.New(s.ID+": "+done.Outcome))
		return d.c.Store.tried(ctx, s, s.Reached, done)
	}
	wait := d.c.Waits[s.Tries]
	wait += time.Duration(rand.Int64N(int64(wait)/5 + 1)) // receivers are not all asked at once again
	s.Tries, s.Due = s.Tries+1, d.c.Store.now().Add(max(wait, min(after, mostAsked)))
	return d.c.Store.tried(ctx, s, s.Reached, done)
}

// send makes one request. after is how long the receiver asks to be left alone.
func (d *Deliverer) send(ctx context.Context, s Subscription, e outside.Event) (done Delivery, after time.Duration) {
	now := d.c.Store.now()
	done = Delivery{At: now, Position: e.Position, Type: e.Type, Outcome: "away"}
	begun := time.Now()
	defer func() { done.Took = time.Since(begun) }()
	body := e.Structured(d.c.Source)
	signed, err := signature(s.secret, e.ID, now, body)
	if err != nil {
		return done, 0
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, bytes.NewReader(body))
	if err != nil {
		return done, 0
	}
	req.Header = http.Header{
		"Content-Type": {"application/cloudevents+json"}, "User-Agent": {"ayumi"},
		"Webhook-Id": {e.ID}, "Webhook-Timestamp": {strconv.FormatInt(now.Unix(), 10)}, "Webhook-Signature": {signed},
	}
	res, err := d.client.Do(req)
	if err != nil {
		done.Outcome = why(err)
		return done, 0
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(res.Body, mostAnswer))
	done.Status = res.StatusCode
	switch code := res.StatusCode; {
	case code >= 200 && code < 300 && err != nil: // cut off: nobody knows what the receiver made of it
		done.Outcome = why(err)
	case code >= 200 && code < 300:
		done.Outcome = "ok"
	case code == http.StatusGone:
		done.Outcome = "gone"
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		done.Outcome, after = "busy", asked(res.Header.Get("Retry-After"), now)
	case code >= 300 && code < 400:
		done.Outcome = "redirect"
	default:
		done.Outcome = "status"
	}
	return done, after
}

// why names a fault without an answer.
func why(err error) string {
	var timeout interface{ Timeout() bool }
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, errInside):
		return "inside"
	case errors.As(err, &certificate), errors.As(err, &record):
		return "tls"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "late"
	}
	return "away"
}

// asked reads Retry-After: seconds, or a time.
func asked(text string, now time.Time) time.Duration {
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// TestType is the type of an event that says nothing.
const TestType = "ayumi.test"

// Test sends an event that says nothing, signed like the others, and answers what
// became of it.
func (d *Deliverer) Test(ctx context.Context, id string) (Delivery, error) {
	s, err := d.c.Store.Find(ctx, id)
	if err != nil {
		return Delivery{}, err
	}
	now := d.c.Store.now().UTC()
	e := outside.Event{Type: TestType, Stream: "test", ID: uuid.NewString(), Controller: s.Controller, Recorded: now.Format("2006-01-02T15:04:05.000Z"), Facts: domain.Facts("{}")}
	done, _ := d.send(ctx, s, e)
	return done, d.c.Store.record(ctx, s.ID, done)
}

// Again delivers an event once more beside the order, with the id it had. ErrUnknown if
// the subscription does not want it.
func (d *Deliverer) Again(ctx context.Context, id string, position uint64) (Delivery, error) {
	s, err := d.c.Store.Find(ctx, id)
	if err != nil || position == 0 {
		return Delivery{}, errors.Join(err, ErrUnknown)
	}
	for r, err := range d.c.Log.All(ctx, position-1) {
		if err != nil {
			return Delivery{}, err
		}
		e, leaves, err := outside.Of(r)
		if err != nil || !leaves || r.Position != position || !s.Wants(e) {
			return Delivery{}, errors.Join(err, ErrUnknown)
		}
		done, _ := d.send(ctx, s, e)
		return done, d.c.Store.record(ctx, s.ID, done)
	}
	return Delivery{}, ErrUnknown
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
