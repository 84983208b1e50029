package web

import (
	"cmp"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/document"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// Documents sets the figures of a document beside the register of a controller.
// Nothing of the document is kept.
type Documents interface {
	Reconcile(ctx context.Context, controller, name string, raw []byte, year japan.FiscalYear) (document.Text, document.Report, error)
}

var reconcileReaders = []string{"AN", "MG", "AU"}

// reconcileRoutes are the pages of the reconciler.
func (s *Site) reconcileRoutes() {
	s.staff("GET /documents", s.reconciler, reconcileReaders...)
	s.staff("POST /documents", s.reconcile, reconcileReaders...)
}

// mostUpload is above what a reader takes, whose refusal names the limit.
const mostUpload = 11 << 20

// reconciler asks for a document.
func (s *Site) reconciler(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.show(w, r, http.StatusOK, "reconcile", "", s.reconcileView(r, v, 0))
}

func (s *Site) reconcileView(r *http.Request, v Visitor, year japan.FiscalYear) ReconcileView {
	view := ReconcileView{Page: s.page(r, v, "ledger", v.W.Documents.Title, "css/reconcile.css")}
	view.Here = "/documents"
	view.Years = []Option{{Text: v.W.Documents.YearRead, Chosen: year == 0}}
	now := s.config.Now
	for y := japan.FiscalYearOf(japan.DateOf(now())); y > 2008; y-- {
		view.Years = append(view.Years, Option{Value: strconv.Itoa(int(y)), Text: v.W.FiscalYearShort(y), Chosen: y == year})
	}
	return view
}

// given is a document as it was sent.
type given struct {
	name string
	raw  []byte
	text string // as pasted
	year japan.FiscalYear
}

// reconcile reads the document that was sent and shows what came of it.
func (s *Site) reconcile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	doc, err := readDocument(w, r)
	view := s.reconcileView(r, v, doc.year)
	view.Text = doc.text
	if err == nil {
		err = s.reconciled(r, v, doc, &view)
	}
	if faults, ok := faultsOf(v.W, err, map[string]string{"document": "file", "text": "text", "fy": "fy"}); ok {
		view.Errors = newErrors(v.W, faults...)
		return s.show(w, r, http.StatusUnprocessableEntity, "reconcile", "", view)
	}
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "reconcile", "", view)
}

// readDocument reads the parts of the form one by one into memory: a file that is
// sent is never written to disk.
func readDocument(w http.ResponseWriter, r *http.Request) (given, error) {
	var out given
	r.Body = http.MaxBytesReader(w, r.Body, mostUpload)
	parts, err := r.MultipartReader()
	if err != nil {
		return out, domain.RefuseField("document.none", "document")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = out.take(part)
		}
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			return out, domain.RefuseField("document.too_large", "document", "most", strconv.Itoa(mostUpload>>20-1))
		case len(refusals(err)) > 0:
			return out, err
		case err != nil:
			return out, ErrMissing
		}
	}
	pasted := strings.TrimSpace(out.text) != ""
	switch {
	case pasted && out.raw != nil:
		return out, domain.RefuseField("document.both", "document")
	case pasted:
		out.raw = []byte(out.text)
	case out.raw == nil:
		return out, domain.RefuseField("document.none", "text")
	}
	return out, nil
}

func (g *given) take(part *multipart.Part) error {
	raw, err := io.ReadAll(part)
	if err != nil {
		return err
	}
	switch part.FormName() {
	case "text":
		g.text = string(raw)
	case "file":
		if part.FileName() != "" {
			g.name, g.raw = part.FileName(), raw
		}
	case "fy":
		if len(raw) == 0 {
			return nil
		}
		year, err := japan.ParseFiscalYear(string(raw))
		if err != nil {
			return domain.RefuseField("period.unreadable", "fy")
		}
		g.year = year
	}
	return nil
}

func (s *Site) reconciled(r *http.Request, v Visitor, doc given, view *ReconcileView) error {
	text, report, err := s.config.Reconcile(r.Context(), v.Actor.Controller, doc.name, doc.raw, doc.year)
	if err != nil {
		return missing(err)
	}
	w := v.W
	out := &ReconcileResult{Heading: w.Documents.Found(len(report.Findings), len(report.Rest)), ReadAs: readAs(w, doc, text, report)}
	for _, x := range text.Refused {
		out.Refused = append(out.Refused, w.Refusal(x.Key, x.Field, x.Args))
	}
	laidOut(w, text, report, out)
	view.Result = out
	return nil
}

// laidOut fills in what was found: counts, lists, the text with its marks.
func laidOut(w *locale.Words, text document.Text, report document.Report, out *ReconcileResult) {
	order := numbered(report)
	for _, state := range document.States {
		n := report.Count(state)
		chip := stateChip(w, state)
		count := FindingCount{Chip: chip, N: w.Number(n), Text: w.Documents.StateTexts[string(state)]}
		if n > 0 {
			count.Href = "#" + string(state)
			out.Groups = append(out.Groups, findingGroup(w, report, order, state))
		}
		out.Counts = append(out.Counts, count)
	}
	marked(w, text, report, order, out)
	out.Rest = rest(w, report)
}

// readAs says what the document was read as.
func readAs(w *locale.Words, doc given, text document.Text, report document.Report) []string {
	d := &w.Documents
	what := d.Formats[text.Format]
	if e := d.Encodings[text.Encoding]; e != "" && doc.name != "" {
		what += w.Calendar.Comma + e
	}
	if text.Pages > 0 {
		what += w.Calendar.Comma + d.Pages(text.Pages)
	}
	out := []string{d.ReadAs(what)}
	if doc.name != "" {
		out = append([]string{doc.name}, out...)
	}
	if report.Year > 0 {
		return append(out, d.ReadBy(w.FiscalYearShort(report.Year)))
	}
	return append(out, d.NoYear)
}

// numbered gives every finding its number: in the order of the list.
func numbered(report document.Report) map[int]int {
	out := map[int]int{}
	for _, state := range document.States {
		for i, f := range report.Findings {
			if f.State == state {
				out[i] = len(out) + 1
			}
		}
	}
	return out
}

func stateChip(w *locale.Words, s document.State) Chip {
	kind := map[document.State][2]string{
		document.Match: {"green", "check"}, document.OtherTime: {"yellow", "clock"}, document.Different: {"red", "warn"}, document.Unknown: {"gray", "search"},
	}[s]
	return Chip{kind[0], kind[1], w.Documents.States[string(s)]}
}

func findingGroup(w *locale.Words, report document.Report, order map[int]int, state document.State) FindingGroup {
	out := FindingGroup{ID: string(state), Chip: stateChip(w, state), Heading: w.Documents.StateTexts[string(state)]}
	for i, f := range report.Findings {
		if f.State != state {
			continue
		}
		no := strconv.Itoa(order[i])
		row := FindingRow{No: no, ID: "r" + no, Mark: "#m" + no, Place: placeName(w, f.Place), Before: f.Before, Value: f.Text, After: f.After}
		if f.Known != nil {
			k := knownValue(w, f.Known)
			row.Known = &k
		}
		for _, o := range f.Others {
			row.Others = append(row.Others, knownValue(w, o))
		}
		for _, why := range f.Why {
			row.Reasons = append(row.Reasons, w.Documents.Reason(why.Code, why.Word))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func placeName(w *locale.Words, p document.Place) string {
	d := &w.Documents
	switch {
	case p.Cell != "":
		return d.Cell(p.Sheet, p.Cell)
	case p.Page > 0:
		return d.Page(p.Page) + w.Calendar.Comma + d.Line(p.Line)
	}
	return d.Line(p.Line)
}

// knownValue puts a value on record into words: what it is, of when, and where
// it is shown.
func knownValue(w *locale.Words, k *document.Known) KnownValue {
	out := KnownValue{Value: w.Number(int(k.Value)), Status: w.Documents.Statuses[k.Status]}
	switch {
	case k.Of > 0:
		out.Value += "/" + w.Number(int(k.Of))
	case k.Unit == "yen":
		out.Value = w.Documents.Yen(out.Value)
	case k.Scale > 0:
		out.Value = spelled(k.Value, k.Scale) + w.Code("unit", k.Unit)
	case k.Unit != "":
		out.Value = w.Sized(int(k.Value), k.Unit)
	}
	parts := []string{knownName(w, k)}
	if k.From > 0 {
		parts = append(parts, periodOf(w, japan.Period{From: k.From, To: k.To}))
	}
	out.Text = strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), w.Calendar.Comma)
	switch {
	case k.Line > 0:
		out.Ref = &Pair{Value: figureNumber(k.Line), Href: figureHref(k.Line)}
	case k.Sheet != "":
		out.Ref = &Pair{Value: w.Sheet.Breadcrumb, Href: sheetOf(k.Sheet)}
	}
	if k.Superseded > 0 {
		out.Later = &Pair{Value: figureNumber(k.Superseded), Href: figureHref(k.Superseded)}
	}
	return out
}

// spelled writes a value with its decimals: 148 at scale 1 is 14.8.
func spelled(value int64, scale int) string {
	digits := strconv.FormatInt(value, 10)
	for len(digits) <= scale {
		digits = "0" + digits
	}
	return digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

func knownName(w *locale.Words, k *document.Known) string {
	role := w.Documents.Roles[string(k.Role)]
	if k.Indicator == k.Sheet && k.Sheet != "" {
		return role
	}
	name := quantityName(w, k.Indicator)
	if k.Role == document.Actual {
		return name
	}
	return name + w.Calendar.Comma + role
}

// periodOf names a fiscal year by its name, any other period by its ends.
func periodOf(w *locale.Words, p japan.Period) string {
	year := japan.FiscalYearOf(p.From)
	if p == year.Whole() {
		return w.FiscalYearShort(year)
	}
	return w.Difference.Range(w.PlainDate(p.From), w.PlainDate(p.To))
}

// sheetOf is the address of a sheet by its stream: unit, year, number.
func sheetOf(stream string) string {
	parts := strings.Split(stream, ".")
	if len(parts) < 3 {
		return "/sheets"
	}
	href := "/sheets/" + parts[1] + "/" + parts[0]
	if parts[2] != "1" {
		href += "?no=" + parts[2]
	}
	return href
}

// mostLines is how many lines are shown whole; of a longer document only those
// with figures.
const mostLines = 300

// marked lays the document out with its figures marked.
func marked(w *locale.Words, text document.Text, report document.Report, order map[int]int, out *ReconcileResult) {
	of := map[int][]int{}
	for i, f := range report.Findings {
		of[f.Piece] = append(of[f.Piece], i)
	}
	left := 0
	for p, piece := range text.Pieces {
		if len(of[p]) == 0 && (len(text.Pieces) > mostLines || piece.Cell != "" || strings.TrimSpace(piece.Text) == "") {
			if strings.TrimSpace(piece.Text) != "" {
				left++
			}
			continue
		}
		line := MarkedLine{Place: placeName(w, piece.Place), Head: strings.Join(piece.Heads, w.Calendar.Comma)}
		words, at := []rune(piece.Text), 0
		for _, i := range of[p] {
			f := report.Findings[i]
			no := strconv.Itoa(order[i])
			line.Runs = append(line.Runs, MarkedRun{Text: string(words[at:f.From])}, MarkedRun{Text: f.Text, No: no, State: string(f.State),
				Sign: w.Documents.Signs[string(f.State)], ID: "m" + no, Href: "#r" + no, Label: w.Documents.States[string(f.State)]})
			at = f.To
		}
		line.Runs = append(line.Runs, MarkedRun{Text: string(words[at:])})
		out.Lines = append(out.Lines, line)
	}
	if left > 0 {
		out.Short = w.Documents.Shortened(left)
	}
}

// mostRest is how many numbers that are no figures are named of each kind.
const mostRest = 30

// rest names what is no figure, by kind.
func rest(w *locale.Words, report document.Report) []Pair {
	texts := map[document.Kind][]string{}
	n := map[document.Kind]int{}
	var kinds []document.Kind
	for _, t := range report.Rest {
		if n[t.Kind]++; n[t.Kind] == 1 {
			kinds = append(kinds, t.Kind)
		}
		if text := strings.TrimSpace(t.Text); len(texts[t.Kind]) < mostRest && !slices.Contains(texts[t.Kind], text) {
			texts[t.Kind] = append(texts[t.Kind], text)
		}
	}
	slices.SortStableFunc(kinds, func(a, b document.Kind) int { return cmp.Compare(n[b], n[a]) })
	var out []Pair
	for _, k := range kinds {
		out = append(out, Pair{Label: w.Documents.Kinds[string(k)] + " " + w.Number(n[k]), Value: strings.Join(texts[k], "　")})
	}
	return out
}
