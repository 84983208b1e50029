package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
)

// Messages carry their expected last sequence, so the server stores a run of
// them whole and in order or stops at the first it cannot take. One answer per
// run is therefore enough: whoever is stored proves everybody before.
const (
	runMessages = 256
	runBytes    = 1 << 20
	openRuns    = 8
)

var (
	// errMoved: the stream does not stand where the relay left it.
	errMoved = errors.New("stream has moved")
	errSlow  = errors.New("no answer from NATS")
)

// window publishes messages one after the other with a bounded number unanswered.
type window struct {
	cfg      Config
	nc       *nats.Conn
	acks     *nats.Subscription
	inbox    string
	proven   func(position uint64)
	held     *nats.Msg // the newest message, not sent until it is known whether a run ends with it
	sent     uint64
	run      int
	bytes    int
	awaiting []uint64 // positions that will be answered
}

func openWindow(cfg Config, nc *nats.Conn, tail uint64, proven func(uint64)) (*window, error) {
	w := &window{cfg: cfg, nc: nc, inbox: nc.NewInbox(), sent: tail, proven: proven}
	var err error
	w.acks, err = nc.SubscribeSync(w.inbox + ".*")
	return w, err
}

// last is the sequence of the newest message taken.
func (w *window) last() uint64 {
	if w.held != nil {
		return w.sent + 1
	}
	return w.sent
}

// add takes the message that is to be stored at a sequence.
func (w *window) add(ctx context.Context, sequence uint64, m *nats.Msg) error {
	if sequence != w.last()+1 {
		return fmt.Errorf("store: position %d follows %d", sequence, w.last())
	}
	full := w.run+1 >= runMessages || w.bytes >= runBytes
	if err := w.release(full); err != nil {
		return err
	}
	w.held = m
	for len(w.awaiting) >= openRuns {
		if err := w.answer(ctx); err != nil {
			return err
		}
	}
	return nil
}

// flush sends what is held and waits until everything is answered.
func (w *window) flush(ctx context.Context) error {
	if err := w.release(true); err != nil {
		return err
	}
	for len(w.awaiting) > 0 {
		if err := w.answer(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *window) release(endRun bool) error {
	if w.held == nil {
		return nil
	}
	m := w.held
	w.sent, w.held = w.sent+1, nil
	w.run, w.bytes = w.run+1, w.bytes+len(m.Data)
	if endRun {
		m.Reply = w.inbox + "." + strconv.FormatUint(w.sent, 10)
		w.awaiting = append(w.awaiting, w.sent)
		w.run, w.bytes = 0, 0
	}
	return w.nc.PublishMsg(m)
}

// answer waits for the answer to the oldest open run.
func (w *window) answer(ctx context.Context) error {
	m, err := w.acks.NextMsg(w.cfg.Patience)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, nats.ErrTimeout):
		return errSlow
	case err != nil:
		return err
	}
	position := w.awaiting[0]
	if m.Subject != w.inbox+"."+strconv.FormatUint(position, 10) {
		return fmt.Errorf("%w: answer for another message", errMoved)
	}
	if err := acknowledged(m, position); err != nil {
		return err
	}
	w.awaiting = w.awaiting[1:]
	w.proven(position)
	return nil
}

// acknowledged says whether the answer means: stored at this very position, now
// or (on a cluster, duplicate) before.
func acknowledged(m *nats.Msg, position uint64) error {
	var answer struct {
		Sequence uint64 `json:"seq"`
		Error    *struct {
			Code        int    `json:"err_code"`
			Description string `json:"description"`
		} `json:"error"`
	}
	if err := json.Unmarshal(m.Data, &answer); err != nil {
		return fmt.Errorf("publish answer: %w", err)
	}
	switch {
	case answer.Error != nil:
		return fmt.Errorf("%w: %s (%d)", errMoved, answer.Error.Description, answer.Error.Code)
	case answer.Sequence != position:
		return fmt.Errorf("%w: position %d stored at %d", errMoved, position, answer.Sequence)
	}
	return nil
}

// pause waits a while or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
