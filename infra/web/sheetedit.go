package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/register"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
)

// SheetEditView writes a sheet, section by section.
type SheetEditView struct {
	Page
	Heading  string
	State    []Chip
	View     string // address of the sheet as it is printed
	Sections []SheetSection
	Publish  *CommandForm
	Note     string
	Behind   *Warning
}

// SheetSection is one part of the sheet with a form for each of its lines.
type SheetSection struct {
	ID, Name string
	Forms    []CommandForm
}

// SheetNewView begins a sheet.
type SheetNewView struct {
	Page
	Form CommandForm
	From []Option
}

// writtenLine is a line of a sheet as a form shows it: what stands by field name.
type writtenLine struct {
	no      int
	command string
	values  map[string]string
	fixed   []string
}

// sections lays out what can be written, in the order of the paper.
func (s *Site) sections(r *http.Request, v Visitor, f sheetFile, all *register.Register, version uint64) []SheetSection {
	w := v.W
	figures := figureOptions(r.Context(), w, s, all)
	build := func(id string, lines ...writtenLine) SheetSection {
		out := SheetSection{ID: id, Name: w.Edit.Sections[id]}
		for i, l := range lines {
			heading := w.Edit.More(out.Name)
			if len(l.values) > len(l.fixed) {
				heading = l.heading(w, out.Name)
			}
			form := s.commandForm(w, id+strconv.Itoa(i), l.command, commandForm{
				action: editHref(f), heading: heading, submit: w.Edit.Save, expected: version, values: l.values, fixed: l.fixed,
				choices: map[string][]Option{"figure": figures, "figures": figures},
			})
			out.Forms = append(out.Forms, form)
		}
		return out
	}
	var out []SheetSection
	out = append(out, build("mission", texts("workplan.set_mission", f.Mission)...), build("aims", texts("workplan.set_aim", f.Aims)...))
	var flags []writtenLine
	for _, column := range f.columns() {
		flags = append(flags, flagLine(column, f.Flags[column]))
	}
	out = append(out, build("flags", flags...), build("indicators", indicatorLines(f)...), build("values", valueLines(f)...), build("actuals", actualLines(f)...),
		build("projects", projectLines(f)...), build("evaluation", evaluationLines(f)...), build("initiatives", initiativeLines(f)...), build("issues", issueLines(f)...))
	return slices.DeleteFunc(out, func(x SheetSection) bool { return len(x.Forms) == 0 })
}

// heading names a line by its words or its number.
func (l writtenLine) heading(w *locale.Words, section string) string {
	name := section
	if l.no > 0 {
		name = w.Edit.Line(section, l.no)
	}
	for _, field := range []string{"column", "field", "kind"} {
		if code := l.values[field]; code != "" {
			name += "　" + codeText(w, field, code)
		}
	}
	for _, field := range []string{"name", "title", "text", "issue"} {
		if text := []rune(l.values[field]); len(text) > 0 {
			if len(text) > 36 {
				text = append(text[:35], '…')
			}
			return name + "　" + string(text)
		}
	}
	return name
}

func codeText(w *locale.Words, field, code string) string {
	for _, list := range []string{"evaluation_kind", "plan_column", "value_field", field} {
		if text := w.Code(list, code); text != code {
			return text
		}
	}
	return code
}

// figureOptions are the published figures that a sheet can name.
func figureOptions(ctx context.Context, w *locale.Words, s *Site, all *register.Register) (out []Option) {
	for _, l := range slices.Backward(all.Lines) {
		if l.Figure == nil || l.Replaced() {
			continue
		}
		var row LedgerRow
		s.say(ctx, w, l, &row)
		out = append(out, Option{Value: l.Stream, Text: w.Edit.FigureOption(figureNumber(l.No), row.What+" "+row.Period, row.Value+row.unit(w), statusChip(w, l.Status()).Text)})
	}
	return out
}

// texts are lines of one sentence, and an empty one after the last.
func texts(command string, lines map[int]string) (out []writtenLine) {
	last := 0
	for _, no := range workplan.Numbers(lines) {
		last = no
		out = append(out, writtenLine{no, command, map[string]string{"no": strconv.Itoa(no), "text": lines[no]}, []string{"no"}})
	}
	return append(out, writtenLine{last + 1, command, map[string]string{"no": strconv.Itoa(last + 1)}, []string{"no"}})
}

func flagLine(column string, f workplan.PlanFlagged) writtenLine {
	l := writtenLine{command: "workplan.flag_plan", values: map[string]string{"column": column, "text": f.Text}, fixed: []string{"column"}}
	if f.Flag {
		l.values["flag"] = "1"
	}
	return l
}

func indicatorLines(f sheetFile) (out []writtenLine) {
	last := 0
	for _, no := range workplan.Numbers(f.Indicators) {
		i := f.Indicators[no]
		last = no
		out = append(out, writtenLine{no, "workplan.place_indicator", map[string]string{"no": strconv.Itoa(no), "name": i.Name, "indicator": i.Indicator, "class": i.Class}, []string{"no"}})
	}
	return append(out, writtenLine{last + 1, "workplan.place_indicator", map[string]string{"no": strconv.Itoa(last + 1)}, []string{"no"}})
}

// valueFields are the values of an indicator in the order of the paper.
var valueFields = []string{"baseline", "start", "target", "long_term"}

func valueLines(f sheetFile) (out []writtenLine) {
	for _, no := range workplan.Numbers(f.Indicators) {
		for _, field := range valueFields {
			l := writtenLine{no, "workplan.set_value", map[string]string{"no": strconv.Itoa(no), "field": field}, []string{"no"}}
			if x := f.Indicators[no].Values[field]; x != nil {
				for name, text := range map[string]string{"comparator": x.Comparator, "unit": x.Unit, "text": x.Text, "at": x.At, "at_text": x.AtText, "value": numberText(x.Value)} {
					l.values[name] = text
				}
			} else {
				l.values["text"] = ""
			}
			out = append(out, l)
		}
	}
	return out
}

func numberText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func actualLines(f sheetFile) (out []writtenLine) {
	for _, no := range workplan.Numbers(f.Indicators) {
		l := writtenLine{no, "workplan.set_actual", map[string]string{"no": strconv.Itoa(no), "name": f.Indicators[no].Name}, []string{"no"}}
		if a := f.Indicators[no].Actual; a != nil {
			l.values["figure"], l.values["absent_reason"], l.values["edition"] = a.Figure, a.AbsentReason, numberText(a.Edition)
			if a.Text != "" {
				l.values["text"] = a.Text
			}
		}
		out = append(out, l)
	}
	return out
}

func projectLines(f sheetFile) (out []writtenLine) {
	last := 0
	for _, no := range workplan.Numbers(f.Projects) {
		p := f.Projects[no]
		last = no
		out = append(out, writtenLine{no, "workplan.set_project", map[string]string{"no": strconv.Itoa(no), "name": p.Name, "budget_yen": numberText(p.BudgetYen),
			"budget_text": p.BudgetText, "outline": p.Outline}, []string{"no"}})
	}
	return append(out, writtenLine{last + 1, "workplan.set_project", map[string]string{"no": strconv.Itoa(last + 1)}, []string{"no"}})
}

func evaluationLines(f sheetFile) (out []writtenLine) {
	for _, kind := range []string{"mid_year", "final"} {
		e, done := f.Evaluations[kind]
		if done || f.State == workplan.StatePublished || f.State == workplan.StateDraft || (kind == "mid_year" && f.State != workplan.StatePlan) {
			continue // an evaluation is given once, by the rules of the sheet
		}
		out = append(out, writtenLine{0, "workplan.evaluate", map[string]string{"kind": kind, "mark": e.Mark, "mark_text": e.MarkText, "reasons": e.Reasons}, []string{"kind"}})
	}
	return out
}

func initiativeLines(f sheetFile) (out []writtenLine) {
	last := 0
	for _, no := range workplan.Numbers(f.Initiatives) {
		x := f.Initiatives[no]
		last = no
		out = append(out, writtenLine{no, "workplan.record_initiative", map[string]string{"no": strconv.Itoa(no), "title": x.Title, "result": x.Result,
			"figures": strings.Join(x.Figures, ",")}, []string{"no"}})
	}
	return append(out, writtenLine{last + 1, "workplan.record_initiative", map[string]string{"no": strconv.Itoa(last + 1)}, []string{"no"}})
}

func issueLines(f sheetFile) (out []writtenLine) {
	last := 0
	for _, no := range workplan.Numbers(f.Issues) {
		x := f.Issues[no]
		last = no
		out = append(out, writtenLine{no, "workplan.record_issue", map[string]string{"no": strconv.Itoa(no), "issue": x.Issue, "next_step": x.NextStep}, []string{"no"}})
	}
	return append(out, writtenLine{last + 1, "workplan.record_issue", map[string]string{"no": strconv.Itoa(last + 1)}, []string{"no"}})
}
