package access_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/access"
	"ayumi/tests/flow"
	"ayumi/tests/given"
)

// A partner's account opens what was told to its body, and what it told us; not a
// word of the rest of the log.
func TestAPartnerOpensWhatWasToldToIt(t *testing.T) {
	d, ctx, at := flow.Open(t), context.Background(), flow.At("2019-06-01", 12)
	d.Staff("co1", "CO")
	d.Staff("ld1", "LD")
	town, village := uuid.NewString(), uuid.NewString()
	for _, id := range []string{town, village} {
		d.Do(at, "ld1", "partner.register", map[string]any{"partner": id, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "見本市"})
		d.Do(at, "co1", "partner.make_inward", map[string]any{"partner": id, "purpose": "job", "basis": "law", "due_on": "2019-06-08", "name": "届 " + id, "text": "依頼"})
	}
	r := d.Do(at, "co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja", "student": false, "family": "渡邉", "given": "見本", "search": "s1"})
	_, person := domain.SplitStream(r[0].Stream)
	d.Do(at, "co1", "person.give_notice", map[string]any{"person": person, "notice_version": "n1", "language": "ja", "method": "paper"})
	r = d.Do(at, "co1", "case.open", map[string]any{"person": person, "desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false})
	_, file := domain.SplitStream(r[0].Stream)
	d.Do(at, "co1", "case.refer", map[string]any{"case": file, "partner": town, "purpose": "housing", "reason": "控え", "basis": "within_purpose", "due_on": "2019-06-08",
		"fields": []string{"name"}, "notice_version": "n1", "text": "渡邉 見本"})
	log, err := access.OpenLog(filepath.Join(t.TempDir(), "access.db"), access.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { log.Close() })
	door := &access.Door{Keys: d.Keys, Log: log, Origin: d.Head.Origin, Now: func() time.Time { return at }}
	var events []domain.Recorded
	for rec, err := range d.Store.All(ctx, 0) {
		require.NoError(t, err)
		events = append(events, rec)
	}
	opened := func(who domain.Actor) map[string][]string {
		shown, err := door.Open(ctx, access.Glance{Who: who, Reason: "partner", Classes: "PX"}, events...)
		require.NoError(t, err)
		out := map[string][]string{}
		for i, s := range shown {
			for field := range s {
				out[events[i].Type] = append(out[events[i].Type], s.First(field).Value)
			}
		}
		return out
	}
	who := given.Desk("pt1", domain.Partner)
	who.Partner = town
	got := opened(who)
	require.ElementsMatch(t, []string{"届 " + town, "依頼"}, got["partner.inward_made"])
	require.Equal(t, []string{"渡邉 見本"}, got["case.information_shared"])
	require.Len(t, got, 2)
	who.Partner = village
	got = opened(who)
	require.ElementsMatch(t, []string{"届 " + village, "依頼"}, got["partner.inward_made"])
	require.Len(t, got, 1)
	who.Partner = ""
	require.Empty(t, opened(who))
	who.Partner, who.Closed = town, true
	require.Empty(t, opened(who))
}
