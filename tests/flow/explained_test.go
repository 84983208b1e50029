package flow_test

import (
	"context"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/projections"
	"ayumi/tests/flow"
	"ayumi/tests/readmodels"
)

// growing hands out a log and what is added to it.
type growing struct{ domain.EventStore }

func (f growing) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for ctx.Err() == nil {
			for rec, err := range f.All(ctx, after) {
				if !yield(rec, err) {
					return
				}
				after = rec.Position
			}
			time.Sleep(2 * time.Millisecond)
		}
	}
}

// readCounts counts from a read model that has caught up with the log.
type readCounts struct {
	indicator.LogCounts
	figures *projections.Indicators
	runner  *projections.Runner
}

func (c readCounts) Difference(ctx context.Context, from, to domain.Asked) (domain.Explained, error) {
	head, err := c.Store.Head(ctx)
	if err != nil {
		return domain.Explained{}, err
	}
	if err := c.runner.Wait(ctx, head.Position); err != nil {
		return domain.Explained{}, err
	}
	return indicator.DifferenceFor(ctx, c.figures, c.Book, from, to)
}

// lastOf is the newest event of a stream.
func lastOf(t *testing.T, d *flow.Desk, stream string) (facts domain.Facts) {
	t.Helper()
	for rec, err := range d.Store.Stream(context.Background(), stream, 0) {
		require.NoError(t, err)
		facts, err = domain.FactsOf(rec.Body)
		require.NoError(t, err)
	}
	return facts
}

func numbers(facts domain.Facts, names ...string) (out []int64) {
	for _, name := range names {
		n, _ := facts.Int(name)
		out = append(out, n)
	}
	return out
}

// A published figure, a late record and a correction: what the office puts on
// record is what the read model of the real store says, and adds up.
func TestADifferenceIsPutOnRecord(t *testing.T) {
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	d.Staff("an1", "AN")
	d.Staff("mg1", "MG")
	a := register(d, "仮一")
	file := begin(d, a)
	session := func(at time.Time, on string) string {
		r := d.Do(at, "co1", "case.hold_consultation", map[string]any{"case": file, "lead_person": a, "desk": "D-TKY", "channel": "phone", "categories": []string{"job"},
			"counsellor": co, "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "occurred_on": on})
		return lastOf(t, d, r[0].Stream).Text("consultation")
	}
	first := session(flow.At("2019-06-02", 9), "2019-06-02")
	session(flow.At("2019-06-05", 9), "2019-06-05")

	book, err := indicator.Shipped()
	require.NoError(t, err)
	db, err := readmodels.Open(context.Background(), filepath.Join(t.TempDir(), "read"))
	require.NoError(t, err)
	counts := readCounts{LogCounts: indicator.LogCounts{Store: d.Store, Book: book, Synthetic: true}, figures: projections.NewIndicators()}
	counts.figures.Log = growing{d.Store}
	counts.runner = projections.NewRunner(projections.Config{Feed: growing{d.Store}, Head: d.Store.Head, Database: db.Database(),
		Projections: []*projections.Projection{counts.figures.Projection}})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- counts.runner.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, db.Close())
	})
	d.Office.Counting(counts)

	stream, fy := uuid.NewString(), japan.FiscalYear(2019).Whole()
	counted, err := counts.Count(ctx, domain.Asked{Indicator: "C1@D-TKY", Period: fy, KnownAt: japan.On(2020, 4, 9)})
	require.NoError(t, err)
	require.Equal(t, 2, counted.Value)
	d.Do(flow.At("2020-04-10", 9), "an1", "figure.propose", map[string]any{"stream": stream, "edition": 1, "indicator": "C1@D-TKY", "definition_version": counted.Version,
		"from": fy.From.String(), "to": fy.To.String(), "known_at": "2020-04-09", "value": 2, "trial": false})
	d.Do(flow.At("2020-04-10", 10), "mg1", "figure.approve", map[string]any{"stream": stream, "edition": 1})
	d.Do(flow.At("2020-04-10", 11), "mg1", "figure.publish", map[string]any{"stream": stream, "edition": 1, "status": "final", "outlet": "internal", "unit_stated": true,
		"comparison_basis": "none", "document": strings.Repeat("0a", 32)})
	session(flow.At("2020-04-12", 9), "2020-02-20")
	session(flow.At("2020-04-12", 10), "2020-02-21")
	_, err = d.Try(flow.At("2020-04-13", 9), "co1", "case.void_consultation", map[string]any{"case": file, "consultation": first, "reason": "test"})
	require.NoError(t, err)

	hour := 8
	explain := func(by, known string) ([]domain.Receipt, error) {
		hour++ // another command, not the same one again
		return d.Try(flow.At("2020-04-14", hour), by, "figure.explain_difference", map[string]any{"stream": stream, "edition": 1, "known_at": known})
	}
	_, err = explain("co1", "2020-04-13")
	require.ErrorContains(t, err, "account.not_allowed")
	_, err = explain("mg1", "2020-04-13")
	require.ErrorContains(t, err, "account.not_allowed")
	_, err = explain("an1", "2020-04-14")
	require.ErrorContains(t, err, "figure.known_at")
	for known, want := range map[string][]int64{"2020-04-11": {0, 0, 0}, "2020-04-12": {2, 0, 2}, "2020-04-13": {2, -1, 1}, "2019-06-02": {-1, 0, -1}} {
		receipts, err := explain("an1", known)
		require.NoError(t, err)
		facts := lastOf(t, d, receipts[0].Stream)
		require.Equal(t, want, numbers(facts, "late_entry", "voided", "total"), known)
		require.Equal(t, known, facts.Text("known_at"))
		again, err := explain("an1", known)
		require.NoError(t, err)
		require.Empty(t, again[0].Events, "it is on record already")
	}
}
