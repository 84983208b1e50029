package web

// ReconcileView asks for a document and shows what the register says of its
// figures. Nothing of the document is kept, so there is no address of a result.
type ReconcileView struct {
	Page
	Text   string // as pasted
	Years  []Option
	Errors *Errors
	Result *ReconcileResult // nil: nothing was asked yet
}

// ReconcileResult is a document set beside the register.
type ReconcileResult struct {
	Heading string
	ReadAs  []string
	Counts  []FindingCount
	Refused []string
	Groups  []FindingGroup
	Lines   []MarkedLine
	Short   string // how many lines are left out, "" for none
	Rest    []Pair // kind → numbers
}

// FindingCount is a state with how many figures have it, and where they are.
type FindingCount struct {
	Chip       Chip
	N          string
	Text, Href string
}

// FindingGroup is the figures of one state.
type FindingGroup struct {
	ID, Heading string
	Chip        Chip
	Rows        []FindingRow
}

// FindingRow is one figure: in its words, as on record, and why it was judged so.
type FindingRow struct {
	No, ID, Mark         string // number, id of the row, address of the mark in the text
	Place                string
	Before, Value, After string
	Known                *KnownValue
	Others               []KnownValue
	Reasons              []string
}

// KnownValue is a value on record.
type KnownValue struct {
	Value, Text, Status string
	Ref                 *Pair // the figure or the sheet
	Later               *Pair // what took its place
}

// MarkedLine is a line or a cell of the document with its figures marked.
type MarkedLine struct {
	Place string
	Head  string // words that head a cell
	Runs  []MarkedRun
}

// MarkedRun is a piece of a line: words, or a figure.
type MarkedRun struct {
	Text            string
	No, State, Sign string // of a figure
	ID, Href        string
	Label           string
}
