package casefile

import (
	"slices"

	"ayumi/domain"
)

// AmendConsultation corrects one field of a session. Confirmed says that the
// warning about prohibited items was read.
type AmendConsultation struct {
	ConsultationAmended
	Confirmed bool `arg:"items_confirmed?,flag"`
}

func (a *AmendConsultation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, a); err != nil {
		return nil, err
	}
	s, err := c.standing(a.Consultation)
	if err != nil {
		return nil, err
	}
	decide := a.amendFact
	if slices.Contains(textFields, a.Field) {
		decide = a.amendText
	}
	changed, err := decide(c, in, s.Sitting)
	if err != nil || !changed {
		return nil, err
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&a.ConsultationAmended}, nil
}

// amendFact tries the change on a copy.
func (a *AmendConsultation) amendFact(c *Case, in domain.Intent, s Sitting) (bool, error) {
	if a.OldText != "" || a.NewText != "" {
		return false, domain.RefuseField("amend.field", "new_text")
	}
	if a.done(&s) {
		return false, nil
	}
	if err := a.change(&s, sessionFields); err != nil {
		return false, err
	}
	return true, s.recheck(c, in, a.Field)
}

// amendText takes the words as given: the old ones are sealed, and no decision
// reads them.
func (a *AmendConsultation) amendText(*Case, domain.Intent, Sitting) (bool, error) {
	switch {
	case len(a.Old) > 0 || len(a.New) > 0:
		return false, domain.RefuseField("amend.field", "new")
	case a.OldText == a.NewText:
		return false, domain.RefuseField("amend.stale", "new_text")
	case a.Field == "note_job":
		return true, mayCollect(a.Confirmed, "new_text", a.NewText)
	}
	return true, nil
}

// VoidConsultation takes a session back for good.
type VoidConsultation struct{ ConsultationVoided }

func (v *VoidConsultation) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, v); err != nil {
		return nil, err
	}
	if _, err := c.standing(v.Consultation); err != nil {
		return nil, err
	}
	if c.certified(v.Consultation) {
		return nil, domain.Refuse("certificate.covers")
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&v.ConsultationVoided}, nil
}
