package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/rights"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// disclosing is one package as it is put together: whose it is, and what is about
// others and stays out.
type disclosing struct {
	site     *Site
	ctx      context.Context
	w        *locale.Words
	person   string
	own      map[string]bool
	mine     []string // own, in order
	others   []string // named beside the person
	concerns rights.Concerns
}

// disclosure gathers the person's own records, those of its cases, those about the
// person in the cases of others, and its matters.
func (s *Site) disclosure(r *http.Request, v Visitor, m projections.Matter) (disclosurePackage, error) {
	out := disclosurePackage{Matter: recordNumber(m.No), MadeAt: s.config.Now().UTC(), Sample: s.config.Sample, Records: []disclosedRecord{}, Attachments: []disclosedPaper{}}
	p, err := s.personPair(r, v, m.Person)
	if err != nil {
		return out, err
	}
	out.Person = p.Value
	d := &disclosing{site: s, ctx: r.Context(), w: v.W, person: m.Person, own: map[string]bool{}}
	if d.mine, err = s.config.Office.MatterOwners(r.Context(), m.ID); err != nil {
		return out, err
	}
	for _, id := range d.mine {
		d.own[id] = true
	}
	entries, err := d.gather(v)
	if err != nil {
		return out, missing(err)
	}
	texts := map[uint64]Opened{}
	err = s.openAll(r.Context(), Glance{Who: v.Actor, Subject: m.Person, Reason: "disclosure", Act: "export", Classes: "PX", Matter: m.ID}, entries, reading{texts: texts, staff: map[string]string{}})
	if err != nil {
		return out, err
	}
	for _, e := range entries {
		record, err := d.record(e, texts[e.Position])
		if err != nil {
			return out, err
		}
		out.Masked += record.Masked
		out.Position = max(out.Position, e.Position)
		out.Records = append(out.Records, record)
		if e.Type == "case.document_attached" && e.Voided == nil && d.about(e) {
			paper, err := d.paper(e, texts[e.Position])
			if err != nil {
				return out, err
			}
			out.Attachments = append(out.Attachments, paper)
		}
	}
	return out, nil
}

// gather reads the records, ascending, and learns whom each is about.
func (d *disclosing) gather(v Visitor) ([]projections.Entry, error) {
	journey := d.site.config.Journey
	entries, err := journey.Journey(d.ctx, d.person, projections.Newest)
	if err != nil {
		return nil, err
	}
	cases, err := journey.CasesOf(d.ctx, d.person)
	if err != nil {
		return nil, err
	}
	whole := map[uint64]projections.Entry{}
	for _, e := range entries {
		whole[e.Position] = e
	}
	for _, id := range cases {
		list, err := journey.Stream(d.ctx, domain.StreamName("case", id), projections.Newest)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			d.learn(e)
		}
		for _, e := range list {
			if d.about(e) || d.own[e.Person] {
				whole[e.Position] = e
			}
		}
	}
	matters, err := journey.Matters(d.ctx, v.Actor.Controller)
	if err != nil {
		return nil, err
	}
	for _, other := range matters {
		if other.Person == d.person {
			for _, e := range other.Entries {
				whole[e.Position] = e
			}
		}
	}
	out := make([]projections.Entry, 0, len(whole))
	for _, e := range whole {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b projections.Entry) int { return cmp.Compare(a.Position, b.Position) })
	for _, e := range out {
		d.learn(e)
	}
	return out, nil
}

// learn takes in whom a record is about and whom it names.
func (d *disclosing) learn(e projections.Entry) {
	d.concerns.Learn(e.Type, e.Facts)
	for _, fact := range []string{"person", "lead_person", "head", "attendees", "movers", "persons", "other"} {
		for id := range strings.SplitSeq(e.Facts.Text(fact), ",") {
			if id != "" && !d.own[id] && !slices.Contains(d.others, id) {
				d.others = append(d.others, id)
			}
		}
	}
	if e.Person != "" && !d.own[e.Person] && !slices.Contains(d.others, e.Person) {
		d.others = append(d.others, e.Person)
	}
}

// about tells whether a record is about the person, be it with others.
func (d *disclosing) about(e projections.Entry) bool {
	return d.concerns.About(d.mine, cmp.Or(e.Person, d.person), e.Type, e.Facts)
}

// text is a sealed field of a record about the person: what lies under a key of the
// person, and what the record says of its subject whosever key that is. Others are
// not called by name in it.
func (d *disclosing) text(e projections.Entry, o Opened, f domain.Field) (string, int, error) {
	for owner, t := range o[f.Name] {
		if t.Value != "" && (d.own[owner] || f.Owner == "" && !f.Each && owner == e.Person) {
			return d.site.config.People.Hidden(d.ctx, t.Value, d.mine, d.others, d.w.Rights.MaskMark)
		}
	}
	return "", 0, nil
}

// record is one record without what is about third persons. Of one that is about
// others only, the day and the kind are left.
func (d *disclosing) record(e projections.Entry, o Opened) (disclosedRecord, error) {
	w := d.w
	out := disclosedRecord{Number: e.Position, Type: e.Type, Title: w.Event(e.Type), OccurredOn: e.From.String(), RecordedAt: e.RecordedAt, Voided: e.Voided != nil}
	if e.Desk != "" {
		out.Desk = w.Code("desk", e.Desk)
	}
	if !d.about(e) {
		out.Masked = 1
		return out, nil
	}
	var err error
	if out.Masked, err = d.masked(e); err != nil {
		return out, err
	}
	out.Facts = d.facts(e)
	for owner, t := range o[""] {
		out.Erased = out.Erased || (d.own[owner] && t.Erased)
	}
	for _, f := range vocabulary[e.Type] {
		if f.Place != domain.InSealed {
			continue
		}
		text, hidden, err := d.text(e, o, f)
		if err != nil {
			return out, err
		}
		out.Masked += hidden
		if text != "" {
			out.Texts = append(out.Texts, disclosedFact{Name: f.Name, Label: w.Field(f.Name), Value: text})
		}
	}
	return out, nil
}

// masked counts the sections of a record that belong to third persons.
func (d *disclosing) masked(e projections.Entry) (n int, err error) {
	body, err := domain.ParseBody(e.Body)
	if err != nil {
		return 0, err
	}
	for _, raw := range body.Sealed {
		section, err := domain.ParseSection(raw)
		if err != nil {
			return 0, err
		}
		if !d.own[section.Owner] && section.Owner != e.Person {
			n++
		}
	}
	return n, nil
}

// facts are the coded facts of a record about the person. The age of a head of
// household who is somebody else is not among them, nor ids that a correction names.
func (d *disclosing) facts(e projections.Entry) (out []disclosedFact) {
	for _, f := range spoken(e.Type) {
		kept := factText(e.Facts, f)
		if f.Name == "key_commitment" || f.Name == "head_age_band" && !d.own[d.concerns.Head(e.Facts)] || namesOthers(f.Name, kept) {
			continue
		}
		if said := say(d.w, f, kept); said != "" {
			fact := disclosedFact{Name: f.Name, Label: d.w.Field(f.Name), Value: said}
			if kept != said {
				fact.Code = kept
			}
			out = append(out, fact)
		}
	}
	return out
}

// namesOthers tells whether a corrected value is made of ids.
func namesOthers(field, value string) bool {
	if field != "old" && field != "new" || value == "" {
		return false
	}
	for id := range strings.SplitSeq(value, ",") {
		if !domain.IDForm(id) {
			return false
		}
	}
	return true
}

func (d *disclosing) paper(e projections.Entry, o Opened) (disclosedPaper, error) {
	bytes, _ := e.Facts.Int("bytes")
	f, _ := fieldOf(e.Type, "file_name")
	name, _, err := d.text(e, o, f)
	return disclosedPaper{Record: e.Position, Name: name, Kind: d.w.Code("kind", e.Facts.Text("kind")), On: e.From.String(), Bytes: bytes}, err
}
