package web

import (
	"maps"
	"net/http"
	"strconv"
	"strings"

	"ayumi/domain/importing"
	"ayumi/infra/web/locale"
)

// shows are the kinds of rows that a page may list.
var shows = []string{"bad", "good", "waiting", "left", "known", "recorded", "refused"}

// kindOf says how a row stands.
func kindOf(d *importing.Draft, r *importing.Row) string {
	result, tried := d.Results[r.No]
	switch {
	case tried && result.Refused == nil:
		return "recorded"
	case r.Known:
		return "known"
	case r.Left:
		return "left"
	case len(r.Faults) > 0:
		return "bad"
	case r.Waiting:
		return "waiting"
	case tried:
		return "refused"
	}
	return "good"
}

// importRows counts the rows by how they stand and lists those of one kind: by
// default those to mend.
func importRows(r *http.Request, v Visitor, d *importing.Draft, plan *importing.Plan, view *ImportView) {
	w := &v.W.Imports
	of := map[string][]int{}
	for i := range plan.Rows {
		kind := kindOf(d, &plan.Rows[i])
		of[kind] = append(of[kind], i)
	}
	show := r.URL.Query().Get("show")
	if show == "" {
		show = "bad"
		if len(of["bad"]) == 0 && len(of["refused"]) > 0 {
			show = "refused"
		}
	}
	titles := map[string]string{"bad": w.Bad, "good": w.Good, "waiting": w.Waiting, "left": w.Left, "known": w.Known, "recorded": w.Recorded, "refused": w.Refused}
	for _, kind := range shows {
		if len(of[kind]) == 0 && (kind == "left" || kind == "known" || kind == "recorded" || kind == "refused" || (kind != "bad" && len(d.Results) > 0)) {
			continue
		}
		c := ImportCount{Text: titles[kind], N: v.W.Number(len(of[kind])), Kind: kind, Current: kind == show}
		if len(of[kind]) > 0 {
			c.Href = r.URL.Path + "?show=" + kind + "#rows"
		}
		view.Counts = append(view.Counts, c)
	}
	if plan.Skipped > 0 {
		view.Skipped = w.Skipped(plan.Skipped)
	}
	out := &ImportRows{Title: titles[show], Show: show, Mends: d.Mendable()}
	if show == "bad" {
		out.Hint = w.BadHint
	}
	from, to, text, before, next := pageOf(r, v, "rows", len(of[show]))
	out.Range, out.Before, out.Next = text, before, next
	for _, i := range of[show][from:to] {
		out.List = append(out.List, importLine(v, d, &plan.Rows[i], view.carers))
	}
	view.Rows = out
}

func importLine(v Visitor, d *importing.Draft, row *importing.Row, carers []Option) ImportLine {
	out := ImportLine{No: strconv.Itoa(row.No), Text: row.Raw, Left: row.Left, Mends: d.Mendable() && !d.Recorded(row.No) && !row.Known}
	asked := map[string]bool{}
	for _, f := range row.Faults {
		out.Twin = out.Twin || f.Key == "import.same_row"
		cell := importCell(v, row, f, carers)
		cell.Fixed = cell.Fixed || asked[f.Field]
		asked[f.Field] = true
		out.Cells = append(out.Cells, cell)
	}
	if result := d.Results[row.No]; result.Refused != nil {
		out.Cells = append(out.Cells, ImportCell{Fixed: true, Label: v.W.Field(result.Refused.Field), Why: v.W.Refusal(result.Refused.Key, result.Refused.Field, result.Refused.Args)})
	}
	return out
}

// importCell puts one fault into words, with the input that mends it.
func importCell(v Visitor, row *importing.Row, f importing.Fault, carers []Option) ImportCell {
	w := &v.W.Imports
	out := ImportCell{Name: strconv.Itoa(row.No) + "." + f.Field, Label: w.Fields[f.Field], Text: f.Text, Why: importFault(v.W, f), Value: f.Text}
	if f.Propose != "" {
		out.Value = f.Propose
	}
	if f.Field == "" {
		out.Fixed = true
		return out
	}
	field, _ := importing.FieldOf(f.Field)
	if codes := field.Codes(); codes != nil {
		out.Word = f.Args["word"] // "": the meaning is of this row alone
		out.Options = []Option{{Text: w.Choose, Chosen: true}}
		if out.Word == "" {
			out.Options[0].Text = v.W.Intake.Choose
		}
		for _, c := range codes {
			out.Options = append(out.Options, Option{Value: c, Text: importCode(v, field, c)})
		}
		if field.List == importing.AccountList {
			out.Options = append(out.Options, carers...)
		}
	}
	return out
}

// importFault is a sentence whose {field} is a column of the ledger.
func importFault(w *locale.Words, f importing.Fault) string {
	args := map[string]string{"field": w.Imports.Fields[f.Field]}
	maps.Copy(args, f.Args)
	return w.Refusal(f.Key, "", args)
}

// ImportFaults are the sentences of what is wrong with a row.
func ImportFaults(w *locale.Words, row *importing.Row) []string {
	var out []string
	for _, f := range row.Faults {
		text := importFault(w, f)
		if label := w.Imports.Fields[f.Field]; label != "" && !strings.Contains(text, label) {
			text = label + w.Imports.Colon + text
		}
		out = append(out, text)
	}
	return out
}

// importPeople lists the persons about whom somebody has to decide; that they were
// shown is in the access log first.
func (s *Site) importPeople(r *http.Request, v Visitor, d *importing.Draft, plan *importing.Plan, view *ImportView) error {
	doubtful := plan.Doubtful()
	if len(doubtful) == 0 {
		return nil
	}
	w := &v.W.Imports
	out := &ImportPeople{}
	var from, to int
	from, to, out.Range, out.Before, out.Next = pageOf(r, v, "people", len(doubtful))
	var shown []string
	for _, i := range doubtful[from:to] {
		who := &plan.People[i]
		p := ImportPerson{Row: strconv.Itoa(plan.FirstRow(i)), Name: strings.TrimSpace(who.Family + " " + who.Given), Rows: w.LedgerRows(len(who.Rows)), New: who.Choice.New}
		if p.Name == "" {
			p.Name = strings.TrimSpace(who.FamilyKana + " " + who.GivenKana)
		}
		for _, told := range append(append([]string{strings.TrimSpace(who.FamilyKana + " " + who.GivenKana), who.BirthDate}, who.Phones...), who.Mails...) {
			if told != "" {
				p.Told = append(p.Told, told)
			}
		}
		for _, l := range who.Likes {
			shown = append(shown, l.Person)
			p.Options = append(p.Options, ImportLike{Person: l.Person, Name: l.Name, Number: personNumber(l.Number), Href: "/people/" + l.Person,
				Points: w.Points(l.Points), Signals: v.W.CodeNames("signals", l.Signals), Chosen: who.Choice.Person == l.Person})
		}
		out.List = append(out.List, p)
	}
	view.People = out
	return s.config.Imports.Seen(r.Context(), v.Actor, shown)
}
