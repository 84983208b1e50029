package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/access"
	"ayumi/infra/web"
)

// staff tells the pages who somebody is. Names are opened once per process
// through the audited door and kept in memory only.
type staff struct {
	app   *App
	mu    sync.Mutex
	names map[string]string
}

// rank puts the role that decides the first page first.
var rank = []domain.Role{domain.Lead, domain.Counsellor, domain.Analyst, domain.Manager, domain.Auditor, domain.Records, domain.Privacy, domain.Admin, domain.Partner}

// Account keeps the contract of web.Accounts.
func (s *staff) Account(ctx context.Context, id string) (web.Account, error) {
	now, err := s.app.Office.Account(ctx, id)
	if err != nil {
		return web.Account{}, err
	}
	out := web.Account{ID: id, Desk: now.Desk, Actor: now.Actor}
	today := japan.DateOf(s.app.Config.Now())
	for _, r := range rank {
		if now.Has(today, r) {
			out.Roles = append(out.Roles, string(r))
		}
	}
	if s.app.Access.Head().Fault != nil {
		return out, nil // no name is shown while the access log cannot be written
	}
	out.Name, err = s.Name(ctx, id)
	if errors.Is(err, access.ErrUnaudited) {
		return out, nil
	}
	return out, err
}

// Name is the name of a member of staff, for the pages of colleagues.
func (s *staff) Name(ctx context.Context, id string) (string, error) {
	s.mu.Lock()
	name, ok := s.names[id]
	s.mu.Unlock()
	if ok {
		return name, nil
	}
	var first []domain.Recorded
	for rec, err := range s.app.Store.Stream(ctx, domain.StreamName("account", id), 0) {
		if err != nil {
			return "", err
		}
		first = append(first, rec)
		break
	}
	if len(first) == 0 {
		return "", nil
	}
	shown, err := s.app.Door.Open(ctx, access.Glance{
		Who: domain.SystemActor("31"), Subject: id, Reason: "staff_name", Classes: "P",
	}, first...)
	if err != nil {
		return "", err
	}
	name = strings.TrimSpace(shown[0].First("name").Value)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.names == nil {
		s.names = map[string]string{}
	}
	s.names[id] = name
	return name, nil
}

// sampleNames are the sign-in names shown on the sign-in page of a sample.
func sampleNames(s Sample) []web.DemoName {
	var out []web.DemoName
	for _, a := range s.Accounts {
		if len(a.Roles) == 0 || slices.Contains(a.Roles, "SY") {
			continue
		}
		out = append(out, web.DemoName{Name: a.Name, Role: a.Roles[0], Desk: a.Desk})
	}
	return out
}
