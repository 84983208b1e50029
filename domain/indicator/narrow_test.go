package indicator_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/vectors"
)

// timesNamed tells how many events of a log name each consultation.
func timesNamed(t *testing.T, log []domain.Recorded) map[string]int {
	times := map[string]int{}
	vectors.Log(t, log)(func(_ uint64, _, _ string, f domain.Facts) bool {
		times[f.Text("consultation")]++
		return true
	})
	return times
}

// A log folded for some questions answers them as one folded whole.
func TestNarrowEqualsWhole(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	told, kept, all, counted := map[string]int{}, 0, 0, 0
	for seed := range uint64(*histories) {
		log := random(seed)
		times := timesNamed(t, log)
		whole := indicator.NewState()
		vectors.Log(t, log)(func(pos uint64, typ, stream string, f domain.Facts) bool {
			_, err := whole.Fold(pos, typ, stream, f.Glance())
			require.NoError(t, err)
			return true
		})
		for i, d := range book.All() {
			scope := []string{"D-TKY", "D-FKC", "31", "TKC"}[(int(seed)+i)%4]
			q := indicator.Question{Definition: d, Scope: scope, Period: japan.FiscalYear(2018 + int(seed)%2).Whole()}
			if seed%3 == 0 {
				q.Period.To = q.Period.From.Add(40)
			}
			n := indicator.NarrowTo([]indicator.Question{q})
			vectors.Log(t, log)(func(pos uint64, typ, _ string, f domain.Facts) bool {
				require.NoError(t, n.Fold(pos, typ, f.Glance(), times[f.Text("consultation")] == 1), "seed %d position %d %s", seed, pos, typ)
				return true
			})
			require.Equal(t, whole.Position, n.State.Position)
			want := indicator.Tell(whole, q)
			require.Equal(t, want, indicator.Tell(n.State, q), "seed %d %s", seed, q)
			counted += want.Members
			if n.All() {
				continue
			}
			told[d.Indicator]++
			kept, all = kept+len(n.State.Rows(d.Params())), all+len(whole.Rows(d.Params()))
		}
	}
	for _, id := range []string{"C0", "C1", "C2", "C12", "P0", "P1"} {
		require.Positive(t, told[id], "%s is counted from sessions", id)
	}
	for _, id := range []string{"J1", "K1", "K2", "R1", "R2"} {
		require.Zero(t, told[id], "%s hangs on everything", id)
	}
	require.Positive(t, counted)
	require.Less(t, kept*2, all, "rows kept")
	t.Logf("%v; %d rows kept of %d", told, kept, all)
}

// A case is opened once: what a second time would mean for what is not kept, nobody
// can tell.
func TestNarrowRefusesACaseOpenedTwice(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, _ := book.Named("C1", "tot-2019.1")
	n := indicator.NarrowTo([]indicator.Question{{Definition: d, Scope: "D-TKY", Period: japan.FiscalYear(2018).Whole()}})
	opened := domain.Facts(`{"controller":"31","desk":"D-TKY","occurred_on":"2018-05-01","person":"9f0c1d2e-0000-4000-8000-000000000001","stream":"case-9f0c1d2e-0000-4000-8000-000000000002","type":"case.opened"}`)
	require.NoError(t, n.Fold(1, "case.opened", opened.Glance(), false))
	require.ErrorContains(t, n.Fold(2, "case.opened", opened.Glance(), false), "case was opened before")
}

// Whoever corrects a consultation that was said to be named once is refused.
func TestNarrowRefusesWhatItWasNotToldOf(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, _ := book.Named("C1", "tot-2019.1")
	long := japan.Period{From: japan.On(1990, 4, 1), To: japan.On(1991, 3, 31)}
	refused := 0
	for seed := range uint64(12) {
		n := indicator.NarrowTo([]indicator.Question{{Definition: d, Scope: "D-TKY", Period: long}})
		vectors.Log(t, random(seed))(func(pos uint64, typ, _ string, f domain.Facts) bool {
			err := n.Fold(pos, typ, f.Glance(), true)
			if typ == "case.consultation_voided" {
				require.ErrorContains(t, err, "consultation was never reported")
				refused++
			}
			return err == nil
		})
	}
	require.Positive(t, refused)
}
