package access_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/access"
	"ayumi/tests/flow"
	"ayumi/tests/given"
)

// matters is a log of two persons, each with a name and a note, and a request of
// one of them, behind the door that the product has.
type matters struct {
	*flow.Desk
	*access.Door
	people, matter []string
	at             time.Time
}

func requested(t *testing.T) *matters {
	m := &matters{Desk: flow.Open(t), at: flow.At("2023-06-01", 12)}
	m.Staff("co1", "CO")
	m.Staff("po1", "PO")
	m.Staff("mg1", "MG")
	for _, family := range []string{"請求", "無関係"} {
		r := m.Do(m.at, "co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13",
			"language": "ja", "student": false, "family": family, "search": given.ID(family)})
		_, id := domain.SplitStream(r[0].Stream)
		m.people = append(m.people, id)
		r = m.Do(m.at, "co1", "case.open", map[string]any{"person": id, "desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false})
		_, file := domain.SplitStream(r[0].Stream)
		m.Do(m.at, "co1", "case.add_note", map[string]any{"case": file, "partition": "common", "text": family + "の覚え"})
		r = m.Do(m.at, "po1", "rights.request", map[string]any{"kind": "disclosure", "person": id, "channel": "in_person", "requester": family, "words": "見たい", "representative": family + "の代理"})
		_, id = domain.SplitStream(r[0].Stream)
		m.matter = append(m.matter, id)
	}
	log, err := access.OpenLog(filepath.Join(t.TempDir(), "access.db"), access.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { log.Close() })
	m.Door = &access.Door{Keys: m.Desk.Keys, Log: log, Origin: m.Head.Origin, Now: func() time.Time { return m.at },
		Closed: m.Office.ClosedToView, Matter: m.Office.MatterReach}
	return m
}

// opened are the texts of the whole log that somebody sees for a matter.
func (m *matters) opened(who domain.Actor, matter, classes string) (out []string) {
	m.T.Helper()
	var events []domain.Recorded
	for rec, err := range m.Store.All(context.Background(), 0) {
		require.NoError(m.T, err)
		if category, _ := domain.SplitStream(rec.Stream); category != "account" {
			events = append(events, rec)
		}
	}
	shown, err := m.Door.Open(context.Background(), access.Glance{Who: who, Subject: m.people[0], Reason: "rights", Classes: classes, Matter: matter}, events...)
	require.NoError(m.T, err)
	for _, s := range shown {
		for _, owners := range s {
			for _, t := range owners {
				out = append(out, t.Value)
			}
		}
	}
	return out
}

func TestAMatterOpensItsPersonToThePrivacyOfficer(t *testing.T) {
	m := requested(t)
	po := given.Desk("po1", domain.Privacy)
	require.ElementsMatch(t, []string{"請求", "請求の覚え", "請求", "見たい", "請求の代理"}, m.opened(po, m.matter[0], "PX"))
	require.ElementsMatch(t, []string{"請求", "請求", "請求の代理"}, m.opened(po, m.matter[0], "P"))
	list, err := m.Log.Of(context.Background(), m.people[0], 10)
	require.NoError(t, err)
	require.Len(t, list, 2, "each is in the access log")
	require.Equal(t, "po1", list[0].Account)

	require.Empty(t, m.opened(po, "", "PX"), "without a matter nothing opens")
	require.Empty(t, m.opened(po, m.people[0], "PX"), "a person is no matter")
	require.Empty(t, m.opened(po, "../rights", "PX"))
	elsewhere := po
	elsewhere.Controller = "33"
	require.Empty(t, m.opened(elsewhere, m.matter[0], "PX"))
	for _, role := range []domain.Role{domain.Manager, domain.Records, domain.Analyst, domain.Auditor, domain.Admin} {
		require.Empty(t, m.opened(given.Desk("x", role), m.matter[0], "PX"), role)
	}
}

func TestAMatterThatIsOverOpensNothing(t *testing.T) {
	m := requested(t)
	m.Do(m.at, "po1", "rights.withdraw", map[string]any{"stream": m.matter[0]})
	require.Empty(t, m.opened(given.Desk("po1", domain.Privacy), m.matter[0], "PX"))
}

// A restriction closes the texts to others, not to the officer of the matter.
func TestAMatterOpensWhatARestrictionCloses(t *testing.T) {
	m := requested(t)
	m.Do(m.at, "po1", "person.restrict_use", map[string]any{"person": m.people[0], "ground": "legal_hold", "scope": []string{"all"}})
	co, po := given.Desk("co1"), given.Desk("po1", domain.Privacy)
	require.NotContains(t, m.opened(co, "", "PX"), "請求の覚え")
	require.Contains(t, m.opened(po, m.matter[0], "PX"), "請求の覚え")
}

func TestAMatterThatCannotBeReadOpensNothing(t *testing.T) {
	m := requested(t)
	broken := errors.New("disk")
	m.Door.Matter = func(context.Context, string) (domain.Reach, error) { return domain.Reach{Owners: m.people}, broken }
	for rec, err := range m.Store.Stream(context.Background(), "person-"+m.people[0], 0) {
		require.NoError(t, err)
		shown, err := m.Door.Open(context.Background(), access.Glance{Who: given.Desk("po1", domain.Privacy), Subject: "p", Classes: "PX", Matter: m.matter[0]}, rec)
		require.ErrorIs(t, err, broken)
		require.Nil(t, shown)
	}
	require.Zero(t, m.Log.Head().Size)
}
