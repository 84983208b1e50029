package api

import (
	"context"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Press prints annual sheets.
type Press interface {
	// IDs lists the sheets there are.
	IDs(ctx context.Context) ([]string, error)
	// Events answers the events of a sheet up to a position, or up to the
	// publication of an edition above zero; projections.ErrUnknown if there are none.
	Events(ctx context.Context, id string, upto uint64, edition int) ([]projections.Entry, error)
	// Paper lays out the sheet that events make.
	Paper(ctx context.Context, events []projections.Entry, language, head string) (workplan.Paper, error)
	// Compare sets two editions of the sheet that events make side by side: numbers,
	// draft, or "" for what is usual; projections.ErrUnknown if there is none.
	Compare(events []projections.Entry, left, right string) (workplan.Comparison, error)
	// Print writes a paper as a file of one of workplan.Kinds.
	Print(d workplan.Paper, kind string) (workplan.File, error)
}

// SheetLine is one annual sheet in a list.
type SheetLine struct {
	Sheet      string `json:"sheet"`
	FiscalYear int    `json:"fiscal_year"`
	Title      string `json:"title"`
	Format     string `json:"format"`
	Edition    int    `json:"edition" doc:"last published, 0 before the first"`
	Draft      bool   `json:"draft,omitempty" doc:"written in since its last edition"`
	Digest     string `json:"digest" doc:"SHA-256 of its content; give it as document when the sheet is published"`
}

// Sheets are the annual sheets the caller may see.
type Sheets struct {
	Sheets []SheetLine `json:"sheets"`
	Sample bool        `json:"sample,omitempty"`
}

func (a *API) sheets(ctx context.Context, in *struct{ Fresh }) (Sheets, error) {
	out := Sheets{Sheets: []SheetLine{}, Sample: a.Sample}
	if err := a.await(ctx, in.Fresh); err != nil {
		return out, err
	}
	ids, err := a.Press.IDs(ctx)
	if err != nil {
		return out, err
	}
	for _, id := range ids {
		events, err := a.Press.Events(ctx, id, projections.Newest, 0)
		if err != nil {
			return out, err
		}
		if !a.may(ctx, events[0].Controller) {
			continue
		}
		d, err := a.Press.Paper(ctx, events, string(locale.Japanese), "")
		if err != nil {
			return out, err
		}
		out.Sheets = append(out.Sheets, SheetLine{Sheet: d.Sheet, FiscalYear: int(d.FY), Title: d.Title, Format: d.Format, Edition: d.Edition, Draft: d.Draft, Digest: d.Digest()})
	}
	return out, nil
}

type sheetIn struct {
	ID      string `path:"id" doc:"TKO.2019.1"`
	Kind    string `path:"kind" enum:"pdf,xlsx,docx,json"`
	Edition int    `query:"edition" minimum:"0" doc:"a published edition; default the sheet as it stands"`
	KnownAt string `query:"known_at" doc:"day up to whose end the log was known"`
	Fresh
}

type sheetOut struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Missing     string `header:"X-Missing-Characters" doc:"code points that the font of the PDF lacks"`
	Body        []byte
}

// sheetFiles registers the one query whose answer is a file.
func (a *API) sheetFiles() {
	op := huma.Operation{
		OperationID: "sheet", Method: http.MethodGet, Path: Prefix + "/sheets/{id}/{kind}", RejectUnknownQueryParameters: true,
		Summary:   "An annual sheet as it is printed: PDF, Excel, Word, or JSON with the reference of every figure.",
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{}}},
	}
	for _, kind := range []string{
		"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	} {
		op.Responses["200"].Content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	}
	op.Responses["200"].Content["application/json"] = &huma.MediaType{Schema: &huma.Schema{Type: "object"}}
	huma.Register(a.huma, op, func(ctx context.Context, in *sheetIn) (*sheetOut, error) {
		file, err := a.sheetFile(ctx, in)
		if err == nil {
			err = a.seen(ctx)
		}
		if err != nil {
			return nil, a.refusing(ctx, a.problem(ctx, err))
		}
		return &sheetOut{Type: file.Type, Body: file.Bytes, Missing: locale.CodePoints(file.Missing),
			Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": file.Name})}, nil
	})
}

func (a *API) sheetFile(ctx context.Context, in *sheetIn) (workplan.File, error) {
	if err := a.await(ctx, in.Fresh, "audit"); err != nil {
		return workplan.File{}, err
	}
	known := projections.Newest
	if in.KnownAt != "" {
		var err error
		if known, _, err = knownAt(ctx, a.Figures, in.KnownAt, a.today()); err != nil {
			return workplan.File{}, err
		}
	}
	events, err := a.Press.Events(ctx, in.ID, known, in.Edition)
	if err != nil {
		return workplan.File{}, err
	}
	if !a.may(ctx, events[0].Controller) {
		return workplan.File{}, errMissing
	}
	head, err := a.headOf(ctx, in.ID, events[0])
	if err != nil {
		return workplan.File{}, err
	}
	d, err := a.Press.Paper(ctx, events, string(locale.Japanese), head)
	if err != nil {
		return workplan.File{}, err
	}
	return a.Press.Print(d, in.Kind)
}

// headOf opens the name of the head of the unit for a caller who may see it.
func (a *API) headOf(ctx context.Context, id string, drafted projections.Entry) (string, error) {
	_, rec, err := lay(ctx, drafted)
	if err != nil {
		return "", err
	}
	texts, err := a.Door.Open(ctx, visitorOf(ctx).Actor, id, "sheet", rec)
	if err != nil {
		return "", err
	}
	for _, t := range texts[0]["head"] {
		if t.Value != "" {
			return t.Value, nil
		}
	}
	return locale.In(locale.Japanese).Sheet.HeadHidden, nil
}
