package domain

import (
	"time"

	"github.com/google/uuid"

	"ayumi/domain/japan"
)

// Intent is what a decision may know beside the state of its own stream: who,
// when, and what stands elsewhere. A decision asks nothing else.
type Intent struct {
	Command uuid.UUID // idempotency: events and new ids derive from it
	Actor   Actor
	Now     time.Time // the server's clock
	Stream  string    // id of the stream, without its category
	Version uint64    // of the stream, before the decision

	Occurred     japan.Date // JST day the thing happened; default today
	OccurredTime *int       // HHMM
	Precision    string     // default day
	OnBehalfOf   string
	Desk         string // default the actor's
	Controller   string // of the stream; of a new stream the actor's
	Source       string // default counter
	Batch        string
	Cause        string
	Correlation  string

	// Preview is the stream version at which the effect on figures was shown
	// before a correction; nil if none was shown.
	Preview *uint64

	Look    Neighbours
	Count   Counter
	Gates   Gates   // of a closing or a publication
	Erasing Erasing // of an erasure
	Terms   Terms   // of the controller
}

// Today is the JST day of Now.
func (in Intent) Today() japan.Date { return japan.DateOf(in.Now) }

// Is tells whether the actor holds one of the roles today.
func (in Intent) Is(roles ...Role) bool { return in.Actor.Has(in.Today(), roles...) }

// Previewed refuses a correction whose effect was not shown for the stream as it
// now stands (events.md 6, all streams).
func (in Intent) Previewed() error {
	if in.Preview == nil || *in.Preview != in.Version {
		return Refuse("preview.missing")
	}
	return nil
}

// NewID makes an id that a retry of the same command makes again.
func (in Intent) NewID(name string) string { return DeriveID(in.Command, name) }

// Neighbours answers from the newest state of other streams, without locking
// them (events.md 6). An unknown id answers the zero value and false.
type Neighbours interface {
	Person(id string) (PersonNow, bool)
	Case(id string) (CaseNow, bool)
	CasesOf(person string) []CaseNow
	Partner(id string) (PartnerNow, bool)
	Outreach(id string) (OutreachNow, bool)
	Account(id string) (AccountNow, bool)
	// Cutoff answers the cut-off of a kind that is in force for a fiscal year.
	Cutoff(controller string, year japan.FiscalYear, kind string) (CutoffNow, bool)
	// Figure answers an edition of a reported quantity; 0 asks for the quantity alone.
	Figure(id string, edition int) (FigureNow, bool)
	Rights(id string) (RightsNow, bool)
	Volume(id string) (VolumeNow, bool)
	// Opening tells how a desk stood at a JST day and HHMM.
	Opening(desk string, on japan.Date, at int) Opening
}

// PersonNow is what other aggregates may know of a person.
type PersonNow struct {
	ID, Controller string
	Kind           string // consultee or companion
	Anonymous      bool
	Named          bool
	State          string // active, merged, restricted, erasing, erased
	Into           string // survivor, when merged
	Restricted     []string
	Confidential   bool
	ConfidentialOn japan.Date // day the flag was set
	AddressOn      japan.Date // day the newest address was recorded
	ResidencePref  string
	Notices        []string // versions shown
	Consents       []ConsentNow
}

// ConsentNow is one consent with its scope; inactive ones are kept.
type ConsentNow struct {
	ID                         string
	Scope, Recipients, Fields  []string
	Until                      japan.Date
	Active, Withdrawn, Expired bool
}

// CaseNow is what other streams may know of a case.
type CaseNow struct {
	ID, Controller, Lead, Owner, Desk string
	State                             string // open, active, dormant, closed, disposed
	OpenedOn                          japan.Date
	NewEpisode                        bool
	Achieved                          bool // an outcome was reached
	AchievedOn                        japan.Date
	Members                           []string
}

// PartnerNow is what other streams may know of a partner.
type PartnerNow struct {
	ID, Controller, Kind, Relation, DefaultBasis string
	Ended                                        bool
}

// OutreachNow is what other streams may know of an outreach.
type OutreachNow struct {
	ID, Controller, Kind, State string
	From, To                    japan.Date
	Evening                     bool
}

// AccountNow is what other streams may know of an account.
type AccountNow struct {
	Actor
	Kind    string
	Engaged map[string]japan.Date // last day of an engagement, by audit; zero: no end
}

// CutoffNow is what other streams may know of a cut-off of a period: the last day
// that counts, the day that counts as known, and what its closing waived.
type CutoffNow struct {
	To, Known japan.Date
	Waived    []string
}

// FigureNow is what other streams may know of an edition of a figure: the question
// it answers, at the position it was counted at, and what was found.
type FigureNow struct {
	Controller string
	Public     bool // published, superseded or not
	Asked      Asked
	Counted    Counted
}

// RightsNow is what other streams may know of a data-protection matter.
type RightsNow struct {
	ID, Controller, Kind, Person, State string
	Result, Measure                     string     // "" before the decision
	ExecutedOn                          japan.Date // 0 before
}

// VolumeNow is what other streams may know of a record volume.
type VolumeNow struct {
	ID, Controller, State string
	RetainUntil           japan.Date // 0 before it is closed
	Held                  bool       // a hold stands
	Cases                 []string   // filed in it, ascending
}

// Opening is how a desk stands at one moment.
type Opening struct {
	Known      bool // hours were set for that day
	Open       bool // regular hours
	AfterHours bool // open, outside the regular hours
}
