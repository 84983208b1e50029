package office

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/rights"
)

// MatterOwners lists whose sealed texts a data-protection matter is about: the
// person with all streams that were merged into it, the representative, and of a
// breach the matter itself. A matter that is over opens nothing.
func (o *Office) MatterOwners(ctx context.Context, id string) (owners []string, err error) {
	if !domain.IDForm(id) {
		return nil, nil
	}
	_, err = o.decider.Try(ctx, func(w *domain.Work) error {
		m, version, _, err := domain.Load(w, rights.Aggregate, id)
		if err != nil || version == 0 || m.Over() {
			return err
		}
		owners = []string{id}
		if m.Contact != "" {
			owners = append(owners, m.Contact)
		}
		if m.Person != "" {
			l := &look{w: w, o: o}
			owners = append(owners, l.oneself(m.Person)...)
			return l.err
		}
		return nil
	})
	return owners, err
}

// MatterReach is what a data-protection matter opens: the texts of its owners, and
// what other people's cases hold of the person.
func (o *Office) MatterReach(ctx context.Context, id string) (domain.Reach, error) {
	owners, err := o.MatterOwners(ctx, id)
	out := domain.Reach{Owners: owners, Records: map[uuid.UUID]string{}}
	if err != nil {
		return out, err
	}
	for _, owner := range owners {
		cases, err := o.casesOf(ctx, owner)
		if err != nil {
			return out, err
		}
		for _, file := range cases {
			if err := o.reachInto(ctx, file, &out); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// reachInto adds the records of a case that are about the owners of a reach.
func (o *Office) reachInto(ctx context.Context, file string, reach *domain.Reach) error {
	about, lead := rights.Concerns{}, ""
	var events []domain.Recorded
	for rec, err := range o.decider.Store.Stream(ctx, domain.StreamName("case", file), 0) {
		if err != nil {
			return err
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return err
		}
		if rec.Type == "case.opened" {
			lead = facts.Text("person")
		}
		about.Learn(rec.Type, facts)
		events = append(events, rec)
	}
	if slices.Contains(reach.Owners, lead) {
		return nil
	}
	for _, rec := range events {
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return err
		}
		if about.About(reach.Owners, lead, rec.Type, facts) {
			reach.Records[rec.ID] = lead
		}
	}
	return nil
}
