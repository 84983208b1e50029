package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"

	"github.com/google/uuid"
)

// mergeEvidence are the kinds on which a merge may rest.
var mergeEvidence = []string{"phone", "mail", "line", "birth", "person_statement", "resident_record", "partner_answer"}

// duplicateActs puts in what the visitor may do, with the effect it has.
func (s *Site) duplicateActs(r *http.Request, v Visitor, d *duplicate, now []ReasonFound, view *DuplicateView) error {
	words := v.W.Duplicate
	if d.state() == "merged" {
		view.Undo = true
		form := mergeForm(d, "unmerge")
		for _, code := range []string{"different_person", "error", "request"} {
			form.Choices = append(form.Choices, Option{Name: "reason", Value: code, Text: words.Unmerges[code]})
		}
		if err := s.pairEffect(r, v, d, view, form); err != nil {
			return err
		}
		if form.Preview == "" {
			view.Nobody = words.OnlyLead
			return nil
		}
		view.Unmerge = form
		return nil
	}
	form := mergeForm(d, "merge")
	for _, code := range mergeEvidence {
		chosen := slices.ContainsFunc(now, func(r ReasonFound) bool { return r.Signal == code && r.Points > 0 })
		form.Choices = append(form.Choices, Option{Name: "evidence", Value: code, Text: v.W.Code("merge_evidence", code), Chosen: chosen && d.state() != "split"})
	}
	if err := s.pairEffect(r, v, d, view, form); err != nil {
		return err
	}
	if form.Preview != "" {
		view.Keep = keepTabs(v, d)
	}
	if d.state() == "open" && !privacyOnly(v) {
		view.Dismiss = mergeForm(d, "dismiss")
		for _, code := range []string{"different_person", "family", "unclear"} {
			view.Dismiss.Choices = append(view.Dismiss.Choices, Option{Name: "reason", Value: code, Text: words.Dismissals[code]})
		}
	}
	others := slices.DeleteFunc(d.proposers(), func(a string) bool { return a == v.ID })
	switch {
	case d.confidential() && !v.holds("PO"):
		view.Nobody = words.NeedsPrivacy
	case !d.confidential() && !v.holds("LD"):
		view.Nobody = words.OnlyLead
	case len(others) > 0 && form.Preview != "":
		view.Merge = form
	case len(d.proposers()) > 0:
		view.Nobody = words.NeedsOther
	default:
		view.Nobody = words.NeedsProposal
	}
	if !privacyOnly(v) && !slices.Contains(d.proposers(), v.ID) && d.silent() != nil {
		view.Propose = mergeForm(d, "propose")
	}
	return nil
}

// keepTabs choose which record goes on, the older one first.
func keepTabs(v Visitor, d *duplicate) (out []Tab) {
	for _, side := range []pairSide{d.a, d.b} {
		no := personNumber(side.sum.Number)
		out = append(out, Tab{v.W.Duplicate.Keep(no), duplicateHref(d.told.Position) + "?keep=" + no, side.id == d.a.id})
	}
	slices.SortFunc(out, func(a, b Tab) int { return strings.Compare(a.Text, b.Text) })
	return out
}

// silent is the side of which nobody has said yet that it may be the other.
func (d *duplicate) silent() *pairSide {
	for _, side := range []struct {
		of    *pairSide
		other string
	}{{&d.a, d.b.id}, {&d.b, d.a.id}} {
		if !side.of.folded.Pairs[side.other].Suspected {
			return side.of
		}
	}
	return nil
}

// pairEffect shows what figures do, and binds the form to it. A pair that cannot be
// merged as it stands has no effect, and the reason is said.
func (s *Site) pairEffect(r *http.Request, v Visitor, d *duplicate, view *DuplicateView, form *MergeForm) error {
	fields := map[string]any{"person": d.b.id, "from": d.a.id, "reason": "error"}
	command := "person.unmerge"
	if !view.Undo {
		command, fields = "person.merge", map[string]any{"person": d.b.id, "into": d.a.id, "evidence": mergeEvidence, "proposed_by": d.proposer(v)}
	}
	shape, _ := s.shape(command)
	if !s.mayGive(v, shape) || fields["proposed_by"] == "" {
		return nil
	}
	req, err := s.request(v, uuid.New(), command, fields)
	if err != nil {
		return err
	}
	shown, version, err := s.config.Office.Effect(r.Context(), req)
	if list := refusals(err); len(list) > 0 {
		view.Effect = v.W.Refusal(list[0].Key, list[0].Field, list[0].Args)
		return nil
	}
	if err != nil {
		return err
	}
	effects, err := s.effectsOf(r.Context(), v, shown)
	if err != nil {
		return err
	}
	for _, e := range effects {
		view.Effects = append(view.Effects, EffectRow{Name: v.W.Code("indicator", e.indicator), Year: v.W.FiscalYearShort(e.year), Before: v.W.Sized(e.before, e.unit),
			After: v.W.Sized(e.after, e.unit), Change: pointsText(e.after - e.before)})
	}
	if len(effects) == 0 {
		view.Effect = v.W.Message.NoEffect
	}
	form.Preview, form.Shown = shown.Digest(), strconv.FormatUint(version, 10)
	return nil
}

// proposer is who proposed the merge that a visitor may approve. Where nobody has
// yet, the effect is counted as if the owner of a case did.
func (d *duplicate) proposer(v Visitor) string {
	for _, account := range d.proposers() {
		if account != v.ID {
			return account
		}
	}
	for _, c := range slices.Concat(d.a.sum.Cases, d.b.sum.Cases) {
		if c.Owner != v.ID && c.Owner != "" {
			return c.Owner
		}
	}
	return ""
}

// judgePair carries out one act on a pair: merge, unmerge, dismiss or propose.
func (s *Site) judgePair(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	d, err := s.duplicateAsked(r, v)
	if err != nil {
		return err
	}
	command, fields, fault := s.pairCommand(r, v, d)
	if command == "" {
		return ErrMissing
	}
	if shape, _ := s.shape(command); !s.mayGive(v, shape) {
		return ErrRefused
	}
	if fault != nil {
		return s.pairAgain(w, r, v, d, http.StatusUnprocessableEntity, *fault)
	}
	if err := s.stillSo(r, v, d, command); err != nil {
		return s.pairAgain(w, r, v, d, http.StatusConflict, FieldError{Text: v.W.Duplicate.Moved})
	}
	req, err := s.request(v, commandID(r), command, fields)
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if moved(err) || slices.ContainsFunc(refusals(err), func(one *domain.Refusal) bool { return one.Key == "preview.missing" }) {
		return s.pairAgain(w, r, v, d, http.StatusConflict, FieldError{Text: v.W.Duplicate.Moved})
	}
	if faults, ok := faultsOf(v.W, err, map[string]string{"evidence": "evidence", "reason": "reason"}); ok {
		return s.pairAgain(w, r, v, d, http.StatusUnprocessableEntity, faults...)
	}
	if err != nil {
		return err
	}
	position, _ := lastOf(receipts)
	http.Redirect(w, r, duplicateHref(d.told.Position)+"?at="+strconv.FormatUint(position, 10), http.StatusSeeOther)
	return nil
}

// pairCommand is the command of an act with its data, and what is missing in it.
func (s *Site) pairCommand(r *http.Request, v Visitor, d *duplicate) (string, map[string]any, *FieldError) {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	reason := text("reason")
	need := func(field, label string) *FieldError {
		return &FieldError{field, v.W.Message.RequiredChoose(label)}
	}
	var fault *FieldError
	switch r.PathValue("act") {
	case "merge":
		chosen := slices.DeleteFunc(slices.Clone(r.PostForm["evidence"]), func(c string) bool { return !slices.Contains(mergeEvidence, c) })
		if len(chosen) == 0 {
			fault = need("evidence", v.W.Duplicate.Evidence)
		}
		fields := map[string]any{"person": d.b.id, "into": d.a.id, "evidence": chosen, "proposed_by": "", "preview": text("preview"), "shown_at": *expected(text("shown"))}
		for _, account := range d.proposers() {
			if account != v.ID {
				fields["proposed_by"] = account
			}
		}
		return "person.merge", withReasons(fields, text("reasons")), fault
	case "unmerge":
		if reason == "" {
			fault = need("reason", v.W.Duplicate.UnmergeWhy)
		}
		return "person.unmerge", withReasons(map[string]any{"person": d.b.id, "from": d.a.id, "reason": reason, "shown_at": *expected(text("shown"))}, text("reasons")), fault
	case "dismiss":
		if reason == "" {
			fault = need("reason", v.W.Duplicate.DismissWhy)
		}
		_, on := domain.SplitStream(d.told.Stream)
		other := d.told.Facts.Text("other")
		return "person.dismiss_duplicate", map[string]any{"person": on, "other": other, "reason": reason}, fault
	case "propose":
		side, other := d.silent(), d.b.id
		if side == nil {
			return "", nil, nil
		}
		if side.id == d.b.id {
			other = d.a.id
		}
		return "person.suspect_duplicate", map[string]any{"person": side.id, "other": other, "score": d.score, "signals": d.signals}, nil
	}
	return "", nil, nil
}

func withReasons(fields map[string]any, reasons string) map[string]any {
	if reasons != "" {
		fields["reasons"] = reasons
	}
	return fields
}

// stillSo holds a merge to the effect that was shown: records of others may have
// changed it, which no version tells.
func (s *Site) stillSo(r *http.Request, v Visitor, d *duplicate, command string) error {
	if command != "person.merge" {
		return nil
	}
	var view DuplicateView
	var form MergeForm
	if err := s.pairEffect(r, v, d, &view, &form); err != nil {
		return err
	}
	if form.Preview != "" && form.Preview != r.PostFormValue("preview") {
		return ErrBusy
	}
	return nil
}

// pairAgain shows the page with what is wrong, everything typed kept.
func (s *Site) pairAgain(w http.ResponseWriter, r *http.Request, v Visitor, d *duplicate, status int, faults ...FieldError) error {
	if status == http.StatusConflict {
		if err := s.wait(r.Context(), s.head(r.Context())); err != nil {
			return err
		}
		var err error
		if d, err = s.duplicateAsked(r, v); err != nil {
			return err
		}
	}
	view, err := s.duplicateView(r, v, d)
	if err != nil {
		return err
	}
	view.Errors = newErrors(v.W, faults...)
	for name, form := range map[string]*MergeForm{"merge": view.Merge, "unmerge": view.Unmerge, "dismiss": view.Dismiss} {
		if form == nil || name != r.PathValue("act") {
			continue
		}
		form.CommandID, form.Text = commandID(r).String(), r.PostFormValue("reasons")
		for i := range form.Choices {
			form.Choices[i].Chosen = slices.Contains(r.PostForm[form.Choices[i].Name], form.Choices[i].Value)
		}
	}
	return s.show(w, r, status, "duplicate", "", view)
}
