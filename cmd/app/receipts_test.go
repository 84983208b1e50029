package app

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/domain/proof"
	"ayumi/domain/receipt"
)

// positionOfType is the position of the newest event of a type.
func (h *household) positionOfType(a *App, typ string) uint64 {
	h.t.Helper()
	var at uint64
	for rec, err := range a.Store.All(ctx, 0) {
		require.NoError(h.t, err)
		if rec.Type == typ {
			at = rec.Position
		}
	}
	require.NotZero(h.t, at, typ)
	return at
}

// version is how far the stream of a case has come: what a change was shown for.
func (h *household) version(a *App, file string) (version uint64) {
	h.t.Helper()
	for rec, err := range a.Store.Stream(ctx, domain.StreamName("case", file), 0) {
		require.NoError(h.t, err)
		version = rec.Version
	}
	return version
}

func (h *household) slip(a *App, position uint64) receipt.Slip {
	h.t.Helper()
	require.NoError(h.t, a.Ready(ctx, 30*time.Second))
	s, err := a.Receipts().Slip(ctx, position)
	require.NoError(h.t, err)
	return s
}

func (h *household) ask(a *App, code string) receipt.Answer {
	h.t.Helper()
	require.NoError(h.t, a.Ready(ctx, 30*time.Second))
	answer, err := a.Receipts().Ask(ctx, code, "a")
	require.NoError(h.t, err)
	return answer
}

// figures are those that hold it, as C0@D-TKY.
func figuresOf(a receipt.Answer) (out []string) {
	for _, f := range a.Figures {
		if f.Counted {
			out = append(out, f.Indicator+"@"+f.Scope)
		}
	}
	return out
}

// A receipt answers after a start, a new KEK and the erasure of the person, with the
// same code and the same answer; the proof verifies offline, and not a byte of it can
// be changed.
func TestAReceiptOutlivesThePerson(t *testing.T) {
	h := build(t)
	a := h.open()
	position := h.positionOfType(a, "case.consultation_held")
	slip := h.slip(a, position)
	answer := h.ask(a, slip.Code.String())
	require.Equal(t, receipt.StateCounted, answer.State)
	require.Equal(t, []string{"C0@D-TKY", "C1@D-TKY", "C2@D-TKY", "P0@D-TKY"}, figuresOf(answer))
	require.Equal(t, "2026-04-01", answer.From.String())
	require.NoError(t, a.Close())

	a = h.open()
	require.Equal(t, slip, h.slip(a, position), "the same paper again")
	_, err := a.Keys.Rotate(ctx)
	require.NoError(t, err)
	h.order(a)
	h.erased(a)
	_, err = a.Sealer.Checkpoint(ctx)
	require.NoError(t, err)
	after := h.ask(a, slip.Code.String())
	require.Equal(t, answer.Standing, after.Standing, "counted as before, and never whose")
	require.Equal(t, slip, h.slip(a, position))

	trust, err := proof.ParseTrust("log " + a.Sealer.Status().Key + "\n")
	require.NoError(t, err)
	v := &proof.Verifier{Trust: trust, Leaf: &slip.Leaf}
	verify := func(raw []byte) int { return v.Verify(bytes.NewReader(raw), int64(len(raw))).Exit() }
	require.Equal(t, proof.Verified, verify(after.Proof))
	for i := range after.Proof {
		raw := bytes.Clone(after.Proof)
		raw[i] ^= 1
		require.NotEqual(t, proof.Verified, verify(raw), "byte %d", i)
	}
	for _, personal := range []string{h.person, h.file, h.co, plantedName, plantedPhone} {
		require.NotContains(t, string(after.Proof), personal)
	}
	require.NotContains(t, h.log.String(), slip.Code.String())
	p, err := ledger.ParseInclusion(after.Proof)
	require.NoError(t, err)
	_, _, err = p.Check(slip.Leaf, []note.Verifier{trust.Log[0]}, nil)
	require.NoError(t, err)
}

// What becomes of a consultation is told by the code it was given first: corrected,
// moved to another case and back, voided.
func TestAReceiptFollowsItsConsultation(t *testing.T) {
	h := build(t)
	a := h.open()
	r := h.do(a, h.co, "person.first_contact", map[string]any{
		"register": map[string]any{"kind": "consultee", "anonymous": false, "age_band": "30s", "residence_pref": "13", "language": "ja",
			"student": false, "family": "乙", "given": "例", "family_kana": "おつ", "given_kana": "れい", "search": uuid.NewString()},
		"notice": map[string]any{"notice_version": "n1", "language": "ja", "method": "paper"},
		"open":   map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
		"consultation": map[string]any{"desk": "D-TKY", "channel": "phone", "categories": []string{"job"}, "counsellor": h.co, "attendee_count": 1,
			"initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "x"},
	})
	_, other := domain.SplitStream(r[1].Stream)
	id := uuid.NewString()
	h.clock.pass(24 * time.Hour)
	h.do(a, h.co, "case.hold_consultation", map[string]any{"case": h.file, "consultation": id, "lead_person": h.person, "desk": "D-TKY", "channel": "line",
		"categories": []string{"job"}, "counsellor": h.co, "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "y"})
	position := h.positionOfType(a, "case.consultation_held")
	code := h.slip(a, position).Code.String()
	answer := h.ask(a, code)
	require.Equal(t, []string{"C0@D-TKY", "C1@D-TKY", "P0@D-TKY"}, figuresOf(answer))
	require.False(t, answer.Corrected || answer.Moved)

	h.do(a, h.co, "case.amend_consultation", map[string]any{"case": h.file, "shown_at": h.version(a, h.file), "consultation": id, "field": "categories", "old": []string{"job"}, "new": []string{"relocation"}, "reason": "typo"})
	answer = h.ask(a, code)
	require.True(t, answer.Corrected)
	require.Equal(t, []string{"C0@D-TKY", "C2@D-TKY", "P0@D-TKY"}, figuresOf(answer))

	h.do(a, h.co, "case.move_consultation", map[string]any{"case": h.file, "shown_at": h.version(a, h.file), "consultation": id, "to_case": other, "reason": "wrong_person"})
	answer = h.ask(a, code)
	require.True(t, answer.Moved)
	require.Equal(t, receipt.StateCounted, answer.State)
	moved := h.slip(a, h.positionOfType(a, "case.consultation_received"))
	require.NotEqual(t, code, moved.Code.String())
	require.Equal(t, receipt.StateCounted, h.ask(a, moved.Code.String()).State, "a receipt of the new record tells the same")

	h.do(a, h.co, "case.move_consultation", map[string]any{"case": other, "shown_at": h.version(a, other), "consultation": id, "to_case": h.file, "reason": "wrong_person"})
	require.Equal(t, receipt.StateCounted, h.ask(a, code).State)

	h.do(a, h.co, "case.amend_consultation", map[string]any{"case": h.file, "shown_at": h.version(a, h.file), "consultation": id, "field": "advice", "old": []string{"1"}, "new": []string{"0"}, "reason": "typo"})
	answer = h.ask(a, code)
	require.Equal(t, receipt.StateNot, answer.State)
	require.Equal(t, "no_advice", answer.Clause)
	require.Empty(t, figuresOf(answer))

	h.do(a, h.co, "case.void_consultation", map[string]any{"case": h.file, "shown_at": h.version(a, h.file), "consultation": id, "reason": "duplicate"})
	for _, c := range []string{code, moved.Code.String()} {
		answer = h.ask(a, c)
		require.Equal(t, receipt.StateVoided, answer.State)
		require.Equal(t, "duplicate", answer.Reason)
		require.Equal(t, "2026-04-02", answer.VoidedOn.String())
		require.Empty(t, figuresOf(answer))
	}
	_, err := a.Sealer.Checkpoint(ctx)
	require.NoError(t, err)
	require.NotNil(t, h.ask(a, code).Proof, "the record is still there")
}

// Messages of one day are one consultation, however often they are added up.
func TestAReceiptForMessages(t *testing.T) {
	h := build(t)
	a := h.open()
	thread := uuid.NewString()
	log := func(inbound int) {
		h.do(a, h.co, "case.log_message_day", map[string]any{"case": h.file, "thread": thread, "channel": "email", "inbound": inbound, "outbound": 1,
			"categories": []string{"job"}, "desk": "D-TKY", "counsellor": h.co, "notice_version": "n1"})
	}
	log(0)
	first := h.slip(a, h.positionOfType(a, "case.message_day_logged"))
	answer := h.ask(a, first.Code.String())
	require.Equal(t, receipt.StateNot, answer.State)
	require.Equal(t, "no_inbound", answer.Clause)
	log(2)
	answer = h.ask(a, first.Code.String())
	require.Equal(t, receipt.StateCounted, answer.State)
	require.True(t, answer.Corrected)
	require.Equal(t, receipt.StateCounted, h.ask(a, h.slip(a, h.positionOfType(a, "case.message_day_logged")).Code.String()).State)
}

// A second consultation of the day by the same channel is joined to the first, and
// says so.
func TestAReceiptOfAJoinedConsultation(t *testing.T) {
	h := build(t)
	a := h.open()
	h.do(a, h.co, "case.hold_consultation", map[string]any{"case": h.file, "lead_person": h.person, "desk": "D-TKY", "channel": "in_person",
		"categories": []string{"job"}, "counsellor": h.co, "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "y"})
	answer := h.ask(a, h.slip(a, h.positionOfType(a, "case.consultation_held")).Code.String())
	require.Equal(t, receipt.StateNot, answer.State)
	require.Equal(t, "same_day", answer.Clause)
}

// Codes of nothing, of another installation, and of a record that is gone.
func TestCodesThatHaveNoAnswer(t *testing.T) {
	h := build(t)
	a := h.open()
	refused := func(code, from, key string) {
		t.Helper()
		_, err := a.Receipts().Ask(ctx, code, from)
		require.True(t, domain.Refused(err, key), "%v", err)
	}
	_, err := a.Receipts().Slip(ctx, 1)
	require.True(t, domain.Refused(err, "receipt.none"), "%v", err)
	position := h.positionOfType(a, "case.consultation_held")
	right := h.slip(a, position).Code.String()
	foreign, err := receipt.Key{1}.Code(position)
	require.NoError(t, err)
	for range 5 {
		refused(foreign.String(), "b", "receipt.unknown")
		refused("123", "b", "receipt.length")
	}
	refused(foreign.String(), "b", "receipt.too_often")
	refused(right, "b", "receipt.too_often") // no hint whether it was right
	refused("123", "b", "receipt.length")    // what anybody can tell costs nothing
	require.Equal(t, receipt.StateCounted, h.ask(a, right).State, "others are not held up")
	h.clock.pass(time.Minute)
	_, err = a.Receipts().Ask(ctx, right, "b")
	require.NoError(t, err)

	key, err := a.Receipts().key(ctx)
	require.NoError(t, err)
	head, err := a.Store.Head(ctx)
	require.NoError(t, err)
	for _, gone := range []uint64{head.Position + 1, 1} { // the log was cut, or has something else in its place
		code, err := key.Code(gone)
		require.NoError(t, err)
		answer := h.ask(a, code.String())
		require.Equal(t, receipt.StateLost, answer.State)
		require.Nil(t, answer.Proof)
		require.Zero(t, answer.From)
	}
}

// Before the next checkpoint there is no proof yet, and that is said.
func TestAReceiptBeforeTheNextCheckpoint(t *testing.T) {
	h := build(t)
	a := h.open()
	_, err := a.Sealer.Checkpoint(ctx)
	require.NoError(t, err)
	position := h.positionOfType(a, "case.consultation_held")
	code := h.slip(a, position).Code.String()
	require.NotNil(t, h.ask(a, code).Proof)
	h.do(a, h.co, "case.hold_consultation", map[string]any{"case": h.file, "lead_person": h.person, "desk": "D-TKY", "channel": "phone",
		"categories": []string{"job"}, "counsellor": h.co, "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "y"})
	answer := h.ask(a, h.slip(a, h.positionOfType(a, "case.consultation_held")).Code.String())
	require.Equal(t, receipt.StateCounted, answer.State)
	require.Nil(t, answer.Proof)
	require.Zero(t, answer.Under)
	require.NotZero(t, answer.Leaf, "the fingerprint is on the paper already")
}
