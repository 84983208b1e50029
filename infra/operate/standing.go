package operate

import (
	"context"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// standing reads an instance whenever Prometheus asks, so that no figure is older than
// the question.
type standing struct {
	read func(ctx context.Context) Reading
	now  func() time.Time
}

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("ayumi_"+name, help, labels, nil)
}

var (
	logPosition  = desc("log_position", "Last position recorded.")
	busPosition  = desc("bus_position", "Last position the bus holds.")
	busState     = desc("bus_state", "1 for the state the bus is in: ok, behind, rebuilding, down.", "state")
	modelAt      = desc("read_model_position", "Last position in the tables of a read model.", "read_model", "version")
	modelBehind  = desc("read_model_behind_events", "Events a read model has still to take in.", "read_model")
	modelLag     = desc("read_model_lag_seconds", "Since when a read model has been behind; 0 if it is not.", "read_model")
	modelParked  = desc("read_model_parked_events", "Events set aside because they cannot be read.", "read_model")
	modelBuilt   = desc("read_model_built_ratio", "How much of a build under way is done; 1 if there is none.", "read_model")
	modelStopped = desc("read_model_stopped", "1 if a read model has stopped before an event it cannot read.", "read_model")
	leads        = desc("read_models_written", "1 if this instance writes the read models.")
	treeSize     = desc("checkpoint_size", "Leaves under the newest signed checkpoint.", "tree")
	treeAge      = desc("checkpoint_age_seconds", "Since the newest checkpoint was signed or seen.", "tree")
	treeState    = desc("checkpoint_state", "1 for the state of a tree.", "tree", "state")
	keysHeld     = desc("key_epochs", "Key epochs that can still be opened.")
	keysLeft     = desc("key_epoch_left_seconds", "What is left of the key epoch in use.")
	probeTook    = desc("store_probe_seconds", "Time of the last write tried where the log lies.")
	probeOK      = desc("store_probe_ok", "1 if that write reached the disk.")
	outAt        = desc("outside_position", "Last position of the log of which everything that leaves is on the stream for consumers outside.")
	outMessages  = desc("outside_messages", "Facts on the stream for consumers outside.")
	outState     = desc("outside_state", "1 for the state that stream is in.", "state")
	hooks        = desc("webhooks", "Receivers of webhooks by state: active, paused, failed, gone.", "state")
	hooksTrying  = desc("webhooks_trying", "Active receivers whose last delivery was in vain.")
	hooksAt      = desc("webhooks_position", "Position up to which every active receiver was told of everything; absent without one.")
	diskFree     = desc("data_free_bytes", "Bytes free where the data lies.")
)

func (s *standing) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{logPosition, busPosition, busState, modelAt, modelBehind, modelLag, modelParked, modelBuilt,
		modelStopped, leads, treeSize, treeAge, treeState, keysHeld, keysLeft, probeTook, probeOK, diskFree,
		outAt, outMessages, outState, hooks, hooksTrying, hooksAt} {
		to <- d
	}
}

// busStates are all a bus can be in.
var busStates = []string{"ok", "behind", "rebuilding", "down", "operator"}

func (s *standing) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	r, now := s.read(ctx), s.now()
	put := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	put(logPosition, float64(r.Head))
	put(busPosition, float64(r.Bus.Position))
	for _, state := range busStates {
		put(busState, yes(state == r.Bus.State), state)
	}
	for _, m := range r.ReadModels {
		put(modelAt, float64(m.Position), m.Name, strconv.Itoa(m.Version))
		put(modelBehind, float64(m.Behind), m.Name)
		put(modelLag, m.Lag.Seconds(), m.Name)
		put(modelParked, float64(m.Parked), m.Name)
		put(modelBuilt, float64(m.BuiltPercent)/100, m.Name)
		put(modelStopped, yes(m.State == "stopped"), m.Name)
	}
	put(leads, yes(r.Writes))
	for _, t := range r.Trees {
		put(treeSize, float64(t.Size), t.Name)
		if !t.At.IsZero() {
			put(treeAge, now.Sub(t.At).Seconds(), t.Name)
		}
		put(treeState, 1, t.Name, t.State)
	}
	put(keysHeld, float64(r.Keys.Held))
	put(keysLeft, r.Keys.Left.Seconds())
	put(probeTook, r.Probe.Took.Seconds())
	put(probeOK, yes(r.Probe.Err == nil && !r.Probe.At.IsZero()))
	put(diskFree, float64(r.Free))
	if o := r.Outside; o != nil {
		put(outAt, float64(o.Position))
		put(outMessages, float64(o.Messages))
		for _, state := range busStates {
			put(outState, yes(state == o.State), state)
		}
	}
	for _, state := range []string{"active", "paused", "failed", "gone"} {
		put(hooks, float64(r.Webhooks.States[state]), state)
	}
	put(hooksTrying, float64(r.Webhooks.Trying))
	if r.Webhooks.States["active"] > 0 {
		put(hooksAt, float64(r.Webhooks.Position))
	}
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
