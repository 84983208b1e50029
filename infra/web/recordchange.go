package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/office"
	"ayumi/projections"

	"github.com/google/uuid"
)

// voids are the events that can be taken back from their page: the command and
// the fact that names what it is about.
var voids = map[string]struct{ command, entity string }{
	"case.consultation_held":     {"case.void_consultation", "consultation"},
	"case.consultation_received": {"case.void_consultation", "consultation"},
	"case.message_day_logged":    {"case.void_message_day", "thread"},
	"case.placement_decided":     {"case.void_placement", "placement"},
	"case.moved_in":              {"case.void_relocation", "relocation"},
	"case.visit_recorded":        {"case.void_visit", "visit"},
}

// amendable are the fields of a consultation that its page corrects.
var amendable = []string{"categories", "channel", "occurred_on", "started_at", "ended_at", "outcome", "advice", "attendee_count", "note"}

// changeForms puts in what corrects or voids the event, for those who may.
func (s *Site) changeForms(r *http.Request, v Visitor, f *file, view *RecordView) error {
	e := f.entry
	if e.Voided != nil || e.Case == "" || !v.holds("CO", "LD") {
		return nil
	}
	version, err := s.versionOf(r, e)
	if err != nil {
		return err
	}
	expected := strconv.FormatUint(version, 10)
	if strings.HasPrefix(e.Type, "case.consultation_") && e.Facts.Text("consultation") != "" && slices.Contains([]string{"case.consultation_held", "case.consultation_received"}, e.Type) {
		view.Amend = &AmendForm{Action: recordHref(e.Position) + "/amend", CommandID: uuid.NewString(), Expected: expected}
		for _, name := range amendable {
			view.Amend.Fields = append(view.Amend.Fields, Option{Value: name, Text: v.W.Field(name)})
		}
	}
	void, ok := voids[e.Type]
	if !ok {
		return nil
	}
	form := &VoidForm{Action: recordHref(e.Position) + "/void", CommandID: uuid.NewString(), Expected: expected, Preview: expected}
	for _, code := range domain.Codes["void_reason"] {
		if code != "import_reverted" {
			form.Reasons = append(form.Reasons, Option{Value: code, Text: v.W.Code("void_reason", code)})
		}
	}
	req, err := s.voiding(v, e, uuid.MustParse(form.CommandID), void.command, void.entity, form.Reasons[0].Value, version)
	if err != nil {
		return err
	}
	effects, err := s.effects(r.Context(), v, req)
	if len(refusals(err)) > 0 {
		return nil // it cannot be voided as it stands
	}
	form.Effect = v.W.Record.VoidKept + " " + effectText(v, effects)
	view.Void = form
	return err
}

// versionOf is the version the stream of an entry stands at.
func (s *Site) versionOf(r *http.Request, e projections.Entry) (uint64, error) {
	list, err := s.config.Journey.Stream(r.Context(), e.Stream, projections.Newest)
	if err != nil || len(list) == 0 {
		return 0, missing(err)
	}
	version, _ := list[len(list)-1].Facts.Int("version")
	return uint64(version), nil
}

func (s *Site) voiding(v Visitor, e projections.Entry, id uuid.UUID, command, entity, reason string, shown uint64) (office.Request, error) {
	fields := map[string]any{"case": e.Case, entity: e.Facts.Text(entity), "reason": reason, "shown_at": shown}
	if e.Type == "case.message_day_logged" {
		fields["day"] = e.From.String()
	}
	return s.request(v, id, command, fields)
}

// void takes an event back. The effect was shown before: the form carries the
// version it was shown at.
func (s *Site) void(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	f, err := s.file(r, v)
	if err != nil {
		return err
	}
	void, ok := voids[f.entry.Type]
	if !ok {
		return ErrRefused
	}
	shown := expected(r.PostFormValue("preview"))
	req, err := s.voiding(v, f.entry, commandID(r), void.command, void.entity, r.PostFormValue("why"), *shown)
	if err != nil {
		return err
	}
	return s.change(w, r, v, f, req, nil)
}

// commandID is the id the form came with, or a new one where it carries none.
func commandID(r *http.Request) uuid.UUID {
	id, err := uuid.Parse(r.PostFormValue("command_id"))
	if err != nil {
		return uuid.New()
	}
	return id
}

// change gives a correction or a void. What is wrong with it, and what changed
// meanwhile, is shown on the event's page with everything typed.
func (s *Site) change(w http.ResponseWriter, r *http.Request, v Visitor, f *file, req office.Request, fill func(*RecordView)) error {
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err == nil {
		position, _ := lastOf(receipts)
		at := strconv.FormatUint(position, 10)
		http.Redirect(w, r, recordHref(f.entry.Position)+"?at="+at, http.StatusSeeOther)
		return nil
	}
	status := http.StatusUnprocessableEntity
	faults, ok := faultsOf(v.W, err, amendInputs)
	if moved(err) {
		status = http.StatusConflict
		faults, ok = []FieldError{{Text: v.W.Refusal("stream.moved", "", nil)}}, true
	}
	for _, one := range refusals(err) {
		if one.Key == "preview.missing" {
			status = http.StatusConflict
		}
	}
	if !ok {
		return err
	}
	if f, err = s.newest(r, v, f, status); err != nil {
		return err
	}
	view, err := s.recordView(r, v, f)
	if err != nil {
		return err
	}
	if fill != nil {
		fill(&view)
		if view.Conflict, err = s.amendClash(r, v, f); err != nil {
			return err
		}
	}
	if view.Conflict == nil {
		view.Errors = newErrors(v.W, faults...)
	}
	return s.show(w, r, status, "record", "", view)
}

// newest reads an event again where somebody else was first.
func (s *Site) newest(r *http.Request, v Visitor, f *file, status int) (*file, error) {
	if status != http.StatusConflict {
		return f, nil
	}
	if err := s.wait(r.Context(), s.head(r.Context())); err != nil {
		return nil, err
	}
	return s.file(r, v)
}

var amendInputs = map[string]string{"new": "new", "old": "new", "new_text": "new", "field": "field", "reason": "reason", "ended_at": "new", "started_at": "new", "occurred_on": "new", "categories": "new", "channel": "new", "attendee_count": "new"}

// amend corrects one field: the first press shows what figures do, the second
// records it.
func (s *Site) amend(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	f, err := s.file(r, v)
	if err != nil {
		return err
	}
	fields, faults, err := s.amendment(r, v, f)
	if err != nil {
		return err
	}
	if len(faults) == 0 {
		if clash, err := s.amendClash(r, v, f); err != nil || clash != nil {
			return s.amendMeanwhile(w, r, v, f, clash, err)
		}
	}
	version, err := s.versionOf(r, f.entry)
	if err != nil {
		return err
	}
	fields["shown_at"] = version
	shown := r.PostFormValue("preview")
	if shown != "" {
		fields["shown_at"] = *expected(shown)
	}
	req, err := s.request(v, commandID(r), "case.amend_consultation", fields)
	if err != nil {
		return err
	}
	fill := func(view *RecordView) { keepAmend(r, view) }
	if shown != "" && len(faults) == 0 && r.PostFormValue("previewed") == r.PostFormValue("new") {
		return s.change(w, r, v, f, req, fill)
	}
	return s.previewAmend(w, r, v, f, req, faults, version)
}

// previewAmend shows the effect of a correction, or why there can be none.
func (s *Site) previewAmend(w http.ResponseWriter, r *http.Request, v Visitor, f *file, req office.Request, faults []FieldError, version uint64) error {
	var effects []figureEffect
	if len(faults) == 0 {
		var err error
		if effects, err = s.effects(r.Context(), v, req); err != nil {
			var ok bool
			if faults, ok = faultsOf(v.W, err, amendInputs); !ok {
				return err
			}
		}
	}
	view, err := s.recordView(r, v, f)
	if err != nil || view.Amend == nil {
		return errorOr(err, ErrRefused)
	}
	keepAmend(r, &view)
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
		view.Amend.Preview = ""
		return s.show(w, r, http.StatusUnprocessableEntity, "record", "", view)
	}
	view.Amend.Effect, view.Amend.Preview = v.W.Record.AmendKept+" "+effectText(v, effects), strconv.FormatUint(version, 10)
	return s.show(w, r, http.StatusOK, "record", "", view)
}

func errorOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// keepAmend puts back what was typed.
func keepAmend(r *http.Request, view *RecordView) {
	if view.Amend == nil {
		return
	}
	view.Amend.Value, view.Amend.Reason = r.PostFormValue("new"), r.PostFormValue("reason")
	for i := range view.Amend.Fields {
		view.Amend.Fields[i].Chosen = view.Amend.Fields[i].Value == r.PostFormValue("field")
	}
}

// amendment reads the form: names of codes, dates and times as people write
// them become canonical texts, the old value is the one that stands.
func (s *Site) amendment(r *http.Request, v Visitor, f *file) (map[string]any, []FieldError, error) {
	name, typed := r.PostFormValue("field"), strings.TrimSpace(r.PostFormValue("new"))
	out := map[string]any{"case": f.entry.Case, "consultation": f.entry.Facts.Text("consultation"), "field": name, "reason": r.PostFormValue("reason")}
	field, ok := domain.Field{Kind: domain.KindDate, Name: name}, name == "occurred_on"
	if !ok {
		field, ok = fieldOf(f.entry.Type, name)
	}
	if !ok || !slices.Contains(amendable, name) {
		return out, []FieldError{{"field", v.W.Refusal("amend.field", "field", nil)}}, nil
	}
	if field.Place == domain.InSealed {
		out["old_text"], out["new_text"] = f.seen.texts[f.entry.Position].first(name), typed
		return out, nil, nil
	}
	items, fault := canonicalItems(v, field, typed, s.today())
	if fault != "" {
		return out, []FieldError{{"new", fault}}, nil
	}
	old, err := s.standing(r, f.entry, name)
	if err != nil {
		return out, nil, err
	}
	if old != "" {
		out["old"] = strings.Split(old, ",")
	}
	if len(items) > 0 {
		out["new"] = items
	}
	return out, nil, nil
}

// standing is the canonical text of a field of a consultation as it now stands.
func (s *Site) standing(r *http.Request, e projections.Entry, name string) (string, error) {
	entries, err := s.config.Journey.Stream(r.Context(), e.Stream, projections.Newest)
	if err != nil {
		return "", missing(err)
	}
	c, err := caseOf(entries)
	if err != nil {
		return "", err
	}
	sitting := c.Consultations[e.Facts.Text("consultation")]
	if sitting == nil {
		return "", ErrMissing
	}
	text, _ := domain.FactText(&sitting.Sitting, name)
	return text, nil
}

// caseOf is the case that the entries of its stream make.
func caseOf(entries []projections.Entry) (*casefile.Case, error) {
	c := casefile.Aggregate.New()
	for _, past := range entries {
		rec, err := past.Recorded()
		if err != nil {
			return nil, err
		}
		env, ev, err := casefile.Aggregate.Decode(rec)
		if err != nil {
			return nil, err
		}
		ev.Apply(c, env)
	}
	return c, nil
}
