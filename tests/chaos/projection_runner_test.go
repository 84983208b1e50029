package chaos_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/memory"
	"ayumi/projections"
	"ayumi/tests/readmodels"
)

// dump is every byte of every table of the read models but the fences.
func dump(t testing.TB, db readmodels.DB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range column(t, db.Database().Registry, `SELECT name || '-' || number FROM projection_place WHERE answers = 1`) {
		place, err := db.Database().Open(context.Background(), name)
		require.NoError(t, err)
		dumpPlace(t, place.Read, out)
		require.NoError(t, place.Close())
	}
	require.NotEmpty(t, out)
	return out
}

func dumpPlace(t testing.TB, read *sql.DB, out map[string]string) {
	t.Helper()
	tables, order := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'projection_%' ORDER BY name`, "rowid"
	if readmodels.Postgres() {
		tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name NOT LIKE 'projection_%' ORDER BY 1`
	}
	for _, table := range column(t, read, tables) {
		h := sha256.New()
		if table == "indicator_run" {
			out[table] = fmt.Sprintf("%x", sha256.Sum256(runs(t, read)))
			continue
		}
		if readmodels.Postgres() { // rows lie in no order there
			order = table + `.*`
		}
		rows, err := read.Query(`SELECT * FROM ` + table + ` ORDER BY ` + order)
		require.NoError(t, err)
		columns, err := rows.Columns()
		require.NoError(t, err)
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		n := 0
		for ; rows.Next(); n++ {
			require.NoError(t, rows.Scan(to...))
			fmt.Fprintf(h, "%#v\n", values)
		}
		require.NoError(t, errors.Join(rows.Err(), rows.Close()))
		out[table] = fmt.Sprintf("%d rows %x", n, h.Sum(nil))
	}
}

// runs puts the packed rows of counting together: where they were cut says only how
// many events came at once.
func runs(t testing.TB, read *sql.DB) []byte {
	t.Helper()
	rows, err := read.Query(`SELECT packed FROM indicator_run ORDER BY first`)
	require.NoError(t, err)
	defer rows.Close()
	var out []byte
	for rows.Next() {
		var run []byte
		require.NoError(t, rows.Scan(&run))
		out = append(out, run...)
	}
	require.NoError(t, rows.Err())
	return out
}

func column(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	require.NoError(t, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		require.NoError(t, rows.Scan(&s))
		out = append(out, s)
	}
	require.NoError(t, rows.Err())
	return out
}

// rebuilt is the dump of read models made from the whole log at once.
func rebuilt(t testing.TB, store domain.EventStore) map[string]string {
	t.Helper()
	m := readModels(t, store, file(t))
	defer m.end()
	m.reach()
	return dump(t, m.db)
}

// Read models that were stopped and started again at any place, and rebuilt while
// the log grew, equal those made at once.
func TestLiveTablesEqualRebuiltOnes(t *testing.T) {
	w := newWriter(t, 21, true)
	r := rand.New(rand.NewPCG(21, 0))
	path := file(t)
	for range 12 {
		m := readModels(t, w.store, path)
		for range r.IntN(6) {
			w.write(1 + r.IntN(40))
			if r.IntN(2) == 0 {
				m.reach()
			}
		}
		if r.IntN(3) == 0 {
			ctx, stop := context.WithTimeout(context.Background(), time.Minute)
			require.NoError(t, m.runner.Rebuild(ctx))
			stop()
		}
		m.end()
	}
	m := readModels(t, w.store, path)
	defer m.end()
	m.reach()
	want := rebuilt(t, w.store)
	require.Equal(t, want, dump(t, m.db))
	require.NoError(t, m.runner.Rebuild(context.Background(), "indicators"))
	m.reach()
	require.Equal(t, want, dump(t, m.db))
}

// Whoever starts later keeps the read models; the earlier one writes nothing more
// and says so.
func TestSecondRunnerFencesTheFirst(t *testing.T) {
	w := newWriter(t, 22, true)
	w.write(50)
	path := file(t)
	ctx, stop := context.WithCancel(context.Background())
	first, err := readmodels.Open(ctx, path)
	require.NoError(t, err)
	alone := first.Database()
	alone.Lead = nil // it does not ask others
	runner := projections.NewRunner(projections.Config{
		Feed: storeFeed{w.store}, Head: w.store.Head, Database: alone,
		Projections: []*projections.Projection{projections.NewJourneys().Projection},
	})
	ended := make(chan error, 1)
	go func() { ended <- runner.Run(ctx) }()
	require.NoError(t, runner.Wait(ctx, 50))
	second := readModels(t, w.store, path)
	defer second.end()
	second.reach()
	w.write(50)
	require.ErrorIs(t, <-ended, projections.ErrFenced)
	stop()
	require.NoError(t, first.Close())
	second.reach()
	require.Equal(t, rebuilt(t, w.store), dump(t, second.db))
}

// Another log in the place of the one that was read: everything is made again.
func TestAnotherLogIsReadFromItsBeginning(t *testing.T) {
	path := file(t)
	for seed, size := range map[uint64]int{31: 300, 32: 200, 33: 400} {
		w := newWriter(t, seed, true)
		w.write(size)
		m := readModels(t, w.store, path)
		m.reach()
		require.Equal(t, rebuilt(t, w.store), dump(t, m.db))
		m.end()
	}
	// the same log, cut off and grown differently
	long, short := newWriter(t, 34, true), newWriter(t, 34, true)
	long.write(300)
	short.write(200)
	m := readModels(t, long.store, path)
	m.reach()
	m.end()
	m = readModels(t, short.store, path)
	defer m.end()
	m.reach()
	short.write(30)
	m.reach()
	require.Equal(t, rebuilt(t, short.store), dump(t, m.db))
}

// spoiled is a log with one event that no fold can read.
type spoiled struct {
	*memory.Store
	at uint64
}

func (s spoiled) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range s.Store.All(ctx, after) {
			if e.Position == s.at {
				e.Body = []byte(`{"facts":`)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// An event that cannot be read stops counting and the audit trail before it, and
// they say so; journeys set its stream aside and go on.
func TestUnreadableEventStopsOrSetsAside(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 41, true)
	w.write(400)
	log := collect(t, w.store)
	at := uint64(211)
	bad := log[at-1].Stream
	later := 0
	for _, e := range log[at-1:] {
		if e.Stream == bad {
			later++
		}
	}
	path := file(t)
	m := readModels(t, spoiled{w.store.(*memory.Store), at}, path)
	m.reach("journeys")
	require.Eventually(t, func() bool {
		s := m.runner.Status()
		return s[1].State == projections.Stopped && s[2].State == projections.Stopped
	}, time.Minute, 5*time.Millisecond)
	s := m.runner.Status()
	require.Equal(t, projections.Current, s[0].State)
	require.Equal(t, later, s[0].Parked)
	for _, stopped := range s[1:] {
		require.Equal(t, at-1, stopped.Position)
		require.Contains(t, stopped.Reason, "211")
		require.ErrorIs(t, m.runner.Wait(ctx, at, stopped.Name), projections.ErrStopped)
	}
	m.end()
	m = readModels(t, w.store, path) // the event can be read now
	defer m.end()
	m.reach("indicators", "audit")
	require.NoError(t, m.runner.Rebuild(ctx, "journeys"))
	m.reach()
	require.Equal(t, rebuilt(t, w.store), dump(t, m.db))
}

// A new version is built beside the old tables and takes their place.
func TestNewVersionTakesOver(t *testing.T) {
	w := newWriter(t, 51, true)
	w.write(300)
	path := file(t)
	m := readModels(t, w.store, path)
	m.reach()
	m.end()
	db, err := readmodels.Open(context.Background(), path)
	require.NoError(t, err)
	journeys := projections.NewJourneys()
	journeys.Version++
	journeys.Tables = append(journeys.Tables, projections.Table{Name: "journey_more", Columns: []string{"no INTEGER PRIMARY KEY"}})
	runner := projections.NewRunner(projections.Config{
		Feed: storeFeed{w.store}, Head: w.store.Head, Database: db.Database(), Projections: []*projections.Projection{journeys.Projection},
	})
	require.NoError(t, runner.Open(context.Background()))
	var building *projections.NotBuilt
	_, err = journeys.People(context.Background(), 0, 1)
	require.ErrorAs(t, err, &building)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- runner.Run(ctx) }()
	require.NoError(t, runner.Wait(ctx, 300))
	people, err := journeys.People(ctx, 0, 1000)
	require.NoError(t, err)
	require.NotEmpty(t, people)
	want := rebuilt(t, w.store)
	want["journey_more"] = fmt.Sprintf("0 rows %x", sha256.Sum256(nil))
	require.Equal(t, want, dump(t, db))
	stop()
	require.NoError(t, <-ended)
	require.NoError(t, db.Close())
	m = readModels(t, w.store, path) // the old program comes back
	defer m.end()
	m.reach()
	require.Equal(t, rebuilt(t, w.store), dump(t, m.db))
}
