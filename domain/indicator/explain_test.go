package indicator_test

import (
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/history"
)

var pairs = flag.Int("pairs", 2_000, "random pairs of figures whose difference is explained")

// chronicle holds every row there ever was, with the positions between which it held.
type chronicle struct {
	t    testing.TB
	by   map[indicator.Params][]span
	last uint64
}

type span struct {
	row            indicator.Row
	added, removed uint64 // removed 0: holds
	why, gone      string
}

func chronicled(t testing.TB, each func(func(uint64, string, string, domain.Facts) bool), params ...indicator.Params) *chronicle {
	c := &chronicle{t: t, by: map[indicator.Params][]span{}}
	s := indicator.NewState()
	each(func(position uint64, typ, stream string, f domain.Facts) bool {
		changes, err := s.Step(position, typ, stream, f.Glance(), params...)
		require.NoError(t, err)
		for i, list := range changes {
			for _, x := range list {
				c.change(params[i], x, position)
			}
		}
		c.last = position
		return true
	})
	return c
}

func (c *chronicle) change(p indicator.Params, x indicator.Change, position uint64) {
	spans := c.by[p]
	if !x.Removed {
		c.by[p] = append(spans, span{row: x.Row, added: position, why: x.Why})
		return
	}
	i := slices.IndexFunc(spans, func(s span) bool { return s.removed == 0 && s.row == x.Row })
	require.GreaterOrEqual(c.t, i, 0)
	spans[i].removed, spans[i].gone = position, x.Why
}

func (c *chronicle) At(d indicator.Definition, position uint64, _ japan.Period) ([]indicator.Row, error) {
	family, _ := d.Family()
	var out []indicator.Row
	for _, s := range c.by[d.Params()] {
		if s.row.Family == family && s.added <= position && (s.removed == 0 || s.removed > position) {
			out = append(out, s.row)
		}
	}
	return out, nil
}

func (c *chronicle) Between(d indicator.Definition, from, to uint64, _ japan.Period) ([]indicator.Step, error) {
	family, _ := d.Family()
	var out []indicator.Step
	for _, s := range c.by[d.Params()] {
		if s.row.Family != family {
			continue
		}
		if s.removed > from && s.removed <= to {
			out = append(out, indicator.Step{Change: indicator.Change{Row: s.row, Removed: true, Why: s.gone}, At: s.removed})
		}
		if s.added > from && s.added <= to {
			out = append(out, indicator.Step{Change: indicator.Change{Row: s.row, Why: s.why}, At: s.added})
		}
	}
	slices.SortStableFunc(out, func(a, b indicator.Step) int {
		switch {
		case a.At != b.At:
			return int(int64(a.At) - int64(b.At))
		case a.Removed == b.Removed:
			return 0
		case a.Removed:
			return -1
		}
		return 1
	})
	return out, nil
}

// explained is the difference of an indicator of a scene between two days.
func (l *logbook) explained(id, of, from, to string, change ...func(a, b *indicator.Known)) indicator.Difference {
	l.t.Helper()
	book, err := indicator.Shipped()
	require.NoError(l.t, err)
	d, ok := book.Named(id, "tot-2019.1")
	require.True(l.t, ok)
	q := indicator.Question{Definition: d, Scope: "D-TKY", Period: period(l.t, of)}
	a, b := indicator.Known{Question: q, Position: l.position(from)}, indicator.Known{Question: q, Position: l.position(to)}
	for _, f := range change {
		f(&a, &b)
	}
	out, err := indicator.Explain(chronicled(l.t, l.each, a.Definition.Params(), b.Definition.Params()), a, b)
	require.NoError(l.t, err)
	return out
}

// with changes a parameter of the second definition.
func with(name, value string) func(a, b *indicator.Known) {
	return func(_, b *indicator.Known) {
		p := map[string]string{name: value}
		for k, v := range b.Definition.Parameters {
			if k != name {
				p[k] = v
			}
		}
		b.Definition.Parameters = p
	}
}

func TestDifferencesOfTheVectors(t *testing.T) {
	t.Run("T8", func(t *testing.T) {
		l := newLogbook(t)
		l.newcomer("a")
		l.session("a", "2019-06-01", nil)
		for _, id := range []string{"x", "y"} {
			l.newcomer(id)
			s := l.session(id, "2019-11-05", nil)
			l.add("case.consultation_voided", id, "2020-06-15", "", facts{"consultation": s, "reason": "test"})
		}
		l = l.sorted()
		for _, id := range []string{"C2", "P0"} {
			d := l.explained(id, feb, "2020-06-14", "2020-06-15")
			require.Equal(t, map[string]int{"voided": -2}, d.Kinds(), id)
			require.Len(t, d.Parts, 2)
			require.Equal(t, "voided", d.Parts[0].Lost[0].Clause, id)
		}
	})
	t.Run("T9", func(t *testing.T) {
		l := newLogbook(t)
		l.newcomer("a")
		l.session("a", "2020-02-20", facts{"categories": "job", "rec": "2020-04-10"})
		require.Equal(t, map[string]int{"late_entry": 1}, l.explained("C1", feb, "2020-04-09", "2020-04-10").Kinds())
		back := l.explained("C1", feb, "2020-04-10", "2020-04-09")
		require.Equal(t, [2]int{1, 0}, [2]int{back.From, back.To})
		require.Equal(t, map[string]int{"late_entry": -1}, back.Kinds())
	})
	t.Run("T10", func(t *testing.T) {
		l := twins(t, false)
		merged := l.explained("P0", fy19, "2020-04-30", "2020-05-01")
		require.Equal(t, map[string]int{"merged": -1}, merged.Kinds())
		require.Equal(t, indicator.OtherMember, merged.Parts[0].Lost[0].Clause)
		require.Equal(t, map[string]int{"merged": -1, "unmerged": 1}, l.explained("P0", fy19, "2020-04-30", "2020-05-03").Kinds())
		same := twins(t, true).explained("C0", fy19, "2020-04-30", "2020-05-01")
		require.Equal(t, map[string]int{"merged": -1}, same.Kinds())
		require.Equal(t, "same_day", same.Parts[0].Lost[0].Clause)
	})
	t.Run("T22", func(t *testing.T) {
		l := newLogbook(t)
		l.newcomer("a")
		for _, on := range []string{"2019-05-01", "2019-05-02"} {
			l.session("a", on, nil)
		}
		l.session("a", "2019-08-01", facts{"channel": "tour"})
		l.session("a", "2020-05-01", nil)
		d := l.explained("C0", feb, "2020-05-31", "2020-05-31", with("channels", "in_person"), func(a, b *indicator.Known) {
			b.Period = period(t, fy20)
		})
		require.Equal(t, map[string]int{"period": -2}, d.Kinds())
		d = l.explained("C0", feb, "2020-05-31", "2020-05-31", with("channels", "in_person"))
		require.Equal(t, map[string]int{"definition": -1}, d.Kinds())
		require.Equal(t, "channel", d.Parts[0].Lost[0].Clause)
	})
	t.Run("other scope", func(t *testing.T) {
		l := newLogbook(t)
		l.newcomer("a")
		book, err := indicator.Shipped()
		require.NoError(t, err)
		c0, _ := book.Named("C0", "tot-2019.1")
		c1, _ := book.Named("C1", "tot-2019.1")
		h := chronicled(t, l.each, indicator.Usual())
		for _, b := range []indicator.Question{{Definition: c1, Scope: "D-TKY"}, {Definition: c0, Scope: "31"}} {
			_, err = indicator.Explain(h, indicator.Known{Question: indicator.Question{Definition: c0, Scope: "D-TKY"}}, indicator.Known{Question: b})
			require.ErrorIs(t, err, indicator.ErrScopes)
		}
	})
}

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
		log := history.New(seed+100, true).Take(500)
		c := chronicled(t, func(yield func(uint64, string, string, domain.Facts) bool) {
			for _, e := range log {
				facts, err := domain.FactsOf(e.Body)
				require.NoError(t, err)
				if !yield(e.Position, e.Type, e.Stream, facts) {
					return
				}
			}
		}, indicator.Usual(), okayama)
		r := rand.New(rand.NewPCG(seed, 7))
		known := func(d indicator.Definition, scope string) indicator.Known {
			if r.IntN(4) == 0 && !d.Ratio() {
				d.Parameters = maps.Clone(d.Parameters)
				d.Parameters["class_rule"] = "oka-cls-1"
			}
			from := japan.On(2018, 4, 1) + japan.Date(r.IntN(700))
			q := indicator.Question{Definition: d, Scope: scope, Period: japan.Period{From: from, To: from + japan.Date(r.IntN(500))}}
			return indicator.Known{Question: q, Position: uint64(r.IntN(int(c.last) + 1))}
		}
		for range *pairs / seeds {
			d, scope := definitions[r.IntN(len(definitions))], []string{"D-TKY", "D-FKC", "31"}[r.IntN(3)]
			exactly(t, c, known(d, scope), known(d, scope))
		}
	}
}

func exactly(t *testing.T, c *chronicle, a, b indicator.Known) {
	t.Helper()
	d, err := indicator.Explain(c, a, b)
	require.NoError(t, err)
	for _, end := range []struct {
		of     indicator.Known
		says   int
		absent string
	}{{a, d.From, d.FromAbsent}, {b, d.To, d.ToAbsent}} {
		var rows []indicator.Row
		counts := indicator.NewCounts(end.of.Question)
		for _, count := range counts.Sides() {
			side, err := c.At(count.Question().Definition, end.of.Position, end.of.Period)
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
		want := indicator.Answer(rows, end.of.Question, japan.On(2020, 4, 1)).Result()
		require.Equal(t, [2]any{want.Value, want.Absent}, [2]any{end.says, end.absent}, end.of)
		require.Equal(t, want, counts.Result(), "counted alone")
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
		force, ok := book.InForce(id, date("2031-04-01"))
		require.True(t, ok)
		require.NotEqual(t, trial.Version, force.Version)
		require.NotContains(t, book.All(), trial)
		require.Error(t, book.AddTrial(trial), "a version name is used once")
	}
}

// The two prefectures count the same move differently, and the difference says why.
func TestTheOtherPrefecturesRuleIsExplained(t *testing.T) {
	l := newLogbook(t)
	for _, id := range []string{"a", "b"} {
		l.newcomer(id)
		l.session(id, "2019-06-01", nil)
	}
	l.movesAs("a", "2019-10-01", facts{"reason": "marriage"})
	l.movesAs("b", "2019-10-02", facts{"reason": "telework"})
	for _, id := range []string{"R1", "K1"} {
		d := l.explained(id, fy19, "2020-05-31", "2020-05-31", with("class_rule", "oka-cls-1"))
		require.Equal(t, [2]int{2, 1}, [2]int{d.From, d.To}, id)
		require.Equal(t, map[string]int{"definition": -1}, d.Kinds(), id)
		require.Equal(t, "excluded_reason", d.Parts[0].Lost[0].Clause, id)
	}
}
