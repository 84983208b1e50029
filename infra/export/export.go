// Package export writes figures as files that leave the product: one table, in the
// form of whoever reads it. No file holds a name or a pseudonym of a person.
package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// What can be exported: all indicators, or the return of the national survey of
// relocation consultations, which is M1 and M2 (handbook.md 4.4).
const (
	Indicators = "indicators"
	Survey     = "survey"
)

// Editions: internal files hold exact numbers, public ones no small cells
// (counting.md 11).
const (
	Internal = "internal"
	Public   = "public"
)

// Formats of a file, by the word that asks for it.
const (
	CSV      = "csv"      // UTF-8 with a byte order mark
	ShiftJIS = "csv-sjis" // what it cannot hold is replaced and listed
	XLSX     = "xlsx"
	Parquet  = "parquet"
	JSON     = "json"
)

// Request is what is to be exported: the figures of a scope in a period, as known
// at a position of the log.
type Request struct {
	What     string
	Scope    string // desk or controller
	Period   japan.Period
	KnownAt  japan.Date // day up to whose end the log was known; 0: now
	Position uint64     // of that knowledge
	Version  string     // of the definitions that have it; default the one in force
	Edition  string
	Format   string
	Words    *locale.Words
}

// File is what is handed out. Type is its media type. Replaced are the characters
// that its encoding lacks, in order, each as often as it was replaced.
type File struct {
	Name, Type string
	Body       []byte
	Rows       int
	Replaced   string
}

// Figures counts from the read model.
type Figures interface {
	Figures(ctx context.Context, known uint64, today japan.Date, questions ...indicator.Question) ([]indicator.Figure, error)
}

// Exporter makes files. The same request at the same time gives the same bytes.
type Exporter struct {
	Figures Figures
	Book    indicator.Rules
	Now     func() time.Time
	Sample  bool // the log is a scenario log; every file says so
}

// writers by format.
var writers = map[string]struct {
	ending, media string
	write         func(Document) ([]byte, string, error)
}{
	CSV:      {"csv", "text/csv; charset=utf-8", writeCSV},
	ShiftJIS: {"sjis.csv", "text/csv; charset=Shift_JIS", writeShiftJIS},
	XLSX:     {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", writeXLSX},
	Parquet:  {"parquet", "application/vnd.apache.parquet", writeParquet},
	JSON:     {"json", "application/json", writeJSON},
}

// Formats are the words of the formats in the order they are offered.
func Formats() []string { return []string{CSV, ShiftJIS, XLSX, Parquet, JSON} }

// scopes are the desks and the controllers of the corner.
var scopes = append(slices.Clone(domain.Codes["desk"]), "31", "33")

var errEmptyPeriod = errors.New("period ends before it begins")

// Export writes the figures of a period with their breakdowns. A format, an edition,
// a scope or a version that is none is a Refusal naming the field.
func (x *Exporter) Export(ctx context.Context, r Request) (File, error) {
	form, ok := writers[r.Format]
	switch {
	case r.What != Indicators && r.What != Survey:
		return File{}, domain.RefuseField("field.code", "what")
	case !ok:
		return File{}, domain.RefuseField("field.code", "format")
	case r.Edition != Internal && r.Edition != Public:
		return File{}, domain.RefuseField("field.code", "edition")
	case !slices.Contains(scopes, r.Scope):
		return File{}, domain.RefuseField("scope.unknown", "scope")
	}
	versions, err := x.versions(ctx, r)
	if err != nil {
		return File{}, err
	}
	if r.Version != "" && !slices.Contains(versions, r.Version) {
		return File{}, domain.RefuseField("figure.version", "version")
	}
	doc, err := x.document(ctx, r)
	if err != nil {
		return File{}, err
	}
	body, replaced, err := form.write(doc)
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", r.Format, err)
	}
	return File{Name: doc.Name + "." + form.ending, Type: form.media, Body: body, Rows: len(doc.Data.Rows), Replaced: replaced}, nil
}

// document is the export before it takes a form.
func (x *Exporter) document(ctx context.Context, r Request) (Document, error) {
	if !r.Period.Valid() {
		return Document{}, errEmptyPeriod
	}
	made := x.Now().In(japan.Zone).Truncate(time.Second)
	today := r.KnownAt
	if today == 0 {
		today = japan.DateOf(made)
	}
	questions, books, err := x.questions(ctx, r)
	if err != nil {
		return Document{}, err
	}
	figures, err := x.Figures.Figures(ctx, r.Position, today, questions...)
	if err != nil {
		return Document{}, err
	}
	s := sheet{Request: r, w: r.Words, e: &r.Words.Export, known: today, made: made, sample: x.Sample, books: books}
	for i, q := range questions {
		s.add(q, figures[i])
	}
	if r.Edition == Public {
		s.suppress()
	}
	return s.document(), nil
}

// versions are all there are at a scope, of any indicator.
func (x *Exporter) versions(ctx context.Context, r Request) ([]string, error) {
	book, err := x.Book.BookAt(ctx, r.Scope, r.Position)
	if err != nil {
		return nil, err
	}
	out := slices.Concat(book.Trials(), book.Later())
	for _, d := range book.All() {
		out = append(out, d.Version)
	}
	return out, nil
}

// questions are the definitions in force as then approved, or the version asked for, each in the
// scope it is counted in, and the definitions of those scopes.
func (x *Exporter) questions(ctx context.Context, r Request) ([]indicator.Question, map[string]*indicator.Book, error) {
	books := map[string]*indicator.Book{}
	all, err := x.Book.BookAt(ctx, r.Scope, r.Position)
	if err != nil {
		return nil, nil, err
	}
	var out []indicator.Question
	seen := map[string]bool{}
	for _, d := range all.All() {
		if seen[d.Indicator] || r.What == Survey && d.Rule != "survey" {
			continue
		}
		seen[d.Indicator] = true
		scope := scopeOf(d, r.Scope)
		if books[scope] == nil {
			if books[scope], err = x.Book.BookAt(ctx, scope, r.Position); err != nil {
				return nil, nil, err
			}
		}
		def, ok := books[scope].Named(d.Indicator, r.Version)
		if !ok {
			def, ok = books[scope].InForce(d.Indicator, r.Period.From)
		}
		if ok {
			out = append(out, indicator.Question{Definition: def, Scope: scope, Period: r.Period})
		}
	}
	return out, books, nil
}

// scopeOf is where a definition is counted: universities belong to a prefecture as
// a whole, receptions to the corner of both.
func scopeOf(d indicator.Definition, scope string) string {
	switch family, standing := d.Family(); {
	case standing:
		return indicator.ControllerOf(scope)
	case family == indicator.Receptions:
		return domain.Codes["corner"][0]
	}
	return scope
}

// name is that of the file, without its ending: never a person's.
func (s *sheet) name() string {
	period := s.Period.String()
	if year := japan.FiscalYearOf(s.Period.From); s.Period.From == year.First() && s.Period.To < year.Last() && strings.Contains(period, "..") {
		period = year.String() + "-to-" + s.Period.To.String()
	}
	what := s.What
	if s.Edition == Public {
		what += "-public"
	}
	return fmt.Sprintf("ayumi_%s_%s_asof-%s", strings.ReplaceAll(period, "..", "-to-"), what, s.known)
}
