package chaos_test

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/infra/memory"
	"ayumi/projections"
)

// Rows of a definition that the tables do not keep are made from the log: at any
// known position, asked in any order and while the log grows, they are those of
// the pure fold. Without a log such a definition is refused.
func TestTrialRowsEqualTheFold(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 71, true)
	w.write(300)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	okayama := indicator.Usual()
	okayama.ClassRule = "oka-cls-1"
	_, err := m.figures.RowsAt(ctx, 100, okayama, "", everyDay)
	require.Error(t, err)
	m.figures.Log = storeFeed{w.store}
	for _, known := range []uint64{120, 300, 7, 299, 410} {
		if known > 300 {
			w.write(200)
			m.reach()
		}
		state := indicator.NewState()
		for e, err := range w.store.All(ctx, 0) {
			require.NoError(t, err)
			if e.Position > known {
				break
			}
			facts, err := domain.FactsOf(e.Body)
			require.NoError(t, err)
			_, err = state.Fold(e.Position, e.Type, e.Stream, facts.Glance())
			require.NoError(t, err)
		}
		got, err := m.figures.RowsAt(ctx, known, okayama, "", everyDay)
		require.NoError(t, err)
		require.ElementsMatch(t, state.Rows(okayama), got, known)
	}
	kept, err := m.figures.RowsAt(ctx, 410, indicator.Usual(), "", everyDay)
	require.NoError(t, err)
	trial, err := m.figures.RowsAt(ctx, 410, okayama, "", everyDay)
	require.NoError(t, err)
	require.NotEqual(t, kept, trial, "the history holds no marriage")
}

// A log that cannot be read refuses the trial and leaves nothing half counted.
func TestTrialOverAnUnreadableEventBeginsAgain(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 72, true)
	w.write(120)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	okayama := indicator.Usual()
	okayama.ClassRule = "oka-cls-1"
	m.figures.Log = storeFeed{spoiled{w.store.(*memory.Store), 60}}
	_, err := m.figures.RowsAt(ctx, 120, okayama, "", everyDay)
	require.ErrorContains(t, err, "60")
	m.figures.Log = storeFeed{w.store}
	got, err := m.figures.RowsAt(ctx, 120, okayama, "", everyDay)
	require.NoError(t, err)
	require.NotEmpty(t, got)
}

// gated holds the log back after some events until it is opened.
type gated struct {
	domain.EventStore
	after uint64
	gate  chan struct{}
}

func (g gated) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for e, err := range g.All(ctx, after) {
			if err == nil && e.Position > g.after {
				select {
				case <-g.gate:
				case <-ctx.Done():
					return
				}
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// An asker that loses patience is told how far the records are read; they are read
// on without it, once for all who ask, and another asker sees them go by.
func TestATrialGoesOnWithoutItsAsker(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 73, true)
	w.write(600)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	rule := indicator.Usual()
	rule.MinGrade = "b"
	life, end := context.WithCancel(ctx)
	defer end()
	log := gated{w.store, 300, make(chan struct{})}
	m.figures.Log, m.figures.Life = log, life

	asked, leave := context.WithCancel(projections.Patient(ctx, 50*time.Millisecond))
	_, err := m.figures.RowsAt(asked, 600, rule, "", everyDay)
	var replaying *projections.Replaying
	require.ErrorAs(t, err, &replaying)
	require.Equal(t, uint64(600), replaying.All)
	require.LessOrEqual(t, replaying.Done, uint64(300))
	leave()
	kept, err := m.figures.RowsAt(projections.Patient(ctx, 50*time.Millisecond), 600, indicator.Usual(), "", everyDay)
	require.NoError(t, err, "rows that are kept wait for nothing")
	require.NotEmpty(t, kept)

	var seen []int
	told := projections.Told(ctx, func(done, all int) {
		if seen = append(seen, done); len(seen) == 2 {
			close(log.gate)
		}
		require.Equal(t, 600, all)
	})
	got, err := m.figures.RowsAt(told, 600, rule, "", everyDay)
	require.NoError(t, err)
	require.NotEmpty(t, seen)
	m.figures.Log = nil // what is made is not made again
	again, err := m.figures.RowsAt(projections.Patient(ctx, time.Millisecond), 600, rule, "", everyDay)
	require.ErrorContains(t, err, "no rows", "without a log nothing is tried")
	require.Empty(t, again)
	m.figures.Log = gated{w.store, 0, make(chan struct{})}
	again, err = m.figures.RowsAt(projections.Patient(ctx, time.Millisecond), 600, rule, "", everyDay)
	require.NoError(t, err)
	require.Equal(t, got, again)
}

// Definitions that make equal rows share one reading of the log, however their
// parameters are written.
func TestEqualParametersAreNotReadAnew(t *testing.T) {
	ctx := context.Background()
	w := newWriter(t, 74, true)
	w.write(200)
	m := readModels(t, w.store, file(t))
	defer m.end()
	m.reach()
	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, _ := book.Named("K1", "tot-2019.1")
	m.figures.Log = gated{w.store, 0, nil} // whoever reads waits for ever
	for name, value := range map[string]string{
		"categories": "job,student", // decides which rows count, not how they are made
		"channels":   strings.Join(slices.Sorted(slices.Values(domain.Codes["channel"])), ","),
	} {
		same := d
		same.Parameters = maps.Clone(d.Parameters)
		same.Parameters[name] = value
		_, err := m.figures.Value(projections.Patient(ctx, time.Second), indicator.Question{Definition: same, Scope: "D-TKY", Period: everyDay}, projections.Newest)
		require.NoError(t, err, name)
	}
}
