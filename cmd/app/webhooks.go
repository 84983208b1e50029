package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ayumi/domain"
	"ayumi/infra/api"
	"ayumi/infra/operate"
	"ayumi/infra/web"
	"ayumi/infra/webhook"
)

// openWebhooks opens the subscriptions of receivers outside where the options say, and
// begins to deliver to them.
func (a *App) openWebhooks(ctx context.Context) error {
	key, err := a.Keys.Derive(ctx, "webhooks", "ayumi webhooks v1")
	if err != nil {
		return fmt.Errorf("key of webhooks: %w", err)
	}
	store, err := a.webhookStore(ctx, key)
	if err != nil {
		return err
	}
	a.later(store.Close)
	a.webhooks = &webhooks{app: a, store: store, deliverer: webhook.New(webhook.Config{
		Store: store, Log: a.Store, Source: "ayumi/" + a.Origin, Private: a.Config.WebhooksInside, Report: a.report,
	})}
	a.work(func() error { return a.webhooks.deliverer.Run(ctx) })
	return nil
}

func (a *App) webhookStore(ctx context.Context, key [32]byte) (*webhook.Store, error) {
	c := a.Config
	if c.Access == "" {
		return webhook.Open(c.in("webhooks.db"), key, a.Origin, c.Now)
	}
	db, err := c.shared(ctx, a.Origin, "webhooks", webhook.Tables)
	if err != nil {
		return nil, err
	}
	return webhook.OpenTables(db, key, a.Origin, c.Now)
}

// webhooks are the subscriptions as pages and programs see them.
type webhooks struct {
	app       *App
	store     *webhook.Store
	deliverer *webhook.Deliverer
}

// all lists the subscriptions of a controller.
func (w *webhooks) all(ctx context.Context, controller string) ([]webhook.Subscription, error) {
	list, err := w.store.List(ctx)
	return slices.DeleteFunc(list, func(s webhook.Subscription) bool { return s.Controller != controller }), err
}

// find answers a subscription of a controller; another one's is unknown.
func (w *webhooks) find(ctx context.Context, controller, id string) (webhook.Subscription, error) {
	s, err := w.store.Find(ctx, id)
	if err == nil && s.Controller != controller {
		err = webhook.ErrUnknown
	}
	return s, err
}

// add subscribes to what is recorded from now on.
func (w *webhooks) add(ctx context.Context, s webhook.Subscription) (id, secret string, err error) {
	head, err := w.app.Store.Head(ctx)
	if err != nil {
		return "", "", err
	}
	s.Reached = head.Position
	id, secret, err = w.store.Add(ctx, s, w.app.Config.WebhooksInside)
	switch {
	case errors.Is(err, webhook.ErrAddress):
		return "", "", domain.RefuseField("webhook.address", "url")
	case errors.Is(err, webhook.ErrTypes):
		return "", "", domain.RefuseField("webhook.types", "types")
	case err == nil:
		w.deliverer.Look()
	}
	return id, secret, err
}

// act does one thing with a subscription of a controller; what was delivered is told.
func (w *webhooks) act(ctx context.Context, controller, id, act string, position uint64) (*webhook.Delivery, error) {
	if _, err := w.find(ctx, controller, id); err != nil {
		return nil, err
	}
	var done webhook.Delivery
	var err error
	switch act {
	case "pause":
		err = w.store.Pause(ctx, id)
	case "resume":
		err = w.store.Resume(ctx, id)
	case "remove":
		err = w.store.Remove(ctx, id)
	case "test":
		done, err = w.deliverer.Test(ctx, id)
		return &done, err
	case "again":
		done, err = w.deliverer.Again(ctx, id, position)
		return &done, err
	default:
		return nil, webhook.ErrUnknown
	}
	w.deliverer.Look()
	return nil, err
}

// standing tells how the receivers of every controller stand.
func (w *webhooks) standing(ctx context.Context) (operate.Webhooks, error) {
	out := operate.Webhooks{States: map[string]int{}}
	list, err := w.store.List(ctx)
	for _, s := range list {
		out.States[s.State]++
		if s.State != webhook.Active {
			continue
		}
		if s.Tries > 0 {
			out.Trying++
		}
		if out.States[webhook.Active] == 1 || s.Reached < out.Position {
			out.Position = s.Reached
		}
	}
	return out, err
}

// pageWebhooks are the subscriptions as the pages see them.
type pageWebhooks struct{ *webhooks }

func (p pageWebhooks) List(ctx context.Context, controller string) ([]web.Webhook, error) {
	list, err := p.all(ctx, controller)
	out := make([]web.Webhook, len(list))
	for i, s := range list {
		out[i] = web.Webhook{ID: s.ID, URL: s.URL, Types: s.Types, State: s.State, Reached: s.Reached, Made: s.Made, Tries: s.Tries, Due: s.Due, Cause: s.Cause, Sent: s.Sent}
	}
	return out, err
}

func (p pageWebhooks) Deliveries(ctx context.Context, id string, most int) ([]web.WebhookDelivery, error) {
	list, err := p.store.Deliveries(ctx, id, most)
	out := make([]web.WebhookDelivery, len(list))
	for i, d := range list {
		out[i] = web.WebhookDelivery(d)
	}
	return out, err
}

func (p pageWebhooks) Add(ctx context.Context, controller, account, url string, types []string) (id, secret string, err error) {
	id, secret, err = p.add(ctx, webhook.Subscription{URL: url, Types: types, Controller: controller, Maker: account})
	return id, secret, err
}

func (p pageWebhooks) Act(ctx context.Context, controller, id, act string, position uint64) (outcome string, err error) {
	done, err := p.act(ctx, controller, id, act, position)
	if errors.Is(err, webhook.ErrUnknown) {
		err = web.ErrMissing
	}
	if done != nil {
		outcome = done.Outcome
	}
	return outcome, err
}

// apiWebhooks are the subscriptions as programs see them.
type apiWebhooks struct{ *webhooks }

func (p apiWebhooks) List(ctx context.Context, controller string) ([]api.Webhook, error) {
	list, err := p.all(ctx, controller)
	out := make([]api.Webhook, len(list))
	for i, s := range list {
		out[i] = api.Webhook{ID: s.ID, URL: s.URL, Types: s.Types, State: s.State, Reached: s.Reached, Made: s.Made, Tries: s.Tries, Cause: s.Cause, Sent: s.Sent}
		if !s.Due.IsZero() {
			out[i].Due = &s.Due
		}
	}
	return out, err
}

func (p apiWebhooks) Deliveries(ctx context.Context, controller, id string) ([]api.WebhookDelivery, error) {
	if _, err := p.find(ctx, controller, id); err != nil {
		return nil, unknownWebhook(err)
	}
	list, err := p.store.Deliveries(ctx, id, webhook.Kept)
	out := make([]api.WebhookDelivery, len(list))
	for i, d := range list {
		out[i] = deliveryOf(d)
	}
	return out, err
}

func deliveryOf(d webhook.Delivery) api.WebhookDelivery {
	return api.WebhookDelivery{No: d.No, At: d.At, Position: d.Position, Type: d.Type, Status: d.Status, Outcome: d.Outcome, Milliseconds: int(d.Took / time.Millisecond)}
}

func unknownWebhook(err error) error {
	if errors.Is(err, webhook.ErrUnknown) {
		return api.ErrMissing
	}
	return err
}

func (p apiWebhooks) Add(ctx context.Context, controller, account, url string, types []string) (id, secret string, err error) {
	id, secret, err = p.add(ctx, webhook.Subscription{URL: url, Types: types, Controller: controller, Maker: account})
	return id, secret, err
}

func (p apiWebhooks) Act(ctx context.Context, controller, id, act string, position uint64) (*api.WebhookDelivery, error) {
	done, err := p.act(ctx, controller, id, act, position)
	if err != nil || done == nil {
		return nil, unknownWebhook(err)
	}
	out := deliveryOf(*done)
	return &out, nil
}
