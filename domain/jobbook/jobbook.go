// Package jobbook lays out the two books that a placement office keeps: of vacancies
// (求人管理簿) and of job-seekers (求職管理簿), with whom it introduced to whom and what
// became of it. What stands in them follows the regulation for free placement
// (職業安定法施行規則 24-7 and 25), which the office keeps to as its own register (ui.md).
package jobbook

import (
	"slices"

	"ayumi/domain/japan"
)

// The books.
const (
	Vacancies = "vacancies"
	Seekers   = "seekers"
)

// KeptMonths is for how long an entry is kept after the day it was completed.
const KeptMonths = 24

// Introduction is one person introduced to one vacancy. Other is the other side: the
// job-seeker in the book of vacancies, the employer in that of job-seekers.
type Introduction struct {
	On               japan.Date
	Other, Title     string
	State            string     // of the placement
	Decided, Started japan.Date // 0: not yet
	Left             japan.Date // day the person left the work
	Over             japan.Date // day it came to its end without or with work; 0: it goes on
	Contract         string     // of the work that was decided
	Number           uint64     // of its record
}

// Vacancy is an entry of the book of vacancies.
type Vacancy struct {
	Number, Title, Employer string
	Place, Workplace        string // codes of municipalities
	Contacts                []string
	Received, Until, Closed japan.Date // Closed 0: open
	Posts                   int
	Occupation, Contract    string
	Introduced              []Introduction
}

// Seeker is an entry of the book of job-seekers.
type Seeker struct {
	Number, Person         string // of the registration, and of the person
	Name, Address, Born    string
	Wish                   string
	Received, Until, Ended japan.Date // Ended 0: it holds
	Introduced             []Introduction
}

// Book is one book of a fiscal year.
type Book struct {
	Kind       string
	Controller string
	Year       japan.FiscalYear
	Vacancies  []Vacancy
	Seekers    []Seeker
	Made       japan.Date
	Language   string // ja or en
	Sample     bool   // the log is a scenario
}

// Covers tells whether something that began and ended on two days stood in a year; end
// 0: it goes on.
func Covers(year japan.FiscalYear, begin, end japan.Date) bool {
	return begin <= year.Last() && (end == 0 || end >= year.First())
}

// KeptUntil is the last day on which an entry has to be kept: two years after the last
// of its days; 0 while it is not complete.
func KeptUntil(closed japan.Date, introduced []Introduction) japan.Date {
	if closed == 0 {
		return 0
	}
	last := closed
	for _, x := range introduced {
		if x.Over == 0 {
			return 0
		}
		last = max(last, x.Over)
	}
	return last.AddMonths(KeptMonths)
}

// over are the states in which an introduction has come to its end for the books.
var over = []string{"declined", "withdrawn", "fell_through", "started", "ended", "voided"}

// IsOver tells whether a placement of a state has come to its end for the books: the
// work began, or came to nothing.
func IsOver(state string) bool { return slices.Contains(over, state) }
