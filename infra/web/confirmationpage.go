package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/web/locale"
	"ayumi/projections"

	"github.com/google/uuid"
)

// confirmable are the events that report an outcome: the command that confirms
// it, the fact that names it, what of it is confirmed ("" for a move), and the kinds
// of evidence that an office sees of it (counting.md 6).
var confirmable = map[string]struct {
	command, entity, confirms string
	evidence                  []string
}{
	"case.placement_decided":  {"case.confirm_placement", "placement", "decision", jobEvidence},
	"case.employment_started": {"case.confirm_placement", "placement", "start", jobEvidence},
	"case.moved_in":           {"case.confirm_relocation", "relocation", "", moveEvidence},
}

var (
	jobEvidence  = []string{"employment_contract", "insurance_record", "employer_answer", "hellowork_answer", "person_statement"}
	moveEvidence = []string{"resident_record", "movein_certificate", "municipality_answer", "person_statement"}
)

// paperOf is the kind of the document that a kind of evidence arrives as.
var paperOf = map[string]string{"employment_contract": "contract", "insurance_record": "certificate", "resident_record": "certificate", "movein_certificate": "certificate"}

// outcome is one outcome as its case stands.
type outcome struct {
	*file
	of       *casefile.Case
	stream   []projections.Entry
	seen     reading  // of its confirmations, documents and staff
	hands    []string // accounts that confirm nothing of it
	entity   string
	command  string
	confirms string
	evidence []string
}

// outcome reads the outcome that the record of an address reports; ErrMissing if
// it reports none, or none any more.
func (s *Site) outcome(r *http.Request, v Visitor) (*outcome, error) {
	f, err := s.file(r, v)
	if err != nil {
		return nil, err
	}
	kind, ok := confirmable[f.entry.Type]
	if !ok || f.entry.Voided != nil || f.person == nil {
		return nil, ErrMissing
	}
	o := &outcome{file: f, entity: kind.entity, command: kind.command, confirms: kind.confirms, evidence: kind.evidence}
	if o.stream, err = s.config.Journey.Stream(r.Context(), f.entry.Stream, projections.Newest); err != nil {
		return nil, missing(err)
	}
	if o.of, err = caseOf(o.stream); err != nil {
		return nil, err
	}
	id := f.entry.Facts.Text(kind.entity)
	if p := o.of.Placements[id]; p != nil {
		o.hands = p.Hands()
	}
	if move := o.of.Relocations[id]; move != nil {
		o.hands = o.of.HandsOn(move)
	}
	related := append(o.confirmations(), o.documents()...)
	o.seen, err = s.read(r, v, Glance{Subject: f.entry.Person, Reason: "confirmation", Classes: "P"}, related, o.hands...)
	return o, err
}

// confirmations are the entries that confirm the outcome, oldest first.
func (o *outcome) confirmations() []projections.Entry {
	typ := map[string]string{"placement": "case.placement_confirmed", "relocation": "case.relocation_confirmed"}[o.entity]
	var out []projections.Entry
	for _, e := range o.stream {
		if e.Type == typ && e.Facts.Text(o.entity) == o.entry.Facts.Text(o.entity) && e.Facts.Text("confirms") == o.confirms {
			out = append(out, e)
		}
	}
	return out
}

// documents are the entries of the files that belong to the case.
func (o *outcome) documents() []projections.Entry {
	return slices.DeleteFunc(slices.Clone(o.stream), func(e projections.Entry) bool {
		return e.Type != "case.document_attached" || e.Voided != nil
	})
}

// confirmation is the page of an outcome.
func (s *Site) confirmation(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	o, err := s.outcome(r, v)
	if err != nil {
		return err
	}
	in := &confirmationInput{when: v.W.PlainDate(s.today()), commandID: uuid.NewString()}
	view, err := s.confirmationView(r, v, o, in)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "confirmation", "", view)
}

// confirmationInput is the form as it was typed.
type confirmationInput struct {
	kind, when, ref, document, commandID string
	on                                   japan.Typed
	paper                                paper
	faults                               []FieldError
}

// check reads what was typed and notes what is wrong with it.
func (in *confirmationInput) check(w *locale.Words, o *outcome, today japan.Date) {
	wrong := func(field, text string) { in.faults = append(in.faults, FieldError{field, text}) }
	if !slices.Contains(o.evidence, in.kind) {
		wrong("evidence_kind", w.Message.RequiredChoose(w.Field("evidence_kind")))
	}
	var err error
	if in.on, err = japan.ReadPast(in.when, today); err != nil || in.on.Precision != japan.PrecisionDay {
		wrong("when", dateFault(w, err, "when"))
	}
	if in.document != "" && !in.paper.none() {
		wrong("document", w.Confirmation.OnePaper)
	}
	if in.paper.none() {
		return
	}
	if faults, ok := faultsOf(w, in.paper.sound(), confirmationInputs); ok {
		in.faults = append(in.faults, faults...)
	}
}

// confirmationInputs are the inputs in which the facts of the command were typed.
var confirmationInputs = map[string]string{"evidence_kind": "evidence_kind", "grade": "evidence_kind", "occurred_on": "when", "evidence_ref": "evidence_ref",
	"document": "document", "file": "file"}

// confirm takes a confirmation in. It is tried first without its file, so that
// nothing is kept of a form that is refused.
func (s *Site) confirm(w http.ResponseWriter, r *http.Request, v Visitor) error {
	p, err := readPaper(w, r)
	if err != nil {
		return err
	}
	o, err := s.outcome(r, v)
	if err != nil {
		return err
	}
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	in := &confirmationInput{kind: text("evidence_kind"), when: text("when"), ref: text("evidence_ref"), document: text("document"), commandID: commandID(r).String(), paper: p}
	in.check(v.W, o, s.today())
	if len(in.faults) > 0 {
		return s.confirmAgain(w, r, v, o, in)
	}
	receipts, err := s.giveConfirmation(r.Context(), v, o, in)
	if faults, ok := faultsOf(v.W, err, confirmationInputs); ok {
		in.faults = faults
		return s.confirmAgain(w, r, v, o, in)
	}
	if err != nil {
		return refused(err)
	}
	position, again := lastOf(receipts)
	http.Redirect(w, r, savedAddress(o.person.ID, position, again), http.StatusSeeOther)
	return nil
}

func (s *Site) giveConfirmation(ctx context.Context, v Visitor, o *outcome, in *confirmationInput) ([]domain.Receipt, error) {
	id := uuid.MustParse(in.commandID)
	req, err := s.confirming(v, o, in, id)
	if err != nil {
		return nil, err
	}
	if !in.paper.none() {
		if _, err := s.config.Office.Propose(ctx, req); err != nil {
			return nil, err
		}
		kind := cmp.Or(paperOf[in.kind], "other")
		if in.document, _, err = s.keep(ctx, v, id, o.entry.Case, o.of.Lead, kind, in.paper); err != nil {
			return nil, err
		}
		if req, err = s.confirming(v, o, in, id); err != nil {
			return nil, err
		}
	}
	return s.config.Office.Do(ctx, req)
}

// confirming is the command that a form gives.
func (s *Site) confirming(v Visitor, o *outcome, in *confirmationInput, id uuid.UUID) (office.Request, error) {
	fields := map[string]any{"case": o.entry.Case, o.entity: o.entry.Facts.Text(o.entity), "grade": domain.GradeOf(in.kind), "evidence_kind": in.kind}
	for name, text := range map[string]string{"confirms": o.confirms, "document": in.document, "evidence_ref": in.ref} {
		if text != "" {
			fields[name] = text
		}
	}
	if in.on.Date != 0 {
		fields["occurred_on"], fields["precision"] = in.on.Date.String(), in.on.Precision
	}
	return s.request(v, id, o.command, fields)
}

func (s *Site) confirmAgain(w http.ResponseWriter, r *http.Request, v Visitor, o *outcome, in *confirmationInput) error {
	view, err := s.confirmationView(r, v, o, in)
	if err != nil {
		return err
	}
	view.Errors = newErrors(v.W, in.faults...)
	return s.show(w, r, http.StatusUnprocessableEntity, "confirmation", "", view)
}

func (s *Site) confirmationView(r *http.Request, v Visitor, o *outcome, in *confirmationInput) (ConfirmationView, error) {
	w, e := v.W, o.entry
	heading := w.Confirmation.Headings[e.Type]
	view := ConfirmationView{Page: s.page(r, v, "people", heading, "css/journey.css"), Heading: heading, Number: recordNumber(e.Position), Record: recordHref(e.Position)}
	view.Here = recordHref(e.Position) + "/confirm"
	person := Pair{Value: personNumber(o.person.Number), Href: "/people/" + o.person.ID}
	view.Person = &person
	view.Crumbs = []Crumb{{person.Value, person.Href}, {view.Number, view.Record}, {w.Confirmation.Title, ""}}
	view.Outcome = []Pair{{Label: w.Record.Occurred, Value: happened(w, e)}, {Label: w.Record.By, Value: o.file.seen.name(v, e.RecordedBy)}}
	facts, err := s.recordFacts(r, v, o.file)
	if err != nil {
		return view, err
	}
	view.Outcome = append(append(view.Outcome, facts...), sealedFacts(w, e, o.file.seen.texts[e.Position])...)
	for _, account := range o.hands {
		view.Hands = append(view.Hands, o.seen.name(v, account))
	}
	view.Given, view.Grade = o.givenRows(v)
	if view.Barred, err = s.barred(r.Context(), v, o); err != nil || view.Barred != "" {
		return view, err
	}
	view.Form = o.form(v, in, view.Here)
	return view, nil
}

// barred says before anything is typed why the visitor cannot confirm: the command
// is tried as it would be given.
func (s *Site) barred(ctx context.Context, v Visitor, o *outcome) (string, error) {
	req, err := s.confirming(v, o, &confirmationInput{kind: o.evidence[0]}, uuid.New())
	if err != nil {
		return "", err
	}
	_, err = s.config.Office.Propose(ctx, req)
	if faults, ok := faultsOf(v.W, err, nil); ok {
		return faults[0].Text, nil
	}
	return "", err
}

// givenRows are the confirmations that were given, and the best grade that stands.
func (o *outcome) givenRows(v Visitor) ([]ConfirmationRow, string) {
	w, best := v.W, "d"
	var out []ConfirmationRow
	for _, e := range o.confirmations() {
		row := ConfirmationRow{ISO: e.From.String(), When: w.Date(e.From), Grade: w.Code("grade", e.Facts.Text("grade")), Evidence: w.Code("evidence_kind", e.Facts.Text("evidence_kind")),
			Ref: o.seen.texts[e.Position].first("evidence_ref"), By: o.seen.name(v, e.RecordedBy), Number: recordNumber(e.Position), Href: recordHref(e.Position)}
		if e.Voided != nil {
			row.Withdrawn = w.Event(e.Voided.Type)
		} else {
			best = min(best, e.Facts.Text("grade"))
		}
		for _, d := range o.documents() {
			if name := o.seen.texts[d.Position].first("file_name"); name != "" && d.Facts.Text("document") == e.Facts.Text("document") {
				row.Paper = &Pair{Value: name, Href: documentHref(o.person.ID, d.Facts.Text("document"))}
			}
		}
		out = append(out, row)
	}
	return out, w.Code("grade", best)
}

func documentHref(person, document string) string {
	return "/people/" + person + "/documents/" + document
}

// form is the form with what was typed.
func (o *outcome) form(v Visitor, in *confirmationInput, action string) *ConfirmationForm {
	w := v.W
	f := &ConfirmationForm{Action: action, CommandID: in.commandID, When: in.when, Ref: in.ref, Accept: accepted, Files: o.of.State != casefile.StateClosed,
		Again: !in.paper.none()}
	for _, grade := range domain.Codes["grade"] {
		group := EvidenceGroup{Grade: w.Code("grade", grade)}
		for _, kind := range o.evidence {
			if domain.GradeOf(kind) == grade {
				group.Kinds = append(group.Kinds, Option{Value: kind, Text: w.Code("evidence_kind", kind), Chosen: kind == in.kind})
			}
		}
		f.Kinds = append(f.Kinds, group)
	}
	for _, d := range o.documents() {
		name := o.seen.texts[d.Position].first("file_name")
		if name == "" {
			continue
		}
		f.Papers = append(f.Papers, Option{Value: d.Facts.Text("document"), Text: name + w.Calendar.Comma + w.PlainDate(d.From), Chosen: d.Facts.Text("document") == in.document})
	}
	return f
}

// confirmLink leads to the form that confirms what a record reports; nil where the
// visitor confirms nothing or there is nothing to confirm.
func confirmLink(v Visitor, typ string, position uint64) *Pair {
	if _, ok := confirmable[typ]; !ok || !v.holds("CO", "LD") {
		return nil
	}
	return &Pair{Value: v.W.Confirmation.Confirm, Href: recordHref(position) + "/confirm"}
}

// unconfirmed are the records of a person that report an outcome without any
// confirmation that stands. A decision that was followed by the first day at work is
// confirmed there.
func unconfirmed(d *dossier) map[uint64]bool {
	out := map[uint64]bool{}
	if d.asOf != 0 {
		return out
	}
	waits := map[string]uint64{}
	for _, e := range d.entries {
		kind, ok := confirmable[e.Type]
		if ok && e.Voided == nil {
			waits[kind.command+e.Facts.Text(kind.entity)] = e.Position
		}
		switch e.Type {
		case "case.placement_fell_through":
			delete(waits, "case.confirm_placement"+e.Facts.Text("placement"))
		case "case.placement_confirmed", "case.relocation_confirmed":
			what := strings.TrimSuffix(strings.TrimPrefix(e.Type, "case."), "_confirmed")
			if e.Voided == nil && (e.Facts.Text("confirms") != "decision" || !started(d, e)) {
				delete(waits, "case.confirm_"+what+e.Facts.Text(what))
			}
		}
	}
	for _, position := range waits {
		out[position] = true
	}
	return out
}

// started tells whether the placement of an entry has its first day at work.
func started(d *dossier, of projections.Entry) bool {
	return slices.ContainsFunc(d.entries, func(e projections.Entry) bool {
		return e.Type == "case.employment_started" && e.Voided == nil && e.Facts.Text("placement") == of.Facts.Text("placement")
	})
}

// papersOf are the documents of a person that the visitor may open, by their ids.
func papersOf(v Visitor, d *dossier) map[string]*Pair {
	out := map[string]*Pair{}
	for _, e := range d.entries {
		if e.Type != "case.document_attached" || e.Voided != nil || !v.holds("CO", "LD") {
			continue
		}
		if name := d.seen.texts[e.Position].first("file_name"); name != "" {
			out[e.Facts.Text("document")] = &Pair{Value: name, Href: documentHref(d.sum.ID, e.Facts.Text("document"))}
		}
	}
	return out
}
