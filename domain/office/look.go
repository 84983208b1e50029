package office

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"ayumi/domain"
	"ayumi/domain/account"
	"ayumi/domain/casefile"
	"ayumi/domain/figure"
	"ayumi/domain/japan"
	"ayumi/domain/outreach"
	"ayumi/domain/partner"
	"ayumi/domain/period"
	"ayumi/domain/person"
	"ayumi/domain/reception"
	"ayumi/domain/rights"
	"ayumi/domain/volume"
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

func (l *look) Rights(id string) (domain.RightsNow, bool) {
	return now(l, rights.Aggregate, id, (*rights.Matter).Now)
}

func (l *look) Volume(id string) (domain.VolumeNow, bool) {
	return now(l, volume.Aggregate, id, (*volume.Volume).Now)
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

// Figure answers an edition; 0 asks for the quantity alone.
func (l *look) Figure(id string, edition int) (out domain.FigureNow, ok bool) {
	if !domain.IDForm(id) {
		return out, false
	}
	f, version, controller, err := domain.Load(l.w, figure.Aggregate, id)
	if err != nil {
		l.err = err
	}
	if err != nil || version == 0 || edition < 0 || edition > len(f.Editions) {
		return out, false
	}
	out = domain.FigureNow{Controller: controller, Asked: domain.Asked{Indicator: f.Indicator, Period: f.Period}}
	if edition > 0 {
		e := f.Editions[edition-1]
		out.Public, out.Asked, out.Counted = e.Public(), f.Asked(e), e.Counted()
	}
	return out, true
}

// CasesOf answers the cases of a person and of everybody merged into it.
func (l *look) CasesOf(person string) []domain.CaseNow {
	var ids []string
	for _, one := range l.oneself(person) {
		more, err := l.o.casesOf(l.w.Context(), one)
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

// oneself lists the streams of one human being: its own and those absorbed.
func (l *look) oneself(id string) []string {
	out := []string{id}
	for i := 0; i < len(out); i++ {
		if !domain.IDForm(out[i]) {
			continue
		}
		p, _, _, err := domain.Load(l.w, person.Aggregate, out[i])
		if err != nil {
			l.err = err
			return out
		}
		for _, absorbed := range slices.Sorted(maps.Keys(p.Absorbed)) {
			if !slices.Contains(out, absorbed) {
				out = append(out, absorbed)
			}
		}
	}
	return out
}

// Cutoff answers from the stream of the year.
func (l *look) Cutoff(controller string, year japan.FiscalYear, kind string) (domain.CutoffNow, bool) {
	p, version, _, err := domain.Load(l.w, period.Aggregate, period.Stream(controller, year))
	if err != nil {
		l.err = err
	}
	if err != nil || version == 0 {
		return domain.CutoffNow{}, false
	}
	return p.Now(kind)
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

// casesOf joins what the read model knows with what this office has just done:
// the cases in whose party one stream of a person stands or stood, ascending.
func (o *Office) casesOf(ctx context.Context, person string) ([]string, error) {
	o.mu.Lock()
	ids := slices.Clone(o.recent[person])
	o.mu.Unlock()
	if o.index != nil {
		more, err := o.index.CasesOf(ctx, person)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// mostRecent bounds what an office remembers before the read model has caught up.
const mostRecent = 10_000

// remember notes who got a case, until the read model knows.
func (o *Office) remember(r Request, receipts []domain.Receipt) {
	if r.Command != "case.open" && r.Command != "case.add_member" && r.Command != "person.first_contact" {
		return
	}
	who, _ := r.Data.Text("person")
	if r.Command == "person.first_contact" {
		who = domain.DeriveID(r.ID, "person")
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.index != nil && len(o.recent) > mostRecent {
		clear(o.recent)
	}
	for _, done := range receipts {
		category, file := domain.SplitStream(done.Stream)
		if category == "case" && who != "" && !slices.Contains(o.recent[who], file) {
			o.recent[who] = append(o.recent[who], file)
		}
	}
}

// Account answers an account as it stands; an unknown one is the zero value.
func (o *Office) Account(ctx context.Context, id string) (domain.AccountNow, error) {
	var out domain.AccountNow
	if !domain.IDForm(id) {
		return out, nil
	}
	_, err := o.decider.Try(ctx, func(w *domain.Work) error {
		a, version, _, err := domain.Load(w, account.Aggregate, id)
		if err == nil && version > 0 {
			out = a.Now()
		}
		return err
	})
	return out, err
}

// Keeps tells whether a person's records lie with the actor's own desk.
func (o *Office) Keeps(ctx context.Context, who domain.Actor, id string) (bool, error) {
	if who.Desk == "" {
		return true, nil
	}
	files, err := o.casesOf(ctx, id)
	if err != nil {
		return false, err
	}
	var cases []domain.CaseNow
	_, err = o.decider.Try(ctx, func(w *domain.Work) error {
		cases = nil
		for _, file := range files {
			c, version, _, err := domain.Load(w, casefile.Aggregate, file)
			if err != nil {
				return err
			}
			if version > 0 {
				cases = append(cases, c.Now())
			}
		}
		return nil
	})
	return who.Keeps(cases...), err
}

// ClosedToView tells whether a restriction closes a person's sealed texts. Who is
// no person (an account, a contact) is never restricted.
func (o *Office) ClosedToView(ctx context.Context, id string) (bool, error) {
	closed := false
	_, err := o.decider.Try(ctx, func(w *domain.Work) error {
		p, version, _, err := domain.Load(w, person.Aggregate, id)
		if err == nil && version > 0 {
			scopes := p.Restricted()
			closed = slices.Contains(scopes, "view") || slices.Contains(scopes, "all")
		}
		return err
	})
	return closed, err
}
