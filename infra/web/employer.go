package web

import "ayumi/infra/web/locale"

// EmployersView lists the vacancies on offer and the employers.
type EmployersView struct {
	Page
	Query     string
	Of        string // which employers are listed
	Tabs      []Tab
	Vacancies []VacancyRow
	Found     string
	Rows      []EmployerRow
	Book      string // address of the placement registers, "" for who may not
	Acts      []CommandForm
	Behind    *Warning
}

// EmployerRow is one employer.
type EmployerRow struct {
	Href, Name, Kind, Industry, Place, Size string
	Hidden                                  bool // Name says why none is shown
	Vacancies                               string
	State                                   *Chip
}

// VacancyRow is one vacancy, with what may be done with it on its employer's page.
type VacancyRow struct {
	ID, Number, Title, Employer, Href string
	Facts, From, Taken                string
	Place, Posts, Until               string
	Due                               *Chip
	Closed                            bool
	Ended                             string // when and why it was closed
	Forms                             []CommandForm
	sort                              int
}

// EmployerView is one employer.
type EmployerView struct {
	Page
	Heading       string
	Hidden        bool
	State         []Chip
	Behind        *Warning
	Facts         []Pair
	Vacancies     []VacancyRow
	Contacts      []ContactRow
	Introductions []IntroductionRow
	Acts          []CommandForm
	Nobody        string
	History       []HistoryRow
}

// IntroductionRow is one introduction. Person says why no name is shown where Hidden
// is set.
type IntroductionRow struct {
	When, Number      string
	Person, Href      string
	Hidden            bool
	Vacancy, Employer string
	State             Chip
	Steps             string
	Record            Pair
}

// JobView is a person's way to work: registration, consent, introductions, placements.
type JobView struct {
	Page
	Person        PersonLink
	Hidden        bool
	Chips         []Chip
	Tabs          []Tab
	Registrations []RegistrationRow
	Consent       Chip
	Given         []string // since when, by consent
	Placements    []PlacementRow
	Begin         []CommandForm
	Closed        string // why nothing can be added
	First         string // what has to come before an introduction
	Notice        string
	Behind        *Warning
}

// RegistrationRow is one job-seeker registration.
type RegistrationRow struct {
	Since, Until, Number string
	State                Chip
	End                  *CommandForm
}

// PlacementRow is one placement with the steps it has taken and may take.
type PlacementRow struct {
	Employer, Vacancy, Number string
	Link                      string // address of the employer, "" where it is none of ours
	Earlier                   bool   // of a case before
	State                     Chip
	Steps                     []Pair
	Forms                     []CommandForm
	Confirm                   string
	W                         *locale.Words
}
