package flow_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
	"ayumi/infra/keyring"
	"ayumi/infra/memory"
	"ayumi/tests/flow"
)

func story(d *flow.Desk) (person, file, consultation string) {
	co := d.Staff("co1", "CO")
	d.Staff("ld1", "LD")
	r := d.Do(flow.At("2019-06-01", 11), "co1", "person.first_contact", map[string]any{
		"register":     map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja", "student": true, "family": "髙橋", "given": "例子", "search": "s1"},
		"notice":       map[string]any{"notice_version": "n1", "language": "ja", "method": "paper"},
		"open":         map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
		"consultation": map[string]any{"desk": "D-TKY", "channel": "in_person", "categories": []string{"job"}, "counsellor": co, "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "Uターンを迷っている"},
	})
	_, person = domain.SplitStream(r[0].Stream)
	_, file = domain.SplitStream(r[1].Stream)
	r = d.Do(flow.At("2019-06-08", 11), "co1", "case.hold_consultation", map[string]any{"case": file, "lead_person": person, "desk": "D-TKY", "channel": "phone",
		"categories": []string{"job", "relocation"}, "counsellor": co, "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "x", "consultation": uuid.NewString()})
	return person, file, r[0].Events[0]
}

func TestFirstContactIsOneAppend(t *testing.T) {
	d := flow.Open(t)
	person, file, _ := story(d)
	var types []string
	for rec, err := range d.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		types = append(types, rec.Type)
		require.NotContains(t, string(rec.Body), "髙橋")
	}
	require.Equal(t, []string{"log.begun", "account.opened", "account.role_granted", "account.opened", "account.role_granted",
		"person.registered", "person.notice_given", "case.opened", "case.consultation_held", "case.consultation_held"}, types)
	require.NotEqual(t, person, file)
}

func TestOfficeRefuses(t *testing.T) {
	d := flow.Open(t)
	person, file, _ := story(d)
	for key, try := range map[string]func() error{
		"account.not_allowed": func() error {
			_, err := d.Try(flow.At("2019-06-09", 11), "co1", "case.assign", map[string]any{"case": file, "owner": "x", "desk": "D-TKY"})
			return err
		},
		"date.in_future": func() error {
			_, err := d.Try(flow.At("2019-06-09", 11), "co1", "case.add_note", map[string]any{"case": file, "partition": "common", "text": "x", "occurred_on": "2019-06-10"})
			return err
		},
		"stream.unknown": func() error {
			_, err := d.Try(flow.At("2019-06-09", 11), "co1", "case.add_note", map[string]any{"case": uuid.NewString(), "partition": "common", "text": "x"})
			return err
		},
		"field.unknown": func() error {
			_, err := d.Try(flow.At("2019-06-09", 11), "co1", "case.add_note", map[string]any{"case": file, "partition": "common", "text": "x", "recorded_by": "me"})
			return err
		},
		"command.unknown": func() error {
			_, err := d.Try(flow.At("2019-06-09", 11), "co1", "case.drop_table", map[string]any{})
			return err
		},
		"field.required": func() error {
			_, err := d.Try(flow.At("2019-06-09", 11), "co1", "person.give_notice", map[string]any{"person": person})
			return err
		},
		"field.code": func() error {
			_, err := d.Try(flow.At("2019-06-09", 11), "co1", "case.add_note", map[string]any{"case": file, "partition": "secret", "text": "x"})
			return err
		},
	} {
		var f scenario.Fault
		require.ErrorAs(t, try(), &f, key)
		require.Equal(t, key, f.Reason)
	}
}

func TestACommandGivenAgainIsTheSameCommand(t *testing.T) {
	d := flow.Open(t)
	_, file, _ := story(d)
	id := uuid.New()
	req := office.Request{Command: "case.add_note", ID: id, By: d.Runner.Codes()["co1"], At: flow.At("2019-06-09", 11)}
	req.Data, _ = domain.ParseData(flow.Data(t, map[string]any{"case": file, "partition": "common", "text": "申し送り"}))
	first, err := d.Office.Do(context.Background(), req)
	require.NoError(t, err)
	head, _ := d.Store.Head(context.Background())
	again, err := d.Office.Do(context.Background(), req)
	require.NoError(t, err)
	after, _ := d.Store.Head(context.Background())
	require.Equal(t, head.Position, after.Position)
	require.Equal(t, first[0].Events, again[0].Events)
	require.True(t, again[0].Repeated)
	moved := uint64(1)
	req.Expect = &moved // pressed twice on the same page: it is this command that moved the stream
	again, err = d.Office.Do(context.Background(), req)
	require.NoError(t, err)
	require.Equal(t, first[0].Events, again[0].Events)
	req.ID = uuid.New()
	_, err = d.Office.Do(context.Background(), req)
	var r *domain.Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, "stream.moved", r.Key)
}

func TestExportedScenarioGivesTheSameLog(t *testing.T) {
	d := flow.Open(t)
	story(d)
	var text bytes.Buffer
	require.NoError(t, scenario.Export(context.Background(), &text, d.Store, d.Keys, d.Head.Origin))
	lines, err := scenario.Parse(&text)
	require.NoError(t, err)
	head, rest, err := scenario.HeadOf(lines, scenario.Head{})
	require.NoError(t, err)
	require.Equal(t, d.Head, head)

	keys, err := keyring.Open(t.TempDir(), keyring.Options{Seed: []byte(head.Seed)})
	require.NoError(t, err)
	defer keys.Close()
	store := memory.New()
	o := office.New(&domain.Decider{Store: store, Keys: keys, Random: keyring.Seeded(head.Seed), Origin: head.Origin}, nil).Replaying()
	runner := &scenario.Runner{Office: o, Head: head}
	require.NoError(t, runner.Begin(context.Background(), lines[0]))
	for _, l := range rest {
		_, err := runner.Line(context.Background(), l)
		require.NoError(t, err)
	}
	var want []domain.Recorded
	for rec, err := range d.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		want = append(want, rec)
	}
	n := 0
	for rec, err := range store.All(context.Background(), 0) {
		require.NoError(t, err)
		require.Equal(t, string(want[n].Body), string(rec.Body))
		require.Equal(t, want[n].Leaf, rec.Leaf)
		n++
	}
	require.Len(t, want, n)
}
