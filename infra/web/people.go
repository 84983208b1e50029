package web

// PeopleView is the person search and its answer. The words searched for come
// by POST and are never part of an address.
type PeopleView struct {
	Page
	Query    string
	ReadAs   string
	Error    string
	Searched bool
	Found    string
	Hits     []PersonHit
	Hidden   string // existence-only line for restricted records
	Need     string // address where a closed record, asked by its number, is opened in need
	Abroad   string // … for records of the other prefecture, where both agreed
	Many     string
	New      string // where reception takes the words over, "" where not offered
}

// PersonHit is one person found, best first, with the reasons it matched.
type PersonHit struct {
	Name, Reading, Number string
	Hidden                bool // Name says why none is shown
	Href                  string
	Residence, Owner      string
	Last                  string
	Reasons               []Chip
	Chips                 []Chip
}
