package api

import (
	"context"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"ayumi/domain"
	"ayumi/domain/receipt"
	"ayumi/infra/web/locale"
)

// Receipts makes and answers consultation receipts.
type Receipts interface {
	// Slip is the receipt of the consultation recorded at a position.
	Slip(ctx context.Context, position uint64) (receipt.Slip, error)
	// Ask answers a code as it was typed; from is the address it came from.
	Ask(ctx context.Context, typed, from string) (receipt.Answer, error)
}

// ReceiptSlip is what stands on a receipt. It names nobody.
type ReceiptSlip struct {
	Code        string `json:"code"`
	Position    uint64 `json:"position"`
	Desk        string `json:"desk"`
	From        string `json:"from" format:"date"`
	To          string `json:"to" format:"date"`
	Kind        string `json:"kind" enum:"consultation,message"`
	Fingerprint string `json:"fingerprint" doc:"leaf hash of the record, hex in groups of four"`
	Sample      bool   `json:"sample,omitempty"`
}

// ReceiptAnswer is what became of the consultation a receipt is for: the one form of
// the API and of the command line. It names nobody, and no time finer than a day.
type ReceiptAnswer struct {
	Code        string          `json:"code"`
	State       string          `json:"state" enum:"counted,not_counted,voided,waiting,lost" doc:"lost: the office made the receipt and its log has no such record"`
	Text        string          `json:"text" doc:"the same in a sentence, in the language of the request"`
	Clause      string          `json:"clause,omitempty" doc:"rule that keeps it out of the number of consultations"`
	Why         string          `json:"why,omitempty" doc:"the same in a sentence"`
	Kind        string          `json:"kind,omitempty" enum:"consultation,message"`
	From        string          `json:"from,omitempty" format:"date" doc:"day of the consultation, as corrected"`
	To          string          `json:"to,omitempty" format:"date"`
	Recorded    string          `json:"recorded,omitempty" format:"date"`
	Desk        string          `json:"desk,omitempty"`
	Corrected   bool            `json:"corrected,omitempty"`
	Moved       bool            `json:"moved,omitempty" doc:"to another case"`
	VoidReason  string          `json:"void_reason,omitempty"`
	VoidedOn    string          `json:"voided_on,omitempty" format:"date"`
	Figures     []ReceiptFigure `json:"figures,omitempty" doc:"figures that hold it, now or as published"`
	Partial     bool            `json:"partial,omitempty" doc:"some published figures are still being counted again: ask again"`
	Fingerprint string          `json:"fingerprint,omitempty" doc:"leaf hash of the record, as on the receipt"`
	Under       uint64          `json:"under,omitempty" doc:"records under the checkpoint of the proof; absent: under none yet"`
	Proof       string          `json:"proof,omitempty" doc:"C2SP tlog-proof, the leaf hash as its extra data"`
	Fork        bool            `json:"fork,omitempty" doc:"the log is not what was signed: no proof is given"`
	Sample      bool            `json:"sample,omitempty"`
}

// ReceiptFigure is an indicator of a fiscal year.
type ReceiptFigure struct {
	Indicator string               `json:"indicator"`
	Name      string               `json:"name"`
	Scope     string               `json:"scope"`
	Year      int                  `json:"fiscal_year"`
	Counted   bool                 `json:"counted" doc:"as the records are now"`
	Published []ReceiptPublication `json:"published"`
}

// ReceiptPublication is a published number of it that is in force.
type ReceiptPublication struct {
	Number  string `json:"number" doc:"F-0001"`
	Status  string `json:"status" enum:"preliminary,final,corrected"`
	On      string `json:"on" format:"date"`
	From    string `json:"from" format:"date"`
	Until   string `json:"until" format:"date"`
	Counted bool   `json:"counted" doc:"among its members, as it was known then"`
}

// LaySlip lays a receipt out.
func LaySlip(s receipt.Slip, sample bool) ReceiptSlip {
	return ReceiptSlip{Code: s.Code.String(), Position: s.Position, Desk: s.Desk, From: s.From.String(), To: s.To.String(), Kind: s.Kind,
		Fingerprint: receipt.Fingerprint(s.Leaf), Sample: sample}
}

// LayReceipt lays an answer out in a language.
func LayReceipt(w *locale.Words, a receipt.Answer, sample bool) ReceiptAnswer {
	r := &w.Receipts
	out := ReceiptAnswer{Code: a.Code.String(), State: a.State, Text: r.StateTexts[a.State], Fork: a.Fork, Sample: sample}
	if a.State == receipt.StateLost || a.From == 0 {
		return out
	}
	out.Why, out.Kind, out.Desk, out.Corrected, out.Moved, out.Partial = r.Why(w, a.Standing), a.Kind, a.Desk, a.Corrected, a.Moved, a.Partial
	out.From, out.To, out.Recorded = a.From.String(), a.To.String(), a.Recorded.String()
	switch a.State {
	case receipt.StateNot:
		out.Clause = a.Clause
	case receipt.StateVoided:
		out.VoidReason, out.VoidedOn = a.Reason, a.VoidedOn.String()
	}
	if a.Leaf != ([32]byte{}) {
		out.Fingerprint = receipt.Fingerprint(a.Leaf)
	}
	out.Under, out.Proof = a.Under, string(a.Proof)
	for _, f := range a.Figures {
		line := ReceiptFigure{Indicator: f.Indicator, Name: w.Code("indicator", f.Indicator), Scope: f.Scope, Year: int(f.Year), Counted: f.Counted, Published: []ReceiptPublication{}}
		for _, p := range f.Published {
			line.Published = append(line.Published, ReceiptPublication{Number: fmt.Sprintf("F-%04d", p.No), Status: p.Status, On: p.On.String(),
				From: p.Period.From.String(), Until: p.Period.To.String(), Counted: p.Counted})
		}
		out.Figures = append(out.Figures, line)
	}
	return out
}

type receiptIn struct {
	Code string `path:"code" doc:"as it stands on the receipt; hyphens, blanks and small letters make no difference" maxLength:"200"`
}

// receipts are the queries of receipts. Whoever holds a code may ask about it.
func (a *API) receipts() {
	get(a, "receipt", "/receipts/{code}", "Whether the consultation of a receipt was counted, with the proof. Nobody signs in for it.", a.receipt, openToAll)
	get(a, "event-receipt", "/events/{position}/receipt", "The receipt of a consultation, for whoever prints it.", a.slip)
}

// openToAll lets anybody ask.
func openToAll(op *huma.Operation) { op.Security = []map[string][]string{{}} }

func isOpenToAll(op *huma.Operation) bool { return len(op.Security) == 1 && len(op.Security[0]) == 0 }

func (a *API) receipt(ctx context.Context, in *receiptIn) (ReceiptAnswer, error) {
	if a.Receipts == nil {
		return ReceiptAnswer{}, errMissing
	}
	v := visitorOf(ctx)
	answer, err := a.Receipts.Ask(ctx, in.Code, v.from)
	if err != nil {
		return ReceiptAnswer{}, err
	}
	return LayReceipt(v.words, answer, a.Sample), nil
}

func (a *API) slip(ctx context.Context, in *eventIn) (ReceiptSlip, error) {
	if _, err := a.event(ctx, in); err != nil {
		return ReceiptSlip{}, err
	}
	if !visitorOf(ctx).Has(a.today(), domain.Counsellor, domain.Lead) {
		return ReceiptSlip{}, domain.Refuse("account.not_allowed")
	}
	if a.Receipts == nil {
		return ReceiptSlip{}, errMissing
	}
	s, err := a.Receipts.Slip(ctx, in.Position)
	if err != nil {
		return ReceiptSlip{}, err
	}
	return LaySlip(s, a.Sample), nil
}
