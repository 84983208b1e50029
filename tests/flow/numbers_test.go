package flow_test

import (
	"context"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/people"
	"ayumi/projections"
	"ayumi/tests/flow"
	"ayumi/tests/given"
	"ayumi/tests/readmodels"
)

// finished hands out a log and then waits.
type finished struct{ domain.EventStore }

func (f finished) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for rec, err := range f.All(ctx, after) {
			if !yield(rec, err) {
				return
			}
		}
		<-ctx.Done()
	}
}

type unread struct{}

func (unread) RecordIndex(context.Context, time.Time) error { return nil }

// The search and the read model give a person the same number.
func TestAPersonHasOneNumberEverywhere(t *testing.T) {
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	a, b := register(d, "仮一"), register(d, "仮二")
	file := begin(d, b)
	d.Do(flow.At("2019-06-02", 9), "co1", "case.hold_consultation", map[string]any{"case": file, "lead_person": b, "desk": "D-TKY", "channel": "phone",
		"categories": []string{"job"}, "counsellor": co, "attendees": []string{uuid.NewString(), a}, "attendee_count": 2, "initiated_by": "person", "advice": true,
		"notice_version": "n1", "outcome": "continuing"}) // an attendee who is registered nowhere has a number too
	last := register(d, "仮三")

	db, err := readmodels.Open(context.Background(), filepath.Join(t.TempDir(), "read"))
	require.NoError(t, err)
	journeys := projections.NewJourneys()
	runner := projections.NewRunner(projections.Config{Feed: finished{d.Store}, Head: d.Store.Head, Database: db.Database(),
		Projections: []*projections.Projection{journeys.Projection}})
	index := people.New(people.Config{Feed: finished{d.Store}, Keys: d.Keys, Origin: d.Head.Origin, Log: unread{}, Head: d.Store.Head,
		Now: func() time.Time { return flow.At("2019-12-01", 9) }})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { ended <- runner.Run(ctx) }()
	go func() { ended <- index.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, <-ended)
		require.NoError(t, db.Close())
	})
	head, err := d.Store.Head(ctx)
	require.NoError(t, err)
	patient, enough := context.WithTimeout(ctx, time.Minute)
	defer enough()
	require.NoError(t, runner.Wait(patient, head.Position))
	require.NoError(t, index.Wait(patient, head.Position))
	for name, id := range map[string]string{"仮一": a, "仮二": b, "仮三": last} {
		found, err := index.Search(given.Desk("co1"), name, 0)
		require.NoError(t, err)
		ref, err := journeys.Find(ctx, id)
		require.NoError(t, err)
		require.Equal(t, ref.Number, found.Hits[0].Number)
		again, err := index.Search(given.Desk("co1"), people.Number(ref.Number), 0)
		require.NoError(t, err)
		require.Equal(t, id, again.Hits[0].Person)
	}
	ref, err := journeys.Find(ctx, last)
	require.NoError(t, err)
	require.Equal(t, 4, ref.Number, "after the attendee")
}
