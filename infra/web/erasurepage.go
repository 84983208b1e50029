package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/effect"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/domain/person"
	"ayumi/projections"

	"github.com/google/uuid"
)

// erasures lists them; a number that was typed leads to its person.
func (s *Site) erasures(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view := ErasuresView{Page: s.page(r, v, "erasures", v.W.Erasure.Title, "css/erasure.css"), Orders: v.holds("PO"), Number: strings.TrimSpace(r.FormValue("no"))}
	if view.Number != "" {
		n, err := strconv.Atoi(strings.TrimLeft(strings.ToUpper(view.Number), "P-＃#"))
		if err == nil && view.Orders {
			if ref, err := s.numbered(r.Context(), v, n); err == nil {
				http.Redirect(w, r, "/erasures/"+ref.ID, http.StatusSeeOther)
				return nil
			}
		}
		view.Error = v.W.Refusal("entity.unknown", "person", nil)
	}
	list, err := s.config.Audit.Trail(r.Context(), projections.AuditFilter{Controller: v.Actor.Controller, Types: []string{"person.erasure_ordered"}, Limit: auditShown})
	if err != nil {
		return missing(err)
	}
	for _, e := range list {
		if !s.mayFacts(v, e.Controller) {
			continue
		}
		_, id := domain.SplitStream(e.Stream)
		row, err := s.erasureRow(r, v, id)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, row)
	}
	return s.show(w, r, http.StatusOK, "erasures", "", view)
}

func (s *Site) erasureRow(r *http.Request, v Visitor, id string) (ErasureRow, error) {
	e, _, err := s.config.Office.ErasureOf(r.Context(), id)
	if err != nil {
		return ErasureRow{}, err
	}
	sum, err := s.config.Journey.Summary(r.Context(), id, projections.Newest)
	if err != nil {
		return ErasureRow{}, missing(err)
	}
	row := ErasureRow{Number: personNumber(sum.Number), Href: "/erasures/" + id, Decision: recordNumber(e.Decision), On: v.W.ShortDate(e.OrderedOn),
		Ground: v.W.Code("ground", e.Ordered.Ground), State: Chip{"yellow", "clock", v.W.Erasure.Doing}}
	if e.ErasedOn != 0 {
		row.Erased, row.ClearOn, row.State = v.W.ShortDate(e.ErasedOn), v.W.ShortDate(e.Done.BackupsClearOn), Chip{"green", "check", v.W.Erasure.Done}
	}
	return row, nil
}

// erasure is the page of one person: the preview, or the course and certificate.
func (s *Site) erasure(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.showErasure(w, r, v, http.StatusOK, nil)
}

func (s *Site) showErasure(w http.ResponseWriter, r *http.Request, v Visitor, status int, faults []FieldError) error {
	id := s.personOf(r)
	sum, err := s.config.Journey.Summary(r.Context(), id, projections.Newest)
	if err != nil {
		return missing(err)
	}
	first, err := s.config.Journey.Stream(r.Context(), domain.StreamName("person", id), projections.Newest)
	if err != nil || len(first) == 0 || !s.mayFacts(v, first[0].Controller) {
		return missing(cmpErr(err, ErrMissing))
	}
	e, ordered, err := s.config.Office.ErasureOf(r.Context(), id)
	if err != nil {
		return err
	}
	title := v.W.Erasure.Certificate
	if !ordered {
		title = v.W.Erasure.New
	}
	view := ErasureView{Page: s.page(r, v, "erasures", title, "css/erasure.css"), Number: personNumber(sum.Number)}
	view.Crumbs = []Crumb{{v.W.Erasure.Title, ""}, {view.Number, ""}}
	if v.holds("PO", "AU", "MG") {
		view.Crumbs[0].Href = "/erasures"
	}
	if readsPeople(v) {
		view.Person = "/people/" + id
	}
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
	}
	switch {
	case ordered:
		view.Done, err = s.erasureDone(r, v, id, e)
		if e.ErasedOn == 0 {
			w.Header().Set("Refresh", "1")
		}
	case !v.holds("PO", "AU", "MG"):
		return ErrMissing // nothing was erased: there is nothing to certify
	default:
		view.Preview, err = s.erasurePreview(r, v, id, sum)
	}
	if err != nil {
		return err
	}
	return s.show(w, r, status, "erasure", "", view)
}

func cmpErr(err, or error) error {
	if err != nil {
		return err
	}
	return or
}

// erasurePreview counts the figures of the person, live ones and published ones.
func (s *Site) erasurePreview(r *http.Request, v Visitor, id string, sum projections.Summary) (*ErasurePreview, error) {
	list, err := s.config.Office.FiguresCounting(r.Context(), id, s.config.Now())
	if err != nil {
		return nil, err
	}
	out := &ErasurePreview{Final: v.W.Erasure.Final(v.W.PlainDate(s.config.Erasing.FinalOn()))}
	changed := 0
	for _, c := range list {
		row, err := s.erasureFigure(r, v, c)
		if err != nil {
			return nil, err
		}
		if !c.Same {
			changed++
		}
		out.Figures = append(out.Figures, row)
	}
	if changed == 0 && len(list) > 0 {
		out.Checked = v.W.Erasure.Checked(len(list))
	}
	if v.holds("PO") && changed == 0 {
		out.Form = &ErasureForm{Action: "/erasures/" + id, CommandID: uuid.NewString(), Digest: effect.DigestOf(list), Figures: strconv.Itoa(len(list)),
			Grounds: erasureGrounds(v.W, r.FormValue("ground")), Rights: r.FormValue("rights"), Volume: r.FormValue("volume")}
		stream, err := s.config.Journey.Stream(r.Context(), domain.StreamName("person", sum.ID), projections.Newest)
		if err != nil {
			return nil, err
		}
		out.Form.Expected = strconv.Itoa(len(stream))
	}
	return out, nil
}

// erasureFigure tells a figure's value as it is, and as it will be.
func (s *Site) erasureFigure(r *http.Request, v Visitor, c effect.Counted) (ErasureFigure, error) {
	row := ErasureFigure{Name: c.Indicator + " " + v.W.Code("indicator", c.Indicator), Scope: scopeName(v, c.Scope), Period: s.spanName(v, c.Period), Kind: v.W.Erasure.Live,
		Hers: v.W.Number(c.Members), Same: c.Same, Stands: v.W.Erasure.Stays}
	if !c.Same {
		row.Stands = v.W.Erasure.Changes
	}
	value := c.Value
	if c.Figure != "" {
		row.Kind = v.W.Erasure.Edition(c.Edition)
	} else {
		book, err := s.config.Definitions.Book(r.Context(), c.Scope)
		if err != nil {
			return row, err
		}
		d, ok := book.Named(c.Indicator, c.Version)
		if !ok {
			return row, ErrMissing
		}
		f, err := s.config.Figures.Figure(r.Context(), indicator.Question{Definition: d, Scope: c.Scope, Period: c.Period}, projections.Newest, s.today())
		if err != nil {
			return row, missing(err)
		}
		value = f.Value
	}
	row.Value, row.After = v.W.Number(value), v.W.Number(value+c.After-c.Before)
	return row, nil
}

// spanName is the fiscal year, or the days.
func (s *Site) spanName(v Visitor, p japan.Period) string {
	if year := japan.FiscalYearOf(p.From); p == year.Whole() {
		return v.W.FiscalYearShort(year)
	}
	return v.W.Difference.Range(v.W.ShortDate(p.From), v.W.ShortDate(p.To))
}

func scopeName(v Visitor, scope string) string {
	for _, list := range []string{"desk", "corner", "controller"} {
		if slices.Contains(domain.Codes[list], scope) {
			return v.W.Code(list, scope)
		}
	}
	return scope
}

// orderErasure decides it.
func (s *Site) orderErasure(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PostFormValue("figures_checked"))
	if err != nil {
		n = -1
	}
	fields := map[string]any{"person": s.personOf(r), "preview": r.PostFormValue("preview"), "figures_checked": n}
	for _, name := range []string{"ground", "rights", "volume"} {
		if typed := strings.TrimSpace(r.PostFormValue(name)); typed != "" {
			fields[name] = typed
		}
	}
	req, err := s.request(v, commandID(r), "person.order_erasure", fields)
	if err != nil {
		return err
	}
	req.Expect = expected(r.PostFormValue("expected"))
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err == nil {
		position, _ := lastOf(receipts)
		if err := s.wait(r.Context(), position); err != nil {
			return err
		}
		http.Redirect(w, r, "/erasures/"+s.personOf(r), http.StatusSeeOther)
		return nil
	}
	status := http.StatusUnprocessableEntity
	faults, ok := faultsOf(v.W, err, map[string]string{"rights": "rights", "volume": "volume", "ground": "ground", "preview": "figures"})
	if moved(err) {
		status, ok = http.StatusConflict, true
		faults = []FieldError{{Text: v.W.Refusal("stream.moved", "", nil)}}
	}
	if !ok {
		return err
	}
	return s.showErasure(w, r, v, status, faults)
}

// erasureDone tells how far it came, and certifies what is done.
func (s *Site) erasureDone(r *http.Request, v Visitor, id string, e person.Erasure) (*ErasureDone, error) {
	words := v.W.Erasure
	seen, err := s.read(r, v, Glance{Subject: id, Reason: "erasure", Act: "list", Classes: "P"}, nil, e.OrderedBy)
	if err != nil {
		return nil, err
	}
	out := &ErasureDone{Whole: e.ErasedOn != 0}
	out.Facts = []Pair{
		{Label: words.Decision, Value: recordNumber(e.Decision), Href: recordHref(e.Decision)},
		{Label: words.Ground, Value: v.W.Code("ground", e.Ordered.Ground)},
		{Label: words.OrderedOn, Value: v.W.Date(e.OrderedOn)}, {Label: words.OrderedBy, Value: seen.name(v, e.OrderedBy)},
		{Label: words.FiguresCounted, Value: v.W.Number(e.Ordered.FiguresChecked)},
	}
	if !readsPeople(v) && !v.holds("MG") {
		out.Facts[0].Href = ""
	}
	out.Digests = []Pair{{Label: words.Preimage, Value: e.Ordered.Preview}}
	for _, p := range []Pair{{Label: words.Rights, Value: e.Ordered.Rights}, {Label: words.Volume, Value: e.Ordered.Volume}} {
		if p.Value != "" {
			out.Digests = append(out.Digests, p)
		}
	}
	if out.Whole {
		out.Facts = append(out.Facts, Pair{Label: words.ErasedOn, Value: v.W.Date(e.ErasedOn)}, Pair{Label: words.Sections, Value: v.W.Number(e.Done.Sections)},
			Pair{Label: words.Epoch, Value: v.W.Number(e.Done.Epoch)}, Pair{Label: words.ClearOn, Value: v.W.Date(e.Done.BackupsClearOn)})
		out.Digests = append(out.Digests, Pair{Label: words.KeyCommitment, Value: e.Done.KeyCommitment})
	}
	out.Steps, err = s.erasureSteps(r, v, id, e)
	return out, err
}

func (s *Site) erasureSteps(r *http.Request, v Visitor, id string, e person.Erasure) ([]ErasureStep, error) {
	words, all := v.W.Erasure, office.ErasureSteps()
	reached := slices.Index(all, s.config.Erasing.ErasureStep(id))
	if e.ErasedOn != 0 {
		reached = slices.Index(all, office.StepErased)
	}
	reached = max(reached, 0)
	var final string
	if e.ErasedOn != 0 {
		on, _, retired, err := s.config.Erasing.EpochRetired(r.Context(), e.Done.Epoch)
		if err != nil {
			return nil, err
		}
		final = words.FinalStepDue(v.W.PlainDate(e.Done.BackupsClearOn))
		if retired {
			reached, final = len(all)-1, words.FinalStepDone(v.W.PlainDate(on))
		}
	}
	var out []ErasureStep
	for i, name := range all {
		step := ErasureStep{Name: words.Steps[name], Note: words.StepNotes[name], State: "waiting", Mark: words.Waiting}
		switch {
		case i <= reached:
			step.State, step.Mark = "done", words.Done
		case i == reached+1 && e.ErasedOn == 0:
			step.State, step.Mark = "doing", words.Doing
		}
		switch name {
		case office.StepOrdered:
			step.When = v.W.PlainDate(e.OrderedOn)
		case office.StepErased:
			step.When = dateOrNone(v, e.ErasedOn)
		case office.StepFinal:
			step.When = final
		}
		out = append(out, step)
	}
	return out, nil
}

func dateOrNone(v Visitor, on japan.Date) string {
	if on == 0 {
		return ""
	}
	return v.W.PlainDate(on)
}
