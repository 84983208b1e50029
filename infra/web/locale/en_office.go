package locale

var englishStatus = Status{
	Heading: "State of the system", Line: "Delivery of records", Reads: "Tables behind the pages", Name: "Table", State: "State", Position: "Holds up to", Behind: "Still to come", Parked: "Unreadable", Reason: "Reason",
	Store: "Last record", Bus: "Delivered", Proven: "Compared", Since: "Last change",
	Lines: map[string]string{"bus.ok": "working", "bus.behind": "late", "bus.rebuilding": "being made again", "bus.down": "stopped", "bus.operator": "waits for the operator"},
	LineTexts: map[string]string{
		"bus.ok": "New records reach the pages at once.", "bus.behind": "New records take time to reach the pages. You can go on recording.",
		"bus.rebuilding": "The delivery copy is being made again from the log. You can go on recording.", "bus.down": "New records do not reach the pages. You can go on recording; nothing is lost.",
		"bus.operator": "The delivery copy does not agree with the log, and this program may not make it again. Meanwhile pages read the log itself. An operator has to run “ayumi bus remake”.",
	},
	Models: map[string]string{"journeys": "Journeys", "indicators": "Indicators", "audit": "Record history", "closing": "Closing"},
	States: map[string]string{"building": "being built", "current": "current", "stopped": "stopped"},
}

var englishAudit = Audit{
	Heading: "Record history", Newest: "Newest first", What: "Event", Change: "Correction or void", Changes: "Corrections and voids only", Older: "Older records", Empty: "Nothing has been recorded yet.",
}
