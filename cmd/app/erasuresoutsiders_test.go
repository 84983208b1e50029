package app

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// What a partner's letter and the list of a fair said of a person before it was known
// who it is goes with the person; what they said of others stays.
func TestAnErasureTakesAlongWhatCameBeforeThePerson(t *testing.T) {
	h := build(t)
	a := h.open()
	lead := uuid.NewString()
	h.do(a, "system", "account.open", map[string]any{"account": lead, "kind": "staff", "desk": "D-TKY", "code": "ld1", "name": "見本 ld1", "kana": "みほん"})
	h.do(a, "system", "account.grant_role", map[string]any{"account": lead, "role": "LD"})
	_, town := domain.SplitStream(h.do(a, lead, "partner.register", map[string]any{"kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "見本市"})[0].Stream)
	due := japan.DateOf(h.clock.now()).Add(20).String()
	inwards := []string{uuid.NewString(), uuid.NewString()}
	for _, inward := range inwards {
		h.do(a, lead, "partner.make_inward", map[string]any{"partner": town, "inward": inward, "purpose": "job", "basis": "law", "due_on": due, "name": plantedName, "text": plantedNote})
		h.do(a, lead, "partner.accept_inward", map[string]any{"partner": town, "inward": inward})
	}
	h.do(a, lead, "partner.link_inward", map[string]any{"partner": town, "inward": inwards[0], "person": h.person})
	_, fair := domain.SplitStream(h.do(a, lead, "outreach.schedule", map[string]any{"kind": "fair", "place_pref": "13", "starts_on": "2026-04-01", "ends_on": "2026-04-01", "evening": false, "title": "見本"})[0].Stream)
	attendees := []string{uuid.NewString(), uuid.NewString()}
	for _, attendee := range attendees {
		h.do(a, lead, "outreach.list_attendee", map[string]any{"outreach": fair, "attendee": attendee, "student": false, "name": plantedName})
	}
	h.do(a, lead, "outreach.hold", map[string]any{"outreach": fair})
	h.do(a, lead, "outreach.note_attendee_came", map[string]any{"outreach": fair, "attendee": attendees[0], "came": "yes"})
	h.do(a, lead, "outreach.convert_attendee", map[string]any{"outreach": fair, "attendee": attendees[0], "person": h.person})

	open := func() (opened, erased int) {
		for rec, err := range a.Store.All(ctx, 0) {
			require.NoError(t, err)
			if rec.Type != "partner.inward_made" && rec.Type != "outreach.attendee_listed" {
				continue
			}
			body, err := domain.ParseBody(rec.Body)
			require.NoError(t, err)
			section, err := domain.ParseSection(body.Sealed[0])
			require.NoError(t, err)
			texts, err := domain.OpenSection(ctx, a.Keys, a.Origin, rec, section)
			if err == nil {
				require.Equal(t, plantedName, texts["name"])
				opened++
				continue
			}
			require.ErrorIs(t, err, domain.ErrErased)
			erased++
		}
		return opened, erased
	}
	opened, erased := open()
	require.Equal(t, []int{4, 0}, []int{opened, erased})
	h.order(a)
	h.erased(a)
	opened, erased = open()
	require.Equal(t, []int{2, 2}, []int{opened, erased})
}
