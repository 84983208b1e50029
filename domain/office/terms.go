package office

import "ayumi/domain"

// Under sets the terms that controllers work by; one that is not named works by
// the usual ones.
func (o *Office) Under(terms map[string]domain.Terms) *Office { o.terms = terms; return o }

// Terms answers the terms of a controller.
func (o *Office) Terms(controller string) domain.Terms {
	if t, ok := o.terms[controller]; ok {
		return t
	}
	return domain.UsualTerms()
}
