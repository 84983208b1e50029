package web

import (
	"context"
	"net/http"

	"ayumi/domain"
	"ayumi/domain/partner"
	"ayumi/projections"
)

// body is a partner as its stream says it is.
type body struct {
	of         *partner.Partner
	controller string
	version    uint64
	entries    []projections.Entry
}

// body reads a partner; ErrMissing if there is none.
func (s *Site) body(ctx context.Context, id string) (body, error) {
	b := body{of: partner.Aggregate.New()}
	var err error
	if b.entries, err = s.config.Journey.Stream(ctx, domain.StreamName("partner", id), projections.Newest); err != nil {
		return b, missing(err)
	}
	if len(b.entries) == 0 {
		return b, ErrMissing
	}
	b.controller = b.entries[0].Controller
	for _, e := range b.entries {
		rec, err := e.Recorded()
		if err != nil {
			return b, err
		}
		env, ev, err := partner.Aggregate.Decode(rec)
		if err != nil {
			return b, err
		}
		ev.Apply(b.of, env)
		b.version = rec.Version
	}
	return b, nil
}

// inwardForm takes in what a partner sent by letter or told by phone; nil where the
// visitor cannot.
func (s *Site) inwardForm(ctx context.Context, v Visitor) (*CommandForm, error) {
	groups, err := s.bodies(ctx, v, "")
	if err != nil || len(groups) == 0 {
		return nil, err
	}
	form := s.newInward(v, "/referrals", v.W.Referrals.Record)
	from := CommandField{ID: form.ID + "-partner", Name: "partner", Label: v.W.Referrals.From, Kind: "select", Required: true}
	for _, g := range groups {
		from.Options = append(from.Options, g.Options...)
	}
	form.Fields = append([]CommandField{from}, form.Fields...)
	return &form, nil
}

// newInward is the form by which somebody is sent to us.
func (s *Site) newInward(v Visitor, action, heading string) CommandForm {
	form := s.commandForm(v.W, "inward", "partner.make_inward", commandForm{action: action, heading: heading, submit: v.W.Rights.Save,
		values: map[string]string{"due_on": v.W.PlainDate(s.soon()), "basis": "consent_or_to_self"}})
	form.addDay(v.W, s.today())
	return form
}

// recordInward takes one in for a partner.
func (s *Site) recordInward(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	b, err := s.body(r.Context(), r.PostFormValue("partner"))
	if err != nil || b.controller != v.Actor.Controller {
		return errorOr(err, ErrMissing)
	}
	return s.recordsCommand(w, r, v, recordsForm{
		allowed: []string{"partner.make_inward"}, fixed: map[string]any{"partner": b.of.ID}, done: referralHref,
		again: func(status int, faults []FieldError) error {
			view, err := s.referralsView(r, v, past{})
			if err != nil {
				return err
			}
			view.Record.again(v.W, r, faults)
			return s.show(w, r, status, "referrals", "", view)
		},
	})
}
