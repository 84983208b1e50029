package given

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// World is what stands in other streams, written down by the test.
type World struct {
	Cutoffs   map[string]domain.CutoffNow
	Persons   []domain.PersonNow
	Cases     []domain.CaseNow
	Partners  []domain.PartnerNow
	Outreachs []domain.OutreachNow
	Accounts  []domain.AccountNow
	Figures   map[string]domain.FigureNow // edition 1, by stream
	Matters   []domain.RightsNow
	Volumes   []domain.VolumeNow
	Hours     func(desk string, on japan.Date, at int) domain.Opening
}

func find[T any](list []T, ok func(T) bool) (T, bool) {
	if i := slices.IndexFunc(list, ok); i >= 0 {
		return list[i], true
	}
	var none T
	return none, false
}

// Person answers by id.
func (w *World) Person(id string) (domain.PersonNow, bool) {
	return find(w.Persons, func(p domain.PersonNow) bool { return p.ID == id })
}

// Case answers by id.
func (w *World) Case(id string) (domain.CaseNow, bool) {
	return find(w.Cases, func(c domain.CaseNow) bool { return c.ID == id })
}

// CasesOf answers the cases a person leads or belongs to.
func (w *World) CasesOf(person string) (out []domain.CaseNow) {
	for _, c := range w.Cases {
		if c.Lead == person || slices.Contains(c.Members, person) {
			out = append(out, c)
		}
	}
	return out
}

// Partner answers by id.
func (w *World) Partner(id string) (domain.PartnerNow, bool) {
	return find(w.Partners, func(p domain.PartnerNow) bool { return p.ID == id })
}

// Outreach answers by id.
func (w *World) Outreach(id string) (domain.OutreachNow, bool) {
	return find(w.Outreachs, func(o domain.OutreachNow) bool { return o.ID == id })
}

// Account answers by id.
func (w *World) Account(id string) (domain.AccountNow, bool) {
	return find(w.Accounts, func(a domain.AccountNow) bool { return a.Account == id })
}

// Cutoff answers from Cutoffs, by kind.
func (w *World) Cutoff(_ string, _ japan.FiscalYear, kind string) (domain.CutoffNow, bool) {
	c, ok := w.Cutoffs[kind]
	return c, ok
}

// Figure answers by id; only quantities and first editions stand here.
func (w *World) Figure(id string, edition int) (domain.FigureNow, bool) {
	f, ok := w.Figures[id]
	return f, ok && edition <= 1
}

// Rights answers by id.
func (w *World) Rights(id string) (domain.RightsNow, bool) {
	return find(w.Matters, func(r domain.RightsNow) bool { return r.ID == id })
}

// Volume answers by id.
func (w *World) Volume(id string) (domain.VolumeNow, bool) {
	return find(w.Volumes, func(v domain.VolumeNow) bool { return v.ID == id })
}

// Opening answers from Hours; without it no hours are known.
func (w *World) Opening(desk string, on japan.Date, at int) domain.Opening {
	if w.Hours == nil {
		return domain.Opening{}
	}
	return w.Hours(desk, on, at)
}
