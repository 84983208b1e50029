// Package letter is the introduction paper (紹介状) of a referral: what was shared
// with a partner, on paper, word for word and nothing beside it.
package letter

import "ayumi/domain/japan"

// Printing is what stands on the paper.
type Printing struct {
	Number   uint64     // position of the referral's first record
	On       japan.Date // day it was shared
	To       string     // name of the partner
	Desk     string     // code of the desk that refers
	Purpose  string     // code
	Basis    string     // code: by what right it is told
	Fields   []string   // codes: which items the text holds
	DueOn    japan.Date // the partner is asked to answer by; 0: not asked
	Text     string     // as it was shared
	Flag     bool       // the person is under protection: to be handled in confidence
	Clerk    string     // who refers; "" where no name is shown
	Language string     // ja or en
	Sample   bool       // the log is a scenario
}
