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

// Hands are the accounts that had a part in a placement: who introduced it and
// who recorded its decision and start. None of them confirms it.
func (p *Placement) Hands() []string {
	return hands(p.Introducer, p.DecidedBy, p.StartedBy)
}

// HandsOn are the accounts that had a part in a move: who recorded it and who
// owned the case on its day. None of them confirms it.
func (c *Case) HandsOn(r *Relocation) []string {
	owner, _ := c.OwnedOn(r.MovedInOn)
	return hands(r.MovedInBy, owner)
}

// Grade is the best grade of a proof of the placement that holds, a before b before c;
// "" if there is none.
func (p *Placement) Grade() string {
	best := ""
	for _, c := range p.Confirmations {
		if !c.Withdrawn && (best == "" || c.Grade < best) {
			best = c.Grade
		}
	}
	return best
}

func hands(accounts ...string) []string {
	var out []string
	for _, a := range accounts {
		if a != "" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// paper refuses a document that does not belong to the case: a confirmation never
// names a paper that nobody can open. None named is no fault.
func (c *Case) paper(document string) error {
	if d := c.Documents[document]; document != "" && (d == nil || d.Removed) {
		return unknown("document")
	}
	return nil
}
