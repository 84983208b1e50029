package app

import (
	"context"
	"errors"

	"ayumi/infra/web"
	"ayumi/projections"
)

// pageOperations are what operators see of this instance.
type pageOperations struct{ app *App }

func (p pageOperations) Operation(ctx context.Context) (web.Operation, error) {
	a, c := p.app, p.app.Config
	which := func(elsewhere bool, there, here string) string {
		if elsewhere {
			return there
		}
		return here
	}
	o := web.Operation{
		Engines: [][2]string{
			{"log", c.Engine}, {"bus", which(c.NATS != "", "nats", "inside")}, {"read", which(c.ReadModels != "", "postgresql", "files")},
			{"keys", which(c.Keys != "", "postgresql", "files")}, {"access", which(c.Access != "", "postgresql", "files")},
		},
		Duty: which(a.Runner.Leads(), "writes", "watches"), Replicas: c.Replicas, Free: free(c.Data),
	}
	epochs, err := a.Keys.Epochs()
	if err != nil {
		return o, err
	}
	for _, e := range epochs {
		o.Epochs = append(o.Epochs, web.KeyEpoch{Epoch: e.Epoch, Begun: e.Begun, Ends: e.Ends, Current: e.Epoch == a.Keys.Current().Epoch})
	}
	out := a.Bus.Outside()
	o.Out = web.OutsideState{On: out.On, Word: out.Word, Messages: out.Messages, Position: out.Position, Cause: out.Cause}
	hooks, err := a.webhooks.standing(ctx)
	o.Webhooks = hooks.States
	if probe := a.operated.probed.Load(); probe != nil {
		o.Probe = probe.Took
		if probe.Err != nil {
			o.ProbeBad = probe.Err.Error()
		}
	}
	return o, err
}

// Remake begins a rebuild, which goes on after the request; the page says how far it is.
func (p pageOperations) Remake(ctx context.Context, model string) error {
	a := p.app
	if !a.Runner.Leads() {
		return web.ErrElsewhere
	}
	a.work(func() error {
		if err := a.Runner.Rebuild(a.running, model); err != nil && !errors.Is(err, projections.ErrWatches) && a.running.Err() == nil {
			a.report("read model is not made again", err)
		}
		return nil
	})
	return nil
}
