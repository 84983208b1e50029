package web

import "html/template"

// PublicationView is one published quantity: an edition with what stands behind
// it, its neighbours, and what may be done next.
type PublicationView struct {
	Page
	Number, Name      string
	Heading           string
	Chips             []Chip
	Value, Unit       string
	Period            string
	Facts, Count      []FigureFact
	Mix               template.HTML
	MixText           string
	Grades            []LegendKey
	Standing          *LiveFigure
	Source            bool // taken in from a document: cannot be counted
	Editions          []EditionRow
	Checks            []string
	Explained         *ExplainedView
	Errors            *Errors
	Act               *ActForm
	Errata            []ErrataRow
	Members, Compared string
	Propose           string
	Certificate       string // address, of a sealed edition
	Behind            *Warning
}

// LiveFigure is the value now beside the published one.
type LiveFigure struct{ Value, Unit, Text string }

// EditionRow is one edition of the quantity.
type EditionRow struct {
	Name, Value, KnownAt, Number, Href string
	State                              Chip
	By                                 []Pair
	Current                            bool
}

// ErrataRow is a line of the 正誤表.
type ErrataRow struct{ Where, Wrong, Right, Reason, Note, On string }

// ActForm is what may be done with an edition now.
type ActForm struct {
	Base      string // address; the act is added
	Edition   int
	CommandID string
	Expected  string
	Own       bool // one's own proposal: another person must decide
	Approve   bool
	Reject    bool
	Withdraw  bool
	Publish   *PublishForm
	Reason    string
}

// PublishForm publishes an approved edition, or corrects with it.
type PublishForm struct {
	Text     string
	Correct  bool // offered in the place of a published edition
	CorrText string
	Replaces int
	Statuses []Option
	Outlets  []Option
	Bases    []Option
	AsOf     string
	Note     string
	Why      string
	Remark   string
	Digest   string
	Stated   bool
}

// ProposalView asks for a figure and shows its count.
type ProposalView struct {
	Page
	Errors     *Errors
	Indicators []Option
	Scopes     []Option
	Years      []Option
	Ends       []Option
	Versions   []Option
	Known      string
	Found      string
	Unofficial bool
	Next       string
	Hidden     []Option
	CommandID  string
	Asked      bool
}
