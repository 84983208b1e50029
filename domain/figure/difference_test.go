package figure_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

// explained is a Counter that explains, and remembers what it was asked.
type explained struct {
	register
	domain.Explained
	from, to *domain.Asked
}

func (e explained) Difference(from, to domain.Asked) (domain.Explained, error) {
	if e.from != nil {
		*e.from, *e.to = from, to
	}
	return e.Explained, e.err
}

func (r register) Difference(domain.Asked, domain.Asked) (domain.Explained, error) {
	return domain.Explained{}, r.err
}

func explain(other *int, known japan.Date) *figure.ExplainDifference {
	return &figure.ExplainDifference{DifferenceExplained: figure.DifferenceExplained{Edition: 1, OtherEdition: other, KnownAt: known, Total: 99, LateEntry: 99}}
}

func became(value, position int, members string, kinds map[string]int) domain.Explained {
	to := found
	to.Value, to.Position, to.Members = value, uint64(position), members
	return domain.Explained{From: found, To: to, Kinds: kinds}
}

// 168 → 169 of counting.md T9: what is typed beside the question counts nothing.
func TestADifferenceIsCounted(t *testing.T) {
	april := japan.On(2020, 4, 10)
	var from, to domain.Asked
	public := []event{proposed, approved, published}
	answers := explained{Explained: became(169, 1300, digest("0f"), map[string]int{"late_entry": 2, "voided": -1}), from: &from, to: &to}
	told := &figure.DifferenceExplained{Edition: 1, KnownAt: april, LateEntry: 2, Voided: -1, Total: 1}
	at := func(past ...event) *given.Scene[fold] {
		return scene(t, past...).At(japan.On(2020, 4, 11)).With(func(in *domain.Intent) { in.Count = answers })
	}
	at(public...).WhenTold(explain(nil, april)).Then(told)
	period := japan.Period{From: proposed.From, To: proposed.To}
	require.Equal(t, domain.Asked{Indicator: "C1@D-TKY", Version: "tot-2019.1", Period: period, KnownAt: proposed.KnownAt, Position: 1200}, from)
	require.Equal(t, domain.Asked{Indicator: "C1@D-TKY", Version: "tot-2019.1", Period: period, KnownAt: april}, to, "by the edition's own rule")

	at(append(public, told)...).WhenTold(explain(nil, april)).Nothing()
	at(append(public, told)...).WhenTold(explain(nil, april.Add(-1))).ThenState(func(f *fold) {
		require.Len(t, f.Editions[0].Explained, 2)
		require.Equal(t, *told, f.Editions[0].Explained[0].DifferenceExplained)
		require.Equal(t, *proposed, f.Editions[0].Proposed, "a frozen edition stays as it is")
	})
	at(public...).WhenTold(explain(nil, japan.On(2020, 4, 11))).Refused("figure.known_at")
	at(public...).WhenTold(explain(nil, japan.On(2020, 5, 1))).Refused("figure.known_at")
	at(proposed).WhenTold(explain(nil, april)).Refused("figure.state")
	at(proposed, approved).WhenTold(explain(nil, april)).Refused("figure.state")
	at().WhenTold(explain(nil, april)).Refused("entity.unknown")
	at(imported).WhenTold(explain(nil, april)).Refused("entity.unknown")
}

// Between two editions, the day is that of the other one.
func TestADifferenceBetweenEditions(t *testing.T) {
	day, next := japan.On(2020, 4, 20), 2
	answers := explained{Explained: became(169, 1300, digest("0f"), map[string]int{"late_entry": 1})}
	told := &figure.DifferenceExplained{Edition: 1, OtherEdition: &next, KnownAt: day, LateEntry: 1, Total: 1}
	at := func(past ...event) *given.Scene[fold] {
		return scene(t, append([]event{proposed, approved, published}, past...)...).With(func(in *domain.Intent) { in.Count = answers })
	}
	at(second()).WhenTold(explain(&next, day)).Then(told)
	at(second(), told).WhenTold(explain(&next, day)).Nothing()
	at(second()).WhenTold(explain(&next, day.Add(1))).Refused("figure.known_at_other")
	at().WhenTold(explain(&next, day)).Refused("entity.unknown")
	one, none := 1, 0
	at().WhenTold(explain(&one, proposed.KnownAt)).Refused("figure.state")
	at().WhenTold(explain(&none, day)).Refused("entity.unknown")
	at(second(), &figure.Rejected{Edition: 2, Reason: "誤り"}).WhenTold(explain(&next, day)).Refused("figure.state")
	answers.To.Members = digest("00") // the other edition can no longer be counted
	at(second()).WhenTold(explain(&next, day)).Refused("figure.disagrees")
}

// What no longer gives the published value is verified, not explained.
func TestNothingIsExplainedFromADifferentCount(t *testing.T) {
	wrong := became(169, 1300, digest("0f"), map[string]int{"late_entry": 1})
	wrong.From.Value = 167
	for want, c := range map[string]explained{
		"figure.disagrees": {Explained: wrong},
		"figure.behind":    {register: register{err: domain.Refuse("figure.behind")}},
		"figure.no_value":  {register: register{err: domain.RefuseField("figure.no_value", "indicator")}},
	} {
		scene(t, proposed, approved, published).At(japan.On(2020, 4, 11)).With(func(in *domain.Intent) { in.Count = c }).
			WhenTold(explain(nil, japan.On(2020, 4, 10))).Refused(want)
	}
}

// One fact for each kind of counting.md 8, in its order.
func TestEveryKindIsAFact(t *testing.T) {
	var kinds []string
	for _, k := range (&figure.DifferenceExplained{}).Kinds() {
		kinds = append(kinds, k.Kind)
	}
	require.Equal(t, indicator.DifferenceKinds, kinds)
}
