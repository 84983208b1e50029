package web

import (
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// envelope are the fields every event has; the page shows them beside its facts.
var envelope = func() []string {
	out := []string{"event_id", "stream", "version", "type", "type_version", "recorded_at", "recorded_by", "command_id", "key_commitment"}
	for _, f := range office.EnvelopeFields() {
		out = append(out, f.Name)
	}
	return out
}()

// mayOpenPeople are the roles that open the page of a person.
var mayOpenPeople = []string{"CO", "LD", "AU", "RO", "PO"}

// dayField is the field of the day a thing happened.
var dayField = domain.Field{Name: "occurred_on", Kind: domain.KindDate}

// file is one event with what stands around it.
type file struct {
	entry  projections.Entry
	trail  projections.AuditEntry
	after  []projections.AuditEntry // what corrected or voided it
	person *projections.PersonRef
	seen   reading
}

// record is the page of one event.
func (s *Site) record(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	f, err := s.file(r, v)
	if err != nil {
		return err
	}
	view, err := s.recordView(r, v, f)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "record", "", view)
}

// file reads the event an address names. One of another controller is missing,
// as one that never was; accounts are no record of anybody's way.
func (s *Site) file(r *http.Request, v Visitor) (*file, error) {
	no, err := strconv.ParseUint(r.PathValue("no"), 10, 64)
	if err != nil || no == 0 {
		return nil, ErrMissing
	}
	f := &file{}
	if f.entry, err = s.config.Journey.Record(r.Context(), no, projections.Newest); err != nil {
		return nil, missing(err)
	}
	if category, _ := domain.SplitStream(f.entry.Stream); !s.mayFacts(v, f.entry.Controller) || category == "account" {
		return nil, ErrMissing
	}
	if f.trail, err = s.config.Audit.Entry(r.Context(), no); err != nil && !errors.Is(err, projections.ErrUnknown) {
		return nil, err
	}
	if f.after, err = s.config.Audit.ChangesOf(r.Context(), no); err != nil && !errors.Is(err, projections.ErrUnknown) {
		return nil, err
	}
	if f.entry.Person != "" {
		ref, err := s.config.Journey.Find(r.Context(), f.entry.Person)
		if err != nil {
			return nil, missing(err)
		}
		f.person = &ref
	}
	staff := []string{f.entry.Facts.Text("counsellor"), f.entry.Facts.Text("owner"), f.entry.Facts.Text("to_owner")}
	for _, a := range f.after {
		staff = append(staff, a.By)
	}
	texts, err := s.withTexts(r, f.entry)
	if err != nil {
		return nil, err
	}
	f.seen, err = s.read(r, v, Glance{Subject: f.entry.Person, Reason: "record", Classes: "PX"}, texts, staff...)
	return f, err
}

// withTexts are an entry and the records that correct sealed texts of it.
func (s *Site) withTexts(r *http.Request, e projections.Entry) ([]projections.Entry, error) {
	out := []projections.Entry{e}
	for _, c := range e.Corrected {
		if c.Old+c.New != "" {
			continue
		}
		later, err := s.config.Journey.Record(r.Context(), c.Position, projections.Newest)
		if err != nil {
			return nil, missing(err)
		}
		out = append(out, later)
	}
	return out, nil
}

// above is the list that holds records for the visitor.
func (s *Site) above(v Visitor) Crumb {
	switch {
	case v.holds(s.rights["GET /audit"]...):
		return Crumb{v.W.Audit.Heading, "/audit"}
	case v.holds(s.rights["GET /people"]...):
		return Crumb{v.W.Journey.Breadcrumb, "/people"}
	case v.holds("RO"):
		return Crumb{v.W.Rights.Volumes, "/volumes"}
	}
	return Crumb{v.W.Frame.Doors["indicators"], "/indicators"}
}

func (s *Site) recordView(r *http.Request, v Visitor, f *file) (RecordView, error) {
	w, e, number := v.W, f.entry, recordNumber(f.entry.Position)
	view := RecordView{Page: s.page(r, v, "", w.Record.Title(number), "css/journey.css"), Number: number, Heading: w.Event(e.Type)}
	view.Here = recordHref(e.Position)
	view.Crumbs = []Crumb{s.above(v), {number, ""}}
	if f.person != nil {
		p := Pair{Value: personNumber(f.person.Number)}
		if v.holds(mayOpenPeople...) {
			p.Href = "/people/" + f.person.ID
			view.Crumbs = []Crumb{{p.Value, p.Href}, {number, ""}}
		}
		view.Person = &p
	}
	if len(e.Corrected) > 0 {
		view.Chips = append(view.Chips, Chip{"yellow", "fix", w.Journey.Corrected})
	}
	if e.Voided != nil {
		view.Chips = append(view.Chips, Chip{"red", "warn", w.Journey.Voided})
	}
	late, err := s.afterTheirClose(r.Context(), e)
	if err != nil {
		return view, err
	}
	if late[e.Position] {
		view.Chips = append(view.Chips, afterCloseChip(w))
	}
	if e.Voided == nil && f.person != nil {
		view.Confirm = confirmLink(v, e.Type, e.Position)
	}
	view.Meta = recordMeta(v, f)
	if view.Facts, err = s.recordFacts(r, v, f); err != nil {
		return view, err
	}
	view.Facts = append(view.Facts, sealedFacts(w, e, f.seen.texts[e.Position])...)
	view.Text = f.seen.note(w, e)
	view.Receipt = receiptHref(v, e)
	view.Trail = trailRows(v, f)
	if f.trail.Position != 0 {
		view.Seal = hex.EncodeToString(f.trail.Leaf[:])
		if under, head := s.treeHead(v); head != "" && e.Position <= under {
			view.Under, view.Proof = w.Tree.UnderNo(int(under)), recordHref(e.Position)+"/proof"
		} else {
			view.Pending = s.config.Sealing != nil
		}
	}
	if err := s.counts(r, v, e, &view); err != nil {
		return view, err
	}
	return view, s.changeForms(r, v, f, &view)
}

func recordMeta(v Visitor, f *file) []Pair {
	w, e := v.W, f.entry
	out := []Pair{{Label: w.Record.Occurred, Value: happened(w, e)}, {Label: w.Record.Recorded, Value: w.DateTime(e.RecordedAt)},
		{Label: w.Record.By, Value: f.seen.name(v, e.RecordedBy)}}
	if e.OnBehalfOf != "" {
		out = append(out, Pair{Label: w.Field("on_behalf_of"), Value: f.seen.name(v, e.OnBehalfOf)})
	}
	out = append(out, Pair{Label: w.Record.Source, Value: w.Code("source", e.Source)})
	if e.Batch != "" {
		out = append(out, Pair{Label: w.Record.Batch, Value: e.Batch[:min(8, len(e.Batch))]})
	}
	if e.Desk != "" {
		out = append(out, Pair{Label: w.Field("desk"), Value: w.Code("desk", e.Desk)})
	}
	return out
}

// happened says when a thing happened, as precisely as it is known.
func happened(w *locale.Words, e projections.Entry) string {
	out := w.Date(e.From)
	if e.Precision != japan.PrecisionDay {
		out = w.Month(e.From)
	}
	if e.Time >= 0 {
		out += " " + w.Clock(e.Time)
	}
	return out
}

// recordFacts are the event's own facts in words; of ids those of staff by
// name, of persons by number, and of what an earlier record began by that record.
func (s *Site) recordFacts(r *http.Request, v Visitor, record *file) ([]Pair, error) {
	w, e := v.W, record.entry
	var out []Pair
	for _, f := range vocabulary[e.Type] {
		if f.Place != domain.InFacts || slices.Contains(envelope, f.Name) || f.Kind == domain.KindDigest {
			continue
		}
		text := factText(e.Facts, f)
		if f.Kind == domain.KindID || f.Kind == domain.KindIDs {
			named, err := s.named(r, v, record, f.Name)
			if err != nil {
				return nil, err
			}
			out = append(out, named...)
			continue
		}
		if said := say(w, f, text); said != "" {
			out = append(out, Pair{Label: w.Field(f.Name), Value: said})
		}
	}
	return out, nil
}

// named are the ids of a fact as people know them; what has no name is left out.
func (s *Site) named(r *http.Request, v Visitor, f *file, field string) ([]Pair, error) {
	var out []Pair
	for _, id := range strings.FieldsFunc(f.entry.Facts.Text(field), func(c rune) bool { return c == ',' }) {
		p := Pair{Label: v.W.Field(field)}
		if _, ok := f.seen.posts[id]; ok {
			p.Value = f.seen.name(v, id)
		} else if ref, err := s.config.Journey.Find(r.Context(), id); err == nil {
			p.Value = personNumber(ref.Number)
			if v.holds(mayOpenPeople...) {
				p.Href = "/people/" + ref.ID
			}
		} else if !errors.Is(err, projections.ErrUnknown) {
			return nil, err
		} else if p.Href, p.Value, err = s.began(r, f.entry, field, id); err != nil {
			return nil, err
		}
		if p.Value != "" {
			out = append(out, p)
		}
	}
	return out, nil
}

// began answers the earlier record of the same stream that began what an id
// names, "" if it is this one.
func (s *Site) began(r *http.Request, e projections.Entry, field, id string) (href, number string, err error) {
	list, err := s.config.Journey.Stream(r.Context(), e.Stream, e.Position)
	if err != nil {
		return "", "", missing(err)
	}
	for _, past := range list {
		if past.Facts.Text(field) == id && past.Position < e.Position {
			return recordHref(past.Position), recordNumber(past.Position), nil
		}
	}
	return "", "", nil
}

// sealedFacts are the opened texts beside what was written as a note.
func sealedFacts(w *locale.Words, e projections.Entry, o Opened) []Pair {
	var out []Pair
	for _, f := range vocabulary[e.Type] {
		if f.Place != domain.InSealed || slices.Contains(noteFields, f.Name) {
			continue
		}
		for _, t := range o[f.Name] {
			out = append(out, Pair{Label: w.Field(f.Name), Value: t.Value})
		}
	}
	return out
}

func trailRows(v Visitor, f *file) []TrailRow {
	var out []TrailRow
	for _, a := range f.after {
		row := TrailRow{Number: recordNumber(a.Position), Href: recordHref(a.Position), Title: v.W.Event(a.Type),
			By: f.seen.name(v, a.By) + " " + v.W.DayTime(a.RecordedAt)}
		for _, c := range f.entry.Corrected {
			if c.Position != a.Position {
				continue
			}
			row.Field = v.W.Field(c.Field)
			row.Before, row.New = f.seen.changed(v.W, f.entry, c)
		}
		out = append(out, row)
	}
	return out
}

// counts lists the figures that count the event now.
func (s *Site) counts(r *http.Request, v Visitor, e projections.Entry, view *RecordView) error {
	under := s.rowsUnder(r.Context(), []uint64{e.Position}, projections.Newest, func(indicator.Row) bool { return false })
	year := japan.FiscalYearOf(e.From)
	book, err := s.book(r.Context(), s.scopeOf(v))
	if err != nil {
		return err
	}
	for _, id := range tiled {
		def, ok := book.InForce(id, year.First())
		if !ok {
			continue
		}
		rows, counted, err := under(def.Params())
		if err != nil {
			return err
		}
		if !counted {
			continue
		}
		f := indicator.Answer(rows, indicator.Question{Definition: def, Scope: s.scopeOf(v), Period: year.Whole()}, s.today())
		if f.Value > 0 {
			view.Counts = append(view.Counts, Pair{Label: v.W.Code("indicator", id) + " " + v.W.FiscalYearShort(year), Value: v.W.Sized(f.Value, def.Unit),
				Href: "/indicators?fy=" + strconv.Itoa(int(year)) + "&of=" + id})
		}
	}
	return nil
}
