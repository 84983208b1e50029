package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/projections"
)

// auditRoutes are the pages on which a year is audited. Which act is whose is
// decided by the commands.
func (s *Site) auditRoutes() {
	readers := []string{"AN", "MG", "AU", "RO"}
	s.staff("GET /audits", s.auditsOf, readers...)
	s.staff("GET /audits/{fy}", s.auditsPage, readers...)
	s.staff("POST /audits/{fy}", s.openAudit, "MG", "AU")
	s.staff("GET /audits/{fy}/{audit}", s.auditFile, readers...)
	s.staff("POST /audits/{fy}/{audit}", s.auditAct, readers...)
}

// auditsDoor is the door of the menu through which the visitor came.
func auditsDoor(v Visitor) string {
	if v.holds("AN", "MG", "AU") {
		return "closing"
	}
	return "audits"
}

func auditsHref(year japan.FiscalYear) string { return "/audits/" + strconv.Itoa(int(year)) }

func auditHref(year japan.FiscalYear, audit string) string {
	return auditsHref(year) + "/" + url.PathEscape(audit)
}

// auditsOf goes to a year: the one chosen, else the newest with a consultation.
func (s *Site) auditsOf(w http.ResponseWriter, r *http.Request, v Visitor) error {
	year, err := s.yearAsked(r, v)
	if err != nil {
		return err
	}
	http.Redirect(w, r, auditsHref(year), http.StatusSeeOther)
	return nil
}

func (s *Site) auditsPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.auditsView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "audits", "", view)
}

func (s *Site) auditsView(r *http.Request, v Visitor) (AuditsView, error) {
	w := v.W
	year, err := closingYear(r)
	if err != nil {
		return AuditsView{}, err
	}
	name := w.FiscalYearShort(year)
	view := AuditsView{Page: s.page(r, v, auditsDoor(v), w.Audits.Heading(name), "css/edit.css", "css/audits.css"), Heading: w.Audits.Heading(name), Closing: closingHref(year, "")}
	view.Here = auditsHref(year)
	if auditsDoor(v) == "closing" {
		view.Back = view.Closing
	}
	view.Crumbs = []Crumb{{w.Audits.Title, "/audits"}, {name, ""}}
	f, err := s.closingFile(r.Context(), v.Actor.Controller, year)
	if err != nil {
		return view, err
	}
	if view.Years, err = s.closingYears(r, v, year); err != nil {
		return view, err
	}
	if view.Begun = f.State != ""; !view.Begun {
		return view, nil
	}
	seen, err := s.read(r, v, Glance{Subject: period.Stream(v.Actor.Controller, year), Reason: "audits", Act: "list", Classes: "P"}, auditEvents(f.entries, ""))
	if err != nil {
		return view, err
	}
	for _, e := range slices.Backward(f.entries) {
		if e.Type == "period.audit_opened" {
			view.Rows = append(view.Rows, s.auditsRow(v, seen, f, e))
		}
	}
	if v.holds("MG", "AU") {
		form := s.commandForm(w, "open", "period.open_audit", commandForm{action: auditsHref(year), heading: w.Audits.Open, submit: w.Audits.Open, skip: []string{"contact"}})
		view.Open = &form
	}
	return view, nil
}

// auditEvents are the events of a year's audits, or of one of them.
func auditEvents(entries []projections.Entry, audit string) (out []projections.Entry) {
	findings := map[string]string{}
	for _, e := range entries {
		of := cmp.Or(e.Facts.Text("audit"), findings[e.Facts.Text("finding")])
		if e.Type == "period.finding_recorded" {
			findings[e.Facts.Text("finding")] = of
		}
		if of != "" && (audit == "" || of == audit) {
			out = append(out, e)
		}
	}
	return out
}

func auditState(v Visitor, state string) Chip {
	colour := map[string]Chip{period.AuditGathering: {Kind: "blue"}, period.AuditFindings: {Kind: "yellow", Icon: "warn"}, period.AuditMeasures: {Kind: "green", Icon: "check"}, period.AuditOver: {Kind: "gray", Icon: "lock"}}[state]
	colour.Text = v.W.Audits.States[state]
	return colour
}

func (s *Site) auditsRow(v Visitor, seen reading, f closingFile, e projections.Entry) AuditsRow {
	w, id := v.W, e.Facts.Text("audit")
	a := f.Audits[id]
	row := AuditsRow{Kind: w.Code("audit_kind", a.Kind), Href: auditHref(f.Year, id), Scope: a.Scope, State: auditState(v, a.State),
		Opened: w.Date(japan.DateOf(e.RecordedAt)), By: seen.name(v, e.RecordedBy), Samples: w.Number(len(a.Samples)), Findings: w.Number(len(a.Findings))}
	waiting, due := 0, japan.Date(0)
	for _, each := range a.Findings {
		x := f.Findings[each]
		if len(x.Measures) > 0 {
			continue
		}
		waiting++
		if x.DueOn != 0 && (due == 0 || x.DueOn < due) {
			due = x.DueOn
		}
	}
	row.Unsettled = w.Number(waiting)
	if due != 0 {
		row.Due = w.Date(due)
	}
	return row
}

// openAudit begins an audit, and goes to its page.
func (s *Site) openAudit(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	year, err := closingYear(r)
	if err != nil {
		return err
	}
	shape, _ := s.shape("period.open_audit")
	fields, faults := commandFields(v.W, shape, r)
	id := commandID(r)
	if len(faults) == 0 {
		fields["stream"], fields["audit"] = period.Stream(v.Actor.Controller, year), domain.DeriveID(id, "audit")
		req, err := s.request(v, id, "period.open_audit", fields)
		if err != nil {
			return err
		}
		receipts, err := s.config.Office.Do(r.Context(), req)
		if err == nil {
			position, _ := lastOf(receipts)
			http.Redirect(w, r, auditHref(year, domain.DeriveID(id, "audit"))+"?at="+strconv.FormatUint(position, 10), http.StatusSeeOther)
			return nil
		}
		var ok bool
		if faults, ok = faultsOf(v.W, err, inputsOf(shape)); !ok {
			return refused(err)
		}
	}
	view, err := s.auditsView(r, v)
	if err != nil {
		return err
	}
	if view.Open != nil {
		view.Open.again(v.W, r, faults)
	}
	return s.show(w, r, http.StatusUnprocessableEntity, "audits", "", view)
}
