package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// dossier is everything a page about one person is made of, as of one position.
type dossier struct {
	sum      projections.Summary
	entries  []projections.Entry // ascending
	upto     uint64              // projections.Newest, or the position of a past day
	asOf     japan.Date          // 0: now
	position uint64              // of the newest entry: everything up to here is in the page
	seen     reading
	partners map[string]string
	late     map[uint64]bool // entries recorded after their year was closed
}

// dossier reads a person as of a position. A person of another controller is
// missing, as one that never was.
func (s *Site) dossier(r *http.Request, v Visitor, id string, upto uint64, reason string) (*dossier, error) {
	d := &dossier{upto: upto, partners: map[string]string{}}
	var err error
	if d.sum, err = s.config.Journey.Summary(r.Context(), id, upto); err != nil {
		return nil, missing(err)
	}
	if d.entries, err = s.config.Journey.Journey(r.Context(), id, upto); err != nil {
		return nil, missing(err)
	}
	if len(d.entries) == 0 || !s.mayFacts(v, d.controller()) {
		return nil, ErrMissing
	}
	for _, e := range d.entries {
		d.position = max(d.position, e.Position)
	}
	classes := "PX"
	d.seen, err = s.read(r, v, Glance{Subject: id, Reason: reason, Classes: classes}, d.entries, d.accounts()...)
	if err != nil {
		return nil, err
	}
	if d.late, err = s.afterTheirClose(r.Context(), d.entries...); err != nil {
		return nil, err
	}
	return d, s.partnerNames(r, d)
}

func missing(err error) error {
	if errors.Is(err, projections.ErrUnknown) {
		return ErrMissing
	}
	return err
}

// controller is that of the person's own first event.
func (d *dossier) controller() string {
	for _, e := range d.entries {
		if category, _ := domain.SplitStream(e.Stream); category == "person" {
			return e.Controller
		}
	}
	return ""
}

func (d *dossier) accounts() []string {
	var out []string
	for _, c := range d.sum.Cases {
		out = append(out, c.Owner)
	}
	return out
}

// partnerNames reads the names of the bodies the person was referred to.
func (s *Site) partnerNames(r *http.Request, d *dossier) error {
	for _, ref := range d.sum.Referrals {
		if ref.Partner == "" || d.partners[ref.Partner] != "" {
			continue
		}
		list, err := s.config.Journey.Stream(r.Context(), domain.StreamName("partner", ref.Partner), d.upto)
		if err != nil {
			return err
		}
		for _, e := range list {
			d.partners[ref.Partner] = cmp.Or(e.Facts.Text("name"), d.partners[ref.Partner])
		}
	}
	return nil
}

// openCase is the newest case that still goes on; nil if there is none.
func (d *dossier) openCase() *projections.CaseSummary {
	for i := len(d.sum.Cases) - 1; i >= 0; i-- {
		if c := &d.sum.Cases[i]; c.State != "closed" && slices.Contains(d.sum.Group, c.Lead) {
			return c
		}
	}
	return nil
}

// name is how the person is called now: family and given name, and the reading.
// Corrections and later names replace what was told first.
func (d *dossier) name() (name, reading string) {
	told := map[string]string{}
	for _, position := range d.sum.Profile {
		o := d.seen.texts[position]
		for _, field := range []string{"family", "given", "family_kana", "given_kana"} {
			told[field] = cmp.Or(o.first(field), told[field])
		}
		if field := d.fact(position, "field"); field != "" {
			told[field] = o.first("new")
		}
	}
	return joined(told["family"], told["given"]), joined(told["family_kana"], told["given_kana"])
}

// erasedBy is the decision by which the person was erased.
func (d *dossier) erasedBy() (by domain.ErasedBy) {
	for _, e := range d.entries {
		switch {
		case e.Stream != domain.StreamName("person", d.sum.ID):
		case e.Type == "person.erasure_ordered":
			by.Decision = e.Position
		case e.Type == "person.erased":
			by.On = e.From
		}
	}
	return by
}

func (d *dossier) fact(position uint64, name string) string {
	for _, e := range d.entries {
		if e.Position == position {
			return e.Facts.Text(name)
		}
	}
	return ""
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// number spells a person's number, P-00001 first; #1 the number of a record.
func personNumber(n int) string { return locale.PersonNumber(n) }

func recordNumber(position uint64) string { return locale.RecordNumber(position) }

// reached is up to where a read model has come.
func (s *Site) reached(name string) uint64 {
	for _, st := range s.config.Reads.Status() {
		if st.Name == name {
			return st.Position
		}
	}
	return 0
}
