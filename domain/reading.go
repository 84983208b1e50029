package domain

import (
	"slices"

	"github.com/google/uuid"

	"ayumi/domain/japan"
)

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
	return See(a, on, ToRead, Sight{Controller: controller}) == Found
}

// MayCount decides whether somebody may be told totals of a controller's records.
// The corner of two prefectures, "joint", has totals of its own for both.
func MayCount(a Actor, on japan.Date, controller string) bool {
	return See(a, on, ToCount, Sight{Controller: controller}) == Found
}

// MayReadRestricted decides who still reads what a restriction closes to view:
// the desk lead, and the privacy officer for the matter behind it (events.md 10).
func MayReadRestricted(a Actor, on japan.Date) bool { return a.Has(on, Lead, Privacy, System) }
