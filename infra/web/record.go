package web

// RecordView is one event: what it says, both dates, who, what changed since,
// which figures count it, and how it is corrected or voided.
type RecordView struct {
	Page
	Number   string
	Heading  string
	Chips    []Chip
	Person   *Pair
	Meta     []Pair
	Facts    []Pair
	Text     string // sealed text as typed, "" when not shown
	Trail    []TrailRow
	Counts   []Pair
	Seal     string // fingerprint
	Under    string // which checkpoint; "" if none yet
	Proof    string // address of the proof
	Receipt  string // address of the receipt; "" for what has none
	Pending  bool   // the next checkpoint will sign it
	Confirm  *Pair  // the form that confirms the outcome it reports
	Amend    *AmendForm
	Void     *VoidForm
	Errors   *Errors
	Conflict *Conflict // somebody else corrected the same field meanwhile
}

// TrailRow is one later change of the event, oldest first.
type TrailRow struct {
	Number, Href       string
	Title, By          string
	Field, Before, New string
}

// AmendForm corrects one field. Old values stay in the record.
type AmendForm struct {
	Action, CommandID, Expected string
	Fields                      []Option
	Value, Reason               string
	Effect                      string // words: what the figures do; "" before it was asked for
	Preview                     string // token of the effect shown, "" before
}

// VoidForm takes a record back; it says what stays and what changes first.
type VoidForm struct {
	Action, CommandID, Expected string
	Reasons                     []Option
	Effect                      string
	Preview                     string // token of the effect shown
}
