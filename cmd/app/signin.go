package app

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/auth"
)

// officers are the roles that approve, audit, administer or decide over personal
// data of others.
var officers = []domain.Role{domain.Manager, domain.Auditor, domain.Records, domain.Privacy, domain.Admin}

// factorRoles are the roles that need a second factor, by the option second-factor.
var factorRoles = map[string][]domain.Role{"": officers, "officers": officers, "everybody": rank, "nobody": nil}

// factorRoles are those of this log. People of a scenario are invented.
func (a *App) factorRoles() (out []string) {
	if a.Scenario && a.Config.SecondFactor == "" {
		return nil
	}
	for _, r := range factorRoles[a.Config.SecondFactor] {
		out = append(out, string(r))
	}
	return out
}

// programSignIn lets programs in by name and password, unless the account needs more
// than that: then they use the session of a sign-in with all its steps.
type programSignIn struct{ app *App }

// SignIn keeps the contract of api.Credentials.
func (p programSignIn) SignIn(ctx context.Context, name, password, from string) (string, time.Duration, error) {
	account, wait, err := p.app.SignIn.SignIn(ctx, name, password, from)
	if err != nil || account == "" || wait > 0 {
		return "", wait, err
	}
	more, err := p.app.SignIn.HasFactor(ctx, account)
	if err == nil && !more {
		more, err = p.app.SignIn.Initial(ctx, account)
	}
	if err == nil && !more {
		more, err = p.app.needsFactor(ctx, account)
	}
	if err != nil {
		return "", 0, err
	}
	if more {
		return "", 0, domain.Refuse("signin.second_step")
	}
	return account, 0, nil
}

func (a *App) needsFactor(ctx context.Context, account string) (bool, error) {
	now, err := a.Office.Account(ctx, account)
	if err != nil {
		return false, err
	}
	today := japan.DateOf(a.Config.Now())
	for _, r := range a.factorRoles() {
		if now.Has(today, domain.Role(r)) {
			return true, nil
		}
	}
	return false, nil
}

// FirstAdmin opens the account of the first administrator of a new official log,
// and answers its name and password, which are told once. A log that has
// accounts answers "". The password must be changed at the first sign-in.
func (a *App) FirstAdmin(ctx context.Context) (name, password string, err error) {
	head, err := a.Store.Head(ctx)
	if err != nil || head.Position != 1 || a.Scenario {
		return "", "", err
	}
	name, password = "admin", auth.NewPassword()
	id := uuid.NewString()
	for _, step := range []struct {
		command string
		fields  map[string]string
	}{
		{"account.open", map[string]string{"account": id, "kind": "staff", "code": name, "name": name, "kana": name}},
		{"account.grant_role", map[string]string{"account": id, "role": string(domain.Admin)}},
	} {
		data := domain.Data{}
		for k, v := range step.fields {
			data[k] = []byte(strconv.Quote(v))
		}
		if _, err := a.Office.Do(ctx, office.Request{Command: step.command, ID: uuid.New(), By: "system", At: a.Config.Now(), Data: data}); err != nil {
			return "", "", err
		}
	}
	return name, password, a.SignIn.SetInitialPassword(ctx, name, id, password)
}
