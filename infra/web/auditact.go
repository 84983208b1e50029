package web

import (
	"context"
	"crypto/rand"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/domain/register"
	"ayumi/infra/web/locale"
)

// actOnAudit is an act with the roles whose form stands on the page and the last
// step of an audit in which it is done.
type actOnAudit struct {
	command, form string
	roles         []string
	until         string
}

var auditActs = []actOnAudit{
	{"period.draw_sample", "draw", []string{"AU"}, period.AuditGathering},
	{"period.request_evidence", "request", []string{"AU"}, period.AuditGathering},
	{"period.issue_evidence", "issue", []string{"AN", "RO"}, period.AuditGathering},
	{"period.record_finding", "finding", []string{"AU"}, period.AuditFindings},
	{"account.grant_engagement", "engage", []string{"MG"}, period.AuditFindings},
	{"period.close_audit", "close", []string{"AU"}, period.AuditMeasures},
}

var auditOrder = []string{period.AuditGathering, period.AuditFindings, period.AuditMeasures, period.AuditOver}

// auditForms are the forms that the visitor may send now.
func (s *Site) auditForms(r *http.Request, v Visitor, f *auditFile, view *AuditFileView) error {
	into := map[string]**CommandForm{"draw": &view.Draw, "request": &view.Request, "issue": &view.Issue, "finding": &view.Find, "engage": &view.Engage, "close": &view.Close}
	for _, act := range auditActs {
		if !v.holds(act.roles...) || slices.Index(auditOrder, f.audit.State) > slices.Index(auditOrder, act.until) {
			continue
		}
		if until, engaged := f.engaged[v.ID]; act.form == "finding" && (!engaged || until != 0 && until < s.today()) {
			view.FindWho = true
			continue
		}
		c, err := s.auditForm(r.Context(), v, f, act.form)
		if err != nil {
			return err
		}
		c.action = auditHref(f.Year, f.id)
		form := s.commandForm(v.W, act.form, act.command, c)
		if list := c.choices["account"]; act.form == "engage" {
			form.Fields = append([]CommandField{{ID: "engage-account", Name: "account", Label: v.W.Audits.Auditor, Kind: "select", Options: list, Required: true}}, form.Fields...)
		}
		if act.form == "draw" {
			form.mustChoose("figure")
		}
		*into[act.form] = &form
	}
	return nil
}

// mustChoose takes the empty choice out of a select: the event's first form lacks
// the fact, the command does not.
func (f *CommandForm) mustChoose(name string) {
	for i := range f.Fields {
		if in := &f.Fields[i]; in.Name == name {
			in.Required = true
			in.Options = slices.DeleteFunc(in.Options, func(o Option) bool { return o.Value == "" })
		}
	}
}

func (s *Site) auditForm(ctx context.Context, v Visitor, f *auditFile, name string) (commandForm, error) {
	w := v.W
	c := commandForm{values: map[string]string{"audit": f.id}, fixed: []string{"audit"}, choices: map[string][]Option{}}
	switch name {
	case "draw":
		seed, err := rand.Int(rand.Reader, big.NewInt(period.LargestSeed))
		if err != nil {
			return c, err
		}
		c.heading, c.submit, c.skip = w.Audits.Draw, w.Audits.DrawIt, []string{"edition"}
		c.values["random_seed"], c.values["size"] = seed.String(), "20"
		c.choices["figure"] = s.drawable(ctx, w, f.all, f.Year)
	case "request":
		c.heading, c.submit = w.Audits.Request, w.Audits.RequestIt
		c.values["item"] = strconv.Itoa(len(f.audit.Requests) + 1)
	case "issue":
		c.heading, c.submit = w.Audits.Issue, w.Audits.IssueIt
		c.values["log_position"] = strconv.FormatUint(s.head(ctx), 10)
	case "finding":
		c.heading, c.submit = w.Audits.Find, w.Audits.FindIt
		c.choices["figure"] = quantities(w, f.all)
	case "engage":
		c.heading, c.submit = w.Audits.Engage, w.Audits.EngageIt
		auditors, err := s.engagedIn(ctx, f)
		if err != nil {
			return c, err
		}
		for _, id := range auditors {
			c.choices["account"] = append(c.choices["account"], Option{Value: id, Text: f.seen.name(v, id)})
		}
	case "close":
		c.heading, c.submit = w.Audits.Close, w.Audits.CloseIt
	}
	return c, nil
}

// drawable are the published editions that can be counted again: those of the year
// of the audit first, newest first.
func (s *Site) drawable(ctx context.Context, w *locale.Words, all *register.Register, year japan.FiscalYear) (out []Option) {
	var others []Option
	for _, l := range slices.Backward(all.Lines) {
		if l.Kind != register.KindCounted {
			continue
		}
		var row LedgerRow
		s.say(ctx, w, l, &row)
		o := Option{Value: l.Stream + "/" + strconv.Itoa(l.Edition.Edition), Text: figureNumber(l.No) + " " + row.What + " " + row.Value + row.unit(w) + " " + row.Period}
		if yearOf(l) == year {
			out = append(out, o)
		} else {
			others = append(others, o)
		}
	}
	return append(out, others...)
}

// quantities are the figures a finding may be about, once each.
func quantities(w *locale.Words, all *register.Register) (out []Option) {
	seen := map[string]bool{}
	for _, l := range slices.Backward(all.Lines) {
		if l.Figure != nil && !seen[l.Stream] {
			seen[l.Stream] = true
			out = append(out, Option{Value: l.Stream, Text: figureNumber(l.No) + " " + quantityName(w, l.Figure.Indicator) + " " + w.FiscalYearShort(yearOf(l))})
		}
	}
	return out
}

// auditAct does what one of the forms asks for.
func (s *Site) auditAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	digest, err := readAuditForm(w, r)
	if err != nil {
		return err
	}
	f, err := s.openAuditFile(r, v)
	if err != nil {
		return err
	}
	command := r.PostFormValue("command")
	if command != "period.report_measure" && !slices.ContainsFunc(auditActs, func(a actOnAudit) bool { return a.command == command }) {
		return ErrMissing
	}
	shape, _ := s.shape(command)
	fields, faults := commandFields(v.W, shape, r)
	faults = append(faults, s.auditFields(v, r, command, digest, f, fields)...)
	if len(faults) == 0 {
		req, err := s.request(v, commandID(r), command, fields)
		if err != nil {
			return err
		}
		receipts, err := s.config.Office.Do(r.Context(), req)
		if err == nil {
			position, _ := lastOf(receipts)
			http.Redirect(w, r, auditHref(f.Year, f.id)+"?at="+strconv.FormatUint(position, 10), http.StatusSeeOther)
			return nil
		}
		var ok bool
		if faults, ok = faultsOf(v.W, err, inputsOf(shape)); !ok {
			return refused(err)
		}
	}
	view, err := s.auditFileView(r, v, f)
	if err != nil {
		return err
	}
	for _, form := range view.forms() {
		if form != nil && form.ID == r.PostFormValue("form") {
			form.again(v.W, r, faults)
		}
	}
	return s.show(w, r, http.StatusUnprocessableEntity, "auditfile", "", view)
}

// forms are all forms of the page.
func (view *AuditFileView) forms() []*CommandForm {
	out := []*CommandForm{view.Draw, view.Request, view.Issue, view.Find, view.Engage, view.Close}
	for _, g := range view.Findings {
		for i := range g.Rows {
			out = append(out, g.Rows[i].Answer)
		}
	}
	return out
}

// auditFields completes what a form says: the stream it is for, the edition that was
// chosen, the digest of a file, days as they are typed.
func (s *Site) auditFields(v Visitor, r *http.Request, command, digest string, f *auditFile, fields map[string]any) (faults []FieldError) {
	switch command {
	case "account.grant_engagement":
		fields["stream"] = r.PostFormValue("account")
		delete(fields, "account")
	case "period.draw_sample":
		figure, edition, _ := strings.Cut(r.PostFormValue("figure"), "/")
		n, _ := strconv.Atoi(edition)
		fields["figure"], fields["edition"] = figure, n
	case "period.issue_evidence":
		if digest != "" {
			fields["pack"] = digest
			r.PostForm.Set("pack", digest)
		}
	}
	if command != "account.grant_engagement" {
		fields["stream"] = period.Stream(v.Actor.Controller, f.Year)
	}
	for _, name := range []string{"due_on", "until"} {
		typed, ok := fields[name].(string)
		if !ok {
			continue
		}
		t, err := japan.ReadComing(typed, s.today())
		if err != nil {
			faults = append(faults, FieldError{name, dateFault(v.W, err, name)})
			continue
		}
		fields[name] = t.Date.String()
	}
	return faults
}

// readAuditForm reads a form; of a file it keeps the digest alone.
func readAuditForm(w http.ResponseWriter, r *http.Request) (digest string, err error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return "", readForm(w, r)
	}
	err = readParts(w, r, mostDocument, func(_ string, file io.Reader) (err error) {
		digest, err = digestOf(file)
		return err
	})
	return digest, err
}
