package web

import "ayumi/infra/web/locale"

// JourneyView is one person's way: identity, entry form, timeline newest first,
// and what waits.
type JourneyView struct {
	Page
	Erased   *Pair  // the decision by which the person was erased, and its certificate
	Erase    string // address where the reader may order the erasure
	Identify string // address where a person who gave no name is named
	Request  string // address where the reader takes in a request of this person
	Person   PersonStrip
	Tabs     []Tab
	AsOf     *AsOfBar // the moment shown for this person; nil leaves the slider out
	Entry    *EntryForm
	Reopen   string // address to post to where the last case is closed
	Timeline Timeline
	Stream   string // address of the news stream from Sequence on, "" in the past
	Sequence uint64
	OOB      bool     // part of an answer that brings an open page up to date
	Saved    bool     // the form was recorded: an empty one takes its place
	Notice   string   // what was just saved
	Behind   *Warning // the page has not reached what was just saved

	Appointment *Appointment
	Tasks       []Task
	Plan        string // address where something is planned, "" where not offered
	Referrals   []Referral
	CountedFor  string
	HowCounted  string // address
	Counted     []Counted
	Consents    []Pair
	Documents   *DocumentList
	Changes     *ChangeList
}

// Warning is a banner of doubt.
type Warning struct{ Heading, Text string }

// PersonStrip says whose page it is. Name is empty when it is not shown to
// this reader or the person is erased; Hidden then says why.
type PersonStrip struct {
	Name, Reading, Number string
	Hidden                string
	Facts                 []Pair
	Chips                 []Chip
	Steps                 []Step
}

// Step is one stage of the support line.
type Step struct {
	No         int
	Text, When string
	Done, Now  bool
}

// Tab is one part of a person's record.
type Tab struct {
	Text, Href string
	Current    bool
}

// Timeline is the entries by month, newest first.
type Timeline struct {
	Count   string // words: entries and corrections
	Filters []Tab
	Months  []TimelineMonth
	Pill    *Pill
	Here    string // address of the timeline fragment
	Older   string // address of the older entries, "" at the end
}

// TimelineMonth is the entries under one heading.
type TimelineMonth struct {
	Heading string
	Entries []TimelineEntry
}

// TimelineEntry is one thing that happened, with what was corrected since.
type TimelineEntry struct {
	ID          string // of the row, for the focus after a save
	Kind, Icon  string // chip colour and sprite name
	ISO, When   string
	Title       string
	Chips       []Chip
	Text        string // as typed, "" when there is none or it is not shown
	Recorded    string // who and when, in words
	Late        bool
	AfterHours  bool
	Number      string // #2214
	Href        string
	Receipt     string // address of the receipt; "" for what has none
	Evidence    string
	Confirm     string // address of the form that confirms it, "" where not offered
	Paper       *Pair  // the document that proves it
	Corrections []Correction
	Voided      *Correction
	New, Last   bool
}

// Correction is one later change of an entry.
type Correction struct {
	Field, Old, New string
	By              string // who and when; for a void with the reason
	Number, Href    string
}

// Appointment is the next promise.
type Appointment struct {
	Month, Day, Weekday string
	Title, Text         string
	Change, Calendar    string // addresses, "" where not offered
}

// Task is something to do, done with one press.
type Task struct {
	ID, Text, Due string
	Overdue       bool
	Done          string // address to post to, "" for readers
}

// Referral is one body the person was referred to.
type Referral struct {
	Kind, Name, Href string
	Chip             *Chip
}

// Counted is an indicator with what this person adds to it; Value is empty and
// Why says so when the person is not counted yet.
type Counted struct{ Name, Value, Href, Why string }

// EntryForm records a consultation. Everything typed stays when it comes back
// with errors or a conflict.
type EntryForm struct {
	W          *locale.Words
	Action     string
	CommandID  string
	Expected   string // token of the state the form was opened on
	Started    string // words: since when
	Channels   []Option
	Contents   []Option
	More       []Option
	Memo, Next string
	NextRead   string
	When       string
	WhenRead   string
	StartedAt  string
	EndedAt    string
	Outside    []Option // reasons for outside hours
	NeedsWhy   bool     // outside hours: the reason is asked for
	Outcomes   []Option
	Errors     *Errors
	Conflict   *Conflict
	Case       string // id of the case the form is for
	Draft      string // what became of the draft, in words
	DraftID    string
	GoesOn     bool   // filled from a draft, which may be thrown away
	KeepDraft  string // address to post to while somebody types
	DropDraft  string // address to post to
	Letter     string // address of the introduction paper, "" where not offered
}
