package volume

import (
	"maps"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Closed: the volume is complete; it is kept from the next 1 April on.
type Closed struct {
	CompletedFY int        `fact:"completed_fy,int,made"`
	RetainFrom  japan.Date `fact:"retain_from,date,made"`
	RetainUntil japan.Date `fact:"retain_until,date,made"`
}

func (e *Closed) Apply(v *Volume, _ domain.Envelope) {
	v.State, v.RetainFrom, v.RetainUntil = StateRetained, e.RetainFrom, e.RetainUntil
}

// Close completes the volume once its year is over.
type Close struct{ Closed }

func (c *Close) Decide(v *Volume, in domain.Intent) ([]event, error) {
	if v.State == StateRetained {
		return nil, nil
	}
	if err := v.in(StateOpen); err != nil {
		return nil, err
	}
	if in.Today() <= v.Year.Last() {
		return nil, domain.Refuse("volume.year_running")
	}
	return []event{&Closed{CompletedFY: int(v.Year), RetainFrom: (v.Year + 1).First(), RetainUntil: (v.Year + japan.FiscalYear(v.Years)).Last()}}, nil
}

// RetentionExtended: it is kept longer.
type RetentionExtended struct {
	Until  japan.Date `fact:"until,date"`
	Reason string     `fact:"reason,code=still_needed|audit|lawsuit|request|opinion|other"`
}

func (e *RetentionExtended) Apply(v *Volume, _ domain.Envelope) {
	v.State, v.RetainUntil, v.Listing = StateRetained, e.Until, nil
}

// ExtendRetention keeps it longer; a list that stood no longer holds.
type ExtendRetention struct{ RetentionExtended }

func (c *ExtendRetention) Decide(v *Volume, _ domain.Intent) ([]event, error) {
	if v.State == StateRetained && v.RetainUntil == c.Until {
		return nil, nil
	}
	if err := v.in(StateRetained, StateListed); err != nil {
		return nil, err
	}
	if c.Until <= v.RetainUntil {
		return nil, domain.RefuseField("date.order", "until")
	}
	return []event{&c.RetentionExtended}, nil
}

// HoldPlaced: nothing of the volume may be disposed of.
type HoldPlaced struct {
	Hold   string `fact:"hold,id,new"`
	Ground string `fact:"ground,code=lawsuit|audit|request|other"`
}

func (e *HoldPlaced) Apply(v *Volume, _ domain.Envelope) {
	v.Holds = maps.Clone(v.Holds)
	v.Holds[e.Hold] = Hold{Ground: e.Ground}
	v.State, v.Listing = StateHeld, nil
}

// PlaceHold keeps a volume; several holds may stand at once.
type PlaceHold struct{ HoldPlaced }

func (c *PlaceHold) Decide(v *Volume, _ domain.Intent) ([]event, error) {
	if _, have := v.Holds[c.Hold]; have {
		return nil, nil
	}
	if err := v.in(StateRetained, StateListed, StateHeld); err != nil {
		return nil, err
	}
	return []event{&c.HoldPlaced}, nil
}

// HoldLifted: one hold is gone.
type HoldLifted struct {
	Hold   string `fact:"hold,id"`
	Ground string `fact:"ground,code=lawsuit|audit|request|other"`
}

func (e *HoldLifted) Apply(v *Volume, _ domain.Envelope) {
	h := v.Holds[e.Hold]
	h.Lifted = true
	v.Holds = maps.Clone(v.Holds)
	v.Holds[e.Hold] = h
	if !v.held() {
		v.State = StateRetained
	}
}

// LiftHold lifts one; the volume is free when none stands.
type LiftHold struct{ HoldLifted }

func (c *LiftHold) Decide(v *Volume, _ domain.Intent) ([]event, error) {
	switch h, have := v.Holds[c.Hold]; {
	case !have:
		return nil, domain.RefuseField("entity.unknown", "hold")
	case h.Lifted:
		return nil, nil
	}
	return []event{&c.HoldLifted}, nil
}

// DisposalListed: that the volume is to go was published, with the last day for
// opinions. Document is the digest of the published list.
type DisposalListed struct {
	PublishedOn  japan.Date `fact:"published_on,date"`
	CommentUntil japan.Date `fact:"comment_until,date"`
	Document     string     `fact:"document,digest"`
}

func (e *DisposalListed) Apply(v *Volume, _ domain.Envelope) {
	listing := *e
	v.State, v.Listing = StateListed, &listing
}

// ListDisposal publishes it, a month or more ahead.
type ListDisposal struct{ DisposalListed }

func (c *ListDisposal) Decide(v *Volume, in domain.Intent) ([]event, error) {
	if v.State == StateListed && *v.Listing == c.DisposalListed {
		return nil, nil
	}
	if v.held() {
		return nil, domain.Refuse("volume.hold")
	}
	if err := v.in(StateRetained); err != nil {
		return nil, err
	}
	switch {
	case c.PublishedOn > in.Today():
		return nil, domain.RefuseField("date.in_future", "published_on")
	case c.CommentUntil < c.PublishedOn.AddMonths(in.Terms.CommentMonths):
		return nil, domain.RefuseField("volume.comment", "comment_until")
	}
	return []event{&c.DisposalListed}, nil
}

// OpinionReceived: somebody said something about the list.
type OpinionReceived struct {
	Stance  string `fact:"stance,code=keep|dispose|other"`
	Contact string `fact:"contact,id,new"`
	Sender  string `sealed:"sender?,P,owner=contact"`
	Words   string `sealed:"words?,X,owner=contact"`
}

func (e *OpinionReceived) Apply(v *Volume, env domain.Envelope) {
	v.Opinions = append(slices.Clip(v.Opinions), Opinion{e.Stance, env.Occurred, e.Contact, env.Position})
}

// ReceiveOpinion records one while the list stands.
type ReceiveOpinion struct{ OpinionReceived }

func (c *ReceiveOpinion) Decide(v *Volume, _ domain.Intent) ([]event, error) {
	if slices.ContainsFunc(v.Opinions, func(o Opinion) bool { return o.Contact == c.Contact }) {
		return nil, nil
	}
	if err := v.in(StateListed); err != nil {
		return nil, err
	}
	return []event{&c.OpinionReceived}, nil
}

// ending demands what holds before a volume goes: published, the month over, no
// hold, its retention over, and the end that was set for it.
func (v *Volume) ending(in domain.Intent, end string) error {
	if v.held() {
		return domain.Refuse("volume.hold")
	}
	if err := v.in(StateListed); err != nil {
		return err
	}
	switch {
	case in.Today() <= v.Listing.CommentUntil:
		return domain.Refuse("volume.comment")
	case in.Today() <= v.RetainUntil:
		return domain.Refuse("volume.retention")
	case v.End != end:
		return domain.Refuse("volume.end_action")
	}
	return nil
}

// Disposed: the volume is gone. How many cases and persons it held is counted.
type Disposed struct {
	Cases   int `fact:"cases,int,made"`
	Persons int `fact:"persons,int,made"`
}

func (e *Disposed) Apply(v *Volume, env domain.Envelope) {
	v.State, v.EndedOn = StateDisposed, env.Occurred
}

// Dispose disposes of the volume.
type Dispose struct{ Disposed }

func (c *Dispose) Decide(v *Volume, in domain.Intent) ([]event, error) {
	if v.State == StateDisposed {
		return nil, nil
	}
	if err := v.ending(in, "dispose"); err != nil {
		return nil, err
	}
	persons := map[string]bool{}
	for _, id := range v.Filed() {
		k, _ := in.Look.Case(id)
		for _, p := range append(k.Members, k.Lead) {
			if p != "" {
				persons[p] = true
			}
		}
	}
	return []event{&Disposed{Cases: len(v.Cases), Persons: len(persons)}}, nil
}

// Transferred: the archives (公文書館) took it over under a number of theirs.
type Transferred struct {
	ArchivesRef string `fact:"archives_ref,word"`
	Cases       int    `fact:"cases,int,made"`
}

func (e *Transferred) Apply(v *Volume, env domain.Envelope) {
	v.State, v.EndedOn = StateTransferred, env.Occurred
}

// Transfer hands it over.
type Transfer struct{ Transferred }

func (c *Transfer) Decide(v *Volume, in domain.Intent) ([]event, error) {
	if v.State == StateTransferred {
		return nil, nil
	}
	if err := v.ending(in, "archives"); err != nil {
		return nil, err
	}
	return []event{&Transferred{ArchivesRef: c.ArchivesRef, Cases: len(v.Cases)}}, nil
}
