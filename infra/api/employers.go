package api

import (
	"context"

	"ayumi/domain"
	"ayumi/domain/employer"
)

// EmployersIn selects employers.
type EmployersIn struct {
	Offering bool `query:"offering" doc:"with a vacancy on offer today"`
	Fresh
}

// EmployersAnswer is the employers of the caller's prefecture with their vacancies, by
// public name. A sole proprietor's name and every contact lie sealed and are not told;
// nor is who was introduced to whom.
type EmployersAnswer struct {
	Employers []EmployerOne `json:"employers"`
	Sample    bool          `json:"sample,omitempty" doc:"from a scenario log"`
}

// EmployerOne is one employer as it stands.
type EmployerOne struct {
	Number    uint64       `json:"number" doc:"position of its first record, by which people call it"`
	ID        string       `json:"id" doc:"random id, for the commands"`
	Name      string       `json:"name,omitempty" doc:"public name"`
	Kind      string       `json:"kind"`
	Industry  string       `json:"industry"`
	Place     string       `json:"lg_code"`
	SizeBand  string       `json:"size_band"`
	EndedOn   string       `json:"ended_on,omitempty" format:"date"`
	Vacancies []VacancyOne `json:"vacancies"`
}

// VacancyOne is one vacancy as it stands.
type VacancyOne struct {
	Number        string `json:"number" doc:"job number, by which an introduction names it"`
	ID            string `json:"id" doc:"random id, for the commands"`
	Title         string `json:"title"`
	From          string `json:"from"`
	Occupation    string `json:"occupation"`
	Contract      string `json:"contract"`
	WorkplaceLG   string `json:"workplace_lg"`
	Posts         int    `json:"posts"`
	SideJob       bool   `json:"side_job"`
	Remote        bool   `json:"remote"`
	GrantEligible bool   `json:"grant_eligible"`
	OpenedOn      string `json:"opened_on" format:"date"`
	ValidUntil    string `json:"valid_until" format:"date" doc:"last day of the offer"`
	Offered       bool   `json:"offered" doc:"on offer today"`
	ClosedOn      string `json:"closed_on,omitempty" format:"date"`
	Reason        string `json:"reason,omitempty" doc:"why it was closed"`
	FilledByUs    int    `json:"filled_by_us,omitempty"`
}

func (a *API) employers(ctx context.Context, in *EmployersIn) (EmployersAnswer, error) {
	v, out := visitorOf(ctx), EmployersAnswer{Employers: []EmployerOne{}, Sample: a.Sample}
	if !v.Has(a.today(), domain.Counsellor, domain.Lead, domain.Auditor) {
		return out, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return out, err
	}
	all, err := a.Journeys.Employers(ctx, v.Controller)
	for _, m := range all {
		one := EmployerOne{Number: m.No, ID: m.ID, Name: m.Name, Kind: m.Kind, Industry: m.Industry, Place: m.LGCode, SizeBand: m.SizeBand, EndedOn: dayText(m.EndedOn), Vacancies: []VacancyOne{}}
		offering := false
		for _, x := range m.Offers() {
			w := a.vacancyOne(x, m.Ended)
			one.Vacancies, offering = append(one.Vacancies, w), offering || w.Offered
		}
		if offering || !in.Offering {
			out.Employers = append(out.Employers, one)
		}
	}
	return out, err
}

func (a *API) vacancyOne(x *employer.Vacancy, ended bool) VacancyOne {
	return VacancyOne{Number: x.Number(), ID: x.Vacancy, Title: x.Title, From: x.From, Occupation: x.Occupation, Contract: x.Contract, WorkplaceLG: x.WorkplaceLG, Posts: x.Posts,
		SideJob: x.SideJob, Remote: x.Remote, GrantEligible: x.GrantEligible, OpenedOn: dayText(x.OpenedOn), ValidUntil: dayText(x.ValidUntil), Offered: !ended && x.Offered(a.today()),
		ClosedOn: dayText(x.ClosedOn), Reason: x.Reason, FilledByUs: x.FilledByUs}
}
