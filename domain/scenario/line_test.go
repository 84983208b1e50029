package scenario_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/scenario"
)

const good = `{"at":"2019-06-01T11:00:00+09:00","by":"co1","command":"case.add_note","data":{"text":"x"}}`

func TestEveryBadLineIsReportedWithItsNumber(t *testing.T) {
	text := strings.Join([]string{
		"\ufeff" + good, "", "not JSON", "[]", "null", good + good, strings.Replace(good, `"by"`, `"By"`, 1),
		strings.Replace(good, `"by":`, `"by":"co2","by":`, 1), strings.Replace(good, `"data"`, `"dated"`, 1),
		`{"by":"co1","command":"case.open","data":{}}`, `{"at":"2019-06-01T11:00:00+09:00","command":"case.open","data":{}}`,
		`{"at":"2019-06-01T11:00:00+09:00","by":"co1","data":{}}`, strings.Replace(good, "2019-06-01T11", "2019-05-01T11", 1),
		strings.Replace(good, "2019-06-01T11:00:00+09:00", "2019-06-31T11:00:00+09:00", 1), good,
	}, "\n")
	lines, err := scenario.Parse(strings.NewReader(text))
	var bad scenario.Faults
	require.ErrorAs(t, err, &bad)
	want := map[int]string{3: "scenario.unreadable", 4: "scenario.unreadable", 5: "scenario.unreadable", 6: "scenario.unreadable", 7: "scenario.unreadable",
		8: "scenario.unreadable", 9: "scenario.unreadable", 10: "scenario.no_time", 11: "scenario.no_actor", 12: "command.unknown", 13: "scenario.time_back", 14: "scenario.unreadable"}
	got := map[int]string{}
	for _, f := range bad {
		got[f.Line] = f.Reason
	}
	require.Equal(t, want, got)
	require.Len(t, lines, 2)
	require.Equal(t, 1, lines[0].Number)
	require.Equal(t, 15, lines[1].Number)
}

func TestALineMayNotBeEndless(t *testing.T) {
	_, err := scenario.Parse(strings.NewReader(good + "\n" + strings.Repeat("x", 2*domain.MaxData)))
	var bad scenario.Faults
	require.ErrorAs(t, err, &bad)
	require.Equal(t, scenario.Fault{Line: 2, Reason: "data.too_large"}, bad[0])
}

// FuzzParse: whatever stands in a file, each line is either read or reported,
// and what was read is read again from its own spelling.
func FuzzParse(f *testing.F) {
	for _, s := range []string{good, good + "\n" + good, "\ufeff" + good, "{}", "null", good + "x", "\xff\xfe", `{"at":7}`, strings.Repeat("[", 1000),
		`{"at":"0000-01-01T00:00:00Z","by":"x","command":"x","command_id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","data":null}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		lines, err := scenario.Parse(bytes.NewReader(text))
		var bad scenario.Faults
		if err != nil && !errors.As(err, &bad) {
			t.Fatalf("neither read nor reported: %v", err)
		}
		seen := map[int]bool{}
		for _, fault := range bad {
			require.False(t, seen[fault.Line])
			require.NotEmpty(t, fault.Reason)
			seen[fault.Line] = true
		}
		var last time.Time
		var again bytes.Buffer
		for _, l := range lines {
			require.False(t, seen[l.Number])
			require.False(t, l.At.Before(last))
			require.NotEmpty(t, l.By)
			seen[l.Number], last = true, l.At
			raw, err := json.Marshal(l)
			if err != nil {
				return // a year or an offset that RFC 3339 cannot write
			}
			again.Write(append(raw, '\n'))
		}
		if again.Len() > domain.MaxData {
			return
		}
		more, err := scenario.Parse(&again)
		require.NoError(t, err)
		require.Len(t, more, len(lines))
		for i := range more {
			require.True(t, more[i].At.Equal(lines[i].At))
			require.Equal(t, lines[i].Command, more[i].Command)
		}
	})
}
