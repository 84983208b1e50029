package api

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ayumi/domain"
	"ayumi/domain/viewing"
)

// Viewings is the access log.
type Viewings interface {
	// Look writes an entry and answers when it is durable; ErrUnseen if it cannot.
	Look(ctx context.Context, e viewing.Entry) error
	// Find lists entries, newest first; ErrUnseen if they cannot be read.
	Find(ctx context.Context, f viewing.Filter) ([]viewing.Entry, error)
	Head() viewing.Head
}

// nobody marks an operation that shows no record of a person.
const nobody = ""

// looks is what an operation that shows records of people does with them. It
// stands in the access log before the answer. One that is not here is a view.
// Commands answer receipts alone.
var looks = map[string]string{
	"journey": viewing.View, "event": viewing.View, "audit": viewing.List, "access-log": viewing.List, "audits": viewing.List, "rights": viewing.List, "referrals": viewing.List, "employers": nobody, "calendar": viewing.List, "household": viewing.View, "rights-matter": viewing.View, "volumes": viewing.List, "volume": viewing.View, "proof": viewing.Download, "checkpoint": nobody, "access-checkpoint": nobody, "receipt": nobody, "event-receipt": viewing.Print, "sheet-editions": nobody,
	"figure": nobody, "members": viewing.List, "near-misses": viewing.List, "difference": viewing.List,
	"register": nobody, "period": viewing.List, "definitions": nobody, "sheets": nobody, "sheet": viewing.Print, "export": viewing.Export, "bundle": viewing.Export, "verify": nobody, "reconcile": nobody,
	"imports": nobody, "import": nobody, "status": nobody, "schema": nobody, "definition-schema": nobody, "webhooks": nobody, "webhook-deliveries": nobody, "webhook-add": viewing.Export, "webhook-act": viewing.Export,
}

// Looks tells, for every operation that is a query, the act of the access log
// that it is; "" for one that shows no record of a person.
func Looks() map[string]string { return maps.Clone(looks) }

// looking begins the look of a request.
func looking(ctx huma.Context, who domain.Actor) huma.Context {
	op := ctx.Operation()
	act, known := looks[op.OperationID]
	if !known && op.Method == http.MethodGet {
		act = viewing.View
	}
	r, _ := humago.Unwrap(ctx)
	e := viewing.Entry{Act: act, Route: op.Method + " " + op.Path, From: host(r), Subject: ctx.Param("id")}.By(who)
	if position := cmp.Or(ctx.Param("position"), ctx.Param("number")); position != "" {
		e.Subject = "record-" + position
	}
	return huma.WithContext(ctx, viewing.NewLook(e).Context(ctx.Context()))
}

// seen writes the look of a request, unless the door has.
func (a *API) seen(ctx context.Context) error {
	e, due := viewing.Of(ctx).Due()
	if !due {
		return nil
	}
	return a.look(ctx, e)
}

func (a *API) look(ctx context.Context, e viewing.Entry) error {
	if a.Viewings == nil {
		return ErrUnseen
	}
	return a.Viewings.Look(ctx, e)
}

// refusing writes down that a caller was shown nothing. Where that cannot be
// written the caller is told so instead.
func (a *API) refusing(ctx context.Context, p *Problem) *Problem {
	e, due := viewing.Of(ctx).Due()
	if e.Account == "" || (p.Status != http.StatusForbidden && (p.Status != http.StatusNotFound || !due)) {
		return p
	}
	e.Act = viewing.Refused
	if err := a.look(ctx, e); err != nil {
		return a.problem(ctx, errors.Join(ErrUnseen, err))
	}
	return p
}
