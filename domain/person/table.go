// Package person keeps one stream per natural person of one controller: who it
// is, what it was told and agreed to, what must not be done with its data, and
// with which other stream it is one human being (events.md 4.1, 5.1).
package person

import (
	"slices"

	"ayumi/domain"
)

type (
	event       = domain.Event[Person]
	eventType   = domain.EventType[Person]
	commandType = domain.CommandType[Person]
)

// Aggregate is the table of the stream person.
var Aggregate = domain.Define(domain.Aggregate[Person]{
	Category: "person",
	New:      newPerson,
	Subject:  func(_ *Person, stream string) string { return stream },
	Events: slices.Concat(
		personEvents, householdEvents, noticeEvents, confidentialityEvents,
		identityEvents, restrictionEvents, erasureEvents,
	),
	Commands: slices.Concat(
		personCommands, householdCommands, noticeCommands, confidentialityCommands,
		identityCommands, restrictionCommands, erasureCommands,
	),
})
