package domain

// Terms are the periods a controller works by: settings, because ordinances and
// records rules differ (handbook.md 6.2, 6.6, 6.7). What a decision made of them is
// a fact of its event, so a later setting moves no date that was given.
type Terms struct {
	Disclosure int // days to decide on a request for disclosure
	Correction int // … on one for correction
	Suspension int // … on one for suspension of use
	Extension  int // most days that one extension may add
	Disclosed  int // days after a disclosure within which correction and suspension may be asked for
	// NextWorkingDay: a period that would end on a day on which offices do not
	// work ends on the next one that they do (Civil Code 142).
	NextWorkingDay bool

	BreachFirst     int // days to the quick report of a breach, the day it became known being the first
	BreachFull      int // … to the full report
	BreachMalicious int // … to the full report, if somebody meant it
	BreachMany      int // a breach of more people than this is reported

	Retention     int // fiscal years a volume of cases is kept
	CommentMonths int // months for opinions on a list of disposals
	FilePersons   int // a file of this many people has its entry in the register
}

// UsualTerms are those of the Act and of handbook.md 6.
func UsualTerms() Terms {
	return Terms{
		Disclosure: 30, Correction: 30, Suspension: 30, Extension: 30, Disclosed: 90, NextWorkingDay: true,
		BreachFirst: 5, BreachFull: 30, BreachMalicious: 60, BreachMany: 100,
		Retention: 5, CommentMonths: 1, FilePersons: 1000,
	}
}

// Decide answers the days to decide on a request of a kind; 0 for no such kind.
func (t Terms) Decide(kind string) int {
	return map[string]int{"disclosure": t.Disclosure, "correction": t.Correction, "suspension": t.Suspension}[kind]
}
