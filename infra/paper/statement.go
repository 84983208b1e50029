package paper

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/document"
	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/register"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// statedBy is the event behind each text that may state figures: by the
// beginning of the key of its datum.
func statedBy(list []projections.Entry) map[string]projections.Entry {
	out := map[string]projections.Entry{}
	for _, e := range list {
		switch e.Type {
		case "workplan.initiative_recorded":
			no, _ := e.Facts.Int("no")
			out["initiative."+strconv.FormatInt(no, 10)] = e
		case "workplan.evaluated":
			out["evaluation."+e.Facts.Text("kind")] = e
		}
	}
	return out
}

// finder finds the figures that the sentences of a sheet state.
type finder struct {
	press   *Press
	book    *indicator.Book // of the sheet's scope and position
	w       *locale.Words
	sheet   *workplan.Sheet
	entries map[string]projections.Entry
	version int // of the printing
}

// find answers the figures in a line, and what is typed by hand beside them.
func (f *finder) find(key, line string) []workplan.Found {
	out := f.stated(key, line)
	if f.version < workplan.TypedMarked {
		return out
	}
	return append(out, f.typed(line, out)...)
}

// typed answers the numbers of a line that nothing stands behind. Days, spans of
// time, ordinals and the like count nothing and are no such numbers.
func (f *finder) typed(line string, stated []workplan.Found) (out []workplan.Found) {
	signs := []rune(line)
	for _, t := range document.Find(document.Lines(line)) {
		from := len(string(signs[:t.From]))
		to := from + len(string(signs[t.From:t.To]))
		if !t.IsFigure() || slices.ContainsFunc(stated, func(s workplan.Found) bool { return from < s.To && s.From < to }) {
			continue
		}
		g := workplan.Figure{Name: f.w.Printed.TypedName, State: workplan.FigureTyped, UnitStated: t.Unit != ""}
		if g.UnitStated {
			g.Unit = f.w.Code("unit", t.Unit)
		}
		if t.Kind == document.Figure && t.Scale == 0 && !t.Unread {
			value := int(t.Value)
			g.Value = &value
		}
		out = append(out, workplan.Found{From: from, To: to, Figure: g})
	}
	return out
}

// stated answers the figures in a line: the value, and that of the year before,
// whose period the sheet does not say.
func (f *finder) stated(key, line string) (out []workplan.Found) {
	at := strings.LastIndex(key, ".")
	if at < 0 {
		return nil
	}
	e, ok := f.entries[key[:at]]
	if !ok {
		return nil
	}
	for _, st := range locale.FindAllStated(f.book, line, f.sheet.FiscalYear()) {
		def := st.Definition
		name := def.Name[string(f.w.Language)]
		known := japan.DateOf(e.RecordedAt).String()
		value := workplan.Figure{
			Name: name, Value: &st.Value, Unit: cmp.Or(st.Unit, f.w.Code("unit", def.Unit)), UnitStated: st.Unit != "", At: f.w.ShortDate(st.Until), Indicator: def.Indicator,
			Version: def.Version, Digest: def.Digest(), Scope: f.scope(e.Controller), From: f.sheet.FiscalYear().First().String(), Until: st.Until.String(),
			Position: e.Position, KnownAt: known,
			Href: "/indicators?" + url.Values{"fy": {strconv.Itoa(f.sheet.Head.FY)}, "of": {def.Indicator}, "until": {st.Until.String()}, "asof": {known}}.Encode(),
		}
		out = append(out, workplan.Found{From: st.From, To: st.To, Figure: value})
		if st.HasPrevious {
			out = append(out, workplan.Found{From: st.PrevFrom, To: st.PrevTo, Figure: workplan.Figure{
				Name: name + "\u3000" + f.w.Indicator.Previous(""), Value: &st.Previous, Indicator: def.Indicator, Unit: f.w.Code("unit", def.Unit),
				Position: e.Position, KnownAt: known, State: workplan.FigureTimeless,
			}})
		}
	}
	return out
}

// scope is where the figures of the sheet are counted: the desk its indicators
// name, else the whole controller.
func (f *finder) scope(controller string) string {
	for _, no := range workplan.Numbers(f.sheet.Indicators) {
		if _, desk, ok := strings.Cut(f.sheet.Indicators[no].Indicator, "@"); ok {
			return desk
		}
	}
	return controller
}

// recount counts every stated figure again, to its own day, with the records
// there were when it was stated.
func (f *finder) recount(ctx context.Context, figures []workplan.Figure) error {
	for i := range figures {
		g := &figures[i]
		if g.State != "" || g.Until == "" {
			continue
		}
		def, ok := f.book.Named(g.Indicator, g.Version)
		until, err := japan.ParseDate(g.Until)
		if err != nil || !ok {
			return err
		}
		q := indicator.Question{Definition: def, Scope: g.Scope, Period: f.sheet.FiscalYear().Until(until)}
		n, err := f.press.Figures.Value(ctx, q, g.Position)
		if err != nil {
			return err
		}
		g.State = workplan.FigureDiffers
		if n.Absent != "" {
			continue
		}
		if g.Recounted = &n.Value; n.Value == *g.Value {
			g.State = workplan.FigureEqual
		}
	}
	return nil
}

// refer names, for every stated figure, the edition in the register of figures
// that was approved or published with this value when the paper was known.
func (f *finder) refer(ctx context.Context, figures []workplan.Figure, last projections.Entry) error {
	events, err := f.press.Streams.Events(ctx, "figure")
	if err != nil {
		return err
	}
	all := register.New(last.Controller)
	for _, rec := range events {
		if rec.Position > last.Position {
			break
		}
		if err := all.Add(rec); err != nil {
			return err
		}
	}
	for i := range figures {
		if figures[i].Until != "" {
			figures[i].Register, figures[i].Edition = named(all, figures[i])
		}
	}
	return nil
}

// named finds the newest edition of a figure that stands for a stated value; of
// several streams the first by name.
func named(all *register.Register, g workplan.Figure) (stream string, edition *int) {
	for _, id := range slices.Sorted(maps.Keys(all.Figures)) {
		x := all.Figures[id]
		if x.Indicator != g.Indicator+"@"+g.Scope || x.Period.From.String() != g.From || x.Period.To.String() != g.Until {
			continue
		}
		for no, e := range slices.Backward(x.Editions) {
			if e.Value == *g.Value && slices.Contains([]string{figure.StateApproved, figure.StatePublished, figure.StateCorrection}, e.State) {
				no++
				return id, &no
			}
		}
	}
	return "", nil
}
