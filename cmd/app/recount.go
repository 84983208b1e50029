package app

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/office"
	"ayumi/domain/register"
	"ayumi/projections"
)

// recounting is one replay for the register of a controller, under way or ended.
type recounting struct {
	done      chan struct{}
	seen, all atomic.Uint64 // events
	position  uint64        // of the last record
	err       error
}

// recounts are the newest of each controller.
type recounts struct {
	mu sync.Mutex
	of map[string]*recounting
}

// VerifyAll counts every published edition of a controller again in one replay of
// the log, and records what came of it, in the name of an account. It answers the
// position of the last record, or projections.Replaying where the patience of ctx
// does not last so long: the work goes on, and whoever asks again, or asks another
// instance, waits for the same.
func (a *App) VerifyAll(ctx context.Context, controller, account string) (uint64, error) {
	v, err := a.verifying(ctx, controller, account)
	if err != nil {
		return 0, err
	}
	if err := projections.Await(ctx, v.done, v.far); err != nil {
		return 0, err
	}
	return v.position, v.err
}

// Verifying tells how far the verification of a controller's register is: all is 0
// where none is under way. The fault is that of the last one.
func (a *App) Verifying(controller string) (done, all uint64, fault error) {
	a.recounts.mu.Lock()
	v := a.recounts.of[controller]
	a.recounts.mu.Unlock()
	if v == nil || v.ended() {
		ctx, cancel := context.WithTimeout(a.Indicators.Life, catchUp)
		defer cancel()
		if far, running, err := a.recountElsewhere(ctx, controller); err != nil || running {
			return far.Seen, max(far.All, 1), err
		}
	}
	switch {
	case v == nil:
		return 0, 0, nil
	case v.ended():
		return 0, 0, v.err
	}
	done, all = v.far()
	return done, max(all, 1), nil
}

func (v *recounting) ended() bool {
	select {
	case <-v.done:
		return true
	default:
		return false
	}
}

func (v *recounting) far() (done, all uint64) { return v.seen.Load(), v.all.Load() }

// recountErrand is the kind of errand of a verification of a register.
const recountErrand = "recount"

// toldRecount is how far one is, as other instances know it.
type toldRecount struct {
	Seen, All, Position uint64
	Refused             *domain.Refusal `json:",omitempty"`
	Fault               bool            `json:",omitempty"`
}

func (v *recounting) told() any {
	out := toldRecount{Seen: v.seen.Load(), All: v.all.Load()}
	if v.ended() {
		out.Position, out.Fault = v.position, v.err != nil
		errors.As(v.err, &out.Refused)
	}
	return out
}

// recountElsewhere answers how far the one is that another instance does.
func (a *App) recountElsewhere(ctx context.Context, controller string) (far toldRecount, running bool, err error) {
	x, ok, err := a.errands.look(ctx, recountErrand, controller)
	if err == nil && ok && len(x.body) > 0 {
		err = json.Unmarshal(x.body, &far)
	}
	return far, ok && x.alive && !x.done, err
}

// verifying answers the verification that is under way, here or in another instance,
// or begins one.
func (a *App) verifying(ctx context.Context, controller, account string) (*recounting, error) {
	a.recounts.mu.Lock()
	defer a.recounts.mu.Unlock()
	if v := a.recounts.of[controller]; v != nil && !v.ended() {
		return v, nil
	}
	mine, err := a.errands.begin(ctx, recountErrand, controller, account)
	if err != nil {
		return nil, err
	}
	v := &recounting{done: make(chan struct{})}
	if a.recounts.of == nil {
		a.recounts.of = map[string]*recounting{}
	}
	a.recounts.of[controller] = v
	life := a.Indicators.Life
	if !mine {
		a.work(func() error {
			defer close(v.done)
			v.err = a.watchRecount(life, controller, v)
			return nil
		})
		return v, nil
	}
	running, stop := context.WithCancel(life)
	a.work(func() error {
		a.errands.follow(running, recountErrand, controller, v.done, stop, v.told, a.report)
		return nil
	})
	a.work(func() error {
		defer stop()
		defer close(v.done)
		tell := func(done, all int) { v.seen.Store(uint64(done)); v.all.Store(uint64(all)) }
		if v.position, v.err = a.verify(running, controller, account, tell); v.err != nil {
			a.report("verification of the register", v.err)
		}
		return nil
	})
	return v, nil
}

// errInstance: the instance that did something met a fault, which it reported, or is
// gone.
var errInstance = errors.New("the instance that did it met a fault or is gone")

// watchRecount follows what another instance does until it has done it.
func (a *App) watchRecount(ctx context.Context, controller string, v *recounting) error {
	for {
		x, ok, err := a.errands.await(ctx, recountErrand, controller, errandTold)
		var far toldRecount
		if err == nil && len(x.body) > 0 {
			err = json.Unmarshal(x.body, &far)
		}
		v.seen.Store(far.Seen)
		v.all.Store(far.All)
		switch {
		case err != nil:
			return err
		case x.done && far.Refused != nil:
			return far.Refused
		case !ok || !x.alive || far.Fault:
			return errInstance
		case x.done:
			v.position = far.Position
			return nil
		}
	}
}

func (a *App) verify(ctx context.Context, controller, account string, tell func(done, all int)) (uint64, error) {
	head, err := a.Store.Head(ctx)
	if err != nil {
		return 0, err
	}
	tell(0, int(head.Position))
	published, replay, err := a.replay(ctx, controller, tell)
	if err != nil {
		return 0, err
	}
	var last uint64
	for _, l := range published {
		receipts, err := a.Office.Do(ctx, office.Request{
			Command: "figure.verify", ID: uuid.New(), By: account, At: a.Config.Now(), Counts: replay,
			Data: domain.Data{"stream": []byte(strconv.Quote(l.Stream)), "edition": []byte(strconv.Itoa(l.Edition.Edition))},
		})
		if err != nil {
			return last, err
		}
		for _, r := range receipts {
			last = max(last, r.Position)
		}
	}
	return last, nil
}

// Recount counts every published edition again and records nothing. It answers
// the results by the place of the line in the register, and the events read; tell,
// unless nil, is told how far it is.
func (a *App) Recount(ctx context.Context, controller string, tell func(done, all int)) (map[int]string, uint64, error) {
	published, replay, err := a.replay(ctx, controller, tell)
	if err != nil {
		return nil, 0, err
	}
	out := map[int]string{}
	for _, l := range published {
		found, err := replay.Recount(ctx, l.Figure.Asked(l.Edition))
		if out[l.No-1], err = l.Edition.Judge(found, err); err != nil {
			return nil, 0, err
		}
	}
	return out, replay.Read, nil
}

// replay folds the log once for every published edition.
func (a *App) replay(ctx context.Context, controller string, tell func(done, all int)) ([]*register.Line, *indicator.Replayed, error) {
	published, err := a.published(ctx, controller)
	if err != nil {
		return nil, nil, err
	}
	var asked []domain.Asked
	for _, l := range published {
		asked = append(asked, l.Figure.Asked(l.Edition))
	}
	rules, err := indicator.ReadRules(ctx, a.Store)
	if err != nil {
		return nil, nil, err
	}
	replay, err := indicator.Replay(ctx, a.Store, rules, asked, tell)
	return published, replay, err
}

// published are the lines of the register that can be counted again.
func (a *App) published(ctx context.Context, controller string) ([]*register.Line, error) {
	head, err := a.Store.Head(ctx)
	if err != nil {
		return nil, err
	}
	waiting, cancel := context.WithTimeout(ctx, catchUp)
	defer cancel()
	if err := a.Runner.Wait(waiting, head.Position, "journeys"); err != nil {
		return nil, lagging(err, "figure.behind")
	}
	all, err := a.Journeys.Register(ctx, controller)
	if err != nil {
		return nil, err
	}
	var out []*register.Line
	for _, l := range all.Lines {
		if l.Kind == register.KindCounted {
			out = append(out, l)
		}
	}
	return out, nil
}
