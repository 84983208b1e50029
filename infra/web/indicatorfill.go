package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/infra/web/locale"
)

// tiles are the figures at the head of the page.
func (s *Site) tiles(v Visitor, q *question, c *counted, address *url.URL) []Tile {
	var out []Tile
	for _, id := range tabled {
		if def, ok := c.defs[id]; ok {
			out = append(out, s.tile(v, q, c, id, def, address))
		}
	}
	if def, ok := c.defs["U1"]; ok && c.value("U0") > 0 {
		t := s.tile(v, q, c, "U1", def, address)
		t.Compared, t.Unit = "", v.W.Code("unit", def.Unit)+"／"+v.W.Sized(c.value("U0"), def.Unit)
		out = append(out, t)
	}
	return out
}

func (s *Site) tile(v Visitor, q *question, c *counted, id string, def indicator.Definition, address *url.URL) Tile {
	w := v.W
	t := Tile{Name: name(w, def), Value: resultText(w, def, c.total[id].Result), Unit: w.Code("unit", def.Unit), Href: drillHref(address, id, ""), Sample: s.config.Sample,
		Compared: w.Indicator.Previous(w.Sized(c.before[id].Value, def.Unit))}
	if id == "K1" && c.hasGoal && c.goal.target > 0 {
		target := w.Sized(c.goal.target, def.Unit)
		if month := reachedIn(v, q, c, c.goal.target); month != "" {
			t.Compared = w.Indicator.TargetReached(target, month)
		} else {
			t.Compared = w.Indicator.TargetOpen(target, "")
		}
		if c.goal.blank != "" {
			t.Chip, t.Stated = &Chip{"gray", "", w.Indicator.NotStated}, w.Message.FigureBlank(w.Code("absent_reason", c.goal.blank))
		}
	}
	if st, ok := c.stated[id]; ok {
		s.compare(v, &t, q, c, id, st)
		if c.total[id].Value != st.Value && q.ends != st.until {
			t.Then = &Pair{Value: w.Indicator.SeeEndOfMonth(w.MonthOnly(st.until)), Href: with(address, "until", st.until.String())}
		}
	}
	return t
}

// compare says how a tile stands to the figure the sheet states.
func (s *Site) compare(v Visitor, t *Tile, q *question, c *counted, id string, st statement) {
	w := v.W
	t.Stated, t.Link = w.Indicator.StatedIn(w.Number(st.Value)), &Pair{Value: w.Indicator.Open, Href: st.sheet}
	if st.HasPrevious {
		t.Compared += "　" + w.Message.RatioNone
	}
	switch {
	case c.recount[id] != st.Value:
		t.Chip = &Chip{"red", "warn", w.Indicator.Differs}
	case c.total[id].Value != st.Value:
		t.Chip, t.Sample = &Chip{"yellow", "warn", w.Indicator.OtherTime}, false
		t.Stated += w.Indicator.CountedThen(w.ShortDate(st.until), w.Number(c.recount[id]))
	default:
		t.Chip, t.Sample = &Chip{"green", "check", w.Indicator.Equal}, false
	}
}

// reachedIn is the month in which a target was reached, "" if it was not.
func reachedIn(v Visitor, q *question, c *counted, target int) string {
	sum := 0
	for m, n := range firstsOf(c, q, "K1") {
		if sum += n; sum >= target {
			return v.W.MonthOnly(q.year.First().AddMonths(m))
		}
	}
	return ""
}

// name is the public name of an indicator.
func name(w *locale.Words, def indicator.Definition) string {
	return cmp.Or(def.Name[string(w.Language)], w.Code("indicator", def.Indicator))
}

// drillHref is the page with one number opened.
func drillHref(address *url.URL, id, month string) string {
	q := address.Query()
	for _, name := range []string{"all", "miss", "from"} {
		q.Del(name)
	}
	q.Set("of", id)
	q.Del("month")
	if month != "" {
		q.Set("month", month)
	}
	return "/indicators?" + q.Encode() + "#drill"
}

func values(results []indicator.Result) []int {
	out := make([]int, len(results))
	for i, r := range results {
		out[i] = r.Value
	}
	return out
}

func sumOf(list []int) int {
	n := 0
	for _, v := range list {
		n += v
	}
	return n
}

// charts are the drawings of the page.
func (s *Site) charts(v Visitor, q *question, c *counted) ([]ChartCard, error) {
	w := v.W
	var months [12]string
	for m := range months {
		months[m] = w.MonthOnly(q.year.First().AddMonths(m))
	}
	var out []ChartCard
	most := max(c.total["C1"].Value, c.total["C2"].Value)
	for _, id := range []string{"C1", "C2"} {
		def := c.defs[id]
		now, before := firstsOf(c, q, id), values(c.prior[id])
		svg, err := Cumulative{ID: strings.ToLower(id), Name: name(w, def), Unit: w.Code("unit", def.Unit), Months: months, Current: now, Total: c.total[id].Value,
			Previous: before, Last: sumOf(before), Most: most, Breaks: chartBreaks(w, q, id)}.Draw(&w.Chart)
		if err != nil {
			return nil, err
		}
		out = append(out, ChartCard{ID: strings.ToLower(id), Heading: w.Indicator.Cumulative(name(w, def)), SVG: svg})
	}
	def := c.defs["K1"]
	svg, err := AgainstTarget{ID: "k1", Name: name(w, def), Unit: w.Code("unit", def.Unit), Months: months, Current: firstsOf(c, q, "K1"), Total: c.total["K1"].Value,
		Target: c.goal.target, Base: c.goal.base, BaseYear: c.goal.baseYear, Breaks: chartBreaks(w, q, "K1")}.Draw(&w.Chart)
	if err != nil {
		return nil, err
	}
	out = append(out, ChartCard{ID: "k1", Heading: w.Indicator.Cumulative(name(w, def)), SVG: svg, Sample: s.config.Sample})
	ways, err := channelChart(w, c)
	return append(out, ChartCard{ID: "ch", Heading: w.Indicator.ByChannel, SVG: ways, Sample: s.config.Sample}), err
}

// firstsOf are the months of a figure by the day each member is counted at, so
// that they add up to the year's: a person counts once, and a day known to the
// year only stands at its beginning.
func firstsOf(c *counted, q *question, id string) []int {
	var out []int
	for first := q.year.First(); first <= q.until && len(out) < 12; first = first.AddMonths(1) {
		out = append(out, 0)
	}
	year, month, _ := q.year.First().Civil()
	for r := range c.total[id].Rows() {
		y, m, _ := r.From.Civil()
		if at := (y-year)*12 + m - month; 0 <= at && at < len(out) {
			out[at]++
		}
	}
	return out
}

// monthRows are the lines of the month table, each beside the year compared.
func monthRows(v Visitor, q *question, c *counted, address *url.URL) []MonthRow {
	w := v.W
	var out []MonthRow
	for _, id := range tabled {
		now := firstsOf(c, q, id)
		row := MonthRow{Name: name(w, c.defs[id]), Sum: w.Number(sumOf(now))}
		before := MonthRow{Name: w.FiscalYearShort(q.compare), Sub: true, Sum: w.Number(sumOf(values(c.prior[id])))}
		for m := range 12 {
			cell := MonthCell{Missing: m >= len(now)}
			if !cell.Missing {
				first := q.year.First().AddMonths(m)
				cell = MonthCell{Value: w.Number(now[m]), Href: drillHref(address, id, first.String()[:7]), Current: q.month == first && cmp.Or(q.of, "C1") == id}
			}
			row.Cells = append(row.Cells, cell)
			before.Cells = append(before.Cells, MonthCell{Value: w.Number(c.prior[id][m].Value)})
		}
		out = append(out, row, before)
	}
	return out
}

// howCounted is the definition in words, with its version and digest.
func (s *Site) howCounted(v Visitor, q *question) []Pair {
	w := v.W
	var out []Pair
	ids := []string{"C1", "C2", "K1"}
	if q.of != "" && !slices.Contains(ids, q.of) {
		ids = append(ids, q.of)
	}
	for _, id := range ids {
		def, ok := s.definition(q, id)
		if !ok {
			continue
		}
		out = append(out, Pair{Label: name(w, def), Value: def.Text[string(w.Language)]},
			Pair{Label: w.Indicator.Version, Value: w.Indicator.VersionFrom(def.Version, def.OfficialFrom) + " " + def.Digest()[:12], Href: definitionHref(id, def.NaturalScope(q.scope))})
		if basis := w.Indicator.Basis[def.Basis]; basis != "" {
			out = append(out, Pair{Label: w.Indicator.Unit, Value: basis})
		}
	}
	return out
}

// channelParts are the members of a figure by channel, in the order of the list.
func channelParts(w *locale.Words, l *indicator.Lists) []Part {
	n := map[string]int{}
	for r := range l.Rows() {
		n[r.Channel]++
	}
	var out []Part
	for _, c := range domain.Codes["channel"] {
		if n[c] > 0 {
			out = append(out, Part{Name: w.Code("channel", c), Value: n[c]})
		}
	}
	slices.SortStableFunc(out, func(a, b Part) int { return b.Value - a.Value })
	return out
}
