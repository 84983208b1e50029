package office

import (
	"context"

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
