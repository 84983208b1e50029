package web

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ayumi/domain/viewing"
)

// Webhook is a receiver outside that is told of the facts that leave.
type Webhook struct {
	ID, URL string
	Types   []string // none: all that leave
	State   string   // active, paused, failed or gone
	Reached uint64
	Made    time.Time
	Tries   int
	Due     time.Time
	Cause   string
	Sent    int
}

// WebhookDelivery is one try. Position 0 is a test.
type WebhookDelivery struct {
	No       int
	At       time.Time
	Position uint64
	Type     string
	Status   int
	Outcome  string
	Took     time.Duration
}

// Webhooks are the receivers of one controller. A receiver of another one is ErrMissing.
type Webhooks interface {
	List(ctx context.Context, controller string) ([]Webhook, error)
	Deliveries(ctx context.Context, id string, most int) ([]WebhookDelivery, error)
	// Add subscribes from now on and answers the secret, once. Its refusals name url or types.
	Add(ctx context.Context, controller, account, url string, types []string) (id, secret string, err error)
	// Act does pause, resume, remove, test or again, and tells how a delivery ended.
	Act(ctx context.Context, controller, id, act string, position uint64) (outcome string, err error)
}

// WebhooksView lists the receivers and takes a new one.
type WebhooksView struct {
	Page
	Rows       []WebhookRow
	Errors     *Errors
	URL, Types string // as typed
	Secret     string // of the one just added
	Added      string
	Removed    bool
}

// WebhookRow is one receiver.
type WebhookRow struct {
	Href, Address  string
	State          Chip
	Reached, Types string
	Next           string
}

// WebhookView is one receiver with its last deliveries.
type WebhookView struct {
	Page
	Address    string
	State      Chip
	Text       string
	Facts      []Pair
	Active     bool
	Said       *Chip // how a delivery asked for just now ended
	Deliveries []WebhookTry
}

// WebhookTry is one line of the deliveries.
type WebhookTry struct {
	No, At, Type, Record string
	State                Chip
	Status, Took         string
	Again                uint64 // 0: a test
}

func (s *Site) webhookRoutes() {
	s.staff("GET /webhooks", s.webhooks, "AD", "PO")
	s.staff("POST /webhooks", s.addWebhook, "AD", "PO")
	s.staff("GET /webhooks/{hook}", s.webhook, "AD", "PO")
	s.staff("POST /webhooks/{hook}", s.webhookAct, "AD", "PO")
}

func (s *Site) webhooks(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.showWebhooks(w, r, v, http.StatusOK, WebhooksView{})
}

func (s *Site) showWebhooks(w http.ResponseWriter, r *http.Request, v Visitor, status int, view WebhooksView) error {
	if s.config.Webhooks == nil {
		return ErrMissing
	}
	view.Page = s.page(r, v, "status", v.W.Webhook.Title)
	view.Crumbs, view.Here = []Crumb{{v.W.Status.Heading, "/status"}, {v.W.Webhook.Title, ""}}, "/webhooks"
	list, err := s.config.Webhooks.List(r.Context(), v.Actor.Controller)
	if err != nil {
		return err
	}
	for _, one := range list {
		row := WebhookRow{Href: "/webhooks/" + one.ID, Address: shortAddress(one.URL), State: webhookState(v, one), Reached: recordNumber(one.Reached), Types: webhookTypes(v, one)}
		if !one.Due.IsZero() && one.State == "active" {
			row.Next = v.W.DateTime(one.Due)
		}
		view.Rows = append(view.Rows, row)
	}
	return s.show(w, r, status, "webhooks", "", view)
}

// shortAddress leaves out what may be a password in an address.
func shortAddress(address string) string {
	short, _, cut := strings.Cut(address, "?")
	if cut {
		short += "?…"
	}
	return short
}

func webhookState(v Visitor, one Webhook) Chip {
	text := v.W.Webhook.States[one.State]
	switch {
	case one.State == "active" && one.Tries > 0:
		return Chip{"yellow", "warn", v.W.Webhook.Trying}
	case one.State == "active":
		return Chip{"green", "check", text}
	case one.State == "paused":
		return Chip{"gray", "", text}
	}
	return Chip{"red", "warn", text}
}

func webhookTypes(v Visitor, one Webhook) string {
	if len(one.Types) == 0 {
		return v.W.Webhook.AllTypes
	}
	return strings.Join(one.Types, v.W.Calendar.Comma)
}

// audited writes down what is done with a receiver before it is done.
func (s *Site) audited(r *http.Request, act, hook string) error {
	e, _ := viewing.Of(r.Context()).Due()
	e.Reason, e.Subject = "webhook_"+act, hook
	return s.look(r, e)
}

// webhookInputs are the inputs that refusals name.
var webhookInputs = map[string]string{"url": "url", "types": "types"}

func (s *Site) addWebhook(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if s.config.Webhooks == nil {
		return ErrMissing
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	view := WebhooksView{URL: strings.TrimSpace(r.PostFormValue("url")), Types: strings.TrimSpace(r.PostFormValue("types"))}
	if err := s.audited(r, "add", ""); err != nil {
		return err
	}
	types := strings.FieldsFunc(view.Types, func(c rune) bool { return strings.ContainsRune(" ,\n\r\t、，　", c) })
	_, secret, err := s.config.Webhooks.Add(r.Context(), v.Actor.Controller, v.ID, view.URL, types)
	if faults, ok := faultsOf(v.W, err, webhookInputs); ok {
		view.Errors = newErrors(v.W, faults...)
		return s.showWebhooks(w, r, v, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.showWebhooks(w, r, v, http.StatusOK, WebhooksView{Secret: secret, Added: shortAddress(view.URL)})
}

func (s *Site) webhook(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.showWebhook(w, r, v, nil)
}

func (s *Site) showWebhook(w http.ResponseWriter, r *http.Request, v Visitor, said *Chip) error {
	one, err := s.webhookOf(r, v)
	if err != nil {
		return err
	}
	words := v.W.Webhook
	view := WebhookView{Page: s.page(r, v, "status", words.Title), Address: shortAddress(one.URL), State: webhookState(v, one), Active: one.State == "active", Said: said}
	view.Crumbs = []Crumb{{v.W.Status.Heading, "/status"}, {words.Title, "/webhooks"}, {shortAddress(one.URL), ""}}
	view.Here = "/webhooks/" + one.ID
	view.Text = words.StateTexts[one.State]
	if one.State == "active" && one.Tries > 0 {
		view.Text = words.TryingText(words.Outcomes[one.Cause], v.W.DateTime(one.Due))
	}
	view.Facts = []Pair{{words.Types, webhookTypes(v, one), ""}, {words.Reached, recordNumber(one.Reached), ""}, {words.Made, v.W.DateTime(one.Made), ""}, {words.Sent, v.W.Number(one.Sent), ""}}
	list, err := s.config.Webhooks.Deliveries(r.Context(), one.ID, mostWebhookTries)
	if err != nil {
		return err
	}
	for _, d := range list {
		line := WebhookTry{No: v.W.Number(d.No), At: v.W.DateTime(d.At), Type: d.Type, Record: recordNumber(d.Position), State: outcomeChip(v, d.Outcome), Took: strconv.FormatInt(d.Took.Milliseconds(), 10), Again: d.Position}
		if d.Status > 0 {
			line.Status = strconv.Itoa(d.Status)
		}
		if d.Position == 0 {
			line.Type, line.Record = words.Test, ""
		}
		view.Deliveries = append(view.Deliveries, line)
	}
	return s.show(w, r, http.StatusOK, "webhook", "", view)
}

// mostWebhookTries is how many deliveries the page shows.
const mostWebhookTries = 50

func outcomeChip(v Visitor, outcome string) Chip {
	if outcome == "ok" {
		return Chip{"green", "check", v.W.Webhook.Outcomes[outcome]}
	}
	return Chip{"red", "warn", cmp.Or(v.W.Webhook.Outcomes[outcome], outcome)}
}

func (s *Site) webhookOf(r *http.Request, v Visitor) (Webhook, error) {
	if s.config.Webhooks == nil {
		return Webhook{}, ErrMissing
	}
	list, err := s.config.Webhooks.List(r.Context(), v.Actor.Controller)
	for _, one := range list {
		if one.ID == r.PathValue("hook") {
			return one, err
		}
	}
	if err == nil {
		err = ErrMissing
	}
	return Webhook{}, err
}

func (s *Site) webhookAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	one, err := s.webhookOf(r, v)
	if err != nil {
		return err
	}
	act := r.PostFormValue("act")
	if v.W.Webhook.Acts[act] == "" {
		return ErrMissing
	}
	position, err := strconv.ParseUint(cmp.Or(r.PostFormValue("position"), "0"), 10, 63)
	if err != nil {
		return ErrMissing
	}
	if err := s.audited(r, act, one.ID); err != nil {
		return err
	}
	outcome, err := s.config.Webhooks.Act(r.Context(), v.Actor.Controller, one.ID, act, position)
	switch {
	case err != nil:
		return err
	case act == "remove":
		return s.showWebhooks(w, r, v, http.StatusOK, WebhooksView{Removed: true})
	case outcome != "":
		said := outcomeChip(v, outcome)
		return s.showWebhook(w, r, v, &said)
	}
	http.Redirect(w, r, "/webhooks/"+one.ID, http.StatusSeeOther)
	return nil
}
