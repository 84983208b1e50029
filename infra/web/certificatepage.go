package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/figure"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/register"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
)

// CertificateView is the certificate of a sealed figure, as a page and as paper.
type CertificateView struct {
	Page
	Number, Heading string
	Value, Unit     string
	Period          string
	Sections        []CertificateSection
	Back, PDF       string
	Verify          string // where its year is verified, for who may
	Foot            []string
}

// CertificateSection is one part of it: facts, a text in one width, or sentences.
type CertificateSection struct {
	ID, Title string
	Facts     []Pair
	Mono      string // byte for byte, as it is signed
	Text      []string
	Steps     bool // the sentences are steps
}

// sealOf is the newest seal of an edition; nil if it has none.
func sealOf(l *register.Line) *figure.SealHeld {
	if l.Figure == nil || l.Edition == nil {
		return nil
	}
	for _, h := range slices.Backward(l.Figure.Seals) {
		if h.Edition == l.Edition.Edition {
			return h
		}
	}
	return nil
}

// certificate shows what proves a published figure.
func (s *Site) certificate(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view, _, err := s.certificateView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "certificate", "", view)
}

// certificateFile is the same on paper.
func (s *Site) certificateFile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if r.PathValue("kind") != "pdf" {
		return ErrMissing
	}
	view, position, err := s.certificateView(r, v)
	if err != nil {
		return err
	}
	file, err := s.config.Press.Print(s.certificatePaper(v.W, view, position), "pdf")
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", file.Type)
	h.Set("Content-Disposition", `attachment; filename="ayumi_`+view.Number+`_certificate.pdf"`)
	_, err = w.Write(file.Bytes)
	return err
}

func (s *Site) certificateView(r *http.Request, v Visitor) (CertificateView, uint64, error) {
	no, err := strconv.Atoi(strings.TrimPrefix(r.PathValue("no"), "F-"))
	if err != nil {
		return CertificateView{}, 0, ErrMissing
	}
	if err := s.await(r); err != nil {
		return CertificateView{}, 0, err
	}
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return CertificateView{}, 0, missing(err)
	}
	l := all.Line(no)
	if l == nil || sealOf(l) == nil {
		return CertificateView{}, 0, ErrMissing
	}
	held := sealOf(l)
	seal, err := ledger.ReadSeal(held.Seal)
	if err != nil {
		return CertificateView{}, 0, err
	}
	keys, err := s.config.Proofs.Keys(r.Context())
	if err != nil {
		return CertificateView{}, 0, err
	}
	seen, err := s.config.Proofs.Witnessing(r.Context())
	if err != nil {
		return CertificateView{}, 0, err
	}
	w, t := v.W, &v.W.Verify
	var row LedgerRow
	s.say(r.Context(), w, l, &row)
	view := CertificateView{Page: s.page(r, v, "ledger", t.CertificateOf(figureNumber(no)), "css/verify.css"), Number: figureNumber(no), Heading: row.What,
		Value: row.Value, Unit: row.unit(w), Period: w.Difference.Range(w.Date(l.Edition.From), w.Date(l.Edition.To)), Back: figureHref(no), PDF: figureHref(no) + "/certificate/pdf"}
	view.Crumbs = []Crumb{{w.Ledger.Title, "/ledger"}, {view.Number, view.Back}, {t.Certificate, ""}}
	year, witnessed := japan.FiscalYearOf(l.Figure.Period.From), t.NoWitness
	if len(seen.Names) > 0 {
		witnessed = t.Witnessed(strings.Join(seen.Names, w.Calendar.Comma), int(seen.Size), seen.Quorum)
	}
	view.Sections = []CertificateSection{
		{ID: "figure", Title: t.TheFigure, Facts: s.certifiedFigure(r, w, l, row, seal)},
		{ID: "seal", Title: t.TheSeal, Facts: sealFacts(w, held, seal), Text: []string{t.SealText}, Mono: held.Seal},
		{ID: "tree", Title: t.TheTree, Facts: []Pair{
			{Label: t.TreeSize, Value: t.EventsN(int(seal.Tree.N))}, {Label: t.TreeRoot, Value: rootText(seal.Tree.Hash)},
		}, Text: []string{t.CheckpointText}, Mono: held.Checkpoint},
		{ID: "witnesses", Title: t.Witnesses, Text: []string{witnessed}},
		{ID: "keys", Title: t.Keys, Text: []string{t.KeysText}, Mono: keys},
		{ID: "check", Title: t.ByHand, Text: t.Steps(w.FiscalYearShort(year), "FY"+strconv.Itoa(int(year))+".figures.zip"), Steps: true},
		{ID: "limits", Title: t.LimitsTitle, Text: t.Limits},
	}
	if v.holds(verifiers...) {
		view.Verify = "/verify?fy=" + strconv.Itoa(int(year)) + "#years"
	}
	view.Foot = t.CertificateFoot(w.DateTime(s.config.Now()), int(held.Position))
	return view, held.Position, nil
}

// certifiedFigure is the number with the rule and the events it was counted by.
func (s *Site) certifiedFigure(r *http.Request, w *locale.Words, l *register.Line, row LedgerRow, seal *ledger.Seal) []Pair {
	e, t := l.Edition, &w.Verify
	name := seal.Version
	if d, ok := s.definitionOf(r.Context(), l); ok {
		name = d.Text[string(w.Language)] + " — " + seal.Version
	}
	out := []Pair{
		{Label: w.Ledger.Number, Value: figureNumber(l.No)},
		{Label: w.Ledger.Indicator, Value: row.What + " (" + seal.Indicator + ")"},
		{Label: w.Ledger.Value, Value: row.Value + row.unit(w)},
		{Label: w.Ledger.Period, Value: w.Difference.Range(w.Date(e.From), w.Date(e.To))},
		{Label: w.Ledger.Status, Value: w.Code("figure_status", e.Status)},
		{Label: w.Ledger.PublishedOn, Value: w.Date(e.PublishedOn) + "\u3000" + w.Code("outlet", e.Outlet)},
		{Label: w.Ledger.KnownAt, Value: w.EndOfDay(e.KnownAt) + "\u3000#" + strconv.Itoa(e.LogPosition)},
		{Label: w.Ledger.Definition, Value: name},
		{Label: t.DefinitionDigest, Value: seal.Definition},
		{Label: t.MemberCount, Value: w.Number(seal.Members)},
		{Label: w.Ledger.Members, Value: seal.MembersSum},
	}
	if seal.Over != "-" {
		out = slices.Insert(out, 3, Pair{Label: t.Over, Value: strings.ReplaceAll(seal.Over, "/", "／")})
	}
	return out
}

func sealFacts(w *locale.Words, held *figure.SealHeld, seal *ledger.Seal) []Pair {
	t := &w.Verify
	link := func(digest, none string) string {
		if digest == "-" {
			return none
		}
		return digest
	}
	sealed := seal.Date
	if d, err := japan.ParseDate(seal.Date); err == nil {
		sealed = w.Date(d)
	}
	return []Pair{
		{Label: t.SealedOn, Value: sealed},
		{Label: t.SealDigest, Value: held.Digest},
		{Label: t.SealPosition, Value: "#" + strconv.FormatUint(held.Position, 10)},
		{Label: t.Previous, Value: link(seal.Previous, t.NoPrevious)},
		{Label: t.Replaces, Value: link(seal.Replaces, t.NoReplaces)},
	}
}

// certificatePaper lays a certificate out for print.
func (s *Site) certificatePaper(w *locale.Words, v CertificateView, position uint64) workplan.Paper {
	text := func(lines ...string) (out []workplan.Paragraph) {
		for _, l := range lines {
			out = append(out, workplan.Paragraph{Runs: []workplan.Run{{Text: l}}})
		}
		return out
	}
	doc := workplan.Document{Sheet: "certificate", Language: string(w.Language), Title: w.Verify.CertificateOf(v.Number)}
	doc.Blocks = append(doc.Blocks, workplan.Block{Text: text(v.Heading + "\u3000" + v.Value + v.Unit + "\u3000" + v.Period)})
	for _, section := range v.Sections {
		doc.Blocks = append(doc.Blocks, workplan.Block{Level: 1, ID: section.ID, Title: section.Title})
		if len(section.Facts) > 0 {
			table := &workplan.Table{Caption: section.Title, Widths: []int{28, 72}}
			for _, f := range section.Facts {
				table.Rows = append(table.Rows, []workplan.Cell{{Head: "row", Span: 1, Text: text(f.Label)}, {Span: 1, Text: text(f.Value)}})
			}
			doc.Blocks = append(doc.Blocks, workplan.Block{Table: table})
		}
		lines := text(section.Text...)
		for i := range lines {
			if section.Steps {
				lines[i].Item = strconv.Itoa(i + 1)
			}
		}
		if len(lines) > 0 {
			doc.Blocks = append(doc.Blocks, workplan.Block{Text: lines})
		}
		if section.Mono != "" {
			doc.Blocks = append(doc.Blocks, workplan.Block{Small: true, Text: text(strings.Split(strings.TrimRight(section.Mono, "\n"), "\n")...)})
		}
	}
	now := s.config.Now()
	margin := [2]string{w.Verify.CertificateMark, v.Number + "\u3000" + w.DateTime(now)}
	if s.config.Sample {
		margin[0] = w.Printed.Sample + "\u3000" + margin[0]
	}
	return workplan.Paper{Document: doc, Sample: s.config.Sample, Position: position, At: now, Known: japan.DateOf(now), Margin: margin, Foot: v.Foot}
}
