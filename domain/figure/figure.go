// Package figure keeps one stream per reported quantity, an indicator in a period,
// with its editions: proposed by one person, approved by another, published, and
// frozen for ever (events.md 4.14, 5.11; counting.md 7). An edition is never
// edited: a later one supersedes it, and both stay.
package figure

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream figure.
var Aggregate = domain.Define(domain.Aggregate[Figure]{
	Category: "figure",
	New:      func() *Figure { return &Figure{} },
	Events: []domain.EventType[Figure]{
		domain.Happens[Figure, Proposed]("figure.proposed"),
		domain.Happens[Figure, ProposalWithdrawn]("figure.proposal_withdrawn"),
		domain.Happens[Figure, Approved]("figure.approved"),
		domain.Happens[Figure, Rejected]("figure.rejected"),
		domain.Happens[Figure, Published]("figure.published"),
		domain.Happens[Figure, Corrected]("figure.corrected"),
		domain.Happens[Figure, Imported]("figure.imported"),
		domain.Happens[Figure, DifferenceExplained]("figure.difference_explained"),
		domain.Happens[Figure, Verified]("figure.verified"),
		domain.Happens[Figure, Sealed]("figure.sealed"),
	},
	Commands: []domain.CommandType[Figure]{
		domain.MayBegin[Figure, Propose]("figure.propose", domain.Analyst),
		domain.Can[Figure, WithdrawProposal]("figure.withdraw_proposal", domain.Analyst),
		domain.Can[Figure, Approve]("figure.approve", domain.Manager),
		domain.Can[Figure, Reject]("figure.reject", domain.Manager),
		domain.Can[Figure, Publish]("figure.publish", domain.Analyst, domain.Manager),
		domain.Can[Figure, Correct]("figure.correct", domain.Manager),
		domain.MayBegin[Figure, Import]("figure.import", domain.Analyst),
		domain.Can[Figure, ExplainDifference]("figure.explain_difference", domain.Analyst, domain.System),
		domain.Can[Figure, Verify]("figure.verify", domain.Auditor, domain.Analyst, domain.System),
		domain.Can[Figure, Seal]("figure.seal", domain.Manager, domain.System),
	},
})

// The states of an edition (events.md 5.11).
const (
	StateProposed   = "proposed"
	StateWithdrawn  = "withdrawn"
	StateRejected   = "rejected"
	StateApproved   = "approved"
	StatePublished  = "published"
	StateCorrection = "published_as_correction"
	StateSuperseded = "superseded"
)

// Figure is the folded state of one stream.
type Figure struct {
	Indicator string // with its scope: C1@D-TKY
	Period    japan.Period
	Editions  []*Edition   // by number, from 1
	Imports   []*Statement // each replaces the one before
	Seals     []*SealHeld  // in order of the log; each replaces the one before
}

// Edition is one count of the quantity on its way to the public.
type Edition struct {
	Proposed
	State      string
	ProposedBy string
	ProposedOn japan.Date
	DecidedBy  string // who approved or rejected it
	DecidedOn  japan.Date
	Why        string // of a rejection or a withdrawal

	Status      string // preliminary, final or corrected; "" before it is published
	Outlet      string
	PublishedOn japan.Date
	PublishedBy string
	Document    string // SHA-256 of the document it stands in
	UnitStated  bool
	Basis       string // of a comparison printed beside it
	AsOfText    string
	Note        string
	Reason      string // of a correction
	Replaces    int    // edition that it replaces; 0: none
	ReplacedBy  int    // edition that supersedes it; 0: none
	Explained   []Explanation
	Verified    []Check
}

// Public tells whether the edition was published, superseded or not.
func (e *Edition) Public() bool { return e.Status != "" }

// Counted is what the proposal counted.
func (e *Edition) Counted() domain.Counted {
	return domain.Counted{Version: e.Version, Definition: e.Definition, Position: uint64(e.LogPosition), Value: e.Value, Members: e.Members}
}

// Asked is the question that the edition answers, at the position it answered at.
func (f *Figure) Asked(e *Edition) domain.Asked {
	return domain.Asked{Indicator: f.Indicator, Version: e.Version, Period: f.Period, KnownAt: e.KnownAt, Position: uint64(e.LogPosition)}
}

// edition answers the edition of a number; nil if there is none.
func (f *Figure) edition(no int) *Edition {
	if no < 1 || no > len(f.Editions) {
		return nil
	}
	return f.Editions[no-1]
}

// current answers the edition that stands published and is not superseded.
func (f *Figure) current() *Edition {
	for _, e := range f.Editions {
		if e.State == StatePublished || e.State == StateCorrection {
			return e
		}
	}
	return nil
}

// supersede notes that a later edition took the place of the published one.
func (f *Figure) supersede(by *Edition) {
	if e := f.current(); e != nil && e != by {
		e.State, e.ReplacedBy = StateSuperseded, by.Edition
		by.Replaces = e.Edition
	}
}

type event = domain.Event[Figure]
