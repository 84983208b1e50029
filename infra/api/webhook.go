package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"ayumi/domain"
	"ayumi/domain/viewing"
)

// Webhook is a receiver outside that is told of the facts that leave.
type Webhook struct {
	ID      string     `json:"id" format:"uuid"`
	URL     string     `json:"url"`
	Types   []string   `json:"types" doc:"types of events it is told of; none: all that leave"`
	State   string     `json:"state" enum:"active,paused,failed,gone" doc:"failed: not reached for three days; gone: it answered 410"`
	Reached uint64     `json:"reached" doc:"position of the log up to which everything is delivered"`
	Made    time.Time  `json:"made"`
	Tries   int        `json:"tries" doc:"of the event at hand that were in vain"`
	Due     *time.Time `json:"due,omitempty" doc:"when it is tried again"`
	Cause   string     `json:"cause,omitempty" doc:"outcome of the last try, if it was in vain"`
	Sent    int        `json:"sent" doc:"deliveries tried"`
}

// WebhookDelivery is one try.
type WebhookDelivery struct {
	No           int       `json:"no"`
	At           time.Time `json:"at"`
	Position     uint64    `json:"position" doc:"of the event in the log; 0: a test"`
	Type         string    `json:"type"`
	Status       int       `json:"status" doc:"of HTTP; 0: no answer"`
	Outcome      string    `json:"outcome" enum:"ok,status,redirect,gone,busy,late,inside,tls,away"`
	Milliseconds int       `json:"milliseconds"`
}

// Webhooks are the receivers of one controller. One of another controller is ErrMissing.
type Webhooks interface {
	List(ctx context.Context, controller string) ([]Webhook, error)
	Deliveries(ctx context.Context, controller, id string) ([]WebhookDelivery, error)
	Add(ctx context.Context, controller, account, url string, types []string) (id, secret string, err error)
	Act(ctx context.Context, controller, id, act string, position uint64) (*WebhookDelivery, error)
}

type webhookIn struct {
	Body struct {
		URL   string   `json:"url" maxLength:"2000" doc:"https, outside the office's network"`
		Types []string `json:"types,omitempty" maxItems:"300" doc:"types of events; none: all that leave"`
	}
}

// WebhookAdded is a new receiver with its secret, which is told once.
type WebhookAdded struct {
	ID     string `json:"id" format:"uuid"`
	Secret string `json:"secret" doc:"whsec_…: the key of Standard Webhooks signatures; never told again"`
}

type hookIn struct {
	ID string `path:"id" format:"uuid"`
}

type hookActIn struct {
	ID       string `path:"id" format:"uuid"`
	Act      string `path:"act" enum:"pause,resume,remove,test,again"`
	Position uint64 `query:"position" maximum:"9007199254740991" doc:"of again: the event to deliver once more"`
}

// WebhookDone tells what came of an act.
type WebhookDone struct {
	Delivery *WebhookDelivery `json:"delivery,omitempty" doc:"of test and again"`
}

func (a *API) webhooks() {
	get(a, "webhooks", "/webhooks", "The receivers outside that are told of the facts that leave.", func(ctx context.Context, _ *struct{}) ([]Webhook, error) {
		v, err := a.keepsWebhooks(ctx)
		if err != nil {
			return nil, err
		}
		return a.Webhooks.List(ctx, v.Controller)
	})
	get(a, "webhook-deliveries", "/webhooks/{id}/deliveries", "The last deliveries to a receiver, newest first.", func(ctx context.Context, in *hookIn) ([]WebhookDelivery, error) {
		v, err := a.keepsWebhooks(ctx)
		if err != nil {
			return nil, err
		}
		return a.Webhooks.Deliveries(ctx, v.Controller, in.ID)
	})
	add := huma.Operation{OperationID: "webhook-add", Method: http.MethodPost, Path: Prefix + "/webhooks", RejectUnknownQueryParameters: true,
		Summary: "Tell a receiver of the facts that leave from now on (CloudEvents, Standard Webhooks signatures)."}
	huma.Register(a.huma, add, func(ctx context.Context, in *webhookIn) (*body[WebhookAdded], error) {
		var out WebhookAdded
		v, err := a.keepsWebhooks(ctx)
		if err == nil {
			err = a.auditedWebhook(ctx, "add")
		}
		if err == nil {
			out.ID, out.Secret, err = a.Webhooks.Add(ctx, v.Controller, v.Account, in.Body.URL, in.Body.Types)
		}
		return answered(ctx, a, out, err)
	})
	act := huma.Operation{OperationID: "webhook-act", Method: http.MethodPost, Path: Prefix + "/webhooks/{id}/{act}", RejectUnknownQueryParameters: true,
		Summary: "Pause, resume, remove or test a receiver, or deliver an event once more."}
	huma.Register(a.huma, act, func(ctx context.Context, in *hookActIn) (*body[WebhookDone], error) {
		var out WebhookDone
		v, err := a.keepsWebhooks(ctx)
		if err == nil {
			err = a.auditedWebhook(ctx, in.Act)
		}
		if err == nil {
			out.Delivery, err = a.Webhooks.Act(ctx, v.Controller, in.ID, in.Act, in.Position)
		}
		return answered(ctx, a, out, err)
	})
}

func answered[O any](ctx context.Context, a *API, out O, err error) (*body[O], error) {
	if err != nil {
		return nil, a.refusing(ctx, a.problem(ctx, err))
	}
	return &body[O]{Body: out}, nil
}

// keepsWebhooks is the caller, who must be an administrator or look after the
// protection of data.
func (a *API) keepsWebhooks(ctx context.Context) (domain.Actor, error) {
	v := visitorOf(ctx)
	switch {
	case !v.Has(a.today(), domain.Admin, domain.Privacy):
		return v.Actor, domain.Refuse("account.not_allowed")
	case a.Webhooks == nil:
		return v.Actor, errMissing
	}
	return v.Actor, nil
}

// auditedWebhook writes down what is done with a receiver before it is done.
func (a *API) auditedWebhook(ctx context.Context, act string) error {
	e, _ := viewing.Of(ctx).Due()
	e.Reason = "webhook_" + act
	return a.look(ctx, e)
}
