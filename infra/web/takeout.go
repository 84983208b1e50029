package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/projections"
)

// mostExported is how many rows one file of records may have.
const mostExported = 20_000

// takeoutRows are the rows of a file of records, as their heading says.
type takeoutRows struct {
	head []string
	list [][]string
}

// takeoutReader gathers rows of records for who asks, as of the moment that is asked for.
type takeoutReader struct {
	s      *Site
	r      *http.Request
	v      Visitor
	of     takeoutRequest
	people map[string]*dossier // by the id under which a record speaks of them
	asked  []projections.Entry // whose texts the file shows
	seen   reading
	mended map[uint64][]projections.Entry // amendments, by what they amend
}

// takeoutOf answers the rows of a file. Too many are refused (export.too_many), and none
// (export.none).
func (s *Site) takeoutOf(r *http.Request, v Visitor, of takeoutRequest) (takeoutRows, error) {
	b := &takeoutReader{s: s, r: r, v: v, of: of, people: map[string]*dossier{}, mended: map[uint64][]projections.Entry{}}
	out, err := map[string]func() (takeoutRows, error){"consultations": b.consultations, "people": b.persons, "referrals": b.referrals}[of.what]()
	switch {
	case err != nil:
		return out, err
	case len(out.list) > mostExported:
		return out, domain.RefuseField("export.too_many", "fy", "most", strconv.Itoa(mostExported))
	case len(out.list) == 0:
		return out, domain.Refuse("export.none")
	}
	return out, nil
}

// person reads who a record speaks of: the survivor of a merge, as known at the moment.
func (b *takeoutReader) person(id string) (*dossier, error) {
	if d, known := b.people[id]; known {
		return d, nil
	}
	ctx := b.r.Context()
	d := &dossier{upto: b.of.upto}
	var err error
	if d.sum, err = b.s.config.Journey.Summary(ctx, id, b.of.upto); err != nil {
		return nil, missing(err)
	}
	if d.sum.Survivor != "" && d.sum.Survivor != id {
		d, err = b.person(d.sum.Survivor)
		b.people[id] = d
		return d, err
	}
	for _, each := range d.sum.Group {
		own, err := b.s.config.Journey.Stream(ctx, domain.StreamName("person", each), b.of.upto)
		if err != nil {
			return nil, missing(err)
		}
		d.entries = append(d.entries, own...)
	}
	if b.names(d) {
		b.asked = append(b.asked, profileOf(d.entries)...)
	}
	b.people[id] = d
	return d, nil
}

// names tells whether the file may name a person: to whom the record is open for
// taking away, and nobody who is protected.
func (b *takeoutReader) names(d *dossier) bool {
	if b.of.detail == "facts" || d.sum.ConfidentialUntil != 0 {
		return false
	}
	sight := domain.Sight{Controller: d.controller(), Class: 'P'}
	for _, x := range d.sum.Restrictions {
		sight.Closed = append(sight.Closed, x.Scope...)
	}
	return domain.See(b.v.Actor, b.s.today(), domain.ToExport, sight) == domain.Found
}

// open opens what the file shows, in one entry of the access log.
func (b *takeoutReader) open(staff []string) error {
	classes := "P"
	if b.of.detail == "texts" {
		classes = "PX"
	}
	var err error
	b.seen, err = b.s.read(b.r, b.v, Glance{Reason: b.of.purpose(), Act: viewing.Export, Classes: classes}, b.asked, staff...)
	for _, d := range b.people {
		d.seen = b.seen
	}
	return err
}

// called are the cells that say who a person is.
func (b *takeoutReader) called(d *dossier) []string {
	name, kana := "", ""
	switch {
	case d.sum.State == "erased":
		name = erasedMark(b.v.W, d.erasedBy())
	case d.sum.Anonymous:
		name = b.v.W.Field("anonymous")
	case b.names(d):
		name, kana = d.name()
	}
	return []string{personNumber(d.sum.Number), name, kana}
}

// marked says that a person is protected: that travels, details do not.
func (b *takeoutReader) marked(d *dossier) string {
	if d.sum.ConfidentialUntil != 0 {
		return b.v.W.Referrals.Confidential
	}
	return ""
}

func (b *takeoutReader) heads(names ...string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = b.v.W.Takeout.Columns[n]
	}
	return out
}

// consultations are those that stand, by day, with what they were amended to.
func (b *takeoutReader) consultations() (takeoutRows, error) {
	var out takeoutRows
	list, err := b.held()
	if err != nil {
		return out, err
	}
	var staff []string
	for _, e := range list {
		d, err := b.person(e.Facts.Text("lead_person"))
		if err != nil {
			return out, err
		}
		if b.of.detail == "texts" && b.names(d) {
			b.asked = append(append(b.asked, e), b.mended[e.Position]...)
		}
		staff = append(staff, e.Facts.Text("counsellor"))
	}
	if err := b.open(staff); err != nil {
		return out, err
	}
	out.head = b.heads("record", "no", "name", "kana", "age", "pref", "held_on", "started_at", "ended_at", "channel", "categories", "outcome", "attendee_count", "note", "answer", "homework", "desk", "counsellor", "flag")
	for _, e := range list {
		d := b.people[e.Facts.Text("lead_person")]
		texts := b.seen.texts[e.Position]
		note := func(field string) string {
			if c := amendmentOf(e, field); c != nil {
				return b.seen.texts[c.Position].first("new_text")
			}
			return texts.first(field)
		}
		row := append([]string{strconv.FormatUint(e.Position, 10)}, b.called(d)...)
		row = append(row, b.v.W.Code("age_band", d.sum.AgeBand), code(b.v.W, "pref", d.sum.ResidencePref), heldOn(e).String(),
			b.clock(e, "started_at"), b.clock(e, "ended_at"), b.v.W.Code("channel", nowOf(e, "channel")), b.v.W.CodeNames("category", strings.Split(nowOf(e, "categories"), ",")),
			b.v.W.Code("session_outcome", nowOf(e, "outcome")), nowOf(e, "attendee_count"), note("note"), note("answer"), note("homework"),
			b.v.W.Code("desk", e.Desk), b.seen.name(b.v, e.Facts.Text("counsellor")), b.marked(d))
		out.list = append(out.list, row)
	}
	return out, nil
}

// held lists the consultations of the year and desk, by day.
func (b *takeoutReader) held() ([]projections.Entry, error) {
	trail := func(typ string) ([]projections.AuditEntry, error) {
		list, err := b.s.config.Audit.Trail(b.r.Context(), projections.AuditFilter{Controller: b.v.Actor.Controller, Types: []string{typ}, Limit: 1 << 30})
		return list, missing(err)
	}
	all, err := trail("case.consultation_held")
	if err != nil {
		return nil, err
	}
	amended, err := trail("case.consultation_amended")
	if err != nil {
		return nil, err
	}
	moved := map[uint64]bool{} // their day may be another than they were recorded with
	for _, a := range amended {
		moved[a.Target] = true
	}
	wanted, streams := map[uint64]bool{}, map[string]bool{}
	for _, a := range all {
		if a.Position <= b.of.upto && b.s.mayFacts(b.v, a.Controller) && (b.of.desk == "" || a.Desk == b.of.desk) && (b.of.within(a.OccurredOn) || moved[a.Position]) {
			wanted[a.Position], streams[a.Stream] = true, true
		}
	}
	var out []projections.Entry
	for stream := range streams {
		list, err := b.s.config.Journey.Stream(b.r.Context(), stream, b.of.upto)
		if err != nil {
			return nil, missing(err)
		}
		at := map[uint64]projections.Entry{}
		for _, e := range list {
			at[e.Position] = e
		}
		for _, e := range list {
			if wanted[e.Position] && e.Voided == nil && b.of.within(heldOn(e)) {
				out = append(out, e)
				for _, c := range e.Corrected {
					b.mended[e.Position] = append(b.mended[e.Position], at[c.Position])
				}
			}
		}
		if len(out) > mostExported {
			return nil, domain.RefuseField("export.too_many", "fy", "most", strconv.Itoa(mostExported))
		}
	}
	slices.SortFunc(out, func(x, y projections.Entry) int {
		return cmp.Or(cmp.Compare(heldOn(x), heldOn(y)), cmp.Compare(x.Position, y.Position))
	})
	return out, nil
}

// amendmentOf is the newest correction of a field; nil if there is none.
func amendmentOf(e projections.Entry, field string) *projections.Correction {
	for i := len(e.Corrected) - 1; i >= 0; i-- {
		if e.Corrected[i].Field == field {
			return &e.Corrected[i]
		}
	}
	return nil
}

// nowOf is a fact of a consultation as it was amended.
func nowOf(e projections.Entry, field string) string {
	if c := amendmentOf(e, field); c != nil {
		return c.New
	}
	if n, ok := e.Facts.Int(field); ok {
		return strconv.FormatInt(n, 10)
	}
	return e.Facts.Text(field)
}

func heldOn(e projections.Entry) japan.Date {
	if c := amendmentOf(e, "occurred_on"); c != nil {
		if day, err := japan.ParseDate(c.New); err == nil {
			return day
		}
	}
	return e.From
}

// clock is a time of day as people write it, 13:30.
func (b *takeoutReader) clock(e projections.Entry, field string) string {
	n, err := strconv.Atoi(nowOf(e, field))
	if err != nil {
		return ""
	}
	return b.v.W.Clock(n)
}
