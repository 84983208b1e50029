package casefile

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// IntroduceCandidate introduces a person to a vacancy in one append: the person's
// consent, where it is said now, and the introduction with what the vacancy states.
// The employer is told nothing of somebody who has not agreed to it (handbook.md 6).
type IntroduceCandidate struct {
	Placement   string `arg:"placement,id,new"`
	Person      string `arg:"person,id"`
	Employer    string `arg:"employer,id"`
	Vacancy     string `arg:"vacancy,id"`
	Agrees      bool   `arg:"agrees?,flag"`       // the person agrees now
	EvidenceRef string `sealed:"evidence_ref?,P"` // how it was said
}

// Consents answers the scopes to be recorded as agreed to before the introduction:
// none where the person has agreed already.
func (cmd *IntroduceCandidate) Consents(p domain.PersonNow, on japan.Date) ([]string, error) {
	switch {
	case restricted(p, "share"):
		return nil, domain.Refuse("person.is_restricted")
	case Agreed(p, cmd.Employer, on):
		return nil, nil
	case !cmd.Agrees:
		return nil, domain.RefuseField("consent.missing", "agrees")
	case cmd.EvidenceRef == "":
		return nil, domain.RefuseField("field.required", "evidence_ref")
	}
	return []string{toEmployers}, nil
}

// toEmployers is the scope of consent by which an employer may be told of a person.
const toEmployers = "employer_introduction"

// Agreed tells whether the person has agreed to be introduced to an employer on a day.
func Agreed(p domain.PersonNow, employer string, on japan.Date) bool {
	return slices.ContainsFunc(p.Consents, func(c domain.ConsentNow) bool {
		return c.Active && slices.Contains(c.Scope, toEmployers) && (c.Until == 0 || on <= c.Until) &&
			(len(c.Recipients) == 0 || slices.Contains(c.Recipients, employer))
	})
}
