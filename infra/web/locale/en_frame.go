package locale

import "fmt"

var englishFrame = Frame{
	Name: "Ayumi", Subtitle: "relocation and job consultations",
	PageTitle: func(title string) string { return title + " | Ayumi" },
	Skip:      "Skip to content", Menu: "Main menu", Here: "You are here",
	FindPerson: "Find a person", Find: "Find", FindBy: "Name, reading, phone or number", FindHint: "Name, reading, number",
	ThisLanguage: "English",
	SampleLabel:  "Note on the sample",
	Sample:       "Sample data. 168, 23, 187, 36, 13, 30 and 7 of 12 universities are values of the published work-plan sheet; every other person, company, record, figure and publication date is fictitious.",
	SampleValue:  "sample value",
	PastLabel:    "Knowledge date shown", ReadOnly: "Read only", BackToNow: "Back to the records as they are now",
	SignOut: "Sign out", Required: "(required)", Refresh: "Refresh", Keys: "List of keys",
	Doors: map[string]string{
		"intake":   "Reception",
		"outreach": "Events", "people": "People", "referrals": "Referrals", "employers": "Employers", "partner": "Referrals", "indicators": "Indicators", "definitions": "Definitions", "differences": "Differences", "ledger": "Register", "documents": "Documents", "verify": "Verify", "sheets": "Work plans", "closing": "Closing", "audits": "Audits", "records": "Records", "today": "Today", "duplicates": "Duplicates", "audit": "Record history", "status": "State of the system", "erasures": "Erasures", "rights": "Rights, volumes",
	},
	Live: Live{Receiving: "Receiving updates", Lost: "Reconnecting", Past: "Showing the past", Still: "Not live"},
	Post: func(role, desk string) string {
		if desk == "" {
			return role
		}
		return role + ", " + desk
	},
	DeskShort: map[string]string{"D-TKY": "Shimbashi", "D-OKY": "Shimbashi (Okayama)", "D-FKC": "Furusato Kaiki Centre"},
}

var englishSignIn = SignIn{
	Title: "Sign in", Heading: "Sign in", Lead: "Enter your sign-in name and password.",
	Again: "Some time has passed. Please sign in again. Your input is kept as a draft.",
	Name:  "Sign-in name", Password: "Password", Button: "Sign in",
	DemoHeading: "Sample sign-in names", DemoText: "The password was printed in the terminal when the program started.",
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

var englishState = State{
	Errors: func(n int) string {
		if n == 1 {
			return "1 field needs attention"
		}
		return fmt.Sprintf("%d fields need attention", n)
	},
	ConflictHeading: func(who, field string) string {
		return fmt.Sprintf("While you were typing, %s changed: %s", who, field)
	},
	ConflictText: "Nothing of yours is lost. Look at the change, then save again.",
	Comparison:   "Comparison of changes", Item: "Field", WhenOpened: "When opened", YourInput: "Your input", Unchanged: "unchanged",
	NowBy:    func(who, at string) string { return fmt.Sprintf("Now (%s %s)", who, at) },
	KeepBoth: "Save and keep both", ReviewMine: "Review my input",

	RefusedTitle: "Cannot be shown", RefusedHeading: "You may not see this record", RefusedText: "You can ask the person in charge with a reason.",
	MissingTitle: "Not found", MissingHeading: "There is no record with that number", MissingText: "Check the number.",
	ErasedTitle: "Erased record", ErasedHeading: "This person's records were erased",
	ErasedText: func(decision, date string) string {
		return fmt.Sprintf("%s, %s. Published figures are unchanged.", decision, date)
	},
	BrokenTitle: "Error", BrokenHeading: "This could not be shown", BrokenText: "Your input is kept. Try again shortly.",
	UnseenTitle: "Cannot be shown", UnseenHeading: "Not shown, because the access log cannot be written", UnseenText: "The administrator was told. Try again in a few minutes.",
	AgainTitle: "Sign in", AgainHeading: "Some time has passed. Please sign in again", AgainText: "Your input is kept as a draft.",
	ForeignTitle: "Not accepted", ForeignHeading: "Posts from another site are not accepted", ForeignText: "Start again from this page.",
	BuildingTitle: "In preparation", BuildingHeading: "The records are being counted again",
	BuildingText: func(percent int) string {
		return fmt.Sprintf("%d%% done. The page can be shown when it is finished.", percent)
	},
	LargeTitle: "Cannot be taken", LargeHeading: "The input is too large", LargeText: "Shorten the text and send it again.",
	AwayTitle: "Cannot be reached", AwayHeading: "The store of the records cannot be reached", AwayText: "Go back and press again in a while: nothing is recorded twice. If it lasts, tell the administrator.",
	BusyTitle: "Cannot be recorded", BusyHeading: "Somebody else is writing the same record", BusyText: "Wait a little and press again.",
	BehindHeading: "The page is behind the records",
	Behind: func(n int) string {
		return plural(n, "record is", "records are") + " still to come. You can go on recording."
	},
	HaltedHeading: "A table has stopped", HaltedText: "What was recorded since is kept and not lost. Tell the administrator.",
	Halted:      func(table, upto string) string { return table + ": up to " + upto + "." },
	LockedTitle: "Locked", LockedHeading: "The page was locked because nobody used it", LockedText: "Your input is still here. Unlock, then press again.", Unlock: "Unlock",
	SignIn: "Sign in", Back: "Back to the page before",
}

var englishMessage = Message{
	ThisField:      "This entry",
	Required:       func(f string) string { return "Enter " + f + "." },
	RequiredChoose: func(f string) string { return "Choose " + f + "." },
	NoSuchDay: func(m, d int) string {
		if m > 12 {
			return fmt.Sprintf("There is no month %d. Type a month from 1 to 12.", m)
		}
		return fmt.Sprintf("Month %d has no day %d.", m, d)
	},
	DateFuture:  func(d string) string { return fmt.Sprintf("Dates after today (%s) cannot be entered.", d) },
	EraRead:     func(d string) string { return "Read as " + d + "." },
	BeforeOpen:  func(d string) string { return fmt.Sprintf("Before this desk opened (%s).", d) },
	DayUnknown:  "Recorded without the day.",
	KanaKanji:   "Contains kanji. Write the reading in hiragana.",
	PhoneDigits: "A phone number has 10 or 11 digits. Check the leading 0.",
	MailShape:   "Check the parts before and after @.",
	SearchNone:  "Nobody similar was found. You can register a new person.",
	SearchMany:  "More than 50 matches. Add the last four phone digits or the reading.",
	SearchRestricted: func(n int) string {
		return plural(n, "restricted record", "restricted records") + " matched. Content and score are not shown."
	},
	DuplicateReason: func(no, name string) string { return fmt.Sprintf("Say why this is not %s %s.", no, name) },
	NoticeHow:       "Say how the purpose notice was shown.",
	VoidReason:      "Give the reason for voiding.",
	VoidEffect: func(indicator string, a, b, c int, unit string) string {
		return fmt.Sprintf("The record stays and a void is added. %s now goes from %d to %d. The published %d does not change.", indicator, a, b, c)
	},
	EffectLive: func(indicator string, a, b int, unit string) string {
		return fmt.Sprintf("%s now goes from %d to %d. Published values do not change.", indicator, a, b)
	},
	NoEffect:   "No present figure changes, and no published one.",
	Saved:      func(no string) string { return "Saved as " + no + "." },
	SavedTwice: func(no string) string { return "Already saved as " + no + "." },
	DraftSaved: func(at string, n int) string { return fmt.Sprintf("Draft saved at %s (%d unsent)", at, n) },
	LiveLost:   func(at string) string { return fmt.Sprintf("No updates since %s. You can go on recording.", at) },
	News: func(n int, from string) string {
		if from == "" {
			return plural(n, "new record", "new records")
		}
		return plural(n, "new record", "new records") + " (" + from + ")"
	},
	ShowNews: "Show",
	AsOfBand: func(at string) string { return "Shown as recorded by " + at },
	Unlike:   "These figures differ in period and definition.", RatioNone: "The period is not stated, so no ratio is given",
	FigureBlank:      func(reason string) string { return "Blank (reason: " + reason + ")" },
	FigureSourceOnly: "Source document only, cannot be recomputed",
	VerifyOK:         "The stated figure equals the recount from the records.",
	VerifyNG: func(a, b int, code, no string) string {
		return fmt.Sprintf("They differ: %d from the records, %d in the seal (%s, first difference %s).", a, b, code, no)
	},
	VerifyPartial: "Without rows the count was not recomputed: partial check only.",
	VerifyLimit:   "This does not show whether the recorded events were true.",
	PublishGate:   func(n int) string { return "Cannot publish: " + plural(n, "check is", "checks are") + " open." },
	ApproveSelf:   "You cannot approve your own proposal.",
	ImportRows: func(all, good, bad int) string {
		return fmt.Sprintf("%d of %s can be imported. %d need attention.", good, plural(all, "row", "rows"), bad)
	},
	ImportHeader: func(c string) string { return fmt.Sprintf("Two columns are called %s. Choose one.", c) },
	ExportReplaced: func(n int, c string) string {
		return plural(n, "character", "characters") + " not in Shift_JIS replaced: " + c
	},
	GlyphMissing: func(c string) string { return "Characters without a printing glyph are shown as 〓: " + c },
	Synthetic:    "Trial on fictitious data — not a published value",
	Erased:       "erased",
}

var englishCalendar = Calendar{
	Comma: ", ", Weekdays: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	Months: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	Today:  "today", Now: "now",
	EndOf: func(day string) string { return "the end of " + day },
}
