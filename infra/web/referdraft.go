package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// sender is a person with what may be told of it, in one opened reading.
type sender struct {
	*dossier
	c    *projections.CaseSummary // the case that goes on; nil if there is none
	aims *projections.Entry       // newest wishes of it
	told map[string]string        // profile and wishes by sealed field, newest last
	ways map[string]string        // contacts by kind
}

// sender reads a person who is about to be referred; ErrMissing for one of another
// controller. Notes of consultations are not opened.
func (s *Site) sender(ctx context.Context, id string) (*sender, string, error) {
	sum, err := s.config.Journey.Summary(ctx, id, projections.Newest)
	if err != nil {
		return nil, "", missing(err)
	}
	p, controller := &sender{dossier: &dossier{sum: sum}, told: map[string]string{}, ways: map[string]string{}}, ""
	for _, each := range sum.Group {
		own, err := s.config.Journey.Stream(ctx, domain.StreamName("person", each), projections.Newest)
		if err != nil {
			return nil, "", missing(err)
		}
		if len(own) > 0 && each == sum.Survivor {
			controller = own[0].Controller
		}
		for _, e := range own {
			if slices.Contains(sum.Profile, e.Position) || slices.ContainsFunc(sum.Contacts, func(c projections.ContactPoint) bool { return c.Position == e.Position }) {
				p.entries = append(p.entries, e)
			}
		}
	}
	if p.c = p.openCase(); p.c == nil {
		return p, controller, nil
	}
	file, err := s.config.Journey.Stream(ctx, domain.StreamName("case", p.c.ID), projections.Newest)
	if err != nil {
		return nil, "", missing(err)
	}
	for _, e := range file {
		switch {
		case e.Type == "case.aims_revised":
			p.aims = &e
		case e.Type == "case.consultation_held" && e.Voided == nil && p.sum.NoticeVersion == "":
			p.sum.NoticeVersion = e.Facts.Text("notice_version")
		}
	}
	if p.aims != nil {
		p.entries = append(p.entries, *p.aims)
	}
	return p, controller, nil
}

// learn takes over what the reading opened.
func (p *sender) learn(seen reading) {
	p.seen = seen
	for _, e := range p.entries {
		o := seen.texts[e.Position]
		if e.Type == "person.contact_added" {
			kind := e.Facts.Text("kind")
			p.ways[kind] = cmp.Or(p.ways[kind], o.first("display"), o.first("value"))
			continue
		}
		for field := range o {
			if text := o.first(field); text != "" && field != "new" && field != "old" {
				p.told[field] = text
			}
		}
		if field := e.Facts.Text("field"); e.Type == "person.details_corrected" && field != "" {
			p.told[field] = o.first("new")
		}
	}
}

// draft is the text for a partner made of chosen fields, one a line, for the
// counsellor to finish. A field of which nothing is recorded keeps its empty line.
func (p *sender) draft(v Visitor, fields []string) string {
	var lines []string
	for _, field := range domain.Codes["share_field"] {
		if slices.Contains(fields, field) {
			lines = append(lines, v.W.Code("share_field", field)+v.W.Referrals.Colon+p.tell(v, field))
		}
	}
	return strings.Join(lines, "\n")
}

func (p *sender) tell(v Visitor, field string) string {
	name, reading := p.name()
	switch field {
	case "name":
		return name
	case "kana":
		return reading
	case "phone":
		return cmp.Or(p.ways["mobile"], p.ways["phone"])
	case "mail", "line":
		return p.ways[field]
	case "address_pref":
		return code(v.W, "pref", p.sum.ResidencePref)
	case "address_full":
		return p.told["address"]
	case "birth":
		if on, err := japan.ParseDate(p.told["birth_date"]); err == nil {
			return v.W.Date(on)
		}
		return p.told["birth_year"]
	case "household":
		return v.W.Referrals.Heads(1 + len(p.c.Members))
	case "stage":
		return v.W.Code("stage", p.c.Stage)
	case "job_wish":
		return p.list(v, p.told["occupation"], p.told["employment_form"], p.told["qualifications"], p.told["workplace"])
	case "relocation_wish":
		return p.list(v, code(v.W, "timing", p.c.Timing), code(v.W, "region", p.c.Region), code(v.W, "housing", p.c.Housing), p.told["housing_detail"], p.told["childcare_needs"])
	}
	return "" // written by hand
}

func (p *sender) list(v Visitor, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), v.W.Calendar.Comma)
}
