package app

import (
	"context"
	"time"
)

// glance is how often an instance looks whether it leads.
const glance = 100 * time.Millisecond

// lead lets something run in one instance at a time: in the one that writes the read
// models. For a moment after that was cut off there may be two, so what runs must
// bear that; commands do, since the second time they change nothing.
func (a *App) lead(ctx context.Context, run func(ctx context.Context) error) {
	a.work(func() error {
		for {
			if a.Runner.Leads() {
				if err := a.whileLeading(ctx, run); err != nil || ctx.Err() != nil {
					return err
				}
			}
			select {
			case <-time.After(glance):
			case <-ctx.Done():
				return nil
			}
		}
	})
}

// whileLeading runs it until it ends or this instance leads no more.
func (a *App) whileLeading(ctx context.Context, run func(ctx context.Context) error) error {
	term, end := context.WithCancel(ctx)
	defer end()
	go func() {
		for a.Runner.Leads() && term.Err() == nil {
			select {
			case <-time.After(glance):
			case <-term.Done():
			}
		}
		end()
	}()
	err := run(term)
	if term.Err() != nil {
		return nil // its term is over, whatever it says
	}
	return err
}
