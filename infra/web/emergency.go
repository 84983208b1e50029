package web

// EmergencyView is the emergency accesses to one person, with the form that opens
// one; or those of a whole controller.
type EmergencyView struct {
	Page
	Heading, Lead string
	Tabs          []Tab
	Running       *Pair // that of the reader, until when
	Open          *CommandForm
	Errors        *Errors
	NotClosed     bool // nothing is closed to a reader who could open it
	Rows          []EmergencyRow
	One           bool // all are of one person
	Words         bool // the reader may read why
	All           *Pair
}

// EmergencyRow is one emergency access.
type EmergencyRow struct {
	Number                string // of the record
	ISO, When, Who, Until string
	Person                Pair
	Reason, Words         string
	State                 Chip
	Review                *CommandForm
}
