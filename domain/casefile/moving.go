package casefile

import (
	"cmp"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// ConsultationReleased: the session belongs to another case.
type ConsultationReleased struct {
	Consultation string `fact:"consultation,id"`
	ToCase       string `fact:"to_case,id"`
	Reason       string `fact:"reason,token"`
}

func (e *ConsultationReleased) Apply(c *Case, _ domain.Envelope) {
	c.Consultations[e.Consultation].State = "moved"
}

// ConsultationReceived: a session came over from another case, with all its
// facts as they stand and its words sealed anew.
type ConsultationReceived struct {
	Consultation  string     `fact:"consultation,id"`
	FromCase      string     `fact:"from_case,id"`
	HeldOn        japan.Date `fact:"held_on,date"`
	HeldPrecision string     `fact:"held_precision?,code=precision"` // absent: day
	HeldTime      *int       `fact:"held_time?,time"`
	Session
	Words
}

// knownToTheDay lifts version 1, which said nothing of precision and time.
func knownToTheDay(facts []domain.Fact) []domain.Fact { return facts }

func (e *ConsultationReceived) Apply(c *Case, _ domain.Envelope) {
	c.Consultations[e.Consultation] = &Consultation{
		State: "held", Precision: cmp.Or(e.HeldPrecision, "day"), Time: e.HeldTime, Sitting: Sitting{e.HeldOn, e.Session},
	}
	c.engage(e.HeldOn)
}

// MoveConsultation moves a session to another case of the same controller. It
// touches two streams, so it stands in no table: the office asks DecideBoth and
// appends both answers at once. Words are the session's words, which the office
// opens for the move; LeadPerson names who led it there, by default the same
// person, or the lead of the other case.
type MoveConsultation struct {
	ConsultationReleased
	LeadPerson string `arg:"lead_person?,id"`
	Words
}

// DecideBoth answers what happens to the old case and to the new one. in is the
// intent on the old one. Asked twice it answers nothing.
func (m *MoveConsultation) DecideBoth(from, to *Case, in domain.Intent) (onFrom, onTo []event, err error) {
	if err := m.admitBoth(from, to, in); err != nil {
		return nil, nil, err
	}
	if was := from.Consultations[m.Consultation]; was != nil && was.State == "moved" {
		if has := to.Consultations[m.Consultation]; has != nil && has.State != "moved" {
			return nil, nil, nil
		}
	}
	s, err := from.standing(m.Consultation)
	if err != nil {
		return nil, nil, err
	}
	if from.certified(m.Consultation) {
		return nil, nil, domain.Refuse("certificate.covers")
	}
	session := s.Session
	if session.LeadPerson, err = m.leader(to, in, s.LeadPerson); err != nil {
		return nil, nil, err
	}
	if err := in.Previewed(); err != nil {
		return nil, nil, err
	}
	received := &ConsultationReceived{
		Consultation: m.Consultation, FromCase: from.ID, HeldOn: s.HeldOn, HeldTime: s.Time, Session: session, Words: m.Words,
	}
	if s.Precision != "day" {
		received.HeldPrecision = s.Precision
	}
	return []event{&m.ConsultationReleased}, []event{received}, nil
}

func (m *MoveConsultation) admitBoth(from, to *Case, in domain.Intent) error {
	if err := from.admit(in, &m.ConsultationReleased); err != nil {
		return err
	}
	switch {
	case to.State == StateUnopened || to.ID == from.ID:
		return unknown("to_case")
	case to.Controller != from.Controller:
		return domain.RefuseField("controller.mismatch", "to_case")
	}
	in.Stream = to.ID
	return to.admit(in, m)
}

// leader answers who led the session, in the party of the new case.
func (m *MoveConsultation) leader(to *Case, in domain.Intent, was string) (string, error) {
	switch {
	case m.LeadPerson != "" && !to.inParty(in, m.LeadPerson):
		return "", domain.RefuseField("case.not_member", "lead_person")
	case m.LeadPerson != "":
		return m.LeadPerson, nil
	case to.inParty(in, was):
		return was, nil
	}
	return to.Lead, nil
}
