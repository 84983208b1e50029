package office

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/account"
	"ayumi/domain/japan"
)

// envelope are the fields a caller may state beside a command's own.
type envelope struct {
	OccurredOn   japan.Date `arg:"occurred_on?,date"`
	OccurredTime *int       `arg:"occurred_time?,time"`
	Precision    string     `arg:"precision?,code"`
	OnBehalfOf   string     `arg:"on_behalf_of?,id"`
	Desk         string     `arg:"desk?,code"`
	Controller   string     `arg:"controller?,code"`
	Source       string     `arg:"source?,code"`
	Batch        string     `arg:"batch?,id"`
	Cause        string     `arg:"cause?,id"`
	Correlation  string     `arg:"correlation?,id"`
	// ShownAt is the stream version at which the effect on figures was shown.
	ShownAt *int `arg:"shown_at?,int"`
}

// EnvelopeFields are the fields every command takes beside its own.
func EnvelopeFields() []domain.Field { return domain.FieldsOf(&envelope{}) }

// intent takes the envelope and the stream out of the data and answers what is
// left for the command.
func (o *Office) intent(w *domain.Work, r Request, shape domain.Shape) (domain.Intent, domain.Data, error) {
	actor, err := o.actor(w, r.By)
	if err != nil {
		return domain.Intent{}, nil, err
	}
	own := func(name string) bool {
		return slices.ContainsFunc(shape.Fields, func(f domain.Field) bool { return f.Name == name && !f.Made })
	}
	head, rest := domain.Data{}, domain.Data{}
	for name, v := range r.Data {
		if !own(name) && isEnvelope(name) {
			head[name] = v
		} else {
			rest[name] = v
		}
	}
	if own("desk") { // the event's own desk is also where it happened
		if v, ok := r.Data["desk"]; ok {
			head["desk"] = v
		}
	}
	var e envelope
	if err := head.Fill(&e, r.ID); err != nil {
		return domain.Intent{}, nil, err
	}
	if err := domain.Check(&e); err != nil {
		return domain.Intent{}, nil, err
	}
	in := domain.Intent{
		Command: r.ID, Actor: actor, Now: r.At, Occurred: e.OccurredOn, OccurredTime: e.OccurredTime,
		Precision: e.Precision, OnBehalfOf: e.OnBehalfOf, Desk: e.Desk, Controller: actor.Controller,
		Source: e.Source, Batch: e.Batch, Cause: e.Cause, Correlation: e.Correlation,
	}
	if e.Controller != "" {
		if !actor.Has(japan.DateOf(r.At), domain.System) {
			return domain.Intent{}, nil, domain.RefuseField("controller.mismatch", "controller")
		}
		in.Controller = e.Controller
	}
	if in.Occurred == 0 {
		in.Occurred = in.Today()
	}
	if in.Desk == "" {
		in.Desk = actor.Desk
	}
	category, _, _ := strings.Cut(shape.Name, ".")
	if category == "reception" {
		in.Controller = "joint"
	}
	if in.Stream, err = streamOf(rest, category, shape, r); err != nil {
		return domain.Intent{}, nil, err
	}
	return in, rest, o.preview(w, &in, e.ShownAt, category, o.lenient || r.shows)
}

func isEnvelope(name string) bool {
	return slices.ContainsFunc(EnvelopeFields(), func(f domain.Field) bool { return f.Name == name })
}

// StreamKey is the name under which a command's data gives the stream's id: the
// category (case, person, …), or "stream" where the command has a fact of that
// name. "stream" is understood by every command.
func StreamKey(shape domain.Shape) string {
	category, _, _ := strings.Cut(shape.Name, ".")
	if slices.ContainsFunc(shape.Fields, func(f domain.Field) bool { return f.Name == category && !f.Made }) {
		return "stream"
	}
	return category
}

// streamOf takes the stream's id out of the data. A command that begins a stream
// may leave it out.
func streamOf(rest domain.Data, category string, shape domain.Shape, r Request) (string, error) {
	name := StreamKey(shape)
	if _, ok := rest["stream"]; ok {
		name = "stream"
	}
	id, err := rest.Text(name)
	if err != nil {
		return "", err
	}
	delete(rest, name)
	switch {
	case id == "" && shape.Creates:
		return domain.DeriveID(r.ID, category), nil
	case id == "":
		return "", domain.RefuseField("field.required", name)
	case !domain.StreamForm(category, id):
		return "", domain.RefuseField("field.id", name)
	}
	return id, nil
}

// preview hands on the version at which the effect on figures was shown. A
// scenario shows nothing: its previews are the version as it stands, as are those
// of a request that asks for its effect.
func (o *Office) preview(w *domain.Work, in *domain.Intent, shown *int, category string, lenient bool) error {
	switch {
	case shown != nil && *shown >= 0:
		v := uint64(*shown)
		in.Preview = &v
	case lenient && in.Stream != "":
		v, _, err := o.standing(w, category, in.Stream)
		if err != nil {
			return err
		}
		in.Preview = &v
	}
	return nil
}

// actor resolves an account to who it is now.
func (o *Office) actor(w *domain.Work, id string) (domain.Actor, error) {
	if id == "system" {
		return domain.SystemActor("31"), nil
	}
	if !domain.IDForm(id) {
		return domain.Actor{}, domain.Refuse("account.not_allowed")
	}
	a, version, _, err := domain.Load(w, account.Aggregate, id)
	if err != nil {
		return domain.Actor{}, err
	}
	if version == 0 {
		return domain.Actor{}, domain.Refuse("account.not_allowed")
	}
	return a.Now().Actor, nil
}

// Who resolves a signed-in account to who it is now; an unknown one is refused
// with account.not_allowed.
func (o *Office) Who(ctx context.Context, id string) (who domain.Actor, err error) {
	if id == "system" {
		return who, domain.Refuse("account.not_allowed")
	}
	_, err = o.decider.Try(ctx, func(w *domain.Work) error {
		who, err = o.actor(w, id)
		return err
	})
	return who, err
}

// text is a JSON string.
func text(s string) json.RawMessage {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always marshal
	}
	return b
}
