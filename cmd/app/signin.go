package app

import (
	"context"
	"errors"
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
	if mine, err := a.errands.begin(ctx, "first-admin", a.Origin, ""); err != nil || !mine {
		return "", "", err // another instance tells it
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

// ErrNoName: no account has the sign-in name.
var ErrNoName = errors.New("no such sign-in name")

// FirstPassword makes a password for a sign-in name that its holder must change, and
// ends its sessions. A name that is not in use yet needs its account. The server may
// run meanwhile.
func FirstPassword(ctx context.Context, c Config, name, account string) (password string, err error) {
	err = onSignIn(ctx, c, name, func(store *auth.Store, named string) error {
		if named != "" && account != "" && named != account || named == "" && account == "" {
			return ErrNoName
		}
		if named == "" {
			named = account
		}
		password = auth.NewPassword()
		if err := store.SetInitialPassword(ctx, name, named, password); err != nil {
			return err
		}
		return store.EndSessions(ctx, named)
	})
	return password, err
}

// DropFactor takes the second factor of a sign-in name away, for who has lost it, and
// ends its sessions.
func DropFactor(ctx context.Context, c Config, name string) error {
	return onSignIn(ctx, c, name, func(store *auth.Store, named string) error {
		if named == "" {
			return ErrNoName
		}
		if err := store.DropFactor(ctx, named); err != nil {
			return err
		}
		return store.EndSessions(ctx, named)
	})
}

// ForgetProvider unlinks a sign-in name from the prefecture's account, and ends its
// sessions.
func ForgetProvider(ctx context.Context, c Config, name string) error {
	return onSignIn(ctx, c, name, func(store *auth.Store, named string) error {
		if named == "" {
			return ErrNoName
		}
		if err := store.ForgetIdentities(ctx, named); err != nil {
			return err
		}
		return store.EndSessions(ctx, named)
	})
}

// EndSessions ends every session of a sign-in name.
func EndSessions(ctx context.Context, c Config, name string) error {
	return onSignIn(ctx, c, name, func(store *auth.Store, named string) error {
		if named == "" {
			return ErrNoName
		}
		return store.EndSessions(ctx, named)
	})
}

// onSignIn opens the sign-in file of a log that is there.
func onSignIn(ctx context.Context, c Config, name string, do func(store *auth.Store, account string) error) error {
	c = c.filled()
	held, err := Holds(c)
	if err == nil && !held {
		err = ErrNoLog
	}
	if err != nil {
		return err
	}
	store, err := openSignIn(ctx, c, "")
	if err != nil {
		return err
	}
	account, err := store.Named(ctx, name)
	if err == nil {
		err = do(store, account)
	}
	return errors.Join(err, store.Close())
}
