package paper_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/workplan"
)

var later = flag.Int("events", 150, "later events after which a printed sheet must be the same, byte for byte")

// do carries out a command as somebody.
func (h *house) do(t *testing.T, name, command string, fields map[string]any) {
	t.Helper()
	data := domain.Data{}
	for k, v := range fields {
		raw, err := json.Marshal(v)
		require.NoError(t, err)
		data[k] = raw
	}
	_, err := h.Office.Do(context.Background(), office.Request{Command: command, ID: uuid.New(), By: h.accounts[name], At: h.Config.Now(), Data: data})
	require.NoError(t, err, command)
}

// After random later events (late consultations of the year, and every word of the
// sheet written anew) the printed edition is the same, byte for byte.
func TestAPrintedSheetNeverChanges(t *testing.T) {
	h := open(t)
	files := map[string][]byte{}
	for _, kind := range workplan.Kinds {
		files[kind] = h.file(t, kind, "edition=2")
	}
	counted := func() string {
		_, body, _ := h.ask(t, "an1", "/api/v1/figures/C1?period=FY2019&until=2020-02-29&scope=D-TKY")
		var f struct{ Value int }
		require.NoError(t, json.Unmarshal(body, &f))
		return fmt.Sprint(f.Value)
	}
	before, rng := counted(), rand.New(rand.NewPCG(5, 6))
	for i := range *later {
		h.later(t, rng, i)
	}
	require.NoError(t, h.Ready(context.Background(), 5*time.Minute))
	require.NotEqual(t, before, counted(), "the later events do change what is counted today")
	for kind, was := range files {
		require.True(t, bytes.Equal(was, h.file(t, kind, "edition=2")), kind)
	}
	now := parse(t, h.file(t, "json", ""))
	require.True(t, now.Draft, "the sheet as it stands has changed")

	// The digest is known before the publication, and stays.
	h.do(t, "mg1", "workplan.revise", map[string]any{"workplan": "TKO.2019.1", "edition": 3, "why": "見直し", "document": now.Digest})
	require.NoError(t, h.Ready(context.Background(), time.Minute))
	third := parse(t, h.file(t, "json", "edition=3"))
	require.Equal(t, []any{3, false, now.Digest}, []any{third.Edition, third.Draft, third.Digest})
	require.True(t, bytes.Equal(files["pdf"], h.file(t, "pdf", "edition=2")))
}

// later does one later thing.
func (h *house) later(t *testing.T, rng *rand.Rand, i int) {
	no := 1 + rng.IntN(3)
	say := func(fields map[string]any) map[string]any {
		fields["workplan"], fields["no"] = "TKO.2019.1", no
		return fields
	}
	words := fmt.Sprintf("後から書いた言葉%d", i)
	switch rng.IntN(6) {
	case 0:
		h.do(t, "an1", "workplan.set_mission", say(map[string]any{"text": words}))
	case 1:
		h.do(t, "an1", "workplan.set_aim", say(map[string]any{"text": words}))
	case 2:
		h.do(t, "an1", "workplan.record_initiative", say(map[string]any{"title": words, "result": fmt.Sprintf("就業相談 %d（前年度 %d）、2月末現在。", rng.IntN(300), rng.IntN(50))}))
	case 3:
		h.do(t, "an1", "workplan.record_issue", say(map[string]any{"issue": words, "next_step": words}))
	default:
		h.do(t, "co1", "person.first_contact", map[string]any{
			"occurred_on": fmt.Sprintf("2020-02-%02d", 1+rng.IntN(28)),
			"register": map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja",
				"student": false, "family": "見本", "given": words, "search": uuid.NewString()},
			"notice": map[string]any{"notice_version": "notice-2019", "language": "ja", "method": "paper"},
			"open":   map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
			"consultation": map[string]any{"desk": "D-TKY", "channel": "in_person", "categories": []string{"job"}, "counsellor": h.accounts["co1"],
				"attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "notice-2019", "outcome": "continuing"},
		})
	}
}
