package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"ayumi/domain/scenario"
	"ayumi/infra/auth"
)

// Sample is how people sign in to a scenario log. It lies in the data directory,
// for its owner alone: everybody in it is invented.
type Sample struct {
	Password string        `json:"password"`
	Accounts []SampleStaff `json:"accounts"`
}

// SampleStaff is one invented member of staff.
type SampleStaff struct {
	Name    string   `json:"name"` // to sign in with
	Account string   `json:"account"`
	Roles   []string `json:"roles"`
	Desk    string   `json:"desk,omitempty"`
}

// admit gives every account of a scenario a sign-in and one password.
func admit(ctx context.Context, c Config, l *Ledger, codes map[string]string, lines []scenario.Line) error {
	s := Sample{Password: auth.NewPassword()}
	store, err := openSignIn(ctx, l.Config, l.Origin)
	if err != nil {
		return err
	}
	defer store.Close()
	for code, account := range codes {
		if err := store.SetPassword(ctx, code, account, s.Password); err != nil {
			return fmt.Errorf("sign-in name %s: %w", code, err)
		}
		s.Accounts = append(s.Accounts, SampleStaff{Name: code, Account: account})
	}
	slices.SortFunc(s.Accounts, func(a, b SampleStaff) int { return strings.Compare(a.Name, b.Name) })
	if err := s.describe(lines); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(c.in("sample.json"), raw, 0o600)
}

// describe adds desks and roles, as the scenario's first lines state them.
func (s *Sample) describe(lines []scenario.Line) error {
	for _, l := range lines {
		if l.Command != "account.open" && l.Command != "account.grant_role" {
			continue
		}
		var d struct{ Account, Code, Desk, Role string }
		if err := json.Unmarshal(l.Data, &d); err != nil {
			return err
		}
		for i := range s.Accounts {
			a := &s.Accounts[i]
			switch {
			case l.Command == "account.open" && (a.Account == d.Account || a.Name == d.Code):
				a.Desk = d.Desk
			case l.Command == "account.grant_role" && a.Account == d.Account:
				a.Roles = append(a.Roles, d.Role)
			}
		}
	}
	return nil
}

// ReadSample reads how to sign in; an official log has no such file and answers
// an empty Sample.
func ReadSample(c Config) (Sample, error) {
	var s Sample
	raw, err := os.ReadFile(c.in("sample.json"))
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(raw, &s)
}
