package chaos_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"
)

// The board of referrals is what the log says of each, over ones too, however the
// events fall into batches.
func TestReferralsFollowTheLog(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 15, true)
	w.write(100)
	m := readModels(t, w.store, file(t))
	defer m.end()
	states := map[string]bool{}
	for range 10 {
		w.write(60)
		m.reach()
		want := referred(t, collect(t, w.store))
		list, err := m.journeys.Referrals(ctx, projections.ReferralFilter{Limit: 100000})
		require.NoError(t, err)
		got := map[string]referralSeen{}
		for _, r := range list {
			require.NotEmpty(t, r.Person.ID)
			require.NotEmpty(t, r.Case)
			got[r.ID] = referralSeen{r.State, r.Partner, r.Purpose, r.Basis, r.Begun, r.Due, r.Over, r.Position, r.Changed}
			states[r.State] = true
		}
		require.Equal(t, want, got)
		past(t, m, collect(t, w.store))
		require.True(t, slices.IsSortedFunc(list, func(a, b projections.Referral) int {
			if (a.Over == 0) != (b.Over == 0) {
				return map[bool]int{true: -1, false: 1}[a.Over == 0]
			}
			return int(b.Over-a.Over) + map[bool]int{true: int(a.Begun - b.Begun)}[a.Over == 0]
		}))
		for id, r := range want {
			one, err := m.journeys.Referrals(ctx, projections.ReferralFilter{Position: r.begun})
			require.NoError(t, err)
			require.Len(t, one, 1)
			require.Equal(t, id, one[0].ID)
		}
	}
	require.True(t, states["completed"] || states["cancelled"] || states["declined"])
}

// past holds the board of any earlier position against the log up to there.
func past(t *testing.T, m *models, log []domain.Recorded) {
	for _, at := range []int{len(log) / 4, len(log) / 2, len(log) - 7} {
		until := log[at].Position
		want := referred(t, log[:at+1])
		list, err := m.journeys.Referrals(context.Background(), projections.ReferralFilter{At: until, Limit: 100000})
		require.NoError(t, err)
		got := map[string]referralSeen{}
		for _, r := range list {
			got[r.ID] = referralSeen{r.State, r.Partner, r.Purpose, r.Basis, r.Begun, r.Due, r.Over, r.Position, r.Changed}
		}
		require.Equal(t, want, got, "as of %d", until)
		n, last, err := m.journeys.ReferralsMoved(context.Background(), until, projections.ReferralFilter{})
		require.NoError(t, err)
		moved, newest := 0, uint64(0)
		for _, r := range referred(t, log) {
			if r.changed > until {
				moved, newest = moved+1, max(newest, r.changed)
			}
		}
		require.Equal(t, moved, n)
		require.Equal(t, newest, last)
	}
}

type referralSeen struct {
	state, partner, purpose, basis string
	on, due, over                  japan.Date
	begun, changed                 uint64
}

func referred(t *testing.T, log []domain.Recorded) map[string]referralSeen {
	out := map[string]referralSeen{}
	for _, e := range log {
		word, ok := strings.CutPrefix(e.Type, "case.referral_")
		if !ok {
			continue
		}
		facts, err := domain.FactsOf(e.Body)
		require.NoError(t, err)
		id := facts.Text("referral")
		on, err := japan.ParseDate(facts.Text("occurred_on"))
		require.NoError(t, err)
		r := out[id]
		r.state, r.changed = map[string]string{"progressed": "in_progress", "resent": "sent"}[word], e.Position
		if r.state == "" {
			r.state = word
		}
		switch word {
		case "proposed":
			r.partner, r.purpose, r.on, r.begun = facts.Text("partner"), facts.Text("purpose"), on, e.Position
		case "agreed":
			r.basis = facts.Text("basis")
		case "sent", "resent":
			r.due, err = japan.ParseDate(facts.Text("due_on"))
			require.NoError(t, err)
		case "declined", "returned", "completed", "cancelled":
			r.over = on
		}
		out[id] = r
	}
	return out
}
