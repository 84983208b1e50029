package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/figure"
	"ayumi/domain/register"
	"ayumi/infra/web/locale"
	"ayumi/projections"

	"github.com/google/uuid"
)

// published is the page of a number of the register: F-0008, or 8.
func (s *Site) published(w http.ResponseWriter, r *http.Request, v Visitor) error {
	no, err := strconv.Atoi(strings.TrimPrefix(r.PathValue("no"), "F-"))
	if err != nil {
		return ErrMissing
	}
	if err := s.await(r); err != nil {
		return err
	}
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return missing(err)
	}
	l := all.Line(no)
	if l == nil {
		return ErrMissing
	}
	if l.Figure == nil { // a cell of a sheet: the sheet is its page
		http.Redirect(w, r, "/sheets/"+strings.Join(sheetPath(l.Stream), "/"), http.StatusSeeOther)
		return nil
	}
	return s.showPublication(w, r, v, all, l, http.StatusOK, nil, nil)
}

// sheetPath is the fiscal year and the unit of a sheet's stream, as its address
// has them.
func sheetPath(stream string) []string {
	part := strings.Split(stream, ".")
	if len(part) < 2 {
		return part
	}
	return []string{part[1], part[0]}
}

// quantity is the page of a quantity with its newest edition, published or not.
func (s *Site) quantity(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	all, l, err := s.lineOf(r, v)
	if err != nil {
		return err
	}
	return s.showPublication(w, r, v, all, l, http.StatusOK, nil, nil)
}

// lineOf reads the register and the newest line or edition of the address.
func (s *Site) lineOf(r *http.Request, v Visitor) (*register.Register, *register.Line, error) {
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return nil, nil, missing(err)
	}
	stream := r.PathValue("stream")
	f := all.Figures[stream]
	if f == nil {
		return nil, nil, ErrMissing
	}
	if len(f.Editions) == 0 {
		return all, all.Of(stream, 0), nil
	}
	e := f.Editions[len(f.Editions)-1]
	if l := all.Of(stream, e.Edition); l != nil {
		return all, l, nil
	}
	return all, &register.Line{Kind: register.KindCounted, Stream: stream, Figure: f, Edition: e, On: e.ProposedOn}, nil
}

func (s *Site) showPublication(w http.ResponseWriter, r *http.Request, v Visitor, all *register.Register, l *register.Line, status int, faults []FieldError, fill func(*PublicationView)) error {
	view, err := s.publicationView(r, v, all, l)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
	}
	if fill != nil {
		fill(&view)
	}
	return s.show(w, r, status, "publication", "", view)
}

func (s *Site) publicationView(r *http.Request, v Visitor, all *register.Register, l *register.Line) (PublicationView, error) {
	w := v.W
	seen, err := s.read(r, v, Glance{Subject: l.Stream, Reason: "ledger", Classes: "P"}, nil, peopleOf(l.Figure)...)
	if err != nil {
		return PublicationView{}, err
	}
	var row LedgerRow
	s.say(r.Context(), w, l, &row)
	number := w.Ledger.Unpublished
	if l.No > 0 {
		number = figureNumber(l.No)
	}
	view := PublicationView{Page: s.page(r, v, "ledger", number+" "+row.What, "css/ledger.css"), Number: number, Name: row.What,
		Heading: w.Ledger.Heading(number, row.What), Value: row.Value, Unit: row.Unit, Period: row.Period, Behind: s.behind(r, v)}
	view.Crumbs = []Crumb{{w.Ledger.Title, "/ledger"}, {number, ""}}
	if l.Kind == register.KindImported {
		view.Source, view.Chips = true, []Chip{statusChip(w, l.Status())}
		view.Facts = importedFacts(w, l)
		return view, nil
	}
	e := l.Edition
	view.Chips = []Chip{{"gray", "", w.Code("edition_state", e.State)}}
	if e.Public() {
		view.Chips = []Chip{statusChip(w, e.Status)}
		if e.ReplacedBy != 0 {
			view.Chips = append(view.Chips, Chip{"gray", "", w.Code("edition_state", e.State)})
		}
	}
	if e.Synthetic {
		view.Chips = append(view.Chips, Chip{"yellow", "warn", w.Ledger.Synthetic})
	}
	if e.Trial {
		view.Chips = append(view.Chips, Chip{"yellow", "", w.Ledger.Trial})
	}
	view.Facts, view.Count = publishedFacts(w, seen, v, e), s.countedFacts(r.Context(), w, l)
	view.Mix, view.MixText = mix(e.Grades())
	for _, g := range gradeOrder {
		view.Grades = append(view.Grades, LegendKey{"e" + g, w.Ledger.Grades[g]})
	}
	if err := s.beside(r, v, l, &view); err != nil {
		return view, err
	}
	s.history(r.Context(), w, all, l, &view)
	for _, c := range slices.Backward(e.Verified) {
		view.Checks = append(view.Checks, w.Ledger.VerifiedBy(w.Code("verification", c.Result), w.DateTime(c.At), seen.name(v, c.By), c.Position))
	}
	if l.No > 0 && sealOf(l) != nil {
		view.Certificate = figureHref(l.No) + "/certificate"
	}
	view.Explained = s.explainedOf(r, v, seen, l)
	view.Act = s.actForm(r, v, l)
	if v.holds("AN") {
		view.Propose = "/ledger/new?" + proposalQuery(l).Encode()
	}
	return view, nil
}

// peopleOf are the accounts that had a hand in a figure.
func peopleOf(f *figure.Figure) (out []string) {
	for _, e := range f.Editions {
		out = append(out, e.ProposedBy, e.DecidedBy, e.PublishedBy)
		for _, c := range e.Verified {
			out = append(out, c.By)
		}
		for _, x := range e.Explained {
			out = append(out, x.By)
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(id string) bool { return id == "" })
}

func importedFacts(w *locale.Words, l *register.Line) []FigureFact {
	i := l.Imported
	out := []FigureFact{
		{Label: w.Ledger.PublishedOn, Value: w.Date(l.On)},
		{Label: w.Ledger.Period, Value: w.Difference.Range(w.Date(i.From), w.Date(i.To))},
		{Label: w.Ledger.UnitStated, Value: yesNo(w, i.UnitStated)},
		{Label: w.Ledger.Basis, Value: w.Code("comparison_basis", i.Basis)},
		{Label: w.Ledger.DocumentDigest, Mono: i.Document},
	}
	if i.Note != "" {
		out = append(out, FigureFact{Label: w.Ledger.Note, Value: i.Note})
	}
	return out
}

func yesNo(w *locale.Words, yes bool) string {
	if yes {
		return w.Ledger.Yes
	}
	return w.Ledger.No
}

func publishedFacts(w *locale.Words, seen reading, v Visitor, e *figure.Edition) (out []FigureFact) {
	add := func(label, value, mono string) {
		if value+mono != "" {
			out = append(out, FigureFact{Label: label, Value: value, Mono: mono})
		}
	}
	by := func(label, account, on string) {
		if account != "" {
			add(label, w.Ledger.ProposedBy(seen.name(v, account), on), "")
		}
	}
	if e.Public() {
		by(w.Ledger.Publisher, e.PublishedBy, w.Date(e.PublishedOn))
		add(w.Ledger.Outlet, w.Code("outlet", e.Outlet), "")
		add(w.Ledger.AsOf, e.AsOfText, "")
		add(w.Ledger.UnitStated, yesNo(w, e.UnitStated), "")
		add(w.Ledger.Basis, w.Code("comparison_basis", e.Basis), "")
		add(w.Ledger.DocumentDigest, "", e.Document)
		add(w.Ledger.Reason, e.Reason, "")
		add(w.Ledger.Note, e.Note, "")
	}
	if e.DecidedBy != "" {
		label := w.Ledger.Approver
		if e.State == figure.StateRejected {
			label = w.Code("edition_state", e.State)
		}
		by(label, e.DecidedBy, w.Date(e.DecidedOn))
	}
	if !e.Public() {
		add(w.Ledger.Reason, e.Why, "")
	}
	by(w.Ledger.Proposer, e.ProposedBy, w.Date(e.ProposedOn))
	return out
}

// countedFacts is how the edition was counted.
func (s *Site) countedFacts(ctx context.Context, w *locale.Words, l *register.Line) []FigureFact {
	e := l.Edition
	name := e.Version
	if d, ok := s.definitionOf(ctx, l); ok {
		name = d.Text[string(w.Language)] + " — " + e.Version
	}
	out := []FigureFact{
		{Label: w.Ledger.Period, Value: w.Difference.Range(w.Date(e.From), w.Date(e.To))},
		{Label: w.Ledger.KnownAt, Value: w.EndOfDay(e.KnownAt)},
		{Label: w.Ledger.Position, Value: "#" + strconv.Itoa(e.LogPosition)},
		{Label: w.Ledger.Definition, Value: name, Mono: e.Definition[:12]},
		{Label: w.Ledger.Members, Mono: e.Members[:12] + "…" + e.Members[60:]},
		{Label: w.Ledger.Near, Value: w.Number(e.NearMisses)},
	}
	if e.Anonymous != nil {
		out = append(out, FigureFact{Label: w.Ledger.Anonymous, Value: w.Number(*e.Anonymous)})
	}
	if e.Denominator != nil {
		out = append(out, FigureFact{Value: w.Number(valueOr(e.Numerator)) + "／" + w.Number(*e.Denominator)})
	}
	return out
}

// beside puts the value now beside the published one, and the ways to what was
// counted and to the difference.
func (s *Site) beside(r *http.Request, v Visitor, l *register.Line, view *PublicationView) error {
	e := l.Edition
	now, err := s.liveValue(r.Context(), l)
	if err != nil {
		return err
	}
	def, _ := s.definitionOf(r.Context(), l)
	view.Standing = &LiveFigure{Value: resultText(v.W, def, now), Unit: view.Unit, Text: v.W.Ledger.LiveSame}
	id, scope, _ := strings.Cut(l.Figure.Indicator, "@")
	switch {
	case now.Absent != "":
		view.Standing.Unit, view.Standing.Text = "", v.W.Code("absent_value", now.Absent)
	case now.Value != e.Value:
		view.Standing.Text = v.W.Ledger.LiveOther(signed(v.W, def, now.Value-e.Value))
	}
	if scope == s.scopeOf(v) {
		view.Members = "/indicators?fy=" + strconv.Itoa(int(yearOf(l))) + "&asof=" + e.KnownAt.String() + "&of=" + id + "&until=" + e.To.String()
		view.Compared = todayHref(l)
	}
	return nil
}

// history lists the editions, newest first, and the 正誤表 of those corrected.
func (s *Site) history(ctx context.Context, w *locale.Words, all *register.Register, l *register.Line, view *PublicationView) {
	for _, e := range slices.Backward(l.Figure.Editions) {
		row := EditionRow{Name: w.Ledger.Edition(e.Edition), Value: w.Decimal(e.Value, s.scaleOf(ctx, l)) + LedgerRow{Unit: view.Unit}.unit(w), KnownAt: w.PlainDate(e.KnownAt),
			State: Chip{"gray", "", w.Code("edition_state", e.State)}, Current: e == l.Edition}
		if e.Public() {
			at := all.Of(l.Stream, e.Edition)
			row.Number, row.Href, row.State = figureNumber(at.No), figureHref(at.No), statusChip(w, e.Status)
		}
		view.Editions = append(view.Editions, row)
		if e.Status != "corrected" {
			continue
		}
		old := l.Figure.Editions[e.Replaces-1]
		view.Errata = append(view.Errata, ErrataRow{Where: w.Code("outlet", old.Outlet) + " " + cmp.Or(old.AsOfText, view.Period), Wrong: w.Decimal(old.Value, s.scaleOf(ctx, l)),
			Right: w.Decimal(e.Value, s.scaleOf(ctx, l)), Reason: e.Reason, Note: e.Note, On: w.PlainDate(e.PublishedOn)})
	}
}

// actForm is what the visitor may do with the newest edition.
func (s *Site) actForm(r *http.Request, v Visitor, l *register.Line) *ActForm {
	w, e := v.W, l.Edition
	if e != l.Figure.Editions[len(l.Figure.Editions)-1] || e.State != figure.StateProposed && e.State != figure.StateApproved {
		return nil
	}
	out := &ActForm{Base: quantityHref(l), Edition: e.Edition, CommandID: uuid.NewString()}
	if version, err := s.versionOf(r, projections.Entry{Stream: "figure-" + l.Stream}); err == nil {
		out.Expected = strconv.FormatUint(version, 10)
	}
	if e.State == figure.StateProposed {
		out.Own = e.ProposedBy == v.ID
		out.Approve, out.Reject, out.Withdraw = v.holds("MG") && !out.Own, v.holds("MG"), v.holds("AN")
		return out
	}
	if !v.holds("AN", "MG") {
		return nil
	}
	value := w.Decimal(e.Value, s.scaleOf(r.Context(), l)) + LedgerRow{Unit: w.Code("unit", s.unitOf(r.Context(), l))}.unit(w)
	p := &PublishForm{Text: w.Ledger.PublishText(value)}
	for _, st := range []string{"preliminary", "final"} {
		p.Statuses = append(p.Statuses, Option{Value: st, Text: w.Code("figure_status", st)})
	}
	for _, o := range []string{"workplan", "national_survey", "press", "assembly", "website", "internal"} {
		if o == "internal" || !e.Trial {
			p.Outlets = append(p.Outlets, Option{Value: o, Text: w.Code("outlet", o)})
		}
	}
	for _, b := range []string{"none", "like_for_like", "differs", "unknown"} {
		p.Bases = append(p.Bases, Option{Value: b, Text: w.Code("comparison_basis", b)})
	}
	for _, old := range l.Figure.Editions {
		if v.holds("MG") && (old.State == figure.StatePublished || old.State == figure.StateCorrection) {
			p.Correct, p.Replaces, p.CorrText = true, old.Edition, w.Ledger.CorrectText(value)
		}
	}
	out.Publish = p
	return out
}
