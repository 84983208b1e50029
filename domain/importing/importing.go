// Package importing turns the ledgers that offices keep in spreadsheets into
// commands: which column is what, what each row says, what is wrong with it and
// who is meant (events.md 2.1, handbook.md 7.4). It is pure: it reads cells, and
// knows neither files nor the log.
package importing

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// Limits of one ledger.
const (
	MostRows    = 50_000
	MostColumns = 120
	MostCells   = 2_000_000
	MostText    = 5_000 // characters of one cell
)

// Table is one sheet as it was read. Row n of the sheet is Rows[n-1]; a row may be
// shorter than others. Days that a workbook marks as such are written YYYY-MM-DD.
type Table struct {
	Name      string     `json:"name,omitempty"`
	Rows      [][]string `json:"rows"`
	Since1904 bool       `json:"since_1904,omitempty"` // serial days count from 1904
}

// Cell is the text of a cell by its row in Rows and its column from 0.
func (t Table) Cell(row, column int) string {
	if row < 0 || row >= len(t.Rows) || column < 0 || column >= len(t.Rows[row]) {
		return ""
	}
	return t.Rows[row][column]
}

// Mapping says how a ledger is to be read.
type Mapping struct {
	Head    int            `json:"head"`    // row of the headings, from 0; -1: there are none
	Columns map[string]int `json:"columns"` // field → column from 0
	// Values are words of the ledger that stand for a code: field → folded word → code.
	Values map[string]map[string]string `json:"values,omitempty"`
	// Defaults stand where a row says nothing: field → code.
	Defaults map[string]string `json:"defaults"`
	Year     japan.FiscalYear  `json:"year,omitempty"` // of days without a year; 0: they are refused
}

// Change is what somebody decided about rows of the ledger, by number of the row.
type Change struct {
	Cells  map[int]map[string]string `json:"cells,omitempty"`  // row → field → text in the place of the cell
	Leave  map[int]bool              `json:"leave,omitempty"`  // rows that are not imported
	Twice  map[int]bool              `json:"twice,omitempty"`  // rows imported although another says the same
	People map[int]Choice            `json:"people,omitempty"` // first row of a person → who it is
}

// Choice is who a person of the ledger is: one of the office's persons, or with
// New a new one.
type Choice struct {
	Person string `json:"person,omitempty"`
	New    bool   `json:"new,omitempty"`
}

// Fault is one thing wrong with a cell, with what to do about it.
type Fault struct {
	domain.Refusal
	Text    string // of the cell
	Propose string // what the cell may have meant, "" for nothing
}

// Row is what one row of the ledger says.
type Row struct {
	No         int // of the sheet, from 1
	Person     int // in Plan.People
	HeldOn     japan.Date
	Precision  string
	Started    *int // HHMM
	Ended      *int
	Channel    string
	Categories []string
	Outcome    string
	Attendees  int
	Note       string
	Answer     string
	Homework   string
	Counsellor string   // account; "": whoever brings the ledger
	Record     uint64   // number of the record that the row was exported from, 0 for none
	Known      bool     // it is that record already
	Raw        string   // the row as it came, with its headings
	Filled     []string // fields taken from the row above
	Faults     []Fault
	Left       bool // somebody left it out
	Waiting    bool // nobody has decided who the person is
	Twin       int  // number of the earlier row that says the same, 0 for none
}

// Good tells whether the row can be imported.
func (r *Row) Good() bool { return len(r.Faults) == 0 && !r.Left && !r.Waiting && !r.Known }

// Person is somebody the ledger speaks of, in one or more of its rows.
type Person struct {
	Anonymous                              bool
	Family, Given, FamilyKana, GivenKana   string
	BirthDate, BirthYear, Sex              string
	AgeBand, Pref, Address, Postal, School string
	Student                                bool
	Phones, Mails                          []string
	Line, LeadSource                       string
	Rows                                   []int  // in Plan.Rows
	Likes                                  []Like // of the office, most points first
	Choice                                 Choice
	Decided                                bool   // Choice was made
	Known                                  string // the office's person, as records of theirs say
	own                                    string // number of the ledger's own
}

// Plan is a ledger as it was understood.
type Plan struct {
	Rows    []Row
	People  []Person
	Skipped int      // rows that say nothing: repeated headings, sums
	Missing []string // fields that have neither a column nor a default and must have one
}

// Count is how many rows can be imported, how many are wrong, how many somebody left
// out, and how many wait for a decision about the person. What is a record already is
// none of them.
func (p *Plan) Count() (good, bad, left, waiting int) {
	for i := range p.Rows {
		switch r := &p.Rows[i]; {
		case r.Known:
		case r.Left:
			left++
		case len(r.Faults) > 0:
			bad++
		case r.Waiting:
			waiting++
		default:
			good++
		}
	}
	return good, bad, left, waiting
}

// Clash is a field that two columns of one name could hold.
type Clash struct {
	Field, Heading string
	Columns        []int
}
