// Package casefile keeps one stream per IJU episode of one person or party: the
// case with its consultations, referrals, placements and relocations (events.md
// 4.2–4.7, 5.2–5.8). Each entity's life stands in its own file.
package casefile

import (
	"slices"

	"ayumi/domain"
)

type (
	event       = domain.Event[Case]
	eventType   = domain.EventType[Case]
	commandType = domain.CommandType[Case]
)

// Aggregate is the table of the stream case.
var Aggregate = domain.Define(domain.Aggregate[Case]{
	Category: "case",
	New:      newCase,
	Subject:  func(c *Case, _ string) string { return c.Lead },
	Events: slices.Concat(
		caseEvents, taskEvents, noteEvents, documentEvents, linkEvents,
		bookingEvents, consultationEvents, messageEvents, certificateEvents, visitEvents,
		sharingEvents, referralEvents,
		jobseekerEvents, placementEvents, sideJobEvents,
		relocationEvents, twoBaseEvents, grantEvents, subsidyEvents,
	),
	Commands: slices.Concat(
		caseCommands, taskCommands, noteCommands, documentCommands, linkCommands,
		bookingCommands, consultationCommands, messageCommands, certificateCommands, visitCommands,
		sharingCommands, referralCommands,
		jobseekerCommands, placementCommands, sideJobCommands,
		relocationCommands, twoBaseCommands, grantCommands, subsidyCommands,
	),
})
