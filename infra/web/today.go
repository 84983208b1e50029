package web

import "ayumi/infra/web/locale"

// TodayView is the counsellor's day: who comes, what was not recorded, who waits.
type TodayView struct {
	Page
	Heading, Clock string // Clock is "" for a day that is past
	AsOf           *AsOfBar
	Notice         string // what was just saved
	Behind         *Warning
	Errors         *Errors
	New            string // address of 受付
	Stream         string // address of the news, "" in the past
	Jumps          []TodayJump
	Keys           []HelpKey
	Appointments   []TodayRow
	Unlogged       []TodayRow
	Late           []TodayRow
	Referrals      []TodayRow
	Notes          []NoteRow
	Confirmations  []AwaitedRow
	Pairs          []LikenessRow
	Soon           string // how many tasks fall due within the next days
	More           string // said where a list is longer than shown
	Inbox          *Pair  // what came by LINE; nil where the desk has no account
}

// TodayJump leads to one list of the day and says how long it is.
type TodayJump struct {
	Key, Anchor, Name string
	Count             int
	Note              string
	Warns             bool
}

// TodayRow is one thing to do about one person.
type TodayRow struct {
	ISO, When  string
	Mark       *Chip // late, next
	Next       bool
	Person     PersonHit
	What, More string
	Chips      []Chip
	Act, Href  string
	Missed     string // address to post to where somebody did not come
	Due        *DueForm
	State      *Chip
	Days, Over string
	Share      int // of twice the days that a referral may wait, in percent
}

// DueForm gives a task another day, or gives it up. What was typed stays.
type DueForm struct {
	ID, Action, Drop string
	Typed, Error     string
	Reasons          []Option
	Open             bool
}

// NoteRow is a note, or a case handed over, that its reader ticks off.
type NoteRow struct {
	ISO, When, By string
	Kind          string
	Text          string
	Person        PersonHit
	Read          string // address to post to, "" in the past
}

// AwaitedRow is an outcome that nobody confirmed yet.
type AwaitedRow struct {
	OverdueRow
	Person PersonHit
	Grade  string
	Late   bool
}

// LikenessRow is two records that may be of one human being.
type LikenessRow struct {
	One, Other PersonHit
	Points     string
	Why        string
	Href       string
}

// MovedPill says how much has moved in the lists of a page since it was made, and
// leads to the page as it is now.
type MovedPill struct {
	W      *locale.Words
	Count  int
	Action string
	Hidden []Option
}
