package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"

	"github.com/google/uuid"
)

// sheetRoutes are the pages that write sheets.
func (s *Site) sheetRoutes() {
	s.staff("GET /sheets/new", s.sheetNew, "AN")
	s.staff("POST /sheets/new", s.sheetBegin, "AN")
	s.staff("GET /sheets/{fy}/{unit}/edit", s.sheetEdit, "AN", "MG")
	s.staff("POST /sheets/{fy}/{unit}/edit", s.sheetWrite, "AN", "MG")
}

func editHref(f sheetFile) string {
	path, query, asked := strings.Cut(sheetHref(f), "?")
	if asked {
		return path + "/edit?" + query
	}
	return path + "/edit"
}

// sheetAsked is the sheet that an address names.
func (s *Site) sheetAsked(r *http.Request, v Visitor) (sheetFile, error) {
	no := r.URL.Query().Get("no")
	if no == "" {
		no = "1"
	}
	f, err := s.sheetFile(r.Context(), r.PathValue("unit")+"."+r.PathValue("fy")+"."+no)
	if err != nil {
		return f, missing(err)
	}
	if len(f.entries) == 0 || !s.mayFacts(v, f.controller) {
		return f, ErrMissing
	}
	return f, nil
}

// sheetEdit is the page that writes a sheet.
func (s *Site) sheetEdit(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	f, err := s.sheetAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.sheetEditView(r, v, f)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "sheetedit", "", view)
}

func (s *Site) sheetEditView(r *http.Request, v Visitor, f sheetFile) (SheetEditView, error) {
	w := v.W
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return SheetEditView{}, missing(err)
	}
	version, _ := f.entries[len(f.entries)-1].Facts.Int("version")
	title := w.Edit.Title(w.FiscalYearShort(f.FiscalYear()), f.Head.Unit)
	view := SheetEditView{Page: s.page(r, v, "sheets", title, "css/edit.css"), Heading: title, State: sheetState(w, f.Sheet), View: sheetHref(f), Behind: s.behind(r, v)}
	view.Crumbs = []Crumb{{w.Sheet.Breadcrumb, "/sheets"}, {w.FiscalYearShort(f.FiscalYear()), sheetHref(f)}, {w.Edit.Edit, ""}}
	view.Sections = s.sections(r, v, f, all, uint64(version))
	if view.Publish, err = s.publishForm(r, v, f, uint64(version)); err != nil {
		return view, err
	}
	if !v.holds("AN") { // a manager evaluates and publishes
		view.Sections = slices.DeleteFunc(view.Sections, func(x SheetSection) bool { return x.ID != "evaluation" })
	} else if !v.holds("MG") {
		view.Sections = slices.DeleteFunc(view.Sections, func(x SheetSection) bool { return x.ID == "evaluation" })
		view.Note = w.Edit.ByManager
	}
	if len(view.Sections) == 0 && view.Publish == nil {
		view.Note = w.Edit.Nothing
	}
	return view, nil
}

// sheetWrite saves one line of a sheet.
func (s *Site) sheetWrite(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	f, err := s.sheetAsked(r, v)
	if err != nil {
		return err
	}
	command := r.PostFormValue("command")
	shape, ok := s.shape(command)
	if !ok || !strings.HasPrefix(command, "workplan.") || shape.Creates {
		return ErrMissing
	}
	fields, faults := commandFields(v.W, shape, r)
	switch shape.Name {
	case "workplan.set_actual":
		s.lastEdition(r, v, fields)
	case "workplan.publish_plan", "workplan.publish", "workplan.revise":
		if fields["edition"], fields["document"], err = s.nextPrint(r, v, f); err != nil {
			return err
		}
	}
	status := http.StatusUnprocessableEntity
	if len(faults) == 0 {
		fields["workplan"] = f.ID
		req, err := s.request(v, commandID(r), command, fields)
		if err != nil {
			return err
		}
		req.Expect = expected(r.PostFormValue("expected"))
		receipts, err := s.config.Office.Do(r.Context(), req)
		if err == nil {
			position, _ := lastOf(receipts)
			http.Redirect(w, r, savedAt(editHref(f), position)+"#"+r.PostFormValue("form"), http.StatusSeeOther)
			return nil
		}
		if faults, ok = faultsOf(v.W, err, inputsOf(shape)); moved(err) {
			status, ok, faults = http.StatusConflict, true, []FieldError{{Text: v.W.Refusal("stream.moved", "", nil)}}
			if err := s.wait(r.Context(), s.head(r.Context())); err != nil {
				return err
			}
			if f, err = s.sheetAsked(r, v); err != nil {
				return err
			}
		}
		if !ok {
			return err
		}
	}
	view, err := s.sheetEditView(r, v, f)
	if err != nil {
		return err
	}
	if view.Publish != nil && view.Publish.ID == r.PostFormValue("form") {
		view.Publish.again(v.W, r, faults)
	}
	for i := range view.Sections {
		for j := range view.Sections[i].Forms {
			if form := &view.Sections[i].Forms[j]; form.ID == r.PostFormValue("form") {
				form.again(v.W, r, faults)
			}
		}
	}
	return s.show(w, r, status, "sheetedit", "", view)
}

func savedAt(href string, position uint64) string {
	href, part, found := strings.Cut(href, "#")
	if found {
		part = "#" + part
	}
	mark := "?"
	if strings.Contains(href, "?") {
		mark = "&"
	}
	return href + mark + "at=" + strconv.FormatUint(position, 10) + part
}

// lastEdition names the edition of a figure that stands published, which an actual
// refers to.
func (s *Site) lastEdition(r *http.Request, v Visitor, fields map[string]any) {
	stream, _ := fields["figure"].(string)
	delete(fields, "edition")
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil || stream == "" {
		return
	}
	for _, l := range slices.Backward(all.Lines) {
		if l.Stream == stream && l.Edition != nil {
			fields["edition"] = l.Edition.Edition
			return
		}
	}
}

// sheetNew asks for a new sheet.
func (s *Site) sheetNew(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view, err := s.sheetNewView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "sheetnew", "", view)
}

func (s *Site) sheetNewView(r *http.Request, v Visitor) (SheetNewView, error) {
	files, err := s.sheetFiles(r.Context(), v)
	if err != nil {
		return SheetNewView{}, err
	}
	view := SheetNewView{Page: s.page(r, v, "sheets", v.W.Edit.NewTitle, "css/edit.css")}
	view.Crumbs = []Crumb{{v.W.Sheet.Breadcrumb, "/sheets"}, {v.W.Edit.NewTitle, ""}}
	values := map[string]string{"fy": strconv.Itoa(int(japan.FiscalYearOf(s.today())) + 1), "format": "F2016"}
	view.From = []Option{{Text: v.W.Edit.FromNone}}
	for i, f := range files {
		view.From = append(view.From, Option{Value: f.ID, Text: v.W.FiscalYearShort(f.FiscalYear()) + " " + f.Head.Unit, Chosen: i == 0})
		if i == 0 {
			values = map[string]string{"fy": strconv.Itoa(f.Head.FY + 1), "format": f.Head.Format, "bureau": f.Head.Bureau, "unit": f.Head.Unit, "policy": f.Head.Policy, "phone": f.Head.Phone}
		}
	}
	view.Form = s.commandForm(v.W, "draft", "workplan.draft", commandForm{action: "/sheets/new", heading: v.W.Edit.NewTitle, submit: v.W.Edit.Begin, values: values, skip: []string{"contact"},
		labels: map[string]string{"head": v.W.Edit.Head, "unit": v.W.Edit.Unit}})
	view.Form.Open = true
	return view, nil
}

// sheetBegin drafts a sheet, and copies the lines of an earlier one that still hold.
func (s *Site) sheetBegin(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	shape, _ := s.shape("workplan.draft")
	fields, faults := commandFields(v.W, shape, r)
	id := commandID(r)
	var from sheetFile
	if of := r.PostFormValue("from"); of != "" && len(faults) == 0 {
		var err error
		if from, err = s.sheetFile(r.Context(), of); err != nil || len(from.entries) == 0 || !s.mayFacts(v, from.controller) {
			return errorOr(missing(err), ErrMissing)
		}
	}
	if len(faults) == 0 {
		unit := "S" + v.Actor.Controller
		if from.Sheet != nil {
			unit, _, _ = strings.Cut(from.ID, ".")
		}
		fy, _ := fields["fy"].(int)
		stream, err := s.freeSheet(r, unit, fy)
		if err != nil {
			return err
		}
		fields["workplan"] = stream
		position, err := s.draft(r, v, id, fields, from, stream)
		if err == nil {
			parts := strings.Split(stream, ".")
			href := "/sheets/" + parts[1] + "/" + parts[0] + "/edit"
			if parts[2] != "1" {
				href += "?no=" + parts[2]
			}
			http.Redirect(w, r, savedAt(href, position), http.StatusSeeOther)
			return nil
		}
		var ok bool
		if faults, ok = faultsOf(v.W, err, inputsOf(shape)); !ok {
			return err
		}
	}
	view, err := s.sheetNewView(r, v)
	if err != nil {
		return err
	}
	view.Form.again(v.W, r, faults)
	view.From = choose(view.From, r.PostFormValue("from"))
	return s.show(w, r, http.StatusUnprocessableEntity, "sheetnew", "", view)
}

// freeSheet is the stream of the next sheet of a unit and year.
func (s *Site) freeSheet(r *http.Request, unit string, fy int) (string, error) {
	for no := 1; ; no++ {
		id := unit + "." + strconv.Itoa(fy) + "." + strconv.Itoa(no)
		f, err := s.sheetFile(r.Context(), id)
		if err != nil {
			return "", missing(err)
		}
		if len(f.entries) == 0 {
			return id, nil
		}
	}
}

// draft gives the commands of a new sheet. Their ids follow from the form's, so a
// form sent twice drafts once.
func (s *Site) draft(r *http.Request, v Visitor, id uuid.UUID, fields map[string]any, from sheetFile, stream string) (last uint64, err error) {
	give := func(n int, command string, fields map[string]any) error {
		fields["workplan"] = stream
		req, err := s.request(v, uuid.NewSHA1(id, []byte(strconv.Itoa(n))), command, fields)
		if err != nil {
			return err
		}
		receipts, err := s.config.Office.Do(r.Context(), req)
		position, _ := lastOf(receipts)
		last = max(last, position)
		return err
	}
	if err := give(0, "workplan.draft", fields); err != nil || from.Sheet == nil {
		return last, err
	}
	n := 0
	for _, rec := range copied(from) {
		n++
		if err := give(n, rec.command, rec.fields); err != nil {
			return last, err
		}
	}
	return last, nil
}

// copiedLine is one line of an earlier sheet as a command of the new one.
type copiedLine struct {
	command string
	fields  map[string]any
}

// copied are the lines that a new year takes over: everything of the plan, with
// neither actuals nor evaluation.
func copied(from sheetFile) (out []copiedLine) {
	add := func(command string, event any) {
		fields := map[string]any{}
		for _, f := range domain.FieldsOf(event) {
			if text, ok := domain.FactText(event, f.Name); ok && text != "" {
				fields[f.Name] = typedFact(f, text)
			}
		}
		out = append(out, copiedLine{command, fields})
	}
	for _, no := range workplan.Numbers(from.Mission) {
		add("workplan.set_mission", &workplan.MissionSet{No: no, Text: from.Mission[no]})
	}
	for _, no := range workplan.Numbers(from.Aims) {
		add("workplan.set_aim", &workplan.AimSet{No: no, Text: from.Aims[no]})
	}
	for _, column := range from.columns() {
		if flag, set := from.Flags[column]; set {
			add("workplan.flag_plan", &flag)
		}
	}
	for _, no := range workplan.Numbers(from.Indicators) {
		i := from.Indicators[no]
		add("workplan.place_indicator", &i.IndicatorPlaced)
		for _, field := range valueFields {
			if x := i.Values[field]; x != nil {
				add("workplan.set_value", x)
			}
		}
	}
	for _, no := range workplan.Numbers(from.Projects) {
		p := from.Projects[no]
		add("workplan.set_project", &p)
	}
	return out
}

// typedFact is a fact's text as a command's data holds it.
func typedFact(f domain.Field, text string) any {
	switch f.Kind {
	case domain.KindInt, domain.KindTime:
		n, _ := strconv.Atoi(text)
		return n
	case domain.KindFlag:
		return text == "1"
	case domain.KindIDs, domain.KindCodes, domain.KindTokens:
		return strings.Split(text, ",")
	}
	return text
}

// publishForm is what a manager may publish of a sheet as it stands; nil if nothing.
func (s *Site) publishForm(r *http.Request, v Visitor, f sheetFile, version uint64) (*CommandForm, error) {
	w := v.W.Edit
	command, heading := "", ""
	switch {
	case !v.holds("MG"):
		return nil, nil
	case f.State == workplan.StateDraft:
		command, heading = "workplan.publish_plan", w.PublishPlan
	case f.State == workplan.StateFinal:
		command, heading = "workplan.publish", w.PublishEvaluation
	case f.State == workplan.StatePublished && f.Touched:
		command, heading = "workplan.revise", w.Revise
	default:
		return nil, nil
	}
	edition, document, err := s.nextPrint(r, v, f)
	if err != nil {
		return nil, err
	}
	spec := commandForm{action: editHref(f), heading: heading, submit: heading, expected: version,
		values: map[string]string{"edition": strconv.Itoa(edition), "document": document}, fixed: []string{"edition", "document"}, skip: []string{"gates_waived", "waiver"}}
	if command != "workplan.publish_plan" {
		open, err := s.openGates(r, v, f)
		if err != nil {
			return nil, err
		}
		if len(open) > 0 {
			spec.skip, spec.choices = nil, map[string][]Option{"gates_waived": open}
		}
	}
	form := s.commandForm(v.W, "publish", command, spec)
	form.Open = true
	for i := range form.Fields {
		if label := w.PublishFields[form.Fields[i].Name]; label != "" {
			form.Fields[i].Label = label
		}
	}
	// Why it goes out comes before what it goes out without.
	slices.SortStableFunc(form.Fields, func(a, b CommandField) int {
		return strings.Compare(strconv.FormatBool(a.Name != "why"), strconv.FormatBool(b.Name != "why"))
	})
	return &form, nil
}

// openGates are the gates that a publication of the sheet has to name, with what
// each found.
func (s *Site) openGates(r *http.Request, v Visitor, f sheetFile) (out []Option, err error) {
	closing, err := s.closingFile(r.Context(), f.controller, f.FiscalYear())
	if err != nil {
		return nil, err
	}
	if closing.State == "" {
		closing.Year = f.FiscalYear()
	}
	found, err := s.config.Gates.Before(r.Context(), f.controller, closing.Period, "sheet", s.today())
	if err != nil {
		return nil, missing(err)
	}
	cutoff, _ := closing.Now("sheet")
	for _, g := range workplan.Unsettled(found.Counts(), cutoff.Waived) {
		out = append(out, Option{Value: g, Text: v.W.Code("gate", g) + "　" + gateRow(v, judged{Judged: found}, g).Found})
	}
	return out, nil
}

// nextPrint is the number of the next edition of a sheet, and the digest of what
// it says as it stands.
func (s *Site) nextPrint(r *http.Request, v Visitor, f sheetFile) (int, string, error) {
	d, err := s.config.Press.Paper(r.Context(), f.entries, string(locale.Japanese), "")
	return len(f.Editions) + 1, d.Digest(), missing(err)
}
