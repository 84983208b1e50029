package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/register"
	"ayumi/infra/web/locale"
	"ayumi/projections"

	"github.com/google/uuid"
)

// Verifier counts every published figure of a controller again from the log, and
// records what came of it in the name of an account.
type Verifier interface {
	VerifyAll(ctx context.Context, controller, account string) (position uint64, err error)
}

// ledgerRoutes are the pages about published figures.
func (s *Site) ledgerRoutes() {
	s.staff("GET /ledger", s.ledger, ledgerReaders...)
	s.staff("POST /ledger/verify", s.verifyAll, "AN", "AU")
	s.staff("GET /ledger/new", s.proposal, "AN")
	s.staff("POST /ledger/new", s.propose, "AN")
	s.staff("GET /ledger/{stream}", s.quantity, ledgerReaders...)
	s.staff("POST /ledger/{stream}/explain", s.explainDifference, "AN")
	s.staff("POST /ledger/{stream}/{act}", s.publication, "AN", "MG")
	s.staff("GET /figures/{no}", s.published, ledgerReaders...)
}

// ledgerFilter is which lines the address asks for.
type ledgerFilter struct {
	year           japan.FiscalYear // 0: all
	of             string           // indicator with scope; "": all
	outlet, status string
}

func filterOf(r *http.Request) ledgerFilter {
	f := ledgerFilter{of: r.FormValue("of"), outlet: r.FormValue("outlet"), status: r.FormValue("st")}
	if n, err := strconv.Atoi(r.FormValue("fy")); err == nil && n > 1950 && n < 2200 {
		f.year = japan.FiscalYear(n)
	}
	return f
}

func (f ledgerFilter) takes(l *register.Line) bool {
	return (f.year == 0 || f.year == yearOf(l)) && (f.of == "" || f.of == quantityOf(l)) && (f.outlet == "" || f.outlet == outletOf(l)) &&
		(f.status == "" || f.status == l.Status())
}

// yearOf is the fiscal year that a number is about.
func yearOf(l *register.Line) japan.FiscalYear {
	if l.Figure != nil {
		return japan.FiscalYearOf(l.Figure.Period.From)
	}
	return l.Sheet.FiscalYear()
}

// quantityOf is the indicator with its scope; a row of a sheet may name none.
func quantityOf(l *register.Line) string {
	if l.Figure != nil {
		return l.Figure.Indicator
	}
	return l.Sheet.Indicators[l.Row].Indicator
}

func outletOf(l *register.Line) string {
	if l.Edition != nil {
		return l.Edition.Outlet
	}
	return "workplan"
}

// ledger is the register of every published figure, newest first.
func (s *Site) ledger(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return missing(err)
	}
	filter := filterOf(r)
	view := LedgerView{Page: s.page(r, v, "ledger", v.W.Ledger.Title, "css/ledger.css"), Banner: banner(v.W, all),
		Proposes: v.holds("AN"), Reconciles: v.holds(reconcileReaders...), Behind: s.behind(r, v), Sealed: sealedYears(v, all), Verifies: v.holds(verifiers...)}
	for _, g := range gradeOrder {
		view.Grades = append(view.Grades, LegendKey{"e" + g, v.W.Ledger.Grades[g]})
	}
	if v.holds("AN", "AU") && len(all.Lines) > 0 {
		view.Verify = &VerifyForm{uuid.NewString()}
	}
	ledgerChoices(v.W, all, filter, &view)
	for _, l := range slices.Backward(all.Lines) {
		if !filter.takes(l) {
			continue
		}
		row, err := s.ledgerRow(r.Context(), v.W, all, l)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, row)
	}
	view.Count = v.W.Ledger.Lines(len(view.Rows))
	if err := s.waiting(r, v, all, &view); err != nil {
		return err
	}
	view.Chains, view.Documents, view.Care = s.chains(r.Context(), v.W, all), documents(v.W, all), care(v.W, all)
	return s.show(w, r, http.StatusOK, "ledger", "", view)
}

func ledgerChoices(w *locale.Words, all *register.Register, f ledgerFilter, view *LedgerView) {
	seen := map[string]bool{}
	once := func(list *[]Option, kind, value, text string, chosen bool) {
		if value != "" && !seen[kind+value] {
			seen[kind+value] = true
			*list = append(*list, Option{Value: value, Text: text, Chosen: chosen})
		}
	}
	view.Years = []Option{{Text: w.Ledger.AllYears}}
	view.Indicators, view.Outlets = []Option{{Text: w.Ledger.Every}}, []Option{{Text: w.Ledger.Every}}
	counts := map[string]int{}
	for _, l := range slices.Backward(all.Lines) {
		year, of, outlet := yearOf(l), quantityOf(l), outletOf(l)
		once(&view.Years, "fy", strconv.Itoa(int(year)), w.FiscalYearShort(year), year == f.year)
		once(&view.Indicators, "of", of, quantityName(w, of), of == f.of)
		once(&view.Outlets, "outlet", outlet, w.Code("outlet", outlet), outlet == f.outlet)
		anyStatus := f
		anyStatus.status = ""
		if anyStatus.takes(l) {
			counts[""]++
			counts[l.Status()]++
		}
	}
	slices.SortFunc(view.Years[1:], func(a, b Option) int { return cmp.Compare(b.Value, a.Value) })
	slices.SortFunc(view.Indicators[1:], func(a, b Option) int { return cmp.Compare(a.Value, b.Value) })
	view.States = []Option{{Value: "", Text: w.Ledger.Every + " " + w.Number(counts[""]), Chosen: f.status == ""}}
	for _, st := range []string{"preliminary", "final", "corrected", register.KindImported, register.KindTarget, register.KindBlank} {
		if n := counts[st]; n > 0 || st == f.status {
			view.States = append(view.States, Option{Value: st, Text: statusChip(w, st).Text + " " + w.Number(n), Chosen: st == f.status})
		}
	}
}

// quantityName is an indicator with its scope in words.
func quantityName(w *locale.Words, of string) string {
	id, scope, _ := strings.Cut(of, "@")
	name := w.Code("indicator", id)
	if scope == "" || scope == "D-TKY" {
		return name
	}
	for _, list := range []string{"desk", "corner", "controller"} {
		if text := w.Code(list, scope); text != scope {
			return name + "（" + text + "）"
		}
	}
	return name
}

// banner is the verdict over the whole register.
func banner(w *locale.Words, all *register.Register) Banner {
	var last time.Time
	ok, failed, open, imported, beside, read := 0, 0, 0, 0, 0, 0
	for _, l := range all.Lines {
		switch {
		case l.Kind == register.KindImported:
			imported++
		case l.Kind != register.KindCounted:
			beside++
		case len(l.Edition.Verified) == 0:
			open++
		default:
			c := l.Edition.Verified[len(l.Edition.Verified)-1]
			if c.Result == "ok" {
				ok++
			} else {
				failed++
			}
			read = max(read, c.Position)
			if c.At.After(last) {
				last = c.At
			}
		}
	}
	t := w.Ledger
	switch {
	case failed > 0:
		return Banner{"ng", "warn", t.Disagree(failed), t.DisagreeText, ""}
	case open > 0:
		return Banner{"warn", "warn", t.Unchecked(open), t.UncheckedText, ""}
	case ok > 0:
		return Banner{"ok", "ok", t.Agree(ok), t.AgreeText(w.DateTime(last), read, imported, beside), ""}
	}
	return Banner{}
}

func (s *Site) ledgerRow(ctx context.Context, w *locale.Words, all *register.Register, l *register.Line) (LedgerRow, error) {
	row := LedgerRow{Number: figureNumber(l.No), Href: figureHref(l.No), On: w.Date(l.On), Where: w.Code("outlet", outletOf(l)),
		State: statusChip(w, l.Status()), Old: l.Replaced()}
	s.say(ctx, w, l, &row)
	switch l.Kind {
	case register.KindCounted:
		e := l.Edition
		row.Place = cmp.Or(e.Note, e.Reason)
		row.Mix, row.MixText = mix(e.Grades())
		row.Check, row.CheckNote = checkChip(w, e), ""
		if !e.UnitStated && e.Outlet != "internal" {
			row.CheckNote = w.Ledger.NoUnit
		}
		row.Links = links(w, all, l)
		if !row.Old {
			now, err := s.liveValue(ctx, l)
			if err != nil {
				return row, err
			}
			if now.Value != e.Value || now.Absent != "" {
				def, _ := s.definitionOf(ctx, l)
				row.Now = w.Ledger.Now(sizedText(w, def, now))
			}
		}
	case register.KindImported:
		row.Place = l.Imported.Note
		row.Check, row.CheckNote = Chip{"gray", "", w.Ledger.Cannot}, w.Ledger.CannotWhy
	case register.KindBlank:
		row.Check, row.CheckNote = Chip{"gray", "", w.Ledger.Beside}, w.Ledger.NotZero
	default:
		row.Check = Chip{"gray", "", w.Ledger.Beside}
	}
	return row, nil
}

// say puts name, period and value into words.
func (s *Site) say(ctx context.Context, w *locale.Words, l *register.Line, row *LedgerRow) {
	if l.Figure != nil {
		value, _ := l.Value()
		row.What, row.Period = quantityName(w, l.Figure.Indicator), s.periodName(w, l)
		row.Value, row.Unit = w.Decimal(value, s.scaleOf(ctx, l)), w.Code("unit", s.unitOf(ctx, l))
		return
	}
	i := l.Sheet.Indicators[l.Row]
	row.What, row.Period, row.Where = i.Name, w.FiscalYearShort(l.Sheet.FiscalYear()), w.Code("outlet", "workplan")
	if l.Kind == register.KindTarget {
		row.Value = cmp.Or(l.Target.Text, w.Number(valueOr(l.Target.Value)))
		return
	}
	row.Value, row.Blank = w.Ledger.Blank(w.Code("absent_reason", l.Absent)), true
}

func valueOr(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// periodName is the as-of wording of the document, or the period itself.
func (s *Site) periodName(w *locale.Words, l *register.Line) string {
	p := l.Figure.Period
	year := w.FiscalYearShort(japan.FiscalYearOf(p.From))
	switch figure.KindOf(p) {
	case "fiscal_year":
		return year + " " + w.Ledger.WholeYear
	case "fy_to_date":
		if l.Edition != nil && l.Edition.AsOfText != "" && w.Language == locale.Japanese {
			return year + " " + l.Edition.AsOfText
		}
	}
	return w.Difference.Range(w.PlainDate(p.From), w.PlainDate(p.To))
}

// unitOf is the unit of a number: that of its definition.
func (s *Site) unitOf(ctx context.Context, l *register.Line) string {
	if l.Imported != nil && l.Imported.Unit != "" {
		return l.Imported.Unit
	}
	if d, ok := s.definitionOf(ctx, l); ok {
		return d.Unit
	}
	return "sessions"
}

// scaleOf is how many decimals a number has.
func (s *Site) scaleOf(ctx context.Context, l *register.Line) int {
	if l.Edition == nil {
		return 0 // taken in as a whole number
	}
	d, _ := s.definitionOf(ctx, l)
	return d.Scale()
}

// definitionOf is the definition a number was counted by; of a taken-in one, the
// definition in force then or, before there was any, the first.
func (s *Site) definitionOf(ctx context.Context, l *register.Line) (indicator.Definition, bool) {
	id, scope, _ := strings.Cut(l.Figure.Indicator, "@")
	book, err := s.book(ctx, scope)
	if err != nil {
		return indicator.Definition{}, false
	}
	if l.Edition != nil {
		return book.Named(id, l.Edition.Version)
	}
	if d, ok := book.InForce(id, l.Figure.Period.From); ok {
		return d, true
	}
	for _, d := range book.All() {
		if d.Indicator == id {
			return d, true
		}
	}
	return indicator.Definition{}, false
}

// liveValue counts a published quantity with everything that is known now, by its
// own rule.
func (s *Site) liveValue(ctx context.Context, l *register.Line) (indicator.Result, error) {
	_, scope, _ := strings.Cut(l.Figure.Indicator, "@")
	book, err := s.book(ctx, scope)
	if err != nil {
		return indicator.Result{}, err
	}
	q, err := book.Question(l.Figure.Asked(l.Edition))
	if err != nil {
		return indicator.Result{Value: l.Edition.Value}, nil // its rule is gone: verification says so
	}
	n, err := s.config.Figures.Value(ctx, q, projections.Newest)
	return n, missing(err)
}

func checkChip(w *locale.Words, e *figure.Edition) Chip {
	if len(e.Verified) == 0 {
		return Chip{"gray", "", w.Ledger.NotYet}
	}
	result := e.Verified[len(e.Verified)-1].Result
	text := w.Code("verification", result)
	if result == "ok" {
		return Chip{"green", "check", text}
	}
	return Chip{"red", "warn", text}
}

// links lead to the numbers before and after.
func links(w *locale.Words, all *register.Register, l *register.Line) (out []LedgerLink) {
	if l.Edition == nil {
		return nil
	}
	if before := all.Of(l.Stream, l.Edition.Replaces); before != nil && l.Edition.Replaces != 0 {
		out = append(out, LedgerLink{Word: w.Ledger.Earlier, Pair: Pair{Value: figureNumber(before.No), Href: figureHref(before.No)}})
	}
	if after := all.Of(l.Stream, l.Edition.ReplacedBy); after != nil && l.Edition.ReplacedBy != 0 {
		out = append(out, LedgerLink{Word: w.Ledger.Later, After: true, Pair: Pair{Value: figureNumber(after.No), Href: figureHref(after.No)}})
	}
	return out
}

// verifyAll replays the log for every published figure.
func (s *Site) verifyAll(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	position, err := s.config.Verifier.VerifyAll(r.Context(), v.Actor.Controller, v.ID)
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/ledger?at="+strconv.FormatUint(position, 10), http.StatusSeeOther)
	return nil
}
