package outside_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/sqlitestore"
	"ayumi/infra/webhook"
)

// The process is killed in the middle of deliveries, again and again: nothing is lost,
// and what comes twice comes with the same id, in order.
func TestWebhookSurvivesKill(t *testing.T) {
	if dir := os.Getenv("AYUMI_TEST_WEBHOOK"); dir != "" {
		child(dir)
		return
	}
	// The turn of one that was killed is over after 15 s: each next clock stands later.
	ahead := func(round int) func() time.Time {
		return func() time.Time { return time.Now().Add(time.Duration(round) * time.Minute) }
	}
	dir := t.TempDir()
	log, err := sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	require.NoError(t, err)
	life(t, log, 300)
	want := wanted(t, log, "31")
	require.NoError(t, log.Close())
	s, err := webhook.Open(filepath.Join(dir, "w.db"), key, "test", time.Now)
	require.NoError(t, err)
	defer s.Close()
	r := receive(t, func(n int, w http.ResponseWriter, q *http.Request) {
		time.Sleep(time.Millisecond)
		taken(w)
	})
	id := subscribe(t, s, r)
	for round := range 8 {
		cmd := exec.Command(os.Args[0], "-test.run=TestWebhookSurvivesKill$")
		cmd.Env = append(os.Environ(), "AYUMI_TEST_WEBHOOK="+dir, fmt.Sprintf("AYUMI_TEST_AHEAD=%dm", round))
		require.NoError(t, cmd.Start())
		before := len(r.all())
		require.Eventually(t, func() bool { n := len(r.all()); return n >= before+15 || n >= len(want) }, time.Minute, time.Millisecond)
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait()
	}
	log, err = sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	require.NoError(t, err)
	defer log.Close()
	last, err := webhook.Open(filepath.Join(dir, "w.db"), key, "test", ahead(9))
	require.NoError(t, err)
	defer last.Close()
	deliver(t, last, log)
	reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
	got := r.all()
	require.GreaterOrEqual(t, len(got), len(want))
	require.LessOrEqual(t, len(got), len(want)+8, "at most the one under way comes again")
	require.Equal(t, want, slices.Compact(got))
	r.fine(t)
}

// child delivers until it is killed.
func child(dir string) {
	ahead, err := time.ParseDuration(os.Getenv("AYUMI_TEST_AHEAD"))
	if err != nil {
		os.Exit(2)
	}
	log, err := sqlitestore.Open(filepath.Join(dir, "log.db"), sqlitestore.Options{})
	if err != nil {
		os.Exit(2)
	}
	s, err := webhook.Open(filepath.Join(dir, "w.db"), key, "test", func() time.Time { return time.Now().Add(ahead) })
	if err != nil {
		os.Exit(2)
	}
	_ = webhook.New(webhook.Config{Store: s, Log: log, Source: "ayumi/test", Private: true, Report: func(string, error) {}}).Run(context.Background())
}
