package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// Imports takes ledgers into the log. A batch belongs to the account that brought it:
// for anybody else it is projections.ErrUnknown.
type Imports interface {
	Begin(ctx context.Context, who domain.Actor, name string, raw []byte) (*importing.Draft, error)
	List(ctx context.Context, who domain.Actor) ([]*importing.Draft, error)
	Look(ctx context.Context, who domain.Actor, id string) (*importing.Draft, importing.Table, *importing.Plan, error)
	Change(ctx context.Context, who domain.Actor, id string, change func(*importing.Draft, importing.Table) error) (*importing.Draft, error)
	Start(ctx context.Context, who domain.Actor, id string) error
	Undo(ctx context.Context, who domain.Actor, id string) error
}

// ImportOne is one ledger on its way into the log.
type ImportOne struct {
	Batch   string        `json:"batch" doc:"random id"`
	State   string        `json:"state" enum:"open,running,paused,done,undoing,undone"`
	Why     string        `json:"why,omitempty" doc:"code of why it paused"`
	Begun   time.Time     `json:"begun"`
	Rows    *ImportCounts `json:"rows,omitempty" doc:"absent in lists"`
	Missing []string      `json:"missing,omitempty" doc:"fields without a column or a fixed value"`
	Done    int           `json:"done" doc:"rows that are records"`
	Refused int           `json:"refused" doc:"rows that the office refused"`
	Voided  int           `json:"voided,omitempty" doc:"records taken back"`
	Stand   []uint64      `json:"stand,omitempty" doc:"numbers of records that could not be taken back"`
	Faults  []RowFault    `json:"faults,omitempty" doc:"what is wrong, by row; the first 1,000"`
}

// ImportCounts is how the rows of a ledger stand.
type ImportCounts struct {
	Good     int `json:"good" doc:"can be imported"`
	Bad      int `json:"bad"`
	Left     int `json:"left" doc:"somebody left them out"`
	Waiting  int `json:"waiting" doc:"it is not decided who the person is: the page asks"`
	OnRecord int `json:"on_record" doc:"exported from records that stand"`
	Skipped  int `json:"skipped" doc:"headings and sums"`
}

// RowFault is one thing wrong with a row. The words of the ledger are not repeated.
type RowFault struct {
	Row int `json:"row" doc:"number in the sheet, from 1"`
	FieldFault
}

// ImportsAnswer are the caller's own ledgers, the newest first.
type ImportsAnswer struct {
	Imports []ImportOne `json:"imports"`
}

// mostFaults is how many faults one answer names.
const mostFaults = 1000

type importIn struct {
	Name    string `query:"name" required:"true" maxLength:"200" doc:"file name; .xlsx or .csv"`
	FY      string `query:"fy" doc:"fiscal year of days without a year"`
	Notice  string `query:"notice" doc:"version of the purpose notice that the people were shown"`
	RawBody []byte `contentType:"application/octet-stream"`
}

type batchIn struct {
	Batch string `path:"batch" format:"uuid"`
}

type runIn struct {
	Batch  string `path:"batch" format:"uuid"`
	Accept bool   `query:"accept" doc:"go on although many rows are wrong"`
}

// imports registers the ledgers: a dry run, the run, how far it is, taking it back.
func (a *API) imports() {
	get(a, "imports", "/imports", "The ledgers that the caller has brought, newest first.", a.importList)
	get(a, "import", "/imports/{batch}", "How a ledger was read and how far its import is.", func(ctx context.Context, in *batchIn) (ImportOne, error) {
		return a.importOne(ctx, in.Batch)
	})
	begin := huma.Operation{OperationID: "import-begin", Method: http.MethodPost, Path: Prefix + "/imports", MaxBodyBytes: mostDocument,
		Summary: "Read a ledger as a dry run: nothing is recorded.", RejectUnknownQueryParameters: true}
	huma.Register(a.huma, begin, func(ctx context.Context, in *importIn) (*body[ImportOne], error) {
		return imported(ctx, a, func(who domain.Actor) (string, error) { return a.importBegin(ctx, who, in) })
	})
	for name, does := range map[string]struct {
		summary string
		do      func(ctx context.Context, who domain.Actor, in *runIn) error
	}{
		"run": {"Import the good rows of a ledger; the answer comes before they are recorded.", a.importRun},
		"undo": {"Take a whole batch back; the answer comes before that is done.", func(ctx context.Context, who domain.Actor, in *runIn) error {
			return a.Imports.Undo(ctx, who, in.Batch)
		}},
	} {
		op := huma.Operation{OperationID: "import-" + name, Method: http.MethodPost, Path: Prefix + "/imports/{batch}/" + name, Summary: does.summary, RejectUnknownQueryParameters: true}
		huma.Register(a.huma, op, func(ctx context.Context, in *runIn) (*body[ImportOne], error) {
			return imported(ctx, a, func(who domain.Actor) (string, error) { return in.Batch, does.do(ctx, who, in) })
		})
	}
}

// imported does something for a ledger and answers how it stands then.
func imported(ctx context.Context, a *API, do func(who domain.Actor) (string, error)) (*body[ImportOne], error) {
	who, err := a.importer(ctx)
	var id string
	if err == nil {
		id, err = do(who)
	}
	var out ImportOne
	if err == nil {
		out, err = a.importOne(ctx, id)
	}
	if err != nil {
		return nil, a.refusing(ctx, a.problem(ctx, err))
	}
	return &body[ImportOne]{Body: out}, nil
}

// importer is the caller, who must be of those who hold consultations.
func (a *API) importer(ctx context.Context) (domain.Actor, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), domain.Counsellor, domain.Lead) {
		return v.Actor, domain.Refuse("account.not_allowed")
	}
	return v.Actor, nil
}

func (a *API) importBegin(ctx context.Context, who domain.Actor, in *importIn) (string, error) {
	year := japan.FiscalYear(0)
	if in.FY != "" {
		var err error
		if year, err = DocumentYear(in.FY); err != nil {
			return "", err
		}
	}
	if in.Notice != "" && !domain.IDForm(in.Notice) {
		return "", domain.RefuseField("field.code", "notice_version")
	}
	d, err := a.Imports.Begin(ctx, who, strings.TrimSpace(in.Name), in.RawBody)
	if err != nil {
		return "", err
	}
	_, err = a.Imports.Change(ctx, who, d.ID, func(d *importing.Draft, _ importing.Table) error {
		if year != 0 {
			d.Mapping.Year = year
		}
		if in.Notice != "" {
			d.Said.NoticeVersion = in.Notice
		}
		return nil
	})
	return d.ID, err
}

func (a *API) importRun(ctx context.Context, who domain.Actor, in *runIn) error {
	if in.Accept {
		if _, err := a.Imports.Change(ctx, who, in.Batch, func(d *importing.Draft, _ importing.Table) error { d.Accepted = true; return nil }); err != nil {
			return err
		}
	}
	return a.Imports.Start(ctx, who, in.Batch)
}

func (a *API) importList(ctx context.Context, _ *struct{}) (ImportsAnswer, error) {
	out := ImportsAnswer{Imports: []ImportOne{}}
	who, err := a.importer(ctx)
	if err != nil {
		return out, err
	}
	list, err := a.Imports.List(ctx, who)
	for _, d := range list {
		out.Imports = append(out.Imports, importStands(d))
	}
	return out, err
}

// importStands is a ledger without its rows.
func importStands(d *importing.Draft) ImportOne {
	out := ImportOne{Batch: d.ID, State: string(d.State), Why: d.Why, Begun: d.Begun, Voided: d.Undo.Voided, Stand: d.Undo.Refused}
	out.Done, out.Refused = d.Imported()
	return out
}

func (a *API) importOne(ctx context.Context, id string) (ImportOne, error) {
	who, err := a.importer(ctx)
	if err != nil {
		return ImportOne{}, err
	}
	d, _, plan, err := a.Imports.Look(ctx, who, id)
	if err != nil {
		return ImportOne{}, err
	}
	out := importStands(d)
	n := ImportCounts{Skipped: plan.Skipped}
	n.Good, n.Bad, n.Left, n.Waiting = plan.Count()
	n.OnRecord = len(plan.Rows) - n.Good - n.Bad - n.Left - n.Waiting
	out.Rows, out.Missing = &n, plan.Missing
	out.Faults = rowFaults(visitorOf(ctx).words, d, plan)
	return out, nil
}

// rowFaults names what is wrong, without the words of the ledger.
func rowFaults(w *locale.Words, d *importing.Draft, plan *importing.Plan) []RowFault {
	var out []RowFault
	add := func(row int, r domain.Refusal) {
		out = append(out, RowFault{row, FieldFault{Code: r.Key, Field: r.Field, Detail: w.Refusal(r.Key, r.Field, map[string]string{"field": w.Imports.Fields[r.Field], "word": "…"})}})
	}
	for i := range plan.Rows {
		row := &plan.Rows[i]
		for _, f := range row.Faults {
			add(row.No, f.Refusal)
		}
		if r := d.Results[row.No].Refused; r != nil {
			add(row.No, *r)
		}
		if len(out) >= mostFaults {
			return slices.Clip(out[:mostFaults])
		}
	}
	return out
}
