package locale

import "fmt"

var englishJourney = Journey{
	Title:      func(no string) string { return "Journey of " + no },
	Breadcrumb: "People", Reopen: "Reopen the case",
	Residence: "Lives in", Origin: "From (self-declared)", Class: "Kind", Wish: "Wishes", Owner: "Counsellor",
	Stages:  "Stages of support",
	Heading: "Journey so far",
	Count: func(n, c int) string {
		if c == 0 {
			return plural(n, "entry", "entries")
		}
		return plural(n, "entry", "entries") + ", " + plural(c, "correction", "corrections")
	},
	Filter: "Filter", All: "All",
	Recorded:   func(who, at string) string { return "Recorded by " + who + ", " + at },
	AfterHours: "after hours", Late: "late entry", Corrected: "corrected", Voided: "void",
	CorrectedBy: func(who, at string) string { return who + ", " + at },
	VoidedBy:    func(who, at, reason string) string { return fmt.Sprintf("voided by %s, %s (%s)", who, at, reason) },
	Evidence:    func(t string) string { return "Evidence: " + t },
	Aside:       "About this person", NextAppointment: "Next appointment", Change: "Change", ToCalendar: "Add to calendar (.ics)",
	Tasks: "To do", TaskCount: func(n int) string { return plural(n, "task", "tasks") },
	Due: func(day string) string { return "due " + day }, Done: "Done",
	Referrals: "Referred to", Counted: "Counted in", HowCounted: "How it is counted", NotYet: "not yet",
	CountedFor: func(y string) string { return y + ", by the records as they are now" },
	Consents:   "Contact and consent", History: "History", Changes: "Changed since last time", NoChanges: "Nothing has changed since the last consultation.",
	Tabs: map[string]string{
		"journey": "Journey", "job": "Job", "relocation": "Relocation", "sharing": "Referrals and sharing", "consent": "Consent", "papers": "Papers", "seen": "Who has looked",
	},
	Empty: "This person has no record yet", EmptyText: "Record the first consultation and the journey appears here.", EmptyAction: "Record the first consultation",
	Certificate: "Make a certificate of consultation", AsOfPerson: "Knowledge date for this person",
	NameHidden: "The name is not shown",
	Promised:   func(d string) string { return d + " planned" }, Since: func(d string) string { return "since " + d },
	System: "Show system records too", Restricted: "use restricted",
}

var englishEntry = Entry{
	Heading: "Record this consultation", Channel: "Channel", Content: "Content", MoreContent: "More content",
	Memo: "Note", MemoHint: "Enter while composing does not send. Ctrl and Enter saves.",
	Next: "Next appointment", NextHint: "e.g. next Saturday 15:00 online",
	When: "Date of the consultation", WhenHint: "Japanese or western date, e.g. R2 2 8, 2020 2 8, yesterday",
	Started: "Started", Ended: "Ended",
	Save: "Save", Referral: "Make an introduction paper", Reason: "Reason", OutsideReason: "Reason for outside hours", Outcome: "Outcome",
	Channels:   map[string]string{"in_person": "Desk", "phone": "Phone", "line": "LINE", "email": "E-mail", "online": "Online", "event": "Event"},
	Categories: map[string]string{"job": "Job", "relocation": "Relocation", "housing": "Housing", "childcare": "Childcare", "support": "Grants", "other": "Other"},
	StartedAt: func(clock string, m int) string {
		return fmt.Sprintf("started %s, %s ago", clock, plural(m, "minute", "minutes"))
	},
	Leave: "Leave", OutsideNone: "inside hours, no reason",
}

var englishIndicator = Indicator{
	StatedYears: "Values of years stated by documents", StatedMark: "source only, cannot be counted again", StatedText: "Taken in from published documents. They are not counted from records and follow the publisher's own rule, so they do not compare with the figures above and cannot be verified.",
	Trial:      func(name string) string { return "Trial: counted by " + name },
	Try:        func(name string) string { return "Try " + name },
	TrialText:  "The same records counted by another rule; not published figures. Only indicators of moves and outcomes differ.",
	TrialBack:  "Back to the rule in force",
	Title:      func(y string) string { return "Indicators " + y },
	Heading:    func(y string) string { return "Indicators, " + y },
	Breadcrumb: "Indicators", Year: "Fiscal year", Compare: "Compare with", CompareNone: "nothing",
	PreviousYear: func(y string) string { return "year before (" + y + ")" },
	AsOfHeading:  "Knowledge date", AsOfDate: "Date of the records", AsOfSlider: "Date (end of month)",
	Show: "Show", Play: "Play", Lens: "How to read the records", LensThen: "As known then", LensNow: "With later corrections",
	Replayed: func(n int) string { return number(n) + " records up to 24:00 replayed" },
	Current:  func(n int) string { return "As it stands now: " + plural(n, "record", "records") },
	Equal:    "equal", OtherTime: "other date", NotStated: "not stated", Differs: "differs",
	CountedThen: func(d, v string) string { return " (counted again to " + d + ": " + v + ")" },
	StatedIn:    func(v string) string { return "the sheet states " + v }, Verify: "Verify", Open: "Open", SeeTable: "See the table",
	Previous:      func(v string) string { return "year before " + v },
	TargetReached: func(t, m string) string { return fmt.Sprintf("target %s reached in %s", t, m) },
	TargetOpen:    func(t, _ string) string { return "target " + t },
	Cumulative:    func(n string) string { return n + ", cumulative" },
	Channels:      func(n string) string { return "Channels of " + n }, ByChannel: "Channels of consultations",
	AfterHours: func(j, r int) string {
		return fmt.Sprintf("After hours and on holidays: %d about jobs, %d about relocation.", j, r)
	},
	Months: "By month", MonthsHint: "choose a number to open its records", MonthsLabel: "Table by month",
	IndicatorColumn: "Indicator", Sum: "Sum", NoRecordYet: "no records at that date",
	HowCounted: "How it is counted", Unit: "Persons or sessions", DateBasis: "Date", Version: "Definition",
	VersionFrom: func(v, from string) string { return fmt.Sprintf("%s (from %s)", v, from) }, VersionDiff: "Differences of versions",
	Export: "Export", ExportNote: "Date, view and definition stand at the head of every file. Names are never in it.",
	All: "See all", Rest: func(n int) string { return fmt.Sprintf("%d more", n) },
	Part: func(from, to, of int) string {
		return fmt.Sprintf("%s to %s of %s", number(from), number(to), number(of))
	}, Back: "Back", Next: "Next",
	Members: "Records counted", NearMisses: "Near misses", NearMissCount: "Reasons and numbers",
	NearMissEmpty: "No candidate of this period was left out.", MemberEmpty: "No record was counted in this month.",
	Drill: func(n, m, v string) string { return n + ", " + m + ": " + v },
	Basis: map[string]string{"gross": "gross (two visits of one person are two)", "distinct": "distinct (one person once)"},
	Empty: "There are no records for this year yet", EmptyText: "Record a consultation and the figures appear here.",
	GoSubmit: "Show year and comparison",
	Period:   "Counted", WholeYear: "the whole year",
	EndOfMonth:    func(m string) string { return "to the end of " + m },
	SeeEndOfMonth: func(m string) string { return "See it to the end of " + m },
}

var englishChart = Chart{
	StatedTitle: func(name string) string { return name + ": values stated by documents" },
	StatedText: func(first, last, values string) string {
		return first + " to " + last + ". Source only, cannot be counted again. " + values
	},
	ThisYear: "this year", LastYear: func(v int) string { return fmt.Sprintf("year before %d", v) },
	CumulativeTitle: func(n string) string { return "Cumulative " + n },
	CumulativeText: func(m string, v int, u string, last int) string {
		return fmt.Sprintf("This year %d %s up to %s; the year before %d in all.", v, u, m, last)
	},
	CumulativeAlone: func(m string, v int, u string) string { return fmt.Sprintf("This year %d %s up to %s.", v, u, m) },
	TargetText: func(m string, v int, u string, t, b int, y string) string {
		return fmt.Sprintf("%d %s up to %s. Target at least %d. Base %d in %s.", v, u, m, t, b, y)
	},
	Target:       func(v int, _ string) string { return fmt.Sprintf("target %d", v) },
	Base:         func(v int, _ string) string { return fmt.Sprintf("base %d", v) },
	ChannelTitle: "Channels of consultations", ChannelText: "Number by channel. The values stand in a table too.",
}

var englishSheet = Sheet{
	Title:      func(y, u string) string { return "Work-plan sheet " + y + " " + u },
	Breadcrumb: "Work-plan sheet", Heading: "Work-plan sheet", Print: "Print, PDF", Draft: "draft",
	Edition:    func(n int) string { return fmt.Sprintf("edition %d", n) },
	NotWritten: "not filled in",
	Figures:    "Figures of this sheet", FiguresAt: func(at string) string { return "Records as of " + at },
	Before: "Before finishing", Versions: "Editions", Aside: "Notes",
	BlankActual: func(n int) string { return fmt.Sprintf("The actual of indicator %d is blank.", n) },
	OwnWords:    "The sentences are a rewritten sample", HeadHidden: "(name of the head)",
	None: "There is no sheet yet", NoneText: "Draft the plan of a year and it appears here.",
}

var englishPeople = People{
	Title: "People", Heading: "Find a person", Lead: "Search by name, reading, old kanji, last four phone digits, mail, LINE name or number.",
	Word: "Search words", Hint: "Two characters or more (one kanji is enough)", Button: "Find",
	Found: func(n int) string { return plural(n, "person", "people") + " found" },
	Name:  "Name", Number: "Number", Residence: "Lives in", Last: "Last record", Why: "Why it matched", Owner: "Counsellor",
	ReadAs: func(w string) string { return "Searched as: " + w },
	Empty:  "Nothing was searched yet", EmptyText: "Type something and the people who match appear here.",
	New: "Register a new person", Recent: "Recently opened",
	List:          "Table of people found",
	Consultations: func(n int) string { return plural(n, "consultation", "consultations") },
}

var englishRecord = Record{
	Title:      func(no string) string { return "Record " + no },
	Breadcrumb: "Records", Occurred: "Happened on", Recorded: "Recorded at", By: "Recorded by", Source: "Source", Batch: "Import",
	Before: "Before", After: "After", Field: "Field", Facts: "Content of the record",
	Counts: "Counted in", CountsNone: "No indicator counts this record.", Seal: "Seal", SealText: "Fingerprint of the record",
	Amend: "Amend", AmendHeading: "Amend this record", NewValue: "Right value", Reason: "Reason",
	Void: "Void", VoidHeading: "Void this record?", VoidReason: "Reason for voiding", Leave: "Leave",
	VoidKept:       "The record stays and a void is added to the journey.",
	AmendKept:      "The old value stays in the record and a correction is added.",
	AttachEvidence: "Attach evidence", TrailTable: "Table of the history", Trail: "History of this record", TrailEmpty: "Neither amended nor voided.",
	Number: "Number", Person: "Person", Effect: "Effect on figures", ShowEffect: "Show the effect",
}
