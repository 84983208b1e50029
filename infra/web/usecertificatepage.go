package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ayumi/domain/certificate"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// UseCertificatesView lists the certificates of consultations of a person.
type UseCertificatesView struct {
	Page
	Person PersonLink
	Hidden bool
	Chips  []Chip
	Tabs   []Tab
	Rows   []UseCertificateRow
	Issue  *CommandForm
	Nobody string // why none can be issued
	Notice string
	Behind *Warning
}

// UseCertificateRow is one certificate.
type UseCertificateRow struct {
	Number, When, For, Purpose string
	Covers                     string
	State                      Chip
	Print                      string // "" once it is revoked
	Record                     Pair
	Revoke                     *CommandForm
}

// useCertificateRoutes are the pages that issue and print certificates.
func (s *Site) useCertificateRoutes() {
	care := []string{"CO", "LD"}
	s.staff("GET /people/{id}/certificates", s.useCertificates, care...)
	s.staff("POST /people/{id}/certificates", s.useCertificateAct, care...)
	s.staff("GET /records/{no}/certificate", s.useCertificate, care...)
	s.staff("GET /records/{no}/certificate/pdf", s.useCertificatePDF, care...)
}

func certificatesHref(person string) string { return "/people/" + person + "/certificates" }

// certified is what the page of a person's certificates is made of.
type certified struct {
	*dossier
	files []projections.CaseFile // ascending
}

// certifiedAsked reads and opens a person's certificates; ErrMissing for one of another
// controller.
func (s *Site) certifiedAsked(r *http.Request, v Visitor) (*certified, error) {
	d, err := s.profile(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !s.mayFacts(v, d.controller()) || d.sum.State == "erased" {
		return nil, ErrMissing
	}
	f := &certified{dossier: d}
	entries := slices.Clone(d.entries)
	for _, c := range d.sum.Cases {
		if !slices.Contains(d.sum.Group, c.Lead) {
			continue
		}
		file, err := s.config.Journey.CaseFile(r.Context(), c.ID)
		if err != nil {
			return nil, missing(err)
		}
		f.files = append(f.files, file)
		for _, e := range file.Entries {
			if e.Type == "case.certificate_issued" {
				entries = append(entries, e)
			}
		}
	}
	f.seen, err = s.read(r, v, Glance{Subject: d.sum.ID, Reason: "certificates", Classes: "P"}, entries)
	return f, err
}

func (s *Site) useCertificates(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	f, err := s.certifiedAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.certificatesView(r, v, f)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "usecertificates", "", view)
}

func (s *Site) certificatesView(r *http.Request, v Visitor, f *certified) (UseCertificatesView, error) {
	words, n := v.W.Certificates, s.nameOf(v, f.dossier)
	view := UseCertificatesView{Page: s.page(r, v, "people", words.OneTitle(n.number), "css/journey.css", "css/edit.css", "css/records.css"), Person: PersonLink{n.name, n.number, n.href}, Hidden: n.hidden, Chips: n.chips,
		Tabs: s.personTabs(v, f.sum.ID, "certificates"), Notice: savedNotice(r, v), Behind: s.behind(r, v)}
	view.Here = certificatesHref(f.sum.ID)
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {n.number, n.href}, {words.Title, ""}}
	for _, file := range slices.Backward(f.files) {
		for _, e := range slices.Backward(file.Entries) {
			if e.Type == "case.certificate_issued" {
				view.Rows = append(view.Rows, s.certificateRow(v, f, file, e))
			}
		}
	}
	var err error
	view.Issue, view.Nobody, err = s.issueForm(r, v, f, n)
	return view, err
}

func (s *Site) certificateRow(v Visitor, f *certified, file projections.CaseFile, e projections.Entry) UseCertificateRow {
	words, o, id := v.W.Certificates, f.seen.texts[e.Position], e.Facts.Text("certificate")
	row := UseCertificateRow{Number: o.first("number"), When: v.W.Date(e.From), For: o.first("municipality"), Purpose: v.W.Code("purpose", e.Facts.Text("purpose")), State: Chip{"green", "check", words.Valid},
		Print: recordHref(e.Position) + "/certificate", Record: Pair{Value: recordNumber(e.Position), Href: recordHref(e.Position)}}
	held := file.Certificates[id]
	row.Covers = words.Count(len(held.Consultations))
	switch {
	case held.Revoked:
		row.State, row.Print = Chip{Kind: "gray", Text: words.Revoked}, ""
	case s.acts(v, "case.revoke_certificate"):
		form := s.commandForm(v.W, "revoke-"+id[:min(8, len(id))], "case.revoke_certificate", commandForm{action: certificatesHref(f.sum.ID), heading: words.Revoke, submit: v.W.Rights.Save, expected: file.Version(),
			values: map[string]string{"certificate": id}, fixed: []string{"certificate"}, choices: map[string][]Option{"reason": reasons(v.W, "error", "request", "wrong_person", "other")}})
		form.Fields = append(form.Fields, CommandField{ID: form.ID + "-case", Name: "case", Kind: "hidden", Value: file.ID})
		row.Revoke = &form
	}
	return row
}

// issueForm issues a certificate of consultations of the newest case; nil with why not.
func (s *Site) issueForm(r *http.Request, v Visitor, f *certified, n referredName) (*CommandForm, string, error) {
	words := v.W.Certificates
	switch {
	case len(f.files) == 0:
		return nil, words.NoCase, nil
	case f.sum.Anonymous || n.hidden:
		return nil, words.NoName, nil
	}
	file := f.files[len(f.files)-1]
	var sessions []Option
	for _, e := range file.Entries {
		id := e.Facts.Text("consultation")
		if (e.Type == "case.consultation_held" || e.Type == "case.consultation_received") && file.Certifiable(id) {
			held := file.Consultations[id]
			sessions = append(sessions, Option{Value: id, Text: v.W.Date(held.HeldOn) + "　" + v.W.Code("channel", held.Channel) + "　" + v.W.CodeNames("category", held.Categories)})
		}
	}
	if len(sessions) == 0 {
		return nil, words.NoSessions, nil
	}
	year := japan.FiscalYearOf(s.today())
	issued, err := s.config.Journey.Listed(r.Context(), "case.certificate_issued", v.Actor.Controller, japan.Period{From: year.First(), To: year.Last()})
	if err != nil {
		return nil, "", missing(err)
	}
	form := s.commandForm(v.W, "issue", "case.issue_certificate", commandForm{action: certificatesHref(f.sum.ID), heading: words.Issue, submit: words.Save, expected: file.Version(),
		values: map[string]string{"name": n.name, "number": words.NumberOf(v.Actor.Desk, int(year), len(issued)+1)}, choices: map[string][]Option{"consultations": sessions}})
	form.Fields = append(form.Fields, CommandField{ID: form.ID + "-case", Name: "case", Kind: "hidden", Value: file.ID})
	form.Open = len(f.files) == 1 && s.noneIssued(f)
	form.hint("name", words.NameHint)
	form.hint("number", words.NumberHint)
	form.hint("municipality", words.ForHint)
	return &form, "", nil
}

func (s *Site) noneIssued(f *certified) bool {
	return !slices.ContainsFunc(f.files, func(file projections.CaseFile) bool { return len(file.Certificates) > 0 })
}

func (s *Site) useCertificateAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	f, err := s.certifiedAsked(r, v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(f.files, func(file projections.CaseFile) bool { return file.ID == r.PostFormValue("case") })
	if i < 0 {
		return ErrMissing
	}
	return s.recordsCommand(w, r, v, recordsForm{allowed: []string{"case.issue_certificate", "case.revoke_certificate"}, stream: f.files[i].ID, done: func(uint64) string { return certificatesHref(f.sum.ID) },
		again: func(status int, faults []FieldError) error {
			f, err := s.certifiedAsked(r, v)
			if err != nil {
				return err
			}
			view, err := s.certificatesView(r, v, f)
			if err != nil {
				return err
			}
			view.Issue.againIf(v, r, faults)
			for i := range view.Rows {
				view.Rows[i].Revoke.againIf(v, r, faults)
			}
			return s.show(w, r, status, "usecertificates", "", view)
		}})
}

// useCertificate is the certificate on screen, as it is printed.
func (s *Site) useCertificate(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	f, p, err := s.certifying(r, v)
	if err != nil {
		return err
	}
	paper := locale.In(locale.Language(p.Language))
	view := LetterView{Page: s.page(r, v, "people", v.W.Certificates.Title, "css/receipt.css", "css/referrals.css"), Paper: paper.CertificatePaper(p), Language: paper.Language,
		PDF: r.URL.Path + "/pdf?" + url.Values{"language": {p.Language}}.Encode()}
	for _, l := range []*locale.Words{locale.In(locale.Japanese), locale.In(locale.English)} {
		view.Languages = append(view.Languages, Option{Value: string(l.Language), Text: l.Frame.ThisLanguage, Chosen: l.Language == paper.Language})
	}
	view.Crumbs = []Crumb{{personNumber(f.person.Number), "/people/" + f.person.ID}, {v.W.Certificates.Title, certificatesHref(f.person.ID)}, {recordNumber(p.Record), ""}}
	return s.show(w, r, http.StatusOK, "letter", "", view)
}

// useCertificatePDF is the same as a file.
func (s *Site) useCertificatePDF(w http.ResponseWriter, r *http.Request, v Visitor) error {
	_, p, err := s.certifying(r, v)
	if err != nil {
		return err
	}
	file, err := s.config.Press.Certificate(p)
	if err == nil {
		err = s.seen(r)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `attachment; filename="certificate-`+strconv.FormatUint(p.Record, 10)+`.pdf"`)
	_, err = w.Write(file)
	return err
}

// certifying reads what stands on the paper; ErrMissing for a record that is no
// certificate, or one that was revoked.
func (s *Site) certifying(r *http.Request, v Visitor) (*file, certificate.Printing, error) {
	p := certificate.Printing{Language: string(locale.Japanese), Sample: s.config.Sample, Address: s.receiptAddress(r)}
	f, err := s.file(r, v)
	if err != nil {
		return nil, p, err
	}
	if f.entry.Type != "case.certificate_issued" || f.person == nil {
		return nil, p, ErrMissing
	}
	c, err := s.config.Journey.CaseFile(r.Context(), f.entry.Case)
	if err != nil {
		return nil, p, missing(err)
	}
	held, o := c.Certificates[f.entry.Facts.Text("certificate")], f.seen.texts[f.entry.Position]
	switch {
	case held == nil || held.Revoked:
		return nil, p, ErrMissing
	case o.erased():
		return nil, p, ErrErased
	}
	if l := r.FormValue("language"); l != "" {
		p.Language = string(locale.In(locale.Language(l)).Language)
	}
	p.Record, p.On, p.Desk, p.Purpose, p.Clerk = f.entry.Position, f.entry.From, f.entry.Desk, f.entry.Facts.Text("purpose"), f.seen.staff[f.entry.RecordedBy]
	p.Number, p.Name, p.Municipality = o.first("number"), o.first("name"), o.first("municipality")
	for _, e := range c.Entries {
		id := e.Facts.Text("consultation")
		if !slices.Contains(held.Consultations, id) || e.Type != "case.consultation_held" && e.Type != "case.consultation_received" {
			continue
		}
		said := c.Consultations[id]
		session := certificate.Session{On: said.HeldOn, Channel: said.Channel, Categories: said.Categories}
		if s.config.Receipts != nil {
			slip, err := s.config.Receipts.Slip(r.Context(), e.Position)
			if err != nil && len(refusals(err)) == 0 {
				return nil, p, err
			}
			if err == nil {
				session.Code = slip.Code.String()
			}
		}
		p.Sessions = append(p.Sessions, session)
	}
	return f, p, nil
}
