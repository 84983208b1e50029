package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// Exports makes files that leave the product.
type Exports interface {
	// Export makes a file of figures for an account. The access log is written first;
	// ErrUnseen if it cannot be.
	Export(ctx context.Context, account string, r ExportRequest) (ExportFile, error)
	// Preview answers how many rows the file would have and which characters its
	// encoding lacks. Nothing is handed out.
	Preview(ctx context.Context, r ExportRequest) (rows int, replaced string, err error)
}

// ExportRequest is what is to be exported.
type ExportRequest struct {
	What     string // indicators or survey
	Scope    string
	Period   japan.Period
	KnownAt  japan.Date // 0: now
	Position uint64
	Version  string
	Edition  string // internal or public
	Format   string // csv, csv-sjis, xlsx, parquet, json
	Words    *locale.Words
}

// ExportFile is a file with its name and media type.
type ExportFile struct {
	Name, Type string
	Body       []byte
	Rows       int
	Replaced   string
}

// ExportView asks in which edition and form the figures of a page are saved.
type ExportView struct {
	Page
	Heading           string
	Hidden            []Option // what the address of the figures says
	Editions, Formats []Choice
	What              []Pair
	Replaced          string
	Back              string
	Errors            *Errors // nil: a file can be made of what the address asks
}

// Choice is one radio button with what it means.
type Choice struct {
	Value, Text, Hint string
	Chosen            bool
}

var (
	editions = []string{"public", "internal"}
	formats  = []string{"csv", "csv-sjis", "xlsx", "parquet", "json"}
)

// editionFor is the edition offered first: a file made to leave the house is safe
// to leave it. The auditor works with exact numbers.
func editionFor(v Visitor) string {
	if v.holds("AU") {
		return "internal"
	}
	return "public"
}

// exportOf is the request behind an address of figures. An edition or a format
// that is none is the one offered first.
func (s *Site) exportOf(r *http.Request, v Visitor, q *question) ExportRequest {
	x := ExportRequest{What: "indicators", Scope: q.scope, Period: q.period(q.year), Position: min(q.known, q.newest), Edition: r.FormValue("edition"), Format: r.FormValue("format"), Words: v.W}
	if q.day != 0 && !q.lensNow {
		x.KnownAt = q.day
	}
	if q.knowsVersion() {
		x.Version = q.version
	}
	if !slices.Contains(editions, x.Edition) {
		x.Edition = editionFor(v)
	}
	if !slices.Contains(formats, x.Format) {
		x.Format = formats[0]
	}
	return x
}

// exportForm is the page that asks.
func (s *Site) exportForm(w http.ResponseWriter, r *http.Request, v Visitor) error {
	q, err := s.questionOf(r, v)
	if err != nil {
		return err
	}
	return s.showExport(w, r, v, q, nil)
}

// showExport asks, and says what of the address could not be taken: that is left out.
func (s *Site) showExport(w http.ResponseWriter, r *http.Request, v Visitor, q *question, faults domain.Refusals) error {
	x := s.exportOf(r, v, q)
	e := v.W.Export
	view := ExportView{Page: s.page(r, v, "indicators", e.Title, "css/export.css"), Heading: e.Heading, Back: "/indicators?" + pageOfFigures(r.URL.Query()).Encode()}
	view.Crumbs = []Crumb{{v.W.Indicator.Breadcrumb, "/indicators"}, {v.W.FiscalYearShort(q.year), view.Back}, {e.Title, ""}}
	for _, name := range stateOfFigures {
		wrong := slices.ContainsFunc(faults, func(f *domain.Refusal) bool { return f.Field == name })
		if value := r.FormValue(name); value != "" && !wrong {
			view.Hidden = append(view.Hidden, Option{Name: name, Value: value})
		}
	}
	if items, ok := faultsOf(v.W, faults, exportInputs); ok {
		view.Errors, q.status = newErrors(v.W, items...), http.StatusUnprocessableEntity
	} else if q.wrong != "" {
		view.Errors = newErrors(v.W, FieldError{Text: q.wrong})
	}
	for _, word := range editions {
		view.Editions = append(view.Editions, Choice{word, e.Editions[word], e.EditionHints[word], word == x.Edition})
	}
	for _, word := range formats {
		view.Formats = append(view.Formats, Choice{word, e.Formats[word], e.FormatHints[word], word == x.Format})
	}
	x.Format = "csv-sjis"
	rows, replaced, err := s.config.Exports.Preview(r.Context(), x)
	if err != nil {
		return missing(err)
	}
	view.What, view.Replaced = whatIsExported(v.W, q, x, rows), e.NothingReplaced
	if replaced != "" {
		view.Replaced = v.W.Message.ExportReplaced(utf8.RuneCountInString(replaced), replaced)
	}
	s.markPast(v, q, r.URL, &view.Page)
	return s.show(w, r, q.status, "export", "", view)
}

func whatIsExported(w *locale.Words, q *question, x ExportRequest, rows int) []Pair {
	known := w.Difference.Now
	if x.KnownAt != 0 {
		known = w.EndOfDay(x.KnownAt)
	}
	out := []Pair{
		{Label: w.Indicator.Year, Value: w.FiscalYear(q.year)},
		{Label: w.Indicator.Period, Value: w.Difference.Range(w.PlainDate(x.Period.From), w.PlainDate(x.Period.To))},
		{Label: w.Difference.Known, Value: known},
		{Label: w.Export.Columns["scope_name"], Value: w.Scope(x.Scope)},
	}
	if x.Version != "" {
		out = append(out, Pair{Label: w.Indicator.Version, Value: x.Version})
	}
	return append(out, Pair{Label: w.Export.Data, Value: w.Export.Rows(rows)})
}

// exportFile hands the file out.
func (s *Site) exportFile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	q, err := s.questionOf(r, v)
	if err != nil {
		return err
	}
	if q.wrong != "" { // a date that cannot be read: the form says so, no file is made of another
		return s.exportForm(w, r, v)
	}
	if faults := exportFaults(r, q); len(faults) > 0 {
		return s.showExport(w, r, v, q, faults)
	}
	return s.handOut(w, r, v, s.exportOf(r, v, q))
}

func (s *Site) handOut(w http.ResponseWriter, r *http.Request, v Visitor, x ExportRequest) error {
	f, err := s.config.Exports.Export(r.Context(), v.ID, x)
	if err != nil {
		return missing(err)
	}
	if err := s.seen(r); err != nil {
		return err
	}
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", f.Name))
	w.Header().Set("Content-Length", strconv.Itoa(len(f.Body)))
	_, err = w.Write(f.Body)
	return err
}

// stateOfFigures is what of an address says which figures it shows.
var stateOfFigures = []string{"fy", "asof", "until", "lens", "def"}

func pageOfFigures(address url.Values) url.Values {
	out := url.Values{}
	for _, name := range stateOfFigures {
		if value := address.Get(name); value != "" {
			out.Set(name, value)
		}
	}
	return out
}

// exportLinks are the ways to save the page of figures.
func exportLinks(v Visitor, q *question, address *url.URL) []Export {
	state := pageOfFigures(address.Query())
	state.Set("fy", strconv.Itoa(int(q.year)))
	edition := editionFor(v)
	state.Set("edition", edition)
	var out []Export
	for _, format := range []string{"csv", "xlsx"} {
		state.Set("format", format)
		out = append(out, Export{Text: v.W.Export.Editions[edition] + v.W.Calendar.Comma + v.W.Export.Formats[format], Href: "/indicators/file?" + state.Encode(), Icon: "dl"})
	}
	state.Del("format")
	state.Del("edition")
	out = append(out, Export{Text: v.W.Survey.Door, Href: "/survey?" + surveyAddress(q).Encode()})
	return append(out, Export{Text: v.W.Export.Choose, Href: "/indicators/export?" + state.Encode()})
}

// breakdowns are the tables under a number: what of it falls under which code.
func breakdowns(w *locale.Words, of indicator.Question, l *indicator.Lists) []BreakdownTable {
	var out []BreakdownTable
	for _, b := range l.Breakdowns(of) {
		by := string(b.Dimension)
		t := BreakdownTable{ID: "by-" + by, Heading: w.Export.By(w.Export.Dimensions[by]), Dimension: w.Export.Dimensions[by], Sum: w.Number(b.Sum)}
		for _, share := range b.Portions {
			if share.Count > 0 || share.Code == indicator.Unknown {
				t.Rows = append(t.Rows, Pair{Label: w.Part(by, share.Code), Value: w.Number(share.Count)})
			}
		}
		if b.Apart != 0 {
			t.Note = w.Export.Apart(b.Apart)
		}
		out = append(out, t)
	}
	return out
}

// BreakdownTable is one breakdown of a figure; parts with nothing are left out, what
// is unknown never is.
type BreakdownTable struct {
	ID, Heading, Dimension string
	Rows                   []Pair
	Sum, Note              string
}
