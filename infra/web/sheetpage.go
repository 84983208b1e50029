package web

import (
	"cmp"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// sheets is the list of annual sheets.
func (s *Site) sheets(w http.ResponseWriter, r *http.Request, v Visitor) error {
	files, err := s.sheetFiles(r.Context(), v)
	if err != nil {
		return err
	}
	view := SheetListView{Page: s.page(r, v, "sheets", v.W.Sheet.Heading), New: v.holds("AN")}
	for _, f := range files {
		view.Rows = append(view.Rows, SheetListRow{Year: v.W.FiscalYearShort(f.FiscalYear()), Unit: f.Head.Unit, Href: sheetHref(f), Chips: sheetState(v.W, f.Sheet)})
	}
	return s.show(w, r, http.StatusOK, "sheets", "", view)
}

// askedSheet is the sheet an address asks for, as it was known then.
type askedSheet struct {
	past
	id      string
	edition int // 0: as it stands
	events  []projections.Entry
	sheet   *workplan.Sheet
	now     *workplan.Sheet
}

// askedSheet reads an address: no is the number of the sheet, edition a published
// one, asof the knowledge date. A sheet of another controller is missing.
func (s *Site) askedSheet(r *http.Request, v Visitor) (a askedSheet, err error) {
	a.id = r.PathValue("unit") + "." + r.PathValue("fy") + "." + cmp.Or(r.FormValue("no"), "1")
	if a.past, err = s.pastOf(r, v); err != nil {
		return a, err
	}
	if typed := r.FormValue("edition"); typed != "" {
		if a.edition, err = strconv.Atoi(typed); err != nil || a.edition < 1 {
			return a, ErrMissing
		}
	}
	now, err := s.sheetFile(r.Context(), a.id)
	if err != nil {
		return a, missing(err)
	}
	if len(now.entries) == 0 || !s.mayFacts(v, now.controller) {
		return a, ErrMissing
	}
	a.now = now.Sheet
	if a.events, err = s.config.Press.Events(r.Context(), a.id, a.upto, a.edition); err != nil {
		return a, missing(err)
	}
	a.sheet, err = foldSheet(a.events)
	return a, err
}

// paper lays a sheet out for a reader, with the name of the head where the reader
// may see it.
func (s *Site) paper(r *http.Request, v Visitor, a askedSheet, w *locale.Words) (workplan.Paper, error) {
	seen, err := s.read(r, v, Glance{Subject: a.id, Reason: "sheet", Classes: "P"}, a.events[:1])
	if err != nil {
		return workplan.Paper{}, err
	}
	head := cmp.Or(seen.texts[a.events[0].Position].first("head"), w.Sheet.HeadHidden)
	d, err := s.config.Press.Paper(r.Context(), a.events, string(w.Language), head)
	return d, missing(err)
}

// sheet is one annual sheet as it is printed.
func (s *Site) sheet(w http.ResponseWriter, r *http.Request, v Visitor) error {
	a, err := s.askedSheet(r, v)
	if err != nil {
		return err
	}
	return s.showSheet(w, r, v, a)
}

func (s *Site) showSheet(w http.ResponseWriter, r *http.Request, v Visitor, a askedSheet) error {
	d, err := s.paper(r, v, a, v.W)
	if err != nil {
		return err
	}
	return s.show(w, r, a.status, "sheet", "", s.sheetView(r, v, a, d))
}

// sheetPrinted is one annual sheet as a file, always in the words of the printed
// sheet.
func (s *Site) sheetPrinted(w http.ResponseWriter, r *http.Request, v Visitor) error {
	kind := r.PathValue("kind")
	if !slices.Contains(workplan.Kinds, kind) {
		return ErrMissing
	}
	a, err := s.askedSheet(r, v)
	if err != nil {
		return err
	}
	if a.wrong != "" {
		return s.showSheet(w, r, v, a)
	}
	d, err := s.paper(r, v, a, locale.In(locale.Japanese))
	if err != nil {
		return err
	}
	file, err := s.config.Press.Print(d, kind)
	if err != nil {
		return err
	}
	if err := s.seen(r); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", file.Type)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	h.Set("Content-Length", strconv.Itoa(len(file.Bytes)))
	_, err = w.Write(file.Bytes)
	return err
}

func sheetState(w *locale.Words, f *workplan.Sheet) []Chip {
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

func (s *Site) sheetView(r *http.Request, v Visitor, a askedSheet, d workplan.Paper) SheetView {
	w, year := v.W, v.W.FiscalYearShort(a.sheet.FiscalYear())
	view := SheetView{Page: s.page(r, v, "sheets", w.Sheet.Title(year, a.sheet.Head.Unit), "css/sheet.css"), State: sheetState(w, a.sheet), Paper: d}
	view.Crumbs = []Crumb{{w.Sheet.Breadcrumb, "/sheets"}, {year, ""}}
	if s.config.Sample {
		view.Note = w.Sheet.OwnWords
	}
	view.Margin, view.Stamp = w.PrintedMargin(d), w.PrintedFoot(d)
	view.At = w.Sheet.FiguresAt(w.DateTime(d.At))
	for _, f := range d.Figures {
		line := SheetFigure{Mark: f.Mark, Name: f.Name, At: f.At, Value: f.Text, Chip: figureChip(w, f.State), Href: f.Href}
		if f.Register != "" {
			line.Register = "/ledger/" + url.PathEscape(f.Register)
		}
		view.Figures = append(view.Figures, line)
	}
	for _, no := range workplan.Numbers(a.sheet.Indicators) {
		if a.sheet.Indicators[no].Actual == nil {
			view.Open = append(view.Open, SheetGate{Text: w.Sheet.BlankActual(no)})
		}
	}
	s.sheetLinks(r, v, a, &view)
	return view
}

// sheetLinks are the ways to other editions, other days and files of the sheet.
func (s *Site) sheetLinks(r *http.Request, v Visitor, a askedSheet, view *SheetView) {
	here := "/sheets/" + url.PathEscape(r.PathValue("fy")) + "/" + url.PathEscape(r.PathValue("unit"))
	asked := url.Values{}
	for _, name := range []string{"no", "edition", "asof"} {
		if typed := r.FormValue(name); typed != "" && (name != "asof" || a.day != 0) {
			asked.Set(name, typed)
		}
	}
	address := func(path string, change url.Values) string {
		q := url.Values{}
		for _, values := range []url.Values{asked, change} {
			for name, list := range values {
				if q[name] = list; list[0] == "" {
					q.Del(name)
				}
			}
		}
		return (&url.URL{Path: path, RawQuery: q.Encode()}).String()
	}
	if v.holds("AN", "MG") && a.day == 0 && a.edition == 0 {
		view.Edit = address(here+"/edit", nil)
	}
	for _, kind := range workplan.Kinds {
		view.Files = append(view.Files, Pair{Value: v.W.Printed.FileNames[kind], Href: address(here+"/"+kind, nil)})
	}
	present := address(here, url.Values{"edition": {""}, "asof": {""}})
	for _, e := range slices.Backward(a.now.Editions) {
		view.Versions = append(view.Versions, Pair{Label: v.W.Sheet.Edition(e.No), Value: v.W.PlainDate(e.On),
			Href: address(here, url.Values{"edition": {strconv.Itoa(e.No)}, "asof": {""}})})
	}
	view.Compare = address(here+"/editions", url.Values{"edition": {""}, "asof": {""}})
	view.Bar = &AsOfBar{W: v.W, Action: here, Date: a.typed, Error: a.wrong, Index: -1}
	if no := r.FormValue("no"); no != "" {
		view.Bar.Hidden = []Option{{Name: "no", Value: no}}
	}
	if a.day != 0 {
		view.Bar.Date, view.Bar.Resolved = v.W.PlainDate(a.day), v.W.Indicator.Replayed(int(a.upto))
	}
	if a.day != 0 || a.edition > 0 {
		view.Past = &Past{Shown: v.W.Message.AsOfBand(v.W.DateTime(view.Paper.At)), Back: present}
		view.Live = &Live{Text: v.W.Frame.Live.Past, Doubt: true}
	}
}

// figureChip says in words how a figure of the sheet stands.
func figureChip(w *locale.Words, state string) Chip {
	text := w.Printed.States[state]
	switch state {
	case workplan.FigureEqual:
		return Chip{"green", "check", text}
	case workplan.FigureRegister:
		return Chip{"green", "", text}
	case workplan.FigureDiffers:
		return Chip{"red", "warn", text}
	case workplan.FigureTimeless:
		return Chip{"yellow", "warn", text}
	}
	return Chip{"gray", "", text}
}
