package api

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// Exports makes files that leave the product.
type Exports interface {
	// Export makes a file of figures. The access log is written first; ErrUnseen if it
	// cannot be. What cannot be exported is a Refusal naming the field.
	Export(ctx context.Context, account string, r ExportRequest) (ExportFile, error)
}

// ExportRequest is what is to be exported, resolved.
type ExportRequest struct {
	What     string // indicators or survey
	Scope    string
	Period   japan.Period
	KnownAt  japan.Date // 0: now
	Position uint64
	Version  string
	Edition  string // internal or public
	Format   string // csv, csv-sjis, xlsx, parquet, json
	Words    *locale.Words
}

// ExportFile is a file with its name and media type. Replaced are the characters
// that its encoding lacks, each as often as it was replaced.
type ExportFile struct {
	Name, Type string
	Body       []byte
	Rows       int
	Replaced   string
}

// ResolveExport reads a question, as a command line or an address asks it, into a
// request that says what, in which edition, form and words. What cannot be read is a
// Refusal naming the field.
func ResolveExport(ctx context.Context, figures Figures, asked FigureQuestion, r ExportRequest, today japan.Date) (ExportRequest, error) {
	var err error
	if r.Period, err = periodOf(asked); err != nil {
		return r, err
	}
	position, day, err := knownAt(ctx, figures, asked.KnownAt, today)
	if err != nil {
		return r, err
	}
	r.Scope, r.Position, r.Version = asked.Scope, position, asked.Version
	if asked.KnownAt != "" {
		r.KnownAt = day
	}
	return r, nil
}

// exportIn is the address of a file.
type exportIn struct {
	What    string `path:"what" doc:"indicators: all of them; survey: the return of the national survey"`
	Scope   string `query:"scope" doc:"desk or controller; default the caller's controller"`
	Period  string `query:"period" required:"true" doc:"FY2019, FY2019-H1, CY2019, 2019-08 or 2019-04-01..2020-02-29"`
	Until   string `query:"until" doc:"last day counted"`
	KnownAt string `query:"known_at" doc:"day up to whose end the log was known"`
	Version string `query:"version" doc:"version of the definitions that have it"`
	Edition string `query:"edition" doc:"public (small counts withheld, the default) or internal (exact, not to leave the office)"`
	Format  string `query:"format" doc:"csv (the default), csv-sjis, xlsx, parquet or json"`
	Fresh
}

type exportOut struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Rows        string `header:"Ayumi-Rows"`
	Replaced    string `header:"Ayumi-Replaced" doc:"characters the encoding lacks, percent-encoded, each as often as it was replaced"`
	Body        []byte
}

// fileRoutes are the answers that are files.
func (a *API) fileRoutes() {
	content := map[string]*huma.MediaType{}
	for _, media := range []string{"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.apache.parquet", "application/json"} {
		content[media] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	}
	huma.Register(a.huma, huma.Operation{
		OperationID: "export", Method: http.MethodGet, Path: Prefix + "/exports/{what}", RejectUnknownQueryParameters: true,
		Summary:   "Figures with their breakdowns as a file. It is written to the access log.",
		Responses: map[string]*huma.Response{"200": {Description: "The file.", Content: content}},
	}, func(ctx context.Context, in *exportIn) (*exportOut, error) {
		f, err := a.export(ctx, in)
		if err == nil {
			err = a.seen(ctx)
		}
		if err != nil {
			return nil, a.refusing(ctx, a.problem(ctx, err))
		}
		return &exportOut{Type: f.Type, Disposition: `attachment; filename="` + f.Name + `"`, Rows: strconv.Itoa(f.Rows), Replaced: url.PathEscape(f.Replaced), Body: f.Body}, nil
	})
}

func (a *API) export(ctx context.Context, in *exportIn) (ExportFile, error) {
	v := visitorOf(ctx)
	scope := cmp.Or(in.Scope, v.Controller)
	if indicator.KnownScope(scope) && !indicator.MayCount(v.Actor, a.today(), scope) {
		return ExportFile{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return ExportFile{}, err
	}
	asked := FigureQuestion{Scope: scope, Period: in.Period, Until: in.Until, KnownAt: in.KnownAt, Version: in.Version}
	r := ExportRequest{What: in.What, Edition: cmp.Or(in.Edition, "public"), Format: cmp.Or(in.Format, "csv"), Words: v.words}
	r, err := ResolveExport(ctx, a.Figures, asked, r, a.today())
	if err != nil {
		return ExportFile{}, err
	}
	return a.Exports.Export(ctx, v.Account, r)
}

// ReplacedSentence says which characters an encoding lacked; "" if none.
func ReplacedSentence(w *locale.Words, replaced string) string {
	if replaced == "" {
		return ""
	}
	var each []rune
	for _, r := range replaced {
		if !slices.Contains(each, r) {
			each = append(each, r)
		}
	}
	return w.Message.ExportReplaced(utf8.RuneCountInString(replaced), string(each))
}
