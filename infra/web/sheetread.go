package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// sheetFile is one annual sheet as it stands, with its events.
type sheetFile struct {
	*workplan.Sheet
	controller string
	entries    []projections.Entry
}

// columns are the long-term goals that the form of the sheet prints.
func (f sheetFile) columns() []string {
	format, err := workplan.FormatOf(f.Head.Format)
	if err != nil {
		return nil
	}
	return format.Columns
}

// sheets reads every sheet a visitor may see, newest year first.
func (s *Site) sheetFiles(ctx context.Context, v Visitor) ([]sheetFile, error) {
	ids, err := s.config.Journey.Streams(ctx, "workplan")
	if err != nil {
		return nil, missing(err)
	}
	var out []sheetFile
	for _, id := range ids {
		f, err := s.sheetFile(ctx, id)
		if err != nil {
			return nil, err
		}
		if s.mayFacts(v, f.controller) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b sheetFile) int { return int(b.FiscalYear() - a.FiscalYear()) })
	return out, nil
}

// sheetFile folds the events of one sheet.
func (s *Site) sheetFile(ctx context.Context, id string) (sheetFile, error) {
	f := sheetFile{}
	var err error
	if f.entries, err = s.config.Journey.Stream(ctx, domain.StreamName("workplan", id), projections.Newest); err != nil {
		return f, err
	}
	if len(f.entries) > 0 {
		f.controller = f.entries[0].Controller
	}
	f.Sheet, err = foldSheet(f.entries)
	return f, err
}

// foldSheet is the sheet that events make.
func foldSheet(entries []projections.Entry) (*workplan.Sheet, error) {
	sheet := workplan.Aggregate.New()
	for _, e := range entries {
		rec, err := e.Recorded()
		if err != nil {
			return nil, err
		}
		env, ev, err := workplan.Aggregate.Decode(rec)
		if err != nil {
			return nil, err
		}
		ev.Apply(sheet, env)
	}
	return sheet, nil
}

// statement is a figure that a sheet states, with the event that states it.
type statement struct {
	locale.Stated
	sheet string // address
	until japan.Date
	entry projections.Entry
}

// statements are the figures the sheets of a year state, by indicator.
func statements(book *indicator.Book, sheets []sheetFile, year japan.FiscalYear) map[string]statement {
	out := map[string]statement{}
	for _, f := range sheets {
		if f.FiscalYear() != year {
			continue
		}
		for _, e := range f.entries {
			if e.Type != "workplan.initiative_recorded" {
				continue
			}
			for id, st := range stated(book, e.Facts.Text("result"), year) {
				st.sheet, st.entry = sheetHref(f), e
				out[id] = st
			}
		}
	}
	return out
}

// stated are the figures that a sentence of a sheet states.
func stated(book *indicator.Book, sentence string, year japan.FiscalYear) map[string]statement {
	out := map[string]statement{}
	for _, st := range locale.FindAllStated(book, sentence, year) {
		out[st.Definition.Indicator] = statement{Stated: st.Stated, until: st.Until}
	}
	return out
}

// goal is what a sheet says of an indicator: target and base.
type goal struct {
	target, base int
	baseYear     string
	blank        string // reason why the actual is blank
}

// goalOf reads the goal of an indicator from the sheets of a year.
func goalOf(sheets []sheetFile, year japan.FiscalYear, id string) (goal, bool) {
	for _, f := range sheets {
		if f.FiscalYear() != year {
			continue
		}
		for _, no := range workplan.Numbers(f.Indicators) {
			i := f.Indicators[no]
			if name, _, _ := strings.Cut(i.Indicator, "@"); name != id {
				continue
			}
			var g goal
			if t := i.Values["target"]; t != nil && t.Value != nil {
				g.target = *t.Value
			}
			if b := i.Values["baseline"]; b != nil && b.Value != nil {
				g.base, g.baseYear = *b.Value, b.AtText
			}
			if i.Actual != nil {
				g.blank = i.Actual.AbsentReason
			}
			return g, true
		}
	}
	return goal{}, false
}

func sheetHref(f sheetFile) string {
	unit, _, _ := strings.Cut(f.ID, ".")
	parts := strings.Split(f.ID, ".")
	href := "/sheets/" + strconv.Itoa(f.Head.FY) + "/" + unit
	if no := parts[len(parts)-1]; no != "1" {
		href += "?no=" + no
	}
	return href
}
