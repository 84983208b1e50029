package web

// ClosingView is how the closing of a fiscal year stands.
type ClosingView struct {
	Page
	Heading string
	State   Chip
	Years   []Option
	Begun   bool
	Begin   *ClosingForm // who may begin it
	Errors  *Errors

	Cutoffs []CutoffRow
	Cutoff  *CutoffForm
	Gates   *GatesBox
	Close   *CloseForm
	Reopen  *ClosingForm
	Audits  string // address of the audits of the year
	Rights  bool   // data-protection matters open for the reader
	After   string // address of what happened after the closing, once there was one
	History []HistoryRow
}

// CutoffRow is one kind of cut-off as it is planned and as it was last frozen.
type CutoffRow struct {
	Kind, Href string
	Current    bool
	To, Known  string
	Frozen     string
	Record     *Pair // the event that froze it
	By         string
	Waived     string
}

// ClosingForm is a form that only has to be sent, with a text where it asks for one.
type ClosingForm struct{ Action, CommandID, Text string }

// CutoffForm sets a cut-off; both days as typed.
type CutoffForm struct {
	ClosingForm
	Kinds     []Option
	To, Known string
}

// GatesBox is what holds the year open for one kind of cut-off.
type GatesBox struct {
	Heading, Counted string
	Rows             []GateRow
	Checked          string // by whom and when; "" if never
	Verdict          *Chip
	Early            bool // checked before the known day was over
	Check            *CheckForm
}

// GateRow is one gate with what it found.
type GateRow struct {
	Name, Rule          string
	Found, Limit, Opens string
	Verdict             Chip
	Items               []GateItem
	Rest                string
}

// GateItem is one thing found, without names.
type GateItem struct {
	ISO, When, Text, Note, Number, Href string
	Confirm                             *Pair // the form that confirms it; nil where not offered
}

// CheckForm records a check of a kind.
type CheckForm struct {
	ClosingForm
	Kind string
}

// CloseForm freezes a cut-off. Why says why it cannot be done now; then nothing
// is asked.
type CloseForm struct {
	CheckForm
	Known string // canonical day
	Why   string
	Waive []Option
}

// HistoryRow is one event of the closing.
type HistoryRow struct {
	Number, Href, What, Who, When, Detail string
	Named                                 []Pair // what it names, each with its page
}
