package document

import (
	"slices"
	"strings"

	"ayumi/domain/indicator"
	"ayumi/domain/register"
	"ayumi/domain/workplan"
)

// OnRecord is what a register holds as values to set beside a document: every
// edition of every figure, and the targets, marks and budgets of the sheets that
// were published. Names come from the definitions and from the sheets.
func OnRecord(r *register.Register, book *indicator.Book) []Known {
	var out []Known
	names := namesIn(book)
	var sheets []*register.Line
	for _, l := range r.Lines {
		if l.Sheet != nil && !slices.ContainsFunc(sheets, func(o *register.Line) bool { return o.Sheet == l.Sheet }) {
			sheets = append(sheets, l)
			for _, i := range l.Sheet.Indicators {
				id, _ := split(i.Indicator)
				names[id] = append(names[id], i.Name)
			}
		}
	}
	for _, l := range r.Lines {
		if l.Figure == nil {
			continue
		}
		k := Known{Line: l.No, Indicator: l.Figure.Indicator, Role: Actual, From: l.Figure.Period.From, To: l.Figure.Period.To, Status: l.Status()}
		id, _ := split(k.Indicator)
		k.Names = names[id]
		v, _ := l.Value()
		d, _ := book.InForce(id, k.From)
		k.Value, k.Unit, k.Scale = int64(v), d.Unit, d.Scale()
		if e := l.Edition; e != nil {
			k.KnownAt, k.Edition = e.KnownAt, e.Edition
			if later := r.Of(l.Stream, e.ReplacedBy); e.ReplacedBy > 0 && later != nil {
				k.Superseded = later.No
			}
			if e.Numerator != nil && e.Denominator != nil {
				ratio := k
				ratio.Value, ratio.Of, ratio.Unit, ratio.Scale = int64(*e.Numerator), int64(*e.Denominator), "", 0
				out = append(out, ratio)
			}
		} else if l.Imported.Unit != "" {
			k.Unit = l.Imported.Unit
		}
		if l.Kind == register.KindImported && l.Replaced() {
			k.Superseded = r.Of(l.Stream, 0).No
		}
		out = append(out, k)
	}
	out = append(out, agreed(out)...)
	for _, d := range book.All() {
		if !slices.ContainsFunc(out, func(k Known) bool { id, _ := split(k.Indicator); return id == d.Indicator }) {
			out = append(out, Known{Indicator: d.Indicator, Names: names[d.Indicator], Role: NoValue})
		}
	}
	for _, l := range sheets {
		out = append(out, onSheet(r, l, names)...)
	}
	return out
}

// split parts an indicator from its scope: C1@D-TKY.
func split(indicator string) (id, scope string) {
	id, scope, _ = strings.Cut(indicator, "@")
	return id, scope
}

func namesIn(book *indicator.Book) map[string][]string {
	out := map[string][]string{}
	for _, d := range book.All() {
		for _, language := range []string{"ja", "en"} {
			if n := d.Name[language]; n != "" && !slices.Contains(out[d.Indicator], n) {
				out[d.Indicator] = append(out[d.Indicator], n)
			}
		}
	}
	for id, more := range ShortNames {
		out[id] = append(out[id], more...)
	}
	return out
}

// agreed sets the universities with an agreement over those in scope, as sheets
// print them: 7/12.
func agreed(all []Known) []Known {
	var out []Known
	for _, part := range all {
		id, scope := split(part.Indicator)
		if id != "U1" || part.Superseded != 0 {
			continue
		}
		for _, whole := range all {
			if whole.Indicator == "U0@"+scope && whole.Superseded == 0 && whole.From == part.From && whole.To == part.To && whole.Value > 0 {
				k := part
				k.Of, k.Unit, k.Names = whole.Value, "", slices.Concat(part.Names, whole.Names)
				out = append(out, k)
			}
		}
	}
	return out
}

// onSheet are the values that a published sheet states of itself: not counted, but
// on record.
func onSheet(r *register.Register, l *register.Line, names map[string][]string) []Known {
	s := l.Sheet
	year := s.FiscalYear()
	base := Known{Sheet: l.Stream, Indicator: l.Stream, From: year.First(), To: year.Last(), Status: stated}
	var out []Known
	for _, no := range workplan.Numbers(s.Indicators) {
		i := s.Indicators[no]
		id, _ := split(i.Indicator)
		for _, role := range []Role{Target, LongTerm, Start} { // named as their fields
			v := i.Values[string(role)]
			if v == nil || v.Value == nil {
				continue
			}
			k := base
			k.Indicator, k.Role, k.Names, k.Value = i.Indicator, role, append([]string{i.Name}, names[id]...), int64(*v.Value)
			k.Comparator, k.Unit = Comparator(v.Comparator), unitCode(v.Unit)
			for _, line := range r.Lines {
				if line.Kind == register.KindTarget && line.Stream == l.Stream && line.Row == no && role == Target {
					k.Line = line.No
				}
			}
			out = append(out, k)
		}
	}
	for _, no := range workplan.Numbers(s.Projects) {
		if p := s.Projects[no]; p.BudgetYen != nil {
			k := base
			k.Role, k.Names, k.Value, k.Unit = Budget, []string{p.Name}, int64(*p.BudgetYen), "yen"
			out = append(out, k)
		}
	}
	for _, kind := range []string{"mid_year", "final"} {
		if e, ok := s.Evaluations[kind]; ok && e.Score != nil {
			k := base
			k.Role, k.Names, k.Value = Score, ScoreNames, int64(*e.Score)
			out = append(out, k)
		}
	}
	return out
}

// stated is the status of what a sheet says of itself.
const stated = "stated"

func unitCode(word string) string {
	for _, u := range units {
		if u.word == word {
			return u.code
		}
	}
	return word
}
