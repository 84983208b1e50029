package flow_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
	"ayumi/tests/flow"
)

// refused is the key of a refusal.
func refused(t *testing.T, err error) string {
	t.Helper()
	var f scenario.Fault
	require.ErrorAs(t, err, &f)
	return f.Reason
}

func register(d *flow.Desk, family string) string {
	r := d.Do(flow.At("2019-06-01", 9), "co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s",
		"residence_pref": "13", "language": "ja", "student": false, "search": "s", "family": family})
	_, id := domain.SplitStream(r[0].Stream)
	return id
}

func begin(d *flow.Desk, person string) string {
	r := d.Do(flow.At("2019-06-01", 9), "co1", "case.open", opening(person))
	_, id := domain.SplitStream(r[0].Stream)
	return id
}

func opening(person string) map[string]any {
	return map[string]any{"person": person, "desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false}
}

// newest opens the newest event of a type for a case.
func newest(d *flow.Desk, file, typ string) (owner string, texts map[string]string) {
	for rec, err := range d.Store.Stream(context.Background(), "case-"+file, 0) {
		require.NoError(d.T, err)
		if rec.Type != typ {
			continue
		}
		body, err := domain.ParseBody(rec.Body)
		require.NoError(d.T, err)
		texts, owner = nil, ""
		for _, raw := range body.Sealed {
			s, err := domain.ParseSection(raw)
			require.NoError(d.T, err)
			texts, err = domain.OpenSection(context.Background(), d.Keys, d.Head.Origin, rec, s)
			require.NoError(d.T, err)
			owner = s.Owner
		}
	}
	return owner, texts
}

func TestAMovedConsultationTakesItsWordsAlong(t *testing.T) {
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	a, b := register(d, "仮一"), register(d, "仮二")
	from, to := begin(d, a), begin(d, b)
	session := uuid.NewString()
	at := flow.At("2019-06-02", 9)
	d.Do(at, "co1", "case.hold_consultation", map[string]any{"case": from, "consultation": session, "lead_person": a, "desk": "D-TKY", "channel": "phone",
		"categories": []string{"job"}, "counsellor": co, "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing",
		"note": "海の近く", "homework": "調べる", "answer": "答え"})
	amend := func(file, field, old, text string) {
		fields := map[string]any{"case": file, "consultation": session, "field": field, "old_text": old, "reason": "typo"}
		if text != "" {
			fields["new_text"] = text
		}
		d.Do(at, "co1", "case.amend_consultation", fields)
	}
	amend(from, "note", "海の近く", "山の近く")
	amend(from, "homework", "調べる", "")
	move := func(from, to string) {
		d.Do(at, "co1", "case.move_consultation", map[string]any{"case": from, "consultation": session, "to_case": to, "reason": "wrong_person", "note": "偽の言葉", "note_job": "偽"})
	}
	move(from, to)
	owner, texts := newest(d, to, "case.consultation_received")
	require.Equal(t, b, owner, "sealed anew for the right person")
	require.Equal(t, map[string]string{"note": "山の近く", "answer": "答え"}, texts)
	amend(to, "note_reloc", "", "住まいのこと")
	move(to, from)
	owner, texts = newest(d, from, "case.consultation_received")
	require.Equal(t, a, owner)
	require.Equal(t, map[string]string{"note": "山の近く", "answer": "答え", "note_reloc": "住まいのこと"}, texts)
}

func TestCasesOfAbsorbedPersonsAreThePersonsOwn(t *testing.T) {
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	d.Staff("ld1", "LD")
	a, b, c := register(d, "仮一"), register(d, "仮一"), register(d, "仮一")
	begin(d, a)
	at := flow.At("2019-06-02", 9)
	merge := func(from, into string) {
		d.Do(at, "ld1", "person.merge", map[string]any{"person": from, "into": into, "evidence": []string{"phone"}, "proposed_by": co, "preview": strings.Repeat("0", 64)})
	}
	merge(a, b)
	merge(b, c)
	_, err := d.Try(at, "co1", "case.open", opening(c))
	require.Equal(t, "case.already_open", refused(t, err), "the case of the absorbed one's absorbed one")
	d.Do(at, "ld1", "person.unmerge", map[string]any{"person": b, "from": c, "reason": "error"})
	d.Do(at, "co1", "case.open", opening(c))
}

func TestTheLastAdministratorStays(t *testing.T) {
	d := flow.Open(t)
	one, two := d.Staff("ad1", "AD"), d.Staff("ad2", "AD")
	d.Staff("co1", "CO")
	at := flow.At("2019-06-02", 9)
	for command, fields := range map[string]map[string]any{
		"account.revoke_role": {"account": two, "role": "AD"},
		"account.suspend":     {"account": two, "reason": "leave"},
		"account.close":       {"account": two, "reason": "left"},
	} {
		_, err := d.Office.Propose(context.Background(), request(t, d, "ad1", command, fields))
		require.NoError(t, err, "there is another one")
	}
	d.Do(at, "ad1", "account.suspend", map[string]any{"account": two, "reason": "leave"})
	for command, fields := range map[string]map[string]any{
		"account.revoke_role": {"account": one, "role": "AD"},
		"account.suspend":     {"account": one, "reason": "leave"},
		"account.close":       {"account": one, "reason": "left"},
	} {
		_, err := d.Try(at, "ad1", command, fields)
		require.Equal(t, "account.last_admin", refused(t, err), command)
	}
	again := office.New(&domain.Decider{Store: d.Store, Keys: d.Keys, Origin: d.Head.Origin}, nil)
	_, err := again.Propose(context.Background(), request(t, d, "ad1", "account.close", map[string]any{"account": one, "reason": "left"}))
	require.ErrorContains(t, err, "account.last_admin", "also after a start")
	d.Do(at, "ad1", "account.reinstate", map[string]any{"account": two, "reason": "returned"})
	d.Do(at, "ad2", "account.close", map[string]any{"account": one, "reason": "left"})
	_, err = d.Try(at, "ad2", "account.suspend", map[string]any{"account": two, "reason": "leave"})
	require.Equal(t, "account.last_admin", refused(t, err))
}

func request(t *testing.T, d *flow.Desk, by, command string, fields map[string]any) office.Request {
	t.Helper()
	data, err := domain.ParseData(flow.Data(t, fields))
	require.NoError(t, err)
	return office.Request{Command: command, ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(command)), By: d.Runner.Codes()[by], At: flow.At("2019-06-02", 9), Data: data}
}

// A correction wants its effect shown for the stream as it stands.
func TestACorrectionWithoutItsPreviewIsRefused(t *testing.T) {
	d := flow.Open(t)
	person, file, _ := story(d)
	o := strict(d)
	held := consultationOf(d, file)
	void := func(version any) office.Request {
		fields := map[string]any{"case": file, "consultation": held, "reason": "duplicate"}
		if version != nil {
			fields["shown_at"] = version
		}
		return request(t, d, "co1", "case.void_consultation", fields)
	}
	ctx := context.Background()
	_, err := o.Do(ctx, void(nil))
	require.ErrorContains(t, err, "preview.missing")
	shown, version, err := o.Effect(ctx, void(nil))
	require.NoError(t, err)
	again, _, err := o.Effect(ctx, void(nil))
	require.NoError(t, err)
	require.Equal(t, shown.Digest(), again.Digest())
	found := false
	for _, s := range shown.Shifts {
		if s.Indicator == "C0" && s.Scope == "D-TKY" && s.Period.String() == "FY2019" {
			found = true
			require.Equal(t, "voided", s.Kind)
			require.Equal(t, []int{2, 1, -1}, []int{s.Before, s.After, s.Delta()})
			require.Equal(t, held, s.Lost[0].Member)
			require.Equal(t, "voided", s.Lost[0].Clause)
		}
		require.NotEqual(t, "P0", s.Indicator, "the person has another session")
	}
	require.True(t, found)
	note := request(t, d, "co1", "case.add_note", map[string]any{"case": file, "partition": "common", "text": "x"})
	_, err = o.Do(ctx, note)
	require.NoError(t, err)
	_, err = o.Do(ctx, void(version))
	require.ErrorContains(t, err, "preview.missing", "shown for an older state")
	_, version, err = o.Effect(ctx, void(nil))
	require.NoError(t, err)
	_, err = o.Do(ctx, void(version))
	require.NoError(t, err)
	nothing, _, err := o.Effect(ctx, request(t, d, "co1", "person.update_age_band", map[string]any{"person": person, "age_band": "30s"}))
	require.NoError(t, err)
	require.Empty(t, nothing.Shifts)
}

func consultationOf(d *flow.Desk, file string) string {
	for rec, err := range d.Store.Stream(context.Background(), "case-"+file, 0) {
		require.NoError(d.T, err)
		if facts, err := domain.FactsOf(rec.Body); err == nil && rec.Type == "case.consultation_held" {
			return facts.Text("consultation")
		}
	}
	return ""
}
