package domain

import (
	"slices"

	"github.com/google/uuid"

	"ayumi/domain/japan"
)

// MayRead decides whether somebody may open a sealed section of a class that
// belongs to a controller (handbook.md 10.1). owner is the account that the
// section belongs to, if it is an account's own data.
func MayRead(a Actor, on japan.Date, class byte, controller, owner string) bool {
	switch {
	case a.Closed:
		return false
	case a.Has(on, System) || (owner != "" && owner == a.Account):
		return true
	case controller != a.Controller && controller != "joint":
		return false
	case class == 'P' && owner != "": // names of colleagues
		return a.Has(on, Counsellor, Lead, Manager, Records, Privacy, Admin)
	case class == 'P' || class == 'X':
		return a.Has(on, Counsellor, Lead)
	}
	return false
}

// MayReadShared decides whether a partner's account may open what was told to its
// body: sections of class P, and nothing else (handbook.md 10.1). recipient is the
// partner that was told.
func MayReadShared(a Actor, on japan.Date, class byte, recipient string) bool {
	return class == 'P' && recipient != "" && recipient == a.Partner && a.Has(on, Partner)
}

// ToldTo is the partner that an event was told to, or that told it; "" for none.
func ToldTo(typ, stream string, facts Facts) string {
	if category, id := SplitStream(stream); category == "partner" {
		return id
	}
	if typ == "case.information_shared" {
		return facts.Text("recipient")
	}
	return ""
}

// MayReadMatter decides who opens, for a data-protection matter, what is sealed of
// the person it is about: the privacy officer, and nobody for anything else
// (handbook.md 10.1).
func MayReadMatter(a Actor, on japan.Date, controller string) bool {
	return controller == a.Controller && a.Has(on, Privacy)
}

// Reach is what a data-protection matter opens: all that is sealed of its owners;
// and records about them that are sealed under the key of another: what is written
// of a companion lies under the key of the case's lead.
type Reach struct {
	Owners  []string
	Records map[uuid.UUID]string // event → whose section
}

// Opens tells whether it opens a section of an owner in an event.
func (r Reach) Opens(event uuid.UUID, owner string) bool {
	return slices.Contains(r.Owners, owner) || owner != "" && r.Records[event] == owner
}

// MayFacts decides whether somebody may see facts of a controller's records:
// pseudonyms, codes and dates.
func MayFacts(a Actor, on japan.Date, controller string) bool {
	if controller != a.Controller && controller != "joint" {
		return false
	}
	return a.Has(on, Counsellor, Lead, Analyst, Manager, Auditor, Records, Privacy)
}

// MayReadRestricted decides who still reads what a restriction closes to view:
// the desk lead, and the privacy officer for the matter behind it (events.md 10).
func MayReadRestricted(a Actor, on japan.Date) bool { return a.Has(on, Lead, Privacy, System) }

// Finding is what a search for persons may say of one record.
type Finding int

// The findings.
const (
	Hidden Finding = iota // not even that there is one
	Exists                // that there is one
	Found                 // who it is
)

// MayFind decides what a search may tell somebody of a person of a controller. A
// record closed to view (closed holds the scopes of its restrictions) or a
// confidential one is told to a lead; others learn that it exists and ask.
func MayFind(a Actor, on japan.Date, controller string, closed []string, confidential bool) Finding {
	shut := confidential || slices.Contains(closed, "view") || slices.Contains(closed, "all")
	switch {
	case !MayRead(a, on, 'P', controller, ""):
		return Hidden
	case shut && !a.Has(on, Lead, System):
		return Exists
	}
	return Found
}
