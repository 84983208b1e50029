package indicator_test

import (
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/history"
	"ayumi/tests/vectors"
)

var pairs = flag.Int("pairs", 2_000, "random pairs of figures whose difference is explained")

// Whatever two figures are compared, the parts lead from the one to the other,
// both are what Answer says, backwards the signs turn, and no erasure counts.
func TestDifferencesSumExactly(t *testing.T) {
	okayama := indicator.Usual()
	okayama.ClassRule = "oka-cls-1"
	book, err := indicator.Shipped()
	require.NoError(t, err)
	definitions := book.All()
	const seeds = 5
	for seed := range uint64(seeds) {
		c := vectors.Chronicled(t, history.New(seed+100, true).Take(500), indicator.Usual(), okayama)
		r := rand.New(rand.NewPCG(seed, 7))
		known := func(d indicator.Definition, scope string) indicator.Known {
			if r.IntN(4) == 0 && !d.Ratio() {
				d.Parameters = maps.Clone(d.Parameters)
				d.Parameters["class_rule"] = "oka-cls-1"
			}
			from := japan.On(2018, 4, 1) + japan.Date(r.IntN(700))
			q := indicator.Question{Definition: d, Scope: scope, Period: japan.Period{From: from, To: from + japan.Date(r.IntN(500))}}
			return indicator.Known{Question: q, Position: uint64(r.IntN(int(c.Last) + 1))}
		}
		for range *pairs / seeds {
			d, scope := definitions[r.IntN(len(definitions))], []string{"D-TKY", "D-FKC", "31"}[r.IntN(3)]
			exactly(t, c, known(d, scope), known(d, scope))
		}
	}
}

func exactly(t *testing.T, c *vectors.Chronicle, a, b indicator.Known) {
	t.Helper()
	d, err := indicator.Explain(c, a, b)
	require.NoError(t, err)
	for _, end := range []struct {
		of     indicator.Known
		says   int
		absent string
	}{{a, d.From, d.FromAbsent}, {b, d.To, d.ToAbsent}} {
		var rows []indicator.Row
		var counts []*indicator.Count
		for _, of := range end.of.Sides() {
			count := indicator.NewCount(of)
			counts = append(counts, count)
			side, err := c.At(of.Definition, end.of.Position, end.of.Period)
			require.NoError(t, err)
			for i := range side {
				count.Add(&side[i])
			}
			for _, r := range side { // the sides may share their rows
				if !slices.Contains(rows, r) {
					rows = append(rows, r)
				}
			}
		}
		answer := indicator.Answer(rows, end.of.Question, japan.On(2020, 4, 1))
		paged(t, rows, end.of.Question, answer)
		want := answer.Result()
		require.Equal(t, [2]any{want.Value, want.Absent}, [2]any{end.says, end.absent}, end.of)
		require.Equal(t, want, indicator.Told(end.of.Question, counts...), "counted alone")
	}
	back, err := indicator.Explain(c, b, a)
	require.NoError(t, err)
	require.Equal(t, [2]int{d.To, d.From}, [2]int{back.From, back.To})
	require.Zero(t, d.Kinds()["erased"])
	for _, p := range d.Parts {
		if a.Definition.Basis == "distinct" && a.Definition.Sums() {
			require.Equal(t, p.Delta, len(p.Gained)-len(p.Lost), "%s %+v", a, p)
		}
	}
}

// A trial is found by its name only: it is in force on no day.
func TestTrialsAreNeverInForce(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	require.Equal(t, []string{"oka-trial-1"}, book.Trials())
	for _, id := range []string{"R1", "R2", "S1", "K1", "K2"} {
		trial, ok := book.Named(id, "oka-trial-1")
		require.True(t, ok, id)
		require.Equal(t, "oka-cls-1", trial.Params().ClassRule)
		force, ok := book.InForce(id, japan.On(2031, 4, 1))
		require.True(t, ok)
		require.NotEqual(t, trial.Version, force.Version)
		require.NotContains(t, book.All(), trial)
		require.Error(t, book.AddTrial(trial), "a version name is used once")
	}
}

// Only figures of one indicator and one scope have a difference.
func TestDifferencesOfUnlikeFiguresAreNone(t *testing.T) {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	c0, _ := book.Named("C0", "tot-2019.1")
	c1, _ := book.Named("C1", "tot-2019.1")
	h := vectors.Chronicled(t, history.New(1, true).Take(10), indicator.Usual())
	for _, b := range []indicator.Question{{Definition: c1, Scope: "D-TKY"}, {Definition: c0, Scope: "31"}} {
		_, err = indicator.Explain(h, indicator.Known{Question: indicator.Question{Definition: c0, Scope: "D-TKY"}}, indicator.Known{Question: b})
		require.ErrorIs(t, err, indicator.ErrScopes)
	}
}

// paged: the lists of a figure, read page by page in any size, are those of the
// figure spelled out.
func paged(t *testing.T, rows []indicator.Row, q indicator.Question, want indicator.Figure) {
	t.Helper()
	of := q.Sides()[0]
	sieve := indicator.NewSieve(of, func(no int32, into *indicator.Row) *indicator.Row { *into = rows[no]; return into })
	for i := range rows {
		r := rows[i] // used again after it
		sieve.Add(int32(i), &r)
		r = indicator.Row{}
	}
	l := sieve.Lists()
	size := 1 + len(rows)%7
	var members []indicator.Member
	for from := 0; from < l.Len(); from += size {
		members = append(members, l.Members(from, size)...)
	}
	require.Equal(t, want.Members, members)
	require.Empty(t, l.Members(l.Len(), size))
	misses := 0
	for clause, n := range l.Missed() {
		var page []indicator.NearMiss
		for from := 0; from < n; from += size {
			page = append(page, l.NearMisses(clause, from, size)...)
		}
		require.Equal(t, slices.DeleteFunc(slices.Clone(want.NearMisses), func(m indicator.NearMiss) bool { return m.Clause != clause }), page)
		misses += n
	}
	require.Len(t, want.NearMisses, misses)
	if !q.Definition.Ratio() {
		require.Equal(t, want.Digest(), l.Digest())
	}
}
