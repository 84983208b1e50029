package web

import (
	"slices"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// peopleAtOnce is how many persons are read in one question.
const peopleAtOnce = 500

// persons are those who were registered by then, with a case at the desk.
func (b *takeoutReader) persons() (takeoutRows, error) {
	var out takeoutRows
	ctx := b.r.Context()
	var list []*dossier
	var staff []string
	for after := 0; ; {
		refs, err := b.s.config.Journey.People(ctx, after, peopleAtOnce)
		if err != nil {
			return out, missing(err)
		}
		if len(refs) == 0 {
			break
		}
		for _, ref := range refs {
			after = ref.Number
			home, err := b.s.home(ctx, ref.ID)
			if err != nil {
				return out, err
			}
			if ref.Position > b.of.upto || !b.s.mayFacts(b.v, home) {
				continue
			}
			d, err := b.person(ref.ID)
			if err != nil {
				return out, err
			}
			if d.sum.ID != ref.ID || !b.of.within(d.sum.RegisteredOn) || !b.caredFor(d) {
				continue
			}
			list = append(list, d)
			if c := d.newestCase(); c != nil {
				staff = append(staff, c.Owner)
			}
		}
		if len(list) > mostExported {
			return out, domain.RefuseField("export.too_many", "fy", "most", strconv.Itoa(mostExported))
		}
	}
	b.asked = nil // those who were only looked at are not opened
	for _, d := range list {
		if b.names(d) {
			b.asked = append(b.asked, profileOf(d.entries)...)
		}
	}
	if err := b.open(staff); err != nil {
		return out, err
	}
	out.head = b.heads("no", "name", "kana", "age", "pref", "student", "registered_on", "last_contact", "state", "owner", "flag")
	for _, d := range list {
		w, student, owner := b.v.W, "", ""
		if d.sum.Student {
			student = w.Imports.Flags["1"]
		}
		if c := d.newestCase(); c != nil {
			owner = b.seen.name(b.v, c.Owner)
		}
		out.list = append(out.list, append(b.called(d), w.Code("age_band", d.sum.AgeBand), code(w, "pref", d.sum.ResidencePref), student,
			dayCell(d.sum.RegisteredOn), dayCell(d.sum.LastContact), w.Code("person_state", d.sum.State), owner, b.marked(d)))
	}
	return out, nil
}

func (b *takeoutReader) caredFor(d *dossier) bool {
	return b.of.desk == "" || slices.ContainsFunc(d.sum.Cases, func(c projections.CaseSummary) bool { return c.Desk == b.of.desk })
}

// dayCell spells a day as spreadsheets sort it, "" for none.
func dayCell(d japan.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// referrals are those of both directions that were begun in the year.
func (b *takeoutReader) referrals() (takeoutRows, error) {
	var out takeoutRows
	f := projections.ReferralFilter{Controller: b.v.Actor.Controller, Desk: b.of.desk, Limit: mostExported + 1}
	if b.of.asof != 0 {
		f.At = max(b.of.upto, 1)
	}
	list, err := b.s.config.Journey.Referrals(b.r.Context(), f)
	if err != nil {
		return out, missing(err)
	}
	list = slices.DeleteFunc(list, func(x projections.Referral) bool { return !b.of.within(x.Begun) })
	for _, x := range list {
		if x.Person.ID == "" {
			continue
		}
		if _, err := b.person(x.Person.ID); err != nil {
			return out, err
		}
	}
	if err := b.open(nil); err != nil {
		return out, err
	}
	w, bodies := b.v.W, bodyNames{}
	out.head = b.heads("referral", "way", "no", "name", "kana", "partner", "purpose", "basis", "state", "begun", "sent", "due", "answered", "over", "flag")
	for _, x := range list {
		partner, err := b.s.bodyName(b.r.Context(), bodies, x.Partner)
		if err != nil {
			return out, err
		}
		who, flag := []string{"", "", ""}, ""
		if d := b.people[x.Person.ID]; d != nil {
			who, flag = b.called(d), b.marked(d)
		}
		row := append([]string{strconv.FormatUint(x.Position, 10), directionChip(b.v, x.Inward).Text}, who...)
		out.list = append(out.list, append(row, partner, w.Code("referral_purpose", x.Purpose), w.Code("basis", x.Basis), referralChip(b.v, x).Text,
			dayCell(x.Begun), dayCell(x.Sent), dayCell(x.Due), dayCell(x.Answered), dayCell(x.Over), flag))
	}
	return out, nil
}
