package web

import (
	"cmp"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/japan"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
)

// sheets is the list of annual sheets.
func (s *Site) sheets(w http.ResponseWriter, r *http.Request, v Visitor) error {
	files, err := s.sheetFiles(r.Context(), v)
	if err != nil {
		return err
	}
	view := SheetListView{Page: s.page(r, v, "sheets", v.W.Sheet.Heading), New: v.holds("AN")}
	for _, f := range files {
		view.Rows = append(view.Rows, SheetListRow{Year: v.W.FiscalYearShort(f.FiscalYear()), Unit: f.Head.Unit, Href: sheetHref(f), Chips: sheetState(v.W, f)})
	}
	return s.show(w, r, http.StatusOK, "sheets", "", view)
}

// sheet is one annual sheet as it is printed.
func (s *Site) sheet(w http.ResponseWriter, r *http.Request, v Visitor) error {
	no := r.FormValue("no")
	if no == "" {
		no = "1"
	}
	f, err := s.sheetFile(r.Context(), r.PathValue("unit")+"."+r.PathValue("fy")+"."+no)
	if err != nil {
		return missing(err)
	}
	if len(f.entries) == 0 || !s.mayFacts(v, f.controller) {
		return ErrMissing
	}
	view, err := s.sheetView(r, v, f)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "sheet", "", view)
}

func sheetState(w *locale.Words, f sheetFile) []Chip {
	var out []Chip
	for _, kind := range []string{"mid_year", "final"} {
		if _, ok := f.Evaluations[kind]; ok {
			out = append(out, Chip{"blue", "", w.Code("evaluation_kind", kind)})
		}
	}
	if n := len(f.Editions); n > 0 {
		out = append(out, Chip{"gray", "", w.Sheet.Edition(f.Editions[n-1].No)})
	}
	if f.Touched || len(f.Editions) == 0 {
		out = append(out, Chip{"yellow", "warn", w.Sheet.Draft})
	}
	return out
}

func (s *Site) sheetView(r *http.Request, v Visitor, f sheetFile) (SheetView, error) {
	w := v.W
	seen, err := s.read(r, v, Glance{Subject: f.ID, Reason: "sheet", Classes: "P"}, f.entries[:1])
	if err != nil {
		return SheetView{}, err
	}
	year := f.FiscalYear()
	view := SheetView{Page: s.page(r, v, "sheets", w.Sheet.Title(w.FiscalYearShort(year), f.Head.Unit), "css/sheet.css"), State: sheetState(w, f)}
	view.Crumbs = []Crumb{{w.Sheet.Breadcrumb, "/sheets"}, {w.FiscalYearShort(year), ""}}
	if s.config.Sample {
		view.Note = w.Sheet.OwnWords
	}
	q := &question{year: year, scope: s.scopeOf(v)}
	counts := &counted{stated: s.statements([]sheetFile{f}, year), recount: map[string]int{}}
	if err := s.recountStated(r, q, counts); err != nil {
		return view, err
	}
	last := f.entries[len(f.entries)-1]
	at := w.DateTime(last.RecordedAt)
	view.At = w.Sheet.FiguresAt(at)
	p := &sheetPrinter{site: s, w: w, f: f, counts: counts, view: &view}
	p.print(cmp.Or(seen.texts[f.entries[0].Position].first("head"), w.Sheet.HeadHidden))
	view.Sheet.Margin[1] = w.Sheet.AsOfNote(at)
	if s.config.Sample {
		view.Sheet.Margin[0] = w.Frame.SampleValue
	}
	trail, err := s.config.Audit.Entry(r.Context(), last.Position)
	if err != nil {
		return view, missing(err)
	}
	leaf := hex.EncodeToString(trail.Leaf[:])
	view.Sheet.Stamp = w.Sheet.Stamp(leaf[:8]+"…"+leaf[60:], int(last.Position), at, f.ID)
	for _, e := range slices.Backward(f.Editions) {
		view.Versions = append(view.Versions, Pair{Label: w.Sheet.Edition(e.No), Value: w.PlainDate(e.On)})
	}
	return view, nil
}

// sheetPrinter lays a sheet out in its official order and numbers its figures.
type sheetPrinter struct {
	site   *Site
	w      *locale.Words
	f      sheetFile
	counts *counted
	view   *SheetView
}

func (p *sheetPrinter) print(head string) {
	f, w, out := p.f, p.w, &p.view.Sheet
	out.Title, out.Unit, out.Head, out.Phone, out.Policy = w.Sheet.Paper(f.Head.Bureau, f.Head.Unit), f.Head.Unit, head, f.Head.Phone, f.Head.Policy
	for _, no := range workplan.Numbers(f.Mission) {
		out.Missions = append(out.Missions, f.Mission[no])
	}
	for _, no := range workplan.Numbers(f.Aims) {
		out.Aims = append(out.Aims, f.Aims[no])
	}
	for _, column := range workplan.Columns[:len(workplan.Columns)-1] {
		mark := ""
		if f.Flags[column].Flag {
			mark = w.Sheet.Flagged
		}
		out.Flags = append(out.Flags, mark)
	}
	out.UnitLongTerm = f.Flags["unit_goal"].Text
	for _, no := range workplan.Numbers(f.Indicators) {
		out.Indicators = append(out.Indicators, p.indicator(f.Indicators[no]))
	}
	for _, no := range workplan.Numbers(f.Projects) {
		x := f.Projects[no]
		out.Projects = append(out.Projects, SheetProject{No: no, Name: w.Sheet.Budget(x.Name, x.BudgetText), Outline: sentences(x.Outline)})
	}
	for _, kind := range []string{"mid_year", "final"} {
		if e, ok := f.Evaluations[kind]; ok {
			out.Evaluations = append(out.Evaluations, p.evaluation(kind, e))
		}
	}
	out.InitiativesHeading, out.ResultsHeading = w.Sheet.Initiatives(w.FiscalYearShort(f.FiscalYear())), w.Sheet.Results(w.FiscalYearShort(f.FiscalYear()))
	for _, no := range workplan.Numbers(f.Initiatives) {
		x := f.Initiatives[no]
		out.Initiatives = append(out.Initiatives, SheetInitiative{Title: x.Title, Sentences: p.sentences(x.Result)})
	}
	for _, no := range workplan.Numbers(f.Issues) {
		out.Issues = append(out.Issues, SheetIssue{f.Issues[no].Issue, f.Issues[no].NextStep})
	}
}

func (p *sheetPrinter) evaluation(kind string, e workplan.Evaluation) SheetEvaluation {
	out := SheetEvaluation{Heading: map[string]string{"mid_year": p.w.Sheet.MidYear, "final": p.w.Sheet.Final}[kind], Text: e.MarkText, Reasons: sentences(e.Reasons)}
	if e.Score != nil {
		out.Score = strconv.Itoa(*e.Score)
	}
	return out
}

func (p *sheetPrinter) indicator(i *workplan.Indicator) SheetIndicator {
	w := p.w
	out := SheetIndicator{Heading: w.Sheet.IndicatorNo(i.No), Name: i.Name, Class: w.Code("indicator_class", i.Class)}
	out.Baseline, out.Start = p.value(i, "baseline", w.Sheet.Baseline), p.value(i, "start", w.Sheet.Start)
	out.Target, out.LongTerm = p.value(i, "target", w.Sheet.Target), p.value(i, "long_term", w.Sheet.LongTermValue)
	switch {
	case i.Actual == nil:
		out.Actual.NotFilled = true
		p.view.Open = append(p.view.Open, SheetGate{Text: w.Sheet.BlankActual(i.No)})
	case i.Actual.AbsentReason != "":
		out.Actual.Text = w.Sheet.Absent(w.Code("absent_reason", i.Actual.AbsentReason))
	default:
		out.Actual.Text = i.Actual.Text
	}
	return out
}

// value is one value of an indicator as printed; a stated one is numbered in the
// list beside the sheet.
func (p *sheetPrinter) value(i *workplan.Indicator, field, label string) SheetValue {
	set := i.Values[field]
	if set == nil {
		return SheetValue{}
	}
	text := set.Text
	if text == "" && set.Value != nil {
		text = p.w.Number(*set.Value) + set.Unit
	}
	v := SheetValue{Text: text, At: set.AtText, State: "hand"}
	v.Mark = p.figure(SheetFigure{Name: i.Name + "　" + label, At: set.AtText, Value: text, Chip: Chip{"gray", "", p.w.Sheet.ByHand}})
	return v
}

// figure lists a figure and answers its number.
func (p *sheetPrinter) figure(f SheetFigure) int {
	f.Mark = len(p.view.Figures) + 1
	p.view.Figures = append(p.view.Figures, f)
	return f.Mark
}

// sentences parts what is printed as lines of their own.
func sentences(text string) []string { return strings.Split(text, "\n") }

// sentences splits a result into words and numbered figures.
func (p *sheetPrinter) sentences(text string) [][]SheetRun {
	var out [][]SheetRun
	for _, line := range strings.Split(text, "\n") {
		var cuts []cut
		for _, id := range []string{"C1", "C2"} {
			if st, ok := p.site.stated(line, p.f.FiscalYear())[id]; ok {
				cuts = append(cuts, p.cuts(id, st)...)
			}
		}
		slices.SortFunc(cuts, func(a, b cut) int { return a.from - b.from })
		var runs []SheetRun
		at := 0
		for _, c := range cuts {
			runs = append(runs, SheetRun{Text: line[at:c.from]}, SheetRun{Value: p.numbered(c)})
			at = c.to
		}
		out = append(out, append(runs, SheetRun{Text: line[at:]}))
	}
	return out
}

// cut is a figure in a sentence.
type cut struct {
	from, to int
	text     string
	figure   SheetFigure
	state    string
}

func (p *sheetPrinter) cuts(id string, st statement) []cut {
	w := p.w
	def, _ := p.site.config.Book.InForce(id, p.f.FiscalYear().First())
	href := "/indicators?fy=" + strconv.Itoa(p.f.Head.FY) + "&of=" + id + "&until=" + st.until.String() + "&asof=" + sheetDay(p.f)
	chip := Chip{"green", "check", w.Sheet.Equal}
	if p.counts.recount[id] != st.Value {
		chip = Chip{"red", "warn", w.Indicator.Differs}
	}
	out := []cut{{st.From, st.To, w.Number(st.Value), SheetFigure{Name: name(w, def), At: w.ShortDate(st.until), Value: w.Sized(st.Value, def.Unit), Chip: chip, Href: href}, ""}}
	if st.HasPrevious {
		out = append(out, cut{st.PrevFrom, st.PrevTo, w.Number(st.Previous), SheetFigure{Name: name(w, def) + "　" + w.Indicator.Previous(""), Value: w.Sized(st.Previous, def.Unit),
			Chip: Chip{"yellow", "warn", w.Sheet.TimeUnknown}}, "warn"})
	}
	return out
}

func (p *sheetPrinter) numbered(c cut) *SheetValue {
	return &SheetValue{Text: c.text, Mark: p.figure(c.figure), State: c.state, Href: c.figure.Href}
}

// sheetDay is the day of the newest event of a sheet, as an address says it.
func sheetDay(f sheetFile) string {
	return japan.DateOf(f.entries[len(f.entries)-1].RecordedAt).String()
}
