// Package certificate is the certificate of consultations (相談利用証明): on which days a
// person was counselled, for a municipality that asks for it (handbook.md 1.13).
package certificate

import "ayumi/domain/japan"

// Printing is what stands on the paper.
type Printing struct {
	Number       string // as the office numbers its papers
	Record       uint64 // position of the event that it was issued: no two papers share it
	On           japan.Date
	Name         string // as printed
	Municipality string // whom it is for
	Purpose      string // code
	Desk         string // code of the desk that issues it
	Clerk        string // who issued it; "" where no name is shown
	Sessions     []Session
	Address      string // where anybody checks the codes
	Language     string // ja or en
	Sample       bool   // the log is a scenario
}

// Session is one consultation of it. Code is that of its receipt: who holds it learns
// whether the consultation stands, and nothing of the person.
type Session struct {
	On         japan.Date
	Channel    string
	Categories []string
	Code       string
}
