// Package register is the 公表台帳: every number a controller ever published, in
// one numbered list (ui.md, 公表台帳; counting.md 7).
package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/figure"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
)

// The kinds of lines of the register.
const (
	KindCounted  = "counted"  // counted from the log; can be counted again
	KindImported = "imported" // stated by a document: 原典あり・再計算不可
	KindTarget   = "target"   // a target that a sheet printed
	KindBlank    = "blank"    // an actual that a sheet left blank; it is not 0
)

// Register is the 公表台帳 of one controller: every number it ever published, in
// the order of the log, which gives each its number for ever. Fold into it all
// events of the streams figure and workplan.
type Register struct {
	Controller string
	Lines      []*Line                   // by number, from 1
	Figures    map[string]*figure.Figure // by stream
	sheets     map[string]*workplan.Sheet
	printed    map[string]string // what a sheet last printed in a cell
}

// Line is one published number. Which of the pointers stand follows from Kind.
type Line struct {
	No       int
	Kind     string
	Position uint64 // of the event that published it
	On       japan.Date
	Stream   string            // of the figure, or of the sheet
	Figure   *figure.Figure    // counted, imported
	Edition  *figure.Edition   // counted
	Imported *figure.Statement // imported
	Row      int               // target, blank: number of the indicator on the sheet
	Sheet    *workplan.Sheet
	Target   workplan.ValueSet // target, as printed then
	Absent   string            // blank: the reason
}

// New begins the register of a controller.
func New(controller string) *Register {
	return &Register{Controller: controller, Figures: map[string]*figure.Figure{}, sheets: map[string]*workplan.Sheet{}, printed: map[string]string{}}
}

// Add folds the next event in order of the log; those of other streams and other
// controllers are passed over.
func (r *Register) Add(rec domain.Recorded) error {
	category, stream := domain.SplitStream(rec.Stream)
	switch category {
	case "figure":
		return r.addFigure(stream, rec)
	case "workplan":
		return r.addSheet(stream, rec)
	}
	return nil
}

func (r *Register) addFigure(stream string, rec domain.Recorded) error {
	env, ev, err := figure.Aggregate.Decode(rec)
	if err != nil || env.Controller != r.Controller {
		return err
	}
	f := r.Figures[stream]
	if f == nil {
		f = figure.Aggregate.New()
		r.Figures[stream] = f
	}
	ev.Apply(f, env)
	line := &Line{Kind: KindCounted, Position: rec.Position, On: env.Occurred, Stream: stream, Figure: f}
	switch e := ev.(type) {
	case *figure.Published:
		line.Edition = f.Editions[e.Edition-1]
	case *figure.Corrected:
		line.Edition = f.Editions[e.Edition-1]
	case *figure.Imported:
		line.Kind, line.Imported = KindImported, f.Imports[len(f.Imports)-1]
	default:
		return nil
	}
	r.add(line)
	return nil
}

func (r *Register) add(line *Line) {
	line.No = len(r.Lines) + 1
	r.Lines = append(r.Lines, line)
}

func (r *Register) addSheet(stream string, rec domain.Recorded) error {
	env, ev, err := workplan.Aggregate.Decode(rec)
	if err != nil || env.Controller != r.Controller {
		return err
	}
	s := r.sheets[stream]
	if s == nil {
		s = workplan.Aggregate.New()
		r.sheets[stream] = s
	}
	ev.Apply(s, env)
	switch ev.(type) {
	case *workplan.PlanPublished, *workplan.Published, *workplan.Revised:
		r.print(stream, s, rec.Position, env.Occurred)
	}
	return nil
}

// print adds the targets and the blanks of a sheet that its last edition did not
// print so.
func (r *Register) print(stream string, s *workplan.Sheet, position uint64, on japan.Date) {
	final := s.State == workplan.StatePublished
	for _, no := range workplan.Numbers(s.Indicators) {
		i := s.Indicators[no]
		line := Line{Position: position, On: on, Stream: stream, Sheet: s, Row: no}
		if t := i.Values["target"]; t != nil && r.changed(stream, no, KindTarget, fmt.Sprint(t.Text, t.Comparator, number(t.Value), t.Unit)) {
			target := line
			target.Kind, target.Target = KindTarget, *t
			r.add(&target)
		}
		if a := i.Actual; final && a != nil && r.changed(stream, no, KindBlank, a.AbsentReason) && a.AbsentReason != "" {
			blank := line
			blank.Kind, blank.Absent = KindBlank, a.AbsentReason
			r.add(&blank)
		}
	}
}

func (r *Register) changed(stream string, no int, kind, text string) bool {
	cell := fmt.Sprint(stream, " ", no, " ", kind)
	was, printed := r.printed[cell]
	r.printed[cell] = text
	return !printed || was != text
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

// Line answers the line of a number; nil if there is none.
func (r *Register) Line(no int) *Line {
	if no < 1 || no > len(r.Lines) {
		return nil
	}
	return r.Lines[no-1]
}

// Of answers the line under which an edition of a figure was published, or the
// newest taken-in value of its stream; nil if neither was.
func (r *Register) Of(stream string, edition int) *Line {
	var found *Line
	for _, l := range r.Lines {
		if l.Stream == stream && (l.Edition != nil && l.Edition.Edition == edition || l.Kind == KindImported) {
			found = l
		}
	}
	return found
}

// Waiting are the streams with editions that are proposed or approved and not yet
// published, with those editions, in order of proposal.
func (r *Register) Waiting() []*Line {
	var out []*Line
	for stream, f := range r.Figures {
		for _, e := range f.Editions {
			if e.State == figure.StateProposed || e.State == figure.StateApproved {
				out = append(out, &Line{Kind: KindCounted, Stream: stream, Figure: f, Edition: e, On: e.ProposedOn})
			}
		}
	}
	sortLines(out)
	return out
}

// Replaced tells whether a later line took this one's place.
func (l *Line) Replaced() bool {
	switch l.Kind {
	case KindCounted:
		return l.Edition.ReplacedBy != 0
	case KindImported:
		return l.Imported != l.Figure.Imports[len(l.Figure.Imports)-1]
	}
	return false
}

// Value answers the number; false where the line holds none: a target in words, a
// blank.
func (l *Line) Value() (int, bool) {
	switch {
	case l.Edition != nil:
		return l.Edition.Value, true
	case l.Imported != nil:
		return l.Imported.Value, true
	case l.Kind == KindTarget && l.Target.Value != nil:
		return *l.Target.Value, true
	}
	return 0, false
}

// Document is the digest of the document the number stands in; "" if none is named.
func (l *Line) Document() string {
	switch {
	case l.Edition != nil:
		return l.Edition.Document
	case l.Imported != nil:
		return l.Imported.Document
	}
	return ""
}

// Status is preliminary, final or corrected, or the kind of what is not counted.
func (l *Line) Status() string {
	if l.Edition != nil {
		return l.Edition.Status
	}
	return l.Kind
}

func sortLines(lines []*Line) {
	slices.SortFunc(lines, func(a, b *Line) int {
		return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.Figure.Indicator, b.Figure.Indicator),
			cmp.Compare(a.Figure.Period.From, b.Figure.Period.From), strings.Compare(a.Stream, b.Stream))
	})
}
