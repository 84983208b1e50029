// Package operate tells machines how an instance is: whether it lives, whether it can
// serve, and its figures for Prometheus. Nothing here speaks of a person.
package operate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Reading is one look at an instance.
type Reading struct {
	Head       uint64 // last position recorded
	Bus        Bus
	ReadModels []ReadModel
	Writes     bool // this instance writes the read models
	Trees      []Tree
	Keys       Epochs
	Probe      Probe
	Free       uint64 // bytes free where the data lies
	Fault      error  // what ended a part of the instance
	Outside    *Outside
	Webhooks   Webhooks
}

// Outside is where the stream for consumers outside stands; State is as the bus's.
type Outside struct {
	State              string
	Position, Messages uint64
}

// Webhooks are the receivers outside.
type Webhooks struct {
	States   map[string]int // how many are active, paused, failed, gone
	Trying   int            // active ones whose last delivery was in vain
	Position uint64         // up to which every active one was told of everything
}

// Bus is where the bus stands; State is ok, behind, rebuilding or down.
type Bus struct {
	State    string
	Position uint64
	Since    time.Time // when it last held everything, or when a rebuild or an outage began
}

// ReadModel is where one read model stands; State is building, current or stopped.
type ReadModel struct {
	Name, State  string
	Version      int
	Position     uint64
	Behind       uint64
	Lag          time.Duration
	Parked       int // events set aside
	BuiltPercent int
}

// Tree is where the tree over the log, or over the access log, stands: State as pages
// say it.
type Tree struct {
	Name, State string
	Size        uint64
	At          time.Time // when its newest checkpoint was seen or signed
}

// Epochs are the keys that may still be read.
type Epochs struct {
	Held int
	Left time.Duration // of the one in use
}

// Probe is the last write that was tried where the log lies.
type Probe struct {
	At   time.Time
	Took time.Duration
	Err  error
}

// Config is what the answers come from.
type Config struct {
	Read func(ctx context.Context) Reading
	Now  func() time.Time
	// Stall is how long a read model may stay behind while the instance counts as
	// ready; default 30 s.
	Stall time.Duration
	// Report is told why the instance was not ready.
	Report func(what string, err error)
}

// probeAge is how old the last good write may be.
const probeAge = 30 * time.Second

// Health answers /livez and /readyz.
type Health struct {
	c    Config
	mu   sync.Mutex
	said string // the faults that were reported last
}

// New makes the answers of an instance.
func New(c Config) *Health {
	if c.Stall <= 0 {
		c.Stall = 30 * time.Second
	}
	return &Health{c: c}
}

// Check is one thing that must hold for an instance to be ready.
type Check struct {
	Name  string // store, readmodels, parts
	Fault string // what is wrong, for an operator; "": nothing
}

// Checks tells what holds. A bus that is down is no fault: records are taken and read
// without it, and no other instance would do better.
func (h *Health) Checks(r Reading) []Check {
	store, models, parts := Check{Name: "store"}, Check{Name: "readmodels"}, Check{Name: "parts"}
	switch age := h.c.Now().Sub(r.Probe.At); {
	case r.Probe.Err != nil:
		store.Fault = r.Probe.Err.Error()
	case age > probeAge:
		store.Fault = fmt.Sprintf("no write for %s", age.Round(time.Second))
	}
	for _, m := range r.ReadModels {
		switch {
		case m.State != "current":
			models.Fault = fmt.Sprintf("%s is %s", m.Name, m.State)
		case m.Lag > h.c.Stall:
			models.Fault = fmt.Sprintf("%s is %s behind", m.Name, m.Lag.Round(time.Second))
		}
	}
	if r.Fault != nil {
		parts.Fault = r.Fault.Error()
	}
	return []Check{store, models, parts}
}

// Live answers that the process answers.
func (h *Health) Live(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintln(w, "ok")
}

// Ready answers 200 when the instance can serve and 503 when it cannot, with the name
// of each check and not the cause, which is for the operator's log.
func (h *Health) Ready(w http.ResponseWriter, r *http.Request) {
	checks := h.Checks(h.c.Read(r.Context()))
	status, faults := http.StatusOK, []string(nil)
	for _, c := range checks {
		if c.Fault != "" {
			status, faults = http.StatusServiceUnavailable, append(faults, c.Name+": "+c.Fault)
		}
	}
	h.report(strings.Join(faults, "; "))
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	for _, c := range checks {
		word := "ok"
		if c.Fault != "" {
			word = "failed"
		}
		fmt.Fprintf(w, "%s %s\n", c.Name, word)
	}
}

// report tells of faults once, however often it is asked.
func (h *Health) report(faults string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if faults != "" && faults != h.said {
		h.c.Report("not ready", errors.New(faults))
	}
	h.said = faults
}
