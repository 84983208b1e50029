package figure

import (
	"slices"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/ledger"
)

// Sealed: a responsible officer signed an edition away from the server (proof.md 4).
// The seal stands in the log with the checkpoint of the tree it names, so that two
// seals for one quantity cannot be hidden.
type Sealed struct {
	Edition    int    `fact:"edition,int"`
	Seal       string `fact:"seal,word"`       // signed note
	Checkpoint string `fact:"checkpoint,word"` // signed note
	Digest     string `fact:"seal_digest,digest,made"`
}

func (e *Sealed) Apply(f *Figure, env domain.Envelope) {
	if at := f.edition(e.Edition); at != nil {
		f.Seals = append(f.Seals[:len(f.Seals):len(f.Seals)], &SealHeld{Sealed: *e, Position: env.Position, By: env.RecordedBy})
	}
}

// SealHeld is a seal with its place in the log.
type SealHeld struct {
	Sealed
	Position uint64
	By       string
}

// Seal enters a signed seal. Whether the signature, the tree and the seal before it
// are right is looked at before: here it must state the edition, and name the last
// seal of the same quantity if there is one.
type Seal struct{ Sealed }

func (c *Seal) Decide(f *Figure, _ domain.Intent) ([]event, error) {
	e := f.edition(c.Edition)
	if e == nil {
		return nil, domain.RefuseField("entity.unknown", "edition")
	}
	same := func(h *SealHeld) bool { return h.Seal == c.Seal && h.Edition == c.Edition }
	if slices.ContainsFunc(f.Seals, same) {
		return nil, nil
	}
	s, err := ledger.ReadSeal(c.Seal)
	switch {
	case e.State != StateApproved && !e.Public():
		return nil, domain.Refuse("figure.state")
	case err != nil || !e.stated(f, s):
		return nil, domain.RefuseField("figure.seal", "seal")
	}
	c.Digest = ledger.SumOf([]byte(c.Seal))
	return []event{&c.Sealed}, nil
}

// stated tells whether a seal says what the edition says.
func (e *Edition) stated(f *Figure, s *ledger.Seal) bool {
	over := "-"
	if e.Numerator != nil && e.Denominator != nil {
		over = strconv.Itoa(*e.Numerator) + "/" + strconv.Itoa(*e.Denominator)
	}
	replaces := "-"
	if n := len(f.Seals); n > 0 {
		replaces = f.Seals[n-1].Digest
	}
	return s.Indicator == f.Indicator && s.Version == e.Version && s.From == f.Period.From.String() && s.To == f.Period.To.String() &&
		s.Position == uint64(e.LogPosition) && s.KnownAt == e.KnownAt.String() && s.Value == e.Value && s.Over == over &&
		s.MembersSum == e.Members && s.Replaces == replaces && s.Status == e.SealStatus()
}

// SealStatus is the status of an edition as a seal states it.
func (e *Edition) SealStatus() string {
	if e.Status == "" {
		return StateApproved
	}
	return e.Status
}
