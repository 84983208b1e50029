package app

import (
	"context"
	"fmt"
	"runtime/debug"

	"ayumi/infra/bus"
	"ayumi/infra/trace"
	"ayumi/projections"
)

// openTraces begins to send traces where the configuration names a collector.
func (a *App) openTraces(ctx context.Context) (err error) {
	if a.Config.Traces == "" {
		return nil
	}
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
	}
	if a.traces, err = trace.Open(ctx, a.Config.Traces, version, a.Config.Log); err != nil {
		return fmt.Errorf("option traces: %w", err)
	}
	a.later(a.traces.Close)
	return nil
}

// tracedBus carries the trace of a command over the bus.
func (a *App) tracedBus(c bus.Config) bus.Config {
	if a.traces != nil {
		c.Traceparent, c.Relayed, c.Heard = a.traces.Traceparent, a.traces.Relayed, a.traces.Heard
	}
	return c
}

// tracedModels goes on with it in the read models, and in the pages that wait for them.
func (a *App) tracedModels(c projections.Config) projections.Config {
	if a.traces != nil {
		c.Taken, c.Waited = a.traces.Projected, a.traces.Wait
	}
	return c
}
