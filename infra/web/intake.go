package web

import "ayumi/infra/web/locale"

// IntakeView is reception: a search, who is near, the notice of purpose, and the
// form for somebody who is not on record. The form opens once a search was made.
type IntakeView struct {
	Page
	Draft    *IntakeDraft
	Heading  string
	Query    string
	Error    string // of the search
	Words    []Pair // how each word was read
	Searched bool
	Found    string
	Hits     []IntakeHit
	Hidden   string // existence-only line for restricted records
	Many     string
	Form     *IntakeForm
	Identify *IdentifyForm
	Search   string // address the search is posted to
}

// IntakeHit is a person on record who is near, with what speaks for it.
type IntakeHit struct {
	ID, Name, Reading, Number string
	Hidden                    bool // Name says why none is shown
	Facts, Last               string
	Points, Width             int // Width of the bar, of 100
	Likely                    bool
	Band                      Chip
	Reasons                   []Pair // words and points
	Href, Begin               string
	Chips                     []Chip
	First                     bool
	signals                   []string
}

// IntakeForm is the notice and the record. Everything typed stays when it comes back.
type IntakeForm struct {
	W                                *locale.Words
	Action, CommandID, Search, Query string
	DraftID                          string
	Notice                           PurposeShown
	Methods                          []Option
	Consents                         []Option
	Name, Reading, Born, BornRead    string
	Phone, Mail, Line                string
	Residence, Age, Lead, Language   []Option
	Student                          bool
	Aims, Channels, Contents         []Option
	Memo                             string
	Apart                            []ApartChoice
	Errors                           *Errors
}

// PurposeShown is the notice of purpose in force.
type PurposeShown struct{ Version, Edition, Text, Plain, Other, OtherLanguage string }

// ApartChoice asks why the new person is not somebody on record.
type ApartChoice struct {
	Field, Heading string
	Options        []Option
}

// IdentifyForm gives a name to a person who gave none.
type IdentifyForm struct {
	W                              *locale.Words
	Action, Same, CommandID, Query string
	Name, Reading, Born, BornRead  string
	Residence, Age                 []Option
	Errors                         *Errors
}
