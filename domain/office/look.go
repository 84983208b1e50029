package office

import (
	"fmt"
	"slices"

	"ayumi/domain"
	"ayumi/domain/account"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/domain/outreach"
	"ayumi/domain/partner"
	"ayumi/domain/person"
	"ayumi/domain/reception"
)

// look answers a decision's questions about other streams from their newest
// state. A fault of the store is kept and fails the command afterwards.
type look struct {
	w   *domain.Work
	o   *Office
	err error
}

func now[S, N any](l *look, a *domain.Aggregate[S], id string, view func(*S) N) (N, bool) {
	var none N
	if !domain.IDForm(id) {
		return none, false
	}
	s, version, _, err := domain.Load(l.w, a, id)
	if err != nil {
		l.err = err
	}
	if err != nil || version == 0 {
		return none, false
	}
	return view(s), true
}

func (l *look) Person(id string) (domain.PersonNow, bool) {
	return now(l, person.Aggregate, id, (*person.Person).Now)
}

func (l *look) Case(id string) (domain.CaseNow, bool) {
	return now(l, casefile.Aggregate, id, (*casefile.Case).Now)
}

func (l *look) Partner(id string) (domain.PartnerNow, bool) {
	return now(l, partner.Aggregate, id, (*partner.Partner).Now)
}

func (l *look) Outreach(id string) (domain.OutreachNow, bool) {
	return now(l, outreach.Aggregate, id, (*outreach.Outreach).Now)
}

func (l *look) Account(id string) (domain.AccountNow, bool) {
	return now(l, account.Aggregate, id, (*account.Account).Now)
}

// CasesOf joins what the read model knows with what this office has just done.
func (l *look) CasesOf(person string) []domain.CaseNow {
	ids := l.o.recentCases(person)
	if l.o.index != nil {
		more, err := l.o.index.CasesOf(l.w.Context(), person)
		if err != nil {
			l.err = err
		}
		ids = append(ids, more...)
	}
	slices.Sort(ids)
	var out []domain.CaseNow
	for _, id := range slices.Compact(ids) {
		if c, ok := l.Case(id); ok {
			out = append(out, c)
		}
	}
	return out
}

// Opening reads the corner's log of the fiscal year; where that year sets no
// hours, the year before.
func (l *look) Opening(desk string, on japan.Date, at int) domain.Opening {
	year := int(japan.FiscalYearOf(on))
	for _, fy := range []int{year, year - 1} {
		r, version, _, err := domain.Load(l.w, reception.Aggregate, fmt.Sprintf("TKC.%d", fy))
		if err != nil {
			l.err = err
			return domain.Opening{}
		}
		if version == 0 {
			continue
		}
		if o := r.Opening(desk, on, at); o.Known {
			return o
		}
	}
	return domain.Opening{}
}

func (o *Office) recentCases(person string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.recent[person])
}

// mostRecent bounds what an office remembers before the read model has caught up.
const mostRecent = 10_000

// remember notes who got a case, until the read model knows.
func (o *Office) remember(r Request) {
	if r.Command != "case.open" && r.Command != "case.add_member" && r.Command != "person.first_contact" {
		return
	}
	who, file := personOf(r)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.index != nil && len(o.recent) > mostRecent {
		clear(o.recent)
	}
	if who != "" && file != "" {
		o.recent[who] = append(o.recent[who], file)
	}
}

func personOf(r Request) (who, file string) {
	if r.Command == "person.first_contact" {
		return domain.DeriveID(r.ID, "person"), domain.DeriveID(r.ID, "case")
	}
	who, _ = r.Data.Text("person")
	if file, _ = r.Data.Text("case"); file == "" {
		file = domain.DeriveID(r.ID, "case")
	}
	return who, file
}
