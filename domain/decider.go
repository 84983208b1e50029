package domain

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Decider carries commands through in one fixed order: load, decide, seal,
// append; again on a conflict. It is the only writer of events in its process.
type Decider struct {
	Store  EventStore
	Keys   Keyring
	Random Randomness
	Origin string // the log's identity, from its first event
	// Shared: other processes append to Store too. Every stream that a decision looks at
	// is then read up to its end, also where nothing is written to it.
	Shared bool

	mu      sync.Mutex
	last    time.Time // newest recorded_at given out
	streams streamCache
}

// Receipt says what a command left in the log. Version 0: nothing, the wish was
// already true.
type Receipt struct {
	Stream   string   `json:"stream"`
	Version  uint64   `json:"version"`
	Position uint64   `json:"position"` // of the last event; wait for it to read your own write
	Events   []string `json:"events"`   // ids
	Types    []string `json:"types"`
	Repeated bool     `json:"repeated,omitempty"` // the command had been carried out before
}

const retries = 8

// Transact runs work and commits what it decided, again on a conflict.
func (d *Decider) Transact(ctx context.Context, work func(w *Work) error) ([]Receipt, error) {
	for try := 0; ; try++ {
		w := &Work{ctx: ctx, d: d, open: map[string]*opened{}}
		if err := work(w); err != nil {
			return nil, err
		}
		receipts, err := w.commit()
		if !errors.Is(err, ErrConflict) || try >= retries {
			return receipts, err
		}
	}
}

// Try runs work and answers the events it would commit, without writing.
func (d *Decider) Try(ctx context.Context, work func(w *Work) error) ([]Recorded, error) {
	w := &Work{ctx: ctx, d: d, open: map[string]*opened{}}
	if err := work(w); err != nil {
		return nil, err
	}
	var out []Recorded
	for _, o := range w.order {
		out = append(out, o.events...)
	}
	return out, nil
}

// stamp answers recorded_at for now: milliseconds, never before one given out earlier.
func (d *Decider) stamp(now time.Time) time.Time {
	now = now.UTC().Truncate(time.Millisecond)
	d.mu.Lock()
	defer d.mu.Unlock()
	if now.Before(d.last) {
		return d.last
	}
	d.last = now
	return now
}

// Resume tells the decider the newest recorded_at in the log, after a start.
func (d *Decider) Resume(recordedAt time.Time) { d.stamp(recordedAt) }

// Work is one unit of work: the streams it has read and what it will write.
// Streams it has written read as if committed.
type Work struct {
	ctx   context.Context
	d     *Decider
	open  map[string]*opened
	order []*opened
}

type opened struct {
	stream     string
	state      any
	token      Token
	controller string
	commands   map[string]Receipt // by command id, from the stream's own past
	events     []Recorded
	cached     []any
	receipt    Receipt
}

// Context is the context of the command.
func (w *Work) Context() context.Context { return w.ctx }

// Load answers the newest state of a stream with its version (0: not begun) and
// the controller it belongs to.
func Load[S any](w *Work, a *Aggregate[S], id string) (*S, uint64, string, error) {
	o, err := load(w, a, id)
	if err != nil {
		return nil, 0, "", err
	}
	return o.state.(*S), o.version(), o.controller, nil
}

func (o *opened) version() uint64 { return o.token.Version + uint64(len(o.events)) }

func load[S any](w *Work, a *Aggregate[S], id string) (*opened, error) {
	stream := StreamName(a.Category, id)
	if o, ok := w.open[stream]; ok {
		return o, nil
	}
	past, err := read(w.ctx, w.d, a, stream)
	if err != nil {
		return nil, err
	}
	o := &opened{stream: stream, token: past.token, commands: map[string]Receipt{}}
	s := a.New()
	for _, p := range past.events {
		o.note(p.env)
		p.event.(Event[S]).Apply(s, p.env)
	}
	o.state = s
	w.open[stream] = o
	return o, nil
}

func (o *opened) note(e Envelope) {
	if o.controller == "" {
		o.controller = e.Controller
	}
	r := o.commands[e.CommandID]
	r.Stream, r.Version, r.Position, r.Repeated = o.stream, uint64(e.Version), e.Position, true
	r.Events, r.Types = append(r.Events, e.EventID), append(r.Types, e.Type)
	o.commands[e.CommandID] = r
}

// Decide lets one stream decide on a command and keeps the events for the commit.
func Decide[S any](w *Work, a *Aggregate[S], cmd Command[S], in Intent) error {
	o, err := load(w, a, in.Stream)
	if err != nil {
		return err
	}
	if r, done := o.commands[in.Command.String()]; done && len(o.events) == 0 {
		o.receipt = r
		w.touch(o)
		return nil
	}
	in.Version = o.version()
	if o.controller != "" {
		in.Controller = o.controller
	}
	s := o.state.(*S)
	events, err := cmd.Decide(s, in)
	if err != nil {
		return err
	}
	return Record(w, a, in, events...)
}

// Done tells whether the stream of in already holds the command's events, and
// if so makes its receipt the earlier one.
func Done[S any](w *Work, a *Aggregate[S], in Intent) bool {
	o, err := load(w, a, in.Stream)
	if err != nil {
		return false
	}
	r, done := o.commands[in.Command.String()]
	if done {
		o.receipt = r
		w.touch(o)
	}
	return done
}

// Record adds events to a stream without asking a command: for decisions that
// span two streams (merge, moving a consultation).
func Record[S any](w *Work, a *Aggregate[S], in Intent, events ...Event[S]) error {
	o, err := load(w, a, in.Stream)
	if err != nil {
		return err
	}
	w.touch(o)
	if r, done := o.commands[in.Command.String()]; done && len(o.events) == 0 {
		o.receipt = r
		return nil
	}
	s := o.state.(*S)
	for _, ev := range events {
		if err := add(w, a, o, s, ev, in); err != nil {
			return err
		}
	}
	return nil
}

func (w *Work) touch(o *opened) {
	for _, have := range w.order {
		if have == o {
			return
		}
	}
	w.order = append(w.order, o)
}

// committed is implemented by events whose facts hold the key commitment of
// the stream's subject.
type committed interface{ Commit(commitment string) }

// copied is implemented by events whose facts hold the digest of what they seal:
// SHA-256 over the bytes of their sealed sections, which is ciphertext.
type copied interface{ SealedAs(digest string) }

func digestOf(sections [][]byte) string {
	sum := sha256.Sum256(bytes.Join(sections, nil))
	return hex.EncodeToString(sum[:])
}

func add[S any](w *Work, a *Aggregate[S], o *opened, s *S, ev Event[S], in Intent) error {
	t, ok := a.byType[reflect.TypeOf(ev)]
	if !ok {
		return fmt.Errorf("event %T stands in no table", ev)
	}
	_, id := SplitStream(o.stream)
	subject := func() string { return a.Subject(s, id) }
	if c, ok := ev.(committed); ok {
		kc, err := w.d.Keys.Ensure(w.ctx, subject())
		if err != nil {
			return keyless("key of "+o.stream, err)
		}
		c.Commit(kc)
	}
	copies, holds := ev.(copied)
	if holds {
		copies.SealedAs(digestOf(nil)) // until it is sealed, so that all else can be checked first
	}
	e := envelopeOf(w, o, t.Name, len(t.Upcast)+1, in)
	facts, err := encodeFacts(ev, &e)
	if err != nil {
		return err
	}
	rec := Recorded{ID: uuid.MustParse(e.EventID), Stream: o.stream, Version: uint64(e.Version), Type: e.Type}
	salt := w.d.Random.Salt(rec.ID)
	body := Body{Facts: facts, Salt: salt[:]}
	ev.Apply(s, e)
	if body.Sealed, err = seal(w.ctx, w.d.Keys, w.d.Random, w.d.Origin, subject, ev, &rec); err != nil {
		return err
	}
	if holds {
		copies.SealedAs(digestOf(body.Sealed))
		if body.Facts, err = encodeFacts(ev, &e); err != nil {
			return err
		}
	}
	if rec.Body = FormatBody(body); len(rec.Body) > MaxBody {
		return Refuse("data.too_large")
	}
	if o.controller == "" {
		o.controller = e.Controller
	}
	o.events = append(o.events, rec)
	o.cached = append(o.cached, past1{e, ev})
	return nil
}

func envelopeOf(w *Work, o *opened, typ string, form int, in Intent) Envelope {
	n := 0 // of this command: its ids do not hang on what else the unit of work holds
	for _, c := range o.cached {
		if c.(past1).env.CommandID == in.Command.String() {
			n++
		}
	}
	id := uuid.NewSHA1(in.Command, []byte(o.stream+" "+strconv.Itoa(n)))
	e := Envelope{
		EventID: id.String(), Stream: o.stream, Version: int(o.version()) + 1,
		Type: typ, TypeVersion: form,
		Occurred: in.Occurred, OccurredTime: in.OccurredTime, Precision: in.Precision,
		RecordedAt: w.d.stamp(in.Now), RecordedBy: in.Actor.Account, OnBehalfOf: in.OnBehalfOf,
		Controller: in.Controller, Desk: in.Desk, Source: in.Source, Batch: in.Batch,
		CommandID: in.Command.String(), Cause: in.Cause, Correlation: in.Correlation,
	}
	if e.Occurred == 0 {
		e.Occurred = in.Today()
	}
	if e.Precision == "" {
		e.Precision = "day"
	}
	if e.Source == "" {
		e.Source = "counter"
	}
	return e
}

func (w *Work) commit() ([]Receipt, error) {
	var commits []Commit
	for _, o := range w.order {
		if len(o.events) > 0 {
			commits = append(commits, Commit{Stream: o.stream, At: o.token, Events: o.events})
		}
	}
	if len(commits) == 0 {
		return w.receipts(nil), nil
	}
	tokens, err := w.d.Store.Append(w.ctx, commits...)
	if err != nil {
		for _, c := range commits {
			w.d.streams.drop(c.Stream)
		}
		return nil, err
	}
	return w.receipts(tokens), nil
}

func (w *Work) receipts(tokens []Token) []Receipt {
	out := make([]Receipt, len(w.order))
	for i, o := range w.order {
		if len(o.events) == 0 {
			out[i] = o.receipt
			if out[i].Stream == "" {
				out[i] = Receipt{Stream: o.stream, Version: o.token.Version, Position: o.token.Position}
			}
			continue
		}
		t := tokens[0]
		tokens = tokens[1:]
		r := Receipt{Stream: o.stream, Version: t.Version, Position: t.Position}
		for _, e := range o.events {
			r.Events, r.Types = append(r.Events, e.ID.String()), append(r.Types, e.Type)
		}
		out[i] = r
		w.d.streams.extend(o, t)
	}
	return out
}
