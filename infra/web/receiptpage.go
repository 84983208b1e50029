package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"ayumi/domain/receipt"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

func (s *Site) receiptRoutes() {
	s.open("GET /receipt", s.receiptAsk)
	s.open("POST /receipt", s.receiptAnswer)
	s.open("POST /receipt/proof", s.receiptProof)
	s.open("GET /receipt/key", s.receiptKey)
	s.staff("GET /records/{no}/receipt", s.slip, "CO", "LD")
	s.staff("GET /records/{no}/receipt/pdf", s.slipPDF, "CO", "LD")
}

func (s *Site) receiptView(r *http.Request, v Visitor) ReceiptView {
	view := ReceiptView{Page: s.page(r, v, "", v.W.Receipts.AskTitle, "css/receipt.css")}
	view.Home, view.Here = "/receipt", "/receipt"
	return view
}

// receiptAsk is where anybody types a code. Nobody signs in for it.
func (s *Site) receiptAsk(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.show(w, r, http.StatusOK, "receipt", "", s.receiptView(r, v))
}

// receiptAnswer answers a code. It travels in the body and is neither in the address
// nor in any log.
func (s *Site) receiptAnswer(w http.ResponseWriter, r *http.Request, v Visitor) error {
	answer, view, status, err := s.askReceipt(w, r, v)
	if err != nil {
		return err
	}
	if status == http.StatusOK {
		view.Answer = s.receiptAnswered(v, answer)
	}
	return s.show(w, r, status, "receipt", "", view)
}

// askReceipt asks for the code of a form; what is wrong with it stands in the view.
func (s *Site) askReceipt(w http.ResponseWriter, r *http.Request, v Visitor) (receipt.Answer, ReceiptView, int, error) {
	view := s.receiptView(r, v)
	if s.config.Receipts == nil {
		return receipt.Answer{}, view, 0, ErrMissing
	}
	if err := readForm(w, r); err != nil {
		return receipt.Answer{}, view, 0, err
	}
	view.Typed = r.PostFormValue("code")
	answer, err := s.config.Receipts.Ask(r.Context(), view.Typed, remote(r))
	if err == nil {
		return answer, view, http.StatusOK, nil
	}
	faults, ok := faultsOf(v.W, err, map[string]string{"code": "code"})
	if !ok {
		return answer, view, 0, err
	}
	view.Errors = newErrors(v.W, faults...)
	for _, refusal := range refusals(err) {
		if seconds := refusal.Args["seconds"]; seconds != "" {
			w.Header().Set("Retry-After", seconds)
			return answer, view, http.StatusTooManyRequests, nil
		}
	}
	return answer, view, http.StatusUnprocessableEntity, nil
}

// receiptProof is the proof of the record as a file.
func (s *Site) receiptProof(w http.ResponseWriter, r *http.Request, v Visitor) error {
	answer, view, status, err := s.askReceipt(w, r, v)
	switch {
	case err != nil:
		return err
	case status != http.StatusOK:
		return s.show(w, r, status, "receipt", "", view)
	case answer.Proof == nil: // meanwhile it became a fork, or it never had one
		view.Answer = s.receiptAnswered(v, answer)
		return s.show(w, r, http.StatusConflict, "receipt", "", view)
	}
	return saveText(w, "receipt-"+strconv.FormatUint(answer.Position, 10)+".tlog-proof", answer.Proof)
}

// receiptKey is the public key by which anybody checks a proof, as ayumi-verify reads
// it.
func (s *Site) receiptKey(w http.ResponseWriter, _ *http.Request, _ Visitor) error {
	if s.config.Sealing == nil {
		return ErrMissing
	}
	t := s.config.Sealing.Tree()
	if t.Key == "" {
		return ErrMissing
	}
	return saveText(w, "ayumi-log-key.txt", []byte("log "+t.Key+"\n"))
}

// stateChips mark what became of a consultation.
var stateChips = map[string]Chip{
	receipt.StateCounted: {"green", "check", ""}, receipt.StateNot: {"gray", "note", ""}, receipt.StateVoided: {"red", "warn", ""},
	receipt.StateWaiting: {"blue", "clock", ""}, receipt.StateLost: {"red", "warn", ""},
}

// receiptAnswered puts an answer in words.
func (s *Site) receiptAnswered(v Visitor, a receipt.Answer) *ReceiptAnswer {
	w := &v.W.Receipts
	out := &ReceiptAnswer{Code: a.Code.String(), State: stateChips[a.State], Heading: w.States[a.State], Text: w.StateTexts[a.State], Why: w.Why(v.W, a.Standing)}
	out.State.Text = out.Heading
	if a.State == receipt.StateLost {
		return out
	}
	out.Facts = []Pair{{Label: w.Held, Value: w.Day(v.W, a.From, a.To)}, {Label: w.Office, Value: v.W.Code("desk", a.Desk)}, {Label: w.Kind, Value: w.Kinds[a.Kind]}}
	if a.Corrected {
		out.Notes = append(out.Notes, w.Corrected)
	}
	if a.Moved {
		out.Notes = append(out.Notes, w.Moved)
	}
	if a.Partial {
		out.Partial = w.Partial
	}
	for _, f := range a.Figures {
		out.Figures = append(out.Figures, receiptFigure(v.W, f))
	}
	switch {
	case a.Fork:
		out.NoProof = w.Fork
	case a.Proof == nil:
		out.NoProof = w.Waiting
	default:
		out.Under, out.Fingerprint = w.Under(int(a.Under)), receipt.Fingerprint(a.Leaf)
		if s.config.Sealing != nil {
			if t := s.config.Sealing.Tree(); t.Size == a.Under {
				out.Root = rootText(t.Root)
			}
		}
	}
	return out
}

func receiptFigure(w *locale.Words, f receipt.Figure) ReceiptFigure {
	r := &w.Receipts
	out := ReceiptFigure{Name: quantityName(w, f.Indicator+"@"+f.Scope), Year: w.FiscalYearShort(f.Year)}
	if !f.Counted {
		out.Now = &Chip{"gray", "", r.NotNow}
	}
	for _, p := range f.Published {
		line := ReceiptPublication{Text: r.Publication(figureNumber(p.No), w.Code("figure_status", p.Status), w.PlainDate(p.On))}
		if !p.Counted {
			line.LeftOut = r.LeftOut
		} else if !f.Counted {
			line.LeftOut = r.CountedSince
		}
		out.Published = append(out.Published, line)
	}
	return out
}

// slip is the receipt on screen, as it is printed. A name stands on it only where the
// counsellor asks for it; opening it is in the access log.
func (s *Site) slip(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	f, p, err := s.printing(r, v)
	if err != nil {
		return err
	}
	paper := locale.In(locale.Language(p.Language))
	view := SlipView{Page: s.page(r, v, "", v.W.Receipts.Title, "css/receipt.css"), Paper: paper.ReceiptPaper(p), Language: paper.Language,
		Name: r.FormValue("name") != "", PDF: r.URL.Path + "/pdf"}
	view.Erased = view.Name && p.Name == ""
	if r.URL.RawQuery != "" {
		view.PDF += "?" + url.Values{"name": r.Form["name"], "language": {p.Language}}.Encode()
	}
	for _, l := range []*locale.Words{locale.In(locale.Japanese), locale.In(locale.English)} {
		view.Languages = append(view.Languages, Option{Value: string(l.Language), Text: l.Frame.ThisLanguage, Chosen: l.Language == paper.Language})
	}
	number := recordNumber(f.entry.Position)
	view.Crumbs = []Crumb{{number, recordHref(f.entry.Position)}, {v.W.Receipts.Title, ""}}
	if f.person != nil {
		view.Person = &Pair{Value: personNumber(f.person.Number), Href: "/people/" + f.person.ID}
		view.Crumbs = append([]Crumb{{view.Person.Value, view.Person.Href}}, view.Crumbs...)
	}
	return s.show(w, r, http.StatusOK, "slip", "", view)
}

// slipPDF is the same as a file.
func (s *Site) slipPDF(w http.ResponseWriter, r *http.Request, v Visitor) error {
	_, p, err := s.printing(r, v)
	if err != nil {
		return err
	}
	file, err := s.config.Receipts.Paper(p)
	if err == nil {
		err = s.seen(r)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `attachment; filename="receipt-`+strconv.FormatUint(p.Position, 10)+`.pdf"`)
	_, err = w.Write(file)
	return err
}

// printing reads what stands on the paper: of a record that the visitor may see.
func (s *Site) printing(r *http.Request, v Visitor) (*file, receipt.Printing, error) {
	f, err := s.file(r, v)
	if err != nil || s.config.Receipts == nil {
		return nil, receipt.Printing{}, errorOr(err, ErrMissing)
	}
	slip, err := s.config.Receipts.Slip(r.Context(), f.entry.Position)
	switch {
	case len(refusals(err)) > 0:
		return nil, receipt.Printing{}, ErrMissing
	case errors.Is(err, projections.ErrBehind): // no paper without its fingerprint: try again
		return nil, receipt.Printing{}, &projections.NotBuilt{Name: "audit"}
	}
	p := receipt.Printing{Slip: slip, Language: string(v.W.Language), Address: s.receiptAddress(r), Sample: s.config.Sample}
	if l := r.FormValue("language"); l != "" {
		p.Language = string(locale.In(locale.Language(l)).Language)
	}
	if err != nil || r.FormValue("name") == "" || f.person == nil {
		return f, p, err
	}
	d, err := s.dossier(r, v, f.person.ID, projections.Newest, "receipt")
	if err == nil {
		p.Name, _ = d.name()
	}
	return f, p, err
}

// receiptAddress is where a person asks, as it is printed.
func (s *Site) receiptAddress(r *http.Request) string { return s.address(r, "receipt") }

// address is a page as it is called from outside.
func (s *Site) address(r *http.Request, path string) string {
	base := s.config.PublicURL
	if base == "" {
		base = "http://" + r.Host
	}
	if address, err := url.JoinPath(base, path); err == nil {
		return address
	}
	return base
}

// receiptHref is where the receipt of a consultation is printed, for those who may;
// "" for what has none, and for a consultation that was voided.
func receiptHref(v Visitor, e projections.Entry) string {
	if !projections.Receipted(e.Type) || e.Voided != nil || !v.holds("CO", "LD") {
		return ""
	}
	return recordHref(e.Position) + "/receipt"
}
