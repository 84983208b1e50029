// Package e2e_test runs the product as a whole.
package e2e_test

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
	"ayumi/tests/flow"
)

const (
	plantedName  = "濵田架名太郎"
	plantedPhone = "090-0000-0042"
	plantedNote  = "家賃五万円までと母が言っている"
)

// small is a scenario of one person with two sessions; more are roles of further staff.
func small(t *testing.T, more ...string) []scenario.Line {
	t.Helper()
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	for _, role := range more {
		d.Staff(strings.ToLower(role)+"1", role)
	}
	session := func(channel string, categories ...string) map[string]any {
		return map[string]any{"desk": "D-TKY", "channel": channel, "categories": categories, "counsellor": co, "attendee_count": 1,
			"initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": plantedNote}
	}
	r := d.Do(flow.At("2019-06-01", 11), "co1", "person.first_contact", map[string]any{
		"register": map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja",
			"student": false, "family": plantedName, "given": "見本", "search": "s1"},
		"notice":       map[string]any{"notice_version": "n1", "language": "ja", "method": "paper"},
		"contact":      map[string]any{"kind": "mobile", "shared": false, "value": plantedPhone},
		"open":         map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
		"consultation": session("in_person", "job"),
	})
	_, person := domain.SplitStream(r[0].Stream)
	_, file := domain.SplitStream(r[1].Stream)
	second := session("phone", "job", "relocation")
	second["case"], second["lead_person"] = file, person
	d.Do(flow.At("2019-06-08", 11), "co1", "case.hold_consultation", second)
	var text bytes.Buffer
	require.NoError(t, scenario.Export(context.Background(), &text, d.Store, d.Keys, d.Head.Origin))
	lines, err := scenario.Parse(&text)
	require.NoError(t, err)
	return lines
}

func config(t *testing.T, log *bytes.Buffer) app.Config {
	c := app.Default()
	c.Data = filepath.Join(t.TempDir(), "data")
	c.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return c
}

func opened(t *testing.T, c app.Config) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), c)
	require.NoError(t, err)
	require.NoError(t, a.Ready(context.Background(), time.Minute))
	return a
}

func count(t *testing.T, a *app.App, id string) int {
	t.Helper()
	book, err := a.Definitions.Book(context.Background(), "D-TKY")
	require.NoError(t, err)
	d, ok := book.Named(id, "tot-2019.1")
	require.True(t, ok)
	q := indicator.Question{Definition: d, Scope: "D-TKY", Period: japan.Period{From: japan.On(2019, 4, 1), To: japan.On(2020, 3, 31)}}
	head, err := a.Store.Head(context.Background())
	require.NoError(t, err)
	f, err := a.Indicators.Figure(context.Background(), q, head.Position, japan.On(2020, 4, 1))
	require.NoError(t, err)
	return f.Value
}

func TestAScenarioBecomesFigures(t *testing.T) {
	var log bytes.Buffer
	c := config(t, &log)
	require.NoError(t, app.RunScenario(context.Background(), c, small(t), nil))
	require.ErrorIs(t, app.RunScenario(context.Background(), c, small(t), nil), app.ErrNotEmpty)

	a := opened(t, c)
	require.True(t, a.Scenario)
	require.Equal(t, 2, count(t, a, "C1"))
	require.Equal(t, 1, count(t, a, "C2"))
	_, err := app.Open(context.Background(), c)
	require.ErrorIs(t, err, app.ErrInUse)
	people, err := a.Journeys.Recent(context.Background(), 10, nil)
	require.NoError(t, err)
	require.Len(t, people, 1)
	entries, err := a.Journeys.Journey(context.Background(), people[0].ID, 1<<40)
	require.NoError(t, err)
	require.NotEmpty(t, entries)
	require.NoError(t, a.Close())

	// Everything but the log and the keys can be thrown away.
	require.NoError(t, os.RemoveAll(filepath.Join(c.Data, "bus")))
	require.NoError(t, os.RemoveAll(filepath.Join(c.Data, "read")))
	a = opened(t, c)
	require.Equal(t, 2, count(t, a, "C1"))
	require.NoError(t, a.Close())
	holdsNothingPlanted(t, c.Data, log.Bytes())
}

// holdsNothingPlanted searches every file and every log line for what was sealed.
func holdsNothingPlanted(t *testing.T, dir string, log []byte) {
	t.Helper()
	files := 0
	check := func(where string, text []byte) {
		for _, planted := range []string{plantedName, plantedPhone, plantedNote, "みほん co1"} {
			require.False(t, bytes.Contains(text, []byte(planted)), "%s holds %s in clear", where, planted)
		}
	}
	check("log", log)
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files++
		check(path, text)
		return err
	}))
	require.Greater(t, files, 5)
}

func TestAnOfficialLogIsBegunOnce(t *testing.T) {
	var log bytes.Buffer
	c := config(t, &log)
	l, err := app.OpenLedger(context.Background(), c, nil)
	require.NoError(t, err)
	require.False(t, l.Scenario)
	origin := l.Origin
	require.NoError(t, l.Close())
	l, err = app.OpenLedger(context.Background(), c, nil)
	require.NoError(t, err)
	require.Equal(t, origin, l.Origin)
	head, err := l.Store.Head(context.Background())
	require.NoError(t, err)
	require.Equal(t, uint64(1), head.Position)
	require.ErrorIs(t, app.ExportScenario(context.Background(), c, &log), app.ErrInUse)
	require.NoError(t, l.Close())
	require.ErrorIs(t, app.ExportScenario(context.Background(), c, &log), app.ErrOfficial)
	strange := config(t, &log)
	require.NoError(t, os.MkdirAll(strange.Data, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(strange.Data, "thesis.doc"), []byte("x"), 0o600))
	require.ErrorIs(t, app.RunScenario(context.Background(), strange, small(t), nil), app.ErrStrangers)
	_, err = office.New(l.Decider, nil).Do(context.Background(), office.Request{Command: "log.begin"})
	require.Error(t, err)
}
