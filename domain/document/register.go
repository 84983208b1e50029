package document

import "ayumi/domain/japan"

// Role is what a value is for on a sheet.
type Role string

// The roles. Actual is what was counted; the others are what a sheet sets or
// judges.
const (
	Actual   Role = "actual"
	Baseline Role = "baseline"
	Start    Role = "start"
	Target   Role = "target"
	LongTerm Role = "long_term"
	Score    Role = "score"
	Budget   Role = "budget"
	// NoValue: the name is known, and nothing was ever published under it.
	NoValue Role = "none"
)

// Known is a value that the office has on record: an edition of a published
// figure, a value a sheet states, or today's count. The caller fills it.
type Known struct {
	Line  int    // its number in the register of published figures, 0 for none
	Sheet string // the stream of the sheet that states it, "" for none
	// Indicator with its scope, as C1@D-TKY.
	Indicator  string
	Names      []string // every name in every language
	Role       Role
	From, To   japan.Date // what was counted, zero where none is stated
	KnownAt    japan.Date // zero where it is not known
	Value      int64
	Of         int64  // of a ratio, else 0
	Scale      int    // decimals of the value
	Unit       string // code; "" where none is stated
	Comparator Comparator
	Status     string // preliminary, final, corrected, imported, stated, live
	Edition    int
	Superseded int // number of what took its place, 0 for none
}

// year is the fiscal year a value belongs to, 0 for none.
func (k *Known) year() japan.FiscalYear {
	if k.From == 0 {
		return 0
	}
	return japan.FiscalYearOf(k.From)
}

// State says how a figure of a document stands to the register.
type State string

// The states. Different is first in the list of a person who checks.
const (
	Match     State = "match"
	OtherTime State = "other_time"
	Different State = "different"
	Unknown   State = "unknown"
)

// States in the order in which they are shown: what wants attention first.
var States = []State{Different, OtherTime, Unknown, Match}

// Reason is one thing that decided, with the words of the document it was read
// from; "" where the document says nothing.
type Reason struct {
	Code string `json:"code"`
	Word string `json:"word,omitempty"`
}

// Finding is one figure of a document with what the register says.
type Finding struct {
	Token
	State  State
	Before string // words before and after it
	After  string
	// Period as read: Year with AsOf or a range From–To. Zero: not stated.
	Period Period
	// Known is what decided; Others have the same value and no name in common,
	// or are the same quantity at another time.
	Known  *Known
	Others []*Known
	Why    []Reason
}

// Period is when a figure counts, as a document says it.
type Period struct {
	Year     japan.FiscalYear
	From, To japan.Date // a range of years
	AsOf     japan.Date // the last day counted, where one is stated
	Previous bool       // said as the year before another figure
	YearWord string     // "" : taken from the rest of the document
	AsOfWord string
}

// Report is a document set beside the register.
type Report struct {
	Year     japan.FiscalYear // what years without an era were read by, 0 for none
	Findings []Finding        // in the order of the document
	Rest     []Token          // what is no figure
}

// Count is how many findings have a state.
func (r *Report) Count(s State) int {
	n := 0
	for _, f := range r.Findings {
		if f.State == s {
			n++
		}
	}
	return n
}
