package web

import (
	"cmp"
	"html/template"
	"maps"
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

// drilled is how many records a drill lists unless all were asked for; then it
// lists so many on a page.
const drilled, drilledAll = 20, 200

// drill opens one number: its parts, its records, and those that just missed.
func drill(v Visitor, q *question, c *counted, address *url.URL) (*Drill, error) {
	w, id := v.W, cmp.Or(q.of, "C1")
	def := c.defs[id]
	when := w.FiscalYearShort(q.year)
	if q.month != 0 {
		when = w.Month(q.month)
	}
	l := c.drill
	d := &Drill{Long: q.all, Heading: w.Indicator.Drill(name(w, def), when, sizedText(w, def, l.Result))}
	if over := overText(w, def, l.Result); over != "" {
		d.Heading += "　" + over
	}
	if n := l.Erased(); n > 0 {
		d.Erased = w.Value.Erased(n)
	}
	parts := channelParts(w, l)
	total := 0
	for _, p := range parts {
		total += p.Value
	}
	var err error
	if d.Bars, err = bars("drill", parts, total); err != nil {
		return nil, err
	}
	d.Breakdowns = breakdowns(w, c.drillOf, l)
	shown := q.shown("")
	d.Leaf = shown.leaf(w, address, l.Len(), "#drill")
	for _, m := range slices.Backward(l.Members(max(0, l.Len()-shown.from-shown.n), min(shown.n, l.Len()-shown.from))) {
		d.Members = append(d.Members, drillRow(w, m.Row, m.Position))
	}
	d.NearMisses = nearMisses(w, q, l, address)
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

// window is the part of a list that is shown.
type window struct {
	miss    string // the clause whose list it is, "" for the members
	from, n int
	all     bool
}

// shown is the part of a list the address asks for: of one list at a time more
// than the beginning.
func (q *question) shown(miss string) window {
	if !q.all || q.miss != miss {
		return window{miss: miss, n: drilled}
	}
	return window{miss: miss, from: q.from, n: drilledAll, all: true}
}

// Leaf leads through a list that is too long for the page.
type Leaf struct {
	All, Rest  string
	Back, Next *Pair
}

func (x window) leaf(w *locale.Words, address *url.URL, total int, anchor string) Leaf {
	if total <= x.n && x.from == 0 {
		return Leaf{}
	}
	at := func(from int) string {
		state := address.Query()
		for name, value := range map[string]string{"all": "1", "miss": x.miss, "from": strconv.Itoa(from)} {
			if state.Set(name, value); value == "" || value == "0" {
				state.Del(name)
			}
		}
		return "?" + state.Encode() + anchor
	}
	if !x.all {
		return Leaf{All: at(0), Rest: w.Indicator.Rest(total - x.n)}
	}
	l := Leaf{Rest: w.Indicator.Part(min(x.from+1, total), min(x.from+x.n, total), total)}
	if x.from > 0 {
		l.Back = &Pair{Value: w.Indicator.Back, Href: at(max(0, x.from-x.n))}
	}
	if x.from+x.n < total {
		l.Next = &Pair{Value: w.Indicator.Next, Href: at(x.from + x.n)}
	}
	return l
}

// nearMisses are what was not counted, by the clause that kept it out, the most
// frequent first.
func nearMisses(w *locale.Words, q *question, l *indicator.Lists, address *url.URL) []NearMiss {
	missed := l.Missed()
	first := func(clause string) int { return int(l.NearMisses(clause, 0, 1)[0].Position) }
	clauses := slices.SortedFunc(maps.Keys(missed), func(a, b string) int {
		return cmp.Or(missed[b]-missed[a], first(a)-first(b), cmp.Compare(a, b))
	})
	var out []NearMiss
	for _, clause := range clauses {
		shown := q.shown(clause)
		m := NearMiss{ID: "miss-" + clause, Clause: w.Code("near_miss", clause), Count: missed[clause], Open: shown.all}
		m.Leaf = shown.leaf(w, address, m.Count, "#"+m.ID)
		for _, n := range l.NearMisses(clause, shown.from, shown.n) {
			m.Rows = append(m.Rows, drillRow(w, n.Row, n.Position))
		}
		out = append(out, m)
	}
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
