package paper_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// typedIn are the numbers of a sheet's sentences that are marked as typed by hand.
func typedIn(t *testing.T, raw []byte) (texts []string) {
	t.Helper()
	var doc struct {
		Figures []struct{ Key, Name, Text, State string }
	}
	require.NoError(t, json.Unmarshal(raw, &doc))
	for _, f := range doc.Figures {
		if f.Name == "文中の数値" {
			require.Equal(t, "typed", f.State)
			texts = append(texts, f.Key+" "+f.Text)
		}
	}
	return texts
}

// Every number in the sentences of a sheet refers to a figure or is marked as typed.
// An edition of the time before says what it said, to the byte; a new one keeps its
// marks.
func TestNumbersWithoutAFigureAreMarkedAsTyped(t *testing.T) {
	h := open(t)
	before := h.file(t, "json", "edition=2")
	require.Empty(t, typedIn(t, before), "published before")
	h.do(t, "an1", "workplan.record_initiative", map[string]any{"workplan": "TKO.2019.1", "no": 1, "title": "相談対応",
		"result": "就業相談 168（前年度 23）、2月末現在。2年目の催しに40人が来て、3割が学生だった。電話 03-0000-0000、令和2年3月。"})
	h.do(t, "an1", "workplan.record_issue", map[string]any{"workplan": "TKO.2019.1", "no": 2, "issue": "目標の50名に届かない。", "next_step": "第1回から改める。"})
	require.NoError(t, h.Ready(context.Background(), time.Minute))
	draft := h.file(t, "json", "")
	typed := typedIn(t, draft)
	for _, want := range []string{"initiative.1.result 40人", "issue.2.issue 50名"} {
		require.Contains(t, typed, want)
	}
	for _, none := range []string{"168", "23", "2年目", "03-0000-0000", "令和2年3月", "第1回"} {
		for _, got := range typed {
			require.NotContains(t, got, " "+none, "counted, or no figure at all")
		}
	}
	now := parse(t, draft)
	h.do(t, "mg1", "workplan.revise", map[string]any{"workplan": "TKO.2019.1", "edition": 3, "why": "追記", "document": now.Digest})
	require.NoError(t, h.Ready(context.Background(), time.Minute))
	third := h.file(t, "json", "edition=3")
	require.Equal(t, typed, typedIn(t, third), "the new edition keeps its marks")
	require.Equal(t, now.Digest, parse(t, third).Digest)
	require.True(t, bytes.Equal(before, h.file(t, "json", "edition=2")), "the old edition is as it was")
}
