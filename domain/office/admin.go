package office

import (
	"context"
	"slices"
	"sync"

	"ayumi/domain"
	"ayumi/domain/account"
)

// admins are the accounts that ever were given the role of an administrator, as
// far as the log was read for it. One is dismissed at a time, so that two cannot
// each rely on the other.
type admins struct {
	dismissal sync.Mutex
	reading   sync.Mutex
	position  uint64
	accounts  []string
}

// dismisses tells whether a command can leave a controller with one
// administrator less.
func dismisses(r Request) bool {
	switch r.Command {
	case "account.suspend", "account.close":
		return true
	case "account.revoke_role":
		role, _ := r.Data.Text("role")
		return role == string(domain.Admin)
	}
	return false
}

// keepsAdmin refuses to take the last administrator from a controller.
func (o *Office) keepsAdmin(w *domain.Work, in domain.Intent, r Request) error {
	if !dismisses(r) {
		return nil
	}
	now := func(id string) (domain.Actor, error) {
		a, _, _, err := domain.Load(w, account.Aggregate, id)
		if err != nil {
			return domain.Actor{}, err
		}
		return a.Now().Actor, nil
	}
	leaving, err := now(in.Stream)
	if err != nil || !leaving.Has(in.Today(), domain.Admin) {
		return err
	}
	known, err := o.everAdmins(w.Context())
	if err != nil {
		return err
	}
	for _, id := range known {
		other, err := now(id)
		if err != nil {
			return err
		}
		if id != in.Stream && other.Controller == leaving.Controller && other.Has(in.Today(), domain.Admin) {
			return nil
		}
	}
	return domain.Refuse("account.last_admin")
}

// everAdmins reads what the log holds beyond what was read before: all of it the
// first time, which is rare enough for a command this rare.
func (o *Office) everAdmins(ctx context.Context) ([]string, error) {
	a := &o.admins
	a.reading.Lock()
	defer a.reading.Unlock()
	for rec, err := range o.decider.Store.All(ctx, a.position) {
		if err != nil {
			return nil, err
		}
		a.position = rec.Position
		if rec.Type != "account.role_granted" {
			continue
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return nil, err
		}
		if _, id := domain.SplitStream(rec.Stream); facts.Text("role") == string(domain.Admin) && !slices.Contains(a.accounts, id) {
			a.accounts = append(a.accounts, id)
		}
	}
	return slices.Clone(a.accounts), nil
}
