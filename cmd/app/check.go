package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"ayumi/domain"
	"ayumi/projections"
)

// Finding is the result of one check; an empty Fault is good.
type Finding struct {
	What  string `json:"what"` // integrity, access, keys, bus, projections, ledger
	Fault string `json:"fault,omitempty"`
}

// Check compares everything with the log: the invariants that hold at any time.
func (a *App) Check(ctx context.Context) []Finding {
	var out []Finding
	add := func(what string, err error) {
		f := Finding{What: what}
		if err != nil {
			f.Fault = err.Error()
		}
		out = append(out, f)
	}
	add("integrity", a.Store.IntegrityCheck(ctx))
	_, sealed := a.AccessSealer.Checkpoint(ctx)
	add("access", errors.Join(a.Access.Check(ctx), sealed))
	add("keys", a.checkKeys(ctx))
	add("bus", a.checkBus(ctx))
	add("projections", a.checkProjections())
	_, sealed = a.Sealer.Checkpoint(ctx)
	add("ledger", sealed)
	return out
}

// checkKeys demands that every sealed section opens or is erased.
func (a *App) checkKeys(ctx context.Context) error {
	for rec, err := range a.Store.All(ctx, 0) {
		if err != nil {
			return err
		}
		body, err := domain.ParseBody(rec.Body)
		if err != nil {
			return fmt.Errorf("position %d: %w", rec.Position, err)
		}
		for _, raw := range body.Sealed {
			s, err := domain.ParseSection(raw)
			if err != nil {
				return fmt.Errorf("position %d: %w", rec.Position, err)
			}
			if _, err := domain.OpenSection(ctx, a.Keys, a.Origin, rec, s); err != nil && !errors.Is(err, domain.ErrErased) {
				return fmt.Errorf("position %d: %w", rec.Position, err)
			}
		}
	}
	return nil
}

// checkBus reads the whole bus and compares it with the log, event by event.
func (a *App) checkBus(ctx context.Context) error {
	head, err := a.Store.Head(ctx)
	if err != nil || head.Position == 0 {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	next, stop := iter.Pull2(a.Store.All(ctx, 0))
	defer stop()
	for got, err := range a.Bus.Events(ctx, 0) {
		if err != nil {
			return err
		}
		want, err, more := next()
		if err != nil || !more {
			return fmt.Errorf("the log ends before the bus: %w", err)
		}
		if got.Position != want.Position || got.ID != want.ID {
			return fmt.Errorf("position %d: the bus holds another event", want.Position)
		}
		if got.Position >= head.Position {
			return nil
		}
	}
	return ctx.Err()
}

func (a *App) checkProjections() error {
	for _, s := range a.Runner.Status() {
		if s.State != projections.Current || s.Behind > 0 || s.Parked > 0 {
			return fmt.Errorf("%s: %s, %d behind, %d parked %s", s.Name, s.State, s.Behind, s.Parked, s.Reason)
		}
	}
	return nil
}

// Rebuild makes every read model again from the log.
func (a *App) Rebuild(ctx context.Context) error {
	return a.Runner.Rebuild(ctx, "journeys", "indicators", "audit", "closing")
}
