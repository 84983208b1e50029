package web

import (
	"context"
	"time"

	"ayumi/domain"
	"ayumi/domain/certificate"
	"ayumi/domain/letter"
	"ayumi/domain/workplan"
	"ayumi/projections"
)

// Door is the one audited way to sealed texts.
type Door interface {
	// Open answers, for each event, the texts that may be shown: field → owner →
	// text. The access log is written first; ErrUnseen if it cannot be.
	Open(ctx context.Context, g Glance, events ...domain.Recorded) ([]Opened, error)
	// Elsewhere tells whether somebody must say why before a person's record is opened:
	// another desk of the prefecture keeps it. ErrUnseen if the access log cannot be read.
	Elsewhere(ctx context.Context, who domain.Actor, person string) (bool, error)
}

// Glance is what somebody wants to see.
type Glance struct {
	Who     domain.Actor
	Subject string // whose record it is about
	Reason  string // page or purpose code
	Act     string // default view
	Classes string // "P" or "PX"
	Matter  string // the data-protection matter it is for, if it is for one
}

// Opened are the texts of one event.
type Opened map[string]map[string]Text

// Text is one sealed field as it may be shown.
type Text struct {
	Value  string
	Erased bool // the key is destroyed
	By     domain.ErasedBy
}

// first is the text of a field that has one owner.
func (o Opened) first(field string) string {
	for _, t := range o[field] {
		return t.Value
	}
	return ""
}

func (o Opened) erased() bool {
	for _, t := range o[""] {
		return t.Erased
	}
	return false
}

// erasedBy is the decision by which they were erased.
func (o Opened) erasedBy() domain.ErasedBy {
	for _, t := range o[""] {
		return t.By
	}
	return domain.ErasedBy{}
}

// People finds persons by what is remembered of them. The search itself is in
// the access log before it answers; ErrUnseen if it cannot be written.
type People interface {
	Search(ctx context.Context, who domain.Actor, text string, limit int) (PeopleFound, error)
	// Near finds who shares something with what was said, Like who is like somebody
	// about to be recorded, by the points of handbook.md 7.4; best first, and in the
	// access log as a search is.
	Near(ctx context.Context, who domain.Actor, text string, limit int) (PeopleFound, error)
	Like(ctx context.Context, who domain.Actor, d Described) (PeopleFound, error)
	// Alike tells what two records share and what speaks against it. It shows nothing
	// of what the records hold.
	Alike(who domain.Actor, a, b string) []ReasonFound
	// Hidden answers a text in which others are not called by name or phone: mark
	// stands in each such place, and how many there are is told.
	Hidden(ctx context.Context, text string, own, others []string, mark string) (string, int, error)
}

// PeopleFound is the answer of a search.
type PeopleFound struct {
	ReadAs []string // codes of the list signals
	Words  []Option // of Near: each word with the signal it was read as
	Hits   []PersonFound
	Hidden int // records of the own prefecture this reader may only know to exist
	Abroad int // such records of another one
	More   bool
}

// PersonFound is one human being found, with the signals that matched.
type PersonFound struct {
	ID            string
	Number        int
	Name, Reading string
	Points        int
	Reasons       []ReasonFound
	Restricted    bool
	Confidential  bool
}

// ReasonFound is a signal that matched, with its points; of Near how much of a name
// it was, and how that was typed and is kept.
type ReasonFound struct {
	Signal             string
	Points             int
	How, Typed, Stored string
}

// Described is what was told of somebody about to be recorded. BirthDate is
// YYYY-MM-DD or YYYY; contacts are named phone, mobile, mail or line.
type Described struct {
	Family, Given, FamilyKana, GivenKana, BirthDate string
	Contacts                                        []Option
}

// Press prints annual sheets and introduction papers.
type Press interface {
	// Events answers the events of a sheet up to a position, or up to the
	// publication of an edition above zero; projections.ErrUnknown if there are none.
	Events(ctx context.Context, id string, upto uint64, edition int) ([]projections.Entry, error)
	// Paper lays out the sheet that events make, in a language.
	Paper(ctx context.Context, events []projections.Entry, language, head string) (workplan.Paper, error)
	// Compare sets two editions of the sheet that events make side by side: numbers,
	// draft, or "" for what is usual; projections.ErrUnknown if there is none.
	Compare(events []projections.Entry, left, right string) (workplan.Comparison, error)
	// Letter prints an introduction paper as PDF.
	Letter(p letter.Printing) ([]byte, error)
	// Certificate prints a certificate of consultations as PDF.
	Certificate(p certificate.Printing) ([]byte, error)
	// Print writes a paper as a file of one of workplan.Kinds.
	Print(d workplan.Paper, kind string) (workplan.File, error)
}

// BusStatus says how the line between the log and the pages stands.
type BusStatus struct {
	Word               string // bus.ok, bus.behind, bus.rebuilding, bus.down, bus.operator
	Bus, Store, Proven uint64
	Since              time.Time
	Cause              string
}
