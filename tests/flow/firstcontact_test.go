package flow_test

import (
	"context"
	"maps"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/tests/flow"
)

// counted answers how many events of each type were added after a position.
func counted(d *flow.Desk, after uint64) map[string]int {
	out := map[string]int{}
	for _, typ := range types(d, after) {
		out[typ]++
	}
	return out
}

func contactOf(co string, more map[string]any) map[string]any {
	out := map[string]any{
		"register": map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja", "student": false, "family": "見本", "search": "s1"},
		"notice":   map[string]any{"notice_version": "n1", "language": "ja", "method": "paper"},
		"open":     map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
	}
	maps.Copy(out, more)
	return out
}

func TestAFirstContactTakesSeveralContactsAndConsents(t *testing.T) {
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	before := head(d)
	consent := func(scope string) map[string]any {
		return map[string]any{"scope": []string{scope}, "evidence_ref": "口頭"}
	}
	d.Do(flow.At("2019-06-01", 11), "co1", "person.first_contact", contactOf(co, map[string]any{
		"contacts": map[string]any{"mobile": map[string]any{"kind": "mobile", "shared": false, "value": "09000000000"}, "line": map[string]any{"kind": "line", "shared": false, "value": "例"}},
		"consents": map[string]any{"event_notice": consent("event_notice"), "photo": consent("photo")},
		"message":  map[string]any{"channel": "line", "inbound": 1, "outbound": 1, "categories": []string{"job"}, "desk": "D-TKY", "counsellor": co, "notice_version": "n1", "summary": "x"},
	}))
	require.Equal(t, map[string]int{"person.registered": 1, "person.notice_given": 1, "person.contact_added": 2, "person.consent_given": 2, "case.opened": 1, "case.message_day_logged": 1}, counted(d, before))
}

// Whoever says at the counter that two are not one is not asked again by the
// matcher, whichever of the two streams is told.
func TestWhoIsSetApartAtTheCounterIsNotSuspectedAgain(t *testing.T) {
	for i := range 8 { // ids differ: either may come first
		d := flow.Open(t)
		co := d.Staff("co1", "CO")
		old := register(d, "見本")
		before := head(d)
		id := uuid.NewSHA1(uuid.NameSpaceOID, []byte{byte(i)})
		apart := map[string]any{"score": 85, "signals": []string{"phone", "kana"}, "reason": "family"}
		fields := contactOf(co, map[string]any{"apart": map[string]any{old: apart}})
		req := request(t, d, "co1", "person.first_contact", fields)
		req.ID = id
		for range 2 {
			_, err := d.Office.Do(context.Background(), req)
			require.NoError(t, err)
		}
		require.Equal(t, map[string]int{"person.registered": 1, "person.notice_given": 1, "person.duplicate_suspected": 1, "person.duplicate_dismissed": 1, "case.opened": 1}, counted(d, before))
		fresh := domain.DeriveID(id, "person")
		known := resemblance{fresh: {{Other: old, Score: 85, Signals: []string{"phone"}}}, old: {{Other: fresh, Score: 85, Signals: []string{"phone"}}}}
		require.Empty(t, matched(d, known))
	}
}

func TestWhoIsLeftOpenAtTheCounterIsSuspectedOnce(t *testing.T) {
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	old := register(d, "見本")
	d.Do(flow.At("2019-06-01", 11), "co1", "person.first_contact", contactOf(co, map[string]any{"apart": map[string]any{old: map[string]any{"score": 85, "signals": []string{"phone"}}}}))
	e := last(d, "person.duplicate_suspected")
	require.Equal(t, co, e.RecordedBy)
	_, err := d.Try(flow.At("2019-06-01", 11), "co1", "person.first_contact", contactOf(co, map[string]any{"apart": map[string]any{uuid.NewString(): map[string]any{"score": 85, "signals": []string{"phone"}}}}))
	require.Error(t, err, "nobody of that id")
	_, err = d.Try(flow.At("2019-06-01", 11), "co1", "person.first_contact", contactOf(co, map[string]any{"apart": map[string]any{"../x": map[string]any{}}}))
	require.Equal(t, "field.id", refused(t, err))
}
