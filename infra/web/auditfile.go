package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/domain/register"
	"ayumi/projections"
)

// auditFile is one audit as it stands, with its events.
type auditFile struct {
	closingFile
	id      string
	audit   *period.Audit
	entries []projections.Entry // of this audit, oldest first
	engaged map[string]japan.Date
	all     *register.Register
	seen    reading
}

func (s *Site) auditFile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	f, err := s.openAuditFile(r, v)
	if err != nil {
		return err
	}
	view, err := s.auditFileView(r, v, f)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "auditfile", "", view)
}

// openAuditFile reads the audit of the address, with the names of those who acted.
func (s *Site) openAuditFile(r *http.Request, v Visitor) (f *auditFile, err error) {
	year, err := closingYear(r)
	if err != nil {
		return nil, err
	}
	f = &auditFile{id: r.PathValue("audit")}
	if f.closingFile, err = s.closingFile(r.Context(), v.Actor.Controller, year); err != nil {
		return nil, err
	}
	if f.audit = f.Audits[f.id]; f.audit == nil {
		return nil, ErrMissing
	}
	f.entries = auditEvents(f.closingFile.entries, f.id)
	if f.all, err = s.config.Journey.Register(r.Context(), v.Actor.Controller); err != nil {
		return nil, missing(err)
	}
	staff, err := s.engagedIn(r.Context(), f)
	if err != nil {
		return nil, err
	}
	f.seen, err = s.read(r, v, Glance{Subject: period.Stream(v.Actor.Controller, year), Reason: "audits", Classes: "P"}, f.entries, staff...)
	return f, err
}

// engagedIn looks up who is engaged in an audit and until when, and answers the
// accounts of all auditors.
func (s *Site) engagedIn(ctx context.Context, f *auditFile) (auditors []string, err error) {
	f.engaged = map[string]japan.Date{}
	ids, err := s.config.Journey.Streams(ctx, "account")
	if err != nil {
		return nil, missing(err)
	}
	for _, id := range ids {
		c, ok, err := s.clerk(ctx, id)
		if err != nil || !ok || c.first.Facts.Text("kind") != "auditor" {
			if err != nil {
				return nil, err
			}
			continue
		}
		auditors = append(auditors, id)
		list, err := s.config.Journey.Stream(ctx, domain.StreamName("account", id), projections.Newest)
		if err != nil {
			return nil, missing(err)
		}
		for _, e := range list {
			if e.Type == "account.engagement_granted" && e.Facts.Text("audit") == f.id {
				until, _ := japan.ParseDate(e.Facts.Text("until"))
				f.engaged[id] = until
			}
		}
	}
	return auditors, nil
}

func (s *Site) auditFileView(r *http.Request, v Visitor, f *auditFile) (AuditFileView, error) {
	w := v.W
	year := w.FiscalYearShort(f.Year)
	heading := w.Audits.Of(w.Code("audit_kind", f.audit.Kind), year)
	view := AuditFileView{Page: s.page(r, v, auditsDoor(v), heading, "css/edit.css", "css/audits.css"), Heading: heading, State: auditState(v, f.audit.State)}
	view.Here = auditHref(f.Year, f.id)
	view.Crumbs = []Crumb{{w.Audits.Title, "/audits"}, {year, auditsHref(f.Year)}, {w.Code("audit_kind", f.audit.Kind), ""}}
	view.Printed = w.Audits.Printed(cmp.Or(v.Name, f.seen.name(v, v.ID)), w.DateTime(s.config.Now()))
	view.Facts = s.auditFacts(v, f)
	samples := 0
	for _, e := range f.entries {
		if e.Type != "period.sample_drawn" {
			continue
		}
		sample, err := s.sampleView(r, v, f, e, f.audit.Samples[samples])
		if err != nil {
			return view, err
		}
		samples++
		view.Samples = append(view.Samples, sample)
	}
	view.Evidence = evidence(v, f)
	view.Findings = s.findings(v, f)
	history, err := s.closingHistory(r, v, f.seen, closingFile{f.Period, f.entries})
	if err != nil {
		return view, err
	}
	view.History = history
	return view, s.auditForms(r, v, f, &view)
}

func (s *Site) auditFacts(v Visitor, f *auditFile) []FigureFact {
	w := v.W
	out := []FigureFact{{Label: w.Audits.Kind, Value: w.Code("audit_kind", f.audit.Kind)}, {Label: w.Audits.Scope, Value: f.audit.Scope}}
	for _, e := range f.entries {
		if e.Type != "period.audit_opened" {
			continue
		}
		out = append(out, FigureFact{Label: w.Audits.OpenedBy, Value: w.Audits.RecordedBy(f.seen.name(v, e.RecordedBy), w.DateTime(e.RecordedAt))})
		if names := f.seen.texts[e.Position].first("auditors"); names != "" {
			out = append(out, FigureFact{Label: w.Audits.Auditors, Value: names})
		}
	}
	var engaged []string
	for account, until := range f.engaged {
		engaged = append(engaged, w.Audits.EngagedUntil(f.seen.name(v, account), w.Date(until)))
	}
	slices.Sort(engaged)
	return append(out, FigureFact{Label: w.Audits.Engaged, Value: cmp.Or(strings.Join(engaged, w.Calendar.Comma), w.Audits.Nobody)})
}

// sampleView draws a sample again and shows the records, in the order drawn.
func (s *Site) sampleView(r *http.Request, v Visitor, f *auditFile, e projections.Entry, d period.SampleDrawn) (SampleView, error) {
	w, n := v.W, slices.IndexFunc(f.audit.Samples, func(x period.SampleDrawn) bool { return x == d })+1
	line := f.all.Of(d.Figure, d.Edition)
	out := SampleView{Table: w.Audits.SampleTable(n), Risk: d.Method == period.MethodRisk, Same: Chip{"yellow", "warn", w.Audits.Older},
		Recipe: fmt.Sprintf(`for n in $(cat positions.txt); do echo "$(printf %%s "%d:$n" | sha256sum | cut -d' ' -f1) $n"; done | sort | head -n %d`, d.RandomSeed, d.Size)}
	name := ""
	if line != nil {
		var row LedgerRow
		s.say(r.Context(), w, line, &row)
		name = figureNumber(line.No) + " " + row.What + " " + row.Value + row.unit(w)
	}
	out.Heading = w.Audits.SampleOf(n, name)
	out.Facts = []FigureFact{{Label: w.Audits.Seed, Mono: strconv.Itoa(d.RandomSeed)}, {Label: w.Audits.Method, Value: w.Code("method", d.Method)}, {Label: w.Audits.Size, Value: w.Number(d.Size)},
		{Label: w.Audits.Population, Value: w.Number(d.Population)}, {Label: w.Audits.Digest, Mono: d.Drawn},
		{Label: w.Audits.DrawnBy, Value: w.Audits.RecordedBy(f.seen.name(v, e.RecordedBy), w.DateTime(e.RecordedAt))}}
	if line == nil || line.Edition == nil {
		return out, nil
	}
	found, err := indicator.CountFor(r.Context(), s.config.Figures, s.config.Definitions, line.Figure.Asked(line.Edition))
	if err != nil {
		return out, missing(err)
	}
	out.Facts = append(out.Facts, FigureFact{Label: w.Audits.Members, Mono: found.Members})
	drawn := period.Draw(d.RandomSeed, period.Population(d.Method, found), d.Size)
	out.Same = Chip{"green", "check", w.Audits.Agrees}
	if period.DrawnDigest(drawn) != d.Drawn {
		out.Same = Chip{"red", "warn", w.Audits.Differs}
	}
	out.Rows, err = s.sampled(r, v, drawn)
	return out, err
}

// sampled are the records drawn, with who recorded them.
func (s *Site) sampled(r *http.Request, v Visitor, drawn []uint64) (out []SampledRow, err error) {
	told, err := s.events(r.Context(), drawn)
	if err != nil {
		return nil, err
	}
	var staff []string
	for _, e := range told {
		staff = append(staff, e.By)
	}
	seen, err := s.read(r, v, Glance{Reason: "audits", Act: "list", Classes: "P"}, nil, staff...)
	if err != nil {
		return nil, err
	}
	for i, p := range drawn {
		out = append(out, SampledRow{strconv.Itoa(i + 1), auditRow(v, seen, told[p])})
	}
	return out, nil
}

// evidence lists what was asked for by item, with what was issued for it; what
// nobody asked for stands last.
func evidence(v Visitor, f *auditFile) (out []EvidenceRow) {
	w := v.W
	at := map[string]int{}
	for _, e := range f.entries {
		item := factText(e.Facts, domain.Field{Name: "item"})
		by := f.seen.name(v, e.RecordedBy)
		switch e.Type {
		case "period.evidence_requested":
			at[item] = len(out)
			out = append(out, EvidenceRow{Item: item, Text: e.Facts.Text("text"), Asked: w.Audits.RecordedBy(by, w.Date(japan.DateOf(e.RecordedAt)))})
		case "period.evidence_issued":
			i, ok := at[item]
			if !ok {
				i = len(out)
				at[item] = i
				out = append(out, EvidenceRow{Text: w.Audits.NoItem})
			}
			position, _ := e.Facts.Int("log_position")
			out[i].Issued = append(out[i].Issued, EvidencePack{w.Audits.IssuedBy(w.Code("redaction", e.Facts.Text("redaction")), by, w.Date(japan.DateOf(e.RecordedAt))), e.Facts.Text("pack"), recordNumber(uint64(position))})
		}
	}
	return out
}

// findings are those of the audit by grade, the gravest first.
func (s *Site) findings(v Visitor, f *auditFile) (out []GradedFindings) {
	w := v.W
	for _, grade := range domain.Codes["finding_grade"] {
		g := GradedFindings{ID: grade, Grade: w.Code("finding_grade", grade)}
		for _, e := range f.entries {
			if e.Type == "period.finding_recorded" && e.Facts.Text("grade") == grade {
				g.Rows = append(g.Rows, s.finding(v, f, e))
			}
		}
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func (s *Site) finding(v Visitor, f *auditFile, e projections.Entry) FindingView {
	w, id := v.W, e.Facts.Text("finding")
	x := f.Period.Findings[id]
	out := FindingView{ID: id, Text: x.Text, Recorded: w.Audits.RecordedBy(f.seen.name(v, e.RecordedBy), w.Date(japan.DateOf(e.RecordedAt))), Due: w.Audits.NoDue, State: Chip{"yellow", "", w.Audits.Waits}}
	if x.DueOn != 0 {
		out.Due = w.Date(x.DueOn)
	}
	switch {
	case len(x.Measures) > 0:
		out.State = Chip{"green", "check", w.Audits.Answered}
	case x.DueOn != 0 && x.DueOn < s.today():
		out.State = Chip{"red", "warn", w.Audits.Overdue}
	}
	if l := newestOf(f.all, x.Figure); l != nil {
		out.Figure = &Pair{Value: figureNumber(l.No) + " " + quantityName(w, l.Figure.Indicator), Href: quantityHref(l)}
	}
	for _, m := range f.entries {
		if m.Type == "period.measure_reported" && m.Facts.Text("finding") == id {
			out.Measures = append(out.Measures, MeasureRow{m.Facts.Text("text"), w.Audits.RecordedBy(f.seen.name(v, m.RecordedBy), w.Date(japan.DateOf(m.RecordedAt)))})
		}
	}
	if v.holds("MG") && f.audit.State != period.AuditOver {
		form := s.commandForm(w, "answer-"+id, "period.report_measure", commandForm{action: auditHref(f.Year, f.id), heading: w.Audits.Answer, submit: w.Audits.AnswerIt,
			values: map[string]string{"finding": id}, fixed: []string{"finding"}})
		out.Answer = &form
	}
	return out
}

// newestOf is the newest line of a quantity.
func newestOf(all *register.Register, stream string) (found *register.Line) {
	for _, l := range all.Lines {
		if stream != "" && l.Stream == stream {
			found = l
		}
	}
	return found
}
