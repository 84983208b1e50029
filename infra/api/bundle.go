package api

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/proof"
)

// Proofs makes bundles and checks them by the code of the offline verifier.
type Proofs interface {
	// CheckBundle checks a bundle as it comes in, by a file of keys or, where that is
	// empty, by this installation's own. What cannot be checked is a Refusal.
	CheckBundle(ctx context.Context, body io.Reader, keys string) (*proof.Report, error)
	// Bundle makes the bundle of a fiscal year in an edition of proof. The access log
	// is written first; ErrUnseen if it cannot be.
	Bundle(ctx context.Context, who domain.Actor, year japan.FiscalYear, edition string) (BundleFile, error)
}

// BundleFile is a bundle on its way to whoever asked for it.
type BundleFile struct {
	Name, Digest string
	Size         int64
	io.ReadCloser
}

// BundleReport is what came of a verification.
type BundleReport struct {
	Exit    int           `json:"exit" enum:"0,1,2,3" doc:"0 verified, 1 not verified, 2 unreadable, 3 verified in part"`
	Outcome string        `json:"outcome" doc:"the exit in the language of the request"`
	Codes   []string      `json:"codes" doc:"of what failed"`
	Edition string        `json:"edition,omitempty" enum:"audit,public"`
	From    int64         `json:"from" doc:"events before the range"`
	Events  int64         `json:"events" doc:"of the range"`
	Checks  []BundleCheck `json:"checks" doc:"in the order in which they were made"`
	Seals   []proof.Found `json:"seals" doc:"each sealed figure with what the events give"`
	Limits  string        `json:"limits" doc:"what no verification shows"`
}

// BundleCheck is one thing that was looked at.
type BundleCheck struct {
	proof.Check
	Text string `json:"text" doc:"in the language of the request"`
}

// verifyIn takes a bundle as the body. It is read as it comes in.
type verifyIn struct {
	Keys string `query:"keys" maxLength:"8192" doc:"a file of public keys that reached you by another way; default the keys of this installation"`
	body io.Reader
}

// Resolve keeps the body for the handler: a bundle is not held in memory.
func (in *verifyIn) Resolve(ctx huma.Context) []error {
	slow(ctx)
	in.body = ctx.BodyReader()
	return nil
}

// slow gives a request with a large body or answer more time than the server does.
func slow(ctx huma.Context) {
	_, w := humago.Unwrap(ctx)
	c, until := http.NewResponseController(w), time.Now().Add(10*time.Minute)
	_, _ = c.SetReadDeadline(until), c.SetWriteDeadline(until) // without it the server's own hold
}

type bundleIn struct {
	Year    string `path:"year" doc:"fiscal year, as 2019 or FY2019"`
	Edition string `query:"edition" enum:"audit,public" doc:"public (the default), or audit: with the facts of every event, for auditors and managers"`
}

// bundles registers what makes and checks bundles.
func (a *API) bundles() {
	binary := map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}
	huma.Register(a.huma, huma.Operation{
		OperationID: "verify", Method: http.MethodPost, Path: Prefix + "/verify", RejectUnknownQueryParameters: true,
		Summary:     "Verify a proof bundle: every check with its outcome. The bundle is not kept.",
		RequestBody: &huma.RequestBody{Required: true, Description: "The bundle.", Content: binary},
	}, func(ctx context.Context, in *verifyIn) (*body[BundleReport], error) {
		out, err := a.verify(ctx, in)
		if err != nil {
			return nil, a.refusing(ctx, a.problem(ctx, err))
		}
		return &body[BundleReport]{Body: out}, nil
	})
	huma.Register(a.huma, huma.Operation{
		OperationID: "bundle", Method: http.MethodGet, Path: Prefix + "/bundles/{year}", RejectUnknownQueryParameters: true,
		Summary:   "The proof bundle of a fiscal year. It is written to the access log.",
		Responses: map[string]*huma.Response{"200": {Description: "The bundle.", Content: binary}},
	}, func(ctx context.Context, in *bundleIn) (*huma.StreamResponse, error) {
		f, err := a.bundle(ctx, in)
		if err != nil {
			return nil, a.refusing(ctx, a.problem(ctx, err))
		}
		return &huma.StreamResponse{Body: func(to huma.Context) {
			slow(to)
			to.SetHeader("Content-Type", "application/zip")
			to.SetHeader("Content-Disposition", `attachment; filename="`+f.Name+`"`)
			to.SetHeader("Content-Length", strconv.FormatInt(f.Size, 10))
			_, err := io.Copy(to.BodyWriter(), f)
			if err = errors.Join(err, f.Close()); err != nil {
				a.Log.Warn("bundle", "error", err) // it went off half way: the size tells
			}
		}}, nil
	})
}

func (a *API) verify(ctx context.Context, in *verifyIn) (BundleReport, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), domain.Analyst, domain.Manager, domain.Auditor) {
		return BundleReport{}, domain.Refuse("account.not_allowed")
	}
	r, err := a.Proofs.CheckBundle(ctx, in.body, strings.TrimSpace(in.Keys))
	if err != nil {
		return BundleReport{}, err
	}
	language := string(v.words.Language)
	out := BundleReport{Exit: r.Exit(), Outcome: r.Outcome(language), Codes: append([]string{}, r.Codes()...), Edition: r.Edition, From: r.From,
		Events: r.Events, Checks: []BundleCheck{}, Seals: append([]proof.Found{}, r.Seals...),
		Limits: proof.Sentence(language, "limits", nil)}
	for _, c := range r.Checks {
		out.Checks = append(out.Checks, BundleCheck{c, c.Say(language)})
	}
	return out, nil
}

func (a *API) bundle(ctx context.Context, in *bundleIn) (BundleFile, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), domain.Counsellor, domain.Lead, domain.Analyst, domain.Manager, domain.Auditor) {
		return BundleFile{}, domain.Refuse("account.not_allowed")
	}
	year, err := japan.ParseFiscalYear(in.Year)
	if err != nil {
		return BundleFile{}, domain.RefuseField("period.unreadable", "year")
	}
	return a.Proofs.Bundle(ctx, v.Actor, year, cmp.Or(in.Edition, proof.Public))
}
