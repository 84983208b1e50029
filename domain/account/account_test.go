package account_test

import (
	"errors"
	"math/rand"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/account"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

type event = domain.Event[account.Account]

var (
	admin   = given.Desk("ad1", domain.Admin)
	manager = given.Desk("mg1", domain.Manager)
	world   = &given.World{
		Accounts: []domain.AccountNow{{Actor: manager}, {Actor: given.Desk("co2")}},
		Persons:  []domain.PersonNow{{ID: "p1", Controller: "31"}, {ID: "p33", Controller: "33"}},
		Partners: []domain.PartnerNow{{ID: "n1", Controller: "31"}},
	}
	suspended = &account.Suspended{Reason: "leave"}
	closed    = &account.Closed{Reason: "left"}
	co        = &account.RoleGranted{Role: "CO"}
)

func staff() *account.Opened {
	return &account.Opened{Kind: "staff", Desk: "D-OKY", Code: "k.tanaka", Name: "田中 花子", Kana: "タナカ ハナコ"}
}

func opened(kind string) *account.Opened {
	o := staff()
	o.Kind = kind
	return o
}

func of(t testing.TB, events ...event) *given.Scene[account.Account] {
	return given.Stream(t, account.Aggregate, "a1").Given(events...).By(admin).In(world).
		With(func(in *domain.Intent) { in.OnBehalfOf = "mg1" })
}

func TestAccountIsOpenedWithItsOwnDesk(t *testing.T) {
	of(t).When(&account.Open{Opened: *staff()}).
		ThenState(func(a *account.Account) {
			require.Equal(t, domain.AccountNow{Kind: "staff", Actor: domain.Actor{
				Account: "a1", Controller: "31", Desk: "D-OKY", Roles: map[domain.Role]japan.Date{},
			}}, a.Now())
		}).Then(staff())
	partner := *opened("partner")
	of(t).When(&account.Open{Opened: partner}).Refused("field.required")
	partner.Partner = "n9"
	of(t).When(&account.Open{Opened: partner}).Refused("entity.unknown")
	partner.Partner = "n1"
	of(t).When(&account.Open{Opened: partner}).
		ThenState(func(a *account.Account) { require.Equal(t, "n1", a.Now().Partner) }).Then(&partner)
	odd := *staff()
	odd.Partner = "n1"
	of(t).When(&account.Open{Opened: odd}).Refused("account.kind")
}

func TestAbsentDeskReadsAsTheEnvelopes(t *testing.T) {
	live, stored := account.Aggregate.New(), account.Aggregate.New()
	env := domain.Envelope{Stream: "account-a1", Desk: "D-TKY"}
	(&account.Opened{Kind: "staff"}).Apply(live, env)
	(&account.Opened{Kind: "staff", Desk: "D-TKY"}).Apply(stored, env)
	require.Equal(t, stored, live)
}

func TestKeyCommitmentIsAFactOfTheFirstEvent(t *testing.T) {
	o := staff()
	o.Commit("ab")
	require.Equal(t, "ab", o.KeyCommitment)
}

func TestRolesComeOnOrderAndEnd(t *testing.T) {
	until := account.RoleGranted{Role: "LD", Until: japan.On(2020, 3, 31)}
	of(t, staff()).When(&account.GrantRole{RoleGranted: until}).
		ThenState(func(a *account.Account) {
			require.True(t, a.Now().Has(japan.On(2020, 3, 31), domain.Lead))
			require.False(t, a.Now().Has(japan.On(2020, 4, 1), domain.Lead))
		}).Then(&until)
	of(t, staff(), co).When(&account.GrantRole{RoleGranted: *co}).Nothing()
	grant := &account.GrantRole{RoleGranted: *co}
	of(t, staff()).With(func(in *domain.Intent) { in.OnBehalfOf = "" }).When(grant).Refused("field.required")
	for _, by := range []string{"co2", "nobody"} {
		of(t, staff()).With(func(in *domain.Intent) { in.OnBehalfOf = by }).When(grant).Refused("account.not_allowed")
	}
	both := given.Desk("mg1", domain.Admin, domain.Manager)
	of(t, staff()).By(both).When(grant).Refused("account.not_allowed")
	of(t, staff()).By(domain.SystemActor("31")).With(func(in *domain.Intent) { in.OnBehalfOf = "" }).When(grant).Then(co)
	of(t, staff()).When(&account.GrantRole{RoleGranted: account.RoleGranted{Role: "CO", Until: japan.On(2019, 5, 31)}}).Refused("date.order")

	gone := account.RoleRevoked{Role: "CO"}
	of(t, staff(), co).When(&account.RevokeRole{RoleRevoked: gone}).
		ThenState(func(a *account.Account) { require.Empty(t, a.Roles) }).Then(&gone)
	of(t, staff()).When(&account.RevokeRole{RoleRevoked: gone}).Nothing()
}

func TestPartnersAndTheSystemHaveTheirOwnRole(t *testing.T) {
	for _, c := range []struct {
		kind, role string
		refused    bool
	}{
		{"staff", "PT", true}, {"staff", "SY", true}, {"partner", "CO", true}, {"system", "AD", true},
		{"partner", "PT", false}, {"system", "SY", false}, {"auditor", "AU", false},
	} {
		role := account.RoleGranted{Role: c.role}
		scene := of(t, opened(c.kind)).When(&account.GrantRole{RoleGranted: role})
		if c.refused {
			scene.Refused("account.kind")
		} else {
			scene.Then(&role)
		}
	}
}

func TestDeskAndEngagementChange(t *testing.T) {
	desk := account.DeskChanged{Desk: "D-FKC"}
	of(t, staff()).When(&account.ChangeDesk{DeskChanged: desk}).
		ThenState(func(a *account.Account) { require.Equal(t, "D-FKC", a.Desk) }).Then(&desk)

	engaged := account.EngagementGranted{Audit: "u1", Reveal: "personal", Until: japan.On(2019, 9, 30)}
	ask := func(kind string, e account.EngagementGranted) *given.Scene[account.Account] {
		return of(t, opened(kind)).By(manager).When(&account.GrantEngagement{EngagementGranted: e})
	}
	ask("auditor", engaged).
		ThenState(func(a *account.Account) { require.Equal(t, "personal", a.Engagements["u1"].Reveal) }).Then(&engaged)
	ask("staff", engaged).Refused("account.kind")
	engaged.Until = japan.On(2019, 5, 31)
	ask("auditor", engaged).Refused("date.order")
}

func TestAccountRunsOpenedSuspendedReinstatedClosed(t *testing.T) {
	back := &account.Reinstated{Reason: "returned"}
	for _, c := range []struct {
		past    []event
		command domain.Command[account.Account]
		then    event
		refused bool
		state   string
	}{
		{nil, &account.Suspend{Suspended: *suspended}, suspended, false, "suspended"},
		{[]event{suspended}, &account.Suspend{Suspended: *suspended}, nil, false, "suspended"},
		{nil, &account.Reinstate{Reinstated: *back}, nil, false, "opened"},
		{[]event{suspended}, &account.Reinstate{Reinstated: *back}, back, false, "opened"},
		{nil, &account.Close{Closed: *closed}, closed, false, "closed"},
		{[]event{suspended}, &account.Close{Closed: *closed}, closed, false, "closed"},
		{[]event{closed}, &account.Close{Closed: *closed}, nil, false, "closed"},
		{[]event{closed}, &account.Suspend{Suspended: *suspended}, nil, true, "closed"},
		{[]event{closed}, &account.Reinstate{Reinstated: *back}, nil, true, "closed"},
		{[]event{closed}, &account.GrantRole{RoleGranted: *co}, nil, true, "closed"},
		{[]event{closed}, &account.RevokeRole{RoleRevoked: account.RoleRevoked{Role: "CO"}}, nil, true, "closed"},
		{[]event{closed}, &account.ChangeDesk{DeskChanged: account.DeskChanged{Desk: "D-TKY"}}, nil, true, "closed"},
		{[]event{closed}, &account.GrantEngagement{EngagementGranted: account.EngagementGranted{Audit: "u1"}}, nil, true, "closed"},
	} {
		scene := of(t, append([]event{staff()}, c.past...)...).When(c.command)
		switch {
		case c.refused:
			scene.Refused("account.state")
			continue
		case c.then == nil:
			scene.Nothing()
		default:
			scene.Then(c.then)
		}
		scene.ThenState(func(a *account.Account) {
			require.Equal(t, c.state, a.State)
			require.Equal(t, c.state != "opened", a.Now().Closed)
		})
	}
}

func TestRandomSequencesNeverPanic(t *testing.T) {
	pick := func(rnd *rand.Rand, words ...string) string { return words[rnd.Intn(len(words))] }
	for seed := range int64(300) {
		rnd := rand.New(rand.NewSource(seed))
		a := account.Aggregate.New()
		for range 50 {
			id, role := pick(rnd, "", "x", "y"), pick(rnd, "CO", "AD", "PT", "SY")
			in := domain.Intent{
				Actor: given.Desk(pick(rnd, "a1", "po1"), domain.Admin), OnBehalfOf: pick(rnd, "", "mg1"),
				Look: world, Now: time.Date(2019, 6, 1, 2, 0, 0, 0, time.UTC),
			}
			until := japan.On(2019, 6, 1).Add(rnd.Intn(9) - 4)
			cmds := []domain.Command[account.Account]{
				&account.Open{Opened: *opened(pick(rnd, "staff", "partner", "auditor", "system"))},
				&account.GrantRole{RoleGranted: account.RoleGranted{Role: role, Until: until}},
				&account.RevokeRole{RoleRevoked: account.RoleRevoked{Role: role}},
				&account.GrantEngagement{EngagementGranted: account.EngagementGranted{Audit: id, Until: until}},
				&account.OpenEmergencyAccess{EmergencyAccessOpened: account.EmergencyAccessOpened{Access: id, Person: "p1", Minutes: rnd.Intn(200)}},
				&account.ReviewEmergencyAccess{EmergencyAccessReviewed: account.EmergencyAccessReviewed{Access: id, Result: "proper"}},
				&account.Suspend{}, &account.Reinstate{}, &account.Close{},
			}
			events, err := cmds[rnd.Intn(len(cmds))].Decide(a, in)
			var r *domain.Refusal
			require.True(t, err == nil || errors.As(err, &r))
			for _, ev := range events {
				ev.Apply(a, domain.Envelope{Stream: "account-a1", RecordedBy: in.Actor.Account})
			}
			require.Contains(t, []string{"opened", "suspended", "closed"}, a.State)
		}
	}
}
