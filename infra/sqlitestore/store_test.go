package sqlitestore_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
	"ayumi/infra/sqlitestore"
	"ayumi/tests/conformance"
)

var ctx = context.Background()

func open(t *testing.T, path string) *sqlitestore.Store {
	t.Helper()
	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// filled makes a closed log of n events in streams of 10 and answers its path.
func filled(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.db")
	s := open(t, path)
	for i := 0; i < n; i += 10 {
		_, err := s.Append(ctx, conformance.Next(fmt.Sprintf("a-%d", i), domain.Token{}, "w", 10))
		require.NoError(t, err)
	}
	require.NoError(t, s.Close())
	return path
}

// outside runs a statement on the file as a database administrator would.
func outside(t *testing.T, path, query string) error {
	t.Helper()
	c, err := sqlite.OpenConn(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	return sqlitex.ExecuteScript(c, query, nil)
}

func TestALogHasOneHolder(t *testing.T) {
	path := filled(t, 10)
	s := open(t, path)
	_, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.ErrorIs(t, err, sqlitestore.ErrInUse)
	require.NoError(t, s.Close())
	open(t, path)
}

func TestEventsAreNotChangedOrRemoved(t *testing.T) {
	path := filled(t, 10)
	for _, query := range []string{
		"UPDATE events SET body = x'00' WHERE position = 3",
		"UPDATE events SET position = 99 WHERE position = 10",
		"DELETE FROM events WHERE position = 10",
		"DELETE FROM events",
	} {
		require.ErrorContains(t, outside(t, path, query), "events are never", query)
	}
	require.NoError(t, open(t, path).IntegrityCheck(ctx))
}

func TestTheCheckFindsWhatWasTamperedWith(t *testing.T) {
	const free = "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_removed; "
	body := conformance.Event("a-0", 9, "w").Body
	for query, sentence := range map[string]string{
		"UPDATE events SET leaf = zeroblob(32) WHERE position = 3":                              "position 3: body does not give the stored leaf hash",
		fmt.Sprintf("UPDATE events SET body = x'%x' WHERE position = 7", body):                  "position 7: body does not give the stored leaf hash",
		"UPDATE events SET body = x'7b7d' WHERE position = 7":                                   "position 7",
		"UPDATE events SET position = 99 WHERE position = 20":                                   "position 20 is missing",
		"DELETE FROM events WHERE position = 5":                                                 "versions of stream a-0 have a gap",
		"DELETE FROM events WHERE stream = 'a-0'":                                               "position 1 is missing",
		"UPDATE events SET version = 12 WHERE position = 20":                                    "versions of stream a-10 have a gap",
		"DROP INDEX events_by_id; CREATE TABLE x (y); DELETE FROM events WHERE position = 20; ": "",
	} {
		path := filled(t, 20)
		require.NoError(t, outside(t, path, free+query))
		err := open(t, path).IntegrityCheck(ctx)
		if sentence == "" {
			require.NoError(t, err, "a tail cut off is found by the ledger, not by the file")
			continue
		}
		require.ErrorContains(t, err, sentence, query)
	}
}

func TestTheCheckFindsFlippedBits(t *testing.T) {
	path := filled(t, 200)
	clean, err := os.ReadFile(path)
	require.NoError(t, err)
	missed := 0
	for at := 100; at < len(clean); at += len(clean) / 60 {
		raw := append([]byte(nil), clean...)
		raw[at] ^= 0x10
		require.NoError(t, os.WriteFile(path, raw, 0o600))
		s, err := sqlitestore.Open(path, sqlitestore.Options{})
		if err != nil {
			continue
		}
		if s.IntegrityCheck(ctx) == nil {
			missed++ // unused space, a type name, a stream name
		}
		require.NoError(t, s.Close())
	}
	require.Less(t, missed, 20)
	require.NoError(t, os.WriteFile(path, clean, 0o600))
	require.NoError(t, open(t, path).IntegrityCheck(ctx))
}

func TestAnotherSchemaIsRefused(t *testing.T) {
	path := filled(t, 10)
	require.NoError(t, outside(t, path, "PRAGMA user_version=9"))
	_, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.ErrorContains(t, err, "schema version 9 is not known")
	require.NoError(t, outside(t, path, "PRAGMA user_version=1"))
	open(t, path)
	other := filepath.Join(t.TempDir(), "text")
	require.NoError(t, os.WriteFile(other, make([]byte, 8192), 0o600))
	_, err = sqlitestore.Open(other, sqlitestore.Options{})
	require.ErrorContains(t, err, "not a database")
}

func TestALongReaderHoldsNothingBack(t *testing.T) {
	s := open(t, filled(t, 1000))
	next, at := 0, domain.Token{}
	write := func(n int) {
		for range n {
			if at.Version >= 100 {
				next, at = next+1, domain.Token{}
			}
			tokens, err := s.Append(ctx, conformance.Next(fmt.Sprintf("b-%d", next), at, "w", 20))
			require.NoError(t, err)
			at = tokens[0]
		}
	}
	seen := 0
	for _, err := range s.All(ctx, 0) {
		require.NoError(t, err)
		if seen++; seen <= 40 {
			write(20)
		}
	}
	require.Equal(t, 1000, seen)
	stats := s.Stats()
	require.Equal(t, uint64(17_000), stats.Events)
	require.Less(t, stats.WALBytes, int64(64<<20))
	require.Greater(t, stats.Bytes, stats.WALBytes/64, "the WAL was copied into the file meanwhile")
	require.NoError(t, s.IntegrityCheck(ctx))
}

func TestClosedIsSaid(t *testing.T) {
	s := open(t, filled(t, 10))
	all := s.All(ctx, 0)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close(), "twice is once")
	_, err := s.Append(ctx, conformance.Next("b-1", domain.Token{}, "w", 1))
	require.ErrorIs(t, err, sqlitestore.ErrClosed)
	for _, err := range all {
		require.ErrorIs(t, err, sqlitestore.ErrClosed)
	}
	require.NoError(t, s.Fault())
}

func TestTheFileIsInWALMode(t *testing.T) {
	path := filled(t, 10)
	c, err := sqlite.OpenConn(path)
	require.NoError(t, err)
	defer c.Close()
	for pragma, want := range map[string]string{"journal_mode": "wal", "user_version": "1"} {
		st, _, err := c.PrepareTransient("PRAGMA " + pragma)
		require.NoError(t, err)
		got, err := sqlitex.ResultText(st)
		require.NoError(t, err)
		require.Equal(t, want, got, pragma)
		require.NoError(t, st.Finalize())
	}
}

func BenchmarkStream(b *testing.B) {
	s, err := sqlitestore.Open(filepath.Join(b.TempDir(), "log.db"), sqlitestore.Options{})
	require.NoError(b, err)
	defer s.Close()
	for i := range 2000 {
		var commits []domain.Commit
		for j := range 10 {
			commits = append(commits, conformance.Next(fmt.Sprintf("a-%d-%d", i, j), domain.Token{}, "w", 10))
		}
		_, err := s.Append(ctx, commits...)
		require.NoError(b, err)
	}
	b.Run("stream of 10", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			for _, err := range s.Stream(ctx, fmt.Sprintf("a-%d-3", i*7919%2000), 0) {
				require.NoError(b, err)
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		n := 0
		for b.Loop() {
			for _, err := range s.All(ctx, 0) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
	})
}

// TestReadsWalkAnIndex: the reader stops where it likes, so nothing may sort.
func TestReadsWalkAnIndex(t *testing.T) {
	c, err := sqlite.OpenConn(filled(t, 10))
	require.NoError(t, err)
	defer c.Close()
	for where, plan := range map[string]string{
		"stream = ?||'' AND version > ?+0 ORDER BY version": "SEARCH events USING INDEX events_by_stream (stream=? AND version>?)",
		"stream = ?||'' AND version = ?+0":                  "SEARCH events USING INDEX events_by_stream (stream=? AND version=?)",
		"stream = ?||'' ORDER BY version DESC":              "SEARCH events USING INDEX events_by_stream (stream=?)",
		"position > ? AND position <= ? ORDER BY position":  "SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
	} {
		var steps []string
		require.NoError(t, sqlitex.ExecuteTransient(c, "EXPLAIN QUERY PLAN SELECT body FROM events WHERE "+where, &sqlitex.ExecOptions{
			Args:       []any{1, 2}[:strings.Count(where, "?")],
			ResultFunc: func(row *sqlite.Stmt) error { steps = append(steps, row.ColumnText(3)); return nil },
		}))
		require.Equal(t, []string{plan}, steps)
	}
}
