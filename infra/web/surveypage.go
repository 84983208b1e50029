package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/indicator"
)

// SurveyView is the return of the national survey: consultations at desks and at
// events of a prefecture in a fiscal year (handbook.md 4.4).
type SurveyView struct {
	Page
	Heading    string
	Years      []Option
	AsOf       *AsOfBar
	Scope      string
	Tiles      []Tile
	Tables     []SurveyTable
	HowCounted []Pair
	Exports    []Export
	Errors     *Errors // what of the address of a file could not be taken
	Trial      *Trial  // another version than the one in force counts
}

// SurveyTable parts the return by one dimension.
type SurveyTable struct {
	ID, Heading, Column string
	Rows                []SurveyRow
	Total               SurveyRow
}

// SurveyRow is what was held at desks and at events under one code.
type SurveyRow struct{ Name, Desk, Event, Sum string }

// surveyed are the two figures of the return: at desks, at events.
var surveyed = []string{"M1", "M2"}

// surveyAddress is the return of the year and the knowledge that a page shows.
func surveyAddress(q *question) url.Values {
	out := url.Values{"fy": {strconv.Itoa(int(q.year))}}
	if q.day != 0 {
		out.Set("asof", q.day.String())
	}
	if q.version != "" {
		out.Set("def", q.version)
	}
	return out
}

// surveyQuestion reads the address; the return is made for a prefecture and a year.
func (s *Site) surveyQuestion(r *http.Request, v Visitor) (*question, error) {
	q, err := s.questionOf(r, v)
	if err != nil {
		return nil, err
	}
	q.scope, q.book = indicator.ControllerOf(q.scope), q.whole
	if q.until = q.year.Last(); q.day != 0 {
		q.until = max(min(q.until, q.day), q.year.First())
	}
	return q, nil
}

func (s *Site) survey(w http.ResponseWriter, r *http.Request, v Visitor) error {
	q, err := s.surveyQuestion(r, v)
	if err != nil {
		return err
	}
	return s.showSurvey(w, r, v, q, surveyVersion(q))
}

// surveyVersion refuses a version that neither figure of the return has.
func surveyVersion(q *question) domain.Refusals {
	for _, id := range surveyed {
		if _, ok := q.book.Named(id, q.version); ok || q.version == "" {
			return nil
		}
	}
	q.version = ""
	return domain.Refusals{{Key: "figure.version", Field: "def"}}
}

// markTrial says that another version counts than the one in force.
func (s *Site) markTrial(r *http.Request, v Visitor, q *question, view *SurveyView) {
	force := *q
	force.version = ""
	for _, id := range surveyed {
		d, _ := s.definition(q, id)
		if usual, ok := s.definition(&force, id); ok && d.Digest() != usual.Digest() {
			view.Trial = &Trial{Heading: v.W.Survey.Counted(d.Version), Text: v.W.Survey.CountedText, Back: with(r.URL, "def", "")}
		}
	}
}

func (s *Site) showSurvey(w http.ResponseWriter, r *http.Request, v Visitor, q *question, faults domain.Refusals) error {
	words := v.W.Survey
	view := SurveyView{Page: s.page(r, v, "indicators", words.Title, "css/indicator.css"), Heading: words.Heading(v.W.FiscalYear(q.year)), Scope: words.Prefecture(v.W.Scope(q.scope))}
	view.Crumbs = []Crumb{{v.W.Indicator.Breadcrumb, "/indicators"}, {v.W.FiscalYearShort(q.year), "/indicators?" + surveyAddress(q).Encode()}, {words.Title, ""}}
	for y := q.last; y >= min(q.first, q.year); y-- {
		view.Years = append(view.Years, Option{Value: strconv.Itoa(int(y)), Text: v.W.FiscalYearShort(y), Chosen: y == q.year})
	}
	if items, ok := faultsOf(v.W, faults, nil); ok { // its files are links: nothing is typed
		view.Errors, q.status = newErrors(v.W, items...), http.StatusUnprocessableEntity
	}
	view.AsOf = surveyBar(v, q)
	s.markPast(v, q, r.URL, &view.Page)
	s.markTrial(r, v, q, &view)
	if err := s.fillSurvey(r, v, q, &view); err != nil {
		return err
	}
	return s.show(w, r, q.status, "survey", "", view)
}

func surveyBar(v Visitor, q *question) *AsOfBar {
	bar := &AsOfBar{W: v.W, Action: "/survey", Error: q.wrong, Date: q.typed, Hidden: []Option{{Name: "fy", Value: strconv.Itoa(int(q.year))}}}
	if q.version != "" {
		bar.Hidden = append(bar.Hidden, Option{Name: "def", Value: q.version})
	}
	if q.day != 0 {
		bar.Date = v.W.PlainDate(q.day)
	}
	bar.Resolved = resolved(v.W, q)
	return bar
}

func (s *Site) fillSurvey(r *http.Request, v Visitor, q *question, view *SurveyView) error {
	var questions []indicator.Question
	for _, id := range surveyed {
		if def, ok := s.definition(q, id); ok {
			questions = append(questions, indicator.Question{Definition: def, Scope: q.scope, Period: q.period(q.year)})
		}
	}
	if len(questions) < len(surveyed) {
		return nil
	}
	figures, err := s.config.Figures.Lists(r.Context(), q.known, questions...)
	if err != nil {
		return missing(err)
	}
	desk, event := figures[0], figures[1]
	if desk.Value+event.Value == 0 {
		return nil
	}
	w := v.W
	unit := w.Code("unit", questions[0].Definition.Unit)
	for i, name := range []string{w.Survey.Desk, w.Survey.Event} {
		view.Tiles = append(view.Tiles, Tile{Name: name, Value: w.Number(figures[i].Value), Unit: unit, Href: "#by-channel", Sample: s.config.Sample})
		d := questions[i].Definition
		view.HowCounted = append(view.HowCounted, Pair{Label: name, Value: d.Text[string(w.Language)]},
			Pair{Label: w.Indicator.Version, Value: w.Indicator.VersionFrom(d.Version, d.OfficialFrom) + " " + d.Digest()[:12]})
	}
	view.Tiles = append(view.Tiles, Tile{Name: w.Survey.Sum, Value: w.Number(desk.Value + event.Value), Unit: unit, Href: "#by-month", Sample: s.config.Sample})
	for _, t := range []struct {
		by              indicator.Dimension
		heading, column string
	}{{indicator.ByChannel, w.Survey.ByChannel, w.Survey.Channel}, {indicator.ByDesk, w.Survey.ByDesk, w.Survey.DeskColumn}, {indicator.ByMonth, w.Survey.ByMonth, w.Survey.MonthColumn}} {
		table := SurveyTable{ID: "by-" + string(t.by), Heading: t.heading, Column: t.column, Total: SurveyRow{w.Survey.Sum, w.Number(desk.Value), w.Number(event.Value), w.Number(desk.Value + event.Value)}}
		a, b := desk.Break(questions[0], t.by).Portions, event.Break(questions[1], t.by).Portions
		for _, code := range codesOf(a, b) {
			x, y := countOf(a, code), countOf(b, code)
			if x+y > 0 {
				table.Rows = append(table.Rows, SurveyRow{w.Part(string(t.by), code), w.Number(x), w.Number(y), w.Number(x + y)})
			}
		}
		view.Tables = append(view.Tables, table)
	}
	for _, format := range []string{"xlsx", "csv"} {
		ask := surveyAddress(q)
		ask.Set("format", format)
		ask.Set("edition", "internal")
		view.Exports = append(view.Exports, Export{Text: w.Export.Editions["internal"] + w.Calendar.Comma + w.Export.Formats[format], Href: "/survey/file?" + ask.Encode(), Icon: "dl"})
	}
	return nil
}

// codesOf are the codes of two breakdowns by one dimension, in their order.
func codesOf(a, b []indicator.Portion) []string {
	var out []string
	for _, s := range slices.Concat(a[:len(a)-1], b[:len(b)-1]) {
		if !slices.Contains(out, s.Code) {
			out = append(out, s.Code)
		}
	}
	return append(out, indicator.Unknown)
}

func countOf(list []indicator.Portion, code string) int {
	i := slices.IndexFunc(list, func(s indicator.Portion) bool { return s.Code == code })
	if i < 0 {
		return 0
	}
	return list[i].Count
}

// surveyFile hands the return out as a file.
func (s *Site) surveyFile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	q, err := s.surveyQuestion(r, v)
	if err != nil {
		return err
	}
	if q.wrong != "" {
		return s.survey(w, r, v)
	}
	faults := exportFaults(r, q)
	if !q.knowsVersion() {
		q.version = "" // which is among the faults
	} else if len(faults) == 0 {
		faults = surveyVersion(q)
	}
	if len(faults) > 0 {
		return s.showSurvey(w, r, v, q, faults)
	}
	x := s.exportOf(r, v, q)
	x.What, x.Period = "survey", q.period(q.year)
	return s.handOut(w, r, v, x)
}
