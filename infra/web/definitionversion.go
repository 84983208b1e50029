package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"

	"github.com/google/uuid"
)

// definitionVersion is one version beside the one in force, with what its approval
// would change.
func (s *Site) definitionVersion(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.versionPage(w, r, v, http.StatusOK, nil, nil)
}

// versionPage shows a version; typed is what was typed into a form that was refused.
func (s *Site) versionPage(w http.ResponseWriter, r *http.Request, v Visitor, status int, typed *DefinitionDecide, faults []FieldError) error {
	x, err := s.naturally(r, v, r.PathValue("indicator"))
	if err != nil {
		return err
	}
	l, ok := x.named(r.PathValue("version"))
	if !ok {
		return ErrMissing
	}
	title := v.W.Definition.Heading(l.Version, name(v.W, l.Definition))
	view := DefinitionVersionView{Page: s.page(r, v, "indicators", title, "css/definition.css"), Heading: title, Text: l.Text[string(v.W.Language)],
		Done: v.W.Definition.Done[r.FormValue("done")], Indicator: Pair{Value: indicator.StreamID(x.id, x.scope), Href: definitionHref(x.id, x.scope)}}
	view.Crumbs = []Crumb{{v.W.Definition.Breadcrumb, "/definitions"}, {x.id, definitionHref(x.id, x.scope)}, {l.Version, ""}}
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
	}
	seen, err := s.deciders(r, v, x)
	if err != nil {
		return err
	}
	force, _ := x.force(s.today())
	view.Version = versionLine(v, seen, x, l, force)
	view.Version.Digest = l.Digest()
	columns := []indicator.Listed{l}
	if f, ok := x.named(force.Version); ok && f.Version != l.Version {
		columns = []indicator.Listed{f, l}
	}
	view.Columns, view.Rows = sideBySide(v.W, columns...)
	if l.State == indicator.StateProposed {
		dry, years, err := s.dryRun(r, v, x, l.Definition, url.Values{"to_def": {l.Version}})
		if err != nil {
			return err
		}
		view.ShowsDry, view.Dry, view.Effect = true, dry, s.effectLines(v, l.Definition, years)
		if view.Published, err = s.publishedOf(r, v, x); err != nil {
			return err
		}
	}
	decides(v, x, l, &view, typed)
	return s.show(w, r, status, "definitionversion", "", view)
}

// decides opens the forms that the visitor may send.
func decides(v Visitor, x rulesOf, l indicator.Listed, view *DefinitionVersionView, typed *DefinitionDecide) {
	form := DefinitionDecide{Action: versionHref(x.id, l.Version, x.scope), Scope: x.scope, Digest: l.Digest(), ShownAt: strconv.FormatUint(x.version, 10), CommandID: uuid.NewString()}
	if typed != nil {
		form.Reason, form.From = typed.Reason, typed.From
	}
	switch {
	case l.State == indicator.StateProposed && !v.holds("MG"):
		view.NoDecide = v.W.Definition.NotYours
	case l.State == indicator.StateProposed && l.Own.ProposedBy == v.ID:
		view.NoDecide = v.W.Definition.Own
	case l.State == indicator.StateProposed:
		view.Decide = &form
	case l.State == indicator.StateApproved && v.holds("MG"):
		view.Retire = &form
	}
}

// decideDefinition approves, rejects or retires a version.
func (s *Site) decideDefinition(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	x, err := s.naturally(r, v, r.PathValue("indicator"))
	if err != nil {
		return err
	}
	version := r.PathValue("version")
	id, err := uuid.Parse(r.PostFormValue("command_id"))
	if err != nil {
		id = uuid.New()
	}
	fields := map[string]any{"indicator": indicator.StreamID(x.id, x.scope), "definition_version": version}
	typed := &DefinitionDecide{Reason: strings.TrimSpace(r.PostFormValue("reason")), From: r.PostFormValue("from")}
	command, done := "", ""
	switch r.PostFormValue("act") {
	case "approve":
		command, done = "indicator.approve_version", "approved"
		fields["definition"] = r.PostFormValue("digest")
		if shown, err := strconv.Atoi(r.PostFormValue("shown_at")); err == nil {
			fields["shown_at"] = shown
		}
	case "reject":
		command, done = "indicator.reject_version", "rejected"
		if typed.Reason != "" {
			fields["reason"] = typed.Reason
		}
	case "retire":
		command, done = "indicator.retire_version", "retired"
		day, err := japan.ReadComing(typed.From, s.today())
		if err != nil {
			return s.versionPage(w, r, v, http.StatusUnprocessableEntity, typed, []FieldError{{"from", dateFault(v.W, err, "from")}})
		}
		fields["from"] = day.Date.String()
	default:
		return ErrMissing
	}
	req, err := s.request(v, id, command, fields)
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err != nil {
		faults, ok := faultsOf(v.W, err, map[string]string{"reason": "reason", "from": "from"})
		if !ok {
			return refused(err)
		}
		return s.versionPage(w, r, v, http.StatusUnprocessableEntity, typed, faults)
	}
	position, _ := lastOf(receipts)
	if err := s.wait(r.Context(), position); err != nil {
		return err
	}
	http.Redirect(w, r, versionHref(x.id, version, x.scope)+"&done="+done, http.StatusSeeOther)
	return nil
}
