package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// comparable are the indicators whose difference can be asked for.
var comparable = append(slices.Clone(tiled), "M1", "M2", "V1", "L1", "A1", "S1", "U1", "U2",
	"H1", "H2", "F1", "F2", "F3", "F4", "F5", "D1", "N1", "N2")

// figureAsked is one of the two figures as the address asks for it.
type figureAsked struct {
	year  japan.FiscalYear
	ends  japan.Date // 0: the whole year
	typed string
	day   japan.Date // 0: now
	upto  uint64
	wrong string
	book  *indicator.Book       // the definitions as known then
	rule  *indicator.Definition // named by the address; nil: the one in force
}

func (f figureAsked) period() japan.Period {
	p := f.year.Whole()
	if f.ends != 0 {
		p.To = f.ends
	}
	return p
}

// differences is the page that explains a difference.
func (s *Site) differences(w http.ResponseWriter, r *http.Request, v Visitor) error {
	q, err := s.questionOf(r, v)
	if err != nil {
		return err
	}
	before, err := s.figureAsked(r, v, "", figureAsked{year: q.year})
	if err != nil {
		return err
	}
	after, err := s.figureAsked(r, v, "to_", figureAsked{year: before.year, ends: before.ends})
	if err != nil {
		return err
	}
	id := r.FormValue("of")
	if !slices.Contains(comparable, id) {
		id = "C1"
	}
	scope := s.scopeAsked(r, v)
	for prefix, f := range map[string]*figureAsked{"": &before, "to_": &after} {
		if f.book, err = s.bookAt(r.Context(), scope, f.upto); err != nil {
			return err
		}
		f.rule = ruleAsked(r, f.book, id, prefix)
	}
	view := DifferencesView{Page: s.page(r, v, "differences", v.W.Difference.Title, "css/diff.css"), Heading: v.W.Difference.Title}
	view.Crumbs = []Crumb{{v.W.Indicator.Breadcrumb, "/indicators"}, {v.W.Difference.Title, ""}}
	for _, each := range comparable {
		view.Indicators = append(view.Indicators, Option{Value: each, Text: v.W.Code("indicator", each), Chosen: each == id})
	}
	view.Hidden = kept(r, "scope", "def", "to_def", "draft", "to_draft")
	view.Before, view.After = figureForm(v, "", q, before), figureForm(v, "to_", q, after)
	status := http.StatusOK
	if before.wrong != "" || after.wrong != "" {
		status = http.StatusUnprocessableEntity
	} else if before.typed != "" || after.typed != "" || before.period() != after.period() || before.rule != nil || after.rule != nil {
		if err := s.explain(r, v, &view, scope, id, before, after); err != nil {
			return err
		}
	}
	if view.Triangle, err = s.triangle(r, v, scope, id, before); err != nil {
		return err
	}
	return s.show(w, r, status, "differences", "", view)
}

func (s *Site) figureAsked(r *http.Request, v Visitor, prefix string, f figureAsked) (figureAsked, error) {
	if year, ok := yearIn(r.FormValue(prefix + "fy")); ok {
		if f.year != year {
			f.ends = 0
		}
		f.year = year
	}
	if r.Form.Has(prefix + "until") {
		f.ends = 0
		if day, err := japan.ParseDate(r.FormValue(prefix + "until")); err == nil && f.year.Whole().Contains(day) {
			f.ends = day
		}
	}
	f.typed, f.upto = r.FormValue(prefix+"known"), projections.Newest
	if f.typed == "" {
		return f, nil
	}
	t, err := japan.ReadPast(f.typed, s.today())
	if err != nil {
		f.wrong = dateFault(v.W, err, "asof")
		return f, nil
	}
	f.day = t.Date
	f.upto, err = s.config.Figures.PositionAt(r.Context(), t.Date)
	return f, missing(err)
}

func figureForm(v Visitor, prefix string, q *question, f figureAsked) FigureForm {
	out := FigureForm{W: v.W, Prefix: prefix, Legend: v.W.Difference.Before, Known: f.typed, Error: f.wrong, Hint: v.W.Difference.KnownHint}
	if prefix != "" {
		out.Legend = v.W.Difference.After
	}
	if f.day != 0 {
		out.Known = v.W.PlainDate(f.day)
	}
	for y := max(q.last, f.year); y >= min(q.first, f.year); y-- {
		out.Years = append(out.Years, Option{Value: strconv.Itoa(int(y)), Text: v.W.FiscalYearShort(y), Chosen: y == f.year})
	}
	of := *q
	of.year, of.ends = f.year, f.ends
	out.Ends = periodEnds(v, &of)
	return out
}

// explain fills the page with the walk from the one figure to the other.
func (s *Site) explain(r *http.Request, v Visitor, view *DifferencesView, scope, id string, before, after figureAsked) error {
	a, okA := known(scope, id, before)
	b, okB := known(scope, id, after)
	if !okA || !okB {
		view.Errors = newErrors(v.W, FieldError{"fy", v.W.Refusal("figure.version", "version", nil)})
		return nil
	}
	d, err := s.config.Figures.Explain(r.Context(), a, b)
	if err != nil {
		return missing(err)
	}
	w, def := v.W, a.Definition
	from, to := indicator.Result{Value: d.From, Absent: d.FromAbsent}, indicator.Result{Value: d.To, Absent: d.ToAbsent}
	view.Heading = w.Difference.Heading(w.Code("indicator", id), sizedText(w, def, from), sizedText(w, b.Definition, to))
	view.Title = view.Heading
	if from.Absent == "" && to.Absent == "" {
		view.Delta, view.Unit = signed(w, def, d.To-d.From), w.Code("unit", def.Unit)
		if def.Ratio() {
			view.Unit = w.Value.Points
		}
	} else {
		view.Delta = noNumber
	}
	most := max(d.From, d.To)
	view.Scale = w.Difference.Scale(w.Measured(most, def.Scale(), def.Unit))
	view.Left, view.Right = figureSide(v, a, before, from), figureSide(v, b, after, to)
	view.Left.Heading, view.Left.Bar = w.Difference.Before, sideBar(d.From, most, "a")
	view.Right.Heading, view.Right.Bar = w.Difference.After, sideBar(d.To, most, "b")
	mark(view, v, a, b)
	if view.Today, err = s.todaysRule(r, v, scope, a, b); err != nil {
		return err
	}
	breaks, err := s.breaks(r.Context(), scope, id)
	if err != nil {
		return err
	}
	for _, b := range crossed(breaks[id], min(a.Period.From, b.Period.From), max(a.Period.To, b.Period.To)) {
		view.Breaks = append(view.Breaks, breakOf(w, id, b))
	}
	if view.Record, err = s.recordOffer(r, v, a, b, before.day, after.day); err != nil {
		return err
	}
	return s.steps(r, v, view, def, d)
}

// todaysRule offers to count both figures by the rule in force today, where one of
// them is counted by another; nil where there is none.
func (s *Site) todaysRule(r *http.Request, v Visitor, scope string, a, b indicator.Known) (*Pair, error) {
	book, err := s.book(r.Context(), scope)
	if err != nil {
		return nil, err
	}
	rule, ok := book.InForce(a.Definition.Indicator, b.Period.From)
	if !ok || rule.Digest() == a.Definition.Digest() && rule.Digest() == b.Definition.Digest() {
		return nil, nil
	}
	q := r.URL.Query()
	for _, name := range []string{"draft", "to_draft"} {
		q.Del(name)
	}
	q.Set("def", rule.Version)
	q.Set("to_def", rule.Version)
	return &Pair{Value: v.W.Later.Both(rule.Version), Href: "/differences?" + q.Encode()}, nil
}

func known(scope, id string, f figureAsked) (indicator.Known, bool) {
	def, ok := f.book.InForce(id, f.year.First())
	if f.rule != nil {
		def, ok = *f.rule, true
	}
	return indicator.Known{Question: indicator.Question{Definition: def, Scope: scope, Period: f.period()}, Position: f.upto}, ok
}

// ruleAsked is the version an address names, or one that stands in it whole because
// nobody has proposed it yet.
func ruleAsked(r *http.Request, book *indicator.Book, id, prefix string) *indicator.Definition {
	if raw := r.FormValue(prefix + "draft"); raw != "" {
		if d, err := indicator.ParseDefinition([]byte(raw)); err == nil && d.Indicator == id {
			if d, err = book.Draft(d); err == nil {
				return &d
			}
		}
	}
	if d, ok := book.Named(id, r.FormValue(prefix+"def")); ok {
		return &d
	}
	return nil
}

// kept are the parameters of an address that a form hands on.
func kept(r *http.Request, names ...string) []Option {
	var out []Option
	for _, name := range names {
		if value := r.FormValue(name); value != "" {
			out = append(out, Option{Name: name, Value: value})
		}
	}
	return out
}

func figureSide(v Visitor, k indicator.Known, f figureAsked, value indicator.Result) *FigureSide {
	w := v.W
	known := w.Difference.Now
	if f.day != 0 {
		known = w.EndOfDay(f.day)
	}
	side := &FigureSide{Value: resultText(w, k.Definition, value), Rows: []FigureFact{
		{Label: w.Indicator.Period, Value: w.Difference.Range(w.Date(k.Period.From), w.Date(k.Period.To))},
		{Label: w.Difference.Known, Value: known},
		{Label: w.Indicator.Version, Value: k.Definition.Version, Mono: k.Definition.Digest()[:12]},
	}}
	if value.Absent == "" {
		side.Unit = w.Code("unit", k.Definition.Unit)
	}
	return side
}

// mark warns where more than the records differs.
func mark(view *DifferencesView, v Visitor, a, b indicator.Known) {
	w := v.W.Difference
	var what []string
	if a.Period != b.Period {
		what = append(what, v.W.Code("difference", indicator.PeriodKind))
		view.Right.Rows[0].Chip = &Chip{"yellow", "", w.Changed}
	}
	if a.Definition.Digest() != b.Definition.Digest() {
		what = append(what, v.W.Code("difference", indicator.DefinitionKind))
		view.Right.Rows[2].Chip = &Chip{"yellow", "", w.Changed}
	}
	if len(what) > 0 {
		view.Warning = &Warning{Heading: w.Unlike, Text: w.UnlikeText(strings.Join(what, v.W.Calendar.Comma))}
	}
}

// steps draws the waterfall: kinds in their fixed order, the value reached after
// the records, then what is counted differently.
func (s *Site) steps(r *http.Request, v Visitor, view *DifferencesView, def indicator.Definition, d indicator.Difference) error {
	w, scale := v.W, def.Scale()
	told, err := s.told(r, d)
	if err != nil {
		return err
	}
	kinds, reached, so := d.Kinds(), []int{0}, 0
	for _, kind := range indicator.DifferenceKinds {
		so += kinds[kind]
		reached = append(reached, so)
	}
	fall := newWaterfall(reached)
	view.Axis = fall.axis(w, d.From, scale)
	sum := func(name string, so int, end bool) {
		step := DifferenceStep{Name: name, SoFar: w.Decimal(d.From+so, scale), Sum: true, End: end, Bar: fall.bar(0, so, "mk")}
		if end {
			step.Bar = fall.bar(0, so, "tot")
		}
		if so != 0 || end {
			step.Delta = signed(w, def, so)
		}
		view.Steps = append(view.Steps, step)
	}
	sum(w.Difference.Before, 0, false)
	var deltas []int
	so = 0
	for _, kind := range indicator.DifferenceKinds {
		if kind == indicator.PeriodKind && (kinds[indicator.PeriodKind] != 0 || kinds[indicator.DefinitionKind] != 0) {
			sum(w.Difference.AfterRecords, so, false)
		}
		step, occurs := s.step(v, told, d, kind)
		if !occurs {
			continue
		}
		step.Bar = fall.bar(so, so+kinds[kind], barClass(kind, kinds[kind]))
		so += kinds[kind]
		step.Delta, step.SoFar = signed(w, def, kinds[kind]), w.Decimal(d.From+so, scale)
		view.Steps, deltas = append(view.Steps, step), append(deltas, kinds[kind])
	}
	sum(w.Difference.After, so, true)
	view.Sum, view.Total = spokenSum(w, d.From, scale, deltas), w.Decimal(d.To, scale)
	if d.FromAbsent != "" || d.ToAbsent != "" {
		view.unmeasured(d, scale, w)
	}
	return nil
}

// unmeasured takes the sums out where one of the figures has no value: what came
// and went is still listed.
func (view *DifferencesView) unmeasured(d indicator.Difference, scale int, w *locale.Words) {
	view.Axis, view.Sum, view.Total, view.Scale = "", "", "", ""
	for i := range view.Steps {
		s := &view.Steps[i]
		s.Bar, s.Delta, s.SoFar = "", noNumber, ""
		if s.Sum {
			s.Delta = ""
		}
	}
	for at, end := range map[int]indicator.Result{0: {Value: d.From, Absent: d.FromAbsent}, len(view.Steps) - 1: {Value: d.To, Absent: d.ToAbsent}} {
		if view.Steps[at].SoFar = noNumber; end.Absent == "" {
			view.Steps[at].SoFar = w.Decimal(end.Value, scale)
		}
	}
}

func barClass(kind string, delta int) string {
	switch {
	case kind == indicator.DefinitionKind || kind == indicator.PeriodKind:
		return "def"
	case delta < 0:
		return "sub"
	}
	return "add"
}

// told are the events that caused the parts, as the audit trail knows them.
func (s *Site) told(r *http.Request, d indicator.Difference) (map[uint64]projections.AuditEntry, error) {
	var positions []uint64
	for _, p := range d.Parts {
		if p.Position > 0 && len(positions) < 500 {
			positions = append(positions, p.Position)
		}
	}
	out := map[uint64]projections.AuditEntry{}
	if len(positions) == 0 {
		return out, nil
	}
	list, err := s.config.Audit.Trail(r.Context(), projections.AuditFilter{Positions: positions, Limit: len(positions)})
	for _, e := range list {
		out[e.Position] = e
	}
	return out, missing(err)
}

// listed is how many records a step shows.
const listed = 60

// step is a kind with its events; the erased kind stands though it is nothing,
// when there is anything else.
func (s *Site) step(v Visitor, told map[uint64]projections.AuditEntry, d indicator.Difference, kind string) (DifferenceStep, bool) {
	w := v.W
	out := DifferenceStep{ID: "w-" + kind, Name: w.Code("difference", kind), Note: w.Difference.Notes[kind]}
	out.Events = kind != indicator.PeriodKind && kind != indicator.DefinitionKind
	occurs, n := false, 0
	for _, p := range d.Parts {
		if p.Kind != kind {
			continue
		}
		occurs = true
		for sign, list := range map[string][]indicator.Shifted{w.Signed(1): p.Gained, w.Signed(-1): p.Lost} {
			for _, x := range list {
				if !s.mayFacts(v, x.Row.Controller) {
					continue
				}
				if n++; n <= listed {
					out.Rows = append(out.Rows, differenceRow(v, told, p, x, sign))
				}
			}
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b DifferenceRow) int {
		return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.on, b.on), strings.Compare(a.Sign, b.Sign))
	})
	if n > listed {
		out.Rest = w.Indicator.Rest(n - listed)
	}
	return out, occurs
}

func differenceRow(v Visitor, told map[uint64]projections.AuditEntry, p indicator.Part, x indicator.Shifted, sign string) DifferenceRow {
	record := drillRow(v.W, x.Row, x.Row.Position)
	row := DifferenceRow{Counted: Pair{Value: record.Number, Href: record.Href}, On: record.When, Text: record.Text, Sign: sign, position: p.Position, on: x.Row.From}
	if x.Over {
		row.Text = strings.TrimSuffix(v.W.Value.Below+v.W.Calendar.Comma+row.Text, v.W.Calendar.Comma)
	}
	if x.Clause != "" {
		row.Clause = v.W.Code("near_miss", x.Clause)
	}
	if p.Position > 0 {
		e := told[p.Position]
		row.Number, row.Href = recordNumber(p.Position), recordHref(p.Position)
		row.What = v.W.Event(e.Type)
		if !e.RecordedAt.IsZero() {
			row.Recorded = v.W.DateTime(e.RecordedAt)
		}
	}
	return row
}
