package projections

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// State is what a projection is doing.
type State string

// The states. While a new version is being built beside an old one, the old one
// answers and the state is current.
const (
	Building State = "building"
	Current  State = "current"
	Stopped  State = "stopped"
)

// Status is where one projection stands.
type Status struct {
	Name     string
	Version  int
	State    State
	Reason   string        // why it stopped, in an operator's words
	Position uint64        // everything up to here is in its tables
	Head     uint64        // of the log, as last seen
	Behind   uint64        // events still to come
	Lag      time.Duration // since when it has been behind; 0 if it is not
	Building int           // per cent of a build under way; 100 if there is none
	Parked   int           // events set aside because they cannot be read
}

// ErrBehind: a projection did not reach the position in the time given.
var ErrBehind = errors.New("read model is behind")

// ErrStopped: a projection goes on no more until somebody saw to it.
var ErrStopped = errors.New("read model has stopped")

// NotBuilt is answered by queries of a projection whose first tables are still
// being built.
type NotBuilt struct {
	Name    string
	Percent int
}

func (e *NotBuilt) Error() string {
	return fmt.Sprintf("projection %s is being built: %d %%", e.Name, e.Percent)
}

// Status answers where every projection stands, in the order of the Config.
func (r *Runner) Status() []Status {
	out := make([]Status, len(r.cfg.Projections))
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, p := range r.cfg.Projections {
		out[i] = *p.state.Load()
		out[i].Head = max(r.headNow(), out[i].Position)
		out[i].Behind = out[i].Head - out[i].Position
		if since, ok := r.behind[p.Name]; ok && out[i].Behind > 0 {
			out[i].Lag = r.cfg.Now().Sub(since)
		}
	}
	return out
}

// ready answers a NotBuilt while there are no tables to ask.
func (p *Projection) ready() error {
	s := p.state.Load()
	if s == nil {
		return &NotBuilt{Name: p.Name}
	}
	if s.State == Building {
		return &NotBuilt{Name: p.Name, Percent: s.Building}
	}
	return nil
}

// set changes the published status.
func (p *Projection) set(change func(*Status)) {
	for {
		was := p.state.Load()
		s := Status{Name: p.Name, Version: p.Version, State: Building}
		if was != nil {
			s = *was
		}
		change(&s)
		if p.state.CompareAndSwap(was, &s) {
			return
		}
	}
}

// Wait returns when all named projections (all there are, if none is named) hold
// everything up to position, or ErrBehind when ctx ends first. ErrStopped is
// answered when all that go on hold it.
func (r *Runner) Wait(ctx context.Context, position uint64, names ...string) (err error) {
	if r.cfg.Waited != nil {
		var end func(error)
		ctx, end = r.cfg.Waited(ctx, position)
		defer func() { end(err) }()
	}
	for _, p := range r.cfg.Projections {
		if !named(names, p.Name) {
			continue
		}
		switch fault := r.wait(ctx, p, position); {
		case errors.Is(fault, ErrStopped): // the others go on
			err = fault
		case fault != nil:
			return fault
		}
	}
	return err
}

func named(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return len(names) == 0
}

func (r *Runner) wait(ctx context.Context, p *Projection, position uint64) error {
	for {
		moved := r.moved()
		s := p.state.Load()
		switch {
		case s.State != Building && s.Position >= position:
			return nil
		case s.State == Stopped:
			return fmt.Errorf("%w: %s at %d: %s", ErrStopped, p.Name, s.Position, s.Reason)
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return fmt.Errorf("%w: %s at %d, wanted %d", ErrBehind, p.Name, s.Position, position)
		}
	}
}

// moved answers a channel that is closed with the next change of any status.
func (r *Runner) moved() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.change
}

// announce wakes everybody who waits. Positions of current tables only.
func (r *Runner) announce() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.change)
	r.change = make(chan struct{})
	for _, p := range r.cfg.Projections {
		if s := p.state.Load(); s.Position >= r.headNow() {
			delete(r.behind, p.Name)
		} else if _, ok := r.behind[p.Name]; !ok {
			r.behind[p.Name] = r.cfg.Now()
		}
	}
}

// sawHead notes how far the log has grown.
func (r *Runner) sawHead(position uint64) {
	r.head.Store(position)
}

func (r *Runner) headNow() uint64 { return r.head.Load() }
