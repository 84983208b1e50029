package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Operation is what an operator wants to know of an instance beside its log and its
// read models. Engines and Duty are codes of the tables of words.
type Operation struct {
	Engines  [][2]string // what, and where it lies
	Duty     string      // writes or watches: whether this instance writes the read models
	Replicas int
	Epochs   []KeyEpoch
	Out      OutsideState
	Webhooks map[string]int // receivers of every prefecture, by state
	Probe    time.Duration  // what the last write that was tried took
	ProbeBad string         // why it was in vain
	Free     uint64         // bytes left where the data lies; 0: not known
}

// KeyEpoch is one epoch whose key is still there.
type KeyEpoch struct {
	Epoch       int64
	Begun, Ends time.Time
	Current     bool
}

// OutsideState is where the stream for consumers outside stands.
type OutsideState struct {
	On                 bool
	Word               string // as BusStatus.Word
	Messages, Position uint64
	Cause              string
}

// Operations tells of this instance and does what an operator may.
type Operations interface {
	Operation(ctx context.Context) (Operation, error)
	// Remake begins to make a read model again beside the one that answers. ErrElsewhere
	// where another instance writes.
	Remake(ctx context.Context, model string) error
}

// ErrElsewhere: another instance writes the read models.
var ErrElsewhere = errors.New("another instance writes the read models")

// OperationCards are the parts of the page that only an operator sees.
type OperationCards struct {
	W        *locale.Words
	Engines  []Pair
	Epochs   []EpochRow
	Outside  Chip
	OutFacts []Pair
	Hooks    []Pair
	Aside    []AsideRow
	Models   []Option // that can be made again
	Asked    string   // what became of a wish just now
}

// EpochRow is one epoch of keys.
type EpochRow struct {
	No, Begun, Ends string
	State           Chip
}

// AsideRow is one event that was set aside.
type AsideRow struct{ Model, Number, Event, Reason string }

func (s *Site) operationCards(r *http.Request, v Visitor, asked string) (*OperationCards, error) {
	if s.config.Operations == nil || !v.holds("AD") {
		return nil, nil
	}
	o, err := s.config.Operations.Operation(r.Context())
	if err != nil {
		return nil, err
	}
	w := v.W.Operation
	cards := &OperationCards{W: v.W, Asked: asked}
	for _, e := range o.Engines {
		cards.Engines = append(cards.Engines, Pair{w.Engines[e[0]], w.Places[e[1]], ""})
	}
	cards.Engines = append(cards.Engines, Pair{w.Duty, w.Duties[o.Duty], ""}, Pair{w.Probe, v.W.Number(int(o.Probe.Milliseconds())) + " " + w.Milliseconds, ""})
	if o.Replicas > 1 {
		cards.Engines = append(cards.Engines, Pair{w.Replicas, v.W.Number(o.Replicas), ""})
	}
	if o.ProbeBad != "" {
		cards.Engines = append(cards.Engines, Pair{w.ProbeBad, o.ProbeBad, ""})
	}
	if o.Free > 0 {
		cards.Engines = append(cards.Engines, Pair{w.Free, v.W.Number(int(o.Free>>20)) + " MB", ""})
	}
	for _, e := range o.Epochs {
		row := EpochRow{strconv.FormatInt(e.Epoch, 10), v.W.DateTime(e.Begun), v.W.DateTime(e.Ends), Chip{"gray", "", w.EpochOld}}
		if e.Current {
			row.State = Chip{"green", "check", w.EpochNow}
		}
		cards.Epochs = append(cards.Epochs, row)
	}
	cards.outside(v, o.Out)
	for _, state := range []string{"active", "paused", "failed", "gone"} {
		if n := o.Webhooks[state]; n > 0 {
			cards.Hooks = append(cards.Hooks, Pair{v.W.Webhook.States[state], v.W.Number(n), ""})
		}
	}
	for _, st := range s.config.Reads.Status() {
		cards.Models = append(cards.Models, Option{Value: st.Name, Text: v.W.Status.Models[st.Name]})
		if st.Parked == 0 {
			continue
		}
		list, err := s.config.Reads.SetAside(r.Context(), st.Name, mostAside)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			cards.Aside = append(cards.Aside, AsideRow{v.W.Status.Models[st.Name], recordNumber(a.Position), v.W.Event(a.Type), a.Reason})
		}
	}
	return cards, nil
}

// mostAside is how many events that were set aside are shown of a read model.
const mostAside = 50

func (c *OperationCards) outside(v Visitor, o OutsideState) {
	w := v.W.Operation
	switch {
	case !o.On:
		c.Outside = Chip{"gray", "", w.OutsideOff}
		return
	case o.Word == "bus.ok":
		c.Outside = Chip{"green", "check", v.W.Status.Lines[o.Word]}
	default:
		c.Outside = Chip{"yellow", "warn", v.W.Status.Lines[o.Word]}
	}
	c.OutFacts = []Pair{{w.Messages, v.W.Number(int(o.Messages)), ""}, {v.W.Status.Position, recordNumber(o.Position), ""}}
	if o.Cause != "" {
		c.OutFacts = append(c.OutFacts, Pair{v.W.Status.Reason, o.Cause, ""})
	}
}

// remake begins to make a read model again: what was set aside is tried again.
func (s *Site) remake(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	model := r.PostFormValue("model")
	known := false
	for _, st := range s.config.Reads.Status() {
		known = known || st.Name == model
	}
	if !known || s.config.Operations == nil {
		return ErrMissing
	}
	err := s.config.Operations.Remake(r.Context(), model)
	asked := v.W.Operation.Remade(v.W.Status.Models[model])
	if errors.Is(err, ErrElsewhere) {
		asked, err = v.W.Operation.Elsewhere, nil
	}
	if err != nil {
		return err
	}
	return s.showStatus(w, r, v, asked)
}

// lagOf says since when a read model has been behind.
func lagOf(v Visitor, st projections.Status) string {
	if st.Lag <= 0 {
		return ""
	}
	return v.W.Operation.Lag(strconv.FormatFloat(st.Lag.Seconds(), 'f', 1, 64))
}
