package web

// ConfirmationView is the page on which one outcome is confirmed: what is claimed,
// who may not confirm it and why, what proves it, and what was confirmed before.
type ConfirmationView struct {
	Page
	Heading, Number, Record string // the record that reports the outcome, and its address
	Person                  *Pair
	Outcome                 []Pair
	Grade                   string // of the best confirmation that stands; D without one
	Hands                   []string
	Barred                  string // why this visitor confirms nothing here; then there is no form
	Given                   []ConfirmationRow
	Form                    *ConfirmationForm
	Errors                  *Errors
}

// ConfirmationRow is one confirmation that was given.
type ConfirmationRow struct {
	ISO, When, Grade, Evidence, Ref, By string
	Number, Href                        string
	Paper                               *Pair
	Withdrawn                           string
}

// ConfirmationForm takes a confirmation in. Everything typed stays when it comes
// back; a browser never keeps a chosen file, which Again says.
type ConfirmationForm struct {
	Action, CommandID string
	Kinds             []EvidenceGroup
	When, Ref         string
	Papers            []Option // documents of the case
	Files             bool     // a file may be attached
	Accept            string
	Again             bool // a file was chosen and has to be chosen once more
}

// EvidenceGroup is a grade with the kinds of evidence that carry it.
type EvidenceGroup struct {
	Grade string
	Kinds []Option
}

// ConfirmationsView lists the outcomes that nobody confirmed in time.
type ConfirmationsView struct {
	Page
	Heading, Lead string
	Years         []Option
	Rows          []OverdueRow
	Mine          bool // the visitor may confirm
}

// OverdueRow is one outcome that waits. Confirm is the address of its form, ""
// for who only reads.
type OverdueRow struct {
	ISO, When, Text, Days string
	Number, Href, Confirm string
}
