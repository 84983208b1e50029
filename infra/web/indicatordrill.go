package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

func channelChart(w *locale.Words, c *counted) (template.HTML, error) {
	ch := Channels{ID: "ch"}
	for _, id := range []string{"C1", "C2"} {
		ch.Stacks = append(ch.Stacks, Stack{Name: name(w, c.defs[id]), Parts: channelParts(w, c.total[id]), Total: c.total[id].Value})
	}
	return ch.Draw(&w.Chart)
}

// drilled is how many records a drill lists unless all were asked for.
const drilled = 20

// drill opens one number: its parts, its records, and those that just missed.
func drill(v Visitor, q *question, c *counted, address *url.URL) (*Drill, error) {
	w, id := v.W, cmp.Or(q.of, "C1")
	def := c.defs[id]
	when := w.FiscalYearShort(q.year)
	if q.month != 0 {
		when = w.Month(q.month)
	}
	f := c.drill
	d := &Drill{Heading: w.Indicator.Drill(name(w, def), when, sizedText(w, def, f.Result()))}
	if over := overText(w, def, f.Result()); over != "" {
		d.Heading += "　" + over
	}
	if f.Erased > 0 {
		d.Erased = w.Value.Erased(f.Erased)
	}
	parts := channelParts(w, f)
	total := 0
	for _, p := range parts {
		total += p.Value
	}
	var err error
	if d.Bars, err = bars("drill", parts, total); err != nil {
		return nil, err
	}
	d.Breakdowns = breakdowns(w, c.drillOf, f)
	members := slices.Clone(f.Members)
	slices.Reverse(members)
	for _, m := range members {
		d.Members = append(d.Members, drillRow(w, m.Row, m.Position))
	}
	if len(d.Members) > drilled && !q.all {
		d.All = with(address, "all", "1") + "#drill"
		d.Rest, d.Members = w.Indicator.Rest(len(d.Members)-drilled), d.Members[:drilled]
	}
	d.NearMisses = nearMisses(w, f.NearMisses)
	if q.day != 0 {
		d.Verify = &Pair{Value: w.Difference.See, Href: differenceHref(q, id)}
	}
	return d, nil
}

// differenceHref is the page that leads from the figure shown to today's.
func differenceHref(q *question, id string) string {
	ask := url.Values{"of": {id}, "fy": {strconv.Itoa(int(q.year))}, "known": {q.day.String()}}
	if q.until != q.year.Last() {
		ask.Set("until", q.until.String())
	}
	return "/differences?" + ask.Encode()
}

// nearMisses groups what was not counted by the clause that kept it out, the
// most frequent first.
func nearMisses(w *locale.Words, list []indicator.NearMiss) []NearMiss {
	by := map[string]*NearMiss{}
	var order []string
	for _, n := range list {
		m := by[n.Clause]
		if m == nil {
			m = &NearMiss{Clause: w.Code("near_miss", n.Clause)}
			by[n.Clause], order = m, append(order, n.Clause)
		}
		if m.Count++; m.Count <= drilled {
			m.Rows = append(m.Rows, drillRow(w, n.Row, n.Position))
		}
	}
	out := make([]NearMiss, len(order))
	for i, clause := range order {
		out[i] = *by[clause]
	}
	slices.SortStableFunc(out, func(a, b NearMiss) int { return b.Count - a.Count })
	return out
}

func drillRow(w *locale.Words, r *indicator.Row, position uint64) DrillRow {
	text := ""
	add := func(word string) {
		if word != "" && text != "" {
			text += w.Calendar.Comma
		}
		text += word
	}
	if r.Channel != "" {
		add(w.Code("channel", r.Channel))
	}
	if r.Kind != "" && r.Channel == "" {
		add(w.Code("outcome_kind", r.Kind))
	}
	if r.Turn != "" {
		add(w.Code("turn", r.Turn))
	}
	if r.AgeBand != "" {
		add(w.Code("age_band", r.AgeBand))
	}
	if r.Grade != "" {
		add(w.Code("grade", r.Grade))
	}
	if r.Hours == indicator.AfterHours {
		add(w.Code("hours", r.Hours))
	}
	when := w.ShortDate(r.From)
	if r.From == 0 {
		when = w.Code("near_miss", "no_date")
	}
	return DrillRow{ISO: isoOf(r.From), When: when, Text: text, Number: recordNumber(position), Href: recordHref(position)}
}

func isoOf(d japan.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}
