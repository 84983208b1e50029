package casefile

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Confirmation is one proof of a placement or relocation, by someone who did
// not record the outcome. It is given, and may be withdrawn.
type Confirmation struct {
	Confirms  string // decision or start; empty for a move
	Grade     string // a, b, c (counting.md 6)
	Evidence  string
	By        string
	On        japan.Date
	Withdrawn bool
}

// confirm judges a confirmation: the grade follows from the kind of evidence,
// and nobody confirms their own work.
func confirm(in domain.Intent, grade, evidence string, officers ...string) error {
	switch {
	case domain.GradeOf(evidence) != grade:
		return domain.RefuseField("evidence.grade", "grade")
	case slices.Contains(officers, in.Actor.Account):
		return domain.Refuse("evidence.same_officer")
	}
	return nil
}

// withdrawal judges the withdrawal of one of the confirmations; nil and true
// when it is withdrawn already.
func withdrawal(in domain.Intent, all map[string]*Confirmation, id string) (done bool, err error) {
	switch c := all[id]; {
	case c == nil:
		return false, unknown("confirmation")
	case c.Withdrawn:
		return true, nil
	}
	return false, in.Previewed()
}
