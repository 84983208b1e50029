package receipt

import (
	"ayumi/domain/japan"
)

// What became of a consultation, in the order in which it is said.
const (
	StateLost    = "lost"    // the office made the receipt and the log has no such record
	StateWaiting = "waiting" // recorded, not yet counted by the read models
	StateVoided  = "voided"
	StateCounted = "counted"
	StateNot     = "not_counted" // it stands, and a rule keeps it out: Clause
)

// Standing is what became of the consultation that a receipt is for, as the log says
// now. It is told to whoever holds the code: it names neither the person nor staff,
// no time finer than a day, and nothing of what was spoken about but what the
// figures count.
type Standing struct {
	Position  uint64 // of the record the receipt is for
	State     string
	Kind      string     // consultation or message, as indicator.Row
	From, To  japan.Date // the day it was held, as corrected since; or the interval of an imprecise date
	Recorded  japan.Date // the day of the record
	Desk      string
	Corrected bool
	Moved     bool       // to another case, where it was first written into a wrong one
	Reason    string     // of a void: code of void_reason
	VoidedOn  japan.Date // day of the record of the void
	Clause    string     // why the number of sessions does not hold it (counting.md 10)
	Figures   []Figure   // that count it, and published ones that should
	Partial   bool       // some published figures are still being counted again
	Leaf      [32]byte   // of the record: its fingerprint on the receipt
}

// Figure is one indicator of a fiscal year, at a scope, that the consultation counts
// in.
type Figure struct {
	Indicator string // without its scope
	Scope     string // desk, or controller
	Year      japan.FiscalYear
	Counted   bool // as the records are now
	Published []Publication
}

// Publication is a published number of that figure which is in force and covers the
// day.
type Publication struct {
	No      int // of the register: F-0001 is 1
	Status  string
	On      japan.Date // of the publication
	Period  japan.Period
	Counted bool // among the members of the number, as it was known then
}

// Judge says which state follows from what was found out.
func (s *Standing) Judge(counted bool) {
	switch {
	case s.Clause == "voided":
		s.State = StateVoided
	case counted:
		s.State = StateCounted
	default:
		s.State = StateNot
	}
}

// Slip is what is printed for a person.
type Slip struct {
	Code Code
	Standing
}

// Answer is what the holder of a code is told.
type Answer struct {
	Code Code
	Standing
	Proof []byte // C2SP tlog-proof with the leaf as its extra data; nil: under no checkpoint yet
	Under uint64 // records of the tree it was made in
	Fork  bool   // the log is not what was signed: there is no proof, and nothing is signed
}

// Printing is what stands on the paper of a receipt.
type Printing struct {
	Slip
	Language string // ja or en
	Address  string // of the page that answers codes
	Name     string // of the person; "" where it is not to be printed
	Sample   bool   // the log is a scenario
}
