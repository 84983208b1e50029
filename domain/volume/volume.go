// Package volume keeps one stream per record volume (簿冊): the cases filed in it,
// how long it is kept, and how it ends (events.md 4.18, 5.15; handbook.md 6.6).
package volume

import (
	"maps"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream volume.
var Aggregate = domain.Define(domain.Aggregate[Volume]{
	Category: "volume",
	New:      func() *Volume { return &Volume{Cases: map[string]bool{}, Holds: map[string]Hold{}} },
	Events: []domain.EventType[Volume]{
		domain.Happens[Volume, Opened]("volume.opened"),
		domain.Happens[Volume, CaseFiled]("volume.case_filed"),
		domain.Happens[Volume, CaseTakenOut]("volume.case_taken_out"),
		domain.Happens[Volume, Closed]("volume.closed"),
		domain.Happens[Volume, RetentionExtended]("volume.retention_extended"),
		domain.Happens[Volume, HoldPlaced]("volume.hold_placed"),
		domain.Happens[Volume, HoldLifted]("volume.hold_lifted"),
		domain.Happens[Volume, DisposalListed]("volume.disposal_listed"),
		domain.Happens[Volume, OpinionReceived]("volume.opinion_received"),
		domain.Happens[Volume, Disposed]("volume.disposed"),
		domain.Happens[Volume, Transferred]("volume.transferred"),
	},
	Commands: []domain.CommandType[Volume]{
		domain.Begins[Volume, Open]("volume.open", domain.Records),
		domain.Can[Volume, FileCase]("volume.file_case", domain.System, domain.Records),
		domain.Can[Volume, TakeOutCase]("volume.take_out_case", domain.System, domain.Records),
		domain.Can[Volume, Close]("volume.close", domain.Records),
		domain.Can[Volume, ExtendRetention]("volume.extend_retention", domain.Records),
		domain.Can[Volume, PlaceHold]("volume.place_hold", domain.Records, domain.Manager),
		domain.Can[Volume, LiftHold]("volume.lift_hold", domain.Records, domain.Manager),
		domain.Can[Volume, ListDisposal]("volume.list_disposal", domain.Records),
		domain.Can[Volume, ReceiveOpinion]("volume.receive_opinion", domain.Records),
		domain.Can[Volume, Dispose]("volume.dispose", domain.Manager),
		domain.Can[Volume, Transfer]("volume.transfer", domain.Records, domain.Manager),
	},
})

// The states of a volume (events.md 5.15).
const (
	StateOpen        = "open"
	StateRetained    = "retained"
	StateHeld        = "held"
	StateListed      = "listed"
	StateDisposed    = "disposed"
	StateTransferred = "transferred"
)

// Consultations is the series that closed cases are filed in by themselves.
const Consultations = "consultation"

// Volume is the folded state of one stream.
type Volume struct {
	ID          string
	Controller  string
	State       string
	Year        japan.FiscalYear
	Series      string
	Title       string
	Years       int // of retention, as opened
	End         string
	Cases       map[string]bool
	RetainFrom  japan.Date // 0 before it is closed
	RetainUntil japan.Date
	Holds       map[string]Hold
	Listing     *DisposalListed // the one that stands
	Opinions    []Opinion
	EndedOn     japan.Date
}

// Hold keeps a volume from being disposed of.
type Hold struct {
	Ground string
	Lifted bool
}

// Opinion is one that came in on the list; who sent it is sealed.
type Opinion struct {
	Stance   string
	On       japan.Date
	Contact  string
	Position uint64
}

type event = domain.Event[Volume]

// Ended tells whether the volume is gone from the office.
func (v *Volume) Ended() bool { return v.State == StateDisposed || v.State == StateTransferred }

// Filed lists the cases in the volume, ascending.
func (v *Volume) Filed() []string { return slices.Sorted(maps.Keys(v.Cases)) }

// Now is what other streams may know of the volume.
func (v *Volume) Now() domain.VolumeNow {
	return domain.VolumeNow{ID: v.ID, Controller: v.Controller, State: v.State, RetainUntil: v.RetainUntil, Held: v.held(), Cases: v.Filed()}
}

func (v *Volume) held() bool {
	for _, h := range v.Holds {
		if !h.Lifted {
			return true
		}
	}
	return false
}

func (v *Volume) in(states ...string) error {
	if !slices.Contains(states, v.State) {
		return domain.Refuse("volume.state")
	}
	return nil
}

// Opened: a volume of a fiscal year and series.
type Opened struct {
	FY             int    `fact:"fy,int"`
	Series         string `fact:"series,token"`
	RetentionYears int    `fact:"retention_years,int"`
	EndAction      string `fact:"end_action,code"`
	Title          string `fact:"title,word"`
}

func (e *Opened) Apply(v *Volume, env domain.Envelope) {
	_, v.ID = domain.SplitStream(env.Stream)
	v.Controller, v.State = env.Controller, StateOpen
	v.Year, v.Series, v.Title, v.Years, v.End = japan.FiscalYear(e.FY), e.Series, e.Title, e.RetentionYears, e.EndAction
}

// Open begins a volume.
type Open struct{ Opened }

func (c *Open) Decide(v *Volume, _ domain.Intent) ([]event, error) {
	switch {
	case v.State != "":
		return nil, nil
	case c.FY < 1900 || c.FY > 9000:
		return nil, domain.RefuseField("field.range", "fy")
	case c.RetentionYears < 1 || c.RetentionYears > 100:
		return nil, domain.RefuseField("field.range", "retention_years")
	}
	return []event{&c.Opened}, nil
}

// CaseFiled: a closed case lies in the volume.
type CaseFiled struct {
	Case string `fact:"case,id"`
}

func (e *CaseFiled) Apply(v *Volume, _ domain.Envelope) {
	v.Cases = maps.Clone(v.Cases)
	v.Cases[e.Case] = true
}

// FileCase files a closed case of the same controller.
type FileCase struct{ CaseFiled }

func (c *FileCase) Decide(v *Volume, in domain.Intent) ([]event, error) {
	if v.Cases[c.Case] {
		return nil, nil
	}
	if err := v.in(StateOpen); err != nil {
		return nil, err
	}
	k, ok := in.Look.Case(c.Case)
	switch {
	case !ok || k.Controller != in.Controller:
		return nil, domain.RefuseField("entity.unknown", "case")
	case k.State != "closed":
		return nil, domain.RefuseField("volume.case_open", "case")
	}
	return []event{&c.CaseFiled}, nil
}

// CaseTakenOut: it lies there no longer.
type CaseTakenOut struct {
	Case   string `fact:"case,id"`
	Reason string `fact:"reason,code=reopened|error"`
}

func (e *CaseTakenOut) Apply(v *Volume, _ domain.Envelope) {
	v.Cases = maps.Clone(v.Cases)
	delete(v.Cases, e.Case)
}

// TakeOutCase takes a case out of a volume that is still kept.
type TakeOutCase struct{ CaseTakenOut }

func (c *TakeOutCase) Decide(v *Volume, _ domain.Intent) ([]event, error) {
	if v.Ended() {
		return nil, domain.Refuse("volume.state")
	}
	if !v.Cases[c.Case] {
		return nil, nil
	}
	return []event{&c.CaseTakenOut}, nil
}
