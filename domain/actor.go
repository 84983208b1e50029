package domain

import (
	"slices"
	"time"

	"ayumi/domain/japan"
)

// Role is what an account may do (handbook.md 10.1).
type Role string

// The roles.
const (
	Counsellor Role = "CO"
	Lead       Role = "LD"
	Partner    Role = "PT"
	Analyst    Role = "AN"
	Manager    Role = "MG" // approving officer
	Auditor    Role = "AU"
	Records    Role = "RO"
	Privacy    Role = "PO"
	Admin      Role = "AD"
	System     Role = "SY"
)

// Actor is who acts: an account as it stands at this moment.
type Actor struct {
	Account    string
	Roles      map[Role]japan.Date // last day of the grant; zero: no end
	Controller string
	Desk       string
	Partner    string // for PT: the partner it belongs to
	Closed     bool   // suspended or closed
	// Emergencies are the persons whose data it has opened beyond its rights, each
	// until an instant.
	Emergencies map[string]time.Time
}

// InEmergency tells whether the actor has opened a person and may still look.
func (a Actor) InEmergency(person string, at time.Time) bool {
	until, opened := a.Emergencies[person]
	return opened && at.Before(until)
}

// Has tells whether the actor holds one of the roles on a day.
func (a Actor) Has(on japan.Date, roles ...Role) bool {
	if a.Closed {
		return false
	}
	return slices.ContainsFunc(roles, func(r Role) bool {
		until, ok := a.Roles[r]
		return ok && (until == 0 || on <= until)
	})
}

// SystemActor acts for reactions and the start of a log.
func SystemActor(controller string) Actor {
	return Actor{Account: "system", Roles: map[Role]japan.Date{System: 0}, Controller: controller}
}
