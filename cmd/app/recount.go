package app

import (
	"context"
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
// does not last so long: the work goes on, and whoever asks again waits for the same.
func (a *App) VerifyAll(ctx context.Context, controller, account string) (uint64, error) {
	v := a.verifying(controller, account)
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
	if v == nil {
		return 0, 0, nil
	}
	select {
	case <-v.done:
		return 0, 0, v.err
	default:
		done, all = v.far()
		return done, max(all, 1), nil
	}
}

func (v *recounting) far() (done, all uint64) { return v.seen.Load(), v.all.Load() }

// verifying answers the verification that is under way, or begins one.
func (a *App) verifying(controller, account string) *recounting {
	a.recounts.mu.Lock()
	defer a.recounts.mu.Unlock()
	if v := a.recounts.of[controller]; v != nil {
		select {
		case <-v.done:
		default:
			return v
		}
	}
	v := &recounting{done: make(chan struct{})}
	if a.recounts.of == nil {
		a.recounts.of = map[string]*recounting{}
	}
	a.recounts.of[controller] = v
	a.work(func() error {
		defer close(v.done)
		tell := func(done, all int) { v.seen.Store(uint64(done)); v.all.Store(uint64(all)) }
		if v.position, v.err = a.verify(a.Indicators.Life, controller, account, tell); v.err != nil {
			a.report("verification of the register", v.err)
		}
		return nil
	})
	return v
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
		return nil, errors.Join(domain.Refuse("figure.behind"), err)
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
