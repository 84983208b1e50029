package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/schema"
)

// given is a command as it comes in: its data as the body.
type given struct {
	IdempotencyKey string `header:"Idempotency-Key" required:"true" format:"uuid" doc:"The command's id. The same id again is the same command and adds nothing."`
	IfMatch        string `header:"If-Match" doc:"ETag of the stream version the caller has seen; 409 with what changed if it has moved on."`
	RawBody        []byte `contentType:"application/json"`
}

// done is what a command left in the log.
type done struct {
	ETag string `header:"ETag" doc:"version of the stream, quoted"`
	Body struct {
		Receipts []domain.Receipt `json:"receipts" doc:"one for each stream; version 0: the wish was already true"`
		Sample   bool             `json:"sample,omitempty" doc:"the log is a scenario log"`
	}
}

// commands registers one operation for each command; the body's schema is the
// command's own.
func (a *API) commands() {
	parts := a.huma.OpenAPI().Components.Schemas.Map()
	for name, s := range schema.Document()["$defs"].(map[string]any) {
		if !strings.HasPrefix(name, "event.") {
			parts[name] = &huma.Schema{Extensions: moved(s).(map[string]any)}
		}
	}
	for _, shape := range schema.Shapes() {
		content := &huma.RequestBody{Required: true}
		op := huma.Operation{
			OperationID: shape.Name, Method: http.MethodPost, Path: Prefix + "/commands/" + shape.Name,
			Summary: summary(shape), Tags: []string{shape.Name[:strings.IndexByte(shape.Name, '.')]},
			RequestBody: content, SkipValidateBody: true, MaxBodyBytes: domain.MaxData + 1,
			Errors: []int{400, 401, 403, 404, 409, 413, 422, 500, 503},
		}
		huma.Register(a.huma, op, func(ctx context.Context, in *given) (*done, error) {
			out, err := a.do(ctx, shape, in)
			if err != nil {
				return nil, a.refusing(ctx, a.problem(ctx, err))
			}
			return out, nil
		})
		content.Content["application/json"].Schema = &huma.Schema{Ref: "#/components/schemas/command." + shape.Name}
	}
}

func summary(shape domain.Shape) string {
	roles := make([]string, len(shape.Roles))
	for i, r := range shape.Roles {
		roles[i] = string(r)
	}
	return shape.Name + " (" + strings.Join(roles, ", ") + ")"
}

// moved is a schema whose references lead into an OpenAPI document.
func moved(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			if s, ok := x.(string); ok && k == "$ref" {
				x = strings.Replace(s, "#/$defs/", "#/components/schemas/", 1)
			}
			out[k] = moved(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = moved(x)
		}
		return out
	}
	return v
}

func (a *API) do(ctx context.Context, shape domain.Shape, in *given) (*done, error) {
	id, err := uuid.Parse(in.IdempotencyKey)
	if err != nil || id == uuid.Nil {
		return nil, domain.RefuseField("field.id", "Idempotency-Key")
	}
	expect, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	data, err := domain.ParseData(in.RawBody)
	if err != nil {
		return nil, err
	}
	receipts, err := a.Office.Do(ctx, office.Request{
		Command: shape.Name, ID: id, By: visitorOf(ctx).Account, At: a.Now(), Data: data, Expect: expect,
	})
	if err != nil {
		return nil, a.refused(ctx, shape, data, expect, unseen(shape, err))
	}
	out := &done{}
	out.Body.Receipts, out.Body.Sample = slices.Concat([]domain.Receipt{}, receipts), a.Sample
	if len(receipts) > 0 {
		out.ETag = strconv.Quote(strconv.FormatUint(receipts[0].Version, 10))
	}
	return out, nil
}

// unseen answers for a record of the other prefecture what would be answered if it
// did not exist (events.md 7.15).
func unseen(shape domain.Shape, err error) error {
	var r *domain.Refusal
	category, _, _ := strings.Cut(shape.Name, ".")
	switch {
	case !errors.As(err, &r) || r.Key != "controller.mismatch" || r.Field == "controller" || r.Field == "indicator":
		return err
	case r.Field != "":
		return domain.RefuseField("entity.unknown", r.Field)
	case shape.Creates:
		return domain.RefuseField("stream.exists", category)
	}
	return domain.RefuseField("stream.unknown", category)
}

// versionOf reads an entity tag that we have given out.
func versionOf(tag string) (*uint64, error) {
	if tag == "" || tag == "*" {
		return nil, nil
	}
	v, err := strconv.ParseUint(strings.Trim(strings.TrimPrefix(tag, "W/"), `"`), 10, 64)
	if err != nil {
		return nil, domain.RefuseField("field.type", "If-Match")
	}
	return &v, nil
}

// refused adds to a conflict what happened to the stream since the version that
// the caller had seen.
func (a *API) refused(ctx context.Context, shape domain.Shape, data domain.Data, seen *uint64, err error) error {
	p := a.problem(ctx, err)
	if p.Status != http.StatusConflict || seen == nil {
		return p
	}
	category, _, _ := strings.Cut(shape.Name, ".")
	id, _ := data.Text(office.StreamKey(shape))
	if other, _ := data.Text("stream"); other != "" {
		id = other
	}
	for rec, err := range a.Streams.Stream(ctx, domain.StreamName(category, id), *seen) {
		if err != nil {
			return a.problem(ctx, err)
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return a.problem(ctx, err)
		}
		p.Changed = append(p.Changed, Changed{Type: rec.Type, Position: rec.Position, Version: rec.Version,
			RecordedAt: facts.Text("recorded_at"), RecordedBy: facts.Text("recorded_by")})
	}
	return p
}
