// Package account keeps one stream per account: who may sign in, with which
// roles and until when, and every emergency access it opened (events.md 4.19,
// 5.16).
package account

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
)

type (
	event       = domain.Event[Account]
	eventType   = domain.EventType[Account]
	commandType = domain.CommandType[Account]
)

// Aggregate is the table of the stream account.
var Aggregate = domain.Define(domain.Aggregate[Account]{
	Category: "account",
	New:      newAccount,
	Subject:  func(_ *Account, stream string) string { return stream },
	Events:   slices.Concat(accountEvents, accessEvents),
	Commands: slices.Concat(accountCommands, accessCommands),
})

var accountEvents = []eventType{
	domain.Happens[Account, Opened]("account.opened"),
	domain.Happens[Account, RoleGranted]("account.role_granted"),
	domain.Happens[Account, RoleRevoked]("account.role_revoked"),
	domain.Happens[Account, DeskChanged]("account.desk_changed"),
	domain.Happens[Account, EngagementGranted]("account.engagement_granted"),
	domain.Happens[Account, Suspended]("account.suspended"),
	domain.Happens[Account, Reinstated]("account.reinstated"),
	domain.Happens[Account, Closed]("account.closed"),
}

var accountCommands = []commandType{
	domain.Begins[Account, Open]("account.open", domain.Admin, domain.System),
	domain.Can[Account, GrantRole]("account.grant_role", domain.Admin, domain.System),
	domain.Can[Account, RevokeRole]("account.revoke_role", domain.Admin),
	domain.Can[Account, ChangeDesk]("account.change_desk", domain.Admin, domain.Lead),
	domain.Can[Account, GrantEngagement]("account.grant_engagement", domain.Manager),
	domain.Can[Account, Suspend]("account.suspend", domain.Admin),
	domain.Can[Account, Reinstate]("account.reinstate", domain.Admin),
	domain.Can[Account, Close]("account.close", domain.Admin),
}

// Opened: the account exists. Without a desk of its own it has that of the
// envelope.
type Opened struct {
	Kind          string `fact:"kind,code=staff|partner|auditor|system"`
	Desk          string `fact:"desk?,code"`
	Partner       string `fact:"partner?,id"`
	KeyCommitment string `fact:"key_commitment,digest,made"`
	Code          string `sealed:"code,P"` // the staff code to sign in with
	Name          string `sealed:"name,P"`
	Kana          string `sealed:"kana,P"`
	Mail          string `sealed:"mail?,P"`
	Post          string `sealed:"post?,P"`
}

func (e *Opened) Apply(a *Account, env domain.Envelope) {
	_, a.Account = domain.SplitStream(env.Stream)
	a.Kind, a.Partner, a.Controller = e.Kind, e.Partner, env.Controller
	a.Desk = cmp.Or(e.Desk, env.Desk)
}

// Commit states which key seals the holder's data from now on.
func (e *Opened) Commit(commitment string) { e.KeyCommitment = commitment }

// RoleGranted: the account may act in a role, through its last day.
type RoleGranted struct {
	Role  string     `fact:"role,code"`
	Until japan.Date `fact:"until?,date"`
}

func (e *RoleGranted) Apply(a *Account, _ domain.Envelope) { a.Roles[domain.Role(e.Role)] = e.Until }

// RoleRevoked: it may no longer.
type RoleRevoked struct {
	Role string `fact:"role,code"`
}

func (e *RoleRevoked) Apply(a *Account, _ domain.Envelope) { delete(a.Roles, domain.Role(e.Role)) }

// DeskChanged: the holder sits elsewhere.
type DeskChanged struct {
	Desk string `fact:"desk,code"`
}

func (e *DeskChanged) Apply(a *Account, _ domain.Envelope) { a.Desk = e.Desk }

// EngagementGranted: an auditor is engaged in an audit and may be shown this
// much, through a last day.
type EngagementGranted struct {
	Audit  string     `fact:"audit,id"`
	Reveal string     `fact:"reveal,code=none|personal|care"`
	Until  japan.Date `fact:"until,date"`
}

func (e *EngagementGranted) Apply(a *Account, _ domain.Envelope) {
	a.Engagements[e.Audit] = Engagement{e.Reveal, e.Until}
}

// Suspended: nobody acts with the account for now.
type Suspended struct {
	Reason string `fact:"reason,token"`
}

func (e *Suspended) Apply(a *Account, _ domain.Envelope) { a.State = "suspended" }

// Reinstated: it may act again.
type Reinstated struct {
	Reason string `fact:"reason,token"`
}

func (e *Reinstated) Apply(a *Account, _ domain.Envelope) { a.State = "opened" }

// Closed: it will never act again.
type Closed struct {
	Reason string `fact:"reason,token"`
}

func (e *Closed) Apply(a *Account, _ domain.Envelope) { a.State = "closed" }

// Account is the folded state of one stream.
type Account struct {
	Account, Controller, Desk string
	Kind                      string // staff, partner, auditor or system
	Partner                   string
	State                     string // opened, suspended or closed (events.md 5.16)
	Roles                     map[domain.Role]japan.Date
	Engagements               map[string]Engagement // by audit
	Accesses                  map[string]Access
}

// Engagement is what an auditor may be shown in one audit.
type Engagement struct {
	Reveal string     // none, personal or care
	Until  japan.Date // last day
}

func newAccount() *Account {
	return &Account{
		State: "opened", Roles: map[domain.Role]japan.Date{},
		Engagements: map[string]Engagement{}, Accesses: map[string]Access{},
	}
}

// Now is what other streams may know of the account.
func (a *Account) Now() domain.AccountNow {
	var opened map[string]time.Time
	for _, x := range a.Accesses {
		if opened == nil {
			opened = map[string]time.Time{}
		}
		if x.Result != "improper" && x.Until.After(opened[x.Person]) {
			opened[x.Person] = x.Until
		}
	}
	var engaged map[string]japan.Date
	for audit, e := range a.Engagements {
		if engaged == nil {
			engaged = map[string]japan.Date{}
		}
		engaged[audit] = e.Until
	}
	return domain.AccountNow{Kind: a.Kind, Engaged: engaged, Actor: domain.Actor{
		Account: a.Account, Roles: maps.Clone(a.Roles), Controller: a.Controller,
		Desk: a.Desk, Partner: a.Partner, Closed: a.State != "opened",
		Emergencies: opened,
	}}
}

// notClosed refuses every change of a closed account.
func (a *Account) notClosed() error {
	if a.State == "closed" {
		return domain.Refuse("account.state")
	}
	return nil
}

// Open begins the stream.
type Open struct{ Opened }

func (c *Open) Decide(a *Account, in domain.Intent) ([]event, error) {
	switch {
	case a.Account != "":
		return nil, nil
	case c.Kind == "partner" && c.Partner == "":
		return nil, domain.RefuseField("field.required", "partner")
	case c.Kind != "partner" && c.Partner != "":
		return nil, domain.RefuseField("account.kind", "partner")
	}
	if c.Partner != "" {
		if p, known := in.Look.Partner(c.Partner); !known || p.Controller != in.Controller {
			return nil, domain.RefuseField("entity.unknown", "partner")
		}
	}
	return []event{&c.Opened}, nil
}

// GrantRole lets the account act in a role. An administrator does so on the
// order of an approving officer, named in on_behalf_of.
type GrantRole struct{ RoleGranted }

func (c *GrantRole) Decide(a *Account, in domain.Intent) ([]event, error) {
	role := domain.Role(c.Role)
	until, have := a.Roles[role]
	if err := a.notClosed(); err != nil || have && until == c.Until {
		return nil, err
	}
	switch {
	case (a.Kind == "partner") != (role == domain.Partner), (a.Kind == "system") != (role == domain.System):
		return nil, domain.RefuseField("account.kind", "role")
	case c.Until != 0 && c.Until < in.Today():
		return nil, domain.RefuseField("date.order", "until")
	}
	if err := ordered(in); err != nil {
		return nil, err
	}
	return []event{&c.RoleGranted}, nil
}

// ordered refuses an administrator who acts on nobody's or its own order.
func ordered(in domain.Intent) error {
	if in.Is(domain.System) {
		return nil
	}
	if in.OnBehalfOf == "" {
		return domain.RefuseField("field.required", "on_behalf_of")
	}
	by, known := in.Look.Account(in.OnBehalfOf)
	if !known || by.Account == in.Actor.Account || !by.Has(in.Today(), domain.Manager) {
		return domain.RefuseField("account.not_allowed", "on_behalf_of")
	}
	return nil
}

// RevokeRole takes a role away. That somebody stays an administrator is the
// office's guard: it looks at all accounts.
type RevokeRole struct{ RoleRevoked }

func (c *RevokeRole) Decide(a *Account, _ domain.Intent) ([]event, error) {
	if err := a.notClosed(); err != nil {
		return nil, err
	}
	if _, have := a.Roles[domain.Role(c.Role)]; !have {
		return nil, nil
	}
	return []event{&c.RoleRevoked}, nil
}

// ChangeDesk seats the holder elsewhere.
type ChangeDesk struct{ DeskChanged }

func (c *ChangeDesk) Decide(a *Account, _ domain.Intent) ([]event, error) {
	if err := a.notClosed(); err != nil || a.Desk == c.Desk {
		return nil, err
	}
	return []event{&c.DeskChanged}, nil
}

// GrantEngagement engages an auditor in an audit.
type GrantEngagement struct{ EngagementGranted }

func (c *GrantEngagement) Decide(a *Account, in domain.Intent) ([]event, error) {
	if err := a.notClosed(); err != nil || a.Engagements[c.Audit] == (Engagement{c.Reveal, c.Until}) {
		return nil, err
	}
	switch {
	case a.Kind != "auditor":
		return nil, domain.RefuseField("account.kind", "audit")
	case c.Until < in.Today():
		return nil, domain.RefuseField("date.order", "until")
	}
	return []event{&c.EngagementGranted}, nil
}

// Suspend stops the account for now.
type Suspend struct{ Suspended }

func (c *Suspend) Decide(a *Account, _ domain.Intent) ([]event, error) {
	if err := a.notClosed(); err != nil || a.State == "suspended" {
		return nil, err
	}
	return []event{&c.Suspended}, nil
}

// Reinstate lets it act again.
type Reinstate struct{ Reinstated }

func (c *Reinstate) Decide(a *Account, _ domain.Intent) ([]event, error) {
	if err := a.notClosed(); err != nil || a.State == "opened" {
		return nil, err
	}
	return []event{&c.Reinstated}, nil
}

// Close ends it for good.
type Close struct{ Closed }

func (c *Close) Decide(a *Account, _ domain.Intent) ([]event, error) {
	if a.State == "closed" {
		return nil, nil
	}
	return []event{&c.Closed}, nil
}
