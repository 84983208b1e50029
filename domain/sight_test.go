package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var everyRole = []domain.Role{domain.Counsellor, domain.Lead, domain.Partner, domain.Analyst, domain.Manager, domain.Auditor, domain.Records, domain.Privacy, domain.Admin}

// sights are all records that See tells apart, of one controller.
func sights(controller string, each func(domain.Sight)) {
	for _, class := range []byte{0, 'P', 'X'} {
		for _, account := range []string{"", "a2"} {
			for _, closed := range [][]string{nil, {"contact"}, {"view"}, {"all"}} {
				for flags := range 8 {
					each(domain.Sight{Controller: controller, Class: class, Account: account, Closed: closed, Confidential: flags&1 > 0, Emergency: flags&2 > 0, Agreed: flags&4 > 0})
				}
			}
		}
	}
}

// A record of the other prefecture is hidden from everybody, for every use; where
// both have agreed a search tells a counsellor that there is one, and nothing else.
func TestSeeKeepsPrefecturesApart(t *testing.T) {
	day := japan.On(2020, 6, 1)
	for _, role := range everyRole {
		who := domain.Actor{Account: "a1", Controller: "31", Roles: map[domain.Role]japan.Date{role: 0}}
		for _, use := range domain.Uses {
			sights("33", func(r domain.Sight) {
				want := domain.Hidden
				if r.Agreed && (use == domain.ToSearch || use == domain.ToSuggest) && (role == domain.Counsellor || role == domain.Lead) {
					want = domain.Exists
				}
				require.Equal(t, want, domain.See(who, day, use, r), "%s %s %+v", role, use, r)
			})
		}
	}
}

// Whoever has no role, or is suspended, or whose role ended yesterday sees nothing.
func TestSeeAsksForARoleOfTheDay(t *testing.T) {
	day := japan.On(2020, 6, 1)
	for _, who := range []domain.Actor{
		{Account: "a1", Controller: "31"},
		{Account: "a1", Controller: "31", Roles: map[domain.Role]japan.Date{domain.Lead: 0}, Closed: true},
		{Account: "a1", Controller: "31", Roles: map[domain.Role]japan.Date{domain.Lead: day - 1}},
		{Account: "a1", Controller: "31", Roles: map[domain.Role]japan.Date{domain.Partner: 0}},
	} {
		for _, use := range domain.Uses {
			sights("31", func(r domain.Sight) {
				require.Equal(t, domain.Hidden, domain.See(who, day, use, r), "%+v %s %+v", who, use, r)
			})
		}
	}
}

// The records of another desk of the prefecture are found and met, and opened with a
// reason; facts are open, and an emergency opens them too.
func TestSeeAsksWhyARecordOfAnotherDeskIsOpened(t *testing.T) {
	day := japan.On(2020, 6, 1)
	for _, role := range []domain.Role{domain.Counsellor, domain.Lead} {
		who := domain.Actor{Account: "a1", Controller: "31", Desk: "D-TKY", Roles: map[domain.Role]japan.Date{role: 0}}
		for _, class := range []byte{'P', 'X'} {
			r := domain.Sight{Controller: "31", Class: class, Elsewhere: true}
			require.Equal(t, domain.Exists, domain.See(who, day, domain.ToRead, r))
			require.Equal(t, domain.Found, domain.See(who, day, domain.ToSearch, r))
			require.Equal(t, domain.Found, domain.See(who, day, domain.ToList, r))
			r.Emergency = true
			require.Equal(t, domain.Found, domain.See(who, day, domain.ToRead, r))
		}
		require.Equal(t, domain.Found, domain.See(who, day, domain.ToRead, domain.Sight{Controller: "31", Elsewhere: true}))
		there := domain.CaseNow{Desk: "D-FKC", Owner: "a2"}
		require.False(t, who.Keeps(there))
		require.True(t, who.Keeps())
		require.True(t, who.Keeps(there, domain.CaseNow{Desk: "D-TKY", Owner: "a2"}))
		require.True(t, who.Keeps(domain.CaseNow{Desk: "D-FKC", Owner: "a1"}))
		who.Desk = ""
		require.True(t, who.Keeps(there))
	}
}

// What is closed to view, and in a search a protected person, is told to the lead
// alone; others learn that it exists. An emergency opens it, and nothing of the
// other prefecture.
func TestSeeClosesWhatIsRestricted(t *testing.T) {
	day := japan.On(2020, 6, 1)
	counsellor := domain.Actor{Account: "a1", Controller: "31", Roles: map[domain.Role]japan.Date{domain.Counsellor: 0}}
	lead := domain.Actor{Account: "a1", Controller: "31", Roles: map[domain.Role]japan.Date{domain.Lead: 0}}
	name := func(change func(*domain.Sight)) domain.Sight {
		r := domain.Sight{Controller: "31", Class: 'P'}
		change(&r)
		return r
	}
	closed := func(r *domain.Sight) { r.Closed = []string{"view"} }
	protected := func(r *domain.Sight) { r.Confidential = true }
	require.Equal(t, domain.Found, domain.See(counsellor, day, domain.ToSearch, name(func(*domain.Sight) {})))
	require.Equal(t, domain.Exists, domain.See(counsellor, day, domain.ToSearch, name(closed)))
	require.Equal(t, domain.Exists, domain.See(counsellor, day, domain.ToRead, name(closed)))
	require.Equal(t, domain.Exists, domain.See(counsellor, day, domain.ToSuggest, name(protected)))
	require.Equal(t, domain.Found, domain.See(counsellor, day, domain.ToRead, name(protected)), "whoever works with a protected person reads the name")
	for _, change := range []func(*domain.Sight){closed, protected} {
		require.Equal(t, domain.Found, domain.See(lead, day, domain.ToSearch, name(change)))
		r := name(change)
		r.Emergency = true
		require.Equal(t, domain.Found, domain.See(counsellor, day, domain.ToSearch, r))
		r.Controller = "33"
		require.Equal(t, domain.Hidden, domain.See(counsellor, day, domain.ToSearch, r))
	}
}
