package app

import (
	"context"
	"errors"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/office"
	"ayumi/domain/register"
)

// VerifyAll counts every published edition of a controller again in one replay of
// the log, and records what came of it, in the name of an account. It answers the
// position of the last record.
func (a *App) VerifyAll(ctx context.Context, controller, account string) (uint64, error) {
	published, replay, err := a.replay(ctx, controller)
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
// the results by the place of the line in the register, and the events read.
func (a *App) Recount(ctx context.Context, controller string) (map[int]string, uint64, error) {
	published, replay, err := a.replay(ctx, controller)
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
func (a *App) replay(ctx context.Context, controller string) ([]*register.Line, *indicator.Replayed, error) {
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
	replay, err := indicator.Replay(ctx, a.Store, rules, asked)
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
