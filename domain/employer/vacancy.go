package employer

import (
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// VacancyOpened: work on offer. Posts is how many people are sought; the offer
// stands to ValidUntil, that day included.
type VacancyOpened struct {
	Vacancy       string     `fact:"vacancy,id,new"`
	From          string     `fact:"from,code=hellowork|direct|matching_site"`
	Occupation    string     `fact:"occupation,token"`
	Contract      string     `fact:"contract,code"`
	SideJob       bool       `fact:"side_job,flag"`
	Remote        bool       `fact:"remote,flag"`
	GrantEligible bool       `fact:"grant_eligible,flag"`
	WorkplaceLG   string     `fact:"workplace_lg,token"`
	Posts         int        `fact:"posts,int"`
	ValidUntil    japan.Date `fact:"valid_until,date"`
	Title         string     `fact:"title,word"`
}

func (e *VacancyOpened) Apply(m *Employer, env domain.Envelope) {
	m.Vacancies[e.Vacancy] = &Vacancy{VacancyOpened: *e, OpenedOn: env.Occurred}
}

// VacancyChanged: one field of an open vacancy; values are canonical texts.
type VacancyChanged struct {
	Vacancy string `fact:"vacancy,id"`
	Field   string `fact:"field,token"`
	Old     string `fact:"old,word"`
	New     string `fact:"new,word"`
}

func (e *VacancyChanged) Apply(m *Employer, _ domain.Envelope) {
	v := m.Vacancies[e.Vacancy]
	if v == nil {
		return
	}
	if now, err := v.changed(e); err == nil {
		v.VacancyOpened = now
	}
}

// VacancyClosed: no longer on offer. FilledByUs is how many posts the office filled.
type VacancyClosed struct {
	Vacancy    string `fact:"vacancy,id"`
	Reason     string `fact:"reason,code=filled|expired|withdrawn"`
	FilledByUs int    `fact:"filled_by_us,int"`
}

func (e *VacancyClosed) Apply(m *Employer, env domain.Envelope) {
	if v := m.Vacancies[e.Vacancy]; v != nil {
		v.Closed, v.ClosedOn, v.Reason, v.FilledByUs = true, env.Occurred, e.Reason, e.FilledByUs
	}
}

// Vacancy runs open → closed.
type Vacancy struct {
	VacancyOpened
	OpenedOn   japan.Date // day it was taken in
	Closed     bool
	ClosedOn   japan.Date
	Reason     string // why it was closed
	FilledByUs int
}

// Offered tells whether the work is on offer on a day.
func (v *Vacancy) Offered(on japan.Date) bool {
	return !v.Closed && v.OpenedOn <= on && on <= v.ValidUntil
}

// Stated is the canonical text of a field of the vacancy as it stands.
func (v *Vacancy) Stated(field string) string { return domain.Stated(&v.VacancyOpened, field) }

// Number is what people call a vacancy by, J-3F9A21C0DE: it follows from its id, so
// that an introduction can tell, sealed, which vacancy it was to.
func (e *VacancyOpened) Number() string { return NumberOf(e.Vacancy) }

// NumberOf is the number of the vacancy of an id.
func NumberOf(vacancy string) string {
	plain := strings.ToUpper(strings.ReplaceAll(vacancy, "-", ""))
	return "J-" + plain[:min(10, len(plain))]
}

var changeable = []string{
	"occupation", "contract", "side_job", "remote", "grant_eligible", "workplace_lg", "posts", "valid_until", "title",
}

func (v *Vacancy) changed(e *VacancyChanged) (VacancyOpened, error) {
	out := v.VacancyOpened
	err := domain.Amend(&out, changeable, e.Field, e.Old, e.New)
	return out, err
}

func (e *VacancyOpened) sound() error {
	if e.Posts < 1 {
		return domain.RefuseField("field.range", "posts")
	}
	if !japan.LGShaped(e.WorkplaceLG) {
		return domain.RefuseField("lg.invalid", "workplace_lg")
	}
	return nil
}

// OpenVacancy records work on offer.
type OpenVacancy struct{ VacancyOpened }

func (c *OpenVacancy) Decide(m *Employer, _ domain.Intent) ([]event, error) {
	if m.Vacancies[c.Vacancy] != nil {
		return nil, nil
	}
	if err := m.open(); err != nil {
		return nil, err
	}
	if err := c.sound(); err != nil {
		return nil, err
	}
	return []event{&c.VacancyOpened}, nil
}

func (m *Employer) vacancy(id string) (*Vacancy, error) {
	v := m.Vacancies[id]
	switch {
	case v == nil:
		return nil, domain.RefuseField("entity.unknown", "vacancy")
	case v.Closed:
		return nil, domain.Refuse("vacancy.state")
	}
	return v, nil
}

// ChangeVacancy changes one field of an open vacancy.
type ChangeVacancy struct{ VacancyChanged }

func (c *ChangeVacancy) Decide(m *Employer, _ domain.Intent) ([]event, error) {
	v, err := m.vacancy(c.Vacancy)
	if err != nil {
		return nil, err
	}
	now, err := v.changed(&c.VacancyChanged)
	if err != nil || c.Old == c.New {
		return nil, err
	}
	if err := now.sound(); err != nil {
		return nil, err
	}
	return []event{&c.VacancyChanged}, nil
}

// CloseVacancy takes a vacancy off the list.
type CloseVacancy struct{ VacancyClosed }

func (c *CloseVacancy) Decide(m *Employer, _ domain.Intent) ([]event, error) {
	if _, err := m.vacancy(c.Vacancy); err != nil {
		return nil, err
	}
	if c.FilledByUs < 0 {
		return nil, domain.RefuseField("field.range", "filled_by_us")
	}
	return []event{&c.VacancyClosed}, nil
}
