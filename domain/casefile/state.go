package casefile

import (
	"maps"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// State is where a case stands (events.md 5.2). Disposal is told by its record
// volume, not by the case.
type State string

// The states a case itself can reach.
const (
	StateUnopened State = ""
	StateOpen     State = "open"
	StateActive   State = "active"
	StateDormant  State = "dormant"
	StateClosed   State = "closed"
)

// Case is the folded state of one stream.
type Case struct {
	ID, Controller string
	Lead           string // the person the case was opened for
	Prior          string // earlier case of the person, if named
	NewEpisode     bool
	TargetPref     string
	Aims           []string
	Wishes         Wishes
	State          State
	Stage          string
	Outcome        string // while closed
	ClosedOn       japan.Date
	OpenedOn       japan.Date
	Contacted      japan.Date // latest day of a contact
	Owner, Desk    string     // as last recorded
	Handover       Handover
	Members        map[string]*Member // beside the lead
	Tasks          map[string]*Task
	Notes          map[string]bool // by the event that wrote it: read by who keeps the case
	Documents      map[string]*Document
	Links          map[string]*Link // by the other case
	Bookings       map[string]*Booking
	Consultations  map[string]*Consultation
	MessageDays    map[MessageDayKey]*MessageDay
	Outbound       map[string]bool
	Certificates   map[string]*Certificate
	Visits         map[string]*Visit

	owners []ownership
	outcomes
}

// ownership is who kept the case, and where, from a day on.
type ownership struct {
	from        japan.Date
	owner, desk string
}

func newCase() *Case {
	return &Case{
		Members:       map[string]*Member{},
		Tasks:         map[string]*Task{},
		Notes:         map[string]bool{},
		Documents:     map[string]*Document{},
		Links:         map[string]*Link{},
		Bookings:      map[string]*Booking{},
		Consultations: map[string]*Consultation{},
		MessageDays:   map[MessageDayKey]*MessageDay{},
		Outbound:      map[string]bool{},
		Certificates:  map[string]*Certificate{},
		Visits:        map[string]*Visit{},
		outcomes:      newOutcomes(),
	}
}

// Now answers what other streams may know of the case.
func (c *Case) Now() domain.CaseNow {
	on, achieved := c.achieved()
	return domain.CaseNow{
		ID: c.ID, Controller: c.Controller, Lead: c.Lead, Owner: c.Owner, Desk: c.Desk,
		State: string(c.State), NewEpisode: c.NewEpisode, OpenedOn: c.OpenedOn,
		Achieved: achieved, AchievedOn: on, Members: c.members(),
	}
}

// OwnedOn answers the account and desk that kept the case on a day: the last
// ownership that began by then, the later recorded one of equal days.
func (c *Case) OwnedOn(day japan.Date) (owner, desk string) {
	for _, o := range c.owners {
		if o.from > day {
			break
		}
		owner, desk = o.owner, o.desk
	}
	return owner, desk
}

// keep records an ownership. Owner and Desk follow the order of recording, the
// list the order of days.
func (c *Case) keep(from japan.Date, owner, desk string) {
	c.Owner, c.Desk = owner, desk
	i, _ := slices.BinarySearchFunc(c.owners, from, func(o ownership, day japan.Date) int {
		if o.from <= day {
			return -1
		}
		return 1
	})
	c.owners = slices.Insert(c.owners, i, ownership{from, owner, desk})
}

// contact notes a contact on a day; it wakes a dormant case.
func (c *Case) contact(on japan.Date) {
	c.Contacted = max(c.Contacted, on)
	if c.State == StateDormant {
		c.State = StateActive
	}
}

// engage is a contact that also begins the work on an open case.
func (c *Case) engage(on japan.Date) {
	c.contact(on)
	if c.State == StateOpen {
		c.State = StateActive
	}
}

// members lists who belongs to the party beside the lead, ascending.
func (c *Case) members() []string {
	out := slices.Sorted(maps.Keys(c.Members))
	return slices.DeleteFunc(out, func(id string) bool { return c.Members[id].Left })
}
