package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"ayumi/infra/operate"
)

// probing is how often a write is tried where the log lies.
const probing = 5 * time.Second

// operations tells machines how this instance is.
type operations struct {
	app     *App
	metrics *operate.Metrics
	health  *operate.Health
	probed  atomic.Pointer[operate.Probe]
}

func newOperations(a *App) *operations {
	o := &operations{app: a}
	o.metrics = operate.NewMetrics(o.read, a.Config.Now)
	o.health = operate.New(operate.Config{Read: o.read, Now: a.Config.Now, Report: a.report})
	return o
}

// probe tries a write now and then until ctx ends.
func (o *operations) probe(ctx context.Context) error {
	path := o.app.Config.in("probe")
	defer os.Remove(path)
	for ctx.Err() == nil {
		begun := time.Now()
		err := written(path)
		o.probed.Store(&operate.Probe{At: o.app.Config.Now(), Took: time.Since(begun), Err: err})
		select {
		case <-time.After(probing):
		case <-ctx.Done():
		}
	}
	return nil
}

// written writes a file to the disk.
func written(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(time.Now().UTC().Format(time.RFC3339Nano))
	return errors.Join(err, f.Sync(), f.Close())
}

// read looks at the whole instance.
func (o *operations) read(ctx context.Context) operate.Reading {
	a := o.app
	b := a.Bus.Status(ctx)
	r := operate.Reading{
		Head: b.Store, Bus: operate.Bus{State: strings.TrimPrefix(b.Word, "bus."), Position: b.Bus, Since: b.Since},
		Writes: a.Runner.Leads(), Fault: a.Fault(), Free: free(a.Config.Data),
	}
	for _, s := range a.Runner.Status() {
		r.ReadModels = append(r.ReadModels, operate.ReadModel{Name: s.Name, Version: s.Version, State: string(s.State), Position: s.Position,
			Behind: s.Behind, Lag: s.Lag, Parked: s.Parked, BuiltPercent: s.Building})
	}
	if out := a.Bus.Outside(); out.On {
		r.Outside = &operate.Outside{State: strings.TrimPrefix(out.Word, "bus."), Position: out.Position, Messages: out.Messages}
	}
	if hooks, err := a.webhooks.standing(ctx); err == nil {
		r.Webhooks = hooks
	}
	for name, tree := range map[string]sealing{"log": {a.Sealer}, "access": {a.AccessSealer}} {
		if tree.Sealer != nil {
			t := tree.Tree()
			r.Trees = append(r.Trees, operate.Tree{Name: name, State: t.Word, Size: t.Size, At: t.At})
		}
	}
	if epochs, err := a.Keys.Epochs(); err == nil {
		r.Keys = operate.Epochs{Held: len(epochs), Left: a.Keys.Current().Begun.Add(a.Config.EpochLength).Sub(a.Config.Now())}
	}
	if p := o.probed.Load(); p != nil {
		r.Probe = *p
	} else {
		r.Probe = operate.Probe{Err: errors.New("nothing was written yet")}
	}
	return r
}

// serveMetrics answers Prometheus at an address of its own until ctx ends.
func (o *operations) serveMetrics(ctx context.Context) error {
	l, err := net.Listen("tcp", o.app.Config.Metrics)
	if err != nil {
		return fmt.Errorf("option metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", o.metrics.Handler())
	mux.HandleFunc("GET /livez", o.health.Live)
	mux.HandleFunc("GET /readyz", o.health.Ready)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.Serve(l); ctx.Err() == nil {
		return err
	}
	return nil
}
