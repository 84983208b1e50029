package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

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

// DocumentAnswer is a document set beside the register: the one form of the API
// and of the command line.
type DocumentAnswer struct {
	Format     string           `json:"format" enum:"text,csv,xlsx,pdf"`
	Encoding   string           `json:"encoding,omitempty"`
	Pages      int              `json:"pages,omitempty"`
	FiscalYear string           `json:"fiscal_year,omitempty" doc:"by which years without an era were read; absent: none"`
	Counts     map[string]int   `json:"counts" doc:"figures by state: match, other_time, different, unknown"`
	Figures    []DocumentFigure `json:"figures"`
	Rest       []DocumentNumber `json:"rest" doc:"numbers that are no figures"`
	Refused    []FieldFault     `json:"refused,omitempty" doc:"rows, cells and pages that could not be read"`
	Sample     bool             `json:"sample,omitempty" doc:"the register is of a scenario log"`
}

// DocumentFigure is one figure of the document with what the register says.
type DocumentFigure struct {
	document.Place
	Text       string           `json:"text" doc:"as written"`
	Before     string           `json:"before"`
	After      string           `json:"after"`
	Value      int64            `json:"value" doc:"times 10^-scale"`
	Scale      int              `json:"scale,omitempty"`
	Of         int64            `json:"of,omitempty" doc:"of a ratio"`
	Unit       string           `json:"unit,omitempty"`
	Comparator string           `json:"comparator,omitempty" doc:"about, ge, le, gt, lt"`
	State      string           `json:"state" enum:"match,other_time,different,unknown"`
	Year       string           `json:"year,omitempty" doc:"fiscal year it speaks of"`
	AsOf       string           `json:"as_of,omitempty" format:"date"`
	Known      *DocumentKnown   `json:"known,omitempty" doc:"what decided"`
	Others     []DocumentKnown  `json:"others,omitempty" doc:"the same quantity at other times, or the same value"`
	Why        []DocumentReason `json:"why"`
}

// DocumentKnown is a value on record.
type DocumentKnown struct {
	Number     string `json:"number,omitempty" doc:"F-0001"`
	Sheet      string `json:"sheet,omitempty" doc:"stream of the sheet that states it"`
	Indicator  string `json:"indicator,omitempty"`
	Role       string `json:"role" doc:"actual, target, long_term, start, score, budget"`
	From       string `json:"from,omitempty" format:"date"`
	Until      string `json:"until,omitempty" format:"date"`
	KnownAt    string `json:"known_at,omitempty" format:"date"`
	Value      int64  `json:"value" doc:"times 10^-scale"`
	Scale      int    `json:"scale,omitempty"`
	Of         int64  `json:"of,omitempty"`
	Unit       string `json:"unit,omitempty"`
	Status     string `json:"status" doc:"preliminary, final, corrected, imported, stated, live"`
	ReplacedBy string `json:"replaced_by,omitempty"`
}

// DocumentReason is one thing that decided, with its sentence.
type DocumentReason struct {
	document.Reason
	Text string `json:"text" doc:"in the language of the request"`
}

// DocumentNumber is a number that is no figure.
type DocumentNumber struct {
	document.Place
	Text string `json:"text"`
	Kind string `json:"kind" doc:"date, fiscal_year, duration, ordinal, time, phone, postal, numbering, page, code, other"`
}

// DocumentYear reads the fiscal year a document is said to speak of; "" is 0.
func DocumentYear(text string) (japan.FiscalYear, error) {
	if text == "" {
		return 0, nil
	}
	year, err := japan.ParseFiscalYear(text)
	if err != nil {
		return 0, domain.RefuseField("period.unreadable", "fy")
	}
	return year, nil
}

// AnswerDocument reads a document and lays out what came of it.
func AnswerDocument(ctx context.Context, from Documents, controller, name string, raw []byte, year string, words *locale.Words) (DocumentAnswer, error) {
	fy, err := DocumentYear(year)
	if err != nil {
		return DocumentAnswer{}, err
	}
	text, report, err := from.Reconcile(ctx, controller, name, raw, fy)
	if err != nil {
		return DocumentAnswer{}, err
	}
	out := DocumentAnswer{Format: text.Format, Encoding: text.Encoding, Pages: text.Pages, FiscalYear: report.Year.String(),
		Counts: map[string]int{}, Figures: []DocumentFigure{}, Rest: []DocumentNumber{}}
	for _, s := range document.States {
		out.Counts[string(s)] = report.Count(s)
	}
	for _, f := range report.Findings {
		out.Figures = append(out.Figures, documentFigure(words, f))
	}
	for _, t := range report.Rest {
		out.Rest = append(out.Rest, DocumentNumber{t.Place, t.Text, string(t.Kind)})
	}
	for _, r := range text.Refused {
		out.Refused = append(out.Refused, FieldFault{Code: r.Key, Field: r.Field, Detail: words.Refusal(r.Key, r.Field, r.Args)})
	}
	return out, nil
}

func documentFigure(w *locale.Words, f document.Finding) DocumentFigure {
	out := DocumentFigure{Place: f.Place, Text: f.Text, Before: f.Before, After: f.After, Value: f.Value, Scale: f.Scale, Of: f.Of, Unit: f.Unit,
		Comparator: string(f.Comparator), State: string(f.State), Year: f.Period.Year.String(), AsOf: f.Period.AsOf.String(), Why: []DocumentReason{}}
	if f.Known != nil {
		k := documentKnown(f.Known)
		out.Known = &k
	}
	for _, k := range f.Others {
		out.Others = append(out.Others, documentKnown(k))
	}
	for _, r := range f.Why {
		out.Why = append(out.Why, DocumentReason{r, w.Documents.Reason(r.Code, r.Word)})
	}
	return out
}

func documentKnown(k *document.Known) DocumentKnown {
	out := DocumentKnown{Sheet: k.Sheet, Indicator: k.Indicator, Role: string(k.Role), From: k.From.String(), Until: k.To.String(),
		KnownAt: k.KnownAt.String(), Value: k.Value, Scale: k.Scale, Of: k.Of, Unit: k.Unit, Status: k.Status}
	if k.Indicator == k.Sheet {
		out.Indicator = ""
	}
	if k.Line > 0 {
		out.Number = fmt.Sprintf("F-%04d", k.Line)
	}
	if k.Superseded > 0 {
		out.ReplacedBy = fmt.Sprintf("F-%04d", k.Superseded)
	}
	return out
}

// documentIn is a document as it is sent: its bytes are the body.
type documentIn struct {
	Name    string `query:"name" maxLength:"200" doc:"file name; .csv and .tsv are tables"`
	FY      string `query:"fy" doc:"fiscal year the document speaks of, as 2019 or FY2019; default read from the document"`
	RawBody []byte `contentType:"application/octet-stream"`
	Fresh
}

// documents registers the reconciler.
func (a *API) documents() {
	op := huma.Operation{OperationID: "reconcile", Method: http.MethodPost, Path: Prefix + "/documents", MaxBodyBytes: mostDocument,
		Summary: "Set the figures of a document beside the register. The document is not kept.", RejectUnknownQueryParameters: true}
	huma.Register(a.huma, op, func(ctx context.Context, in *documentIn) (*body[DocumentAnswer], error) {
		out, err := a.reconcile(ctx, in)
		if err != nil {
			return nil, a.refusing(ctx, a.problem(ctx, err))
		}
		return &body[DocumentAnswer]{Body: out}, nil
	})
}

// mostDocument is above what a reader takes, whose refusal names the limit.
const mostDocument = 11 << 20

func (a *API) reconcile(ctx context.Context, in *documentIn) (DocumentAnswer, error) {
	v := visitorOf(ctx)
	if !domain.MayFacts(v.Actor, a.today(), v.Controller) || !v.Has(a.today(), domain.Analyst, domain.Manager, domain.Auditor) {
		return DocumentAnswer{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return DocumentAnswer{}, err
	}
	out, err := AnswerDocument(ctx, a.Documents, v.Controller, strings.TrimSpace(in.Name), in.RawBody, in.FY, v.words)
	out.Sample = a.Sample
	return out, err
}
