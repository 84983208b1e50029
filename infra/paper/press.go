// Package paper prints the annual sheet: it lays a sheet out as it was known at
// one position of the log, finds the figures it states and counts them again, and
// writes it as PDF, spreadsheet, text document and JSON. The same sheet known at
// the same position is the same file, byte for byte.
package paper

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Streams reads the events of one stream, up to a position.
type Streams interface {
	Stream(ctx context.Context, stream string, upto uint64) ([]projections.Entry, error)
	Streams(ctx context.Context, category string) ([]string, error)
	// Events answers all events of some categories in order of the log.
	Events(ctx context.Context, categories ...string) ([]domain.Recorded, error)
}

// Figures counts a figure as known at a position.
type Figures interface {
	Value(ctx context.Context, q indicator.Question, known uint64) (indicator.Result, error)
}

// Audit knows the leaf of an event.
type Audit interface {
	Entry(ctx context.Context, position uint64) (projections.AuditEntry, error)
}

// Rules answers the definitions of a scope as the log held them at a position: a
// sheet is printed by what was approved then, and never changes.
type Rules interface {
	BookAt(ctx context.Context, scope string, position uint64) (*indicator.Book, error)
}

// Config is what a press needs from outside. The fonts are whole TrueType files.
type Config struct {
	Streams       Streams
	Figures       Figures
	Audit         Audit
	Rules         Rules
	Regular, Bold []byte
	Sample        bool // the log is a scenario: every sheet says so
}

// Press prints sheets.
type Press struct{ Config }

// New makes a press.
func New(c Config) *Press { return &Press{c} }

// IDs lists the sheets there are.
func (p *Press) IDs(ctx context.Context) ([]string, error) { return p.Streams.Streams(ctx, "workplan") }

// Events answers the events of a sheet up to a position; with an edition above
// zero only those up to its publication. projections.ErrUnknown if there are none.
func (p *Press) Events(ctx context.Context, id string, upto uint64, edition int) ([]projections.Entry, error) {
	list, err := p.Streams.Stream(ctx, domain.StreamName("workplan", id), upto)
	if err != nil {
		return nil, err
	}
	if list = upTo(list, edition); len(list) == 0 {
		return nil, projections.ErrUnknown
	}
	return list, nil
}

// upTo are the events of a sheet up to the publication of an edition, all of them
// for 0, none if it was never published.
func upTo(list []projections.Entry, edition int) []projections.Entry {
	if edition == workplan.Unpublished {
		return list
	}
	last := slices.IndexFunc(list, func(e projections.Entry) bool {
		n, ok := e.Facts.Int("edition")
		return ok && int(n) == edition && e.Type != "workplan.actual_set"
	})
	return list[:last+1]
}

// Compare sets two editions of the sheet that events make side by side: a number,
// draft for the sheet as it stands, or "" for what Sheet.Sides names.
// projections.ErrUnknown if there is no such edition.
func (p *Press) Compare(list []projections.Entry, left, right string) (workplan.Comparison, error) {
	s, err := Fold(list)
	if err != nil {
		return workplan.Comparison{}, err
	}
	out := workplan.Comparison{Editions: s.Editions, Touched: s.Touched || len(s.Editions) == 0}
	var one, other bool
	out.Left, out.Right = s.Sides()
	out.Left, one = s.Side(left, out.Left)
	if out.Right, other = s.Side(right, out.Right); !one || !other {
		return out, projections.ErrUnknown
	}
	before, err := Fold(upTo(list, out.Left))
	if err != nil {
		return out, err
	}
	after, err := Fold(upTo(list, out.Right))
	if err != nil {
		return out, err
	}
	out.Changes = workplan.Compare(workplan.Lines(before), workplan.Lines(after))
	return out, nil
}

// Fold answers the sheet that events make.
func Fold(list []projections.Entry) (*workplan.Sheet, error) {
	s := workplan.Aggregate.New()
	for _, e := range list {
		rec, err := e.Recorded()
		if err != nil {
			return nil, err
		}
		env, ev, err := workplan.Aggregate.Decode(rec)
		if err != nil {
			return nil, fmt.Errorf("position %d: %w", e.Position, err)
		}
		ev.Apply(s, env)
	}
	return s, nil
}

// Paper lays the sheet of some events out in a language. head is the name of the
// head of the unit as the reader may see it.
func (p *Press) Paper(ctx context.Context, list []projections.Entry, language, head string) (workplan.Paper, error) {
	s, err := Fold(list)
	if err != nil {
		return workplan.Paper{}, err
	}
	format, err := workplan.FormatOf(s.Head.Format)
	if err != nil {
		return workplan.Paper{}, err
	}
	w := locale.In(locale.Language(language))
	f := &finder{press: p, sheet: s, entries: statedBy(list)}
	if f.book, err = p.Rules.BookAt(ctx, f.scope(list[0].Controller), list[len(list)-1].Position); err != nil {
		return workplan.Paper{}, err
	}
	doc := f.lay(format, f.printing(format), w, head)
	last := list[len(list)-1]
	if err := errors.Join(f.recount(ctx, doc.Figures), f.refer(ctx, doc.Figures, last)); err != nil {
		return workplan.Paper{}, err
	}
	trail, err := p.Audit.Entry(ctx, last.Position)
	if err != nil {
		return workplan.Paper{}, err
	}
	return workplan.Paper{Document: doc, Sample: p.Sample, Position: last.Position, At: last.RecordedAt,
		Known: japan.DateOf(last.RecordedAt), Leaf: trail.Leaf, Area: areaOf(list[0].Controller)}, nil
}

// lay lays the sheet out in a language by a version of the printing.
func (f *finder) lay(format *workplan.Format, version int, w *locale.Words, head string) workplan.Document {
	f.w, f.version = w, version
	return workplan.Lay(f.sheet, format, workplan.Printing{
		Version: version, Language: string(w.Language), Head: head, Year: w.FiscalYearShort(f.sheet.FiscalYear()), Number: w.Number,
		Class: func(code string) string { return w.Code("indicator_class", code) }, Find: f.find,
	})
}

// printing is the version by which the sheet is printed: the newest, but a published
// edition by that under which it says what its digest says. A document that is none
// of ours was there before there were versions.
func (f *finder) printing(format *workplan.Format) int {
	n := len(f.sheet.Editions)
	if f.sheet.Touched || n == 0 || f.lay(format, workplan.TypedMarked, locale.In(locale.Japanese), "").Digest() == f.sheet.Editions[n-1].Document {
		return workplan.TypedMarked
	}
	return workplan.TypedSilent
}

// areaOf is the local government code of a prefecture.
func areaOf(prefecture string) string {
	digit, ok := japan.CheckDigit(prefecture + "000")
	if !ok {
		return ""
	}
	return prefecture + "000" + string(digit)
}
