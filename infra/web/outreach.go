package web

import "ayumi/infra/web/locale"

// OutreachView lists the meetings of a fiscal year, the mailings and the channels.
type OutreachView struct {
	Page
	Heading string
	Years   []Option
	Coming  OutreachList
	Over    OutreachList
	Public  []PublicRow // mailings and channels
	Totals  []Pair      // of the meetings of the year that took place
	Acts    []CommandForm
	Behind  *Warning
}

// OutreachList is a table of meetings.
type OutreachList struct {
	W     *locale.Words
	Label string
	Rows  []OutreachRow
}

// OutreachRow is one meeting with its turnout.
type OutreachRow struct {
	Number, Href, Title, Kind, Place, When    string
	State                                     Chip
	Heads, Listed, Came, Absent, Became, Rate string
}

// PublicRow is a mailing or a channel.
type PublicRow struct {
	Number, Href, Kind, Channel, Title, When, Count string
}

// OutreachEventView is one meeting, mailing or channel.
type OutreachEventView struct {
	Page
	Heading   string
	State     []Chip
	Behind    *Warning
	Facts     []Pair
	Turnout   []Pair
	Attendees []AttendeeRow
	Listing   bool // it has a list of attendees
	Door      *AttendeeRow
	Slips     string
	Persons   []PersonCameRow
	Paste     *PasteForm
	Absent    *CommandForm // marks all who did not come
	Acts      []CommandForm
	Nobody    string
	History   []HistoryRow
}

// AttendeeRow is one line of the attendance list.
type AttendeeRow struct {
	W                       *locale.Words
	ID, Name, Kana, Contact string
	Hidden                  bool
	Student                 bool
	State                   Chip
	Person                  *Pair
	Asked                   bool // the slip of this one was read
	Came                    *CameForm
	Convert, Void           *CommandForm
}

// CameForm marks that somebody came or not.
type CameForm struct{ Action, CommandID, Attendee string }

// PersonCameRow is a known candidate who attended.
type PersonCameRow struct {
	Person Pair
	Line   bool
	Void   *CommandForm
}

// PasteForm takes a list of attendees, one a line.
type PasteForm struct {
	Action, CommandID, Text string
	Open                    bool
	Errors                  *Errors
}

// SlipsView are the slips of the attendees of a meeting, to print or to send.
type SlipsView struct {
	Page
	Heading, When string
	Slips         []Slip
}

// Slip names an attendee and holds the address that opens it at the desk.
type Slip struct {
	Name, Text string
	QRCode
}
