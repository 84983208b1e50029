package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

var (
	// tabled are the indicators of the month table and the charts.
	tabled = []string{"C1", "C2", "K1"}
	// tiled are those a record or a correction is told to count in.
	tiled = []string{"C0", "C1", "C2", "C12", "P0", "P1", "J1", "R1", "R2", "K1", "K2"}
)

// figureRoutes are the pages about figures.
func (s *Site) figureRoutes() {
	readers := []string{"CO", "LD", "AN", "MG", "AU"}
	s.staff("GET /indicators", s.indicators, readers...)
	s.staff("GET /indicators/export", s.exportForm, readers...)
	s.staff("GET /indicators/file", s.exportFile, readers...)
	s.staff("GET /survey", s.survey, readers...)
	s.staff("GET /survey/file", s.surveyFile, readers...)
	s.staff("GET /differences", s.differences, readers...)
	s.staff("GET /sheets", s.sheets, readers...)
	s.staff("GET /sheets/{fy}/{unit}", s.sheet, readers...)
	s.staff("GET /sheets/{fy}/{unit}/editions", s.editions, readers...)
	s.staff("GET /sheets/{fy}/{unit}/{kind}", s.sheetPrinted, readers...)
	s.staff("GET /audit", s.audit, "LD", "AU", "MG", "PO")
}

// question is what the address of a page of figures asks.
type question struct {
	past
	year, compare japan.FiscalYear
	until         japan.Date
	ends          japan.Date // the last day asked for; 0: the whole year
	known         uint64
	lensNow       bool
	version       string
	of            string
	month         japan.Date // first day; 0: the whole period
	all           bool
	miss          string // clause whose near misses are all asked for; "": the members
	from          int    // how many records of that list come before the page
	scope         string
	book, whole   *indicator.Book // the rules of the scope and of the whole prefecture, as known
	breaks        map[string][]indicator.SeriesBreakDeclared
	first, last   japan.FiscalYear // years there are records of
	newest        uint64
	lastDay       japan.Date // on which something was recorded
}

func (s *Site) questionOf(r *http.Request, v Visitor) (*question, error) {
	p, err := s.pastOf(r, v)
	if err != nil {
		return nil, err
	}
	q := &question{past: p, version: r.FormValue("def"), of: r.FormValue("of"), all: r.FormValue("all") != "", lensNow: r.FormValue("lens") == "now", scope: s.scopeOf(v), known: p.upto}
	if q.miss = r.FormValue("miss"); q.all {
		if q.from, err = strconv.Atoi(cmp.Or(r.FormValue("from"), "0")); err != nil || q.from < 0 {
			q.from = 0
		}
	}
	if q.lensNow {
		q.known = projections.Newest
	}
	if q.whole, err = s.bookAt(r.Context(), controllerOf(q.scope), q.known); err != nil {
		return nil, err
	}
	if q.breaks, err = s.breaks(r.Context(), q.scope, tabled...); err != nil {
		return nil, err
	}
	if err := s.years(r, v, q); err != nil {
		return nil, err
	}
	q.until = q.year.Last()
	if q.day != 0 {
		q.until = max(min(q.until, q.day), q.year.First())
	} else {
		q.until = min(q.until, max(s.today(), q.year.First()))
	}
	if day, err := japan.ParseDate(r.FormValue("until")); err == nil && q.year.Whole().Contains(day) {
		q.ends, q.until = day, min(q.until, day)
	}
	if day, err := japan.ParseDate(r.FormValue("month") + "-01"); err == nil && q.year.Whole().Contains(day) {
		q.month = day
	}
	if !slices.Contains(comparable, q.of) {
		q.of = ""
	}
	return q, nil
}

// years settles which year is shown: the one asked for, else the newest that
// holds a consultation.
func (s *Site) years(r *http.Request, v Visitor, q *question) error {
	first, last, newest, err := s.days(r, v)
	if err != nil {
		return err
	}
	if q.book, err = s.bookAt(r.Context(), q.scope, q.known); err != nil {
		return err
	}
	q.newest, q.lastDay = newest, last
	if first == 0 {
		first, last = s.today(), s.today()
	}
	q.first, q.last = japan.FiscalYearOf(first)-1, japan.FiscalYearOf(last)
	if year, ok := yearIn(r.FormValue("fy")); ok {
		q.year = year
	} else if q.year, err = s.busiest(r, q); err != nil {
		return err
	}
	q.compare = q.year - 1
	if year, ok := yearIn(r.FormValue("cmp")); ok {
		q.compare = year
	}
	return nil
}

// busiest is the newest year with a consultation known.
func (s *Site) busiest(r *http.Request, q *question) (japan.FiscalYear, error) {
	last := q.last
	if q.day != 0 {
		last = japan.FiscalYearOf(q.day)
	}
	for year := last; year >= q.first; year-- {
		def, ok := q.book.InForce("C0", year.First())
		if !ok {
			break
		}
		f, err := s.config.Figures.Value(r.Context(), indicator.Question{Definition: def, Scope: q.scope, Period: year.Whole()}, q.upto)
		if err != nil {
			return 0, missing(err)
		}
		if f.Value > 0 {
			return year, nil
		}
	}
	return last, nil
}

// period is the part of a year that lies as far in it as the page looks.
func (q *question) period(year japan.FiscalYear) japan.Period {
	p := japan.Period{From: year.First(), To: q.until.AddMonths(12 * int(year-q.year))}
	if q.until == q.until.MonthLast() {
		p.To = p.To.MonthLast()
	}
	return p
}

// indicators is the page of figures.
func (s *Site) indicators(w http.ResponseWriter, r *http.Request, v Visitor) error {
	q, err := s.questionOf(r, v)
	if err != nil {
		return err
	}
	c, err := s.countAll(r, v, q)
	if err != nil {
		return err
	}
	view, err := s.indicatorView(r, v, q, c)
	if err != nil {
		return err
	}
	return s.show(w, r, q.status, "indicators", "", view)
}

func (s *Site) indicatorView(r *http.Request, v Visitor, q *question, c *counted) (IndicatorView, error) {
	w := v.W
	view := IndicatorView{
		Definitions: v.holds("AN", "MG", "AU"),
		Page:        s.page(r, v, "indicators", w.Indicator.Title(w.FiscalYearShort(q.year)), "css/chart.css", "css/indicator.css"),
		Heading:     w.Indicator.Heading(w.FiscalYear(q.year)),
	}
	view.Crumbs = []Crumb{{w.Indicator.Breadcrumb, "/indicators"}, {w.FiscalYearShort(q.year), ""}}
	for y := q.last; y >= q.first; y-- {
		view.Years = append(view.Years, Option{Value: strconv.Itoa(int(y)), Text: w.FiscalYearShort(y), Chosen: y == q.year})
	}
	if !slices.ContainsFunc(view.Years, func(o Option) bool { return o.Chosen }) {
		view.Years = append(view.Years, Option{Value: strconv.Itoa(int(q.year)), Text: w.FiscalYearShort(q.year), Chosen: true})
	}
	for y := q.year - 1; y >= q.year-3; y-- {
		text := w.FiscalYearShort(y)
		if y == q.year-1 {
			text = w.Indicator.PreviousYear(text)
		}
		view.Compare = append(view.Compare, Option{Value: strconv.Itoa(int(y)), Text: text, Chosen: y == q.compare})
	}
	view.AsOf = figureBar(v, q, r.URL)
	for _, version := range q.book.Trials() {
		name := w.Code("trial", version)
		if version == q.version {
			view.Trial = &Trial{Heading: w.Indicator.Trial(name), Text: w.Indicator.TrialText, Back: with(r.URL, "def", "")}
			continue
		}
		view.Trials = append(view.Trials, Pair{Value: w.Indicator.Try(name), Href: with(r.URL, "def", version)})
	}
	for _, version := range q.laterVersions() {
		if version == q.version {
			view.Trial = &Trial{Heading: w.Later.Counted(version), Text: w.Later.Text, Back: with(r.URL, "def", "")}
			continue
		}
		view.Trials = append(view.Trials, Pair{Value: w.Later.Try(version), Href: with(r.URL, "def", version)})
	}
	s.markPast(v, q, r.URL, &view.Page)
	if c.empty() {
		return view, nil
	}
	return view, s.fillFigures(r, v, q, c, &view)
}

// laterVersions are the versions approved since the moment the page looks at.
func (q *question) laterVersions() []string {
	var out []string
	for _, book := range []*indicator.Book{q.book, q.whole} {
		for _, version := range book.Later() {
			if !slices.Contains(out, version) {
				out = append(out, version)
			}
		}
	}
	return out
}

// markPast says on a page of figures that it does not show the records of now.
func (s *Site) markPast(v Visitor, q *question, address *url.URL, page *Page) {
	if q.day != 0 && !q.lensNow && q.day < q.lastDay {
		page.Past = &Past{Shown: v.W.Message.AsOfBand(v.W.EndOfDay(q.day)), Back: with(address, "asof", "")}
		page.Live = &Live{Text: v.W.Frame.Live.Past, Doubt: true}
	}
}

func (s *Site) fillFigures(r *http.Request, v Visitor, q *question, c *counted, view *IndicatorView) error {
	view.Tiles = s.tiles(v, q, c, r.URL)
	var err error
	if view.Charts, err = s.charts(v, q, c); err != nil {
		return err
	}
	for m := range 12 {
		view.Months = append(view.Months, v.W.MonthOnly(q.year.First().AddMonths(m)))
	}
	view.Rows = monthRows(v, q, c, r.URL)
	if view.Stated, err = s.statedYears(r, v, q); err != nil {
		return err
	}
	view.Breaks = shownBreaks(v.W, q)
	if view.More, err = s.more(r, v, q, r.URL); err != nil {
		return err
	}
	view.HowCounted = s.howCounted(v, q)
	view.Exports = exportLinks(v, q, r.URL)
	view.Drill, err = drill(v, q, c, r.URL)
	return err
}

// figureBar is the box that asks at which moment the records are read.
func figureBar(v Visitor, q *question, address *url.URL) *AsOfBar {
	w := v.W
	bar := &AsOfBar{W: w, Action: "/indicators", Error: q.wrong, Lens: true, Then: !q.lensNow, Index: 11}
	for _, name := range []string{"fy", "cmp", "def", "of", "month"} {
		if value := address.Query().Get(name); value != "" {
			bar.Hidden = append(bar.Hidden, Option{Name: name, Value: value})
		}
	}
	if address.Query().Get("fy") == "" {
		bar.Hidden = append(bar.Hidden, Option{Name: "fy", Value: strconv.Itoa(int(q.year))})
	}
	if bar.Date = q.typed; q.day != 0 {
		bar.Date = w.PlainDate(q.day)
	}
	bar.Resolved = resolved(w, q)
	bar.Ends = periodEnds(v, q)
	for m := range 12 {
		day := q.year.First().AddMonths(m).MonthLast()
		bar.Months = append(bar.Months, SliderMonth{ISO: day.String(), Name: w.MonthOnly(day)})
		if q.day != 0 && day.MonthFirst() <= q.day && q.day <= day {
			bar.Index = m
		}
	}
	next := q.year.First().MonthLast()
	if q.day != 0 && bar.Index < 11 {
		next = q.day.MonthFirst().AddMonths(1).MonthLast()
	}
	bar.Play = with(address, "asof", next.String())
	return bar
}

// resolved tells how many records are counted, and up to when.
func resolved(w *locale.Words, q *question) string {
	if q.day == 0 {
		return w.Indicator.Current(int(q.newest))
	}
	return w.Indicator.Replayed(int(q.upto))
}

// periodEnds are the days a year may be counted to: all of it, or to the end of
// a month; another day only where the address names it.
func periodEnds(v Visitor, q *question) []Option {
	w := v.W
	out := []Option{{Text: w.Indicator.WholeYear, Chosen: q.ends == 0}}
	for m := range 12 {
		day := q.year.First().AddMonths(m).MonthLast()
		out = append(out, Option{Value: day.String(), Text: w.Indicator.EndOfMonth(w.MonthOnly(day)), Chosen: day == q.ends})
	}
	if q.ends != 0 && q.ends != q.ends.MonthLast() {
		out = append(out, Option{Value: q.ends.String(), Text: w.ShortDate(q.ends), Chosen: true})
	}
	return out
}
