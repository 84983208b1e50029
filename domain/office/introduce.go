package office

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/employer"
)

// introduceCandidate takes from the vacancy what an introduction states, and records
// the consent first where it is said now.
func introduceCandidate(o *Office, w *domain.Work, data domain.Data, in domain.Intent) error {
	cmd := &casefile.IntroduceCandidate{}
	if err := fill(data, cmd, in.Command); err != nil {
		return err
	}
	if done, err := domain.Carried(w, o.tables["case"], in.Stream, in.Command); err != nil || done {
		return err
	}
	firm, v, err := o.offered(w, cmd, in)
	if err != nil {
		return err
	}
	who, ok := in.Look.Person(cmd.Person)
	if !ok || who.Controller != in.Controller {
		return domain.RefuseField("entity.unknown", "person")
	}
	scope, err := cmd.Consents(who, in.Occurred)
	if err != nil {
		return err
	}
	part := domain.Data{"placement": text(cmd.Placement), "person": text(cmd.Person), "introducer": text(in.Actor.Account), "workplace_pref": text(v.WorkplaceLG[:2]),
		"industry": text(firm.Industry), "vacancy": text(v.Title), "job_number": text(v.Number())}
	if part["grant_eligible"], err = json.Marshal(v.GrantEligible); err != nil {
		return err
	}
	name := firm.Name
	if name == "" {
		if name, err = o.proprietor(w.Context(), cmd.Employer); err != nil {
			return err
		}
	}
	if name != "" {
		part["employer"] = text(name)
	}
	if scope != nil {
		if err := o.agrees(w, in, cmd, scope); err != nil {
			return err
		}
	}
	return domain.Propose(w, o.tables["case"], "case.introduce_job", part, in)
}

// offered is the vacancy of a command, if it is on offer. An employer of another
// prefecture is unknown.
func (o *Office) offered(w *domain.Work, cmd *casefile.IntroduceCandidate, in domain.Intent) (*employer.Employer, *employer.Vacancy, error) {
	firm, version, controller, err := domain.Load(w, employer.Aggregate, cmd.Employer)
	if err != nil {
		return nil, nil, err
	}
	if version == 0 || controller != in.Controller {
		return nil, nil, domain.RefuseField("entity.unknown", "employer")
	}
	v := firm.Vacancies[cmd.Vacancy]
	switch {
	case v == nil:
		return nil, nil, domain.RefuseField("entity.unknown", "vacancy")
	case firm.Ended:
		return nil, nil, domain.Refuse("employer.state")
	case !v.Offered(in.Occurred):
		return nil, nil, domain.RefuseField("vacancy.state", "vacancy")
	}
	return firm, v, nil
}

// agrees records the consent that is said now.
func (o *Office) agrees(w *domain.Work, in domain.Intent, cmd *casefile.IntroduceCandidate, scope []string) error {
	part := domain.Data{"stream": text(cmd.Person), "evidence_ref": text(cmd.EvidenceRef)}
	var err error
	if part["scope"], err = json.Marshal(scope); err != nil {
		return err
	}
	inherit(part, in)
	return o.within(w, Request{Command: "person.give_consent", ID: uuid.NewSHA1(in.Command, []byte("consent")), By: in.Actor.Account, At: in.Now, Data: part})
}

// proprietor is the name of a sole proprietor as it was stated last; "" once erased.
func (o *Office) proprietor(ctx context.Context, id string) (string, error) {
	name := ""
	for rec, err := range o.decider.Store.Stream(ctx, domain.StreamName("employer", id), 0) {
		if err != nil {
			return "", err
		}
		if rec.Type != "employer.registered" && rec.Type != "employer.renamed" {
			continue
		}
		texts, err := o.opened(ctx, rec)
		if err != nil {
			return "", fmt.Errorf("position %d: %w", rec.Position, err)
		}
		if said := texts["proprietor"]; said != "" {
			name = said
		}
	}
	return name, nil
}
