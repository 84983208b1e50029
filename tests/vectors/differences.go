package vectors

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
)

// explained is the difference of an indicator of a scene between two days.
func (l *Logbook) explained(id, of, from, to string, change ...func(a, b *indicator.Known)) indicator.Difference {
	l.t.Helper()
	q := indicator.Question{Definition: l.definition(id), Scope: "D-TKY", Period: period(l.t, of)}
	a, b := indicator.Known{Question: q, Position: l.position(from)}, indicator.Known{Question: q, Position: l.position(to)}
	for _, f := range change {
		f(&a, &b)
	}
	return l.counter.Explain(a, b)
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

func differencesOfTheVectors(t *testing.T, w World) {
	t.Run("T8", func(t *testing.T) {
		l := w.logbook(t)
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
		l := w.logbook(t)
		l.newcomer("a")
		l.session("a", "2020-02-20", facts{"categories": "job", "rec": "2020-04-10"})
		require.Equal(t, map[string]int{"late_entry": 1}, l.explained("C1", feb, "2020-04-09", "2020-04-10").Kinds())
		back := l.explained("C1", feb, "2020-04-10", "2020-04-09")
		require.Equal(t, [2]int{1, 0}, [2]int{back.From, back.To})
		require.Equal(t, map[string]int{"late_entry": -1}, back.Kinds())
	})
	t.Run("T10", func(t *testing.T) {
		l := twins(t, w, false)
		merged := l.explained("P0", fy19, "2020-04-30", "2020-05-01")
		require.Equal(t, map[string]int{"merged": -1}, merged.Kinds())
		require.Equal(t, indicator.OtherMember, merged.Parts[0].Lost[0].Clause)
		require.Equal(t, map[string]int{"merged": -1, "unmerged": 1}, l.explained("P0", fy19, "2020-04-30", "2020-05-03").Kinds())
		same := twins(t, w, true).explained("C0", fy19, "2020-04-30", "2020-05-01")
		require.Equal(t, map[string]int{"merged": -1}, same.Kinds())
		require.Equal(t, "same_day", same.Parts[0].Lost[0].Clause)
	})
	t.Run("T22", func(t *testing.T) {
		l := w.logbook(t)
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
}

// The two prefectures count the same move differently, and the difference says why.
func theOtherPrefecturesRuleIsExplained(t *testing.T, w World) {
	l := w.logbook(t)
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
