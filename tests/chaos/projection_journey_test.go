package chaos_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/projections"
)

// At every position a journey holds exactly the events that name somebody of the
// person's group, worked out from the log alone.
func TestJourneyHoldsWhatTheLogSays(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 11, true)
	w.write(200)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	for range 20 {
		w.write(10)
		m.reach()
	}
	log := collect(t, w.store)
	for _, upto := range []uint64{30, 150, 200, 300, 400} {
		people := named(log[:upto])
		for person := range people {
			group, err := m.journeys.Group(ctx, person, upto)
			require.NoError(t, err)
			require.ElementsMatch(t, groupOf(log[:upto], person), group)
			entries, err := m.journeys.Journey(ctx, person, upto)
			require.NoError(t, err)
			var got, want []uint64
			for _, e := range entries {
				got = append(got, e.Position)
			}
			for _, id := range group {
				want = append(want, people[id]...)
			}
			slices.Sort(want)
			require.Equal(t, slices.Compact(want), got, "%s up to %d", person, upto)
			s, err := m.journeys.Summary(ctx, person, upto)
			require.NoError(t, err)
			require.Equal(t, group, s.Group)
			require.NotZero(t, s.Number)
		}
	}
}

// named answers, for every person, the positions of the events that are about
// them or name them.
func named(log []domain.Recorded) map[string][]uint64 {
	out, lead := map[string][]uint64{}, map[string]string{}
	for _, e := range log {
		facts, _ := domain.FactsOf(e.Body)
		category, id := domain.SplitStream(e.Stream)
		persons := map[string]bool{}
		switch category {
		case "person":
			persons[id] = true
		case "case":
			if e.Type == "case.opened" {
				lead[id] = facts.Text("person")
			}
			persons[lead[id]] = true
		default:
			continue
		}
		for _, fact := range []string{"person", "lead_person", "head", "movers", "persons", "into", "from", "other"} {
			for p := range strings.SplitSeq(facts.Text(fact), ",") {
				persons[p] = p != ""
			}
		}
		for p, ok := range persons {
			if ok {
				out[p] = append(out[p], e.Position)
			}
		}
	}
	return out
}

func groupOf(log []domain.Recorded, person string) []string {
	into := map[string]string{}
	for _, e := range log {
		facts, _ := domain.FactsOf(e.Body)
		_, id := domain.SplitStream(e.Stream)
		switch e.Type {
		case "person.merged":
			into[id] = facts.Text("into")
		case "person.unmerged":
			delete(into, id)
		}
	}
	root := func(p string) string {
		for into[p] != "" {
			p = into[p]
		}
		return p
	}
	out := []string{root(person)}
	for p := range into {
		if root(p) == root(person) {
			out = append(out, p)
		}
	}
	return out
}

// Corrections and voids are shown on what they change, and only once they are known.
func TestEntriesShowWhatChangedThem(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 12, true)
	w.write(600)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	held := map[string]uint64{}
	seen := map[string]int{}
	for _, e := range collect(t, w.store) {
		facts, _ := domain.FactsOf(e.Body)
		id := facts.Text("consultation")
		switch e.Type {
		case "case.consultation_held", "case.consultation_received": // moved to another case
			held[id] = e.Position
		case "case.consultation_amended", "case.consultation_voided":
			seen[e.Type]++
			before, err := m.journeys.Record(ctx, held[id], e.Position-1)
			require.NoError(t, err)
			after, err := m.journeys.Record(ctx, held[id], e.Position)
			require.NoError(t, err)
			trail, err := m.audit.Entry(ctx, e.Position)
			require.NoError(t, err)
			require.Equal(t, held[id], trail.Target)
			if e.Type == "case.consultation_voided" {
				require.Equal(t, e.Position, after.Voided.Position)
				require.Equal(t, "voided", trail.Change)
				continue
			}
			require.Len(t, after.Corrected, len(before.Corrected)+1)
			last := after.Corrected[len(before.Corrected)]
			require.Equal(t, facts.Text("new"), last.New)
			require.Equal(t, facts.Text("field"), last.Field)
		}
	}
	require.NotZero(t, seen["case.consultation_amended"])
	require.NotZero(t, seen["case.consultation_voided"])
}

// openWork is what a log planned and did not end: id → position of its beginning.
func openWork(log []domain.Recorded) map[string]uint64 {
	open := map[string]uint64{}
	for _, e := range log {
		facts, _ := domain.FactsOf(e.Body)
		switch e.Type {
		case "case.task_planned":
			open[facts.Text("task")] = e.Position
		case "case.task_done":
			delete(open, facts.Text("task"))
		case "case.booking_made":
			open[facts.Text("booking")] = e.Position
		case "case.booking_missed":
			delete(open, facts.Text("booking"))
		case "case.referral_proposed":
			open[facts.Text("referral")] = e.Position
		case "case.referral_cancelled", "case.referral_declined", "case.referral_returned", "case.referral_completed":
			delete(open, facts.Text("referral"))
		}
	}
	return open
}

// Open work is what was planned and not yet ended, now and at every position that
// is past, however the log came in.
func TestOpenWorkFollowsTheLog(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 13, true)
	w.write(100)
	m := readModels(t, w.store, file(t))
	defer m.end()
	found := func(at uint64) map[string]uint64 {
		work, err := m.journeys.Work(ctx, projections.WorkFilter{Limit: 10000, At: at})
		require.NoError(t, err)
		got := map[string]uint64{}
		for _, x := range work {
			require.NotContains(t, got, x.ID)
			got[x.ID] = x.Item.Position
			require.NotEmpty(t, x.Person.ID)
			require.NotEmpty(t, x.What)
		}
		return got
	}
	for range 10 {
		w.write(60)
		m.reach()
		require.Equal(t, openWork(collect(t, w.store)), found(0))
	}
	log, most := collect(t, w.store), 0
	for at := 1; at <= len(log); at += 7 {
		want := openWork(log[:at])
		most = max(most, len(want))
		require.Equal(t, want, found(uint64(at)), "at %d", at)
	}
	require.Greater(t, most, len(openWork(log))/2)
}

// Every event has its line in the audit trail, with the leaf hash of its body.
func TestAuditTrailHoldsEveryEvent(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 14, true)
	w.write(150)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach() // the first part in bulk, the rest live
	for range 10 {
		w.write(15)
		m.reach()
	}
	log := collect(t, w.store)
	var trail []projections.AuditEntry
	for before := uint64(0); ; before = trail[len(trail)-1].Position {
		page, err := m.audit.Trail(ctx, projections.AuditFilter{Before: before, Limit: 70})
		require.NoError(t, err)
		if len(page) == 0 {
			break
		}
		trail = append(trail, page...)
	}
	require.Len(t, trail, len(log))
	for i, e := range log {
		a := trail[len(trail)-1-i]
		facts, _ := domain.FactsOf(e.Body)
		require.Equal(t, e.Leaf, a.Leaf)
		require.Equal(t, []string{e.ID.String(), e.Type, e.Stream, facts.Text("recorded_by"), facts.Text("command_id")},
			[]string{a.EventID, a.Type, a.Stream, a.By, a.CommandID})
	}
	slices.Reverse(trail)
	targets := 0
	for _, e := range trail {
		of := func(which func(projections.AuditEntry) bool) []projections.AuditEntry {
			return slices.DeleteFunc(slices.Clone(trail), func(o projections.AuditEntry) bool { return !which(o) })
		}
		changes, err := m.audit.ChangesOf(ctx, e.Position)
		require.NoError(t, err)
		require.ElementsMatch(t, of(func(o projections.AuditEntry) bool { return o.Target == e.Position }), changes)
		stream, err := m.audit.Trail(ctx, projections.AuditFilter{Stream: e.Stream, Limit: len(trail)})
		require.NoError(t, err)
		slices.Reverse(stream)
		require.Equal(t, of(func(o projections.AuditEntry) bool { return o.Stream == e.Stream }), stream)
		if e.Target > 0 {
			targets++
			require.Less(t, e.Target, e.Position)
			require.Equal(t, e.Stream, trail[e.Target-1].Stream)
		}
	}
	require.Greater(t, targets, 5)
	none, err := m.audit.Trail(ctx, projections.AuditFilter{Stream: "case-unknown"})
	require.NoError(t, err)
	require.Empty(t, none)
	_, err = m.audit.ChangesOf(ctx, trail[len(trail)-1].Position+1)
	require.ErrorIs(t, err, projections.ErrUnknown)
}

func collect(t testing.TB, store domain.EventStore) []domain.Recorded {
	t.Helper()
	var out []domain.Recorded
	for e, err := range store.All(context.Background(), 0) {
		require.NoError(t, err)
		out = append(out, e)
	}
	return out
}
